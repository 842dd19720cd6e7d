# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Three-axis surfacing of parts that aren't flat.

A cutter is dropped on a mesh (`drop`), ways follow it (`follow`), scan lines lie as far apart as their
ridges allow (`spacing`, `finishing`), most is taken off level by level before (`roughing`). A part that
is cut from both sides is held by bridges and found again by dowels (`registration`).
"""

from csmkit.cam.surface.mesh import Mesh
from csmkit.cam.surface.program import SurfaceCut, SurfaceRules, surface_program
from csmkit.cam.surface.registration import Body, Bridge, both_sides, end_bridges

__all__ = [
    "Body",
    "Bridge",
    "Mesh",
    "SurfaceCut",
    "SurfaceRules",
    "both_sides",
    "end_bridges",
    "surface_program",
]
