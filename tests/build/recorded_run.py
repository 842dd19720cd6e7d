# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A builder that remembers what it did."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path

from csmkit.build import Builder, Code, Event, Store


class Run:
    """A builder over the package with a fresh view of its sources, and what it told."""

    def __init__(self, store: Path, demo: Path, executor: Callable[[], Executor], jobs: int = 2) -> None:
        self.events: list[Event] = []
        self.builder = Builder(
            Store(store),
            executor=executor,
            jobs=jobs,
            on_event=self.events.append,
            code=Code({"demo": demo}),
        )

    def names(self, kind: str) -> list[str]:
        return sorted(event.task for event in self.events if event.kind == kind)
