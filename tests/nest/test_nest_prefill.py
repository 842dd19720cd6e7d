# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Parts in holes of parts: nothing is lost or overlaps, grain stays legal, and they come apart again."""

from collections import Counter
from dataclasses import replace
from importlib.util import find_spec

import pytest
from nest_instances import instance, item, rectangle, sheet

from csmkit.model import NestInstance, Outline
from csmkit.nest.candidate import Candidate, CutSheet
from csmkit.nest.engines import fill_corners
from csmkit.nest.engines.prefill import Filler, Prefilled, prefills
from csmkit.nest.engines.regroup import part_of, regrouped
from csmkit.nest.proof.nesting import verify
from csmkit.nest.score import finished

ROOM = 4000.0  # mm between hosts laid out one by one


def fillers() -> list[Filler]:
    if find_spec("packingsolver") is None:
        return [fill_corners.fill_hole]
    from csmkit.nest.engines import fill_packingsolver

    return [fill_corners.fill_hole, fill_packingsolver.fill_hole]


def window(name: str, side: float, hole: float, quantity: int = 1, grain: str | None = None):
    margin = (side - hole) / 2
    inner = Outline.rectangle(margin, margin, side - margin, side - margin)
    return item(name, Outline.rectangle(0, 0, side, side), quantity, grain, (inner,))


def ring(name: str, outer: float, inner: float, quantity: int = 1):
    r = outer / 2
    return item(name, Outline.circle(r, r, outer), quantity, None, (Outline.circle(r, r, inner),))


def spread(filled: Prefilled, angle: float = 0.0) -> Candidate:
    """Every composite and part on a sheet of its own."""
    items = filled.instance.items
    sheets = [
        CutSheet("full", ((i.name, ROOM / 2, ROOM / 2, angle),)) for i in items for _ in range(i.quantity)
    ]
    return filled.unpack(tuple(sheets))


def holds(task: NestInstance, candidate: Candidate) -> bool:
    nesting = finished(task, candidate, "by hand")
    return verify(nesting, task) == () and nesting.unplaced == ()


@pytest.mark.parametrize("fill", fillers())
def test_what_lies_in_holes_keeps_spacing_and_nothing_is_lost(fill: Filler) -> None:
    task = instance(
        window("frame", 400, 340, 2),
        ring("ring", 300, 240),
        rectangle("tile", 100, 60, 9),
        item("disc", Outline.circle(40, 40, 80), 5),
        stock=(sheet(ROOM, ROOM),),
    )
    for filled in prefills(task, fill, 0, 6):
        assert filled.spared > 0
        assert holds(task, spread(filled))
        assert holds(task, spread(filled, 180.0))


@pytest.mark.parametrize("fill", fillers())
def test_a_ring_in_a_ring_keeps_what_lies_in_it(fill: Filler) -> None:
    task = instance(
        ring("large", 500, 440),
        ring("small", 400, 340),
        rectangle("tile", 200, 150),
        stock=(sheet(ROOM, ROOM),),
    )
    best = prefills(task, fill, 0, 2)[0]
    assert [len(c) for c in best.contents.values()] == [3]
    assert [i.quantity for i in best.instance.items] == [1]
    assert holds(task, spread(best))


@pytest.mark.parametrize("fill", fillers())
@pytest.mark.parametrize("host_grain", ["x", "y", None])
@pytest.mark.parametrize("grain", ["x", "y"])
def test_grain_of_contents_stays_legal_however_the_composite_may_turn(
    fill: Filler, host_grain: str | None, grain: str
) -> None:
    """The slat fits only along or only across the window, as its grain asks."""
    task = instance(
        window("frame", 400, 340, 1, host_grain),
        rectangle("slat", 300, 60, 2, grain),
        stock=(sheet(ROOM, ROOM),),
    )
    best = prefills(task, fill, 0, 2)[0]
    assert len(best.contents) == 1
    (composite,) = best.instance.items
    angles = {"x": (0.0, 180.0), "y": (90.0, 270.0)}[str(composite.pattern.grain)]
    assert all(holds(task, spread(best, angle)) for angle in angles)


def test_equal_hosts_are_filled_alike_as_long_as_there_are_parts() -> None:
    task = instance(window("frame", 400, 340, 20), rectangle("tile", 300, 300, 12))
    best = prefills(task, fill_corners.fill_hole, 0, 2)[0]
    quantities = {name: i.quantity for i in best.instance.items for name in [i.name]}
    assert sorted(quantities.values()) == [8, 12]


def test_without_holes_that_serve_nothing_changes() -> None:
    task = instance(window("frame", 400, 20), rectangle("tile", 100, 60, 3))
    for filled in prefills(task, fill_corners.fill_hole, 0, 3):
        assert filled.contents == {}
        assert filled.instance == task


def test_a_hole_exactly_as_large_as_part_and_spacing_is_filled() -> None:
    for fill in fillers():
        task = instance(window("frame", 400, 316), rectangle("tile", 300, 300), stock=(sheet(ROOM, ROOM),))
        best = prefills(task, fill, 0, 2)[0]
        if best.contents:
            assert holds(task, spread(best))


def test_composites_are_found_again_in_a_plan() -> None:
    task = instance(
        ring("large", 500, 440),
        ring("small", 400, 340),
        rectangle("tile", 200, 150, 2, "x"),
        stock=(sheet(ROOM, ROOM),),
    )
    plan = spread(prefills(task, fill_corners.fill_hole, 0, 2)[0], 90.0)
    turned = instance(*task.items, stock=(replace(sheet(ROOM, ROOM), grain="y"),))
    again = regrouped(part_of(turned, plan), plan)
    names = Counter(n for contents in again.contents.values() for n, *_ in contents)
    assert names == {"kit/large": 1, "kit/small": 1, "kit/tile": 1}
    assert sum(i.quantity for i in again.instance.items) == 2
    angle = 0.0 if all(i.pattern.grain in (None, "y") for i in again.instance.items) else 90.0
    assert holds(turned, spread(again, angle))
