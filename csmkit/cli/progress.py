# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a person sees while tasks run: a bar on a terminal, nothing in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from csmkit.build import Builder, Code, Event, Store

if TYPE_CHECKING:
    from rich.progress import Progress

DISTRIBUTIONS = {"OCP": "cadquery-ocp"}  # import names that are not those of their packages


@contextmanager
def building(cache: Path, jobs: int | None, quiet: bool, timeout_s: float) -> Iterator[Builder]:
    """A builder over the cache folder, with a progress display unless quiet."""
    display = _Display(is_shown=not quiet and sys.stderr.isatty())
    store = Store(cache)
    code = Code(distributions=DISTRIBUTIONS)
    with Builder(store, jobs=jobs, on_event=display, code=code, timeout_s=timeout_s) as builder:
        try:
            yield builder
        finally:
            display.stop()
            for warning in store.warnings:
                click.echo(f"warning: {warning}", err=True)


class _Display:
    """Shows the first task that really runs; an up-to-date build shows nothing and loads nothing."""

    def __init__(self, is_shown: bool) -> None:
        self.is_shown = is_shown
        self._progress: Progress | None = None
        self._bar: Any = None
        self._running: dict[str, None] = {}

    def __call__(self, event: Event) -> None:
        if not self.is_shown or (event.kind == "cached" and self._progress is None):
            return
        if event.kind == "started":
            self._running[event.task] = None
        else:
            self._running.pop(event.task, None)
        progress = self._started()
        doing = ", ".join(self._running) or "…"
        progress.update(self._bar, completed=event.finished, total=event.total, description=doing[:70])

    def stop(self) -> None:
        """Take the display away."""
        if self._progress is not None:
            self._progress.stop()

    def _started(self) -> Progress:
        if self._progress is None:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

            columns = (
                BarColumn(24),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                TextColumn("{task.description}"),
            )
            self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar = self._progress.add_task("")
            self._progress.start()
        return self._progress
