# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""SVG of the bars to saw: each bar with its pieces to scale, their lengths, the kerfs and the rest.

Equal bars are drawn once, with their number. Colours as in svg/sheet.py; a piece bears data-item as there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from csmkit.export.labels import Label
from csmkit.export.svg.document import ADVANCE, attribute, document, escape, number, style, text
from csmkit.export.svg.sheet import HUES, NO_NAMES, PIECES
from csmkit.model.cutting import BarInstance, BarLayout, BarPlan
from csmkit.model.stock import StockBar


@dataclass(frozen=True)
class _Stretch:
    """A stretch of a bar: a piece, what the saw takes, or the rest."""

    css: str
    start: float  # mm from the bar's left end
    length: float
    title: str
    lines: tuple[str, ...] = ()
    hue: str = ""
    item: str = ""  # name of the part


def bars_svg(plan: BarPlan, instance: BarInstance, called: Mapping[str, str] = NO_NAMES) -> bytes:
    """The bars of one bar good.

    Args:
        plan: which pieces are cut from which bar.
        instance: the stock's lengths, kerf and trim.
        called: what parts are called where not by their names: `short_names`.
    Returns: the file; it takes the width that the page gives it.
    """
    stock = {s.key: s for s in instance.stock}
    longest = max((stock[b.stock].length for b in plan.layouts), default=1000.0)
    unit = longest / 100
    names = sorted({name for layout in plan.layouts for name, _ in layout.pieces})
    hues = {name: HUES[i % len(HUES)] for i, name in enumerate(names)}
    rows = [(layout, len(list(equal))) for layout, equal in groupby(plan.layouts)]
    body = [style(PIECES), '<g font-family="sans-serif">']
    for i, (layout, count) in enumerate(rows):
        bar = stock[layout.stock]
        times = f"{count} × " if count > 1 else ""
        body += [
            f'<g transform="translate(0 {number(i * 7 * unit)})">',
            f'<text class="csm-note" x="0" y="{number(-0.5 * unit)}" font-size="{number(1.2 * unit)}">'
            f"{escape(f'{times}{bar.key}, {number(bar.length, 1)} mm')}</text>",
            *(_draw(stretch, unit) for stretch in _stretches(layout, bar, instance, hues, called)),
            "</g>",
        ]
    view = (-unit, -2 * unit, longest + 2 * unit, max(len(rows), 1) * 7 * unit)
    return document(
        view, f"{plan.bar}: {len(plan.layouts)} bars", [*body, "</g>"], desc=_describe(plan, called)
    )


def _stretches(
    layout: BarLayout,
    bar: StockBar,
    instance: BarInstance,
    hues: Mapping[str, str],
    called: Mapping[str, str],
) -> Iterator[_Stretch]:
    """A bar from its left end: trim, then each piece and its kerf, then the rest."""
    x = instance.trim if bar.kind == "bar" else 0.0
    if x:
        yield _Stretch("saw", 0, x, f"trim {number(x, 1)} mm")
    for name, length in layout.pieces:
        part, size = _part(name), number(length, 1)
        short = called.get(part, part)
        yield _Stretch("part", x, length, f"{short}, {size} mm", (short, size), hues[name], part)
        x += length
        kerf = min(instance.kerf, bar.length - x)
        if kerf > 0:
            yield _Stretch("saw", x, kerf, f"kerf {number(kerf, 1)} mm")
        x += kerf
    if layout.rest > 0:
        size = number(layout.rest, 1)
        yield _Stretch("rest", bar.length - layout.rest, layout.rest, f"rest {size} mm", ("rest", size))


def _draw(stretch: _Stretch, unit: float) -> str:
    fill = f' fill="{stretch.hue}"' if stretch.hue else ""
    size = f'x="{number(stretch.start)}" y="0" width="{number(stretch.length)}" height="{number(4 * unit)}"'
    box = (
        f'<rect class="csm-{stretch.css} csm-line" {size}{fill}><title>{escape(stretch.title)}</title></rect>'
    )
    css = "csm-name" if stretch.css == "part" else "csm-note"
    whole = box + "".join(text(label, css) for label in _labels(stretch, unit))
    return f"<g data-item={attribute(stretch.item)}>{whole}</g>" if stretch.item else whole


def _labels(stretch: _Stretch, unit: float) -> list[Label]:
    """Name and length; the length alone where the name does not fit, upright where that is too long too."""
    capital, step = 0.85 * unit, 1.7 * unit
    middle = stretch.start + stretch.length / 2
    for lines in (stretch.lines, stretch.lines[-1:]):
        longest = max((len(line) for line in lines), default=0)
        if longest * ADVANCE * capital + 0.4 * unit < stretch.length:
            top = -2 * unit + step * (len(lines) - 1) / 2
            return [Label(line, middle, top - i * step, capital, 0) for i, line in enumerate(lines)]
    if stretch.lines and stretch.length > 1.5 * capital:
        return [Label(stretch.lines[-1], middle, -2 * unit, capital, 90)]
    return []


def _part(piece: str) -> str:
    """The part's name in its kit: it may have a stroke, a kit's key not."""
    return piece.partition("/")[2]


def _describe(plan: BarPlan, called: Mapping[str, str]) -> str:
    rows = []
    for i, layout in enumerate(plan.layouts, start=1):
        pieces = ", ".join(
            f"{called.get(_part(name), _part(name))} {number(length, 1)} mm" for name, length in layout.pieces
        )
        rows.append(f"Bar {i}: {pieces}; rest {number(layout.rest, 1)} mm.")
    return " ".join(rows)
