# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The contributor's vocabulary: parameters, the design function, joints, steps, and where kits are found."""

import sys
from types import ModuleType
from typing import Any


class _Decorator(ModuleType):
    """Python sets `csmkit.design` to this package once it is loaded, where `from csmkit import design` looks."""

    def __call__(self, function: Any) -> Any:
        """Mark the function of a design.py, see `csmkit.design.decorate.design`."""
        from csmkit.design.decorate import design

        return design(function)


sys.modules[__name__].__class__ = _Decorator
