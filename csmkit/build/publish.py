# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Writing an output folder whole or not at all."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from csmkit.build.disk import one_clear_line, random_name, remove_tree
from csmkit.build.files import canonical, check_names, sha256
from csmkit.build.store import Damaged, Store
from csmkit.build.swap import swap_in
from csmkit.errors import CsmError

SUMS = "SHA256SUMS"
SYSTEM_FILES = {".DS_Store", "Thumbs.db", "desktop.ini"}  # file managers leave them in any folder

Stamp = list[int]
"""Size in bytes, mtime and ctime in ns."""

LINK: Stamp = [-1, -1, -1]


def publish(files: Mapping[str, str], folder: Path, store: Store) -> bool:
    """Make a folder hold exactly these files, and `SHA256SUMS` over them.

    The files are copied (an edit must not reach the store) into a folder beside it, which then takes its
    place in one step where the system can, so that at any moment the folder is the old or the new one.

    Args:
        files: relative path to the SHA-256 of its content in the store.
        folder: the parents are made. It may hold an earlier output, known by its `SHA256SUMS`, but no file
            that is not listed there.
    Returns: False if the folder held exactly these bytes already, and nothing was written.
    Raises: CsmError: the folder holds files that aren't ours, is full or can't be written to; a content was
        damaged in the store. ValueError: a path leads out of the folder, or is `SHA256SUMS`.
    """
    if SUMS in files:
        raise ValueError(f"{SUMS} is written by publish itself")
    check_names([*files, SUMS])
    sums = "".join(f"{digest}  {name}\n" for name, digest in sorted(files.items())).encode()
    wanted = {**files, SUMS: sha256(sums)}
    with one_clear_line(folder, "free some space or choose another folder with --out"):
        folder = folder.resolve()
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _alone_in(folder.parent) as is_alone:
            if is_alone:
                _remove_leftovers(folder)
            if _holds(folder, wanted, store):
                return False
            refuse_foreign(folder)
            with _temporary(folder) as new:
                _fill(new, files, store)
                (new / SUMS).write_bytes(sums)
                stamps = dict(_stamps(new))
                swap_in(new, folder)
            store.keep_note(_note(folder), [wanted, stamps])
    return True


@contextmanager
def _alone_in(parent: Path) -> Iterator[bool]:
    """Wait until no other build publishes into a folder; the lock ends with its process.

    Yields: False if this file system can't lock folders (some networks): two builds at once that publish to
        the same place may then fail, though neither leaves a mixture.
    """
    descriptor = os.open(parent, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


def _fill(new: Path, files: Mapping[str, str], store: Store) -> None:
    for above in sorted({(new / name).parent for name in files}):
        above.mkdir(parents=True, exist_ok=True)
    for name, digest in files.items():
        try:
            (new / name).write_bytes(store.read(digest))
        except Damaged:
            problem = f"the content of {name} was damaged in the cache"
            raise CsmError(problem, remedy="run again, it will be made anew") from None


def _holds(folder: Path, wanted: Mapping[str, str], store: Store) -> bool:
    """Whether the folder holds exactly these files; only those changed since the last look are read."""
    stamps = dict(_stamps(folder))
    if stamps.keys() != wanted.keys() or LINK in stamps.values():
        return False
    note = store.note(_note(folder))
    known, known_stamps = note if isinstance(note, list) else ({}, {})
    for name, digest in wanted.items():
        is_known = known.get(name) == digest and known_stamps.get(name) == stamps[name]
        if not is_known and sha256((folder / name).read_bytes()) != digest:
            return False
    if [known, known_stamps] != [wanted, stamps]:
        store.keep_note(_note(folder), [dict(wanted), stamps])
    return True


def refuse_foreign(folder: Path) -> None:
    """See that all files in the folder are ours to remove.

    Raises: CsmError: one isn't.
    """
    if folder.exists() and not folder.is_dir():
        raise CsmError(f"{folder} is a file", remedy="move it away or choose another folder with --out")
    present = {name for name, _ in _stamps(folder) if name.rpartition("/")[2] not in SYSTEM_FILES}
    ours = {SUMS}
    if SUMS in present:
        lines = (folder / SUMS).read_text(encoding="utf-8", errors="replace").splitlines()
        ours.update(line.partition("  ")[2] for line in lines)
    if foreign := sorted(present - ours):
        more = f" and {len(foreign) - 1} more" if len(foreign) > 1 else ""
        problem = f"{folder} holds {foreign[0]}{more}, not written by csmkit"
        raise CsmError(problem, remedy="move that elsewhere or choose another folder with --out")


def _stamps(folder: Path) -> Iterator[tuple[str, Stamp]]:
    """Every file below the folder; a link counts as a file and looks like none of ours."""
    waiting = [("", folder)]
    while waiting:
        above, path = waiting.pop()
        try:
            with os.scandir(path) as listing:
                entries = list(listing)
        except (FileNotFoundError, NotADirectoryError):
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                waiting.append((f"{above}{entry.name}/", Path(entry.path)))
            else:
                stat = entry.stat(follow_symlinks=False)
                is_link = entry.is_symlink()
                stamp = [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns]
                yield f"{above}{entry.name}", LINK if is_link else stamp


@contextmanager
def _temporary(folder: Path) -> Iterator[Path]:
    """A new folder beside a folder; gone afterwards, if it hasn't taken another name."""
    path = folder.with_name(f".{folder.name}.{random_name()}.tmp")
    path.mkdir()
    try:
        yield path
    finally:
        remove_tree(path)


def _remove_leftovers(folder: Path) -> None:
    """Remove what a killed build left beside a folder."""
    for path in folder.parent.glob(f".{_escaped(folder.name)}.*.tmp"):
        remove_tree(path)


def _escaped(name: str) -> str:
    return "".join(f"[{char}]" if char in "*?[" else char for char in name)


def _note(folder: Path) -> str:
    return f"published-{sha256(canonical(str(folder)))[:16]}"
