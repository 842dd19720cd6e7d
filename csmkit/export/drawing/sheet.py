# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Drawing of a flat part from its measures alone: view from above, edge view, all sizes, holes by letter."""

from __future__ import annotations

from collections.abc import Iterator

import shapely

from csmkit.export.drawing.corners import Rounding, corners
from csmkit.export.drawing.ink import (
    Ink,
    Place,
    Text,
    joined,
    leading,
    line,
    span,
    value,
)
from csmkit.export.drawing.layout import DIMENSION, GAP, Layout, Told, laid_out, room_of
from csmkit.export.drawing.marks import groups, marks
from csmkit.export.drawing.ordinates import Ordinates, drawn
from csmkit.export.drawing.page import Block, Heading, drawing_svg, weight
from csmkit.export.drawing.tags import Tag, place_tags
from csmkit.export.labels import largest_place
from csmkit.export.svg.document import double_arrow, number, path
from csmkit.model.facts import Feature, FlatPattern, PartFacts
from csmkit.model.outline import Point

COARSE = 0.3  # mm of chord on the paper of lines that signs keep off


def sheet_drawing(part: PartFacts, pattern: FlatPattern, heading: Heading) -> bytes:
    """The drawing of a flat part.

    Args:
        part: its measures, with its quantity.
        pattern: its flat pattern.
        heading: kit and stock.
    Returns: an SVG on A4 or A3.
    """
    disc = pattern.outline.circle_of
    told = Told(part, pattern, corners(pattern.outline), groups(marks(pattern), disc[:2] if disc else None))
    told, laid = laid_out(told)
    sides = told.ordinates if laid.has_ordinates else {}
    ink = joined(
        [
            _plan(told, laid.place),
            _edge_view(told, laid),
            *(_numbers(told, laid, o) for o in sides.values() if o.points),
            _overall(told, laid),
        ]
    )
    ink += _table(told, laid)
    ink += place_tags(
        _tags(told, laid.place),
        [t.box for t in ink.texts],
        [*_chains(told, laid.place), *ink.shy],
        laid.page.area(len(told.notes)),
    )
    ink += _grain(told, laid, ink)
    return drawing_svg(laid.page, _block(told, laid, heading), ink, told.notes, _desc(told))


def _plan(told: Told, place: Place) -> Ink:
    """The view from above: hatched pockets, holes, middles of what is round."""
    pattern = told.pattern
    strokes = [f'<path class="csm-wood" d="{path([place.outline(pattern.outline)])}"/>']
    ordered = sorted(pattern.features, key=lambda f: (f.through, f.side == "top", -f.region.area))
    strokes += [_feature(f, place) for f in ordered]
    strokes.append(f'<path class="csm-edge" d="{path([place.outline(pattern.outline)])}"/>')
    for group in told.groups:
        for mark in group.marks:
            if mark.is_round:
                strokes += _cross(place.point(mark.middle), mark.reach[0] * place.scale)
    round_part = pattern.outline.circle_of
    if round_part:
        strokes += _cross(place.point((round_part[0], round_part[1])), round_part[2] / 2 * place.scale)
    return Ink(tuple(strokes))


def _feature(feature: Feature, place: Place) -> str:
    css = "hole" if feature.through else "hatch" if feature.side == "top" else "hidden"
    region = feature.region
    data = path([place.outline(o) for o in (region.outline, *region.islands)])
    return f'<path class="csm-{css}" fill-rule="evenodd" d="{data}"/>'


def _cross(middle: Point, reach: float) -> list[str]:
    """Middle lines of a circle."""
    far = reach + 1.0 if reach > 1.0 else reach + 0.6
    x, y = middle
    return [line("reach", (x - far, y), (x + far, y)), line("reach", (x, y - far), (x, y + far))]


def _grain(told: Told, laid: Layout, ink: Ink) -> Ink:
    """A double arrow along the grain: on the part, where it covers nothing; the title block says it too."""
    pattern, place = told.pattern, laid.place
    if pattern.grain is None:
        return Ink()
    wide, high = (15.0, 9.0) if pattern.grain == "x" else (17.0, 13.0)
    found = largest_place(_free(told, place, ink), wide, high, 1.0, 1.0)
    if found is None or found[3] != 0:
        return Ink()
    x, y = found[0], -found[1]
    word = Text(x, y - 3.4, "grain", "middle") if pattern.grain == "x" else Text(x - 1, y, "grain")
    at = x if pattern.grain == "x" else x - 4
    arrow = double_arrow(at, y, 5.5, 90 if pattern.grain == "y" else 0)
    return Ink((f'<path class="csm-thin" {arrow}/>',), (word,), (((at - 5, y), (at + 5, y)),))


def _free(told: Told, place: Place, ink: Ink) -> shapely.Geometry:
    """Where nothing is drawn on the part: paper's mm, y up."""
    solid, *holes = (shapely.Polygon([(x, -y) for x, y in chain]) for chain in _chains(told, place))
    texts = [shapely.box(x0 - 1, -y1 - 1, x1 + 1, 1 - y0) for x0, y0, x1, y1 in (t.box for t in ink.texts)]
    lines = [shapely.LineString([(x, -y) for x, y in chain]) for chain in ink.shy]
    return shapely.difference(solid.buffer(-1), shapely.union_all([*holes, *texts, *lines]).buffer(0.5))


def _edge_view(told: Told, laid: Layout) -> Ink:
    """The part from the left, at the right of the plan (first angle), its upper face at the right."""
    place, pattern = laid.place, told.pattern
    wide, high = pattern.size
    right = told.ordinates["right"].depth if laid.has_ordinates else 0.0
    x0 = place.point((wide, 0))[0] + right + DIMENSION + GAP
    y0, y1 = place.y - high * place.scale, place.y
    x1 = x0 + pattern.thickness * place.scale
    strokes = [
        f'<path class="csm-wood" d="M{number(x0)} {number(y0)}H{number(x1)}V{number(y1)}H{number(x0)}Z"/>'
    ]
    for feature in pattern.pockets:
        _, low, _, top = feature.region.outline.bounds
        deep = feature.depth * place.scale
        at, face = (x1 - deep, x1) if feature.side == "top" else (x0 + deep, x0)
        a, b = place.point((0, low))[1], place.point((0, top))[1]
        strokes.append(line("hidden", (face, a), (at, a), (at, b), (face, b)))
    frame = ((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0))
    strokes.append(line("edge", *frame))
    size = span(x0, x1, y0 - 4, value(pattern.thickness))
    return (
        Ink(tuple(strokes), shy=(frame,)) + leading(*(((x, y0 - 0.8), (x, y0 - 5)) for x in (x0, x1))) + size
    )


def _numbers(told: Told, laid: Layout, side: Ordinates) -> Ink:
    """Ordinates along a side of the plan."""
    place = laid.place
    wide, high = (s * place.scale for s in told.pattern.size)
    edge = {"bottom": place.y, "top": place.y - high, "left": place.x, "right": place.x + wide}[side.side]
    return drawn(side, place, edge, room_of(told, laid, side.side))


def _overall(told: Told, laid: Layout) -> Ink:
    """Length above the plan, width at its right."""
    place, (wide, high) = laid.place, told.pattern.size
    top = told.ordinates["top"].depth if laid.has_ordinates else 0.0
    right = told.ordinates["right"].depth if laid.has_ordinates else 0.0
    x0, x1, y0, y1 = (
        place.x,
        place.x + wide * place.scale,
        place.y - high * place.scale,
        place.y,
    )
    at_y, at_x = y0 - top - 2, x1 + right + DIMENSION - 2
    ways = [((x, y0 - 0.8), (x, at_y - 1)) for x in (x0, x1)]
    ways += [((x1 + 0.8, y), (at_x + 1, y)) for y in (y0, y1)]
    across, along = told.overall
    return leading(*ways) + span(x0, x1, at_y, across) + span(y0, y1, at_x, along, upright=True)


def _table(told: Told, laid: Layout) -> Ink:
    """The table of holes in the upper right corner, or below the plan."""
    x0, y0, x1, y1 = laid.page.area(len(told.notes))
    if laid.is_below:
        return laid.table.drawn(x0, y1 - laid.table.height)
    return laid.table.drawn(x1 - laid.table.width, y0)


def _tags(told: Told, place: Place) -> Iterator[Tag]:
    """Radii of the outline, then letters or words for holes and pockets."""
    wanted = [(g, n, m) for g in told.groups for n, m in enumerate(g.marks)]
    for group, n, mark in sorted(wanted, key=lambda w: -max(w[2].reach)):
        at, is_round = place.point(mark.middle), mark.is_round
        reach = (mark.reach[0] * place.scale, mark.reach[1] * place.scale)
        if told.by_letter:
            yield Tag(group.tag(n), at, reach, is_round=is_round)
        elif n == 0:
            others = tuple(place.point(m.middle) for m in group.marks[1:])
            yield Tag(group.what, at, reach, is_needed=True, is_round=is_round, others=others)
    if told.pattern.outline.circle_of or told.has_curves:
        return  # the overall sizes or the points say it
    by_radius: dict[str, list[Rounding]] = {}
    for rounding in told.outline.roundings:
        by_radius.setdefault(value(rounding.radius), []).append(rounding)
    for radius, found in by_radius.items():
        text = f"{len(found)} × R{radius}" if len(found) > 1 else f"R{radius}"
        first, *rest = (place.point(rounding.middle) for rounding in found)
        yield Tag(text, first, is_needed=True, others=tuple(rest))


def _chains(told: Told, place: Place) -> list[list[Point]]:
    """All lines of the plan as chains."""
    outlines = [told.pattern.outline]
    for f in told.pattern.features:
        outlines += [f.region.outline, *f.region.islands]
    chains = [[place.point(p) for p in o.points(COARSE / place.scale)] for o in outlines]
    return [[*chain, chain[0]] for chain in chains]


def _block(told: Told, laid: Layout, heading: Heading) -> Block:
    part, pattern = told.part, told.pattern
    size = " × ".join(map(value, (*pattern.size, pattern.thickness)))
    grain = {"x": "along the length", "y": "across the length", None: "any"}[pattern.grain]
    return Block(
        part.name,
        f"{heading.kit}, version {heading.version}",
        (
            ("stock", heading.stock),
            ("size", size),
            ("grain", grain),
            ("quantity", str(part.quantity)),
            ("mass each", weight(part.mass)),
            ("cut", part.process),
        ),
        laid.place.scale,
        heading.license,
    )


def _desc(told: Told) -> str:
    kinds_of = "; ".join(g.what for g in told.groups) or "no holes or pockets"
    size = " × ".join(map(value, (*told.pattern.size, told.pattern.thickness)))
    return f"{size} mm; {kinds_of}."
