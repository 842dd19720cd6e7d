# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Shaded pictures of a kit: WebP on a transparent ground, the whole model in the frame."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from csmkit.export.finish import Finish
from csmkit.export.pieces import Piece
from csmkit.export.render.view import FROM_FRONT_RIGHT, front_right
from csmkit.geometry.camera import framed
from csmkit.geometry.edges import sharp_edges
from csmkit.geometry.mesh import triangles
from csmkit.geometry.render import Look, Surface, shoot
from csmkit.geometry.shape import solids
from csmkit.geometry.soft_light import corner_light, ground_shade
from csmkit.model.pose import Pose, Vector

TOLERANCE = 0.4  # mm of chord on arcs: under half a pixel of a kit that is a metre wide
SMOOTH, DRAWN = 2, 384  # pixels drawn for one of the largest size, each way; and in a row at least
SHIFT = (137.3, 71.9)  # mm along and across from copy to copy: no two boards have the same figure
QUALITY = 84  # of WebP's 100: plies stay clean
SLENDER, LEAN = 1.8, 45.0  # times as tall as wide; degrees
AXES = "xyz"


@dataclass(frozen=True)
class Solid:
    """A solid in its piece's own frame, ready to be placed and drawn; arrays as of `Surface`."""

    finish: Finish
    vertices: NDArray[np.float32]
    normals: NDArray[np.float32]
    triangles: NDArray[np.uint32]
    grain: NDArray[np.float32]
    edges: NDArray[Any]


@dataclass(frozen=True)
class Model:
    """A piece as its solids, with its places."""

    name: str
    solids: tuple[Solid, ...]
    poses: tuple[Pose, ...]

    @property
    def box(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """Low and high corner in its own frame, mm."""
        points = np.concatenate([s.vertices for s in self.solids]).astype(float)
        return points.min(axis=0), points.max(axis=0)


def model(piece: Piece, tolerance: float = TOLERANCE) -> Model:
    """A piece with its triangles, edges and looks."""
    if piece.outer is None:
        return Model(piece.name, (_solid(piece.shape, piece.finish, piece.grain, tolerance),), piece.poses)
    found = [_solid(shape, piece.finish, None, tolerance) for shape in solids(piece.shape)]
    reach = [float(np.max(np.ptp(s.vertices, axis=0))) for s in found]
    outer = reach.index(max(reach))
    first = _solid(solids(piece.shape)[outer], piece.outer, None, tolerance)
    return Model(piece.name, (first, *found[:outer], *found[outer + 1 :]), piece.poses)


def view(models: Sequence[Model]) -> Vector:
    """From where models in their places are seen: towards the eye."""
    boxes = np.stack([corner for m in models for pose in m.poses for corner in placed_box(m, pose)])
    return front_right(boxes.min(axis=0), boxes.max(axis=0))


def placed_box(model: Model, pose: Pose) -> tuple[NDArray[Any], NDArray[Any]]:
    """Low and high corner of the turned box of a model where it stands, mm."""
    low, high = model.box
    rows = np.array(pose.rows)
    center = rows[:, :3] @ ((low + high) / 2) + rows[:, 3]
    half = np.abs(rows[:, :3]) @ ((high - low) / 2)
    return center - half, center + half


def alone(model: Model) -> Model:
    """One of it as it stands; what is slender, as a bolt, leans so that it fills a square."""
    low, high = model.box
    wide, deep, tall = (float(side) for side in high - low)
    x, y, _ = FROM_FRONT_RIGHT
    leans = tall > SLENDER * max(wide, deep)
    return replace(model, poses=(Pose.turned((0.0, 0.0, 0.0), (x, y, 0.0), LEAN if leans else 0.0),))


def picture(
    models: Sequence[Model],
    widths: Sequence[int],
    aspect: float = 4 / 3,
    towards_eye: Vector = FROM_FRONT_RIGHT,
    is_grounded: bool = True,
) -> dict[int, bytes]:
    """Models in their places, seen from a direction.

    Args:
        models: with their poses.
        widths: of the files, pixels.
        aspect: width by height.
        towards_eye: from the models to the eye.
        is_grounded: they stand on the ground and cast a soft shade on it.
    Returns: WebP files by their width.
    Raises: CsmError: this machine can draw nothing without a screen.
    """
    surfaces = _surfaces(models)
    points = np.concatenate([s.vertices for s in surfaces])
    if is_grounded:  # what is above the ground has its shade in the picture
        points = np.concatenate([points, points * (1, 1, 0) + (0, 0, points[:, 2].min())])
    camera = framed(points, towards_eye, aspect)
    widest = max(widths)
    height = round(widest / aspect)
    finer = max(SMOOTH, -(-DRAWN // widest))
    shot = shoot(surfaces, camera, widest * finer, finer)
    light = corner_light(shot.depth[::finer, ::finer], camera)
    cover = np.isfinite(shot.depth)[..., None] * np.uint8(255)
    fine = Image.fromarray(np.concatenate([shot.colours, cover], axis=2), "RGBA")
    seen = np.asarray(fine.resize((widest, height), Image.Resampling.BOX)).astype(np.float32)
    seen[..., :3] *= light[..., None]
    image = Image.fromarray(seen.round().astype(np.uint8), "RGBA")
    if is_grounded:
        corners = np.concatenate([s.vertices[s.triangles] for s in surfaces])
        image = _on_shade(image, ground_shade(corners, camera, height))
    return {
        width: _webp(image.resize((width, round(width / aspect)), Image.Resampling.LANCZOS))
        for width in widths  # of its own size it stays as it is
    }


def _solid(shape: Any, finish: Finish, grain: str | None, tolerance: float) -> Solid:
    shown = triangles(shape, tolerance)
    places = _grain(shown.vertices, grain)
    return Solid(finish, shown.vertices, shown.normals, shown.triangles, places, sharp_edges(shown))


def _grain(vertices: NDArray[np.float32], grain: str | None) -> NDArray[np.float32]:
    """(n, 4), as of `Surface`: without a grain along the longest side; the thinnest is the thickness."""
    low, size = vertices.min(axis=0), np.ptp(vertices, axis=0)
    along = AXES.index(grain) if grain else int(np.argmax(size))
    across, through = sorted((axis for axis in range(3) if axis != along), key=lambda axis: -size[axis])
    thick = np.full(len(vertices), max(float(size[through]), 1e-3))
    columns = [vertices[:, along], vertices[:, across], vertices[:, through] - low[through], thick]
    return np.stack(columns, axis=1).astype(np.float32)


def _surfaces(models: Sequence[Model]) -> list[Surface]:
    """All solids in their places, those of one look together."""
    placed: dict[Finish, list[Solid]] = {}
    for shown in models:
        for solid in shown.solids:
            copies = [_placed(solid, pose, n) for n, pose in enumerate(shown.poses)]
            placed.setdefault(solid.finish, []).extend(copies)
    return [_joined(finish, found) for finish, found in placed.items()]


def _placed(solid: Solid, pose: Pose, copy: int) -> Solid:
    rows = np.array(pose.rows)
    turn, shift = rows[:, :3].T, rows[:, 3]
    grain = solid.grain + np.array([SHIFT[0] * copy, SHIFT[1] * copy, 0, 0], np.float32)
    return Solid(
        solid.finish,
        (solid.vertices @ turn + shift).astype(np.float32),
        (solid.normals @ turn).astype(np.float32),
        solid.triangles,
        grain,
        solid.edges @ turn + shift,
    )


def _joined(finish: Finish, found: Sequence[Solid]) -> Surface:
    starts = np.cumsum([0] + [len(s.vertices) for s in found])[:-1]
    return Surface(
        Look(finish.rgb, finish.metallic, finish.roughness, finish.pattern),
        np.concatenate([s.vertices for s in found]),
        np.concatenate([s.normals for s in found]),
        np.concatenate([s.triangles + np.uint32(n) for s, n in zip(found, starts, strict=True)]),
        np.concatenate([s.grain for s in found]),
        np.concatenate([s.edges for s in found]),
    )


def _on_shade(image: Image.Image, dark: NDArray[np.float32]) -> Image.Image:
    """The picture over black of so much darkness."""
    black = np.zeros((*dark.shape, 4), np.uint8)
    black[..., 3] = (255 * dark).round()
    ground = Image.fromarray(black, "RGBA")
    ground.alpha_composite(image)
    return ground


def _webp(image: Image.Image) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "WEBP", quality=QUALITY, method=4)
    return stream.getvalue()
