# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The viewer's data and the line picture show every piece, in few bytes, the same every time."""

from __future__ import annotations

import gzip
import json
import math
import re
import xml.etree.ElementTree as ET

import pytest
from test_step import pieces

from csmkit.export.finish import BOUGHT
from csmkit.export.picture import line_picture
from csmkit.export.pieces import Piece
from csmkit.export.viewer import gz, viewer_gz
from csmkit.geometry.prism import prism
from csmkit.geometry.shape import topods
from csmkit.model.outline import Outline
from csmkit.model.pose import Pose

PATH = "{http://www.w3.org/2000/svg}path"


def test_the_viewer_knows_every_piece_by_its_name() -> None:
    data = json.loads(gzip.decompress(viewer_gz("kit", pieces())))
    assert set(data) == {"instances", "shapes"}
    assert len(data["instances"]) == 2
    text = json.dumps(data["shapes"], ensure_ascii=False)
    for name in ("Platte ü 1", "Platte ü 2", "pin 1", "pin 2", "pin 3"):
        assert f'"{name}"' in text


def test_gzip_bears_neither_clock_nor_system() -> None:
    packed = gz(b"csmkit" * 100)
    assert gzip.decompress(packed) == b"csmkit" * 100
    assert packed[3:10] == bytes(
        [0, 0, 0, 0, 0, 2, 255]
    )  # no name, no time, best compression, unknown system


def points(data: str) -> list[tuple[float, float]]:
    """Points of path data with absolute M and relative l, y down."""
    found = []
    for chain in data.split("M")[1:]:
        start, _, moves = chain.partition("l")
        numbers = [float(v) for v in re.findall(r"-?\d*\.?\d+", start + " " + moves)]
        x, y = 0.0, 0.0
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            found.append((x, y))
    return found


def test_a_picture_keeps_the_proportions_of_the_view() -> None:
    block = topods(prism(Outline.rectangle(0, 0, 300, 100), 50))
    root = ET.fromstring(line_picture("block", [Piece("block", block, (Pose(),), BOUGHT)]))
    drawn = [p for path in root.iter(PATH) for p in points(path.attrib["d"])]
    wide, high = (max(c) - min(c) for c in zip(*drawn, strict=True))
    eye = (1.0, -1.4, 0.9)  # right, front, above
    flat = math.hypot(eye[0], eye[1])
    across = (300 * 1.4 + 100 * 1.0) / flat
    up = (300 * eye[0] + 100 * 1.4) / flat * eye[2] / math.hypot(flat, eye[2]) + 50 * flat / math.hypot(
        flat, eye[2]
    )
    assert wide == pytest.approx(1000, abs=0.3)
    assert high / wide == pytest.approx(up / across, abs=1e-3)


def test_hidden_edges_are_left_out() -> None:
    block = topods(prism(Outline.rectangle(0, 0, 300, 100), 50))
    inside = topods(prism(Outline.rectangle(100, 20, 150, 60), 20))
    alone = line_picture("a", [Piece("block", block, (Pose(),), BOUGHT)])
    both = line_picture(
        "a", [Piece("block", block, (Pose(),), BOUGHT), Piece("in", inside, (Pose.at(z=10),), BOUGHT)]
    )
    assert alone == both


def test_a_picture_says_its_title_and_stays_within_its_box() -> None:
    root = ET.fromstring(line_picture("Anhänger <&>", pieces()))
    assert root.attrib["aria-label"] == "Anhänger <&>"
    x, y, wide, high = (float(v) for v in root.attrib["viewBox"].split())
    for path in root.iter(PATH):
        for px, py in points(path.attrib["d"]):
            assert x < px < x + wide
            assert y < py < y + high
