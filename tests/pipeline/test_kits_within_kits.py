# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A mill of two kits and a library: parameters go down, parts and steps add up, what turns is watched."""

import json
import zipfile

import pytest
from small_kits import write_kit

from csmkit.build import Builder, Store
from csmkit.design.find import load_manifest, sources
from csmkit.errors import CsmError
from csmkit.pipeline import Request, build_kit, check_kit

LIBRARY = """
from csmkit import Outline, Params, length, prism

class Common(Params):
    width: float = length(200, 100, 400, "width")

def board(width, depth, t):
    return prism(Outline.rectangle(0, 0, width, depth), t)
"""
WHEEL = """
from csmkit import Bulk, Kit, Part, Pose, design
from ..common_parts.shapes import Common, board

@design
def wheel(p: Common, shop):
    ply = shop.sheet("birch-ply-12")
    return Kit(
        Part("arm", board(p.width, 50, ply.thickness), ply).at(Pose()),
        Bulk("wood glue", "D3", 0.1, "kg", waste=0.25),
    )
"""
MILL = """
from csmkit import Bulk, Kit, Motion, Part, Pose, design, length
from ..common_parts.shapes import Common, board
from ..wheel.design import wheel

class MillParams(Common):
    gap: float = length(20, -20, 50, "between wheel and tower")

@design
def mill(p: MillParams, shop):
    ply = shop.sheet("birch-ply-12")
    t = ply.thickness
    return Kit(
        Part("tower", board(100, 300, t), ply).at(Pose.at(-50, -300 - p.gap, 0)),
        wheel(p.passed_to(Common), shop).at(Pose()),
        Bulk("wood glue", "D3", 0.2, "kg"),
        motions=[Motion("wheel", ("wheel / arm",), (0, 0, 0), (0, 0, 1), 0, {turn})],
    )
"""
STEPS = """
Beware of the wind.

## Raise the tower { adds="tower, wood glue D3" minutes=5 }
## Wheel { kit="wheel" }
"""


@pytest.fixture
def root(tmp_path):
    for key, uses, code, steps in (
        (
            "wheel",
            '"common-parts"',
            WHEEL,
            'Sharp.\n\n## Saw the arm { adds="arm, wood glue D3" minutes=3 }\n',
        ),
        ("mill", '"wheel"', MILL.replace("{turn}", "10"), STEPS),
    ):
        write_kit(tmp_path / "kits" / key, code, steps, f"uses = [{uses}]")
    library = tmp_path / "kits" / "common-parts"
    library.mkdir()
    (library / "shapes.py").write_text(LIBRARY)
    return tmp_path / "kits"


@pytest.fixture
def builder(tmp_path):
    with Builder(Store(tmp_path / "cache"), jobs=1) as made:
        yield made


def request(root, **given):
    return Request(load_manifest(root / "mill"), given=given)


def test_parameters_go_down_and_parts_goods_and_steps_add_up(builder, root, tmp_path):
    assert check_kit(builder, request(root, width=300.0)) == []
    built = build_kit(builder, request(root, width=300.0), tmp_path / "out", ["bom", "instructions"])
    data = json.loads((built.folder / "kit.json").read_text())
    sizes = {p["name"]: sorted(p["size"], reverse=True)[0] for p in data["parts"]}
    assert sizes == {"tower": 300.0, "wheel arm": 300.0}
    assert [n["equivalent_sheets"] > 0 for n in data["nestings"]] == [True]  # planned together, on one good
    assert [s["title"] for s in data["assembly"]["steps"]] == ["Raise the tower", "Wheel: Saw the arm"]
    rows = (built.folder / "bom.csv").read_text()
    [glue] = [line for line in rows.splitlines() if "wood glue" in line]
    assert "0.325" in glue  # 0.2, and 0.1 with a quarter of waste
    text = (built.folder / "instructions.md").read_text()
    assert text.index("Beware of the wind.") < text.index("### Wheel") < text.index("Sharp.")


def test_the_free_bundle_holds_what_the_kit_uses_and_builds_again_from_it(builder, root, tmp_path):
    built = build_kit(builder, request(root), tmp_path / "out")

    [path] = (built.folder / "bundles").glob("*free.zip")
    zipfile.ZipFile(path).extractall(tmp_path / "again")
    [top] = (tmp_path / "again").iterdir()
    assert sources(top / "designs" / "mill").keys() == sources(root / "mill").keys()
    assert check_kit(builder, Request(load_manifest(top / "designs" / "mill"))) == []


def test_what_turns_into_something_is_told_with_the_angle(builder, root):
    (root / "mill" / "design.py").write_text(MILL.replace("{turn}", "-90"))
    [found] = check_kit(builder, request(root))
    assert found.part == "wheel arm"
    assert found.problem.startswith("wheel, at -")
    assert "tower" in found.problem
    assert check_kit(builder, request(root, gap=50.0, width=100.0)) != []  # 100 mm reach beyond a gap of 50
    (root / "mill" / "design.py").write_text(MILL.replace("{turn}", "360").replace("300 - p.gap", "400"))
    assert check_kit(builder, request(root, width=100.0)) != []  # its corner comes round at 111.8 mm
    (root / "mill" / "design.py").write_text(MILL.replace("{turn}", "360").replace("300 - p.gap", "412"))
    assert check_kit(builder, request(root, width=100.0)) == []


def test_a_folder_that_is_not_there_is_one_line(root):
    write_kit(root / "mill", MILL.replace("{turn}", "10"), STEPS, 'uses = ["wheels"]')
    with pytest.raises(CsmError, match="uses 'wheels', but there is no such folder"):
        sources(root / "mill")


def test_a_change_in_the_library_changes_the_kit(builder, root, tmp_path):
    first = build_kit(builder, request(root), tmp_path / "out", ["bom"]).folder / "kit.json"
    before = json.loads(first.read_text())["mass"] - 0.3  # glue; its waste isn't in the kit
    shapes = root / "common-parts" / "shapes.py"
    shapes.write_text(LIBRARY.replace("rectangle(0, 0, width, depth)", "rectangle(0, 0, width, depth / 2)"))
    after = build_kit(builder, request(root), tmp_path / "out", ["bom"]).folder / "kit.json"
    assert json.loads(after.read_text())["mass"] - 0.3 == pytest.approx(before / 2, abs=1e-6)


def test_the_centre_of_mass_is_that_of_all_solids_in_their_places(builder, root, tmp_path):
    """Tower 100 × 300 with its middle at (0, -170), arm 200 × 50 with its middle at (100, 25): 3 to 1."""
    built = build_kit(builder, request(root), tmp_path / "out", ["bom"])
    x, y, _ = json.loads((built.folder / "kit.json").read_text())["center"]
    assert x == pytest.approx((3 * 0 + 1 * 100) / 4, abs=0.02)
    assert y == pytest.approx((3 * -170 + 1 * 25) / 4, abs=0.02)


def test_a_jig_is_listed_and_priced_but_no_part_of_the_finished_thing(builder, root, tmp_path):
    """The arm as a jig: size, mass and centre are the tower's, the bill still has both."""
    (root / "mill" / "design.py").write_text(
        MILL.replace("shop).at(Pose())", "shop).at(Pose()).as_jig()").replace("{turn}", "10")
    )
    built = build_kit(builder, request(root), tmp_path / "out", ["bom"])
    data = json.loads((built.folder / "kit.json").read_text())
    [tower, arm] = data["parts"]
    assert (tower["jigs"], arm["jigs"]) == (0, 1)
    assert sorted(data["size"])[1:] == pytest.approx([100, 300])
    assert data["center"][:2] == pytest.approx([0, -170], abs=0.02)
    assert data["mass"] == pytest.approx(tower["mass"] + 0.3)  # glue
    assert {line["item"] for line in data["bom"]} >= {"tower", "wheel arm"}
