# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A label for each copy of each part, in the order in which they come off the sheets and the saw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from csmkit.export.labels_pdf import PartLabel, label_outline
from csmkit.export.typst import printable
from csmkit.model import CutPlan, Finding, Layout, PartFacts, Placement, Workshop
from csmkit.model.cut_order import CutOrder, OrderedKit

Known = Mapping[str, tuple[OrderedKit, PartFacts, str]]  # and what the label calls the part


def part_labels(
    order: CutOrder, workshop: Workshop, plan: CutPlan, remaining: Mapping[str, Sequence[str]]
) -> Iterator[PartLabel]:
    """The labels of an order, sheet after sheet, then bar after bar.

    Args:
        remaining: of sawn parts, by "kit/part": work that is left for other tools.
    """
    known = {f"{kit.name}/{part.name}": (kit, part, called) for kit, part, called in _called(order)}
    for nesting in plan.nestings:
        title, count = workshop.sheet(nesting.sheet).title, len(nesting.layouts)
        for number, layout in enumerate(nesting.layouts, 1):
            for place in layout.placements:
                where = f"sheet {number} of {count}{_panel(layout, place, known)}"
                yield _label(known, place.item, place.copy, title, where, remaining.get(place.item, ()))
    copies: Counter[str] = Counter()
    for bars in plan.bars:
        title, count = workshop.bar(bars.bar).title, len(bars.layouts)
        for number, bar in enumerate(bars.layouts, 1):
            for name, _ in bar.pieces:
                copies[name] += 1
                yield _label(known, name, copies[name], title, f"bar {number} of {count}", ())


def _panel(layout: Layout, place: Placement, known: Known) -> str:
    """On which panel of a sheet that is sawn first a part lies."""
    pattern = known[place.item][1].flat_pattern
    return f", panel {layout.panel_of(place, pattern.outline)}" if layout.panels and pattern else ""


def _label(
    known: Known, name: str, copy: int, material: str, where: str, remaining: Sequence[str]
) -> PartLabel:
    kit, part, called = known[name]
    pattern = part.flat_pattern
    return PartLabel(
        kit=" ".join(printable(_kit(kit, part, copy)).split()),
        part=called,
        copy=copy,
        copies=part.quantity,
        material=material,
        size=part.size,
        grain=pattern.grain if pattern else None,
        edges=kit.edges.get(part.name, ""),
        steps=tuple(n for n, step in enumerate(kit.steps, 1) if part.name in dict(step.adds)),
        where=where,
        outline=label_outline(pattern) if pattern else (),
        remaining=tuple(remaining),
    )


def unprinted_names(order: CutOrder) -> Iterator[Finding]:
    """A warning for each part whose name labels can't show."""
    for kit, part, called in _called(order):
        if called != part.name:
            problem = f"labels.pdf has no letters for this name and says {called!r}, as the cut list counts"
            yield Finding(kit.name, "labels", part.name, problem, "", "warning")


def _called(order: CutOrder) -> Iterator[tuple[OrderedKit, PartFacts, str]]:
    """Each part with its name on labels: its own, or its number in the cut list."""
    cut = ((kit, part) for kit in order.kits for part in kit.facts.parts if part.form in ("sheet", "bar"))
    for number, (kit, part) in enumerate(cut, 1):
        shown = printable(part.name)
        yield kit, part, part.name if shown == part.name else " ".join(f"no. {number} {shown}".split())


def _kit(kit: OrderedKit, part: PartFacts, copy: int) -> str:
    """Name of the kit, and of several equal ones which: "step-stool 2 of 4"."""
    if kit.quantity == 1:
        return kit.name
    return f"{kit.name} {(copy - 1) // (part.quantity // kit.quantity) + 1} of {kit.quantity}"
