# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Which of our files a function's module can reach by import, found without importing it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from csmkit.build.files import canonical, sha256

Import = tuple[int, str, tuple[tuple[str, str], ...]]
"""Dots, module, names there and here: `from ..a import b as c` is (2, "a", (("b", "c"),))."""


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


@dataclass(frozen=True)
class _Reached:
    """A module, and whether it counts with what it imports and the data beside it, or its text alone."""

    module: str
    is_followed: bool = True


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
        self._found: dict[str, Path | None] = {}

    def closure(self, modules: Iterable[str]) -> Closure:
        """What the modules reach, directly and through others.

        An import anywhere in a file counts, also within functions and under TYPE_CHECKING. Packages
        re-export and do nothing else: one that is on the way to a module or to a name that it imports
        counts with its own text, not with all that it imports. Files that aren't Python count with the
        modules beside them, and so do folders beside them that aren't packages.

        Args:
            modules: absolute names of modules, or of names in them ("csmkit.Part"); those outside our
                packages land in `imports`.
        """
        asked = tuple(sorted(set(modules)))
        if asked not in self._closures:
            self._closures[asked] = self._reach(asked)
        return self._closures[asked]

    def holds(self, module: str) -> bool:
        """Whether the module's source is in our packages."""
        return self._find(module) is not None

    def _reach(self, asked: tuple[str, ...]) -> Closure:
        files: dict[Path, _File] = {}
        outside: set[str] = set()
        folders: set[Path] = set()
        seen: set[_Reached] = set()
        waiting = [reached for name in asked for reached in self._asked(name)]
        while waiting:
            reached = waiting.pop()
            if reached in seen:
                continue
            seen.add(reached)
            path = self._find(reached.module)
            if reached.module.partition(".")[0] not in self._packages:
                outside.add(reached.module.partition(".")[0])
            if path is None:
                continue
            for source in (path, *self._packages_above(reached.module)):
                files[source] = self._read(source)
            if reached.is_followed:
                folders.add(path.parent)
                waiting.extend(self._imported(reached.module, path))
        for folder in folders:
            files.update((path, self._read(path)) for path in self._data_in(folder))
        listed = sorted((self._name(path), file.sha256) for path, file in files.items())
        return Closure(
            digest=sha256(canonical(listed)),
            imports=frozenset(outside - sys.stdlib_module_names),
            files={path: file.stamp for path, file in files.items()},
        )

    def _asked(self, name: str) -> Iterator[_Reached]:
        module, _, last = name.rpartition(".")
        if module and self._find(name) is None:
            return self._named(module, last)
        return iter([_Reached(name)])

    def _imported(self, module: str, path: Path) -> Iterator[_Reached]:
        """What a module imports."""
        for dots, name, names in self._imports_of(path):
            target = _absolute(module, path, dots, name)
            if not names:
                yield _Reached(target)
            for there, _ in names:
                yield from self._named(target, there)

    def _named(
        self, module: str, name: str, asked: frozenset[tuple[str, str]] = frozenset()
    ) -> Iterator[_Reached]:
        """What `from module import name` reaches; through a package, what that imports the name from."""
        path = self._find(module)
        inner = _Reached(f"{module}.{name}")
        is_module = path is not None and self._find(inner.module) is not None
        if is_module:
            yield inner
        is_new_package = path is not None and path.name == "__init__.py" and (module, name) not in asked
        origins = list(self._origins(module, path, name)) if path and is_new_package else []
        for origin, there in origins:
            yield from self._named(origin, there, asked | {(module, name)})
        if origins or not is_module:
            yield _Reached(module, is_followed=not origins)

    def _origins(self, package: str, path: Path, name: str) -> Iterator[tuple[str, str]]:
        """The module and the name there, of each import that gives a package a name."""
        for dots, module, names in self._imports_of(path):
            for there, here in names:
                if here == name:
                    yield _absolute(package, path, dots, module), there

    def imported_by(self, sources: Iterable[bytes]) -> tuple[str, ...]:
        """What sources from elsewhere may import, for the `modules` of a task that runs them.

        Returns: "csmkit.Part", "build123d", "build123d.Box", … sorted. Relative imports are left out; so is
            everything of a source that can't be parsed (its task will say so).
        """
        found: set[str] = set()
        for source in sources:
            for dots, module, names in self._learned(sha256(source), source):
                if not dots:
                    found.update([f"{module}.{there}" for there, _ in names] or [module])
        return tuple(sorted(found))

    def _imports_of(self, path: Path) -> list[Import]:
        file = self._read(path)
        return self._learned(file.sha256, file.data)

    def _learned(self, digest: str, data: bytes) -> list[Import]:
        self.used.add(digest)
        if digest not in self.imports:
            self.imports[digest] = _parse_imports(data)
        return self.imports[digest]

    def _find(self, module: str) -> Path | None:
        if module not in self._found:
            self._found[module] = self._look_for(module)
        return self._found[module]

    def _look_for(self, module: str) -> Path | None:
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
            names = tuple((alias.name, alias.asname or alias.name) for alias in node.names)
            found.add((node.level, node.module or "", names))
    return sorted(found)


def _absolute(module: str, path: Path, dots: int, name: str) -> str:
    """The absolute name of what a module names with leading dots."""
    if not dots:
        return name
    package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
    above = package[: len(package) - dots + 1]
    return ".".join([*above, name] if name else above)


def _stamp(stat: os.stat_result) -> tuple[int, int]:
    return stat.st_size, stat.st_mtime_ns
