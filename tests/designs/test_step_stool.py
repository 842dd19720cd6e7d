# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
import itertools

import pytest
from kit_run import counts, design, manifest, overlaps, parts, pattern, workshop
from OCP.BRepAlgoAPI import BRepAlgoAPI_Common

from csmkit.design.joints import thickest
from csmkit.errors import CsmError
from csmkit.geometry.fasteners import fastener_shape
from csmkit.geometry.measure import box, measure, volume
from csmkit.geometry.shape import moved, topods
from csmkit.model import Pose

CORNERS = [
    {"width": w, "depth": d, "height": h, "rail": r, "material": m}
    for w, d, h, r, m in itertools.product(
        (280, 500), (220, 400), (160, 450), (60, 100), ("birch-ply-15", "birch-ply-24")
    )
]
PRESETS = {p.key: dict(p.params) for p in manifest("step-stool").presets}


def stool(tool="em6", thickness=None, **values):
    sheets = (
        {} if thickness is None else {values.get("material", "birch-ply-18").replace("-", "_"): thickness}
    )
    return design("step-stool").run(values, workshop(tool, **sheets))


def extent(kit):
    """Smallest and largest x, y, z of the whole stool."""
    low, high = [1e9] * 3, [-1e9] * 3
    for p in kit.placed:
        if hasattr(p.item, "stock"):
            for pose in p.poses:
                around = measure(moved(topods(p.item.shape), pose)).box
                low = [min(a, b) for a, b in zip(low, around[0], strict=True)]
                high = [max(a, b) for a, b in zip(high, around[1], strict=True)]
    return low, high


@pytest.mark.parametrize("values", CORNERS, ids=lambda v: "-".join(str(x) for x in v.values()))
def test_every_corner_of_the_parameters_makes_a_sound_stool(values):
    kit = stool(**values)
    assert overlaps(kit) == []
    assert [limit.name for limit in kit.limits if not limit.holds] == []
    for part in parts(kit).values():
        flat = pattern(part)
        assert not flat.is_two_sided
        assert flat.volume == pytest.approx(measure(part.shape).volume, rel=1e-4)


@pytest.mark.parametrize("preset", PRESETS)
def test_presets_stand_as_wide_as_their_seat_and_as_high_as_they_say(preset):
    values = PRESETS[preset]
    low, high = extent(stool(**values))
    width, depth, height = values.get("width", 380), values.get("depth", 260), values.get("height", 240)
    assert low == pytest.approx([-width / 2, -depth / 2, 0], abs=1e-3)
    assert high == pytest.approx([width / 2, depth / 2, height], abs=1e-3)
    side = pattern(parts(stool(**values))["side"])
    assert max(side.size) == pytest.approx(max(depth, height))  # the feet reach to the seat's edges


@pytest.mark.parametrize("preset", PRESETS)
def test_all_parts_come_from_a_fifth_of_one_sheet(preset):
    kit = stool(**PRESETS[preset])
    number = counts(kit)
    boxes = sum(number[n] * (p.size[0] + 8) * (p.size[1] + 8) for n, p in flat_parts(kit).items())
    assert boxes < 2440 * 1220 / 5


def flat_parts(kit):
    return {name: pattern(part) for name, part in parts(kit).items()}


@pytest.mark.parametrize("thickness", [17.1, 17.7, 18.1])
def test_tabs_fit_the_measured_sheet_and_end_flush_with_the_seat(thickness):
    kit = stool(thickness=thickness)
    seat = flat_parts(kit)["seat"]
    slots = [f.region.outline for f in seat.holes if f.region.outline.circle_of is None]
    tabs = [s for s in slots if s.bounds[3] - s.bounds[1] > 40]  # the hand hole lies across
    assert len(tabs) == 4
    for slot in tabs:
        left, right = (e.start[0] for e in slot.edges if e.bulge == 0 and e.length > 30)
        assert abs(left - right) == pytest.approx(thickness + 0.2)
    assert extent(kit)[1][2] == pytest.approx(240)


def test_an_unmeasured_sheet_gets_slots_for_the_thickest():
    sheet = workshop().sheet("birch-ply-18")
    assert thickest(sheet) == pytest.approx(18.1)


def screw_tops(kit):
    return [pose.point((0, 0, 0)) for p in kit.placed if not hasattr(p.item, "stock") for pose in p.poses]


@pytest.mark.parametrize("tool", ["em3", "em6"])
def test_screw_heads_end_below_the_surface_that_one_stands_on(tool):
    kit = stool(tool)
    screw = workshop().bought_row("DIN 7997", "5x50")
    sunk = [f for f in flat_parts(kit)["seat"].pockets if f.region.outline.circle_of]
    assert len(sunk) == 4
    for f in sunk:
        assert f.side == "top"
        assert f.region.outline.circle_of[2] > screw.dimension("head_diameter")
    assert all(0.5 < 240 - z < 3 for _, _, z in screw_tops(kit))


def test_screws_rest_on_the_seat_and_reach_thirty_millimetres_into_the_rails():
    kit = stool(rail=60)
    screw = fastener_shape(workshop().bought_row("DIN 7997", "5x50"))
    seat = next(p for p in kit.placed if getattr(p.item, "name", "") == "seat")
    rails = next(p for p in kit.placed if getattr(p.item, "name", "") == "rail")
    wood = moved(topods(seat.item.shape), seat.poses[0])
    for x, y, z in screw_tops(kit):
        placed = moved(screw, Pose.at(x, y, z))
        assert volume(BRepAlgoAPI_Common(placed, wood).Shape()) < 1e-3
        in_rail = [
            BRepAlgoAPI_Common(placed, moved(topods(rails.item.shape), pose)).Shape() for pose in rails.poses
        ]
        depths = [high[2] - low[2] for low, high in (box(s) for s in in_rail if volume(s) > 1)]
        assert len(depths) == 1
        assert 30 < depths[0] < 45


@pytest.mark.parametrize(("height", "rails"), [(240, 2), (319, 2), (320, 3), (450, 3)])
def test_a_tall_stool_has_a_third_rail(height, rails):
    assert counts(stool(height=height))["rail"] == rails


def test_rails_are_checked_alone_against_the_platform_test_of_the_step_stool_standard():
    limit = next(x for x in stool().limits if x.name.startswith("bending of one rail"))
    inside = 380 - 2 * (1.25 * 17.7 + 17.7)  # between the sides
    assert limit.value == pytest.approx(2600 * (inside / 4 - 12.5) / (17.7 * 80**2 / 6))
    assert limit.at_most == pytest.approx(0.75 * 40.2)


def test_pull_that_tips_it_falls_with_height():
    pulls = [
        {x.name: x.value for x in stool(height=h).limits}["pull that tips it forwards"] for h in (200, 400)
    ]
    assert pulls == pytest.approx([600 * 60 / 200, 600 * 60 / 400])


@pytest.mark.parametrize("tool", ["em3", "em4", "em6"])
def test_smaller_cutters_make_the_same_stool_with_smaller_reliefs(tool):
    kit = stool(tool)
    assert overlaps(kit) == []
    cutter = workshop(tool).cutter
    for flat in flat_parts(kit).values():
        for outline in (flat.outline, *(f.region.outline for f in flat.features)):
            assert all(e.radius >= cutter / 2 - 1e-6 for e in outline.edges)


def test_a_cutter_too_large_for_the_screw_holes_is_refused():
    with pytest.raises(CsmError, match=r"a hole of 8 mm lets the head of screw 5x50 through"):
        stool("em8")
