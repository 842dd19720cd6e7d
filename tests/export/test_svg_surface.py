# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0

import re
from xml.etree import ElementTree

from csmkit.export.svg.surface import DEPTHS, surface_svg
from csmkit.model.cam import Move, Program, Setup, Toolpath
from csmkit.model.machine import Machine, Tool
from csmkit.model.outline import Outline

BALL = Tool("ball6", "ball nose 6 mm", "ball", 6.0, 2, 25.0, "test")
MACHINE = Machine("test", "test router", "router", (600.0, 900.0, 80.0), "grbl", 6000.0, "test")
STOCK = Setup("dish", Outline.rectangle(0, 0, 100, 60), 20.0, "birch-ply", "top", (), pins=((5, 5), (95, 5)))


def program() -> Program:
    rows = [(10.0, -1.0), (20.0, -4.0), (30.0, -9.0)]
    moves = []
    for y, z in rows:
        moves += [Move("rapid", (10, y, 5)), Move("line", (10, y, z), 500), Move("line", (90, y, z), 2000)]
        moves.append(Move("rapid", (90, y, 5)))
    path = Toolpath("ball6", "surface", "dish 1", 18000, (10, 10, 5), tuple(moves))
    return Program(STOCK, MACHINE, (BALL,), (path,), 5.0)


def test_each_line_is_drawn_once_in_the_colour_of_its_depth() -> None:
    tree = ElementTree.fromstring(surface_svg(program()))
    ways = [p for p in tree.iter() if "csm-way" in p.get("class", "")]
    assert {p.get("stroke"): p.get("d") for p in ways} == {
        DEPTHS[0]: "M10 -30L90 -30",
        DEPTHS[5]: "M10 -20L90 -20",
        DEPTHS[-1]: "M10 -10L90 -10",
    }


def test_rapids_and_pins_are_drawn() -> None:
    text = surface_svg(program()).decode()
    rapid = re.search(r'csm-rapid csm-line" d="([^"]*)"', text)
    assert rapid is not None
    assert rapid.group(1).count("M") == 2
    pin = re.search(r'csm-pin csm-line" d="([^"]*)"', text)
    assert pin is not None
    assert pin.group(1).count("M") == 2
    assert surface_svg(program()) == surface_svg(program())
