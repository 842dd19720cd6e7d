# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csmkit.cam.proof.interpret import Reading, Step, interpret
from csmkit.model.pose import Vector

BEGIN = "G21 G90 G17\nG0 X0 Y0 Z5\nF1000 S10000 M3\n"


def read(body: str, begin: str = BEGIN) -> Reading:
    return interpret(f"{begin}{body}\nM2\n")


def steps(body: str, begin: str = BEGIN) -> list[Step]:
    reading = read(body, begin)
    assert reading.faults == ()
    return list(reading.steps[1:])


def ends(body: str, begin: str = BEGIN) -> list[Vector]:
    return [tuple(round(v, 6) for v in s.move.end) for s in steps(body, begin)]  # type: ignore[misc]


def test_words_stay_in_force_until_they_are_changed() -> None:
    found = steps("G1 X10 F600\nY10\nG0 Z6\nX0")
    assert [s.move.kind for s in found] == ["line", "line", "rapid", "rapid"]
    assert [s.move.end for s in found] == [(10, 0, 5), (10, 10, 5), (10, 10, 6), (0, 10, 6)]
    assert [s.move.feed for s in found] == [600, 600, 0, 0]
    assert [s.line for s in found] == [4, 5, 6, 7]


def test_case_spaces_line_numbers_and_comments_say_nothing() -> None:
    text = "%\nn10 g21 g90 (mm) g17\nN20g0x1y2z 3 ; here\n/ g1 x 1 .5 f100 (a (b)\n\nm30\n%\n"
    assert interpret(text.replace("(a (b)", "")).steps[-1].move.end == (1.5, 2, 3)


def test_inches_are_read_as_millimetres() -> None:
    found = steps("G20 G1 X1 F10\nG2 X2 Y0 I.5 J0")
    assert found[0].move.end == pytest.approx((25.4, 0, 5))
    assert found[0].move.feed == pytest.approx(254)
    assert found[1].move.center == pytest.approx((38.1, 0))


def test_increments_add_up() -> None:
    assert ends("G91 G1 X1 Y1\nX2\nG90 X0") == [(1, 1, 5), (3, 1, 5), (0, 1, 5)]


@pytest.mark.parametrize("center", ["I5 J0", "R5"])
def test_an_arc_has_the_same_middle_by_center_and_by_radius(center: str) -> None:
    (arc,) = steps(f"G2 X10 Y0 {center}")
    assert arc.move.center == pytest.approx((5, 0))
    assert arc.move.sweep(arc.start) == pytest.approx(-math.pi)


def test_a_radius_below_zero_takes_the_long_way() -> None:
    short, long = steps("G3 X10 Y10 R10\nG0 X0 Y0\nG3 X10 Y10 R-10")[::2]
    assert math.degrees(short.move.sweep(short.start)) == pytest.approx(90)
    assert math.degrees(long.move.sweep(long.start)) == pytest.approx(270)


def test_a_full_circle_is_two_halves() -> None:
    found = steps("G3 X0 Y0 Z4 I5 J0")
    assert [s.move.end for s in found] == [(10, 0, 4.5), (0, 0, 4)]
    assert sum(s.move.sweep(s.start) for s in found) == pytest.approx(math.tau)


def test_absolute_centers_are_read_where_the_program_says_so() -> None:
    (arc,) = steps("G90.1 G3 X10 Y0 I5 J0\nG91.1")
    assert arc.move.center == (5, 0)
    (_, arc) = steps("G0 X5\nG90.1 G3 X15 I10 J0")
    assert arc.move.center == (10, 0)


@pytest.mark.parametrize(
    ("cycle", "heights"),
    [
        ("G98 G81 X1 Y1 R2 Z-6", [5, 2, -6, 5]),
        ("G99 G81 X1 Y1 R2 Z-6", [5, 2, -6, 2]),
        ("G99 G82 X1 Y1 R2 Z-6 P0.5", [5, 2, -6, 2]),
        ("G98 G83 X1 Y1 R2 Z-6 Q5", [5, 2, -3, 2, -2.746, -6, 5]),
        ("G98 G73 X1 Y1 R2 Z-6 Q5", [5, 2, -3, -2.746, -6, 5]),
    ],
)
def test_drilling_cycles_go_down_and_up_as_the_standard_says(cycle: str, heights: list[float]) -> None:
    found = ends(cycle)
    assert [z for _, _, z in found] == pytest.approx(heights)
    assert {(x, y) for x, y, _ in found} == {(1, 1)}


def test_a_cycle_goes_on_at_every_further_place_until_g80() -> None:
    found = ends("G99 G81 X1 Y1 R2 Z-6\nX3\nG80\nG0 X9")
    assert [(x, z) for x, _, z in found if z == -6] == [(1, -6), (3, -6)]
    assert found[-1] == (9, 1, 2)


def test_tool_spindle_and_dwell_are_those_in_force() -> None:
    reading = read("T2 M6\nG1 X1\nM3 S12000\nG4 P2.5\nX2\nM5\nX3")
    assert [(s.tool, s.rpm) for s in reading.steps[1:]] == [(2, 0), (2, 12000), (2, 0)]
    assert (reading.dwell_s, reading.stops) == (2.5, 1)


def test_the_way_home_leaves_an_unknown_place() -> None:
    reading = read("G28 G91 Z0\nG90 G0 X7 Y8\nZ3\nG1 X8")
    assert [s.is_sure for s in reading.steps] == [False, False, False, False, True]
    assert reading.steps[1].move.end[2] > 100


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        ("G1 X1 E5", "dialect", "E5 is not understood"),
        ("G5.2 X1", "dialect", "G5.2 is not understood"),
        ("M98", "dialect", "M98 is not understood"),
        ("G1 X#5", "dialect", "cannot be read from 'X#5'"),
        ("G80\nX1", "dialect", "axis words without G0 to G3"),
        ("G0 G1 X1", "dialect", "G0 and G1 in one line"),
        ("G55", "dialect", "two zeros"),
        ("G18 G2 X10 Z5 I5 K0", "dialect", "G18"),
        ("G81 X1 Y1", "dialect", "G81 without Z and R"),
        ("G2 X10 Y0 I4 J0", "arc", "radius is 4.0000 mm at its start and 6.0000 mm at its end"),
        ("G2 X10 Y0", "arc", "without I, J or R"),
        ("G2 X10 Y0 R4", "arc", "radius 4.0000 mm over a chord of 10.0000 mm"),
        ("G2 R4 Z1", "arc", "ends where it begins"),
    ],
)
def test_what_cannot_be_understood_is_a_fault_with_its_line(body: str, kind: str, said: str) -> None:
    fault = read(body).faults[0]
    assert fault.kind == kind
    assert said in fault.problem
    assert fault.line == 4 + body.count("\n")


WORDS = (
    "G0 G1 G2 G3 G4 G17 G18 G20 G21 G28 G43 G53 G54 G80 G81 G83 G73 G90 G91 G90.1 G98 G99 M3 M5 M6 M0 M2"
    " X1 Y-2.5 Z-1 Z5 X1e9 I3 J0 R-2 Q0.5 Q0 F100 F0 S9000 T2 P1 L3 K2 N7 H1 ( ) ; % / # [1] x y.5 z- g"
)


@given(st.lists(st.lists(st.sampled_from(WORDS.split()), max_size=8), max_size=12))
def test_no_text_breaks_the_interpreter(lines: list[list[str]]) -> None:
    reading = interpret("\n".join(" ".join(line) for line in lines))
    for s in reading.steps:
        assert all(map(math.isfinite, (*s.start, *s.move.end, s.move.length(s.start))))


@given(st.text(max_size=200))
def test_no_bytes_break_the_interpreter(text: str) -> None:
    interpret(text)


@pytest.mark.parametrize("word", ["Q0.000001", "Q-1", "L100000"])
def test_cycles_without_end_are_faults(word: str) -> None:
    assert read(f"G83 X1 Y1 R2 Z-6 Q1 {word}".replace("Q1 Q", "Q")).faults[0].kind == "dialect"


def test_an_arc_is_refused_from_two_micrometres_on() -> None:
    assert read("G3 X10 Y0 I5.0009 J0").faults == ()
    assert read("G3 X10 Y0 I5.0011 J0").faults[0].kind == "arc"
