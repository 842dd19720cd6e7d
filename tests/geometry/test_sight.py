# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Step pictures' geometry: what is nearest, what is seen, which way is free, where things touch."""

import itertools
import math

import numpy as np
import pytest

from csmkit.geometry.contact import contact
from csmkit.geometry.depth import NOTHING, Window, look, nearest
from csmkit.geometry.facets import Facets, facets
from csmkit.geometry.sight import Scene, outlines, scene, turned, visible_edges
from csmkit.geometry.solids import bored, raised
from csmkit.geometry.way_out import blocked
from csmkit.model.outline import Outline
from csmkit.model.pose import Pose

FRONT = (0.0, -1.0, 0.0)


def box(x0: float, y0: float, z0: float, x1: float, y1: float, z1: float) -> Facets:
    """A block between two corners."""
    return facets(raised(Outline.rectangle(x0, y0, x1, y1), z0, z1))


def seen_from_front(*shapes: Facets, across: int = 400) -> Scene:
    placed = [turned(shape, look(FRONT)) for shape in shapes]
    points = np.concatenate([s.corners.reshape(-1, 3) for s in placed])
    return scene(placed, Window.around(points, across, margin=5.0))


def area(found: Scene, number: int) -> float:
    return float((found.shape == number).sum() * found.window.step**2)


def length(found: Scene, number: int) -> float:
    chains = visible_edges(found, number)
    return sum(math.dist(a, b) for chain in chains for a, b in itertools.pairwise(chain))


def test_a_block_is_seen_with_the_area_of_its_face() -> None:
    found = seen_from_front(box(0, 0, 0, 100, 20, 50))
    assert area(found, 0) == pytest.approx(5000, rel=0.01)


def test_what_stands_before_hides_what_stands_behind() -> None:
    found = seen_from_front(box(0, 100, 0, 100, 120, 50), box(0, 0, 0, 40, 20, 50))
    assert area(found, 0) == pytest.approx(60 * 50, rel=0.02)
    assert area(found, 1) == pytest.approx(40 * 50, rel=0.02)


def test_the_visible_edges_of_a_face_are_its_outline() -> None:
    assert length(seen_from_front(box(0, 0, 0, 100, 20, 50)), 0) == pytest.approx(300, abs=1.5)


def test_hidden_edges_are_not_drawn() -> None:
    found = seen_from_front(box(10, 50, 10, 40, 70, 40), box(0, 0, 0, 100, 20, 50))
    assert visible_edges(found, 0) == ()


def test_half_hidden_edges_end_where_they_disappear() -> None:
    found = seen_from_front(box(20, 50, 20, 200, 70, 30), box(0, 0, 0, 100, 20, 50))
    xs = [x for chain in visible_edges(found, 0) for x, _ in chain]
    assert min(xs) == pytest.approx(100, abs=2 * found.window.step)
    assert max(xs) == pytest.approx(200, abs=0.01)


def test_a_cylinder_has_an_outline_where_its_side_turns_away() -> None:
    found = seen_from_front(facets(raised(Outline.circle(0, 0, 40), 0, 100)))
    lines = [line for chain in visible_edges(found, 0) for line in itertools.pairwise(chain)]
    upright = sorted(round(a[0]) for a, b in lines if abs(a[1] - b[1]) > 90)
    assert upright == [-20, 20]


def test_outlines_enclose_the_area_that_is_seen_and_leave_holes_open() -> None:
    plate = raised(Outline.rectangle(0, 0, 100, 100), 0, 10)
    hole = raised(Outline.circle(50, 50, 40), -5, 15)
    placed = [turned(facets(bored(plate, hole)), look((0, 0, 1)))]
    found = scene(placed, Window.around(placed[0].corners.reshape(-1, 3), 500, margin=5.0))
    areas = [
        sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(r, (*r[1:], r[0]), strict=True)) / 2
        for r in outlines(found, found.shape == 0)
    ]
    assert sum(areas) == pytest.approx(10_000 - math.pi * 400, rel=0.02)


def test_of_flush_faces_the_larger_shape_is_seen() -> None:
    plate, plug = box(0, 0, 0, 100, 20, 100), box(40, 0, 40, 60, 10, 60)
    assert area(seen_from_front(plate, plug), 1) == 0
    assert area(seen_from_front(plug, plate), 0) == 0


def test_nearest_finds_nothing_where_there_is_nothing() -> None:
    depth, number = nearest(np.empty((0, 3, 3)), Window((0.0, 0.0), 1.0, 4, 3))
    assert (number == NOTHING).all()
    assert np.isneginf(depth).all()


def test_a_tab_leaves_its_slot_along_itself_alone() -> None:
    plate = raised(Outline.rectangle(0, 0, 100, 100), 0, 12)
    slotted = facets(bored(plate, raised(Outline.rectangle(40, 44, 60, 56), -1, 13)))
    tab = box(40.1, 44.1, 0, 59.9, 55.9, 40)
    assert blocked(tab.corners, [slotted], (0, 0, 1)) == 0
    assert blocked(tab.corners, [slotted], (1, 0, 0)) > 0.1
    assert blocked(tab.corners, [slotted], (0, -1, 0)) > 0.1


def test_what_lies_on_a_plate_cannot_go_through_it() -> None:
    plate, block = box(0, 0, 0, 100, 100, 12), box(40, 40, 12, 60, 60, 30)
    assert blocked(block.corners, [plate], (0, 0, -1)) == pytest.approx(1.0)
    assert blocked(block.corners, [plate], (0, 0, 1)) == 0
    assert blocked(block.corners, [plate], (1, 0, 0)) == 0


def test_contact_is_the_place_where_faces_meet() -> None:
    low, high = contact(box(0, 0, 0, 100, 100, 12), box(40, 40, 12, 60, 60, 30), 0.5) or (None, None)
    assert np.allclose(low, (39.5, 39.5, 11.5), atol=0.6)
    assert np.allclose(high, (60.5, 60.5, 12.5), atol=0.6)


def test_a_hub_within_a_ring_does_not_touch_it_though_their_boxes_do() -> None:
    disc = raised(Outline.circle(0, 0, 200), 0, 10)
    ring = facets(bored(disc, raised(Outline.circle(0, 0, 180), -1, 11)))
    assert contact(ring, box(-20, -20, 0, 20, 20, 10), 1.0) is None


def test_tilted_discs_stay_apart_by_their_gap() -> None:
    tilted = Pose.at(rx=86)
    disc = facets(raised(Outline.circle(0, 0, 300), 0, 10)).moved(tilted)
    other = facets(raised(Outline.circle(0, 0, 300), 15, 25)).moved(tilted)
    assert contact(disc, other, 1.0, tilted) is None
    assert contact(disc, other, 6.0, tilted) is not None


def test_turned_over_shows_what_lay_below_on_top() -> None:
    eye = look((0.0, -1.0, -0.5), True)
    assert eye.seen(np.array([0.0, 0.0, -1.0]))[1] > 0


def test_facets_come_back_from_their_bytes_and_repeat() -> None:
    made = facets(raised(Outline.circle(0, 0, 40), 0, 100))
    again = Facets.from_bytes(made.to_bytes())
    assert again.to_bytes() == made.to_bytes() == facets(raised(Outline.circle(0, 0, 40), 0, 100)).to_bytes()
    assert np.allclose(
        again.moved(Pose.at(1, 2, 3)).box[0], made.box[0] + np.array([1.0, 2.0, 3.0]), atol=1e-3
    )
