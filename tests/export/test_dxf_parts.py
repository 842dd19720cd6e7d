# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Which outlines of anybody's drawing are parts, which are holes, and which are refused."""

from __future__ import annotations

import math
from pathlib import Path

import drawn
import export_samples as samples
import pytest
from drawn_folders import PLATE, SHOP, Draw, drawing, folder, patterns, read, refused

from csmkit.errors import CsmError
from csmkit.export.dxf.drawing import read_drawing
from csmkit.export.dxf.parts import find_parts
from csmkit.export.own_parts.drawings import read_parts_folder
from csmkit.model import Outline


@pytest.mark.parametrize("write", [drawn.polyline, drawn.soup])
def test_outermost_outlines_are_parts_and_what_lies_in_them_are_holes(tmp_path: Path, write: Draw) -> None:
    ring = Outline.rectangle(400, 100, 600, 300)
    data = drawing(
        ("0", PLATE),
        ("0", Outline.circle(50, 50, 8)),
        ("0", Outline.circle(150, 100, 60)),
        ("0", Outline.rectangle(20, 150, 80, 160)),
        ("0", ring),
        ("0", Outline.rectangle(420, 120, 580, 280)),
        ("0", Outline.circle(500, 200, 100)),  # a disc that lies in the ring's hole
        write=write,
    )
    plate, frame, disc = read(folder(tmp_path, side=data))
    assert [p.name for p in (plate, frame, disc)] == ["side-1", "side-2", "side-3"]
    assert plate.flat_pattern is not None
    kinds = sorted(f.kind for f in plate.flat_pattern.features)
    assert kinds == ["drill", "hole", "hole"]
    assert all(f.through and f.depth == samples.THICKNESS for f in plate.flat_pattern.features)
    assert frame.flat_pattern is not None
    assert frame.flat_pattern.outline.bounds == pytest.approx((0, 0, 200, 200))
    assert frame.volume == pytest.approx((200**2 - 160**2) * samples.THICKNESS)
    assert disc.volume == pytest.approx(math.pi * 2500 * samples.THICKNESS)


def test_a_part_lies_at_the_origin_wherever_it_was_drawn() -> None:
    far = samples.rounded(5_000_000, -3_000_000, 5_000_400, -2_999_750, 20)
    (pattern,) = patterns(("0", far), ("0", Outline.circle(5_000_030, -2_999_970, 8)))
    assert pattern.outline.bounds == pytest.approx((0, 0, 400, 250), abs=1e-6)
    assert pattern.outline.area > 0
    assert pattern.features[0].region.outline.circle_of == pytest.approx((30, 30, 8), abs=1e-5)


def test_layers_that_tell_win_over_what_lies_in_what() -> None:
    (pattern,), remarks = find_parts(
        read_drawing(
            drawing(
                ("frame", Outline.rectangle(-50, -50, 700, 700)),
                ("CUT-OUTSIDE-18.0MM", PLATE),
                ("cut-inside-18mm", Outline.rectangle(10, 10, 60, 30)),
                ("TOP-POCKET-6.0MM", Outline.rectangle(100, 10, 160, 60)),
                ("other", Outline.circle(200, 100, 10)),
                ("DONOTCUT", Outline.rectangle(0, 300, 50, 350)),
                ("0", Outline.rectangle(400, 0, 500, 100)),
            ),
            "a.dxf",
        ),
        "a.dxf",
        17.7,
    )
    assert pattern.size == (300, 200)
    assert sorted((f.kind, f.depth, f.through) for f in pattern.features) == [
        ("drill", 17.7, True),
        ("hole", 17.7, True),
        ("pocket", 6.0, False),
    ]
    assert len(remarks) == 2  # the frame and the lone square


def test_an_outline_on_two_layers_is_what_the_telling_one_says() -> None:
    pocket = Outline.rectangle(100, 10, 160, 60)
    (pattern,) = patterns(
        ("0", PLATE), ("CUT-OUTSIDE-18.0MM", PLATE), ("0", pocket), ("POCKET-5.0MM", pocket)
    )
    assert [(f.kind, f.depth) for f in pattern.features] == [("pocket", 5.0)]


def test_what_is_cut_away_already_is_not_cut_twice() -> None:
    hole = Outline.rectangle(50, 50, 150, 150)
    (pattern,) = patterns(
        ("CUT-OUTSIDE-18.0MM", PLATE),
        ("CUT-INSIDE-18.0MM", hole),
        ("POCKET-5.0MM", Outline.rectangle(80, 80, 100, 100)),
        ("POCKET-9.0MM", Outline.rectangle(200, 50, 280, 150)),
        ("POCKET-4.0MM", Outline.rectangle(220, 80, 240, 100)),
    )
    assert pattern.volume == pytest.approx(300 * 200 * 18 - 100 * 100 * 18 - 80 * 100 * 9)


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ([(0, 0), (100, 0), (100, 60), (0, 60), (0, 0.4)], r"layer 0: the outline is open: 0\.400 mm to the"),
        (
            [(0, 0), (100, 0)],
            r"layer 0: the outline is open: 100\.000 mm to the nearest end, at \(\d+\.00, 0\.00\)",
        ),
        (
            [(0, 0), (100, 60), (100, 0), (0, 60), (0, 0)],
            r"crosses or touches itself, at \(50\.00, 30\.00\) mm",
        ),
        (
            [(0, 0), (100, 0), (100, 60), (0, 60), (0, 0), (-20, 0)],
            r"more than two lines meet, at \(0\.00, 0\.00\)",
        ),
    ],
)
def test_open_and_crossing_outlines_are_told_with_their_place(
    tmp_path: Path, points: list[tuple[float, float]], message: str
) -> None:
    document = drawn.new()
    drawn.lines(document.modelspace(), points, close=False)
    at = folder(tmp_path, side=drawn.saved(document))
    with pytest.raises(CsmError, match=rf"^side\.dxf/.*{message}") as error:
        read_parts_folder(at, SHOP, "birch-ply-12")
    assert len(error.value.where) == 1
    assert error.value.remedy


def test_what_is_open_on_a_layer_that_is_not_cut_matters_not(tmp_path: Path) -> None:
    document = drawn.new()
    drawn.polyline(document.modelspace(), PLATE)
    for layer in ("NOTES", "DONOTCUT", "ENGRAVE-1.0MM", "1_ANYTOOL_1MMDEEP_LABELS"):
        drawn.lines(document.modelspace(), [(5, 5), (50, 5)], layer, close=False)
    own = read_parts_folder(folder(tmp_path, side=drawn.saved(document)), SHOP, "birch-ply-12")
    assert own.kits[0].parts[0].volume == pytest.approx(300 * 200 * samples.THICKNESS)
    assert sum("engraving" in f.problem for f in own.findings) == 2


def test_outlines_that_overlap_are_refused(tmp_path: Path) -> None:
    at = folder(tmp_path, side=drawing(("0", PLATE), ("1", Outline.rectangle(290, 50, 320, 80))))
    assert "side.dxf: two outlines overlap (layers" in refused(at)
    assert "(layers 0 and 1)" in refused(at)


def test_a_hole_that_lies_in_no_part_is_refused(tmp_path: Path) -> None:
    at = folder(tmp_path, side=drawing(("0", PLATE), ("DRILL-D8.0-12.0MM", Outline.circle(400, 40, 8))))
    assert "side.dxf/layer DRILL-D8.0-12.0MM: an outline lies in no part, at (400.00, 40.00) mm" in refused(
        at
    )


def test_a_drawing_without_outlines_is_refused(tmp_path: Path) -> None:
    at = folder(tmp_path, side=drawing(("NOTES", PLATE)))
    assert "side.dxf: shows no closed outline of a part (layers with outlines: NOTES)" in refused(at)
