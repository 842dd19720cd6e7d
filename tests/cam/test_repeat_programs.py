# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The same sheet gives the same programs, to the byte, whatever order a process gives to its sets."""

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """\
import sys

sys.path.insert(0, sys.argv[1])
import sheets

from csmkit.cam.plan import toolpaths
from csmkit.cam.post import write
from csmkit.cam.promise import promised
from csmkit.cam.prove import prove
from csmkit.model.outline import Outline

cuts = []
for i in range(6):
    x, y, part = 20 + i % 3 * 190, 20 + i // 3 * 190, f"kit/part {i}"
    cuts.append(sheets.outside(Outline.rectangle(x, y, x + 150, y + 120 + i), part))
    cuts.append(sheets.recess(Outline.rectangle(x + 90, y + 20, x + 120, y + 60), part=part))
    cuts.append(sheets.inside(Outline.rectangle(x + 20, y + 70, x + 50, y + 100), part))
    cuts += [sheets.hole(x + 20 + k * 15, y + 30, (5, 8, 12)[k % 3], part) for k in range(4)]
setup = sheets.setup(*cuts)
for shop in sheets.SHOPS:
    program = toolpaths(setup, shop)
    texts = write(program, ("the same again",))
    print(repr(texts), prove(texts, setup, shop.machine, shop.cam, promised(program)))
"""


def said(seed: str) -> bytes:
    """What a process of its own writes and proves with another order of its sets."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(Path(__file__).parent)],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    )
    return done.stdout


def test_two_processes_write_and_prove_the_same_programs() -> None:
    first = said("1")
    assert first.count(b"ProgramText(") >= 3
    assert first == said("4321")
