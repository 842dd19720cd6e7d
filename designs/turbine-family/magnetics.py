# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""The magnets' field between the discs: what a coil sees of it, and how hard the discs pull.

Source: field of a row of magnets on iron, in harmonics along the row: Laplace's equation for the scalar
potential, magnets as sheets of poles, iron infinitely permeable (the same as in Zhu, Howe, Bolte, Ackermann
1993). Circles are unrolled at each radius; the field beyond the magnets' inner and outer ends is left out.
"""

from __future__ import annotations

import math

from .coils import Coil
from .sizes import Sizes

RECOIL = 1.05  # relative permeability of both kinds of magnets, makers' tables
MU_0 = 4e-7 * math.pi  # V s/(A m)
SLICES = 12  # along the radius, across the leg and through the stator: 0.1 % of the flux


def gap(sizes: Sizes) -> float:
    """Air and stator between magnets and what faces them, mm."""
    return sizes.stator + 2 * sizes.clearance


def mean_field(sizes: Sizes) -> float:
    """Field between the discs with all leakage left out, T: the magnets' circuit in one dimension.

    A lone disc has no circuit that could be reckoned so; its field is taken at the magnets' face.
    """
    air, thick = gap(sizes), sizes.magnet.thickness
    if sizes.is_double:
        return sizes.magnet.remanence * 2 * thick / (2 * thick + RECOIL * air)
    if sizes.has_back_iron:
        return sizes.magnet.remanence * thick / (thick + RECOIL * air)
    return wave(sizes, sizes.mean_radius, 0.0)


def wave(sizes: Sizes, radius: float, height: float) -> float:
    """Peak of the field's first harmonic along the row, T.

    Args:
        radius: from the rotor's axis, mm.
        height: above the face of the back disc's magnets, mm.
    """
    pitch = 2 * math.pi * radius / sizes.magnets
    k, m = math.pi / pitch, sizes.magnet.thickness
    share = math.sin(math.pi / 2 * min(1.0, sizes.magnet.width / pitch))
    source = 4 / math.pi * sizes.magnet.remanence * share * math.sinh(k * m)
    y = m + height
    if not sizes.has_back_iron:
        return source * math.exp(-k * y)
    far = m + gap(sizes) + (m if sizes.is_double else 0.0)
    waves = math.cosh(k * (far - y)) + (math.cosh(k * y) if sizes.is_double else 0.0)
    return _recoil(sizes) * source * waves / math.sinh(k * far)


def linked_flux(sizes: Sizes, coil: Coil) -> float:
    """Peak flux of the first harmonic through one turn of a coil, the mean of all its turns, Wb.

    A turn at half the width b from the middle of the coil encloses 2 B sin(k b) / k of the wave for each
    millimetre of radius.
    """
    total = 0.0
    for depth in _middles(0.0, coil.leg):
        low = max(coil.inner - depth, sizes.disc / 2 - sizes.magnet.length)
        high = min(coil.outer + depth, sizes.disc / 2)
        radii = _middles(low, high)
        total += sum(_enclosed(sizes, coil, r, depth) for r in radii) / len(radii) * (high - low)
    return total / SLICES * 1e-6


def attraction(sizes: Sizes) -> float:
    """Force between the discs, N: B² A / (2 μ0) over the magnets' faces; none on a lone disc."""
    if not sizes.has_back_iron:
        return 0.0
    area = sizes.magnets * sizes.magnet.length * sizes.magnet.width * 1e-6
    return mean_field(sizes) ** 2 * area / (2 * MU_0)


def disc_flux_density(sizes: Sizes) -> float:
    """Field in the back disc's steel midway between two magnets, T: half of a pole's flux goes through it.

    Harmonics up to the 15th of what enters the disc at the magnets' mean radius.
    """
    pitch, m = 2 * math.pi * sizes.mean_radius / sizes.magnets, sizes.magnet.thickness
    flux = 0.0
    for n in range(1, 16, 2):
        k = n * math.pi / pitch
        source = 4 / (n * math.pi) * sizes.magnet.remanence * math.sin(k * sizes.magnet.width / 2)
        if sizes.has_back_iron:
            far = m + gap(sizes) + (m if sizes.is_double else 0.0)
            opposite = math.sinh(k * m) if sizes.is_double else 0.0
            share = 1 - (math.sinh(k * (far - m)) - opposite) / math.sinh(k * far)
        else:
            share = 1 - math.exp(-k * m)
        flux += source * share / k * math.sin(n * math.pi / 2)
    return flux / sizes.disc_thickness


def _enclosed(sizes: Sizes, coil: Coil, radius: float, depth: float) -> float:
    """Flux for each millimetre of radius within a turn, the mean through the stator's thickness, T mm."""
    along = (radius - coil.inner) / (coil.outer - coil.inner)
    hole = coil.narrow + (coil.wide - coil.narrow) * min(1.0, max(0.0, along))
    k = sizes.magnets / (2 * radius)
    heights = _middles(sizes.clearance, sizes.clearance + sizes.stator)
    field = sum(wave(sizes, radius, h) for h in heights) / len(heights)
    return 2 * field * math.sin(min(math.pi / 2, k * (hole / 2 + depth))) / k


def _recoil(sizes: Sizes) -> float:
    """What the magnets' permeability above that of air takes, from the circuit in one dimension."""
    thick = sizes.magnet.thickness * (2 if sizes.is_double else 1)
    return (thick + gap(sizes)) / (thick + RECOIL * gap(sizes))


def _middles(start: float, end: float) -> list[float]:
    """Middles of equal slices between two ends."""
    step = (end - start) / SLICES
    return [start + (i + 0.5) * step for i in range(SLICES)]
