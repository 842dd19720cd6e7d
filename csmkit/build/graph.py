# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Tasks and the order in which they can run."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from csmkit.build.files import Files, canonical, check_names


@dataclass(frozen=True, eq=False)
class Task:
    """A pure function, its parameters and where its input files come from.

    Args:
        name: for people: progress and error messages; not part of the key.
        function: "csmkit.pipeline.parts:write_step"; called as `f(**params, **inputs)` in a worker.
        params: plain data (what JSON can hold); copied, so that later changes don't reach the task.
        inputs: keyword argument to a task (all its files), some files of a task, or literal files.
        modules: modules that the function loads by name (a design's imports, say); they count for the
            key as if the function's module imported them.
    Raises: TypeError, ValueError: parameters aren't plain data, or one keyword is given twice.
    """

    name: str
    function: str
    params: Mapping[str, object] = field(default_factory=dict)
    inputs: Mapping[str, Source] = field(default_factory=dict)
    modules: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        module, colon, qualname = self.function.partition(":")
        if not (module and colon and qualname):
            raise ValueError(f"{self.name}: function {self.function!r} is not module:name")
        if twice := self.params.keys() & self.inputs.keys():
            raise ValueError(f"{self.name}: {', '.join(sorted(twice))} is both a parameter and an input")
        for source in self.inputs.values():
            if isinstance(source, dict):
                check_names(source)
        object.__setattr__(self, "params", json.loads(canonical(dict(self.params))))
        object.__setattr__(self, "inputs", dict(self.inputs))

    @property
    def module(self) -> str:
        """The module of the function."""
        return self.function.partition(":")[0]

    def pick(self, *patterns: str) -> Pick:
        """Some of the files that this task gives, so that a change in the others doesn't matter.

        Args:
            patterns: file names; `*` and `?` match as in a shell, "/" included.
        """
        return Pick(self, patterns)

    def needs(self) -> Iterator[Task]:
        """The tasks whose results are inputs."""
        for source in self.inputs.values():
            if isinstance(source, Pick):
                yield source.task
            elif isinstance(source, Task):
                yield source


@dataclass(frozen=True)
class Pick:
    """Some files of a task's result."""

    task: Task
    patterns: tuple[str, ...]

    def names(self, available: Collection[str]) -> list[str]:
        """The names that match, sorted.

        Raises: LookupError: a pattern without wildcards names a file that isn't there.
        """
        found = {pattern for pattern in self.patterns if pattern in available}
        for pattern in set(self.patterns) - found:
            if not any(char in pattern for char in "*?["):
                raise LookupError(f"{self.task.name} gives no file {pattern!r}")
            found.update(name for name in available if fnmatchcase(name, pattern))
        return sorted(found)


Source = Task | Pick | Files
"""Where the files of an input come from."""


def in_order(tasks: Sequence[Task]) -> list[Task]:
    """The tasks and all that they need, each once, each after those that it needs."""
    done: dict[Task, None] = {}
    stack = [(task, False) for task in reversed(tasks)]
    while stack:
        task, needs_done = stack.pop()
        if task in done:
            continue
        if needs_done:
            done[task] = None
        else:
            stack.append((task, True))
            stack.extend((need, False) for need in reversed(list(task.needs())))
    return list(done)
