# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Every kit of the repository can be made: all presets, and random parameters between their limits."""

from pathlib import Path

import pytest
from random_values import random_values

from csmkit.build import Builder, Store
from csmkit.design.find import find_kits
from csmkit.errors import CsmError
from csmkit.pipeline import Request, check_kit, show_kit

ROOT = Path(__file__).parents[2]
KITS = find_kits([ROOT / "designs"])
PRESETS = [
    pytest.param(kit, preset.key, id=f"{kit.key}-{preset.key}")
    for kit in KITS
    for preset in kit.shown_presets
]
RANDOM_SETS, DRAWS = 1, 48  # of each kit here; benchmarks/random_sets.py draws 50
HOLDERS = {kit.key for kit in KITS if {*kit.uses} & {k.key for k in KITS}}  # their kits are drawn themselves


@pytest.fixture(scope="session")
def builder(kit_cache):
    with Builder(Store(kit_cache), jobs=1) as made:
        yield made


@pytest.mark.parametrize(("kit", "preset"), PRESETS)
def test_every_preset_can_be_made(builder, kit, preset):
    assert [str(f) for f in check_kit(builder, Request(kit, preset))] == []


def findings_of(builder, kit, values):
    """Findings, or None where a design refuses sizes that exclude each other."""
    try:
        return check_kit(builder, Request(kit, given=values))
    except CsmError as refused:
        if not refused.remedy:
            raise
        return None


@pytest.mark.slow
@pytest.mark.parametrize("kit", KITS, ids=[k.key for k in KITS])
def test_random_sizes_are_flat_whole_and_free_of_interference(builder, kit):
    params, made = show_kit(builder, Request(kit)), 0
    wanted = 1 if kit.key in HOLDERS else RANDOM_SETS
    for seed in range(DRAWS):
        findings = findings_of(builder, kit, random_values(params, seed))
        if findings is not None:
            # A random load may be too heavy, and a random part longer than every sheet.
            assert [str(f) for f in findings if f.check not in ("limit", "stock")] == []
            made += 1
        if made == wanted:
            break
    assert made == wanted
