# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A saw plan as a table: one row a cut, in the order of the work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from csmkit.export.csv_tables import Cell, csv_table
from csmkit.export.saw_steps import Outcome, Rectangle, SawStep, is_same, saw_steps
from csmkit.model.cutting import CutItem, Layout, Nesting

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


def saw_csv(nesting: Nesting, items: Mapping[str, CutItem], kerf: float) -> bytes:
    """All cuts of all sheets.

    A piece is what goes onto the saw, its size in x and y as it lies in the pictures; `piece_from_cut` is the
    cut that made it, 0 for the whole sheet. The fence stands that far from the blade; of a trim, it is what
    the trim takes off with the blade.

    Args:
        nesting: a saw plan.
        items: what the placements name.
        kerf: mm that each cut takes.
    """
    rows: list[list[Cell]] = []
    for number, layout in enumerate(nesting.layouts, start=1):
        rows += [[number, layout.stock, *row.values()] for row in saw_rows(layout, items, kerf)]
    return csv_table(HEADER, rows)


def saw_rows(layout: Layout, items: Mapping[str, CutItem], kerf: float) -> list[dict[str, Cell]]:
    """The cuts of one sheet, each by the names of `HEADER` from "stage" on."""
    steps = saw_steps(layout, items, kerf)
    return [dict(zip(HEADER[2:], _row(step, steps, items), strict=True)) for step in steps]


def _row(step: SawStep, steps: tuple[SawStep, ...], items: Mapping[str, CutItem]) -> Iterator[Cell]:
    x0, y0, x1, y1 = step.cut.piece
    yield from (step.cut.stage, step.cut.number, _maker(step.cut.piece, steps))
    yield from (round(x1 - x0, 2), round(y1 - y0, 2))
    yield "left" if step.cut.axis == "x" else "lower"
    yield round(step.measure, 2)
    yield "trim" if step.is_trim else _words(step.off, items)
    yield _words(step.rest, items)


def _maker(piece: Rectangle, steps: tuple[SawStep, ...]) -> int:
    """Number of the cut that a piece came from."""
    for step in steps:
        if any(o is not None and is_same(o.box, piece) for o in (step.off, step.rest)):
            return step.cut.number
    return 0


def _words(outcome: Outcome | None, items: Mapping[str, CutItem]) -> str:
    if outcome is None:
        return ""
    x, y = (f"{v:.1f}".removesuffix(".0") for v in outcome.size)
    if outcome.placement is not None:
        return f"{items[outcome.placement.item].part} {outcome.placement.copy}: {x} × {y}"
    return f"{outcome.kind} {x} × {y}"
