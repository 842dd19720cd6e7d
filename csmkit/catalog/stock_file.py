# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A workshop's leftovers as a TOML file that two people can edit, and git can merge.

Entries stand in the order of their ids, which come from what they say, among sixteen comment lines that never
change, one for each first letter of an id. So two additions mostly have such a line between them, and git
merges them even where the file was empty. A person's comments stay with the entry below them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

import tomlkit

from csmkit.catalog.nearest import nearest
from csmkit.catalog.workshop_parse import parse_as
from csmkit.catalog.workshop_schema import BarOffcutEntry, OffcutEntry, PlanEntry, StockFile
from csmkit.errors import CsmError

Piece = OffcutEntry | BarOffcutEntry
Named = TypeVar("Named", OffcutEntry, BarOffcutEntry)
SHORT = 6  # letters of an id; among a thousand offcuts, one in thirty files needs a longer one
SHELVES = "0123456789abcdef"
TABLES = ("offcut", "bar_offcut", "plan")
HEADER = re.compile(rf"^\s*\[\[\s*({'|'.join(TABLES)})\s*\]\]\s*(#.*)?$")
SHELF = re.compile(rf"^# [{SHELVES}] -+$")
HEAD = """\
# Leftovers of a workshop: `csm stock add`, `csm stock use` and `csm stock list`, or an editor.
# The lines "# 0 ---" to "# f ---" never change: they keep two people's changes apart when git merges them.
"""


@dataclass(frozen=True)
class Kept:
    """An entry, and its text with the comments above it."""

    id: str  # the entry's own, else from what it says
    entry: Piece | PlanEntry
    text: str

    @property
    def quantity(self) -> int:
        """Pieces of it."""
        return 1 if isinstance(self.entry, PlanEntry) else self.entry.quantity or 1


@dataclass(frozen=True)
class Leftovers:
    """A stock file's content."""

    head: str = HEAD  # comments above all entries
    kept: tuple[Kept, ...] = ()

    @property
    def pieces(self) -> tuple[Kept, ...]:
        """What is left, without the record of plans."""
        return tuple(kept for kept in self.kept if not isinstance(kept.entry, PlanEntry))

    @property
    def offcuts(self) -> tuple[OffcutEntry, ...]:
        """Pieces of sheets, each with its id."""
        return tuple(_named(kept.entry, kept.id) for kept in self.kept if isinstance(kept.entry, OffcutEntry))

    @property
    def bar_offcuts(self) -> tuple[BarOffcutEntry, ...]:
        """Pieces of bars, each with its id."""
        return tuple(
            _named(kept.entry, kept.id) for kept in self.kept if isinstance(kept.entry, BarOffcutEntry)
        )


def _named(entry: Named, key: str) -> Named:
    return entry.model_copy(update={"id": key})


def read_leftovers(text: str, name: str) -> Leftovers:
    """A stock file's entries; `name` is what errors call it. An empty text is an empty file.

    Raises: CsmError: it is no TOML, has other tables, or an entry twice.
    """
    said = parse_as(StockFile, text, name)
    if not text.strip():
        return Leftovers()
    head, blocks = _blocks(text)
    waiting: dict[str, list[Piece | PlanEntry]] = {
        "offcut": list(said.offcut),
        "bar_offcut": list(said.bar_offcut),
        "plan": list(said.plan),
    }
    if any(len(rows) != sum(table == t for table, _ in blocks) for t, rows in waiting.items()):
        raise CsmError("entries aren't written one by one", kit=name, remedy="write [[offcut]] above each")
    kept: dict[str, Kept] = {}
    for table, block in blocks:
        entry = waiting[table].pop(0)
        key = entry.id or _free_id(entry, kept.values())
        if key in kept:
            raise CsmError(
                f"{key} is listed twice",
                kit=name,
                part=f"{table} {key}",
                remedy="list it once, with its quantity",
            )
        kept[key] = Kept(key, entry, block)
    return Leftovers(head, tuple(kept.values()))


def write_leftovers(leftovers: Leftovers) -> str:
    """The file's text: entries in the order of their ids, between the lines that never change."""
    lines = [leftovers.head.rstrip("\n") + "\n"]
    kept = sorted(leftovers.kept, key=lambda kept: kept.id)
    for shelf in SHELVES:
        lines.append(f"# {shelf} ---")
        on_it = [one for one in kept if min(one.id[0], SHELVES[-1]) == shelf]
        lines += ["\n" + "\n\n".join(one.text for one in on_it) + "\n"] if on_it else []
    return "\n".join(lines) + "\n"


def added(leftovers: Leftovers, piece: Piece) -> tuple[Leftovers, Kept]:
    """With another piece; one that is there already counts on.

    Returns: the file, and the piece's entry in it.
    """
    for old in leftovers.pieces:
        if _content(old.entry) == _content(piece):
            new = _changed(old, quantity=old.quantity + (piece.quantity or 1), note=_notes(old.entry, piece))
            return _with(leftovers, old, new), new
    entry = piece.model_copy(
        update={"id": piece.id or _free_id(piece, leftovers.kept), "quantity": piece.quantity or 1}
    )
    kept = Kept(str(entry.id), entry, _written(entry))
    return replace(leftovers, kept=(*leftovers.kept, kept)), kept


def used(leftovers: Leftovers, key: str, pieces: int) -> Leftovers:
    """Without so many pieces of an entry.

    Args:
        key: its id.
    Raises: CsmError: there are fewer.
    """
    [old] = [kept for kept in leftovers.pieces if kept.id == key]
    if pieces > old.quantity:
        raise CsmError(
            f"there are {old.quantity} of {key}, not {pieces}", part=key, remedy=f"use {key}={old.quantity}"
        )
    left = old.quantity - pieces
    return _with(leftovers, old, _changed(old, quantity=left) if left else None)


def found(leftovers: Leftovers, word: str) -> Kept:
    """The piece of an id, or of the beginning of an id that no other has.

    Raises: CsmError: none, or several.
    """
    pieces = {kept.id: kept for kept in leftovers.pieces}
    alike = [word] if word in pieces else [key for key in pieces if word and key.startswith(word)]
    if len(alike) == 1:
        return pieces[alike[0]]
    if alike:
        raise CsmError(f"{word} is the beginning of {', '.join(sorted(alike))}", remedy="write one of them")
    remedy = nearest(word, pieces) if pieces else "there are no leftovers: csm stock add"
    raise CsmError(f"no leftover {word!r}", remedy=remedy)


def plan_said(leftovers: Leftovers, key: str) -> PlanEntry | None:
    """What has been said of a cut plan."""
    return next((k.entry for k in leftovers.kept if isinstance(k.entry, PlanEntry) and k.id == key), None)


def with_plan(leftovers: Leftovers, plan: PlanEntry) -> Leftovers:
    """With what has been said of a cut plan, instead of what was said of it before."""
    old = next((k for k in leftovers.kept if isinstance(k.entry, PlanEntry) and k.id == plan.id), None)
    if old:
        return _with(leftovers, old, _changed(old, used=plan.used, added=plan.added))
    return replace(leftovers, kept=(*leftovers.kept, Kept(plan.id, plan, _written(plan))))


def _blocks(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Comments above all, then each entry's table and text."""
    lines = [line for line in text.splitlines() if not SHELF.match(line)]
    starts = [n for n, line in enumerate(lines) if HEADER.match(line)]
    firsts = [_first(lines, start) for start in starts]
    head = "\n".join(lines[: firsts[0] if firsts else len(lines)])
    blocks = []
    for first, start, end in zip(firsts, starts, [*firsts, len(lines)][1:], strict=True):
        header = HEADER.match(lines[start])
        assert header is not None
        blocks.append((header[1], "\n".join(lines[first:end]).strip("\n")))
    return head.strip("\n") or HEAD, blocks


def _first(lines: Sequence[str], start: int) -> int:
    """The first of the comment lines right above a header."""
    while start > 0 and lines[start - 1].lstrip().startswith("#"):
        start -= 1
    return start


def _content(entry: Piece | PlanEntry) -> str:
    """What makes two pieces the same, whatever their id, quantity, price, note and origin."""
    said = entry.model_dump(
        mode="json", exclude={"id", "quantity", "price", "note", "plan"}, exclude_none=True
    )
    said["grain"] = said.get("grain", "x")
    return json.dumps([type(entry).__name__, said], sort_keys=True)


def _free_id(entry: Piece | PlanEntry, kept: Iterable[Kept]) -> str:
    taken = {one.id: one for one in kept}
    content = _content(entry)
    digest = hashlib.sha256(content.encode()).hexdigest()
    for letters in range(SHORT, len(digest)):
        other = taken.get(digest[:letters])
        if other is None or _content(other.entry) == content:
            break
    return digest[:letters]


def _notes(old: Piece | PlanEntry, new: Piece) -> str | None:
    """The notes of both."""
    notes = dict.fromkeys(note for note in (getattr(old, "note", None), new.note) if note)
    return ", ".join(notes) or None


def _with(leftovers: Leftovers, old: Kept, new: Kept | None) -> Leftovers:
    kept = (new if one is old else one for one in leftovers.kept)
    return replace(leftovers, kept=tuple(one for one in kept if one is not None))


def _changed(old: Kept, **said: object) -> Kept:
    """An entry that says something else; the rest of its text stays as a person wrote it."""
    document = tomlkit.parse(old.text)
    [row] = document[_table(old.entry)]
    for key, value in said.items():
        if value is not None and row.get(key) != value:
            row[key] = value
    return Kept(old.id, old.entry.model_copy(update=said), tomlkit.dumps(document).strip("\n"))


def _written(entry: Piece | PlanEntry) -> str:
    """A new entry's text."""
    lines = [f"[[{_table(entry)}]]"]
    lines += [f"{key} = {tomlkit.item(value).as_string()}" for key, value in _values(entry)]
    return "\n".join(lines)


def _values(entry: Piece | PlanEntry) -> Iterator[tuple[str, object]]:
    said = entry.model_dump(exclude_defaults=True)
    first = [key for key in ("id", "sheet", "bar") if key in said]
    for key in [*first, *(key for key in said if key not in first)]:
        yield key, _plain(said[key])


def _plain(value: object) -> object:
    """Numbers as a person writes them: 820, not 820.0."""
    if isinstance(value, float | Decimal):
        return int(value) if value == int(value) else float(value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items() if item is not None}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _table(entry: Piece | PlanEntry) -> str:
    if isinstance(entry, PlanEntry):
        return "plan"
    return "offcut" if isinstance(entry, OffcutEntry) else "bar_offcut"
