# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Changes of a workshop's leftovers: pieces entered, pieces used up; nothing is written here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from pydantic import ValidationError

from csmkit.catalog import tables
from csmkit.catalog.nearest import nearest
from csmkit.catalog.stock_file import (
    Kept,
    Leftovers,
    Named,
    Piece,
    added,
    found,
    plan_said,
    read_leftovers,
    used,
    with_plan,
    write_leftovers,
)
from csmkit.catalog.stock_list import Leftover, list_leftovers
from csmkit.catalog.stock_plan import MadePlan, leaves, opens, read_plan, takes
from csmkit.catalog.table import plain
from csmkit.catalog.workshop_file import read_text
from csmkit.catalog.workshop_parse import parse, read_file, value_error
from csmkit.catalog.workshop_schema import BarOffcutEntry, OffcutEntry, PlanEntry
from csmkit.catalog.workshop_text import joined, stock_path
from csmkit.errors import CsmError
from csmkit.model.workshop import Workshop

NUMBER = r"(\d+(?:\.\d+)?)"
SIZE = re.compile(rf"\s*{NUMBER}\s*(?:[xX×*]\s*{NUMBER}\s*)?(?:mm)?\s*")
WRITE_SIZE = "write 820x610, mm (1350 for a bar)"
WRITE_POLYGON = 'write --polygon "0,0 900,0 900,300 0,300", mm'


@dataclass(frozen=True)
class Moved:
    """Equal pieces that came or went."""

    id: str
    good: str
    size: str
    by: int  # above 0: they came
    quantity: int  # that there are now

    def __str__(self) -> str:
        return f"{self.by:+d} {self.good} {self.size} mm: {self.id}, now {self.quantity}"


@dataclass(frozen=True)
class Change:
    """A stock file as it should be, and what is different."""

    file: Path
    text: str
    moved: tuple[Moved, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stock:
    """A workshop's file and its stock file, read and found sound."""

    workshop: Path
    own: str  # text of the workshop's file
    leftovers: Leftovers
    shop: Workshop

    @classmethod
    def read(cls, workshop: Path) -> Stock:
        """Both files. Raises: CsmError: one can't be read, or says something that cannot be."""
        file = stock_path(workshop)
        own, stock = read_file(workshop), read_file(file) if file.exists() else ""
        shop = read_text(_joined(own, stock), str(workshop))
        return cls(workshop, own, read_leftovers(stock, str(file)), shop)

    @property
    def file(self) -> Path:
        """The stock file, there or not."""
        return stock_path(self.workshop)

    def rows(self) -> tuple[Leftover, ...]:
        """All leftovers, those of the workshop's own file too."""
        stock = write_leftovers(self.leftovers) if self.leftovers.kept else ""
        return list_leftovers(_joined(self.own, stock), str(self.workshop))

    def add(self, good: str, size: str | None, polygon: str | None, **said: Any) -> Change:
        """A piece entered.

        Args:
            good: key of a sheet or bar good.
            size: "820x610", or "1350" for a bar; mm.
            polygon: corners "0,0 900,0 …" instead of a size, mm.
            said: grain, quantity, note.
        Raises: CsmError: an unknown good, no such size or polygon.
        """
        known = {s.key for s in self.shop.sheets} | {b.key for b in self.shop.bars}
        if good not in known:
            raise CsmError(f"unknown sheet or bar {good!r}", remedy=nearest(good, known))
        is_bar = good in {b.key for b in self.shop.bars}
        piece = _bar(good, size, polygon, said) if is_bar else _sheet(good, size, polygon, said)
        warning = self._larger_than_sold(piece)
        return self._entered([piece], self.leftovers, (warning,) if warning else ())

    def add_plan(self, place: Path, again: bool) -> Change:
        """All leftovers of a cut plan entered.

        Raises: CsmError: they were entered before and it isn't `again`; no plan; it leaves nothing.
        """
        plan, before = self._plan(place)
        if before.added and not again:
            self._refuse_twice(f"the leftovers of {plan.name} were entered already")
        pieces = list(leaves(plan))
        if not pieces:
            raise CsmError(f"{plan.name} leaves nothing that is worth keeping")
        record = before.model_copy(update={"added": True})
        return self._entered(pieces, with_plan(self.leftovers, record), ())

    def use(self, words: Sequence[str]) -> Change:
        """Pieces taken out: "3fa21c", "3fa21c=2", or the first letters of an id.

        Raises: CsmError: no such piece, or fewer of it.
        """
        left, wanted = self.leftovers, []
        for word in words:
            key, equals, number = word.partition("=")
            if equals and not re.fullmatch(r"0*[1-9]\d{0,5}", number):
                raise CsmError(f"{word}: {number!r} is not a whole number from 1", remedy=f"write {key}=2")
            wanted.append((self._found(key).id, int(number or 1)))
        for key, pieces in wanted:
            left = self._used(left, key, pieces)
        return self._change(left)

    def use_plan(self, place: Path, again: bool) -> Change:
        """What a cut plan cut up taken out.

        Raises: CsmError: it was taken out before and it isn't `again`; no plan; a piece isn't there.
        """
        plan, before = self._plan(place)
        if before.used and not again:
            self._refuse_twice(f"what {plan.name} used was taken out already")
        left, warnings = with_plan(self.leftovers, before.model_copy(update={"used": True})), []
        for (good, key), pieces in sorted(takes(plan).items()):
            name = key.removeprefix(f"{good}-offcut-")
            if name in {kept.id for kept in self.leftovers.pieces}:
                left = self._used(left, name, pieces)
            elif key in self._own_keys():
                warnings.append(f"{key} stands in {self.workshop}: take {pieces} out there")
            else:
                self._refuse_lost(plan, key)
        return self._change(left, (*warnings, *self._counted(plan)))

    def _plan(self, place: Path) -> tuple[MadePlan, PlanEntry]:
        """A cut plan, and what was done with it before."""
        plan = read_plan(place)
        return plan, plan_said(self.leftovers, plan.id) or PlanEntry(id=plan.id, plan=plan.name)

    def _refuse_twice(self, problem: str) -> NoReturn:
        raise CsmError(problem, kit=str(self.file), remedy="--again if you have cut it once more")

    def _counted(self, plan: MadePlan) -> Iterator[str]:
        """Whole sheets and bars of which the workshop's file says how many there are."""
        counts = {sheet.key: sheet.quantity for sheet in self.shop.stock_sheets}
        counts |= {bar.key: bar.quantity for bar in self.shop.stock_bars}
        for key, pieces in sorted(opens(plan).items()):
            if (quantity := counts.get(key)) is not None:
                yield f"{key}: quantity = {quantity} in {self.workshop}; take {pieces} off there"

    def _own_keys(self) -> set[str]:
        sheets = {sheet.key for sheet in self.shop.stock_sheets if sheet.kind == "offcut"}
        return sheets | {bar.key for bar in self.shop.stock_bars if bar.kind == "offcut"}

    def _refuse_lost(self, plan: MadePlan, key: str) -> None:
        raise CsmError(
            f"{plan.name} used {key}, which is not among the leftovers any more",
            kit=str(self.file),
            remedy="plan again with csm cut, or take the others out one by one: csm stock use ID",
        )

    def _found(self, word: str) -> Kept:
        said = parse(self.own, str(self.workshop))
        if word in {offcut.id for offcut in said.offcut} | {rest.id for rest in said.bar_offcut}:
            raise CsmError(f"{word} stands in {self.workshop}", remedy="take it out there")
        return found(self.leftovers, word)

    def _used(self, left: Leftovers, key: str, pieces: int) -> Leftovers:
        if key not in {kept.id for kept in left.pieces}:
            raise CsmError(f"{key} is named twice", remedy=f"write {key}=2")
        return used(left, key, pieces)

    def _entered(self, pieces: Sequence[Piece], left: Leftovers, warnings: tuple[str, ...]) -> Change:
        for piece in pieces:
            left, _ = added(left, piece)
        return self._change(left, warnings)

    def _change(self, left: Leftovers, warnings: tuple[str, ...] = ()) -> Change:
        """The change, once the workshop with it has been found sound."""
        text = write_leftovers(left)
        read_text(_joined(self.own, text), str(self.workshop))
        return Change(self.file, text, tuple(_moved(self.leftovers, left)), warnings)

    def _larger_than_sold(self, piece: Piece) -> str:
        """A warning of a slip of the pen."""
        sold: list[tuple[float, ...]]
        if isinstance(piece, BarOffcutEntry):
            sold = [(b.length,) for b in self.shop.stock_bars if b.bar == piece.bar and b.kind == "bar"]
        else:
            stock = (*self.shop.stock_sheets, *tables.stock_sheets())
            sold = [tuple(sorted(s.size)) for s in stock if s.sheet == piece.sheet and s.kind == "sheet"]
        size = (piece.length,) if isinstance(piece, BarOffcutEntry) else tuple(sorted(_box(piece)))
        if not sold or any(all(a <= b for a, b in zip(size, one, strict=True)) for one in sold):
            return ""
        return f"{_size(piece)} mm is larger than every {_good(piece)} that is sold: is it mm?"


def _joined(own: str, stock: str) -> str:
    return joined(own.encode(), stock.encode()).decode()


def _sheet(good: str, size: str | None, polygon: str | None, said: dict[str, Any]) -> Piece:
    if (size is None) == (polygon is None):
        raise CsmError(f"{good} needs one shape", remedy=f"{WRITE_SIZE}, or --polygon")
    if polygon is not None:
        return _entry(OffcutEntry, {"sheet": good, "polygon": _corners(polygon), **said})
    sides = _sides(size or "")
    if len(sides) != 2:
        raise CsmError(f"{size} is one length, {good} is a sheet", remedy=WRITE_SIZE)
    return _entry(OffcutEntry, {"sheet": good, "size": sides, **said})


def _bar(good: str, size: str | None, polygon: str | None, said: dict[str, Any]) -> Piece:
    sides = _sides(size or "") if size is not None and polygon is None else ()
    if len(sides) != 1:
        raise CsmError(f"{good} is a bar and has one length", remedy=f"write csm stock add {good} 1350")
    if said.pop("grain", None):
        raise CsmError(f"{good} is a bar: its grain runs along it", remedy="leave --grain out")
    return _entry(BarOffcutEntry, {"bar": good, "length": sides[0], **said})


def _entry(model: type[Named], said: dict[str, Any]) -> Named:
    try:
        return model.model_validate({key: value for key, value in said.items() if value is not None})
    except ValidationError as error:
        told = value_error(error, "", model)
        raise CsmError(told.problem, remedy=told.remedy) from None


def _sides(text: str) -> tuple[float, ...]:
    size = SIZE.fullmatch(text)
    if size is None:
        raise CsmError(f"{text!r} is no size", remedy=WRITE_SIZE)
    return tuple(float(side) for side in size.groups() if side is not None)


def _corners(text: str) -> tuple[tuple[float, float], ...]:
    corners = []
    for word in text.split():
        try:
            x, y = (float(number) for number in word.split(","))
        except ValueError:
            raise CsmError(f"--polygon: {word!r} is no corner", remedy=WRITE_POLYGON) from None
        corners.append((x, y))
    return tuple(corners)


def _moved(before: Leftovers, after: Leftovers) -> list[Moved]:
    old, new = ({kept.id: kept for kept in left.pieces} for left in (before, after))
    moved = []
    for key in sorted(old | new):
        was, now = (side[key].quantity if key in side else 0 for side in (old, new))
        entry = (new.get(key) or old[key]).entry
        if was != now and not isinstance(entry, PlanEntry):
            moved.append(Moved(key, _good(entry), _size(entry), now - was, now))
    return moved


def _good(piece: Piece) -> str:
    return piece.sheet if isinstance(piece, OffcutEntry) else piece.bar


def _box(piece: OffcutEntry) -> tuple[float, float]:
    if piece.size is not None:
        return piece.size
    xs, ys = zip(*(piece.polygon or ()), strict=True)
    return max(xs) - min(xs), max(ys) - min(ys)


def _size(piece: Piece) -> str:
    if isinstance(piece, BarOffcutEntry):
        return plain(piece.length)
    box = " × ".join(plain(side) for side in _box(piece))
    return box if piece.size is not None else f"polygon {box}"
