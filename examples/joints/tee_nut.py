# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""A plate that is bolted to another from the front; the nuts stay in the back one."""

from csmkit import Bought, Outline, Part, Pose, Sheet, Workshop, prism
from csmkit.design.joints import GLUE, Fit, TeeNut

POINTS = [(0, 28), (0, -28)]


def joint(shop: Workshop, ply: Sheet, cutter: float, fit: Fit = GLUE) -> TeeNut:
    """Nuts of M6; the fit of the bolt is its series of ISO 273."""
    return TeeNut(nut=shop.bought_row("tee nut", "M6"), plate=ply, cutter=cutter)


def things(j: TeeNut, ply: Sheet, shop: Workshop) -> list:
    """Both plates stand upright; nuts are driven from behind, bolts come from the front."""
    t, washer = ply.thickness, shop.bought_row("ISO 7089", "M6").dimension("thickness")
    front, back = (prism(Outline.rectangle(x, -60, x + 170, 60), t) for x in (-120, -50))
    for x, y in POINTS:
        front, back = front - prism(j.bolt(x, y), t), back - prism(j.barrel(x, y), t)
    return [
        Part("back plate", back, ply, grain="x").at(Pose.at(y=2 * t, rx=90)),
        Part("front plate", front, ply, grain="x").at(Pose.at(y=t, rx=90)),
        Bought("ISO 4017", "M6x40").at(*(Pose.at(x, -washer, z, rx=90) for x, z in POINTS)),
        Bought("ISO 7089", "M6").at(*(Pose.at(x, 0, z, rx=90) for x, z in POINTS)),
        Bought("tee nut", "M6").at(*(Pose.at(x, 2 * t, z, rx=-90) for x, z in POINTS)),
    ]
