# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Everything that the parts share: pipes, plates, places; mm."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from csmkit import Bar, Sheet, Workshop

from ..turbine_family.placing import Placing, hinge_pin, placing
from ..turbine_family.sizes import MagnetKind, Sizes, sizes
from ..turbine_family.stack import Stack
from ..turbine_family.tail import Tail
from .params import BY_ROTOR, FrameParams

OUTER = {48.3: "48.3x2.6", 60.3: "60.3x5", 88.9: "88.9x5"}  # yaw pipe and hinge's outer pipe
INNER = {42.4: "42.4", 48.3: "48.3x5", 76.1: "76.1x5"}  # tower's stub and hinge's inner pipe
BOOMS = {33.4: "33.7", 48.3: "48.3x5"}  # published diameter: metric pipe
BRACKET = {70.0: 6, 100.0: 8, 130.0: 10}  # hub's circle: plates that hold its shaft
SMALL = {70.0: 6, 100.0: 8, 130.0: 8}  # cheeks of the hinge
BARS = {500.0: "steel-flat-30x5", 1000.0: "steel-flat-50x6"}  # height of the vane up to which they hold it
THIN = 6  # caps of the hinge, brace
TOP = 8  # plates that the machine turns on
STUB = 150.0  # of the tower's stub below the yaw pipe


@dataclass(frozen=True)
class Layout:
    """One frame and tail in one workshop."""

    p: FrameParams
    shop: Workshop
    sizes: Sizes

    @classmethod
    def of(cls, p: FrameParams, shop: Workshop) -> Layout:
        """From parameters and workshop."""
        kind: MagnetKind = "ferrite" if p.magnets == "ferrite" else "neodymium"
        return cls(p, shop, sizes(p.rotor_diameter, kind))

    # stock

    @property
    def yaw_pipe(self) -> Bar:
        """Yaw pipe, and the hinge's outer pipe."""
        return self.shop.bar(f"steel-pipe-{OUTER[self.sizes.yaw_pipe]}")

    @property
    def pin_pipe(self) -> Bar:
        """What turns within it: the tower's stub, and the hinge's inner pipe."""
        return self.shop.bar(f"steel-pipe-{INNER[hinge_pin(self.sizes)]}")

    @property
    def boom_pipe(self) -> Bar:
        """The boom."""
        return self.shop.bar(f"steel-pipe-{BOOMS[self.sizes.boom_pipe]}")

    @property
    def bar(self) -> Bar:
        """Flats that hold the vane."""
        return self.shop.bar(next(key for high, key in BARS.items() if self.sizes.vane[1] <= high))

    @property
    def bracket(self) -> Sheet:
        """Plates around the shaft."""
        return self._steel(BRACKET[self.sizes.hub_circle])

    @property
    def cheek(self) -> Sheet:
        """Plates between yaw pipe and hinge."""
        return self._steel(SMALL[self.sizes.hub_circle])

    @property
    def thin(self) -> Sheet:
        """Caps of the hinge, brace."""
        return self._steel(THIN)

    @property
    def top(self) -> Sheet:
        """Plates on which the machine turns."""
        return self._steel(TOP)

    @property
    def vane(self) -> Sheet:
        """Plywood of the vane: published 6 and 9 mm."""
        if self.p.vane != BY_ROTOR:
            return self.shop.sheet(self.p.vane)
        return self.shop.sheet("birch-ply-6.5" if self.sizes.vane[2] <= 6 else "birch-ply-9")

    def _steel(self, nominal: float) -> Sheet:
        return self.shop.sheet(f"steel-sheet-{nominal:g}")

    # places

    @cached_property
    def at(self) -> Placing:
        """Where the axes lie."""
        return placing(self.sizes, self.bracket.thickness)

    @property
    def stack(self) -> Stack:
        """Where things stand along the rotor's axis."""
        return self.at.stack

    @cached_property
    def tail(self) -> Tail:
        """Lengths along hinge and tail."""
        return Tail(
            self.at,
            self.boom_pipe.width,
            self.thin.thickness,
            self.cheek.thickness,
            max(self.bar.width, self.bar.height),
            min(self.bar.width, self.bar.height),
        )

    @property
    def yaw_ends(self) -> tuple[float, float]:
        """Lower and upper end of the yaw pipe."""
        half = self.at.yaw_length / 2
        return (-half, half)

    @property
    def cable_hole(self) -> float:
        """Diameter of the hole for the cable (OpenAFPM: by the disc's size)."""
        return 20.0 if self.sizes.disc / 2 < 187.5 else 30.0
