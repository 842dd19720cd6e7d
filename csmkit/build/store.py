# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Results on disk, found by key and checked by content."""

from __future__ import annotations

import errno
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from csmkit.build.disk import one_clear_line, random_name
from csmkit.build.files import Files, canonical, content_digest, sha256

NO_LINKS = {errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}
LEFTOVER_S = 86400  # a temporary file or an unreferenced blob as old as a day belongs to no running build


class Damaged(Exception):
    """A stored blob is missing or isn't what it was; it has been removed, and its task must run again."""


@dataclass(frozen=True)
class Blob:
    """A file's content in the store: its SHA-256, and its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Entry:
    """The files that a task with a certain key gave."""

    key: str
    files: Mapping[str, Blob]

    @cached_property
    def digest(self) -> str:
        """Digest of the names and contents."""
        return content_digest({name: blob.sha256 for name, blob in self.files.items()})


class Store:
    """A folder of results: `objects/` holds contents by SHA-256, `results/` says which key gave which.

    Every file is written beside its place and renamed into it, so that a reader, another build or a kill at
    any moment sees a whole file or none. What a power cut leaves is noticed by its size or hash.

    Args:
        root: made when first written to.
    Raises (all methods that write): CsmError: the folder is full or can't be written to.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.warnings: list[str] = []
        self._is_ready = False

    def find(self, key: str) -> Entry | None:
        """The result for a key, if it is there and its blobs have the right sizes.

        A damaged one is removed, with a line in `warnings`.
        """
        path = self._result(key)
        with self._clearly():
            entry = self._load_entry(path, key)
            if entry is not None and not all(self._has(blob) for blob in entry.files.values()):
                self._forget(path, f"result {key[:12]} has lost a file")
                return None
        if entry is not None:
            with suppress(OSError):  # the time of the last use is only a hint to prune
                os.utime(path)
        return entry

    def read(self, digest: str) -> bytes:
        """The bytes of a content, checked by their hash.

        Args:
            digest: their SHA-256.

        Raises: Damaged: they are missing or wrong; they have been removed.
        """
        path = self._object(digest)
        with self._clearly():
            try:
                data = path.read_bytes()
            except FileNotFoundError:
                raise Damaged(digest) from None
            if sha256(data) != digest:
                self._forget(path, f"object {digest[:12]} is damaged")
                raise Damaged(digest)
        return data

    def is_whole(self, entry: Entry) -> bool:
        """Whether every file of a result reads back as it was written; what doesn't is removed."""
        try:
            for blob in entry.files.values():
                self.read(blob.sha256)
        except Damaged:
            return False
        return True

    def record(self, key: str, files: Files) -> Entry:
        """Keep a task's result.

        Returns: the result for this key; not this one if another build was first, so that both agree.
        """
        with self._writing():
            blobs = {name: self._put(data) for name, data in sorted(files.items())}
            path = self._result(key)
            text = _entry_text(key, blobs)
            while not self._write(path, text, replace=False):
                if first := self.find(key):
                    return first
            return Entry(key, blobs)

    def note(self, name: str) -> object:
        """Plain data that was kept beside the results, None if there is none or it is damaged."""
        with self._clearly():
            try:
                text = (self.root / "notes" / f"{name}.json").read_bytes()
                digest, data = json.loads(text)
            except (FileNotFoundError, NotADirectoryError, ValueError, TypeError):
                return None
        return data if digest == sha256(canonical(data)) else None

    def keep_note(self, name: str, data: object) -> None:
        """Keep plain data that can be made again: what was learned about sources or folders."""
        with self._writing():
            self._write(self.root / "notes" / f"{name}.json", canonical([sha256(canonical(data)), data]))

    def prune(self, max_bytes: int) -> int:
        """Remove the results that have not been used for longest.

        Args:
            max_bytes: what the contents of the results that stay may take together.
        Returns: the bytes freed.
        """
        with self._writing():
            kept: set[Blob] = set()
            dropped: set[Blob] = set()
            room = max_bytes
            for _, path, _ in reversed(_by_last_use(self.root / "results")):
                entry = self._load_entry(path, path.stem)
                if entry is None:
                    continue
                new = set(entry.files.values()) - kept
                room -= sum(blob.size for blob in new)
                if room >= 0:
                    kept |= new
                else:
                    path.unlink(missing_ok=True)
                    dropped |= new
            return self._sweep({b.sha256 for b in kept}, {b.sha256 for b in dropped})

    def _sweep(self, kept: set[str], dropped: set[str]) -> int:
        """Remove blobs that no result needs; a running build may be about to record the young ones."""
        freed = 0
        for last_use, path, size in _by_last_use(self.root / "objects"):
            digest = path.parent.name + path.name
            if digest not in kept and (digest in dropped or last_use < time.time() - LEFTOVER_S):
                freed += size
                path.unlink(missing_ok=True)
        return freed

    def _put(self, data: bytes) -> Blob:
        blob = Blob(sha256(data), len(data))
        path = self._object(blob.sha256)
        if self._has(blob):
            with suppress(OSError):  # young again, so that no prune takes it before it is recorded
                os.utime(path)
        else:
            self._write(path, data)
        return blob

    def _has(self, blob: Blob) -> bool:
        try:
            return os.stat(self._object(blob.sha256)).st_size == blob.size
        except OSError:
            return False

    def _load_entry(self, path: Path, key: str) -> Entry | None:
        try:
            text = path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        try:
            files = {name: Blob(digest, size) for name, (digest, size) in json.loads(text)["files"].items()}
            is_good = _entry_text(key, files) == text
        except (ValueError, TypeError, KeyError, AttributeError):
            is_good = False
        if not is_good:
            self._forget(path, f"result {key[:12]} is damaged")
            return None
        return Entry(key, files)

    def _forget(self, path: Path, why: str) -> None:
        self.warnings.append(f"{why}: it will be made again")
        path.unlink(missing_ok=True)

    def _write(self, path: Path, data: bytes, *, replace: bool = True) -> bool:
        """Write a whole file or none.

        Returns: False if the file is there already and may not be replaced.
        """
        temporary = self.root / "tmp" / random_name()
        try:
            temporary.write_bytes(data)
            path.parent.mkdir(parents=True, exist_ok=True)
            if replace or not _can_link(temporary, path):
                os.replace(temporary, path)
        except _Taken:
            return False
        finally:
            temporary.unlink(missing_ok=True)
        return True

    def _clearly(self) -> AbstractContextManager[None]:
        return one_clear_line(self.root, "free some space or choose another cache folder with --cache")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._clearly():
            if not self._is_ready:
                folder = self.root / "tmp"
                folder.mkdir(parents=True, exist_ok=True)
                for last_use, path, _ in _by_last_use(folder):
                    if last_use < time.time() - LEFTOVER_S:
                        path.unlink(missing_ok=True)
                self._is_ready = True
            yield

    def _object(self, digest: str) -> Path:
        return self.root / "objects" / digest[:2] / digest[2:]

    def _result(self, key: str) -> Path:
        return self.root / "results" / key[:2] / f"{key}.json"


class _Taken(Exception):
    """There is a file of that name already."""


def _can_link(temporary: Path, path: Path) -> bool:
    """Give a whole file its name unless that is taken; False where the file system knows no hard links."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise _Taken from None
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        return False
    return True


def _entry_text(key: str, files: Mapping[str, Blob]) -> bytes:
    data = {name: [blob.sha256, blob.size] for name, blob in files.items()}
    return canonical({"checksum": sha256(canonical([key, data])), "files": data})


def _by_last_use(folder: Path) -> list[tuple[float, Path, int]]:
    """Every file below a folder, the one not used for longest first.

    Returns: time of last use in s since the epoch, path, size in bytes.
    """
    found = []
    for above, _, names in os.walk(folder):
        for name in names:
            path = Path(above, name)
            with suppress(FileNotFoundError):  # another build may have removed it
                stat = path.stat()
                found.append((stat.st_mtime, path, stat.st_size))
    return sorted(found)
