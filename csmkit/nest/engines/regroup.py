# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Sheets of a plan as an instance of their own, its filled holes kept filled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import shapely
from shapely import Polygon

from csmkit.model import CutItem, NestInstance, Outline
from csmkit.nest.candidate import CutSheet, Placed
from csmkit.nest.engines.prefill import Prefilled
from csmkit.nest.turns import Grain

CHORD = 0.1  # mm; only which part lies in which hole is asked


def part_of(instance: NestInstance, sheets: Sequence[CutSheet]) -> NestInstance:
    """An instance of what lies on some sheets of a plan, with no other stock."""
    placed = Counter(name for s in sheets for name, *_ in s.placed)
    stock = Counter(s.stock for s in sheets)
    return replace(
        instance,
        items=tuple(replace(i, quantity=placed[i.name]) for i in instance.items if placed[i.name]),
        stock=tuple(replace(s, quantity=stock[s.key]) for s in instance.stock if stock[s.key]),
    )


def regrouped(instance: NestInstance, sheets: Sequence[CutSheet]) -> Prefilled:
    """The parts of some sheets, hosts with what lies in their holes as composites."""
    items = {i.name: i for i in instance.items}
    has_grain = any(s.grain for s in instance.stock)
    single: Counter[str] = Counter()
    made: list[CutItem] = []
    contents: dict[str, tuple[Placed, ...]] = {}
    for sheet in sheets:
        hosts = _hosts(sheet, items)
        for k, (name, x, y, angle) in enumerate(sheet.placed):
            inside = [sheet.placed[i] for i, host in hosts.items() if host == k]
            if k in hosts:
                continue
            if not inside:
                single[name] += 1
                continue
            composite = f"{items[name].part}\n{len(made)}"
            grain: Grain = items[name].pattern.grain
            if has_grain and not grain:
                grain = _common_grain(items, inside, angle)
            pattern = replace(items[name].pattern, features=(), grain=grain)
            made.append(replace(items[name], part=composite, pattern=pattern, quantity=1))
            contents[made[-1].name] = (
                (name, 0.0, 0.0, 0.0),
                *(_against(p, x, y, angle) for p in inside),
            )
    plain = tuple(replace(i, quantity=single[n]) for n, i in items.items() if single[n])
    return Prefilled(replace(instance, items=(*plain, *made)), contents, 0.0)


def _hosts(sheet: CutSheet, items: dict[str, CutItem]) -> dict[int, int]:
    """For each part in a hole its outermost host, by their numbers on the sheet."""
    outlines = [Polygon(items[n].pattern.outline.moved(x, y, a).points(CHORD)) for n, x, y, a in sheet.placed]
    points = shapely.points([p.exterior.coords[0] for p in outlines])
    result: dict[int, int] = {}
    order = sorted(range(len(outlines)), key=lambda k: outlines[k].area)
    for k in order:  # from small to large, so that the outermost host stays
        name, x, y, a = sheet.placed[k]
        for hole in items[name].pattern.holes:
            area = Polygon(hole.region.outline.moved(x, y, a).points(CHORD))
            shapely.prepare(area)
            result |= {int(i): k for i in shapely.contains(area, points).nonzero()[0] if i != k}
    return result


def _common_grain(items: dict[str, CutItem], inside: Sequence[Placed], angle: float) -> Grain:
    """The grain of a host without one, as its contents need it."""
    for name, _, _, turn in inside:
        if grain := items[name].pattern.grain:
            is_along = round((turn - angle) / 90) % 2 == 0
            return grain if is_along else ("y" if grain == "x" else "x")
    return None


def _against(placed: Placed, x: float, y: float, angle: float) -> Placed:
    """A placement in the frame of its host, which stands at x, y, angle."""
    name, px, py, turn = placed
    at = Outline(((px - x, py - y, 0.0),)).moved(angle=-angle).vertices[0]
    return (name, at[0], at[1], (turn - angle) % 360)
