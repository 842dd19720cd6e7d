# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""An output folder is the old one or the new one, never a mixture."""

from __future__ import annotations

import errno
import hashlib
import os
import random
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csmkit.build import Files, Store, publish, swap
from csmkit.build.files import check_names
from csmkit.errors import CsmError

FIRST = {"kit.json": b"{}", "parts/side panel.step": b"ISO", "parts/größe.stl": b"solid", "empty": b""}
SECOND = {"kit.json": b"{1}", "gcode/deep/er/a.ngc": b"G0", "empty": b""}


def kept(store: Store, files: Files) -> dict[str, str]:
    entry = store.record(hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest(), files)
    return {name: blob.sha256 for name, blob in entry.files.items()}


def content(folder: Path) -> Files:
    """All files but SHA256SUMS, which is checked instead."""
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if not path.is_dir()
    }
    sums = files.pop("SHA256SUMS").decode()
    lines = [f"{hashlib.sha256(data).hexdigest()}  {name}" for name, data in sorted(files.items())]
    assert sums.splitlines() == lines
    return files


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out" / "stool ü" / "default"


def test_the_folder_holds_exactly_the_files_and_their_sums(store: Store, out: Path) -> None:
    for files in (FIRST, SECOND, FIRST, {}):
        assert publish(kept(store, files), out, store)
        assert content(out) == files
        assert [path.name for path in out.parent.iterdir()] == ["default"]


part = st.text(st.characters(exclude_categories=["C"], exclude_characters="\\:/"), min_size=1, max_size=12)
names = st.lists(part, min_size=1, max_size=3).map("/".join)


def is_good(files: Files) -> bool:
    try:
        check_names([*files, "SHA256SUMS"])
    except ValueError:
        return False
    return "SHA256SUMS" not in files


@settings(deadline=None, max_examples=50)
@given(st.lists(st.dictionaries(names, st.binary(max_size=50), max_size=6).filter(is_good), max_size=3))
def test_any_files_can_follow_any_others(versions: list[Files]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store, out = Store(Path(folder, "store")), Path(folder, "out")
        for files in versions:
            publish(kept(store, files), out, store)
            assert content(out) == files
            assert not publish(kept(store, files), out, store)


def test_nothing_is_written_if_the_folder_is_up_to_date(store: Store, out: Path, tmp_path: Path) -> None:
    publish(kept(store, FIRST), out, store)
    before = {path: path.stat() for path in (out, *out.rglob("*"))}
    assert not publish(kept(store, FIRST), out, store)
    assert not publish(kept(Store(tmp_path / "new store"), FIRST), out, Store(tmp_path / "new store"))
    assert {path: path.stat().st_ino for path in before} == {path: s.st_ino for path, s in before.items()}


def test_an_edited_output_is_written_again_and_the_store_is_not_touched(store: Store, out: Path) -> None:
    publish(kept(store, FIRST), out, store)
    path = out / "parts/side panel.step"
    stat = path.stat()
    path.write_bytes(b"OSI")  # of the same size
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # and the same time
    assert publish(kept(store, FIRST), out, store)
    assert content(out) == FIRST
    path.unlink()
    assert publish(kept(store, FIRST), out, store)
    assert content(out) == FIRST
    path.unlink()
    path.symlink_to(out / "kit.json")
    assert publish(kept(store, FIRST), out, store)
    assert content(out) == FIRST
    assert not path.is_symlink()


def test_a_folder_of_the_user_is_not_touched(store: Store, out: Path) -> None:
    out.mkdir(parents=True)
    (out / "diary.txt").write_text("dear diary")
    with pytest.raises(CsmError, match=r"holds diary\.txt, not written by csmkit; move that elsewhere"):
        publish(kept(store, FIRST), out, store)
    assert [path.name for path in out.iterdir()] == ["diary.txt"]


def test_a_file_of_the_user_among_ours_is_not_lost(store: Store, out: Path) -> None:
    publish(kept(store, FIRST), out, store)
    (out / "parts/notes.txt").write_text("mine")
    with pytest.raises(CsmError, match=r"holds parts/notes\.txt, not written"):
        publish(kept(store, SECOND), out, store)
    assert (out / "parts/notes.txt").read_text() == "mine"
    assert (out / "kit.json").read_bytes() == FIRST["kit.json"]


def test_an_empty_folder_and_what_file_managers_leave_are_replaced(store: Store, out: Path) -> None:
    (out / "sub").mkdir(parents=True)
    (out / "sub" / ".DS_Store").write_text("x")
    assert publish(kept(store, FIRST), out, store)
    assert content(out) == FIRST


def test_a_file_in_the_place_of_the_folder_is_one_clear_line(store: Store, out: Path) -> None:
    out.parent.mkdir(parents=True)
    out.write_text("x")
    with pytest.raises(CsmError, match="is a file; move it away"):
        publish(kept(store, FIRST), out, store)
    with pytest.raises(CsmError, match="a file is where a folder should be"):
        publish(kept(store, FIRST), out / "below", store)


def test_a_link_to_a_folder_stays_a_link(store: Store, out: Path, tmp_path: Path) -> None:
    out.parent.mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    out.symlink_to(tmp_path / "elsewhere")
    publish(kept(store, FIRST), out, store)
    assert out.is_symlink()
    assert content(tmp_path / "elsewhere") == FIRST


@pytest.mark.parametrize("name", ["../x", "/x", "SHA256SUMS", "a//b"])
def test_names_that_cannot_be_outputs_are_refused(store: Store, out: Path, name: str) -> None:
    with pytest.raises(ValueError, match=r"relative path|itself"):
        publish({name: "00"}, out, store)


def test_names_that_are_one_file_on_some_systems_are_refused(store: Store, out: Path) -> None:
    with pytest.raises(ValueError, match=r"'Side\.stl' and 'side\.stl' differ in case only"):
        publish(kept(store, {"Side.stl": b"1", "side.stl": b"2"}), out, store)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_full_or_forbidden_disk_leaves_the_old_folder(
    store: Store, out: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    publish(kept(store, FIRST), out, store)
    new = kept(store, SECOND)
    write = Path.write_bytes

    def write_bytes(path: Path, data: bytes) -> int:
        if path.name == "a.ngc":
            raise OSError(number, os.strerror(number))
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    with pytest.raises(CsmError, match=r"cannot use .*; free some space or choose another folder") as caught:
        publish(new, out, store)
    assert "\n" not in str(caught.value)
    assert content(out) == FIRST
    assert [path.name for path in out.parent.iterdir()] == ["default"]


def test_damaged_content_is_not_published(store: Store, out: Path) -> None:
    publish(kept(store, FIRST), out, store)
    new = kept(store, SECOND)
    store._object(new["kit.json"]).write_bytes(b"{2}")
    with pytest.raises(CsmError, match=r"content of kit\.json was damaged in the cache; run again"):
        publish(new, out, store)
    assert content(out) == FIRST


def test_without_exchange_folders_are_swapped_all_the_same(
    store: Store, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swap, "_exchange", lambda one, other: False)
    for files in (FIRST, SECOND):
        publish(kept(store, files), out, store)
        assert content(out) == files
        assert [path.name for path in out.parent.iterdir()] == ["default"]


def test_without_exchange_a_failed_swap_brings_the_old_folder_back(
    store: Store, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(kept(store, FIRST), out, store)
    monkeypatch.setattr(swap, "_exchange", lambda one, other: False)
    rename = os.rename
    calls = []

    def fail_second(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == 2:
            raise OSError(errno.EACCES, "Permission denied")
        rename(source, target)

    monkeypatch.setattr(os, "rename", fail_second)
    with pytest.raises(CsmError, match="permission is denied"):
        publish(kept(store, SECOND), out, store)
    assert content(out) == FIRST


PUBLISHER = """
import itertools, sys
from pathlib import Path
from csmkit.build import Store, publish
store, out = Store(Path(sys.argv[1])), Path(sys.argv[2])
def version(n):
    files = {f"part {n}/{i}.step": bytes([n]) * 2000 for i in range(60)} | {"same.txt": bytes([n])}
    entry = store.record(f"{n:02d}" * 32, files)
    return {name: blob.sha256 for name, blob in entry.files.items()}
versions = [version(n) for n in range(2)]
print("ready", flush=True)
for n in itertools.count(int(sys.argv[3])):
    publish(versions[n % 2], out, store)
"""


def versions() -> list[Files]:
    return [
        {f"part {n}/{i}.step": bytes([n]) * 2000 for i in range(60)} | {"same.txt": bytes([n])}
        for n in range(2)
    ]


def test_kills_at_any_moment_leave_one_version_whole(
    script: Callable[..., subprocess.Popen[str]], store: Store, out: Path
) -> None:
    pauses = random.Random(7)
    seen: list[int] = []
    while len(seen) < 10 or (not {0, 1} <= set(seen) and len(seen) < 100):
        build = script(PUBLISHER, store.root, out, 0)
        assert build.stdout is not None
        assert build.stdout.readline() == "ready\n"
        time.sleep(pauses.uniform(0, 0.1))
        build.send_signal(signal.SIGKILL)
        _, err = build.communicate()
        assert err == ""
        seen.append(versions().index(content(out)) if out.exists() else -1)
    assert set(seen) >= {0, 1}
    publish(kept(store, FIRST), out, store)
    assert content(out) == FIRST
    assert [path.name for path in out.parent.iterdir()] == ["default"]  # leftovers are gone


def test_two_builds_may_publish_to_one_folder(
    script: Callable[..., subprocess.Popen[str]], tmp_path: Path, out: Path
) -> None:
    builds = [script(PUBLISHER, tmp_path / f"store {n}", out, n) for n in range(2)]
    for build in builds:
        assert build.stdout is not None
        assert build.stdout.readline() == "ready\n"
    time.sleep(1.0)
    for build in builds:
        assert build.poll() is None, build.communicate()
        build.kill()
        build.communicate()
    assert content(out) in versions()
