# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The whole turbine: its kits agree, add up, and clear each other and the ground."""

from collections import Counter
from functools import cache

import numpy as np
import pytest
from kit_run import DESIGNS, design, manifest, workshop

from csmkit.design.assembly import Inner, check_assembly, load_assembly
from csmkit.geometry.measure import measure
from csmkit.model import Bought, Kit, Part, Pose

WITHIN = ("turbine-frame-and-tail", "turbine-alternator", "turbine-blades")
PRESETS = {p.key: dict(p.params) for p in manifest("turbine").presets}
DIAMETERS = ("1.2m", "1.8m", "2.4m", "3.0m", "3.6m", "4.2m")


@cache
def turbine(**values):
    return design("turbine").run(values, workshop())


@cache
def alone(key, **values):
    return design(key).run(values, workshop())


def things(kit, frame=None, prefix=""):
    """Every placed part and bought thing: name in the whole, item, pose."""
    frame = frame or Pose()
    for placed in kit.placed:
        for pose in placed.poses:
            if isinstance(placed.item, Kit):
                yield from things(placed.item, frame * pose, f"{prefix}{placed.item.name} ")
            else:
                name = placed.item.key if isinstance(placed.item, Bought) else f"{prefix}{placed.item.name}"
                yield name, placed.item, frame * pose


def inner(kit):
    return {placed.item.name: placed.item for placed in kit.placed}


def test_its_presets_are_those_of_each_kit_in_it():
    assert set(DIAMETERS) < set(PRESETS)
    for key in WITHIN:
        assert {p.key: dict(p.params) for p in manifest(key).presets} == PRESETS


@pytest.mark.parametrize("preset", ["1.2m", "4.2m"])
def test_parts_goods_and_limits_are_those_of_the_kits_together(preset):
    values = PRESETS[preset]
    whole = turbine(**values)
    count = Counter(name for name, _, _ in things(whole))
    kits = {key: alone(key, **values) for key in WITHIN}
    expected = Counter(
        f"{key} {name}" if isinstance(item, Part) else name
        for key, kit in kits.items()
        for name, item, _ in things(kit)
    )
    assert count == expected
    assert sorted(inner(whole)) == sorted(WITHIN)
    amounts = Counter()
    for kit in kits.values():
        amounts.update({b.key: b.amount for b in kit.bulk})
    together = Counter()
    for kit in inner(whole).values():
        together.update({b.key: b.amount for b in kit.bulk})
    assert together == pytest.approx(amounts)
    assert {x.name for kit in kits.values() for x in kit.limits} == {
        x.name for kit in inner(whole).values() for x in kit.limits
    }


def test_steps_of_all_kits_add_every_part_once():
    whole = turbine()
    items = Counter(name for name, _, _ in things(whole))
    kits = {}
    for key, kit in inner(whole).items():
        held = Counter(
            name if isinstance(item, Bought) else f"{key} {name}" for name, item, _ in things(kit)
        ) + Counter(b.key for b in kit.bulk)
        kits[key] = Inner((DESIGNS / key / "assembly.md").read_text(encoding="utf-8"), held)
        items.update(Counter(b.key for b in kit.bulk))
    text = (DESIGNS / "turbine" / "assembly.md").read_text(encoding="utf-8")
    steps = load_assembly("turbine", text, items, kits)
    assert check_assembly("turbine", steps, items) == []
    assert len(steps.steps) > 20
    assert sum(s.minutes for s in steps.steps) > 20 * 60  # nobody builds one in a weekend


@pytest.mark.parametrize("preset", DIAMETERS)
def test_the_rotor_is_as_wide_as_asked_and_its_tips_clear_the_tower(preset):
    """The tower goes on below the stub: a pipe about the yaw axis."""
    values = PRESETS[preset]
    whole = turbine(**values)
    radius = 1000 * values["rotor_diameter"] / 2
    origin, axis = np.array(whole.motions[0].origin), np.array(whole.motions[0].axis)
    down = np.array([0.0, 0.0, -1.0]) + axis[2] * axis  # square to the axis: where a blade passes the tower
    down /= np.linalg.norm(down)
    tips, stub = [], 0.0
    for name, item, pose in things(whole):
        if name.startswith("turbine-blades blade-"):
            (_, y0, z0), (x1, y1, z1) = measure(item.shape).box
            assert x1 == pytest.approx(radius, abs=1.0)
            for corner in ((x1, y, z) for y in (y0, y1) for z in (z0, z1)):
                along = (np.array(pose.point(corner)) - origin) @ axis
                tips.append(origin + along * axis + radius * down)
        if name == "turbine-frame-and-tail tower stub":
            stub = item.stock.width / 2
    assert stub > 0
    assert len(tips) == 12
    assert min(tip[0] for tip in tips) - stub > radius / 12  # upwind of the tower, with room to bend


def test_jigs_and_templates_lie_on_the_ground_below_the_tips():
    whole = turbine()
    lowest = min(
        pose.point(corner)[2]
        for name, item, pose in things(whole)
        if name.startswith("turbine-blades blade-")
        for corner in [(measure(item.shape).box[1][0], 0.0, 0.0)]
    )
    tools = [
        (name, pose.point(measure(item.shape).center)[2])
        for name, item, pose in things(whole)
        if isinstance(item, Part) and any(word in name for word in ("mould", "jig", "winder", "template"))
    ]
    assert tools
    assert [name for name, z in tools if z > lowest] == []
