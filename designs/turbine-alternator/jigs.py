# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""What the machine is made with: moulds, magnet jig and coil winder, side by side on a bench."""

from __future__ import annotations

from csmkit import Part, Pose
from csmkit.model import Placed

from .layout import OVER_DISC, Layout
from .moulds import BELOW, JIG_RIM, RIM, magnet_jig, rotor_mould, stator_mould
from .winder import BASE, BEHIND, winder

BESIDE = 60.0  # mm between two of them


def jigs(at: Layout, bench: Pose) -> list[Placed]:
    """In a row along x on a bench whose top is z = 0 of its pose; a family may put them where it likes."""
    jig, sheet = magnet_jig(at)
    halves = (
        at.stack.stator_radius + RIM,
        at.sizes.disc / 2 + OVER_DISC + RIM,
        at.sizes.disc / 2 + JIG_RIM,
        BASE[0] / 2,
    )
    places, x = [], 0.0
    for half in halves:
        x += BESIDE + half
        places.append(x)
        x += half
    stator, rotor, magnets, coils = places
    lying = [
        stator_mould(at).at(bench * Pose.at(stator, 0, BELOW)),
        rotor_mould(at).at(bench * Pose.at(rotor, 0, at.stack.thread.washer + BELOW)),
        Part("magnet jig", jig, sheet).at(bench * Pose.at(magnets)),
        winder(at).at(bench * Pose.at(coils - BASE[0] / 2 + BEHIND)),
    ]
    return [placed.as_jig() for placed in lying]
