# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Parts in holes of parts: a host and what lies in its holes become one part for the engines.

Engines leave holes of parts empty, or fill them only where their search happens to come by. So holes are
filled first; a host with its content is one composite, whose grain is such that everyone's grain stays legal,
and after the search it is taken apart again.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from shapely import Polygon

from csmkit.model import CutItem, NestInstance, Outline
from csmkit.nest.area import covering, free_holes
from csmkit.nest.candidate import Candidate, CutSheet, Placed
from csmkit.nest.turns import Grain, fits_box, turns

FIT = 1e-3  # mm, as in verify
SPREAD = 0.35  # of the logarithm of the factors by which values of parts vary from trial to trial
MOST_FILLS = 120  # holes of a trial: each takes up to a tenth of a second
TURNED = 0.3  # share of trials in which the other hosts come first


@dataclass(frozen=True)
class Small:
    """A part, or a composite, that may go into a hole."""

    name: str
    left: int  # copies
    outline: Polygon
    angles: tuple[float, ...]
    value: float  # what the outside is spared, mm²


Filler = Callable[[Polygon, Sequence[Small], float], tuple[Placed, ...]]  # hole, what may go in, spacing


@dataclass(frozen=True)
class Prefilled:
    """An instance whose holes are filled."""

    instance: NestInstance  # with composites as items
    contents: Mapping[str, tuple[Placed, ...]]  # of each composite: host and all that lies in it
    spared: float  # mm² of the outside

    def unpack(self, candidate: Candidate) -> Candidate:
        """The same sheets with every part by its own name."""
        if not self.contents:
            return candidate
        return tuple(
            CutSheet(s.stock, tuple(p for placed in s.placed for p in self._apart(placed))) for s in candidate
        )

    def _apart(self, placed: Placed) -> Iterator[Placed]:
        name, x, y, angle = placed
        if name not in self.contents:
            yield placed
            return
        for inner, dx, dy, turn in self.contents[name]:
            at = Outline(((dx, dy, 0.0),)).moved(x, y, angle).vertices[0]
            yield (inner, at[0], at[1], (angle + turn) % 360)


def prefills(instance: NestInstance, fill: Filler, seed: int, trials: int) -> tuple[Prefilled, ...]:
    """Ways to fill the holes of an instance's parts with its other parts, the one that spares most first.

    What a part is worth varies from trial to trial around the best so far, and so does whether the hosts with
    small holes come first (then they may go, filled, into larger holes) or those with large ones: that spares
    a tenth more than one trial on the benchmark plykit60.
    """
    usable = {i.name: _holes(i, instance.rules.spacing) for i in instance.items}
    if not any(usable.values()) or sum(i.quantity for i in instance.items) < 2:
        return (Prefilled(instance, {}, 0.0),)
    values = {i.name: worth(i, instance.rules.spacing) for i in instance.items}
    chance, fill = random.Random(seed), remembering(fill)
    found: list[tuple[Prefilled, dict[str, float], bool]] = []
    holes = sum(len(h) for h in usable.values())
    for trial in range(max(1, min(trials, MOST_FILLS // holes))):
        factors, small_first = dict.fromkeys(values, 1.0), trial % 2 == 0
        if trial > 1:
            _, middle, small_first = max(found, key=lambda f: f[0].spared)
            factors = {n: f * chance.lognormvariate(0, SPREAD) for n, f in middle.items()}
            small_first ^= chance.random() < TURNED
        biased = {n: v * factors[n] for n, v in values.items()}
        made = _Filling(instance, fill, biased, values, usable).run(small_first)
        found.append((made, factors, small_first))
    different = {str(sorted(made.contents.values())): made for made, *_ in found}
    return tuple(sorted(different.values(), key=lambda p: -p.spared))


def worth(item: CutItem, spacing: float) -> float:
    """Area that a part takes outside of holes, mm²: half of what its bays enclose is lost."""
    outline = covering(item.pattern.outline, spacing)
    return (outline.buffer(spacing / 2).area + outline.convex_hull.buffer(spacing / 2).area) / 2


def remembering(fill: Filler) -> Filler:
    """The same filler, which answers the same question only once."""
    known: dict[tuple[bytes, tuple[object, ...]], tuple[Placed, ...]] = {}

    def remembered(hole: Polygon, smalls: Sequence[Small], spacing: float) -> tuple[Placed, ...]:
        key = (hole.wkb, tuple((s.name, s.left, s.value, s.angles) for s in smalls))
        if key not in known:
            known[key] = fill(hole, smalls, spacing)
        return known[key]

    return remembered


class _Filling:
    """What is left of the parts while holes are being filled."""

    def __init__(
        self,
        instance: NestInstance,
        fill: Filler,
        values: Mapping[str, float],
        worths: Mapping[str, float],
        holes: Mapping[str, dict[int, Polygon]],
    ) -> None:
        self.instance, self.fill = instance, fill
        self.values, self.worths, self.holes = dict(values), worths, holes
        self.has_grain = any(s.grain for s in instance.stock)
        self.items = {i.name: i for i in instance.items}
        self.left = Counter({i.name: i.quantity for i in instance.items})
        self.outlines = {i.name: covering(i.pattern.outline, instance.rules.spacing) for i in instance.items}
        self.contents: dict[str, tuple[Placed, ...]] = {}
        self.fills = MOST_FILLS

    def run(self, small_first: bool) -> Prefilled:
        """Fill hosts until nothing goes in."""
        hosts = [n for n, holes in self.holes.items() if holes]
        hosts.sort(key=lambda n: (max(h.area for h in self.holes[n].values()), n), reverse=not small_first)
        for host in hosts:
            while self.left[host] > 0 and self._fill_host(host):
                pass
        items = tuple(replace(i, quantity=self.left[n]) for n, i in self.items.items() if self.left[n])
        contents = {n: c for n, c in self.contents.items() if self.left[n]}
        spared = sum(self.left[n] * sum(self.worths[p[0]] for p in c[1:]) for n, c in contents.items())
        return Prefilled(replace(self.instance, items=items), contents, spared)

    def _fill_host(self, host: str) -> bool:
        """Fill one copy, and as many others alike as there are parts for; False if nothing goes in."""
        grain = self._frame(host)
        needs: Counter[str] = Counter({host: 1})
        inside: list[Placed] = []
        filled: list[int] = []
        for number, hole in sorted(self.holes[host].items(), key=lambda h: (-h[1].area, h[0])):
            smalls = fitting(hole, self._smalls(host, grain, needs), self.instance.rules.spacing)
            placed: tuple[Placed, ...] = ()
            if smalls and self.fills:
                self.fills -= 1
                placed = self.fill(hole, smalls, self.instance.rules.spacing)
            filled += [number] if placed else []
            inside += placed
            needs.update(p[0] for p in placed)
        if not inside:
            return False
        copies = min(self.left[n] // k for n, k in needs.items())
        for name, count in needs.items():
            self.left[name] -= count * copies
        self._add(host, inside, filled, copies)
        return True

    def _add(self, host: str, inside: Sequence[Placed], filled: Sequence[int], copies: int) -> None:
        """A composite becomes an item; contents that are composites themselves are taken apart."""
        item = self.items[host]
        has_grain = self.has_grain and any(self.items[p[0]].pattern.grain for p in inside)
        grain: Grain = item.pattern.grain or (self._frame(host) if has_grain else None)
        holes = [h for h in item.pattern.holes if not h.region.islands]
        pattern = replace(
            item.pattern, features=tuple(h for k, h in enumerate(holes) if k not in filled), grain=grain
        )
        made = replace(item, part=f"{item.part}\n{len(self.contents)}", pattern=pattern, quantity=copies)
        apart = Prefilled(self.instance, self.contents, 0.0).unpack((CutSheet("", tuple(inside)),))
        self.contents[made.name] = ((host, 0.0, 0.0, 0.0), *apart[0].placed)
        self.items[made.name], self.left[made.name] = made, copies
        self.outlines[made.name] = self.outlines[host]
        self.values[made.name] = self.values[host] + sum(self.values[p[0]] for p in inside)

    def _frame(self, host: str) -> Grain:
        """How the grain of contents lies against a host: as its own, else as it fits on some sheet."""
        pattern = self.items[host].pattern
        if not self.has_grain or pattern.grain:
            return pattern.grain if self.has_grain else None
        edge = self.instance.rules.edge
        fits_along = any(
            fits_box(pattern, s, edge, angle) for s in self.instance.stock for angle in turns("x", s.grain)
        )
        return "x" if fits_along else "y"

    def _smalls(self, host: str, frame: Grain, needs: Counter[str]) -> list[Small]:
        """What may go into a hole of this host, with the angles against the host that its grain leaves."""
        return [
            Small(n, self.left[n] - needs[n], self.outlines[n], turns(i.pattern.grain, frame), self.values[n])
            for n, i in self.items.items()
            if n != host and self.left[n] > needs[n]
        ]


def fitting(hole: Polygon, smalls: Sequence[Small], spacing: float) -> tuple[Small, ...]:
    """Those of which a copy may fit by its box, each with as many copies as fit by their area."""
    x0, y0, x1, y1 = hole.bounds
    room_x, room_y = x1 - x0 - 2 * spacing + FIT, y1 - y0 - 2 * spacing + FIT
    room = hole.buffer(-spacing / 2).area
    result = []
    for small in smalls:
        x0, y0, x1, y1 = small.outline.bounds
        angles = tuple(a for a in small.angles if _fits(x1 - x0, y1 - y0, a, room_x, room_y))
        most = min(small.left, int(room / small.outline.buffer(spacing / 2).area))
        if angles and most:
            result.append(replace(small, angles=angles, left=most))
    return tuple(result)


def _fits(length: float, width: float, angle: float, room_x: float, room_y: float) -> bool:
    if angle % 180:
        length, width = width, length
    return length <= room_x and width <= room_y


def _holes(item: CutItem, spacing: float) -> dict[int, Polygon]:
    """Through holes in which there is room at all, by their number."""
    return {k: h for k, h in enumerate(free_holes(item.pattern)) if not h.buffer(-spacing).is_empty}
