# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A sound program is proven; each seeded fault is caught by its name."""

import re
from collections.abc import Sequence
from dataclasses import replace

import plate_program as plate
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csmkit.cam.post import DIALECTS, write
from csmkit.cam.promise import Promise, promised
from csmkit.cam.prove import prove
from csmkit.model.cam import Cut, Fault, Move, Program, ProgramText, Proof, Setup, Toolpath
from csmkit.model.outline import Outline, Region

PROMISE = Promise(plate.TABS)
ALL = [d.key for d in DIALECTS]


def proof_of(
    program: Program,
    texts: Sequence[ProgramText] | None = None,
    promise: Promise | None = PROMISE,
    setup: Setup | None = None,
) -> Proof:
    written = texts if texts is not None else write(program, ())
    return prove(written, setup or program.setup, program.machine, plate.RULES, promise)


def seeded(old: str, new: str, post: str = "linuxcnc") -> Proof:
    """The plate's program with a piece of its text changed, once."""
    program = plate.program(post)
    (one,) = write(program, ())
    assert old in one.text
    return proof_of(program, [replace(one, text=one.text.replace(old, new, 1))])


def only(proof: Proof, kind: str) -> Fault:
    assert {f.kind for f in proof.faults} == {kind}, proof.faults
    return proof.faults[0]


@pytest.mark.parametrize("post", ALL)
def test_a_sound_program_has_no_fault_in_any_dialect(post: str) -> None:
    proof = proof_of(plate.program(post))
    assert proof.faults == ()
    assert proof.tabs == 2
    assert proof.tools == ("em6",)
    assert proof.box == pytest.approx((47, 47, -12.3, 153, 113, 1))


def test_programs_of_several_tools_are_proven_together() -> None:
    paths = [plate.drilled(), plate.pocketed(), plate.holed(plate.EM3), plate.profiled()]
    assert proof_of(plate.program("grbl", paths)).faults == ()
    _, contours = write(plate.program("grbl", paths), ())
    assert only(proof_of(plate.program("grbl", paths), [contours]), "leftover").where is not None


def test_what_the_cutter_cannot_reach_is_a_note() -> None:
    (note,) = [n for n in proof_of(plate.program()).notes if "cannot reach" in n]
    assert "pocket keeps 4 corners that a cutter of 6 mm cannot reach (up to 1.2" in note


def test_a_gouge_is_found_with_its_depth_and_place() -> None:
    fault = only(seeded("G3 X153 Y60 I0 J13", "G1 X153 Y60"), "gouge")  # a straight line over the corner
    assert "cuts 3.8" in fault.problem
    assert "kit/plate 1" in fault.problem
    assert fault.where is not None
    assert 140 < fault.where[0] < 150


@pytest.mark.parametrize(("away", "is_gouge"), [(3.0, False), (2.992, False), (2.985, True)])
def test_a_gouge_counts_from_a_hundredth_of_a_millimetre(away: float, is_gouge: bool) -> None:
    proof = proof_of(plate.program(toolpaths=_with(plate.profiled(away=away))))
    assert ("gouge" in {f.kind for f in proof.faults}) == is_gouge


def test_a_pocket_too_deep_is_a_gouge() -> None:
    assert only(seeded("G1 Z-4\nX115.1", "G1 Z-4.05\nX115.1"), "gouge").line is not None


def test_a_forgotten_ring_of_a_pocket_is_a_leftover() -> None:
    paths = _with(plate.pocketed(insets=(9.9, 3.0)), "pocket")
    fault = only(proof_of(plate.program(toolpaths=paths)), "leftover")
    assert fault.problem.startswith("pocket of kit/plate 1")


def test_a_pocket_too_shallow_is_a_leftover() -> None:
    fault = only(seeded("G1 Z-4\nX115.1", "G1 Z-3.9\nX115.1"), "leftover")
    assert "is not cut to 4.00 mm anywhere" in fault.problem


def test_a_contour_not_cut_through_is_a_leftover() -> None:
    paths = _with(replace(plate.profiled(), moves=plate.profiled().moves[:20]), "outside")
    assert "leftover" in {f.kind for f in proof_of(plate.program(toolpaths=paths), promise=None).faults}


def test_a_hole_cut_too_small_leaves_a_ring() -> None:
    paths = _with(plate.holed(radius=6.9), "inside")
    assert only(proof_of(plate.program(toolpaths=paths)), "leftover").problem.startswith(
        "inside of kit/plate 1"
    )


@pytest.mark.parametrize(("x", "sides"), [(110.8, 1), (130.0, 2)])
def test_a_tip_of_waste_beside_a_tab_is_no_leftover_but_a_nub_on_the_part_is(x: float, sides: int) -> None:
    short = replace(plate.TABS[0], x=x, length=-0.4)  # lifted over 5.6 mm: the round ends cross
    proof = proof_of(plate.program(toolpaths=_with(plate.profiled(tabs=(*plate.TABS, short)))))
    assert [f.kind for f in proof.faults] == ["leftover"] * sides
    heights = sorted(f.where[1] for f in proof.faults if f.where is not None)
    assert 49 < heights[-1] < 50  # the nub
    assert all(44 < y < 45 for y in heights[:-1])  # a tip where no tab is near


def test_a_bridge_round_a_corner_is_as_long_as_its_contour() -> None:
    moves: list[Move] = []
    for move in plate.profiled(tabs=()).moves:
        if move.end == (153.0, 60.0, plate.BOTTOM):
            moves.append(replace(move, end=(153.0, 60.0, -9.0)))
            moves += [Move("line", (153.0, 69.0, z), plate.PLUNGE) for z in (-9.0, plate.BOTTOM)]
            continue
        if move.end == (140.0, 47.0, plate.BOTTOM):
            moves += [Move("line", (131.0, 47.0, z), plate.PLUNGE) for z in (plate.BOTTOM, -9.0)]
            move = replace(move, end=(140.0, 47.0, -9.0))
        moves.append(move)
    path = replace(plate.profiled(tabs=()), moves=tuple(moves))
    proof = proof_of(plate.program(toolpaths=_with(path)), promise=None)
    assert proof.faults == ()
    assert proof.tabs == 1  # 9 + 15.7 + 9 mm: no stretch that was forgotten


def test_a_skin_is_kept_where_it_was_promised_and_nowhere_else() -> None:
    low = plate.BOTTOM
    moves = tuple(
        replace(m, end=(*m.end[:2], -11.5)) if m.end[2] == low else m for m in plate.profiled(tabs=()).moves
    )
    path = replace(plate.profiled(tabs=()), moves=moves, skin=0.5)
    program = plate.program(toolpaths=_with(path))
    assert proof_of(program, promise=promised(program)).faults == ()
    assert only(proof_of(program, promise=Promise()), "leftover").problem.startswith("outside of kit/plate 1")
    through = replace(plate.profiled(tabs=()), skin=0.5)
    broken = plate.program(toolpaths=_with(through))
    assert (
        "the skin of 0.5 mm that holds kit/plate 1"
        in only(proof_of(broken, promise=promised(broken)), "tab").problem
    )


def test_engraved_lines_are_no_gouges_and_must_all_be_there() -> None:
    strokes = (((60.0, 60.0), (80.0, 60.0)), ((60.0, 63.0), (80.0, 64.0)))
    mark = Cut("engrave", plate.PART, Region(Outline.rectangle(60, 60, 80, 64)), 0.5, False, strokes)
    moves: list[Move] = []
    for a, b in strokes:
        moves += [Move("rapid", (*a, 2.0)), Move("line", (*a, -0.5), 600), Move("line", (*b, -0.5), 600)]
        moves.append(Move("rapid", (*b, 5.0)))
    path = Toolpath("em3", "engrave", plate.PART, 18000, (*strokes[0][0], 5.0), tuple(moves))
    setup = plate.setup(cuts=(mark, *plate.all_cuts()))
    program = replace(plate.program(toolpaths=[path, *plate.program().toolpaths]), setup=setup)
    assert proof_of(program, setup=setup).faults == ()
    deep = tuple(replace(m, end=(*m.end[:2], -0.6)) if m.end[2] < 0 else m for m in moves)
    program = replace(program, toolpaths=(replace(path, moves=deep), *program.toolpaths[1:]))
    assert only(proof_of(program, setup=setup), "gouge").line is not None
    program = replace(program, toolpaths=(replace(path, moves=path.moves[:4]), *program.toolpaths[1:]))
    assert "20.0 mm of its strokes are not cut" in only(proof_of(program, setup=setup), "leftover").problem


def test_a_lost_tab_is_named_with_its_place() -> None:
    fault = only(seeded("X93 F3000\nZ-9\nX107\nZ-12.3 F600\nX140 F3000", "X140 F3000"), "tab")
    assert fault.problem == "the tab of kit/plate 1 at (100.0, 50.0) is cut away"


def test_a_tab_that_nobody_planned_is_named() -> None:
    fault = only(proof_of(plate.program(), promise=Promise(plate.TABS[:1])), "tab")
    assert "kit/plate 1 still hangs on the sheet at (100.0, 11" in fault.problem


def test_a_tab_too_low_is_named() -> None:
    fault = only(seeded("X93 F3000\nZ-9\nX107", "X93 F3000\nZ-10\nX107"), "tab")
    assert fault.problem.endswith("is 2.00 mm high, planned 3 mm")


@pytest.mark.parametrize(
    ("old", "new", "kind", "said"),
    [
        ("X98 Y73\n", "X98 Y73\nG0 X99\n", "low rapid", "sideways at z = -4.000"),
        ("Z1\nG1 Z-12.3 F600", "Z-3\nG1 Z-12.3 F600", "low rapid", "rapid down at z = -3.000"),
        ("G3 X153 Y60 I0 J13", "G3 X153 Y60 I0 J13.01", "arc", "0.0100 mm apart, at most 0.002 mm"),
        ("M3 S18000\n", "", "spindle", "while the spindle stands"),
        ("S18000", "S30000", "spindle", "30000 rpm is outside"),
        ("\nX115.1 F3000", "\nX115.1 F9000", "feed", "9000 mm/min is above the machine's 6000"),
        ("G1 Z-12.3 F600", "G1 Z-12.3 F2000", "feed", "plunges with 2000 mm/min"),
        ("G0 Z5\nM3", "G0 Z75\nG0 Z5\nM3", "envelope", "87.3 mm of travel in z, the machine has 80 mm"),
        ("M2\n", "", "dialect", "does not end with M2"),
        ("T1 M6", "T7 M6", "tool", "no cutter is known for T7"),
    ],
)  # fmt: skip
def test_seeded_faults_are_caught_by_name(old: str, new: str, kind: str, said: str) -> None:
    proof = seeded(old, new)
    assert any(f.kind == kind and said in f.problem for f in proof.faults), proof.faults


def test_a_missing_feed_is_caught() -> None:
    program = plate.program()
    (one,) = write(program, ())
    text = one.text.replace(" F600", "").replace(" F3000", "")
    assert only(proof_of(program, [replace(one, text=text)]), "feed").line is not None


@pytest.mark.parametrize(
    "word", ["%", "G81 X1 Y1 Z-1 R1", "T1 M6", "G43 H1", "G64 P0.02", "M7", "G41 D1", "G95"]
)
def test_grbl_refuses_what_its_parser_does_not_know(word: str) -> None:
    proof = seeded("G21 G90 G17 G94 G54", f"G21 G90 G17 G94 G54\n{word}", "grbl")
    fault = next(f for f in proof.faults if f.kind == "dialect")
    assert fault.line is not None
    assert "GRBL" in fault.problem


def test_no_slip_of_a_contours_last_pass_goes_unseen() -> None:
    """Each coordinate of the last pass, 0.3 mm off either way; only the ends of tabs may lie elsewhere."""
    program = plate.program()
    (one,) = write(program, ())
    lines = one.text.splitlines()
    last = max(i for i, line in enumerate(lines) if line == "G1 Z-12.3 F600")
    for i, line in enumerate(lines[last + 1 : -3], last + 1):
        for word in re.finditer(r"[XYIJ](-?[\d.]+)", line):
            if word[0] in ("X93", "X107"):
                continue
            for slip in (0.3, -0.3):
                wrong = f"{line[: word.start(1)]}{float(word[1]) + slip:.3f}{line[word.end(1) :]}"
                text = "\n".join([*lines[:i], wrong, *lines[i + 1 :], ""])
                assert proof_of(program, [replace(one, text=text)]).faults, wrong


def test_a_move_over_a_clamp_is_caught() -> None:
    clamp = Outline.rectangle(148, 30, 170, 60)
    setup = plate.setup(keep_out=(clamp,))
    fault = only(proof_of(plate.program(), setup=setup), "clamp")
    assert "the clamp at (159, 45)" in fault.problem
    assert (
        proof_of(plate.program(), setup=plate.setup(keep_out=(Outline.rectangle(157, 30, 170, 60),))).faults
        == ()
    )


def test_deeper_than_the_spoil_board_allows_is_caught() -> None:
    assert {f.kind for f in seeded("G1 Z-12.3 F600", "G1 Z-12.8 F600").faults} == {"depth"}


def _with(path: Toolpath, kind: str = "outside") -> list[Toolpath]:
    """The plate's toolpaths, one of them replaced."""
    return [path if p.kind == kind else p for p in plate.program().toolpaths]


WORDS = "G0 G1 G2 G3 G28 G80 G81 X60 Y70 X100.5 Y-3 Z-2 Z5 Z-30 I3 J0 R-9 Q1 F900 S9000 M3 M5 M6 T1 T2 M2"


@settings(max_examples=40)
@given(st.lists(st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=6), max_size=12))
def test_no_program_breaks_the_proof(lines: list[list[str]]) -> None:
    program = plate.program()
    (one,) = write(program, ())
    text = one.text.replace("M5\nM2\n", "") + "\n".join(" ".join(line) for line in lines)
    proof = proof_of(program, [replace(one, text=text)])
    assert proof.seconds > 0
    assert all(f.line is None or 1 <= f.line <= text.count("\n") + 1 for f in proof.faults)
