# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A saw plan as a table: one row a cut, in the order of the work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from csmkit.export.csv_tables import Cell, csv_table
from csmkit.export.saw.marks import mm
from csmkit.export.saw.steps import Outcome, Rectangle, SawStep, is_same, saw_steps
from csmkit.model.cutting import CutItem, Layout, Nesting
from csmkit.model.stock import StockSheet

HEADER = (
    "sheet",
    "stock",
    "stage",
    "cut",
    "piece_from_cut",
    "piece_x_mm",
    "piece_y_mm",
    "edge_on_fence",
    "fence_mm",
    "comes_off",
    "remains",
)


def saw_csv(
    nesting: Nesting, items: Mapping[str, CutItem], stocks: Mapping[str, StockSheet], kerf: float
) -> bytes:
    """All cuts of all sheets.

    A piece is what goes onto the saw, its size in x and y as it lies in the pictures, blank where it is no
    rectangle; `piece_from_cut` is the cut that made it, 0 for the whole sheet. The fence stands that far from
    the blade, the named edge of the piece on it: of a trim the edge opposite to the trimmed one, so that it
    measures what remains.

    Args:
        nesting: a saw plan.
        items: what the placements name.
        stocks: what the layouts name.
        kerf: mm that each cut takes.
    """
    rows: list[list[Cell]] = []
    for number, layout in enumerate(nesting.layouts, start=1):
        told = saw_rows(layout, items, stocks[layout.stock], kerf)
        rows += [[number, layout.stock, *row.values()] for row in told]
    return csv_table(HEADER, rows)


def saw_rows(
    layout: Layout, items: Mapping[str, CutItem], stock: StockSheet, kerf: float
) -> list[dict[str, Cell]]:
    """The cuts of one sheet, each by the names of `HEADER` from "stage" on."""
    steps = saw_steps(layout, items, stock, kerf)
    return [dict(zip(HEADER[2:], _row(step, steps, items), strict=True)) for step in steps]


def _row(step: SawStep, steps: tuple[SawStep, ...], items: Mapping[str, CutItem]) -> Iterator[Cell]:
    x0, y0, x1, y1 = step.cut.piece
    yield from (step.cut.stage, step.cut.number, _maker(step.cut.piece, steps))
    yield from (round(x1 - x0, 2), round(y1 - y0, 2)) if step.is_whole else ("", "")
    yield step.edge
    yield round(step.fence, 2)
    yield _trim(step) if step.is_trim else _words(step.off, items)
    yield _words(step.rest, items)


def _maker(piece: Rectangle, steps: tuple[SawStep, ...]) -> int:
    """Number of the cut that a piece came from."""
    for step in steps:
        if any(o is not None and is_same(o.box, piece) for o in (step.off, step.rest)):
            return step.cut.number
    return 0


def _trim(step: SawStep) -> str:
    """What a trim takes; no figure where the piece's edge isn't straight."""
    edge = "left" if step.cut.axis == "x" else "lower"
    if not step.is_whole:
        return f"trim: the {edge} edge"
    return f"trim: {mm(step.takes)} off the {edge} edge, blade included"


def _words(outcome: Outcome | None, items: Mapping[str, CutItem]) -> str:
    if outcome is None:
        return ""
    size = " × ".join(mm(v) for v in outcome.size)
    if outcome.placement is not None:
        return f"{items[outcome.placement.item].part} {outcome.placement.copy}: {size}"
    name = f"{outcome.kind} {size}" if outcome.is_box else f"{outcome.kind} that is no rectangle"
    offcuts = " and ".join(f"{mm(x1 - x0)} × {mm(y1 - y0)}" for x0, y0, x1, y1 in outcome.holds)
    return f"{name}; in it offcut {offcuts}" if offcuts else name
