# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""viewer.json.gz: what the page's 3D viewer loads, a model of 50 parts in some 100 kB."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csmkit.export.explode.exploded import Apart
from csmkit.export.finish import Finish
from csmkit.export.pieces import Piece
from csmkit.export.stage.shown import NOWHERE, Stage
from csmkit.geometry.measure import measure
from csmkit.geometry.shape import solids
from csmkit.geometry.viewer import Facets, facets, placement

FORMAT = 1
GRID = 0.01  # mm: coordinates are whole numbers of it
NORMAL = 60  # to the length of a normal: within a degree
MOST = 280_000  # bytes; a heavier model is made again, coarser
COARSER = (1.0, 1.6, 2.4)  # times as coarse, one after the other


def viewer_gz(
    name: str,
    pieces: Sequence[Piece],
    apart: Apart,
    bought: Collection[str] = (),
    stages: Sequence[Stage] = (),
    jigs: Collection[tuple[str, int]] = (),
) -> bytes:
    """An assembly for the viewer, compressed.

    Args:
        name: of the kit.
        pieces: with at least one place each.
        apart: how far each moves in the exploded view.
        bought: names of those that are bought.
        stages: pictures of the steps: which copies each step adds, and from where they come.
        jigs: name and number of the place of what is no part of the finished thing: shown in steps only.
    Returns: gzip of JSON, without clock and file name: `shapes`, each once, and `items` with the solids that
        they consist of, their places (`placement`), how far each is moved in the exploded view, mm, and with
        `stages` also the step that adds each and how far off it stands before; numbers of the places of jigs.
    """
    items = _places(pieces, apart, bought)
    if stages:
        _add_steps(items, pieces, stages)
    for item, piece in zip(items, pieces, strict=True):
        if beside := [n for n in range(len(piece.poses)) if (piece.name, n) in jigs]:
            item["jigs"] = beside
    eye = [round(c, 3) for c in apart.towards_eye]
    packed = b""
    for coarser in COARSER:
        shapes: list[Mapping[str, Any]] = []
        for item, piece in zip(items, pieces, strict=True):
            made = _solids(piece)
            item["solids"] = [{"shape": len(shapes) + n, **_look(f)} for n, (_, f) in enumerate(made)]
            shapes += [_shape(facets(shape, coarser)) for shape, _ in made]
        whole = {"format": FORMAT, "kit": name, "grid": GRID, "eye": eye, "items": items, "shapes": shapes}
        packed = gz(json.dumps(whole, separators=(",", ":"), sort_keys=True).encode())
        if len(packed) <= MOST:
            break
    return packed


def gz(data: bytes) -> bytes:
    """Gzip that says neither when nor on which system it was made."""
    stream = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=stream, mtime=0) as out:
        out.write(data)
    return stream.getvalue()


def _places(pieces: Sequence[Piece], apart: Apart, bought: Collection[str]) -> list[dict[str, Any]]:
    """Each item with its places, and the way that each copy goes when the kit is pulled apart."""
    return [
        {
            "name": piece.name,
            "bought": piece.name in bought,
            "poses": [[round(float(v), 5) + 0.0 for v in placement(pose)] for pose in piece.poses],
            "apart": [[round(c, 1) + 0.0 for c in shift] for shift in apart.shifts[piece.name]],
        }
        for piece in pieces
    ]


def _add_steps(items: Sequence[dict[str, Any]], pieces: Sequence[Piece], stages: Sequence[Stage]) -> None:
    """Number of the step that adds each copy, 0 for none, and the way that it comes, mm."""
    comes = {
        (shown.shape.name, pose): (stage.number, shift)
        for stage in stages
        for shown in stage.added
        for pose, shift in zip(shown.poses, shown.shifts, strict=True)
    }
    for item, piece in zip(items, pieces, strict=True):
        found = [comes.get((piece.name, pose), (0, NOWHERE)) for pose in piece.poses]
        item["steps"] = [number for number, _ in found]
        item["comes"] = [[round(float(c), 1) + 0.0 for c in shift] for _, shift in found]


def _solids(piece: Piece) -> list[tuple[Any, Finish]]:
    """The shapes of a piece with their looks: a wheel's tyre, which is the largest, apart from its rim."""
    if piece.outer is None:
        return [(piece.shape, piece.finish)]
    found = solids(piece.shape)
    reach = [max(high - low for low, high in zip(*measure(shape).box, strict=True)) for shape in found]
    outer = reach.index(max(reach))
    return [(shape, piece.outer if n == outer else piece.finish) for n, shape in enumerate(found)]


def _look(finish: Finish) -> dict[str, Any]:
    return {"colour": finish.colour, "metallic": finish.metallic, "roughness": finish.roughness}


def _shape(shown: Facets) -> dict[str, Any]:
    """A shape in whole numbers, each as its step from the one before; points once, all else by number."""
    ends = shown.edges.reshape(-1, 3)
    grid = np.round(np.concatenate([shown.vertices, ends, shown.corners]).astype(float) / GRID)
    points, index = _numbered(grid.astype(np.int64))
    at, edge_at = index[: len(shown.vertices)], index[len(shown.vertices) :]
    lines, corners = edge_at[: len(ends)].reshape(-1, 2), edge_at[len(ends) :]
    return {
        "points": [_steps(axis) for axis in points.T],
        "vertices": _steps(at),
        "normals": [_steps(axis) for axis in np.round(shown.normals * NORMAL).T],
        "triangles": _steps(shown.triangles),
        "faces": shown.face_triangles.tolist(),
        "face_types": shown.face_types.tolist(),
        "edges": _steps(_chains(lines, shown.edge_segments)),
        "segments": shown.edge_segments.tolist(),
        "edge_types": shown.edge_types.tolist(),
        "corners": _steps(corners),
    }


def _numbered(grid: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Different points in the order in which they come, and the number of each."""
    _, first, index = np.unique(grid, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return grid[np.sort(first)], rank[index.ravel()]


def _chains(lines: NDArray[np.int64], segments: NDArray[np.int32]) -> NDArray[np.int64]:
    """Each edge's first point, then the end of each of its segments: they follow one another."""
    starts = np.cumsum(segments)[:-1]
    chains = [np.concatenate([edge[:1, 0], edge[:, 1]]) for edge in np.split(lines, starts) if len(edge)]
    return np.concatenate(chains) if chains else np.empty(0, np.int64)


def _steps(values: NDArray[Any]) -> list[int]:
    """Differences of neighbours, which repeat where the values don't."""
    return [int(v) for v in np.diff(np.ravel(values).astype(np.int64), prepend=0)]
