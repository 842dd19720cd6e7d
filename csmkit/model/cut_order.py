# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What is cut in one go: kits, each as many times as wanted, and parts without a kit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from csmkit.model.cutting import BarInstance, NestInstance
from csmkit.model.facts import KitFacts, Step
from csmkit.model.manifest import ParamValue

CutProcess = Literal["router", "saw"]


@dataclass(frozen=True)
class OrderedKit:
    """A kit of a cut order.

    Args:
        title: what people call it; the file's name for parts without a kit.
        version, preset: as kit.toml says; empty for parts without a kit.
        quantity: how many of it are made.
        params: its parameters.
        facts: the measured kit under its name in the order, counts multiplied by `quantity`. Copies 1 … n
            of a part that is needed n times belong to the first kit, the next n to the second.
        steps: of its assembly.
        edges, notes: what a table without a kit says of its parts, by their names.
    """

    title: str
    version: str
    preset: str
    quantity: int
    params: Mapping[str, ParamValue]
    facts: KitFacts
    steps: tuple[Step, ...]
    edges: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Unique in the order: "bike-trailer", or "bike-trailer:cargo" beside another preset of it."""
        return self.facts.kit


@dataclass(frozen=True)
class CutOrder:
    """Everything that is planned together.

    Args:
        name: of the output folder: "bike-trailer-x2+step-stool".
        process: what cuts the sheets.
        kits: sorted by name.
        nested, sawn: sheet goods that are nested true to shape, and those that are sawn.
        bars: bar goods.
    """

    name: str
    process: CutProcess
    kits: tuple[OrderedKit, ...]
    nested: tuple[NestInstance, ...]
    sawn: tuple[NestInstance, ...]
    bars: tuple[BarInstance, ...]

    @property
    def sheets(self) -> tuple[NestInstance, ...]:
        """All sheet goods, ordered by their keys."""
        return tuple(sorted((*self.nested, *self.sawn), key=lambda task: task.sheet))

    @property
    def facts(self) -> KitFacts:
        """All kits as one, for sums: names of parts may occur twice."""
        every = [kit.facts for kit in self.kits]
        return KitFacts(
            self.name,
            tuple(part for facts in every for part in facts.parts),
            tuple(item for facts in every for item in facts.bought),
            tuple(bulk for facts in every for bulk in facts.bulk),
            (),
        )


def multiplied(facts: KitFacts, quantity: int, name: str) -> KitFacts:
    """A measured kit made several times, under another name.

    Args:
        facts: one kit.
        quantity: how many, at least 1.
        name: the kit's in a cut order.
    """
    return KitFacts(
        name,
        tuple(replace(p, quantity=p.quantity * quantity, poses=p.poses * quantity) for p in facts.parts),
        tuple(replace(b, poses=b.poses * quantity) for b in facts.bought),
        tuple(replace(b, amount=b.amount * quantity) for b in facts.bulk),
        facts.limits,
    )
