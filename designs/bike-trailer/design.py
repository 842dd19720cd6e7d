# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Bicycle cargo trailer: a plywood box between two wheels, each held on both sides, bolted and not welded."""

from __future__ import annotations

from csmkit import Bulk, Kit, Outline, Part, Sheet, Workshop, design
from csmkit.model import Placed

from . import beams, drawbar, fittings, panels, rails, wheels
from .fits import Fits
from .hardware import Piece, placed
from .layout import MID_X, Layout
from .limits import limits
from .loads import Loads
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
    finish = _finish(made)
    loads = Loads.of(at, shop, [*made, *bought], finish)
    return Kit(*made, *bought, *finish, limits=limits(at, fits, loads))


def _panels(at: Layout, fits: Fits) -> list[Placed]:
    parts = [Part("bed", panels.bed(at, fits), at.bed, grain="x").at(panels.bed_pose(at))]
    if at.has_walls:
        parts.append(Part("end-wall", panels.wall(at, fits), at.bed, grain="x").at(*panels.wall_poses(at)))
    return parts


def _beams(at: Layout, fits: Fits) -> list[Placed]:
    """Wheel beams, the one that ends the drawbar, and those under the ends of a long bed."""
    ahead = _studs(at, fittings.front_beam_studs(at), from_top=False)
    behind = _studs(at, fittings.rear_beam_studs(at), from_top=True)
    wanted = [
        ("front-beam", beams.wheel_beam(at, fits, True, *ahead), at.beam_x),
        ("rear-beam", beams.wheel_beam(at, fits, False, *behind), -at.beam_x),
        ("bar-beam", beams.inner_beam(at, fits, True), MID_X),
    ]
    if at.nose_x is not None:
        ahead = _studs(at, fittings.light_studs(at, 0.0), from_top=False)
        wanted.append(("nose-beam", beams.inner_beam(at, fits, True, *ahead), at.nose_x))
    if at.tail_x is not None:
        behind = _studs(at, fittings.light_studs(at, fittings.STUD_SPACING), from_top=True)
        wanted.append(("tail-beam", beams.inner_beam(at, fits, False, *behind), at.tail_x))
    return [Part(name, solid, at.frame, grain="x").at(beams.beam_pose(at, x)) for name, solid, x in wanted]


def _studs(
    at: Layout, points: list[fittings.Point], from_top: bool
) -> tuple[list[Outline], list[tuple[Outline, float, bool]]]:
    """Holes and nut pockets for the studs of lights and reflectors, if the trailer has them."""
    if not at.p.lights:
        return [], []
    return fittings.stud_holes(at, points), fittings.nut_pockets(at, points, from_top)


def _running_gear(at: Layout, fits: Fits) -> list[Placed]:
    left, right = rails.rail_poses(at)
    studs = fittings.stud_holes(at, fittings.fork_studs(at)) if at.p.lights else []
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
    """Varnish 0.2 l/m² in two coats (makers' data sheets), on film-faced ply for edges only; edge sealer."""
    faces = edges = 0.0  # m²
    for item, poses in ((i.item, len(i.poses)) for i in made):
        if isinstance(item, Part) and isinstance(item.stock, Sheet):
            face = 2 * item.shape.volume / item.stock.thickness
            edges += (item.shape.area - face) * poses / 1e6
            faces += 0.0 if item.stock.material.key.endswith("film") else face * poses / 1e6
    return (
        Bulk("varnish", "exterior", round(0.2 * (faces + edges) + 0.05, 1), "l"),
        Bulk("edge sealer", "acrylic", round(0.2 * edges + 0.05, 1), "l"),
    )
