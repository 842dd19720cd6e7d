# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Solids that the tests of geometry share, made with the kernel alone, so that they are quick."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray
from OCP.BRepAlgoAPI import BRepAlgoAPI_Cut
from OCP.BRepGProp import BRepGProp
from OCP.GProp import GProp_GProps
from OCP.TopoDS import TopoDS_Shape

from csmkit.geometry.prism import extruded
from csmkit.geometry.shape import moved
from csmkit.model.facts import FlatPattern
from csmkit.model.outline import Outline
from csmkit.model.pose import Pose

THICKNESS = 18.0


def cut(solid: TopoDS_Shape, *tools: TopoDS_Shape) -> TopoDS_Shape:
    for tool in tools:
        solid = BRepAlgoAPI_Cut(solid, tool).Shape()
    return solid


def board(length: float = 300, width: float = 200, thickness: float = THICKNESS) -> TopoDS_Shape:
    return extruded(Outline.rectangle(0, 0, length, width), thickness)


@dataclass(frozen=True)
class Moments:
    """Volume, first and second moments of a body about the origin: what tells one body from another."""

    volume: float
    first: NDArray[np.float64]  # mm⁴
    second: NDArray[np.float64]  # mm⁵

    @classmethod
    def of(cls, solid: TopoDS_Shape) -> Moments:
        bulk = GProp_GProps()
        BRepGProp.VolumeProperties_s(solid, bulk)
        point = bulk.CentreOfMass()
        center = np.array([point.X(), point.Y(), point.Z()])
        inertia = np.array([[bulk.MatrixOfInertia().Value(i, j) for j in (1, 2, 3)] for i in (1, 2, 3)])
        about_center = np.trace(inertia) / 2 * np.eye(3) - inertia
        return cls(bulk.Mass(), bulk.Mass() * center, about_center + bulk.Mass() * np.outer(center, center))

    def __sub__(self, other: Moments) -> Moments:
        return Moments(self.volume - other.volume, self.first - other.first, self.second - other.second)


def cut_from_sheet(pattern: FlatPattern) -> Moments:
    """What a cutter leaves that follows the pattern, in the part's own frame: blank less its features."""
    blank = moved(extruded(pattern.outline, pattern.thickness), pattern.frame)
    moments = Moments.of(blank)
    for feature in pattern.features:
        base = pattern.thickness - feature.depth if feature.side == "top" else 0.0
        taken = moved(extruded(feature.region, feature.depth), pattern.frame * Pose.at(z=base))
        moments -= Moments.of(taken)
    return moments


angles = st.one_of(st.sampled_from([0.0, 90.0, 180.0, 270.0]), st.floats(0, 360).map(lambda a: round(a, 3)))
poses = st.builds(
    lambda x, y, z, rx, ry, rz: Pose.at(x, y, z, rx=rx, ry=ry, rz=rz),
    *[st.floats(-500, 500).map(lambda v: round(v, 3))] * 3,
    *[angles] * 3,
)


@st.composite
def outlines(draw: st.DrawFn, low: float = 120, high: float = 400) -> Outline:
    """A four-cornered blank; each side may be straight or bulge in or out as an arc."""
    length, width = draw(st.integers(int(low), int(high))), draw(st.integers(int(low), int(high)))
    bulges = [draw(st.sampled_from([0.0, 0.0, 0.1, -0.1, 0.3, 1.0])) for _ in range(4)]
    corners = [(0, 0), (length, 0), (length, width), (0, width)]
    return Outline(tuple((float(x), float(y), b) for (x, y), b in zip(corners, bulges, strict=True)))


@st.composite
def cutters(draw: st.DrawFn, blank: Outline, below: bool = True) -> TopoDS_Shape:
    """A prism that takes a hole, or a pocket from above or below, out of a blank."""
    x0, y0, x1, y1 = blank.bounds
    x = x0 + (x1 - x0) * draw(st.integers(1, 19)) / 20
    y = y0 + (y1 - y0) * draw(st.integers(1, 19)) / 20
    size = draw(st.sampled_from([6.0, 10.0, 24.0, 37.5]))
    shape = draw(st.sampled_from(["circle", "rectangle", "slot", "turned"]))
    if shape == "circle":
        section = Outline.circle(x, y, size)
    elif shape == "slot":
        r = size / 2
        section = Outline(((x - 20, y - r, 0), (x + 20, y - r, 1), (x + 20, y + r, 0), (x - 20, y + r, 1)))
    else:
        angle = draw(st.sampled_from([30.0, 45.0, 10.0])) if shape == "turned" else 0.0
        section = Outline.rectangle(-size, -size / 2, size, size / 2).moved(angle=angle).moved(x, y)
    kind = draw(st.sampled_from(["hole", "top", "bottom"] if below else ["hole", "top"]))
    depth = draw(st.sampled_from([3.0, 6.0, 8.5]))
    if kind == "hole":
        return moved(extruded(section, THICKNESS + 2), Pose.at(z=-1))
    return moved(extruded(section, depth + 1), Pose.at(z=THICKNESS - depth if kind == "top" else -1.0))


@st.composite
def panels(draw: st.DrawFn, below: bool = True) -> TopoDS_Shape:
    """A board with holes and pockets that overlap as they please, lying on z = 0."""
    blank = draw(outlines())
    solid = extruded(blank, THICKNESS)
    for _ in range(draw(st.integers(0, 6))):
        solid = cut(solid, draw(cutters(blank, below)))
    return solid
