# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A mesh is closed, wound outward, and holds the solid's volume."""

from __future__ import annotations

import build123d as bd
import numpy as np
import pytest
from hypothesis import assume, given, settings
from OCP.TopoDS import TopoDS_Shape
from solids import board, cut, panels, poses

from csmkit.errors import CsmError
from csmkit.geometry.measure import measure, volume
from csmkit.geometry.mesh import mesh, triangles
from csmkit.geometry.prism import extruded
from csmkit.geometry.shape import faces, moved, solids, to_brep
from csmkit.model.outline import Outline
from csmkit.model.pose import Pose


@settings(max_examples=25)
@given(panels(), poses)
def test_meshes_of_panels_close_and_hold_the_volume(panel: TopoDS_Shape, pose: Pose) -> None:
    assume(len(solids(panel)) == 1)
    part = moved(panel, pose)
    made = mesh(part)
    assert made.is_watertight
    assert made.is_winding_consistent
    assert made.volume == pytest.approx(volume(part), rel=0.005)
    assert made.area == pytest.approx(measure(part).area, rel=0.01)


@pytest.mark.parametrize(
    "shape",
    [
        bd.Sphere(20),
        bd.Torus(20, 5),
        bd.Cone(10, 0, 20),
        bd.Cylinder(2, 100),
        bd.fillet(bd.Box(9, 9, 9).edges(), 2),
    ],
)
def test_curved_solids_keep_their_volume_within_half_a_percent(shape: bd.Part) -> None:
    made = mesh(shape, tolerance=1.0)
    assert made.is_watertight
    assert made.volume == pytest.approx(shape.volume, rel=0.005)


def test_a_finer_tolerance_comes_closer() -> None:
    ball = bd.Sphere(50)
    coarse, fine = (abs(mesh(ball, t).volume - ball.volume) for t in (0.2, 0.01))
    assert fine < coarse / 3


def test_the_same_solid_gives_the_same_triangles_and_stays_unmeshed() -> None:
    part = cut(board(), extruded(Outline.circle(50, 50, 33), 40))
    before = to_brep(part)
    one, other = mesh(part), mesh(part)
    assert np.array_equal(one.vertices, other.vertices)
    assert np.array_equal(one.faces, other.faces)
    assert to_brep(part) == before


def test_a_solid_with_a_hole_in_its_skin_has_no_mesh() -> None:
    from test_checks import _solid_of

    with pytest.raises(CsmError, match="its mesh doesn't close"):
        mesh(_solid_of(faces(board())[:-1]))


@settings(max_examples=10)
@given(panels(), poses)
def test_shaded_triangles_look_outward_and_enclose_the_solid(panel: TopoDS_Shape, pose: Pose) -> None:
    part = moved(panel, pose)
    shown = triangles(part)
    corners = shown.vertices[shown.triangles].astype(float)
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    enclosed = np.einsum("ij,ij->", corners[:, 0] - corners.mean((0, 1)), across) / 6
    assert enclosed == pytest.approx(volume(part), rel=0.005)
    wide = np.linalg.norm(across, axis=1) > 1e-3
    facing = across[wide] / np.linalg.norm(across[wide], axis=1)[:, None]
    normals = shown.normals[shown.triangles[wide]].astype(float)
    assert (np.einsum("ik,ijk->ij", facing, normals) > 0.5).all()
