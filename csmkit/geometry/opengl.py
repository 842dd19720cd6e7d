# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Whether shaded pictures can be drawn here, found out without loading what draws them."""

from __future__ import annotations

import ctypes
import sys

EGL = ("libEGL.so.1",)
OSMESA = ("libOSMesa.so.8", "libOSMesa.so.6", "libOSMesa.so")
REMEDY = "install Mesa's EGL (Debian: libegl1 and libgl1-mesa-dri)"


def can_draw() -> bool:
    """A library that draws without a screen is there; other systems than Linux bring their own."""
    return not sys.platform.startswith("linux") or any(map(loads, (*EGL, *OSMESA)))


def loads(library: str) -> bool:
    """Whether a shared library can be loaded."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
