# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A small package of task functions, and builders for it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pytest
from recorded_run import Run

import csmkit
from csmkit.build.pool import WorkerPool

ROOT = Path(csmkit.__file__).parents[1]


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """Folder of a package "demo" with the module "tasks"."""
    package = tmp_path / "path" / "demo"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "tasks.py").write_text(Path(__file__).with_name("demo_tasks.py").read_text())
    return package


@pytest.fixture
def pool(demo: Path) -> Iterator[Callable[..., WorkerPool]]:
    """Makes pools whose workers can import the package."""
    pools: list[WorkerPool] = []

    def make(jobs: int = 1, **options: object) -> WorkerPool:
        path = os.pathsep.join([str(demo.parent), str(ROOT)])
        pools.append(WorkerPool(jobs, environment={"PYTHONPATH": path}, **options))  # type: ignore[arg-type]
        return pools[-1]

    yield make
    for made in pools:
        made.shutdown(wait=False, cancel_futures=True)


@pytest.fixture
def run(tmp_path: Path, demo: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Run]]:
    """Makes runs on one store; in threads if no executor is given."""
    monkeypatch.syspath_prepend(str(demo.parent))
    runs: list[Run] = []

    def make(executor: Callable[[], Executor] | None = None, jobs: int = 2) -> Run:
        threads = executor or (lambda: ThreadPoolExecutor(jobs))
        runs.append(Run(tmp_path / "store", demo, threads, jobs))
        return runs[-1]

    yield make
    for made in runs:
        made.builder.close(wait=False)
    for name in [name for name in sys.modules if name.partition(".")[0] == "demo"]:
        del sys.modules[name]


@pytest.fixture
def script(demo: Path, tmp_path: Path) -> Callable[..., subprocess.Popen[str]]:
    """Starts a Python script in a process of its own, with the package and csmkit on its path."""

    def start(text: str, *arguments: object, **variables: str) -> subprocess.Popen[str]:
        path = os.pathsep.join([str(demo.parent), str(ROOT)])
        return subprocess.Popen(
            [sys.executable, "-c", text, *map(str, arguments)],
            env={**os.environ, "PYTHONPATH": path, **variables},
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start
