# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The store gives back what it was given, or says that it cannot."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csmkit.build import Damaged, Files, Store
from csmkit.errors import CsmError

KEY = "ab" * 32
OTHER = "cd" * 32

files = st.dictionaries(
    st.text(
        st.characters(exclude_categories=["C", "Z"], exclude_characters="\\:/."), min_size=1, max_size=20
    ),
    st.binary(max_size=300),
    max_size=5,
)


def paths(store: Store) -> list[Path]:
    return sorted(path for path in store.root.rglob("*") if path.is_file())


def read_all(store: Store, key: str) -> Files | None:
    """The files of a result; None if they are missing or found to be damaged."""
    entry = store.find(key)
    try:
        return (
            None if entry is None else {name: store.read(blob.sha256) for name, blob in entry.files.items()}
        )
    except Damaged:
        return None


@settings(deadline=None)
@given(files)
def test_what_was_recorded_is_found_again(given_files: Files) -> None:
    with tempfile.TemporaryDirectory() as folder:
        recorded = Store(Path(folder)).record(KEY, given_files)
        assert Store(Path(folder)).find(KEY) == recorded
        assert read_all(Store(Path(folder)), KEY) == given_files
        assert Store(Path(folder)).find(OTHER) is None


@settings(deadline=None, max_examples=150)
@given(files, st.data())
def test_damage_anywhere_is_noticed_and_mended(given_files: Files, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        store.record(KEY, given_files)
        victim = data.draw(st.sampled_from(paths(store)))
        whole = victim.read_bytes()
        hurt = data.draw(st.binary(max_size=300) | st.just(whole[:-1]) | st.just(bytes(len(whole))))
        victim.write_bytes(hurt)
        found = read_all(store, KEY)
        assert found == given_files if hurt == whole else found is None
        assert bool(store.warnings) == (hurt != whole)
        store.record(KEY, given_files)
        assert read_all(store, KEY) == given_files


@settings(deadline=None)
@given(files, st.data())
def test_a_lost_file_is_noticed_and_mended(given_files: Files, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        store.record(KEY, given_files)
        data.draw(st.sampled_from(paths(store))).unlink()
        assert store.find(KEY) is None
        store.record(KEY, given_files)
        assert read_all(store, KEY) == given_files


def test_an_entry_under_a_wrong_key_is_noticed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.record(KEY, {"a": b"1"})
    source, target = store._result(KEY), store._result(OTHER)
    target.parent.mkdir(parents=True)
    target.write_bytes(source.read_bytes())
    assert store.find(OTHER) is None
    assert store.find(KEY) is not None


def test_the_first_of_two_results_for_a_key_is_kept(tmp_path: Path) -> None:
    first = Store(tmp_path).record(KEY, {"a": b"1"})
    second = Store(tmp_path).record(KEY, {"a": b"2"})
    assert first == second == Store(tmp_path).find(KEY)


def test_without_hard_links_results_are_kept_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)
    Store(tmp_path).record(KEY, {"a": b"1"})
    assert read_all(Store(tmp_path), KEY) == {"a": b"1"}


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "no space is left"),
        (errno.EACCES, "permission is denied"),
        (errno.EROFS, "read-only"),
        (errno.EDQUOT, "quota"),
    ],
)
def test_a_full_or_forbidden_disk_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    def write_bytes(path: Path, data: bytes) -> int:
        with path.open("wb") as stream:
            stream.write(data[: len(data) // 2])
        raise OSError(number, os.strerror(number))

    store = Store(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", write_bytes)
        with pytest.raises(CsmError, match=reason) as caught:
            store.record(KEY, {"a": b"1234"})
    assert str(tmp_path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert paths(store) == []
    assert store.find(KEY) is None
    assert store.record(KEY, {"a": b"1234"}) == store.find(KEY)


def test_a_file_larger_than_the_system_allows_is_one_clear_line(
    script: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    text = """
import resource, sys
from pathlib import Path
from csmkit.build import Store
from csmkit.errors import CsmError
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
store = Store(Path(sys.argv[1]))
try:
    store.record("ab" * 32, {"small": b"x", "zlarge": bytes(5000)})
except CsmError as error:
    print(error)
print(store.find("ab" * 32))
"""
    out, err = script(text, tmp_path / "store").communicate()
    assert "larger than the system allows" in out, err
    assert out.splitlines()[1:] == ["None"]
    assert [path for path in paths(Store(tmp_path / "store")) if path.stat().st_size > 1] == []


@pytest.mark.parametrize("place", ["", "objects", "results", "tmp"])
def test_a_file_where_a_folder_should_be_is_one_clear_line(tmp_path: Path, place: str) -> None:
    root = tmp_path / "store"
    (root / place).parent.mkdir(exist_ok=True)
    (root / place).write_bytes(b"")
    store = Store(root)
    assert store.find(KEY) is None
    with pytest.raises(CsmError, match="a file is where a folder should be"):
        store.record(KEY, {"a": b"1"})


def age(path: Path, seconds: float) -> None:
    os.utime(path, (time.time() - seconds,) * 2)


def test_temporary_files_of_killed_builds_go_after_a_day(tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    for name, seconds in (("old", 90000), ("young", 3600)):
        (tmp_path / "tmp" / name).write_bytes(b"x")
        age(tmp_path / "tmp" / name, seconds)
    Store(tmp_path).record(KEY, {})
    assert [path.name for path in (tmp_path / "tmp").iterdir()] == ["young"]


def test_prune_drops_what_was_not_used_for_longest_and_keeps_what_is_shared(tmp_path: Path) -> None:
    store = Store(tmp_path)
    keys = [f"{n}{n}" * 32 for n in range(4)]
    shared = b"s" * 50
    for n, key in enumerate(keys):
        store.record(key, {"own": bytes([n]) * 100, "shared": shared})
        age(store._result(key), 1000 - n)
    assert store.find(keys[0]) is not None  # used now
    assert store.prune(max_bytes=250) == 200
    assert [store.find(key) is not None for key in keys] == [True, False, False, True]
    assert read_all(store, keys[3]) == {"own": b"\3" * 100, "shared": shared}
    assert store.prune(max_bytes=0) == 250
    assert [path for path in paths(store) if "tmp" not in path.parts] == []


def test_prune_spares_what_a_running_build_is_about_to_record(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.record(KEY, {})
    young, old = store._put(b"young"), store._put(b"old")
    age(store._object(old.sha256), 90000)
    assert store.prune(max_bytes=0) == 3
    assert store.read(young.sha256) == b"young"


def test_notes_come_back_unless_damaged(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.note("n") is None
    store.keep_note("n", {"a": [1, "ü"]})
    assert store.note("n") == {"a": [1, "ü"]}
    path = tmp_path / "notes" / "n.json"
    path.write_text(path.read_text().replace("1", "2"))
    assert store.note("n") is None


WRITER = """
import itertools, sys
from pathlib import Path
from csmkit.build import Store
store = Store(Path(sys.argv[1]))
print("ready", flush=True)
for n in itertools.count():
    key = f"{n % 20:02d}" * 32
    store.record(key, {"a": bytes([n % 20]) * 200_000, "b": bytes([n % 20, 1])})
    if n % 20 == 19:
        store.prune(0)
"""


def test_kills_at_any_moment_leave_whole_results_or_none(
    script: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    store = Store(tmp_path / "store")
    found = 0
    for pause in (0.0, 0.003, 0.01, 0.02, 0.05, 0.1):
        writers = [script(WRITER, store.root) for _ in range(2)]  # which also prune what the other writes
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
        time.sleep(pause)
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
            _, err = writer.communicate()
            assert err == ""
        for n in range(20):
            result = read_all(store, f"{n:02d}" * 32)
            assert result in (None, {"a": bytes([n]) * 200_000, "b": bytes([n, 1])})
            found += result is not None
    assert found
    assert not [warning for warning in store.warnings if "damaged" in warning]
