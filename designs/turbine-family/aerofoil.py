# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Section of a blade: a flat face, a rounded nose, a curved back that is thickest at 30 % from the nose.

The back is two curves that meet where it is thickest: a quarter of an ellipse from the nose, and a cubic that
flattens out towards the trailing edge. Their two free numbers are fitted to Clark Y's proportions (NACA
report 502: 78 % of the thickness at 0.6, 24 % at 0.9 of the chord), whose flat face a carver can plane.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from csmkit import CsmError

from .blade_stations import NOSE, TRAILING_EDGE, Station

Point = tuple[float, float]
Curve = tuple[Point, ...]  # control points of a Bézier curve: two for a line, four for a cubic

THICKEST = 0.3  # of the width, from the leading edge
TAIL = 1.6  # slope of the back at the trailing edge, in thicknesses over the length of the rear curve
ROUND = 0.5523  # handle of a quarter circle of radius 1 as a cubic: off by 0.03 %


@dataclass(frozen=True)
class Section:
    """Outline of a blade's section in curves that answer to those of every other; (across, up), mm.

    Across counts from the leading edge (0) to the trailing edge (the width), up from the plank's back.
    """

    flat: Curve  # from the trailing edge to the leading edge, or to where a wedge is glued on
    glue: Curve | None  # under the wedge, level with the plank's front
    rest: tuple[Curve, ...]  # five: nose in two, front of the back, its rear, trailing edge
    wedge: tuple[Curve, ...]  # its outline: flat face, nose in two, glue; empty without one

    @property
    def body(self) -> tuple[Curve, ...]:
        """Outline of what is of the plank."""
        return (self.flat, *((self.glue,) if self.glue else ()), *self.rest)

    @property
    def whole(self) -> tuple[Curve, ...]:
        """Outline with the wedge."""
        if not self.wedge:
            return self.body
        return ((self.flat[0], self.wedge[0][-1]), *self.wedge[1:3], *self.rest)


def section(s: Station, plank: float) -> Section:
    """A station's section; above the plank's front (its thickness, mm) it is of the wedge."""
    flat, *rest = (tuple(_in_plank(s, p) for p in curve) for curve in _outline(s))
    rest_of = tuple(rest)
    if s.front <= plank:
        return Section(flat, None, rest_of, ())
    parting = ((s.front - plank) / s.slope, plank)
    nose, shoulder, *others = rest_of
    if nose[-1][1] < plank:
        above, below = _split_at(nose, plank)
        upper, lower = _halves(above), (below, shoulder)
    else:
        above, below = _split_at(shoulder, plank)
        upper, lower = (nose, above), _halves(below)
    edge = upper[1][-1]
    wedge = ((parting, flat[1]), *upper, (edge, parting))
    return Section((flat[0], parting), (parting, edge), (*lower, *others), wedge)


def block(width: float, height: float) -> Section:
    """The root's section, a rectangle."""
    top = THICKEST * width
    corners = ((width, height), (0.0, height), (0.0, height / 2), (0.0, 0.0), (top, 0.0), (width, 0.0))
    flat, *rest = ((a, b) for a, b in zip(corners, (*corners[1:], corners[0]), strict=True))
    return Section(flat, None, tuple(rest), ())


def _outline(s: Station) -> tuple[Curve, ...]:
    """Flat face, nose, front of the back in two, rear, trailing edge: (across, behind the flat face), mm."""
    width, thick = s.width, s.thickness
    nose, edge = NOSE * thick, min(TRAILING_EDGE, 0.5 * thick)
    tip = s.nose  # as long as it is high
    top, rear = THICKEST * width, (1 - THICKEST) * width
    reach = (top + rear / 3, width - rear / 3)
    heights = (thick, edge + TAIL * (thick - edge) / 3)
    handles = tuple((x, min(h, s.wood_behind(x))) for x, h in zip(reach, heights, strict=True))
    front = ((0.0, nose), (0.0, nose + (thick - nose) * ROUND), (top * (1 - ROUND), thick), (top, thick))
    return (
        ((width, 0.0), (tip, 0.0)),
        ((tip, 0.0), (tip * (1 - ROUND), 0.0), (0.0, nose * (1 - ROUND)), (0.0, nose)),
        *_halves(front),
        ((top, thick), *handles, (width, edge)),
        ((width, edge), (width, 0.0)),
    )


def points(curve: Curve, count: int) -> list[Point]:
    """Points along a curve, its ends among them."""
    if len(curve) == 2:
        return list(curve)
    return [_bezier(curve, k / count) for k in range(count + 1)]


def _in_plank(s: Station, p: Point) -> Point:
    """From (across, distance from the flat face) to the plank's frame."""
    across, behind = p
    return across, s.front - across * s.slope - behind / math.cos(math.radians(s.angle))


def _halves(curve: Curve) -> tuple[Curve, Curve]:
    """A cubic as two that meet in its middle."""
    return _split(curve, 0.5)


def _split_at(curve: Curve, level: float) -> tuple[Curve, Curve]:
    """A falling cubic as two that meet at a level.

    Raises: CsmError: it does not reach down to it: the wedge would be most of the blade.
    """
    if curve[-1][1] >= level:
        raise CsmError(
            f"the wedge would be {curve[0][1] - level:.0f} mm high or more, thicker than the blade's nose",
            remedy="a thicker plank, a higher tip speed ratio, or wedge=no",
        )
    low, high = 0.0, 1.0
    for _ in range(60):
        t = (low + high) / 2
        low, high = (t, high) if _bezier(curve, t)[1] > level else (low, t)
    first, second = _split(curve, low)
    met = (first[-1][0], level)
    return (*first[:-1], met), (met, *second[1:])


def _split(curve: Curve, t: float) -> tuple[Curve, Curve]:
    """A cubic as two (de Casteljau)."""
    a, b, c, d = curve
    ab, bc, cd = _between(a, b, t), _between(b, c, t), _between(c, d, t)
    abc, bcd = _between(ab, bc, t), _between(bc, cd, t)
    met = _between(abc, bcd, t)
    return (a, ab, abc, met), (met, bcd, cd, d)


def _between(a: Point, b: Point, t: float) -> Point:
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


def _bezier(curve: Curve, t: float) -> Point:
    (a, b, c, d), u = curve, 1 - t
    shares = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
    x, y = (sum(w * p[k] for w, p in zip(shares, (a, b, c, d), strict=True)) for k in (0, 1))
    return x, y
