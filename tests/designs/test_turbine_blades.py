# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What the blades promise: published figures, sections as the tables say, three alike, nothing in the way."""

import math
from functools import cache
from importlib import import_module
from itertools import combinations, pairwise

import pytest
from kit_run import counts, design, manifest, parts, pattern, workshop
from OCP.BRepAdaptor import BRepAdaptor_Curve
from OCP.BRepAlgoAPI import BRepAlgoAPI_Common, BRepAlgoAPI_Section
from OCP.GeomAbs import GeomAbs_CurveType
from OCP.gp import gp_Dir, gp_Pln, gp_Pnt
from OCP.TopAbs import TopAbs_ShapeEnum
from OCP.TopExp import TopExp_Explorer
from OCP.TopoDS import TopoDS
from random_values import random_values

from csmkit.design.params import describe
from csmkit.errors import CsmError
from csmkit.geometry.checks import check_solid
from csmkit.geometry.interference import interferences
from csmkit.geometry.measure import measure, volume
from csmkit.geometry.mesh import mesh
from csmkit.geometry.prism import prism
from csmkit.geometry.shape import moved, topods
from csmkit.model import Outline, Part, Pose

KIT = "turbine-blades"
PRESETS = {p.key: dict(p.params) for p in manifest(KIT).presets}
SHAPES = [
    {},
    {"rotor_diameter": 1.2, "turning": "anticlockwise"},
    {"rotor_diameter": 4.2, "stations": 9},
    {"rotor_diameter": 2.3, "planform": "straight", "tip_speed_ratio": "5.5", "wedge": False},
]


def module(name):
    """One of the kit's modules, or of those that it uses: "turbine_family.hub_fits"."""
    return import_module(f"{design(KIT).function.__module__.split('.')[0]}.{name}")


def blades(**values):
    return design(KIT).run(values, workshop())


@cache
def preset(key):
    return blades(**PRESETS[key])


def layout(**values):
    params = module("turbine_blades.params").BladeParams(**values)
    return module("turbine_blades.layout").Layout.of(params, workshop())


def limits(kit):
    return {x.name.split(",")[0]: x for x in kit.limits}


def made(kit):
    placed = [p for p in kit.placed if isinstance(p.item, Part)]
    return [(p.item.name, p.item.shape, pose) for p in placed for pose in p.poses]


# Published figures


@pytest.mark.parametrize(
    ("diameter", "fits"),
    [
        (1200, (95, 200, 274, 9, 35)),
        (1800, (95, 200, 274, 9, 35)),
        (2400, (124, 251, 359, 12, 40)),
        (3000, (157, 315, 447, 15, 45)),
        (3600, (190, 378, 535, 18, 60)),
        (4200, (223, 442, 624, 18, 75)),
    ],
)
def test_hub_fits_are_those_published_for_six_diameters(diameter, fits):
    of = module("turbine_family.hub_fits").hub_fits(diameter)
    found = (of.root_width, of.disc, of.triangle, of.ply, of.blank)
    assert found == pytest.approx(fits, abs=0.5)


@pytest.mark.parametrize(
    ("radius", "width", "drop", "thickness"),
    [(400, 197, 54, 34), (600, 142, 24, 22), (800, 110, 12, 16), (1000, 89, 7, 12), (1200, 75, 4, 9)],
)
def test_stations_are_those_of_the_published_program(radius, width, drop, thickness):
    """D = 2.4 m, tip speed ratio 6: fifteen figures, all to the millimetre that they are printed in."""
    found = module("turbine_family.blade_stations").ideal(2400, 6, 3, radius)
    assert (found.width, found.drop, found.thickness) == pytest.approx((width, drop, thickness), abs=0.51)


@pytest.mark.parametrize(("radius", "width"), [(230, 145), (460, 131), (690, 117), (920, 104), (1150, 90)])
def test_straight_blades_are_the_published_set_of_2300_mm(radius, width):
    """Tip speed ratio 5.5, plank 150 x 50: five widths to 2 %; the program itself agrees at 920 mm alone."""
    of = module("turbine_family.blade_stations")
    planed = of.planed((150, 50), (118.5, 39.2))
    plan = of.Plan(2300, 5.5, 3, *planed, root_end=150, planform="straight")
    assert of.station(plan, radius).width == pytest.approx(width, rel=0.02)
    if radius == 920:
        assert of.ideal(2300, 5.5, 3, radius).width == pytest.approx(width, rel=0.02)


def test_a_blade_of_2400_mm_is_the_published_one_where_the_plank_has_room():
    """At 400 mm the plank cuts 197 mm to 145, and the drop with it; all else is as published."""
    stations = {s.radius: s for s in layout().stations}
    published = {600: (142, 24, 22), 800: (110, 12, 16), 1000: (89, 7, 12), 1200: (75, 4, 9)}
    for radius, figures in published.items():
        s = stations[radius]
        assert (s.width, s.drop, s.thickness) == pytest.approx(figures, abs=0.51)
    inner = stations[400]
    assert inner.thickness == pytest.approx(34, abs=0.51)
    assert inner.width == 145
    assert inner.drop / inner.width == pytest.approx(54.3 / 196.6, rel=0.01)


# The solid


def outline(shape, x):
    """The curves in which a solid cuts the plane at x: (is straight, points)."""
    cut = BRepAlgoAPI_Section(topods(shape), gp_Pln(gp_Pnt(x, 0, 0), gp_Dir(1, 0, 0)))
    explorer = TopExp_Explorer(cut.Shape(), TopAbs_ShapeEnum.TopAbs_EDGE)
    found = []
    while explorer.More():
        curve = BRepAdaptor_Curve(TopoDS.Edge_s(explorer.Current()))
        low, high = curve.FirstParameter(), curve.LastParameter()
        at = [curve.Value(low + (high - low) * k / 60) for k in range(61)]
        points = [(p.Y(), p.Z()) for p in at]
        straight = curve.GetType() == GeomAbs_CurveType.GeomAbs_Line or _bow(points) < 1e-4
        found.append((straight, points))
        explorer.Next()
    return found


def _bow(points):
    """Largest distance of points from the line between the first and the last."""
    return max(abs(_off(points[0], points[-1], p)) for p in points)


def _off(a, b, p):
    """Signed distance of p from the line through a and b."""
    length = math.dist(a, b)
    return ((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])) / max(length, 1e-9)


@pytest.mark.parametrize("values", SHAPES, ids=str)
def test_sections_have_width_drop_and_thickness_of_their_stations(values):
    at = layout(**values)
    solid = module("turbine_family.blade_solid").blade(at.plan, at.stations, at.is_clockwise)
    for s in at.stations:
        x = s.radius - 1e-3
        lines = [c for shape in (solid.body, solid.wedge) if shape for c in outline(shape, x)]
        points = [p for _, line in lines for p in line]
        across = [y for y, _ in points]
        assert max(across) - min(across) == pytest.approx(s.width, abs=0.1)
        assert max(at.side * y for y in across) == pytest.approx(at.plan.root_width / 2, abs=0.1)
        flats = [
            line for straight, line in lines if straight and abs(line[0][0] - line[-1][0]) > 0.5 * s.width
        ]
        (a, b) = max(((f[0], f[-1]) for f in flats), key=lambda f: f[0][1] + f[1][1])
        slope = at.side * (b[1] - a[1]) / (b[0] - a[0])
        assert slope * s.width == pytest.approx(s.drop, abs=0.1)
        assert max(abs(_off(a, b, p)) for p in points) == pytest.approx(s.thickness, abs=0.1)


@pytest.mark.parametrize("values", SHAPES, ids=str)
def test_sections_lie_within_the_plank_and_what_is_above_is_the_wedge(values):
    at = layout(**values)
    solid = module("turbine_family.blade_solid").blade(at.plan, at.stations, at.is_clockwise)
    (_, _, low), (_, _, high) = measure(solid.body).box
    assert (low, high) == pytest.approx((0, at.plan.plank), abs=1e-3)
    assert (solid.wedge is not None) == at.has_wedge
    if solid.wedge is not None:
        highest = max(s.front for s in at.stations)
        assert at.plan.plank + 1 < measure(solid.wedge).box[1][2] <= highest


def test_the_thickest_place_is_at_30_percent_and_the_face_is_flat():
    of = module("turbine_family.aerofoil")
    s = layout().stations[-1]
    section = of.section(s, layout().plan.plank)
    flat = section.flat
    points = [p for curve in section.rest for p in of.points(curve, 40)]
    thickest = max(points, key=lambda p: abs(_off(flat[0], flat[1], p)))
    assert thickest[0] / s.width == pytest.approx(0.3, abs=0.01)


def test_the_back_has_clark_ys_proportions():
    """78 % of the thickness at 0.6, 24 % at 0.9 of the chord: NACA report 502, to 3 % of the thickness."""
    of, at = module("turbine_family.aerofoil"), layout()
    s = next(s for s in at.stations if s.radius == 600)
    section = of.section(s, at.plan.plank)
    points = [p for curve in section.rest for p in of.points(curve, 200)]
    for share, height in ((0.1, 0.82), (0.2, 0.97), (0.6, 0.78), (0.9, 0.24)):
        near = min(points[200:], key=lambda p: abs(p[0] - share * s.width))
        found = abs(_off(section.flat[0], section.flat[1], near)) / s.thickness
        assert found == pytest.approx(height, abs=0.03 if share > 0.5 else 0.04)


@pytest.mark.parametrize("key", ["1.2m", "default", "4.2m"])
def test_meshes_hold_the_solids_volume(key):
    kit = parts(preset(key))
    for name in sorted(kit.keys() & {"blade-1", "wedge"}):
        found = mesh(kit[name].shape)
        assert found.is_watertight
        assert float(found.volume) == pytest.approx(measure(kit[name].shape).volume, rel=0.005)


@pytest.mark.parametrize("key", PRESETS)
def test_the_three_blades_have_equal_moments(key):
    """Mass × distance of its middle from the axis, wedge and studs' holes counted."""
    kit = parts(preset(key))
    wedge = measure(kit["wedge"].shape) if "wedge" in kit else None
    moments = []
    for k in (1, 2, 3):
        m = measure(kit[f"blade-{k}"].shape)
        moments.append(m.volume * m.center[0] + (wedge.volume * wedge.center[0] if wedge else 0.0))
    assert max(moments) / min(moments) - 1 < 0.001


def test_the_rotors_middle_of_mass_lies_on_its_axis():
    """What the studs' four holes in three blades leave is 0.05 mm at most."""
    total, moment = 0.0, [0.0, 0.0]
    for name, shape, pose in made(preset("default")):
        if name.startswith(("blade", "wedge", "back-disc", "front")):
            m = measure(shape)
            x, y, _ = pose.point(m.center)
            total, moment = total + m.volume, [moment[0] + m.volume * x, moment[1] + m.volume * y]
    assert math.hypot(*moment) / total < 0.05


def test_the_roots_meet_at_120_degrees_without_a_gap():
    """They fill a cylinder about the axis, but for the studs' holes, which lie further out."""
    at, radius = layout(), 30.0
    core = moved(topods(prism(Outline.circle(0, 0, 2 * radius), at.plan.plank)), Pose.at(z=at.blade_z))
    filled = sum(
        volume(BRepAlgoAPI_Common(core, moved(topods(shape), pose)).Shape())
        for name, shape, pose in made(preset("default"))
        if name.startswith("blade")
    )
    assert filled == pytest.approx(math.pi * radius**2 * at.plan.plank, rel=1e-6)


def test_turning_the_other_way_mirrors_the_blade():
    one, other = (parts(blades(turning=t))["blade-1"].shape for t in ("clockwise", "anticlockwise"))
    a, b = measure(one), measure(other)
    assert a.volume == pytest.approx(b.volume, rel=1e-6)
    assert a.center[1] == pytest.approx(-b.center[1], abs=1e-3)
    assert a.center[1] < -1  # clockwise from upwind: a blade that stands up goes to the right, its own -y
    assert (a.center[0], a.center[2]) == pytest.approx((b.center[0], b.center[2]), abs=1e-3)


# The kit


@pytest.mark.parametrize("key", sorted(PRESETS.keys() - {"2.4m"}))  # the same as by default
def test_presets_are_sound_strong_and_free_of_interference(key):
    kit = preset(key)
    assert [x.name for x in kit.limits if not x.holds] == []
    machine = [m for m in made(kit) if not m[0].startswith(("template", "thickness"))]
    wooden = {n: s for n, s, _ in machine if n in ("blade-1", "wedge", "back-disc", "front-triangle")}
    assert {n: check_solid(s) for n, s in wooden.items() if check_solid(s)} == {}
    assert interferences(machine, lambda a, b: False) == []


def random_kits():
    params = describe(design(KIT).params, workshop())
    for seed in range(200):
        values = random_values(params, seed)
        try:
            at = layout(**values)
            at.stations  # noqa: B018 - computed when it is first asked for
        except CsmError as refused:
            _reasoned(refused, values)
            continue
        yield values, at


def _reasoned(refused, values):
    """A refusal is fine if it says what to do."""
    assert refused.remedy, values


@pytest.mark.slow
def test_fifty_random_blades_are_sound_and_within_their_planks():
    solid, count = module("turbine_family.blade_solid"), 0
    for values, at in random_kits():
        try:
            found = solid.blade(at.plan, at.stations, at.is_clockwise)
        except CsmError as refused:
            _reasoned(refused, values)
            continue
        assert check_solid(found.body) == [], values
        assert measure(found.body).box[1][2] <= at.plan.plank + 1e-3, values
        if found.wedge is not None:
            assert mesh(found.wedge).is_watertight, values
            assert measure(found.wedge).volume > 0, values
        count += 1
        if count == 50:
            return
    pytest.fail(f"only {count} of 200 random sets can be made")


def test_random_kits_are_free_of_interference():
    checked = 0
    for values, _ in random_kits():
        try:
            kit = blades(**{**values, "making": "milled"})
        except CsmError as refused:
            _reasoned(refused, values)
            continue
        assert interferences(made(kit), lambda a, b: False) == [], values
        checked += 1
        if checked == 4:
            return
    pytest.fail("too few random sets can be made")


def test_every_limit_says_how_whence_and_what_to_do():
    for limit in preset("default").limits:
        assert limit.formula, limit.name
        assert limit.source, limit.name
        assert limit.remedy, limit.name


def test_limits_find_what_is_too_weak():
    bad = blades(wind_class="I", tip_speed_ratio="7")
    assert not limits(bad)["bending of a parked blade in the 50-year gust"].holds
    fast = blades(tip_speed_ratio="7", rotor_diameter=4.2)
    assert limits(fast)["tip speed at over-speed"].value == pytest.approx(2 * 7 * 12)


def test_a_plank_that_is_too_small_names_one_that_is_not():
    with pytest.raises(CsmError, match="too small") as refused:
        blades(rotor_diameter=3.6, plank="spruce-50x150")
    assert "spruce-63x200" in refused.value.remedy
    nearest = float(refused.value.remedy.rsplit("=", 1)[1])
    assert parts(blades(rotor_diameter=nearest, plank="spruce-50x150"))["blade-1"]
    with pytest.raises(CsmError):
        blades(rotor_diameter=nearest + 0.1, plank="spruce-50x150")


@pytest.mark.parametrize("key", ["1.2m", "default", "3.0m", "4.2m"])
def test_screws_stay_clear_of_each_other_of_edges_and_of_studs(key):
    at, hub = layout(**PRESETS[key]), module("turbine_blades.hub")
    screw = hub.screw(at, workshop())
    studs = [hub.root_holes(at, k) for k in range(3)]
    washer = 37 if at.stack.thread.d > 10 else 30
    for points in (hub.disc_points(at, screw), hub.triangle_points(at, screw)):
        assert len(points) == hub.per_ply(at)
        assert min(math.dist(p, q) for p, q in combinations(points, 2)) >= 3 * screw.d
        for x, y in points:
            assert abs(y) <= at.plan.root_width / 2 - 12 + 1e-6
            assert x * math.sin(math.radians(60)) - abs(y) * math.cos(math.radians(60)) >= 12 - 1e-6
            for holes in studs:
                for hole in holes:
                    hx, hy, _ = hole.circle_of
                    assert math.dist((x, y), (hx, hy)) >= washer / 2 + screw.head / 2
    assert 2 * (screw.length - at.ply.thickness) < at.plan.plank


def test_screws_are_as_many_as_published_and_scaled_up():
    assert counts(blades(rotor_diameter=2.3))["DIN 7997 5x30"] == 48
    assert counts(preset("4.2m"))["DIN 7997 6x50"] == 96


def test_more_screws_hold_more_where_they_have_room():
    few, more = (limits(blades(tip_speed_ratio="4.5", screws=n)) for n in ("8", "12"))
    name = "withdrawal of one screw"
    assert not few[name].holds
    assert more[name].holds
    with pytest.raises(CsmError, match="between them"):
        blades(rotor_diameter=1.2, screws="16")


@pytest.mark.parametrize("key", ["1.2m", "default", "4.2m"])
def test_templates_can_be_cut_flat_and_follow_the_blade(key):
    at, kit = layout(**PRESETS[key]), parts(preset(key))
    names = [n for n in kit if n.startswith("template")]
    assert len(names) == 2 * len(at.stations)
    for n in [*names, "thickness-gauge"]:
        flat = pattern(kit[n])
        assert not flat.is_two_sided
        inside = [e.radius for e in flat.outline.edges if e.bulge < 0]
        assert min(inside, default=3.0) >= 3.0 - 1e-6, n


def test_milled_blades_are_the_same_solids_without_carving_aids():
    carved, milled = parts(preset("default")), parts(blades(making="milled"))
    assert [n for n in milled if n.startswith(("template", "thickness"))] == []
    assert {milled[f"blade-{k}"].process for k in (1, 2, 3)} == {"mill"}
    assert (milled["blade-1"].stock.height, carved["blade-1"].stock.height) == (
        175,
        150,
    )  # room for the cutter
    for name in milled:
        assert measure(milled[name].shape).volume == pytest.approx(measure(carved[name].shape).volume)


# Loads and power


def test_the_power_coefficient_peaks_at_the_design_and_stays_below_betz():
    power = module("turbine_family.rotor_power")
    for design_ratio in (4.5, 6.0, 7.0):
        curve = {k / 20: power.cp(k / 20, design_ratio) for k in range(1, 400)}
        assert max(curve, key=curve.get) == pytest.approx(design_ratio, abs=0.06)
        assert 0.3 < max(curve.values()) < 16 / 27
        assert curve[19.0] == 0.0


def test_parked_thrust_is_drag_on_the_blades_area():
    loads, at = module("turbine_family.blade_loads"), layout()
    strips = loads.blade_strips(at.plan, at.stations)
    area = sum((b.radius - a.radius) * (a.width + b.width) / 2 for a, b in pairwise(strips))
    wind = loads.gust("III")
    assert wind == pytest.approx(52.5)
    expected = 3 * 1.5 * 0.5 * 1.225 * wind**2 * area * 1e-6
    assert loads.parked_thrust(strips, wind) == pytest.approx(expected, rel=1e-3)


def test_strips_have_the_areas_of_the_solids_sections():
    loads, at = module("turbine_family.blade_loads"), layout(wedge=False)
    strips = loads.blade_strips(at.plan, at.stations)
    solid = module("turbine_family.blade_solid").blade(at.plan, at.stations, at.is_clockwise).body
    whole = sum((b.radius - a.radius) * (a.area + b.area) / 2 for a, b in pairwise(strips))
    shoulder = at.plan.root_width / 2 / math.tan(math.radians(60))
    root = at.plan.root_width * at.plan.plank * (at.plan.root_end - shoulder / 2)
    assert whole + root == pytest.approx(measure(solid).volume, rel=0.02)


def test_pull_is_mass_times_radius_times_speed_squared():
    loads, at = module("turbine_family.blade_loads"), layout()
    strips = loads.blade_strips(at.plan, at.stations)
    once, twice = (loads.centrifugal(strips, strips[0].radius, 420.0, n) for n in (300, 600))
    assert twice == pytest.approx(4 * once)
    body = measure(parts(preset("default"))["blade-1"].shape)
    whole = body.volume * 1e-9 * 420 * body.center[0] / 1000 * (600 * math.pi / 30) ** 2
    assert twice < whole < 1.6 * twice


def test_tower_top_thrust_grows_with_rotor_and_wind():
    loads, of = module("turbine_family.blade_loads"), module("turbine_family.sizes").sizes
    calm, stormy = (loads.tower_top_thrust(of(2.4), c) for c in ("IV", "I"))
    assert stormy > calm > 300
    assert loads.tower_top_thrust(of(4.2), "III") > 2.5 * loads.tower_top_thrust(of(2.4), "III")
