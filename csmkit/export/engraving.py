# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Part names that the router writes: on the face that lies up, clear of edges, holes and pockets."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import shapely

from csmkit.cam.lettering import Strokes, lettering
from csmkit.cam.paths.engrave import engraver, line_width
from csmkit.export.labels import largest_place
from csmkit.model.cam import Cut
from csmkit.model.cutting import CutItem, Layout, Placement
from csmkit.model.facts import FlatPattern
from csmkit.model.outline import Outline, Point, Region
from csmkit.model.workshop import Workshop

TALLEST, LOWEST = 12.0, 6.0  # mm, capital height: to be read at arm's length; judgement
FINEST = 4.0  # line widths in a capital's height at least: bolder letters run together
BEAM = 0.5  # mm, line of a laser, generously
AIR = 1.5  # mm between a line and an edge, so that no edge breaks out
CHORD = 0.05  # mm between an arc and its chords, to see where there is room


@dataclass(frozen=True)
class Names:
    """Names on a sheet: what is engraved, and a note for each part that goes without."""

    cuts: tuple[Cut, ...] = ()
    notes: tuple[str, ...] = ()


def engraved_names(layout: Layout, items: Mapping[str, CutItem], workshop: Workshop) -> Names:
    """The names of a sheet's parts as its workshop wants them; equal parts are numbered.

    Args:
        layout: what lies where.
        items: what the placements name.
    """
    rules = workshop.cam
    if rules.engrave == "none":
        return Names()
    tool, width = "", BEAM
    if workshop.machine.process == "router":
        tool = engraver(workshop).key
        width = line_width(engraver(workshop), rules.engrave_depth)
    if FINEST * width > TALLEST:
        problem = (
            f"names are not engraved: lines of {tool} are {width:g} mm wide, at most {TALLEST / FINEST:g}"
        )
        return Names((), (f"{problem}; list a V-bit or a thinner end mill under tools",))
    cuts: list[Cut] = []
    notes: dict[str, None] = {}
    for place in layout.placements:
        item = items[place.item]
        text = f"{item.part} {place.copy}" if item.quantity > 1 else item.part
        strokes = name_strokes(item.pattern, text, width)
        if strokes:
            cuts.append(_cut(f"{item.name} {place.copy}", _lies(strokes, place), rules.engrave_depth))
        elif lettering(text, 1.0)[0]:
            notes.setdefault(f"{item.name}: no room to engrave its name")
        else:
            notes.setdefault(f"{item.name}: its name has letters that are not engraved")
    return Names(tuple(cuts), tuple(notes))


def name_strokes(pattern: FlatPattern, text: str, width: float) -> Strokes:
    """A name on a part, in the pattern's frame: as large as there is room, near the middle.

    Args:
        pattern: the part; its pockets from either side are kept clear, as its holes are.
        width: of an engraved line, mm.
    Returns: none where there is no room, or a letter is not known.
    """
    strokes, wide = lettering(text, 1.0)
    if not strokes:
        return ()
    lowest = max(LOWEST, FINEST * width)
    margin = AIR + width / 2
    cut = [_polygon(f.region.outline).buffer(margin) for f in pattern.features]
    free = _polygon(pattern.outline).buffer(-margin).difference(shapely.union_all(cut))
    found = largest_place(free, wide, 1.0, TALLEST, lowest)
    if found is None:
        return ()
    x, y, height, angle = found
    middle = (wide / 2, 0.5)
    return tuple(
        tuple(_turned((p[0] - middle[0]) * height, (p[1] - middle[1]) * height, angle, (x, y)) for p in s)
        for s in strokes
    )


def _lies(strokes: Strokes, place: Placement) -> Strokes:
    """As the part lies on the sheet."""
    return tuple(tuple(_turned(x, y, place.angle, (place.x, place.y)) for x, y in s) for s in strokes)


def _turned(x: float, y: float, angle: float, to: Point) -> Point:
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return (to[0] + c * x - s * y, to[1] + s * x + c * y)


def _cut(part: str, strokes: Strokes, depth: float) -> Cut:
    box = shapely.MultiPoint([p for stroke in strokes for p in stroke]).bounds
    return Cut("engrave", part, Region(Outline.rectangle(*box)), depth, False, strokes)


def _polygon(outline: Outline) -> shapely.Polygon:
    return shapely.Polygon(outline.points(CHORD))
