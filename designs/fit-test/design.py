# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Fit test: a stick and two combs that tell how thick a sheet is and how true a cutter cuts.

Every board is modelled flat with its outline's lower left at the origin. In the assembly the slot comb lies
on z = 0, the stick stands in a slot of glue fit, and the finger comb holds the stick's other end.
"""

from __future__ import annotations

import cadquery as cq

from csmkit import (
    Kit,
    Limit,
    Outline,
    Params,
    Part,
    Pose,
    Region,
    Workshop,
    choice,
    design,
    length,
    prism,
    sheets,
)
from csmkit.design.fit_test import GRIP, FitTest
from csmkit.design.joints import GLUE, TIGHT


class FitTestParams(Params):
    """What to test; cutter and thickness are the workshop's."""

    stock: str = choice("birch-ply-12", sheets(thickness=(3, 30)), "sheet to test")
    tightest: float = length(-0.10, -0.30, 0.00, "clearance per side of the first tooth")
    loosest: float = length(0.40, 0.20, 0.80, "clearance per side of the last tooth")
    step: float = length(0.05, 0.05, 0.20, "from each tooth and slot to the next")


def board(outline: Outline, holes: tuple[Outline, ...], thickness: float) -> cq.Workplane:
    """A board with holes through it."""
    return prism(Region(outline, holes), thickness, cad="cadquery")


def slot_comb(test: FitTest) -> cq.Workplane:
    """Slots for the stick's tab, numbered; a groove for its long edge."""
    t = test.sheet.thickness
    comb = board(test.slot_comb, (*test.slots, *test.slot_marks), t)
    groove = prism(test.groove, test.groove_depth, cad="cadquery").translate((0, 0, t - test.groove_depth))
    return comb.cut(groove)


def glue_rung(clearances: tuple[float, ...]) -> int:
    """Number of the first slot or tooth that is at least as loose as a glue fit."""
    return next(i for i, c in enumerate(clearances, 1) if c >= GLUE.clearance)


def readings(test: FitTest) -> list[Limit]:
    """What each number means, as far as the cutter lets it be cut."""
    slots = [
        Limit(
            f"slot {n}: write thickness {test.thickness(n):.2f} mm if it is the tight one",
            test.slot_width(n),
            at_least=test.cutter,
            unit="mm",
            formula=f"slot width = {test.sheet.thickness:.2f} + 2 × {c:.2f}; thickness = width - 2 × "
            f"{TIGHT.clearance:.2f}",
            source=TIGHT.source,
            remedy="a smaller cutter",
        )
        for n, c in enumerate(test.slot_clearances, 1)
    ]
    teeth = [
        Limit(
            f"tooth {n}: the cutter cuts as if {test.cutter_in_truth(n):.2f} mm wide if it is the tight one",
            test.finger - 2 * c,
            at_least=test.cutter,
            unit="mm",
            formula=f"tooth width = {test.finger:.2f} - 2 × {c:.2f}; diameter = {test.cutter:.2f} - "
            f"({c:.2f} - {TIGHT.clearance:.2f})",
            source=TIGHT.source,
            remedy="a smaller cutter",
        )
        for n, c in enumerate(test.tooth_clearances, 1)
    ]
    return [*slots, *teeth]


@design
def fit_test(p: FitTestParams, shop: Workshop) -> Kit:
    """Three boards of one sheet."""
    sheet = shop.sheet(p.stock)
    test = FitTest(sheet=sheet, cutter=shop.cutter, tightest=p.tightest, loosest=p.loosest, step=p.step)
    t = sheet.thickness
    x, y = test.slot_at(glue_rung(test.slot_clearances))
    tooth = test.tooth_at(glue_rung(test.tooth_clearances))
    # The stick stands in the slot comb; the finger comb lies in the bottom of its notch with a tooth.
    stands = Pose.at(x, y, 0) * Pose.at(-t / 2, -test.width / 2, t, rx=90, rz=90)
    lies = Pose.at(x - t / 2, y, t + GRIP) * Pose.at(-test.finger_root, tooth, 0, rz=-90)
    return Kit(
        Part("slot comb", slot_comb(test), sheet, grain="x").at(Pose()),
        Part("stick", board(test.stick, (), t), sheet, grain="y").at(stands),
        Part("finger comb", board(test.finger_comb, test.tooth_marks, t), sheet, grain="x").at(lies),
        limits=readings(test),
    )
