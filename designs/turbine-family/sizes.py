# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Main sizes of a turbine from its rotor diameter: the published sets, and what lies between them.

Source: OpenAFPM's default parameters after Hugh Piggott's Wind Turbine Recipe Book (2014), for five machines.
Between them lengths that grow with the rotor are interpolated, and sizes that are bought (pipes, hubs,
plates) are those of the next larger machine.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

from csmkit import CsmError

MagnetKind = Literal["neodymium", "ferrite"]
SMALLEST, LARGEST = 1.2, 4.2  # m, rotor diameters that the family covers
WEAK_PITCH = 48.0  # mm of the magnets' mean circle for each: closer ones short-circuit each other's flux
CORNERS = 1.5  # mm between the inner corners of two magnets, at least: the jig goes between (assumed)


@dataclass(frozen=True)
class Magnet:
    """A magnet block: along the radius, around it, thick; mm."""

    kind: MagnetKind
    length: float
    width: float
    thickness: float
    remanence: float  # T
    source: str


NEODYMIUM = Magnet("neodymium", 46, 30, 10, 1.27, "N40 block, B_r 1.26 to 1.29 T in makers' tables")
FERRITE = Magnet("ferrite", 50, 50, 20, 0.39, "C8 (Y30BH) block, B_r 0.38 to 0.40 T in makers' tables")


@dataclass(frozen=True)
class Sizes:
    """Main sizes of one machine; mm and degrees, the rotor in m."""

    rotor: float
    magnet: Magnet
    disc: float  # diameter of the magnet discs
    disc_thickness: float
    is_double: bool  # magnets on both discs; else on one, the other is plain steel or missing
    has_back_iron: bool  # a second disc of steel faces the first
    magnets: int  # on one disc
    coils: int
    turns: int  # published winding, for its own battery; other voltages scale it
    wires: int  # in hand
    wire: float  # diameter
    boom: float
    boom_pipe: float
    vane: tuple[float, float, float]  # long, high, thick
    offset: float  # of the rotor's axis from the yaw axis
    hinge_angle: float
    yaw_pipe: float
    hub_circle: float  # pitch circle of the hub's studs
    stator: float  # thickness
    clearance: float  # mechanical, between magnets and stator
    is_published: bool

    @property
    def stud(self) -> float:
        """Thread of the studs that hold discs and blades to the hub: M10 or M12."""
        return 10.0 if self.hub_circle < 100 else 12.0

    @property
    def mean_radius(self) -> float:
        """Radius of the magnets' middle, mm: they end at the disc's rim."""
        return (self.disc - self.magnet.length) / 2


def _set(
    rotor: float,
    disc: tuple[float, float],
    magnets: int,
    winding: tuple[int, int, float],
    boom: tuple[float, float],
    vane: tuple[float, float, float],
    swing: tuple[float, float],
    pipe: float,
    hub: float,
) -> Sizes:
    turns, wires, wire = winding
    return Sizes(
        rotor=rotor,
        magnet=NEODYMIUM,
        disc=disc[0],
        disc_thickness=disc[1],
        is_double=rotor >= 2.4,
        has_back_iron=rotor >= 1.8,
        magnets=magnets,
        coils=magnets * 3 // 4,
        turns=turns,
        wires=wires,
        wire=wire,
        boom=boom[0],
        boom_pipe=boom[1],
        vane=vane,
        offset=swing[0],
        hinge_angle=swing[1],
        yaw_pipe=pipe,
        hub_circle=hub,
        stator=13.0 if rotor > 1.2 else 10.0,
        clearance=3.0,
        is_published=True,
    )


PUBLISHED = (
    _set(1.2, (224, 6), 8, (164, 1, 0.9), (700, 33.4), (500, 200, 6), (100, 20), 48.3, 70),
    _set(1.8, (259, 6), 8, (147, 1, 1.32), (800, 48.3), (1000, 400, 6), (100, 20), 60.3, 100),
    _set(2.4, (300, 10), 12, (43, 2, 1.4), (1000, 48.3), (1200, 500, 6), (125, 20), 60.3, 100),
    _set(4.2, (450, 10), 16, (43, 2, 1.4), (1800, 48.3), (2000, 900, 9), (250, 15), 88.9, 130),
)
PUBLISHED_FERRITE = replace(
    _set(2.0, (297, 6), 12, (82, 1, 1.5), (1000, 48.3), (1000, 500, 6), (100, 13), 60.3, 100),
    magnet=FERRITE,
    stator=12.0,
    clearance=5.0,
)


def sizes(rotor: float, magnet: MagnetKind = "neodymium") -> Sizes:
    """Main sizes of a machine.

    Args:
        rotor: diameter of the rotor, m, 1.2 to 4.2.
        magnet: what its magnets are made of; ferrite was published for 2.0 m alone, other machines keep that
            magnet, its clearance and its stator.
    Raises: CsmError: a diameter outside of what was published.
    """
    if not SMALLEST <= rotor <= LARGEST:
        near = SMALLEST if rotor < SMALLEST else LARGEST
        raise CsmError(
            f"rotor_diameter = {rotor:g} m is outside the published method, {SMALLEST:g} to {LARGEST:g} m",
            remedy=f"the nearest that works is {near:g}",
        )
    found = _between(rotor)
    if magnet == "neodymium":
        return found
    if rotor == PUBLISHED_FERRITE.rotor:
        return PUBLISHED_FERRITE
    return _with_ferrite(found)


def _between(rotor: float) -> Sizes:
    above = next(s for s in PUBLISHED if s.rotor >= rotor)
    if above.rotor == rotor:
        return above
    below = PUBLISHED[PUBLISHED.index(above) - 1]
    share = (rotor - below.rotor) / (above.rotor - below.rotor)
    disc = _round(below.disc * (above.disc / below.disc) ** share, 1)
    magnets = _magnets(disc, above.magnet, (below.magnets, above.magnets))
    return replace(
        above,
        rotor=rotor,
        disc=disc,
        magnets=magnets,
        coils=magnets * 3 // 4,
        boom=_round(_mix(below.boom, above.boom, share), 10),
        vane=(
            _round(_mix(below.vane[0], above.vane[0], share), 10),
            _round(_mix(below.vane[1], above.vane[1], share), 10),
            above.vane[2],
        ),
        offset=_round(_mix(below.offset, above.offset, share), 1),
        hinge_angle=_round(_mix(below.hinge_angle, above.hinge_angle, share), 0.5),
        is_double=rotor >= 2.4,
        is_published=False,
    )


def _with_ferrite(found: Sizes) -> Sizes:
    """The machine with the published ferrite magnet: larger blocks want a larger disc."""
    published = PUBLISHED_FERRITE
    disc = max(found.disc, _round(published.disc * math.exp(0.23 * (found.rotor - published.rotor)), 1))
    magnets = _magnets(disc, FERRITE, (8, 16))
    return replace(
        found,
        magnet=FERRITE,
        disc=disc,
        magnets=magnets,
        coils=magnets * 3 // 4,
        stator=published.stator,
        clearance=published.clearance,
        is_published=False,
    )


def _magnets(disc: float, magnet: Magnet, ends: tuple[int, int]) -> int:
    """A multiple of four: as many as the mean circle holds without crowding."""
    room = math.pi * (disc - magnet.length) / max(WEAK_PITCH, 1.2 * magnet.width)
    count = max(ends[0], min(ends[1], int(room) // 4 * 4))
    inner = disc / 2 - magnet.length
    while count > ends[0] and 2 * inner * math.tan(math.pi / count) < magnet.width + CORNERS:
        count -= 4
    return count


def _mix(a: float, b: float, share: float) -> float:
    return a + (b - a) * share


def _round(value: float, step: float) -> float:
    return round(value / step) * step
