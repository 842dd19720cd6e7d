# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Pictures of steps in a build: named in kit.json, each made anew only where it shows something else."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

from small_kits import write_kit

from csmkit.build import Builder, Event, Store
from csmkit.design.find import load_manifest
from csmkit.pipeline import Request, build_kit

DESIGN = """
from csmkit import Bought, Kit, Outline, Params, Part, Pose, Region, design, prism

class P(Params):
    pass

@design
def table(p: P, shop):
    ply = shop.sheet("birch-ply-12")
    leg = Part("leg", prism(Outline.rectangle(0, 0, 60, 200), ply.thickness), ply, grain="y")
    top = Part("top", prism(Outline.rectangle(0, 0, 300, WIDTH), ply.thickness), ply, grain="x")
    return Kit(
        leg.at(Pose.at(0, 100, 0, rx=90), Pose.at(240, 100, 0, rx=90)),
        top.at(Pose.at(0, 0, 200)),
    )
"""
STEPS = """
## Sand
All edges.

## Stand the legs up { adds="leg" minutes=5 }
Both.

## Lay the top on { adds="top" minutes=5 }
Face up.

## Look at it
It stands.
"""


def test_an_unchanged_step_keeps_its_picture(tmp_path: Path) -> None:
    events: list[Event] = []

    def built(width: int, steps: str) -> tuple[Path, list[str]]:
        events.clear()
        folder = write_kit(tmp_path / "kits" / "table", DESIGN.replace("WIDTH", str(width)), steps)
        made = build_kit(builder, Request(load_manifest(folder)), tmp_path / "out", ["steps"])
        return made.folder, [e.task for e in events if e.kind == "started" and "picture" in e.task]

    with Builder(Store(tmp_path / "cache"), jobs=1, on_event=events.append) as builder:
        folder, drawn = built(200, STEPS)
        assert {"table: step 2 picture", "table: step 3 picture", "table: step 4 picture"} <= {*drawn}
        kit = json.loads((folder / "kit.json").read_bytes())
        pictures = [step["picture"] for step in kit["assembly"]["steps"]]
        assert [p and (p["path"], p["shows"]) for p in pictures] == [
            None,
            ("steps/2.svg", "adds"),
            ("steps/3.svg", "adds"),
            ("steps/4.svg", "state"),
        ]
        for picture in filter(None, pictures):
            root = ET.fromstring((folder / picture["path"]).read_bytes())
            assert root.get("width") == f"{picture['width']:g}mm"
            assert root.get("height") == f"{picture['height']:g}mm"
        assert [f["group"] for f in kit["files"] if f["path"] == "steps/2.svg"] == ["instructions"]
        assert not built(200, STEPS.replace("Face up", "The good face up"))[1], "only a text has changed"
        again = built(220, STEPS)[1]
        assert "table: step 3 picture" in again
        assert "table: step 2 picture" not in again, "the legs are as they were"
