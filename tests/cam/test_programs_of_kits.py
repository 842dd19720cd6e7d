# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Programs of every kit in three unlike workshops: other people's interpreters read them as the proof does.

benchmarks/programs.py does the same with all presets.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import kit_programs
import pytest

from csmkit.build import Builder, Store
from csmkit.design.find import find_kits

EVERY = find_kits([kit_programs.ROOT / "designs"])
KITS = [kit for kit in EVERY if not {*kit.uses} & {k.key for k in EVERY}]  # those that hold no other kit
SLOW = ("community-mach3", "linuxcnc-changer")  # the words of their dialects are tested elsewhere
SHOPS = [pytest.param(shop, marks=[pytest.mark.slow] * (shop in SLOW)) for shop in kit_programs.SHOPS]
QUICK_S = 0.5  # for each cut plan: here it may waste wood


@pytest.fixture(scope="session")
def builder(kit_cache: Path) -> Iterator[Builder]:
    store = Store(kit_cache)
    with Builder(store, executor=lambda: ThreadPoolExecutor(1), jobs=1) as made:
        yield made


@pytest.mark.needs("rs274", package="linuxcnc-uspace")
@pytest.mark.needs("node", package="nodejs")
@pytest.mark.parametrize("shop", SHOPS)
def test_every_kit_has_programs_that_others_read_as_we_do(
    shop: str, builder: Builder, tmp_path: Path
) -> None:
    made = {
        kit.key: kit_programs.made(builder, kit_programs.request(kit, "default", shop, QUICK_S))
        for kit in KITS
    }
    assert [fault for one in made.values() for fault in one.faults] == []
    assert [
        refusal
        for one in made.values()
        for clamped in one.clamped
        for refusal in kit_programs.refusals(clamped, tmp_path)
    ] == []
    without = {key for key, one in made.items() if not one.clamped}
    larger = {"bike-trailer", "turbine-frame-and-tail"}  # bed and vane are wider than the hobby router
    assert without == (larger if shop == "hobby-grbl" else set())
    assert all(one.impossible for key, one in made.items() if key in without)
