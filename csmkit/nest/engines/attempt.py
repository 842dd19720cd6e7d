# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""One engine's attempt in a process of its own, because native solvers crash and hang.

As a module it reads a task from stdin and writes each candidate as a line, so that whatever ends it, the
lines before stay.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from importlib import import_module
from typing import IO, Protocol

from csmkit.model import NestInstance
from csmkit.model.data import dump, load
from csmkit.nest.candidate import Candidate, Effort, Engine, Tell, from_line, to_line

PATIENCE = 10.0  # times the limit: a slow or busy machine must not change a plan that repeats …
STARTUP_S = 60.0  # … and what starting and the beam search may take there
LATE_S = 10.0  # over the limit, where an engine goes by the clock
TICK_S = 0.05  # between looks at a child


@dataclass(frozen=True)
class Attempt:
    """What an engine has answered."""

    candidates: tuple[Candidate, ...]
    trouble: str  # "" if it ended well


@dataclass(frozen=True)
class Line:
    """How a running engine is heard, and ended: plans are told as they come, in the caller's thread."""

    tell: Tell = lambda _: None
    stop: threading.Event = field(default_factory=threading.Event)


class Run(Protocol):
    """A way to run an engine."""

    def __call__(self, place: str, instance: NestInstance, effort: Effort, line: Line = ..., /) -> Attempt:
        """All that the engine at a place says."""


def load_engine(place: str) -> Engine:
    """An adapter by "module:Class".

    Raises: ImportError: what it needs isn't installed.
    """
    module, name = place.split(":")
    engine: Engine = getattr(import_module(module), name)()
    return engine


def isolated(place: str, instance: NestInstance, effort: Effort, line: Line | None = None, /) -> Attempt:
    """Run an engine in a process of its own, and end it when it takes far too long or when it is told to."""
    line = line or Line()
    task = json.dumps({"place": place, "effort": _plain(effort), "instance": dump(instance).decode()})
    limit = effort.time_limit_s
    patience = PATIENCE * limit + STARTUP_S if effort.repeatable else limit + LATE_S
    child = subprocess.Popen(
        [sys.executable, "-m", "csmkit.nest.engines.attempt"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        return _heard(child, task.encode(), time.monotonic() + patience, patience, line)
    finally:
        child.kill()
        child.wait()


def in_process(place: str, instance: NestInstance, effort: Effort, line: Line | None = None, /) -> Attempt:
    """Run an engine here: no start-up time, no protection."""
    line = line or Line()
    found: list[Candidate] = []

    def told(candidate: Candidate) -> None:
        found.append(candidate)
        line.tell(candidate)

    load_engine(place).solve(instance, effort, told)
    return Attempt(tuple(found), "")


def _plain(effort: Effort) -> dict[str, object]:
    return {**asdict(effort), "start": to_line(effort.start)}


def _heard(
    child: subprocess.Popen[bytes], task: bytes, deadline: float, patience: float, line: Line
) -> Attempt:
    """What a child says until it ends, is late or is to stop."""
    heard: queue.SimpleQueue[Candidate] = queue.SimpleQueue()
    errors: list[bytes] = []
    threads = [
        threading.Thread(target=target, args=args, daemon=True)
        for target, args in (
            (_write, (child.stdin, task)),
            (_read, (child.stdout, heard)),
            (lambda out: errors.append(out.read()), (child.stderr,)),
        )
    ]
    for thread in threads:
        thread.start()
    found: list[Candidate] = []
    trouble = ""
    is_over = False
    while not is_over:
        is_over = child.poll() is not None
        if not is_over and (line.stop.is_set() or time.monotonic() > deadline):
            trouble = "" if line.stop.is_set() else f"stopped after {patience:.0f} s"
            child.kill()
            child.wait()
            is_over = True
        if is_over:
            for thread in threads[1:]:
                thread.join()
        with suppress(queue.Empty):
            while True:
                found.append(heard.get(timeout=0.0 if is_over else TICK_S))
                line.tell(found[-1])
    if child.returncode != 0 and not trouble and not line.stop.is_set():
        lines = b"".join(errors).decode(errors="replace").strip().splitlines()
        trouble = f"ended with {child.returncode}: {lines[-1][:200] if lines else ''}".rstrip(": ")
    return Attempt(tuple(found), trouble)


def _write(pipe: IO[bytes], task: bytes) -> None:
    """Give a child its task; one that has died before will be noticed by how it ended."""
    with suppress(OSError), pipe:
        pipe.write(task)


def _read(pipe: IO[bytes], heard: queue.SimpleQueue[Candidate]) -> None:
    """Candidates of all whole lines; a line that was cut off at the end is left out."""
    for raw in pipe:
        text = raw.decode(errors="replace")
        if text.startswith("[") and text.endswith("\n"):
            heard.put(from_line(text))


def main() -> None:
    """Do the task of stdin."""
    task = json.loads(sys.stdin.buffer.read())
    instance = load(NestInstance, task["instance"].encode())

    def tell(candidate: Candidate) -> None:
        sys.stdout.write(to_line(candidate) + "\n")
        sys.stdout.flush()

    start = from_line(task["effort"].pop("start"))
    effort = Effort(**task["effort"], start=start)
    load_engine(task["place"]).solve(instance, effort, tell)


if __name__ == "__main__":
    main()
