# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""How a sheet part lies on the machine: its candidate normals and its directions in the sheet's plane."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

from OCP.TopoDS import TopoDS_Shape

from csmkit.errors import CsmError
from csmkit.geometry.directions import OWN_AXES, PARALLEL, canonical, cross, dot, is_parallel, turn, unit
from csmkit.geometry.measure import box
from csmkit.geometry.shape import moved
from csmkit.geometry.sheet_faces import SheetFace, line_directions
from csmkit.model.kit import Axis
from csmkit.model.pose import Pose, Vector

THICKNESS_TOLERANCE = 0.01  # mm between the solid's thickness and its stock's


def normals(solid: TopoDS_Shape, sheet_faces: Sequence[SheetFace], thickness: float) -> list[Vector]:
    """Directions along which the solid is as thick as its stock, between two flat faces.

    Returns: unit vectors, the one with the most flat area first.
    Raises: CsmError: there is none; names the thickness that the solid has.
    """
    areas: dict[Vector, float] = {}
    for face in sheet_faces:
        if face.kind == "plane":
            normal = canonical(face.normal)
            known = next((n for n in areas if is_parallel(n, normal)), normal)
            areas[known] = areas.get(known, 0.0) + face.area
    extents = {n: _extent_between_faces(solid, sheet_faces, n) for n in areas}
    fitting = [n for n, e in extents.items() if e is not None and abs(e - thickness) <= THICKNESS_TOLERANCE]
    if fitting:
        return sorted(fitting, key=lambda n: (-round(areas[n], 6), tuple(-c for c in n)))
    measured = [e for e in extents.values() if e is not None]
    if not measured:
        raise CsmError(
            "has no two parallel flat faces that bound it, so it cannot lie flat on a sheet",
            remedy="a sheet part is a board with flat top and bottom; give other parts another stock",
        )
    own = min(measured)
    raise CsmError(
        f"is {own:.2f} mm thick, its stock {thickness:.2f} mm",
        remedy="model it with the sheet's own thickness (sheet.thickness) or choose another stock",
    )


def lying(solid: TopoDS_Shape, normal: Vector, grain: Axis | None) -> Pose:
    """The motion that lays the solid flat: `normal` up, its longer side along x; the shift is left to do.

    x keeps to the grain or across it; else to the part's own axes where one lies in the sheet's plane; else
    to its longest straight edge.

    Raises: CsmError: the grain doesn't run in the sheet's plane.
    """
    along = _plane_direction(solid, normal, grain)
    across = cross(normal, along)
    (x0, y0, _), (x1, y1, _) = box(moved(solid, turn(along, across, normal)))
    if y1 - y0 > x1 - x0 + 1e-6:
        along = canonical(across)
    return turn(along, cross(normal, along), normal)


def grain_in_pattern(lay: Pose, grain: Axis | None) -> Literal["x", "y"] | None:
    """Along which of the pattern's axes the part's grain runs."""
    if grain is None:
        return None
    x, y, _ = lay.direction(OWN_AXES[grain])
    return "x" if abs(x) > abs(y) else "y"


def _plane_direction(solid: TopoDS_Shape, normal: Vector, grain: Axis | None) -> Vector:
    if grain is not None:
        lift = abs(dot(OWN_AXES[grain], normal))
        if lift > PARALLEL:
            angle = math.degrees(math.asin(min(lift, 1.0)))
            raise CsmError(
                f"its grain ({grain}) leans {angle:.1f}° out of the sheet's plane",
                remedy="name an axis of the part's own frame that runs along the sheet",
            )
        return OWN_AXES[grain]
    own = [a for a in OWN_AXES.values() if abs(dot(a, normal)) < PARALLEL]
    if own:
        return own[0]
    edges = [(d, length) for d, length in line_directions(solid) if abs(dot(d, normal)) < PARALLEL]
    if edges:
        longest = max(round(length, 4) for _, length in edges)
        return max(canonical(d) for d, length in edges if round(length, 4) == longest)
    shadow = cross(cross(normal, OWN_AXES["x"]), normal)
    return canonical(unit(shadow))


def _extent_between_faces(
    solid: TopoDS_Shape, sheet_faces: Sequence[SheetFace], normal: Vector
) -> float | None:
    """Extent of the solid along a normal, mm, if flat faces bound it at both ends."""
    levels = [
        dot(f.samples[0][0], normal)
        for f in sheet_faces
        if f.kind == "plane" and is_parallel(f.normal, normal)
    ]
    upright = turn(*_any_frame(normal))
    (_, _, low), (_, _, high) = box(moved(solid, upright))
    bounded = abs(min(levels) - low) < THICKNESS_TOLERANCE and abs(max(levels) - high) < THICKNESS_TOLERANCE
    return max(levels) - min(levels) if bounded and len(levels) > 1 else None


def _any_frame(normal: Vector) -> tuple[Vector, Vector, Vector]:
    own = min(OWN_AXES.values(), key=lambda a: abs(dot(a, normal)))
    along = unit(cross(own, normal))
    return along, cross(normal, along), normal
