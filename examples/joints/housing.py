# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""A divider whose edge sits in a groove of a panel."""

from build123d import Pos

from csmkit import Outline, Part, Pose, Sheet, Workshop, prism
from csmkit.design.joints import GLUE, Fit, Housing


def joint(shop: Workshop, ply: Sheet, cutter: float, fit: Fit = GLUE) -> Housing:
    """A groove for an edge of 140 mm, closed at one end, open at the panel's back."""
    return Housing(
        length=140,
        entering=ply,
        grooved=ply,
        cutter=cutter,
        open_ends="end",
        fit=fit,
    )


def things(j: Housing, ply: Sheet, shop: Workshop) -> list:
    """The panel lies, the divider stands in it."""
    t = ply.thickness
    panel = prism(Outline.rectangle(-40, -70, 140, 70), t)
    panel -= Pos(0, 0, t - j.reach) * prism(j.pocket, t)
    divider = prism(Outline.rectangle(0, -j.reach, 140, 110), t)
    return [
        Part("panel", panel, ply, grain="x").at(Pose.at(rz=90)),
        Part("divider", divider, ply, grain="x").at(
            Pose.at(rz=90) * Pose.at(y=t / 2, z=t, rx=90),
        ),
    ]
