# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""csmkit: open-hardware kits from parameters and a workshop's profile to verified files and a page.

What a design imports stands in `__all__`; each name is loaded when it is first used, so that importing
csmkit loads neither the CAD kernel nor anything else.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from csmkit.design import joints
    from csmkit.design.decorate import design
    from csmkit.design.params import Params, angle, bars, choice, count, flag, length, number, sheets
    from csmkit.errors import CsmError
    from csmkit.geometry.prism import prism
    from csmkit.model import (
        Bar,
        Bought,
        Bulk,
        Curve,
        Kit,
        Label,
        Limit,
        Motion,
        Outline,
        Part,
        Pose,
        Region,
        Series,
        Sheet,
        Stroke,
        Table,
        Template,
        Workshop,
    )

__version__ = "0.1.0"

_HOMES = {
    "csmkit.design.params": "Params length angle number count choice flag sheets bars",
    "csmkit.design.decorate": "design",
    "csmkit.model": "Bar Bought Bulk Curve Kit Label Limit Motion Outline Part Pose Region Series Sheet"
    " Stroke Table Template Workshop",
    "csmkit.geometry.prism": "prism",
    "csmkit.errors": "CsmError",
}
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = [
    "Bar",
    "Bought",
    "Bulk",
    "CsmError",
    "Curve",
    "Kit",
    "Label",
    "Limit",
    "Motion",
    "Outline",
    "Params",
    "Part",
    "Pose",
    "Region",
    "Series",
    "Sheet",
    "Stroke",
    "Table",
    "Template",
    "Workshop",
    "angle",
    "bars",
    "choice",
    "count",
    "design",
    "flag",
    "joints",
    "length",
    "number",
    "prism",
    "sheets",
]


def __getattr__(name: str) -> Any:
    if name == "joints":
        return import_module("csmkit.design.joints")
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'csmkit' has no attribute {name!r}")
