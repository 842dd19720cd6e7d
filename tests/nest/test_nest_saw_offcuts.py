# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a saw leaves of a sheet that is no plain rectangle: what the rack takes, and its proof."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nest_instances import instance, rectangle, sheet
from shapely import Polygon, box

from csmkit.model import Nesting, NestInstance, Outline
from csmkit.nest.candidate import CutSheet
from csmkit.nest.engines.attempt import in_process
from csmkit.nest.guillotine import plan_saw
from csmkit.nest.offcuts import rests_within
from csmkit.nest.proof.saw import verify_saw
from csmkit.nest.saw.sawn import sawn
from csmkit.nest.saw.task import saw_task

ELL = Outline.polygon([(0, 0), (900, 0), (900, 300), (400, 300), (400, 700), (0, 700)])
BOARD = rectangle("a", 390, 140, 3)


def boards(*, trim: float = 0.0, kerf: float = 3.0, defects: tuple[Outline, ...] = ()) -> NestInstance:
    stock = sheet(outline=ELL, quantity=1, defects=defects)
    return instance(BOARD, spacing=kerf, edge=trim, stock=(stock,))


def piled(asked: NestInstance) -> Nesting:
    """Three boards above one another in the upright of the ell."""
    trim, kerf = asked.rules.edge, asked.rules.spacing
    spots = tuple(("kit/a", trim, trim + k * (140 + kerf), 0.0) for k in range(3))
    plan = sawn(asked, saw_task(asked), (CutSheet("full", spots),), "hand")
    assert plan is not None
    return plan


def test_the_leg_of_an_ell_is_an_offcut() -> None:
    """Right of the boards: 900 − 390 − 3 = 507 mm, as high as the leg."""
    asked = boards()
    plan = piled(asked)
    assert (393.0, 0.0, 900.0, 300.0) in [o.bounds for o in plan.layouts[0].offcuts]
    assert verify_saw(plan, asked) == ()


@pytest.mark.parametrize(("trim", "kerf"), [(0.0, 3.0), (2.0, 3.2), (5.0, 3.0)])
def test_offcuts_lie_on_the_sheet_and_off_its_defects(trim: float, kerf: float) -> None:
    knot = Outline.rectangle(850, 100, 870, 120)
    asked = boards(trim=trim, kerf=kerf, defects=(knot,))
    plan = piled(asked)
    room = Polygon(ELL.points()).buffer(1e-3)
    shapes = [box(*o.bounds) for o in plan.layouts[0].offcuts]
    assert len(shapes) == 2
    for shape in shapes:
        assert room.covers(shape)
        assert shape.intersection(box(*knot.bounds)).area < 0.1
    assert shapes[0].intersection(shapes[1]).area == 0
    assert verify_saw(plan, asked) == ()


def test_offcuts_that_are_no_pieces_are_found() -> None:
    asked = boards()
    plan = piled(asked)
    layout = plan.layouts[0]
    leg = Outline.rectangle(393, 0, 900, 300)

    def faults(*offcuts: Outline) -> list[str]:
        told = replace(plan, layouts=(replace(layout, offcuts=offcuts),))
        return [f.check for f in verify_saw(told, asked)]

    assert faults(leg) == []
    assert faults(leg, Outline.rectangle(500, 50, 850, 280)) == ["offcut"]  # lies in the leg
    assert faults(Outline.rectangle(380, 0, 900, 300)) == ["offcut"]  # reaches across a cut
    assert faults(Outline.rectangle(500, 0, 900, 400)) == ["offcut"]  # reaches beyond the sheet
    assert faults(Outline.rectangle(0, 432, 300, 700)) == ["offcut"]  # part of a whole piece


def test_rests_within_an_ell_are_its_two_rectangles() -> None:
    """The upright is the larger one; of the leg remains what lies right of it."""
    area = Polygon([(0, 0), (900, 0), (900, 300), (400, 300), (400, 700), (0, 700)])
    assert rests_within(area) == ((0, 0, 400, 700), (400, 0, 900, 300))
    assert rests_within(Polygon()) == ()
    assert rests_within(box(0, 0, 190, 2000)) == ()


CORNERS = {  # the corner of 900 × 700 that is missing, as scale of x and y
    "upper right": (1, 1),
    "upper left": (-1, 1),
    "lower right": (1, -1),
    "lower left": (-1, -1),
}


def turned(outline: Outline, x: int, y: int) -> Outline:
    """Mirrored within its box."""
    x0, y0, x1, y1 = outline.bounds
    points = [(px if x > 0 else x0 + x1 - px, py if y > 0 else y0 + y1 - py) for px, py in outline.points()]
    return Outline.polygon(points).counter_clockwise()


@pytest.mark.parametrize("corner", CORNERS)
def test_both_legs_of_an_ell_give_parts_before_a_sheet_is_bought(corner: str) -> None:
    """Upright 400 × 700 for two of 390 × 340, the leg right of it 497 × 300 for one of 490 × 290."""
    offcut = sheet(outline=turned(ELL, *CORNERS[corner]), quantity=1, key="ell", kind="offcut")
    asked = instance(
        rectangle("a", 390, 340, 2),
        rectangle("b", 490, 290, 1),
        spacing=3.0,
        edge=0.0,
        stock=(offcut, sheet()),
    )
    told: list[str] = []
    made = plan_saw(asked, seed=0, time_limit_s=0.5, say=told.append)
    assert [layout.stock for layout in made.layouts] == ["ell"]
    assert made.unplaced == ()
    assert verify_saw(made, asked) == ()
    assert told == []


def test_three_boards_come_from_a_horseshoe() -> None:
    """Two legs of 200 × 500 on a bar of 800 × 200."""
    shoe = Outline.polygon(
        [(0, 0), (800, 0), (800, 703), (600, 703), (600, 200), (200, 200), (200, 703), (0, 703)]
    )
    offcut = sheet(outline=shoe, quantity=1, key="shoe", kind="offcut")
    boards = (rectangle("leg", 190, 490, 2), rectangle("bar", 790, 190, 1))
    asked = instance(*boards, spacing=3.0, edge=0.0, stock=(offcut, sheet()))
    made = plan_saw(asked, seed=0, time_limit_s=0.5)
    assert [layout.stock for layout in made.layouts] == ["shoe"]


BOARDS = st.tuples(st.integers(40, 500), st.integers(40, 300), st.integers(1, 3))


@given(
    st.tuples(st.integers(300, 800), st.integers(300, 600)),
    st.tuples(st.integers(60, 280), st.integers(60, 280)),
    st.lists(
        st.tuples(st.integers(40, 500), st.integers(40, 300), st.integers(1, 3)), min_size=1, max_size=4
    ),
    st.sampled_from(sorted(CORNERS)),
    st.sampled_from([0.0, 5.0]),
)
@settings(max_examples=12)
def test_plans_of_ells_hold(
    size: tuple[int, int],
    missing: tuple[int, int],
    sizes: list[tuple[int, int, int]],
    corner: str,
    edge: float,
) -> None:
    (x, y), (dx, dy) = size, missing
    shape = Outline.polygon([(0, 0), (x, 0), (x, y - dy), (x - dx, y - dy), (x - dx, y), (0, y)])
    offcut = sheet(outline=turned(shape, *CORNERS[corner]), quantity=2, key="ell", kind="offcut")
    parts = [rectangle(f"p{k}", *row) for k, row in enumerate(sizes)]
    asked = instance(*parts, spacing=3.0, edge=edge, stock=(offcut, sheet()))
    told: list[str] = []
    made = plan_saw(asked, seed=0, time_limit_s=0.1, run=in_process, say=told.append)
    assert verify_saw(made, asked) == ()
    assert [line for line in told if "refused" in line or "can't be sawn" in line] == []
