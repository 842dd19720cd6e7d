# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The gallery of joints: all of them, made by the code that is shown."""

from functools import cache
from pathlib import Path

import pytest

from csmkit.catalog.workshop import default_workshop
from csmkit.design import joints as vocabulary
from csmkit.design.decorate import load_design
from csmkit.design.find import load_manifest, sources
from csmkit.design.joints import GLUE, LOOSE, TIGHT
from csmkit.geometry.interference import interferences
from csmkit.model import Bought, KitFacts, Table
from csmkit.pipeline.samples import Sample
from csmkit.site.gallery import gallery_page, joints

FOLDER = Path(__file__).parents[2] / "examples/joints"
JOINTS = joints(FOLDER)
KEYS = [joint.key for joint in JOINTS]


@cache
def design():
    return load_design("joints", sources(FOLDER))


def kit(key, **params):
    preset = load_manifest(FOLDER).preset(key)
    return design().run({**preset.params, **params}, default_workshop().for_design())


def tables(key):
    return {f.name: f for f in kit(key).figures}


def test_every_joint_of_the_vocabulary_has_its_sample():
    made = {n for n in vocabulary.__all__ if hasattr(getattr(vocabulary, n), "edge_distance")}
    assert {joint.class_name for joint in JOINTS} == made
    assert len(JOINTS) == len(made)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("material", ["birch-ply-18", "birch-ply-21"])
def test_no_two_boards_of_a_sample_share_wood_together_or_apart(key, material):
    for apart in (False, True):
        placed = kit(key, apart=apart, material=material).placed
        boards = [p for p in placed if not isinstance(p.item, Bought)]
        items = [(p.item.name, p.item.shape, pose) for p in boards for pose in p.poses]
        assert interferences(items, lambda a, b: False) == []


@pytest.mark.parametrize("key", KEYS)
def test_what_comes_apart_has_moved(key):
    together, apart = kit(key), kit(key, apart=True)
    assert [p.poses for p in together.placed] != [p.poses for p in apart.placed]


@pytest.mark.parametrize("key", ["tab-slot", "housing", "half-lap", "finger-joint", "cross-bolt"])
def test_a_measured_sheet_has_exactly_the_clearance_of_its_fit(key):
    rows = tables(key)["fits"].rows
    assert [(row[0], row[1]) for row in rows] == [(f.name, f.clearance) for f in (TIGHT, GLUE, LOOSE)]
    assert all(row[2] >= row[1] for row in rows)


def test_needs_are_found_by_trying():
    rows = dict(tables("cross-bolt")["needs"].rows)
    shop = default_workshop()
    assert rows["thinnest sheet, mm"] >= shop.bought_row("barrel nut", "M6x10x16").dimension("length") - 1
    assert rows["widest cutter, mm"] <= vocabulary.clearance_hole(6)


@pytest.mark.parametrize(("key", "d"), [("bolt-through", 8), ("tee-nut", 6)])
def test_bolted_joints_tell_the_clearance_of_each_series(key, d):
    hole = vocabulary.clearance_hole
    rows = tables(key)["fits"].rows
    assert rows == tuple((s, pytest.approx((hole(d, s) - d) / 2)) for s in ("close", "medium", "coarse"))


def test_the_page_shows_code_pictures_and_figures_of_what_was_built():
    table = Table("fits", "Clearance", ("fit", "measured"), (("glue", 0.125),))
    facts = KitFacts(kit="joints", parts=(), bought=(), bulk=(), limits=(), figures=(table,))
    made = Sample(facts, {"together": b"webp"}, {"side": b"<svg/>"})
    text, files = gallery_page(JOINTS, {"tab-slot": (made, made)})
    names = {f"tab-slot-{end}" for end in ("apart.webp", "together.webp", "side.svg")}
    assert set(files) == {f"contributors/gallery/{name}" for name in names}
    assert all(f'src="{name}"' in text for name in names)
    assert "0.125" in text
    assert all(joint.code in text for joint in JOINTS)
    assert "SPDX" not in text
