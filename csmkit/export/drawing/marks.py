# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Holes and pockets of a flat part as a drawing lists them: what, where, and which are alike."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from csmkit.export.drawing.corners import NEAR, Corners, corners
from csmkit.export.drawing.ink import value
from csmkit.model.facts import Feature, FlatPattern
from csmkit.model.outline import Outline, Point, Region

MANY = 20  # round holes of a kind that are still listed one by one
MOST_RADII = 4  # that a shape's words tell
MOST_POINTS = 24  # corners of a free shape that are listed; with more it is transferred from the 1:1 file


@dataclass(frozen=True)
class Mark:
    """One place on a part to drill, saw out or hollow.

    Args:
        what: "Ø9 through", "18.3 × 40.2 pocket, 5 deep".
        xs, ys: its middle if it is round or turned (one value), else from where to where (two values).
        middle: of it, mm.
        reach: half of its extents in x and in y, mm.
        points: corners of a free shape, and middles of its arcs: what, x, y.
        reliefs: diameters of the cutter's reliefs.
    """

    what: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    middle: Point
    reach: Point
    points: tuple[tuple[str, float, float], ...] = ()
    reliefs: tuple[float, ...] = ()
    is_round: bool = False


@dataclass(frozen=True)
class Group:
    """Marks that are alike, under one letter.

    Args:
        where: what they have in common of their places: " on Ø100".
    """

    letter: str
    marks: tuple[Mark, ...]
    where: str = ""

    @property
    def what(self) -> str:
        """Count and kind: "4 × Ø9 through"."""
        count = f"{len(self.marks)} × " if len(self.marks) > 1 else ""
        return f"{count}{self.marks[0].what}{self.where}"

    @property
    def is_in_columns(self) -> bool:
        """So many round holes that they are listed by their x, and bear the letter alone."""
        return len(self.marks) > MANY and self.marks[0].is_round

    def tag(self, n: int) -> str:
        """Name of a mark: "A3"; numbers from 0."""
        return self.letter if self.is_in_columns else f"{self.letter}{n + 1}"


def marks(pattern: FlatPattern) -> list[Mark]:
    """All holes and pockets; round ones about one middle are one mark."""
    found: list[Mark] = []
    bored = {_place(f.region.outline) for f in pattern.features}
    by_middle: dict[tuple[float, float], list[Feature]] = {}
    for feature in (_without_holes(f, bored) for f in pattern.features):
        circle = feature.region.outline.circle_of
        if circle and all(_is_about(island, circle) for island in feature.region.islands):
            by_middle.setdefault((round(circle[0], 1), round(circle[1], 1)), []).append(feature)
        else:
            found.append(_shaped(feature))
    return [_round(features) for features in by_middle.values()] + found


def groups(found: Iterable[Mark], about: Point | None = None) -> tuple[Group, ...]:
    """Marks by kind, lettered in the order of size; within a kind from left to right, bottom to top.

    Args:
        found: the marks.
        about: middle of a round part: kinds on a circle about it say its diameter.
    """
    kinds: dict[str, list[Mark]] = {}
    for mark in found:
        kinds.setdefault(mark.what, []).append(mark)
    ordered = sorted(
        kinds.values(), key=lambda ms: (not ms[0].what.startswith("Ø"), sum(ms[0].reach), ms[0].what)
    )
    return tuple(
        Group(
            _letter(n),
            tuple(sorted(ms, key=lambda m: (round(m.middle[0], 1), m.middle[1]))),
            on_circle([m.middle for m in ms], about) if about else "",
        )
        for n, ms in enumerate(ordered)
    )


def _place(outline: Outline) -> tuple[float, ...]:
    return tuple(round(v, 1) for v in outline.bounds)


def _without_holes(feature: Feature, bored: set[tuple[float, ...]]) -> Feature:
    """A pocket without those of its islands that are nothing but holes which are told by themselves."""
    left = tuple(i for i in feature.region.islands if _place(i) not in bored)
    return replace(feature, region=Region(feature.region.outline, left))


def on_circle(places: Sequence[Point], about: Point) -> str:
    """The circle on which two or more places lie, in words: " on Ø100"; "" if they lie on none."""
    away = [math.dist(place, about) for place in places]
    if len(away) < 2 or max(away) - min(away) > NEAR or min(away) < NEAR:
        return ""
    return f" on Ø{value(2 * away[0])}"


def _is_about(outline: Outline, circle: tuple[float, float, float]) -> bool:
    """A circle about the middle of another: the hole in a counterbore."""
    own = outline.circle_of
    return own is not None and math.dist(own[:2], circle[:2]) < NEAR


def _letter(n: int) -> str:
    """A, B, … without I and O, which look like numbers; then AA, AB, …"""
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    return letters[n] if n < len(letters) else letters[n // len(letters) - 1] + letters[n % len(letters)]


def _round(features: Sequence[Feature]) -> Mark:
    sized = sorted(
        ((f.region.outline.circle_of or (0.0, 0.0, 0.0), f) for f in features), key=lambda pair: pair[0][2]
    )
    (x, y, largest), _ = sized[-1]
    words = []
    for (_, _, diameter), feature in sized:
        left = [value((i.circle_of or (0.0, 0.0, 0.0))[2]) for i in feature.region.islands]
        around = "".join(f" around Ø{d}" for d in left)
        words.append(f"Ø{value(diameter)}{around} {_depth(feature)}")
    return Mark(" + ".join(words), (x,), (y,), (x, y), (largest / 2, largest / 2), is_round=True)


def _depth(feature: Feature) -> str:
    if feature.through:
        return "through"
    return f"{value(feature.depth)} deep" + (" from below" if feature.side == "bottom" else "")


def _shaped(feature: Feature) -> Mark:
    outline = feature.region.outline
    seen = corners(outline, is_hollow=True)
    x0, y0, x1, y1 = outline.bounds
    if _is_rectangle(seen):
        x0, y0 = (min(p[i] for p in seen.points) for i in (0, 1))
        x1, y1 = (max(p[i] for p in seen.points) for i in (0, 1))
    size, points = _size(seen, x1 - x0, y1 - y0)
    count = len(feature.region.islands)
    islands = f", {count} island{'s' if count > 1 else ''} left" if count else ""
    kind = "" if feature.through else "pocket "
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    is_turned = size.endswith("°")
    return Mark(
        f"{size}, {kind}{_depth(feature)}{islands}",
        (x,) if is_turned else (x0, x1),
        (y,) if is_turned else (y0, y1),
        (x, y),
        ((x1 - x0) / 2, (y1 - y0) / 2),
        points,
        seen.reliefs,
    )


def _size(seen: Corners, wide: float, high: float) -> tuple[str, tuple[tuple[str, float, float], ...]]:
    """The shape in words, and its corners where words don't say them."""
    radii = sorted({r.radius for r in seen.roundings})
    box = f"{value(wide)} × {value(high)}" + "".join(
        f" R{r}" for r in dict.fromkeys(map(value, radii[:MOST_RADII]))
    )
    if _is_rectangle(seen) or _is_slot(seen):
        return box, ()
    if turned := _turned(seen):
        return turned, ()
    if len(seen.points) > MOST_POINTS:
        return f"shape in {box}", ()
    middles = dict.fromkeys(
        (value(a.radius), round(a.center[0], 1), round(a.center[1], 1)) for a in seen.arcs
    )
    told = [("corner", *p) for p in seen.points] + [(f"R{r} about", x, y) for r, x, y in middles]
    return f"shape in {box}", tuple(told)


def _turned(seen: Corners) -> str:
    """Sides and angle of a rectangle that lies askew, corners sharp; "" of any other shape."""
    if len(seen.points) != 4 or seen.roundings:
        return ""
    a, b, c, d = seen.points
    sides = math.dist(a, b), math.dist(b, c)
    is_even = abs(math.dist(c, d) - sides[0]) < NEAR and abs(math.dist(d, a) - sides[1]) < NEAR
    if not is_even or abs(math.dist(a, c) - math.dist(b, d)) > NEAR:
        return ""
    start, end = (a, b) if sides[0] >= sides[1] else (b, c)
    angle = math.degrees(math.atan2(end[1] - start[1], end[0] - start[0])) % 180
    return f"{value(max(sides))} × {value(min(sides))} at {value(angle)}°"


def _is_rectangle(seen: Corners) -> bool:
    """Four corners with edges along x and y."""
    if len(seen.points) != 4 or seen.arcs:
        return False
    sides = zip(seen.points, (*seen.points[1:], seen.points[0]), strict=True)
    return all(abs(a[0] - b[0]) < NEAR or abs(a[1] - b[1]) < NEAR for a, b in sides)


def _is_slot(seen: Corners) -> bool:
    """Round ends, straight sides along x or y."""
    if len(seen.points) != 4 or len(seen.arcs) != 2:
        return False
    ends = all(abs(abs(arc.sweep) - math.pi) < 1e-3 for arc in seen.arcs)
    chords = {min(abs(arc.start[0] - arc.end[0]), abs(arc.start[1] - arc.end[1])) < NEAR for arc in seen.arcs}
    return ends and chords == {True}
