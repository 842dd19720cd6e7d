# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""How all parts of one setup stay in the sheet: tabs, or a skin where there is no place for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import shapely

from csmkit.cam.curves.reach import sides
from csmkit.cam.curves.way import Way
from csmkit.cam.cutter import Cutter
from csmkit.cam.paths.around import Around
from csmkit.cam.paths.profile import Bridge
from csmkit.cam.paths.tabs import (
    Place,
    box_of,
    bridge_over,
    candidates,
    find_places,
    foreign_bridges,
    is_held,
)
from csmkit.model.cam import Cut, Tab

FEWEST = 2  # tabs, own or shared with a neighbour, that hold a part; with one it turns about it


@dataclass(frozen=True)
class Contour:
    """A contour with the way of its cutter's middle."""

    cut: Cut
    cutter: Cutter
    way: Way


@dataclass(frozen=True)
class Held:
    """How a contour is cut: over which bridges, its own tabs among them, and what skin it leaves, mm."""

    bridges: tuple[Bridge, ...] = ()
    skin: float = 0.0


@dataclass(frozen=True)
class Holding:
    """All contours of a setup, in their order, and what their tabs cover of the sheet."""

    held: tuple[Held, ...]
    boxes: tuple[shapely.Polygon, ...]
    without_place: tuple[str, ...]  # parts that get a skin because there is no place for tabs


def hold(contours: Sequence[Contour], around: Around, thickness: float) -> Holding:
    """Tabs or skins for all contours.

    The part with the shortest contour has the first choice; every way that comes by a tab goes over it.
    """
    rules = contours[0].cutter.rules if contours else None
    loose = [is_held(c.cut, around.kerf) for c in contours]
    if rules is None or rules.hold == "none":
        return Holding(tuple(Held() for _ in contours), (), ())
    skins = [min(rules.onion, c.cut.depth / 2) for c in contours]
    if rules.hold == "onion":
        held = [Held(skin=skin if is_loose else 0.0) for skin, is_loose in zip(skins, loose, strict=True)]
        return Holding(tuple(held), (), ())
    tabs, boxes, without = _place(contours, loose, around, thickness)
    result = []
    for i, c in enumerate(contours):
        if i in without:
            result.append(Held(skin=skins[i]))
            continue
        own = [bridge_over(tab, c.way, c.cutter, thickness) for tab in tabs.get(i, [])]
        others = [(tab, box) for k, tab, box in boxes if k != i]
        result.append(Held((*own, *foreign_bridges(c.cut.part, c.way, others, c.cutter, thickness))))
    return Holding(
        tuple(result), tuple(box for _, _, box in boxes), tuple(contours[i].cut.part for i in sorted(without))
    )


def _place(
    contours: Sequence[Contour], loose: Sequence[bool], around: Around, thickness: float
) -> tuple[dict[int, list[Tab]], list[tuple[int, Tab, shapely.Polygon]], set[int]]:
    """Tabs of each contour, what they cover, and contours without a place for enough of them."""
    places: dict[int, list[Place]] = {}
    boxes: list[tuple[int, Tab, shapely.Polygon]] = []
    without: set[int] = set()
    for i in sorted((i for i, it in enumerate(loose) if it), key=lambda i: (contours[i].way.length, i)):
        c = contours[i]
        others = [(tab, box) for _, tab, box in boxes]
        passing = [b.place for b in foreign_bridges(c.cut.part, c.way, others, c.cutter, thickness)]
        found = find_places(c.cut, sides(c.cut)[0], c.way, c.cutter, around, passing)
        if len(found) + len(passing) < FEWEST and c.cut.kind == "outside":
            without.add(i)
            continue
        places[i] = found
        boxes += [(i, tab, box_of(tab, c.cutter.tool.diameter)) for tab in _tabs(c, found)]
    adrift = _adrift(contours, places)
    while adrift and (rope := _rope(contours, places, adrift, around)) is not None:
        i, place = rope
        places[i].append(place)
        boxes += [(i, t, box_of(t, contours[i].cutter.tool.diameter)) for t in _tabs(contours[i], [place])]
        adrift = _adrift(contours, places)
    boxes = [row for row in boxes if row[0] not in adrift]
    return {i: [t for k, t, _ in boxes if k == i] for i in places}, boxes, without | adrift


def _tabs(contour: Contour, places: Sequence[Place]) -> list[Tab]:
    return [place.tab(contour.cut.part, contour.cutter) for place in places]


def _adrift(contours: Sequence[Contour], places: Mapping[int, Sequence[Place]]) -> set[int]:
    """Contours that hang on their neighbours alone, which hang on theirs, and none of them on the sheet."""
    of_part = {contours[i].cut.part: i for i in places if contours[i].cut.kind == "outside"}
    outside = set(of_part.values())
    firm = {i for i in outside if any(not p.behind for p in places[i])}
    joined = {(i, of_part[n]) for i in outside for p in places[i] for n in p.behind if n in of_part}
    before = -1
    while len(firm) != before:
        before = len(firm)
        firm |= {a for a, b in joined if b in firm} | {b for a, b in joined if a in firm}
    return outside - firm


def _rope(
    contours: Sequence[Contour], places: Mapping[int, Sequence[Place]], adrift: set[int], around: Around
) -> tuple[int, Place] | None:
    """The best place that there is to tie a contour adrift to the sheet or to a firm neighbour."""
    floating = {contours[i].cut.part for i in adrift}
    found = []
    for i in sorted(adrift):
        c = contours[i]
        apart = c.cutter.rules.tab_length + 3 * c.cutter.tool.diameter
        for place in candidates(c.cut, sides(c.cut)[0], c.way, c.cutter, around, strict=False):
            gaps = [abs(place.on_way - p.on_way) % c.way.length for p in places[i]]
            if set(place.behind) <= floating and place.behind:
                continue
            if min((min(g, c.way.length - g) for g in gaps), default=apart) >= apart:
                found.append((place.rank, i, place.on_way, place))
    return min(found, key=lambda row: row[:3])[1::2] if found else None
