# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Proof of a program that cuts a surface: the written text, swept over cells, against the mesh itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.ndimage import binary_erosion, maximum_filter, minimum_filter
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from csmkit.cam.proof.heights import Grid, Heights, Surface, compare_heights, sweep_heights
from csmkit.cam.proof.interpret import Step, interpret
from csmkit.cam.prove import prove
from csmkit.model.cam import ProgramText, Proof, Setup
from csmkit.model.machine import Machine, Tool
from csmkit.model.outline import Outline
from csmkit.model.workshop import CamRules

MARGIN = 1.0  # mm of cells around what is looked at
CHUNK = 2_000_000  # cells at once: bounds the memory
RIM = 2  # cells at the surface's border that don't count: it falls away within a cell there
STEP = 2.5  # mm that a surface may fall from cell to cell but one, 79°; steeper is a wall


def prove_surface(
    texts: Sequence[ProgramText],
    setup: Setup,
    machine: Machine,
    rules: CamRules,
    mesh: tuple[NDArray[np.float64], NDArray[np.int64]],
    floor: float,
    bridges: Sequence[Outline] = (),
) -> tuple[Proof, Surface]:
    """Interpret programs, see to their moves as to any program's, and compare what they leave with a mesh.

    Args:
        setup: lists the cut of the surface.
        mesh: vertices (n, 3), mm in the setup's frame, and triangles (m, 3); seen from above it is wanted.
        floor: what lies lower is not wanted from this side, mm.
        bridges: seen from above, that hold the part until it is cut free; what is left about them is not
            counted, a cut into the part there is.
    Returns: the proof with all faults, and how the surface compares.
    """
    proof = prove(texts, setup, machine, rules)
    vertices, triangles = mesh
    used = vertices[np.unique(triangles)]
    x0, y0 = (used[:, :2].min(axis=0) - MARGIN).tolist()
    x1, y1 = (used[:, :2].max(axis=0) + MARGIN).tolist()
    grid = Grid(x0, y0, 1, 1)
    grid = replace(grid, columns=int((x1 - x0) / grid.cell) + 1, rows=int((y1 - y0) / grid.cell) + 1)
    wanted = seen_from_above(vertices, triangles, grid)
    mask = binary_erosion(wanted > floor, iterations=RIM) & _reached(setup, texts, grid)
    spared = np.zeros_like(mask)
    radius = _radius(texts)
    for bridge in bridges:
        spared |= _cells([Polygon(bridge.points(0.01)).buffer(radius)], grid)
    heights = sweep_heights(_steps(texts), grid)
    found = _compare(heights, np.maximum(wanted, np.float32(floor)), grid, mask, spared)
    return replace(proof, faults=(*proof.faults, *found.faults)), found


def _compare(
    heights: Heights, wanted: Heights, grid: Grid, mask: NDArray[np.bool_], spared: NDArray[np.bool_]
) -> Surface:
    """At walls, which stand within a cell, and about bridges only a cell below all around it is a gouge."""
    lowest = minimum_filter(wanted, 3)
    wall = (maximum_filter(wanted, 3) - lowest > STEP) | spared
    found = compare_heights(heights, wanted, grid, mask & ~wall)
    at_walls = compare_heights(heights, lowest, grid, mask & wall)
    gouges = tuple(f for f in at_walls.faults if f.kind == "gouge")
    deepest = max(found.deepest, at_walls.deepest)
    gouged = found.gouged + at_walls.gouged
    return replace(found, gouged=gouged, deepest=deepest, faults=(*found.faults, *gouges))


def _reached(setup: Setup, texts: Sequence[ProgramText], grid: Grid) -> NDArray[np.bool_]:
    """Cells that the cutters' middles may come to, by what the setup allows them to sweep."""
    radius = _radius(texts)
    swept = [Polygon(cut.region.outline.points(0.01)) for cut in setup.cuts if cut.kind == "surface"]
    return _cells([area.buffer(-radius) for area in swept], grid)


def _radius(texts: Sequence[ProgramText]) -> float:
    """Of the widest cutter, mm."""
    return max(t.diameter / 2 for one in texts for _, t in one.tools if t.kind in ("flat", "ball"))


def _cells(areas: Sequence[BaseGeometry], grid: Grid) -> NDArray[np.bool_]:
    """Cells whose middles lie in one of some areas, to a cell along x."""
    place = shapely.union_all(list(areas))
    left, right = grid.x0, grid.x0 + (grid.columns - 1) * grid.cell
    ys = grid.y0 + np.arange(grid.rows) * grid.cell
    lines = shapely.linestrings([[(left, y), (right, y)] for y in ys.tolist()])
    parts, row = shapely.get_parts(shapely.intersection(lines, place), return_index=True)
    cells = np.zeros((grid.rows, grid.columns), dtype=bool)
    for part, j in zip(parts[~shapely.is_empty(parts)], row[~shapely.is_empty(parts)].tolist(), strict=True):
        x0, _, x1, _ = part.bounds
        _, columns = grid.window(x0, grid.y0, x1, grid.y0)
        cells[j, columns] = True
    return cells


def seen_from_above(vertices: NDArray[np.float64], triangles: NDArray[np.int64], grid: Grid) -> Heights:
    """Highest z of triangles over each cell's middle; minus infinity where none lies.

    Returns: (rows, columns), mm.
    """
    heights = np.full(grid.rows * grid.columns, -np.inf, dtype=np.float32)
    corners = vertices[triangles]
    low = np.ceil((corners[:, :, :2].min(axis=1) - (grid.x0, grid.y0)) / grid.cell).astype(np.int64)
    high = np.floor((corners[:, :, :2].max(axis=1) - (grid.x0, grid.y0)) / grid.cell).astype(np.int64)
    low, high = np.maximum(low, 0), np.minimum(high, (grid.columns - 1, grid.rows - 1))
    size = np.maximum(high - low + 1, 0)
    cells = size[:, 0] * size[:, 1]
    begin = 0
    while begin < len(cells):
        end = begin + max(int(np.searchsorted(np.cumsum(cells[begin:]), CHUNK)), 1)
        _rasterise(heights, corners[begin:end], low[begin:end], size[begin:end], grid)
        begin = end
    return heights.reshape(grid.rows, grid.columns)


def _rasterise(
    heights: Heights,
    corners: NDArray[np.float64],
    low: NDArray[np.int64],
    size: NDArray[np.int64],
    grid: Grid,
) -> None:
    """Raise cells to some triangles."""
    cells = size[:, 0] * size[:, 1]
    of = np.repeat(np.arange(len(cells)), cells)
    number = np.arange(len(of)) - np.repeat(np.cumsum(cells) - cells, cells)
    column, row = low[of, 0] + number % size[of, 0], low[of, 1] + number // size[of, 0]
    a, b, c = (corners[:, k] for k in range(3))
    double = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    flat = np.abs(double) < 1e-12
    safe = np.where(flat, 1.0, double)
    x, y = grid.x0 + column * grid.cell - a[of, 0], grid.y0 + row * grid.cell - a[of, 1]
    u = (x * (c - a)[of, 1] - y * (c - a)[of, 0]) / safe[of]
    v = (y * (b - a)[of, 0] - x * (b - a)[of, 1]) / safe[of]
    hit = (u >= -1e-9) & (v >= -1e-9) & (u + v <= 1 + 1e-9) & ~flat[of]
    z = a[of, 2] + u * (b - a)[of, 2] + v * (c - a)[of, 2]
    np.maximum.at(heights, (row * grid.columns + column)[hit], z[hit].astype(np.float32))


def _steps(texts: Sequence[ProgramText]) -> list[tuple[Step, Tool]]:
    """Cutting moves with the cutters that make surfaces."""
    steps = []
    for one in texts:
        tools = dict(one.tools)
        tools.setdefault(0, one.tools[0][1])
        for step in interpret(one.text).steps:
            tool = tools.get(step.tool)
            if tool is not None and tool.kind in ("flat", "ball") and step.is_sure:
                steps.append((step, tool))
    return steps
