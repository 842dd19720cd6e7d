# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Axial flux alternator: magnet discs on a bearing hub, a cast stator between them, and its moulds."""

from __future__ import annotations

import math

from csmkit import Bought, Kit, Motion, Part, Pose, Workshop, design
from csmkit.model import Placed

from . import discs, hardware, stator
from .figures import figures
from .goods import Castings, goods
from .layout import Layout
from .limits import limits
from .moulds import magnet_jig, rotor_mould, stator_mould
from .params import AlternatorParams
from .winder import winder

BESIDE = 60.0  # mm between the machine and the jigs, and between them


@design
def turbine_alternator(p: AlternatorParams, shop: Workshop) -> Kit:
    """The machine as it stands in the wind, its jigs on the floor beside it."""
    at = Layout.of(p, shop)
    cast = Castings.of(at)
    made = [_rotor(cast).at(Pose()), *_stator(cast)]
    jigs = _jigs(at) if p.jigs else []
    return Kit(
        *made,
        *jigs,
        *goods(cast),
        limits=limits(at),
        figures=figures(at),
        motions=[Motion("rotor", ("rotor",), (0, 0, 0), (0, 0, 1), 0, _repeat(at))],
    )


def _repeat(at: Layout) -> float:
    """Angle after which studs and magnets stand again where others stood: it tells of the whole turn."""
    return 360 / math.gcd(at.stack.hub.studs, at.sizes.magnets)


def _rotor(cast: Castings) -> Kit:
    """All that turns: hub, discs, magnets, studs."""
    at, s = cast.at, cast.at.stack
    is_back_only = s.front_magnets is None
    sides = [discs.back()] if is_back_only else [discs.back(), discs.front(at)]
    parts = [Part("back disc", discs.disc(at, False), at.steel, process="laser").at(discs.back())]
    if s.front_disc is not None:
        parts.append(Part("front disc", discs.disc(at, True), at.steel, process="laser").at(discs.front(at)))
    resin = Part("magnet casting", cast.rotor, cast.rotor_mix)
    magnets = Bought("block magnet", discs.magnet_size(at), discs.magnet(at))
    lying = [Pose.of(m) for m in discs.magnet_poses(at)]
    return Kit(
        hardware.hub(at),
        *parts,
        resin.at(*sides),
        magnets.at(*(side * m for side in sides for m in lying)),
        hardware.stud(at, s.thread, s.studs, s.hub_points, "hub stud"),
        *hardware.placed(hardware.rotor_pieces(at)),
        name="rotor",
    )


def _stator(cast: Castings) -> list[Placed]:
    at, s = cast.at, cast.at.stack
    return [
        Part("stator", cast.stator, cast.stator_mix).at(stator.body_pose(at)),
        Part("coil", cast.coil, cast.coil_mix).at(*stator.coil_poses(at)),
        hardware.stud(at, s.stator_thread, s.stator_studs, s.stator_points, "stator stud"),
        *hardware.placed(hardware.stator_pieces(at)),
    ]


def _jigs(at: Layout) -> list[Placed]:
    """Side by side on the floor, z of each pointing up."""
    jig, sheet = magnet_jig(at)
    mould = at.stack.stator_radius + 50.0
    rotor = at.sizes.disc / 2 + 55.0
    x = at.stack.stator_radius + BESIDE
    poses = []
    for half in (mould, rotor, rotor, 100.0):
        poses.append(_lying(at, x + half))
        x += 2 * half + BESIDE
    return [
        stator_mould(at).at(poses[0]),
        rotor_mould(at).at(poses[1]),
        Part("magnet jig", jig, sheet).at(poses[2]),
        winder(at).at(poses[3]),
    ]


def _lying(at: Layout, x: float) -> Pose:
    return Pose.at(x, at.ground, 0, rx=-90)
