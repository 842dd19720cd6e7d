# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""How long the programs of a layered drawing take to plan, to write and to prove, warm, in processor time.

python benchmarks/gcode.py SHEET.dxf …
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from csmkit.cam.plan import toolpaths
from csmkit.cam.post import write
from csmkit.cam.promise import promised
from csmkit.cam.prove import prove
from csmkit.catalog.workshop import default_workshop
from csmkit.pipeline.gcode_drawing import drawn_setups

ROUNDS = 3  # the fastest counts: the others were disturbed
Result = TypeVar("Result")


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    times = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        result = work()
        times.append(time.process_time() - begin)
    return result, min(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("file", type=Path, nargs="+")
    shop = default_workshop()
    for file in parser.parse_args().file:
        for setup in drawn_setups(file.read_bytes(), file.name, shop, to_zero=True).setups:
            program, plan_s = timed(lambda setup=setup: toolpaths(setup, shop))  # type: ignore[misc]
            texts, write_s = timed(lambda program=program: write(program, ()))  # type: ignore[misc]
            planned = promised(program)
            proof, prove_s = timed(
                lambda texts=texts, setup=setup, planned=planned: prove(  # type: ignore[misc]
                    texts, setup, shop.machine, shop.cam, planned
                )
            )
            parts = sum(cut.kind == "outside" for cut in setup.cuts)
            lines = sum(text.text.count("\n") for text in texts)
            print(
                f"{setup.name}: {parts} parts, {len(setup.cuts)} cuts, {lines} lines; plan {plan_s:.2f} s,"
                f" write {write_s:.2f} s, prove {prove_s:.2f} s; {len(proof.faults)} faults,"
                f" runs {proof.seconds:.0f} s"
            )


if __name__ == "__main__":
    main()
