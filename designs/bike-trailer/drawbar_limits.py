# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Strength of drawbar, neck and their bolts on a rough road, in braking, at a kerb."""

from __future__ import annotations

from csmkit import Limit

from .drawbar import M8, NECK_BOLTS
from .layout import BAR_AIR, HITCH_Y, MID_X, Layout
from .loads import BRAKING, KERB, SHOCK, G, Loads, bar_strength, strength

NECK_WIDTH = 56.0  # mm, narrowest across the drawbar's bolts
LEAST_NOSE = 8.0  # kg that the drawbar must bear at 3 g, however little lies on it when it stands
DESIGN = "EN 1995-1-1: k_mod 0.70, γ_M 1.2 (ply), 1.3 (wood); metals: yield strength / 1.1 / 1.5 for fatigue"


def drawbar_limits(at: Layout, loads: Loads) -> list[Limit]:
    """Limits of what lies between bed and bicycle."""
    return [*_bar(at, loads), *_window(at, loads), *_neck(at, loads), *_bolts(at, loads)]


def section_modulus(at: Layout) -> float:
    """Of the drawbar less a bolt's hole, mm³, the same both ways: all sections are square."""
    side, inside = at.bar.width, at.bar.width - 2 * at.bar.wall if at.bar.wall else 0.0
    return (side**4 - inside**4) / (6 * side) * (1 - M8 / side)


def _bar(at: Layout, loads: Loads) -> list[Limit]:
    modulus, allowed = section_modulus(at), bar_strength(at.bar)
    return [
        Limit(
            f"drawbar bending, {name}",
            moment / modulus,
            at_most=allowed,
            unit="N/mm²",
            formula=f"{formula}; / section modulus less a bolt's hole",
            source=f"loads assumed; bending or yield strength of the bar's row; {DESIGN}",
            remedy="a stronger drawbar, less payload or a shorter bed",
        )
        for name, moment, formula in _bar_cases(at, loads)
    ]


def _bar_cases(at: Layout, loads: Loads) -> list[tuple[str, float, str]]:
    """What bends the drawbar where the first beam holds it: name, moment in Nmm, formula."""
    lever = at.hitch_x - _held(at)[0]
    offsets = abs(at.bar_z - at.tow_radius) + abs(at.bar_y - HITCH_Y)
    push, snatch = BRAKING * loads.gross * G, KERB * loads.gross * G
    pitch = push * max(loads.center[2] - at.tow_radius, 0.0) / at.hitch_x
    sideways = snatch * (at.track / 2 + HITCH_Y) / at.hitch_x
    return [
        (
            "3 g",
            SHOCK * max(loads.nose, LEAST_NOSE) * G * lever,
            "3 g × nose load (8 kg at least) × lever from the hitch to the first beam",
        ),
        (
            "braking at 0.6 g",
            (max(loads.nose, 0.0) * G + pitch) * lever + push * offsets,
            "(nose load + m a × (height of the mass − hitch) / hitch to axle) × lever"
            " + m a × offsets of the hitch from the drawbar, up and sideways",
        ),
        (
            "one wheel against a kerb",
            sideways * lever + snatch * offsets,
            "0.5 g m at one tyre × (half track + hitch's offset) / hitch to axle × lever + 0.5 g m × offsets",
        ),
    ]


def _held(at: Layout) -> tuple[float, float]:
    """The beams that hold the drawbar: the first one, and the next behind it."""
    held = sorted([MID_X, at.beam_x, *([] if at.nose_x is None else [at.nose_x])], reverse=True)
    return held[0], held[1]


def _window(at: Layout, loads: Loads) -> list[Limit]:
    first, second = _held(at)
    nose = SHOCK * max(loads.nose, LEAST_NOSE) * G
    force = nose * (at.hitch_x - second) / (first - second)
    deep = at.bar_z - at.bar.height / 2 - BAR_AIR - at.belly_low
    chord = at.frame.thickness * deep**2 / 6
    return [
        Limit(
            "bending of the beam below the drawbar's window, 3 g",
            force * 2 * at.window / 8 / chord,
            at_most=strength(at.frame, at.frame.material.bending),
            unit="N/mm²",
            formula="3 g × nose load (8 kg at least) × hitch to second beam / distance of the beams "
            f"× window / 8 / (t × {deep:.0f}² / 6), the chord held at both ends",
            source=f"loads assumed; bending strength of the ply's row; {DESIGN}",
            remedy="a thicker frame_ply or less payload",
        )
    ]


def _neck(at: Layout, loads: Loads) -> list[Limit]:
    t = at.frame.thickness
    moment = SHOCK * max(loads.nose, LEAST_NOSE) * G * NECK_BOLTS[0]
    flat = 2 * NECK_WIDTH * t**2 / 6
    push = BRAKING * loads.gross * G * abs(at.bar_y - HITCH_Y)
    upright = 2 * t * NECK_WIDTH**2 / 6
    across = strength(at.frame, at.frame.material.bending_across)
    return [
        Limit(
            "neck bending, 3 g and braking at 0.6 g at once",
            moment / flat + push / upright,
            at_most=across,
            unit="N/mm²",
            formula="3 g × nose load (8 kg at least) × 150 mm / (2 b t² / 6) + m a × offset / (2 t b² / 6), "
            "two layers that are bolted, not glued, b = 56 mm",
            source=f"loads assumed; bending strength across the grain of the ply's row; {DESIGN}",
            remedy="a thicker frame_ply or less payload",
        )
    ]


def _bolts(at: Layout, loads: Loads) -> list[Limit]:
    t = at.frame.thickness
    push = loads.gross * G
    turn = push * abs(at.bar_y - HITCH_Y) / (NECK_BOLTS[1] - NECK_BOLTS[0])
    in_neck = (push / 2 + turn) / (8.0 * 2 * t)
    in_cheeks = push / 2 / (8.0 * 2 * t)
    bearing = strength(at.frame, at.frame.material.bearing)
    wall = 2 * at.bar.wall if at.bar.wall else at.bar.width
    wood = at.bar.material.has_grain
    in_bar = (push / 2 + turn) / (8.0 * wall)
    allowed = (at.bar.material.bearing or 0.0) * (0.70 / 1.3 if wood else 1 / 1.25)
    source = f"1 g along the drawbar, assumed: a jerk; bearing strength of the ply's row; {DESIGN}"
    return [
        Limit(
            "bearing of the drawbar's bolts in the cheeks, 1 g",
            in_cheeks,
            at_most=bearing,
            unit="N/mm²",
            formula="m g / 2 bolts / (8 mm × two cheeks)",
            source=source,
            remedy="a thicker frame_ply",
        ),
        Limit(
            "bearing of the neck's bolts in the neck, 1 g",
            in_neck,
            at_most=bearing,
            unit="N/mm²",
            formula="(m g / 2 + m g × offset of the hitch / 80 mm) / (8 mm × two layers)",
            source=source,
            remedy="a thicker frame_ply or less payload",
        ),
        Limit(
            "bearing of the neck's bolts in the drawbar, 1 g",
            in_bar,
            at_most=allowed,
            unit="N/mm²",
            formula="(m g / 2 + m g × offset of the hitch / 80 mm) / (8 mm × walls or width of the bar)",
            source=f"1 g along the drawbar, assumed; bearing strength of the bar's row; {DESIGN}; γ_M2 1.25",
            remedy="a thicker drawbar or less payload",
        ),
    ]
