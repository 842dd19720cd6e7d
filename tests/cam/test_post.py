# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0

import math
import re

import plate_program as plate
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csmkit.cam.post import DIALECTS, write
from csmkit.cam.post.comment import comment_lines
from csmkit.cam.proof.interpret import interpret
from csmkit.errors import CsmError
from csmkit.model.cam import Move, Program, Toolpath

HEADER = ("csmkit 0.1.0: plate 1.0.0 (default)", "sheet: birch-ply-12-300x200-1")
ALL = [d.key for d in DIALECTS]


def lines_of(program: Program) -> list[str]:
    (text,) = write(program, HEADER)
    return text.text.splitlines()


def arc_program(*moves: Move, start: tuple[float, float, float]) -> Program:
    path = Toolpath("em6", "outside", "part", 18000, start, tuple(moves))
    return plate.program(toolpaths=[path])


@pytest.mark.parametrize("post", ALL)
def test_same_program_gives_same_text_without_a_clock(post: str) -> None:
    first, second = (write(plate.program(post), HEADER) for _ in range(2))
    assert first == second
    assert not re.search(r"20\d\d-|\d\d:\d\d", first[0].text)


@pytest.mark.parametrize("post", ALL)
def test_header_says_what_the_operator_must_know(post: str) -> None:
    text = write(plate.program(post), HEADER)[0].text
    for said in (
        "csmkit 0.1.0: plate 1.0.0 default",
        "sheet: birch-ply-12-300x200-1",
        "em6, end mill 6 mm",
        "stock: 300 x 200 x 12 mm, birch-ply, top side up",
        "zero: x and y at the lower left corner of the stock, z at its top",
        "x: 47.000 to 153.000 mm",
        "z: -12.300 to 1.000 mm",
        "time: 0 min",
    ):
        assert said in text


@pytest.mark.parametrize("post", ALL)
def test_lines_are_ascii_and_of_at_most_80_characters(post: str) -> None:
    text = write(plate.program(post), [*HEADER, "größe × ".join("abcdefghijklmnopqrst")])[0].text
    assert text.isascii()
    assert max(map(len, text.splitlines())) <= 80


def test_comments_hold_nothing_that_a_controller_acts_upon() -> None:
    (line,) = comment_lines(["MSG, a (b) [c] 50 % ! ~ ? $ ; é × d"])
    assert line == "(MSG: a b c 50 e x d)"


@pytest.mark.parametrize("post", ALL)
def test_the_spindle_turns_and_waits_before_the_first_cut_and_stops_at_the_end(post: str) -> None:
    lines = [one for one in write(plate.program(post), HEADER)[0].text.splitlines() if one[0] != "("]
    spindle, cut = lines.index("M3 S18000"), next(i for i, one in enumerate(lines) if "G1" in one.split())
    assert spindle < cut
    assert lines[spindle + 1] == "G4 P3"
    assert lines[-2] == "M5"
    assert lines[-3] == "G0 Z5"
    assert lines[0] == "G21 G90 G17 G94 G54"


def test_no_word_is_repeated() -> None:
    known: dict[str, str] = {}
    for line in lines_of(plate.program()):
        if line.startswith(("(", "M", "G4", "T")):
            continue
        is_arc = "I" in line  # arcs always have x and y
        for word in line.split():
            assert known.get(word[0]) != word or (is_arc and word[0] in "XYIJ"), line
            known[word[0]] = word


def test_each_tool_has_a_file_where_there_is_no_tool_change() -> None:
    paths = [plate.drilled(), plate.pocketed(), plate.holed(plate.EM3), plate.profiled()]
    three, six = write(plate.program("grbl", paths), HEADER)
    assert (three.suffix, six.suffix) == ("-1-em3", "-2-em6")  # no contour before what lies within
    assert [t for _, t in six.tools] == [plate.EM6]
    assert "M6" not in six.text
    assert "inside" not in six.text
    assert "inside" in three.text
    again = write(plate.program("linuxcnc", paths, tool_change="none"), HEADER)
    assert len(again) == 2
    assert not re.search(r"M6|G43|T1", re.sub(r"\(.*\)", "", again[0].text))


def test_a_tool_change_lifts_stops_changes_and_starts_again() -> None:
    paths = [plate.drilled(), plate.holed(plate.EM3)]
    lines = lines_of(plate.program("linuxcnc", paths))
    at = lines.index("T2 M6")
    assert lines[at - 2 : at + 4] == ["G0 Z5", "M5", "T2 M6", "G43 H2", "M3 S18000", "G4 P3"]


def test_unknown_controllers_are_told_by_name() -> None:
    with pytest.raises(CsmError, match="no post for 'heidenhain'; set the machine's post to one of grbl"):
        write(plate.program("heidenhain"), HEADER)


@given(
    st.floats(0.3, 500), st.floats(0, 360), st.floats(0.5, 359.9), st.booleans(),
    st.floats(-50, 50), st.floats(-50, 50), st.floats(-3, 0),
)  # fmt: skip
def test_arcs_hold_two_micrometres_after_rounding_and_stay_where_they_were(
    radius: float, begin: float, turn: float, clockwise: bool, cx: float, cy: float, rise: float
) -> None:
    a, b = math.radians(begin), math.radians(begin + (-turn if clockwise else turn))
    start = (cx + radius * math.cos(a), cy + radius * math.sin(a), 5.0)
    end = (cx + radius * math.cos(b), cy + radius * math.sin(b), 5.0 + rise)
    program = arc_program(Move("arc", end, 1000, (cx, cy), clockwise), start=start)
    reading = interpret(write(program, ())[0].text, arc_limit=0.002)
    assert reading.faults == ()
    arcs = [s for s in reading.steps if s.move.kind == "arc"]
    lines = [s for s in reading.steps if s.move.kind == "line"]
    assert (arcs or lines)[-1].move.end == pytest.approx(end, abs=0.0006)
    if arcs:
        total = sum(abs(s.move.sweep(s.start)) for s in arcs)
        assert total * radius == pytest.approx(math.radians(turn) * radius, abs=0.004)
    for s in arcs:
        assert s.move.center is not None
        for share in (0.25, 0.5, 0.75):
            angle = math.atan2(s.start[1] - s.move.center[1], s.start[0] - s.move.center[0])
            angle += share * s.move.sweep(s.start)
            r = math.dist(s.start[:2], s.move.center)
            x, y = s.move.center[0] + r * math.cos(angle), s.move.center[1] + r * math.sin(angle)
            assert math.hypot(x - cx, y - cy) == pytest.approx(radius, abs=0.002)


def test_a_full_circle_is_written_as_two_halves_with_x_and_y() -> None:
    whole = Move("arc", (10.0, 0.0, 5.0), 1000, (0.0, 0.0))
    arcs = [
        one for one in lines_of(arc_program(whole, start=(10.0, 0.0, 5.0))) if "I" in one and one[0] != "("
    ]
    assert arcs == ["G3 X-10 Y0 I-10 J0 F1000", "X10 Y0 I10 J0"]
