# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""A small wind turbine as it stands on its tower: blades, alternator, frame and tail, made as one order."""

from __future__ import annotations

from csmkit import Kit, Motion, Pose, Workshop, design

from ..turbine_alternator.design import turbine_alternator
from ..turbine_alternator.params import AlternatorParams
from ..turbine_blades.design import turbine_blades
from ..turbine_blades.params import BladeParams
from ..turbine_frame_and_tail.design import turbine_frame_and_tail
from ..turbine_frame_and_tail.layout import Layout
from ..turbine_frame_and_tail.params import FrameParams
from .params import TurbineParams

ROTOR = "turbine-alternator / rotor"
TAIL = "turbine-frame-and-tail / tail"
HEAD = "turbine-frame-and-tail / head"


@design
def turbine(p: TurbineParams, shop: Workshop) -> Kit:
    """The machine in its frame; x upwind, z up along the yaw axis."""
    frame = p.passed_to(FrameParams)
    layout = Layout.of(frame, shop)
    placing = layout.at
    axis = placing.alternator
    return Kit(
        turbine_frame_and_tail(frame, shop).at(Pose()),
        turbine_alternator(p.passed_to(AlternatorParams), shop).at(axis),
        turbine_blades(p.passed_to(BladeParams), shop).at(axis * Pose.at(z=placing.stack.seat)),
        motions=[
            Motion(
                "rotor", (ROTOR, "turbine-blades"), axis.point((0, 0, 0)), axis.direction((0, 0, 1)), 0, 120
            ),
            Motion("tail furls", (TAIL,), placing.hinge_foot, placing.hinge_axis, 0, layout.tail.travel),
        ],
    )
