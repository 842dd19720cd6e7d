# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Two panels at a corner, fingers of one between those of the other."""

from csmkit import Outline, Part, Pose, Sheet, Workshop, prism
from csmkit.design.joints import GLUE, FingerJoint, Fit, with_edge


def joint(shop: Workshop, ply: Sheet, cutter: float, fit: Fit = GLUE) -> FingerJoint:
    """Three fingers and two between them on a corner of 160 mm."""
    return FingerJoint(length=160, a=ply, b=ply, cutter=cutter, count=5, fit=fit)


def things(j: FingerJoint, ply: Sheet, shop: Workshop) -> list:
    """One panel lies, the other stands at its back edge."""
    t, panel = ply.thickness, Outline.rectangle(0, -110, 160, 0)
    lying = with_edge(panel, (0, 0), (160, 0), j.edge_a)
    standing = with_edge(panel, (0, 0), (160, 0), j.edge_b)
    return [
        Part("lying panel", prism(lying, t), ply, grain="x").at(Pose()),
        Part("standing panel", prism(standing, t), ply, grain="x").at(Pose.at(z=t, rx=-90)),
    ]
