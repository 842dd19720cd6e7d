# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Soft light in pictures: corners darken, and things cast a soft shade on the ground."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from csmkit.geometry.camera import LENS, Camera

RADII = (0.006, 0.014, 0.03)  # of the picture's width: how far around a place it looks for what hides light
DIRECTIONS = 8  # pairs of opposite ones at each radius
REACH, FORGETS = 2.0, 0.5  # in radii: what stands so much nearer hides nothing, and how gently that begins
BLUR = 5  # pixels
STRONGEST = 0.55  # of the light at most goes in a corner
GRID = 256  # cells of the ground's longer side
LOW = 0.06  # of the scene's height: what stands lower than this shades the ground hard
SHADE = (0.22, 0.30)  # darkness below what hangs above the ground, and below what stands on it
SPREAD = (0.035, 0.012)  # of the ground's longer side: blur of both
ROOM = 0.15  # of the ground's longer side: beyond what stands on it
FADE = 0.05  # of the picture: the shade ends before its border


def corner_light(depth: NDArray[np.float32], camera: Camera) -> NDArray[np.float32]:
    """Share of the light that reaches each pixel past its neighbours, 1 on open faces.

    A place is dark where the middle between two opposite neighbours lies nearer to the eye than it: on a
    plane that middle is the place itself, whatever the plane's slope.

    Args:
        depth: (h, w), mm; infinite where nothing is.
    """
    h, w = depth.shape
    far = np.where(np.isfinite(depth), depth, camera.far).astype(np.float32)
    size = np.float32(2 * camera.pixel(h))
    hidden = np.zeros_like(far)
    margin = round(max(RADII) * w) + 1
    wide = np.pad(far, margin, mode="edge")
    for n, radius in enumerate(RADII):
        reach = radius * w
        for k in range(DIRECTIONS):
            angle = math.pi * (k + n / len(RADII)) / DIRECTIONS
            dx, dy = round(reach * math.cos(angle)), round(reach * math.sin(angle))
            span = np.float32(reach) * size
            beside = (
                wide[margin + s * dy : margin + s * dy + h, margin + s * dx : margin + s * dx + w]
                for s in (1, -1)
            )
            near = sum(_nearer(far - other, span) for other in beside)
            hidden += np.clip(near / span - np.float32(0.08), 0, 1)
    hidden *= np.float32(1.6 / (DIRECTIONS * len(RADII)))
    smooth = _blurred(np.clip(hidden, 0, 1), np.isfinite(depth))
    return 1 - np.float32(STRONGEST) * smooth


def ground_shade(triangles: NDArray[Any], camera: Camera, height: int) -> NDArray[np.float32]:
    """Darkness of the ground in a picture, 0 to 1; it lies as low as the lowest point, seen from above.

    Args:
        triangles: (m, 3, 3) corners of all that stands on it, mm.
        camera: looks down on it.
        height: rows of the picture.
    Returns: (height, width), 0 along the border.
    """
    low, high = triangles.reshape(-1, 3).min(0), triangles.reshape(-1, 3).max(0)
    side = float((high - low)[:2].max()) * (1 + 2 * ROOM)
    corner = (low + high)[:2] / 2 - side / 2
    flat = (triangles[:, :, :2] - corner) * (GRID / side)
    stands = triangles[:, :, 2].min(axis=1) < low[2] + LOW * (high[2] - low[2])
    dark: NDArray[np.float32] = np.zeros((GRID, GRID), np.float32)
    for chosen, shade, spread in zip((slice(None), stands), SHADE, SPREAD, strict=True):
        mask = Image.new("L", (GRID, GRID))
        draw = ImageDraw.Draw(mask)
        for corners in _unlike(flat[chosen].round()):
            draw.polygon(corners, fill=255)
        blurred = mask.filter(ImageFilter.GaussianBlur(spread * GRID))
        dark = 1 - (1 - dark) * (1 - np.float32(shade / 255) * np.asarray(blurred, np.float32))
    return _seen(dark, corner, side, float(low[2]), camera, height)


def _unlike(flat: NDArray[Any]) -> list[list[int]]:
    """Triangles that differ, six whole numbers below `GRID` each: most are smaller than a cell."""
    places = GRID ** np.arange(6)
    numbers = np.unique(np.clip(flat.reshape(-1, 6), 0, GRID - 1).astype(np.int64) @ places)
    found: list[list[int]] = (numbers[:, None] // places % GRID).tolist()
    return found


def _nearer(by: NDArray[np.float32], span: np.float32) -> NDArray[np.float32]:
    """How much nearer to the eye a neighbour counts: what stands far before a place leaves it its light."""
    return np.asarray(np.maximum(np.minimum(by, FORGETS * (REACH * span - by)), -span), np.float32)


def _blurred(values: NDArray[np.float32], counts: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Values from 0 to 1 without steps; what doesn't count has no part in it and gets 0."""
    soft = [
        np.asarray(Image.fromarray((255 * v).round().astype(np.uint8)).filter(ImageFilter.BoxBlur(BLUR)))
        for v in (np.where(counts, values, 0), counts.astype(np.float32))
    ]
    return np.where(counts, soft[0] / np.maximum(soft[1], 1).astype(np.float32), 0).astype(np.float32)


def _seen(
    dark: NDArray[np.float32], corner: NDArray[Any], side: float, z: float, camera: Camera, height: int
) -> NDArray[np.float32]:
    """The ground's darkness where each pixel's look meets it."""
    width = round(height * camera.aspect)
    tall = math.tan(math.radians(LENS / 2))
    x = (2 * (np.arange(width) + 0.5) / width - 1)[None, :] * tall * camera.aspect
    y = (1 - 2 * (np.arange(height) + 0.5) / height)[:, None] * tall
    right, up, back = (np.array(axis) for axis in (camera.right, camera.up, camera.back))
    looks = x[..., None] * right + y[..., None] * up - back
    down = np.where(looks[..., 2] < -1e-6, looks[..., 2], -np.inf)
    away = (z - camera.eye[2]) / down
    meets = (np.array(camera.eye[:2]) + away[..., None] * looks[..., :2] - corner) * (GRID / side) - 0.5
    cells = np.clip(np.where(np.isfinite(meets), meets, -1.0), -1, GRID)
    padded = np.pad(dark, 2)
    whole = np.floor(cells).astype(int)
    part = (cells - whole).astype(np.float32)
    column, row = whole[..., 0] + 2, whole[..., 1] + 2
    a, b = part[..., 0], part[..., 1]
    found = (1 - b) * ((1 - a) * padded[row, column] + a * padded[row, column + 1]) + b * (
        (1 - a) * padded[row + 1, column] + a * padded[row + 1, column + 1]
    )
    fade = np.minimum(_faded(width)[None, :], _faded(height)[:, None])
    return np.asarray(found * fade, np.float32)


def _faded(count: int) -> NDArray[np.float32]:
    """1 in the middle, 0 at both ends."""
    place = (np.arange(count) + 0.5) / count
    rise = np.clip((np.minimum(place, 1 - place) - 1 / count) / FADE, 0, 1)
    return np.asarray(rise * rise * (3 - 2 * rise), np.float32)
