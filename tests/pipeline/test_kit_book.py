# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The book as a build makes it: alone if asked, in both sizes and all languages, anew for another address."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_kits import write_kit

from csmkit.build import Builder, Event, Store
from csmkit.design.find import load_manifest
from csmkit.pipeline import Request, build_kit
from csmkit.pipeline.translations import spoken

DESIGN = """
from csmkit import Bought, Kit, Outline, Params, Part, Pose, design, prism

class P(Params):
    pass

@design
def shelf(p: P, shop):
    ply = shop.sheet("birch-ply-12")
    board = Part("board", prism(Outline.rectangle(0, 0, 300, 200), ply.thickness), ply, grain="x")
    bolt, screw = Bought("ISO 4017", "M8x40"), Bought("DIN 7997", "4x40")
    return Kit(board.at(Pose()), bolt.at(Pose.at(150, 100, 220)), screw.at(Pose.at(150, 100, 400)))
"""
STEPS = """
## Put together { adds="board, ISO 4017 M8x40, DIN 7997 4x40" minutes=10 }
Stack.
"""

SPANISH = """
[es.parts]
board = "tabla"
"""
BOOKS = {"book.pdf", "book-letter.pdf", "book.es.pdf"}


def test_a_book_alone_is_a_pdf_for_each_paper_and_language_instructions_a_text_for_each(
    tmp_path: Path,
) -> None:
    manifest = load_manifest(write_kit(tmp_path / "kits" / "shelf", DESIGN, STEPS, SPANISH))
    events: list[Event] = []
    with Builder(Store(tmp_path / "cache"), jobs=1, on_event=events.append) as builder:
        built = build_kit(builder, Request(manifest), tmp_path / "out", ["book"])
        found = {p.relative_to(built.folder).as_posix() for p in built.folder.rglob("*") if p.is_file()}
        assert found == {*BOOKS, "kit.json", "SHA256SUMS"}
        assert {f["path"] for f in built.kit["files"] if f["group"] == "book"} == BOOKS
        assert built.kit["size"] == pytest.approx([300, 200, 225.3], abs=0.1)  # up to the bolt's head
        assert all((built.folder / name).read_bytes().startswith(b"%PDF") for name in BOOKS)

        events.clear()
        again = build_kit(builder, Request(manifest), tmp_path / "out", ["book"])
        assert not again.is_new
        assert not [e for e in events if e.kind == "started" and "book" in e.task]

        events.clear()
        site = "https://example.org/"
        build_kit(builder, Request(manifest, site=site, folder="site"), tmp_path / "out", ["book"])
        started = {e.task.partition(": ")[2] for e in events if e.kind == "started"}
        assert started == {
            "book a4 en",
            "book us-letter en",
            "book a4 es",
            "data",
        }  # kit.json, over other files

        wanted = ["drawing", "svg", "gcode"]
        built = build_kit(builder, Request(manifest, folder="drawn"), tmp_path / "out", wanted)
        drawings = (built.folder / f"drawings/board{code}.svg" for code in ("", ".es"))
        english, told = (path.read_text("utf-8") for path in drawings)
        assert ">board</text>" in english
        assert ">birch plywood 12 mm</text>" in english
        assert ">contrachapado de abedul 12 mm</text>" in told
        assert "<title>tabla (board)</title>" in told
        groups = {f["path"]: f["group"] for f in built.kit["files"]}
        assert groups["drawings/board.es.svg"] == "drawings"
        assert groups["sheets/birch-ply-12-2440x1220-1.es.svg"] == "sheets"
        assert groups["setup-sheet.pdf"] == groups["setup-sheet.es.pdf"] == "gcode"

        built = build_kit(builder, Request(manifest, folder="text"), tmp_path / "out", ["instructions"])
        texts = {p.name: p.read_text(encoding="utf-8") for p in built.folder.glob("instructions.*")}
        assert {f["path"] for f in built.kit["files"] if f["group"] == "instructions"} == set(texts)
        assert set(texts) == {"instructions.md", "instructions.es.md"}
        assert "- 1 × board\n" in texts["instructions.md"]
        assert "- 1 × tabla (board)\n" in texts["instructions.es.md"]


@pytest.mark.parametrize(
    ("more", "steps", "codes"),
    [
        ("", [], []),
        (SPANISH, [], ["es"]),
        ("", ["assembly.es.md"], ["es"]),
        (SPANISH.replace("es", "qu"), ["assembly.qu.md"], []),  # a language whose catalog nobody has begun
    ],
)
def test_a_kit_speaks_the_languages_of_its_own_texts_that_have_a_catalog(
    tmp_path, more, steps, codes
) -> None:
    manifest = load_manifest(write_kit(tmp_path / "shelf", DESIGN, STEPS, more))
    assert spoken(manifest, ["kit.toml", "assembly.md", *steps]) == codes
