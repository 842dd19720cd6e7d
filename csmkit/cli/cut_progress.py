# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a person sees while cuts are planned: a live table on a terminal, a line for each gain in a pipe."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from csmkit.export.cut.words import telling_gap

if TYPE_CHECKING:
    from rich.table import Table

    from csmkit.model import Nesting, NestInstance
    from csmkit.model.cut_order import CutOrder
    from csmkit.pipeline.cut_plan import Watcher

STOPPED = "stopped: the best plans so far are kept"


@contextmanager
def watching(order: CutOrder, time_limit_s: float, quiet: bool) -> Iterator[Watcher]:
    """A watcher of the search: nothing is shown if quiet."""
    if quiet:
        yield _Quiet()
    elif sys.stderr.isatty():
        with _Live(order, time_limit_s) as live:
            yield live
    else:
        yield _Lines()


class _Quiet:
    """Says nothing."""

    def begin(self, task: NestInstance) -> None:
        """Nothing."""

    def better(self, nesting: Nesting) -> None:
        """Nothing."""

    def done(self, nesting: Nesting) -> None:
        """Nothing."""

    def stopped(self, hurried: int) -> None:
        """One line: a program that reads the output should know."""
        click.echo(_stopped(hurried), err=True)


class _Lines(_Quiet):
    """A line for each better plan."""

    def __init__(self) -> None:
        self._since = 0.0

    def begin(self, task: NestInstance) -> None:
        """Start the good's clock."""
        self._since = time.monotonic()

    def better(self, nesting: Nesting) -> None:
        """Say what is best now."""
        click.echo(f"{nesting.sheet}: {_in_words(nesting)}, after {self._elapsed():.1f} s", err=True)

    def _elapsed(self) -> float:
        return time.monotonic() - self._since


@dataclass
class _Row:
    """One sheet good in the live table."""

    parts: int
    began: float | None = None
    ended: float | None = None
    best: Nesting | None = None

    @property
    def elapsed(self) -> float:
        """Seconds of search."""
        if self.began is None:
            return 0.0
        return (self.ended or time.monotonic()) - self.began


@dataclass
class _Live:
    """A table with a row for each sheet good, drawn anew four times a second."""

    order: CutOrder
    time_limit_s: float
    rows: dict[str, _Row] = field(init=False)
    is_stopped: bool = False

    def __post_init__(self) -> None:
        self.rows = {t.sheet: _Row(sum(i.quantity for i in t.items)) for t in self.order.sheets}

    def __enter__(self) -> _Live:
        from rich.console import Console
        from rich.live import Live

        self._live = Live(self, console=Console(stderr=True), transient=True)
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def begin(self, task: NestInstance) -> None:
        """Start the good's clock."""
        row = self.rows[task.sheet]
        row.began, row.ended = time.monotonic(), None

    def better(self, nesting: Nesting) -> None:
        """Show what is best now."""
        self.rows[nesting.sheet].best = nesting

    def done(self, nesting: Nesting) -> None:
        """Stop the good's clock."""
        self.rows[nesting.sheet].ended = time.monotonic()

    def stopped(self, hurried: int) -> None:
        """Say so above the table."""
        self.is_stopped = True
        for row in self.rows.values():
            row.ended = row.ended or time.monotonic()
        self._live.console.print(_stopped(hurried))

    def __rich__(self) -> Table:
        from rich.table import Table

        hint = "" if self.is_stopped else "Ctrl-C keeps the best so far"
        table = Table(box=None, pad_edge=False, caption=hint, caption_justify="left")
        for name in (
            "sheet good",
            "parts",
            "time",
            "opened",
            "needs, sheets",
            "no plan below",
            "above the best",
        ):
            table.add_column(name, justify="left" if name == "sheet good" else "right")
        for sheet, row in self.rows.items():
            clock = f"{row.elapsed:.0f} / {self.time_limit_s:g} s" if row.began else "…"
            table.add_row(sheet, str(row.parts), clock, *_cells(row.best))
        return table


def _cells(best: Nesting | None) -> tuple[str, str, str, str]:
    if best is None:
        return "", "", "", ""
    if best.unplaced:
        return "", f"parts left: {len(best.unplaced)}", "", ""
    bound = f"{best.lower_bound:.2f}"
    return str(len(best.layouts)), f"{best.equivalent_sheets:.3f}", bound, _gap(best)


def _in_words(best: Nesting) -> str:
    if best.unplaced:
        return f"parts without a place yet: {len(best.unplaced)}"
    opened = len(best.layouts)
    needs = f"needs {best.equivalent_sheets:.3f} sheets ({opened} opened)"
    if best.proven_optimal:
        return f"{needs}, proven: no plan needs less"
    gap = _gap(best)
    bound = f"no plan can need less than {best.lower_bound:.3f}"
    return f"{needs}, {bound}{gap and f': {gap} above the best'}"


def _gap(best: Nesting) -> str:
    """How far it may lie above the best; blank where the bound is too weak to tell."""
    if best.proven_optimal:
        return "0 %"
    gap = telling_gap(best.equivalent_sheets, best.lower_bound)
    return "" if gap is None else f"at most {gap} %"


def _stopped(hurried: int) -> str:
    if not hurried:
        return STOPPED
    goods = "one sheet good" if hurried == 1 else f"{hurried} sheet goods"
    return f"{STOPPED}; {goods} without a plan {'gets' if hurried == 1 else 'get'} a quick one"
