# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A kit as its designer says it: parts with poses, bought things, limits."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from csmkit.errors import CsmError
from csmkit.model.figures import Figure
from csmkit.model.machine import Process
from csmkit.model.pose import Pose, Vector
from csmkit.model.stock import Stock

Axis = Literal["x", "y", "z"]


@dataclass(frozen=True)
class Part:
    """A part that the workshop makes.

    Args:
        name: unique in its kit; names files.
        shape: a solid of build123d or CadQuery, in any frame; opaque outside of geometry.
        stock: what it is cut from.
        grain: axis of the shape's own frame along which the face grain (or the bar's length) runs.
        process: how it is made; the stock's usual process by default.
    Example:
        board = prism(Outline.rectangle(0, 0, 300, 200), ply.thickness)
        shelves = Part("shelf", board, ply, grain="x").at(Pose.at(z=100), Pose.at(z=300))
    """

    name: str
    shape: Any
    stock: Stock
    grain: Axis | None = None
    process: Process | None = None

    def __post_init__(self) -> None:
        if self.grain is not None and self.grain not in get_args(Axis):
            raise CsmError(f"grain = {self.grain!r} is no axis", part=self.name, remedy="write x, y or z")

    def at(self, *poses: Any) -> Placed:
        """The part in its places; their number is its quantity."""
        return _placed(self, poses)


@dataclass(frozen=True)
class Bought:
    """A thing that is bought: a standard and a size, or a supplier-neutral specification.

    Args:
        standard: "ISO 4017", "bicycle wheel".
        size: "M8x40", "47-406".
        shape: its solid for the assembly; by default a true-size model of the standard part.
    Example:
        screws = Bought("DIN 7997", "4x40").at(*(Pose.at(x, 100, 18) for x in (50, 250)))
    """

    standard: str
    size: str
    shape: Any = None

    @property
    def key(self) -> str:
        """What steps and BOM call it: "ISO 4017 M8x40"."""
        return f"{self.standard} {self.size}"

    def at(self, *poses: Any) -> Placed:
        """The thing in its places; their number is its quantity."""
        return _placed(self, poses)


@dataclass(frozen=True)
class Bulk:
    """What is bought by the kilogram, litre or metre: glue, paint, wire, resin.

    Args:
        standard: what it is: "wood glue".
        size: which kind: "D3".
        amount: what stays in the product, in `unit`.
        unit: it is sold by.
        waste: share of it that is bought beyond: runs, ends of wire, resin left in the cup.
        is_cast: it goes into a part that is cast, whose mass counts instead of its own.
    Example:
        glue = Bulk("wood glue", "D3", 0.03, "kg")
    """

    standard: str
    size: str
    amount: float
    unit: Literal["kg", "l", "m", "m2"]
    waste: float = 0.0
    is_cast: bool = False

    @property
    def key(self) -> str:
        """What steps and BOM call it."""
        return f"{self.standard} {self.size}"


@dataclass(frozen=True)
class Limit:
    """A computed value that must stay on the right side of a limit.

    Args:
        name: what is limited: "bearing stress at the dropout".
        value: computed value, in `unit`.
        at_least, at_most: the limit; exactly one of them.
        unit: of all three.
        formula: how the value was computed, in words or symbols.
        source: where formula and limit come from.
        remedy: which parameter helps.
    Raises: CsmError: not exactly one of at_least and at_most, or a number that is not finite.
    Example:
        Limit(
            "bending of the shelf",
            value=8.2,
            at_most=0.9 / 1.2 * ply.material.bending,
            unit="N/mm²",
            formula="q l² / 8 / (b t² / 6)",
            source="beam on two supports; EN 1995-1-1 tables 3.1, 2.3",
            remedy="a shorter shelf or a thicker sheet",
        )
    """

    name: str
    value: float
    at_least: float | None = None
    at_most: float | None = None
    unit: str = ""
    formula: str = ""
    source: str = ""
    remedy: str = ""

    def __post_init__(self) -> None:
        if (self.at_least is None) == (self.at_most is None):
            raise CsmError(f"limit {self.name!r} needs exactly one of at_least and at_most")
        for name in ("value", "at_least", "at_most"):
            number = getattr(self, name)
            if number is not None and not math.isfinite(number):
                raise CsmError(f"limit {self.name!r}: {name} = {number} is not a finite number")

    @property
    def holds(self) -> bool:
        """The value is on the right side."""
        if self.at_least is not None:
            return self.value >= self.at_least
        assert self.at_most is not None
        return self.value <= self.at_most


@dataclass(frozen=True)
class Motion:
    """Some of a kit's things turn about an axis; nothing may be in their way.

    Args:
        name: what moves: "rotor", "tail furls".
        moves: names of parts and of kits within the kit, keys of bought things; all their places move.
            What lies in a kit within it is named "hub / bearing". Motions of kits within a kit don't count:
            whoever puts them together knows what hangs on what turns.
        origin, axis: of the turn, in the kit's frame.
        start, end: angles in degrees; 0 is how the kit stands, 0 to 360 a full turn.
    Example:
        Motion("lid opens", ("lid",), origin=(0, 200, 150), axis=(1, 0, 0), start=0, end=100)
    """

    name: str
    moves: tuple[str, ...]
    origin: Vector
    axis: Vector
    start: float = 0.0
    end: float = 360.0


@dataclass(frozen=True)
class Placed:
    """An item in its places."""

    item: Part | Bought | Kit
    poses: tuple[Pose, ...]
    is_jig: bool = False

    def moved(self, by: Pose) -> Placed:
        """The same elsewhere: `by` is done after what was said."""
        return replace(self, poses=tuple(by * pose for pose in self.poses))

    def as_jig(self) -> Placed:
        """The same as a jig, mould or template: listed, cut and priced, but no part of the finished thing.

        Pictures of the whole, its size and its mass leave it out; pictures of steps show it where it is used.
        """
        return replace(self, is_jig=True)


@dataclass(frozen=True, init=False)
class Kit:
    """What a design returns: placed items, bulk goods, limits, figures, motions; it may hold other kits.

    Args:
        items: parts, bought things and kits in their places (`Part(…).at(pose)`), bulk goods as they are.
        limits: what must hold; the build stops where one doesn't.
        figures: tables, curves and templates for page and paper.
        motions: what turns; the build stops where something is in its way.
        name: of a kit within a kit; by default the name of its folder.
    Raises: CsmError: an item has no place.
    Example:
        board = prism(Outline.rectangle(0, 0, 300, 200), ply.thickness)
        kit = Kit(
            Part("shelf", board, ply, grain="x").at(Pose()),
            Bought("DIN 7997", "4x40").at(Pose.at(50, 100, ply.thickness)),
            Bulk("wood oil", "hard-wax", 0.02, "l"),
        )
    """

    placed: tuple[Placed, ...]
    bulk: tuple[Bulk, ...]
    limits: tuple[Limit, ...]
    figures: tuple[Figure, ...]
    motions: tuple[Motion, ...]
    name: str

    def __init__(
        self,
        *items: Placed | Bulk,
        limits: Sequence[Limit] = (),
        figures: Sequence[Figure] = (),
        motions: Sequence[Motion] = (),
        name: str = "",
    ) -> None:
        for item in items:
            if not isinstance(item, Placed | Bulk):
                raise CsmError(
                    f"a kit takes parts in their places, not {type(item).__name__}",
                    part=str(getattr(item, "name", getattr(item, "key", ""))),
                    remedy="write Part(…).at(pose, …)",
                )
        object.__setattr__(self, "placed", tuple(i for i in items if isinstance(i, Placed)))
        object.__setattr__(self, "bulk", tuple(i for i in items if isinstance(i, Bulk)))
        object.__setattr__(self, "limits", tuple(limits))
        object.__setattr__(self, "figures", tuple(figures))
        object.__setattr__(self, "motions", tuple(motions))
        object.__setattr__(self, "name", name)

    def named(self, name: str) -> Kit:
        """The same kit under another name."""
        return Kit(
            *self.placed,
            *self.bulk,
            limits=self.limits,
            figures=self.figures,
            motions=self.motions,
            name=name,
        )

    def at(self, *poses: Any) -> Placed:
        """The kit within another kit."""
        return _placed(self, poses)


def _placed(item: Part | Bought | Kit, poses: tuple[Any, ...]) -> Placed:
    flat = [p for pose in poses for p in (pose if isinstance(pose, list | tuple) else (pose,))]
    placed = Placed(item, tuple(Pose.of(p) for p in flat))
    if not all(math.isfinite(number) for pose in placed.poses for row in pose.rows for number in row):
        name = item.key if isinstance(item, Bought) else item.name
        raise CsmError("a pose is not finite", part=name, remedy="look for a division by zero in its place")
    return placed
