# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Tables for spreadsheet programs: bill of materials, shopping list, cut list, drill table.

UTF-8 without a byte-order mark, commas, lines end with LF (spreadsheet programs read it, and shell tools
need not strip a CR), decimal points, one header row with units, one row a line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from csmkit.export.bar_words import work_words
from csmkit.model import BomLine, Feature, KitFacts, PartFacts, Price, ShoppingLine, Step, TierPrice, Workshop

Cell = str | int | float | Decimal | bool

CUT_LIST = (
    "part",
    "quantity",
    "stock",
    "material",
    "thickness_mm",
    "length_mm",
    "width_mm",
    "grain",
    "area_m2",
    "mass_kg",
    "work",
    "steps",
)
DRILL_TABLE = ("part", "quantity", "feature", "x_mm", "y_mm", "diameter_mm", "depth_mm", "side", "through")

_FORMULA = ("=", "+", "-", "@")  # a text that begins so would be computed by a spreadsheet program


def bom_csv(lines: Iterable[BomLine], currency: str) -> bytes:
    """bom.csv: one row a line of the bill of materials."""
    header = [
        "class",
        "item",
        "title",
        "quantity",
        "unit",
        "stock",
        "size_mm",
        "mass_kg",
        f"price_{currency}",
    ]
    rows: list[list[Cell]] = [
        [
            ln.kind,
            ln.item,
            ln.title,
            ln.quantity,
            ln.unit,
            ln.stock,
            ln.size,
            round(ln.mass, 3),
            ln.price,
            ln.assumed,
        ]
        for ln in lines
    ]
    return csv_table([*header, "price_assumed"], rows)


def shopping_csv(lines: Iterable[ShoppingLine], currency: str) -> bytes:
    """shopping.csv: what to buy, in units that shops sell."""
    header = ["item", "title", "units", "unit", f"price_{currency}", "source"]
    return csv_table(header, [[ln.item, ln.title, ln.units, ln.unit, ln.price, ln.source] for ln in lines])


def price_csv(price: Price, tiers: Iterable[TierPrice]) -> bytes:
    """price.csv: the at-cost price line by line, with how it was computed, and what each tier costs."""
    header = ["line", f"amount_{price.currency}", "how"]
    rows: list[list[Cell]] = [[line.name, line.amount, line.how] for line in price.lines]
    rows.append(["at-cost price", price.total, "sum of the lines above"])
    for tier in tiers:
        given = f"{abs(tier.surplus)} {'above' if tier.surplus > 0 else 'below'} cost" if tier.surplus else ""
        rows.append([f"tier {tier.key}", tier.price, given])
    return csv_table(header, rows)


def cut_list_csv(facts: KitFacts, workshop: Workshop, steps: Sequence[Step] = ()) -> bytes:
    """cut-list.csv: every part that is cut from a sheet or a bar, with its blank's size.

    Grain says along which of the two sizes the face grain runs. Steps are the numbers (from 1) of the
    assembly's steps that add the part.
    """
    rows = [cut_row(part, workshop, steps) for part in facts.parts if part.is_cut and part.quantity]
    return csv_table(CUT_LIST, rows)


def drill_table_csv(facts: KitFacts) -> bytes:
    """drill-table.csv: every round hole of the flat parts.

    x and y are in the flat part's frame: seen from the top, lower left corner of its box at (0, 0), for holes
    from below too.
    """
    rows = [row for part in facts.parts if part.quantity for row in drill_rows(part)]
    return csv_table(DRILL_TABLE, rows)


def cut_row(part: PartFacts, workshop: Workshop, steps: Sequence[Step]) -> list[Cell]:
    """One part under the header `CUT_LIST`."""
    stock = workshop.sheet(part.stock) if part.form == "sheet" else workshop.bar(part.stock)
    length, width, thickness = part.size
    used = " ".join(str(n) for n, step in enumerate(steps, 1) if part.name in dict(step.adds))
    area = length * width / 1e6 if part.form == "sheet" else 0.0
    return [
        part.name,
        part.quantity,
        stock.key,
        stock.material.title,
        round(thickness, 2),
        round(length, 2),
        round(width, 2),
        grain_along(part),
        round(area, 4),
        round(part.mass, 3),
        work_words(part.work),
        used,
    ]


def grain_along(part: PartFacts) -> str:
    """Along which size of a part the face grain runs: "length", "width", or "" without grain."""
    if part.form == "bar":
        return "length"
    if part.flat_pattern is None or part.flat_pattern.grain is None:
        return ""
    along = part.flat_pattern.size[0 if part.flat_pattern.grain == "x" else 1]
    length, width, _ = part.size
    return "length" if abs(along - length) <= abs(along - width) else "width"


def drill_rows(part: PartFacts) -> list[list[Cell]]:
    """The round holes of a part under the header `DRILL_TABLE`."""
    if part.flat_pattern is None:
        return []
    holes = [(f, c) for f in part.flat_pattern.features if (c := _round_hole(f)) is not None]
    holes.sort(key=lambda h: (h[0].side != "top", round(h[1][2], 3), h[0].depth, h[1]))
    return [
        [
            part.name,
            part.quantity,
            f"D{number}",
            round(x, 3),
            round(y, 3),
            round(diameter, 3),
            round(feature.depth, 3),
            feature.side,
            feature.through,
        ]
        for number, (feature, (x, y, diameter)) in enumerate(holes, 1)
    ]


def _round_hole(feature: Feature) -> tuple[float, float, float] | None:
    return None if feature.region.islands else feature.region.outline.circle_of


def csv_table(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A table as bytes; texts that a spreadsheet program would compute are quoted."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _cell(value: Cell) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int | float):
        text = f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
        return "0" if text == "-0" else text
    line = " ".join(value.split())
    return f"'{line}" if line.startswith(_FORMULA) else line
