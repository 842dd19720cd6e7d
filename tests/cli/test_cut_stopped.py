# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""csm cut and a real Ctrl-C."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHOP = '[[stock_sheet]]\nsheet = "birch-ply-18"\nsize = [1500, 1000]\nprice = 60.00\n'


def test_ctrl_c_keeps_the_best_plan_so_far(tmp_path):
    """One Ctrl-C long before the time is over: all is written, the exit code is 0."""
    (tmp_path / "my.toml").write_text(SHOP, "utf-8")
    command = [sys.executable, "-c", "from csmkit.cli import main; main()"]
    more = ("step-stool=3", "--workshop", "my.toml", "--time", "300", "--out", "out")
    running = subprocess.Popen(
        [*command, "--designs", str(ROOT / "designs"), "--cache", "cache", "cut", *more],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job in the background ignores it
    )
    assert running.stderr is not None
    lines = []
    while line := running.stderr.readline():
        lines.append(line)
        if line.startswith("birch-ply-18: ") and "sheets (" in line:
            running.send_signal(signal.SIGINT)
            break
    try:
        out, err = running.communicate(timeout=120)
    finally:
        running.kill()
    assert running.returncode == 0, (lines, err)
    assert "stopped: the best plans so far are kept" in err
    assert "step-stool-x3: 15 parts on" in out
    plan = json.loads((tmp_path / "out" / "step-stool-x3" / "plan.json").read_text("utf-8"))
    assert sum(sheet["parts"] for sheet in plan["sheets"]) == 15
