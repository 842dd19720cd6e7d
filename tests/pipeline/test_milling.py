# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A part that isn't flat is milled from both sides, by programs that were held against its solid."""

import json
from dataclasses import replace

import numpy as np
import pytest
from OCP.BRepAlgoAPI import BRepAlgoAPI_Common
from OCP.BRepPrimAPI import BRepPrimAPI_MakeCylinder
from OCP.gp import gp_Ax2, gp_Dir, gp_Pnt

from csmkit.cam.surface import Mesh
from csmkit.catalog.workshop import default_workshop
from csmkit.geometry.shape import to_brep
from csmkit.model.data import dump
from csmkit.pipeline.milling import lying, milled
from csmkit.pipeline.parts import MILL_END, examine

SHOP = default_workshop()
BAR = SHOP.bar("spruce-44x74")
LENGTH, THICKNESS = 90.0, 30.0


def half(z):
    return BRepPrimAPI_MakeCylinder(gp_Ax2(gp_Pnt(0, 0, z), gp_Dir(0, 1, 0)), 35.0, LENGTH).Solid()


LENS = BRepAlgoAPI_Common(half(-20), half(20)).Shape()  # 57 mm wide, with sharp edges, as a blade has
SOURCE = {
    "parts/bead.brep": to_brep(LENS),
    "parts/bead.json": json.dumps({"form": "bar", "stock": dump(BAR).decode(), "grain": "y"}).encode(),
}


def made(source=SOURCE, shop=SHOP):
    return milled("toy", "bead", "bead", 2, ["Toy", "preset default"], source, {"machining.json": dump(shop)})


@pytest.fixture(scope="module")
def files():
    return made()


def test_both_sides_come_with_their_proof_and_a_page(files):
    assert json.loads(files["findings.json"]) == []
    folder = f"gcode/{SHOP.machine.key}"
    for side in ("bead-bottom", "bead"):
        proof = json.loads(files[f"{folder}/{side}.json"])
        assert proof["faults"] == []
        assert f"{folder}/{side}.ngc" in files
        assert f"{folder}/{side}.svg" in files
        assert proof["size"] == [LENGTH + 2 * MILL_END, 74]
        assert proof["thickness"] == pytest.approx(THICKNESS, abs=0.1)  # the plank is planed to the part
        assert any("bead: 2 ×" in line for line in proof["header"])
        share = next(float(n.split("%")[0]) for n in proof["notes"] if "% of the surface" in n)
        assert share > 99
    assert len(json.loads(files["pages.json"])) == 2


def test_the_same_part_gives_the_same_bytes(files):
    assert made() == files


def test_the_bar_is_longer_than_the_part_by_what_holds_it():
    facts = json.loads(examine("toy", "bead", "bead", "mill", SOURCE)["facts.json"])
    assert facts["length"] == pytest.approx(LENGTH + 2 * MILL_END)
    facts = json.loads(examine("toy", "bead", "bead", "carve", SOURCE)["facts.json"])
    assert facts["length"] == pytest.approx(LENGTH)


def test_without_a_long_cutter_there_is_no_program_but_a_warning_that_names_it():
    short = replace(SHOP, tools=tuple(t for t in SHOP.tools if t.flute_length < 26))
    files = made(shop=short)
    [finding] = json.loads(files["findings.json"])
    assert finding["level"] == "warning"
    assert "no end mill" in finding["problem"]
    assert "flutes of 30 mm" in finding["problem"]
    assert not [name for name in files if name.startswith("gcode/")]


@pytest.mark.parametrize("grain", ["x", "y", "z"])
def test_a_part_lies_with_its_grain_along_x_and_its_thin_side_up_and_is_not_mirrored(grain):
    sizes = {
        "x": {"x": 9.0, "y": 2.0, "z": 4.0},
        "y": {"x": 2, "y": 9, "z": 4},
        "z": {"x": 4, "y": 2, "z": 9},
    }
    corner = np.diag([sizes[grain][a] for a in "xyz"])
    mesh = Mesh.of(np.vstack([np.zeros(3), corner]), [[0, 1, 2], [0, 2, 3], [0, 3, 1], [1, 3, 2]])
    found = lying(mesh, grain)
    low, high = found.box
    np.testing.assert_allclose(high - low, [9, 4, 2])

    def signed(m):
        a, b, c, d = m.vertices
        return np.linalg.det(np.stack([b - a, c - a, d - a]))

    assert signed(found) == pytest.approx(signed(mesh))
