# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Volume, area, centre of mass and box of a solid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from OCP.Bnd import Bnd_Box
from OCP.BRepBndLib import BRepBndLib
from OCP.BRepGProp import BRepGProp
from OCP.GProp import GProp_GProps
from OCP.TopoDS import TopoDS_Shape

from csmkit.geometry.shape import topods
from csmkit.model.pose import Vector


@dataclass(frozen=True)
class Measured:
    """A solid in numbers, in its own frame."""

    volume: float  # mm³; negative if the solid is inside out
    area: float  # mm²
    center: Vector  # of mass at even density, mm
    box: tuple[Vector, Vector]  # lower and upper corner, mm

    @property
    def size(self) -> Vector:
        """Extents along x, y and z, mm."""
        (x0, y0, z0), (x1, y1, z1) = self.box
        return (x1 - x0, y1 - y0, z1 - z0)


def measure(shape: Any) -> Measured:
    """Measure a solid of any CAD library, or a compound of several.

    Raises: CsmError: there is no solid in it.
    """
    solid = topods(shape, several=True)
    bulk, skin = GProp_GProps(), GProp_GProps()
    BRepGProp.VolumeProperties_s(solid, bulk)
    BRepGProp.SurfaceProperties_s(solid, skin)
    middle = bulk.CentreOfMass()
    return Measured(bulk.Mass(), skin.Mass(), (middle.X(), middle.Y(), middle.Z()), box(solid))


def volume(shape: TopoDS_Shape) -> float:
    """Volume of a shape of the kernel, mm³; negative if it is inside out."""
    bulk = GProp_GProps()
    BRepGProp.VolumeProperties_s(shape, bulk)
    return float(bulk.Mass())


def box(shape: TopoDS_Shape) -> tuple[Vector, Vector]:
    """Lower and upper corner of the box of a shape of the kernel, mm, without the kernel's usual gap."""
    bounds = Bnd_Box()
    BRepBndLib.AddOptimal_s(shape, bounds, False, False)
    bounds.SetGap(0.0)
    x0, y0, z0, x1, y1, z1 = bounds.Get()
    return (x0, y0, z0), (x1, y1, z1)
