# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""File names carry material, thickness, part and quantity, and suit every file system."""

from __future__ import annotations

import export_samples as samples
from hypothesis import given
from hypothesis import strategies as st

from csmkit.export.paths import bars_path, file_stem, flat_path, part_path, sheet_path


def test_names_carry_what_a_shop_must_know() -> None:
    assert flat_path(samples.part(), samples.SHEET) == "flat/birch-ply-12mm/side_x2.dxf"
    assert flat_path(samples.part(), samples.SHEET, turned=True) == "flat/birch-ply-12mm/side_x2_bottom.dxf"
    assert sheet_path("birch-ply-12-2440x1220", 2, "svg") == "sheets/birch-ply-12-2440x1220-2.svg"
    assert bars_path("spruce-45x45") == "bars/spruce-45x45.svg"
    assert part_path("left side", "stl") == "parts/left side.stl"


@given(st.text(max_size=300))
def test_a_stem_is_safe_on_every_file_system(name: str) -> None:
    stem = file_stem(name)
    assert 1 <= len(stem) <= 80
    assert not set(stem) & set('/\\:*?"<>|\0\n')
    assert not stem.startswith(".")
    assert stem not in (".", "..")
    assert not stem.endswith((".", " "))
    assert file_stem(stem) == stem
