# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The cut list: what has to be cut from each sheet good and each bar good, and the stock for it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from csmkit.errors import CsmError
from csmkit.model import (
    BarInstance,
    BarPiece,
    CutItem,
    CutRules,
    KitFacts,
    Machine,
    NestInstance,
    PartFacts,
    StockBar,
    StockSheet,
    Workshop,
)
from csmkit.nest.panels.divide import blanks, fits, panels, takes
from csmkit.nest.shortage import more_bars, more_sheets
from csmkit.nest.turns import ALL, fits_box, overhang, turns


def nest_instances(facts: KitFacts | Sequence[KitFacts], workshop: Workshop) -> tuple[NestInstance, ...]:
    """One instance for each sheet good, ordered by the good's key.

    Sheets that the router can't take whole are left out where others do for all parts; else the instance says
    into which panels they are sawn first.

    Args:
        facts: a measured kit, or several that are to be cut together.
        workshop: its stock of sheets, cutter and margins.
    Raises: CsmError: no stock for a sheet good, or too little; a part that is larger than every sheet of it;
        a quantity of zero or a fraction; a sheet or offcut that is listed twice.
    """
    cutting = workshop.cutting
    rules = CutRules(workshop.cutter + cutting.spacing_margin, cutting.edge_margin)
    routed = {p.stock for f in _kits(facts) for p in f.parts if p.form == "sheet" and p.process == "router"}
    return tuple(
        _within_reach(one, workshop)
        if one.sheet in routed and workshop.sheet(one.sheet).processes[0] == "router"
        else one
        for one in _instances(facts, workshop, rules)
    )


def saw_instances(facts: KitFacts | Sequence[KitFacts], workshop: Workshop) -> tuple[NestInstance, ...]:
    """As `nest_instances`, for the saw: its kerf between the parts' boxes, its trim at the sheets' edges."""
    rules = CutRules(workshop.cutting.saw_kerf, workshop.cutting.saw_trim)
    return _instances(facts, workshop, rules)


def _instances(
    facts: KitFacts | Sequence[KitFacts], workshop: Workshop, rules: CutRules
) -> tuple[NestInstance, ...]:
    parts = [(f.kit, p) for f in _kits(facts) for p in f.parts if p.form == "sheet"]
    instances = []
    for sheet in sorted({p.stock for _, p in parts}):
        items = tuple(_item(kit, p) for kit, p in parts if p.stock == sheet)
        stock = tuple(s for s in workshop.stock_sheets if s.sheet == sheet and s.quantity != 0)
        if not stock:
            raise CsmError(
                f"no stock of sheet {sheet} to cut it from",
                kit=items[0].kit,
                part=items[0].part,
                remedy="add a sheet of it to the workshop file",
            )
        _check_once(s.key for s in stock)
        for item in items:
            _check_fits(item, stock, rules)
        _check_enough(items, stock)
        instances.append(NestInstance(sheet, items, stock, rules))
    return tuple(instances)


def _within_reach(instance: NestInstance, workshop: Workshop) -> NestInstance:
    """The instance on sheets that the machine takes, if there are any number of these and every part fits.

    If not, the others are sawn into panels first.
    """
    x, y, _ = workshop.machine.envelope
    near = tuple(s for s in instance.stock if takes(s.size, (x, y)))
    endless = [s for s in near if s.quantity is None]
    edge = instance.rules.edge
    if len(near) == len(instance.stock):
        return instance
    if endless and all(any(fits(i.pattern, s, edge) for s in endless) for i in instance.items):
        return replace(instance, stock=near)
    rules = replace(instance.rules, reach=(_down(x), _down(y)), kerf=-_down(-workshop.cutting.saw_kerf))
    sawn = (replace(s, panels=panels(s, instance.items, rules)) for s in instance.stock)
    stock = tuple(s for s in sawn if s.panels or takes(s.size, (x, y)))
    for item in instance.items:
        _check_reach(item, stock, edge, workshop.machine)
    return replace(instance, stock=stock, rules=rules)


def _down(value: float) -> float:
    """To whole micrometres, in mm."""
    return math.floor(value * 1000 + 1e-3) / 1000


def bar_instances(facts: KitFacts | Sequence[KitFacts], workshop: Workshop) -> tuple[BarInstance, ...]:
    """One instance for each bar good, ordered by the good's key.

    Raises: CsmError: no stock for a bar good, or too little; a piece that is longer than every bar of it; a
        quantity of zero or a fraction; a bar or offcut that is listed twice.
    """
    parts = [(f.kit, p) for f in _kits(facts) for p in f.parts if p.form == "bar"]
    cutting = workshop.cutting
    instances = []
    for bar in sorted({p.stock for _, p in parts}):
        pieces = tuple(_piece(kit, p) for kit, p in parts if p.stock == bar)
        stock = tuple(s for s in workshop.stock_bars if s.bar == bar and s.quantity != 0)
        if not stock:
            raise CsmError(
                f"no stock of bar {bar} to cut it from",
                kit=pieces[0].kit,
                part=pieces[0].part,
                remedy="add a bar of it to the workshop file",
            )
        instance = BarInstance(bar, pieces, stock, cutting.saw_kerf, cutting.bar_trim)
        _check_once(s.key for s in stock)
        for piece in pieces:
            _check_length(piece, instance)
        _check_enough_bars(instance)
        instances.append(instance)
    return tuple(instances)


def usable_length(stock: StockBar, trim: float) -> float:
    """What can be cut from a bar, mm: a fresh bar loses its trim, an offcut's end is clean."""
    return stock.length - (trim if stock.kind == "bar" else 0.0)


def _kits(facts: KitFacts | Sequence[KitFacts]) -> Iterable[KitFacts]:
    return [facts] if isinstance(facts, KitFacts) else facts


def _quantity(kit: str, part: PartFacts) -> int:
    if part.quantity != int(part.quantity):
        raise CsmError(f"quantity = {part.quantity} is no whole number", kit=kit, part=part.name)
    if part.quantity < 1:
        raise CsmError(f"quantity = {part.quantity} is below 1", kit=kit, part=part.name)
    return part.quantity


def _item(kit: str, part: PartFacts) -> CutItem:
    if part.flat_pattern is None:
        raise CsmError("a sheet part without a flat pattern can't be cut", kit=kit, part=part.name)
    return CutItem(kit, part.name, part.stock, part.flat_pattern, _quantity(kit, part))


def _piece(kit: str, part: PartFacts) -> BarPiece:
    if part.length is None or not math.isfinite(part.length) or part.length <= 0:
        raise CsmError(f"length = {part.length} mm can't be cut from a bar", kit=kit, part=part.name)
    return BarPiece(kit, part.name, part.stock, part.length, _quantity(kit, part))


def _check_enough(items: Sequence[CutItem], stock: Sequence[StockSheet]) -> None:
    """See that limited stock has at least the parts' area; whether they fit, only a plan tells."""
    if any(s.quantity is None for s in stock):
        return
    have = sum(abs(s.outline.area) * (s.quantity or 0) for s in stock)
    need = sum(abs(i.pattern.outline.area) * i.quantity for i in items)
    if need > have:
        raise CsmError(
            f"the parts fill {need / 1e6:.2f} m² of sheet {items[0].sheet},"
            f" the stock has {have / 1e6:.2f} m²",
            kit=items[0].kit,
            remedy=more_sheets(need - have, stock),
        )


def _check_enough_bars(instance: BarInstance) -> None:
    """See that limited stock is at least as long as all pieces."""
    if any(s.quantity is None for s in instance.stock):
        return
    have = sum(usable_length(s, instance.trim) * (s.quantity or 0) for s in instance.stock)
    need = sum(p.length * p.quantity for p in instance.pieces)
    if need > have:
        raise CsmError(
            f"the pieces need {need / 1e3:.2f} m of bar {instance.bar}, the stock has {have / 1e3:.2f} m",
            kit=instance.pieces[0].kit,
            remedy=more_bars(need - have, instance.stock),
        )


def _check_once(keys: Iterable[str]) -> None:
    """See that no sheet, bar or offcut is listed twice."""
    twice = [key for key, times in Counter(keys).items() if times > 1]
    if twice:
        raise CsmError(
            f"{twice[0]} is listed twice in the stock",
            kit="workshop",
            remedy="list it once, with its quantity",
        )


def _check_fits(item: CutItem, stock: Sequence[StockSheet], rules: CutRules) -> None:
    pattern = item.pattern
    tries = [(s, a) for s in stock for a in turns(pattern.grain, s.grain)]
    if any(fits_box(pattern, s, rules.edge, a) for s, a in tries):
        return
    nearest, angle = min(tries, key=lambda t: max(overhang(pattern, t[0], rules.edge, t[1])))
    over = overhang(pattern, nearest, rules.edge, angle)
    ways = [
        f"{o:.1f} mm too {name}" for o, name in zip(over, ("long in x", "wide in y"), strict=True) if o > 0
    ]
    across = next((s for s in stock if any(fits_box(pattern, s, rules.edge, a) for a in ALL)), None)
    length, width = pattern.size
    raise CsmError(
        f"{length:.1f} × {width:.1f} mm is larger than every sheet of {item.sheet}: on {nearest.key} "
        f"({nearest.size[0]:.0f} × {nearest.size[1]:.0f} mm, edge {rules.edge:g} mm) "
        f"it is {' and '.join(ways)}",
        kit=item.kit,
        part=item.part,
        remedy=f"it would fit on {across.key} across its grain: free the part's grain or make it smaller"
        if across
        else "no rotation helps: make it smaller, split it, or add a larger sheet to the workshop file",
    )


def _check_reach(item: CutItem, stock: Sequence[StockSheet], edge: float, machine: Machine) -> None:
    """See that the machine reaches all of a part at one clamping."""
    if any(fits(item.pattern, one, edge) for one in stock):
        return
    free = replace(item.pattern, grain=None)
    is_across = any(fits(free, one, edge) for one in stock)
    x, y, _ = machine.envelope
    problem = f"is larger than the reach of {machine.key}, {x:.0f} × {y:.0f} mm"
    if takes(item.pattern.size, (x, y)):
        pieces = dict.fromkeys(blank.size for one in stock for blank in blanks(one))
        have = " or ".join(f"{long:.0f} × {wide:.0f}" for long, wide in pieces) or "none"
        problem = f"has no room on what {machine.key} takes of {item.sheet} at one clamping: {have} mm"
        problem += f", edge {edge:g} mm"
    length, width = item.pattern.size
    raise CsmError(
        f"{length:.1f} × {width:.1f} mm {problem}",
        kit=item.kit,
        part=item.part,
        remedy="it would fit across its grain: free the part's grain or make it smaller"
        if is_across
        else "make it smaller, split it, or have it cut on a larger machine",
    )


def _check_length(piece: BarPiece, instance: BarInstance) -> None:
    longest = max(instance.stock, key=lambda s: usable_length(s, instance.trim))
    usable = usable_length(longest, instance.trim)
    over = piece.length - usable
    if over > 1e-6:
        raise CsmError(
            f"length {piece.length:.1f} mm is {over:.1f} mm longer than the longest bar of {instance.bar} "
            f"({longest.key}, {longest.length:.0f} mm, trim {longest.length - usable:g} mm)",
            kit=piece.kit,
            part=piece.part,
            remedy="make it shorter, join two pieces, or add a longer bar to the workshop file",
        )
