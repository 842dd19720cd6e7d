# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a kit's page folds: lists longer than a screen or two of a phone; what of each stays in the open."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from csmkit.export.book.lists import CLASSES
from csmkit.site.kit import Built

LONG = 12  # rows: about a screen of a phone; a shorter list stays as it is
NEAR = 0.25  # of its bound: a limit with less to spare stays in the open
SMALL = 0.02  # of a price: lines below it are summed up
FEW = 4  # rows that it isn't worth while to fold away
HEADED = re.compile(r"^### (.+)\n", re.MULTILINE)  # begins what a kit within the kit says before its steps
KINDS = {"sheet": "cut", "bar": "bar", "print": "printed", "cast": "cast"}  # form of stock to class


@dataclass(frozen=True)
class Chapter:
    """Steps that follow one another and belong to one kit within the kit, or to the kit itself.

    Args:
        kit: the key of the kit within; "" for the kit's own steps.
        title: what its steps call it; "" for the kit's own.
        steps: number and step, the chapter's name taken off their titles.
        intro: Markdown that stands before them.
    """

    kit: str
    title: str
    steps: tuple[tuple[int, Mapping[str, Any]], ...]
    intro: str = ""

    @property
    def minutes(self) -> float:
        """Time of all its steps."""
        return float(sum(step["minutes"] or 0 for _, step in self.steps))


def folded(built: Built, shares: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The lists of a page as its sections show them; `shares` are the lines of the price."""
    kit = built.data
    intro, told = introductions(kit["assembly"]["intro"], chapters(kit["assembly"]["steps"]))
    return {
        "intro": intro,
        "chapters": told,
        "bom": bill(built),
        "has_long_bom": len(kit["bom"]) > LONG,
        "parts": cut_list(kit["parts"]),
        "has_many_parts": len(kit["parts"]) > LONG,
        "has_long_shopping": len(kit["shopping"]) > LONG,
        "limits": limits(kit["limits"]),
        "price": price_lines(shares),
    }


def chapters(steps: Sequence[Mapping[str, Any]]) -> list[Chapter]:
    """The steps by the kits within the kit that they come from: one chapter if it has none."""
    found = []
    for kit, run in groupby(enumerate(steps, 1), key=lambda pair: str(pair[1].get("kit", ""))):
        numbered = tuple(run)
        title = _common_title([step["title"] for _, step in numbered]) if kit else ""
        found.append(Chapter(kit, title, tuple((n, _without(step, title)) for n, step in numbered)))
    return found


def introductions(intro: str, parts: Sequence[Chapter]) -> tuple[str, list[Chapter]]:
    """What is said before all steps, and the chapters with what is said of each below its title."""
    own, *rest = HEADED.split(intro)
    said = dict(zip(rest[::2], rest[1::2], strict=True))
    titles = {part.title for part in parts}
    if not said or not titles >= set(said):
        return intro, list(parts)
    as_it_is = type(intro)  # what is marked as English stays so
    return as_it_is(own), [replace(part, intro=as_it_is(said.get(part.title, ""))) for part in parts]


def bill(built: Built) -> list[dict[str, Any]]:
    """The bill of materials by class, each with its sub-total and the files of its parts."""
    files = {p["name"]: p["files"] for p in built.data["parts"]}
    return [
        {
            **subtotal,
            "title": CLASSES[subtotal["kind"]],
            "rows": [
                {**line, "files": files.get(line["item"], {}) if line["unit"] == "pc" else {}}
                for line in built.data["bom"]
                if line["kind"] == subtotal["kind"]
            ],
        }
        for subtotal in built.data["subtotals"]
    ]


def cut_list(parts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The parts by class in the order of the bill, each with what it adds up to."""
    classes = [(title, [p for p in parts if KINDS[p["form"]] == kind]) for kind, title in CLASSES.items()]
    return [
        {
            "title": title,
            "rows": rows,
            "pieces": sum(p["quantity"] for p in rows),
            "mass": sum(p["mass"] * p["quantity"] for p in rows),
        }
        for title, rows in classes
        if rows
    ]


def limits(every: Sequence[Mapping[str, Any]]) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """Limits that decide: broken ones and those near their bound; then the others, none of a short list."""
    near = [limit for limit in every if not limit["holds"] or _to_spare(limit) < NEAR]
    far = [limit for limit in every if not (not limit["holds"] or _to_spare(limit) < NEAR)]
    return (near, far) if near and len(every) > LONG and len(far) > FEW else ([*every], [])


def price_lines(
    shares: Sequence[Mapping[str, Any]],
) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """Lines of a price that matter, then the small ones, none of a short list."""
    small = [line for line in shares if line["share"] < SMALL]
    if len(shares) <= LONG or len(small) <= FEW:
        return [*shares], []
    return [line for line in shares if line["share"] >= SMALL], small


def _to_spare(limit: Mapping[str, Any]) -> float:
    """How far a limit's value is from its bound, as a share of the bound."""
    bound = float(limit["at_most"] if limit["at_least"] is None else limit["at_least"])
    return abs(float(limit["value"]) - bound) / abs(bound) if bound else float("inf")


def _common_title(titles: Sequence[str]) -> str:
    """What stands before the colon in all of them; "" if they don't agree."""
    starts = {title.partition(": ")[0] if ": " in title else "" for title in titles}
    return type(titles[0])(starts.pop()) if len(starts) == 1 else ""


def _without(step: Mapping[str, Any], chapter: str) -> Mapping[str, Any]:
    """The step without the name of its chapter; what is marked as English stays so."""
    title = step["title"]
    return {**step, "title": type(title)(title.removeprefix(f"{chapter}: "))} if chapter else step
