# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Parts that come without a kit, made into what a measured kit is, so that all else works with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePath

from csmkit.export.paths import file_stem
from csmkit.model import Bar, Finding, FlatPattern, KitFacts, PartFacts, Pose, Sheet, Workshop

MM3_PER_M3 = 1e9


@dataclass(frozen=True)
class Remark:
    """What a maker's list says of a part beyond its geometry, as written."""

    kit: str
    part: str
    edges: str  # which edges get a band: "2 long"
    note: str


@dataclass(frozen=True)
class OwnParts:
    """Parts without a design: kits that were never designed, and what was seen when they were read."""

    kits: tuple[KitFacts, ...]  # one, or several where a table says which part belongs to which
    remarks: tuple[Remark, ...]  # of the parts that have edges or a note
    findings: tuple[Finding, ...]  # warnings: gaps that were closed, names that were numbered


@dataclass(frozen=True)
class OwnPart:
    """One part as it was read, with what its list says of it."""

    facts: PartFacts
    kit: str
    edges: str = ""
    note: str = ""


def kit_key(name: str) -> str:
    """Key of the kit that parts from a file or folder make: its stem, fit for file names."""
    return file_stem(PurePath(name).stem).strip() or "parts"


def sheet_facts(name: str, pattern: FlatPattern, sheet: Sheet, quantity: int) -> PartFacts:
    """A flat part of a sheet good."""
    x0, y0, x1, y1 = pattern.outline.bounds
    return PartFacts(
        name=name,
        stock=sheet.key,
        form="sheet",
        process=sheet.processes[0],
        quantity=quantity,
        poses=(Pose(),) * quantity,
        size=(*pattern.size, pattern.thickness),
        volume=pattern.volume,
        mass=pattern.volume * sheet.material.density / MM3_PER_M3,
        center=((x0 + x1) / 2, (y0 + y1) / 2, pattern.thickness / 2),
        flat_pattern=pattern,
        length=None,
    )


def bar_facts(name: str, length: float, bar: Bar, quantity: int) -> PartFacts:
    """A piece of a bar good, sawn square."""
    volume = length * bar.section
    return PartFacts(
        name=name,
        stock=bar.key,
        form="bar",
        process="saw",
        quantity=quantity,
        poses=(Pose(),) * quantity,
        size=(length, bar.width, bar.height),
        volume=volume,
        mass=volume * bar.material.density / MM3_PER_M3,
        center=(length / 2, bar.width / 2, bar.height / 2),
        flat_pattern=None,
        length=length,
    )


def find_good(workshop: Workshop, word: str) -> Sheet | Bar | None:
    """A sheet or bar good by key or title, written in any case; None if the workshop knows none such."""
    wanted = _plain(word)
    goods: tuple[Sheet | Bar, ...] = (*workshop.sheets, *workshop.bars)
    return next((good for good in goods if wanted in (_plain(good.key), _plain(good.title))), None)


def gathered(parts: Iterable[OwnPart], findings: Iterable[Finding] = ()) -> OwnParts:
    """Kits of parts, in the order in which they came.

    Equal parts of one name are one part with the sum of their quantities; unequal ones are numbered, and a
    finding says so.
    """
    told = list(findings)
    kits: dict[str, dict[str, OwnPart]] = {}
    for part in parts:
        named = kits.setdefault(part.kit, {})
        name = _name(part, named)
        if name in named:
            named[name] = _more(named[name], part.facts.quantity)
            continue
        if name != part.facts.name:
            problem = f"another part has this name and is not equal: this one is called {name!r}"
            told.append(
                Finding(part.kit, "names", part.facts.name, problem, "give each its own label", "warning")
            )
        named[name] = replace(part, facts=replace(part.facts, name=name))
    return OwnParts(
        tuple(
            KitFacts(kit, tuple(p.facts for p in named.values()), (), (), ()) for kit, named in kits.items()
        ),
        tuple(
            Remark(kit, name, p.edges, p.note)
            for kit, named in kits.items()
            for name, p in named.items()
            if p.edges or p.note
        ),
        tuple(told),
    )


def _name(part: OwnPart, taken: dict[str, OwnPart]) -> str:
    """The part's own name, that of its equal, or its name with the next free number."""
    name, number = part.facts.name, 1
    while name in taken and not _is_same(taken[name], part):
        number += 1
        name = f"{part.facts.name}-{number}"
    return name


def _is_same(one: OwnPart, other: OwnPart) -> bool:
    facts = replace(other.facts, name=one.facts.name, quantity=one.facts.quantity, poses=one.facts.poses)
    return replace(other, facts=facts) == one


def _more(part: OwnPart, quantity: int) -> OwnPart:
    facts = part.facts
    return replace(
        part,
        facts=replace(facts, quantity=facts.quantity + quantity, poses=facts.poses + (Pose(),) * quantity),
    )


def _plain(word: str) -> str:
    return "-".join(word.lower().replace("_", " ").replace("-", " ").split())
