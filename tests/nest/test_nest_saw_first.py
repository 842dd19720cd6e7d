# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""First saw plans: each holds every part once, and values of their own make them differ."""

from __future__ import annotations

import random
from collections import Counter
from importlib.util import find_spec

import pytest
from nest_instances import instance, rectangle

from csmkit.nest.saw.task import saw_task

ROWS = (("a", 640, 310, 3), ("b", 420, 270, 4), ("c", 350, 180, 5), ("d", 210, 140, 6))
WORK_S = 2.0


@pytest.mark.skipif(find_spec("packingsolver") is None, reason="packingsolver is not installed")
def test_first_plans_hold_every_part_and_differ() -> None:
    from csmkit.nest.saw.calls import Calls, Meter
    from csmkit.nest.saw.engine import VARIED, first_plans
    from csmkit.nest.saw.search import Search

    task = saw_task(instance(*(rectangle(n, x, y, q, None) for n, x, y, q in ROWS), spacing=3.0, edge=5.0))
    meter = Meter(WORK_S)
    search = Search(task, (Calls(task, False, meter), Calls(task, True, meter)), random.Random(0))
    found = list(first_plans(search))
    for state, missing in found:
        sheets = (*state.full, state.last)
        counts = Counter(k for s in sheets for strip in s.strips for k, *_ in strip.spots)
        assert missing == 0
        assert counts == Counter({k: p.quantity for k, p in enumerate(task.parts)})
    assert len({search.candidate(state) for state, _ in found}) > 2  # plain values give two at most
    assert VARIED * WORK_S <= meter.spent_s < 2 * WORK_S
