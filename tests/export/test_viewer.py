# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The viewer's data and the line picture show every piece, in few bytes, the same every time."""

from __future__ import annotations

import gzip
import json
import math
import re
import xml.etree.ElementTree as ET
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from test_step import VOLUME, pieces

from csmkit.export import viewer
from csmkit.export.explode.exploded import Apart
from csmkit.export.finish import BOUGHT, TYRE, finish_of
from csmkit.export.picture import line_picture
from csmkit.export.pieces import Piece
from csmkit.export.stage.shown import Shape, Shown, Stage
from csmkit.export.viewer import gz, viewer_gz
from csmkit.geometry.prism import prism
from csmkit.geometry.shape import compound, topods
from csmkit.model.outline import Outline
from csmkit.model.pose import Pose

PATH = "{http://www.w3.org/2000/svg}path"


def unpacked(packed: bytes) -> Any:
    return json.loads(gzip.decompress(packed))


def points_of(shape: Any, grid: float) -> NDArray[Any]:
    return np.cumsum(np.array(shape["points"]), axis=1).T * grid


def at_home(shown: list[Piece]) -> Apart:
    return Apart((1.0, -1.4, 0.9), {p.name: ((0.0, 0.0, 0.0),) * len(p.poses) for p in shown})


def packed(shown: list[Piece], **more: Any) -> bytes:
    return viewer_gz("kit", shown, at_home(shown), **more)


def test_the_viewer_knows_every_piece_by_its_name_and_has_its_shape_once() -> None:
    data = unpacked(packed(pieces(), bought={"pin"}))
    assert [(i["name"], i["bought"], len(i["poses"])) for i in data["items"]] == [
        ("Platte ü", False, 2),
        ("pin", True, 3),
    ]
    assert len(data["shapes"]) == 2
    assert [s["shape"] for i in data["items"] for s in i["solids"]] == [0, 1]
    assert data["items"][0]["solids"][0]["colour"] == finish_of("birch-ply").colour
    low, high = (f(points_of(data["shapes"][0], data["grid"]), axis=0) for f in (np.min, np.max))
    assert (high - low).tolist() == pytest.approx([300, 200, 12])


def test_the_viewer_knows_which_copies_are_jigs() -> None:
    data = unpacked(packed(pieces(), jigs={("pin", 0), ("pin", 2)}))
    assert [item.get("jigs") for item in data["items"]] == [None, [0, 2]]


def test_triangles_of_the_viewer_close_the_shape() -> None:
    data = unpacked(packed(pieces()))
    shape = data["shapes"][0]
    points = points_of(shape, data["grid"])[np.cumsum(shape["vertices"])]
    corners = points[np.cumsum(shape["triangles"]).reshape(-1, 3)]
    volume = np.einsum("ij,ij->i", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])).sum() / 6
    assert volume == pytest.approx(VOLUME, rel=0.005)
    assert sum(shape["faces"]) == len(corners)
    assert len(shape["edges"]) == sum(shape["segments"]) + len(shape["segments"])


def test_pulled_apart_each_copy_goes_its_own_way() -> None:
    plate, pin = pieces()
    away = Apart((1.0, -1.4, 1.44), {plate.name: ((0, 0, -20), (0, 0, 30)), pin.name: ((0, 0, 80.04),) * 3})
    data = unpacked(viewer_gz("kit", [plate, pin], away))
    assert [item["apart"] for item in data["items"]] == [[[0, 0, -20], [0, 0, 30]], [[0, 0, 80]] * 3]
    assert data["eye"] == [1, -1.4, 1.44]


def test_a_tyre_is_a_solid_of_its_own() -> None:
    hub, tyre = topods(prism(Outline.circle(0, 0, 10), 80)), topods(prism(Outline.circle(0, 0, 200), 20))
    wheel = Piece("wheel", compound([hub, tyre]), (Pose(),), BOUGHT, outer=TYRE)
    solids = unpacked(packed([wheel]))["items"][0]["solids"]
    assert [s["colour"] for s in solids] == [BOUGHT.colour, TYRE.colour]


def test_what_is_too_heavy_is_made_coarser(monkeypatch: pytest.MonkeyPatch) -> None:
    fine = packed(pieces())
    monkeypatch.setattr(viewer, "MOST", len(fine) - 1)
    assert len(packed(pieces())) < len(fine)


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


def test_the_viewer_knows_which_step_adds_each_copy_and_from_where() -> None:
    plate, pin = pieces()
    first = Shown(Shape(plate.name, "part", "#ffffff"), plate.poses[:1], ((0.0, 0.0, 0.0),))
    second = Shown(Shape(pin.name, "bolt", "#ffffff"), pin.poses[1:], ((0.0, 0.0, 50.0), (0.0, 0.0, 0.0)))
    stages = [Stage(2, "Lay", "adds", (), (first,)), Stage(3, "Pin", "adds", (first,), (second,))]
    plates, pins = unpacked(packed([plate, pin], stages=stages))["items"]
    assert plates["steps"] == [2, 0]
    assert pins["steps"] == [0, 3, 3]
    assert pins["comes"][1] == [0, 0, 50]
