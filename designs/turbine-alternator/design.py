# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Axial flux alternator: magnet discs on a bearing hub, a cast stator between them, and its moulds."""

from __future__ import annotations

import math

from csmkit import Bought, Kit, Motion, Part, Pose, Workshop, design
from csmkit.model import Placed

from ..turbine_family.hardware import placed
from . import discs, hardware, stator
from .figures import figures
from .goods import Castings, goods
from .jigs import jigs
from .layout import Layout
from .limits import limits
from .params import AlternatorParams


@design
def turbine_alternator(p: AlternatorParams, shop: Workshop) -> Kit:
    """The machine as it is put together on a bench, its axis upright; the jigs lie beside it."""
    return alternator(p, shop, Pose())


def alternator(p: AlternatorParams, shop: Workshop, aside: Pose) -> Kit:
    """The same with its jigs moved: a whole machine lays them on the ground."""
    at = Layout.of(p, shop)
    cast = Castings.of(at)
    bench = aside * Pose.at(at.stack.stator_radius, 0, at.bench)
    made = [_rotor(cast).at(Pose()), *_stator(cast)]
    return Kit(
        *made,
        *(jigs(at, bench) if p.jigs else ()),
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
        *placed(hardware.rotor_pieces(at)),
        name="rotor",
    )


def _stator(cast: Castings) -> list[Placed]:
    at, s = cast.at, cast.at.stack
    return [
        Part("stator", cast.stator, cast.stator_mix).at(stator.body_pose(at)),
        Part("coil", cast.coil, cast.coil_mix).at(*stator.coil_poses(at)),
        hardware.stud(at, s.stator_thread, s.stator_studs, s.stator_points, "stator stud"),
        *placed(hardware.stator_pieces(at)),
    ]
