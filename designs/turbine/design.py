# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""A small wind turbine as it stands on its tower: blades, alternator, frame and tail, made as one order."""

from __future__ import annotations

from csmkit import Bought, Kit, Motion, Part, Pose, Workshop, design

from ..turbine_alternator.design import alternator
from ..turbine_alternator.params import AlternatorParams
from ..turbine_blades import aids
from ..turbine_blades.design import rotor
from ..turbine_blades.params import BladeParams
from ..turbine_frame_and_tail.design import turbine_frame_and_tail
from ..turbine_frame_and_tail.layout import Layout
from ..turbine_frame_and_tail.params import FrameParams
from .params import TurbineParams

ROTOR = "turbine-alternator / rotor"
TAIL = "turbine-frame-and-tail / tail"
ORIGIN, UPWIND = (0.0, 0.0, 0.0), (0.0, 0.0, 1.0)  # of the rotor's axis, in the alternator's frame
ABOVE_GROUND = 400.0  # mm below the tips where jigs and templates lie in the picture; no tower is so low


@design
def turbine(p: TurbineParams, shop: Workshop) -> Kit:
    """The machine in its frame; x upwind, z up along the yaw axis."""
    frame = p.passed_to(FrameParams)
    layout = Layout.of(frame, shop)
    placing = layout.at
    axis = placing.alternator
    seat = axis * Pose.at(z=placing.stack.seat)
    ground = Pose.at(z=-p.rotor_diameter * 500 - ABOVE_GROUND)
    machine = alternator(p.passed_to(AlternatorParams), shop, axis.inverse() * ground)
    blades = rotor(p.passed_to(BladeParams), shop, seat.inverse() * ground)
    return Kit(
        turbine_frame_and_tail(frame, shop).at(Pose()),
        machine.named("turbine-alternator").at(axis),
        blades.named("turbine-blades").at(seat),
        motions=[
            Motion(
                "rotor", (ROTOR, *_turning(blades)), axis.point((0, 0, 0)), axis.direction((0, 0, 1)), 0, 120
            ),
            Motion("tail furls", (TAIL,), placing.hinge_foot, placing.hinge_axis, 0, layout.tail.travel),
        ],
    )


def _turning(blades: Kit) -> list[str]:
    """The blades' kit without its carving aids, by the names that a motion uses."""
    items = [placed.item for placed in blades.placed]
    kept = [i for i in items if not (isinstance(i, Part) and i.stock.key == aids.SHEET)]
    return [f"turbine-blades / {i.key if isinstance(i, Bought) else i.name}" for i in kept]
