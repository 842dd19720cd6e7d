# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""How long a blade's side of 1.2 m takes to plan and to prove, and how true it comes out.

The blade is the one of the tests: lofted by formula, 150 mm at its root. Seconds are of the processor: the
machine may be busy.

    .venv/bin/python benchmarks/surface.py [--length 1200] [--chord 150] [--scallop 0.04]
"""

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "cam"))

from blade import blade, outline

from csmkit.cam.post import write
from csmkit.cam.proof.surface import prove_surface
from csmkit.cam.surface import Body, SurfaceRules, both_sides, end_bridges
from csmkit.catalog.workshop import default_workshop
from csmkit.model.cam import Setup
from csmkit.model.outline import Outline

Result = TypeVar("Result")


def timed(run: Callable[[], Result]) -> tuple[float, Result]:
    """Seconds of the processor, and what came out."""
    begin = time.process_time()
    result = run()
    return time.process_time() - begin, result


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--length", type=float, default=1200.0)
    parser.add_argument("--chord", type=float, default=150.0)
    parser.add_argument("--scallop", type=float, default=0.04)
    asked = parser.parse_args()
    shop, rules = default_workshop(), replace(SurfaceRules(), scallop=asked.scallop)
    thick, wide = asked.chord * 0.162, asked.chord * 1.27
    mesh = blade(asked.length, asked.chord).moved(40, wide * 0.42, -asked.chord * 0.11)
    plan = outline(asked.length, asked.chord).moved(40, wide * 0.42)
    bridges = end_bridges(mesh, 15.0, asked.chord / 8, asked.chord / 38)
    body = Body("rotor/blade 1", mesh, plan, bridges)
    stock = Setup("blade", Outline.rectangle(0, 0, asked.length + 80, wide), thick, "birch-ply", "top", ())
    seconds, programs = timed(lambda: both_sides(body, stock, shop, rules))
    print(f"{len(mesh.triangles)} triangles, both sides planned in {seconds:.1f} s")
    sides = (body.turned_over(asked.length + 80, thick), body)
    for program, side in zip(programs, sides, strict=True):
        cut = side.surface(3.0, thick)
        took, texts = timed(lambda of=program: write(of, []))
        moves = sum(len(path.moves) for path in program.toolpaths)
        print(f"{program.setup.side}: {moves} moves written in {took:.2f} s")
        seen = (cut.mesh.vertices, cut.mesh.triangles)
        took, (proof, found) = timed(
            lambda of=program, texts=texts, seen=seen, floor=cut.floor: prove_surface(
                texts, of.setup, of.machine, shop.cam, seen, floor
            )
        )
        print(
            f"  proven in {took:.1f} s: {len(proof.faults)} faults, {found.gouged} cells gouged, deepest"
            f" {found.deepest:.3f} mm, {found.within * 100:.2f} % within 0.07 mm; {proof.seconds / 60:.0f}"
            f" min, {proof.cut_mm / 1000:.0f} m of cutting, {proof.rapid_mm / 1000:.0f} m of rapids"
        )


if __name__ == "__main__":
    main()
