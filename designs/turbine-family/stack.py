# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Where things stand along the rotor's axis, from the shaft in the frame to the blades' seat.

z = 0 is the front face of the hub's flange, z points upwind, y up, x away from the yaw axis; mm.

    shaft | hub | flange | back disc, magnets | air | stator | air | magnets, front disc | nuts | blades

The back disc lies on the flange, a washer and a nut on each stud hold it. The front disc, if there is one,
stands on nuts of its own that set the air, and a nut in front holds it; a large washer on that nut is the
blades' seat. On a machine without a front disc a nut and a large washer in front of the stator carry them.
The stator doesn't turn: studs of its own hold it in the frame.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from .coils import RIM, coil
from .hub_fits import hub_fits
from .sizes import Sizes

END = 3.0  # mm of a stud beyond its last nut
BESIDE = 6.0  # mm from the coils' outer end to the middle of a stator's stud
EDGE = 20.0  # mm from the coils' outer end to the stator's edge (OpenAFPM)
T_FRAME = 187.5  # mm, radius of the disc up to which OpenAFPM holds the stator in three places, not four
BRACKET = 40.0  # mm behind the hub that the stator's studs reach: bracket, washers, nuts


@dataclass(frozen=True)
class Thread:
    """What is stacked on a stud of one diameter; mm."""

    d: float
    hole: float  # through metal and ply; ISO 273 medium
    nut: float  # height, ISO 4032
    flats: float
    washer: float  # ISO 7089
    large_washer: float  # ISO 7093-1

    @property
    def name(self) -> str:
        """As the tables call it: M12."""
        return f"M{self.d:g}"


THREADS = {
    10.0: Thread(10, 11.0, 8.4, 16, 2.0, 2.5),
    12.0: Thread(12, 13.5, 10.8, 18, 2.5, 3.0),
}


@dataclass(frozen=True)
class Hub:
    """A bought bearing hub on its stub shaft: trailer hubs of this kind; mm."""

    key: str  # size of the bought thing: "4x100"
    circle: float  # pitch circle of the studs
    studs: int
    flange: float  # diameter
    flange_thickness: float
    body: float  # diameter behind the flange
    depth: float  # from the flange's front face back to where the shaft comes out
    boss: float  # diameter of the cap in front of the flange
    boss_length: float
    centre_hole: float  # of the discs, over the cap (OpenAFPM)
    shaft: float  # diameter; does not turn, the frame holds it
    shaft_length: float  # behind `depth`


HUBS = {
    70.0: Hub("4x70", 70, 4, 92, 8, 48, 50, 33, 8, 35, 25, 60),
    100.0: Hub("4x100", 100, 4, 126, 10, 66, 62, 62, 12, 65, 40, 80),
    130.0: Hub("6x130", 130, 6, 158, 12, 88, 75, 90, 16, 95, 45, 100),
}


@dataclass(frozen=True)
class Stack:
    """Places along the axis and circles about it; mm, angles in degrees from x towards y."""

    hub: Hub
    thread: Thread  # of the hub's studs
    back_disc: tuple[float, float]  # z of its rear and front face
    back_magnets: tuple[float, float]
    stator: tuple[float, float]
    front_magnets: tuple[float, float] | None
    front_disc: tuple[float, float] | None
    seat: float  # rear face of the blades' back disc; a large washer lies under it
    studs: tuple[float, float]  # rear and front end of the hub's studs
    stator_radius: float
    stator_bore: float  # radius
    stator_thread: Thread
    stator_circle: float  # radius on which its studs stand
    stator_angles: tuple[float, ...]
    stator_studs: tuple[float, float]  # rear and front end
    bracket: float  # front face of the frame's bracket may stand here, behind the hub

    @property
    def hub_angles(self) -> tuple[float, ...]:
        """Angles of the hub's studs."""
        return tuple(360 / self.hub.studs * (i + 0.5) for i in range(self.hub.studs))

    @property
    def stator_points(self) -> tuple[tuple[float, float], ...]:
        """Where the stator's studs stand, x and y."""
        return circle(self.stator_circle, self.stator_angles)

    @property
    def hub_points(self) -> tuple[tuple[float, float], ...]:
        """Where the hub's studs stand, x and y."""
        return circle(self.hub.circle / 2, self.hub_angles)


def circle(radius: float, angles: tuple[float, ...]) -> tuple[tuple[float, float], ...]:
    """Points at these angles."""
    return tuple((radius * math.cos(math.radians(a)), radius * math.sin(math.radians(a))) for a in angles)


def blades_thickness(rotor: float) -> float:
    """Ply, blades' roots and ply that the studs reach through, mm; the rotor's diameter in m."""
    fits = hub_fits(rotor * 1000)
    return 2 * fits.ply + fits.blank


def stack(sizes: Sizes) -> Stack:
    """Where everything of one machine stands."""
    hub, thread = HUBS[sizes.hub_circle], THREADS[sizes.stud]
    t, m, air = sizes.disc_thickness, sizes.magnet.thickness, sizes.clearance
    rear = t + m + air  # of the stator
    front = rear + sizes.stator
    front_magnets = (front + air, front + air + m) if sizes.is_double else None
    inner = front_magnets[1] if front_magnets else front + air
    front_disc = (inner, inner + t) if sizes.has_back_iron else None
    below = front_disc[1] + thread.washer if front_disc else front + air
    seat = below + thread.nut + thread.large_washer
    behind = hub.flange_thickness + thread.washer + thread.nut + END
    beyond = blades_thickness(sizes.rotor) + thread.large_washer + 2 * thread.nut + END
    held = THREADS[12.0 if sizes.hub_circle > 100 else 10.0]
    wound = coil(sizes)
    leg = wound.leg
    in_three = sizes.disc / 2 <= T_FRAME
    return Stack(
        hub=hub,
        thread=thread,
        back_disc=(0.0, t),
        back_magnets=(t, t + m),
        stator=(rear, front),
        front_magnets=front_magnets,
        front_disc=front_disc,
        seat=seat,
        studs=(-behind, seat + beyond),
        stator_radius=sizes.disc / 2 + leg + EDGE,
        stator_bore=wound.inner - wound.leg - RIM,
        stator_thread=held,
        stator_circle=sizes.disc / 2 + leg + BESIDE,
        stator_angles=(0.0, 120.0, 240.0) if in_three else (45.0, 135.0, 225.0, 315.0),
        stator_studs=(-hub.depth - BRACKET, front + held.washer + held.nut + END),
        bracket=-hub.depth,
    )
