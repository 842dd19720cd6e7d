# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The contributor's vocabulary: parameters, the design function, joints, steps, and where kits are found."""

import sys
from types import ModuleType
from typing import Any


class _Decorator(ModuleType):
    """The package as decorator: once loaded, it is what `from csmkit import design` finds."""

    def __call__(self, function: Any) -> Any:
        """Mark the function of a design.py, see `csmkit.design.decorate.design`."""
        from csmkit.design.decorate import design

        return design(function)


sys.modules[__name__].__class__ = _Decorator
