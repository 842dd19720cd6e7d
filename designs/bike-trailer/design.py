# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Bicycle cargo trailer: a plywood box between two wheels, each held on both sides, bolted and not welded."""

from __future__ import annotations

from csmkit import Bulk, Kit, Part, Pose, Workshop, design
from csmkit.model import Placed

from . import beams, drawbar, fittings, panels, rails, wheels
from .fits import Fits
from .hardware import Piece, placed
from .layout import MID_X, Layout
from .limits import limits
from .params import TrailerParams


@design
def bike_trailer(p: TrailerParams, shop: Workshop) -> Kit:
    """The trailer as it is ridden, prop folded up."""
    at = Layout.of(p, shop)
    fits = Fits(at, shop)
    made = [*_panels(at, fits), *_beams(at, fits), *_running_gear(at, fits), *_drawbar(at)]
    bought = [wheels.wheels(at, shop.bought_row("bicycle wheel", p.wheel)), *drawbar.hitch_pieces(at)]
    bought += fittings.lights(at) if p.lights else ()
    bought += placed(_hardware(at, fits, shop))
    return Kit(*made, *bought, *_finish(made), limits=limits(at, fits, shop, [*made, *bought]))


def _panels(at: Layout, fits: Fits) -> list[Placed]:
    parts = [Part("bed", panels.bed(at, fits), at.bed, grain="x").at(panels.bed_pose(at))]
    if at.has_walls:
        parts.append(Part("end-wall", panels.wall(at, fits), at.bed, grain="x").at(*panels.wall_poses(at)))
    return parts


def _beams(at: Layout, fits: Fits) -> list[Placed]:
    ahead = fittings.front_beam_studs(at) if at.p.lights else []
    behind = fittings.rear_beam_studs(at) if at.p.lights else []
    front = beams.wheel_beam(
        at, fits, True, fittings.stud_holes(ahead), fittings.nut_pockets(at, ahead, from_top=False)
    )
    rear = beams.wheel_beam(
        at, fits, False, fittings.stud_holes(behind), fittings.nut_pockets(at, behind, from_top=True)
    )
    parts = [
        Part("front-beam", front, at.frame, grain="x").at(beams.beam_pose(at, at.beam_x)),
        Part("rear-beam", rear, at.frame, grain="x").at(beams.beam_pose(at, -at.beam_x)),
    ]
    open_at = [MID_X, *(x for x in at.end_beams if x > 0)]
    plain_at = [x for x in at.end_beams if x < 0]
    inner = beams.inner_beam(at, fits, True)
    parts.append(Part("bar-beam", inner, at.frame, grain="x").at(*(beams.beam_pose(at, x) for x in open_at)))
    if plain_at:
        plain = beams.inner_beam(at, fits, False)
        parts.append(
            Part("tail-beam", plain, at.frame, grain="x").at(*(beams.beam_pose(at, x) for x in plain_at))
        )
    return parts


def _running_gear(at: Layout, fits: Fits) -> list[Placed]:
    left, right = rails.rail_poses(at)
    studs = fittings.stud_holes(fittings.fork_studs(at)) if at.p.lights else []
    return [
        Part("rail-left", rails.rail(at, fits, True), at.frame, grain="x").at(left),
        Part("rail-right", rails.rail(at, fits, False), at.frame, grain="x").at(right),
        Part("fork-plate", rails.fork_plate(at, fits, studs), at.frame, grain="x").at(*rails.fork_poses(at)),
        Part("cheek", beams.cheek(at, fits), at.frame, grain="x").at(*beams.cheek_poses(at)),
    ]


def _drawbar(at: Layout) -> list[Placed]:
    parts = [
        Part("drawbar", drawbar.bar(at, at.p.prop), at.bar, grain="x").at(drawbar.bar_pose(at)),
        Part("neck", drawbar.neck(at), at.frame, grain="x").at(*drawbar.neck_poses(at)),
    ]
    if at.p.prop:
        parts.append(Part("prop", drawbar.prop(at), at.frame, grain="x").at(drawbar.prop_pose(at)))
    return parts


def _hardware(at: Layout, fits: Fits, shop: Workshop) -> list[Piece]:
    return [
        *beams.beam_hardware(at, fits),
        *panels.panel_hardware(at, fits),
        *drawbar.drawbar_hardware(at, shop, at.p.prop),
        *wheels.axle_washers(at),
    ]


def _finish(made: list[Placed]) -> tuple[Bulk, ...]:
    """Edge sealer and varnish by the area of the ply: two coats of 0.1 l/m² each (makers' data sheets)."""
    ply = [i for i in made if isinstance(i.item, Part) and i.item.stock.form == "sheet"]
    area = sum(i.item.shape.area * len(i.poses) for i in ply if isinstance(i.item, Part)) / 1e6  # m²
    return (
        Bulk("varnish", "exterior", round(0.2 * area, 1), "l"),
        Bulk("edge sealer", "acrylic", round(0.03 * area + 0.1, 1), "l"),
    )


__all__ = ["Pose", "bike_trailer"]
