# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Paths and colours of the steps' pictures."""

from __future__ import annotations

import colorsys
from collections.abc import Callable, Iterable, Sequence

from csmkit.model.outline import Point

UNIT = 0.05  # mm: the figure's numbers are whole multiples of it, which keeps files small
STYLES = {  # widths of the figure's lines in `UNIT`
    "there0": "fill:#f8f9f9;stroke:#f8f9f9;stroke-width:2",
    "there1": "fill:#eceeef;stroke:#eceeef;stroke-width:2",
    "there2": "fill:#dfe2e4;stroke:#dfe2e4;stroke-width:2",
    "tone": "stroke-width:2",
    "quiet": "fill:none;stroke:#8d979d;stroke-width:3;stroke-linejoin:round;stroke-linecap:round",
    "edge": "fill:none;stroke:#1f2a30;stroke-width:4;stroke-linejoin:round;stroke-linecap:round",
    "rim": "fill:#fff;stroke:#1f2a30;stroke-width:12;stroke-linejoin:round",
    "thin": "fill:#fff;stroke:#1f2a30;stroke-width:6;stroke-linejoin:round",
    "way": "fill:none;stroke:#c0271d;stroke-width:6;stroke-dasharray:50 14 8 14",
    "leader": "fill:none;stroke:#1f2a30;stroke-width:.2",
    "dot": "fill:#1f2a30;stroke:#fff;stroke-width:.2",
    "plate": "fill:#fff;fill-opacity:.88;stroke:none",
    "ring": "fill:#fff;stroke:#1f2a30;stroke-width:.25",
    "steel": "fill:#dde5ec;stroke:#1f2a30;stroke-width:5;fill-rule:evenodd;stroke-linejoin:round",
    "bar": "fill:none;stroke:#1f2a30;stroke-width:.3",
    "box": "fill:#fff;stroke:#8d979d;stroke-width:.25",
    "sign": "fill:#fff;stroke:#c9d0d4;stroke-width:.2",
    "whole": "fill:#e6e9eb;stroke:#8d979d;stroke-width:2;fill-rule:evenodd",
    "here": "fill:#5b8fc7;fill-rule:evenodd",
    "frame": "fill:none;stroke:#c0271d;stroke-width:.35",
    "axis": "fill:none;stroke:#8d979d;stroke-width:.25;stroke-dasharray:1.6 .5 .3 .5",
    "turn": "fill:none;stroke:#c0271d;stroke-width:.7;stroke-linecap:round;stroke-linejoin:round",
    "bold": "font-weight:700",
    "grey": "fill:#5f6a70",
}
SCALED = f'transform="scale({UNIT})"'  # of what is drawn by `closed` and `open_lines`
GREY = 0.18  # saturation below which a finish has no colour of its own: metals are drawn in a clear blue
STEEL_HUE, STEEL_SATURATION = 0.58, 0.38
LIGHTNESS = (0.86, 0.76, 0.64)  # of the three tones

Paper = Callable[[Point], Point]


def tints(colour: str) -> tuple[str, str, str]:
    """The three tones of an added thing, from light to dark, by the hue of its finish.

    Args:
        colour: sRGB, "#e8c78f".
    """
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
    spread = max(red, green, blue) - min(red, green, blue)
    if spread < GREY:
        hue, saturation = STEEL_HUE, STEEL_SATURATION
    else:
        saturation = min(max(saturation, 0.55), 0.8)
    light, middle, dark = (_hex(*colorsys.hls_to_rgb(hue, tone, saturation)) for tone in LIGHTNESS)
    return light, middle, dark


def closed(rings: Iterable[Sequence[Point]], paper: Paper) -> str:
    """Path data of closed lines."""
    return "".join(_steps(ring, paper) + "Z" for ring in rings)


def open_lines(chains: Iterable[Sequence[Point]], paper: Paper) -> str:
    """Path data of open lines."""
    return "".join(_steps(chain, paper) for chain in chains)


def _steps(chain: Sequence[Point], paper: Paper) -> str:
    """Relative moves in `UNIT`; each point is rounded by itself, so that errors don't add up."""
    cells = [(round(x / UNIT), round(y / UNIT)) for x, y in map(paper, chain)]
    (x, y), *rest = cells
    data, moves = f"M{x} {y}", []
    for after in rest:
        if after != (x, y):
            dx, dy = after[0] - x, after[1] - y
            moves.append(f"{dx}{dy}" if dy < 0 else f"{dx} {dy}")
        x, y = after
    joined = "".join(m if m.startswith("-") or n == 0 else f" {m}" for n, m in enumerate(moves))
    return data + (f"l{joined}" if joined else "h0")


def _hex(red: float, green: float, blue: float) -> str:
    return "#" + "".join(f"{round(255 * v):02x}" for v in (red, green, blue))
