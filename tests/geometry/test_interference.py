# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Parts in one another's space are found with their overlap; parts that touch are left alone."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from solids import angles, board, cut, poses

from csmkit.geometry.interference import interferences
from csmkit.geometry.prism import extruded
from csmkit.geometry.shape import moved
from csmkit.model.outline import Outline
from csmkit.model.pose import Pose

PIN = moved(extruded(Outline.circle(0, 0, 8), 40), Pose.at(z=-5))


def none_allowed(a: str, b: str) -> bool:
    return False


@settings(max_examples=30)
@given(poses, st.floats(0.01, 18), st.floats(0, 150), st.floats(0, 100))
def test_two_boards_share_the_box_of_their_overlap(pose: Pose, up: float, x: float, y: float) -> None:
    part = board(300, 200)
    placed = [("a", part, pose), ("b", part, pose * Pose.at(x, y, up))]
    shared = (300 - x) * (200 - y) * (18 - up)
    found = interferences(placed, none_allowed)
    assert sum(f.volume for f in found) == pytest.approx(shared if shared > 1 else 0, rel=1e-4, abs=1)
    if found:
        middle = pose.point(((300 + x) / 2, (200 + y) / 2, (18 + up) / 2))
        assert found[0].center == pytest.approx(middle, abs=0.01)


@settings(max_examples=30)
@given(poses, angles)
def test_boards_that_touch_do_not_interfere(pose: Pose, turn: float) -> None:
    part = board(300, 200)
    placed = [("a", part, pose), ("b", part, pose * Pose.at(40, 30, 18, rz=turn))]
    assert interferences(placed, none_allowed) == []


@settings(max_examples=30)
@given(poses)
def test_a_pin_in_its_own_hole_does_not_interfere_and_beside_it_does(pose: Pose) -> None:
    part = cut(board(), moved(PIN, Pose.at(50, 50)))
    assert interferences([("board", part, pose), ("pin", PIN, pose * Pose.at(50, 50))], none_allowed) == []
    (found,) = interferences([("board", part, pose), ("pin", PIN, pose * Pose.at(90, 50))], none_allowed)
    assert found.volume == pytest.approx(math.pi * 16 * 18, rel=1e-6)


def test_what_is_allowed_is_not_reported() -> None:
    placed = [("board", board(), Pose()), ("screw", PIN, Pose.at(50, 50)), ("screw", PIN, Pose.at(50, 52))]
    assert [(f.a, f.b) for f in interferences(placed, none_allowed)] == [
        ("board", "screw"),
        ("board", "screw"),
        ("screw", "screw"),
    ]
    found = interferences(placed, lambda a, b: {a, b} == {"board", "screw"})
    assert [(f.a, f.b) for f in found] == [("screw", "screw")]


def test_a_part_inside_another_is_found_though_no_faces_meet() -> None:
    (found,) = interferences(
        [("a", board(), Pose()), ("b", board(10, 10, 4), Pose.at(50, 50, 7))], none_allowed
    )
    assert found.volume == pytest.approx(400)


def test_overlaps_below_a_cubic_millimetre_are_noise() -> None:
    placed = [("a", board(10, 10), Pose()), ("b", board(10, 10), Pose.at(z=17.995))]
    assert interferences(placed, none_allowed) == []


def test_in_a_kit_of_150_instances_only_those_that_overlap_are_found() -> None:
    places = [(30.0 * i, 30.0 * j) for i in range(1, 9) for j in range(1, 6)]
    drilled = cut(board(), *(moved(PIN, Pose.at(x, y)) for x, y in places))
    boards = [("board", drilled, Pose.at(z=18.0 * n)) for n in range(3)]
    pins = [("pin", PIN, Pose.at(x, y, 54.0 - 5)) for x, y in places]
    washers = [("washer", extruded(Outline.circle(0, 0, 16), 2), Pose.at(x, y, 60)) for x, y in places]
    bolts = [("bolt", PIN, Pose.at(x, y, -30)) for x, y in places]
    found = interferences(boards + pins + washers + bolts, none_allowed)
    assert {(f.a, f.b) for f in found} == {("pin", "washer")}
    assert len(found) == len(places)
