# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""SVG of a curve: axes with round numbers, one line a series, its name beside its end."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from csmkit.export.svg.document import document, escape, number
from csmkit.model.figures import Curve

WIDE, HIGH = 520.0, 320.0  # small enough that texts of 12 can be read on a phone
LEFT, RIGHT, TOP, BOTTOM = 64.0, 20.0, 34.0, 46.0  # around the plot
HALO = 'stroke="#fff" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'  # lines may run below
TICKS = 6  # about so many on an axis
PENS = ("#0b5fa5", "#b3541e", "#2c7a3f", "#7a3f8f", "#5a5a5a")  # all darker than 4.5 : 1 on white
DASHES = ("", "7 3", "2 3", "9 3 2 3", "4 2")  # so that colour isn't all that tells them apart


def ticks(low: float, high: float) -> list[float]:
    """Round numbers from at or below `low` to at or above `high`: steps of 1, 2 or 5."""
    rough = ((high - low) or abs(high) or 1.0) / TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(k * step, 12) for k in range(first, max(last, first + 1) + 1)]


@dataclass(frozen=True)
class _Axes:
    """Round numbers along both axes, and where a point of the curve lies in the picture."""

    across: Sequence[float]
    up: Sequence[float]

    @classmethod
    def of(cls, curve: Curve) -> _Axes:
        xs = [p[0] for s in curve.series for p in s.points]
        ys = [p[1] for s in curve.series for p in s.points] + [level for level, _ in curve.marks]
        return cls(ticks(min(xs), max(xs)), ticks(min(0.0, *ys), max(ys)))

    def x(self, value: float) -> float:
        first, last = self.across[0], self.across[-1]
        return LEFT + (value - first) / (last - first) * (WIDE - LEFT - RIGHT)

    def y(self, value: float) -> float:
        first, last = self.up[0], self.up[-1]
        return HIGH - BOTTOM - (value - first) / (last - first) * (HIGH - TOP - BOTTOM)


def curve_svg(curve: Curve) -> bytes:
    """The file; it takes the width that the page gives it."""
    axes = _Axes.of(curve)
    body = [
        f'<rect width="{number(WIDE)}" height="{number(HIGH)}" fill="#fff"/>',
        '<g font-family="sans-serif" font-size="12" fill="#333">',
        f'<text x="{number(LEFT)}" y="18" font-size="13" font-weight="bold">{escape(curve.title)}</text>',
        *_grid(axes, curve),
        *(_level(axes.y(level)) for level, _ in curve.marks),
        *(_line(axes, curve, k) for k in range(len(curve.series))),
        *(_level_name(axes.y(level), text) for level, text in curve.marks),
        *(name for k in range(len(curve.series)) for name in _line_name(curve, k)),
        "</g>",
    ]
    said = "; ".join(f"{s.title}: {_told(s.points)}" for s in curve.series)
    return document((0, 0, WIDE, HIGH), curve.title, body, said)


def _grid(axes: _Axes, curve: Curve) -> Iterator[str]:
    low, middle = HIGH - BOTTOM, (LEFT + WIDE - RIGHT) / 2
    for value in axes.across:
        x = number(axes.x(value))
        yield f'<path d="M{x} {number(TOP)}V{number(low)}" stroke="#ddd"/>'
        yield f'<text x="{x}" y="{number(low + 16)}" text-anchor="middle">{value:g}</text>'
    for value in axes.up:
        y = axes.y(value)
        yield f'<path d="M{number(LEFT)} {number(y)}H{number(WIDE - RIGHT)}" stroke="#ddd"/>'
        yield f'<text x="{number(LEFT - 6)}" y="{number(y + 4)}" text-anchor="end">{value:g}</text>'
    yield f'<text x="{number(middle)}" y="{number(HIGH - 10)}" text-anchor="middle">{escape(curve.x)}</text>'
    turned = f'transform="translate(14 {number((TOP + low) / 2)}) rotate(-90)"'
    yield f'<text {turned} text-anchor="middle">{escape(curve.y)}</text>'


def _level(y: float) -> str:
    way = f'd="M{number(LEFT)} {number(y)}H{number(WIDE - RIGHT)}"'
    return f'<path {way} stroke="#a11" stroke-dasharray="5 4"/>'


def _level_name(y: float, text: str) -> str:
    place = f'x="{number(WIDE - RIGHT - 4)}" y="{number(y - 4)}" text-anchor="end"'
    return f'<text {place} fill="#a11" {HALO}>{escape(text)}</text>'


def _pen(k: int) -> str:
    dash = DASHES[k % len(DASHES)]
    broken = f' stroke-dasharray="{dash}"' if dash else ""
    return f'fill="none" stroke="{PENS[k % len(PENS)]}" stroke-width="2.2"{broken}'


def _line(axes: _Axes, curve: Curve, k: int) -> str:
    points = " ".join(f"{number(axes.x(x), 1)},{number(axes.y(y), 1)}" for x, y in curve.series[k].points)
    return f'<polyline {_pen(k)} points="{points}"/>'


def _line_name(curve: Curve, k: int) -> Iterator[str]:
    """The name of a line, where there are several."""
    if len(curve.series) > 1:
        y = TOP + 14 + 17 * k
        yield f'<path d="M{number(LEFT + 10)} {number(y - 4)}h26" {_pen(k)}/>'
        place = f'x="{number(LEFT + 42)}" y="{number(y)}" fill="{PENS[k % len(PENS)]}"'
        yield f"<text {place} {HALO}>{escape(curve.series[k].title)}</text>"


def _told(points: Sequence[tuple[float, float]]) -> str:
    """A few of its points, for who cannot see it."""
    few = points[:: max(1, len(points) // 6)]
    return ", ".join(f"{y:.3g} at {x:.3g}" for x, y in few)
