# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Designs that cannot be made are told in one line: kit, part, value, limit, remedy."""

import pytest

from csmkit.build import Builder, Store
from csmkit.design.find import load_manifest
from csmkit.errors import CsmError
from csmkit.pipeline import Request, build_kit, check_kit

KIT = """
title = "Böse Kiste"
summary = "Something that cannot be made."
function = "to be refused"
version = "1.0.0"
license = "CERN-OHL-S-2.0"
licensors = [{ name = "A. Maker" }]
[tiers.free]
holds = ["source", "parts"]
[tiers.basic]
holds = ["sheets"]
price-factor = 0.9
[tiers.premium]
holds = ["sheets"]
price-factor = 1.35
"""
DESIGN = """
import cadquery as cq

from csmkit import Bought, Kit, Limit, Params, Part, Pose, Workshop, design, length


class P(Params):
    width: float = length(300, 100, 5000, "width")


def board(width, depth=200, thickness=12):
    return cq.Workplane().box(width, depth, thickness)


@design
def kit(p: P, shop: Workshop) -> Kit:
    ply = shop.sheet("birch-ply-12")
    t = ply.thickness
    solid = {solid}
    return Kit(Part("Brett ä 1", solid, ply, grain="x").at({poses}){more})
"""
SOUND = "board(p.width, 200, t)"


@pytest.fixture(scope="module")
def builder(tmp_path_factory):
    with Builder(Store(tmp_path_factory.mktemp("cache")), jobs=1) as made:
        yield made


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "Böse Kiste 2"
    made.mkdir()
    write(made)
    return made


def write(folder, solid=SOUND, poses="Pose()", kit=KIT, adds="Brett ä 1", more=""):
    (folder / "kit.toml").write_text(kit, encoding="utf-8")
    (folder / "design.py").write_text(DESIGN.format(solid=solid, poses=poses, more=more), encoding="utf-8")
    (folder / "assembly.md").write_text(f'## Fertig {{ adds="{adds}" }}\n', encoding="utf-8")


def findings(builder, folder, **given):
    return [str(f) for f in check_kit(builder, Request(load_manifest(folder), given=given))]


def test_unicode_and_spaces_in_names_of_kit_and_part_reach_the_files(builder, folder, tmp_path):
    assert findings(builder, folder) == []
    formats = ["step", "dxf", "drawing", "gcode", "book"]
    built = build_kit(builder, Request(load_manifest(folder)), tmp_path / "aus gabe", formats)
    assert (built.folder / "parts/Brett ä 1.step").is_file()
    assert (built.folder / "flat/birch-ply-12mm/Brett ä 1_x1.dxf").is_file()


@pytest.mark.parametrize(
    ("solid", "told"),
    [
        ("board(p.width, 200, t + 3)", "thick"),
        ("board(p.width, 200, t).edges('|Y').chamfer(3)", "face"),
        ("board(p.width, 200, t).edges('>Z').fillet(3)", "face"),
        ("board(p.width, 200, t).faces('<Y').workplane().hole(5, 60)", "face"),
        ("cq.Workplane(obj=cq.Shell.makeShell(board(p.width, 200, t).faces().vals()[:5]))", "solid"),
        ("cq.Workplane()", "solid"),
        ("None", "not a shape"),
        ("board(10, 10, t).union(board(10, 10, t).translate((50, 0, 0)))", "2 separate solids"),
        ("board(1, 1, t).cut(board(9, 9, 9 * t))", "solid"),
    ],
)
def test_a_solid_that_cannot_be_cut_flat_is_named(builder, folder, solid, told):
    write(folder, solid)
    try:
        [line] = findings(builder, folder)
    except CsmError as error:
        line = str(error)
    assert line.startswith("Böse Kiste 2/Brett ä 1: ")
    assert told in line
    assert "\n" not in line


def test_two_parts_in_one_place_interfere_with_the_volume_that_they_share(builder, folder):
    write(folder, poses="Pose(), Pose.at(150, 0, 0)", adds="Brett ä 1")
    [line] = findings(builder, folder)
    # 150 × 200 mm of both boards, of whatever thickness the sheet really has
    assert "mm³ with Brett ä 1" in line
    shared = float(line.split("shares ")[1].split(" mm³")[0])
    assert 11 <= shared / (150 * 200) <= 13


def test_a_part_that_no_step_adds_is_found(builder, folder):
    write(folder, adds="")
    [line] = findings(builder, folder)
    assert line.startswith("Böse Kiste 2/Brett ä 1: the kit has 1, no step adds it")


def test_a_part_larger_than_every_sheet_is_found(builder, folder):
    [line] = findings(builder, folder, width="2460")
    assert "Brett ä 1" in line
    assert "is larger than every sheet" in line


def test_a_part_that_the_machine_cannot_reach_or_cut_through_is_found(builder, folder):
    shop = b'machines = ["router-600x900"]\n[cutting]\ntool = "em3"\n[thickness]\nbirch-ply-12 = 12.3\n'
    found = check_kit(builder, Request(load_manifest(folder), given={"width": 950}, workshop=shop))
    assert [f.check for f in found] == ["machine", "machine"]
    assert "950 × 200 mm is larger than the reach of router-600x900, 900 × 600 mm" in found[0].problem
    assert "is 12.3 mm thick, the cutter em3 cuts 12 mm deep at most" in found[1].problem


def test_a_hole_deeper_than_the_cutters_that_fit_it_is_told_with_the_sizes_that_go(builder, folder):
    write(folder, solid=f'{SOUND}.faces(">Z").workplane().hole(3.4)')
    [found] = check_kit(
        builder, Request(load_manifest(folder), workshop=b"[thickness]\nbirch-ply-12 = 12.3\n")
    )
    assert (found.level, found.part) == ("warning", "Brett ä 1")
    assert "the router cannot make its hole of 3.4 mm: depth 12.6 mm" in found.problem
    assert "more than the flutes of em3, 12 mm" in found.problem
    assert found.remedy.startswith("make it 5 mm (drill5) or at least 4 mm (em4)")


def test_a_wrong_name_in_a_step_does_not_hide_the_part_that_no_step_adds(builder, folder):
    write(folder, adds="Bret")
    wrong, left = findings(builder, folder)
    assert "the step adds 'Bret', which the kit does not have" in wrong
    assert left.startswith("Böse Kiste 2/Brett ä 1: the kit has 1, no step adds it")


def test_bought_goods_that_are_unknown_name_the_kit(builder, folder):
    write(folder, more=', Bought("DIN 7997", "4x55").at(Pose())')
    with pytest.raises(
        CsmError, match=r"^Böse Kiste 2: unknown bought item 'DIN 7997 4x55'; nearest: DIN 7997 4x"
    ):
        check_kit(builder, Request(load_manifest(folder)))
    write(folder, more=', Bought("hinge", "60x40").at(Pose())')
    with pytest.raises(CsmError, match=r"^Böse Kiste 2: "):
        check_kit(builder, Request(load_manifest(folder)))


def test_equal_interferences_are_told_once_with_their_count(builder, folder):
    poses = "Pose(), Pose.at(150, 0, 0), Pose.at(0, 900, 0), Pose.at(150, 900, 0)"
    write(folder, poses=poses)
    [line] = findings(builder, folder)
    assert "mm and the same in 1 more place;" in line


def test_a_limit_that_nobody_can_check_is_told(builder, folder):
    write(folder, more=', limits=[Limit("sag", value=1.0, at_most=2.0, source="judgement")]')
    [found] = check_kit(builder, Request(load_manifest(folder)))
    assert (found.level, found.check) == ("warning", "limit")
    assert "limit 'sag' names no formula and no unit" in found.problem


def test_a_preset_and_a_licence_that_cannot_be_are_found(builder, folder):
    write(folder, kit=KIT.replace("[tiers.free]", "[presets.big]\nwidht = 400\n[tiers.free]"))
    [line] = findings(builder, folder)
    assert "kit.toml [presets.big]: has no parameter 'widht'; did you mean width?" in line
    with pytest.raises(CsmError, match=r"Kiste 2/kit.toml \[presets.big\]: has no parameter 'widht'"):
        check_kit(builder, Request(load_manifest(folder), preset="big"))
    write(folder, kit=KIT.replace("CERN-OHL-S-2.0", "GPL"))
    [line] = findings(builder, folder)
    assert "Böse Kiste 2/kit.toml: 'GPL' is no open licence" in line


@pytest.mark.parametrize(
    ("poses", "told"),
    [
        ("Pose.at(float('nan'))", "a pose is not finite"),
        ("Pose.at(Limit('load', float('nan'), at_most=3).value)", "value = nan is not a finite number"),
        ("Pose.at(Limit('load', 1.0, at_least=0, at_most=3).value)", "needs exactly one of"),
        ("exit(3)", "SystemExit: 3"),
    ],
)
def test_what_a_design_says_wrongly_is_told_with_its_line(builder, folder, poses, told):
    write(folder, poses=poses)
    with pytest.raises(CsmError) as caught:
        findings(builder, folder)
    assert told in str(caught.value)
    assert str(caught.value).startswith("Böse Kiste 2/")


def test_a_kit_without_its_three_tiers_is_refused(builder, folder):
    write(folder, kit=KIT.replace("[tiers.basic]", "[tiers.premium2]"))
    with pytest.raises(CsmError, match="unknown tier"):
        findings(builder, folder)
    start, end = KIT.index("[tiers.basic]"), KIT.index("[tiers.premium]")
    write(folder, kit=KIT[:start] + KIT[end:])
    [line] = findings(builder, folder)
    assert "tier basic is missing" in line


def test_nothing_is_written_for_a_kit_that_cannot_be_made(builder, folder, tmp_path):
    write(folder, "board(p.width, 200, t + 3)")
    out = tmp_path / "out"
    with pytest.raises(CsmError):
        build_kit(builder, Request(load_manifest(folder)), out)
    assert not out.exists()
