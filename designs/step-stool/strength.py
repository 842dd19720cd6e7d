# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""What the stool must bear, and what stops it from tipping."""

from __future__ import annotations

from csmkit import CsmError, Limit

from .frame import Frame

LOAD = 2600.0  # N on 100 mm × 100 mm: platform test of EN 14183:2004, clause 5.4, for 150 kg in all
PATCH = 100.0  # mm
DESIGN = 0.9 / 1.2  # k_mod / γ_M: plywood indoors, short load; EN 1995-1-1 tables 3.1 and 2.3
TEST = "EN 14183:2004 5.4 (2600 N, as a published test report gives it)"
STRENGTH = "f_m of the sheet's row × 0.9 / 1.2 (EN 1995-1-1 tables 3.1, 2.3)"


def limits(f: Frame) -> list[Limit]:
    """All limits of the stool."""
    return [_rail_bending(f), _seat_bending(f), *_tab_shear(f), *_tipping(f), *_wood_at_slots(f), _hand(f)]


def _strength(f: Frame, value: float | None) -> float:
    if value is None:
        raise CsmError(f"{f.ply.key} has no bending strength", part="seat", remedy="choose a birch plywood")
    return DESIGN * value


def _rail_bending(f: Frame) -> Limit:
    t, h = f.ply.thickness, f.rail
    moment = LOAD * (f.inside / 4 - PATCH / 8)
    return Limit(
        "bending of one rail, load in the middle of the seat's front",
        moment / (t * h**2 / 6),
        at_most=_strength(f, f.ply.material.bending),
        unit="N/mm²",
        formula="F (L / 4 - c / 8) / (t h² / 6); the front rail alone, without the seat's help",
        source=f"{TEST}; simply supported beam; {STRENGTH}",
        remedy="higher rails, a narrower seat or a thicker sheet",
    )


def _seat_bending(f: Frame) -> Limit:
    t, span = f.ply.thickness, 2 * f.rail_y
    hole = f.hand_size[0] if f.hand_size else 0.0
    strip = PATCH + span - hole
    moment = LOAD * (span / 4 - PATCH / 8) if span > PATCH else LOAD * span / 8
    return Limit(
        "bending of the seat between the rails, load in its middle",
        moment / (strip * t**2 / 6),
        at_most=_strength(f, f.ply.material.bending_across),
        unit="N/mm²",
        formula="F (L / 4 - c / 8) / (b t² / 6), or F L / 8 where the load spans the rails; strip b = c + L "
        "without the hand hole, bent across the face grain",
        source=f"{TEST}; load spreads at 45°; {STRENGTH}",
        remedy="a thicker sheet, a shallower seat or no hand hole",
    )


def _tab_shear(f: Frame) -> list[Limit]:
    shear = f.ply.material.shear
    if shear is None:
        return []
    return [
        Limit(
            "shear in the tab of one rail",
            1.5 * (LOAD / 2) / (f.rail_joint.tab_width * f.ply.thickness),
            at_most=DESIGN * shear,
            unit="N/mm²",
            formula="1.5 (F / 2) / (b t); the seat's own bearing on the sides neglected",
            source=f"{TEST}; rectangular section; f_v of the sheet's row × 0.9 / 1.2",
            remedy="higher rails or a thicker sheet",
        )
    ]


def _tipping(f: Frame) -> list[Limit]:
    """Sideways pull on the seat that tips the loaded stool; the feet stand under the seat's edges."""
    beyond_side = (f.width / 2 - f.slot_x) - f.ply.thickness / 2
    ways = (("forwards", 60.0), ("sideways", 60.0 - beyond_side))
    return [
        Limit(
            f"pull that tips it {way}",
            600 * inside / f.p.height,
            at_least=20,
            unit="N",
            formula=f"600 N × {inside:.0f} mm / height: load 60 mm within the seat's edge, no own weight",
            source="EN 1022:2018, stools: 600 N at 60 mm from the edge, 20 N at the seat",
            remedy="a lower stool",
        )
        for way, inside in ways
    ]


def _wood_at_slots(f: Frame) -> list[Limit]:
    seat_slot = f.width / 2 - f.slot_x - f.seat_joint.slot_width / 2
    slope = (f.depth - f.top) / 2 / f.side_height
    rail_slot_top = f.top / 2 + slope * f.rail_joint.spans[0][0]
    side_slot = rail_slot_top - f.rail_y - f.rail_joint.slot_width / 2
    places = (("the end of the seat", seat_slot, f.seat_joint), ("the side's edge", side_slot, f.rail_joint))
    return [
        Limit(
            f"wood between slot and {place}",
            wood,
            at_least=joint.edge_distance,
            unit="mm",
            formula="distance from the slot to the edge",
            source="one thickness of the sheet: judgement",
            remedy="the design keeps it; mend the design",
        )
        for place, wood, joint in places
    ]


def _hand(f: Frame) -> Limit:
    return Limit(
        "room for the hand between the rails",
        f.hand_room,
        at_least=60,
        unit="mm",
        formula="2 y - t",
        source="four fingers curl under the seat: judgement",
        remedy="a deeper seat or a thinner sheet",
    )
