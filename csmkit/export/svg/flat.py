# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""SVG of a flat part: 1:1 in millimetres, one group a layer, for machines that take SVG and for the eye."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from csmkit.errors import CsmError
from csmkit.export.cuts import drawn_outlines
from csmkit.export.dxf.layers import LayerSpec, drill_diameter, feature_layer, outline_layer
from csmkit.export.svg.document import CAPITAL, attribute, document, double_arrow, escape, number, path
from csmkit.model.facts import Feature, FlatPattern, PartFacts

_MARGIN = 5.0  # mm around the part, so that no line is cut in half
_THINNEST = 0.35  # mm; a drawing's thin line
_DIGITS = 3  # µm
_COLOURS: Mapping[str, str] = MappingProxyType(
    {  # middle tones: legible on white and on black
        "cut": "#e53935",
        "cut-outside": "#1e88e5",
        "cut-inside": "#2e9e4f",
        "pocket": "#9c5bd6",
        "drill": "#e0662b",
        "engrave": "#009ea8",
    }
)


_ORDER = ("engrave", "pocket", "drill", "cut-inside", "cut-outside", "cut")


def flat_svg(part: PartFacts) -> bytes:
    """One flat part as seen from the top, true size.

    Args:
        part: a sheet part.
    Returns: the file; each layer is a group with the layer's name, as Inkscape shows layers.
    Raises: CsmError: the part has no flat pattern.
    """
    pattern = part.flat_pattern
    if pattern is None:
        raise CsmError(f"{part.form} part has no flat pattern", part=part.name)
    wide, high = pattern.size
    size = max(max(wide, high) / 32, 2.5)  # font size; a large part is looked at scaled down
    line = max(max(wide, high) / 600, _THINNEST)
    caption = f"{part.quantity} × {part.name}"
    sizes = " × ".join(f"{number(round(v, 1), 1)}" for v in (wide, high, pattern.thickness))
    lines = [caption, f"{sizes} mm · {part.stock}"]
    across = max(wide, *(0.62 * size * len(text) for text in lines)) + 2 * _MARGIN
    below = 1.5 * size * len(lines) + _MARGIN + (1.5 * size if pattern.grain else 0)
    view = (-_MARGIN, -high - _MARGIN, across, high + 2 * _MARGIN + below)
    body = [f'<g fill="none" stroke-width="{number(line)}" stroke-linejoin="round">']
    body += [_layer(spec, features, pattern, line) for spec, features in _by_layer(part, pattern)]
    body += ["</g>", _notes(lines, pattern, size)]
    head = (
        f' width="{number(view[2])}mm" height="{number(view[3])}mm"'
        ' xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"'
    )
    return document(view, f"{part.name}, flat pattern, {sizes} mm", body, desc=_describe(pattern), head=head)


def _by_layer(part: PartFacts, pattern: FlatPattern) -> list[tuple[LayerSpec, list[Feature | None]]]:
    """Features by layer, in the order of work: pockets first, the contour (None) last."""
    layers: dict[LayerSpec, list[Feature | None]] = {outline_layer(pattern, part.process): [None]}
    for feature in pattern.features:
        layers.setdefault(feature_layer(feature, pattern, part.process), []).append(feature)
    return sorted(layers.items(), key=lambda entry: (_ORDER.index(entry[0].operation), entry[0].name))


def _layer(spec: LayerSpec, features: list[Feature | None], pattern: FlatPattern, line: float) -> str:
    stroke = _COLOURS[spec.operation]
    dashes = f' stroke-dasharray="{number(line * 6)} {number(line * 3)}"' if spec.side == "bottom" else ""
    tint = f' fill="{stroke}" fill-opacity=".15" fill-rule="evenodd"' if spec.operation == "pocket" else ""
    shapes = "".join(_shape(feature, pattern) for feature in features)
    label = attribute(spec.name)
    return (
        f'<g id={label} inkscape:groupmode="layer" inkscape:label={label}'
        f' stroke="{stroke}"{dashes}{tint}>{shapes}</g>'
    )


def _shape(feature: Feature | None, pattern: FlatPattern) -> str:
    if feature is None:
        return f'<path d="{path([pattern.outline], _DIGITS)}"/>'
    circle = feature.region.outline.circle_of
    if circle is not None and drill_diameter(feature) is not None:
        x, y, diameter = (number(v, _DIGITS) for v in (circle[0], -circle[1], circle[2] / 2))
        return f'<circle cx="{x}" cy="{y}" r="{diameter}"/>'
    return f'<path d="{path(drawn_outlines(feature, pattern), _DIGITS)}"/>'


def _notes(lines: list[str], pattern: FlatPattern, size: float) -> str:
    """Name and sizes below the part, and the grain as an arrow."""
    texts = "".join(
        f'<text x="0" y="{number(_MARGIN + 1.5 * size * (i + CAPITAL))}">{escape(line)}</text>'
        for i, line in enumerate(lines)
    )
    arrow = _grain_arrow(pattern, _MARGIN + 1.5 * size * (len(lines) + 0.5), size)
    return (
        f'<g id="NOTES" inkscape:groupmode="layer" inkscape:label="NOTES" fill="#808080"'
        f' font-family="sans-serif" font-size="{number(size)}">{texts}{arrow}</g>'
    )


def _grain_arrow(pattern: FlatPattern, y: float, size: float) -> str:
    """A double arrow along the face grain, with its word beside it."""
    if pattern.grain is None:
        return ""
    half = size * (1.2 if pattern.grain == "x" else 0.7)
    arrow = double_arrow(1.2 * size, y, half, 90 if pattern.grain == "y" else 0)
    word = f'<text x="{number(3 * size)}" y="{number(y + CAPITAL * size / 2)}">grain</text>'
    return f'<path fill="none" stroke="#808080" stroke-width="{number(size / 20)}" {arrow}/>{word}'


def _describe(pattern: FlatPattern) -> str:
    through, pockets = len(pattern.holes), len(pattern.pockets)
    sides = ", cut from both sides" if pattern.is_two_sided else ""
    return f"{through} through holes, {pockets} pockets{sides}."
