# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Times of a written program's moves: those of its proof, in its order, with what each is for."""

import json
import math
from dataclasses import replace
from itertools import pairwise

import plate_program as plate
import pytest

from csmkit.cam.post import write
from csmkit.cam.prove import prove
from csmkit.cam.time_estimate import leg_seconds, moving_seconds
from csmkit.cam.timeline import timeline
from csmkit.export.moves_json import PER_MM, PER_S, moves_json
from csmkit.model.cam import Program, ProgramText, Proof

TWO_CUTTERS = (plate.drilled(plate.EM3), plate.pocketed(plate.EM3), plate.holed(), plate.profiled())
DIALECTS = ("linuxcnc", "grbl", "mach3")


def written(post: str) -> tuple[Program, tuple[ProgramText, ...], Proof]:
    program = plate.program(post, TWO_CUTTERS)
    texts = write(program, ["a plate"])
    return program, texts, prove(texts, program.setup, program.machine, plate.RULES)


@pytest.mark.parametrize("post", DIALECTS)
def test_moves_and_standstills_add_up_to_the_time_of_the_proof(post: str) -> None:
    program, texts, proof = written(post)
    moves = timeline(program, texts)
    assert moves[-1].begin_s + moves[-1].seconds == pytest.approx(proof.seconds)
    cut_mm = sum(m.move.length(m.start) for m in moves if m.move.kind != "rapid")
    assert cut_mm == pytest.approx(proof.cut_mm)
    for before, after in pairwise(moves):
        assert after.begin_s >= before.begin_s + before.seconds - 1e-9


def test_a_change_of_the_cutter_takes_its_time_between_two_moves() -> None:
    program, texts, _ = written("linuxcnc")
    moves = timeline(program, texts)
    stands = [
        (after.begin_s - before.begin_s - before.seconds, before.work.tool.key, after.work.tool.key)
        for before, after in pairwise(moves)
        if before.work.tool != after.work.tool
    ]
    assert len(stands) == len(program.tools) - 1 > 0
    for seconds, _, _ in stands:
        assert seconds >= program.machine.tool_change_s


@pytest.mark.parametrize("post", DIALECTS)
def test_each_cutting_move_says_which_cut_it_is_of(post: str) -> None:
    program, texts, _ = written(post)
    for path in program.toolpaths:
        cutting = [
            m for m in timeline(program, texts) if (m.work.kind, m.work.tool.key) == (path.kind, path.tool)
        ]
        deepest = min(move.end[2] for move in path.moves)
        assert min(m.move.end[2] for m in cutting) == pytest.approx(deepest, abs=1e-3)
        assert {m.work.part for m in cutting} == {path.part}


def test_seconds_of_single_moves_add_up_with_rounded_corners_too() -> None:
    program, texts, _ = written("linuxcnc")
    legs = [(m.start, m.move) for m in timeline(program, texts)]
    single = leg_seconds(legs, program.machine)
    assert len(single) == len(legs)
    assert sum(single) == pytest.approx(moving_seconds(legs, program.machine))
    assert all(
        (seconds > 0) == (m.length(start) > 1e-9) for seconds, (start, m) in zip(single, legs, strict=True)
    )


@pytest.mark.parametrize("post", DIALECTS)
def test_the_file_leads_to_every_move_s_end_at_its_time(post: str) -> None:
    program, texts, proof = written(post)
    moves = timeline(program, texts)
    data = json.loads(moves_json(program.setup, moves, proof.seconds))
    rows = data["rows"]
    at, time, arcs, read = [0.0, 0.0, 0.0], 0, 0, []
    for n, kind in enumerate(rows["kind"]):
        begin, start = time + rows["wait"][n], list(at)
        time = begin + rows["run"][n]
        at = [a + rows[axis][n] / PER_MM for a, axis in zip(at, "xyz", strict=True)]
        radius = None
        if kind in "AC":
            radius = math.hypot(rows["i"][arcs], rows["j"][arcs]) / PER_MM
            arcs += 1
        read.append((kind, start, at, begin / PER_S, time / PER_S, radius))
    assert arcs == len(rows["i"]) == len(rows["j"])
    read = [row for row in read if row[3] < row[4]]  # ways that take no time lead to where a text begins
    timed = [move for move in moves if move.seconds > PER_S**-1]
    assert len(read) >= len(timed) > 50
    by_end = {(round(row[4], 3), row[0]): row for row in read}
    for move in timed:
        letter = {"rapid": "R", "line": "L"}.get(move.move.kind, "C" if move.move.clockwise else "A")
        kind, start, end, begin, _, radius = by_end[round(move.begin_s + move.seconds, 3), letter]
        assert start == pytest.approx(move.start, abs=0.006)
        assert end == pytest.approx(move.move.end, abs=0.006)
        assert begin == pytest.approx(move.begin_s, abs=0.001)
        if move.move.center is not None:
            assert radius == pytest.approx(math.dist(move.start[:2], move.move.center), abs=0.01)


def test_the_file_says_which_row_begins_which_work() -> None:
    program, texts, proof = written("linuxcnc")
    data = json.loads(moves_json(program.setup, timeline(program, texts), proof.seconds))
    said = [(work["kind"], work["part"], data["cutters"][work["cutter"]]["key"]) for work in data["works"]]
    assert said == [(path.kind, path.part, path.tool) for path in program.toolpaths]
    begins = [work["row"] for work in data["works"]]
    assert begins == sorted(set(begins))
    assert begins[0] == 0


def test_a_slower_change_of_the_cutter_makes_all_that_follows_later() -> None:
    program, texts, _ = written("linuxcnc")
    slow = replace(program, machine=replace(program.machine, tool_change_s=300.0))
    usual, late = timeline(program, texts), timeline(slow, texts)
    assert late[0].begin_s == usual[0].begin_s
    more = (300.0 - program.machine.tool_change_s) * (len(program.tools) - 1)
    assert late[-1].begin_s - usual[-1].begin_s == pytest.approx(more)
