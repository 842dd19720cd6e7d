# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""What road and law ask for: mass, size, nose weight, tipping, turning, clearances."""

from __future__ import annotations

import math

from csmkit import Limit

from .layout import BEAM_GAP, HITCH_Y, LOCKNUTS, Layout, tyre
from .loads import LOAD_HEIGHT, Loads

GROSS = {  # kg; where a country has no figure, the product standard's holds
    "en-15918": (60.0, "EN 15918:2011+A2:2017, scope: gross mass up to 60 kg"),
    "germany-unbraked": (40.0, "Merkblatt für das Mitführen von Anhängern hinter Fahrrädern (1999): 40 kg"),
    "germany-braked": (80.0, "the same leaflet: 80 kg with a brake, which this kit does not have"),
    "austria-unbraked": (60.0, "Austrian Fahrradverordnung: 60 kg without a brake"),
    "austria-braked": (100.0, "Austrian Fahrradverordnung: 100 kg with a brake, which this kit lacks"),
    "netherlands": (60.0, "no national figure known: EN 15918:2011+A2:2017, scope"),
}
TILT = 25.0  # °; EN 15918 6.13.2 tilts child trailers so far; taken for cargo too
BOLT_HEAD = 5.6  # mm, M6 head and washer on the rail, beside the tyre


def road_limits(at: Layout, loads: Loads) -> list[Limit]:
    """Limits that no strength can mend."""
    return [*_mass(at, loads), *_size(at), *_nose(at, loads), *_tipping(at, loads), *_room(at)]


def _mass(at: Layout, loads: Loads) -> list[Limit]:
    allowed, source = GROSS[at.p.rules]
    return [
        Limit(
            "gross mass",
            loads.gross,
            at_most=allowed,
            unit="kg",
            formula=f"own mass {loads.own:.1f} kg from the kit's parts and rows + payload",
            source=source,
            remedy=f"payload of {max(allowed - loads.own, 0):.0f} kg or less, or the rules that apply to you",
        )
    ]


def _size(at: Layout) -> list[Limit]:
    longest = 2000.0 if at.p.rules.startswith("germany") else 2400.0
    long_source = (
        "German leaflet of 1999 recommends 2000 mm; counted here with the drawbar"
        if at.p.rules.startswith("germany")
        else "judgement: what a cycle path's barriers let pass"
    )
    return [
        Limit(
            "overall width",
            at.overall_width,
            at_most=1000.0,
            unit="mm",
            formula="bed + 2 × (two plates + 100 mm), to the ends of axles or bolt heads",
            source="Germany (§ 32 (9) StVZO by analogy, leaflet of 1999) and the Netherlands: 1000 mm",
            remedy="a narrower bed",
        ),
        Limit(
            "overall length",
            at.hitch_x - at.rear_x,
            at_most=longest,
            unit="mm",
            formula="rear end of the rails to the hitch",
            source=long_source,
            remedy="a shorter bed",
        ),
        Limit(
            "Euro boxes 600 × 400 on the floor",
            float(_boxes(at)),
            at_least=1.0,
            formula="whole boxes along and across, each way round, 5 mm of air a box",
            source="Euro footprint 600 × 400 mm",
            remedy="a wider or longer bed",
        ),
    ]


def _boxes(at: Layout) -> int:
    length, width = at.clear_length, at.p.bed_width
    along = math.floor(length / 605) * math.floor(width / 405)
    across = math.floor(length / 405) * math.floor(width / 605)
    return max(along, across)


def _nose(at: Layout, loads: Loads) -> list[Limit]:
    formula = "moments about the axle: Σ m x / (hitch to axle), load spread evenly over the bed"
    source = "usual range of makers of trailers and hitches, assumed; EN 15918 6.2 asks for a positive load"
    return [
        Limit(
            "nose weight, loaded",
            loads.nose,
            at_least=2.5,
            unit="kg",
            formula=formula,
            source=source,
            remedy="a larger axle_setback",
        ),
        Limit(
            "nose weight, loaded, at most",
            loads.nose,
            at_most=8.0,
            unit="kg",
            formula=formula,
            source=source,
            remedy="a smaller axle_setback",
        ),
        Limit(
            "nose weight, empty",
            loads.empty_nose,
            at_least=0.5,
            unit="kg",
            formula="as before, without load",
            source=source,
            remedy="a larger axle_setback",
        ),
    ]


def _tipping(at: Layout, loads: Loads) -> list[Limit]:
    return [
        Limit(
            "tipping in a bend",
            min(_tips_at(at, loads, side) for side in (1, -1)),
            at_least=math.tan(math.radians(TILT)),
            unit="g",
            formula="lateral acceleration that turns the mass about the line from the outer tyre to the "
            f"hitch; load's middle {LOAD_HEIGHT / 2:.0f} mm above the bed",
            source="EN 15918 6.13.2: no wheel lifts at 25° of tilt (for child trailers), tan 25° = 0.47",
            remedy="a wider bed, smaller wheels, or keep the load low",
        )
    ]


def _tips_at(at: Layout, loads: Loads, side: int) -> float:
    """Lateral acceleration towards one side at which the trailer turns about tyre and hitch, in g."""
    foot = (0.0, side * at.track / 2, 0.0)
    axis = (at.hitch_x, HITCH_Y - foot[1], at.tow_radius)
    arm = tuple(c - f for c, f in zip(loads.center, foot, strict=True))
    righting = _moment(axis, arm, (0.0, 0.0, -1.0))
    upsetting = _moment(axis, arm, (0.0, float(side), 0.0))
    return -righting / upsetting


def _moment(axis: tuple[float, ...], arm: tuple[float, ...], force: tuple[float, float, float]) -> float:
    cross = (
        arm[1] * force[2] - arm[2] * force[1],
        arm[2] * force[0] - arm[0] * force[2],
        arm[0] * force[1] - arm[1] * force[0],
    )
    return sum(a * c for a, c in zip(axis, cross, strict=True))


def _room(at: Layout) -> list[Limit]:
    width = tyre(at.p.wheel)[1]
    beside = LOCKNUTS / 2 - width / 2 - BOLT_HEAD
    return [
        Limit(
            "turning right, radius at the hitch",
            turning_radius(at),
            at_most=3500.0,
            unit="mm",
            formula="hitch to axle / sin of the angle at which the drawbar meets the tow bicycle's tyre",
            source="judgement: what a junction of cycle paths asks for",
            remedy="a wider bed, which moves the drawbar to the left",
        ),
        Limit(
            "room around the tyres",
            min(beside, BEAM_GAP),
            at_least=10.0,
            unit="mm",
            formula="to bolt heads beside it and to the wheel beams",
            source="judgement: mud and a wheel out of true",
            remedy="narrower tyres",
        ),
        Limit(
            "ground clearance",
            min(at.belly_low, at.boss_low),
            at_least=100.0,
            unit="mm",
            formula="lowest edge of beams and plates",
            source="judgement: kerbs of 100 mm",
            remedy="larger wheels, or a tow bicycle with larger wheels",
        ),
    ]


def turning_radius(at: Layout) -> float:
    """Radius of the hitch's way in a steady right-hand bend in which the drawbar just clears the tyre, mm."""
    tow, width = tyre(at.p.tow_wheel)
    corner = HITCH_Y - width / 2  # the tyre's rear edge, to the right of the hitch
    reach = math.hypot(tow, corner)
    inner = at.bar_y - at.bar.width / 2 - HITCH_Y  # the drawbar's inner face, to the left of the hitch
    angle = math.atan2(corner, tow) + math.asin(max(-1.0, min(1.0, inner / reach)))
    return at.hitch_x / math.sin(min(angle, math.pi / 2)) if angle > 0 else math.inf
