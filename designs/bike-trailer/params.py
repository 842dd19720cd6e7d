# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""What a maker may change."""

from __future__ import annotations

from csmkit import Params, choice, flag, length, number, sheets

WHEELS = ("47-305", "47-406", "47-559", "37-622")
TOW_WHEELS = ("47-406", "47-507", "47-559", "47-584", "37-622", "47-622")
DRAWBARS = (
    "alu-tube-40x40x2",
    "alu-tube-40x40x3",
    "alu-tube-50x50x3",
    "steel-tube-35x35x2",
    "steel-tube-40x40x2",
    "spruce-44x44",
    "spruce-45x45",
    "beech-40x40",
)
RULES = (
    "en-15918",
    "germany-unbraked",
    "germany-braked",
    "austria-unbraked",
    "austria-braked",
    "netherlands",
)


class TrailerParams(Params):
    """Sizes, goods and fittings of the trailer."""

    bed_length: float = length(
        820, 600, 1700, "clear length of the bed, at least: large wheels need a frame that may be longer"
    )
    bed_width: float = length(620, 400, 700, "clear width of the bed")
    side_height: float = length(250, 0, 400, "height of the sides above the bed; below 80 a flat bed")
    wheel: str = choice("47-406", WHEELS, "trailer's wheels, ISO 5775: 16, 20, 26, 28 in")
    payload: float = number(35, 5, 100, "mass of the load", "kg")
    tow_wheel: str = choice("37-622", TOW_WHEELS, "rear wheel of the bicycle: sets the hitch's height")
    drawbar: str = choice("alu-tube-40x40x3", DRAWBARS, "square bar of the drawbar")
    bed_ply: str = choice(
        "birch-ply-film-12", sheets(thickness=(12, 18), material="birch"), "ply of bed and end walls"
    )
    frame_ply: str = choice(
        "birch-ply-film-12",
        sheets(thickness=(12, 18), material="birch"),
        "ply of fork plates, beams and drawbar neck",
    )
    axle_setback: float = length(
        50, 0, 120, "how far the axle lies behind the middle of the bed: nose weight"
    )
    rules: str = choice(
        "en-15918", RULES, "whose gross mass holds; -braked only with an overrun brake of your own"
    )
    lights: bool = flag(True, "lights and reflectors")
    prop: bool = flag(True, "parking prop on the drawbar")
