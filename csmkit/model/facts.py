# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What is known of a kit once its solids have been measured: plain numbers, no shapes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from csmkit.model.figures import Figure
from csmkit.model.kit import Axis, Bulk, Limit
from csmkit.model.machine import Process
from csmkit.model.outline import Outline, Point, Region
from csmkit.model.pose import Pose, Vector
from csmkit.model.stock import Form


@dataclass(frozen=True)
class Feature:
    """Something to cut in a flat pattern.

    `hole` goes through, `pocket` is cleared to `depth`; `drill` is a round pocket or hole given by a circle.
    """

    kind: Literal["hole", "pocket", "drill"]
    side: Literal["top", "bottom"]
    depth: float  # mm; the thickness if it goes through
    region: Region
    through: bool


@dataclass(frozen=True)
class FlatPattern:
    """A sheet part as it lies on the machine, side with the pockets up, box's lower left corner at (0, 0).

    All outlines are seen from the top, features of the bottom too. mm.
    """

    outline: Outline
    features: tuple[Feature, ...]
    thickness: float
    grain: Literal["x", "y"] | None
    frame: Pose  # from the pattern's frame (z = 0 at the bottom) to the part's own frame

    @property
    def is_two_sided(self) -> bool:
        """Some feature has to be cut from below: two setups."""
        return any(f.side == "bottom" for f in self.features)

    @property
    def size(self) -> tuple[float, float]:
        """Length in x and in y, mm."""
        x0, y0, x1, y1 = self.outline.bounds
        return (x1 - x0, y1 - y0)

    @property
    def area(self) -> float:
        """Area without what is cut through, mm²: other parts may lie in holes."""
        return abs(self.outline.area) - sum(f.region.area for f in self.holes)

    @property
    def volume(self) -> float:
        """Volume of what remains, mm³."""
        return abs(self.outline.area) * self.thickness - sum(f.region.area * f.depth for f in self.features)

    @property
    def holes(self) -> tuple[Feature, ...]:
        """Features that go through."""
        return tuple(f for f in self.features if f.through)

    @property
    def pockets(self) -> tuple[Feature, ...]:
        """Features that don't go through."""
        return tuple(f for f in self.features if not f.through)


@dataclass(frozen=True)
class BarEnd:
    """How a bar is cut off."""

    kind: Literal["square", "mitre", "shaped"]
    angle: float = 0.0  # degrees off square
    around: float = 0.0  # degrees about the bar: the side that is longest there


@dataclass(frozen=True)
class BarHole:
    """A round hole across a bar; in a tube or pipe one for each wall."""

    at: float  # mm from the bar's start
    around: float  # degrees about the bar
    diameter: float


@dataclass(frozen=True)
class BarWork:
    """What is done to a bar beside cutting it to length; seen from its start, z along it."""

    ends: tuple[BarEnd, BarEnd]  # at its start, at its end
    holes: tuple[BarHole, ...]
    wrap: tuple[
        tuple[Point, ...], ...
    ]  # round bars: its edges on the unrolled surface, (around, along) in mm

    @property
    def is_plain(self) -> bool:
        """Square at both ends, no holes."""
        return not self.holes and all(end.kind == "square" for end in self.ends)


@dataclass(frozen=True)
class PartFacts:
    """A made part, measured."""

    name: str
    stock: str  # key
    form: Form
    process: Process
    quantity: int
    poses: tuple[Pose, ...]
    size: tuple[float, float, float]  # as it is cut: length, width, thickness; mm
    volume: float  # mm³
    mass: float  # kg each
    center: Vector  # centre of mass in the part's own frame, mm
    flat_pattern: FlatPattern | None  # sheet parts
    length: float | None  # bar parts: length to cut, mm
    work: BarWork | None = None  # bar parts

    @property
    def is_cut(self) -> bool:
        """It is cut from a sheet or a bar: neither printed nor cast."""
        return self.form in ("sheet", "bar")


@dataclass(frozen=True)
class BoughtFacts:
    """A bought thing in its places."""

    standard: str
    size: str
    poses: tuple[Pose, ...]

    @property
    def key(self) -> str:
        """What steps and BOM call it."""
        return f"{self.standard} {self.size}"


@dataclass(frozen=True)
class InnerKit:
    """A kit within a kit, and what it holds."""

    name: str  # its parts' names in the whole begin with it
    items: tuple[tuple[str, int], ...]  # name in the whole or key, and how many; bulk goods count once a kit
    copies: tuple[tuple[str, int], ...] = ()  # name in the whole or key, and number of its pose there


@dataclass(frozen=True)
class KitFacts:
    """A kit, measured; composition is flattened, poses are in the kit's frame."""

    kit: str
    parts: tuple[PartFacts, ...]
    bought: tuple[BoughtFacts, ...]
    bulk: tuple[Bulk, ...]  # one entry for each kit within the kit that needs it
    limits: tuple[Limit, ...]
    figures: tuple[Figure, ...] = ()
    kits: tuple[InnerKit, ...] = ()
    jigs: tuple[tuple[str, int], ...] = ()  # as of `KitModel`


@dataclass(frozen=True)
class PartModel:
    """A made part before it is measured: what its design says of it, beside its BREP bytes."""

    name: str
    file: str  # name for files: the part's name without characters that a file system refuses
    form: Form
    stock: str  # key
    grain: Axis | None  # axis of the part's own frame
    process: Process
    poses: tuple[Pose, ...]


@dataclass(frozen=True)
class BoughtModel:
    """A bought thing before it is priced."""

    standard: str
    size: str
    file: str  # name of its BREP file, empty if the standard's model serves
    poses: tuple[Pose, ...]

    @property
    def key(self) -> str:
        """What steps and BOM call it."""
        return f"{self.standard} {self.size}"


@dataclass(frozen=True)
class MotionModel:
    """A motion of the whole kit: which places of which things turn about which axis."""

    name: str
    moves: tuple[tuple[str, int], ...]  # name of a part or key of a bought thing, number of its pose
    origin: Vector
    axis: Vector
    start: float  # degrees
    end: float


@dataclass(frozen=True)
class KitModel:
    """What a design's run gives, flattened: plain data, its shapes lie beside it as BREP bytes."""

    kit: str
    parts: tuple[PartModel, ...]
    bought: tuple[BoughtModel, ...]
    bulk: tuple[Bulk, ...]
    limits: tuple[Limit, ...]
    figures: tuple[Figure, ...] = ()
    kits: tuple[InnerKit, ...] = ()
    motions: tuple[MotionModel, ...] = ()
    jigs: tuple[tuple[str, int], ...] = ()  # no part of the finished thing: name or key, number of its pose


@dataclass(frozen=True)
class Finding:
    """One thing that a check has found."""

    kit: str
    check: str  # "interference", "flat pattern", "limit", …
    part: str
    problem: str  # with the value and the limit in it
    remedy: str
    level: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        line = f"{'/'.join(p for p in (self.kit, self.part) if p)}: {self.problem}"
        return f"{line}; {self.remedy}" if self.remedy else line


@dataclass(frozen=True)
class Step:
    """One step of the assembly."""

    title: str
    adds: tuple[tuple[str, int], ...]  # name of a part or key of a bought thing, and how many of it
    tools: tuple[str, ...]
    minutes: float
    text: str  # Markdown
    line: int  # where it stands in assembly.md
    kit: str = ""  # the kit within the kit whose step it is


@dataclass(frozen=True)
class Assembly:
    """assembly.md: what to know before, then the steps."""

    intro: str  # Markdown
    steps: tuple[Step, ...]
