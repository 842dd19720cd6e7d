# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import clients
import numpy as np
import pytest
from blade import blade, outline
from sheets import SHOP

from csmkit.cam.post import DIALECTS, write
from csmkit.cam.proof.heights import Grid
from csmkit.cam.proof.interpret import interpret
from csmkit.cam.proof.surface import prove_surface, seen_from_above
from csmkit.cam.surface import Body, SurfaceRules, both_sides, end_bridges, surface_program
from csmkit.errors import CsmError
from csmkit.model.cam import Program, Setup
from csmkit.model.outline import Outline

LENGTH, CHORD, THICKNESS = 120.0, 60.0, 12.0
WIDTH = 200.0
STOCK = Setup("blade", Outline.rectangle(0, 0, WIDTH, 110), THICKNESS, "birch-ply", "top", ())
RULES = SurfaceRules()
BALL3 = replace(SHOP.tool("ball6"), key="ball3", diameter=3.0, flute_length=12.0)
WITH_BALL3 = replace(SHOP, tools=(*SHOP.tools, BALL3))


def body(bridges: bool = True) -> Body:
    mesh = blade(LENGTH, CHORD, 25, 24).moved(40, 50, -7.5)
    found = end_bridges(mesh, 15.0, 8.0, 2.0) if bridges else ()
    return Body("rotor/blade 1", mesh, outline(LENGTH, CHORD).moved(40, 50), found)


@pytest.fixture(scope="module")
def programs() -> tuple[Program, Program]:
    return both_sides(body(), STOCK, SHOP, RULES)


def test_both_sides_are_proven_from_their_text(programs: tuple[Program, Program]) -> None:
    sides = (body().turned_over(WIDTH, THICKNESS), body())
    for program, side in zip(programs, sides, strict=True):
        cut = side.surface(3.0, THICKNESS)
        texts = write(program, ["rotor, blade 1"])
        mesh = (cut.mesh.vertices, cut.mesh.triangles)
        proof, found = prove_surface(texts, program.setup, program.machine, SHOP.cam, mesh, cut.floor)
        assert proof.faults == ()
        assert found.gouged == 0
        assert found.within > 0.99
        assert proof.seconds > 60


def test_a_surface_cut_too_deep_or_not_at_all_is_found(programs: tuple[Program, Program]) -> None:
    cut, (_, program) = body().surface(3.0, THICKNESS), programs
    texts = write(program, [])
    raised = cut.mesh.vertices + np.array([0, 0, 0.1])
    lowered = cut.mesh.vertices - np.array([0, 0, 0.1])
    for vertices, kind in ((raised, "gouge"), (lowered, "leftover")):
        mesh = (vertices, cut.mesh.triangles)
        proof, _ = prove_surface(texts, program.setup, program.machine, SHOP.cam, mesh, cut.floor)
        assert {f.kind for f in proof.faults} == {kind}


def test_the_same_part_gives_the_same_bytes(programs: tuple[Program, Program]) -> None:
    again = both_sides(body(), STOCK, SHOP, RULES)
    assert [write(p, ["x"]) for p in again] == [write(p, ["x"]) for p in programs]


def test_the_same_pins_hold_the_stock_either_way(programs: tuple[Program, Program]) -> None:
    under, top = programs
    assert (under.setup.side, top.setup.side) == ("bottom", "top")
    assert under.setup.pins == top.setup.pins
    (x0, y0), (x1, y1) = top.setup.pins or ()
    assert (x0 + x1, y0) == pytest.approx((WIDTH, y1))
    holes = [c for c in under.setup.cuts if c.kind == "drill"]
    assert [c.region.outline.circle_of for c in holes] == [
        pytest.approx((x, y, SHOP.cutter)) for x, y in under.setup.pins or ()
    ]
    assert not [c for c in top.setup.cuts if c.kind == "drill"]  # the pins are in them


@pytest.mark.needs("rs274", package="linuxcnc-uspace")
@pytest.mark.parametrize("post", [d.key for d in DIALECTS])
def test_linuxcnc_reads_surfaces_as_we_do(
    post: str, programs: tuple[Program, Program], tmp_path: Path
) -> None:
    machine = replace(programs[1].machine, post=post, tool_change="none" if post == "grbl" else "auto")
    for one in write(replace(programs[1], machine=machine), []):
        theirs = np.array([m.end for _, m in clients.rs274(one.text, tmp_path) if m.kind != "rapid"])
        ours = np.array([s.move.end for s in interpret(one.text).steps if s.move.kind != "rapid"])
        np.testing.assert_allclose(theirs, ours, atol=1e-3)


def test_bridges_keep_their_height_from_both_sides() -> None:
    grid = Grid(40 - 10, 30, 1, 160)  # a column of cells before the root
    over = body().turned_over(WIDTH, THICKNESS)
    high = seen_from_above(*parts(body()), grid)
    mirrored = Grid(WIDTH - 30, 30, 1, 160)
    low = -THICKNESS - seen_from_above(*parts(over), mirrored)
    wood = np.isfinite(high)
    assert np.count_nonzero(wood) * grid.cell == pytest.approx(8.0, abs=0.5)
    np.testing.assert_allclose((high - low)[wood], 2.0, atol=1e-5)


def parts(side: Body) -> tuple[np.ndarray, np.ndarray]:
    cut = side.surface(3.0, THICKNESS)
    return cut.mesh.vertices, cut.mesh.triangles


def test_roughing_comes_before_finishing_and_dowels_before_both(programs: tuple[Program, Program]) -> None:
    assert [(p.tool, p.kind) for p in programs[0].toolpaths] == [
        ("em6", "drill"),
        ("em6", "drill"),
        ("em6", "surface"),
        ("ball6", "surface"),
    ]


def test_finer_ridges_take_a_longer_way() -> None:
    cut = body().surface(3.0, THICKNESS)
    length = []
    for scallop in (0.02, 0.08):
        program = surface_program(cut, STOCK, SHOP, replace(RULES, rough="", scallop=scallop))
        (path,) = program.toolpaths
        assert "for soft foam only" in program.notes[-1]
        ends = np.array([path.start, *(m.end for m in path.moves)])
        length.append(float(np.sum(np.linalg.norm(np.diff(ends, axis=0), axis=1))))
    assert length[0] / length[1] == pytest.approx(2.0, rel=0.15)


def test_mistakes_end_in_one_line() -> None:
    cut = body().surface(3.0, THICKNESS)
    with pytest.raises(CsmError, match=r"rotor/blade 1: the boundary leaves the stock at \("):
        surface_program(cut, replace(STOCK, stock=Outline.rectangle(0, 0, 150, 110)), SHOP)
    deep, thick, fine = replace(cut, floor=-12.5), replace(STOCK, thickness=20.0), SurfaceRules("", "ball3")
    with pytest.raises(CsmError, match=r"more than the flutes of ball3, 12 mm; choose a tool with longer"):
        surface_program(deep, thick, WITH_BALL3, fine)
    with pytest.raises(CsmError, match="vbit60 is a vbit; surfaces are cut with flat or ball end mills"):
        surface_program(cut, STOCK, SHOP, replace(RULES, finish="vbit60"))
    with pytest.raises(CsmError, match="floor -13 mm is outside of the stock, 0 to -12 mm"):
        surface_program(replace(cut, floor=-13.0), STOCK, SHOP)
    with pytest.raises(CsmError, match="nothing holds the part once both sides are cut; add bridges"):
        both_sides(body(bridges=False), STOCK, SHOP)
    with pytest.raises(CsmError, match="no room for two dowels of 6 mm beside the part"):
        both_sides(body(), replace(STOCK, stock=Outline.rectangle(34, 20, 166, 90)), SHOP)
