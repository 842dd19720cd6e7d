# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""From what is to be cut to a program: tools, toolpaths, order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from csmkit.cam.cutter import Cutter
from csmkit.cam.feeds import feed_of
from csmkit.cam.order import ordered
from csmkit.cam.piece import Piece
from csmkit.cam.profile import contour_ways, profile
from csmkit.cam.reach import choose
from csmkit.cam.way import Way
from csmkit.model.cam import Cut, Program, Setup, Toolpath
from csmkit.model.stock import Tool, Workshop


def toolpaths(setup: Setup, workshop: Workshop) -> Program:
    """The program of one clamping.

    Raises: CsmError: a pocket or corner below every cutter, flutes too short, a part beyond the machine's reach,
        an unknown material; with the place in mm.
    """
    plan = _Plan(setup, workshop)
    paths = [path for cut in setup.cuts for path in plan.paths(cut)]
    sizes = [abs(cut.region.outline.area) for cut in setup.cuts]
    rows = ordered(paths, sizes)
    keys = dict.fromkeys(path.tool for path in rows)
    return Program(
        setup, workshop.machine, tuple(workshop.tool(k) for k in keys), tuple(rows), workshop.cam.safe_z
    )


class _Plan:
    def __init__(self, setup: Setup, workshop: Workshop) -> None:
        self.setup, self.workshop = setup, workshop

    def cutter(self, tool: Tool) -> Cutter:
        return Cutter(tool, feed_of(tool, self.setup.material, self.workshop), self.workshop.cam)

    def paths(self, cut: Cut) -> Iterator[Toolpath]:
        tool, rest = choose(cut, self.workshop)
        cutter = self.cutter(tool)
        for way in contour_ways(cut.region.outline, cut.kind == "inside", cutter.radius)[:1]:
            yield profile(cut, started(way), cutter, (), 0.0, nowhere)


def nowhere(pieces: Sequence[Piece]) -> bool:
    return False


def started(way: Way) -> Way:
    """The way begun in the middle of its longest straight, away from corners."""
    longest = max(range(len(way.pieces)), key=lambda i: (way.pieces[i].center is None, way.pieces[i].length))
    piece = way.pieces[longest]
    rest = (*way.pieces[longest + 1 :], *way.pieces[:longest])
    return Way((piece.cut(0.5, 1.0), *rest, piece.cut(0.0, 0.5)))
