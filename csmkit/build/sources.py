# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Which of our files a function's module can reach by import, found without importing it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from csmkit.build.files import canonical, sha256

Import = tuple[int, str, tuple[str, ...]]
"""Dots, module, names (originals and aliases): `from ..a import b as c` is (2, "a", ("b", "c"))."""


@dataclass(frozen=True)
class Closure:
    """All that a set of modules reaches.

    Args:
        digest: of the paths and bytes of every source and data file.
        imports: top-level names that are neither ours nor the standard library's.
        files: the files, with the size and mtime in ns that they had when they were read.
    """

    digest: str
    imports: frozenset[str]
    files: Mapping[Path, tuple[int, int]]

    def is_unchanged(self) -> bool:
        """Whether the files still look as they did when they were read."""
        try:
            return all(_stamp(os.stat(path)) == stamp for path, stamp in self.files.items())
        except FileNotFoundError:
            return False


@dataclass(frozen=True)
class _File:
    path: Path
    sha256: str
    stamp: tuple[int, int]
    data: bytes


class Sources:
    """The sources of our packages as they are now; each file is read once.

    Args:
        packages: top-level package to its folder: {"csmkit": Path("…/csmkit")}.
        imports: SHA-256 of a source to its imports, as an earlier run learned them; grows.
    """

    def __init__(self, packages: Mapping[str, Path], imports: dict[str, list[Import]] | None = None) -> None:
        self.imports = {} if imports is None else imports
        self.used: set[str] = set()
        self._packages = dict(packages)
        self._files: dict[Path, _File] = {}
        self._listings: dict[Path, dict[str, bool]] = {}
        self._closures: dict[tuple[str, ...], Closure] = {}

    def closure(self, modules: Iterable[str]) -> Closure:
        """What the modules reach, directly and through others.

        An import anywhere in a file counts, also within functions and under TYPE_CHECKING. A package that
        is only on the way to a module counts with its own text, not with what it imports: packages
        re-export and do nothing else. Files that aren't Python count with the modules beside them, and so
        do folders beside them that aren't packages.

        Args:
            modules: absolute names; those outside our packages land in `imports`.
        """
        asked = tuple(sorted(set(modules)))
        if asked not in self._closures:
            self._closures[asked] = self._reach(asked)
        return self._closures[asked]

    def holds(self, module: str) -> bool:
        """Whether the module's source is in our packages."""
        return self._find(module) is not None

    def _reach(self, modules: tuple[str, ...]) -> Closure:
        files: dict[Path, _File] = {}
        outside: set[str] = set()
        folders: set[Path] = set()
        seen: set[str] = set()
        waiting = list(modules)
        while waiting:
            module = waiting.pop()
            if module in seen:
                continue
            seen.add(module)
            if module.partition(".")[0] not in self._packages:
                outside.add(module.partition(".")[0])
                continue
            path = self._find(module)
            if path is None:
                continue
            folders.add(path.parent)
            for source in (path, *self._packages_above(module)):
                files[source] = self._read(source)
            waiting.extend(self._imported(module, path))
        for folder in folders:
            files.update((path, self._read(path)) for path in self._data_in(folder))
        listed = sorted((self._name(path), file.sha256) for path, file in files.items())
        return Closure(
            digest=sha256(canonical(listed)),
            imports=frozenset(outside - sys.stdlib_module_names),
            files={path: file.stamp for path, file in files.items()},
        )

    def _imported(self, module: str, path: Path) -> Iterable[str]:
        """Absolute names of the modules that a module imports."""
        package = module if path.name == "__init__.py" else module.rpartition(".")[0]
        for dots, name, names in self._imports_of(path):
            target = name
            if dots:
                above = package.split(".")[: len(package.split(".")) - dots + 1]
                target = ".".join([*above, name] if name else above)
            modules = {n for n in names if self._find(f"{target}.{n}")} if names else set()
            yield from (f"{target}.{n}" for n in modules)
            if not names or not modules.issuperset(names) or self._binds(target, modules):
                yield target

    def _binds(self, package: str, names: set[str]) -> bool:
        """Whether a package itself imports one of the names, so that they may mean something else."""
        path = self._find(package)
        return path is None or any(names.intersection(n) for _, _, n in self._imports_of(path))

    def _imports_of(self, path: Path) -> list[Import]:
        file = self._read(path)
        self.used.add(file.sha256)
        if file.sha256 not in self.imports:
            self.imports[file.sha256] = _parse_imports(file.data)
        return self.imports[file.sha256]

    def _find(self, module: str) -> Path | None:
        top, *rest = module.split(".")
        if top not in self._packages:
            return None
        folder = self._packages[top].joinpath(*rest)
        if rest and f"{rest[-1]}.py" in self._listing(folder.parent):
            beside = folder.with_name(f"{rest[-1]}.py")
        else:
            beside = None
        return folder / "__init__.py" if "__init__.py" in self._listing(folder) else beside

    def _packages_above(self, module: str) -> Iterable[Path]:
        while module := module.rpartition(".")[0]:
            path = self._find(module)
            if path is not None:
                yield path

    def _data_in(self, folder: Path) -> Iterable[Path]:
        for name, is_folder in self._listing(folder).items():
            if name.startswith((".", "__pycache__")) or name.endswith("~"):
                continue
            if not is_folder and not name.endswith((".py", ".pyc", ".pyi")):
                yield folder / name
            elif is_folder and "__init__.py" not in self._listing(folder / name):
                yield from self._all_in(folder / name)

    def _all_in(self, folder: Path) -> Iterable[Path]:
        for name, is_folder in self._listing(folder).items():
            if name.startswith((".", "__pycache__")) or name.endswith(("~", ".pyc")):
                continue
            if is_folder:
                yield from self._all_in(folder / name)
            else:
                yield folder / name

    def _listing(self, folder: Path) -> dict[str, bool]:
        """Names in a folder, and whether each is a folder; none if there is no such folder."""
        if folder not in self._listings:
            try:
                with os.scandir(folder) as entries:
                    self._listings[folder] = {entry.name: entry.is_dir() for entry in entries}
            except (FileNotFoundError, NotADirectoryError):
                self._listings[folder] = {}
        return self._listings[folder]

    def _read(self, path: Path) -> _File:
        if path not in self._files:
            with path.open("rb") as stream:
                stamp = _stamp(os.fstat(stream.fileno()))
                data = stream.read()
            self._files[path] = _File(path, sha256(data), stamp, data)
        return self._files[path]

    def _name(self, path: Path) -> str:
        """The path below the folder that holds its package: no path of the machine enters a key."""
        for package, folder in self._packages.items():
            if path.is_relative_to(folder):
                return f"{package}/{path.relative_to(folder).as_posix()}"
        raise LookupError(f"{path.name} is in none of our packages")


def imported_modules(source: bytes) -> tuple[str, ...]:
    """Absolute names that a source may import, for the `modules` of a task that runs it.

    Returns: "csmkit", "csmkit.Part", "build123d", … sorted; names that aren't modules do no harm. Relative
        imports are left out; so is everything if the source can't be parsed (its task will say so).
    """
    absolute = [(name, names) for dots, name, names in _parse_imports(source) if not dots]
    return tuple(
        sorted({name for name, _ in absolute} | {f"{name}.{n}" for name, ns in absolute for n in ns})
    )


def _parse_imports(source: bytes) -> list[Import]:
    import ast  # only when a source is new: parsing is the slow part

    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):  # whoever runs it reports that with its line
        return []
    found: set[Import] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update((0, alias.name, ()) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names = {name for alias in node.names for name in (alias.name, alias.asname) if name}
            found.add((node.level, node.module or "", tuple(sorted(names))))
    return sorted(found)


def _stamp(stat: os.stat_result) -> tuple[int, int]:
    return stat.st_size, stat.st_mtime_ns
