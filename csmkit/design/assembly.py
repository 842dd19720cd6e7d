# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""assembly.md: the steps, and that they add every part and bought thing exactly once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from csmkit.design.adds import has_any, named_items, read_adds, with_rest
from csmkit.errors import CsmError
from csmkit.model import Assembly, Finding, KitFacts, Step

ATTRIBUTES = re.compile(r"^(?P<title>.*?)\s*\{(?P<list>[^{}]*)\}\s*$")
ATTRIBUTE = re.compile(r'\s*([a-z]+)=(?:"([^"]*)"|(\S+))')
KNOWN = {  # what the braces of a step may hold
    "adds": "names between commas: parts by name, bought and bulk goods by standard and size",
    "tools": "between commas",
    "minutes": "for one person who has done it once; counts in the price",
    "if": "names between commas: the step is left out of a kit that has none of them",
    "kit": "instead of the others: the steps of a kit within the kit come here",
}
FILE = "assembly.md"


def quantities(facts: KitFacts) -> dict[str, int]:
    """How many of each item a kit has: parts by name, bought things by key, bulk goods once."""
    result: dict[str, int] = {}
    for name, n in [
        *((p.name, p.quantity) for p in facts.parts),
        *((b.key, len(b.poses)) for b in facts.bought),
        *((b.key, 1) for b in facts.bulk),
    ]:
        result[name] = result.get(name, 0) + n
    return result


@dataclass(frozen=True)
class Inner:
    """The steps of a kit within the kit."""

    text: str  # its assembly.md
    items: Mapping[str, int]  # how many of each item it holds, by the names that they have in the whole


def load_assembly(
    kit: str, text: str, items: Mapping[str, int], inner: Mapping[str, Inner] | None = None
) -> Assembly:
    """The steps of an assembly.md.

    Args:
        kit: for the messages.
        text: Markdown; each level-2 heading is a step, its attribute list says what it adds:
            `## Glue the sides { adds="side, DIN 7997 5x50 *8" tools="clamp" minutes=25 }`; see `adds`.
            A step with `if="prop"` is left out of a kit that has no prop. In the place of one with
            `kit="hub"` come the steps of the kit "hub" within it, its introduction before the first step.
        items: how many of each item the kit has.
        inner: the kits within it, by name.
    Raises: CsmError: with the line number; an unknown item or attribute, minutes that are no number.
    """
    intro, found = sections(kit, text)
    within = {
        s.line: _inner_assembly(kit, s.title, s.attributes["kit"], s.line, inner or {})
        for s in found
        if "kit" in s.attributes
    }
    own = _without_those_of(items, within.values())
    steps = {
        s.line: _step(kit, s, own)
        for s in found
        if s.line not in within and ("if" not in s.attributes or has_any(s.attributes["if"], own))
    }
    settled: dict[int, tuple[Step, ...]] = {
        line: (step,) for line, step in zip(steps, with_rest(list(steps.values()), own), strict=True)
    }
    settled |= {line: held.steps for line, held in within.items()}
    told = "\n\n".join(filter(None, [intro, *(held.intro for held in within.values())]))
    return Assembly(told, tuple(step for line in sorted(settled) for step in settled[line]))


def check_assembly(kit: str, assembly: Assembly, items: Mapping[str, int]) -> list[Finding]:
    """What is added too often or too rarely; empty if the steps add the whole kit."""
    findings = []
    for item, have in items.items():
        at = [(s.line, n) for s in assembly.steps for name, n in s.adds if name == item]
        added = sum(n for _, n in at)
        if added != have:
            lines = ", ".join(str(line) for line, _ in at)
            where = f"the steps at lines {lines} of assembly.md add {added}" if at else "no step adds it"
            remedy = f'name it in the adds="…" of {"exactly these many" if at else "one"} step'
            if at:
                remedy = f"make the counts (item *n) add up to {have}"
            findings.append(Finding(kit, "assembly", item, f"the kit has {have}, {where}", remedy))
    return findings


def left_out(
    kit: str, text: str, items: Mapping[str, int], inner: Mapping[str, Inner] | None = None
) -> list[Finding]:
    """The items that no step names, where the steps have a mistake and cannot be counted.

    Args: as of `load_assembly`; what kits within the kit hold is passed over.
    Raises: CsmError: an unknown attribute.
    """
    named = {i for held in (inner or {}).values() for i in held.items}
    for section in sections(kit, text)[1]:
        named |= named_items(section.attributes.get("adds", ""), items)
    nothing = Assembly("", ())
    return check_assembly(kit, nothing, {item: n for item, n in items.items() if item not in named})


@dataclass(frozen=True)
class Section:
    """A step as it is written."""

    title: str
    attributes: Mapping[str, str]
    text: str
    line: int


def sections(
    kit: str, text: str, known: Collection[str] = KNOWN, file: str = FILE
) -> tuple[str, list[Section]]:
    """The introduction of an assembly.md, and its steps.

    Args:
        known: the attributes that a heading may have.
        file: for the messages.
    Raises: CsmError: with the line number; an unknown attribute.
    """
    lines = text.splitlines()
    starts = [n for n, line in _headings(lines) if line.startswith("## ")]
    before = lines[: starts[0] if starts else len(lines)]
    found = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        title, attributes = heading(kit, lines[start], start + 1, known, file)
        found.append(
            Section(title, attributes, _without_comments("\n".join(lines[start + 1 : end])), start + 1)
        )
    return _without_comments("\n".join(line for line in before if not line.startswith("# "))), found


def _headings(lines: list[str]) -> list[tuple[int, str]]:
    """Headings outside of fenced code, with their index."""
    found, fence = [], ""
    for n, line in enumerate(lines):
        mark = re.match(r"\s{0,3}(```+|~~~+)", line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark.group(1)
        elif not fence and line.startswith("#"):
            found.append((n, line))
    return found


def heading(kit: str, text: str, line: int, known: Collection[str], file: str) -> tuple[str, dict[str, str]]:
    """Title and attributes of a heading. Raises: CsmError: an unknown attribute, braces that don't close."""
    said = text.lstrip("#").strip()
    match = ATTRIBUTES.match(said)
    if not match and re.search(r"[{]\s*[a-z]+=", said):
        raise _error(
            kit, line, "the heading's braces don't close, or stand before its end", "end it with }", file
        )
    return (match["title"], _attributes(kit, match["list"], line, known, file)) if match else (said, {})


def _without_those_of(items: Mapping[str, int], within: Iterable[Assembly]) -> dict[str, int]:
    """The items that no kit within the kit adds."""
    added = Counter[str]()
    for step in (s for assembly in within for s in assembly.steps):
        added.update(dict(step.adds))
    return {item: n - added[item] for item, n in items.items() if n > added[item]}


def _inner_assembly(kit: str, title: str, name: str, line: int, inner: Mapping[str, Inner]) -> Assembly:
    """The steps of a kit within the kit, under the names that its parts have in the whole."""
    if name not in inner:
        known = ", ".join(inner) or "none"
        raise _error(kit, line, f"there is no kit {name!r} in it that has steps", f"the kits in it: {known}")
    held = inner[name].items
    whole = {item.removeprefix(f"{name} "): item for item in held}
    found = load_assembly(name, inner[name].text, {own: held[item] for own, item in whole.items()})
    steps = tuple(
        replace(s, title=f"{title}: {s.title}", adds=tuple((whole[item], n) for item, n in s.adds), kit=name)
        for s in found.steps
    )
    return Assembly(f"### {title}\n\n{found.intro}" if found.intro else "", steps)


def _step(kit: str, section: Section, items: Mapping[str, int]) -> Step:
    """One step."""
    line, attributes = section.line, section.attributes
    minutes = attributes.get("minutes", "0")
    try:
        length = float(minutes)
    except ValueError:
        raise _error(kit, line, f"minutes={minutes} is not a number", "write minutes=25") from None
    if not 0 <= length <= 10_000:
        raise _error(kit, line, f"minutes={minutes} is outside 0 to 10000", "write minutes=25")
    return Step(
        title=section.title,
        adds=read_adds(kit, attributes.get("adds", ""), line, items),
        tools=tuple(_words(attributes.get("tools", ""))),
        minutes=length,
        text=section.text,
        line=line,
    )


def _attributes(kit: str, text: str, line: int, known: Collection[str], file: str) -> dict[str, str]:
    found = {m[1]: m[2] if m[2] is not None else m[3] for m in ATTRIBUTE.finditer(text)}
    left = ATTRIBUTE.sub("", text).strip()
    unknown = sorted(name for name in found if name not in known)
    if left or unknown:
        usual = " ".join(f"{name}=…" for name in known)
        problem = f"cannot read {left or unknown[0]!r} in the step's braces"
        raise _error(kit, line, problem, f"use {usual}", file)
    return found


def _words(text: str) -> list[str]:
    return [" ".join(word.split()) for word in text.split(",") if word.strip()]


def _without_comments(text: str) -> str:
    return re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL).strip()


def _error(kit: str, line: int, problem: str, remedy: str, file: str = FILE) -> CsmError:
    return CsmError(problem, kit=kit, part=f"{file} line {line}", remedy=remedy)
