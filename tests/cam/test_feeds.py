# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Feeds follow chip load, flutes and speed, within what the machine does."""

from dataclasses import replace

import pytest
from sheets import SHOPS, with_rules

from csmkit.cam.feeds import RUBBING, feed_of
from csmkit.catalog.workshop_file import read_text
from csmkit.errors import CsmError

BIG, MIDDLE, SMALL = SHOPS


def test_six_millimetres_in_plywood_on_a_rigid_machine():
    feed = feed_of(BIG.tool("em6"), "birch-ply", BIG)
    assert (feed.rpm, feed.feed, feed.plunge, feed.notes) == (18000, 3600, 900, ())
    assert feed.chip == pytest.approx(0.1)


def test_a_slow_machine_turns_slower_rather_than_rubbing():
    feed = feed_of(SMALL.tool("em6"), "birch-ply", SMALL)
    assert feed.feed <= 3000
    assert feed.rpm == 15000
    assert feed.chip == pytest.approx(0.1, abs=0.001)


@pytest.mark.parametrize("shop", SHOPS, ids=lambda s: s.machine.key)
@pytest.mark.parametrize("material", ["birch-ply", "mdf", "birch-ply-film", "poplar-ply"])
def test_no_feed_is_above_what_the_machine_does(shop, material):
    machine = shop.machine
    for tool in shop.tools:
        feed = feed_of(tool, material, shop)
        assert 0 < feed.feed <= machine.feed_mm_min
        assert 0 < feed.plunge <= machine.plunge_mm_min
        assert machine.rpm_min <= feed.rpm <= machine.rpm_max
        assert feed.chip == pytest.approx(feed.feed / feed.rpm / tool.flutes)


def test_chips_too_thin_are_told():
    slow = replace(SMALL, machines=(replace(SMALL.machine, feed_mm_min=300.0),))
    feed = feed_of(SMALL.tool("em6"), "birch-ply", slow)
    assert feed.chip < RUBBING
    assert "the cutter rubs" in feed.notes[0]


def test_a_size_between_two_rows_is_interpolated():
    five = replace(BIG.tool("em6"), key="em5", diameter=5.0)
    assert feed_of(five, "birch-ply", BIG).chip == pytest.approx((0.07 + 0.1) / 2, abs=0.001)


def test_the_workshops_own_chip_load_comes_first():
    entry = '[[chip_load]]\ntool = "em6"\nmm_tooth = 0.05\nrpm = 12000\n'
    shop = read_text(entry + '[[chip_load]]\ntool = "em6"\nmaterial = "mdf"\nmm_tooth = 0.08\n', "shop.toml")
    ply, mdf = feed_of(shop.tool("em6"), "birch-ply", shop), feed_of(shop.tool("em6"), "mdf", shop)
    assert (ply.rpm, ply.feed) == (12000, 1200)
    assert (mdf.rpm, mdf.feed) == (18000, 2880)


def test_the_plunge_is_a_share_of_the_feed_and_kept_on_slopes():
    feed = feed_of(BIG.tool("em6"), "birch-ply", with_rules(plunge_share=0.1))
    assert feed.plunge == 360
    assert feed.along(-3.0, 4.0) == pytest.approx(600)
    assert feed.along(3.0, 4.0) == feed.along(-0.1, 100.0) == 3600


def test_unknown_materials_are_refused_in_one_line():
    with pytest.raises(CsmError, match="unknown material 'cheese'"):
        feed_of(BIG.tool("em6"), "cheese", BIG)
    with pytest.raises(CsmError, match=r"no chip load is known for em6 in steel-s235"):
        feed_of(BIG.tool("em6"), "steel-s235", BIG)


def test_a_machine_without_feed_is_refused():
    still = replace(BIG, machines=(replace(BIG.machine, feed_mm_min=0.0),))
    with pytest.raises(CsmError, match="has no feed"):
        feed_of(BIG.tool("em6"), "birch-ply", still)
