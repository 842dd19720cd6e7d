# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a saw leaves of a sheet that is no plain rectangle: what the rack takes, and its proof."""

from __future__ import annotations

from dataclasses import replace

import pytest
from nest_instances import instance, rectangle, sheet
from shapely import Polygon, box

from csmkit.model import Nesting, NestInstance, Outline
from csmkit.nest.candidate import CutSheet
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
