# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a step's picture shows: plain data between the plan of all pictures and the drawing of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from csmkit.geometry.facets import Facets
from csmkit.model.pose import Pose, Vector

HARDWARE = ("bolt", "screw", "nut", "wing-nut", "washer", "insert", "tee-nut", "barrel-nut")  # kinds
SCREWS = ("bolt", "screw")
NOWHERE: Vector = (0.0, 0.0, 0.0)
Turn = Literal["", "left", "right", "round", "over"]


@dataclass(frozen=True)
class Shape:
    """A part or bought thing as steps show it.

    Args:
        name: as the steps call it.
        kind: "part", or the kind of its row: "bolt", "wheel".
        colour: of its finish, sRGB, "#e8c78f".
        length: of a bolt or screw, mm; 0 for the rest.
    """

    name: str
    kind: str
    colour: str
    length: float = 0.0

    @property
    def is_hardware(self) -> bool:
        """Small and standard: drawn at 1:1 in the box below."""
        return self.kind in HARDWARE

    @property
    def is_screw(self) -> bool:
        """It has a length that must not be mistaken."""
        return self.kind in SCREWS


@dataclass(frozen=True)
class Copy:
    """One of a shape in its place; facets are placed too, mm."""

    shape: Shape
    pose: Pose
    facets: Facets


@dataclass(frozen=True)
class Shown:
    """Some copies of a shape in a picture.

    Args:
        shape, poses: what they are and where they belong.
        shifts: how far each that is added is pulled out, mm; none for what is there already.
        moves: how far each stands aside besides, so that things that lie apart fit into the picture; none if
            all stay.
    """

    shape: Shape
    poses: tuple[Pose, ...]
    shifts: tuple[Vector, ...] = ()
    moves: tuple[Vector, ...] = ()


@dataclass(frozen=True)
class Stage:
    """A step's picture.

    Args:
        number, title: of the step.
        shows: "adds": what the step adds; "state": what stands, at a step that adds nothing.
        there, added: what is there already, what comes.
        bunches: which copies of what is there hang together, a number each.
        ways: ends of the lines between things pulled apart, from the place to what goes there, mm.
        towards_eye, is_turned_over: the look; see `geometry.depth.look`.
        kit: the kit within the kit whose step it is: its things are called by their own names.
        turn: how the scene has turned since the picture before: by a quarter, so that what was at the right
            or left comes to the front, by half, or over; "" if it has not.
    """

    number: int
    title: str
    shows: Literal["adds", "state"]
    there: tuple[Shown, ...]
    added: tuple[Shown, ...]
    bunches: tuple[int, ...] = ()
    ways: tuple[tuple[Vector, Vector], ...] = ()
    towards_eye: Vector = (1.0, -1.4, 0.9)
    is_turned_over: bool = False
    turn: Turn = ""
    kit: str = ""


def grouped(copies: Sequence[Copy]) -> tuple[Shown, ...]:
    """Copies of one shape together, shapes in the order of their first copies."""
    poses: dict[Shape, list[Pose]] = {}
    for copy in copies:
        poses.setdefault(copy.shape, []).append(copy.pose)
    return tuple(Shown(shape, tuple(places)) for shape, places in poses.items())


def copies(items: Sequence[Shown], facets: Mapping[str, Facets]) -> list[Copy]:
    """The inverse of `grouped`; facets by name, each in its own frame."""
    return [Copy(i.shape, pose, facets[i.shape.name].moved(pose)) for i in items for pose in i.poses]
