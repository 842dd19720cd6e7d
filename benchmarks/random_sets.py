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
    head = ("flat", "interfering", "refused", "over a limit", "s")
    print(f"{'kit':<16} {'sets':>5}" + "".join(f"{word:>14}" for word in head))
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
            row = (flat, found["interference"], found["refused"], found["limit"], round(took))
            print(f"{kit.key:<16} {asked.sets:>5}" + "".join(f"{n:>14}" for n in row))


if __name__ == "__main__":
    main()
