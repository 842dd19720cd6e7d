# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""The joints of the gallery, one at a time: two boards and what holds them, together or apart."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType
from typing import Any

from csmkit import Bought, CsmError, Kit, Params, Pose, Sheet, Table, Workshop, choice, design, flag, sheets
from csmkit.design.joints import GLUE, LOOSE, TIGHT, BoltThrough, CrossBolt, TeeNut

from . import bolt_through, cross_bolt, finger_joint, half_lap, housing, tab_slot, tee_nut, wedged_tab

SERIES = ("close", "medium", "coarse")

Shift = tuple[float, float, float]
SAMPLES: dict[str, tuple[ModuleType, dict[str, Shift]]] = {  # and where their things go when they come apart
    "tab-slot": (tab_slot, {"shelf": (0, 0, 60)}),
    "finger-joint": (finger_joint, {"standing panel": (0, 0, 60)}),
    "housing": (housing, {"divider": (0, 0, 50)}),
    "half-lap": (half_lap, {"upper panel": (0, 0, 80)}),
    "cross-bolt": (
        cross_bolt,
        {"shelf": (0, 90, 0), "ISO 4017 M6x50": (0, -70, 0), "barrel nut M6x10x16": (0, 90, 50)},
    ),
    "wedged-tab": (wedged_tab, {"shelf": (0, 110, 0), "wedge": (0, -30, 60)}),
    "bolt-through": (
        bolt_through,
        {"front plate": (0, -60, 0), "ISO 4017 M8x60": (0, -140, 0), "ISO 10511 M8": (0, 40, 0)},
    ),
    "tee-nut": (
        tee_nut,
        {
            "front plate": (0, -50, 0),
            "ISO 7089 M6": (0, -70, 0),
            "ISO 4017 M6x40": (0, -110, 0),
            "tee nut M6": (0, 60, 0),
        },
    ),
}


class JointsParams(Params):
    """What is shown."""

    joint: str = choice("tab-slot", tuple(SAMPLES), "which one")
    material: str = choice("birch-ply-18", sheets(thickness=(9, 24), material="birch"), "sheet of the boards")
    apart: bool = flag(False, "show it before it is put together")


def fits(module: ModuleType, shop: Workshop, ply: Sheet) -> Table:
    """Clearance per side of the three fits, or of a bolt in the three series of holes, as the joint says."""
    made = module.joint(shop, ply, shop.cutter)
    if isinstance(made, BoltThrough | TeeNut):
        holes = [(s, round(replace(made, series=s, cutter=None).clearance, 3)) for s in SERIES]
        return Table("fits", "Clearance per side, mm", ("ISO 273", "bolt in its hole"), tuple(holes))
    known = replace(ply, measured=True), replace(ply, measured=False)
    rows = [
        (f.name, *(round(module.joint(shop, sheet, shop.cutter, f).clearance, 3) for sheet in known))
        for f in (TIGHT, GLUE, LOOSE)
    ]
    return Table("fits", "Clearance per side, mm", ("fit", "sheet measured", "not measured"), tuple(rows))


def needs(module: ModuleType, shop: Workshop, ply: Sheet) -> Table:
    """Which cutters and sheets this very sample can be made with, and what it asks of its neighbourhood."""
    cutters = sorted({t.diameter for t in shop.tools if can_be_made(module, shop, ply, t.diameter)})
    family = [s for s in shop.sheets if s.material == ply.material or s.material.key == ply.material.key]
    thick = sorted(s.nominal for s in family if can_be_made(module, shop, s, shop.cutter))
    made = module.joint(shop, ply, shop.cutter)
    rows: list[tuple[str, float]] = [
        ("thinnest sheet, mm", thick[0]),
        ("widest cutter, mm", cutters[-1]),
        ("from joint to edge at least, mm", made.edge_distance),
    ]
    if isinstance(made, CrossBolt):
        rows.append(("characteristic force that pulls a nut out, N", round(made.pull_out())))
    return Table("needs", "What it needs", ("of this sample", "value"), tuple(rows))


def can_be_made(module: ModuleType, shop: Workshop, ply: Sheet, cutter: float) -> bool:
    """The joint does not refuse this sheet and this cutter."""
    try:
        module.joint(shop, ply, cutter)
    except CsmError:
        return False
    return True


def name(item: Any) -> str:
    """What a part or a bought thing is called."""
    return item.key if isinstance(item, Bought) else str(item.name)


@design
def joints(p: JointsParams, shop: Workshop) -> Kit:
    """One joint."""
    module, shifts = SAMPLES[p.joint]
    ply = shop.sheet(p.material)
    placed = module.things(module.joint(shop, ply, shop.cutter), ply, shop)
    if p.apart:
        placed = [thing.moved(Pose.at(*shifts.get(name(thing.item), (0, 0, 0)))) for thing in placed]
    return Kit(*placed, figures=[fits(module, shop, ply), needs(module, shop, ply)])
