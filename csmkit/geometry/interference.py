# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Which parts of an assembly occupy the same space."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from OCP.Bnd import Bnd_OBB
from OCP.BRepAlgoAPI import BRepAlgoAPI_Common
from OCP.BRepGProp import BRepGProp
from OCP.gp import gp_Dir, gp_Pnt
from OCP.GProp import GProp_GProps
from OCP.TopoDS import TopoDS_Shape
from OCP.TopTools import TopTools_ListOfShape

from csmkit.errors import CsmError
from csmkit.geometry.measure import box
from csmkit.geometry.shape import moved, topods
from csmkit.model.pose import Pose, Vector

TOLERANCE = 1.0  # mm³ of overlap that is the kernel's noise and a chamfer's worth, not a clash
TOUCHING = 1e-3  # mm; boxes that overlap by less only touch
FUZZY = (1e-4, 1e-3, 0.0)  # mm; faces closer than this coincide: poses carry rounding, solids touch


class Interference(NamedTuple):
    """Two things in the same space."""

    a: str
    b: str
    volume: float  # mm³ in common
    center: Vector  # of what they share, mm, in the assembly's frame


@dataclass(frozen=True)
class _Body:
    name: str
    index: int  # of the shape among those that differ
    shape: TopoDS_Shape
    bounds: tuple[Vector, Vector]  # in its own frame
    pose: Pose
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    oriented: Bnd_OBB


def interferences(
    items: Sequence[tuple[str, Any, Pose]], allowed: Callable[[str, str], bool]
) -> list[Interference]:
    """Pairs of placed things that share more than a cubic millimetre.

    Args:
        items: name, shape of any CAD library in its own frame, pose in the assembly; in order of the result.
        allowed: whether two names may overlap (a wood screw in its wood, a nut on its bolt).
    Returns: one entry a pair of instances; touching faces are none.
    """
    bodies = _bodies(items)
    shared: dict[tuple[int, int, tuple[float, ...]], tuple[float, Vector]] = {}
    found = []
    for i, a in enumerate(bodies):
        for b in bodies[i + 1 :]:
            if not _may_overlap(a, b) or allowed(a.name, b.name):
                continue
            relative = a.pose.inverse() * b.pose
            key = (a.index, b.index, tuple(round(v, 6) + 0.0 for row in relative.rows for v in row))
            if key not in shared:
                shared[key] = _common(a, b, relative)
            volume, center = shared[key]
            if volume > TOLERANCE:
                found.append(Interference(a.name, b.name, volume, a.pose.point(center)))
    return found


def _bodies(items: Sequence[tuple[str, Any, Pose]]) -> list[_Body]:
    unique: list[TopoDS_Shape] = []
    boxes: list[tuple[Vector, Vector]] = []
    bodies = []
    for name, given, pose in items:
        shape = topods(given, several=True)
        index = next((i for i, known in enumerate(unique) if known.IsSame(shape)), len(unique))
        if index == len(unique):
            unique.append(shape)
            boxes.append(box(shape))
        low, high = _placed_box(boxes[index], pose)
        oriented = _oriented(boxes[index], pose)
        bodies.append(_Body(name, index, unique[index], boxes[index], pose, low, high, oriented))
    return bodies


def _placed_box(bounds: tuple[Vector, Vector], pose: Pose) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A box around a box that was turned."""
    corners = np.array([pose.point((x, y, z)) for x, y, z in product(*zip(*bounds, strict=True))])
    return corners.min(axis=0), corners.max(axis=0)


def _oriented(bounds: tuple[Vector, Vector], pose: Pose) -> Bnd_OBB:
    """The shape's own box, in its place, shrunk by what counts as touching."""
    low, high = bounds
    x, y, z = ((a + b) / 2 for a, b in zip(low, high, strict=True))
    half = [max((b - a) / 2 - TOUCHING, 0.0) for a, b in zip(low, high, strict=True)]
    axes = [gp_Dir(*pose.direction(axis)) for axis in ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))]
    return Bnd_OBB(gp_Pnt(*pose.point((x, y, z))), *axes, *half)


def _may_overlap(a: _Body, b: _Body) -> bool:
    apart = (a.low > b.high - TOUCHING) | (b.low > a.high - TOUCHING)
    return not apart.any() and not a.oriented.IsOut(b.oriented)


def _common(a: _Body, b: _Body, relative: Pose) -> tuple[float, Vector]:
    """Volume that two bodies share and its centre, in the frame of the first.

    Raises: CsmError: the kernel finds no sensible answer.
    """
    low, high = _placed_box(b.bounds, relative)
    room = float(np.clip(np.minimum(high, a.bounds[1]) - np.maximum(low, a.bounds[0]), 0.0, None).prod())
    other = moved(b.shape, relative)
    for fuzzy in FUZZY:
        volume, center = _common_volume(a.shape, other, fuzzy)
        if -TOLERANCE <= volume <= room + TOLERANCE:  # else the kernel took the outside for the inside
            return max(volume, 0.0), center
    raise CsmError(
        f"whether {a.name} and {b.name} overlap cannot be computed",
        remedy="check both solids; let faces either coincide or keep at least 0.001 mm apart",
    )


def _common_volume(a: TopoDS_Shape, b: TopoDS_Shape, fuzzy: float) -> tuple[float, Vector]:
    first, second = TopTools_ListOfShape(), TopTools_ListOfShape()
    first.Append(a)
    second.Append(b)
    operation = BRepAlgoAPI_Common()
    operation.SetArguments(first)
    operation.SetTools(second)
    operation.SetFuzzyValue(fuzzy)
    operation.SetNonDestructive(True)
    operation.SetCheckInverted(False)  # half of the time; solids are checked for it elsewhere
    operation.Build()
    if not operation.IsDone():
        return math.inf, (0.0, 0.0, 0.0)
    bulk = GProp_GProps()
    BRepGProp.VolumeProperties_s(operation.Shape(), bulk)
    middle = bulk.CentreOfMass()
    return bulk.Mass(), (middle.X(), middle.Y(), middle.Z())
