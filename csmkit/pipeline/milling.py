# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Programs of parts that are milled from both sides out of a bar: blades, and whatever isn't flat."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely

from csmkit.build import Files
from csmkit.cam.post import write
from csmkit.cam.proof.surface import prove_surface
from csmkit.cam.surface import Body, Mesh, SurfaceCut, SurfaceRules, both_sides, end_bridges
from csmkit.errors import CsmError
from csmkit.geometry.mesh import mesh as closed_mesh
from csmkit.geometry.shape import from_brep
from csmkit.model import Axis, Bar, Outline, Workshop
from csmkit.model.cam import Program, Setup
from csmkit.model.data import load
from csmkit.model.machine import Tool
from csmkit.pipeline.gcode import Made
from csmkit.pipeline.parts import MILL_END
from csmkit.pipeline.programmed import Programmed, heading

FINE = 0.05  # mm between a triangle and the solid
BRIDGE = (25.0, 25.0, 6.0)  # mm: into the stock, across, high
SIMPLE = 0.02  # mm by which the part's outline is simplified
ROUGHEST = 12.0  # mm; a wider cutter shakes a light machine


def milled(
    kit: str, part: str, file: str, quantity: int, said: Sequence[str], source: Files, workshop: Files
) -> Files:
    """gcode/<machine>/…: programs, proofs and pictures of both sides; findings.json; pages.json.

    Args:
        kit, part, file: for the findings, the header and the names of files.
        quantity: how many are milled with the same programs.
        said: lines for the header: kit and version, preset.
        source: parts/<file>.brep and .json of the design's run.
    """
    shop = load(Workshop, workshop["machining.json"])
    stock_said = json.loads(source[f"parts/{file}.json"])
    bar = load(Bar, stock_said["stock"].encode())
    lines, done = (*heading(said), f"{part}: {quantity} ×"), Programmed(kit)
    try:
        shape = closed_mesh(from_brep(source[f"parts/{file}.brep"]), FINE)
        mesh = lying(Mesh.of(shape.vertices, shape.faces), stock_said["grain"])
        for made in _made(mesh, f"{kit}/{part}", file, bar, shop, lines):
            done.take(made, bar, shop, part)
    except CsmError as error:
        done.warn(part, f"no program: {error.problem}", error.remedy)
    if len(done.pages) != 2:  # one side alone is of no use
        done.files, done.pages = {}, []
    return done.as_files()


def lying(mesh: Mesh, grain: Axis) -> Mesh:
    """A part as it lies on the machine: grain along x, thinner side along z, its box about (0, 0, 0)."""
    low, high = mesh.box
    along = "xyz".index(grain)
    rest = sorted((i for i in range(3) if i != along), key=lambda i: float(high[i] - low[i]))
    axes = [along, rest[1], rest[0]]
    points = mesh.vertices[:, axes] - ((low + high) / 2)[axes]
    if np.linalg.det(np.eye(3)[axes]) < 0:
        points = points * np.array([1.0, -1.0, 1.0])  # turned, not mirrored: the order of axes is odd
    return Mesh(points, mesh.triangles)


def _made(mesh: Mesh, name: str, file: str, bar: Bar, shop: Workshop, header: Sequence[str]) -> list[Made]:
    """Both clampings, the underside first, each with its proof."""
    low, high = mesh.box
    length, thickness = float(high[0] - low[0]) + 2 * MILL_END, float(high[2] - low[2])
    width = max(bar.width, bar.height)
    mesh = mesh.moved(length / 2, width / 2, -float(high[2]))
    body = Body(name, mesh, _seen(mesh), end_bridges(mesh, *BRIDGE))
    stock = Setup(file, Outline.rectangle(0, 0, length, width), thickness, bar.material.key, "top", ())
    rules = _rules(shop, thickness)
    radius = max(shop.tool(key).diameter / 2 for key in rules.tools)
    sides = (body.turned_over(length, thickness), body)
    said = (*header, f"{bar.title}, planed to {thickness:.1f} mm, at least {length:.0f} mm long")
    programs = both_sides(body, stock, shop, rules)
    return [
        _proven(p, side, side.surface(radius, thickness), shop, said)
        for p, side in zip(programs, sides, strict=True)
    ]


def _proven(program: Program, side: Body, cut: SurfaceCut, shop: Workshop, header: Sequence[str]) -> Made:
    texts = write(program, header)
    seen, bridges = (cut.mesh.vertices, cut.mesh.triangles), [b.outline() for b in side.bridges]
    proof, found = prove_surface(texts, program.setup, program.machine, shop.cam, seen, cut.floor, bridges)
    true = f"{found.within:.1%} of the surface within 0.07 mm, no cut deeper than {found.deepest:.2f} mm"
    return Made(program, texts, replace(proof, notes=(*proof.notes, true)), tuple(header))


def _seen(mesh: Mesh) -> Outline:
    """Outline of a part as seen from above."""
    corners = mesh.vertices[mesh.triangles][:, :, :2]
    flat = [p for p in (shapely.Polygon(c) for c in corners.tolist()) if p.area > 1e-9]
    whole = shapely.union_all(flat, grid_size=1e-4)
    outer = shapely.Polygon(max(shapely.get_parts(whole), key=shapely.area).exterior)
    points = shapely.get_coordinates(outer.simplify(SIMPLE))[:-1]
    return Outline.polygon([(float(x), float(y)) for x, y in points]).counter_clockwise()


def _rules(shop: Workshop, depth: float) -> SurfaceRules:
    """The widest cutters that reach down to a depth.

    Raises: CsmError: there is none.
    """
    return SurfaceRules(rough=_widest(shop, "flat", depth).key, finish=_widest(shop, "ball", depth).key)


def _widest(shop: Workshop, kind: str, depth: float) -> Tool:
    fits = [t for t in shop.tools if t.kind == kind and t.flute_length >= depth and t.diameter <= ROUGHEST]
    if not fits:
        name = {"flat": "end mill", "ball": "ball nose"}[kind]
        raise CsmError(
            f"no {name} of {shop.name or 'the workshop'} has flutes of {depth:.0f} mm",
            remedy=f"list a long {name} under tools in the workshop file, or carve it by hand",
        )
    return max(fits, key=lambda t: (t.diameter, t.key))
