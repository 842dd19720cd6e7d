# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""How long the line takes, from a kit's folder to its files: whole processes, by the wall clock.

Machines differ and are noisy: beside seconds each row gives the ratio to a yardstick of one run: a Python
that loads the CAD kernel with both libraries.

    .venv/bin/python benchmarks/line.py [--kit bike-trailer] [--runs 5]
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
CSM = [sys.executable, "-c", "from csmkit.cli import main; main()"]
YARDSTICK = [sys.executable, "-c", "import cadquery, build123d"]


def seconds(command: list[str], cache: Path) -> float:
    """Wall-clock seconds of a command that has to succeed."""
    begin = time.perf_counter()
    env = {**os.environ, "CSM_CACHE": str(cache)}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    return time.perf_counter() - begin


def median(run: Callable[[], float], runs: int) -> float:
    """Median of some runs after one that is not counted."""
    run()
    return statistics.median(run() for _ in range(runs))


def workshop(folder: Path, rate: str) -> Path:
    """A workshop file that differs from the default in its labour rate."""
    file = folder / f"workshop-{rate}.toml"
    file.write_text(f"[rates]\nlabour_h = {rate}\n", encoding="utf-8")
    return file


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kit", default="bike-trailer")
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cache, out = folder / "cache", folder / "build"
        build = [*CSM, "build", asked.kit, "--out", str(out)]
        yardstick = median(lambda: seconds(YARDSTICK, cache), asked.runs)
        rows = [("load the CAD kernel (yardstick)", "", yardstick)]
        rows += [("csm list", "≤ 0.5 s", median(lambda: seconds([*CSM, "list"], cache), asked.runs))]
        rows += [(f"csm build {asked.kit}, cold", "≤ 60 s", seconds(build, cache))]
        rows += [("csm build, nothing to do", "≤ 0.5 s", median(lambda: seconds(build, cache), asked.runs))]
        seconds([*build, "--workshop", str(workshop(folder, "22.00"))], cache)
        rates = iter(range(30, 100))
        changed = [
            seconds([*build, "--workshop", str(workshop(folder, f"{next(rates)}.00"))], cache)
            for _ in range(asked.runs)
        ]
        rows += [("csm build, another labour rate", "≤ 3 s", statistics.median(changed))]
        check = [*CSM, "check", asked.kit]
        rows += [(f"csm check {asked.kit}, cold", "", seconds(check, folder / "cache 2"))]
    print(f"{'what':<38} {'figure':>9} {'s':>8} {'× yardstick':>12}")
    for what, figure, took in rows:
        print(f"{what:<38} {figure:>9} {took:>8.2f} {took / yardstick:>12.2f}")


if __name__ == "__main__":
    main()
