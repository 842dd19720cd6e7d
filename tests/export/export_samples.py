# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Parts, sheets and plans that the writers' tests share."""

from __future__ import annotations

import math
from decimal import Decimal

from csmkit.model.cutting import (
    BarInstance,
    BarLayout,
    BarPiece,
    BarPlan,
    CutItem,
    Layout,
    Nesting,
    Placement,
)
from csmkit.model.facts import Feature, FlatPattern, PartFacts
from csmkit.model.outline import Outline, Region
from csmkit.model.pose import Pose
from csmkit.model.stock import Material, Sheet, StockBar, StockSheet

PLY = Material("birch-ply", "Birch plywood", 680, True, 40, 30, 9000, 30, 8, "test")
SHEET = Sheet(
    "birch-ply-12", "Birch plywood 12 mm", PLY, 12, 11.8, 0.5, 0.3, ("router", "laser"), True, "test"
)
THICKNESS = 11.8
QUARTER = math.tan(math.pi / 8)  # bulge of a quarter circle


def rounded(x0: float, y0: float, x1: float, y1: float, r: float) -> Outline:
    """Rectangle with rounded corners."""
    return Outline(
        (
            (x0 + r, y0, 0),
            (x1 - r, y0, QUARTER),
            (x1, y0 + r, 0),
            (x1, y1 - r, QUARTER),
            (x1 - r, y1, 0),
            (x0 + r, y1, QUARTER),
            (x0, y1 - r, 0),
            (x0, y0 + r, QUARTER),
        )
    )


def slot_with_dogbones(x: float, y: float, w: float, h: float, r: float = 3.0) -> Outline:
    """Slot with half-round reliefs at its ends, wound as the model wants it."""
    return Outline(
        (
            (x, y, 0.0),
            (x + w - 2 * r, y, 1.0),
            (x + w, y, 0.0),
            (x + w, y + h, 0.0),
            (x + 2 * r, y + h, 1.0),
            (x, y + h, 0.0),
        )
    )


def hole(outline: Outline) -> Feature:
    return Feature("hole", "top", THICKNESS, Region(outline), True)


def drill(x: float, y: float, d: float) -> Feature:
    return Feature("drill", "top", THICKNESS, Region(Outline.circle(x, y, d)), True)


def pocket(outline: Outline, depth: float, *islands: Outline, side: str = "top") -> Feature:
    return Feature("pocket", side, depth, Region(outline, islands), False)  # type: ignore[arg-type]


def side_pattern(two_sided: bool = False) -> FlatPattern:
    """A side panel: rounded corners, slots with reliefs, drilled holes, pockets, an island."""
    features = [
        hole(slot_with_dogbones(60, 40, 60, 12)),
        hole(slot_with_dogbones(280, 40, 60, 12)),
        drill(30, 30, 8),
        drill(370, 30, 8),
        drill(200, 220, 6.5),
        pocket(rounded(40, 150, 140, 200, 5), 6, Outline.circle(90, 175, 20)),
        pocket(rounded(260, 150, 360, 200, 5), 4),
        Feature("drill", "top", 9, Region(Outline.circle(200, 40, 5)), False),
    ]
    if two_sided:
        features.append(pocket(rounded(160, 100, 220, 130, 4), 5, side="bottom"))
        features.append(Feature("drill", "bottom", 7, Region(Outline.circle(330, 110, 10)), False))
    return FlatPattern(rounded(0, 0, 400, 250, 20), tuple(features), THICKNESS, "x", Pose())


def part(name: str = "side", pattern: FlatPattern | None = None, process: str = "router") -> PartFacts:
    pattern = pattern or side_pattern()
    return PartFacts(
        name,
        SHEET.key,
        "sheet",
        process,  # type: ignore[arg-type]
        2,
        (Pose(), Pose.at(0, 300, 0)),
        (*pattern.size, pattern.thickness),
        pattern.volume,
        pattern.volume * PLY.density * 1e-9,
        (200, 125, 6),
        pattern,
        None,
    )


def brace_pattern() -> FlatPattern:
    """A triangular brace with one round hole."""
    return FlatPattern(
        Outline.polygon([(0, 0), (180, 0), (0, 180)]), (drill(40, 40, 8),), THICKNESS, None, Pose()
    )


def stock() -> StockSheet:
    return StockSheet(
        "birch-ply-12-1250x700",
        "birch-ply-12",
        Outline.rectangle(0, 0, 1250, 700),
        Decimal("60"),
        None,
        "sheet",
        "x",
        (Outline.rectangle(1100, 500, 1140, 540),),
        "test",
    )


def items(two_sided: bool = False) -> dict[str, CutItem]:
    listed = (
        CutItem("stool", "side", "birch-ply-12", side_pattern(two_sided), 2),
        CutItem("stool", "brace & strut <left>", "birch-ply-12", brace_pattern(), 4),
    )
    return {item.name: item for item in listed}


def nesting() -> Nesting:
    placements = (
        Placement("stool/side", 1, 10, 10, 0),
        Placement("stool/side", 2, 830, 270, 180),
        Placement("stool/brace & strut <left>", 1, 440, 280, 0),
        Placement("stool/brace & strut <left>", 2, 1030, 460, 180),
        Placement("stool/brace & strut <left>", 3, 300, 280, 90),
        Placement("stool/brace & strut <left>", 4, 160, 480, 37),
    )
    layout = Layout("birch-ply-12-1250x700", placements, (Outline.rectangle(850, 480, 1090, 690),))
    area = 2 * side_pattern().outline.area + 4 * brace_pattern().outline.area
    used = area / (1250 * 700)
    return Nesting("birch-ply-12", (layout,), (), used, 1.0, used, "test", False)


def bars() -> tuple[BarPlan, BarInstance]:
    pieces = (
        BarPiece("trailer", "drawbar", "spruce-45x45", 1400, 1),
        BarPiece("trailer", "rail", "spruce-45x45", 800, 3),
        BarPiece("trailer", "block <&>", "spruce-45x45", 45.5, 2),
    )
    instance = BarInstance(
        "spruce-45x45",
        pieces,
        (StockBar("spruce-45x45-2400", "spruce-45x45", 2400, Decimal("5.5"), None, "bar", "test"),),
        3.2,
        10,
    )
    first = (("trailer/drawbar", 1400.0), ("trailer/rail", 800.0), ("trailer/block <&>", 45.5))
    second = (("trailer/rail", 800.0), ("trailer/rail", 800.0), ("trailer/block <&>", 45.5))
    plan = BarPlan(
        "spruce-45x45",
        (
            BarLayout("spruce-45x45-2400", first, 2400 - 10 - 2245.5 - 3 * 3.2),
            BarLayout("spruce-45x45-2400", second, 2400 - 10 - 1645.5 - 3 * 3.2),
        ),
        (),
        2,
        True,
    )
    return plan, instance
