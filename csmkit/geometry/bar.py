# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The length to cut of a part from a bar, tube or pipe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from OCP.BRepAdaptor import BRepAdaptor_Surface
from OCP.GeomAbs import GeomAbs_SurfaceType
from OCP.TopoDS import TopoDS_Shape

from csmkit.errors import CsmError
from csmkit.geometry.directions import OWN_AXES, canonical, cross, dot, is_parallel, turn, unit
from csmkit.geometry.measure import box, volume
from csmkit.geometry.shape import faces, moved, topods
from csmkit.geometry.sheet_faces import SheetFace, line_directions
from csmkit.model.kit import Axis
from csmkit.model.pose import Pose, Vector
from csmkit.model.stock import Bar

SECTION_TOLERANCE = 0.05  # mm between the solid's section and the bar's
ALIKE = 1e-4  # mm; directions that fit as well as this are equal. One that is a little askew fits worse
TOO_FULL = 1.01  # share of the section's volume above which a solid was not modelled hollow


@dataclass(frozen=True)
class BarFrame:
    """How a part lies in its bar."""

    turn: Pose  # from the part's own frame to one whose z runs along the bar
    length: float  # mm, mitres and tenons included
    width: float  # extents of its section along x and y, mm
    height: float


def bar_length(shape: Any, bar: Bar, grain: Axis | None = None) -> float:
    """The length of bar that a part needs: as `bar_frame`."""
    return bar_frame(shape, bar, grain).length


def bar_frame(shape: Any, bar: Bar, grain: Axis | None = None) -> BarFrame:
    """How a part lies in its bar; the length that it needs is its extent along the bar.

    Args:
        shape: one solid of any CAD library, in any orientation.
        bar: its stock.
        grain: axis of the shape's own frame that runs along the bar; by default the bar's direction is
            found from the section, the longest way if there are several.
    Raises: CsmError: no direction has the bar's section, or a tube's part is modelled solid.
    """
    solid = topods(shape)
    ways = [OWN_AXES[grain]] if grain else list(_ways(solid))
    measured = [frame for way in ways for frame in _frames(solid, way)]
    off = [_misfit(bar, f.width, f.height) for f in measured]
    nearest = min(off, default=SECTION_TOLERANCE + 1)
    if nearest > SECTION_TOLERANCE:
        raise _wrong_section(measured, bar, grain)
    fitting = [f for f, by in zip(measured, off, strict=True) if by <= nearest + ALIKE]
    frame = max(fitting, key=lambda f: f.length)
    full = bar.section * frame.length
    if bar.wall and volume(solid) > TOO_FULL * full:
        raise CsmError(
            f"holds {volume(solid):.0f} mm³, {frame.length:.1f} mm of {bar.key} only {full:.0f} mm³",
            remedy=f"model it hollow, with a wall of {bar.wall:g} mm",
        )
    return frame


def _ways(solid: TopoDS_Shape) -> Iterator[Vector]:
    """Directions in which the bar may run: those of straight edges, of cylinders, and the own axes."""
    seen: list[Vector] = []
    cylinders = [BRepAdaptor_Surface(f) for f in faces(solid)]
    axes = [
        c.Cylinder().Axis().Direction()
        for c in cylinders
        if c.GetType() == GeomAbs_SurfaceType.GeomAbs_Cylinder
    ]
    lines = [way for way, _ in line_directions(solid)]
    for way in [*OWN_AXES.values(), *lines, *((a.X(), a.Y(), a.Z()) for a in axes)]:
        if not any(is_parallel(way, known) for known in seen):
            seen.append(canonical(way))
            yield seen[-1]


def _frames(solid: TopoDS_Shape, way: Vector) -> Iterator[BarFrame]:
    """How it may lie along a direction, for each way that its faces let it turn."""
    sides = [f.normal for f in map(SheetFace, faces(solid)) if f.kind == "plane"]
    across = [canonical(n) for n in sides if abs(dot(n, way)) < 1e-6]
    own = min(OWN_AXES.values(), key=lambda a: abs(dot(a, way)))
    for side in dict.fromkeys(across or [unit(cross(cross(way, own), way))]):
        pose = turn(side, cross(way, side), way)
        (x0, y0, z0), (x1, y1, z1) = box(moved(solid, pose))
        yield BarFrame(pose, z1 - z0, x1 - x0, y1 - y0)


def _misfit(bar: Bar, a: float, b: float) -> float:
    """By how much a section of a × b differs from the bar's, mm."""
    sizes = ((bar.width, bar.height), (bar.height, bar.width))
    return min(max(abs(a - w), abs(b - h)) for w, h in sizes)


def _wrong_section(measured: list[BarFrame], bar: Bar, grain: Axis | None) -> CsmError:
    longest = max(measured, key=lambda f: f.length)
    length, a, b = longest.length, longest.width, longest.height
    along = f" along its grain ({grain})" if grain else ""
    size = f"Ø{bar.width:g}" if bar.shape in ("round", "pipe") else f"{bar.width:g} x {bar.height:g}"
    return CsmError(
        f"measures {min(a, b):.2f} x {max(a, b):.2f} mm across{along}, over {length:.1f} mm;"
        f" {bar.key} has {size} mm",
        remedy="model it with the bar's own width and height, or choose another stock",
    )
