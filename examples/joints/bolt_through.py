# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Two plates that lie on one another, held by bolts with large washers."""

from csmkit import Bought, Outline, Part, Pose, Sheet, Workshop, prism
from csmkit.design.joints import GLUE, BoltThrough, Fit

POINTS = [(0, 24), (0, -24)]


def joint(shop: Workshop, ply: Sheet, cutter: float, fit: Fit = GLUE) -> BoltThrough:
    """Holes for M8; the fit of a bolt is its series of ISO 273."""
    return BoltThrough(d=8, cutter=cutter)


def things(j: BoltThrough, ply: Sheet, shop: Workshop) -> list:
    """Both plates stand upright; the bolts come from the front."""
    t, washer = ply.thickness, shop.bought_row("ISO 7093-1", "M8").dimension("thickness")
    front, back = (prism(Outline.rectangle(x, -50, x + 170, 50), t) for x in (-120, -50))
    for hole in j.holes(POINTS):
        front, back = front - prism(hole, t), back - prism(hole, t)
    return [
        Part("back plate", back, ply, grain="x").at(Pose.at(y=2 * t, rx=90)),
        Part("front plate", front, ply, grain="x").at(Pose.at(y=t, rx=90)),
        Bought("ISO 4017", "M8x60").at(*(Pose.at(x, -washer, z, rx=90) for x, z in POINTS)),
        Bought("ISO 7093-1", "M8").at(
            *(Pose.at(x, y, z, rx=90) for x, z in POINTS for y in (0, 2 * t + washer))
        ),
        Bought("ISO 10511", "M8").at(
            *(Pose.at(x, 2 * t + washer, z, rx=-90) for x, z in POINTS),
        ),
    ]
