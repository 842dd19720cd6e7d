# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Builds run what is missing, nothing else, and give the same bytes whatever happens to them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from recorded_run import Run

from csmkit.build import Builder, Code, Store, Task, TaskFailed, in_order
from csmkit.build.pool import WorkerPool
from csmkit.errors import CsmError

Runs = Callable[..., Run]
Pools = Callable[..., WorkerPool]


def no_executor() -> Executor:
    raise AssertionError("an up-to-date build starts no worker")


def diamond(value: int = 8) -> Task:
    """((value / 2) + (value / 2 / 2)) with early cut-off at each division."""
    number = Task("number", "demo.tasks:number", {"value": value})
    half = Task("half", "demo.tasks:half", inputs={"whole": number})
    quarter = Task("quarter", "demo.tasks:half", inputs={"whole": half})
    return Task("sum", "demo.tasks:add", inputs={"a": half, "b": quarter})


def test_each_task_runs_once_and_after_what_it_needs(run: Runs) -> None:
    made = run()
    (result,) = made.builder.run([diamond()])
    assert result.json("n.json") == 4 + 2
    assert made.names("started") == made.names("done") == ["half", "number", "quarter", "sum"]
    order = [event.task for event in made.events if event.kind == "done"]
    assert order == ["number", "half", "quarter", "sum"]
    assert [event.finished for event in made.events if event.kind == "done"] == [1, 2, 3, 4]
    assert {event.total for event in made.events} == {4}


def test_an_up_to_date_build_starts_no_worker(run: Runs) -> None:
    (first,) = run().builder.run([diamond()])
    again = run(no_executor)
    (second,) = again.builder.run([diamond()])
    assert again.names("cached") == ["half", "number", "quarter", "sum"]
    assert (first.digest, first.hashes) == (second.digest, second.hashes)


def test_a_change_that_gives_equal_results_stops_there(run: Runs) -> None:
    run().builder.run([diamond(8)])
    made = run()
    made.builder.run([diamond(9)])  # 9 // 2 == 8 // 2
    assert made.names("started") == ["half", "number"]
    assert made.names("cached") == ["quarter", "sum"]


def test_only_the_picked_files_of_an_input_matter(run: Runs) -> None:
    def copy(value: int, *patterns: str) -> Task:
        number = Task("number", "demo.tasks:number", {"value": value})
        return Task("note", "demo.tasks:note", inputs={"of": number.pick(*patterns)})

    run().builder.run([copy(1, "note.txt")])
    made = run()
    (result,) = made.builder.run([copy(2, "no*")])
    assert made.names("started") == ["number"]
    assert result.read("copy.txt") == b"a constant note"
    with pytest.raises(LookupError, match=r"number gives no file 'absent\.txt'"):
        run().builder.run([copy(2, "absent.txt")])


def test_literal_files_are_inputs_too(run: Runs) -> None:
    def half(text: bytes) -> Task:
        return Task("half", "demo.tasks:half", inputs={"whole": {"n.json": text}})

    assert [r.json("n.json") for r in run().builder.run([half(b"10"), half(b"20")])] == [5, 10]
    assert run(no_executor).builder.run([half(b"10")])[0].json("n.json") == 5


def test_tasks_with_one_key_run_once(run: Runs) -> None:
    made = run(jobs=4)
    twins = [Task(f"twin {n}", "demo.tasks:nap", {"seconds": 0.05, "value": 7}) for n in range(4)]
    results = made.builder.run([*twins, twins[0]])
    assert [result.json("n.json") for result in results] == [7] * 5
    assert made.names("started") == ["twin 0"]
    assert made.names("cached") == ["twin 1", "twin 2", "twin 3"]


def test_independent_tasks_run_at_the_same_time_but_no_more_than_jobs(run: Runs) -> None:
    made = run(jobs=3)
    made.builder.run([Task(f"{n}", "demo.tasks:nap", {"seconds": 0.05, "value": n}) for n in range(7)])
    running, most = 0, 0
    for event in made.events:
        running += {"started": 1, "done": -1}[event.kind]
        most = max(most, running)
    assert most == 3


graphs = st.lists(
    st.tuples(st.integers(0, 40), st.lists(st.integers(0, 100), max_size=3)), min_size=1, max_size=12
)


def as_tasks(graph: list[tuple[int, list[int]]]) -> list[Task]:
    """A task a node: a number where nothing goes in, else the sum of what goes in from earlier nodes."""
    tasks: list[Task] = []
    for n, (value, needs) in enumerate(graph):
        inputs = {f"i{k}": tasks[need % n] for k, need in enumerate(needs)} if n else {}
        if inputs:
            tasks.append(Task(f"add {n}", "demo.tasks:add", inputs=inputs))
        else:
            tasks.append(Task(f"number {n}", "demo.tasks:number", {"value": value}))
    return tasks


def values(graph: list[tuple[int, list[int]]]) -> list[int]:
    found: list[int] = []
    for n, (value, needs) in enumerate(graph):
        found.append(sum(found[need % n] for need in needs) if n and needs else value)
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(graphs, st.data())
def test_any_graph_gives_its_values_also_after_changes_and_damage(
    demo: Path, run: Runs, graph: list[tuple[int, list[int]]], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        code = Code({"demo": demo})
        for step in range(3):
            if step == 1:
                victims = sorted(path for path in Path(folder).rglob("objects/*/*"))
                data.draw(st.sampled_from(victims)).write_bytes(data.draw(st.binary(max_size=3)))
            if step == 2:
                graph[0] = (data.draw(st.integers(0, 40)), graph[0][1])
            with Builder(Store(Path(folder)), executor=lambda: ThreadPoolExecutor(2), code=code) as builder:
                results = builder.run(as_tasks(graph))
            assert [result.json("n.json") for result in results] == values(graph)


def damage(made: Run, digest: str) -> None:
    path = made.builder.store._object(digest)
    path.write_bytes(bytes(path.stat().st_size))


def test_a_damaged_result_is_made_again_and_nothing_else(run: Runs) -> None:
    made = run()
    (result,) = made.builder.run([diamond()])
    damage(made, result.hashes["n.json"])
    again = run()
    (repaired,) = again.builder.run([diamond()])
    assert repaired.json("n.json") == 6
    assert again.names("started") == ["sum"]
    assert len(again.builder.store.warnings) == 1


def test_a_damaged_input_is_made_again_when_it_is_needed(run: Runs) -> None:
    made = run()
    number, half = in_order([diamond()])[:2]
    hurt = made.builder.run([number, half])
    damage(made, hurt[0].hashes["n.json"])
    damage(made, hurt[1].hashes["n.json"])
    again = run()
    (result,) = again.builder.run([diamond()])
    assert result.json("n.json") == 6
    assert again.names("started") == ["half", "number", "quarter", "sum"]


def test_damage_since_the_run_is_one_clear_line_and_the_next_run_mends_it(run: Runs) -> None:
    made = run()
    (result,) = made.builder.run([diamond()])
    damage(made, result.hashes["n.json"])
    with pytest.raises(CsmError, match="run again"):
        result.read("n.json")
    assert run().builder.run([diamond()])[0].json("n.json") == 6


def test_a_disk_that_never_gives_back_what_it_took_ends_the_build(
    run: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Store._write

    def write_zeros(store: Store, path: Path, data: bytes, *, replace: bool = True) -> bool:
        return write(store, path, bytes(len(data)) if "objects" in path.parts else data, replace=replace)

    monkeypatch.setattr(Store, "_write", write_zeros)
    with pytest.raises(CsmError, match="check the disk"):
        run().builder.run([diamond()])


def test_the_error_is_that_of_the_first_failing_task_and_later_ones_do_not_start(run: Runs) -> None:
    made = run(jobs=2)
    bad = [Task(f"bad {n}", "demo.tasks:mistake", {"part": f"p{n}"}) for n in range(2)]
    after = Task("after", "demo.tasks:half", inputs={"whole": bad[0]})
    late = [Task(f"late {n}", "demo.tasks:nap", {"seconds": 0, "value": n}) for n in range(3)]
    slow = Task("slow", "demo.tasks:nap", {"seconds": 0.1})
    with pytest.raises(CsmError, match="stool/p0: width is too small; widen it") as caught:
        made.builder.run([after, slow, *late, bad[1]])
    assert caught.value.where == ((1.0, 2.0),)
    assert set(made.names("started")) == {"bad 0", "slow"}
    assert made.names("failed") == ["bad 0"]


def test_an_earlier_task_that_still_runs_may_give_the_error(run: Runs) -> None:
    class Two(ThreadPoolExecutor):
        """The first task ends only after the second."""

        second = threading.Event()

        def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
            def held() -> object:
                is_first = args[1] == {"part": "first"}
                if is_first:
                    self.second.wait(5)
                try:
                    return fn(*args, **kwargs)
                finally:
                    if not is_first:
                        self.second.set()

            return super().submit(held)

    tasks = [Task(name, "demo.tasks:mistake", {"part": name}) for name in ("first", "second")]
    with pytest.raises(CsmError, match="stool/first"):
        run(lambda: Two(2)).builder.run(tasks)


@pytest.mark.parametrize("kind", ["threads", "workers"])
def test_other_errors_name_the_task_in_one_line_and_keep_the_trace(run: Runs, pool: Pools, kind: str) -> None:
    made = run(pool if kind == "workers" else None)
    with pytest.raises(TaskFailed) as caught:
        made.builder.run([Task("stool/side", "demo.tasks:broken")])
    assert str(caught.value) == "stool/side: ZeroDivisionError: a number by zero"
    assert "demo_tasks.py" in caught.value.detail or "tasks.py" in caught.value.detail
    assert "Traceback" in caught.value.detail


def test_after_a_failure_the_rest_can_be_built_with_the_same_workers(run: Runs, pool: Pools) -> None:
    made = run(pool)
    with pytest.raises(TaskFailed):
        made.builder.run([Task("broken", "demo.tasks:broken")])
    where = Task("where", "demo.tasks:where")
    first = made.builder.run([where])[0].json("where.json")[0]
    with pytest.raises(CsmError):
        made.builder.run([Task("mistake", "demo.tasks:mistake", {"part": "p"})])
    twin = Task("where", "demo.tasks:where", modules=("numpy", "demo"))
    made.builder.store = Store(made.builder.store.root.with_name("other"))
    assert made.builder.run([twin])[0].json("where.json")[0] == first


def test_threads_and_workers_give_the_same_bytes_and_the_build_never_imports_a_task(
    run: Runs, pool: Pools, tmp_path: Path
) -> None:
    workers = run(lambda: pool(2))
    (one,) = workers.builder.run([diamond()])
    assert "demo.tasks" not in sys.modules
    threads = run()
    threads.builder.store = Store(tmp_path / "other store")
    (other,) = threads.builder.run([diamond()])
    assert one.hashes == other.hashes


def test_a_source_that_changes_under_a_running_task_spoils_no_result(run: Runs, demo: Path) -> None:
    made = run()
    task = Task("nap", "demo.tasks:nap", {"seconds": 0.2})

    def edit() -> None:
        with (demo / "tasks.py").open("a") as stream:
            stream.write("\n# edited\n")

    timer = threading.Timer(0.05, edit)
    timer.start()
    with pytest.raises(CsmError, match="changed while it was running; run again"):
        made.builder.run([task])
    assert not list((made.builder.store.root / "results").rglob("*.json"))


def test_a_full_disk_ends_the_build_with_one_line(run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    def write_bytes(path: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    with pytest.raises(CsmError, match="no space is left"):
        run().builder.run([diamond()])


def test_a_read_only_store_serves_what_it_has(run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    run().builder.run([diamond()])

    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    for name in ("utime", "replace", "link", "unlink"):
        monkeypatch.setattr(os, name, refuse)
    monkeypatch.setattr(Path, "write_bytes", refuse)
    assert run(no_executor).builder.run([diamond()])[0].json("n.json") == 6


BUILD = """
import sys
from pathlib import Path
from csmkit.build import Builder, Code, Store, Task
def tell(event): print(event.kind, event.task, flush=True)
code = Code({"demo": Path(sys.argv[1])})
with Builder(Store(Path(sys.argv[2])), jobs=2, on_event=tell, code=code) as builder:
    big = [Task(f"big {n}", "demo.tasks:big", {"seed": n, "size": 300_000}) for n in range(6)]
    naps = [Task(f"nap {n}", "demo.tasks:nap", {"seconds": 0.02, "value": n}) for n in range(6)]
    total = Task("sum", "demo.tasks:add", inputs={f"i{n}": nap for n, nap in enumerate(naps)})
    for result in builder.run([*big, total]):
        print("result", result.digest, flush=True)
"""


def results_of(output: str) -> list[str]:
    return [line for line in output.splitlines() if line.startswith("result")]


def test_a_killed_build_continues_to_the_same_bytes(
    script: Callable[..., subprocess.Popen[str]], demo: Path, tmp_path: Path
) -> None:
    whole, err = script(BUILD, demo, tmp_path / "whole").communicate(timeout=60)
    assert len(results_of(whole)) == 7, err
    for lines in (1, 4, 9):
        build = script(BUILD, demo, tmp_path / "killed")
        assert build.stdout is not None
        for _ in range(lines):
            build.stdout.readline()
        build.kill()
        build.communicate()
    last, err = script(BUILD, demo, tmp_path / "killed").communicate(timeout=60)
    assert results_of(last) == results_of(whole), err
    assert "cached" in last


def test_two_builds_at_once_agree(
    script: Callable[..., subprocess.Popen[str]], demo: Path, tmp_path: Path
) -> None:
    builds = [script(BUILD, demo, tmp_path / "store") for _ in range(2)]
    outputs = [build.communicate(timeout=60) for build in builds]
    assert results_of(outputs[0][0]) == results_of(outputs[1][0]), outputs
    assert len(results_of(outputs[0][0])) == 7


INTERRUPTED = """
import sys
from pathlib import Path
from csmkit.build import Builder, Code, Store, Task
with Builder(Store(Path(sys.argv[2])), jobs=2, on_event=lambda e: print(e.kind, flush=True),
             code=Code({"demo": Path(sys.argv[1])})) as builder:
    number = Task("number", "demo.tasks:number", {"value": 3})
    where = Task("where", "demo.tasks:where")
    naps = [Task("nap", "demo.tasks:nap", {"seconds": 60, "value": n}) for n in (1, 2)]
    try:
        builder.run([number, where, *naps])
    except KeyboardInterrupt:
        print("interrupted", flush=True)
"""


def test_ctrl_c_stops_at_once_and_keeps_what_was_done(
    script: Callable[..., subprocess.Popen[str]], demo: Path, tmp_path: Path, run: Runs
) -> None:
    build = script(INTERRUPTED, demo, tmp_path / "store")
    assert build.stdout is not None
    seen = [build.stdout.readline().strip() for _ in range(6)]
    assert sorted(seen) == ["done"] * 2 + ["started"] * 4
    build.send_signal(signal.SIGINT)
    out, err = build.communicate(timeout=30)
    assert out == "interrupted\n", err
    assert build.returncode == 0
    made = run(no_executor)
    assert made.builder.run([Task("number", "demo.tasks:number", {"value": 3})])[0].json("n.json") == 3


def test_importing_the_build_graph_loads_neither_executors_nor_other_packages(
    script: Callable[..., subprocess.Popen[str]],
) -> None:
    text = """
import sys
import csmkit.build
ours = {name for name in sys.modules if name.partition(".")[0] == "csmkit"}
print(sorted(name for name in ours if not name.startswith("csmkit.build")))
print(sorted({"concurrent.futures", "subprocess", "ctypes", "shutil"} & sys.modules.keys()))
tops = {name.partition(".")[0] for name in sys.modules} - sys.stdlib_module_names
print(sorted(tops & {"pydantic", "numpy", "rich", "OCP", "build123d", "cadquery", "shapely", "click"}))
"""
    out, err = script(text).communicate()
    assert out.splitlines() == ["['csmkit', 'csmkit.errors']", "[]", "[]"], err


def test_tasks_refuse_what_cannot_be_a_task() -> None:
    with pytest.raises(ValueError, match="module:name"):
        Task("t", "demo.tasks")
    with pytest.raises(ValueError, match="both a parameter and an input"):
        Task("t", "demo.tasks:f", {"x": 1}, {"x": {}})
    with pytest.raises(ValueError, match="JSON"):
        Task("t", "demo.tasks:f", {"x": float("nan")})
    with pytest.raises(TypeError):
        Task("t", "demo.tasks:f", {"x": object()})
    with pytest.raises(ValueError, match="relative path"):
        Task("t", "demo.tasks:f", inputs={"x": {"../a": b""}})


def test_a_task_does_not_see_later_changes_of_its_parameters() -> None:
    params = {"x": [1, 2]}
    task = Task("t", "demo.tasks:f", params)
    params["x"].append(3)
    assert task.params == {"x": [1, 2]}
