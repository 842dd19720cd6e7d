# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Simple solids of the kernel: turned from a profile, joined, bored."""

from __future__ import annotations

from OCP.BRepAlgoAPI import BRepAlgoAPI_Cut, BRepAlgoAPI_Fuse
from OCP.BRepPrimAPI import BRepPrimAPI_MakeRevol
from OCP.gp import gp_Ax1, gp_Dir, gp_Pnt
from OCP.TopoDS import TopoDS_Shape

from csmkit.geometry.prism import extruded, flat_face
from csmkit.geometry.shape import moved
from csmkit.model.outline import Outline, Region
from csmkit.model.pose import Pose


def turned(profile: Outline) -> TopoDS_Shape:
    """A solid of revolution about z.

    Args:
        profile: x is the radius (zero or more), y the height; mm.
    """
    axis = gp_Ax1(gp_Pnt(0, 0, 0), gp_Dir(0, 1, 0))
    return moved(BRepPrimAPI_MakeRevol(flat_face(Region(profile)), axis).Shape(), Pose.at(rx=90))


def raised(section: Outline | Region, low: float, high: float) -> TopoDS_Shape:
    """A prism from one height to another, mm."""
    return moved(extruded(section, high - low), Pose.at(z=low))


def joined(first: TopoDS_Shape, *others: TopoDS_Shape) -> TopoDS_Shape:
    """All of them as one solid."""
    for other in others:
        first = BRepAlgoAPI_Fuse(first, other).Shape()
    return first


def bored(solid: TopoDS_Shape, *tools: TopoDS_Shape) -> TopoDS_Shape:
    """The solid without its tools' space."""
    for tool in tools:
        solid = BRepAlgoAPI_Cut(solid, tool).Shape()
    return solid
