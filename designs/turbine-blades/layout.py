# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Everything that the parts share: sizes, plank, stations, where the blades stand; mm."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from csmkit import Bar, CsmError, Pose, Sheet, Workshop

from ..turbine_family.blade_stations import Plan, Station, planed, stations
from ..turbine_family.hub_fits import HubFits, hub_fits
from ..turbine_family.rotor_power import BLADES, design_ratio
from ..turbine_family.sizes import LARGEST, SMALLEST, MagnetKind, Sizes, sizes
from ..turbine_family.stack import Stack, stack
from .params import BY_ROTOR, SPRUCE, BladeParams

CORNER = 20.0  # mm, radius of the front triangle's corners: a sharp one breaks off
ANGLES = (90.0, 210.0, 330.0)  # degrees from x: blade 1 stands up
SPARE = (2.0, 2.0)  # mm of a plank's width and thickness beyond the hub's, where it is chosen for you
# mm of a plank's width and thickness that go; a router's cutter goes round the blade
TAKEN = {"carved": (5.0, 3.0), "milled": (30.0, 3.0)}


@dataclass(frozen=True)
class Layout:
    """One rotor, mm."""

    p: BladeParams
    sizes: Sizes
    stack: Stack
    fits: HubFits
    plank: Bar
    ply: Sheet
    plan: Plan

    @classmethod
    def of(cls, p: BladeParams, shop: Workshop) -> Layout:
        """From parameters and workshop.

        Raises: CsmError: the blade does not fit the plank.
        """
        kind: MagnetKind = "ferrite" if p.magnets == "ferrite" else "neodymium"
        main = sizes(p.rotor_diameter, kind)
        fits = hub_fits(_diameter(p.rotor_diameter))
        plank = _plank(p, fits, shop)
        sold, least = (plank_width(plank), plank_thickness(plank)), (fits.root_width, fits.blank)
        width, thickness = planed(sold, least, TAKEN[p.making])
        plan = Plan(
            diameter=_diameter(p.rotor_diameter),
            ratio=design_ratio(main) if p.tip_speed_ratio == BY_ROTOR else float(p.tip_speed_ratio),
            blades=BLADES,
            root_width=width,
            plank=thickness,
            root_end=max(fits.corner_radius - CORNER, fits.disc / 2),
            planform="straight" if p.planform == "straight" else "curved",
            wedge=p.wedge,
        )
        return cls(p, main, stack(main), fits, plank, shop.sheet(f"birch-ply-{fits.ply:g}"), plan)

    @cached_property
    def stations(self) -> tuple[Station, ...]:
        """From the root outwards."""
        return stations(self.plan, self.p.stations)

    @property
    def has_wedge(self) -> bool:
        """A wedge is glued on."""
        return any(s.front > self.plan.plank for s in self.stations)

    @property
    def is_clockwise(self) -> bool:
        """Seen from upwind."""
        return self.p.turning == "clockwise"

    @property
    def side(self) -> float:
        """Sign of y on which a blade's leading edge lies, in its own frame."""
        return -1.0 if self.is_clockwise else 1.0

    @property
    def blade_z(self) -> float:
        """Back of the planks, on the back disc."""
        return self.ply.thickness

    @property
    def triangle_z(self) -> float:
        """Front of the planks, under the front triangle."""
        return self.blade_z + self.plan.plank

    @property
    def front_z(self) -> float:
        """Front of the triangle, under the studs' washers."""
        return self.triangle_z + self.ply.thickness

    @property
    def rim(self) -> float:
        """Radius of the back disc."""
        return self.fits.disc / 2

    def pose(self, blade: int, z: float) -> Pose:
        """From a blade's own frame, at this height, into the kit's."""
        return Pose.at(z=z, rz=ANGLES[blade])


def plank_width(bar: Bar) -> float:
    """The wider side as sold, mm."""
    return max(bar.width, bar.height)


def plank_thickness(bar: Bar) -> float:
    """The thinner side as sold, mm."""
    return min(bar.width, bar.height)


def _diameter(rotor_m: float) -> float:
    return rotor_m * 1000


def _plank(p: BladeParams, fits: HubFits, shop: Workshop) -> Bar:
    """The plank that was asked for, or the first that the hub fits. Raises: CsmError: it is too small."""
    room = _waste(p)
    larger = [b for b in map(shop.bar, SPRUCE) if _fits(b, fits, (max(room, SPARE[0]), SPARE[1]))]
    if p.plank == BY_ROTOR:
        return larger[0]
    chosen = shop.bar(p.plank)
    if _fits(chosen, fits, (room, 0.0)):
        return chosen
    raise CsmError(
        f"plank = {p.plank} is too small for {p.making} blades of a rotor of {p.rotor_diameter:g} m:"
        f" they want {fits.root_width + room:.0f} x {fits.blank:.0f} mm",
        remedy=f"plank = {larger[0].key}{_smaller(chosen, room)}",
    )


def _waste(p: BladeParams) -> float:
    """Width that a router's cutter needs beside the root; a saw needs none."""
    return TAKEN["milled"][0] if p.making == "milled" else 0.0


def _fits(bar: Bar, fits: HubFits, spare: tuple[float, float]) -> bool:
    return plank_width(bar) >= fits.root_width + spare[0] and plank_thickness(bar) >= fits.blank + spare[1]


def _smaller(bar: Bar, room: float) -> str:
    """The largest rotor that a plank makes blades for, to a decimetre, as a remedy, if there is one."""
    tenths = range(round(SMALLEST * 10), round(LARGEST * 10) + 1)
    fitting = [t for t in tenths if _fits(bar, hub_fits(t * 100.0), (room, 0.0))]
    return f", or rotor_diameter = {max(fitting) / 10:.1f}" if fitting else ""
