# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Labels: all is on them, nothing leaves its label, the same labels give the same bytes."""

import os
import re
import subprocess
import sys
import time
from dataclasses import replace

import export_samples as sample
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from csmkit.errors import CsmError
from csmkit.export.labels_pdf import PartLabel, _arrow_place, label_outline, labels_pdf
from csmkit.export.typst import printable
from csmkit.model.facts import FlatPattern
from csmkit.model.outline import Outline
from csmkit.model.pose import Pose

SIDE = (sample.rounded(0, 0, 820, 610, 60), Outline.circle(200, 300, 120))
LABEL = PartLabel(
    kit="bike-trailer",
    part="side panel",
    copy=1,
    copies=4,
    material="Birch plywood 18 mm",
    size=(820.0, 610.0, 17.6),
    grain="x",
    edges="L1 W2",
    steps=(3, 4, 5, 8),
    where="sheet 2 of 3",
    outline=SIDE,
    remaining=("saw", "jigsaw"),
)
PAGE = 24
WIDE, HIGH, INSET, ABOVE = 70.0, 37.0, 4.5, 0.5  # mm
MARK = 2.0  # mm around a corner that a crop mark may fill
DPI = 100
printer = pytest.mark.needs("pdftoppm", package="poppler-utils")


def text_of(pdf, tmp_path, order="-raw"):
    (tmp_path / "labels.pdf").write_bytes(pdf)
    words = ["pdftotext", order, "labels.pdf", "-"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, check=True)
    return done.stdout.decode().replace("\u200b", "").replace("\u2060", "")


def pages_of(pdf, folder):
    """Grey values of each page, [row, column]: 0 black, 255 white."""
    (folder / "labels.pdf").write_bytes(pdf)
    for old in folder.glob("page*.pgm"):
        old.unlink()
    subprocess.run(["pdftoppm", "-gray", "-r", str(DPI), "labels.pdf", "page"], cwd=folder, check=True)
    return [_pgm(file.read_bytes()) for file in sorted(folder.glob("page*.pgm"))]


def _pgm(data):
    kind, wide, high, white = data.split(maxsplit=4)[:4]
    assert (kind, white) == (b"P5", b"255")
    return np.frombuffer(data[-int(wide) * int(high) :], dtype=np.uint8).reshape(int(high), int(wide))


def outside(page):
    """Ink that is neither within a label's inner part nor of a crop mark."""
    mm = 25.4 / DPI
    y, x = ((np.arange(n) + 0.5) * mm for n in page.shape)
    y = y - ABOVE
    slack = mm  # a pixel
    inner_x = np.abs(x % WIDE - WIDE / 2) <= WIDE / 2 - INSET + slack
    inner_y = np.abs(y % HIGH - HIGH / 2) <= HIGH / 2 - INSET + slack
    near_x = np.abs((x + WIDE / 2) % WIDE - WIDE / 2) < MARK
    near_y = np.abs((y + HIGH / 2) % HIGH - HIGH / 2) < MARK
    allowed = (inner_y[:, None] & inner_x[None, :]) | (near_y[:, None] & near_x[None, :])
    return (page < 250) & ~allowed


def copies(number):
    return [replace(LABEL, copy=copy, copies=number) for copy in range(1, number + 1)]


@printer
def test_a_label_says_all_that_is_known_of_its_part(tmp_path):
    said = " ".join(text_of(labels_pdf([LABEL]), tmp_path).split())
    for words in (
        "side panel",
        "1 of 4",
        "bike-trailer",
        "Birch plywood 18 mm",
        "820 × 610 × 17.6 mm",
        "edges L1 W2",
        "sheet 2 of 3",
        "steps 3–5, 8",
        "saw, then jigsaw",
    ):
        assert words in said


@printer
def test_what_is_not_known_leaves_no_word_behind(tmp_path):
    bare = replace(LABEL, edges="", steps=(), where="", remaining=(), outline=(), grain=None)
    said = " ".join(text_of(labels_pdf([bare]), tmp_path).split())
    assert said == "side panel 1 of 4 bike-trailer Birch plywood 18 mm 820 × 610 × 17.6 mm"


@printer
@pytest.mark.parametrize(("number", "pages"), [(1, 1), (PAGE, 1), (PAGE + 1, 2), (3 * PAGE, 3)])
def test_every_copy_has_one_label_and_a_page_holds_24(tmp_path, number, pages):
    pdf = labels_pdf(copies(number))
    assert len(pages_of(pdf, tmp_path)) == pages
    said = " ".join(text_of(pdf, tmp_path).split())
    assert re.findall(rf"\d+ of {number}\b", said) == [f"{copy} of {number}" for copy in range(1, number + 1)]


@printer
def test_labels_follow_one_another_row_by_row(tmp_path):
    said = text_of(
        labels_pdf([replace(LABEL, part=name) for name in ("one", "two", "three", "four")]),
        tmp_path,
        "-layout",
    )
    first, second = (line.split("1 of 4")[:-1] for line in said.splitlines() if "1 of 4" in line)
    assert [words.strip() for words in first + second] == ["one", "two", "three", "four"]


WORDS = st.text(st.sampled_from("WMil_-/. äßЖγ0"), max_size=150)


@printer
@settings(max_examples=10)
@given(
    labels=st.lists(
        st.builds(
            PartLabel,
            kit=WORDS,
            part=WORDS,
            copy=st.just(1000),
            copies=st.just(1000),
            material=WORDS,
            size=st.just((2440.0, 1219.5, 17.6)),
            grain=st.sampled_from(["x", "y", None]),
            edges=WORDS,
            steps=st.lists(st.integers(1, 99), max_size=40).map(tuple),
            where=WORDS,
            outline=st.sampled_from(
                [
                    (),
                    SIDE,
                    (Outline.rectangle(0, 0, 2440, 1),),
                    (Outline.rectangle(5, 7, 6, 2440),),
                    (Outline.circle(0, 0, 30), Outline.circle(0, 0, 25)),
                ]
            ),
            remaining=st.lists(WORDS, max_size=3).map(tuple),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_nothing_stands_nearer_to_a_labels_edge_than_a_printer_may_shift(tmp_path_factory, labels):
    for page in pages_of(labels_pdf(labels), tmp_path_factory.mktemp("printed")):
        assert not outside(page).any()


@printer
def test_the_check_of_edges_sees_ink_across_them(tmp_path):
    page = pages_of(labels_pdf([LABEL]), tmp_path)[0]
    assert (page < 250).any()
    assert outside(np.roll(page, round(6 / 25.4 * DPI), axis=1)).any()
    assert outside(np.roll(page, round(-6 / 25.4 * DPI), axis=0)).any()


@printer
def test_a_long_name_is_whole_on_its_label(tmp_path):
    name = "the very long name of a part that somebody gave without a thought for labels"
    said = text_of(labels_pdf([replace(LABEL, part=name)]), tmp_path).replace("1 of 4", "")
    assert " ".join(said.split()).startswith(name)


@printer
def test_the_picture_shows_holes_and_grain(tmp_path):
    def shown(darker, **said):
        return pages_of(labels_pdf([replace(LABEL, **said)]), tmp_path)[0] < darker

    whole = shown(250, outline=SIDE[:1], grain=None)
    assert shown(250, outline=SIDE, grain=None).sum() < whole.sum()  # a hole is white
    assert shown(250, outline=(), grain=None).sum() < whole.sum()
    along, across, none = (shown(128, grain=grain) for grain in ("x", "y", None))
    box = [np.ptp(np.argwhere(arrow & ~none), axis=0) for arrow in (along, across)]  # rows, columns
    assert box[0][1] > 2 * box[0][0]
    assert box[1][0] > 2 * box[1][1]


@pytest.mark.parametrize("grain", ["x", "y"])
def test_the_arrow_lies_on_the_part_and_in_none_of_its_holes(grain):
    ell = Outline.polygon([(0, 0), (300, 0), (300, 40), (60, 40), (60, 120), (0, 120)])
    hole = Outline.circle(150, 20, 20)
    x, y, half = _arrow_place((ell, hole), grain, 0.1) or (0, 0, 0)
    reach = np.linspace(-half, half, 21) * 10
    dx, dy = (reach, 0 * reach) if grain == "x" else (0 * reach, reach)
    ways = shapely.points(10 * x + dx, 10 * y + dy)
    assert half >= 1.7
    assert shapely.covers(shapely.Polygon(ell.points()), ways).all()
    assert not shapely.intersects(shapely.Polygon(hole.points()), ways).any()


def test_an_arrow_without_room_stands_below():
    assert _arrow_place((Outline.rectangle(0, 0, 2400, 60),), "y", 0.01) is None


def test_a_label_shows_what_goes_through_a_pattern():
    hole, pocket = Outline.circle(50, 50, 20), Outline.circle(90, 50, 20)
    features = (sample.hole(hole), replace(sample.hole(pocket), kind="pocket", through=False, depth=3))
    pattern = FlatPattern(SIDE[0], features, 12, "x", Pose())
    assert label_outline(pattern) == (SIDE[0], hole)


@printer
def test_no_font_of_the_system_is_used(tmp_path):
    (tmp_path / "labels.pdf").write_bytes(labels_pdf([LABEL, replace(LABEL, part="кронштейн γωνία")]))
    told = subprocess.run(["pdffonts", "labels.pdf"], cwd=tmp_path, capture_output=True, check=True).stdout
    names = {line.split()[0].partition("+")[2] for line in told.decode().splitlines()[2:]}
    assert names == {"SourceSansPro-Regular", "SourceSansPro-Bold"}


def test_the_same_labels_give_the_same_bytes_in_any_place_at_any_time(tmp_path):
    program = "import sys; from test_labels_pdf import *; sys.stdout.buffer.write(labels_pdf(copies(30)))"
    pdfs = [labels_pdf(copies(30))]
    for zone, seed in (("Asia/Kolkata", "1"), ("America/Lima", "2")):
        folder = tmp_path / zone.replace("/", "-")
        folder.mkdir()
        path = os.pathsep.join([os.path.dirname(__file__), *sys.path])
        pdfs.append(
            subprocess.run(
                [sys.executable, "-c", program],
                cwd=folder,
                env={**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
                capture_output=True,
                check=True,
            ).stdout
        )
        time.sleep(1.1)  # a second's clock would show
    assert pdfs[0] == pdfs[1] == pdfs[2]
    assert b"CreationDate" not in pdfs[0]
    assert os.fsencode(os.path.dirname(os.path.dirname(os.path.dirname(__file__)))) not in pdfs[0]


def test_a_thousand_labels_take_seconds():
    labels = [
        replace(LABEL, part=f"part {n // 4}", outline=(sample.rounded(0, 0, 800 + n, 610, 60), SIDE[1]))
        for n in range(1000)
    ]
    began = time.process_time()
    pdf = labels_pdf(labels)
    assert time.process_time() - began < 20  # 1 to 2 s on a quiet machine
    assert len(pdf) < 2_000_000


def test_no_labels_are_refused():
    with pytest.raises(CsmError, match="no parts to label"):
        labels_pdf([])


def test_what_the_faces_cannot_draw_is_left_out_and_what_they_can_stays() -> None:
    assert printable("側板 left") == " left"
    kept = "Seitenteil ß, łóżko, Ψ, бок, 40 × 30 mm – ″ ≤"
    assert printable(kept) == kept
