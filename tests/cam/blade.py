# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A lofted blade by formula: chord, thickness and twist change along its length.

Source: thickness of the NACA four-digit sections, Abbott, von Doenhoff and Stivers, "Summary of Airfoil
Data", NACA report 824, 1945; trailing edge closed by the last coefficient -0.1036.
"""

from __future__ import annotations

import numpy as np

from csmkit.cam.surface.mesh import Mesh
from csmkit.model.outline import Outline


def half_thickness(x: np.ndarray) -> np.ndarray:
    """Of a section of thickness 1 and chord 1, at shares of the chord."""
    return 5 * (0.2969 * np.sqrt(x) - 0.1260 * x - 0.3516 * x**2 + 0.2843 * x**3 - 0.1036 * x**4)


def sections(length: float, chord: float, stations: int, around: int, twist: float) -> np.ndarray:
    """(stations, 2·around, 3) points, from the trailing edge over the top to the nose and back, mm."""
    share = np.linspace(0, 1, stations)[:, None]
    x = (1 + np.cos(np.linspace(0, np.pi, around + 1)))[None, :] / 2
    chords, thick = chord * (1 - 0.55 * share), 0.14 - 0.03 * share
    top = thick * half_thickness(x) + 0.03 * (1 - (2 * x - 1) ** 2)
    low = -thick * half_thickness(x) + 0.03 * (1 - (2 * x - 1) ** 2)
    y = np.hstack([np.repeat(x, stations, 0), np.repeat(x[:, -2:0:-1], stations, 0)]) - 0.4
    z = np.hstack([top, low[:, -2:0:-1]])
    angle = np.radians(twist * (1 - share))
    c, s = np.cos(angle), np.sin(angle)
    return np.stack(
        [np.broadcast_to(share * length, y.shape), chords * (c * y + s * z), chords * (c * z - s * y)],
        axis=-1,
    )


def blade(
    length: float = 1200.0, chord: float = 150.0, stations: int = 101, around: int = 60, twist: float = 4.0
) -> Mesh:
    """A closed body; x along it, its axis at y = z = 0."""
    rings = sections(length, chord, stations, around, twist)
    n, m = rings.shape[:2]
    i, j = (a.ravel() for a in np.meshgrid(np.arange(n - 1), np.arange(m), indexing="ij"))
    k = (j + 1) % m
    a, b, c, d = i * m + j, i * m + k, (i + 1) * m + k, (i + 1) * m + j
    caps = [
        (base, base + q, base + q + 1)[:: 1 if base else -1]
        for base in (0, (n - 1) * m)
        for q in range(1, m - 1)
    ]
    faces = np.vstack([np.column_stack([a, b, c]), np.column_stack([a, c, d]), np.array(caps)])
    return Mesh.of(rings.reshape(-1, 3), faces)


def outline(length: float = 1200.0, chord: float = 150.0, twist: float = 4.0) -> Outline:
    """What of the blade is seen from above, mm."""
    rings = sections(length, chord, 101, 60, twist)
    nose, tail = rings[:, :, 1].min(axis=1), rings[:, :, 1].max(axis=1)
    x = rings[:, 0, 0]
    return Outline.polygon(
        [*zip(x, nose, strict=True), *zip(x[::-1], tail[::-1], strict=True)]
    ).counter_clockwise()
