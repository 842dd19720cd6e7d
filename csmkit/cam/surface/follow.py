# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Straight ways seen from above that follow a surface: as few points as keep near it.

Source: Douglas and Peucker 1973, for the points that are left out (as in GEOS).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import shapely

from csmkit.cam.surface.bins import expand
from csmkit.cam.surface.mesh import Floats, Indices, Mask

Height = Callable[[Floats], Floats]  # (n, 2) places -> (n,) heights of the cutter's tip, mm
SURE = 0.25  # of the chord error: a corner in an interval shows as half of its bend at either end
LONGER = 1.2  # than on a level may an interval on a slope be
HALVINGS = 6  # at most, of an interval: at a step of the surface two points are then some 0.01 mm apart


def sample_step(radius: float, chord: float) -> float:
    """Distance of samples between which nothing can rise by more than a chord error, mm.

    What a ball rides over lifts it along an arc of its own radius at the tightest; so what rises above two
    samples and the straight between them by h is at least as long as the arc's chord of that height.
    """
    return math.sqrt(8 * radius * chord)


def follow(lines: Floats, height: Height, step: float, chord: float) -> list[Floats]:
    """Points along lines at the height of the surface, denser where it bends.

    Args:
        lines: (k, 4), x, y of start and end, mm.
        height: of the cutter's tip.
        step: greatest distance of samples on a level, mm.
        chord: greatest distance of a straight move from the surface, mm.
    Returns: for each line (n, 3), mm, its ends included.
    """
    if not len(lines):
        return []
    lengths = np.hypot(lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1])
    counts = np.maximum(np.ceil(lengths / step - 1e-9).astype(np.int64), 1) + 1
    owner, inner = expand(counts)
    share = inner / (counts - 1)[owner]

    def at(owner: Indices, share: Floats) -> Floats:
        return height(lines[owner, :2] + share[:, None] * (lines[owner, 2:] - lines[owner, :2]))

    z, fresh = at(owner, share), np.ones(len(owner), dtype=bool)
    for _ in range(HALVINGS):
        along = share * lengths[owner]
        left = np.flatnonzero(fresh & (_bent(owner, along, z, chord) | _long(owner, along, z, step)))
        if not len(left):
            break
        middle = (share[left] + share[left + 1]) / 2
        fresh = np.insert(np.zeros_like(fresh), left + 1, True)
        fresh[left + np.arange(len(left))] = True
        share, z = (
            np.insert(share, left + 1, middle),
            np.insert(z, left + 1, at(owner[left], middle)),
        )
        owner = np.insert(owner, left + 1, owner[left])
    return _thinned(lines, lengths, (owner, share, z), chord / 2)


def _bent(owner: Indices, along: Floats, z: Floats, chord: float) -> Mask:
    """Intervals, by their first point, at an end of which the surface seems to bend too much."""
    same = owner[1:] == owner[:-1]
    run, rise = np.diff(along), np.diff(z)
    slope = np.divide(rise, run, out=np.zeros_like(rise), where=same & (run > 0))
    bend = np.zeros(len(z))
    bend[1:-1] = np.where(same[1:] & same[:-1], np.abs(np.diff(slope)), 0.0)
    most = np.maximum(bend[1:], bend[:-1]) * run / 8 * _cosine(rise, run)
    return np.append(same & (most > chord * SURE), False)


def _long(owner: Indices, along: Floats, z: Floats, step: float) -> Mask:
    """Intervals, by their first point, that a slope makes too long for what may hide between samples."""
    run, rise = np.diff(along), np.diff(z)
    return np.append((owner[1:] == owner[:-1]) & (np.hypot(run, rise) > LONGER * step) & (run > 0), False)


def _cosine(rise: Floats, run: Floats) -> Floats:
    way = np.hypot(rise, run)
    return np.divide(run, way, out=np.ones_like(way), where=way > 0)


def _thinned(
    lines: Floats, lengths: Floats, samples: tuple[Indices, Floats, Floats], tolerance: float
) -> list[Floats]:
    owner, share, z = samples
    keep = _kept(np.column_stack([share * lengths[owner], z]), owner, tolerance)
    owner, share, z = owner[keep], share[keep], z[keep]
    places = lines[owner, :2] + share[:, None] * (lines[owner, 2:] - lines[owner, :2])
    ends = np.flatnonzero(np.diff(owner)) + 1
    return np.split(np.column_stack([places, z]), ends)


def _kept(coords: Floats, owner: Indices, tolerance: float) -> Indices:
    """Indices of the points of polylines that stay; (n, 2) points, (n,) ascending numbers of polylines."""
    numbered = np.column_stack([coords, np.arange(len(coords), dtype=np.float64)])
    simple = shapely.simplify(
        shapely.linestrings(numbered, indices=owner), tolerance, preserve_topology=False
    )
    kept = shapely.get_coordinates(simple, include_z=True)[:, 2]
    return np.asarray(np.round(kept), dtype=np.int64)


def joined(pieces: Sequence[Floats]) -> Floats:
    """Ways one after the other, points that double left out."""
    points = np.vstack(list(pieces))
    new = np.any(np.abs(np.diff(points, axis=0)) > 1e-9, axis=1)
    kept: Floats = points[np.concatenate([[True], new])]
    return kept
