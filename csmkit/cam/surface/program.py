# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The program of one side of a part that isn't flat: roughed by levels, finished along scan lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import shapely

from csmkit.cam.cutter import Cutter
from csmkit.cam.feeds import feed_of
from csmkit.cam.limits import check_reach
from csmkit.cam.plan import toolpaths
from csmkit.cam.surface.boundary import area, beyond
from csmkit.cam.surface.drop import DropCutter
from csmkit.cam.surface.finishing import finishing
from csmkit.cam.surface.follow import Height
from csmkit.cam.surface.mesh import Floats, Mesh
from csmkit.cam.surface.roughing import roughing
from csmkit.cam.surface.runs import toolpath
from csmkit.errors import CsmError
from csmkit.model.cam import Cut, Program, Setup, Toolpath
from csmkit.model.machine import Tool
from csmkit.model.outline import Region
from csmkit.model.workshop import Workshop


@dataclass(frozen=True)
class SurfaceRules:
    """How a surface is cut; the defaults are judgement of 2026, for wood and foam on a workshop's router.

    Args:
        rough: key of the tool that takes most away; "" for soft foam, where the finisher does all.
        finish: key of the tool that leaves the surface.
        scallop: height of the ridges between scan lines, mm.
        stock_left: by the roughing, mm.
        chord: greatest distance of a straight move from the surface, mm; half of it is the filter's.
    """

    rough: str = "em6"
    finish: str = "ball6"
    scallop: float = 0.04
    stock_left: float = 0.5
    chord: float = 0.01

    @property
    def tools(self) -> tuple[str, ...]:
        """Keys of the tools in the order of work."""
        return (self.rough, self.finish) if self.rough else (self.finish,)


DEFAULTS = SurfaceRules()


@dataclass(frozen=True, eq=False)
class SurfaceCut:
    """What is to be cut from one side.

    Args:
        part: whose it is.
        mesh: surface or body in the setup's frame, z = 0 at the top of the stock, mm.
        boundary: in which the cutter's middle stays; the part's outline grown by the cutter's radius
            (`boundary.beyond`) where its edge is wanted.
        floor: z below which nothing is cut, mm.
    """

    part: str
    mesh: Mesh
    boundary: Region
    floor: float

    def cut(self, radius: float) -> Cut:
        """As a setup lists it: all that a cutter of a radius may sweep, mm."""
        swept = Region(beyond(self.boundary.outline, radius))
        return Cut("surface", self.part, swept, -self.floor, False)


def surface_program(
    surface: SurfaceCut, setup: Setup, workshop: Workshop, rules: SurfaceRules = DEFAULTS
) -> Program:
    """The program of one clamping: the setup's flat cuts first, then roughing, then finishing.

    The same surface, setup and workshop give the same program.

    Args:
        setup: its flat cuts (dowel holes, …) are made as always; the program's setup lists the surface too.
    Raises: CsmError: a tool that can't do it or is too short, a boundary beyond the stock or the machine.
    """
    radius = max(workshop.tool(key).diameter / 2 for key in rules.tools)
    polygon = _checked(surface, setup)
    flat = toolpaths(setup, workshop)
    setup = replace(setup, cuts=(*setup.cuts, surface.cut(radius)))
    paths = (*flat.toolpaths, *_paths(surface, polygon, setup, workshop, rules))
    check_reach(setup, workshop.machine, workshop.cam, paths, {t.key: t for t in workshop.tools})
    tools = tuple(workshop.tool(key) for key in dict.fromkeys(path.tool for path in paths))
    notes = [*flat.notes, *(n for t in tools for n in feed_of(t, setup.material, workshop).notes)]
    if not rules.rough:
        notes.append(f"{rules.finish} takes up to {-surface.floor:.1f} mm at once: for soft foam only")
    return Program(setup, workshop.machine, tools, paths, workshop.cam.safe_z, tuple(dict.fromkeys(notes)))


def tip_height(mesh: Mesh, tool: Tool, floor: float, left: float = 0.0) -> Height:
    """Height of a cutter's tip over a mesh, with stock left on it, and never below a floor."""
    assert tool.kind in ("flat", "ball")
    drop = DropCutter(mesh, "ball" if tool.kind == "ball" else "flat", tool.diameter / 2 + left)

    def height(points: Floats) -> Floats:
        return np.maximum(drop.heights(points) + left, floor)

    return height


def _paths(
    surface: SurfaceCut, polygon: shapely.Polygon, setup: Setup, workshop: Workshop, rules: SurfaceRules
) -> Iterator[Toolpath]:
    for key in rules.tools:
        tool = workshop.tool(key)
        _check_tool(tool, surface)
        cutter = Cutter(tool, feed_of(tool, setup.material, workshop), workshop.cam)
        if key == rules.finish:
            height = tip_height(surface.mesh, tool, surface.floor)
            found = finishing(height, polygon, cutter, rules.scallop, rules.chord)
        else:
            height = tip_height(surface.mesh, tool, surface.floor, rules.stock_left)
            found = roughing(height, polygon, cutter)
        if found:
            yield toolpath(cutter, surface.part, found)


def _check_tool(tool: Tool, surface: SurfaceCut) -> None:
    if tool.kind not in ("flat", "ball"):
        raise CsmError(
            f"{tool.key} is a {tool.kind}",
            part=surface.part,
            remedy="surfaces are cut with flat or ball end mills",
        )
    if -surface.floor > tool.flute_length + 1e-9:
        raise CsmError(
            f"depth {-surface.floor:.1f} mm is more than the flutes of {tool.key}, {tool.flute_length:g} mm",
            part=surface.part,
            remedy="choose a tool with longer flutes or a higher floor",
        )


def _checked(surface: SurfaceCut, setup: Setup) -> shapely.Polygon:
    """The boundary as a polygon."""
    polygon = area(surface.boundary, surface.part)
    stock = shapely.Polygon(setup.stock.points(0.01))
    if not stock.covers(polygon):
        x, y = shapely.get_coordinates(polygon.difference(stock))[0].tolist()
        raise CsmError(
            f"the boundary leaves the stock at ({x:.1f}, {y:.1f}) mm",
            part=surface.part,
            remedy="take a larger piece or a narrower boundary",
            where=((x, y),),
        )
    if not -setup.thickness <= surface.floor < 0:
        raise CsmError(
            f"floor {surface.floor:g} mm is outside of the stock, 0 to {-setup.thickness:g} mm",
            part=surface.part,
            remedy="give the lowest z that is wanted from this side",
        )
    return polygon
