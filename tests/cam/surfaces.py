# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Meshes, cutters and brute force for tests of surfacing."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st
from scipy.spatial import Delaunay
from sheets import SHOP

from csmkit.cam.cutter import Cutter
from csmkit.cam.feeds import feed_of
from csmkit.cam.proof.interpret import Step
from csmkit.cam.surface.mesh import Mesh
from csmkit.model.cam import Move
from csmkit.model.machine import Tool

Graph = Callable[[np.ndarray, np.ndarray], np.ndarray]  # x, y -> z
BALL = Tool("ball6", "ball nose 6 mm, two flutes", "ball", 6.0, 2, 25.0, "test")
FLAT = Tool("em6", "end mill 6 mm, two flutes", "flat", 6.0, 2, 25.0, "test")


def cutter(tool: Tool = BALL) -> Cutter:
    return Cutter(tool, feed_of(tool, "birch-ply", SHOP), SHOP.cam)


def graph(height: Graph, box: tuple[float, float, float, float], n: int) -> Mesh:
    """A surface over a rectangle as n × n squares of two triangles."""
    x, y = np.meshgrid(np.linspace(box[0], box[2], n + 1), np.linspace(box[1], box[3], n + 1), indexing="ij")
    i, j = (a.ravel() for a in np.meshgrid(np.arange(n), np.arange(n), indexing="ij"))
    a, b = i * (n + 1) + j, (i + 1) * (n + 1) + j
    faces = np.vstack([np.column_stack([a, b, b + 1]), np.column_stack([a, b + 1, a + 1])])
    return Mesh.of(np.column_stack([x.ravel(), y.ravel(), height(x, y).ravel()]), faces)


@st.composite
def terrains(draw, size: float = 12.0, most: int = 12) -> Mesh:
    """Random facets over a square, flat to steep."""
    n = draw(st.integers(4, most))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    steep = draw(st.sampled_from([0.0, 0.5, 3.0, 8.0]))
    xy = np.vstack([rng.uniform(0, size, (n, 2)), [(0, 0), (size, 0), (0, size), (size, size)]])
    z = -rng.uniform(0, 1, len(xy)) * steep - 1
    return Mesh.of(np.column_stack([xy, z]), Delaunay(xy).simplices)


def touch(points: np.ndarray, kind: str, radius: float, place: np.ndarray) -> np.ndarray:
    """Height of the tip when the cutter touches each of some points; minus infinity beside it."""
    far = np.sum((points[:, :2] - place) ** 2, axis=1)
    room = radius**2 - far
    z = points[:, 2] + (np.sqrt(np.maximum(room, 0)) - radius if kind == "ball" else 0.0)
    return np.where(room >= -1e-12, z, -np.inf)


def dropped(mesh: Mesh, kind: str, radius: float, place: np.ndarray) -> float:
    """Height of the tip by brute force: triangle by triangle, points denser and denser about the best."""
    return max(_on(mesh.vertices[t], kind, radius, place) for t in mesh.triangles)


def _on(corners: np.ndarray, kind: str, radius: float, place: np.ndarray) -> float:
    best = max(_along(corners[i], corners[(i + 1) % 3], kind, radius, place) for i in range(3))
    if kind == "flat":
        return max(best, _on_rim(corners, radius, place))
    u, v = (a.ravel() for a in np.meshgrid(np.linspace(-1, 1, 25), np.linspace(-1, 1, 25)))
    at, size = np.array([0.5, 0.5]), 0.5
    for _ in range(40):
        share = np.clip(at + size * np.column_stack([u, v]), 0, 1)
        share = share[share.sum(axis=1) <= 1]
        z = touch(corners[0] + share @ (corners[1:] - corners[0]), kind, radius, place)
        if np.max(z, initial=-np.inf) == -np.inf:
            return best
        best, at, size = max(best, float(np.max(z))), share[np.argmax(z)], size * 0.6
    return best


def _on_rim(corners: np.ndarray, radius: float, place: np.ndarray) -> float:
    """The best of a triangle below the rim of a flat cutter."""
    best, at, size = -np.inf, 0.0, math.pi
    for _ in range(12):
        turn = at + size * np.linspace(-1, 1, 2001)
        rim = place + radius * np.column_stack([np.cos(turn), np.sin(turn)])
        frame = (corners[1:, :2] - corners[0, :2]).T
        if abs(np.linalg.det(frame)) < 1e-12:
            return best
        share = np.linalg.solve(frame, (rim - corners[0, :2]).T).T
        inside = np.all(share >= 0, axis=1) & (share.sum(axis=1) <= 1)
        if not np.any(inside):
            return best
        z = np.where(inside, corners[0, 2] + share @ (corners[1:, 2] - corners[0, 2]), -np.inf)
        best, at, size = max(best, float(np.max(z))), float(turn[np.argmax(z)]), size * 0.1
    return best


def _along(a: np.ndarray, b: np.ndarray, kind: str, radius: float, place: np.ndarray) -> float:
    """The best of an edge: it has one summit between where it enters and leaves the cutter's circle."""
    way = b - a
    square = float(way[:2] @ way[:2])
    foot, room = float((place - a[:2]) @ way[:2]), float(radius**2 - (place - a[:2]) @ (place - a[:2]))
    root = foot**2 + square * room
    if square == 0 or root < 0:
        return float(np.max(touch(np.array([a, b]), kind, radius, place)))
    low, high = max((foot - root**0.5) / square, 0.0), min((foot + root**0.5) / square, 1.0)
    if low > high:
        return -np.inf
    best = -np.inf
    for _ in range(30):
        share = np.linspace(low, high, 40)
        z = touch(a + share[:, None] * way, kind, radius * (1 + 1e-12), place)
        best, k = max(best, float(np.max(z))), int(np.argmax(z))
        low, high = share[max(k - 1, 0)], share[min(k + 1, 39)]
    return best


def steps(runs: Iterable[np.ndarray], tool: Tool) -> list[tuple[Step, Tool]]:
    """Runs as moves that can be swept."""
    return [
        (Step(tuple(a), Move("line", tuple(b), 1000.0), 1, 1, 18000.0), tool)
        for run in runs
        for a, b in pairwise(run.tolist())
    ]


def samples(run: np.ndarray, step: float = 0.05) -> np.ndarray:
    """Points along a run, close together."""
    counts = [max(int(np.linalg.norm(b - a) / step), 1) + 1 for a, b in pairwise(run)]
    legs = zip(pairwise(run), counts, strict=True)
    return np.vstack([a + np.linspace(0, 1, n)[:, None] * (b - a) for (a, b), n in legs])
