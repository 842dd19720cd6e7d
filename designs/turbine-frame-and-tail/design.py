# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Frame and tail of a small wind turbine: yaw bearing, bracket, inclined tail hinge, boom and vane."""

from __future__ import annotations

from csmkit import Bulk, Kit, Motion, Part, Pose, Workshop, design

from ..turbine_family.hardware import placed
from . import bracket, hardware, hinge, tail_parts, welds, yaw
from .figures import figures
from .layout import Layout
from .limits import limits
from .loads import Loads
from .params import FrameParams

COAT = 0.1  # l/m² of one coat (makers' data sheets: 8 to 12 m² a litre)


@design
def turbine_frame_and_tail(p: FrameParams, shop: Workshop) -> Kit:
    """The frame as it stands on its tower, the tail on its low end stop."""
    at = Layout.of(p, shop)
    head, tail = _head(at), _tail(at)
    loads = Loads.of(at, tail)
    return Kit(
        *yaw.standing(at),
        head.at(Pose()),
        tail.at(at.at.tail()),
        *_goods(at, (head, tail)),
        limits=limits(loads),
        figures=figures(loads, {"frame": (head, Pose()), "tail at its low end stop": (tail, at.at.tail())}),
        motions=[
            Motion("tail furls", ("tail",), at.at.hinge_foot, at.at.hinge_axis, 0.0, at.tail.travel),
            Motion("machine yaws", ("head", "tail"), (0, 0, 0), (0, 0, 1)),
        ],
    )


def _head(at: Layout) -> Kit:
    """All that is welded to the yaw pipe, and the nuts on the stator's studs."""
    pieces = [*hardware.stator_pieces(at), hardware.retaining_bolt(at)]
    return Kit(
        *yaw.turning(at),
        *bracket.parts(at),
        *hinge.standing(at),
        *placed(pieces),
        name="head",
    )


def _tail(at: Layout) -> Kit:
    """All that furls, in the tail's frame."""
    pieces = [*hardware.retaining_nut(at), *hardware.vane_pieces(at)]
    return Kit(*hinge.turning(at), *tail_parts.parts(at), *placed(pieces), name="tail")


def _goods(at: Layout, kits: tuple[Kit, ...]) -> list[Bulk]:
    """Welding wire, primer and paint for the steel, paint for the vane, grease for both bearings."""
    steel = ply = 0.0  # m²
    for item, poses in ((i.item, i.poses) for kit in kits for i in kit.placed):
        if isinstance(item, Part):
            area = item.shape.area * len(poses) / 1e6
            steel, ply = (steel, ply + area) if item.stock is at.vane else (steel + area, ply)
    return [
        Bulk("welding wire", "G3Si1 0.8", round(welds.wire(at), 2), "kg", waste=0.2),
        Bulk("primer", "zinc", round(COAT * steel + 0.05, 2), "l", waste=0.2),
        Bulk("paint", "exterior", round(2 * COAT * (steel + ply) + 0.05, 2), "l", waste=0.2),
        Bulk("grease", "lithium", 0.1, "kg"),
    ]
