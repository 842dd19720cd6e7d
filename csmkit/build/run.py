# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Running tasks: only those whose results aren't stored, in parallel, in the order that they need."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Literal

from csmkit.build.failure import TaskFailed
from csmkit.build.files import Files, call, check_files, content_digest, sha256
from csmkit.build.graph import Pick, Source, Task, in_order
from csmkit.build.key import Code, key
from csmkit.build.result import Event, Result
from csmkit.build.sources import Import
from csmkit.build.store import Blob, Damaged, Entry, Store
from csmkit.errors import CsmError

if TYPE_CHECKING:  # a build with nothing to do loads no executor
    from concurrent.futures import Executor, Future

LEARNED = "imported-names"  # note in the store: SHA-256 of a source to its imports
MAX_LEARNED = 4000  # sources; some versions of csmkit and of its designs
MAX_REPAIRS = 3  # times that a result may prove damaged in one run, before the disk is to blame


class Builder:
    """Runs tasks against a store.

    Args:
        store: where results are looked up and kept.
        executor: makes the executor, at the first task that isn't stored; any `concurrent.futures.Executor`
            will do. A `WorkerPool` of this size if not given.
        jobs: tasks that run at the same time; the processors that we may use if not given.
        on_event: told of every task, in this thread.
        code: the sources and tools that count for keys; csmkit's if not given.
        timeout_s: wall-clock limit of a task, for the `WorkerPool` that is made if none is given.
    """

    def __init__(
        self,
        store: Store,
        *,
        executor: Callable[[], Executor] | None = None,
        jobs: int | None = None,
        on_event: Callable[[Event], None] | None = None,
        code: Code | None = None,
        timeout_s: float | None = None,
    ) -> None:
        self.store = store
        self.jobs = jobs or _processors()
        self.on_event = on_event
        self.code = code or Code()
        self._make_executor = executor
        self._timeout_s = timeout_s
        self._executor: Executor | None = None
        self._learned = _learned(store)
        self.code.sources.imports.update(self._learned)

    def __enter__(self) -> Builder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(wait=error is None)

    def run(self, tasks: Sequence[Task]) -> list[Result]:
        """Bring the tasks and all that they need up to date.

        The results of the tasks themselves are read through and checked by hash even if they are stored.
        After an error or Ctrl-C no new task starts, those that run are stopped, and what is stored stays.

        Returns: one result a task, in their order.
        Raises: CsmError, TaskFailed: of the first failed task, in the order of `in_order`.
        """
        walk = _Walk(self, tasks)
        try:
            entries = walk.entries_of_all()
        except BaseException as error:
            if walk.is_busy or not isinstance(error, Exception):
                self.close(wait=False)
            raise
        self._keep_learned()
        return [Result(task, entries[task].files, entries[task].digest, self.store) for task in tasks]

    def _submit(self, task: Task, inputs: dict[str, Files]) -> Future[Files]:
        """Hand a task to the executor, which is made if this is the first."""
        if self._executor is None:
            self._executor = self._make_executor() if self._make_executor else self._pool()
        return self._executor.submit(call, task.function, dict(task.params), inputs)

    def close(self, wait: bool = True) -> None:
        """End the executor; at once if not `wait`."""
        executor, self._executor = self._executor, None
        if executor is not None:
            executor.shutdown(wait=wait, cancel_futures=True)

    def _pool(self) -> Executor:
        from csmkit.build.pool import WorkerPool

        return WorkerPool(self.jobs, timeout_s=self._timeout_s)

    def _keep_learned(self) -> None:
        sources = self.code.sources
        if new := {digest: sources.imports[digest] for digest in sources.used - self._learned.keys()}:
            old = self._learned if len(self._learned) < MAX_LEARNED else {}
            self._learned = {**old, **new}
            self.store.keep_note(LEARNED, self._learned)


@dataclass(frozen=True)
class _Running:
    task: Task
    key: str
    since: float


class _Walk:
    """One run through the graph."""

    def __init__(self, builder: Builder, tasks: Sequence[Task]) -> None:
        self._builder = builder
        self._asked = set(tasks)
        self._position = {task: n for n, task in enumerate(in_order(tasks))}
        self._waiting = list(self._position)
        self._entries: dict[Task, Entry] = {}
        self._missing: dict[Task, str] = {}
        self._running: dict[Future[Files], _Running] = {}
        self._errors: dict[Task, Exception] = {}
        self._repairs: dict[Task, int] = {}

    @property
    def is_busy(self) -> bool:
        """Whether tasks are running."""
        return bool(self._running)

    def entries_of_all(self) -> dict[Task, Entry]:
        while self._waiting or self._running:
            self._advance()
            if self._running:
                self._collect()
            if self._errors and self._no_earlier_runs():
                raise self._errors[self._first_error()]
        return self._entries

    def _advance(self) -> None:
        """Pass over all that is stored, and start what is ready while there is room."""
        for task in self._waiting.copy():
            if all(need in self._entries for need in task.needs()) and not self._find(task):
                has_twin = any(running.key == self._missing[task] for running in self._running.values())
                if len(self._running) < self._builder.jobs and not has_twin:
                    self._start(task)

    def _find(self, task: Task) -> bool:
        """Whether the task's result is stored; it waits no longer then."""
        store = self._builder.store
        if task in self._missing:
            return False
        digests = {name: self._digest(source) for name, source in task.inputs.items()}
        task_key = key(task, digests, self._builder.code)
        entry = store.find(task_key)
        if entry is None or (task in self._asked and not store.is_whole(entry)):
            self._missing[task] = task_key
            return False
        self._waiting.remove(task)
        self._entries[task] = entry
        self._tell("cached", task)
        return True

    def _start(self, task: Task) -> None:
        try:
            inputs = {name: self._load(source) for name, source in task.inputs.items()}
        except _Again:
            return
        self._waiting.remove(task)
        future = self._builder._submit(task, inputs)
        self._running[future] = _Running(task, self._missing.pop(task), time.perf_counter())
        self._tell("started", task)

    def _collect(self) -> None:
        """Wait for a task to end, and keep what those give that have."""
        from concurrent.futures import FIRST_COMPLETED, wait

        try:
            ended = wait(self._running, return_when=FIRST_COMPLETED).done
        except (
            RuntimeError
        ) as error:  # how Ctrl-C looks when it comes while Python holds the condition's lock
            if isinstance(error.__context__, KeyboardInterrupt):
                raise KeyboardInterrupt from None
            raise
        for future in sorted(ended, key=lambda future: self._position[self._running[future].task]):
            running = self._running.pop(future)
            seconds = time.perf_counter() - running.since
            try:
                files = check_files(future.result())
            except Exception as error:  # noqa: BLE001  a task may raise anything; raised at the end of the run
                self._errors[running.task] = _told(running.task, error)
                self._waiting.clear()
                self._tell("failed", running.task, seconds)
            else:
                self._entries[running.task] = self._record(running, files)
                self._tell("done", running.task, seconds)

    def _record(self, running: _Running, files: Files) -> Entry:
        if not self._builder.code.is_unchanged(running.task):
            problem = f"{running.task.name}: the source of csmkit changed while it was running"
            raise CsmError(problem, remedy="run again")
        for task, other in list(self._missing.items()):
            if other == running.key:  # its twin; look again
                del self._missing[task]
        return self._builder.store.record(running.key, files)

    def _digest(self, source: Source) -> str:
        """Content digest of an input."""
        if isinstance(source, dict):
            return content_digest({name: sha256(data) for name, data in source.items()})
        return content_digest({name: blob.sha256 for name, blob in self._blobs(source).items()})

    def _load(self, source: Source) -> Files:
        """The files of an input.

        Raises: _Again: they were damaged; their task waits again.
        """
        if isinstance(source, dict):
            return source
        try:
            return {name: self._builder.store.read(blob.sha256) for name, blob in self._blobs(source).items()}
        except Damaged:
            self._repair(source.task if isinstance(source, Pick) else source)
            raise _Again from None

    def _blobs(self, source: Task | Pick) -> dict[str, Blob]:
        if isinstance(source, Task):
            return dict(self._entries[source].files)
        files = self._entries[source.task].files
        return {name: files[name] for name in source.names(files.keys())}

    def _repair(self, task: Task) -> None:
        """Have a task run again whose stored result is damaged."""
        self._repairs[task] = self._repairs.get(task, 0) + 1
        if self._repairs[task] > MAX_REPAIRS:
            problem = f"{task.name}: its result can't be read back from {self._builder.store.root}"
            raise CsmError(problem, remedy="check the disk or choose another cache folder with --cache")
        del self._entries[task]
        self._waiting.append(task)
        self._waiting.sort(key=self._position.__getitem__)
        self._missing.clear()  # keys may change if the task gives something else now

    def _no_earlier_runs(self) -> bool:
        first = self._position[self._first_error()]
        return all(self._position[running.task] > first for running in self._running.values())

    def _first_error(self) -> Task:
        return min(self._errors, key=self._position.__getitem__)

    def _tell(
        self, kind: Literal["started", "done", "cached", "failed"], task: Task, seconds: float = 0.0
    ) -> None:
        if self._builder.on_event is not None:
            finished, total = len(self._entries), len(self._position)
            self._builder.on_event(Event(kind, task.name, seconds, finished, total))


class _Again(Exception):
    """The task can't start yet."""


def _told(task: Task, error: Exception) -> Exception:
    """The error as the user hears it."""
    if isinstance(error, CsmError):
        return error
    if isinstance(error, TaskFailed):
        return error.in_task(task.name)
    import traceback

    problem = " ".join(traceback.format_exception_only(error)[-1].split())
    return TaskFailed(problem, "".join(traceback.format_exception(error)), task.name)


def _learned(store: Store) -> dict[str, list[Import]]:
    note = store.note(LEARNED)
    if not isinstance(note, dict):
        return {}
    return {
        digest: [
            (dots, module, tuple((there, here) for there, here in names)) for dots, module, names in found
        ]
        for digest, found in note.items()
    }


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
