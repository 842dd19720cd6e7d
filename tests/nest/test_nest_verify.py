# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""verify finds every seeded fault, and nothing in plans that hold to the micrometre."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nest_instances import instance, item, planned, rectangle, sheet, with_unplaced

from csmkit.model import Nesting, NestInstance, Outline
from csmkit.nest.proof.nesting import verify
from csmkit.nest.proof.written import verify_written

TASK = instance(rectangle("a", 300, 200, 2, "x"), rectangle("b", 100, 100))


def plan(*rows: tuple[str, int, float, float, float], task: NestInstance = TASK) -> Nesting:
    return planned(task, ("full", list(rows)))


def checks(nesting: Nesting, task: NestInstance = TASK) -> set[str]:
    return {f.check for f in verify(nesting, task)}


GOOD_ROWS = [("a", 1, 10.0, 10.0, 0.0), ("a", 2, 310.0, 418.0, 180.0), ("b", 1, 418.0, 10.0, 90.0)]


def test_a_plan_that_keeps_all_distances_exactly_has_no_findings() -> None:
    assert verify(plan(*GOOD_ROWS), TASK) == ()


@pytest.mark.parametrize(
    ("row", "check"),
    [
        (("a", 2, 310.0, 417.998, 180.0), "spacing"),
        (("a", 1, 9.998, 10.0, 0.0), "edge"),
        (("a", 1, 10.0, -5.0, 0.0), "edge"),
        (("a", 2, 310.0, 495.0, 180.0), "edge"),
        (("a", 2, 300.0, 218.0, 90.0), "grain"),
        (("a", 2, 310.0, 418.0, 180.001), "grain"),
        (("a", 1, 310.0, 418.0, 180.0), "count"),
        (("a", 3, 310.0, 418.0, 180.0), "count"),
        (("ghost", 1, 310.0, 418.0, 180.0), "names"),
        (("a", 2, float("nan"), 418.0, 180.0), "names"),
    ],
)
def test_a_seeded_fault_is_found(row: tuple[str, int, float, float, float], check: str) -> None:
    replaced = 0 if row[2] < 20 else 1
    rows = [row if k == replaced else good for k, good in enumerate(GOOD_ROWS)]
    with_ghost = replace(TASK, items=(*TASK.items, rectangle("ghost", 300, 200)))
    bad = plan(*rows, task=with_ghost)
    assert check in checks(bad)


def test_half_a_micrometre_is_allowed_and_two_are_not() -> None:
    def moved(y: float) -> set[str]:
        return checks(plan(GOOD_ROWS[0], ("a", 2, 310.0, y, 180.0), GOOD_ROWS[2]))

    assert moved(418.0 - 0.0005) == set()
    assert moved(418.0 - 0.002) == {"spacing"}


@given(st.floats(20, 400), st.floats(0, 360), st.floats(-0.004, 0.004))
def test_the_gap_between_arcs_is_right_to_a_micrometre(diameter: float, way: float, short: float) -> None:
    """Two discs whose distance is known exactly, in any direction."""
    disc = Outline.circle(0, 0, diameter)
    task = instance(item("disc", disc, 2), stock=(sheet(3000, 3000, grain=None),))
    placed = disc.moved(diameter + 8 - short, 0).moved(1500, 1500, way)
    x, y = placed.bounds[0] + diameter / 2, placed.bounds[1] + diameter / 2
    found = checks(plan(("disc", 1, 1500, 1500, 0), ("disc", 2, x, y, 0), task=task), task)
    if short > 0.0013:
        assert found == {"spacing"}
    elif short < 0.0007:
        assert found == set()


def test_overlapping_parts_are_found_where_no_spacing_is_asked_for() -> None:
    task = instance(rectangle("a", 300, 200, 2), spacing=0.0)
    assert checks(plan(("a", 1, 10, 10, 0), ("a", 2, 310, 10, 0), task=task), task) == set()
    assert checks(plan(("a", 1, 10, 10, 0), ("a", 2, 309.998, 10, 0), task=task), task) == {"spacing"}
    assert checks(plan(("a", 1, 10, 10, 0), ("a", 2, 10, 10, 0), task=task), task) == {"spacing"}


def test_a_missing_copy_is_found_unless_it_is_listed_as_left_over() -> None:
    short = plan(*GOOD_ROWS[:2])
    assert checks(short) == {"count"}
    assert checks(with_unplaced(short, "b")) == set()
    assert checks(with_unplaced(plan(*GOOD_ROWS), "b")) == {"count"}


def test_a_touched_defect_is_found() -> None:
    """Part a ends at x = 310, and a knot has to be 10 mm from it."""
    for x, found in ((320.0, set()), (319.998, {"defect"}), (200.0, {"defect"})):
        knot = Outline.rectangle(x, 130, x + 60, 170)
        task = instance(*TASK.items, stock=(sheet(defects=(knot,)),))
        assert checks(plan(*GOOD_ROWS, task=task), task) == found


def test_a_part_in_the_hole_of_another_holds_and_its_distance_is_measured() -> None:
    frame = item("frame", Outline.rectangle(0, 0, 400, 300), holes=(Outline.rectangle(50, 50, 350, 250),))
    task = instance(frame, rectangle("small", 284, 184))
    rows = (("frame", 1, 10.0, 10.0, 0.0), ("small", 1, 68.0, 68.0, 0.0))
    assert checks(plan(*rows, task=task), task) == set()
    assert checks(plan(rows[0], ("small", 1, 68.01, 68.0, 0.0), task=task), task) == {"spacing"}


def test_more_sheets_than_there_are_and_unknown_sheets_are_found() -> None:
    task = instance(*TASK.items, stock=(sheet(quantity=1),))
    two = planned(task, ("full", GOOD_ROWS[:1]), ("full", [("a", 2, 10, 10, 0), GOOD_ROWS[2]]))
    assert checks(two, task) == {"stock"}
    strange = replace(two, layouts=tuple(replace(layout, stock="other") for layout in two.layouts))
    assert "names" in checks(strange, task)


def test_a_false_yield_and_an_offcut_under_a_part_are_found() -> None:
    good = plan(*GOOD_ROWS)
    assert checks(replace(good, yield_=good.yield_ + 0.01)) == {"figures"}
    layout = replace(good.layouts[0], offcuts=(Outline.rectangle(200, 10, 500, 490),))
    assert checks(replace(good, layouts=(layout,))) == {"offcut"}


def written(shift: float = 0.0) -> list[Outline]:
    outlines = {i.name: i.pattern.outline for i in TASK.items}
    good = plan(*GOOD_ROWS).layouts[0]
    result = [outlines[p.item].moved(p.x, p.y, p.angle) for p in good.placements]
    return [result[0].moved(shift, 0), *result[1:]]


def test_a_written_sheet_that_shows_the_layout_holds() -> None:
    layout = plan(*GOOD_ROWS).layouts[0]
    assert verify_written(list(reversed(written())), layout, TASK) == ()


def test_faults_of_a_written_sheet_are_found() -> None:
    layout = plan(*GOOD_ROWS).layouts[0]
    moved = [f.problem for f in verify_written(written(0.01), layout, TASK)]
    assert "not in the file as it was planned" in moved[0]
    assert "an outline too many" in moved[1]
    assert "7.9900 mm from" in moved[2]
    assert [f.part for f in verify_written(written()[1:], layout, TASK)] == ["kit/a copy 1"]
    assert verify_written([*written(), written()[0]], layout, TASK)


def test_a_mirrored_part_is_found_in_the_written_sheet() -> None:
    ell = Outline.polygon([(0, 0), (200, 0), (200, 50), (60, 50), (60, 100), (0, 100)])
    task = instance(item("ell", ell))
    layout = plan(("ell", 1, 10, 10, 0), task=task).layouts[0]
    assert verify_written([ell.moved(10, 10)], layout, task) == ()
    assert verify_written([ell.mirrored().moved(210, 10)], layout, task)
