# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Workers answer in plain data, die without harm, and leave no traces."""

from __future__ import annotations

import json
import os
import pickle
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from csmkit.build import Files, TaskFailed, call
from csmkit.build.pool import WorkerPool
from csmkit.errors import CsmError

Pools = Callable[..., WorkerPool]


def ask(pool: WorkerPool, function: str, /, **params: object) -> Files:
    return pool.submit(call, f"demo.tasks:{function}", params, {}).result(timeout=30)


def facts(pool: WorkerPool) -> tuple[int, str, dict[str, str], list[str]]:
    process, folder, variables, path = json.loads(ask(pool, "where")["where.json"])
    return process, folder, variables, path


def is_alive(process: int) -> bool:
    try:
        return "zombie" not in Path(f"/proc/{process}/status").read_text()
    except FileNotFoundError:
        return False


def test_a_worker_serves_many_tasks(pool: Pools) -> None:
    made = pool(1)
    assert facts(made)[0] == facts(made)[0] != os.getpid()
    assert ask(made, "number", value=3)["n.json"] == b"3"


def test_a_dead_worker_is_named_and_replaced(pool: Pools) -> None:
    made = pool(1)
    with pytest.raises(TaskFailed, match="its worker was killed by SIGKILL"):
        ask(made, "die")
    with pytest.raises(TaskFailed, match="its worker ended with exit code 7"):
        ask(made, "stop", code=7)
    assert ask(made, "number", value=1)["n.json"] == b"1"


def test_a_death_harms_no_other_task(pool: Pools) -> None:
    made = pool(2)
    nap = made.submit(call, "demo.tasks:nap", {"seconds": 0.3, "value": 5}, {})
    with pytest.raises(TaskFailed):
        ask(made, "die")
    assert nap.result(timeout=30)["n.json"] == b"5"


def test_a_task_over_its_time_limit_is_stopped_and_the_next_runs(pool: Pools) -> None:
    made = pool(1, timeout_s=1.0)
    with pytest.raises(TaskFailed, match="took longer than its limit of 1 s"):
        ask(made, "nap", seconds=600)
    assert ask(made, "number", value=1)["n.json"] == b"1"


def test_errors_come_back_as_they_were_raised(pool: Pools) -> None:
    made = pool(1)
    with pytest.raises(CsmError) as caught:
        ask(made, "mistake", part="side")
    assert caught.value.as_data() == {
        "problem": "width is too small",
        "kit": "stool",
        "part": "side",
        "remedy": "widen it",
        "where": [[1.0, 2.0]],
    }
    with pytest.raises(TaskFailed, match="ZeroDivisionError: a number by zero") as failed:
        ask(made, "broken")
    assert "Traceback" in failed.value.detail
    with pytest.raises(TaskFailed, match="SystemExit: off I go"):
        ask(made, "leave")
    with pytest.raises(TaskFailed, match=r"No module named 'demo\.absent'"):
        made.submit(call, "demo.absent:f", {}, {}).result(timeout=30)


@pytest.mark.parametrize(("function", "problem"), [("nothing", "not NoneType"), ("text", "'a' is str")])
def test_what_is_not_files_is_refused(pool: Pools, function: str, problem: str) -> None:
    with pytest.raises(TaskFailed, match=problem):
        ask(pool(1), function)


@pytest.mark.parametrize(
    "name", ["/etc/x", "../x", "a/../x", "a//b", "", ".", "a\\b", "a\nb", "c:x", "x" * 300]
)
def test_names_that_lead_elsewhere_are_refused(pool: Pools, name: str) -> None:
    with pytest.raises(TaskFailed, match="file name"):
        ask(pool(1), "named", name=name)


def test_names_with_spaces_and_umlauts_are_welcome(pool: Pools) -> None:
    assert ask(pool(1), "named", name="Teile/Seite groß, 木.stl") == {"Teile/Seite groß, 木.stl": b"x"}


def test_prints_do_not_mix_with_answers_and_stdin_is_empty(pool: Pools) -> None:
    made = pool(1)
    assert ask(made, "chatter") == {"a": b""}
    assert ask(made, "read_stdin") == {"read": b""}


def test_an_error_shows_the_end_of_what_was_printed(pool: Pools) -> None:
    with pytest.raises(TaskFailed, match="after a long print") as failed:
        ask(pool(1), "scream")
    assert "printed by the worker" in failed.value.detail
    assert len(failed.value.detail) < 20_000


class Trap:
    """Unpickled, it would write a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.path,)


def forged(pool: WorkerPool, data: bytes) -> Files:
    return pool.submit(call, "demo.tasks:forge", {}, {"data": {"forged": data}}).result(timeout=30)


def test_a_pickle_from_a_worker_stays_bytes(pool: Pools, tmp_path: Path) -> None:
    sprung = tmp_path / "sprung"
    bomb = pickle.dumps(Trap(sprung))
    source = tmp_path / "bomb"
    source.write_bytes(bomb)
    made = pool(1)
    assert ask(made, "look", path=str(source)) == {"seen": bomb}
    with pytest.raises(TaskFailed):
        forged(made, struct.pack(">I", len(bomb)) + bomb)
    assert not sprung.exists()


@pytest.mark.parametrize(
    "header",
    [
        b"{}",
        b"[1]",
        b"no json",
        b'{"head": {}, "files": {}}',
        b'{"head": {}, "files": {"result": [["../../etc/passwd", 0]]}}',
        b'{"head": {}, "files": {"result": [["a", 0], ["a/b", 0]]}}',
        b'{"head": {}, "files": {"result": [["huge", 1000000000000000]]}}',
        b'{"head": {"error": "CsmError"}, "files": {}}',
        b'{"head": {"error": "CsmError", "data": 3}, "files": {}}',
        b'{"head": {"error": "CsmError", "data": {"where": [["x", "y"]]}}, "files": {}}',
        b'{"head": {"error": "CsmError", "data": {"where": [[1, 2, 3]]}}, "files": {}}',
    ],
)
def test_a_forged_answer_is_refused_and_its_worker_replaced(pool: Pools, header: bytes) -> None:
    made = pool(1)
    with pytest.raises(TaskFailed, match="its worker sent a malformed answer"):
        forged(made, struct.pack(">I", len(header)) + header)
    assert ask(made, "number", value=1)["n.json"] == b"1"


def test_a_result_over_the_size_limit_is_refused(pool: Pools) -> None:
    with pytest.raises(TaskFailed, match="over the limit of 1000"):
        ask(pool(1, max_bytes=1000), "big", seed=1, size=500)


def test_a_worker_that_closes_its_pipe_is_ended(pool: Pools) -> None:
    made = pool(1)
    with pytest.raises(TaskFailed, match="its worker"):
        ask(made, "deaf")
    assert ask(made, "number", value=1)["n.json"] == b"1"


def test_the_surroundings_of_a_worker_are_the_same_everywhere(
    pool: Pools, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "s3cret")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("PYTHONHASHSEED", "99")
    monkeypatch.setenv("LC_ALL", "de_DE")
    monkeypatch.chdir(tmp_path)
    _, folder, variables, path = facts(pool(1))
    assert folder == "/"
    assert "" not in path
    assert str(tmp_path) not in path
    assert "SECRET_TOKEN" not in variables
    wanted = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1"}
    assert {name: variables[name] for name in wanted} == wanted


def test_workers_start_when_they_are_needed_and_end_with_the_pool(pool: Pools) -> None:
    made = pool(3)
    one = facts(made)[0]
    assert facts(made)[0] == one  # idle again, so no second one starts
    others = [made.submit(call, "demo.tasks:nap", {"seconds": 0.2}, {}) for _ in range(2)]
    last = made.submit(call, "demo.tasks:where", {}, {})
    made.shutdown(wait=True)
    assert [future.result()["n.json"] for future in others] == [b"0", b"0"]
    processes = {one, json.loads(last.result()["where.json"])[0]}
    assert len(processes) == 2
    assert not any(is_alive(process) for process in processes)
    with pytest.raises(RuntimeError, match="shut down"):
        made.submit(call, "demo.tasks:where", {}, {})


def test_shutdown_without_waiting_stops_running_tasks_and_cancels_the_rest(pool: Pools) -> None:
    made = pool(1)
    process = facts(made)[0]
    running = made.submit(call, "demo.tasks:nap", {"seconds": 60}, {})
    waiting = made.submit(call, "demo.tasks:nap", {"seconds": 60}, {})
    while not running.running():
        time.sleep(0.01)
    made.shutdown(wait=False, cancel_futures=True)
    with pytest.raises(TaskFailed, match="killed by SIGKILL"):
        running.result(timeout=10)
    assert waiting.cancelled()
    made.shutdown(wait=True)
    assert not is_alive(process)


def test_workers_run_nothing_but_call(pool: Pools) -> None:
    with pytest.raises(TypeError, match=r"csmkit\.build\.call only"):
        pool(1).submit(print, "hello")


def test_a_command_can_be_wrapped_around_the_worker(pool: Pools) -> None:
    assert facts(pool(1, wrap=["env", "WRAPPED=yes"]))[2]["WRAPPED"] == "yes"
    with pytest.raises(TaskFailed, match="no-such-sandbox could not be started"):
        ask(pool(1, wrap=["no-such-sandbox"]), "where")


KILLED = """
import sys, time
from csmkit.build import call
from csmkit.build.pool import WorkerPool
pool = WorkerPool(2)
import json
busy = pool.submit(call, "demo.tasks:where", {}, {}).result()
print(json.loads(busy["where.json"])[0], flush=True)
pool.submit(call, "demo.tasks:nap", {"seconds": 60}, {})
if sys.argv[1] == "killed":
    time.sleep(60)
"""


@pytest.mark.parametrize("end", ["killed", "forgotten"])
def test_workers_end_with_the_build_however_it_ends(
    script: Callable[..., subprocess.Popen[str]], end: str
) -> None:
    build = script(KILLED, end)
    assert build.stdout is not None
    worker = int(build.stdout.readline())
    if end == "killed":
        assert is_alive(worker)
        time.sleep(0.1)
        build.kill()
    _, err = build.communicate(timeout=10)  # an unclosed pool doesn't hold up the interpreter's end
    assert err == ""
    until = time.monotonic() + 10
    while is_alive(worker) and time.monotonic() < until:
        time.sleep(0.02)
    assert not is_alive(worker)


def test_the_worker_command_is_this_interpreter_without_the_working_folder(pool: Pools) -> None:
    assert pool(1)._command[:3] == [sys.executable, "-P", "-m"]
