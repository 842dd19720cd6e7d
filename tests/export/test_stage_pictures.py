# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Pictures of steps: what is added is there, named, in sight, pulled out on a free way; screws are 1:1."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from csmkit.catalog.workshop import default_workshop
from csmkit.export.finish import finish_of
from csmkit.export.stage.apart import pulled_apart
from csmkit.export.stage.callouts import Tag, callouts
from csmkit.export.stage.eye import LOOKS, chosen_looks, scores
from csmkit.export.stage.hardware import hardware_box
from csmkit.export.stage.ink import tints
from csmkit.export.stage.picture import StepPicture, step_picture
from csmkit.export.stage.places import added_copies
from csmkit.export.stage.plan import drafts
from csmkit.export.stage.shown import Copy, Shape, Shown, Stage, copies, grouped
from csmkit.geometry.facets import Facets, facets
from csmkit.geometry.fasteners import fastener_shape
from csmkit.geometry.solids import bored, joined, raised
from csmkit.model.facts import Step
from csmkit.model.outline import Outline
from csmkit.model.pose import Pose

SVG = "{http://www.w3.org/2000/svg}"
WOOD = "#e6c99a"
SIDE, SEAT = Shape("side", "part", WOOD), Shape("seat", "part", WOOD)
LAMP = Shape("lamp <& co>", "light", "#c5282b")
SCREW = Shape("DIN 7997 5x50", "screw", "#c3cad2", 50.0)
POSES = {
    "side": (Pose.at(0, 0, 0), Pose.at(282, 0, 0)),
    "seat": (Pose.at(0, 0, 200),),
    "lamp <& co>": (Pose.at(30, -20, 40),),
    "DIN 7997 5x50": tuple(Pose.at(x, y, 218) for x in (9, 291) for y in (40, 160)),
}


@pytest.fixture(scope="module")
def shapes() -> dict[str, Facets]:
    holes = [raised(Outline.circle(x, y, 5), -1, 20) for x in (9, 291) for y in (40, 160)]
    seat = raised(Outline.rectangle(0, 0, 300, 200), 0, 18)
    for hole in holes:
        seat = bored(seat, hole)
    row = default_workshop().bought_row("DIN 7997", "5x50")
    return {
        "side": facets(raised(Outline.rectangle(0, 0, 18, 200), 0, 200)),
        "seat": facets(seat),
        "lamp <& co>": facets(raised(Outline.rectangle(0, 0, 10, 20), 0, 10)),
        "DIN 7997 5x50": facets(fastener_shape(row)),
    }


def step(title: str, *adds: tuple[str, int]) -> Step:
    return Step(title, adds, (), 5.0, "", 1)


STEPS = (
    step("Sand", ("wood oil", 1)),
    step("Stand the sides up", ("side", 2)),
    step("Screw the seat on", ("seat", 1), ("DIN 7997 5x50", 4)),
    step("Hang the lamp in", ("lamp <& co>", 1)),
    step("Look at it"),
    step("Oil it"),
)


@pytest.fixture(scope="module")
def stages(shapes: dict[str, Facets]) -> list[Stage | None]:
    every = copies([Shown(s, POSES[s.name]) for s in (SIDE, SEAT, LAMP, SCREW)], shapes)
    found = []
    for stage in drafts(STEPS, every):
        if stage is not None and stage.added:
            apart = pulled_apart(copies(stage.there, shapes), copies(stage.added, shapes))
            rest = iter(apart.shifts)
            added = tuple(replace(i, shifts=tuple(next(rest) for _ in i.poses)) for i in stage.added)
            stage = replace(stage, added=added, ways=apart.ways)
        found.append(stage)
    return found


@pytest.fixture(scope="module")
def pictures(stages: list[Stage | None], shapes: dict[str, Facets]) -> list[StepPicture | None]:
    return [None if stage is None else step_picture(stage, shapes) for stage in stages]


def test_only_steps_at_which_something_new_is_seen_have_pictures(stages: list[Stage | None]) -> None:
    assert [stage and stage.shows for stage in stages] == [None, "adds", "adds", "adds", "state", None]


def test_each_added_item_is_a_group_of_its_own(
    stages: list[Stage | None], pictures: list[StepPicture | None]
) -> None:
    for stage, picture in zip(stages, pictures, strict=True):
        if stage is None or picture is None:
            continue
        root = ET.fromstring(picture.svg)
        items = {g.get("data-item") for g in root.iter(f"{SVG}g") if g.get("data-item")}
        assert {i.shape.name for i in stage.added} <= items


def test_what_is_added_lies_within_the_picture_and_is_drawn_large_enough(
    pictures: list[StepPicture | None],
) -> None:
    for picture in filter(None, pictures):
        root = ET.fromstring(picture.svg)
        figure = next(g for g in root.iter(f"{SVG}g") if g.get("transform", "").startswith("scale"))
        for group in figure.iter(f"{SVG}g"):
            points = drawn_points(group)
            if not group.get("data-item"):
                continue
            low, high = points.min(axis=0), points.max(axis=0)
            assert (low >= 0).all()
            assert high[0] <= picture.width
            assert high[1] <= picture.height
            assert float(np.prod(high - low)) > 4.0, "mm² on paper"


def test_names_overlap_neither_each_other_nor_the_border(pictures: list[StepPicture | None]) -> None:
    for picture in filter(None, pictures):
        for a, b, c, d in picture.boxes:
            assert a >= 0
            assert b >= 0
            assert c <= picture.width
            assert d <= picture.height
        for (a, b, c, d), (e, f, g, h) in combinations(picture.boxes, 2):
            assert c <= e or g <= a or d <= f or h <= b


def test_a_screw_is_as_long_on_paper_as_it_is(shapes: dict[str, Facets]) -> None:
    box = hardware_box([Shown(SCREW, POSES[SCREW.name])], shapes, {SCREW.name: "A"}, 170.0)
    points = drawn_points(ET.fromstring(f"<svg xmlns='http://www.w3.org/2000/svg'>{box.elements[0]}</svg>"))
    assert float(np.ptp(points[:, 0])) == pytest.approx(50.0, abs=0.2)
    assert '"M3 0v2.4M13 0v2.4M3 1.2h10"' in box.elements[-1], "a bar of 10 mm to check the print"


def test_the_picture_has_its_size_in_mm_and_tells_its_screws(pictures: list[StepPicture | None]) -> None:
    picture = pictures[2]
    assert picture is not None
    root = ET.fromstring(picture.svg)
    assert root.get("width") == f"{picture.width:g}mm"
    assert root.get("height") == f"{picture.height:g}mm"
    assert [float(n) for n in root.get("viewBox", "").split()][2:] == [picture.width, picture.height]
    assert picture.screws == (("DIN 7997 5x50", 4, 50.0),)


def test_the_seat_comes_from_above_and_the_screws_after_it(stages: list[Stage | None]) -> None:
    stage = stages[2]
    assert stage is not None
    seat, screws = stage.added
    (x, y, z) = seat.shifts[0]
    assert (x, y) == (0, 0)
    assert z > 0
    assert all(s[2] > z + 50 and s[:2] == (0, 0) for s in screws.shifts)


def test_lines_lead_straight_from_the_place_to_the_thing(stages: list[Stage | None]) -> None:
    stage = stages[2]
    assert stage is not None
    assert len(stage.ways) >= 5
    for start, end in stage.ways:
        assert start[:2] == pytest.approx(end[:2])
        assert end[2] > start[2]


def test_what_hangs_nowhere_is_left_out_until_something_touches_it(stages: list[Stage | None]) -> None:
    stage = stages[3]
    assert stage is not None
    assert stage.there == (), "the lamp touches nothing"


def test_equal_bolts_go_to_the_joint_that_their_step_closes(shapes: dict[str, Facets]) -> None:
    poses = (Pose.at(0, 0, 0), Pose.at(400, 0, 0))
    left, right = Shape("left", "part", WOOD), Shape("right", "part", WOOD)
    block = facets(raised(Outline.rectangle(-20, -20, 20, 20), -60, 0))
    nut = facets(raised(Outline.circle(0, 0, 10), 0, 5))
    kit = [
        Copy(left, poses[1], block.moved(poses[1])),
        Copy(right, poses[0], block.moved(poses[0])),
        *(Copy(Shape("nut", "nut", WOOD), pose, nut.moved(pose)) for pose in poses),
    ]
    steps = (step("one", ("left", 1), ("nut", 1)), step("two", ("right", 1), ("nut", 1)))
    assert added_copies(steps, kit) == [[0, 3], [1, 2]]


def test_hidden_things_are_looked_for_from_the_other_side(shapes: dict[str, Facets]) -> None:
    wall = Copy(SIDE, Pose(), facets(raised(Outline.rectangle(-300, 0, 300, 18), -300, 300)))
    small = Copy(LAMP, Pose(), facets(raised(Outline.rectangle(-20, 18, 20, 40), -20, 20)))
    found = scores([wall], [small], [(0.0, 40.0, 0.0)])
    assert max(found) > 0.4
    assert found[0] < 0.1
    [(chosen, _)] = chosen_looks([found])
    assert chosen[0][1] > 0, "from behind"


def test_the_look_stays_where_all_are_alike() -> None:
    assert [turn for _, turn in chosen_looks([[0.7] * len(LOOKS)] * 5)] == [""] * 5


def test_bytes_repeat(stages: list[Stage | None], shapes: dict[str, Facets]) -> None:
    stage = stages[2]
    assert stage is not None
    again = {name: Facets.from_bytes(shape.to_bytes()) for name, shape in shapes.items()}
    first = step_picture(stage, again)
    assert first.svg == step_picture(stage, again).svg


def test_hostile_names_stay_text(pictures: list[StepPicture | None]) -> None:
    picture = pictures[3]
    assert picture is not None
    texts = ["".join(t.itertext()) for t in ET.fromstring(picture.svg).iter(f"{SVG}text")]
    assert "lamp <& co>" in texts


def test_names_find_room_even_where_all_is_drawn() -> None:
    placed = callouts([Tag(30, 6, ((50.0, 40.0),))] * 8, np.ones((80, 100)), (100.0, 80.0))
    for (a, b, c, d), (e, f, g, h) in combinations([p.box for p in placed], 2):
        assert c <= e or g <= a or d <= f or h <= b


def test_metal_is_told_from_wood_by_its_colour() -> None:
    wood, steel = tints(WOOD)[1], tints("#9aa1a8")[1]
    assert int(wood[1:3], 16) > int(wood[5:7], 16)
    assert int(steel[1:3], 16) < int(steel[5:7], 16)


def test_cast_resin_is_told_from_wood_and_metal_by_its_colour() -> None:
    red, green, blue = (int(tints(finish_of("filled-resin").colour)[1][n : n + 2], 16) for n in (1, 3, 5))
    assert green > red > blue


def test_copies_and_groups_are_each_others_inverse(shapes: dict[str, Facets]) -> None:
    items = (Shown(SIDE, POSES["side"]), Shown(SCREW, POSES["DIN 7997 5x50"]))
    assert grouped(copies(items, shapes)) == items


def drawn_points(group: ET.Element) -> np.ndarray:
    """(n, 2) points of all paths of a group, mm on paper."""
    points: list[tuple[float, float]] = []
    for path in group.iter(f"{SVG}path"):
        for run in re.findall(r"M(-?\d+) (-?\d+)(?:l([^MZ]*))?", path.get("d", "")):
            x, y = int(run[0]), int(run[1])
            points.append((x, y))
            numbers = [int(n) for n in re.findall(r"-?\d+", run[2])]
            for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
                x, y = x + dx, y + dy
                points.append((x, y))
    return np.array(points) * 0.05


def block(name: str, x0: float, y0: float, z0: float, x1: float, y1: float, z1: float) -> Copy:
    """A part between two corners."""
    shape = facets(raised(Outline.rectangle(x0, y0, x1, y1), z0, z1))
    return Copy(Shape(name, "part", WOOD), Pose(), shape)


def test_what_holds_one_another_comes_as_one_and_apart_in_itself() -> None:
    """A rung in blind holes of two beams, the beams' tabs in a plate: neither beam can leave by itself."""
    plate = raised(Outline.rectangle(0, 0, 200, 100), 0, 12)
    for x in (20, 168):
        plate = bored(plate, raised(Outline.rectangle(x, 40, x + 12, 60), -1, 13))
    beams = []
    for x, hole in ((20.0, 22.0), (168.0, 167.0)):
        beam = raised(Outline.rectangle(x, 10, x + 12, 90), -60, 0)
        beam = bored(beam, raised(Outline.rectangle(hole, 45, hole + 11, 55), -40, -30))
        tab = Outline.rectangle(x + 0.1, 40.1, x + 11.9, 59.9)
        beams.append(joined(beam, raised(tab, 0, 12)))
    rung = facets(raised(Outline.rectangle(22.1, 45.1, 177.9, 54.9), -39.9, -30.1))
    there = [Copy(Shape("plate", "part", WOOD), Pose(), facets(plate))]
    added = [
        Copy(Shape("left beam", "part", WOOD), Pose(), facets(beams[0])),
        Copy(Shape("right beam", "part", WOOD), Pose(), facets(beams[1])),
        Copy(Shape("rung", "part", WOOD), Pose(), rung),
    ]
    shifts = np.array(pulled_apart(there, added).shifts)
    assert (shifts[:, 2] < 0).all(), "all of it comes from below the plate"
    assert len({round(x) for x in shifts[:, 0]}) == 3, "and its three parts stand apart"


def test_two_cheeks_go_to_either_side() -> None:
    post = block("post", -20, -20, 0, 20, 20, 400)
    cheeks = [block("cheek", -20, 20, 0, 20, 32, 300), block("cheek", -20, -32, 0, 20, -20, 300)]
    first, second = pulled_apart([post], cheeks).shifts
    assert first[1] > 0 > second[1]


def test_a_jig_that_lies_aside_is_brought_near_and_clear() -> None:
    kit = [block("disc", 0, 0, 0, 100, 100, 10), block("jig", 2000, 0, 0, 2100, 100, 10)]
    move = pulled_apart(kit[:1], kit[1:]).moves
    assert move[0] == (0, 0, 0)
    assert -1900 < move[1][0] < -1700


def test_a_kit_within_the_kit_gets_its_own_bolts() -> None:
    nuts = Shape("nut", "nut", WOOD)
    shape = facets(raised(Outline.circle(0, 0, 10), 0, 5))
    kit = [Copy(nuts, Pose.at(x), shape.moved(Pose.at(x))) for x in (0, 100, 200, 300)]
    steps = (replace(step("inner", ("nut", 2)), kit="hub"), step("outer", ("nut", 2)))
    assert added_copies(steps, kit, ["", "hub", "", "hub"]) == [[1, 3], [0, 2]]
    own = added_copies(steps, kit, ["", "hub", "", "hub bearing"])
    assert own == added_copies(steps, kit, ["", "hub", "", ""]), (
        "what has no steps of its own belongs to the whole"
    )


def test_a_small_thing_on_a_large_one_is_shown_near_with_a_locator(shapes: dict[str, Facets]) -> None:
    large = Shown(Shape("beam", "part", WOOD), (Pose(),))
    small = Shown(LAMP, (Pose.at(0, -30, 20),), ((0.0, -40.0, 0.0),))
    known = {**shapes, "beam": facets(raised(Outline.rectangle(-1500, -10, 1500, 10), 0, 40))}
    picture = step_picture(Stage(1, "Hang it", "adds", (large,), (small,)), known)
    assert b"data-locator" in picture.svg
    whole = step_picture(Stage(1, "Lay it", "adds", (), (replace(large, shifts=((0, 0, 0),)),)), known)
    assert b"data-locator" not in whole.svg


def test_what_stands_is_shown_with_what_turns_in_it() -> None:
    ring = bored(raised(Outline.circle(0, 0, 300), 0, 20), raised(Outline.circle(0, 0, 100), -1, 21))
    rotor, far = raised(Outline.circle(0, 0, 60), -50, 50), raised(Outline.circle(900, 0, 60), 0, 50)
    kit = [
        Copy(Shape(name, "part", WOOD), Pose(), facets(shape))
        for name, shape in (("stator", ring), ("rotor", rotor), ("jig", far))
    ]
    steps = (step("a", ("rotor", 1), ("jig", 1)), step("b", ("stator", 1)), step("Turn it"))
    _, hung, turns = drafts(steps, kit)
    assert hung is not None
    assert turns is not None
    assert hung.there == ()
    assert {item.shape.name for item in turns.there} == {"stator", "rotor"}
