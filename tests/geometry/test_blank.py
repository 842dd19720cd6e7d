# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A carved part lies within its blank; the blank's length is its extent along the grain."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from OCP.BRepPrimAPI import BRepPrimAPI_MakeBox

from csmkit.errors import CsmError
from csmkit.geometry.blank import blank_length
from csmkit.model.stock import Bar, Material

LARCH = Material("larch", "larch", 590, True, 24, None, 11000, None, 4, "test")
PLANK = Bar("larch-200x50", "plank", LARCH, "rectangle", 200, 50, 0, "test")
PIPE = Bar("pipe", "pipe", LARCH, "pipe", 60, 60, 3, "test")


def block(length: float, width: float, thickness: float):
    return BRepPrimAPI_MakeBox(length, width, thickness).Solid()


@settings(max_examples=30)
@given(st.floats(100, 3000), st.floats(5, 210), st.floats(5, 60))
def test_a_part_needs_its_length_if_its_section_fits_either_way(length, width, thickness):
    fits = min(width, thickness) <= 50 and max(width, thickness) <= 200
    if fits:
        assert blank_length(block(length, width, thickness), PLANK, "x") == pytest.approx(length, abs=1e-4)
        assert blank_length(block(width, length, thickness), PLANK, "y") == pytest.approx(length, abs=1e-4)
    elif min(width, thickness) > 50.1 or max(width, thickness) > 200.1:
        with pytest.raises(CsmError, match="only 50 x 200 mm"):
            blank_length(block(length, width, thickness), PLANK, "x")


def test_a_carved_part_says_its_grain_and_has_a_solid_blank():
    with pytest.raises(CsmError, match="along which axis"):
        blank_length(block(300, 100, 40), PLANK, None)
    with pytest.raises(CsmError, match="cannot be carved from pipe"):
        blank_length(block(300, 10, 10), PIPE, "x")
