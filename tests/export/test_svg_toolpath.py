# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0

import re
from xml.etree import ElementTree

from csmkit.cam.proof.interpret import Step
from csmkit.export.book.drawn import in_words
from csmkit.export.book.spoken import spoken_words
from csmkit.export.book.words import Words
from csmkit.export.language.kit import finder
from csmkit.export.language.language import load_language
from csmkit.export.svg.fault import fault_svg
from csmkit.export.svg.toolpath import KINDS, path_data, toolpath_svg
from csmkit.model.cam import Cut, Fault, Move, Program, Setup, Tab, Toolpath
from csmkit.model.machine import Machine, Tool
from csmkit.model.outline import Outline, Region

EM6 = Tool("em6", "end mill 6 mm", "flat", 6.0, 2, 25.0, "test")
ROUTER = Machine("test", "router", "router", (600.0, 900.0, 80.0), "grbl", 6000.0, "test")
SETUP = Setup(
    "birch-ply-12-1",
    Outline.rectangle(0, 0, 300, 200),
    12.0,
    "birch-ply",
    "top",
    (
        Cut("inside", "kit/disc <1>", Region(Outline.circle(100, 100, 40)), 12.0, True),
        Cut("outside", "kit/disc <1>", Region(Outline.circle(100, 100, 120)), 12.0, True),
    ),
    keep_out=(Outline.rectangle(250, 0, 300, 30),),
)


def ring(kind: str, radius: float) -> Toolpath:
    moves = [Move("line", (100 + radius, 100, -4.0), 600)]
    for z in (-4.0, -8.0):
        moves += [
            Move("arc", (100 - radius, 100, z), 3000, (100, 100)),
            Move("arc", (100 + radius, 100, z), 3000, (100, 100)),
        ]
    moves.append(Move("rapid", (100 + radius, 100, 5.0)))
    tabs = (Tab("kit/disc <1>", 100.0, 40.0, 0.0, 8.0, 3.0),) if kind == "outside" else ()
    return Toolpath("em6", kind, "kit/disc <1>", 18000, (100 + radius, 100, 5.0), tuple(moves), tabs)  # type: ignore[arg-type]


PROGRAM = Program(SETUP, ROUTER, (EM6,), (ring("inside", 17), ring("outside", 63)), 5.0)


def classes(svg: bytes, word: str) -> list[ElementTree.Element]:
    root = ElementTree.fromstring(svg)
    return [e for e in root.iter() if word in (e.get("class") or "").split()]


def test_operations_have_their_colours_and_the_band_is_as_wide_as_the_cutter() -> None:
    svg = toolpath_svg(PROGRAM, 75.0)
    for kind in ("inside", "outside"):
        band, line = [e for e in classes(svg, f"csm-on-{kind}") if "A" in (e.get("d") or "")]
        assert band.get("stroke-width") == "6"
        assert line.get("d") == band.get("d")
    assert not classes(svg, "csm-on-pocket")


def test_passes_over_one_another_are_drawn_once_and_arcs_stay_arcs() -> None:
    (line, *_) = [e for e in classes(toolpath_svg(PROGRAM), "csm-way") if "A" in (e.get("d") or "")]
    assert line.get("d") == "M117 -100A17 17 0 0 0 83 -100A17 17 0 0 0 117 -100"


def test_rapids_tabs_names_clamps_and_legend_are_shown() -> None:
    svg = toolpath_svg(PROGRAM, 75.0)
    rapids = classes(svg, "csm-rapid")
    assert rapids[0].get("d") == "M117 -100L163 -100"
    assert len(classes(svg, "csm-tab")) == 2  # the tab, and its line in the legend
    assert len(classes(svg, "csm-defect")) == 1
    words = " ".join(e.text or "" for e in ElementTree.fromstring(svg).iter() if e.tag.endswith("text"))
    for said in (
        "disc <1>",
        "em6 (⌀ 6 mm)",
        "1 min 15 s",
        "inside contour",
        "outside contour",
        "rapid",
        "tab",
    ):
        assert said in words
    assert "pocket" not in words


def test_same_program_gives_the_same_picture() -> None:
    assert toolpath_svg(PROGRAM, 75.0) == toolpath_svg(PROGRAM, 75.0)


def test_a_fault_is_shown_from_near_by_with_its_move_in_another_colour() -> None:
    steps = [
        (Step((0, 0, -4), Move("line", (300, 0, -4), 100), 7, 1, 1), EM6),
        (Step((90, 40, -4), Move("line", (110, 44, -4), 100), 8, 1, 1), EM6),
    ]
    svg = fault_svg(SETUP, steps, Fault("gouge", "em6 cuts 1.00 mm into <disc>", (100, 42, -1), 8), "a.ngc")
    assert [e.get("d") for e in classes(svg, "csm-bad")] == ["M90 -40L110 -44"] * 2
    assert classes(svg, "csm-other") == []  # the other move lies outside of the picture
    words = [e.text for e in ElementTree.fromstring(svg).iter() if e.tag.endswith("text")]
    assert "a.ngc: gouge, line 8" in words
    assert "em6 cuts 1.00 mm into <disc>" in words
    (ring_,) = [e for e in ElementTree.fromstring(svg).iter() if e.tag.endswith("circle")]
    assert (ring_.get("cx"), ring_.get("cy")) == ("100", "-42")


def test_a_fault_without_a_place_shows_the_whole_stock() -> None:
    svg = fault_svg(SETUP, [], Fault("dialect", "GRBL takes no percent sign", None, 1))
    (view,) = re.findall(rb'^<svg [^>]*viewBox="([^"]+)"', svg)
    assert [float(v) for v in view.split()][2] >= 300


def test_a_move_on_the_spot_draws_nothing() -> None:
    assert path_data([((1, 1, 5), Move("line", (1, 1, -3)))]) == ""


def test_all_that_a_picture_says_can_be_told_in_another_language() -> None:
    spanish = load_language("es")
    words = Words(spanish, items=frozenset({"disc <1>"}), find=finder({}, spanish))
    drawn = toolpath_svg(PROGRAM, 75.0)
    told = in_words(spoken_words(drawn, words), words, is_step=False)
    texts = (re.sub(r"<style.*?</style>|<[^>]*>", " ", svg.decode()) for svg in (drawn, told))
    here, there = ({*re.findall(r"[a-z]{3,}", text)} for text in texts)
    assert here & there <= {"birch", "ply", "toolpaths", "disc", "min"}
    for kind, _ in KINDS.values():
        assert all(words.find(text) for text in (kind, f"{kind} of kit/1 with em6", f"2 × {kind}"))
