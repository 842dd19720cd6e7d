# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A plot shows its points where its axes say that they are."""

import itertools
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csmkit.errors import CsmError
from csmkit.export.svg.curve import BOTTOM, HIGH, LEFT, RIGHT, TOP, WIDE, curve_svg, ticks
from csmkit.model import Curve, Series

numbers = st.floats(-1e6, 1e6).map(lambda v: round(v, 6))


@given(numbers, numbers)
def test_ticks_are_round_even_and_enclose_the_values(a, b):
    low, high = sorted((a, b))
    found = ticks(low, high)
    steps = [y - x for x, y in itertools.pairwise(found)]
    hair = 1e-8 * max(steps)
    assert found[0] <= low + hair
    assert found[-1] >= high - hair
    assert 2 <= len(found) <= 10
    assert max(steps) - min(steps) <= 1e-6 * max(steps)


@given(st.lists(st.tuples(numbers, numbers), min_size=2, max_size=20))
def test_all_points_lie_within_the_axes(points):
    text = curve_svg(Curve("c", "Curve", "x, m", "y, W", (Series("one", tuple(points)),)))
    [line] = re.findall(rb'<polyline[^>]* points="([^"]*)"', text)
    for pair in line.split():
        x, y = map(float, pair.split(b","))
        assert LEFT - 0.1 <= x <= WIDE - RIGHT + 0.1
        assert TOP - 0.1 <= y <= HIGH - BOTTOM + 0.1


def test_every_series_and_mark_is_named_and_the_file_is_xml():
    curve = Curve(
        "power",
        "Power & wind",
        "wind, m/s",
        "power, W",
        (Series("shaft", ((3, 10), (12, 900))), Series("battery", ((3, 5), (12, 700)))),
        ((600, "rated < here"),),
    )
    texts = "".join(ElementTree.fromstring(curve_svg(curve)).itertext())
    for word in ("Power & wind", "wind, m/s", "power, W", "shaft", "battery", "rated < here"):
        assert word in texts


def test_a_curve_without_points_is_refused():
    with pytest.raises(CsmError, match="has no points"):
        Curve("c", "t", "x", "y", (Series("s", ()),))
