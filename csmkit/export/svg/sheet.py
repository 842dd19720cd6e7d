# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""SVG of a nested sheet for a page: parts with their names, offcuts hatched, sizes, yield.

Colours are CSS variables (--csm-…) with fallbacks that are legible on a light and on a dark page: pale parts
with dark names, all else in middle tones. Each part is a group with data-item, its name in the kit,
data-part and data-copy, for scripts, and a title.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase
from types import MappingProxyType

from csmkit.export.labels import Label, place_labels
from csmkit.export.nested import NestedSheet
from csmkit.export.saw.marks import wrapped
from csmkit.export.saw.panels import panel_marks
from csmkit.export.svg.document import (
    ADVANCE,
    attribute,
    document,
    double_arrow,
    escape,
    number,
    path,
    style,
    text,
)
from csmkit.model.cutting import CutItem, Layout, Placement
from csmkit.model.facts import FlatPattern
from csmkit.model.outline import Outline
from csmkit.model.stock import StockSheet

PIECES: Mapping[str, str] = MappingProxyType(
    {  # fallback first: a renderer without CSS variables ignores the second declaration
        "stock": "fill:#8a7a5f;fill:var(--csm-stock,#8a7a5f);fill-opacity:.12;stroke:#888;stroke-width:1.5",
        "part": "fill-rule:evenodd;stroke:#555;stroke:var(--csm-edge,#555)"
        ";stroke-width:1.5;stroke-width:var(--csm-edge-width,1.5)",
        "pocket": "fill:#000;fill-opacity:.18;fill-rule:evenodd",
        "far": "fill:none;stroke:#555;stroke-width:1.5;stroke-dasharray:6 4",
        "defect": "fill:#d33;fill:var(--csm-defect,#d33);fill-opacity:.5",
        "rest": "fill:#888;fill-opacity:.15;stroke:#888;stroke-width:1;stroke-dasharray:6 4",
        "saw": "fill:#555",
        "rule": "fill:none;stroke:#888;stroke-width:1.5",
        "hatch": "fill:none;stroke:#888;stroke-opacity:.45;stroke-width:1",
        "name": "fill:#222;fill:var(--csm-name,#222)",
        "note": "fill:#888;fill:var(--csm-note,#888)",
    }
)
NO_NAMES: Mapping[str, str] = MappingProxyType({})
HUES = ("#e8c78f", "#a9cbe6", "#b5d8a6", "#dfb8d6", "#ebb5a2", "#a8d5d3", "#d9d28f", "#c3c6ee")
LEADING = 1.8  # units from line to line of the legend
_DIGITS = 1  # a tenth of a millimetre: less than a pixel


@dataclass(frozen=True)
class _Look:
    """How a part shows: the id of its drawing, its name, where that stands, a letter if it is too long."""

    drawing: str
    item: CutItem
    name: str
    spots: tuple[Label, ...]
    code: str = ""


def sheet_svg(nested: NestedSheet, called: Mapping[str, str] = NO_NAMES) -> bytes:
    """One nested sheet; it takes the width that the page gives it.

    Args:
        called: what parts are called where not by their names: `short_names`.
    """
    layout, items, stock = nested.layout, nested.items, nested.stock
    long, wide = stock.size
    unit = max(long, wide) / 100  # size of captions; sheets differ, the page's column does not
    used = sorted({p.item for p in layout.placements})
    drawn = repr((layout, [items[name].pattern for name in used]))
    key = f"s{zlib.crc32(drawn.encode()):x}"  # ids of different sheets stay apart on one page
    looks = ((name, items[name], called.get(items[name].part, items[name].part)) for name in used)
    shown = {name: _look(f"{key}p{i}", i, item, told, unit) for i, (name, item, told) in enumerate(looks)}
    legend = _legend([look for look in shown.values() if look.code], long, unit)
    body = [
        style(PIECES),
        '<g font-family="sans-serif">',
        _defs(key, used, items, unit),
        f'<path class="csm-stock csm-line" d="{path([stock.outline], _DIGITS)}"/>',
        *(f'<path class="csm-defect csm-line" d="{path([d], _DIGITS)}"/>' for d in stock.defects),
        *(_offcut(o, key, unit) for o in layout.offcuts),
        *(_part(p, shown[p.item]) for p in layout.placements),
        *(panel_marks(layout, items, stock, nested.kerf, unit) if layout.panels else ()),
        *_sizes(long, wide, unit),
        _caption(nested, unit),
        *legend,
        *_grain(stock, unit),
        "</g>",
    ]
    title = f"{stock.key}: {nested.place}"
    view = (
        -5 * unit,
        -wide - unit,
        long + 6 * unit,
        wide + (9 + LEADING * len(legend) + (0.2 if legend else 0)) * unit,
    )
    return document(view, title, body, desc=_describe(layout, shown))


def _defs(key: str, used: list[str], items: Mapping[str, CutItem], unit: float) -> str:
    """Each part's drawing once, and the hatching."""
    step = number(unit)
    hatch = (
        f'<pattern id="{key}h" width="{step}" height="{step}" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate(45)"><path d="M0 0V{step}" class="csm-hatch csm-line"/></pattern>'
    )
    drawings = (
        _drawing(f"{key}p{i}", items[name].pattern, HUES[i % len(HUES)], i) for i, name in enumerate(used)
    )
    return f"<defs>{hatch}{''.join(drawings)}</defs>"


def _drawing(key: str, pattern: FlatPattern, hue: str, index: int) -> str:
    solid = [pattern.outline, *(f.region.outline for f in pattern.holes)]
    colour = f"var(--csm-part-{index % len(HUES)},{hue})"
    near = [o for f in pattern.pockets if f.side == "top" for o in (f.region.outline, *f.region.islands)]
    far = [o for f in pattern.pockets if f.side == "bottom" for o in (f.region.outline, *f.region.islands)]
    return (
        f'<g id="{key}"><path class="csm-part csm-line" fill="{hue}" style="fill:{colour}"'
        f' d="{path(solid, _DIGITS)}"/>'
        + (f'<path class="csm-pocket csm-line" d="{path(near, _DIGITS)}"/>' if near else "")
        + (f'<path class="csm-far csm-line" d="{path(far, _DIGITS)}"/>' if far else "")
        + "</g>"
    )


def _look(drawing: str, index: int, item: CutItem, name: str, unit: float) -> _Look:
    """Name and copy in one line, else in two, else a letter that the legend explains."""
    tallest, lowest = 1.6 * unit, 0.55 * unit  # 1 unit is about 9 pixels on a page
    copies = str(item.quantity)
    for lines in ([f"{name} {copies}"], [name, copies]):
        spots = place_labels(item.pattern, [(line, 1.0) for line in lines], tallest, lowest, ADVANCE)
        if spots:
            return _Look(drawing, item, name, spots)
    code = ascii_uppercase[index % 26] + "′" * (index // 26)
    spots = place_labels(item.pattern, [(f"{code}{copies}", 1.0)], unit, lowest / 2, ADVANCE)
    return _Look(drawing, item, name, spots, code)


def _part(placement: Placement, look: _Look) -> str:
    item, copy = look.item, placement.copy
    wide, high = (number(v, 1) for v in item.pattern.size)
    turn = f" rotate({number(-placement.angle, 3)})" if placement.angle % 360 else ""
    place = f"translate({number(placement.x, _DIGITS)} {number(-placement.y, _DIGITS)}){turn}"
    if look.code:
        lines = [f"{look.code}{copy}"]
    else:
        lines = [look.name, str(copy)] if len(look.spots) == 2 else [f"{look.name} {copy}"]
    spots = [
        spot.moved(placement.x, placement.y, placement.angle) for spot in _readable(look.spots, placement)
    ]
    texts = "".join(text(replace(spot, text=line)) for line, spot in zip(lines, spots, strict=False))
    return (
        f'<g data-item={attribute(item.part)} data-part={attribute(placement.item)} data-copy="{copy}">'
        f"<title>{escape(look.name)} {copy} · {wide} × {high} mm</title>"
        f'<use href="#{look.drawing}" transform="{place}"/><g class="csm-name">{texts}</g></g>'
    )


def _readable(spots: tuple[Label, ...], placement: Placement) -> tuple[Label, ...]:
    """Lines from the top as the reader sees them: on a part that lies head down they change places."""
    if not spots:
        return ()
    turned = (spots[0].angle + placement.angle) % 360
    return spots[::-1] if 90.001 < turned < 270.001 else spots


def _legend(coded: Sequence[_Look], long: float, unit: float) -> list[str]:
    """Names of the parts that are too small to bear them, in lines as long as the sheet."""
    lines = wrapped([f"{look.code} = {look.name}" for look in coded], long, 1.3 * unit)
    return [
        f'<text class="csm-note" x="0" y="{number((9.2 + LEADING * n) * unit)}"'
        f' font-size="{number(1.3 * unit)}">{escape(line)}</text>'
        for n, line in enumerate(lines)
    ]


def _offcut(outline: Outline, key: str, unit: float) -> str:
    x0, y0, x1, y1 = outline.bounds
    size = f"{number(x1 - x0, 0)} × {number(y1 - y0, 0)}"
    fits = len(size) * unit < x1 - x0 and 3 * unit < y1 - y0
    label = text(Label(size, (x0 + x1) / 2, (y0 + y1) / 2, unit, 0), "csm-note") if fits else ""
    return (
        f"<g><title>offcut to keep, {size} mm</title>"
        f'<path class="csm-rule csm-line" style="fill:url(#{key}h)" d="{path([outline], _DIGITS)}"/>'
        f"{label}</g>"
    )


def _sizes(long: float, wide: float, unit: float) -> list[str]:
    """Dimension lines below and at the left."""
    off, tick = number(1.5 * unit), number(unit)
    return [
        f'<path class="csm-rule csm-line" d="M0 {number(2 * unit)}H{number(long)}'
        f"M0 {off}v{tick}M{number(long)} {off}v{tick}"
        f'M{number(-2 * unit)} 0V{number(-wide)}M-{off} 0h-{tick}M-{off} {number(-wide)}h-{tick}"/>',
        text(Label(f"{number(long, 1)} mm", long / 2, -3.3 * unit, unit, 0), "csm-note"),
        text(Label(f"{number(wide, 1)} mm", -3.3 * unit, wide / 2, unit, 90), "csm-note"),
    ]


def _caption(nested: NestedSheet, unit: float) -> str:
    line = f"{nested.stock.key} · {nested.place} · yield {nested.yield_ * 100:.0f} %"
    place = f'x="0" y="{number(7 * unit)}" font-size="{number(1.6 * unit)}"'
    return f'<text class="csm-note" {place}>{escape(line)}</text>'


def _grain(stock: StockSheet, unit: float) -> list[str]:
    """The face grain as a double arrow at the caption's right end."""
    if stock.grain is None:
        return []
    half = 3 * unit if stock.grain == "x" else 1.6 * unit
    x, y = stock.size[0] - 3 * unit, 6.4 * unit
    arrow = double_arrow(x, y, half, 90 if stock.grain == "y" else 0)
    word = text(Label("grain", x - 7 * unit, -y, unit, 0), "csm-note")
    return [f'<path class="csm-rule csm-line" {arrow}/>', word]


def _describe(layout: Layout, shown: Mapping[str, _Look]) -> str:
    counts: dict[str, int] = {}
    for placement in layout.placements:
        name = shown[placement.item].name
        counts[name] = counts.get(name, 0) + 1
    return ", ".join(f"{count} × {name}" for name, count in counts.items()) + "."
