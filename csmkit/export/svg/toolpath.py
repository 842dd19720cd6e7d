# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""SVG of a program: what each operation sweeps, where rapids go, which tabs hold the parts.

Colours are CSS variables (--csm-…) with fallbacks in middle tones, legible on a light and on a dark page. The
pale band is as wide as the cutter; the line within is the way of its middle.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from csmkit.cam.paths.engrave import line_width
from csmkit.export.labels import place_labels
from csmkit.export.svg.document import ADVANCE, attribute, document, escape, number, path, style, text
from csmkit.model.cam import Cut, CutKind, Move, Program, Setup, Tab, Toolpath
from csmkit.model.facts import Feature, FlatPattern
from csmkit.model.machine import Tool
from csmkit.model.pose import Pose, Vector

Leg = tuple[Vector, Move]
KINDS: Mapping[CutKind, tuple[str, str]] = MappingProxyType(
    {  # words of the legend, colour
        "engrave": ("engrave", "#9068c9"),
        "drill": ("drill", "#d07a1c"),
        "pocket": ("pocket", "#3c87cc"),
        "inside": ("inside contour", "#2f9d62"),
        "outside": ("outside contour", "#cf4040"),
        "surface": ("surface", "#4f9fa0"),
    }
)
STYLES: Mapping[str, str] = MappingProxyType(
    {
        "stock": "fill:#8a7a5f;fill:var(--csm-stock,#8a7a5f);fill-opacity:.12;stroke:#888;stroke-width:1.5",
        "piece": "fill:#b08d4f;fill:var(--csm-piece,#b08d4f);fill-opacity:.3;stroke:#888;stroke-width:.75"
        ";fill-rule:evenodd",
        "defect": "fill:#d33;fill:var(--csm-defect,#d33);fill-opacity:.5",
        "band": "fill:none;stroke-opacity:.3;stroke-linecap:round;stroke-linejoin:round",
        "way": "fill:none;stroke-width:1.25;stroke-linejoin:round",
        "rapid": "fill:none;stroke:#888;stroke-width:1;stroke-dasharray:5 4",
        "tab": "fill:none;stroke:#e0a100;stroke:var(--csm-tab,#e0a100);stroke-width:5",
        "note": "fill:#888;fill:var(--csm-note,#888)",
        "name": "fill:#888;fill:var(--csm-note,#888)",
        **{f"on-{kind}": f"stroke:{hue};stroke:var(--csm-{kind},{hue})" for kind, (_, hue) in KINDS.items()},
    }
)
_DIGITS = 2


def toolpath_svg(program: Program, seconds: float | None = None) -> bytes:
    """A program as seen from above.

    Args:
        program: toolpaths of one setup.
        seconds: how long it runs, for the caption.
    Returns: the file; it takes the width that the page gives it.
    """
    setup = program.setup
    x0, y0, x1, y1 = setup.stock.bounds
    unit = max(x1 - x0, y1 - y0) / 100  # size of captions; sheets differ, the page's column does not
    tools = {tool.key: tool for tool in program.tools}
    tabs = dict.fromkeys(tab for p in program.toolpaths for tab in p.tabs)
    body = [
        style(STYLES),
        '<g font-family="sans-serif">',
        *setup_elements(setup),
        *(_toolpath(p, _width(p, tools[p.tool])) for p in program.toolpaths),
        f'<path class="csm-rapid csm-line" d="{path_data(_rapids(program))}"/>',
        *(tab_mark(tab) for tab in tabs),
        *_names(setup, unit),
        _caption(program, seconds, y0, unit),
        *_legend(program, bool(tabs), y0, unit),
        "</g>",
    ]
    view = (x0 - unit, -y1 - unit, x1 - x0 + 2 * unit, y1 - y0 + 9 * unit)
    counts = ", ".join(f"{len(kinds)} × {KINDS[kind][0]}" for kind, kinds in _by_kind(program).items())
    return document(view, f"{setup.name}: toolpaths", body, desc=f"{counts}; {len(tabs)} tabs.")


def setup_elements(setup: Setup) -> Iterator[str]:
    """The stock, what is cut from it, and where nothing may go."""
    yield f'<path class="csm-stock csm-line" d="{path([setup.stock], _DIGITS)}"/>'
    for cut in setup.cuts:
        if cut.kind == "outside":
            holes = [c.region.outline for c in setup.cuts if c.kind == "inside" and c.part == cut.part]
            data = path([cut.region.outline, *holes], _DIGITS)
            yield f'<path class="csm-piece csm-line" d="{data}"><title>{escape(cut.part)}</title></path>'
    for zone in setup.keep_out:
        data = path([zone], _DIGITS)
        yield f'<path class="csm-defect" d="{data}"><title>clamp or defect</title></path>'


def path_data(legs: Iterable[Leg], seen: set[object] | None = None) -> str:
    """Path data of moves as seen from above, arcs as arcs; what lies on what was drawn before is left out."""
    seen = set() if seen is None else seen
    data, at = "", None
    for start, move in legs:
        key = _key(start, move)
        if key in seen or start[:2] == move.end[:2]:
            continue
        seen.add(key)
        if at != start[:2]:
            data += f"M{_place(start)}"
        at = move.end[:2]
        if move.center is None:
            data += f"L{_place(move.end)}"
            continue
        radius, sweep = number(math.dist(start[:2], move.center), _DIGITS + 1), move.sweep(start)
        data += f"A{radius} {radius} 0 {int(abs(sweep) > math.pi)} {int(sweep < 0)} {_place(move.end)}"
    return data


def tab_mark(tab: Tab) -> str:
    """A tab as a thick line along its contour."""
    c, s = (
        math.cos(math.radians(tab.angle)) * tab.length / 2,
        math.sin(math.radians(tab.angle)) * tab.length / 2,
    )
    data = f"M{_place((tab.x - c, tab.y - s, 0))}L{_place((tab.x + c, tab.y + s, 0))}"
    title = f"tab of {tab.part}, {number(tab.length, 1)} mm long, {number(tab.height, 1)} mm high"
    return f'<path class="csm-tab csm-line" d="{data}"><title>{escape(title)}</title></path>'


def legs_of(toolpath: Toolpath) -> Iterator[Leg]:
    """Cutting moves of a toolpath with their starts."""
    at = toolpath.start
    for move in toolpath.moves:
        if move.kind != "rapid":
            yield at, move
        at = move.end


def _width(toolpath: Toolpath, tool: Tool) -> float:
    """How wide a tool cuts on its way, mm."""
    return line_width(tool, max(-move.end[2] for move in toolpath.moves))


def _toolpath(toolpath: Toolpath, diameter: float) -> str:
    """A band as wide as the cutter, and the way of its middle; a plunge is a dot."""
    legs = list(legs_of(toolpath))
    kind = f"csm-on-{toolpath.kind}"
    title = f"{KINDS[toolpath.kind][0]} of {toolpath.part} with {toolpath.tool}"
    head = f"<g data-part={attribute(toolpath.part)}><title>{escape(title)}</title>"
    data = path_data(legs)
    x, y = number(toolpath.start[0], _DIGITS), number(-toolpath.start[1], _DIGITS)
    data = data or f"M{x} {y}h0"
    band = f'<path class="csm-band {kind}" stroke-width="{number(diameter)}" d="{data}"/>'
    return f'{head}{band}<path class="csm-way csm-line {kind}" d="{data}"/></g>'


def _rapids(program: Program) -> Iterator[Leg]:
    """From toolpath to toolpath, and within."""
    at: Vector | None = None
    for toolpath in program.toolpaths:
        if at is not None:
            yield at, Move("rapid", toolpath.start)
        at = toolpath.start
        for move in toolpath.moves:
            if move.kind == "rapid":
                yield at, move
            at = move.end


def _key(start: Vector, move: Move) -> object:
    """Equal for moves that draw the same line, whichever way they go."""
    ends = (_place(start), _place(move.end))
    if move.center is None:
        return tuple(sorted(ends))
    return (*(ends if move.sweep(start) > 0 else ends[::-1]), _place(move.center))


def _place(point: Sequence[float]) -> str:
    return f"{number(point[0], _DIGITS)} {number(-point[1], _DIGITS)}"


def _names(setup: Setup, unit: float) -> Iterator[str]:
    """Part names, as large as they fit; not where they are engraved."""
    engraved = {cut.part for cut in setup.cuts if cut.kind == "engrave"}
    for cut in setup.cuts:
        if cut.kind != "outside" or cut.part in engraved:
            continue
        name = cut.part.rpartition("/")[2]
        spots = place_labels(_pattern(cut, setup), [(name, 1.0)], 1.4 * unit, 0.4 * unit, ADVANCE)
        yield from (text(spot, "csm-name") for spot in spots)


def _pattern(cut: Cut, setup: Setup) -> FlatPattern:
    features = [
        Feature("pocket", "top", c.depth, c.region, c.through)
        for c in setup.cuts
        if c.part == cut.part and c.kind in ("inside", "pocket", "drill")
    ]
    return FlatPattern(cut.region.outline, tuple(features), setup.thickness, None, Pose())


def _by_kind(program: Program) -> dict[CutKind, list[Toolpath]]:
    found: dict[CutKind, list[Toolpath]] = {}
    for kind in KINDS:
        paths = [p for p in program.toolpaths if p.kind == kind]
        if paths:
            found[kind] = paths
    return found


def _caption(program: Program, seconds: float | None, y0: float, unit: float) -> str:
    tools = ", ".join(_tool_words(tool) for tool in program.tools)
    time = f" · {seconds // 60:.0f} min {seconds % 60:.0f} s" if seconds is not None else ""
    line = f"{program.setup.name} · {program.setup.side} side up · {tools}{time}"
    place = f'x="0" y="{number(-y0 + 3 * unit)}" font-size="{number(1.6 * unit)}"'
    return f'<text class="csm-note" {place}>{escape(line)}</text>'


def _tool_words(tool: Tool) -> str:
    return f"{tool.key} (⌀ {number(tool.diameter, 3)} mm)"


def _legend(program: Program, has_tabs: bool, y0: float, unit: float) -> Iterator[str]:
    """What the colours say, in one row."""
    rows = [
        (words, f"csm-way csm-line csm-on-{kind}")
        for kind, (words, _) in KINDS.items()
        if kind in _by_kind(program)
    ]
    rows += [("rapid", "csm-rapid csm-line")] + ([("tab", "csm-tab csm-line")] if has_tabs else [])
    x, y, size = 0.0, -y0 + 6 * unit, 1.3 * unit
    for words, css in rows:
        yield f'<path class="{css}" d="M{number(x)} {number(y - size / 3)}h{number(3 * unit)}"/>'
        place = f'x="{number(x + 3.6 * unit)}" y="{number(y)}" font-size="{number(size)}"'
        yield f'<text class="csm-note" {place}>{words}</text>'
        x += 6 * unit + len(words) * 0.5 * size
