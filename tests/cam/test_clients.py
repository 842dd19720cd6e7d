# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Interpreters of others read our programs as we do."""

from dataclasses import replace
from pathlib import Path

import clients
import plate_program as plate
import pytest

from csmkit.cam.post import DIALECTS, write
from csmkit.cam.promise import Promise
from csmkit.cam.proof.interpret import interpret
from csmkit.cam.prove import prove
from csmkit.model.workshop import CamRules

ALL = [d.key for d in DIALECTS]


def programs(post: str) -> list[str]:
    paths = [plate.drilled(), plate.pocketed(), plate.holed(plate.EM3), plate.profiled()]
    return [one.text for one in write(plate.program(post, paths), ("client test",))]


@pytest.mark.needs("rs274", package="linuxcnc-uspace")
@pytest.mark.parametrize("post", ALL)
def test_linuxcnc_reads_every_dialect_as_we_do(post: str, tmp_path: Path) -> None:
    for text in programs(post):
        same_as_ours(clients.seen("rs274", text, tmp_path))


@pytest.mark.needs("node", package="nodejs")
@pytest.mark.parametrize("post", ALL)
def test_a_second_interpreter_reads_every_dialect_as_we_do(post: str, tmp_path: Path) -> None:
    for text in programs(post):
        same_as_ours(clients.seen("gcode_toolpath", text, tmp_path))


def same_as_ours(seen: clients.Seen) -> None:
    assert seen.moves >= 9
    assert seen.ends <= 0.001
    assert seen.box <= 0.001
    assert seen.radius <= 0.002


def test_a_reading_that_differs_by_a_hundredth_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = programs("linuxcnc")[0]

    def reads_otherwise(text: str, folder: Path) -> list[clients.Leg]:
        legs = [(step.start, step.move) for step in interpret(text).steps]
        i = max(i for i, (_, move) in enumerate(legs) if move.kind == "line")
        x, y, z = legs[i][1].end
        legs[i] = (legs[i][0], replace(legs[i][1], end=(x + 0.01, y, z)))
        return legs

    monkeypatch.setattr(clients, "rs274", reads_otherwise)
    assert clients.seen("rs274", text, tmp_path).ends == pytest.approx(0.01)


FOREIGN = """\
%
(Exported by FreeCAD)
N10 G20 G90 G17 G40 G49 G80
N20 M6 T1
N25 G43 H1
N30 M3 S12000
N40 G0 Z0.5
N50 G0 X1 Y1
N60 G99 G83 X1 Y1 Z-.25 R.1 Q.1 F20
N70 X2
N75 G80
N80 G91 G1 X.5 Z-.05 F30
N90 G90 G3 X3 Y1 I.25 J0
N95 G2 X3.5 Y1.5 R.5
N97 G0 Z.5
N98 M5
N99 M30
%
"""


@pytest.mark.needs("rs274", package="linuxcnc-uspace")
def test_linuxcnc_reads_programs_of_others_as_we_do(tmp_path: Path) -> None:
    steps = interpret(FOREIGN)
    assert steps.faults == ()
    ours = [s.move.end for s in steps.steps]
    theirs = [tuple(25.4 * v for v in m.end) for _, m in clients.rs274(FOREIGN, tmp_path)]
    assert [tuple(round(v, 2) for v in p) for p in theirs] == [tuple(round(v, 2) for v in p) for p in ours]


@pytest.mark.needs("rs274", package="linuxcnc-uspace")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("G3 X153 Y60 I0 J13", "G3 X153 Y60 I0 J13.1"),
        ("M2\n", ""),
        (" F600", " "),
        ("G21 G90", "G21 G90 G5.5"),
    ],
)
def test_what_linuxcnc_refuses_our_proof_refuses(old: str, new: str, tmp_path: Path) -> None:
    program = plate.program("linuxcnc")
    (one,) = write(program, ())
    text = (
        one.text.replace(old, new).replace(" F3000", "") if "F600" in old else one.text.replace(old, new, 1)
    )
    with pytest.raises(AssertionError):
        clients.rs274(text, tmp_path)
    broken = type(one)(one.suffix, one.ending, one.tools, text)
    assert prove([broken], program.setup, program.machine, CamRules(), Promise(plate.TABS)).faults
