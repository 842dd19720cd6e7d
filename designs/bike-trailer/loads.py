# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""What the trailer weighs and where, from the kit's own solids and rows; and what the road does to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from build123d import CenterOf

from csmkit import Bulk, Part, Workshop
from csmkit.model import Bar, Kit, Placed, Sheet

from .layout import LOCKNUTS, Layout

Vector = tuple[float, float, float]

G = 9.81  # m/s²
LOAD_HEIGHT = 320.0  # mm, a Euro box filled evenly: the load's middle lies at half of it (assumed)
SHOCK = 3.0  # g on both wheels: pothole (assumed)
SIDE = 1.0  # g on one tyre: kerb, or sliding onto it (assumed)
BRAKING = 0.6  # g: a bicycle brakes to about 0.5 to 0.6 g before it tips over its front wheel
KERB = 0.5  # g × gross mass backwards on one wheel that runs against a kerb (assumed)
SHORT_TERM_WET = 0.70  # k_mod, plywood and solid wood in service class 3, short-term: EN 1995-1-1 table 3.1
GAMMA_PLY, GAMMA_WOOD, GAMMA_METAL = 1.2, 1.3, 1.65  # EN 1995-1-1 table 2.3; metals 1.1 × 1.5 for fatigue


@dataclass(frozen=True)
class Loads:
    """Masses (kg), their middles (mm), and forces (N) that the limits start from."""

    at: Layout
    own: float
    own_center: Vector

    @classmethod
    def of(cls, at: Layout, shop: Workshop, placed: Iterable[Placed], finish: Iterable[Bulk]) -> Loads:
        """From the parts' volumes and densities and the bought things' rows; varnish counts as it is wet."""
        masses = [m for item in placed for m in _masses(item, shop)]
        total = sum(m for m, _ in masses)
        center = tuple(sum(m * c[k] for m, c in masses) / total for k in range(3))
        wet = sum(b.amount * shop.bought_row(b.standard, b.size).mass for b in finish)
        return cls(at, total + wet, (center[0], center[1], center[2]))

    @property
    def payload(self) -> float:
        """kg."""
        return self.at.p.payload

    @property
    def gross(self) -> float:
        """Own mass and load, kg."""
        return self.own + self.payload

    @property
    def center(self) -> Vector:
        """Middle of gross mass, mm, the load spread evenly over the bed."""
        load = (self.at.p.axle_setback, 0.0, self.at.floor_z + LOAD_HEIGHT / 2)
        shares = self.own / self.gross, self.payload / self.gross
        x, y, z = (shares[0] * o + shares[1] * c for o, c in zip(self.own_center, load, strict=True))
        return (x, y, z)

    @property
    def nose(self) -> float:
        """Mass on the hitch, loaded, kg: moments about the axle."""
        return self.gross * self.center[0] / self.at.hitch_x

    @property
    def empty_nose(self) -> float:
        """Mass on the hitch without a load, kg."""
        return self.own * self.own_center[0] / self.at.hitch_x

    @property
    def dropout_shock(self) -> float:
        """On one dropout, 3 g on both wheels, N."""
        return SHOCK * self.gross * G / 4

    @property
    def side(self) -> float:
        """Sideways on one tyre, N."""
        return SIDE * self.gross * G

    @property
    def side_couple(self) -> float:
        """Up on one dropout, down on the other, from the sideways force at the tyre, N."""
        return self.side * self.at.radius / LOCKNUTS

    @property
    def dropout_side(self) -> float:
        """Up on the dropout that the sideways force loads, all mass on this wheel, N."""
        return self.gross * G / 2 + self.side_couple

    @property
    def dropout_lift(self) -> float:
        """Down on the other dropout, against the open end of its slot, N."""
        return max(self.side_couple - self.gross * G / 2, 0.0)


def strength(sheet: Sheet, value: float | None) -> float:
    """Design value of a ply's characteristic strength, N/mm²; 0 where its row has none."""
    return (value or 0.0) * SHORT_TERM_WET / GAMMA_PLY if sheet.form == "sheet" else 0.0


def bar_strength(bar: Bar) -> float:
    """Design bending strength of the drawbar, N/mm²."""
    if bar.material.has_grain:
        return (bar.material.bending or 0.0) * SHORT_TERM_WET / GAMMA_WOOD
    return (bar.material.bending or 0.0) / GAMMA_METAL


def _masses(placed: Placed, shop: Workshop) -> list[tuple[float, Vector]]:
    item = placed.item
    if isinstance(item, Part):
        mass = item.shape.volume * 1e-9 * item.stock.material.density
        middle = item.shape.center(CenterOf.MASS)
        return [(mass, pose.point((middle.X, middle.Y, middle.Z))) for pose in placed.poses]
    if isinstance(item, Kit):
        return [m for inner in item.placed for m in _masses(inner, shop)]
    mass = shop.bought_row(item.standard, item.size).mass
    return [(mass, pose.point((0.0, 0.0, 0.0))) for pose in placed.poses]
