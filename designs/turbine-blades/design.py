# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Three wooden blades on a plywood hub, to be clamped on the studs of an axial flux generator."""

from __future__ import annotations

from typing import Any

from csmkit import Bar, Bulk, CsmError, Kit, Part, Pose, Workshop, design, prism
from csmkit.model import Placed
from csmkit.model.machine import Process

from ..turbine_family.blade_solid import Blade, blade
from . import aids, hub
from .drawings import drawings
from .layout import ANGLES, Layout
from .limits import limits
from .params import BladeParams
from .tables import tables

WEDGE_BARS = ("spruce-18x44", "spruce-24x44", "spruce-34x54", "spruce-44x74")
OIL = 0.08  # l/m² of timber in three coats (makers' data sheets: 12 m² a litre and coat)
GLUE = 0.3  # kg/m² of joint (makers' data sheets: 150 to 200 g/m² on each of two faces)


@design
def turbine_blades(p: BladeParams, shop: Workshop) -> Kit:
    """The rotor as it hangs on the studs: blade 1 up, the back disc's rear face at z = 0."""
    return rotor(p, shop, Pose())


def rotor(p: BladeParams, shop: Workshop, aside: Pose) -> Kit:
    """The same with its carving aids moved: a whole machine lays them on the ground."""
    at = Layout.of(p, shop)
    made = blade(at.plan, at.stations, at.is_clockwise)
    screw = hub.screw(at, shop)
    parts = [*_blades(at, made), *_wedges(at, made, shop), *_plies(at, screw)]
    if p.making == "carved":
        parts += [a.moved(aside).as_jig() for a in aids.aids(at, shop.sheet(aids.SHEET), shop.cutter)]
    return Kit(
        *parts,
        *hub.hardware(at, screw),
        *_finish(at, made),
        limits=limits(at, screw, shop.bought_row("ISO 10511", at.stack.thread.name).dimension("height")),
        figures=[*drawings(at), *tables(at, made)],
    )


def _blades(at: Layout, made: Blade) -> list[Placed]:
    """Three alike but for the studs' holes: four studs pass through three roots."""
    found = []
    for k in range(len(ANGLES)):
        holes = [prism(o, at.plan.plank) for o in hub.root_holes(at, k)]
        solid: Any = made.body
        for hole in holes:
            solid = solid - hole
        process: Process = "mill" if at.p.making == "milled" else "carve"
        part = Part(f"blade-{k + 1}", solid, at.plank, grain="x", process=process)
        found.append(part.at(at.pose(k, at.blade_z)))
    return found


def _wedges(at: Layout, made: Blade, shop: Workshop) -> list[Placed]:
    if made.wedge is None:
        return []
    bar = _wedge_bar(made.wedge, shop)
    part = Part("wedge", made.wedge, bar, grain="x", process="carve")
    return [part.at(*(at.pose(k, at.blade_z) for k in range(len(ANGLES))))]


def _wedge_bar(wedge: Any, shop: Workshop) -> Bar:
    """The smallest bar that the wedge is carved from. Raises: CsmError: it is larger than all of them."""
    size = wedge.bounding_box().size
    wide, thin = max(size.Y, size.Z), min(size.Y, size.Z)
    for bar in map(shop.bar, WEDGE_BARS):
        if wide <= max(bar.width, bar.height) and thin <= min(bar.width, bar.height):
            return bar
    raise CsmError(
        f"the wedge would be {wide:.0f} x {thin:.0f} mm",
        part="wedge",
        remedy="a thicker plank, a higher tip speed ratio, or wedge = no",
    )


def _plies(at: Layout, screw: hub.Screw) -> list[Placed]:
    disc = Part("back-disc", hub.back_disc(at, screw), at.ply, grain="y")
    triangle = Part("front-triangle", hub.front_triangle(at, screw), at.ply, grain="y")
    return [disc.at(Pose.at()), triangle.at(Pose.at(z=at.triangle_z))]


def _finish(at: Layout, made: Blade) -> list[Bulk]:
    """Oil for the timber; glue for the wedges."""
    area = 3 * made.body.area / 1e6
    found = [Bulk("wood oil", "linseed", round(OIL * area, 3), "l", waste=0.2)]
    if made.wedge is not None:
        joint = 3 * made.wedge.area / 3 / 1e6  # about a third of its surface
        found.append(Bulk("polyurethane glue", "D4", round(GLUE * joint + 0.005, 3), "kg", waste=0.3))
    return found
