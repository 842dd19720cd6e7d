# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The flat pattern of a sheet part, found from its solid alone: outline, holes, pockets by depth and side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from OCP.TopoDS import TopoDS_Shape
from shapely import Polygon, STRtree
from shapely.geometry.base import BaseGeometry

from csmkit.errors import CsmError
from csmkit.geometry.boundary import regions
from csmkit.geometry.measure import volume
from csmkit.geometry.shape import faces, moved, topods
from csmkit.geometry.sheet_faces import SheetFace
from csmkit.geometry.sheet_frame import grain_in_pattern, lying, normals
from csmkit.geometry.trim import canonical, rounded_to
from csmkit.model.facts import Feature, FlatPattern
from csmkit.model.kit import Axis
from csmkit.model.outline import Outline, Region
from csmkit.model.pose import Pose, Vector

LEVEL = 1e-3  # mm; flat faces closer in height are at one depth, far finer than any cutter's zero
DRILL_DIAMETER = 20.0  # mm; wood drills and Forstner bits of a hand drill end about here: wider is milled
OVERHANG = 0.05  # mm; faces that lie above one another by less are the kernel's noise, not an undercut
CONSERVED = 1e-4  # share of the solid's volume that its pattern may miss: 0.01 %
TURN_DIGITS = 12  # of the frame's directions: 1e-9 mm over a metre

Side = Literal["top", "bottom"]


def flat_pattern(shape: Any, thickness: float, grain: Axis | None = None) -> FlatPattern:
    """Lay a sheet part flat and read off what has to be cut.

    Args:
        shape: one solid of any CAD library, in any orientation.
        thickness: of its stock, mm.
        grain: axis of the shape's own frame along which the face grain runs.
    Returns: the pattern, the side with more pockets up. Features tile: a ring-shaped region around a deeper
        one is the step of a counterbore, and its island is that deeper feature's outline.
    Raises: CsmError: no flat orientation at this thickness, a face that no upright cutter reaches (named
        with its place), grain out of the sheet's plane.
    """
    solid = topods(shape)
    solid_volume = volume(solid)
    if solid_volume <= 0:
        raise CsmError(f"has a volume of {solid_volume:.3g} mm³", remedy="the solid is empty or inside out")
    first_error: CsmError | None = None
    for normal in normals(solid, [SheetFace(f) for f in faces(solid)], thickness):
        try:
            return _pattern(solid, normal, grain, solid_volume)
        except CsmError as error:
            first_error = first_error or error
    assert first_error is not None
    raise first_error


@dataclass(frozen=True)
class _Laid:
    """A solid that lies flat: its flat faces by side and height over the bottom."""

    turn: Pose  # from the part's own frame to that of the faces
    bottom: float  # height of the lowest face in that frame, mm
    thickness: float
    up: dict[float, list[SheetFace]]  # height -> faces
    down: dict[float, list[SheetFace]]

    @property
    def pockets(self) -> dict[Side, list[tuple[float, list[SheetFace]]]]:
        """Depth and faces of what doesn't go through, shallow first."""
        top = [(self.thickness - z, f) for z, f in self.up.items() if self.thickness - z > LEVEL]
        bottom = [(z, f) for z, f in self.down.items() if z > LEVEL]
        return {"top": sorted(top, key=lambda p: p[0]), "bottom": sorted(bottom, key=lambda p: p[0])}

    def effort(self, side: Side) -> tuple[int, float]:
        """How much there is to cut from a side: count and depth of pockets."""
        pockets = self.pockets[side]
        return sum(len(f) for _, f in pockets), round(sum(d * len(f) for d, f in pockets), 3)


def _pattern(solid: TopoDS_Shape, normal: Vector, grain: Axis | None, solid_volume: float) -> FlatPattern:
    laid = _laid(solid, normal, grain)
    if laid.effort("bottom") > laid.effort("top"):
        laid = _laid(solid, (-normal[0] + 0.0, -normal[1] + 0.0, -normal[2] + 0.0), grain)
    _check_undercut(laid)
    covered = regions(b for group in laid.up.values() for f in group for b in f.borders())
    if len(covered) != 1:
        raise CsmError(f"its outline falls into {len(covered)} pieces that touch in a point at most")
    x, y = covered[0].outline.bounds[:2]
    shift = Pose.at(-x, -y, -laid.bottom)
    features = [_through(hole, laid.thickness) for hole in covered[0].islands]
    for side, pockets in laid.pockets.items():
        for depth, group in pockets:
            found = regions(b for f in group for b in f.borders())
            features += [_pocket(region, depth, side) for region in found]
    pattern = FlatPattern(
        outline=_shifted(covered[0].outline, -x, -y),
        features=tuple(sorted((_shifted_feature(f, -x, -y) for f in features), key=_order)),
        thickness=rounded_to(laid.thickness, 6),
        grain=grain_in_pattern(laid.turn, grain),
        frame=_rounded((shift * laid.turn).inverse()),
    )
    _check_volume(pattern, solid_volume)
    return pattern


def _laid(solid: TopoDS_Shape, normal: Vector, grain: Axis | None) -> _Laid:
    turn = lying(solid, normal, grain)
    flat = [SheetFace(f) for f in faces(moved(solid, turn))]
    slanted = [f for f in flat if f.stance == "slanted"]
    if slanted:
        raise _error([(f.fault, f) for f in slanted], turn)
    bottom = min(f.height for f in flat if f.stance == "down")
    sides: dict[str, dict[float, list[SheetFace]]] = {"up": {}, "down": {}}
    for face in flat:
        if face.stance in sides:
            levels = sides[face.stance]
            height = face.height - bottom
            known = next((z for z in levels if abs(z - height) < LEVEL), height)
            levels.setdefault(known, []).append(face)
    return _Laid(turn, bottom, max(sides["up"]), sides["up"], sides["down"])


def _through(hole: Outline, thickness: float) -> Feature:
    return Feature(_kind(Region(hole), "hole"), "top", rounded_to(thickness, 6), Region(hole), True)


def _pocket(region: Region, depth: float, side: Side) -> Feature:
    return Feature(_kind(region, "pocket"), side, rounded_to(depth, 6), region, False)


def _kind(region: Region, otherwise: Literal["hole", "pocket"]) -> Literal["hole", "pocket", "drill"]:
    circle = region.outline.circle_of
    return "drill" if circle and not region.islands and circle[2] <= DRILL_DIAMETER + LEVEL else otherwise


def _check_undercut(laid: _Laid) -> None:
    """No part of the solid may hide another from above: flat faces that look up must not overlap in plan."""
    flat = [f for group in laid.up.values() for f in group]
    if len(flat) < 2:
        return
    plans = [_plan(f) for f in flat]
    shrunk = [p.buffer(-OVERHANG) for p in plans]
    pairs = STRtree(shrunk).query(shrunk, predicate="intersects").T
    hidden = {a if flat[a].height < flat[b].height else b for a, b in pairs if a != b}
    if hidden:
        raise _error(
            [(f"a face lies under an overhang ({flat[i].area:.1f} mm²)", flat[i]) for i in hidden], laid.turn
        )


def _plan(face: SheetFace) -> BaseGeometry:
    plan: BaseGeometry = Polygon()
    for region in regions(face.borders()):
        shell, *islands = (o.points(OVERHANG / 2) for o in (region.outline, *region.islands))
        plan = plan.union(Polygon(shell, islands).buffer(0))
    return plan


def _check_volume(pattern: FlatPattern, solid_volume: float) -> None:
    missed = abs(pattern.volume - solid_volume) / solid_volume
    if missed > CONSERVED:
        raise CsmError(
            f"its flat pattern holds {pattern.volume:.1f} mm³, the solid {solid_volume:.1f} mm³"
            f" ({missed:.3%} apart, {CONSERVED:.2%} allowed)",
            remedy="check the solid for faces that overlap or edges that don't meet",
        )


def _error(found: Sequence[tuple[str, SheetFace]], turn: Pose) -> CsmError:
    """The largest of the faces in the way, told by its place in the part's own frame."""
    fault, face = max(found, key=lambda pair: (round(pair[1].area, 6), pair[1].middle))
    own = turn.inverse()
    x, y, z = (rounded_to(v, 2) for v in own.point(face.middle))
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return CsmError(
        f"cannot be cut flat: {fault} at ({x:g}, {y:g}, {z:g}) mm{more}",
        remedy="sheet parts have faces along the sheet or square to it; do the rest by hand after cutting",
        where=tuple(own.point(f.middle)[:2] for _, f in found),
    )


def _shifted(outline: Outline, x: float, y: float) -> Outline:
    return canonical(outline.moved(x, y))


def _shifted_feature(feature: Feature, x: float, y: float) -> Feature:
    islands = tuple(sorted((_shifted(i, x, y) for i in feature.region.islands), key=lambda o: o.vertices))
    region = Region(_shifted(feature.region.outline, x, y), islands)
    return Feature(feature.kind, feature.side, feature.depth, region, feature.through)


def _order(feature: Feature) -> tuple[bool, str, float, tuple[tuple[float, float, float], ...]]:
    """From the top first, shallow before deep, through last."""
    return (feature.side == "bottom", feature.kind, feature.depth, feature.region.outline.vertices)


def _rounded(pose: Pose) -> Pose:
    rows = [(*(rounded_to(v, TURN_DIGITS) for v in row[:3]), rounded_to(row[3], 9)) for row in pose.rows]
    return Pose(tuple((a, b, c, d) for a, b, c, d in rows))
