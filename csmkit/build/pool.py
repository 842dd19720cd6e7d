# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Long-lived worker processes as a `concurrent.futures.Executor`."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from csmkit.build.failure import TaskFailed
from csmkit.build.files import Files, call
from csmkit.build.frames import MAX_BYTES, Message
from csmkit.build.process import WorkerProcess

T = TypeVar("T")

PASSED_ON = (
    "HOME",
    "LD_LIBRARY_PATH",
    "PATH",
    "PYTHONPATH",
    "SYSTEMROOT",
    "TEMP",
    "TMPDIR",
    "VIRTUAL_ENV",
)
"""Variables that a worker needs to find its files; the others may hold secrets and can change results."""

REPEATABLE = {
    "LC_ALL": "C.UTF-8",
    "MKL_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "TZ": "UTC",
}
"""So that sums, sets, dates and sorting come out the same everywhere."""


class WorkerPool(Executor):
    """Runs `call` (and nothing else) in processes that load the kernel once.

    Nothing that comes back is unpickled: a design is somebody else's code. A worker that dies or takes too
    long is replaced; the others and the next task don't notice.

    Args:
        jobs: processes at most; each starts with the first task that finds no idle one.
        wrap: command and arguments before the worker's own, such as a sandbox. It must pass on stdin,
            stdout and stderr, and end its child when it is killed.
        environment: variables beside `PASSED_ON` and `REPEATABLE`.
        timeout_s: wall-clock limit of a task, the start of its worker included.
        max_bytes: what the files of one result may hold.
    """

    def __init__(
        self,
        jobs: int,
        *,
        wrap: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        timeout_s: float | None = None,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        self._jobs = jobs
        self._command = [*wrap, sys.executable, "-P", "-m", "csmkit.build.worker"]
        self._environment = _environment(environment or {})
        self._timeout_s = timeout_s
        self._max_bytes = max_bytes
        self._queue: SimpleQueue[tuple[Future[Any], Message] | None] = SimpleQueue()
        self._idle = threading.Semaphore(0)
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._workers: set[WorkerProcess] = set()
        self._is_closed = False
        self._is_stopped = False

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Run `call(function, params, inputs)` in a worker.

        Returns: a future of its files. Its errors are `CsmError` as the task raised it, or `TaskFailed`.
        Raises: TypeError: not `call`. RuntimeError: the pool is shut down.
        """
        if fn is not call:
            raise TypeError("workers run csmkit.build.call only")
        request = _request(*args, **kwargs)
        with self._lock:
            if self._is_closed:
                raise RuntimeError("the pool is shut down")
            future: Future[T] = Future()
            self._queue.put((future, request))
            if not self._idle.acquire(blocking=False) and len(self._threads) < self._jobs:
                thread = threading.Thread(target=self._serve, daemon=True)
                self._threads.append(thread)
                thread.start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers: when all is done, or at once if nobody waits and what is left is cancelled."""
        with self._lock:
            self._is_closed = True
            if cancel_futures:
                self._cancel()
            if cancel_futures and not wait:
                self._is_stopped = True
                for worker in self._workers:
                    worker.kill()
            for _ in self._threads:
                self._queue.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def _cancel(self) -> None:
        try:
            while True:
                job = self._queue.get_nowait()
                if job is not None:
                    job[0].cancel()
        except Empty:
            return

    def _serve(self) -> None:
        """One thread a worker: hand it a request, wait for its answer."""
        worker: WorkerProcess | None = None
        while (job := self._queue.get()) is not None:
            future, request = job
            if future.set_running_or_notify_cancel():
                try:
                    if worker is None or worker.has_ended:
                        worker = self._start(worker)
                    result = worker.ask(request, self._timeout_s, self._max_bytes)
                except Exception as error:  # noqa: BLE001  the future carries it to who waits
                    future.set_exception(error)
                else:
                    future.set_result(result)
            del future, request, job  # an idle thread holds no files
            self._idle.release()
        if worker is not None:
            self._end(worker)

    def _start(self, old: WorkerProcess | None) -> WorkerProcess:
        if old is not None:
            self._end(old)
        with self._lock:
            if self._is_stopped:
                raise TaskFailed("the build was stopped")
            worker = WorkerProcess(self._command, self._environment)
            self._workers.add(worker)
        return worker

    def _end(self, worker: WorkerProcess) -> None:
        worker.kill()
        with self._lock:
            self._workers.discard(worker)
        worker.close()


def _request(function: str, params: Mapping[str, object], inputs: Mapping[str, Files]) -> Message:
    return Message({"function": function, "params": params}, inputs)


def _environment(extra: Mapping[str, str]) -> dict[str, str]:
    passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    root = Path(__file__).resolve().parents[2]
    if root.name not in ("site-packages", "dist-packages"):  # a checkout: workers import the same one
        paths = [str(root), passed_on.get("PYTHONPATH", "")]
        passed_on["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
    return {**passed_on, **REPEATABLE, **extra}
