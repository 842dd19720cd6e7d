# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A flat pattern is the whole truth of a sheet part: cut along it, the same solid comes out."""

from __future__ import annotations

import math

import pytest
from hypothesis import HealthCheck, assume, given, settings
from OCP.TopoDS import TopoDS_Shape
from solids import THICKNESS, Moments, board, cut, cut_from_sheet, panels, poses

from csmkit.errors import CsmError
from csmkit.geometry.flat_pattern import flat_pattern
from csmkit.geometry.measure import measure, volume
from csmkit.geometry.prism import extruded
from csmkit.geometry.shape import moved, solids, topods
from csmkit.model.data import dump
from csmkit.model.outline import Outline, Region
from csmkit.model.pose import Pose

RANDOM = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@RANDOM
@given(panels(), poses)
def test_cutting_the_pattern_gives_the_solid_back(panel: TopoDS_Shape, pose: Pose) -> None:
    assume(len(solids(panel)) == 1)
    part = moved(panel, pose)
    pattern = flat_pattern(part, THICKNESS)
    assert pattern.volume == pytest.approx(volume(part), rel=1e-6)
    cut_out, solid = cut_from_sheet(pattern), Moments.of(part)
    assert cut_out.volume == pytest.approx(solid.volume, rel=1e-6)
    assert cut_out.first == pytest.approx(solid.first, rel=1e-6, abs=1e-6 * abs(solid.first).max())
    assert cut_out.second == pytest.approx(solid.second, rel=1e-6, abs=1e-6 * abs(solid.second).max())


@RANDOM
@given(panels(below=False), poses)
def test_a_part_cut_from_one_side_lies_with_its_pockets_up(panel: TopoDS_Shape, pose: Pose) -> None:
    assume(len(solids(panel)) == 1)
    pattern = flat_pattern(moved(panel, pose), THICKNESS)
    assert not pattern.is_two_sided


@RANDOM
@given(panels(), poses)
def test_the_place_of_a_part_changes_nothing_but_its_frame(panel: TopoDS_Shape, pose: Pose) -> None:
    """Shifts leave every outline as it is to 1e-5 mm; features keep their kinds and depths under any turn."""
    assume(len(solids(panel)) == 1)
    here = flat_pattern(panel, THICKNESS)
    shifted = flat_pattern(moved(panel, Pose.at(*(row[3] for row in pose.rows))), THICKNESS)
    assert shifted.outline.area == pytest.approx(here.outline.area, rel=1e-9)
    assert [f.kind for f in shifted.features] == [f.kind for f in here.features]
    turned = flat_pattern(moved(panel, pose), THICKNESS)
    assert sorted(round(f.region.area, 2) for f in turned.features) == pytest.approx(
        sorted(round(f.region.area, 2) for f in here.features), abs=0.02
    )


def test_the_same_solid_gives_the_same_bytes() -> None:
    def pattern() -> bytes:
        hole = moved(extruded(Outline.circle(50, 50, 8), 20), Pose.at(z=-1))
        return str(dump(flat_pattern(moved(cut(board(), hole), Pose.at(1, 2, 3, rx=33, rz=12)), 18))).encode()

    assert pattern() == pattern()


def test_the_box_of_the_pattern_starts_at_the_origin_and_its_longer_side_runs_along_x() -> None:
    pattern = flat_pattern(moved(board(200, 700), Pose.at(5, 6, 7)), THICKNESS)
    assert pattern.outline.bounds == (0, 0, 700, 200)
    assert pattern.frame.point((0, 0, 0))[2] == pytest.approx(7)


def test_a_round_hole_is_drilled_up_to_20_mm_and_cut_above() -> None:
    tools = [
        moved(extruded(Outline.circle(60 * i, 90, d), 30), Pose.at(z=-5))
        for i, d in ((1, 8), (2, 20), (3, 21))
    ]
    features = flat_pattern(cut(board(), *tools), THICKNESS).features
    found = {round(f.region.outline.circle_of[2], 6): f.kind for f in features if f.region.outline.circle_of}
    assert found == {8: "drill", 20: "drill", 21: "hole"}
    assert all(f.through and f.depth == THICKNESS for f in features)


def test_a_counterbore_is_a_drilled_hole_with_a_ring_shaped_pocket() -> None:
    bore = moved(extruded(Outline.circle(90, 90, 24), 30), Pose.at(z=THICKNESS - 6))
    hole = moved(extruded(Outline.circle(90, 90, 9), 30), Pose.at(z=-5))
    pocket, through = sorted(
        flat_pattern(cut(board(), bore, hole), THICKNESS).features, key=lambda f: f.depth
    )
    assert (pocket.kind, pocket.depth, len(pocket.region.islands)) == ("pocket", 6, 1)
    assert pocket.region.area == pytest.approx(math.pi * (12**2 - 4.5**2))
    assert (through.kind, through.depth) == ("drill", THICKNESS)


def test_arcs_of_the_solid_stay_arcs() -> None:
    rounded = Outline(((0, 0, 0), (200, 0, 1.0), (200, 100, 0), (0, 100, 1.0)))
    outline = flat_pattern(extruded(rounded, THICKNESS), THICKNESS).outline
    assert sorted(abs(b) for _, _, b in outline.vertices) == pytest.approx([0, 0, 1, 1])


def test_an_arc_above_a_half_circle_comes_in_two() -> None:
    keyhole = Outline(
        ((0, 0, 0), (100, 0, 0), (100, 40, math.tan(math.radians(270) / 4)), (60, 80, 0), (0, 80, 0))
    )
    outline = flat_pattern(extruded(keyhole, THICKNESS), THICKNESS).outline
    assert len(outline.vertices) == 6
    assert all(abs(e.sweep) <= math.pi for e in outline.edges)
    assert outline.area == pytest.approx(keyhole.area)


def test_an_ellipse_becomes_arcs_within_a_hundredth_of_a_millimetre() -> None:
    build123d = pytest.importorskip("build123d")
    ellipse = build123d.extrude(build123d.Ellipse(100, 50), THICKNESS)
    outline = flat_pattern(ellipse, THICKNESS).outline
    assert outline.area == pytest.approx(math.pi * 100 * 50, rel=1e-5)
    cx, cy = 100, 50
    for edge in outline.edges:
        x, y = edge.point(0.5)
        assert math.hypot((x - cx) / 100, (y - cy) / 50) == pytest.approx(1, abs=0.01 / 100)


def test_free_curves_of_pockets_from_both_sides_close() -> None:
    build123d = pytest.importorskip("build123d")
    oval = build123d.extrude(build123d.Ellipse(60, 30), THICKNESS)
    part = build123d.Box(300, 400, 18) - build123d.Pos(0, 0, 5) * oval - build123d.Pos(30, 0, -20) * oval
    pattern = flat_pattern(part, THICKNESS)
    assert pattern.volume == pytest.approx(part.volume, rel=1e-6)
    assert [f.side for f in pattern.features] == ["top", "bottom"]


def test_both_cad_libraries_give_the_same_pattern() -> None:
    build123d, cadquery = pytest.importorskip("build123d"), pytest.importorskip("cadquery")
    one = build123d.Box(300, 200, 18) - build123d.Pos(40, 30, 0) * build123d.Cylinder(4, 50)
    other = cadquery.Workplane().box(300, 200, 18).faces(">Z").workplane().center(40, 30).hole(8)
    a, b = flat_pattern(one, THICKNESS), flat_pattern(other, THICKNESS)
    assert a == b


def test_grain_runs_along_x_or_y_of_the_pattern() -> None:
    part = board(300, 200)
    assert flat_pattern(part, THICKNESS, "x").grain == "x"
    assert flat_pattern(part, THICKNESS, "y").grain == "y"
    upright = moved(part, Pose.at(rx=90))
    assert flat_pattern(upright, THICKNESS, "z").grain == "y"
    assert flat_pattern(part, THICKNESS).grain is None


def test_a_cube_may_lie_any_way_and_a_strip_on_edge_lies_on_its_largest_face() -> None:
    assert flat_pattern(board(18, 18), THICKNESS).size == (18, 18)
    square_strip = cut(board(300, 18), moved(extruded(Outline.circle(150, 9, 8), 30), Pose.at(z=-5)))
    assert len(flat_pattern(square_strip, THICKNESS).holes) == 1


def test_a_hole_across_a_square_strip_decides_how_it_lies() -> None:
    across = moved(extruded(Outline.circle(150, 9, 8), 30), Pose.at(rx=90, y=25))
    strip = cut(board(300, 18), across)
    pattern = flat_pattern(strip, THICKNESS)
    assert len(pattern.holes) == 1
    assert pattern.frame.direction((0, 0, 1)) == pytest.approx((0, 1, 0), abs=1e-9)


def _bevelled() -> TopoDS_Shape:
    wedge = moved(extruded(Outline.polygon([(0, 0), (10, 0), (0, 10)]), 400), Pose.at(rx=90, y=300))
    return cut(board(), wedge)


def _undercut() -> TopoDS_Shape:
    return cut(
        board(),
        moved(extruded(Outline.rectangle(100, -10, 110, 300), 20), Pose.at(z=9)),
        moved(extruded(Outline.rectangle(95, -10, 115, 300), 4), Pose.at(z=5)),
    )


def _drilled_in_the_edge() -> TopoDS_Shape:
    return cut(board(), moved(extruded(Outline.circle(100, 9, 8), 60), Pose.at(rx=90, y=50)))


def _countersunk() -> TopoDS_Shape:
    from OCP.BRepPrimAPI import BRepPrimAPI_MakeCone

    return cut(board(), moved(BRepPrimAPI_MakeCone(4, 9, 5).Shape(), Pose.at(60, 60, 13)))


@pytest.mark.parametrize(
    ("part", "names"),
    [
        (_bevelled, ["bevelled", "45.0°"]),
        (_undercut, ["overhang", "(112.5, 100, 9)"]),
        (_drilled_in_the_edge, ["hole of Ø8.00 mm", "along the sheet"]),
        (_countersunk, ["conical", "90.0°", "(60, 60,"]),
        (lambda: board(thickness=20), ["20.00 mm", "18.00 mm"]),
        (lambda: board(thickness=17.9), ["17.90 mm", "18.00 mm"]),
    ],
)
def test_a_part_that_cannot_be_cut_flat_is_told_by_name(part: object, names: list[str]) -> None:
    assert callable(part)
    with pytest.raises(CsmError) as caught:
        flat_pattern(part(), THICKNESS)
    assert all(name in str(caught.value) for name in names), str(caught.value)
    assert caught.value.remedy


@pytest.mark.parametrize(("grain", "turn"), [("z", Pose.at()), ("x", Pose.at(ry=30))])
def test_grain_that_leaves_the_sheet_is_an_error(grain: str, turn: Pose) -> None:
    with pytest.raises(CsmError, match=r"grain .* leans (90|30)"):
        flat_pattern(moved(board(), turn), THICKNESS, grain)  # type: ignore[arg-type]


def test_a_ball_cannot_lie_on_a_sheet() -> None:
    from OCP.BRepPrimAPI import BRepPrimAPI_MakeSphere

    with pytest.raises(CsmError, match="no two parallel flat faces"):
        flat_pattern(BRepPrimAPI_MakeSphere(20.0).Shape(), THICKNESS)


@pytest.mark.parametrize("about", ["XY", "XZ", "YZ"])
def test_a_mirror_image_is_a_part_like_any_other(about: str) -> None:
    build123d = pytest.importorskip("build123d")
    part = build123d.Box(300, 200, 18) - build123d.Pos(90, 60, 5) * build123d.Box(50, 20, 8)
    part -= build123d.Pos(-100, 20, 0) * build123d.Cylinder(4, 50)
    image = build123d.mirror(part, about=getattr(build123d.Plane, about))
    pattern = flat_pattern(image, THICKNESS)
    assert [f.kind for f in pattern.features] == ["drill", "pocket"]
    cut_out, solid = cut_from_sheet(pattern), Moments.of(topods(image))
    assert cut_out.first == pytest.approx(solid.first, abs=1e-6 * abs(solid.second).max())
    assert cut_out.second == pytest.approx(solid.second, abs=1e-6 * abs(solid.second).max())


def test_engraved_letters_are_pockets_of_arcs() -> None:
    build123d = pytest.importorskip("build123d")
    letters = build123d.extrude(build123d.Text("aB8", 60), 20)
    part = build123d.Box(300, 200, 18) - build123d.Pos(0, 0, 6) * letters
    pattern = flat_pattern(part, THICKNESS)
    assert pattern.volume == pytest.approx(part.volume, rel=1e-6)
    assert [len(f.region.islands) for f in pattern.features] == [1, 2, 2]
    assert {f.depth for f in pattern.features} == {3}


def test_islands_in_a_pocket_stay() -> None:
    ring = Region(Outline.circle(100, 100, 80), (Outline.circle(100, 100, 30),))
    part = cut(board(), moved(extruded(ring, 20), Pose.at(z=12)))
    (pocket,) = flat_pattern(part, THICKNESS).features
    assert pocket.region.islands[0].area == pytest.approx(math.pi * 15**2)
    assert measure(part).volume == pytest.approx(flat_pattern(part, THICKNESS).volume)
