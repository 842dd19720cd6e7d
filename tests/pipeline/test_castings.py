# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A block cast from resin beside its mould: weighed by its solid, on no cut list, priced by its goods."""

import csv
import json

import pytest
from small_kits import write_kit

from csmkit.build import Builder, Store
from csmkit.design.find import load_manifest
from csmkit.pipeline import Request, build_kit

DESIGN = """
from build123d import Sphere
from csmkit import Bulk, Kit, Outline, Params, Part, Pose, design, prism

class P(Params):
    pass

@design
def block(p: P, shop):
    resin, ply = shop.casting("filled-resin").mixed(1600), shop.sheet("birch-ply-12")
    return Kit(
        Part("ball", Sphere(50), resin).at(Pose.at(z=200)),
        Part("mould", prism(Outline.rectangle(0, 0, 300, 200), ply.thickness), ply).at(Pose()),
        Bulk("epoxy resin", "laminating", 0.8, "kg", waste=0.25, is_cast=True),
    )
"""
STEPS = """
## Cast { adds="ball, mould, epoxy resin laminating" minutes=10 }
Pour.
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = write_kit(tmp_path_factory.mktemp("kits") / "block", DESIGN, STEPS)
    with Builder(Store(tmp_path_factory.mktemp("cache")), jobs=1) as builder:
        out = tmp_path_factory.mktemp("out")
        build_kit(builder, Request(load_manifest(folder)), out, ["step", "bom"])
    return next(out.rglob("kit.json")).parent


def test_a_cast_part_has_files_and_mass_but_no_place_on_a_cut_list(built):
    kit = json.loads((built / "kit.json").read_text())
    ball = next(p for p in kit["parts"] if p["name"] == "ball")
    assert (ball["form"], ball["process"], ball["stock"]) == ("cast", "cast", "filled-resin")
    assert ball["mass"] == pytest.approx(1600e-9 * 4 / 3 * 3.14159265 * 50**3, rel=1e-4)
    assert (built / ball["files"]["step"]).is_file()
    rows = list(csv.DictReader((built / "cut-list.csv").open(encoding="utf-8-sig")))
    assert [row["part"] for row in rows] == ["mould"]


def test_resin_is_paid_with_its_waste_and_weighed_once(built):
    kit = json.loads((built / "kit.json").read_text())
    lines = {line["item"]: line for line in kit["bom"]}
    assert float(lines["epoxy resin laminating"]["price"]) == pytest.approx(24.0)  # 1 kg at 24.00
    assert float(lines["ball"]["price"]) == 0
    mould = 300 * 200 * 12 * 680e-9
    assert kit["mass"] == pytest.approx(lines["ball"]["mass"] + mould, rel=1e-3)
