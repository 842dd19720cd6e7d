# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Every bolt, washer and nut in its place, its length chosen by what it has to grip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from csmkit import Bought, CsmError, Pose, Workshop, joints
from csmkit.model import BoughtRow, Placed

Vector = tuple[float, float, float]
Point = tuple[float, float]

WASHER = "ISO 7093-1"  # large washers: on wood they are the rule
LOCK_NUT = "ISO 10511"
BARREL_NUT = "M6x10x12"
M6_WASHER = 1.6  # mm, thickness of an ISO 7093-1 M6
SPARE = 1.0  # mm of thread beyond a nut, at least


@dataclass(frozen=True)
class Piece:
    """One bought piece in its place."""

    standard: str
    size: str
    pose: Pose


def placed(pieces: Iterable[Piece]) -> tuple[Placed, ...]:
    """All pieces, grouped by what they are."""
    groups: dict[tuple[str, str], list[Pose]] = {}
    for piece in pieces:
        groups.setdefault((piece.standard, piece.size), []).append(piece.pose)
    return tuple(Bought(*key).at(*poses) for key, poses in sorted(groups.items()))


def standing(point: Vector, axis: Vector) -> Pose:
    """A frame at the point whose z axis points along ±x, ±y or ±z."""
    turns = {
        (0, 0, 1): {},
        (0, 0, -1): {"rx": 180.0},
        (1, 0, 0): {"ry": 90.0},
        (-1, 0, 0): {"ry": -90.0},
        (0, 1, 0): {"rx": -90.0},
        (0, -1, 0): {"rx": 90.0},
    }
    return Pose.at(*point, **turns[(round(axis[0]), round(axis[1]), round(axis[2]))])


def crossing(point: Vector, axis: Vector, bore: Vector) -> Pose:
    """A frame at the point, z along the axis and x along the bore, both of them ±x, ±y or ±z."""
    z = tuple(float(round(v)) for v in axis)
    x = tuple(float(round(v)) for v in bore)
    y = (z[1] * x[2] - z[2] * x[1], z[2] * x[0] - z[0] * x[2], z[0] * x[1] - z[1] * x[0])
    rows = tuple((x[k], y[k], z[k], point[k]) for k in range(3))
    return Pose((rows[0], rows[1], rows[2]))


def along(point: Vector, axis: Vector, distance: float) -> Vector:
    """The point, moved along an axis."""
    return (point[0] + axis[0] * distance, point[1] + axis[1] * distance, point[2] + axis[2] * distance)


def long_enough(shop: Workshop, standard: str, d: float, least: float) -> BoughtRow:
    """The shortest bolt that is at least so long (mm). Raises: CsmError: the tables have none."""
    rows = [b for b in shop.bought if b.standard == standard and b.dimension("d") == d]
    fitting = [b for b in rows if b.dimension("length") >= least]
    if not fitting:
        longest = max((b.dimension("length") for b in rows), default=0.0)
        raise CsmError(
            f"no {standard} M{d:g} of {least:.1f} mm or longer, the longest is {longest:g} mm",
            part="bolts",
            remedy="a thinner drawbar or thinner ply",
        )
    return min(fitting, key=lambda b: b.dimension("length"))


def bolted(
    shop: Workshop, standard: str, d: float, surface: Vector, outward: Vector, grip: float
) -> Iterator[Piece]:
    """A bolt through plates: washer, bolt, washer, lock nut.

    Args:
        d: of the bolt, mm.
        surface: where its axis leaves the plates on the head's side.
        outward: from there away from the plates.
        grip: thickness of all plates, mm.
    """
    washer = shop.bought_row(WASHER, f"M{d:g}").dimension("thickness")
    nut = shop.bought_row(LOCK_NUT, f"M{d:g}").dimension("height")
    bolt = long_enough(shop, standard, d, grip + 2 * washer + nut + SPARE)
    inward = (-outward[0], -outward[1], -outward[2])
    far = along(surface, inward, grip)
    yield Piece(WASHER, f"M{d:g}", standing(surface, outward))
    yield Piece(standard, bolt.size, standing(along(surface, outward, washer), outward))
    yield Piece(WASHER, f"M{d:g}", standing(far, inward))
    yield Piece(LOCK_NUT, f"M{d:g}", standing(along(far, inward, washer), inward))


def cross_bolted(joint: joints.CrossBolt, pose: Pose, p: Point, q: Point) -> Iterator[Piece]:
    """Bolts, washers and barrel nuts of a joint on the edge from P to Q of the tabbed part."""
    thickness = joint.tabbed.thickness
    outward = pose.direction((*_turned(p, q, (0.0, 1.0)), 0.0))
    across = pose.direction((0.0, 0.0, 1.0))
    for x, y in joint.head_points:
        head = pose.point((*_on(p, q, (x, y)), thickness / 2))
        yield Piece(joint.bolt.standard, joint.bolt.size, standing(head, outward))
        yield Piece(WASHER, "M6", standing(along(head, outward, -M6_WASHER), outward))
    for x, y in joint.nut_points:
        base = pose.point((*_on(p, q, (x, y)), (thickness - joint.nut.dimension("length")) / 2))
        yield Piece("barrel nut", BARREL_NUT, crossing(base, across, outward))


def _turned(p: Point, q: Point, v: Point) -> Point:
    length = ((q[0] - p[0]) ** 2 + (q[1] - p[1]) ** 2) ** 0.5
    c, s = (q[0] - p[0]) / length, (q[1] - p[1]) / length
    return (c * v[0] - s * v[1], s * v[0] + c * v[1])


def _on(p: Point, q: Point, v: Point) -> Point:
    x, y = _turned(p, q, v)
    return (p[0] + x, p[1] + y)
