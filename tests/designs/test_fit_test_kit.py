# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
import pytest
from kit_run import counts, design, overlaps, parts, pattern, workshop

from csmkit.errors import CsmError
from csmkit.geometry.measure import measure


def coupon(tool="em6", **values):
    thickness = values.pop("thickness", None)
    stock = values.get("stock", "birch-ply-12").replace("-", "_")
    return design("fit-test").run(values, workshop(tool, **({} if thickness is None else {stock: thickness})))


@pytest.mark.parametrize(
    ("stock", "tool"),
    [("birch-ply-9", "em3"), ("birch-ply-12", "em6"), ("spruce-ply-24", "em8"), ("mdf-16", "em4")],
)
def test_the_coupon_can_be_cut_from_one_side_of_every_sheet(stock, tool):
    kit = coupon(tool, stock=stock)
    cutter = workshop(tool).cutter
    assert counts(kit) == {"slot comb": 1, "stick": 1, "finger comb": 1}
    assert overlaps(kit) == []
    assert all(limit.holds for limit in kit.limits)
    for part in parts(kit).values():
        flat = pattern(part)
        assert not flat.is_two_sided
        assert flat.volume == pytest.approx(measure(part.shape).volume, rel=1e-4)
        for outline in (flat.outline, *(f.region.outline for f in flat.features)):
            assert all(e.radius >= cutter / 2 - 1e-6 for e in outline.edges)


def test_a_measured_sheet_needs_half_of_the_slots():
    assert len([x for x in coupon(thickness=11.9).limits if x.name.startswith("slot")]) == 11
    assert len([x for x in coupon().limits if x.name.startswith("slot")]) == 21


def test_the_table_names_for_each_slot_the_thickness_to_write():
    limits = {x.name: x for x in coupon(thickness=11.9).limits}
    tight = limits["slot 4: write thickness 11.90 mm if it is the tight one"]
    assert tight.value == pytest.approx(11.9 + 2 * 0.05)
    assert "tooth 4: the cutter cuts as if 6.00 mm wide if it is the tight one" in limits


def test_the_stick_goes_through_one_comb_and_carries_the_other():
    kit = coupon()
    places = {p.item.name: p.poses[0] for p in kit.placed}
    assert places["stick"].point((0, 0, 0))[2] == pytest.approx(
        12.0
    )  # its plain end reaches through the slot comb
    assert places["finger comb"].point((0, 0, 0))[2] == pytest.approx(12.0 + 60)


def test_a_sheet_thinner_than_the_cutter_is_refused():
    with pytest.raises(CsmError, match=r"slot comb: the narrowest slot, .* choose a smaller cutter"):
        coupon(stock="birch-ply-6.5")
    assert counts(coupon("em4", stock="birch-ply-6.5"))["stick"] == 1
