# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""One engine's attempt in a process of its own, because native solvers crash and hang.

As a module it reads a task from stdin and writes each candidate as a line, so that whatever ends it, the
lines before stay.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module

from csmkit.model import NestInstance
from csmkit.model.data import dump, load
from csmkit.nest.candidate import Candidate, Effort, Engine, from_line, to_line

PATIENCE = 10.0  # times the limit: a slow or busy machine must not change a plan that repeats …
STARTUP_S = 60.0  # … and what starting and the beam search may take there


@dataclass(frozen=True)
class Attempt:
    """What an engine has answered."""

    candidates: tuple[Candidate, ...]
    trouble: str  # "" if it ended well


Run = Callable[[str, NestInstance, Effort], Attempt]


def load_engine(place: str) -> Engine:
    """An adapter by "module:Class".

    Raises: ImportError: what it needs isn't installed.
    """
    module, name = place.split(":")
    engine: Engine = getattr(import_module(module), name)()
    return engine


def isolated(place: str, instance: NestInstance, effort: Effort) -> Attempt:
    """Run an engine in a process of its own, and end it when it takes far too long."""
    task = json.dumps({"place": place, "effort": asdict(effort), "instance": dump(instance).decode()})
    command = [sys.executable, "-m", "csmkit.nest.attempt"]
    try:
        done = subprocess.run(
            command,
            input=task.encode(),
            capture_output=True,
            timeout=PATIENCE * effort.time_limit_s + STARTUP_S,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        return Attempt(_candidates(late.stdout or b""), f"stopped after {late.timeout:.0f} s")
    if done.returncode == 0:
        return Attempt(_candidates(done.stdout), "")
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    last = lines[-1][:200] if lines else ""
    return Attempt(_candidates(done.stdout), f"ended with {done.returncode}: {last}".rstrip(": "))


def in_process(place: str, instance: NestInstance, effort: Effort) -> Attempt:
    """Run an engine here: no start-up time, no protection."""
    found: list[Candidate] = []
    load_engine(place).solve(instance, effort, found.append)
    return Attempt(tuple(found), "")


def _candidates(data: bytes) -> tuple[Candidate, ...]:
    """All whole lines; a line that was cut off at the end is left out."""
    result = []
    for line in data.decode(errors="replace").split("\n")[:-1]:
        if line.startswith("["):
            result.append(from_line(line))
    return tuple(result)


def main() -> None:
    """Do the task of stdin."""
    task = json.loads(sys.stdin.buffer.read())
    instance = load(NestInstance, task["instance"].encode())

    def tell(candidate: Candidate) -> None:
        sys.stdout.write(to_line(candidate) + "\n")
        sys.stdout.flush()

    load_engine(task["place"]).solve(instance, Effort(**task["effort"]), tell)


if __name__ == "__main__":
    main()
