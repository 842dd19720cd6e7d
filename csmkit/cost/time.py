# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Machine and labour time of a kit: from proven programs where there are any, else estimated."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from csmkit.cost.split import cents
from csmkit.model import (
    CutPlan,
    Feature,
    FlatPattern,
    KitFacts,
    Layout,
    Nesting,
    PartFacts,
    Workshop,
)

Kind = Literal["machine", "printer", "labour"]


@dataclass(frozen=True)
class Allowances:
    """What the estimate assumes; a workshop that has timed its own work gives its own figures.

    The workshop's minutes are judgement of 2026, for one person at one router.
    """

    pass_depth: float = 1.0  # of the cutter's diameter; usual rule for plywood
    breakthrough: float = 0.3  # mm below the sheet; usual cut into the spoil board
    stepover: float = 0.4  # of the cutter's diameter, when a pocket is cleared
    plunge: float = 0.25  # of the feed; usual rule
    ramp: float = 5.0  # degrees of a helix; usual rule: at most 5°
    acceleration: float = 1.075  # distance over feed was 7.5 % off a run of 214.6 s on LinuxCNC
    approach_s: float = 4.0  # rapid to the next feature, down from safe height and up again
    sheet_setup: float = 12.0  # minutes: fetch, lay, hold down, zero, sweep
    turn_over: float = 6.0  # minutes per sheet with parts that are cut from below too
    first_cut: float = (
        4.0  # minutes per cut that saws a sheet into panels for a smaller router: mark, guide, saw
    )
    planning: float = 10.0  # minutes per kit: choose sheets, look through the layouts, load the programs
    part_finish: float = 1.5  # minutes per sheet part: cut tabs, break edges, label
    bar_piece: float = 3.0  # minutes: mark, saw, break edges
    print_kg_h: float = 0.02  # kg an hour from a 0.4 mm nozzle
    print_handling: float = 8.0  # minutes per printed part: start, take off, clean


@dataclass(frozen=True)
class TimeLine:
    """Minutes of one kind of work, with how they were computed in words."""

    name: str
    kind: Kind
    minutes: float
    how: str


def work_times(
    facts: KitFacts,
    workshop: Workshop,
    plan: CutPlan,
    assembly_minutes: float,
    allowances: Allowances | None = None,
    proven: Mapping[str, float] | None = None,
    milled: Mapping[str, float] | None = None,
) -> tuple[TimeLine, ...]:
    """All work on one kit: sheets, bars, prints, assembly; nothing is listed that takes no time.

    Machine time covers the nested parts; parts that a laser or plasma shop cuts come with its price.

    Args:
        assembly_minutes: sum over the steps of the assembly.
        proven: minutes of the programs of all sheets of a good, by the good's key.
        milled: minutes of the programs of all copies of a part that is milled from both sides, by its name.
    """
    a = allowances or Allowances()
    lines = [
        *_router_lines(facts, workshop, plan, a, proven or {}),
        *_milling_lines(facts, milled or {}, a),
        *_bar_and_print_lines(facts, a),
        TimeLine("assembly", "labour", assembly_minutes, "sum of the assembly steps"),
    ]
    return tuple(line for line in lines if line.minutes > 0)


def hours(lines: Iterable[TimeLine], kind: Kind) -> Decimal:
    """Hours of one kind, to a hundredth, half up: what is multiplied by the rate."""
    return cents(sum((Fraction(line.minutes) for line in lines if line.kind == kind), Fraction(0)) / 60)


def cutting_minutes(pattern: FlatPattern, diameter: float, feed_mm_min: float, a: Allowances) -> float:
    """Machine time for one flat part, minutes: contours, pockets and drilled holes.

    Args:
        diameter: of the cutter, mm.
        feed_mm_min: feed in the plane.
    """
    lengths = [_outside_length(pattern, diameter) * _passes(pattern.thickness + a.breakthrough, diameter, a)]
    lengths += [_feature_length(f, diameter, a) for f in pattern.features]
    approaches = len(lengths) * a.approach_s / 60
    return sum(lengths) / feed_mm_min * a.acceleration + approaches


def _router_lines(
    facts: KitFacts, workshop: Workshop, plan: CutPlan, a: Allowances, proven: Mapping[str, float]
) -> list[TimeLine]:
    parts = {f"{facts.kit}/{p.name}": p for p in facts.parts if p.flat_pattern is not None}
    guessed = _copies((n for n in plan.nestings if n.sheet not in proven), parts)
    tool, feed = workshop.tool(workshop.cutting.tool), workshop.machine.feed_mm_min
    minutes = sum(proven.values()) + sum(
        count * cutting_minutes(_pattern(parts[name]), tool.diameter, feed, a)
        for name, count in guessed.items()
    )
    layouts = [layout for nesting in plan.nestings for layout in nesting.layouts]
    sheets = sum(len(layout.panels) or 1 for layout in layouts)
    first_cuts = sum(len(layout.first_cuts) for layout in layouts)
    turned = sum(_turned(layout, parts) for layout in layouts)
    pieces = sum(_copies(plan.nestings, parts).values())
    ways = ["the proven programs, with acceleration"] if proven else []
    if guessed:
        count = sum(guessed.values())
        ways.append(
            _counted(
                count,
                f"1 part with {tool.title} at {feed:g} mm/min, estimated from contours, pockets and holes",
                f"{count} parts with {tool.title} at {feed:g} mm/min, estimated from contours,"
                " pockets and holes",
            )
        )
    how = "; ".join(ways)
    setup = sheets * a.sheet_setup + turned * a.turn_over
    setup_how = _counted(
        sheets,
        f"1 sheet × {a.sheet_setup:g} min",
        f"{sheets} panels × {a.sheet_setup:g} min"
        if first_cuts
        else f"{sheets} sheets × {a.sheet_setup:g} min",
    ) + (f" + {turned} turned over × {a.turn_over:g} min" if turned else "")
    return [
        TimeLine("cutting sheets", "machine", minutes, how),
        TimeLine("setting up sheets", "machine", setup, setup_how),
        TimeLine(
            "sawing sheets into panels",
            "labour",
            first_cuts * a.first_cut,
            _counted(first_cuts, f"1 cut × {a.first_cut:g} min", f"{first_cuts} cuts × {a.first_cut:g} min"),
        ),
        TimeLine("planning", "labour", a.planning if sheets else 0.0, "once a kit"),
        TimeLine("at the machine", "labour", minutes + setup, "a running router is never left alone"),
        TimeLine(
            "finishing parts",
            "labour",
            pieces * a.part_finish,
            _counted(pieces, f"1 part × {a.part_finish:g} min", f"{pieces} parts × {a.part_finish:g} min"),
        ),
    ]


def _counted(count: int, one: str, many: str) -> str:
    """Whole sentences, since they are translated as such."""
    return one if count == 1 else many


def _milling_lines(facts: KitFacts, milled: Mapping[str, float], a: Allowances) -> list[TimeLine]:
    minutes, count = sum(milled.values()), sum(p.quantity for p in facts.parts if p.name in milled)
    setup = count * (a.sheet_setup + a.turn_over)
    how = _counted(
        count,
        f"1 part × ({a.sheet_setup:g} min + {a.turn_over:g} min to turn over)",
        f"{count} parts × ({a.sheet_setup:g} min + {a.turn_over:g} min to turn over)",
    )
    return [
        TimeLine("milling both sides", "machine", minutes, "the proven programs, with acceleration"),
        TimeLine("setting up planks", "machine", setup, how),
        TimeLine("at the mill", "labour", minutes + setup, "a running router is never left alone"),
    ]


def _bar_and_print_lines(facts: KitFacts, a: Allowances) -> list[TimeLine]:
    bars = sum(p.quantity for p in facts.parts if p.form == "bar")
    prints = [p for p in facts.parts if p.form == "print"]
    count = sum(p.quantity for p in prints)
    mass = sum(p.mass * p.quantity for p in prints)
    printing = mass / a.print_kg_h * 60
    return [
        TimeLine(
            "sawing bars",
            "labour",
            bars * a.bar_piece,
            _counted(bars, f"1 piece × {a.bar_piece:g} min", f"{bars} pieces × {a.bar_piece:g} min"),
        ),
        TimeLine("printing", "printer", printing, f"{mass:.3f} kg at {a.print_kg_h * 1000:g} g/h"),
        TimeLine(
            "handling prints", "labour", count * a.print_handling, f"{count} × {a.print_handling:g} min"
        ),
    ]


def _pattern(part: PartFacts) -> FlatPattern:
    assert part.flat_pattern is not None
    return part.flat_pattern


def _copies(nestings: Iterable[Nesting], parts: Mapping[str, PartFacts]) -> Counter[str]:
    """How often each part lies on sheets."""
    return Counter(
        pl.item for n in nestings for layout in n.layouts for pl in layout.placements if pl.item in parts
    )


def _turned(layout: Layout, parts: Mapping[str, PartFacts]) -> int:
    """How many times something is turned over: the sheet, or each of its panels with such parts."""
    patterns = [(p, _pattern(parts[p.item])) for p in layout.placements if p.item in parts]
    return len({layout.panel_of(p, pattern.outline) for p, pattern in patterns if pattern.is_two_sided})


def _passes(depth: float, diameter: float, a: Allowances) -> int:
    return math.ceil(depth / (a.pass_depth * diameter) - 1e-9)


def _outside_length(pattern: FlatPattern, diameter: float) -> float:
    """Path around the outline, one radius outside: longer by π × diameter (exact for a convex outline)."""
    return pattern.outline.length + math.pi * diameter


def _feature_length(feature: Feature, diameter: float, a: Allowances) -> float:
    """Length that takes as long at full feed as the feature does, mm."""
    depth = feature.depth + (a.breakthrough if feature.through else 0.0)
    circle = feature.region.outline.circle_of
    if circle is not None and circle[2] <= diameter * 1.001:
        return depth / a.plunge
    if feature.kind == "drill" and circle is not None:
        helix = depth / math.sin(math.radians(a.ramp))
        return helix + math.pi * (circle[2] - diameter)
    passes = _passes(depth, diameter, a)
    inside = max(feature.region.outline.length - math.pi * diameter, 0.0)
    if feature.through:
        return inside * passes
    return passes * (inside + feature.region.area / (a.stepover * diameter))
