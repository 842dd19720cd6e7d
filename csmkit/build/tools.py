# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Versions of the installed distributions, read without importing them."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path


class Tools:
    """The distributions that can be imported, by name.

    A listing of the import folders gives names and versions; `importlib.metadata` would read every
    distribution's file list to say which of them brings a module.

    Args:
        distributions: import name to distribution name, where they differ: {"OCP": "cadquery-ocp"}.
        folders: import folders, first wins; those of this interpreter if not given.
    """

    def __init__(
        self, distributions: Mapping[str, str] | None = None, folders: Sequence[str] | None = None
    ) -> None:
        self._distributions = dict(distributions or {})
        self._infos: dict[str, tuple[str, Path]] = {}
        self._requirements: dict[str, tuple[str, ...]] = {}
        for folder in sys.path if folders is None else folders:
            for info in _infos(folder or "."):
                name, _, version = info.stem.partition("-")
                self._infos.setdefault(_normal(name), (version, info))

    def versions(self, imports: Iterable[str]) -> list[str]:
        """What the given modules and all that they require are installed as.

        Args:
            imports: top-level import names: {"numpy", "OCP"}.
        Returns: "numpy==2.5.5", …, sorted. A name that no distribution carries brings in every installed
            distribution: better to run a task once too often than to miss a change.
        """
        found: set[str] = set()
        waiting: list[str] = []
        for name in imports:
            distribution = _normal(self._distributions.get(name, name))
            waiting.extend([distribution] if distribution in self._infos else self._infos)
        while waiting:
            name = waiting.pop()
            if name not in found and name in self._infos:
                found.add(name)
                waiting.extend(self._required_by(name))
        return sorted(f"{name}=={self._infos[name][0]}" for name in found)

    def _required_by(self, name: str) -> tuple[str, ...]:
        if name not in self._requirements:
            self._requirements[name] = _requirements(self._infos[name][1])
        return self._requirements[name]


def _infos(folder: str) -> list[Path]:
    try:
        names = sorted(os.listdir(folder))
    except OSError:  # sys.path may name zip files and folders that don't exist
        return []
    return [Path(folder, name) for name in names if name.endswith(".dist-info")]


def _requirements(info: Path) -> tuple[str, ...]:
    """Names that the distribution requires, whatever their markers; those of its extras left out."""
    names = []
    with (info / "METADATA").open(encoding="utf-8") as lines:
        for line in lines:
            if not line.strip():  # the description begins
                break
            found = re.match(r"Requires-Dist:\s*([\w.-]+)", line)
            if found and not re.search(r"\bextra\s*==", line):
                names.append(_normal(found[1]))
    return tuple(names)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
