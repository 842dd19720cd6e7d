# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Strength of dropouts, fork plates, beams and bed."""

from __future__ import annotations

import itertools

from csmkit import Limit

from .fits import Fits
from .layout import BEAM_END, CHORD_OVER, DROPOUT, LOCKNUTS, MID_X, NUT_ROOM, SLACK, Layout
from .loads import GAMMA_PLY, SHOCK, SHORT_TERM_WET, G, Loads, strength
from .rails import AXLE, WASHER_POCKET, rail_crown

WASHER_WIDE = 30.0  # mm, ISO 7093-1 M10
STEP = 80.0  # kg, a person who steps into the box on one foot (assumed)
DESIGN = "design value: k_mod 0.70 (service class 3, short-term), γ_M 1.2, EN 1995-1-1 tables 3.1 and 2.3"
FIRMER = "less payload, smaller wheels or a thicker frame_ply"


def frame_limits(at: Layout, fits: Fits, loads: Loads) -> list[Limit]:
    """Limits of the plates that carry the wheels and of the bed."""
    return [
        *_pushed_up(at, loads),
        *_pulled_down(at, loads),
        *_fork_plate(at, loads),
        *_rail(at, loads),
        *_beam(at, fits, loads),
        *_bed(at, loads),
    ]


def _pushed_up(at: Layout, loads: Loads) -> list[Limit]:
    """The axle against the closed end of the dropout."""
    bearing = strength(at.frame, at.frame.material.bearing)
    hole = AXLE * DROPOUT
    source = f"bearing strength of the ply's row; {DESIGN}"
    return [
        Limit(
            "bearing stress at the dropout, 3 g",
            loads.dropout_shock / hole,
            at_most=bearing,
            unit="N/mm²",
            formula="3 m g / 4 / (axle 9 mm × ply 9 mm)",
            source=f"3 g is assumed; {source}",
            remedy="less payload",
        ),
        Limit(
            "bearing stress at the dropout, 1 g sideways",
            loads.dropout_side / hole,
            at_most=bearing,
            unit="N/mm²",
            formula="(m g / 2 + 1 g m × tyre radius / 100 mm) / (axle 9 mm × ply 9 mm)",
            source=f"all mass on one wheel, 1 g sideways at its tyre, assumed; {source}",
            remedy="less payload or smaller wheels",
        ),
        Limit(
            "shear-out above the dropout, 1 g sideways",
            loads.dropout_side / (2 * (NUT_ROOM - AXLE / 2) * DROPOUT),
            at_most=strength(at.frame, at.frame.material.shear),
            unit="N/mm²",
            formula="force as before / (2 × ply between axle and the bed's slots × 9 mm)",
            source=f"panel shear strength of the ply's row; {DESIGN}",
            remedy="less payload or smaller wheels",
        ),
    ]


def _pulled_down(at: Layout, loads: Loads) -> list[Limit]:
    """The axle towards the open end of its slot: the washer on the rim of its pocket holds it."""
    lip = (WASHER_WIDE - AXLE - 2 * SLACK) * (at.frame.thickness - DROPOUT)
    below = at.radius - WASHER_WIDE / 2 - at.boss_low
    return [
        Limit(
            "axle held in the open slot, 1 g sideways",
            loads.dropout_lift / lip,
            at_most=strength(at.frame, at.frame.material.bearing),
            unit="N/mm²",
            formula="(1 g m × tyre radius / 100 mm − m g / 2) / (washer 30 − slot 10 mm) / pocket's depth",
            source="the washer's rim on its pocket alone, no friction of the nut; "
            f"bearing strength of the ply's row; {DESIGN}",
            remedy=FIRMER,
        ),
        Limit(
            "shear-out below the dropout, 1 g sideways",
            loads.dropout_lift / (2 * below * at.frame.thickness),
            at_most=strength(at.frame, at.frame.material.shear),
            unit="N/mm²",
            formula=f"force as before / (2 × {below:.0f} mm below the washer × ply)",
            source=f"panel shear strength of the ply's row; {DESIGN}",
            remedy=FIRMER,
        ),
    ]


def _fork_plate(at: Layout, loads: Loads) -> list[Limit]:
    t, span = at.frame.thickness, 2 * at.beam_x
    above = at.crown - at.radius - WASHER_POCKET / 2  # the plate that the slot and the pocket leave
    upright, flat = t * above**2 / 6, above * t**2 / 6
    along = strength(at.frame, at.frame.material.bending)
    side = loads.dropout_side * span / 4 / upright + loads.side / 2 * span / 4 / flat
    section = "plate above the axle's pocket, span between the wheel beams, ends free to turn"
    return [
        Limit(
            "fork plate bending, 3 g",
            loads.dropout_shock * span / 4 / upright,
            at_most=along,
            unit="N/mm²",
            formula=f"F L / 4 / (t h² / 6); {section}",
            source=f"3 g is assumed; bending strength along the grain of the ply's row; {DESIGN}",
            remedy=FIRMER,
        ),
        Limit(
            "fork plate bending, 1 g sideways",
            side,
            at_most=along,
            unit="N/mm²",
            formula=f"upright F L / 4 / (t h² / 6) + flatwise (m g / 2) L / 4 / (h t² / 6); {section}",
            source="all mass on one wheel, 1 g sideways at its tyre, half of it on each plate, assumed; "
            f"bending strength along the grain of the ply's row; {DESIGN}",
            remedy=FIRMER,
        ),
    ]


def _rail(at: Layout, loads: Loads) -> list[Limit]:
    above = rail_crown(at) - at.floor_z
    below = at.bed_z - at.radius - WASHER_POCKET / 2
    modulus = at.frame.thickness * (above**2 + below**2) / 6
    return [
        Limit(
            "rail bending at the axle, 1 g sideways",
            loads.dropout_side * 2 * at.beam_x / 4 / modulus,
            at_most=strength(at.frame, at.frame.material.bending),
            unit="N/mm²",
            formula="F L / 4 / (t (h₁² + h₂²) / 6), the rail above and below the bed's slots, each by itself",
            source="all mass on one wheel, 1 g sideways at its tyre, assumed; bed and end walls left out; "
            f"bending strength along the grain of the ply's row; {DESIGN}",
            remedy=FIRMER,
        )
    ]


def _beam(at: Layout, fits: Fits, loads: Loads) -> list[Limit]:
    t = at.frame.thickness
    moment = loads.dropout_side / 2 * (LOCKNUTS + t / 2)
    along = strength(at.frame, at.frame.material.bending)
    return [
        Limit(
            "wheel beam bending beside the rail, 1 g sideways",
            moment / ((t - 3.0) * BEAM_END**2 / 6),
            at_most=along,
            unit="N/mm²",
            formula="half of the fork plate's force × 100 mm / (t h² / 6), less 3 mm for the studs' pockets",
            source=f"bending strength along the grain of the ply's row; {DESIGN}",
            remedy=FIRMER,
        ),
        Limit(
            "front beam above the drawbar's window, 1 g sideways",
            moment / (at.bar.height + CHORD_OVER) / (t * CHORD_OVER),
            at_most=along,
            unit="N/mm²",
            formula="the same moment as push and pull, drawbar and upper chord apart, / (t × 25 mm)",
            source=f"as before; {DESIGN}",
            remedy=FIRMER,
        ),
        Limit(
            "pull on a fork plate's bolt, 1 g sideways",
            loads.side / 2,
            at_most=fits.beam_fork.pull_out() * SHORT_TERM_WET / GAMMA_PLY,
            unit="N",
            formula="m g on one fork plate, two bolts; against the barrel nut's pull-out",
            source=f"bearing and shear of the wood at the nut: CrossBolt.pull_out; {DESIGN}",
            remedy=FIRMER,
        ),
    ]


def _bed(at: Layout, loads: Loads) -> list[Limit]:
    places = sorted([-at.beam_x, MID_X, at.beam_x, *at.end_beams])
    span = max(b - a for a, b in itertools.pairwise(places))
    ends = max(places[0] - at.rear_x, at.front_x - places[-1])
    pressure = SHOCK * loads.payload * G / (at.clear_length * at.p.bed_width)
    modulus = at.bed.thickness**2 / 6  # for each mm of width
    along = strength(at.bed, at.bed.material.bending)
    foot = STEP * G * span / 4 / (span / 2) / modulus
    return [
        Limit(
            "bed bending, load at 3 g",
            pressure * max(span**2 / 8, ends**2 / 2) / modulus,
            at_most=along,
            unit="N/mm²",
            formula="q L² / 8 between beams or q a² / 2 beyond the last, rails left out; / (t² / 6)",
            source=f"load spread evenly, 3 g, assumed; bending strength of the ply's row; {DESIGN}",
            remedy="less payload or a thicker bed_ply",
        ),
        Limit(
            "bed bending, a person steps in",
            foot,
            at_most=along,
            unit="N/mm²",
            formula="80 kg × g × L / 4 on a strip of half the span between beams; / (t² / 6)",
            source=f"80 kg on one foot, assumed; bending strength of the ply's row; {DESIGN}",
            remedy="a thicker bed_ply",
        ),
    ]
