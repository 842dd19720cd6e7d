# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""SVGs of a sheet's saw plan: an overview with all cuts, and a picture for each stage of the work.

A stage's picture shows what lies on the bench: grey what stays as it is, bright what goes onto the saw. Each
cut bears its number and its measure from the fence; a broad line shows which edge lies on the fence. What the
sheet doesn't fill is not drawn. Colours as in svg/sheet.py.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from csmkit.export.nested import NestedSheet
from csmkit.export.saw.marks import Names, Places, cut_line, cut_mark, mm, name_mark, note, stage_hue, wrapped
from csmkit.export.saw.steps import Outcome, Rectangle, SawStage, SawStep, is_same, saw_stages, saw_steps
from csmkit.export.svg.document import attribute, document, escape, number, path, style
from csmkit.export.svg.sheet import HUES, PIECES
from csmkit.model.cutting import CutItem, Layout
from csmkit.model.stock import StockSheet

SAW: Mapping[str, str] = MappingProxyType(
    {
        **PIECES,
        "name": PIECES["name"] + ";paint-order:stroke;stroke:#fff;stroke-opacity:.6;stroke-width:.25em",
        "mark": "fill:#fff",
        "inner": "fill:none;stroke:#555;stroke-width:1;stroke-dasharray:4 3",
        "box": "stroke:#555;stroke-width:1.5",
        "idle": "fill:#888;fill-opacity:.22;stroke:#888;stroke-width:1",
        "waste": "fill:#888;fill-opacity:.1;stroke:none",
        "next": "fill:#f2e2c0;fill:var(--csm-next,#f2e2c0);stroke:#8a7a5f;stroke-width:2",
        "fence": "fill:none;stroke-width:9;stroke-opacity:.5",
    }
)
_NOTE = 1.5  # units, font size of captions: about 13 pixels on a page


def saw_svgs(sheet: NestedSheet, kerf: float) -> tuple[bytes, ...]:
    """One sheet of a saw plan.

    Args:
        sheet: with its cuts.
        kerf: mm that each cut takes.
    Returns: the overview, then one picture a stage; each takes the width that the page gives it.
    """
    stages = saw_stages(sheet.layout, sheet.items, sheet.stock, kerf)
    return (_overview(sheet, kerf), *(_stage(stage, len(stages), sheet, kerf) for stage in stages))


def _overview(sheet: NestedSheet, kerf: float) -> bytes:
    layout, items, stock = sheet.layout, sheet.items, sheet.stock
    steps = saw_steps(layout, items, stock, kerf)
    unit, key = _unit(stock), _key(layout, "o")
    outcomes = [o for s in steps for o in (s.off, s.rest) if o and o.kind != "piece"] or [
        _uncut(layout, items)
    ]
    names, places = Names.of(layout.placements, items), Places()
    lines = [cut_line(s, kerf) for s in steps]
    marks = [cut_mark(s, str(s.cut.number), unit, places, stock.size[0]) for s in steps]
    shapes, written, coded = _drawn(outcomes, names, items, key, unit, places, "part")
    title = f"{stock.key}: {sheet.place}, saw plan"
    cuts = _tally(len(steps), "cut")
    caption = f"{stock.key} · {sheet.place} · {cuts} · yield {sheet.yield_ * 100:.0f} %"
    words = [f"{names.codes[n]} = {items[n].part}" for n in coded]
    body = [*_clipped([*shapes, *lines], key), *marks, *written]
    return _document(title, [caption, *wrapped(words, stock.size[0], _NOTE * unit)], body, stock, key)


def _stage(stage: SawStage, count: int, sheet: NestedSheet, kerf: float) -> bytes:
    layout, items, stock = sheet.layout, sheet.items, sheet.stock
    title = f"{stock.key}, {sheet.place}"
    unit, key = _unit(stock), _key(layout, f"t{stage.number}")
    names, places = Names.of(layout.placements, items), Places()
    marks = [cut_mark(s, _says(s), unit, places, stock.size[0]) for s in stage.steps]
    outcomes = [o for s in stage.steps for o in (s.off, s.rest) if o and not _is_cut_on(o, stage)]
    idle_shapes, idle_names, coded = _drawn(stage.bench, names, items, key, unit, places, "idle")
    shapes, written, more = _drawn(outcomes, names, items, key, unit, places, "part")
    line = f"{title} · stage {stage.number} of {count} · {_tally(len(stage.steps), 'cut')}"
    words = [f"{names.codes[n]} = {items[n].part}" for n in dict.fromkeys((*coded, *more))]
    body = [
        *_clipped([*idle_shapes, *shapes, *(cut_line(s, kerf) for s in stage.steps)], key),
        *_fences(stage, key),
        *idle_names,
        *marks,
        *written,
    ]
    width, size = stock.size[0], _NOTE * unit
    rule = "numbers: cut · mm from fence to blade · broad line: the edge that lies on the fence"
    notes = [line, rule, *wrapped(list(_settings(stage)), width, size), *wrapped(words, width, size)]
    return _document(f"{title}, stage {stage.number} of {count}", notes, body, stock, key)


def _drawn(
    outcomes: Sequence[Outcome],
    names: Names,
    items: Mapping[str, CutItem],
    key: str,
    unit: float,
    places: Places,
    look: str,
) -> tuple[list[str], list[str], list[str]]:
    """Shapes of what lies there, their names, and which parts got a letter for a name."""
    order = sorted(names.codes)
    shapes, written, coded = [], [], []
    for outcome in outcomes:
        css = "note"
        ways: tuple[tuple[str, ...], ...] = ()
        if outcome.placement is not None:
            css = "note" if look == "idle" else "name"
            ways = names.lines(outcome.placement)
            hue = HUES[order.index(outcome.placement.item) % len(HUES)]
            shapes.append(_part(outcome, items[outcome.placement.item], hue, look))
        elif outcome.kind == "piece":
            css = "name"
            ways = ((f"{mm(outcome.size[0])} × {mm(outcome.size[1])}",),) if outcome.is_box else ()
            shapes.append(_rect(outcome.box, "next"))
        elif outcome.kind == "offcut":
            size = f"{mm(outcome.size[0])} × {mm(outcome.size[1])}"
            ways = ((f"offcut {size}",), ("offcut", size))
            shapes.append(_rect(outcome.box, "rule", f"fill:url(#{key}h)"))
        else:
            held = [Outcome("offcut", o) for o in outcome.holds]
            drawn, said, _ = _drawn(held, names, items, key, unit, places, look)
            shapes += [_rect(outcome.box, "waste"), *drawn]
            written += said
        mark, took = name_mark(ways, outcome.box, unit, places, f"csm-{css}")
        written.append(mark)
        if outcome.placement is not None and (took is None or took == ways[-1]):
            coded.append(outcome.placement.item)
    return shapes, written, list(dict.fromkeys(coded))


def _part(outcome: Outcome, item: CutItem, hue: str, look: str) -> str:
    """The box that comes off the saw, with the outline and the features that remain to be made."""
    placement = outcome.placement
    assert placement is not None
    wide, high = (mm(v) for v in outcome.size)
    box = _rect(outcome.box, "idle") if look == "idle" else _rect(outcome.box, "box", f"fill:{hue}")
    pattern = item.pattern
    left = (
        [pattern.outline] if abs(pattern.outline.area) < 0.999999 * pattern.size[0] * pattern.size[1] else []
    )
    left += [f.region.outline for f in pattern.features]
    moved = [o.moved(placement.x, placement.y, placement.angle) for o in left]
    inner = f'<path class="csm-inner csm-line" d="{path(moved, 1)}"/>' if moved else ""
    return (
        f'<g data-part={attribute(placement.item)} data-copy="{placement.copy}">'
        f"<title>{escape(item.part)} {placement.copy} · {wide} × {high} mm</title>{box}{inner}</g>"
    )


def _fences(stage: SawStage, key: str) -> Iterator[str]:
    """The edge of each piece that lies on the fence, as a broad line."""
    for step in stage.steps:
        if _is_followed(step, stage):
            continue
        x0, y0, x1, y1 = step.cut.piece
        x, y = (x1 if step.edge == "right" else x0, y1 if step.edge == "upper" else y0)
        line = f"M{number(x, 1)} {number(-y, 1)}" + (
            f"V{number(-y1, 1)}" if step.cut.axis == "x" else f"H{number(x1, 1)}"
        )
        drawn = f'<path class="csm-fence csm-line" stroke="{stage_hue(stage.number)}" d="{line}"/>'
        yield from [drawn] if step.is_whole else _clipped([drawn], key)


def _is_followed(step: SawStep, stage: SawStage) -> bool:
    """The piece of this cut is what an earlier cut of the stage has left: its edge lies within a piece."""
    return step.edge in ("left", "lower") and any(
        s.rest is not None and not s.is_trim and s.rest.box == step.cut.piece for s in stage.steps
    )


def _is_cut_on(outcome: Outcome, stage: SawStage) -> bool:
    """The stage itself divides it further."""
    return outcome.kind == "piece" and any(is_same(outcome.box, s.cut.piece) for s in stage.steps)


def _settings(stage: SawStage) -> Iterator[str]:
    """Edge and measure with the cuts that need them: "cuts 3–5: left edge on the fence, 412.5 mm"."""
    rows: list[tuple[str, list[int]]] = []
    for step in stage.steps:
        trim = "trim, " if step.is_trim else ""
        says = f"{trim}{step.edge} edge on the fence, {mm(step.fence)} mm"
        if rows and rows[-1][0] == says:
            rows[-1][1].append(step.cut.number)
        else:
            rows.append((says, [step.cut.number]))
    for says, cuts in rows:
        span = f"cuts {cuts[0]}–{cuts[-1]}" if len(cuts) > 1 else f"cut {cuts[0]}"
        yield f"{span}: {says}"


def _says(step: SawStep) -> str:
    word = "trim to " if step.is_trim else ""
    return f"{step.cut.number} · {word}{mm(step.fence)}"


def _clipped(shapes: Sequence[str], key: str) -> tuple[str, ...]:
    """Only what lies on the sheet."""
    return (f'<g clip-path="url(#{key}c)">', *shapes, "</g>")


def _tally(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _uncut(layout: Layout, items: Mapping[str, CutItem]) -> Outcome:
    """A part that needs no cut at all."""
    placement = layout.placements[0]
    outline = items[placement.item].pattern.outline
    return Outcome("part", outline.moved(placement.x, placement.y, placement.angle).bounds, placement)


def _rect(box: Rectangle, css: str, more: str = "") -> str:
    x0, y0, x1, y1 = box
    size = (
        f'x="{number(x0, 1)}" y="{number(-y1, 1)}" width="{number(x1 - x0, 1)}" height="{number(y1 - y0, 1)}"'
    )
    extra = f' style="{more}"' if more else ""
    return f'<rect class="csm-{css} csm-line" {size}{extra}/>'


def _document(title: str, notes: Sequence[str], body: Sequence[str], stock: StockSheet, key: str) -> bytes:
    """The sheet with what lies on it, its size, captions below."""
    long, wide = stock.size
    unit = _unit(stock)
    size, step = _NOTE * unit, number(unit)
    hatch = (
        f'<defs><pattern id="{key}h" width="{step}" height="{step}" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate(45)"><path d="M0 0V{step}" class="csm-hatch csm-line"/></pattern>'
        f'<clipPath id="{key}c"><path d="{path([stock.outline], 1)}"/></clipPath></defs>'
    )
    grain = {"x": "grain runs left to right", "y": "grain runs up and down", None: ""}[stock.grain]
    first = f"{mm(long)} × {mm(wide)} mm" + (f" · {grain}" if grain else "")
    lines = [notes[0], first, *notes[1:]]
    drawn = [
        style(SAW),
        '<g font-family="sans-serif">',
        hatch,
        f'<path class="csm-stock csm-line" d="{path([stock.outline], 1)}"/>',
        *(f'<path class="csm-defect csm-line" d="{path([d], 1)}"/>' for d in stock.defects),
        *body,
        *(note(line, 0, 3 * unit + 1.5 * size * i, size) for i, line in enumerate(lines)),
        "</g>",
    ]
    view = (-2 * unit, -wide - 2 * unit, long + 4 * unit, wide + 4 * unit + 1.5 * size * len(lines))
    return document(view, title, drawn, desc=". ".join(lines))


def _unit(stock: StockSheet) -> float:
    return max(stock.size) / 100


def _key(layout: Layout, kind: str) -> str:
    """Ids of different pictures stay apart on one page."""
    return f"w{zlib.crc32(repr(layout).encode()):x}{kind}"
