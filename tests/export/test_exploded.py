# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The exploded picture: each thing stands on the way on which it comes off, and all can be told."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from csmkit.export.explode.exploded import exploded
from csmkit.export.explode.order import order
from csmkit.export.explode.seen import Sight
from csmkit.export.explode.solids import Solids
from csmkit.export.stage.shown import Copy, Shape
from csmkit.geometry.depth import Window, look, nearest
from csmkit.geometry.facets import facets
from csmkit.geometry.shape import moved
from csmkit.geometry.solids import bored, joined, raised
from csmkit.model.outline import Outline
from csmkit.model.pose import Pose, Vector

EYE: Vector = (1.0, -1.4, 0.9)
TOLD = 0.25  # of a thing has to be in sight


def copy(name: str, shape: Any, *poses: Pose, kind: str = "part") -> list[Copy]:
    made = facets(shape)
    return [Copy(Shape(name, kind, "#e6c99a"), pose, made.moved(pose)) for pose in poses or (Pose(),)]


def ring(outer: float, inner: float, thick: float) -> Any:
    whole = raised(Outline.circle(0, 0, outer), 0, thick)
    return bored(whole, raised(Outline.circle(0, 0, inner), -1, thick + 1)) if inner else whole


AROUND = [Pose.at(rz=60 * n) * Pose.at(110, 0) for n in range(6)]


def alternator() -> list[Copy]:
    """Two discs on a stud, before each magnets under a cast ring; between them a ring with coils cast in."""
    magnet = raised(Outline.rectangle(-20, -12, 20, 12), 0, 10)
    cast = bored(ring(300, 120, 12), *(moved(magnet, pose) for pose in AROUND))
    coil = raised(Outline.circle(0, 0, 20), 2, 10)
    stator = bored(ring(320, 120, 12), *(moved(coil, pose) for pose in AROUND))
    back, front = Pose.at(z=10), Pose.at(0, 0, 50, rx=180)
    return [
        *copy("disc", ring(300, 40, 10), Pose(), Pose.at(z=50)),
        *copy("magnet", magnet, *(side * pose for side in (back, front) for pose in AROUND)),
        *copy("cast ring", cast, back, front),
        *copy("coil", coil, *(Pose.at(z=24) * pose for pose in AROUND)),
        *copy("stator", stator, Pose.at(z=24)),
        *copy("stud", raised(Outline.circle(0, 0, 39.6), -20, 80)),
    ]


def floor_and_walls() -> list[Copy]:
    """A floor, two walls beside it and two bolts through each wall, heads outward."""
    wall = raised(Outline.rectangle(-100, -150, 100, 150), 0, 12)
    bolt = joined(raised(Outline.circle(0, 0, 4), -40, 0.1), raised(Outline.circle(0, 0, 7), 0, 5))
    return [
        *copy("floor", raised(Outline.rectangle(-200, -150, 200, 150), -12, 0)),
        *copy("wall", wall, Pose.at(200, 0, 88, ry=90), Pose.at(-200, 0, 88, ry=-90)),
        *copy(
            "bolt",
            bolt,
            *(Pose.at(s * 212, y, -6, ry=s * 90) for s in (1, -1) for y in (-100, 100)),
            kind="bolt",
        ),
    ]


def boxes(kit: list[Copy], shifts: list[Vector]) -> list[tuple[np.ndarray, np.ndarray]]:
    return [(c.facets.box[0] + s, c.facets.box[1] + s) for c, s in zip(kit, np.array(shifts), strict=True)]


def shares(kit: list[Copy], shifts: list[Vector]) -> dict[str, float]:
    """How much of its own outline is in sight of each copy; the least of each name."""
    eye = look(EYE)
    placed = [eye.seen(c.facets.corners + s) for c, s in zip(kit, np.array(shifts), strict=True)]
    window = Window.around(np.concatenate(placed).reshape(-1, 3), 300)
    owner = np.repeat(np.arange(len(kit)), [len(p) for p in placed])
    number = nearest(np.concatenate(placed), window)[1]
    seen = np.bincount(owner[number[number >= 0]], minlength=len(kit))
    least: dict[str, float] = {}
    for n, (item, corners) in enumerate(zip(kit, placed, strict=True)):
        whole = int(np.isfinite(nearest(corners, window)[0]).sum())
        least[item.shape.name] = min(least.get(item.shape.name, 1.0), seen[n] / whole)
    return least


def test_every_part_can_be_told() -> None:
    kit = alternator()
    together, apart = (shares(kit, s) for s in ([(0.0, 0.0, 0.0)] * len(kit), exploded(kit, EYE)))
    assert min(together.values()) == 0
    assert min(apart.values()) > TOLD, apart


def test_discs_on_a_stud_come_apart_along_it_in_the_order_in_which_they_lie() -> None:
    kit = alternator()
    shifts = np.array(exploded(kit, EYE))
    assert np.abs(shifts[:, :2]).max() == 0
    placed = boxes(kit, exploded(kit, EYE))
    by_name = {
        name: sorted((b[0][2], b[1][2]) for c, b in zip(kit, placed, strict=True) if c.shape.name == name)
        for name in ("disc", "magnet", "cast ring", "stator")
    }
    (low_disc, high_disc), (low_ring, high_ring) = by_name["disc"], by_name["cast ring"]
    magnets, [stator] = by_name["magnet"], by_name["stator"]
    layers = [low_disc, magnets[0], low_ring, stator, high_ring, magnets[-1], high_disc]
    assert all(lower[1] < upper[0] for lower, upper in itertools.pairwise(layers))
    assert len(set(magnets)) == 2  # six side by side at each disc


def test_nothing_stands_in_another_thing() -> None:
    for kit in (floor_and_walls(), alternator()[:-1]):  # the stud may hang in the holes of rings
        pairs = itertools.combinations(boxes(kit, exploded(kit, EYE)), 2)
        through = [a for a, b in pairs if ((a[0] < b[1] - 0.1) & (b[0] < a[1] - 0.1)).all()]
        assert not through


def test_a_bolt_is_pulled_out_along_its_own_axis_beyond_its_length() -> None:
    kit = floor_and_walls()
    placed = boxes(kit, exploded(kit, EYE))
    (_, wall), (bolt, _) = placed[1], placed[3]
    assert bolt[0] > wall[0] + 5
    assert np.abs(np.array(exploded(kit, EYE)[3])[1:]).max() < 1e-6


def test_it_is_no_larger_than_it_has_to_be() -> None:
    kit = floor_and_walls()
    home: list[Vector] = [(0.0, 0.0, 0.0)] * len(kit)
    before, after = (
        np.ptp(np.array(boxes(kit, s)).reshape(-1, 3), axis=0) for s in (home, exploded(kit, EYE))
    )
    assert (after[1:] <= before[1:] + 1).all()
    assert after[0] < 2 * before[0]


def test_a_drawer_leaves_on_the_side_that_is_open() -> None:
    frame = bored(
        raised(Outline.rectangle(0, 0, 200, 100), 0, 60), raised(Outline.rectangle(10, -1, 190, 90), 10, 50)
    )
    kit = [*copy("frame", frame), *copy("drawer", raised(Outline.rectangle(10.2, 0, 189.8, 89), 10.2, 49.8))]
    [leave] = order(Solids.of(kit))
    moves = exploded(kit, EYE)
    assert leave.members in ((0,), (1,))
    away = np.array(moves[1]) - np.array(moves[0])
    assert away[1] < -89
    assert away[[0, 2]].tolist() == [0, 0]


def test_what_holds_one_another_leaves_as_one_and_then_comes_apart() -> None:
    """A rung in blind holes of two beams whose tabs go into a plate: no beam can leave by itself."""
    tabs = [Outline.rectangle(x, 40, x + 12, 60) for x in (20, 168)]
    plate = bored(raised(Outline.rectangle(0, 0, 200, 100), 0, 12), *(raised(t, -1, 13) for t in tabs))
    kit = copy("plate", plate)
    for name, x, hole in (("left", 20.0, 22.0), ("right", 168.0, 167.0)):
        beam = raised(Outline.rectangle(x, 10, x + 12, 90), -60, 0)
        beam = bored(beam, raised(Outline.rectangle(hole, 45, hole + 11, 55), -40, -30))
        kit += copy(name, joined(beam, raised(Outline.rectangle(x + 0.1, 40.1, x + 11.9, 59.9), 0, 12)))
    kit += copy("rung", raised(Outline.rectangle(22.1, 45.1, 177.9, 54.9), -39.9, -30.1))
    first = order(Solids.of(kit))[0]
    assert (first.members, first.way[2]) in (((0,), 1.0), ((1, 2, 3), -1.0))
    plate_z, *frame_z = (shift[2] for shift in exploded(kit, EYE))
    assert max(frame_z) < plate_z
    assert len({shift[0] for shift in exploded(kit, EYE)[1:]}) == 3


def test_things_that_lie_apart_stay_apart() -> None:
    plate = raised(Outline.rectangle(0, 0, 100, 100), 0, 10)
    kit = copy("plate", plate, Pose(), Pose.at(z=10), Pose.at(103), Pose.at(103, 0, 10))
    found = boxes(kit, exploded(kit, EYE))
    low = [min(a[0][0], b[0][0]) for a, b in (found[:2], found[2:])]
    high = [max(a[1][0], b[1][0]) for a, b in (found[:2], found[2:])]
    assert low[1] > high[0]


def test_what_is_seen_is_what_a_picture_shows() -> None:
    kit = alternator()
    shifts = exploded(kit, EYE)
    found, hiders = Sight.of(kit, EYE).shares(np.array(shifts))
    least = shares(kit, shifts)
    for n, item in enumerate(kit):
        assert found[n] > least[item.shape.name] - 0.1
        assert hiders[n] != n
