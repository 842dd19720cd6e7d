# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Poses are rigid motions: they keep distances and hands, they compose, and CAD libraries agree with them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csmkit.model.pose import Pose, Vector

shifts = st.floats(-1000, 1000)
angles = st.one_of(st.sampled_from([0.0, 90.0, -90.0, 180.0, 270.0]), st.floats(-360, 360))
poses = st.builds(
    lambda x, y, z, rx, ry, rz: Pose.at(x, y, z, rx=rx, ry=ry, rz=rz), *[shifts] * 3, *[angles] * 3
)
points = st.tuples(shifts, shifts, shifts)


def near(expected: Vector, abs_mm: float = 1e-8) -> object:
    return pytest.approx(expected, abs=abs_mm)


@given(poses, points, points)
def test_a_pose_keeps_distances(pose: Pose, p: Vector, q: Vector) -> None:
    assert math.dist(pose.point(p), pose.point(q)) == pytest.approx(math.dist(p, q), abs=1e-8)


@given(poses)
def test_a_pose_does_not_mirror(pose: Pose) -> None:
    (a, b, c, _), (d, e, f, _), (g, h, i, _) = pose.rows
    assert a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g) == pytest.approx(1)


@given(poses, points)
def test_the_inverse_leads_back(pose: Pose, p: Vector) -> None:
    assert pose.inverse().point(pose.point(p)) == near(p)
    assert (pose * pose.inverse()).point(p) == near(p)
    assert (pose.inverse() * pose).point(p) == near(p)


@given(poses, poses, poses, points)
def test_products_apply_the_inner_pose_first_and_associate(a: Pose, b: Pose, c: Pose, p: Vector) -> None:
    assert (a * b).point(p) == near(a.point(b.point(p)))
    assert ((a * b) * c).point(p) == near((a * (b * c)).point(p), 1e-7)


@given(poses, points)
def test_directions_turn_and_do_not_shift(pose: Pose, v: Vector) -> None:
    tip, foot = pose.point(v), pose.point((0, 0, 0))
    assert pose.direction(v) == near(tuple(a - b for a, b in zip(tip, foot, strict=True)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("pose", "goes_to"),
    [
        (Pose(), (1, 2, 3)),
        (Pose.at(10, 20, 30), (11, 22, 33)),
        (Pose.at(rz=90), (-2, 1, 3)),
        (Pose.at(rx=90), (1, -3, 2)),
        (Pose.at(ry=90), (3, 2, -1)),
        (Pose.at(5, rz=180), (4, -2, 3)),
    ],
)
def test_quarter_turns_are_exact_and_right_handed(pose: Pose, goes_to: Vector) -> None:
    assert pose.point((1, 2, 3)) == goes_to


@given(angles, angles, angles)
def test_turns_go_about_the_fixed_x_then_y_then_z_axis(rx: float, ry: float, rz: float) -> None:
    in_turn = Pose.at(rz=rz) * Pose.at(ry=ry) * Pose.at(rx=rx)
    assert Pose.at(rx=rx, ry=ry, rz=rz).point((1, 2, 3)) == near(in_turn.point((1, 2, 3)))


@given(poses)
def test_a_pose_is_a_pose_already(pose: Pose) -> None:
    assert Pose.of(pose) is pose


@given(shifts, shifts, shifts, angles, points)
def test_locations_of_both_cad_libraries_mean_the_same(
    x: float, y: float, z: float, angle: float, p: Vector
) -> None:
    bd, cq = pytest.importorskip("build123d"), pytest.importorskip("cadquery")
    ours = Pose.at(x, y, z, rx=angle)
    of_build123d = Pose.of(bd.Pos(x, y, z) * bd.Rot(angle, 0, 0))
    of_cadquery = Pose.of(cq.Location(cq.Vector(x, y, z), cq.Vector(1, 0, 0), angle))
    assert of_build123d.point(p) == near(ours.point(p), 1e-6)
    assert of_cadquery.point(p) == near(ours.point(p), 1e-6)


@pytest.mark.parametrize("thing", [None, 3, "left", (0, 0, 1)])
def test_what_is_no_location_is_refused(thing: object) -> None:
    with pytest.raises(TypeError, match="a pose is a Location"):
        Pose.of(thing)


def test_a_solid_is_no_location() -> None:
    bd = pytest.importorskip("build123d")
    with pytest.raises(TypeError, match="a pose is a Location"):
        Pose.of(bd.Box(1, 1, 1))
