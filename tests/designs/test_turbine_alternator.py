# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The alternator: published figures, physics by hand, castings by volume, room to turn."""

import dataclasses
import math
import random
import sys
from functools import cache

import pytest
from kit_run import counts, design, overlaps, pattern, workshop

from csmkit.errors import CsmError
from csmkit.geometry.measure import box, volume
from csmkit.geometry.shape import moved, topods
from csmkit.model import Kit, Part

KIT = "turbine-alternator"
PRESETS = (1.2, 1.8, 2.4, 3.0, 3.6, 4.2)
VOLTAGES = ("12", "24", "48")
# OpenAFPM's default parameters: disc, thick, magnets, coils, turns, in hand, wire, hub, stator, clearance
PUBLISHED = {
    (1.2, "neodymium"): (224, 6, 8, 6, 164, 1, 0.9, 70, 10, 3),
    (1.8, "neodymium"): (259, 6, 8, 6, 147, 1, 1.32, 100, 13, 3),
    (2.0, "ferrite"): (297, 6, 12, 9, 82, 1, 1.5, 100, 12, 5),
    (2.4, "neodymium"): (300, 10, 12, 9, 43, 2, 1.4, 100, 13, 3),
    (4.2, "neodymium"): (450, 10, 16, 12, 43, 2, 1.4, 130, 13, 3),
}
LEGS = {1.2: 19.08, 1.8: 28.17, 2.0: 21.99, 2.4: 21.5}  # mm, the same source
SPOOLS = {1.2: 1.41, 1.8: 3.07, 2.0: 3.05, 2.4: 2.6}  # kg of wire, the same source


def module(name: str, kit: str = "turbine_family"):
    """A module of the design as it was loaded, for its formulas."""
    design(KIT)
    found = [m for key, m in sys.modules.items() if key.endswith(f"{kit}.{name}")]
    assert found, name
    return found[-1]


@cache
def made(rotor: float = 2.4, voltage: str = "48", magnets: str = "neodymium", jigs: bool = False) -> Kit:
    values = {"rotor_diameter": rotor, "voltage": voltage, "magnets": magnets, "jigs": jigs}
    return design(KIT).run(values, workshop())


def inner(kit: Kit, name: str) -> Kit:
    return next(p.item for p in kit.placed if isinstance(p.item, Kit) and p.item.name == name)


def sizes_of(rotor: float, magnets: str = "neodymium"):
    return module("sizes").sizes(rotor, magnets)


def wound(rotor: float, battery: int, magnets: str = "neodymium"):
    return module("windings").winding(sizes_of(rotor, magnets), battery)


@pytest.mark.parametrize(("rotor", "magnets"), PUBLISHED)
def test_discs_magnets_and_coils_are_those_published(rotor, magnets):
    disc, thick, per_disc, coils, _, _, _, hub, stator, clearance = PUBLISHED[rotor, magnets]
    kit = made(rotor, "24", magnets)
    rotating = inner(kit, "rotor")
    flat = pattern(next(p.item for p in rotating.placed if getattr(p.item, "name", "") == "back disc"))
    assert flat.size == pytest.approx((disc, disc), abs=0.01)
    assert flat.thickness == thick
    count = counts(rotating)
    key = next(k for k in count if k.startswith("block magnet"))
    assert count[key] == per_disc * (2 if rotor >= 2.4 else 1)
    assert counts(kit)["coil"] == coils == per_disc * 3 // 4
    assert ("front disc" in count) == (rotor > 1.2)
    assert f"bearing hub {'6' if hub == 130 else '4'}x{hub}" in count
    body = next(p for p in kit.placed if getattr(p.item, "name", "") == "stator")
    low, high = box(topods(body.item.shape))
    assert high[2] - low[2] == pytest.approx(stator, abs=1e-6)
    assert body.poses[0].point((0, 0, 0))[2] == pytest.approx(
        thick + sizes_of(rotor, magnets).magnet.thickness + clearance
    )


@pytest.mark.parametrize(("rotor", "magnets"), [key for key in PUBLISHED if key[0] != 4.2])
def test_the_published_winding_is_wound_for_its_battery_and_is_near_the_reckoned_one(rotor, magnets):
    turns, in_hand, wire = PUBLISHED[rotor, magnets][4:7]
    windings = module("windings")
    battery = windings.published_battery(sizes_of(rotor, magnets))
    w = wound(rotor, battery, magnets)
    assert (w.turns, w.in_hand, w.wire, w.is_published) == (turns, in_hand, wire, True)
    assert w.fill == pytest.approx(0.55, abs=0.065)
    others = [wound(rotor, v, magnets) for v in windings.BATTERIES if v != battery]
    assert not any(o.is_published for o in others)


def test_the_doubted_winding_is_told_and_not_wound():
    w = wound(4.2, 24)
    assert not w.is_published
    assert (w.turns, w.in_hand, w.wire) != (43, 2, 1.4)
    table = next(f for f in made(4.2, "24").figures if f.name == "published")
    assert any("doubted" in str(row) for row in table.rows)


@pytest.mark.parametrize("rotor", LEGS)
def test_coils_have_the_published_legs_and_about_the_published_copper(rotor):
    magnets = "ferrite" if rotor == 2.0 else "neodymium"
    battery = module("windings").published_battery(sizes_of(rotor, magnets))
    w = wound(rotor, battery, magnets)
    assert w.coil.leg == pytest.approx(LEGS[rotor], abs=1.0)
    assert 0.72 < w.wire_mass / SPOOLS[rotor] < 1.0  # spools hold what is cut off too


def test_voltage_and_resistance_agree_with_a_reckoning_by_hand():
    w = wound(2.4, 24)
    # 43 turns, 2 x 1.4 mm; a turn round a hole of 30 x 46 mm, 10.5 mm into the leg: 0.213 m
    turn = 2 * (0.030 + 0.046) + 2 * math.pi * 0.0105 - 0.0055
    assert w.coil.mean_turn / 1000 == pytest.approx(turn, abs=0.001)
    copper = 2 * math.pi / 4 * 1.4**2
    assert w.resistance(20.0) == pytest.approx(0.01724 * 3 * 43 * turn / copper, rel=0.01)
    # 0.636 T without leakage over the magnet's face is a bound for the flux; half of it would be too little
    face = 1.27 * 20 / (20 + 1.05 * 19) * 0.046 * 0.030
    assert 0.8 * face < w.flux < 4 / math.pi * face
    omega = 2 * math.pi * 200 / 60 * 6
    assert w.emf(200) == pytest.approx(3 * 43 * omega * w.flux / math.sqrt(2), rel=1e-9)
    assert w.cut_in == pytest.approx((24 + 1.4) / (math.sqrt(6) * w.emf(1)), rel=1e-9)


def test_the_field_tends_to_that_of_the_circuit_where_magnets_leave_no_gap():
    magnetics, s = module("magnetics"), sizes_of(2.4)
    wide = dataclasses.replace(s, disc=30_000.0, magnets=4)  # poles so long that nothing leaks
    pitch = 2 * math.pi * wide.mean_radius / 4
    wide = dataclasses.replace(wide, magnet=dataclasses.replace(s.magnet, width=pitch))
    first = 4 / math.pi * magnetics.mean_field(wide)
    assert magnetics.wave(wide, wide.mean_radius, 9.5) == pytest.approx(first, rel=1e-3)


@pytest.mark.parametrize("rotor", PRESETS)
@pytest.mark.parametrize("battery", [12, 24, 48])
def test_power_is_never_more_than_the_wind_and_the_shaft_give(rotor, battery):
    power = module("rotor_power")
    machine = module("electrical").Machine(sizes_of(rotor), wound(rotor, battery))
    before = 0.0
    for wind in (3.0, 5.0, 8.0, 10.0):
        state = machine.in_wind(wind)
        assert before <= state.power <= state.shaft <= power.shaft_power(rotor, wind, 16 / 27)
        before = state.power
        if state.power:  # the blades give what the shaft takes
            ratio = math.pi * rotor * state.speed / 60 / wind
            given = power.shaft_power(rotor, wind, power.cp(ratio, power.design_ratio(machine.sizes)))
            assert given == pytest.approx(state.shaft, rel=1e-3)
            losses = 3 * state.phase_current**2 * machine.winding.resistance()
            assert state.shaft - state.power > losses
    assert machine.temperature(machine.rated) <= 90.0


def test_a_plate_sags_as_its_differential_equation_says():
    numpy = pytest.importorskip("numpy")
    plates = module("plates", "turbine_alternator")
    a, b, t, r0, force = 150.0, 63.0, 10.0, 127.0, 2665.0
    n, d = 1200, 210000 * t**3 / 12 / (1 - 0.09)
    r = numpy.linspace(b, a, n)
    h = r[1] - r[0]
    m, rhs = numpy.zeros((n, n)), numpy.where(r < r0, force / (2 * numpy.pi * r) / d, 0.0)
    for i in range(1, n - 1):  # φ'' + φ'/r − φ/r² = Q/D for the slope φ
        m[i, i - 1], m[i, i + 1] = 1 / h**2 - 1 / (2 * h * r[i]), 1 / h**2 + 1 / (2 * h * r[i])
        m[i, i] = -2 / h**2 - 1 / r[i] ** 2
    m[-1, -1], m[-1, -2], rhs[-1] = 1 / h + 0.3 / r[-1], -1 / h, 0.0
    m[0, 0], rhs[0] = 1.0, 0.0
    sag = abs(numpy.trapezoid(numpy.linalg.solve(m, rhs), r))
    assert plates.Plate(a, b, t, 210000).sag(force, r0, True) == pytest.approx(sag, rel=5e-3)


@pytest.mark.parametrize("rotor", [1.2, 2.4])
def test_resin_and_copper_fill_the_castings_and_nothing_else(rotor):
    kit = made(rotor, "24")
    s = sizes_of(rotor)
    stack = module("stack").stack(s)
    body = next(p.item for p in kit.placed if getattr(p.item, "name", "") == "stator")
    coil = next(p for p in kit.placed if getattr(p.item, "name", "") == "coil")
    ring = math.pi * (stack.stator_radius**2 - stack.stator_bore**2)
    ring -= len(stack.stator_angles) * math.pi / 4 * stack.stator_thread.hole**2
    whole = volume(topods(body.shape)) + len(coil.poses) * volume(topods(coil.item.shape))
    assert whole == pytest.approx(ring * s.stator, rel=1e-4)

    cast = inner(kit, "rotor")
    ring = next(p for p in cast.placed if getattr(p.item, "name", "") == "magnet casting")
    m, out = s.magnet, s.disc / 2 + 5
    island = s.disc / 2 - m.length - 6
    want = math.pi * (out**2 - island**2) * m.thickness - s.magnets * m.length * m.width * m.thickness
    want += math.pi * (out**2 - (s.disc / 2) ** 2) * s.disc_thickness
    got = volume(topods(ring.item.shape))
    assert got == pytest.approx(want, rel=0.02)  # the magnets' outer corners stand beyond the rim

    masses = [(p.item, len(p.poses)) for p in (*kit.placed, *cast.placed) if isinstance(p.item, Part)]
    solid = sum(
        volume(topods(i.shape)) * 1e-9 * i.stock.material.density * n
        for i, n in masses
        if i.stock.form == "cast"
    )
    goods = {b.key: b for b in kit.bulk if b.is_cast}
    per_unit = {"m2": 0.2, "kg": 1.0}
    assert sum(b.amount * per_unit[b.unit] for b in goods.values()) == pytest.approx(solid, rel=1e-6)


def test_copper_has_room_in_the_coil_s_solid():
    kit, w = made(2.4, "24"), wound(2.4, 24)
    coil = next(p for p in kit.placed if getattr(p.item, "name", "") == "coil")
    share = w.wire_mass / 8960 / (len(coil.poses) * volume(topods(coil.item.shape)) * 1e-9)
    assert 0.4 < share < 0.62
    assert w.coil.mean_turn * w.coil.leg * w.coil.thickness == pytest.approx(
        volume(topods(coil.item.shape)), rel=2e-3
    )


def reach(placed) -> tuple[float, float]:
    """Lowest and highest z of a thing in all its places; a turn about z changes neither."""
    boxes = [box(moved(topods(placed.item.shape), pose)) for pose in placed.poses]
    return min(low[2] for low, _ in boxes), max(high[2] for _, high in boxes)


@pytest.mark.parametrize("magnets", ["neodymium", "ferrite"])
@pytest.mark.parametrize("rotor", PRESETS)
def test_discs_magnets_and_stator_keep_their_clearance_over_a_full_turn(rotor, magnets):
    kit = made(rotor, "24", magnets)
    stator = next(p for p in kit.placed if getattr(p.item, "name", "") == "stator")
    low, high = reach(stator)
    clearance = sizes_of(rotor, magnets).clearance
    wide = [
        placed
        for placed in inner(kit, "rotor").placed
        if getattr(placed.item, "name", "") in ("back disc", "front disc", "magnet casting")
        or getattr(placed.item, "standard", "") == "block magnet"
    ]
    assert len(wide) == (4 if rotor > 1.2 else 3)
    for placed in wide:
        for pose in placed.poses:
            bottom, top = (c[2] for c in box(moved(topods(placed.item.shape), pose)))
            assert top <= low - clearance + 1e-6 or bottom >= high + clearance - 1e-6, placed.item


def test_nothing_on_the_hub_s_studs_reaches_the_stator_s_bore():
    for rotor in PRESETS:
        stack = module("stack").stack(sizes_of(rotor))
        corner = stack.thread.flats / math.sqrt(3)
        assert stack.hub.circle / 2 + corner + 1.9 <= stack.stator_bore
        assert (
            stack.hub.boss / 2 < stack.hub.centre_hole / 2 <= stack.hub.circle / 2 - stack.thread.hole / 2 - 3
        )
        assert stack.stator_circle - stack.stator_thread.flats > stack.stator_radius - 20 - 20


def test_blades_seat_and_studs_leave_room_for_the_blades():
    for rotor in PRESETS:
        module_stack = module("stack")
        stack = module_stack.stack(sizes_of(rotor))
        front = stack.front_disc[1] if stack.front_disc else stack.stator[1]
        assert stack.seat >= front + stack.thread.nut
        assert stack.studs[1] - stack.seat > module_stack.blades_thickness(rotor) + 2 * stack.thread.nut


@pytest.mark.parametrize("rotor", PRESETS)
@pytest.mark.parametrize("voltage", VOLTAGES)
def test_every_preset_holds_its_limits_on_every_battery(rotor, voltage):
    kit = made(rotor, voltage)
    assert [limit.name for limit in kit.limits if not limit.holds] == []
    assert overlaps(kit) == []


def test_fifty_random_machines_hold_their_limits_or_are_refused_with_a_remedy():
    layouts, limits = module("layout", "turbine_alternator"), module("limits", "turbine_alternator")
    params, shop, draw = design(KIT).params, workshop(), random.Random(7)
    held = 0
    for _ in range(50):
        values = {
            "rotor_diameter": draw.uniform(1.2, 4.2),
            "voltage": draw.choice(VOLTAGES),
            "magnets": draw.choice(("neodymium", "ferrite")),
            "wind_class": draw.choice(("I", "II", "III", "IV")),
        }
        at = layouts.Layout.of(params(**values), shop)
        found = [limit for limit in limits.limits(at) if not limit.holds]
        assert all(limit.remedy for limit in found)
        held += not found
    assert held == 50


def test_moulds_are_as_deep_as_the_castings_whatever_the_sheets_measure():
    for ply in (11.6, 12.0, 12.4):
        shop = workshop(birch_ply_12=ply)
        kit = design(KIT).run({"rotor_diameter": 2.4, "voltage": "48"}, shop)
        mould = {p.item.name: p for p in inner(kit, "stator mould").placed if isinstance(p.item, Part)}
        pocket = next(f for f in pattern(mould["base"].item).pockets)
        surround = pattern(mould["surround"].item).thickness
        assert pocket.depth + surround == pytest.approx(13.0, abs=1e-6)
        radius = module("stack").stack(sizes_of(2.4)).stator_radius
        assert pocket.region.area == pytest.approx(surround and math.pi * (radius**2 - 81.025**2), rel=1e-3)


def test_the_magnet_jig_holds_every_magnet_with_little_play():
    kit = made(2.4, "48", jigs=True)
    jig = next(p.item for p in kit.placed if getattr(p.item, "name", "") == "magnet jig")
    windows = [f for f in pattern(jig).holes if f.kind != "drill"]
    assert len(windows) == 12
    for window in windows:
        assert 46.4 * 30.4 < window.region.area < 46.4 * 30.4 + 4 * math.pi * 3.2**2
    assert len(pattern(jig).holes) == 12 + 4  # and the hub's studs


def test_a_diameter_beyond_the_method_is_refused_with_the_nearest():
    with pytest.raises(CsmError, match=r"is 4\.2"):
        sizes_of(4.3)


def test_jigs_lie_on_the_bench_beside_the_machine():
    kit = made(2.4, "48", jigs=True)
    radius = module("stack").stack(sizes_of(2.4)).stator_radius
    jigs = {getattr(p.item, "name", ""): p.poses[0] for p in kit.placed}
    for name in ("stator mould", "rotor mould", "magnet jig", "coil winder"):
        x, _, z = jigs[name].point((0, 0, 0))
        assert x > radius
        assert z < -100  # below the hub's flange, where the shaft's end stands
        assert jigs[name].direction((0, 0, 1)) == (0, 0, 1)
