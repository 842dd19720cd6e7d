# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Bought things as solids: bd_warehouse's models where they have the row's sizes, else true-size stand-ins.

Frames: bolts and screws have their shank along -z and their head above z = 0; countersunk ones lie flush,
their top at z = 0 and their length counted from it. Nuts, washers, bearings and feet stand on z = 0. A barrel
nut stands there too, its thread along x at the height of its size `center`. Tee nuts have their flange above
z = 0 and their barrel below; inserts reach down from z = 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from OCP.TopoDS import TopoDS_Shape

from csmkit.errors import CsmError
from csmkit.geometry.measure import box
from csmkit.geometry.shape import moved, topods
from csmkit.geometry.solids import bored, joined, raised, turned
from csmkit.model.outline import Outline, Region
from csmkit.model.pose import Pose
from csmkit.model.stock import BoughtRow

SAME_SIZE = 0.05  # mm between model and row along the axis: more would show as gaps and clashes in a stack
DRAWN_APART = 5.0  # mm that a tool reaches beyond what it bores

# Standard -> class of bd_warehouse.fastener and its name there; all of them metric, coarse thread.
MODELS = {
    "ISO 4014": ("HexHeadScrew", "iso4014"),
    "ISO 4017": ("HexHeadScrew", "iso4017"),
    "ISO 4762": ("SocketHeadCapScrew", "iso4762"),
    "ISO 7380-1": ("ButtonHeadScrew", "iso7380_1"),
    "ISO 10642": ("CounterSunkScrew", "iso10642"),
    "ISO 4032": ("HexNut", "iso4032"),
    "ISO 4035": ("HexNut", "iso4035"),
    "ISO 7089": ("PlainWasher", "iso7089"),
    "ISO 7093-1": ("PlainWasher", "iso7093"),
}
COUNTERSUNK = ("ISO 10642", "DIN 7997")


def fastener_shape(row: BoughtRow) -> TopoDS_Shape:
    """A closed solid of a bought thing, threads left away: shanks and bores have the thread's diameter.

    Args:
        row: its standard, size, kind and sizes in mm.
    Returns: a solid in the frame that the module tells.
    Raises: CsmError: nothing is known of how such a thing looks, or the row lacks a size.
    """
    if row.kind not in STAND_INS:
        raise CsmError(
            f"{row.standard} {row.size} has no model: kind {row.kind!r}",
            remedy=f"give Bought(…, shape=…), or a kind among {', '.join(STAND_INS)}",
        )
    model = _library_model(row) if row.standard in MODELS else None
    return topods(STAND_INS[row.kind](row) if model is None else model)


def _library_model(row: BoughtRow) -> TopoDS_Shape | None:
    """bd_warehouse's model, or None where it lacks the size or has other heights than the row."""
    from bd_warehouse import fastener

    class_name, fastener_type = MODELS[row.standard]
    maker = getattr(fastener, class_name)
    if row.kind == "washer":
        size = row.size.split("x")[0]
        expected = (0.0, row.dimension("thickness"))
    else:
        size = f"M{row.dimension('d'):g}-{row.dimension('pitch'):g}"
        expected = (0.0, row.dimension("height")) if row.kind == "nut" else _bolt_span(row)
    if size not in maker.sizes(fastener_type):
        return None
    if row.kind == "bolt":
        made = maker(size, length=row.dimension("length"), fastener_type=fastener_type, simple=True)
    elif row.kind == "nut":
        made = maker(size, fastener_type=fastener_type, simple=True)
    else:
        made = maker(size, fastener_type=fastener_type)
    solid = topods(made)
    (_, _, low), (_, _, high) = box(solid)
    fits = max(abs(low - expected[0]), abs(high - expected[1])) <= SAME_SIZE
    return solid if fits else None


def _bolt_span(row: BoughtRow) -> tuple[float, float]:
    head = 0.0 if row.standard in COUNTERSUNK else row.dimension("head_height")
    return (-row.dimension("length"), head)


def _bolt(row: BoughtRow) -> TopoDS_Shape:
    d, length, height = (row.dimension(name) for name in ("d", "length", "head_height"))
    sizes = dict(row.sizes)
    if row.standard in COUNTERSUNK:
        return _countersunk(row, point=0.0)
    shank = raised(Outline.circle(0, 0, d), -length, 0.0)
    if "neck_width" in sizes:
        half = sizes["neck_width"] / 2
        neck = raised(Outline.rectangle(-half, -half, half, half), -sizes["neck_height"], 0.0)
        return joined(_dome(row.dimension("head_diameter"), height), neck, shank)
    if sizes.get("head_flats"):
        return joined(raised(_hexagon(sizes["head_flats"]), 0.0, height), shank)
    return joined(raised(Outline.circle(0, 0, row.dimension("head_diameter")), 0.0, height), shank)


def _countersunk(row: BoughtRow, point: float) -> TopoDS_Shape:
    """Flush head and shank; the last `point` mm run to a tip."""
    r, head, length = row.dimension("d") / 2, row.dimension("head_diameter") / 2, row.dimension("length")
    corners = [(0.0, 0.0), (head, 0.0), (r, -row.dimension("head_height"))]
    end = [(r, point - length), (0.0, -length)]
    return turned(Outline.polygon(corners + end))


def _wood_screw(row: BoughtRow) -> TopoDS_Shape:
    if row.standard in COUNTERSUNK or not dict(row.sizes).get("head_flats"):
        return _countersunk(row, point=row.dimension("d"))
    d, length = row.dimension("d"), row.dimension("length")
    shank = [(0.0, 0.0), (d / 2, 0.0), (d / 2, d - length), (0.0, -length)]
    head = raised(_hexagon(row.dimension("head_flats")), 0.0, row.dimension("head_height"))
    return joined(head, turned(Outline.polygon(shank)))


def _nut(row: BoughtRow) -> TopoDS_Shape:
    bore = Outline.circle(0, 0, row.dimension("d"))
    return raised(Region(_hexagon(row.dimension("flats")), (bore,)), 0.0, row.dimension("height"))


def _wing_nut(row: BoughtRow) -> TopoDS_Shape:
    """Base and wings as plain blocks: the span and the height are true, the wings' curves are not."""
    d, base, height = (row.dimension(name) for name in ("d", "base_diameter", "height"))
    reach, half = row.dimension("wing_span") / 2, d / 6
    wings = raised(Outline.rectangle(-reach, -half, reach, half), 0.0, height)
    free = raised(Outline.circle(0, 0, base), 0.0, height)
    return joined(_ring(d, base, 0.0, height / 2), bored(wings, free))


def _washer(row: BoughtRow) -> TopoDS_Shape:
    return _ring(row.dimension("d_inner"), row.dimension("d_outer"), 0.0, row.dimension("thickness"))


def _bearing(row: BoughtRow) -> TopoDS_Shape:
    return _ring(row.dimension("d"), row.dimension("d_outer"), 0.0, row.dimension("width"))


def _foot(row: BoughtRow) -> TopoDS_Shape:
    return _ring(row.dimension("hole_diameter"), row.dimension("diameter"), 0.0, row.dimension("height"))


def _tee_nut(row: BoughtRow) -> TopoDS_Shape:
    d, flange, barrel = (row.dimension(name) for name in ("d", "flange_diameter", "barrel_diameter"))
    thickness = row.dimension("flange_thickness")
    return joined(
        _ring(d, flange, 0.0, thickness), _ring(d, barrel, thickness - row.dimension("height"), 0.0)
    )


def _insert(row: BoughtRow) -> TopoDS_Shape:
    return _ring(row.dimension("d"), row.dimension("diameter"), -row.dimension("length"), 0.0)


def _barrel_nut(row: BoughtRow) -> TopoDS_Shape:
    barrel = raised(Outline.circle(0, 0, row.dimension("diameter")), 0.0, row.dimension("length"))
    reach = row.dimension("diameter") / 2 + DRAWN_APART
    thread = raised(Outline.circle(0, 0, row.dimension("d")), -reach, reach)
    return bored(barrel, moved(thread, Pose.at(z=row.dimension("center"), ry=90)))


def _ring(inner: float, outer: float, low: float, high: float) -> TopoDS_Shape:
    return raised(Region(Outline.circle(0, 0, outer), (Outline.circle(0, 0, inner),)), low, high)


def _hexagon(flats: float) -> Outline:
    r = flats / math.sqrt(3)
    angles = [math.radians(60 * i) for i in range(6)]
    return Outline.polygon([(r * math.cos(a), r * math.sin(a)) for a in angles])


def _dome(diameter: float, height: float) -> TopoDS_Shape:
    """A spherical cap on z = 0: a mushroom head."""
    radius = diameter / 2
    bulge = math.tan(math.atan2(height, radius) / 2)  # the arc from rim to top turns twice the chord's angle
    return turned(Outline(((0.0, 0.0, 0.0), (radius, 0.0, bulge), (0.0, height, 0.0))))


STAND_INS: dict[str, Callable[[BoughtRow], TopoDS_Shape]] = {
    "bolt": _bolt,
    "screw": _wood_screw,
    "nut": _nut,
    "wing-nut": _wing_nut,
    "washer": _washer,
    "bearing": _bearing,
    "foot": _foot,
    "tee-nut": _tee_nut,
    "insert": _insert,
    "barrel-nut": _barrel_nut,
}
