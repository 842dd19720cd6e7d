# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0

import math

import numpy as np
import pytest
import shapely
from cam_shapes import outlines
from hypothesis import given, settings
from hypothesis import strategies as st
from surfaces import BALL, FLAT, cutter, graph, samples, steps, terrains

from csmkit.cam.proof.heights import Grid, sweep_heights
from csmkit.cam.surface.boundary import area
from csmkit.cam.surface.finishing import finishing, scan
from csmkit.cam.surface.follow import follow, sample_step
from csmkit.cam.surface.mesh import Mesh
from csmkit.cam.surface.program import tip_height
from csmkit.cam.surface.roughing import roughing, sliced
from csmkit.cam.surface.runs import ramped
from csmkit.errors import CsmError
from csmkit.model.machine import Tool
from csmkit.model.outline import Outline, Region

CHORD, SCALLOP = 0.01, 0.04
TOOLS = pytest.mark.parametrize("tool", [BALL, FLAT], ids=["ball", "flat"])
TURNS = np.linspace(0, math.tau, 17)
ASIDE = np.vstack([np.zeros(2), 0.04 * np.column_stack([np.cos(TURNS), np.sin(TURNS)])])
"""A wall may be touched by less than this, mm."""
SQUARE = shapely.box(3, 3, 9, 9)


@TOOLS
@settings(max_examples=10)
@given(mesh=terrains())
def test_finishing_never_goes_below_the_surface(tool: Tool, mesh: Mesh) -> None:
    height = tip_height(mesh, tool, -20.0)
    for run in finishing(height, SQUARE, cutter(tool), 0.3, CHORD):
        places = samples(run)
        least = np.min([height(places[:, :2] + off) for off in ASIDE], axis=0)
        assert np.min(places[:, 2] - least) > -2 * CHORD


@pytest.mark.parametrize(
    ("name", "shape", "radius_of"),
    [
        ("plane", lambda x, y: 0 * x - 10, None),
        ("slope along", lambda x, y: -10 + 0.5 * x / 3, None),
        ("slope across", lambda x, y: -20 + 0.6 * y, None),
        ("ridge", lambda x, y: np.sqrt(900 - (y - 16) ** 2) - 40, 30.0),
        ("valley", lambda x, y: -np.sqrt(900 - (y - 16) ** 2) + 10, 30.0),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_ridges_between_scan_lines_are_as_high_as_asked(name: str, shape, radius_of: float | None) -> None:
    mesh = graph(shape, (-10, -6, 50, 38), 200)
    height = tip_height(mesh, BALL, -60.0)
    found = finishing(height, shapely.box(0, 0, 40, 32), cutter(), SCALLOP, 0.001)
    grid = Grid(20.0, 10.0, 8, 700, 0.02)
    left = sweep_heights(steps(found, BALL), grid, grid.stock(0.0)).astype(float)
    x, y = np.meshgrid(20 + np.arange(8) * 0.02, 10 + np.arange(700) * 0.02)
    eps = 1e-4
    tilt = (
        np.hypot((shape(x + eps, y) - shape(x - eps, y)), (shape(x, y + eps) - shape(x, y - eps))) / 2 / eps
    )
    over = (left - shape(x, y)) / np.sqrt(1 + tilt**2)
    assert np.max(over) == pytest.approx(SCALLOP, rel=0.1)
    assert np.min(over) > -0.005


def test_lines_run_along_what_is_long_and_across_where_the_surface_wants_it() -> None:
    box = shapely.box(0, 0, 60, 40)
    plane = tip_height(graph(lambda x, y: 0 * x - 5, (-9, -9, 69, 49), 4), BALL, -20)
    assert scan(plane, box, cutter(), SCALLOP).axis == 0
    waves = graph(lambda x, y: 10 * np.sin(y / 6) - 12, (-9, -9, 69, 49), 150)  # steep beside lines along x
    assert scan(tip_height(waves, BALL, -25), box, cutter(), SCALLOP).axis == 1


@TOOLS
@settings(max_examples=15)
@given(outline=outlines(8, 30), slope=st.floats(-1, 1))
def test_the_cutter_never_leaves_the_boundary(tool: Tool, outline: Outline, slope: float) -> None:
    mesh = graph(lambda x, y: slope * x + np.sin(y / 4) - 12, (-70, -70, 70, 70), 20)
    polygon = area(Region(outline))
    true = shapely.Polygon(outline.points(1e-5, "outside")).buffer(1e-6)
    height = tip_height(mesh, tool, -24.0)
    for run in finishing(height, polygon, cutter(tool), 0.3, 0.05) + roughing(height, polygon, cutter(tool)):
        assert shapely.covers(true, shapely.linestrings(run[:, :2]))


@settings(max_examples=15)
@given(mesh=terrains(most=30), y=st.floats(1, 11))
def test_points_that_are_left_out_lie_near_what_stays(mesh: Mesh, y: float) -> None:
    height = tip_height(mesh, BALL, -20.0)
    lines = np.array([(0.0, y, 12.0, y)])
    (way,) = follow(lines, height, sample_step(3, CHORD), CHORD)
    x = np.linspace(0, 12, 2401)
    z = height(np.column_stack([x, np.full(len(x), y)]))
    gaps = shapely.distance(shapely.linestrings(way[:, [0, 2]]), shapely.points(x, z))
    rises = z > np.interp(x, way[:, 0], way[:, 2])
    assert np.max(gaps, initial=0, where=rises) <= CHORD + CHORD / 2
    assert np.quantile(gaps, 0.98) <= CHORD + CHORD / 2  # a sharp valley may hide between two samples


def test_a_plane_needs_two_points_a_line() -> None:
    height = tip_height(graph(lambda x, y: 0.3 * x - 9, (-9, -9, 69, 49), 30), BALL, -20)
    (way,) = follow(np.array([(0.0, 5.0, 60.0, 5.0)]), height, 0.5, CHORD)
    assert len(way) == 2


@TOOLS
def test_roughing_leaves_the_stock_and_no_more_than_a_pass_stands_before_it(tool: Tool) -> None:
    shape = lambda x, y: -9 + 4 * np.sin(x / 7) * np.cos(y / 9)  # noqa: E731
    mesh = graph(shape, (-10, -10, 60, 40), 120)
    left, at_work = 0.5, cutter(tool)
    found = roughing(tip_height(mesh, tool, -20.0, left), shapely.box(0, 0, 50, 30), at_work)
    grid = Grid(0.0, 0.0, 201, 121, 0.25)
    x, y = np.meshgrid(np.arange(201) * 0.25, np.arange(121) * 0.25)
    heights = grid.stock()
    for run in found:
        before, heights = heights, sweep_heights(steps([run], tool), grid, heights)
        assert np.max(before - heights) <= at_work.step + 0.02 + (left if tool.kind == "ball" else 0.0)
    over = heights - shape(x, y)
    assert np.min(over) > left - 0.06 - 0.5 * 0.45  # vertically; half a millimetre along the normal
    assert np.max(over[4:-4, 4:-4]) < 2.6


def test_roughing_enters_on_ramps() -> None:
    at_work = cutter(FLAT)
    height = tip_height(graph(lambda x, y: 0 * x - 8, (-9, -9, 109, 49), 2), FLAT, -20)
    for run in roughing(height, shapely.box(0, 0, 100, 40), at_work):
        fall, way = -np.diff(run[:, 2]), np.hypot(*np.diff(run[:, :2], axis=0).T)
        assert np.all(fall <= at_work.slope * way + 1e-9)
        assert run[0, 2] >= -at_work.step - 1e-9


@given(
    z=st.lists(st.floats(-10, -4), min_size=2, max_size=12),
    pitch=st.floats(1, 30),
    slope=st.floats(0.05, 0.5),
)
def test_a_ramp_stays_above_its_run_and_ends_with_it(z: list[float], pitch: float, slope: float) -> None:
    run = np.column_stack([np.arange(len(z)) * pitch, np.zeros(len(z)), z])
    found = ramped(run, 0.0, slope)
    np.testing.assert_array_equal(found[-len(run) :], run)
    assert np.all(found[:, 2] >= np.interp(found[:, 0], run[:, 0], run[:, 2]) - 1e-9)
    begin = found[: len(found) - len(run) + 1]
    if len(begin) > 1:
        assert begin[0, 2] == 0.0
        rises = np.diff(begin[:, 2]) > 1e-9
        fall = -np.diff(begin[:, 2])[~rises]
        assert np.all(fall <= slope * np.abs(np.diff(begin[:, 0]))[~rises] + 1e-9)


def test_a_slice_is_what_lies_below_a_level_cut_off_at_the_next() -> None:
    row = np.array([(0.0, 0, 0), (10.0, 0, -10), (20.0, 0, 0)])
    (part,) = sliced(row, -2.0, -6.0)
    np.testing.assert_allclose(part[[0, -1]], [(2, 0, -2), (18, 0, -2)])
    assert np.min(part[:, 2]) == -6
    assert sliced(row, -10.0, -12.0) == []


def test_a_boundary_that_crosses_itself_is_told_with_its_place() -> None:
    bow = Outline.polygon([(0, 0), (10, 10), (10, 0), (0, 10)])
    with pytest.raises(CsmError, match=r"blade: the boundary at \(0.0, 0.0\) mm crosses itself"):
        area(Region(bow), "blade")


def test_a_step_is_not_smoothed_over() -> None:
    mesh = graph(lambda x, y: np.where(x < 20, -2.0, -12.0), (-9, -9, 49, 29), 58)
    height = tip_height(mesh, FLAT, -20.0)
    (way,) = follow(np.array([(0.0, 5.0, 40.0, 5.0)]), height, 0.5, CHORD)
    places = samples(way, 0.01)
    assert np.min(places[:, 2] - height(places[:, :2] + (0.02, 0.0))) > -1e-6
