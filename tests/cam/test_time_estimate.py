# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0

import math
from dataclasses import replace
from itertools import pairwise

import plate_program as plate
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csmkit.cam.post import write
from csmkit.cam.proof.interpret import interpret
from csmkit.cam.prove import prove
from csmkit.cam.time_estimate import moving_seconds
from csmkit.model.cam import Move
from csmkit.model.machine import Machine, ToolChange
from csmkit.model.pose import Vector

MACHINE: Machine = replace(plate.machine(), acceleration=500.0, junction_deviation=0.02, feed_mm_min=6000.0)


def path(*points: Vector, feed: float = 3000.0) -> list[tuple[Vector, Move]]:
    return [(a, Move("line", b, feed)) for a, b in pairwise(points)]


def test_a_long_line_takes_its_length_over_feed_and_once_the_time_to_get_as_fast() -> None:
    seconds = moving_seconds(path((0, 0, 0), (500, 0, 0)), MACHINE)
    assert seconds == pytest.approx(500 / 50 + 50 / 500)


def test_a_short_line_is_a_triangle_of_speed() -> None:
    assert moving_seconds(path((0, 0, 0), (2, 0, 0)), MACHINE) == pytest.approx(2 * math.sqrt(2 / 500))


def test_nothing_slows_down_where_a_line_goes_straight_on() -> None:
    whole, split = path((0, 0, 0), (90, 0, 0)), path(*((x, 0, 0) for x in range(0, 91, 3)))
    assert moving_seconds(split, MACHINE) == pytest.approx(moving_seconds(whole, MACHINE))


def test_grbl_passes_a_square_corner_at_its_point_with_the_speed_of_junction_deviation() -> None:
    corner = math.sqrt(500 * 0.02 * math.sqrt(0.5) / (1 - math.sqrt(0.5)))  # mm/s
    leg = 100 / 50 + (50 / 500 + (50 - corner) ** 2 / 500 / 50) / 2
    square = path((0, 0, 0), (100, 0, 0), (100, 100, 0))
    assert moving_seconds(square, replace(MACHINE, post="grbl")) == pytest.approx(2 * leg)


def test_linuxcnc_rounds_a_square_corner_within_the_tolerance_and_at_its_speed() -> None:
    radius = 0.02 / (math.sqrt(2) - 1)  # of an arc that stays 0.02 mm from the corner
    corner = math.sqrt(math.sqrt(3) / 2 * 500 * radius)
    leg = (100 - radius) / 50 + (50 / 500 + (50 - corner) ** 2 / 500 / 50) / 2
    square = path((0, 0, 0), (100, 0, 0), (100, 100, 0))
    assert moving_seconds(square, MACHINE) == pytest.approx(2 * leg + radius * math.pi / 2 / corner)


@pytest.mark.parametrize(
    ("turn", "speed"),
    [(20, 33.5065), (45, 14.4990), (90, 6.4665)],
)
def test_corners_are_as_fast_as_those_of_a_running_linuxcnc(turn: float, speed: float) -> None:
    """Speeds read from LinuxCNC 2.9 while it ran, with G64 P0.02 and 1000 mm/s²."""
    machine = replace(MACHINE, acceleration=1000.0, junction_deviation=0.02)
    bent = (100 + 100 * math.cos(math.radians(turn)), 100 * math.sin(math.radians(turn)), 0)
    seconds = moving_seconds(path((0, 0, 0), (100, 0, 0), bent), machine)
    half = math.radians(turn) / 2
    radius = 0.02 * math.cos(half) / (1 - math.cos(half))
    along = 1000 / math.cos(math.radians(min(turn, 90 - turn)))  # of a way between two axes
    way = 100 - radius * math.tan(half)
    ends = [50 / a + (50 - speed) ** 2 / a / 50 for a in (1000, along)]
    assert seconds == pytest.approx(2 * way / 50 + sum(ends) / 2 + 2 * radius * half / speed, abs=1e-5)


def test_a_way_between_two_axes_has_the_acceleration_of_both() -> None:
    straight, between = (moving_seconds(path((0, 0, 0), end), MACHINE) for end in ((2, 0, 0), (1.2, 1.6, 0)))
    assert between == pytest.approx(straight * math.sqrt(0.8))


def test_turning_back_is_a_standstill() -> None:
    there = moving_seconds(path((0, 0, 0), (100, 0, 0)), MACHINE)
    back = moving_seconds(path((0, 0, 0), (100, 0, 0), (0, 0, 0)), MACHINE)
    assert back == pytest.approx(2 * there, rel=1e-6)


def test_a_machine_stands_between_rapid_and_cut() -> None:
    rapid, cut = ((0, 0, 9), Move("rapid", (0, 0, 1))), ((0, 0, 1), Move("line", (0, 0, -9), 600.0))
    both = moving_seconds([rapid, cut], MACHINE)  # type: ignore[list-item]
    assert both == pytest.approx(moving_seconds([rapid], MACHINE) + moving_seconds([cut], MACHINE))  # type: ignore[list-item]


def test_a_small_arc_is_no_faster_than_acceleration_lets_it_turn() -> None:
    circles = [
        (start, Move("arc", (-start[0], 0.0, 0.0), 6000.0, (0.0, 0.0)))
        for start in [(1.0, 0.0, 0.0), (-1.0, 0.0, 0.0)] * 10
    ]
    speed, along = math.sqrt(math.sqrt(3) / 2 * 500 * 1.0), 500 / 2
    assert moving_seconds(circles, MACHINE) == pytest.approx(20 * math.pi / speed + speed / along, rel=1e-6)


def test_rapids_go_at_the_machines_fastest_and_feeds_never_beyond() -> None:
    rapid = moving_seconds([((0, 0, 0), Move("rapid", (1000, 0, 0)))], MACHINE)
    assert rapid == pytest.approx(1000 / 100 + 100 / 500)
    assert moving_seconds(path((0, 0, 0), (1000, 0, 0), feed=99000.0), MACHINE) == pytest.approx(rapid)


@given(
    st.lists(st.tuples(*[st.floats(-100, 100)] * 3), min_size=2, max_size=12),
    st.floats(100, 9000),
    st.sampled_from(["grbl", "linuxcnc"]),
)
def test_never_faster_than_distance_over_feed_nor_slower_than_stopping_at_every_point(
    points: list[Vector], feed: float, post: str
) -> None:
    legs, machine = path(*points, feed=feed), replace(MACHINE, post=post)
    cut_off = 2 * 0.02 * len(points)  # mm by which rounding may shorten corners; they stay within 0.02 mm
    least = (sum(m.length(a) for a, m in legs) - 3 * cut_off) / (min(feed, 6000) / 60)
    most = sum(moving_seconds([leg], machine) for leg in legs)
    creeping = 5e-3 * len(points)  # s: round a sharp corner it is no faster than if it stood there
    assert least - 1e-9 <= moving_seconds(legs, machine) <= most + creeping


def test_the_header_says_what_the_proof_measures() -> None:
    program = plate.program()
    (one,) = write(program, ())
    seconds = prove([one], program.setup, program.machine, plate.RULES).seconds
    assert interpret(one.text).dwell_s == 3
    (line,) = [line for line in one.text.splitlines() if line.startswith("(time: ")]
    minutes, rest = int(line.split()[1]), int(line.split()[3])
    assert 60 * minutes + rest == pytest.approx(seconds, abs=1)


@pytest.mark.parametrize(
    ("post", "tool_change"), [("linuxcnc", "auto"), ("mach3", "manual"), ("grbl", "none")]
)
def test_each_change_of_the_cutter_counts_but_not_the_first_which_is_put_in_before(
    post: str, tool_change: ToolChange
) -> None:
    paths = [plate.drilled(), plate.holed(plate.EM3), plate.profiled()]  # 6 mm, 3 mm, 6 mm
    seconds = []
    for change_s in (0.0, 45.0):
        program = plate.program(post, paths, tool_change=tool_change, tool_change_s=change_s)
        texts = write(program, ())
        proof = prove(texts, program.setup, program.machine, plate.RULES)
        seconds.append(proof.seconds)
        assert any("45 s each" in note for note in proof.notes) == bool(change_s)
        if len(texts) == 1:
            (line,) = [line for line in texts[0].text.splitlines() if line.startswith("(time: ")]
            minutes, rest = int(line.split()[1]), int(line.split()[3])
            assert 60 * minutes + rest == pytest.approx(proof.seconds, abs=1)
    changes = 1 if tool_change == "none" else 2  # a file a cutter: the 6 mm one does all its work in one
    assert seconds[1] - seconds[0] == pytest.approx(changes * 45)
