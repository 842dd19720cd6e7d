# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Weld seams: where, how long, how thick. Numbers as in the steps and in the table *welds*."""

from __future__ import annotations

import math
from dataclasses import dataclass

from csmkit import Table

from . import bracket, hinge
from .layout import Layout
from .shapes import CLIP

THROAT = {6: 4.0, 8: 5.0, 10: 6.0}  # mm, by the thickness of the bracket's plates
PIPE_THROAT = 0.8  # of the pipe's wall where a pipe is welded: it burns through else
STOPS_SHORT = 5.0  # mm that seam 7 stays below the hinge's outer pipe
SADDLE = math.radians(
    127.0
)  # of the yaw pipe that a rib's saddle lies against: from beside it to 0.6 radii beyond
DENSITY, SPATTER = 7.85e-6, 1.3  # kg/mm³; wire melted over metal left


@dataclass(frozen=True)
class Seam:
    """Fillets of one kind."""

    number: int
    where: str
    how: str
    count: int
    length: float  # mm, each
    throat: float  # mm

    @property
    def volume(self) -> float:
        """mm³ of metal, all of them: a fillet with equal legs."""
        return self.count * self.length * self.throat**2


def seams(at: Layout) -> list[Seam]:
    """All seams, in the order in which they are made."""
    box, tail, stack = bracket.Box(at), at.tail, at.stack
    a, thin = THROAT[round(at.bracket.nominal)], THROAT[round(at.thin.nominal)]
    wall = round(min(a, PIPE_THROAT * at.yaw_pipe.wall), 1)
    branch = round(PIPE_THROAT * at.boom_pipe.wall, 1)
    yaw, pin, shaft = (math.pi * d for d in (at.yaw_pipe.width, at.pin_pipe.width, stack.hub.shaft))
    saddle = at.sizes.yaw_pipe / 2 * SADDLE
    brace = tail.brace_end - tail.outer - CLIP
    return [
        Seam(1, "ribs on the face plate", "both sides of each rib", 4, box.side - box.inner, a),
        Seam(2, "ribs on the rear plate", "outer side of each rib", 2, 2 * box.side, a),
        Seam(3, "yaw cap on the yaw pipe", "all round, below the cap", 1, yaw, wall),
        Seam(4, "ribs on the yaw pipe", "both sides of each rib", 4, saddle, wall),
        Seam(5, "bolt's head and inner cap", "inner cap on the inner pipe, all round", 1, pin, thin - 1),
        Seam(6, "cheeks on the yaw pipe", "outer side of each cheek", 2, yaw_edge(at), wall),
        Seam(7, "cheeks on the inner pipe", "outer sides, up to the mark", 2, hinge_edge(at), wall),
        Seam(8, "outer cap on the outer pipe", "all round, below the cap", 1, yaw, wall),
        Seam(9, "boom on the outer pipe", "all round", 1, math.pi * tail.boom_pipe, branch),
        Seam(10, "brace on the boom", "both sides", 2, brace, branch),
        Seam(11, "brace on the outer pipe", "both sides", 2, brace_foot(at), wall),
        Seam(12, "bars on the boom", "above and below the boom", 4, tail.bar_width, branch),
        Seam(13, "shaft in face and rear plate", "all round, from outside", 2, shaft, a),
        Seam(14, "stub plate on the stub", "all round its rim", 1, pin, thin - 1),
    ]


def seam(at: Layout, number: int) -> Seam:
    """One of them by its number."""
    return next(s for s in seams(at) if s.number == number)


def wire(at: Layout) -> float:
    """Welding wire for all seams, kg."""
    return sum(s.volume for s in seams(at)) * DENSITY * SPATTER


def table(at: Layout) -> Table:
    """For the welder."""
    rows = tuple((s.number, s.where, s.how, s.count, round(s.length), s.throat) for s in seams(at))
    return Table(
        "welds",
        "Welds",
        ("seam", "where", "which side", "how many", "length each, mm", "throat, mm"),
        rows,
        "lengths measured on the solids' outlines; throats chosen by plate and wall, checked in the limits",
    )


def yaw_edge(at: Layout) -> float:
    """Of a cheek along the yaw pipe, mm."""
    (x0, z0), *_, (x1, z1) = hinge.cheek_corners(at)
    return math.dist((x0, z0), (x1, z1))


def hinge_edge(at: Layout) -> float:
    """Of a cheek along the inner pipe, as far as it may be welded, mm."""
    return at.tail.outer_start - hinge.FOOT - STOPS_SHORT


def brace_foot(at: Layout) -> float:
    """Of the brace along the outer pipe, mm."""
    tail = at.tail
    high = tail.meeting - tail.boom_pipe / 2 - tail.outer * math.tan(tail.lean)
    return high - tail.outer_start - 2 * CLIP
