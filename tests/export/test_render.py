# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Shaded pictures: the whole model is in them, on a transparent ground, the same bytes every time."""

from __future__ import annotations

import io
import math
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from build123d import Box, Cylinder, Pos
from numpy.typing import NDArray
from PIL import Image

from csmkit.export.finish import BOUGHT, TYRE, bought_finish, finish_of
from csmkit.export.pieces import Piece
from csmkit.export.render.picture import Model, model, picture
from csmkit.geometry.camera import LENS, framed
from csmkit.geometry.edges import sharp_edges
from csmkit.geometry.mesh import triangles
from csmkit.geometry.shading import PATTERNS
from csmkit.geometry.shape import topods
from csmkit.model.pose import Pose, Vector

DOWN: Vector = (0.0, 0.0, 1.0)


def plate(
    x: float = 300, y: float = 300, z: float = 12, grain: str | None = "x", key: str = "birch-ply"
) -> Piece:
    return Piece("plate", topods(Box(x, y, z)), (Pose(),), finish_of(key), grain)  # type: ignore[arg-type]


def pixels(data: bytes) -> NDArray[np.int64]:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGBA")).astype(int)


def models() -> list[Model]:
    post = Piece("post", topods(Box(40, 40, 500)), (Pose.at(100, 0, 250), Pose.at(-90, 30, 250)), BOUGHT)
    return [model(plate()), model(post)]


@pytest.mark.parametrize("towards", [(1.0, -1.4, 0.9), (0.0, -0.45, 1.0), DOWN, (-1.0, 0.2, -0.4)])
@pytest.mark.parametrize("aspect", [4 / 3, 1.0])
def test_every_point_is_in_the_frame_and_none_is_wasted(towards: Vector, aspect: float) -> None:
    points = np.random.default_rng(1).normal(0, (400, 90, 200), (500, 3))
    camera = framed(points, towards, aspect, margin=0.04)
    seen = (points - camera.eye) @ np.array([camera.right, camera.up, camera.back]).T
    slope = math.tan(math.radians(LENS / 2))
    x, y = seen[:, 0] / -seen[:, 2] / (slope * aspect), seen[:, 1] / -seen[:, 2] / slope
    assert (seen[:, 2] < 0).all()
    assert max(abs(x).max(), abs(y).max()) == pytest.approx(1 - 2 * 0.04, abs=1e-4)
    assert camera.near < -seen[:, 2].max() < -seen[:, 2].min() < camera.far


def test_two_sizes_show_the_whole_model_and_nothing_on_the_border() -> None:
    made = picture(models(), (120, 320))
    assert list(made) == [120, 320]
    for width, data in made.items():
        shown = pixels(data)
        assert shown.shape == (width * 3 // 4, width, 4)
        alpha = shown[..., 3]
        border = np.concatenate([alpha[0], alpha[-1], alpha[:, 0], alpha[:, -1]])
        assert border.max() == 0
        solid = np.argwhere(alpha > 250)
        reach = np.ptp(solid, axis=0) / np.array(alpha.shape)
        assert reach.max() > 0.85  # it fills the frame one way
        assert len(np.unique(shown[alpha > 250][:, :3], axis=0)) > 200  # light, shade and grain


def test_the_same_model_gives_the_same_bytes() -> None:
    assert picture(models(), (160,)) == picture(models(), (160,))


def test_the_ground_is_transparent_and_only_shaded_where_something_stands() -> None:
    top = replace(model(plate(400, 300)), poses=(Pose.at(0, 0, 400),))
    table = [top, models()[1]]
    on_ground, floating = (pixels(picture(table, (160,), is_grounded=g)[160]) for g in (True, False))
    soft = (on_ground[..., 3] > 8) & (on_ground[..., 3] < 120)
    assert soft.mean() > 0.02
    black = on_ground[soft][:, :3].max(axis=1) < 8  # it shades a light page and hides on a dark one
    assert black.mean() > 0.8  # the rest: the edges of what stands there
    assert ((floating[..., 3] > 8) & (floating[..., 3] < 120)).mean() < 0.02


def test_the_shade_of_what_stands_on_a_foot_is_in_the_picture_whole() -> None:
    top = Piece("top", topods(Pos(0, 0, 200) * Cylinder(200, 20)), (Pose(),), finish_of("mdf"))
    foot = Piece("foot", topods(Pos(0, 0, 100) * Cylinder(20, 200)), (Pose(),), BOUGHT)
    alpha = pixels(picture([model(top), model(foot)], (160,))[160])[..., 3]
    soft = np.where(alpha < 120, alpha, 0)
    ground = int(np.bincount(soft[soft > 8]).argmax())  # how dark it is below the top
    assert soft[-16].max() > 0.9 * ground
    assert soft[-6].max() < 0.6 * ground  # it fades out, and is not cut off


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system brings OpenGL")
def test_without_opengl_one_line_says_what_to_install(tmp_path: Path) -> None:
    script = tmp_path / "draw.py"
    script.write_text(
        "from build123d import Box\n"
        "from csmkit.errors import CsmError\n"
        "from csmkit.export.finish import BOUGHT\n"
        "from csmkit.export.pieces import Piece\n"
        "from csmkit.export.render.picture import model, picture\n"
        "from csmkit.geometry.shape import topods\n"
        "from csmkit.model.pose import Pose\n"
        "try:\n"
        "    print(len(picture([model(Piece('a', topods(Box(1, 2, 3)), (Pose(),), BOUGHT))], (64,))))\n"
        "except CsmError as error:\n"
        "    print(error)\n"
    )
    bare = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    bare |= {"__EGL_VENDOR_LIBRARY_DIRS": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, str(script)], env=bare, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    [said] = done.stdout.splitlines()
    assert said == "1" or "libegl1" in said  # drawn by OSMesa, where there is one


@pytest.mark.parametrize(("key", "grain"), [("birch-ply", "x"), ("birch-ply", "y"), ("spruce", "x")])
def test_the_grain_runs_along_its_axis(key: str, grain: str) -> None:
    data = picture([model(plate(grain=grain, key=key))], (320,), 1.0, towards_eye=DOWN)[320]
    face = pixels(data)[80:240, 80:240, :3].sum(axis=2)
    along_x, along_y = np.abs(np.diff(face, axis=1)).mean(), np.abs(np.diff(face, axis=0)).mean()
    along, across = (along_x, along_y) if grain == "x" else (along_y, along_x)
    assert across > 1.5 * along
    assert across > 0.5


def test_plywood_shows_its_layers_at_the_edge_and_steel_has_none() -> None:
    looks = {}
    for key in ("birch-ply", "steel-s235"):
        piece = plate(60, 60, 21, key=key)
        shown = pixels(picture([model(piece)], (320,), towards_eye=(0.0, -1.0, 0.0), is_grounded=False)[320])
        column = shown[:, 160, :3].sum(axis=1)[shown[:, 160, 3] > 250][6:-6]
        looks[key] = int((np.abs(np.diff(column)) > 25).sum())
    assert looks["birch-ply"] >= 6
    assert looks["steel-s235"] == 0


def test_edges_are_those_of_the_solid_without_seams() -> None:
    box = sharp_edges(triangles(topods(Box(30, 20, 10))))
    assert len(box) == 12
    assert np.linalg.norm(box[:, 0] - box[:, 1], axis=1).sum() == pytest.approx(4 * (30 + 20 + 10))
    rims = sharp_edges(triangles(topods(Cylinder(20, 50)), 0.01))
    assert np.ptp(rims[:, :, 2], axis=1).max() == pytest.approx(0)  # no line along the cylinder
    length = np.linalg.norm(rims[:, 0] - rims[:, 1], axis=1).sum()
    assert length == pytest.approx(2 * math.pi * 40, rel=0.02)


def test_a_wheel_has_a_tyre() -> None:
    both = topods([Cylinder(20, 40), Cylinder(200, 30) - Cylinder(150, 30)], several=True)
    first, second = model(Piece("wheel", both, (Pose(),), finish_of("alu"), outer=TYRE)).solids
    assert first.finish == TYRE
    assert np.ptp(first.vertices[:, 0]) == pytest.approx(400, rel=0.01)
    assert second.finish == finish_of("alu")
    assert np.ptp(second.vertices[:, 0]) == pytest.approx(40, rel=0.01)


def test_a_pair_of_touching_plates_is_darker_in_its_corner() -> None:
    wall = Piece("wall", topods(Pos(0, 150, 150) * Box(300, 12, 300)), (Pose(),), finish_of("mdf"))
    floor = plate(key="mdf")
    lone = pixels(picture([model(floor)], (200,), 1.0, towards_eye=DOWN, is_grounded=False)[200])
    both = pixels(picture([model(floor), model(wall)], (200,), 1.0, (0.0, -1.0, 1.2), is_grounded=False)[200])
    column = both[:, 100, :3].sum(axis=1)
    rows = np.flatnonzero(both[:, 100, 3] > 250)
    halfway = rows[len(rows) * 3 // 4]
    corner = column[rows].min()
    assert corner < 0.85 * column[halfway]
    assert lone[100, 100, :3].sum() > corner


@pytest.mark.parametrize(
    ("kind", "described", "like"),
    [
        ("reflector", "reflector red red reflector, category Z", "red"),
        ("magnet", "block magnet 46x30x10 N40 neodymium block magnet, nickel plated", "nickel"),
        ("washer", "ISO 7089 M8 plain washer", "zinc"),
        ("hub", "bearing hub 4x100 wheel hub", "iron"),
    ],
)
def test_bought_things_look_like_what_they_are(kind: str, described: str, like: str) -> None:
    assert bought_finish(kind, described) == finish_of(like)


def test_every_finish_has_a_pattern_that_can_be_drawn() -> None:
    keys = (
        "birch-ply",
        "birch-ply-film",
        "spruce",
        "mdf",
        "steel-s235",
        "petg",
        "copper-coil",
        "filled-resin",
    )
    assert {finish_of(key).pattern for key in keys} <= set(PATTERNS)
    assert finish_of("spruce").pattern == "wood"
    assert finish_of("birch-ply").pattern == "ply"
