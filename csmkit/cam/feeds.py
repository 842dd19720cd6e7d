# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Speed of the spindle and feeds of a tool in a material."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from csmkit.errors import CsmError
from csmkit.model.machine import ChipLoad, Tool
from csmkit.model.stock import Bar, Material, Sheet
from csmkit.model.workshop import Workshop

RUBBING = 0.025  # mm a tooth; thinner chips rub, heat and wear the edge


@dataclass(frozen=True)
class Feed:
    """What a program sets for one tool.

    Args:
        rpm: of the spindle.
        feed: in the plane, mm/min.
        plunge: greatest downwards, mm/min.
        lower: down through air, into what is cut already, mm/min.
        chip: what a tooth then takes off, mm.
        notes: what the maker should know.
    """

    rpm: float
    feed: float
    plunge: float
    lower: float
    chip: float
    notes: tuple[str, ...] = ()

    def along(self, rise: float, length: float) -> float:
        """Feed of a move that changes its height by `rise` over a length in the plane: the plunge is kept."""
        if rise >= 0:
            return self.feed
        way = math.hypot(rise, length)
        return min(self.feed, self.plunge * way / -rise)


def feed_of(tool: Tool, material: str, workshop: Workshop) -> Feed:
    """Chip load × flutes × speed, within what the machine does.

    Where the machine is too slow for the usual speed, the spindle turns slower rather than rubbing.

    Args:
        material: key of the material.
    Raises: CsmError: no sheet of the workshop is of this material, nobody knows its chip load, or the machine
        can't feed at all.
    """
    machine, rules = workshop.machine, workshop.cam
    load = _load(tool, _material(material, workshop), workshop.chip_loads)
    if machine.feed_mm_min <= 0:
        raise CsmError(
            f"{machine.key} has no feed",
            remedy="give feed_mm_min in its [[machine]] entry of the workshop file",
        )
    rpm = min(max(load.rpm, machine.rpm_min), machine.rpm_max)
    highest = machine.plunge_mm_min if load.kind == "drill" else machine.feed_mm_min
    if rpm * tool.flutes * load.mm_tooth > highest:
        rpm = max(machine.rpm_min, _down(highest / (tool.flutes * load.mm_tooth), 100))
    feed = _down(min(rpm * tool.flutes * load.mm_tooth, highest), 10)
    share = 1.0 if load.kind == "drill" else rules.plunge_share
    plunge = _down(min(feed * share, machine.plunge_mm_min), 10)
    chip = feed / (tool.flutes * rpm)
    lower = max(plunge, min(feed, machine.plunge_mm_min))
    return Feed(rpm, feed, plunge, lower, chip, _rubs(tool, material, chip, rpm))


def _rubs(tool: Tool, material: str, chip: float, rpm: float) -> tuple[str, ...]:
    if chip >= RUBBING:
        return ()
    return (
        f"{tool.key} ({material}): chips of {chip:.3f} mm a tooth at {rpm:.0f} rpm are below {RUBBING:g} mm,"
        " the cutter rubs; feed faster, turn slower or take a cutter with fewer flutes",
    )


def _material(key: str, workshop: Workshop) -> Material:
    goods: tuple[Sheet | Bar, ...] = (*workshop.sheets, *workshop.bars)
    known = {good.material.key: good.material for good in goods}
    if key not in known:
        raise CsmError(f"unknown material {key!r}", remedy=f"known: {', '.join(sorted(known))}")
    return known[key]


def _load(tool: Tool, material: Material, table: Sequence[ChipLoad]) -> ChipLoad:
    own = [
        row
        for row in table
        if row.tool == tool.key and row.material in ("", material.key, material.machining)
    ]
    if own:
        return own[0]
    kind = "drill" if tool.kind == "drill" else "mill"
    rows = sorted(
        (
            r
            for r in table
            if not r.tool and r.kind == kind and r.material in (material.key, material.machining)
        ),
        key=lambda r: r.diameter,
    )
    if not rows:
        raise CsmError(
            f"no chip load is known for {tool.key} in {material.key}",
            remedy="add a [[chip_load]] with this tool and material to the workshop file",
        )
    return _between(rows, tool)


def _between(rows: Sequence[ChipLoad], tool: Tool) -> ChipLoad:
    """The table's row for a diameter, interpolated; beyond its ends in proportion below, the last one above.

    A V-bit cuts near its tip: it is fed like the thinnest cutter.
    """
    diameter = rows[0].diameter if tool.kind == "vbit" else tool.diameter
    below = [r for r in rows if r.diameter <= diameter]
    above = [r for r in rows if r.diameter >= diameter]
    low, high = (below or rows)[-1 if below else 0], (above or rows)[0 if above else -1]
    if not below:
        load, rpm = high.mm_tooth * diameter / high.diameter, high.rpm
    elif low.diameter == high.diameter or not above:
        load, rpm = low.mm_tooth, low.rpm
    else:
        t = (diameter - low.diameter) / (high.diameter - low.diameter)
        load = low.mm_tooth + t * (high.mm_tooth - low.mm_tooth)
        rpm = low.rpm + t * (high.rpm - low.rpm)
    return ChipLoad(low.material, low.kind, diameter, load, rpm, low.source, tool.key)


def _down(value: float, step: float) -> float:
    """Rounded down to a whole number of steps, at least one."""
    return max(math.floor(value / step + 1e-9) * step, step)
