# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Step stool: two sides, a seat and rails from a corner of one sheet, tabs glued into slots.

The kit stands on z = 0, its middle at x = y = 0; x runs along the seat, y from front to back. Each part is
modelled flat, its thickness along z, and turned into place by its pose.
"""

from __future__ import annotations

import cadquery as cq

from csmkit import Bought, Bulk, Kit, Outline, Part, Pose, Workshop, design, prism
from csmkit.design.joints import on_edge, with_edge

from .frame import Frame, StoolParams
from .strength import limits

SCREW = ("DIN 7997", "5x50")


def solid(outline: Outline, thickness: float) -> cq.Workplane:
    """A board from its outline."""
    return prism(outline, thickness, cad="cadquery")


def side(f: Frame) -> cq.Workplane:
    """Side panel, as seen from the left: two tabs on top, slots for the rails, an arch between its feet."""
    wide, narrow, high = f.depth / 2, f.top / 2, f.side_height
    foot = wide - f.foot
    arch = [(-foot, 0.0, -f.arch / foot), (foot, 0.0, 0.0)] if f.arch else []
    board = Outline(((-wide, 0.0, 0.0), *arch, (wide, 0.0, 0.0), (narrow, high, 0.0), (-narrow, high, 0.0)))
    panel = solid(with_edge(board, (-narrow, high), (narrow, high), f.seat_joint.edge), f.ply.thickness)
    for y, z in f.rails:
        for slot in f.rail_joint.slots:
            panel = panel.cut(solid(on_edge(slot, (y, z + f.rail), (y, z)), f.ply.thickness))
    return panel


def rail(f: Frame) -> cq.Workplane:
    """Rail between the sides: a tab at each end."""
    end, high = f.inside / 2, f.rail
    board = Outline.rectangle(-end, 0.0, end, high)
    board = with_edge(board, (end, high), (end, 0.0), f.rail_joint.edge)
    board = with_edge(board, (-end, 0.0), (-end, high), f.rail_joint.edge)
    return solid(board, f.ply.thickness)


def seat(f: Frame) -> cq.Workplane:
    """Seat: slots for the sides, a hand hole, holes that sink the screws' heads below the surface."""
    t = f.ply.thickness
    board = cq.Workplane().box(f.width, f.depth, t, centered=(True, True, False)).edges("|Z").fillet(f.corner)
    for x in (-f.slot_x, f.slot_x):
        for slot in f.seat_joint.slots:
            board = board.cut(solid(on_edge(slot, (x, -f.top / 2), (x, f.top / 2)), t))
    holes = board.faces(">Z").workplane(origin=(0, 0, t)).pushPoints(f.screws)
    board = holes.cboreHole(f.screw_hole, f.sink_diameter, f.sink_depth)
    if f.hand_size:
        length, width = f.hand_size
        board = board.faces(">Z").workplane(origin=(0, 0, t)).slot2D(length, width).cutThruAll()
    return board


@design
def step_stool(p: StoolParams, shop: Workshop) -> Kit:
    """The whole stool."""
    f = Frame(p, shop, shop.bought_row(*SCREW))
    t, seat_z = f.ply.thickness, f.side_height
    return Kit(
        Part("side", side(f), f.ply, grain="y").at(
            Pose.at(-f.slot_x - t / 2, rx=90, rz=90), Pose.at(f.slot_x - t / 2, rx=90, rz=90)
        ),
        Part("rail", rail(f), f.ply, grain="x").at(*(Pose.at(0, y + t / 2, z, rx=90) for y, z in f.rails)),
        Part("seat", seat(f), f.ply, grain="x").at(Pose.at(z=seat_z)),
        Bought(*SCREW).at(*(Pose.at(x, y, seat_z + f.head_top) for x, y in f.screws)),
        Bulk("wood glue", "D3", 0.03, "kg"),
        Bulk(
            "wood oil", "hard-wax", round(f.surface * 1e-6 * 2 / 12, 3), "l"
        ),  # two coats, 12 m² from a litre
        limits=limits(f),
    )
