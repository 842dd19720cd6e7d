# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Random parameter sets of every kit: do flat patterns conserve volume, does nothing interfere?

.venv/bin/python benchmarks/random_sets.py [--sets 50] [kit …]
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from csmkit.build import Builder, Store
from csmkit.design.find import find_kits
from csmkit.errors import CsmError
from csmkit.pipeline import Request, check_kit, show_kit

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "designs"))
from random_values import random_values  # noqa: E402  the same draw as the tests'


def main() -> None:
    """Check the sets and print a table; every finding beyond limits and stock is printed in full."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=50)
    parser.add_argument("kits", nargs="*")
    asked = parser.parse_args()
    print(
        f"{'kit':<16} {'sets':>5} {'flat':>6} {'interfering':>12} {'refused':>8} {'beyond a limit':>15} {'s':>7}"
    )
    with tempfile.TemporaryDirectory() as cache, Builder(Store(Path(cache))) as builder:
        for kit in find_kits([ROOT / "designs"]):
            if asked.kits and kit.key not in asked.kits:
                continue
            begin, found = time.perf_counter(), Counter[str]()
            params = show_kit(builder, Request(kit))
            for seed in range(asked.sets):
                values = random_values(params, seed)
                try:
                    findings = check_kit(builder, Request(kit, given=values))
                except CsmError as error:
                    found["refused"] += 1
                    print(f"  {kit.key} {seed}: {error}", file=sys.stderr)
                    continue
                for kind in {f.check for f in findings}:
                    found[kind] += 1
                for finding in findings:
                    if finding.check not in ("limit", "stock"):
                        print(f"  {kit.key} {seed}: {finding}", file=sys.stderr)
            flat = asked.sets - found["refused"] - found["flat pattern"] - found["solid"] - found["bar"]
            took = time.perf_counter() - begin
            print(
                f"{kit.key:<16} {asked.sets:>5} {flat:>6} {found['interference']:>12} {found['refused']:>8}"
                f" {found['limit']:>15} {took:>7.0f}"
            )


if __name__ == "__main__":
    main()
