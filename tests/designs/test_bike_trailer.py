# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What the trailer promises: wheels held, bolts that fit and can be reached, mass and loads that add up."""

import math
from functools import cache

import pytest
from kit_run import counts, design, manifest, parts, pattern, workshop
from OCP.BRepPrimAPI import BRepPrimAPI_MakeTorus

from csmkit.geometry.interference import interferences
from csmkit.geometry.measure import measure
from csmkit.geometry.prism import prism
from csmkit.geometry.shape import moved, topods
from csmkit.model import Outline, Part, Pose

PRESETS = {p.key: dict(p.params) for p in manifest("bike-trailer").presets}
TYRES = {"47-305": 199.5, "47-406": 250.0, "47-559": 326.5, "37-622": 348.0}  # radius: bead / 2 + width


@cache
def preset(key):
    return trailer(**PRESETS[key])


def trailer(**values):
    return design("bike-trailer").run(values, workshop())


def poses(kit, key):
    """Places of all items whose key or name starts so."""
    return [
        pose
        for p in kit.placed
        if (getattr(p.item, "name", "") or p.item.key).startswith(key)
        for pose in p.poses
    ]


def limits(kit):
    return {x.name: x for x in kit.limits}


def made(kit):
    """Name, shape and pose of every made part."""
    placed = [p for p in kit.placed if isinstance(p.item, Part)]
    return [(p.item.name, p.item.shape, pose) for p in placed for pose in p.poses]


def clashes(kit, tools):
    """Made parts that stand in the way of tools: (name, shape, pose)."""
    names = {name for name, _, _ in tools}
    found = interferences([*made(kit), *tools], lambda a, b: (a in names) == (b in names))
    return [(f.a, f.b, round(f.volume)) for f in found]


def cylinder(diameter, height):
    return prism(Outline.circle(0, 0, diameter), height)


@pytest.mark.parametrize("key", PRESETS)
def test_a_preset_is_strong_enough_and_legal(key):
    assert [x.name for x in preset(key).limits if not x.holds] == []


def test_every_limit_says_how_whence_and_what_to_do():
    for limit in preset("default").limits:
        assert limit.formula, limit.name
        assert limit.source, limit.name
        assert limit.remedy, limit.name


@pytest.mark.parametrize(("key", "boxes"), [("shopping", 1), ("cargo", 2), ("long", 4)])
def test_presets_take_their_euro_boxes(key, boxes):
    assert limits(preset(key))["Euro boxes 600 × 400 on the floor"].value == boxes


@pytest.mark.parametrize("key", PRESETS)
def test_tyres_stand_on_the_ground_with_10_mm_of_air_around(key):
    wheel = PRESETS[key].get("wheel", "47-406")
    kit, width = preset(key), 47.0
    around = BRepPrimAPI_MakeTorus(TYRES[wheel] - width / 2, width / 2 + 10.0).Solid()
    assert len(poses(kit, "bicycle wheel")) == 2
    assert {p.point((0, 0, 0))[2] for p in poses(kit, "bicycle wheel")} == {TYRES[wheel]}
    assert clashes(kit, [("tyre", around, p) for p in poses(kit, "bicycle wheel")]) == []


@pytest.mark.parametrize("key", ["default", "shopping"])
def test_hubs_stand_between_plates_100_mm_apart(key):
    kit = preset(key)
    shapes = [measure(moved(topods(s), p)).box for n, s, p in made(kit) if n in ("rail-left", "fork-plate")]
    rail, fork = shapes[0], max(shapes[1:], key=lambda b: b[1][1])
    assert fork[0][1] - rail[1][1] == pytest.approx(100.0, abs=1e-3)


@pytest.mark.parametrize("tow", ["47-406", "47-559", "37-622"])
def test_the_hitch_is_as_high_as_the_tow_bicycles_axle(tow):
    (hitch,) = poses(trailer(tow_wheel=tow, wheel="47-406"), "trailer hitch")
    assert hitch.point((0, 0, 0))[2] == pytest.approx(TYRES[tow])


@pytest.mark.parametrize("key", ["default", "shopping", "long"])
def test_nothing_is_wider_than_the_overall_width_says(key):
    kit = preset(key)
    said = limits(kit)["overall width"].value
    boxes = [measure(moved(topods(s), p)).box for _, s, p in made(kit)]
    boxes += [
        measure(moved(topods(p.item.shape, several=True), pose)).box
        for p in kit.placed
        if not isinstance(p.item, Part) and p.item.standard in ("bicycle wheel", "reflector", "rear light")
        for pose in p.poses
    ]
    assert max(b[1][1] for b in boxes) <= said / 2 + 1e-3
    assert min(b[0][1] for b in boxes) >= -said / 2 - 1e-3


@pytest.mark.parametrize("key", PRESETS)
def test_every_bolt_goes_through_its_nut(key):
    kit, shop = preset(key), workshop()
    nuts = [  # far end of the thread; a wing nut's is about as high as its bolt is thick
        (pose.point((0.0, 0.0, min(row.dimension("height"), row.dimension("d")))), row.dimension("d"))
        for p in kit.placed
        if not isinstance(p.item, Part) and p.item.standard in ("ISO 10511", "DIN 315")
        for row in [shop.bought_row(p.item.standard, p.item.size)]
        for pose in p.poses
    ]
    barrels = [(p.point((0.0, 0.0, 6.0)), 6.0) for p in poses(kit, "barrel nut")]
    free = nuts + barrels
    for bolt, pose in bolts(kit, shop):
        inside = [pose.inverse().point(n) for n, d in free if d == bolt.dimension("d")]
        beyond = [p[2] for p in inside if math.hypot(p[0], p[1]) < 1e-6 and -150 < p[2] < 0]
        assert len(beyond) == 1, bolt.size
        assert -bolt.dimension("length") < beyond[0]
    assert len(free) == len(bolts(kit, shop))


def bolts(kit, shop):
    rows = [
        (shop.bought_row(p.item.standard, p.item.size), p.poses)
        for p in kit.placed
        if not isinstance(p.item, Part)
    ]
    return [(row, pose) for row, places in rows if row.kind == "bolt" for pose in places]


@pytest.mark.parametrize("key", ["default", "shopping", "long"])
def test_a_spanner_or_key_reaches_every_head_and_nut(key):
    """A ring spanner is about 4 mm larger all round than its flats; it needs 12 mm above the washer."""
    kit, shop = preset(key), workshop()
    tools = [("key", cylinder(row.dimension("d") + 2, 60.0), pose) for row, pose in bolts(kit, shop)]
    for row, pose in bolts(kit, shop):
        if row.standard in ("ISO 4014", "ISO 4017"):
            tools.append(("spanner", cylinder(row.dimension("head_flats") + 8, 12.0), pose))
    for nut, d in (("ISO 10511 M6", 10.0), ("ISO 10511 M8", 13.0)):
        tools += [("nut spanner", cylinder(d + 8, 20.0), p) for p in poses(kit, nut)]
    tools += [("axle spanner", cylinder(24.0, 30.0), p) for p in poses(kit, "ISO 7093-1 M10")]
    assert clashes(kit, [t for t in tools if t[0] != "key"]) == []


@pytest.mark.parametrize("key", ["default", "shopping"])
def test_the_drawbars_bolts_can_be_put_in_from_their_side(key):
    kit, shop = preset(key), workshop()
    ways = [
        ("way", cylinder(row.dimension("d"), row.dimension("length") + 5.0), pose)
        for row, pose in bolts(kit, shop)
        if row.standard == "ISO 4014"
    ]
    assert clashes(kit, ways) == []


def test_the_prop_reaches_the_ground_when_it_is_turned_down():
    kit = preset("default")
    (pose,) = poses(kit, "prop")
    down = pose * Pose.at(rz=-90)
    _, low = measure(moved(topods(parts(kit)["prop"].shape), down)).box[0][1:]
    assert 0 < low < 10
    others = [m for m in made(kit) if m[0] != "prop"]
    turned = [*others, ("prop", parts(kit)["prop"].shape, down)]
    assert interferences(turned, lambda a, b: "prop" not in (a, b)) == []


def test_gross_mass_is_that_of_parts_bought_things_and_load():
    kit, shop = preset("default"), workshop()
    own = sum(
        measure(shape).volume * 1e-9 * parts(kit)[name].stock.material.density for name, shape, _ in made(kit)
    )
    bought = [p for p in kit.placed if not isinstance(p.item, Part)]
    own += sum(shop.bought_row(p.item.standard, p.item.size).mass * len(p.poses) for p in bought)
    own += sum(b.amount * shop.bought_row(b.standard, b.size).mass for b in kit.bulk)
    assert limits(kit)["gross mass"].value == pytest.approx(own + 35.0, rel=1e-6)
    shock = limits(kit)["bearing stress at the dropout, 3 g"].value
    assert shock == pytest.approx(3 * (own + 35.0) * 9.81 / 4 / (9 * 9), rel=1e-6)


def test_nose_weight_grows_with_the_setback_of_the_axle():
    near, far = (limits(trailer(axle_setback=s))["nose weight, loaded"].value for s in (20, 80))
    load = 35.0 * 60 / 928  # kg: 60 mm further ahead, about 928 mm from axle to hitch
    assert far - near == pytest.approx(load + 15 * 60 / 928, rel=0.35)  # and most of the frame with it


def test_tipping_is_near_half_track_over_height_of_the_mass():
    limit = limits(preset("cargo"))["tipping in a bend"]
    assert limit.at_least == pytest.approx(math.tan(math.radians(25)))
    simple = (744 / 2) / 450  # half track over about 450 mm
    assert limit.value == pytest.approx(simple, rel=0.15)


@pytest.mark.parametrize(
    ("values", "limit"),
    [
        ({"payload": 45}, "gross mass"),
        ({"payload": 100, "wheel": "37-622"}, "fork plate bending, 1 g sideways"),
        ({"axle_setback": 0}, "nose weight, loaded"),
        ({"bed_width": 400}, "Euro boxes 600 × 400 on the floor"),
        ({"drawbar": "spruce-45x45", "payload": 100, "axle_setback": 120}, "drawbar bending, 3 g"),
        ({"rules": "germany-unbraked"}, "gross mass"),
    ],
)
def test_a_limit_that_is_passed_is_found(values, limit):
    assert not limits(trailer(**values))[limit].holds


def test_what_is_left_away_leaves_no_holes():
    bare, full = trailer(lights=False, prop=False), preset("default")
    assert not {"reflector red", "rear light battery", "prop", "DIN 315 M8"} & counts(bare).keys()
    for name in ("front-beam", "rear-beam", "fork-plate", "drawbar"):
        holes = [measure(parts(k)[name].shape).volume for k in (bare, full)]
        assert holes[0] > holes[1], name


@pytest.mark.parametrize("values", [{}, {"wheel": "37-622", "tow_wheel": "47-406", "side_height": 0}])
def test_a_6_mm_cutter_reaches_every_inside_corner(values):
    for part in parts(trailer(**values)).values():
        if part.stock.form != "sheet":
            continue
        flat = pattern(part)
        assert not flat.is_two_sided, part.name
        around = [(flat.outline, -1.0), *((f.region.outline, 1.0) for f in flat.holes)]
        for outline, inward in around:
            assert list(sharp_corners(outline, inward)) == [], part.name
            bends = [e.radius for e in outline.edges if e.bulge * inward > 0]
            assert min(bends, default=3.0) >= 3.0 - 1e-6, part.name


def sharp_corners(outline, inward):
    """Corners that turn into the wood by more than 5 degrees; `inward` is 1 for holes, -1 for the outside."""
    edges = outline.edges
    for before, after in zip(edges, (*edges[1:], edges[0]), strict=True):
        turn = (_heading(after, 0.0) - _heading(before, 1.0) + 180) % 360 - 180
        if turn * inward > 5:
            yield tuple(round(v, 1) for v in after.start)


def _heading(edge, share):
    """Direction of an edge at a share of its length, degrees."""
    (x0, y0), (x1, y1) = edge.start, edge.end
    chord = math.degrees(math.atan2(y1 - y0, x1 - x0))
    return chord + math.degrees(edge.sweep) * (share - 0.5)


@pytest.mark.parametrize("thickness", [11.5, 12.5])
def test_joints_follow_the_measured_sheet(thickness):
    kit = design("bike-trailer").run({}, workshop(birch_ply_film_12=thickness))
    solids = made(kit)
    assert interferences(solids, lambda a, b: False) == []
    rail = next(s for n, s, _ in solids if n == "rail-left")
    assert measure(rail).box[1][2] == pytest.approx(thickness)
