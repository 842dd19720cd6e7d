# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Pictures as a build makes them: named in kit.json, sized as they say, and not made anew for a price."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from PIL import Image
from small_kits import write_kit

from csmkit.build import Builder, Event, Store
from csmkit.design.find import load_manifest
from csmkit.pipeline import Request, build_kit

PRESETS = """
[presets.default]
title = "Usual"
[presets.other]
title = "The same once more"
"""
DESIGN = """
from csmkit import Bought, Kit, Outline, Params, Part, Pose, design, prism

class P(Params):
    pass

@design
def shelf(p: P, shop):
    ply = shop.sheet("birch-ply-12")
    board = Part("board", prism(Outline.rectangle(0, 0, 300, 200), ply.thickness), ply, grain="x")
    return Kit(
        board.at(Pose(), Pose.at(z=120)),
        Bought("ISO 4017", "M8x40").at(Pose.at(150, 100, 220)),  # above it, not through it
    )
"""
STEPS = """
## Put together { adds="board, ISO 4017 M8x40" minutes=10 }
Stack.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_kit(tmp_path_factory.mktemp("kits") / "shelf", DESIGN, STEPS, PRESETS)


def test_pictures_are_named_and_stay_when_a_price_changes(folder: Path, tmp_path: Path) -> None:
    manifest, out = load_manifest(folder), tmp_path / "out"
    events: list[Event] = []
    rates = b"[rates]\nlabour_h = 99.0\n"
    with Builder(Store(tmp_path / "cache"), jobs=1, on_event=events.append) as builder:
        first = build_kit(builder, Request(manifest), out, ["picture"])
        assert any("pictures" in e.task for e in events if e.kind == "started")
        events.clear()
        second = build_kit(builder, Request(manifest, workshop=rates, folder="dear"), out, ["picture"])
        other = build_kit(builder, Request(manifest, "other"), out, ["picture"])
    ran = [e.task for e in events if e.kind == "started"]
    assert any("price" in task for task in ran)
    assert not any("pictures" in task for task in ran)  # the other preset has the same things
    pictures = json.loads((first.folder / "kit.json").read_bytes())["pictures"]
    assert second.kit["pictures"] == pictures
    assert list(pictures) == ["lines", "hero", "exploded", "flat-pack", "bought"]
    assert other.kit["pictures"] == pictures
    shots = [shot for name in ("hero", "exploded", "flat-pack") for shot in pictures[name]]
    for shot in (*shots, pictures["bought"]["ISO 4017 M8x40"]):
        data = (first.folder / shot["path"]).read_bytes()
        image = Image.open(io.BytesIO(data))
        assert image.format == "WEBP"
        assert image.size == (shot["width"], shot["height"])
        border = image.convert("RGBA").getchannel("A")
        inside = border.crop((1, 1, image.width - 1, image.height - 1))
        assert border.getbbox() == tuple(c + 1 for c in inside.getbbox() or ())  # nothing on the border
        assert data == (second.folder / shot["path"]).read_bytes()
