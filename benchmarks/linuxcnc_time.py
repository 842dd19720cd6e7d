# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""How near our time estimate comes to a real run of LinuxCNC, headless, in real time.

    python benchmarks/linuxcnc_time.py FILE.ngc [--feed 8000] [--acceleration 1000]

Needs Debian's linuxcnc-uspace. The simulated machine has three axes of the same speed and acceleration,
begins at (0, 0, 0) and changes no tools: that time is the machine's own figure. The run takes as long as the
program does.
"""

from __future__ import annotations

import argparse
import os
import pwd
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from csmkit.cam.proof.interpret import interpret
from csmkit.cam.time_estimate import Leg, moving_seconds
from csmkit.catalog.workshop import default_workshop

TRIES = 4
CONFIG = """\
[EMC]
VERSION = 1.1
MACHINE = timing
[DISPLAY]
DISPLAY = {folder}/run.py
[TASK]
TASK = milltask
CYCLE_TIME = 0.001
[RS274NGC]
PARAMETER_FILE = {folder}/parameters
[EMCMOT]
EMCMOT = motmod
COMM_TIMEOUT = 1.0
BASE_PERIOD = 0
SERVO_PERIOD = 1000000
[EMCIO]
EMCIO = io
CYCLE_TIME = 0.01
TOOL_TABLE = {folder}/tools
[HAL]
HALFILE = LIB:core_sim.hal
[KINS]
KINEMATICS = trivkins
JOINTS = 3
[TRAJ]
COORDINATES = X Y Z
LINEAR_UNITS = mm
ANGULAR_UNITS = degree
MAX_LINEAR_VELOCITY = {speed}
MAX_LINEAR_ACCELERATION = {acceleration}
"""
LIMITS = """\
[{axis}]
TYPE = LINEAR
MAX_VELOCITY = {speed}
MAX_ACCELERATION = {acceleration}
MIN_LIMIT = -5000
MAX_LIMIT = 5000
FERROR = 50
MIN_FERROR = 50
HOME = 0
HOME_OFFSET = 0
HOME_SEARCH_VEL = 0
HOME_LATCH_VEL = 0
HOME_SEQUENCE = 0
"""
RUN = """\
#!/usr/bin/python3
import subprocess
import time

import linuxcnc

control, status = linuxcnc.command(), linuxcnc.stat()
time.sleep(1)
for state in (linuxcnc.STATE_ESTOP_RESET, linuxcnc.STATE_ON):
    control.state(state)
    control.wait_complete()
control.mode(linuxcnc.MODE_MANUAL)
control.wait_complete()
control.home(-1)
time.sleep(1)
control.mode(linuxcnc.MODE_AUTO)
control.wait_complete()
control.program_open("{folder}/program.ngc")
begin = time.monotonic()
control.auto(linuxcnc.AUTO_RUN, 0)
time.sleep(0.3)
status.poll()
ended, quiet = begin, 0  # it is at rest for good once several looks in a row say so
while quiet < 6:
    now = time.monotonic()
    if now - begin > {limit_s} or subprocess.call(["pidof", "-q", "milltask"]):
        raise SystemExit("LinuxCNC has died, or does not come to its end")
    is_quiet = status.interp_state == linuxcnc.INTERP_IDLE and status.inpos and not status.queue
    ended, quiet = (ended if quiet else now, quiet + 1) if is_quiet else (now, 0)
    time.sleep(0.03)
    status.poll()
open("{folder}/seconds", "w").write(str(ended - begin))
"""


def real_seconds(program: str, feed: float, acceleration: float, limit_s: float) -> float:
    """Seconds that LinuxCNC takes for a program; on a busy machine it dies now and then, hence more tries.

    Raises: SystemExit: it has not come to the program's end in `limit_s` in any of them.
    """
    for _ in range(TRIES):
        found = _run(program, feed, acceleration, limit_s)
        if found is not None:
            return found
    raise SystemExit(f"LinuxCNC did not come to the program's end in {TRIES} tries of {limit_s:.0f} s")


def _run(program: str, feed: float, acceleration: float, limit_s: float) -> float | None:
    """Seconds of one run, None where it did not end.

    It has shared memory of its own: an interpreter that somebody starts meanwhile would bring it down.
    """
    limits = {"speed": feed / 60, "acceleration": acceleration}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        axes = [*(f"JOINT_{i}" for i in range(3)), *(f"AXIS_{a}" for a in "XYZ")]
        config = CONFIG.format(folder=folder, **limits)
        (folder / "t.ini").write_text(config + "".join(LIMITS.format(axis=a, **limits) for a in axes))
        (folder / "run.py").write_text(RUN.format(folder=folder, limit_s=limit_s))
        (folder / "run.py").chmod(0o755)
        (folder / "tools").write_text("".join(f"T{i} P{i} Z0 D6\n" for i in range(1, 20)))
        (folder / "parameters").touch()
        (folder / "program.ngc").write_text(program)
        nobody = str(pwd.getpwnam("nobody").pw_uid)  # its real-time part refuses to run as root
        for path in (folder, *folder.iterdir()):
            path.chmod(0o777)
        settings = {**os.environ, "RTAPI_UID": nobody, "RTAPI_FIFO_PATH": str(folder / "fifo")}
        rights = ["--user", "--map-current-user"] if os.geteuid() else []
        command = ["unshare", "--ipc", *rights, "linuxcnc", str(folder / "t.ini")]
        subprocess.run(command, env=settings, capture_output=True, check=False)
        seconds = folder / "seconds"
        return float(seconds.read_text()) if seconds.exists() else None


def legs(program: str) -> Iterator[Leg]:
    """Moves of a program that begins at (0, 0, 0)."""
    at = (0.0, 0.0, 0.0)
    for i, step in enumerate(interpret(program).steps):
        end = step.move.end
        yield (at if i < 2 else step.start), step.move
        at = end


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("file", type=Path, nargs="+")
    parser.add_argument("--feed", type=float, default=8000.0)
    parser.add_argument("--acceleration", type=float, default=1000.0)
    asked = parser.parse_args()
    machine = replace(default_workshop().machine, feed_mm_min=asked.feed, acceleration=asked.acceleration)
    for file in asked.file:
        program = "\n".join(line for line in file.read_text().splitlines() if "M6" not in line)
        estimate = moving_seconds(legs(program), machine) + interpret(program).dwell_s
        real = real_seconds(program, asked.feed, asked.acceleration, 60 + 2 * estimate)
        off = (estimate / real - 1) * 100
        print(f"{file.name}: estimate {estimate:.2f} s, LinuxCNC {real:.2f} s, {off:+.1f} %")


if __name__ == "__main__":
    main()
