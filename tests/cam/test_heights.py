# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from csmkit.cam.proof.heights import Grid, compare_heights, sweep_heights
from csmkit.cam.proof.interpret import Step
from csmkit.errors import CsmError
from csmkit.model.cam import Move
from csmkit.model.machine import Tool
from csmkit.model.pose import Vector

BALL = Tool("ball6", "ball nose 6 mm", "ball", 6.0, 2, 25.0, "test")
FLAT = Tool("em6", "end mill 6 mm", "flat", 6.0, 2, 25.0, "test")
GRID = Grid(0.0, 0.0, 100, 100)
PLACES = st.tuples(st.floats(3, 22), st.floats(3, 22), st.floats(-8, -1))


def line(start: Vector, end: Vector, tool: Tool) -> tuple[Step, Tool]:
    return Step(start, Move("line", end, 1000.0), 1, 1, 18000.0), tool


def stamped(start: Vector, end: Vector, tool: Tool) -> np.ndarray:
    """The same by brute force: the cutter's lower side at very many places."""
    x = GRID.x0 + np.arange(GRID.columns) * GRID.cell
    y = (GRID.y0 + np.arange(GRID.rows) * GRID.cell)[:, None]
    lowest = np.zeros((GRID.rows, GRID.columns))
    for t in np.linspace(0, 1, 400):
        cx, cy, cz = (a + t * (b - a) for a, b in zip(start, end, strict=True))
        far = (x - cx) ** 2 + (y - cy) ** 2
        bottom = cz + (3 - np.sqrt(np.maximum(9 - far, 0)) if tool.kind == "ball" else 0 * far)
        lowest = np.where(far <= 9, np.minimum(lowest, bottom), lowest)
    return lowest


def rim(start: Vector, end: Vector) -> np.ndarray:
    """Cells at the very edge of what the cutter touches, where a stamp more or less decides."""
    x = GRID.x0 + np.arange(GRID.columns) * GRID.cell
    y = (GRID.y0 + np.arange(GRID.rows) * GRID.cell)[:, None]
    way = shapely.linestrings([start[:2], end[:2]])
    return np.abs(shapely.distance(shapely.points(*np.broadcast_arrays(x, y)), way) - 3) < 0.1


@pytest.mark.parametrize("tool", [BALL, FLAT], ids=["ball", "flat"])
@settings(max_examples=25)
@given(start=PLACES, end=PLACES)
def test_a_swept_move_is_what_many_stamps_of_the_cutter_leave(tool: Tool, start: Vector, end: Vector) -> None:
    found, brute = sweep_heights([line(start, end, tool)], GRID), stamped(start, end, tool)
    apart = np.abs(found - brute)[~rim(start, end)]
    assert np.max(apart) < 0.05  # stamps are up to 0.07 mm apart
    assert np.quantile(apart, 0.99) < 0.02


def test_rows_of_a_ball_leave_the_scallops_of_the_formula() -> None:
    step = 1.0
    rows = [line((-5, y, -2), (30, y, -2), BALL) for y in np.arange(-4, 30, step)]
    heights = sweep_heights(rows, GRID)
    scallop = 3 - math.sqrt(9 - step**2 / 4)
    inner = heights[10:-10, 10:-10]
    assert float(np.max(inner)) + 2 == pytest.approx(scallop, abs=1e-5)
    assert float(np.min(inner)) == pytest.approx(-2, abs=1e-5)


def test_an_arc_is_swept_as_a_ring() -> None:
    step = Step((18.0, 12.5, -1.0), Move("arc", (7.0, 12.5, -1.0), 1000.0, (12.5, 12.5)), 1, 1, 18000.0)
    heights = sweep_heights([(step, FLAT)], GRID)
    ring = math.pi / 2 * (8.5**2 - 2.5**2) + math.pi * 9
    assert np.count_nonzero(heights < 0) * GRID.cell**2 == pytest.approx(ring, rel=0.02)
    assert heights[50, 50] == 0


def test_gouged_cells_and_what_stays_too_high_are_told_with_their_place() -> None:
    wanted = GRID.stock(-2.0)
    mask = np.ones(wanted.shape, dtype=bool)
    rows = [line((-5, y, -2.0), (30, y, -2.0), FLAT) for y in np.arange(-4.0, 30, 5)]
    good = compare_heights(sweep_heights(rows, GRID), wanted, GRID, mask)
    assert good.faults == ()
    assert good.within == 1.0
    deep = compare_heights(
        sweep_heights([*rows, line((9, 9, -2.1), (10, 9, -2.1), FLAT)], GRID), wanted, GRID, mask
    )
    (fault,) = deep.faults
    assert fault.kind == "gouge"
    assert "0.100 mm too low" in fault.problem
    assert fault.where is not None
    assert math.dist(fault.where[:2], (9.5, 9)) < 3.6
    (fault,) = compare_heights(sweep_heights(rows[:-2], GRID), wanted, GRID, mask).faults
    assert fault.kind == "leftover"


def test_a_cutter_that_cannot_be_swept_is_told() -> None:
    with pytest.raises(CsmError, match="vbit60 is a vbit; surfaces are cut with flat or ball"):
        sweep_heights([line((0, 0, 0), (1, 1, -1), Tool("vbit60", "", "vbit", 12.0, 2, 10.0, "test"))], GRID)
