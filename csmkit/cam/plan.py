# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""From what is to be cut to a program: tools, toolpaths, tabs, order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial

import shapely

from csmkit.cam.copies import named, without_number
from csmkit.cam.curves.reach import CHORD, choose
from csmkit.cam.cutter import Cutter
from csmkit.cam.feeds import feed_of
from csmkit.cam.limits import check_reach
from csmkit.cam.paths.around import Around
from csmkit.cam.paths.drill import CLEARED, circle, drill, helix, hole_tool, plunges
from csmkit.cam.paths.engrave import engrave, engraver
from csmkit.cam.paths.hold import Contour, hold
from csmkit.cam.paths.open_pocket import opened
from csmkit.cam.paths.order import ordered
from csmkit.cam.paths.pocket import pocket
from csmkit.cam.paths.profile import contour_ways, profile, started
from csmkit.cam.setups import pin_notes
from csmkit.errors import CsmError
from csmkit.model.cam import Cut, Program, Setup, Toolpath
from csmkit.model.machine import Tool
from csmkit.model.outline import Outline
from csmkit.model.workshop import Workshop

BEYOND = 0.1  # mm by which a cutter runs out over an open edge of a pocket
CORE = 1.9  # cutter diameters: a helix leaves no core up to this size of the hole


def toolpaths(setup: Setup, workshop: Workshop) -> Program:
    """The program of one clamping.

    The same setup and workshop give the same program.

    Raises: CsmError: a pocket, corner or slot below every cutter, flutes too short, a part beyond the
        machine's reach or on a clamp, an unknown tool or material; with the place in mm.
    """
    plan = _Plan(setup, workshop)
    plan.check_apart()
    features = [cut for cut in setup.cuts if not plan.is_contour(cut)]
    contours = [plan.contour(cut) for cut in setup.cuts if plan.is_contour(cut)]
    rows = [(path, _size(cut)) for cut in features for path in plan.feature(cut)]
    rows += [(path, _size(c.cut)) for path, c in zip(plan.profiles(contours), contours, strict=True)]
    paths = tuple(ordered([path for path, _ in rows], [size for _, size in rows]))
    check_reach(setup, workshop.machine, workshop.cam, paths, {t.key: t for t in workshop.tools})
    used = dict.fromkeys(path.tool for path in paths)
    tools = tuple(workshop.tool(key) for key in used)
    return Program(setup, workshop.machine, tools, paths, workshop.cam.safe_z, plan.notes(paths))


def _size(cut: Cut) -> float:
    return abs(cut.region.outline.area)


class _Plan:
    """One setup's work in progress."""

    def __init__(self, setup: Setup, workshop: Workshop) -> None:
        self.setup, self.workshop = setup, workshop
        self._cutters: dict[str, Cutter] = {}
        self._loose: tuple[str, ...] = ()

    @cached_property
    def around(self) -> Around:
        return Around(self.setup, self.workshop.cutter)

    @cached_property
    def outlines(self) -> dict[str, Outline]:
        """Contours of the parts."""
        own = {c.part: c.region.outline for c in self.setup.cuts if c.kind == "outside"}
        return {**dict(self.setup.contours), **own}

    def check_apart(self) -> None:
        """Raises: CsmError: the usual cutter has no room between two parts."""
        near = self.around.too_near(self.workshop.cutter)
        if near is not None and self.setup.side == "top":
            part, other, gap, (x, y) = near
            raise CsmError(
                f"lies {gap:.1f} mm from {other} at ({x:.1f}, {y:.1f}) mm, less than the"
                f" {self.workshop.cutter:g} mm of the cutter",
                part=part,
                remedy="move them apart",
                where=((x, y),),
            )

    def cutter(self, tool: Tool) -> Cutter:
        if tool.key not in self._cutters:
            feed = feed_of(tool, self.setup.material, self.workshop)
            self._cutters[tool.key] = Cutter(tool, feed, self.workshop.cam)
        return self._cutters[tool.key]

    def is_contour(self, cut: Cut) -> bool:
        """It is cut round, and what is within or around it falls away: all but small round holes."""
        found = cut.region.outline.circle_of
        small = found is not None and found[2] <= CLEARED * self.workshop.cutter
        return cut.kind == "outside" or (cut.kind == "inside" and not small)

    def feature(self, cut: Cut) -> Iterator[Toolpath]:
        """Toolpaths of an engraving, a drilled hole or a pocket."""
        if cut.kind == "engrave":
            path = engrave(cut, self.cutter(engraver(self.workshop)))
            if path is not None:
                yield path
        elif cut.kind in ("drill", "inside"):
            yield self._hole(cut)
        elif cut.kind == "pocket":
            yield self._pocket(cut)
        else:
            raise CsmError(f"no toolpath in the plane for a {cut.kind}", part=cut.part)

    def _hole(self, cut: Cut) -> Toolpath:
        tool = hole_tool(cut, self.workshop)
        if plunges(tool, circle(cut)[1]):
            return drill(cut, self.cutter(tool))
        if circle(cut)[1] <= CORE * tool.diameter:
            return helix(cut, self.cutter(tool))
        return pocket(cut, cut.region, self.cutter(tool))

    def _pocket(self, cut: Cut) -> Toolpath:
        contour = self.outlines.get(cut.part)
        kerf = self.workshop.cutter
        reach = kerf / 2 + self.workshop.cam.finish + BEYOND
        region = opened(cut.region, contour, reach, kerf) if contour is not None else cut.region
        tool, _ = choose(replace(cut, region=region), self.workshop)
        return pocket(cut, region, self.cutter(tool))

    def contour(self, cut: Cut) -> Contour:
        """The cutter's way of a cut that is cut round."""
        tool, _ = choose(cut, self.workshop)
        cutter = self.cutter(tool)
        ways = contour_ways(cut.region.outline, cut.kind != "outside", cutter.radius)
        return Contour(cut, cutter, started(ways[0]))

    def profiles(self, contours: Sequence[Contour]) -> Iterator[Toolpath]:
        """Toolpaths of all contours, held by tabs or a skin."""
        holding = hold(contours, self.around, self.setup.thickness)
        self._loose = holding.without_place
        for row, held in zip(contours, holding.held, strict=True):
            own = shapely.LinearRing(row.cut.region.outline.points(CHORD))
            room = partial(self.around.is_clear, radius=row.cutter.radius, besides=(own, *holding.boxes))
            yield profile(row.cut, row.way, row.cutter, held.bridges, held.skin, room)

    def notes(self, paths: Sequence[Toolpath]) -> tuple[str, ...]:
        """What the maker should know."""
        used = {path.tool for path in paths}
        notes = [note for key, c in sorted(self._cutters.items()) if key in used for note in c.feed.notes]
        skin = self.workshop.cam.onion
        alike: dict[str, list[str]] = {}
        for part in self._loose:
            alike.setdefault(without_number(part), []).append(part)
        notes += [
            f"{named(parts)}: no place for tabs, a skin of {skin:g} mm holds it" for parts in alike.values()
        ]
        return (*notes, *pin_notes(self.setup, self.workshop))
