# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a book says in its language: names, and figures as it prints them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from csmkit.export.language.kit import finder
from csmkit.export.language.language import ENGLISH, N_, Language

_COPY = re.compile(r"(?:[^/]*/)?(.*?)(?: (\d+)| \((\d+) copies\))?")
_DECIMAL = re.compile(
    r"(?<![^\s(ØR])\d+\.\d+(?!\.?\d)"
)  # of a size; no version, 1.0.0, nor a licence's, S-2.0
SIZES = re.compile(r"[\d.]+( × [\d.]+)+")  # "880 × 383.5 × 12"; what a standard calls M6x10x12 is none


@dataclass(frozen=True)
class Words:
    """The words of one book.

    Args:
        language: of its sentences and its decimal sign.
        names: what parts and bought things are called in it, by their names.
        renamed: parts that files and drawings call otherwise.
        items: names of all parts and bought things.
        find: what gives a text of the kit or of its pictures in it, or None.
    """

    language: Language = ENGLISH
    names: Mapping[str, str] = field(default_factory=dict)
    renamed: frozenset[str] = frozenset()
    items: frozenset[str] = frozenset()
    find: Callable[[str], str | None] = str

    @classmethod
    def of(cls, kit: Mapping[str, Any], language: Language) -> Words:
        """The words for a kit.json in a language."""
        parts, bought = (part["name"] for part in kit["parts"]), (one["item"] for one in kit["bought"])
        return cls(
            language,
            kit.get("names", {}),
            frozenset(kit.get("renamed", ())),
            frozenset([*parts, *bought]),
            finder(kit, language),
        )

    def gettext(self, text: str) -> str:
        """A text of the book."""
        return self.language.gettext(text)

    def word(self, text: str) -> str:
        """The same, of a key that is looked up: in a call of `gettext` catalogs would take it for a text."""
        return self.language.gettext(text)

    def told(self, text: str) -> str:
        """A text of the kit or of its pictures; as it is where nobody has translated it."""
        found = self.find(text)
        return text if found is None else found

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The same where it depends on a number, which is filled in as `count`."""
        return self.language.ngettext(one, many, count)

    def name(self, item: str) -> str:
        """What a part or a bought thing is called."""
        return self.names.get(item, item)

    def original(self, item: str) -> str:
        """A part's name as files and drawings bear it; "" where the book calls it the same."""
        return item if item in self.renamed else ""

    def both(self, item: str) -> str:
        """A part's name, for beside a drawing that bears the original: "carrillo (cheek)"."""
        return f"{self.name(item)} ({item})" if item in self.renamed else item

    def piece(self, copy: str) -> str:
        """What a copy of a part is called, with what is engraved on it: "carrillo (cheek 1)".

        Args:
            copy: as programs name it: "trailer/cheek 1"; of several "trailer/cheek (2 copies)".
        """
        part, number = part_of(copy)
        engraved = f"{short_name(part)}{number}"
        return f"{self.name(part)} ({engraved})" if part in self.renamed else engraved

    def mm(self, sizes: Iterable[float]) -> str:
        """Sizes: "880 × 644 × 12", to 0.1 mm."""
        return self.decimals(" × ".join(f"{round(size, 1):g}" for size in sizes))

    def kg(self, mass: float) -> str:
        """A mass: "23.4 kg"; below 1 kg "205 g"; nothing where none is known."""
        if not mass:
            return ""
        if mass >= 1:
            return self.decimals(f"{mass:.1f} kg")
        return self.decimals(f"{mass * 1000:.0f} g" if mass >= 0.01 else f"{mass * 1000:.1f} g")

    def clock(self, minutes: float) -> str:
        """A time: "25 min", "1 h 40 min", from ten hours on "61 h"."""
        if minutes >= 600:
            return f"{minutes / 60:.0f} h"
        hours, rest = divmod(round(minutes), 60)
        said = (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "")
        return " ".join(filter(None, said))

    def amount(self, value: float, unit: str) -> str:
        """A count or an amount: "4", "0.25 l"."""
        return self.decimals(f"{value:.4g}" if unit == "pc" else f"{value:.4g} {unit}")

    def amounts(self, bulk: Iterable[Mapping[str, Any]]) -> dict[str, str]:
        """How much there is of each bulk good of kit.json, by the name that steps call it."""
        sums: dict[str, tuple[float, str]] = {}
        for good in bulk:
            key = " ".join(filter(None, (good["standard"], good["size"])))
            sums[key] = (sums.get(key, (0.0, ""))[0] + good["amount"], good["unit"])
        return {key: self.amount(amount, unit) for key, (amount, unit) in sums.items()}

    def figure(self, value: float, unit: str) -> str:
        """A computed value: "36.4 N/mm²"."""
        return f"{self.decimals(f'{value:.4g}')} {unit}".strip()

    def value(self, said: object, unit: str) -> str:
        """A parameter's value."""
        if isinstance(said, bool):
            return self.word(N_("yes") if said else N_("no"))
        return self.figure(said, unit) if isinstance(said, float | int) else str(said)

    def size(self, text: str) -> str:
        """A size as the bill of materials has it."""
        return self.decimals(text) if SIZES.fullmatch(text) else text

    def sizes(self, text: str) -> str:
        """A text with the decimal sign in the sizes that it tells."""
        return _DECIMAL.sub(lambda figure: self.decimals(figure.group()), text)

    def decimals(self, text: str) -> str:
        """Figures with the decimal sign: amounts of money, and what is formatted already."""
        return self.language.decimals(text)


def part_of(copy: str) -> tuple[str, str]:
    """The part's name in kit.json and which copy it is: "cheek", " 1" of "bike-trailer/cheek 1"."""
    found = _COPY.fullmatch(copy)
    assert found is not None  # every text fits
    part, number, count = found.groups()
    return part, f" {number}" if number else f" × {count}" if count else ""


def short_name(part: str) -> str:
    """A part's name without the kit within the kit that it is of."""
    return part.rpartition("/")[2]


def sheet_title(nesting: Mapping[str, Any], n: int, _: Callable[[str], str]) -> str:
    """A sheet of a plan in kit.json, counted from 1: "birch plywood 12 mm, sheet 1 of 2"."""
    title = {"good": nesting["sheet_title"], "n": n, "count": len(nesting["layouts"])}
    return _("%(good)s, sheet %(n)s of %(count)s") % title
