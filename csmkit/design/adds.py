# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a step adds: `adds="side, end-wall?, ISO 4017 M6x*, barrel nut M6 *4, ISO 7089 M6 *rest"`.

A parametric kit has other bolts in thick ply than in thin, and no end walls on a flat bed. So a star within
a name stands for any size, a question mark for "if the kit has it", and `*rest` for all that no other step
adds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from fnmatch import fnmatchcase

from csmkit.errors import CsmError
from csmkit.model import Step

COUNT = re.compile(r"^(?P<item>.*?)\s*[*×]\s*(?P<count>\d+|rest)$")
REST = -1  # stands for the count until all steps are known

Added = tuple[str, int]


def read_adds(kit: str, text: str, line: int, items: Mapping[str, int]) -> tuple[Added, ...]:
    """The items that a step adds and how many of each; `REST` where that is what other steps leave.

    Raises: CsmError: an item that the kit does not have, or a count for a star that means several items.
    """
    return tuple(a for word in _words(text, items) for a in _added(kit, word, line, items))


def has_any(text: str, items: Mapping[str, int]) -> bool:
    """Whether the kit has one of the items between commas."""
    return any(_named(word, items) for word in _words(text, items))


def named_items(text: str, items: Mapping[str, int]) -> set[str]:
    """The kit's items that an `adds` names; what the kit does not have is passed over."""
    return {i for word in _words(text, items) for i in _named(_parsed(word, items)[0], items)}


def with_rest(steps: Sequence[Step], items: Mapping[str, int]) -> tuple[Step, ...]:
    """The steps with their `*rest` worked out, and what one names twice counted together.

    Never below zero, so that the check finds what is too much.
    """
    named: dict[str, int] = {}
    for item, n in (a for s in steps for a in s.adds if a[1] != REST):
        named[item] = named.get(item, 0) + n
    return tuple(replace(s, adds=_settled(s.adds, named, items)) for s in steps)


def _settled(adds: Sequence[Added], named: Mapping[str, int], items: Mapping[str, int]) -> tuple[Added, ...]:
    counts: dict[str, int] = {}
    for item, n in adds:
        more = max(items[item] - named.get(item, 0), 0) if n == REST else n
        counts[item] = counts.get(item, 0) + more
    return tuple((item, n) for item, n in counts.items() if n)


def _words(text: str, items: Mapping[str, int]) -> list[str]:
    """Between commas; between spaces if all of those are known names."""
    names = text.split()
    if all(name in items for name in names):
        return names
    return [" ".join(word.split()) for word in text.split(",") if word.strip()]


def _added(kit: str, word: str, line: int, items: Mapping[str, int]) -> list[Added]:
    name, optional, match = _parsed(word, items)
    found = _named(name, items)
    if not found and not optional:
        near = get_close_matches(name, items, n=3)
        remedy = f"did you mean {', '.join(near)}?" if near else f"the kit has {', '.join(items)}"
        raise _error(kit, line, f"the step adds {name!r}, which the kit does not have", remedy)
    if match and match["count"] != "rest":
        if len(found) > 1:
            raise _error(kit, line, f"{word!r} means {' and '.join(found)}", "count each of them by its name")
        return [(item, int(match["count"])) for item in found]
    return [(item, REST if match else items[item]) for item in found]


def _parsed(word: str, items: Mapping[str, int]) -> tuple[str, bool, re.Match[str] | None]:
    """The name in a word, whether a question mark stands behind it, and its count."""
    match = COUNT.match(word) if word not in items else None
    name = match["item"] if match else word
    optional = name.endswith("?") and name not in items
    return (name.removesuffix("?").rstrip() if optional else name), optional, match


def _named(name: str, items: Mapping[str, int]) -> list[str]:
    """Items of this name, or those that a star in it stands for."""
    if name in items:
        return [name]
    plain = name.replace("[", "[[]").replace("?", "[?]")
    return [item for item in items if fnmatchcase(item, plain)] if "*" in name else []


def _error(kit: str, line: int, problem: str, remedy: str) -> CsmError:
    return CsmError(problem, kit=kit, part=f"assembly.md line {line}", remedy=remedy)
