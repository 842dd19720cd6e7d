# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a run tells and gives."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from csmkit.build.graph import Task
from csmkit.build.store import Blob, Damaged, Store
from csmkit.errors import CsmError


@dataclass(frozen=True)
class Event:
    """What happened to a task.

    Args:
        kind: "cached" and "done" end well; a task that isn't cached has "started" before.
        task: its name.
        seconds: since it started; 0 for "started" and "cached".
        finished: tasks that are cached or done.
        total: tasks of this run.
    """

    kind: Literal["started", "done", "cached", "failed"]
    task: str
    seconds: float
    finished: int
    total: int


@dataclass(frozen=True)
class Result:
    """The files that a task gave, in the store."""

    task: Task
    files: Mapping[str, Blob]
    digest: str
    store: Store

    @property
    def names(self) -> list[str]:
        """File names, sorted."""
        return sorted(self.files)

    @property
    def hashes(self) -> dict[str, str]:
        """File name to SHA-256, as `publish` takes them."""
        return {name: blob.sha256 for name, blob in self.files.items()}

    def read(self, name: str) -> bytes:
        """The bytes of a file.

        Raises: KeyError: no such file. CsmError: it was damaged since the run.
        """
        try:
            return self.store.read(self.files[name].sha256)
        except Damaged:
            problem = f"{self.task.name}: {name} was damaged in the cache while it was in use"
            raise CsmError(problem, remedy="run again, it will be made anew") from None

    def json(self, name: str) -> Any:
        """The data of a JSON file."""
        return json.loads(self.read(name))
