# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Tables and curves: furling, welds, cut pipes."""

from __future__ import annotations

import math
from collections.abc import Mapping

from csmkit import Curve, Kit, Pose, Series, Table

from ..turbine_family.furling import Furling
from ..turbine_family.placing import LEAN_AZIMUTH, LOW_AZIMUTH, TILT
from ..turbine_family.tail import SLACK
from . import hinge, welds
from .layout import Layout
from .loads import Loads, mass_and_center

SOURCE = (
    "statics of an inclined hinge after Piggott 2014; thrust 8/9 (momentum theory); vane: Polhamus 1966;"
    " friction and the rotor's own moment left out"
)
TRIM = (-2.0, -1.0, 0.0, 1.0, 2.0, 4.0)  # kg at the boom's end


def figures(loads: Loads, kits: Mapping[str, tuple[Kit, Pose]]) -> list[Curve | Table]:
    """All of them. Args: kits: what is weighed, by name, in its place."""
    return [
        _skew(loads),
        _felt(loads),
        _furling(loads),
        _trim(loads),
        _marks(loads.at),
        welds.table(loads.at),
        _masses(loads, kits),
    ]


def _skew(loads: Loads) -> Curve:
    points = tuple((b.wind, b.skew) for b in loads.balances)
    tail = tuple((b.wind, b.tail) for b in loads.balances)
    return Curve(
        "furling",
        "How far it turns out of the wind",
        "wind speed, m/s",
        "angle, degrees",
        (Series("rotor to the wind", points), Series("tail from its low stop", tail)),
        source=SOURCE,
    )


def _felt(loads: Loads) -> Curve:
    first = loads.balances[0]
    points = ((0.0, 0.0), *((b.wind, b.felt) for b in loads.balances))
    last = loads.balances[-1].wind
    return Curve(
        "felt wind",
        "Wind that the rotor feels",
        "wind speed, m/s",
        "wind through the rotor, m/s",
        (Series("with the tail", points), Series("if it faced the wind", ((0.0, 0.0), (last, last)))),
        (
            (round(loads.rated, 1), "alternator's rated wind"),
            (round(first.wind, 1), "the tail begins to lift"),
        ),
        SOURCE,
    )


def _furling(loads: Loads) -> Table:
    rows = tuple(
        (
            round(b.tail),
            round(b.wind, 1),
            round(b.skew),
            round(b.felt, 1),
            round(b.weight, 1),
        )
        for b in loads.balances
        if round(b.tail) % 15 == 0
    )
    columns = (
        "tail from its low stop, degrees",
        "wind, m/s",
        "rotor to the wind, degrees",
        "wind felt, m/s",
        "tail's return moment, Nm",
    )
    return Table("furling table", "Furling", columns, rows, SOURCE)


def _trim(loads: Loads) -> Table:
    """What weight at the boom's end does; the mass and its centre move with it."""
    f, tail = loads.furling, loads.at.tail
    rows = []
    for extra in TRIM:
        if extra < -0.2 * f.mass:
            continue
        mass = f.mass + extra
        x, y, z = f.center
        end = (tail.boom_end, 0.0, tail.meeting)
        middle = tuple((f.mass * c + extra * e) / mass for c, e in zip((x, y, z), end, strict=True))
        found = list(Furling(tail, mass, (middle[0], middle[1], middle[2])).balances())
        rows.append((extra, round(found[0].wind, 1), round(max(b.felt for b in found), 1)))
    return Table(
        "trim",
        "Weight at the boom's end, and what it changes",
        ("weight added, kg", "tail lifts in a wind of, m/s", "rotor feels at most, m/s"),
        tuple(rows),
        SOURCE,
    )


def _marks(at: Layout) -> Table:
    """What is marked on pipes before they are welded."""
    tail, radius = at.tail, at.yaw_pipe.width / 2
    behind = math.radians(LEAN_AZIMUTH - 180.0)
    x, y, z = at.at.tail().direction((math.cos(tail.lean), 0.0, math.sin(tail.lean)))
    rows = (
        ("rise of the shaft to the front, mm in 100 mm", round(100 * math.tan(math.radians(TILT)), 1)),
        ("shaft's middle beside the yaw pipe's", round(at.sizes.offset, 1)),
        ("shaft's height at the face plate's rear, over the yaw pipe's lower end", round(-at.yaw_ends[0], 1)),
        (
            "cheeks' line, round the yaw pipe from straight behind, away from the rotor",
            round(radius * behind, 1),
        ),
        ("cheeks' lower corner over the yaw pipe's lower end", round(hinge.lowest(at), 1)),
        ("gap between the cheeks", round(2 * tail.cheek_inside, 1)),
        ("end of seam 7 over the inner pipe's lower end", round(tail.outer_start - welds.STOPS_SHORT, 1)),
        ("boom's line, round the outer pipe from the notch's nearer edge", round(radius * notch_edge(at), 1)),
        ("boom's rise at the low end stop, mm in 1 m", round(1000 * z / math.hypot(x, y), 0)),
        ("front bar's middle from the boom's free end", round(tail.boom_end - tail.bar_places[0], 1)),
        ("rear bar's middle from the boom's free end", round(tail.boom_end - tail.bar_places[1], 1)),
    )
    return Table("marks", "Marks before welding", ("what", "mm"), rows, "measured on the design's places")


def notch_edge(at: Layout) -> float:
    """Angle about the hinge from the boom to the notch's nearer edge, its high end stop, radians."""
    tail = at.tail
    half = math.asin((tail.cheek_outside + SLACK) / tail.outer)
    return math.pi - math.radians(LEAN_AZIMUTH - LOW_AZIMUTH + tail.travel) - half


def _masses(loads: Loads, kits: Mapping[str, tuple[Kit, Pose]]) -> Table:
    """In the kit's frame: x upwind and y to the rotor's side from the yaw axis, z from the shaft's height."""
    rows = []
    for name, (kit, pose) in kits.items():
        mass, center = mass_and_center(loads.at, kit)
        rows.append((name, round(mass, 2), *(round(c) for c in pose.point(center))))
    columns = ("what", "mass, kg", "centre ahead of the yaw axis, mm", "to the rotor's side, mm", "up, mm")
    return Table("masses", "Masses and their centres", columns, tuple(rows), "solids and the goods' rows")
