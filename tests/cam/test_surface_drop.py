# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0

import math

import numpy as np
import pytest
from blade import blade
from hypothesis import given, settings
from hypothesis import strategies as st
from surfaces import dropped, graph, terrains

from csmkit.cam.surface.drop import DropCutter
from csmkit.cam.surface.mesh import Mesh
from csmkit.errors import CsmError

KINDS = pytest.mark.parametrize("kind", ["ball", "flat"])


@KINDS
@settings(max_examples=25)
@given(mesh=terrains(), radius=st.floats(0.3, 5), where=st.tuples(st.floats(-2, 14), st.floats(-2, 14)))
def test_the_dropped_cutter_is_as_high_as_brute_force_finds(
    kind: str, mesh: Mesh, radius: float, where: tuple[float, float]
) -> None:
    place = np.array(where)
    found, brute = DropCutter(mesh, kind, radius).heights(place[None])[0], dropped(mesh, kind, radius, place)
    if not math.isfinite(brute):
        assert found == -math.inf
    else:
        assert found == pytest.approx(brute, abs=1e-6)


@KINDS
def test_a_body_is_touched_where_its_surface_is(kind: str) -> None:
    body = blade(60, 20, 13, 12)
    skin = Mesh(body.vertices, body.top)
    both = Mesh(
        body.vertices, np.vstack([body.triangles, body.triangles[:, ::-1]])
    )  # no body: all may be touched
    places = np.random.default_rng(1).uniform((-2, -9), (62, 13), (400, 2))
    known = DropCutter(body, kind, 1.5).heights(places)
    np.testing.assert_allclose(known, DropCutter(skin, kind, 1.5).heights(places), atol=1e-12)
    np.testing.assert_allclose(known, DropCutter(both, kind, 1.5).heights(places), atol=1e-9)
    assert len(body.top) < 0.6 * len(body.triangles)


def test_a_ball_on_a_slope_touches_beside_its_tip() -> None:
    for angle in (0, 20, 45, 70):
        slope = math.tan(math.radians(angle))
        mesh = graph(lambda x, y, m=slope: m * x, (-20, -20, 20, 20), 5)
        z = DropCutter(mesh, "ball", 3.0).heights(np.array([[0.0, 0.0]]))[0]
        assert z == pytest.approx(3 / math.cos(math.radians(angle)) - 3)
        z = DropCutter(mesh, "flat", 3.0).heights(np.array([[0.0, 0.0]]))[0]
        assert z == pytest.approx(3 * slope)


def test_a_ball_rolls_over_a_sharp_edge_along_its_own_radius() -> None:
    mesh = Mesh.of([(-20, -20, 0), (0, -20, 0), (0, 20, 0), (-20, 20, 0)], [(0, 1, 2), (0, 2, 3)])
    x = np.linspace(0, 2.999, 50)
    z = DropCutter(mesh, "ball", 3.0).heights(np.column_stack([x, 0 * x]))
    np.testing.assert_allclose(z, np.sqrt(9 - x**2) - 3, atol=1e-9)
    assert DropCutter(mesh, "ball", 3.0).heights(np.array([[3.001, 0.0]]))[0] == -math.inf


def test_meshes_that_are_none_are_told() -> None:
    with pytest.raises(CsmError, match="no triangle"):
        Mesh.of([(0, 0, 0), (1, 0, 0), (2, 0, 0)], [(0, 1, 2)])
    with pytest.raises(CsmError, match="vertex 1 of the mesh is no place"):
        Mesh.of([(0, 0, 0), (1, math.nan, 0), (2, 1, 0)], [(0, 1, 2)])
    with pytest.raises(CsmError, match="names a vertex that it does not have, it has 3"):
        Mesh.of([(0, 0, 0), (1, 0, 0), (2, 1, 0)], [(0, 1, 3)])


@given(width=st.floats(10, 2000), thickness=st.floats(1, 60))
def test_turned_over_twice_is_as_before(width: float, thickness: float) -> None:
    mesh = blade(60, 20, 4, 5)
    twice = mesh.turned_over(width, thickness).turned_over(width, thickness)
    np.testing.assert_allclose(twice.vertices, mesh.vertices, atol=1e-9)
