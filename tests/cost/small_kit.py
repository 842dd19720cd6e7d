# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A kit small enough to reckon by hand: two panels, a rail, a knob, bolts and glue."""

from decimal import Decimal

from csmkit.model import (
    Bar,
    BarLayout,
    BarPlan,
    BoughtFacts,
    BoughtRow,
    Bulk,
    CutPlan,
    Cutting,
    Feature,
    Filament,
    FlatPattern,
    KitFacts,
    Layout,
    Machine,
    Material,
    Nesting,
    Outline,
    PartFacts,
    Placement,
    Pose,
    Rates,
    Region,
    Sheet,
    StockBar,
    StockSheet,
    Tool,
    Workshop,
)

PLY = Material("birch", "birch plywood", 700.0, True, 60.0, 30.0, 9000.0, 40.0, 4.0, "test")
SHEET = Sheet("ply-12", "birch plywood 12 mm", PLY, 12.0, 12.0, 0.5, 0.5, ("router",), False, "test")
BAR = Bar("spruce-40x60", "spruce 40 × 60", PLY, "rectangle", 40.0, 60.0, 0.0, "test")
PETG = Filament("petg", "PETG filament", PLY, 0.4, "test")
FULL = Outline.rectangle(0, 0, 2440, 1220)
HERE = Pose.at()


def bought_row(standard: str, size: str, kind: str, mass: float, price: str, pack: int = 1) -> BoughtRow:
    return BoughtRow(standard, size, f"{kind} {size}", kind, mass, Decimal(price), pack, (), True, "test")


def workshop() -> Workshop:
    offcut = Outline.rectangle(0, 0, 800, 600)
    return Workshop(
        name="test",
        machines=(Machine("router", "router", "router", (2500, 1250, 100), "grbl", 2400.0, "test"),),
        tools=(Tool("em6", "6 mm end mill", "flat", 6.0, 2, 22.0, "test"),),
        sheets=(SHEET,),
        bars=(BAR,),
        filaments=(PETG,),
        stock_sheets=(
            StockSheet("ply-12-full", "ply-12", FULL, Decimal("62"), None, "sheet", "x", (), "test"),
            StockSheet("ply-12-offcut", "ply-12", offcut, Decimal("5"), 1, "offcut", "x", (), "test"),
        ),
        stock_bars=(StockBar("spruce-2400", "spruce-40x60", 2400.0, Decimal("9.60"), None, "bar", "test"),),
        bought=(
            bought_row("ISO 4017", "M8x40", "bolt", 0.023, "0.21", 50),
            bought_row("ISO 4017", "M10x20", "bolt", 0.024, "0.30", 20),
            bought_row("wood glue", "D3", "bulk-kg", 1.0, "11.00"),
            bought_row("varnish", "exterior", "bulk-l", 0.9, "28.00"),
            bought_row("filament", "petg", "bulk-kg", 1.0, "23.00"),
        ),
        cutting=Cutting("em6", 2.0, 10.0, 3.0, 10.0),
        rates=rates(),
    )


def rates() -> Rates:
    return Rates(
        labour_h=Decimal("22"),
        machine_h=Decimal("18"),
        consumables=Decimal("5"),
        maintenance=Decimal("0.05"),
        reserve=Decimal("0.03"),
        currency="EUR",
    )


def panel(
    name: str, length: float, width: float, quantity: int, features: tuple[Feature, ...] = ()
) -> PartFacts:
    pattern = FlatPattern(Outline.rectangle(0, 0, length, width), features, 12.0, "x", HERE)
    return PartFacts(
        name=name,
        stock="ply-12",
        form="sheet",
        process="router",
        quantity=quantity,
        poses=(HERE,) * quantity,
        size=(length, width, 12.0),
        volume=length * width * 12,
        mass=length * width * 12 * 700e-9,
        center=(0, 0, 0),
        flat_pattern=pattern,
        length=None,
    )


def hole(diameter: float, kind: str = "drill", depth: float = 12.0, side: str = "top") -> Feature:
    region = Region(Outline.circle(50, 40, diameter))
    return Feature(kind, side, depth, region, depth >= 12.0)  # type: ignore[arg-type]


def rail() -> PartFacts:
    size = (700.0, 60.0, 40.0)
    return PartFacts(
        "rail", "spruce-40x60", "bar", "saw", 2, (HERE, HERE), size, 1.68e6, 0.8, (0, 0, 0), None, 700.0
    )


def knob() -> PartFacts:
    size = (40.0, 40.0, 20.0)
    return PartFacts(
        "knob", "petg", "print", "print", 2, (HERE, HERE), size, 2e4, 0.025, (0, 0, 0), None, None
    )


def facts() -> KitFacts:
    bolt, other = ("ISO 4017", "M8x40"), ("ISO 4017", "M10x20")
    return KitFacts(
        kit="box",
        parts=(panel("side", 600, 400, 2, (hole(8.0),)), panel("floor", 800, 600, 1), rail(), knob()),
        bought=(
            BoughtFacts(*other, (HERE,) * 4),
            BoughtFacts(*bolt, (HERE,) * 48),
            BoughtFacts(*bolt, (HERE,) * 4),
        ),
        bulk=(Bulk("wood glue", "D3", 0.2, "kg"), Bulk("wood glue", "D3", 0.1, "kg")),
        limits=(),
    )


def plan() -> CutPlan:
    """The floor fills the stored offcut; half of the opened sheet goes back as an offcut."""
    half = Outline.rectangle(1220, 0, 2440, 1220)
    sides = (Placement("box/side", 1, 0, 0, 0), Placement("box/side", 2, 0, 500, 0))
    layouts = (
        Layout("ply-12-offcut", (Placement("box/floor", 1, 0, 0, 0),), ()),
        Layout("ply-12-full", sides, (half,)),
    )
    nesting = Nesting("ply-12", layouts, (), 0.5, 1.5, 1.0, "test", False)
    bars = BarPlan(
        "spruce-40x60", (BarLayout("spruce-2400", (("box/rail", 700.0),) * 2, 977.0),), (), 1, True
    )
    return CutPlan((nesting,), (bars,))
