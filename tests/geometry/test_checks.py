# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Each fault of a solid is found and told by its own name; sound solids have none."""

from __future__ import annotations

import build123d as bd
import pytest
from hypothesis import given, settings
from OCP.BRepBuilderAPI import BRepBuilderAPI_MakeFace, BRepBuilderAPI_MakePolygon, BRepBuilderAPI_Sewing
from OCP.gp import gp_Pnt
from OCP.TopAbs import TopAbs_ShapeEnum
from OCP.TopExp import TopExp_Explorer
from OCP.TopoDS import TopoDS, TopoDS_Builder, TopoDS_Face, TopoDS_Shape, TopoDS_Shell, TopoDS_Solid
from solids import board, cut, panels

from csmkit.geometry.checks import check_solid
from csmkit.geometry.prism import extruded
from csmkit.geometry.shape import faces, moved, solids
from csmkit.model.outline import Outline
from csmkit.model.pose import Pose

CORNERS = [(0, 0), (100, 0), (100, 100), (0, 100)]


def _solid_of(skin: list[TopoDS_Face]) -> TopoDS_Shape:
    builder, shell, solid = TopoDS_Builder(), TopoDS_Shell(), TopoDS_Solid()
    builder.MakeShell(shell)
    for face in skin:
        builder.Add(shell, face)
    builder.MakeSolid(solid)
    builder.Add(solid, shell)
    return solid


def _polygon(*points: tuple[float, float, float]) -> TopoDS_Face:
    maker = BRepBuilderAPI_MakePolygon()
    for point in points:
        maker.Add(gp_Pnt(*point))
    maker.Close()
    return BRepBuilderAPI_MakeFace(maker.Wire()).Face()


def _block_with_a_pit(depth: float) -> TopoDS_Shape:
    """A block 100 x 100 x 50 whose top is a pyramid that points down."""
    sides = list(zip(CORNERS, CORNERS[1:] + CORNERS[:1], strict=True))
    skin = [_polygon(*((x, y, 0.0) for x, y in reversed(CORNERS)))]
    skin += [_polygon((*a, 0), (*b, 0), (*b, 50), (*a, 50)) for a, b in sides]
    skin += [_polygon((*a, 50), (*b, 50), (50, 50, 50 - depth)) for a, b in sides]
    sewing = BRepBuilderAPI_Sewing()
    for face in skin:
        sewing.Add(face)
    sewing.Perform()
    shell = TopoDS.Shell_s(TopExp_Explorer(sewing.SewedShape(), TopAbs_ShapeEnum.TopAbs_SHELL).Current())
    builder, solid = TopoDS_Builder(), TopoDS_Solid()
    builder.MakeSolid(solid)
    builder.Add(solid, shell)
    return solid


@settings(max_examples=10)
@given(panels())
def test_panels_with_holes_and_pockets_are_sound(panel: TopoDS_Shape) -> None:
    for solid in solids(panel):
        assert check_solid(solid) == []


@pytest.mark.parametrize(
    "shape", [board(), bd.Cylinder(5, 10), bd.Sphere(5), bd.Cone(5, 0, 10), bd.Torus(10, 3)]
)
def test_seams_and_poles_are_no_open_edges(shape: object) -> None:
    assert check_solid(shape) == []


def test_a_missing_face_leaves_an_open_solid_and_the_place_is_told() -> None:
    (problem,) = check_solid(_solid_of(faces(board())[:-1]))
    assert "open: 4 edges" in problem
    assert "mm" in problem


def test_a_reversed_solid_is_inside_out() -> None:
    (problem,) = check_solid(board().Reversed())
    assert "inside out" in problem
    assert "-1.08e+06" in problem


def test_a_solid_without_volume_is_empty() -> None:
    sheet = _polygon(*((x, y, 0.0) for x, y in CORNERS))
    (problem,) = check_solid(_solid_of([sheet, TopoDS.Face_s(sheet.Reversed())]))
    assert "empty" in problem


def test_two_boxes_in_one_shell_are_invalid() -> None:
    far = moved(board(), Pose.at(z=100))
    (problem,) = check_solid(_solid_of(faces(board()) + faces(far)))
    assert "invalid" in problem
    assert "not connected" in problem


def test_faces_that_cross_are_found_though_each_is_sound() -> None:
    assert check_solid(_block_with_a_pit(30)) == []
    (problem,) = check_solid(_block_with_a_pit(60))
    assert "cuts through itself" in problem


@pytest.mark.parametrize(("shape", "says"), [(None, "not a shape"), ([board(), board()], "2 separate")])
def test_what_is_no_solid_is_a_problem_not_an_exception(shape: object, says: str) -> None:
    (problem,) = check_solid(shape)
    assert says in problem


def test_a_hole_that_splits_a_board_leaves_two_solids() -> None:
    slot = moved(extruded(Outline.rectangle(100, -10, 110, 210), 40), Pose.at(z=-5))
    (problem,) = check_solid(cut(board(), slot))
    assert "2 separate solids" in problem
