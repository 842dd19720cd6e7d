# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Parameters: what a design declares, and which values it takes."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csmkit.catalog.workshop import default_workshop
from csmkit.design.params import Params, choice, count, describe, flag, length, sheets
from csmkit.design.values import resolve
from csmkit.errors import CsmError


class ShelfParams(Params):
    width: float = length(800, 300, 1200, "outside width")
    boards: int = count(4, 2, 8, "number of boards")
    oiled: bool = flag(True, "finish with oil")
    ply: str = choice("birch-ply-18", sheets(thickness=(15, 21)), "sheet to cut from")
    oil: str = choice("tung", ("tung", "hemp"), "finish")


def schema():
    return describe(ShelfParams, default_workshop())


def test_schema_tells_defaults_limits_units_and_text():
    width, boards, oiled, ply, _ = schema()
    assert (width.default, width.minimum, width.maximum, width.unit) == (800, 300, 1200, "mm")
    assert (boards.kind, oiled.kind, ply.kind) == ("count", "flag", "choice")
    assert width.text == "outside width"


def test_sheets_offers_only_goods_of_the_asked_thickness():
    ply = schema()[3]
    shop = default_workshop()
    assert "birch-ply-18" in ply.options
    assert all(15 <= shop.sheet(key).nominal <= 21 for key in ply.options)


@given(st.floats(300, 1200))
def test_every_number_within_the_limits_is_taken_as_it_is(width):
    assert resolve("shelf", schema(), {"width": repr(width)})["width"] == width


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("width", "100", "shelf: width = 100 mm is outside 300 to 1200 mm (outside width)"),
        ("width", "nan", "shelf: width = nan is not a finite number"),
        ("width", "inf", "not a finite number"),
        ("width", "12 furlongs", "= 12 furlongs is not a number in mm (outside width)"),
        ("width", "9in", "width = 228.6 mm is outside 300 to 1200 mm (outside width)"),
        ("width", "480,5", "write width=480.5"),
        ("width", "48,5 cm", "= 48,5 cm is not a number in mm (outside width); write width=485"),
        ("boards", "2 cm", "is not a number"),
        ("boards", "2,5", "write boards=2.5"),
        ("width", True, "is not a number"),
        ("boards", "2.5", "is not a whole number"),
        ("oiled", "perhaps", "neither yes nor no"),
        ("ply", "birch-ply-81", "birch-ply-18"),
        ("ply", "birch-ply-12", "is not offered (sheet to cut from); nearest: "),
        ("oil", "linseed", "= linseed is not offered (finish); choose one of tung, hemp"),
        ("widht", "500", "did you mean width"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_value_and_limit(name, value, told):
    with pytest.raises(CsmError) as caught:
        resolve("shelf", schema(), {name: value})
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("written", "mm"),
    [("450 mm", 450), ("48cm", 480), ("0.5 m", 500), ("20 in", 508), ('18 7/8"', 479.425), ("2 ft", 609.6)],
)
def test_a_length_may_be_written_in_any_unit(written, mm):
    assert resolve("shelf", schema(), {"width": written})["width"] == mm


def test_params_are_frozen_and_refuse_what_the_schema_refuses():
    with pytest.raises(ValueError, match="frozen"):
        ShelfParams().width = 400
    with pytest.raises(ValueError, match=r"finite|less than"):
        ShelfParams(width=math.inf)


def test_a_default_outside_of_its_own_limits_is_refused_when_the_design_is_read():
    with pytest.raises(CsmError, match="outside 300 to 1200"):
        length(100, 300, 1200, "outside width")
