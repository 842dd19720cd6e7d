# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Fasteners: a row of fasteners.csv is a standard and a thread; lengths, mass and price follow from it.

Masses are computed from the sizes of the standard, here the largest that it allows, so they lie a few per
cent above a kitchen scale's. Steel throughout.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from csmkit.catalog.table import Row, read_rows, sizes, source
from csmkit.model.stock import BoughtRow

STEEL = 7.85e-6  # kg/mm³
PITCH_DIAMETER = 0.6495  # pitch diameter = d − 0.6495 P, ISO 724; a thread fills about that cylinder
WOOD_THREAD = 0.83  # diameter of the cylinder that a wood screw's thread fills, share of d
RUN_OUT = 3  # pitches of incomplete thread below the head of a full-thread screw: ISO 4017's a max
CENT = Decimal("0.01")
MILLIGRAM = 6  # digits of a mass in kg

Sizes = Mapping[str, float]


def fastener_rows() -> Iterator[BoughtRow]:
    """Every fastener of fasteners.csv in every length that it lists."""
    for row in read_rows("fasteners"):
        for length in row["lengths"].split() or [""]:
            yield _fastener(row, length)


def _fastener(row: Row, length: str) -> BoughtRow:
    size = f"{row['size']}x{length}" if length else row["size"]
    measures = dict(sizes(row["sizes"]))
    if length:
        measures["length"] = float(length)
    complete = _completed(measures, row["kind"], row["head"])
    mass = round(_volume(complete, row["kind"], row["head"]) * STEEL, MILLIGRAM)
    price = (Decimal(row["price_kg"]) * Decimal(str(mass)) + Decimal(row["price_piece"])).quantize(
        CENT, ROUND_HALF_UP
    )
    return BoughtRow(
        standard=row["standard"],
        size=size,
        title=row["title"],
        kind=row["kind"],
        mass=mass,
        price=price,
        pack=int(row["pack"]),
        sizes=tuple(complete.items()),
        assumed=row["assumed"] == "yes",
        source=source(row),
    )


def _completed(given: Sizes, kind: str, head: str) -> dict[str, float]:
    """The table's sizes with those that follow from them: thread, corners, the head's circle."""
    s = dict(given)
    if kind == "nut":
        s["corners"] = round(s["flats"] * 2 / math.sqrt(3), 2)
    if kind in ("bolt", "screw"):
        s["thread"] = round(_thread_length(s, kind, head), 2)
        s.pop("full_to", None)
        s.setdefault("head_flats", 0.0)
        s.setdefault("drive", 0.0)
        if head == "hex":
            s["head_diameter"] = round(s["head_flats"] * 2 / math.sqrt(3), 2)
    return s


def _shank_length(s: Sizes, head: str) -> float:
    """Length below the head, mm; a countersunk screw's length counts its head."""
    return s["length"] - (s["head_height"] if head == "cone" else 0.0)


def _thread_length(s: Sizes, kind: str, head: str) -> float:
    """Usable thread from the tip, mm, by the rule of the standard."""
    if kind == "screw":
        return 0.6 * s["length"]  # DIN 7997
    full = _shank_length(s, head) - RUN_OUT * s["pitch"] - s.get("neck_height", 0.0)
    if "thread" not in s or s["length"] <= s.get("full_to", 0.0):
        return full
    longer = 6 if s["length"] > 125 else 0  # ISO 4014, DIN 603: b grows by 6 mm
    return min(s["thread"] + longer, full)


def _volume(s: Sizes, kind: str, head: str) -> float:
    """Volume of one piece, mm³."""
    if kind in ("bolt", "screw"):
        return _head_volume(s, head) + _shank_volume(s, kind, head)
    if kind == "washer":
        return _disc(s["d_outer"], s["thickness"]) - _disc(s["d_inner"], s["thickness"])
    hole = s["d"] - PITCH_DIAMETER * s["pitch"]
    if kind == "nut":
        return _hexagon(s["flats"], s["height"]) - _disc(hole, s["height"])
    if kind == "barrel-nut":
        return _disc(s["diameter"], s["length"]) - _disc(hole, s["diameter"])
    if kind == "tee-nut":
        barrel = s["height"] - s["flange_thickness"]
        body = _disc(s["flange_diameter"], s["flange_thickness"]) + _disc(s["barrel_diameter"], barrel)
        return body - _disc(hole, s["height"])
    return _disc(s["diameter"], s["length"]) - _disc(hole, s["length"])


def _head_volume(s: Sizes, head: str) -> float:
    height, radius = s["head_height"], s["head_diameter"] / 2
    if head == "hex":
        return _hexagon(s["head_flats"], height)
    drive = _hexagon(s["drive"], s.get("drive_depth", 0.0))
    if head == "cylinder":
        return _disc(2 * radius, height) - drive
    if head == "dome":
        return math.pi * height / 6 * (3 * radius**2 + height**2) - drive
    shank = s["d"] / 2
    return math.pi * height / 3 * (radius**2 + radius * shank + shank**2) - drive


def _shank_volume(s: Sizes, kind: str, head: str) -> float:
    length, neck = _shank_length(s, head), s.get("neck_height", 0.0)
    thread = min(s["thread"], length)
    plain = _disc(s["d"], length - thread - neck) + s.get("neck_width", 0.0) ** 2 * neck
    if kind == "screw":
        point = s["d"]  # its length; two thirds of the cylinder around it are missing
        return plain + _disc(WOOD_THREAD * s["d"], thread - point * 2 / 3)
    return plain + _disc(s["d"] - PITCH_DIAMETER * s["pitch"], thread)


def _disc(diameter: float, height: float) -> float:
    return math.pi / 4 * diameter**2 * height


def _hexagon(flats: float, height: float) -> float:
    return math.sqrt(3) / 2 * flats**2 * height
