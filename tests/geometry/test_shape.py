# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Shapes of either CAD library are the same to us, and their bytes repeat."""

from __future__ import annotations

import hashlib
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import build123d as bd
import cadquery as cq
import pytest
from OCP.BRepMesh import BRepMesh_IncrementalMesh
from OCP.TopoDS import TopoDS_Shape, TopoDS_Solid
from solids import board, cut

from csmkit.errors import CsmError
from csmkit.geometry.measure import measure
from csmkit.geometry.prism import extruded, prism
from csmkit.geometry.shape import from_brep, moved, to_brep, topods
from csmkit.model.outline import Outline, Region
from csmkit.model.pose import Pose

BUILD = """
import hashlib, sys
sys.path[:0] = sys.argv[1:]
from solids import board, cut
from csmkit.geometry.prism import extruded
from csmkit.geometry.shape import moved, to_brep
from csmkit.model.outline import Outline
from csmkit.model.pose import Pose
hole = moved(extruded(Outline.circle(50, 50, 8), 40), Pose.at(z=-5))
print(hashlib.sha256(to_brep(cut(board(), hole))).hexdigest())
"""


def _builder() -> Any:
    with bd.BuildPart() as builder:
        bd.Box(10, 20, 30)
    return builder


@pytest.mark.parametrize(
    "shape",
    [
        bd.Box(10, 20, 30),
        bd.Box(10, 20, 30).solid(),
        [bd.Box(10, 20, 30)],
        _builder(),
        cq.Workplane().box(10, 20, 30),
        cq.Workplane().box(10, 20, 30).val(),
        cq.Workplane().box(20, 20, 30).cut(cq.Workplane().box(10, 20, 30).translate((10, 0, 0))),
        board(10, 20, 30),
    ],
)
def test_every_library_gives_one_solid_of_the_kernel(shape: Any) -> None:
    solid = topods(shape)
    assert isinstance(solid, TopoDS_Solid)
    assert sorted(measure(shape).size)[-1] == pytest.approx(30)


@pytest.mark.parametrize(
    ("shape", "says"),
    [
        (None, "NoneType is not a shape"),
        ("side", "str is not a shape"),
        (bd.Rectangle(2, 2), "no solid: it is Rectangle of"),
        (cq.Workplane().box(1, 1, 1).faces(">Z"), "Workplane of face"),
        (cq.Workplane(), "empty Workplane"),
        (TopoDS_Shape(), "empty"),
        (bd.BuildPart(), "empty BuildPart"),
        (bd.Box(1, 1, 1) + bd.Pos(5, 0, 0) * bd.Box(1, 1, 1), "2 separate solids"),
        ([board(), board(), board()], "3 separate solids"),
    ],
)
def test_what_is_no_single_solid_is_told_by_name(shape: Any, says: str) -> None:
    with pytest.raises(CsmError, match=says) as caught:
        topods(shape)
    assert caught.value.remedy


def test_a_bought_thing_may_have_several_solids() -> None:
    two = [board(), moved(board(), Pose.at(z=100))]
    assert measure(topods(two, several=True)).volume == pytest.approx(2 * 300 * 200 * 18)


def test_bytes_do_not_know_the_process_or_its_hash_seed() -> None:
    here, root = Path(__file__).parent, Path(__file__).parents[2]
    sums = {
        subprocess.run(
            [sys.executable, "-c", BUILD, str(here), str(root)],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    hole = moved(extruded(Outline.circle(50, 50, 8), 40), Pose.at(z=-5))
    assert sums == {hashlib.sha256(to_brep(cut(board(), hole))).hexdigest() + "\n"}


def test_meshing_and_measuring_leave_the_bytes_as_they_are() -> None:
    part = cut(board(), extruded(Outline.circle(50, 50, 8), 40))
    before = to_brep(part)
    BRepMesh_IncrementalMesh(part, 0.1)
    measure(part)
    assert to_brep(part) == before


def test_a_shape_survives_its_bytes_and_its_bytes_survive_it() -> None:
    part = moved(board(), Pose.at(1, 2, 3, rx=30))
    again = from_brep(to_brep(part))
    assert measure(again) == measure(part)
    assert to_brep(again) == to_brep(part)


@pytest.mark.parametrize("data", [b"", b"not a shape at all"])
def test_bytes_that_hold_no_shape_are_an_error(data: bytes) -> None:
    with pytest.raises(CsmError, match="cannot be read"):
        from_brep(data)


def test_the_box_is_exact_and_follows_the_pose() -> None:
    ball_end = Outline(((0, 0, 0), (100, 0, 1.0), (100, 50, 0), (0, 50, 0)))
    found = measure(moved(extruded(ball_end, 10), Pose.at(1, 2, 3)))
    assert [v for corner in found.box for v in corner] == pytest.approx([1, 2, 3, 126, 52, 13], abs=1e-6)
    assert found.center[2] == pytest.approx(8)
    assert found.area == pytest.approx(2 * ball_end.area + 10 * ball_end.length)


@pytest.mark.parametrize("cad", ["build123d", "cadquery"])
def test_a_prism_has_the_area_of_its_outline_times_its_depth(cad: Any) -> None:
    region = Region(
        Outline(((0, 0, 0), (100, 0, 0.4), (100, 50, 0), (0, 50, -0.3))), (Outline.circle(50, 25, 10),)
    )
    solid = prism(region, 18, cad)
    assert type(solid).__module__.startswith(cad)
    assert measure(solid).volume == pytest.approx(region.area * 18, rel=1e-9)
    assert measure(prism(region.outline.reversed(), 18, cad)).volume > 0


def test_prisms_join_and_cut_solids_of_their_library() -> None:
    circle = Outline.circle(0, 0, 10)
    left = bd.Box(100, 100, 10) - prism(circle, 20)
    assert left.volume == pytest.approx(100_000 - math.pi * 25 * 5)
    other = cq.Workplane().box(100, 100, 10).cut(prism(circle, 20, "cadquery"))
    assert other.val().Volume() == pytest.approx(left.volume)


def test_a_circle_becomes_one_cylinder_face() -> None:
    assert len(prism(Outline.circle(3, 4, 10), 5).faces()) == 3


@pytest.mark.parametrize(
    "outline",
    [
        Outline.polygon([(0, 0), (10, 10), (10, 0), (0, 10)]),
        Outline.polygon([(0, 0), (10, 0)]),
        Outline.polygon([(0, 0), (0, 0), (0, 0)]),
    ],
)
def test_an_outline_that_encloses_nothing_is_an_error(outline: Outline) -> None:
    with pytest.raises(CsmError, match="crosses itself or encloses nothing"):
        prism(outline, 5)


@pytest.mark.parametrize("depth", [0.0, -1.0, math.nan])
def test_a_prism_needs_a_depth(depth: float) -> None:
    with pytest.raises(CsmError, match="not above zero"):
        prism(Outline.circle(0, 0, 5), depth)


def test_build123d_knows_the_volume_of_a_prism():
    assert prism(Outline.rectangle(0, 0, 20, 10), 5).volume == pytest.approx(1000)
