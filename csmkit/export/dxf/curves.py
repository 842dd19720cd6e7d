# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Entities of a DXF as chains of arcs and lines, in mm, seen from above."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ezdxf.entities import Arc as ArcEntity
from ezdxf.entities import Circle, DXFGraphic, Ellipse, Line, LWPolyline, Polyline, Spline
from ezdxf.math import BSpline, Vec3

from csmkit.geometry.biarc import Curve, biarcs
from csmkit.model.outline import Arc, Point

FIT = 0.005  # mm between a free curve and its arcs at the points compared: below 0.01 between them too
FLAT = 1e-3  # mm of height within one entity that is still a flat drawing
FARTHEST = 1e9  # mm from the drawing's origin; beyond, coordinates no longer hold a micrometre
ROUND = 1e-6  # of the ratio of an ellipse's axes that is a circle
SPANS = 4  # knot spans of a spline that are fitted at once: the fit compares 12 points in each half

Path = tuple[Arc, ...]


class OutOfPlane(Exception):
    """An entity that doesn't lie in the plane of the drawing."""


def is_curve(entity: DXFGraphic) -> bool:
    """Whether `path_of` reads it."""
    if isinstance(entity, Polyline):
        return bool(entity.is_2d_polyline or entity.is_3d_polyline)
    return isinstance(entity, Line | Circle | Ellipse | Spline | LWPolyline)


def path_of(entity: DXFGraphic, scale: float) -> Path:
    """The entity as arcs and lines that follow each other; a closed one ends where it starts.

    Args:
        entity: one that `is_curve`.
        scale: mm of one drawing unit.
    Returns: arcs in order, none above a half circle but those of polylines; empty where nothing has a length.
    Raises: OutOfPlane: it is drawn across the plane. ValueError: its own data make no curve.
    """
    path = _path(entity, scale)
    if not all(abs(v) <= FARTHEST for arc in path for v in (*arc.start, *arc.end, arc.bulge)):
        raise ValueError(f"a coordinate beyond {FARTHEST:g} mm")
    return path


def _path(entity: DXFGraphic, scale: float) -> Path:
    if isinstance(entity, ArcEntity):
        sweep = (entity.dxf.end_angle - entity.dxf.start_angle) % 360 or 360.0
        arcs = _circular(_xy(entity.dxf.center), entity.dxf.radius, entity.dxf.start_angle, sweep)
    elif isinstance(entity, Circle):
        arcs = _circular(_xy(entity.dxf.center), entity.dxf.radius, 180.0, 360.0)
    elif isinstance(entity, LWPolyline):
        arcs = _polyline(entity.get_points("xyb"), bool(entity.closed))
    elif isinstance(entity, Polyline):
        arcs = _old_polyline(entity)
    elif isinstance(entity, Line):
        _check_level([entity.dxf.start.z, entity.dxf.end.z], scale)
        arcs = [Arc(_xy(entity.dxf.start), _xy(entity.dxf.end), 0.0)]
    elif isinstance(entity, Ellipse):
        return tuple(_ellipse(entity, scale))
    else:
        assert isinstance(entity, Spline)
        return tuple(_spline(entity, scale))
    if not isinstance(entity, Line) and _is_from_below(entity):
        arcs = [Arc((-a.start[0], a.start[1]), (-a.end[0], a.end[1]), -a.bulge) for a in arcs]
    return tuple(_scaled(a, scale) for a in arcs if a.start != a.end)


def _xy(point: Vec3) -> Point:
    return (float(point.x), float(point.y))


def _scaled(arc: Arc, scale: float) -> Arc:
    (x0, y0), (x1, y1) = arc.start, arc.end
    return Arc((x0 * scale, y0 * scale), (x1 * scale, y1 * scale), arc.bulge)


def _is_from_below(entity: DXFGraphic) -> bool:
    """Whether an entity with an own coordinate system is drawn from the back: its x runs to the left."""
    x, y, z = entity.dxf.extrusion.normalize()
    if abs(x) > ROUND or abs(y) > ROUND:
        raise OutOfPlane
    return bool(z < 0)


def _check_level(heights: Sequence[float], scale: float) -> None:
    if (max(heights) - min(heights)) * scale > FLAT:
        raise OutOfPlane


def _circular(center: Point, radius: float, start: float, sweep: float) -> list[Arc]:
    """A circle's stretch from an angle on, degrees, in pieces of at most a half circle."""
    count = math.ceil(abs(sweep) / 180 - 1e-9)
    stops = [math.radians(start + sweep * i / count) for i in range(count + 1)]
    points = [(center[0] + radius * math.cos(a), center[1] + radius * math.sin(a)) for a in stops]
    if abs(sweep) == 360:
        points[-1] = points[0]
    bulge = math.tan(math.radians(sweep / count) / 4)
    return [Arc(points[i], points[i + 1], bulge) for i in range(count)]


def _polyline(vertices: Sequence[Sequence[float]], closed: bool) -> list[Arc]:
    count = len(vertices) if closed else len(vertices) - 1
    pairs = [(vertices[i], vertices[(i + 1) % len(vertices)]) for i in range(count)]
    return [Arc((float(a[0]), float(a[1])), (float(b[0]), float(b[1])), float(a[2])) for a, b in pairs]


def _old_polyline(entity: Polyline) -> list[Arc]:
    drawn = [v for v in entity.vertices if not v.dxf.get("flags", 0) & 16]  # 16: frame of a smoothed curve
    if entity.is_3d_polyline:
        _check_level([v.dxf.location.z for v in drawn] or [0.0], 1.0)
    bulges = [0.0 if entity.is_3d_polyline else v.dxf.get("bulge", 0.0) for v in drawn]
    vertices = [(*_xy(v.dxf.location), bulge) for v, bulge in zip(drawn, bulges, strict=True)]
    return _polyline(vertices, bool(entity.is_closed))


def _ellipse(entity: Ellipse, scale: float) -> Iterator[Arc]:
    center, major, minor = (
        Vec3(v) * scale for v in (entity.dxf.center, entity.dxf.major_axis, entity.minor_axis)
    )
    _check_level([0.0, major.z], 1.0)
    _check_level([0.0, minor.z], 1.0)
    begin = entity.dxf.start_param
    sweep = (entity.dxf.end_param - begin) % math.tau
    if sweep < 1e-9:
        sweep = math.tau
    if abs(minor.magnitude / major.magnitude - 1) < ROUND:
        turn = 1.0 if major.x * minor.y - major.y * minor.x > 0 else -1.0
        start = math.degrees(math.atan2(major.y, major.x) + turn * begin)
        full = abs(sweep - math.tau) < 1e-9
        degrees = 360.0 if full else math.degrees(sweep)
        yield from _circular(_xy(center), major.magnitude, start, turn * degrees)
        return

    def curve(share: float) -> tuple[Point, Point]:
        t = begin + share * sweep
        c, s = math.cos(t), math.sin(t)
        return _xy(center + major * c + minor * s), _xy(minor * c - major * s)

    quarters = math.ceil(sweep / (math.pi / 2) - 1e-9)
    for i in range(quarters):
        yield from biarcs(_stretch(curve, i / quarters, (i + 1) / quarters), FIT)


def _stretch(curve: Curve, a: float, b: float) -> Curve:
    return lambda share: curve(a + share * (b - a))


def _spline(entity: Spline, scale: float) -> Iterator[Arc]:
    spline = entity.construction_tool()
    heights = [p.z for p in spline.control_points]
    _check_level(heights, scale)
    stops = _stops(spline)
    for a, b in pairwise(stops):
        yield from biarcs(_stretch_of(spline, a, b, scale), FIT)


def _stops(spline: BSpline) -> list[float]:
    """Parameters between which a spline is smooth and short enough for one fit."""
    knots, degree = list(spline.knots()), spline.degree
    low, high = knots[degree], knots[spline.count]
    inner = sorted({k for k in knots if low < k < high})
    stops, since = [low], 0
    for knot in inner:
        since += 1
        if since == SPANS or knots.count(knot) >= degree:
            stops.append(knot)
            since = 0
    return [*stops, high]


def _stretch_of(spline: BSpline, a: float, b: float, scale: float) -> Curve:
    """One stretch of a spline; its direction is that of the stretch's own side where it ends in a corner."""
    tiny = (b - a) * 1e-7

    def curve(share: float) -> tuple[Point, Point]:
        t = a + share * (b - a)
        point = _xy(spline.point(t) * scale)
        way = spline.derivative(min(max(t, a + tiny), b - tiny), 1)[1]
        if way.magnitude < 1e-9:  # control points in one place: the chord tells where it goes
            step = (b - a) * 1e-3
            way = spline.point(min(t + step, b)) - spline.point(max(t - step, a))
        return point, _xy(way) if way.magnitude > 0 else (1.0, 0.0)

    return curve
