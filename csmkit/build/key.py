# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The key of a task: two tasks with one key give the same files."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from csmkit.build.files import canonical, sha256
from csmkit.build.graph import Task
from csmkit.build.sources import Import, Sources
from csmkit.build.tools import Tools

FORMAT = 1  # raise it when the meaning of a key or of a stored result changes


class Code:
    """The code that tasks run: our sources and the installed distributions, as they are now.

    Args:
        packages: top-level package to folder, of which the sources count; csmkit alone if not given.
        distributions: import name to distribution name where they differ, see `Tools`.
        imports: what an earlier run learned, see `Sources`.
    """

    def __init__(
        self,
        packages: Mapping[str, Path] | None = None,
        distributions: Mapping[str, str] | None = None,
        imports: dict[str, list[Import]] | None = None,
    ) -> None:
        self._packages = packages or {"csmkit": Path(__file__).parents[1]}
        self.sources = Sources(self._packages, imports)
        self._tools = Tools(distributions)
        self._digests: dict[str, str] = {}

    def digest(self, task: Task) -> str:
        """Digest of all code that the task's function can reach, with the versions of what it calls.

        Raises: LookupError: the module of the function is in none of the packages.
        """
        closure = self.sources.closure(self._modules(task))
        asked = sha256(canonical([closure.digest, sorted(closure.imports)]))
        if asked not in self._digests:
            versions = self._tools.versions(closure.imports)
            self._digests[asked] = sha256(canonical([closure.digest, versions, platform()]))
        return self._digests[asked]

    def is_unchanged(self, task: Task) -> bool:
        """Whether the sources that the task can reach still look as they did when its key was made."""
        return self.sources.closure(self._modules(task)).is_unchanged()

    def _modules(self, task: Task) -> tuple[str, ...]:
        if not self.sources.holds(task.module):
            raise LookupError(f"{task.name}: no source for the module of {task.function}")
        return (task.module, *task.modules)


def platform() -> str:
    """The interpreter and the machine's kind: "cpython-3.13.0-linux-x86_64"."""
    version = ".".join(map(str, sys.version_info[:3]))
    machine = os.uname().machine if hasattr(os, "uname") else os.environ.get("PROCESSOR_ARCHITECTURE", "")
    return f"{sys.implementation.name}-{version}-{sys.platform}-{machine}"


def key(task: Task, inputs: Mapping[str, str], code: Code) -> str:
    """SHA-256 over everything that a task's result depends on.

    Args:
        task: of which the function, the parameters and the names of the inputs count; not its own name.
        inputs: input to the content digest of its files. Since that digest says nothing of how the files
            came about, a change that gives the same files stops there.
        code: the code as it is now.
    Returns: 64 hex digits.
    """
    return sha256(canonical([FORMAT, task.function, task.params, dict(inputs), code.digest(task)]))
