# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""What must hold: magnets and discs, clearance, heat, wire, studs."""

from __future__ import annotations

import math

from csmkit import Limit
from csmkit.errors import CsmError

from ..turbine_family.coils import BETWEEN
from ..turbine_family.electrical import AMBIENT, FURLED, HEAT, STATOR_MOST
from ..turbine_family.magnetics import attraction, disc_flux_density, mean_field
from ..turbine_family.windings import FILL, MOST_IN_HAND
from .discs import jacking
from .layout import Layout
from .plates import Plate
from .studs import stud_limit

LEAST_AIR = 2.0  # mm that must remain between turning and standing things
RUN_OUT = (
    0.5  # mm of a disc that isn't quite flat or square to the axis (assumed, to be filed or shimmed away)
)
SATURATED = (
    1.6  # T, where steel S235 begins to want much more field (magnetisation curves of low carbon steel)
)
LEAST_WIND = 6.0  # m/s; a machine that must turn away below this is of no use (assumed)
LEAST_HOLE = 0.3  # of the magnet's length: a coil with a shorter hole links too little of the flux
LEAST_GAP = 1.0  # mm between two magnets' corners: the jig's bars and resin go there (assumed)
STEEL = "Roark, table 11.2, cases 1k and 1l, ν 0.3"


def limits(at: Layout) -> list[Limit]:
    """All limits of a machine."""
    return [
        _magnets_apart(at),
        _steel(at),
        *_discs(at),
        _air(at),
        *_winding(at),
        *_heat(at),
        stud_limit(at),
        _smallest_hole(at),
    ]


def sags(at: Layout) -> tuple[float, float]:
    """How far the magnets pull the rims of back and front disc towards each other, mm."""
    modulus = at.steel.material.modulus
    if modulus is None:
        raise CsmError("the discs' material has no modulus", part=at.steel.key, remedy="add it to its row")
    hub, force, radius = at.stack.hub, attraction(at.sizes), at.sizes.mean_radius
    rim, t = at.sizes.disc / 2, at.sizes.disc_thickness
    back = Plate(rim, hub.flange / 2, t, modulus).sag(force, radius, is_fixed=True)
    front = Plate(rim, hub.circle / 2, t, modulus).sag(force, radius, is_fixed=False)
    return (back, front) if force else (0.0, 0.0)


def _magnets_apart(at: Layout) -> Limit:
    n, m = at.sizes.magnets, at.sizes.magnet
    corner = at.magnet_start * math.sin(math.pi / n) - m.width / 2 * math.cos(math.pi / n)
    return Limit(
        "space between two magnets at their inner ends",
        2 * corner,
        at_least=LEAST_GAP,
        unit="mm",
        formula="2 (r sin(π/n) − w/2 cos(π/n)), r from the axis to the inner ends",
        source="geometry; 1 mm for resin is assumed",
        remedy="a rotor_diameter of a published machine",
    )


def _steel(at: Layout) -> Limit:
    return Limit(
        "field within the discs' steel between two magnets",
        disc_flux_density(at.sizes),
        at_most=SATURATED,
        unit="T",
        formula="flux of half a pole at the mean radius / disc's thickness, harmonics to the 15th",
        source="field of a row of magnets on iron, as in magnetics.py; knee of low carbon steel",
        remedy="another rotor_diameter",
    )


def _discs(at: Layout) -> list[Limit]:
    """Bending where the flange's rim holds the back disc, which is pulled off it all round."""
    if not at.sizes.has_back_iron:
        return []
    modulus, strength = at.steel.material.modulus, at.steel.material.bending
    if modulus is None or strength is None:
        raise CsmError("the discs' material has no modulus or strength", part=at.steel.key)
    t, hub = at.sizes.disc_thickness, at.stack.hub
    plate = Plate(at.sizes.disc / 2, hub.flange / 2, t, modulus)
    moment = abs(plate.edge_moment(attraction(at.sizes), at.sizes.mean_radius))
    return [
        Limit(
            "bending stress in the back disc at the hub's flange",
            6 * moment / t**2,
            at_most=strength / 1.5,
            unit="N/mm²",
            formula="6 M / t², ring load of the magnets' pull at their mean radius, edge fixed",
            source=f"pull B² A / (2 μ0), {mean_field(at.sizes):.2f} T without leakage; {STEEL}; yield / 1.5",
            remedy="another rotor_diameter",
        )
    ]


def _air(at: Layout) -> Limit:
    worst = max(sags(at))
    return Limit(
        "air between discs and stator once the magnets pull",
        at.sizes.clearance - worst,
        at_least=LEAST_AIR,
        unit="mm",
        formula=f"{at.sizes.clearance:g} mm − {worst:.2f} mm, sag of the disc that sags most",
        source=f"front disc held at its studs alone, back disc at the flange; {STEEL}; 2 mm assumed",
        remedy="shims, or another rotor_diameter",
    )


def _winding(at: Layout) -> list[Limit]:
    c, m = at.coil, at.sizes.magnet
    return [
        Limit(
            "share of copper in a coil's leg",
            at.winding.fill,
            at_most=FILL + 0.005,
            formula=f"{at.winding.turns} × {at.winding.in_hand} × π d² / 4 / (leg × stator's thickness)",
            source="0.55 in OpenAFPM's published windings; half a hundredth for their rounding",
            remedy="another voltage",
        ),
        Limit(
            "wires wound together",
            at.winding.in_hand,
            at_most=MOST_IN_HAND,
            formula="as many as the turn's section wants, none thicker than 1.6 mm",
            source="assumption of the designer: more can't be laid side by side by hand",
            remedy="a higher voltage",
        ),
        Limit(
            "length of a coil's hole over the magnet's",
            (c.outer - c.inner) / m.length,
            at_least=LEAST_HOLE,
            formula=f"the hub's nuts keep the coils {at.stack.stator_bore:.0f} mm and more from the axis",
            source=f"assumption of the designer; legs {c.leg:.1f} mm, {BETWEEN:g} mm between two coils",
            remedy="another rotor_diameter",
        ),
    ]


def _heat(at: Layout) -> list[Limit]:
    machine, state = at.machine, at.machine.rated
    density = machine.current_density(state)
    return [
        Limit(
            f"stator's temperature, for hours at {state.wind:.1f} m/s",
            machine.temperature(state),
            at_most=STATOR_MOST,
            unit="°C",
            formula=f"{AMBIENT:g} °C + (copper and eddies) / (h × both faces); {density:.1f} A/mm²",
            source=f"h {HEAT:g} W/(m² K) is assumed so that published windings stay below 90 °C at 6 A/mm²;"
            " cast polyester softens from 70 °C on",
            remedy="a tail that furls earlier",
        ),
        Limit(
            "wind in which the tail must have begun to turn it away",
            state.wind,
            at_least=LEAST_WIND,
            unit="m/s",
            formula=f"the least of {FURLED:g} m/s and the wind that warms the stator to {STATOR_MOST:g} °C",
            source="power curve of this kit; 6 m/s is an assumption of the designer",
            remedy="another rotor_diameter or neodymium magnets",
        ),
    ]


def _smallest_hole(at: Layout) -> Limit:
    least = at.stack.thread.hole if at.stack.front_disc is None else jacking(at)[1]
    return Limit(
        "smallest hole of the discs over their thickness",
        least / at.sizes.disc_thickness,
        at_least=1.0,
        formula="hole to be tapped for the jacking screws, or for a stud, over the sheet's thickness",
        source="laser cutters' guides for sheets above 5 mm; with plasma drill all holes but the middle one",
        remedy="drill it",
    )
