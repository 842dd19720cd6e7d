# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The layout lock gives the same plan again, and refuses what doesn't hold."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from nest_instances import instance, item, planned, rectangle, sheet

from csmkit.errors import CsmError
from csmkit.model import Outline
from csmkit.model.data import dump
from csmkit.nest.engines.attempt import in_process
from csmkit.nest.irregular import plan
from csmkit.nest.lock import Lock, key_of, read_lock, reuse, updated, write_lock

ELL = Outline.polygon([(0, 0), (300, 0), (300, 60), (60, 60), (60, 220), (0, 220)])
TASK = instance(
    item("ell", ELL, 4, "x"),
    item("disc", Outline.circle(90, 90, 180), 3),
    stock=(sheet(1000, 500), sheet(500, 300, "rest", "offcut", "x", 1)),
)


@pytest.fixture(scope="module")
def locked() -> tuple[Lock, bytes]:
    nesting = plan(TASK, seed=0, time_limit_s=0.2, run=in_process)
    return updated(Lock(), TASK, nesting), dump(nesting)


def test_a_locked_plan_comes_back_as_the_same_bytes(locked: tuple[Lock, bytes]) -> None:
    lock, made = locked
    again, findings = reuse(read_lock(write_lock(lock)), TASK)
    assert findings == ()
    assert again is not None
    assert dump(again) == made


def test_the_text_is_stable_and_has_one_placement_a_line(locked: tuple[Lock, bytes]) -> None:
    lock, _ = locked
    text = write_lock(lock)
    assert write_lock(read_lock(text)) == text
    assert json.loads(text)["format"] == 1
    assert sum('["kit/' in line for line in text.splitlines()) == 7
    assert max(map(len, text.splitlines())) < 110


def test_an_empty_lock_is_an_empty_text() -> None:
    assert write_lock(Lock()) == ""
    assert read_lock("") == Lock()
    assert reuse(Lock(), TASK) == (None, ())


def test_the_key_knows_what_a_plan_depends_on_and_nothing_else() -> None:
    key = key_of(TASK)
    shop = TASK.stock[0]
    first, *others = TASK.items
    bent = replace(first.pattern, outline=Outline(((0.0, 0.0, 0.1), *ELL.vertices[1:])))
    different = [
        replace(TASK, rules=replace(TASK.rules, spacing=9)),
        replace(TASK, stock=(replace(shop, quantity=3), *TASK.stock[1:])),
        replace(TASK, stock=(replace(shop, grain=None), *TASK.stock[1:])),
        replace(TASK, stock=(replace(shop, defects=(ELL,)), *TASK.stock[1:])),
        replace(TASK, items=(replace(first, quantity=5), *others)),
        replace(TASK, items=(replace(first, pattern=replace(first.pattern, grain="y")), *others)),
        replace(TASK, items=(replace(first, pattern=bent), *others)),
    ]
    keys = {key_of(d) for d in different}
    assert len(keys | {key}) == len(different) + 1
    same = [
        replace(TASK, items=TASK.items[::-1]),
        replace(TASK, stock=TASK.stock[::-1]),
        replace(TASK, stock=tuple(replace(s, price=Decimal(99), source="quote") for s in TASK.stock)),
        replace(TASK, items=(replace(first, pattern=replace(first.pattern, thickness=11.7)), *others)),
    ]
    assert {key_of(s) for s in same} == {key}


def test_a_tampered_plan_is_refused_with_a_warning(locked: tuple[Lock, bytes]) -> None:
    lock, _ = locked
    data = json.loads(write_lock(lock))
    (entry,) = data["plans"].values()
    first, second, *_ = entry["sheets"][0]["parts"]
    first[1:3] = second[1:3]
    nesting, findings = reuse(read_lock(json.dumps(data)), TASK)
    assert nesting is None
    assert findings[0].level == "warning"
    assert "the locked plan is refused" in findings[0].problem


def test_a_plan_of_unknown_parts_is_refused_with_a_warning(locked: tuple[Lock, bytes]) -> None:
    lock, _ = locked
    text = write_lock(lock).replace("kit/ell", "kit/old")
    nesting, findings = reuse(read_lock(text), TASK)
    assert nesting is None
    assert "not in the cut list" in findings[0].problem


def test_a_plan_with_a_copy_left_out_is_refused(locked: tuple[Lock, bytes]) -> None:
    lock, _ = locked
    data = json.loads(write_lock(lock))
    (entry,) = data["plans"].values()
    entry["sheets"][0]["parts"] *= 2
    nesting, findings = reuse(read_lock(json.dumps(data)), TASK)
    assert nesting is None
    assert len(findings) == 1


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"format": 2, "plans": {}}',
        '{"format": 1}',
        '{"format": 1, "plans": {"k": {"sheet": "s", "engine": "e", "sheets": '
        '[{"stock": "s", "parts": [[1]]}]}}}',
        '{"format": 1, "plans": {"k": {"sheet": "s", "engine": "e", "sheets": '
        '[{"stock": "s", "parts": [["a", NaN, 0, 0]]}]}}}',
    ],
)
def test_a_broken_lock_is_one_clear_line(text: str) -> None:
    with pytest.raises(CsmError, match=r"^layouts\.lock\.json: .*delete the file and plan again$"):
        read_lock(text)


def test_only_a_better_plan_replaces_a_locked_one() -> None:
    task = instance(rectangle("a", 100, 100, 2))
    wide = planned(task, ("full", [("a", 1, 10, 10, 0), ("a", 2, 118, 10, 0)]))
    high = planned(task, ("full", [("a", 1, 10, 10, 0), ("a", 2, 10, 118, 0)]))
    wide, high = (replace(p, equivalent_sheets=e) for p, e in ((wide, 0.218), (high, 0.11)))
    first = updated(Lock(), task, wide)
    better = updated(first, task, high)
    assert first.entries != better.entries
    assert updated(better, task, wide) is better
    assert updated(better, task, high) is better
