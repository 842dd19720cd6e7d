# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Paper templates are true to size: in SVG, on joined A4 pages, and round a pipe."""

import math
import re
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csmkit.export.svg.template import template_box, template_svg
from csmkit.export.templates_pdf import TILE, templates_pdf
from csmkit.export.wrap import FLAP, wrap_templates
from csmkit.model import Bar, BarEnd, BarWork, Material, PartFacts, Stroke, Template

STEEL = Material("steel", "steel", 7850, False, 235, 235, 210000, None, None, "test")
PIPE = Bar("pipe-60.3x3", "pipe", STEEL, "pipe", 60.3, 60.3, 3, "test")
RADIUS, LENGTH = 30.15, 900.0


def mitred(degrees: float, longest: float) -> PartFacts:
    """A pipe with a square start and a mitred end."""
    lean = RADIUS * math.tan(math.radians(degrees))
    turns = [math.tau * k / 360 for k in range(361)]
    end = tuple((t * RADIUS, LENGTH - lean + lean * math.cos(t - math.radians(longest))) for t in turns)
    start = tuple((t * RADIUS, 0.0) for t in turns)
    work = BarWork((BarEnd("square"), BarEnd("mitre", degrees, longest)), (), (start, end))
    return PartFacts(
        "boom", "pipe", "bar", "saw", 1, (), (LENGTH, 60, 60), 1, 1, (0, 0, 0), None, LENGTH, work
    )


def cuts(template: Template) -> list[tuple[float, float]]:
    return [p for s in template.strokes if s.kind == "cut" for p in s.points]


@settings(max_examples=40)
@given(st.floats(1, 50), st.floats(0, 359))
def test_a_wrapped_paper_marks_the_mitre_at_the_told_distance(degrees, longest):
    part = mitred(degrees, longest)
    [template] = wrap_templates(part, PIPE)
    told = next(label.text for label in template.labels if "mm from" in label.text)
    distance = float(re.search(r"edge (\d+) mm from the end", told).group(1))
    lean = RADIUS * math.tan(math.radians(degrees))
    for u, v in cuts(template):
        on_pipe = LENGTH - lean + lean * math.cos(u / RADIUS - math.radians(longest))
        assert LENGTH - distance + v == pytest.approx(on_pipe, abs=0.02)
    around = [u for u, _ in cuts(template)]
    assert min(around) == pytest.approx(0, abs=0.6)
    assert max(around) == pytest.approx(math.tau * RADIUS + FLAP, abs=0.6)


def test_a_square_pipe_needs_no_paper():
    assert wrap_templates(mitred(0.0, 0.0), PIPE) == ()
    assert len(wrap_templates(mitred(0.5, 0.0), PIPE)) == 1


def board(width: float, height: float) -> Template:
    corners = ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height), (0.0, 0.0))
    return Template("board", "Board", (Stroke(corners),))


def test_the_svg_is_as_large_as_what_it_shows():
    text = template_svg(board(120, 45)).decode()
    _, _, width, height = template_box(board(120, 45))
    assert f'width="{width:g}mm" height="{height:g}mm"' in text
    assert (width, height) == (126, 51)


@pytest.mark.needs("pdfinfo", package="poppler-utils")
@pytest.mark.parametrize(
    ("size", "pages"),
    [((100, 100), 1), (((TILE[0] - 6), TILE[1] - 6), 1), ((TILE[1] - 6, TILE[0] - 6), 1), ((1200, 150), 5)],
)
def test_pages_are_as_few_as_lie_upright_or_across(tmp_path, size, pages):
    (tmp_path / "t.pdf").write_bytes(templates_pdf([board(*size)], "test"))
    said = subprocess.run(["pdfinfo", tmp_path / "t.pdf"], capture_output=True, text=True, check=True).stdout
    assert re.search(rf"Pages:\s+{pages}\n", said)
    assert "A4" in said


@pytest.mark.needs("pdftocairo", package="poppler-utils")
def test_on_paper_a_millimetre_is_a_millimetre(tmp_path):
    """A square of 100 mm, measured in the picture of its page at 254 dots an inch: ten a millimetre."""
    from PIL import Image

    (tmp_path / "t.pdf").write_bytes(templates_pdf([board(100, 100)], "test"))
    args = ["pdftocairo", "-png", "-r", "254", "-singlefile", tmp_path / "t.pdf", tmp_path / "t"]
    subprocess.run(args, check=True)
    picture = Image.open(tmp_path / "t.png").convert("L").point(lambda v: 255 if v < 128 else 0)
    top = picture.crop((0, 0, picture.width, picture.height // 2))  # above the check bar
    left, upper, right, lower = top.getbbox()
    assert right - left == pytest.approx(1005, abs=3)  # the line is half a millimetre wide
    assert lower - upper == pytest.approx(1005, abs=3)


def test_the_same_templates_give_the_same_bytes():
    assert templates_pdf([board(300, 300)], "test") == templates_pdf([board(300, 300)], "test")
