# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Sheets of a saw plan as strips one after the other, in one of two frames: what the search works on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from csmkit.nest.saw.calls import Calls, Size
from csmkit.nest.saw.micrometres import PER_MM
from csmkit.nest.saw.task import SawBlank, Spot


@dataclass(frozen=True)
class Strip:
    """Boxes in a strip across a sheet: its length along x in the frame, spots from its lower left corner."""

    length: int
    spots: tuple[Spot, ...]


@dataclass(frozen=True)
class Full:
    """A sheet as strips, in one frame."""

    blank: SawBlank
    is_turned: bool
    strips: tuple[Strip, ...]


@dataclass(frozen=True)
class Place:
    """A sheet, or one strip of it, that is opened to be filled anew: what stays of it."""

    sheet: Full
    outer: tuple[Strip, ...]  # the sheet's other strips, where only one of them is opened
    frame: Calls
    area: Size  # of what is opened, in the frame
    stay: tuple[Strip, ...]


@dataclass(frozen=True)
class State:
    """Sheets that count whole, and the last."""

    full: tuple[Full, ...]
    last: Full
    share: float  # of the last sheet that is used


def strips_along(frame: Calls, spots: Sequence[Spot], kerf: int) -> Iterator[Strip]:
    """Boxes of a sheet, parted by every cut across x."""
    group: list[Spot] = []
    end = 0
    for spot in sorted(spots, key=lambda s: s[1]):
        if group and spot[1] >= end + kerf:
            yield _strip(frame, group)
            group = []
        group.append(spot)
        end = max(end, spot[1] + frame.size(spot[0], spot[3])[0])
    if group:
        yield _strip(frame, group)


def _strip(frame: Calls, group: Sequence[Spot]) -> Strip:
    low = min(x for _, x, _, _ in group)
    spots = tuple((k, x - low, y, t) for k, x, y, t in group)
    return Strip(frame.end(spots), spots)


def swapped(spots: Sequence[Spot]) -> list[Spot]:
    """In the frame in which x and y have changed places."""
    return [(k, y, x, t) for k, x, y, t in spots]


def rank(state: State) -> tuple[int, float]:
    """Smaller is better: sheets to buy, area that is used up."""
    bought = sum(s.blank.stock.kind == "sheet" for s in (*state.full, state.last))
    used = sum(area_of(s.blank.size) for s in state.full) + state.share * area_of(state.last.blank.size)
    return (bought, round(used / PER_MM**2, 3))


def framed(blank: SawBlank, frame: Calls) -> Size:
    """The usable area of a sheet in a frame."""
    return (blank.size[1], blank.size[0]) if frame.is_turned else blank.size


def give(pool: list[int], spots: Sequence[Spot]) -> None:
    """Count parts that have become free."""
    for k, *_ in spots:
        pool[k] += 1


def take(pool: list[int], spots: Sequence[Spot]) -> None:
    """Count parts off that have found a place."""
    for k, *_ in spots:
        pool[k] -= 1


def area_of(size: Size) -> int:
    """Area of a rectangle, µm²."""
    return size[0] * size[1]
