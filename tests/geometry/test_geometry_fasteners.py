# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Models of bought things are sound solids of their row's size, in their frame, and stack without a clash."""

from __future__ import annotations

from decimal import Decimal

import pytest
from OCP.TopoDS import TopoDS_Shape
from solids import board, cut

from csmkit.errors import CsmError
from csmkit.geometry.checks import check_solid
from csmkit.geometry.fasteners import MODELS, STAND_INS, fastener_shape
from csmkit.geometry.interference import interferences
from csmkit.geometry.measure import measure
from csmkit.geometry.prism import extruded
from csmkit.geometry.shape import moved
from csmkit.model.outline import Outline
from csmkit.model.pose import Pose
from csmkit.model.stock import BoughtRow


def row(standard: str, size: str, kind: str, **sizes: float) -> BoughtRow:
    return BoughtRow(standard, size, "", kind, 0.01, Decimal(1), 1, tuple(sizes.items()), False, "test")


HEX = row("ISO 4014", "M8x50", "bolt", d=8, pitch=1.25, head_flats=13, head_height=5.3, length=50)
SOCKET = row("ISO 4762", "M8x40", "bolt", d=8, pitch=1.25, head_diameter=13.27, head_height=8, length=40)
FLUSH = row("ISO 10642", "M6x20", "bolt", d=6, pitch=1, head_diameter=13.44, head_height=3.72, length=20)
CARRIAGE = row(
    "DIN 603", "M8x60", "bolt", d=8, pitch=1.25, head_diameter=20.65, head_height=4.88, neck_width=8.58,
    neck_height=5.6, length=60, head_flats=0,
)  # fmt: skip
SCREW = row("DIN 7997", "5x50", "screw", d=5, head_diameter=9.2, head_height=2.75, length=50, head_flats=0)
NUT = row("ISO 4032", "M8", "nut", d=8, pitch=1.25, flats=13, height=6.8)
LOCK_NUT = row("ISO 10511", "M8", "nut", d=8, pitch=1.25, flats=13, height=8)
WASHER = row("ISO 7089", "M8", "washer", d_inner=8.4, d_outer=16, thickness=1.6)
BARREL = row("barrel nut", "M6x10x16", "barrel-nut", d=6, pitch=1, diameter=10, length=16, center=8)
TEE = row(
    "tee nut", "M6", "tee-nut", d=6, flange_diameter=19, flange_thickness=1.3, barrel_diameter=7.7, height=9
)
INSERT = row("threaded insert", "M6x13", "insert", d=6, diameter=10, length=13)
BEARING = row("ISO 15", "608-2RS", "bearing", d=8, d_outer=22, width=7)
FOOT = row("rubber foot", "25", "foot", diameter=25, height=12, hole_diameter=4.5)
WING = row("DIN 315", "M6", "wing-nut", d=6, base_diameter=13, height=17, wing_span=33)


@pytest.mark.parametrize(
    ("bought", "low", "high"),
    [
        (HEX, (-7.506, -6.5, -50), (7.506, 6.5, 5.3)),
        (SOCKET, (-6.635, -6.635, -40), (6.635, 6.635, 8)),
        (FLUSH, None, None),
        (CARRIAGE, (-10.325, -10.325, -60), (10.325, 10.325, 4.88)),
        (SCREW, (-4.6, -4.6, -50), (4.6, 4.6, 0)),
        (NUT, (-7.506, -6.5, 0), (7.506, 6.5, 6.8)),
        (LOCK_NUT, (-7.506, -6.5, 0), (7.506, 6.5, 8)),
        (WASHER, (-8, -8, 0), (8, 8, 1.6)),
        (BARREL, (-5, -5, 0), (5, 5, 16)),
        (TEE, (-9.5, -9.5, -7.7), (9.5, 9.5, 1.3)),
        (INSERT, (-5, -5, -13), (5, 5, 0)),
        (BEARING, (-11, -11, 0), (11, 11, 7)),
        (FOOT, (-12.5, -12.5, 0), (12.5, 12.5, 12)),
        (WING, (-16.5, -6.5, 0), (16.5, 6.5, 17)),
    ],
    ids=lambda value: value.standard if isinstance(value, BoughtRow) else "",
)
def test_a_model_is_sound_and_has_the_size_of_its_row(
    bought: BoughtRow, low: tuple[float, ...] | None, high: tuple[float, ...] | None
) -> None:
    shape = fastener_shape(bought)
    assert check_solid(shape) == []
    found = measure(shape).box
    if low is not None and high is not None:
        assert found[0] == pytest.approx(low, abs=2e-3)
        assert found[1] == pytest.approx(high, abs=2e-3)
    else:  # flush heads: the model's rim is narrower than the theoretical cone's
        assert (found[0][2], found[1][2]) == pytest.approx((-20, 0), abs=1e-6)


@pytest.mark.parametrize("bought", [HEX, SOCKET, FLUSH, NUT, WASHER], ids=lambda bought: bought.standard)
def test_the_stand_in_has_the_length_of_the_library_s_model(bought: BoughtRow) -> None:
    assert bought.standard in MODELS
    own, shown = (measure(s).box for s in (STAND_INS[bought.kind](bought), fastener_shape(bought)))
    assert (own[0][2], own[1][2]) == pytest.approx((shown[0][2], shown[1][2]), abs=0.05)


def test_a_bolted_joint_has_no_clash() -> None:
    plate: TopoDS_Shape = cut(board(100, 100), moved(extruded(Outline.circle(50, 50, 9), 40), Pose.at(z=-5)))
    stack = [
        ("upper", plate, Pose.at(z=18)),
        ("lower", plate, Pose()),
        ("washer", fastener_shape(WASHER), Pose.at(50, 50, 36)),
        ("bolt", fastener_shape(HEX), Pose.at(50, 50, 37.6)),
        ("washer", fastener_shape(WASHER), Pose.at(50, 50, -1.6)),
        ("nut", fastener_shape(NUT), Pose.at(50, 50, -1.6 - 6.8)),
    ]
    assert interferences(stack, lambda a, b: False) == []
    low = [(n, s, Pose.at(z=-0.5) * p) if n == "bolt" else (n, s, p) for n, s, p in stack]
    assert {(f.a, f.b) for f in interferences(low, lambda a, b: False)} == {("washer", "bolt")}


def test_a_bolt_goes_through_a_barrel_nut_along_x() -> None:
    nut = ("nut", fastener_shape(BARREL), Pose())
    pin = extruded(Outline.circle(0, 0, 6), 40)
    assert interferences([nut, ("bolt", pin, Pose.at(-20, 0, 8, ry=90))], lambda a, b: False) == []
    (clash,) = interferences([nut, ("bolt", pin, Pose.at(0, 20, 8, rx=90))], lambda a, b: False)
    assert clash.volume > 100


def test_an_unknown_kind_is_told_with_its_remedy() -> None:
    with pytest.raises(CsmError, match="kind 'strap'") as caught:
        fastener_shape(row("safety strap", "25x800", "strap", width=25))
    assert "shape=" in caught.value.remedy


def test_a_missing_size_is_told_by_name() -> None:
    with pytest.raises(CsmError, match="no size 'd_outer'"):
        fastener_shape(row("plain washer", "M8", "washer", d_inner=8.4))
