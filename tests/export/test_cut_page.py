# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The page of a cut plan and its words: what they say follows from plan.json."""

import pytest

from csmkit.export.cut.page import cut_page
from csmkit.export.cut.words import bar_verdict, opened, summary, verdict

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><title>picture</title></svg>'


def good(equivalent, bound, sheets, proven=False):
    return {
        "sheet": "ply-12",
        "title": "plywood <12> mm",
        "parts": 5,
        "sheets": sheets,
        "equivalent_sheets": equivalent,
        "lower_bound": bound,
        "yield": 0.6,
        "engine": "test",
        "proven_optimal": proven,
    }


def sheet(number, items, kind="sheet", offcuts=()):
    return {
        "file": f"sheets/ply-12-{number}.dxf",
        "turned": None,
        "picture": f"sheets/ply-12-{number}.svg",
        "number": number,
        "sheet": "ply-12",
        "stock": "ply-12-full",
        "kind": kind,
        "at_hand": kind == "offcut",
        "size": [2000, 1000],
        "area": 2e6,
        "price": "60.00",
        "parts": sum(len(copies) for _, _, copies in items),
        "items": [{"name": f"{k}/{p}", "kit": k, "part": p, "copies": c} for k, p, c in items],
        "yield": 0.5,
        "mass": 16.8,
        "stages": [],
        "programs": [],
        "offcuts": list(offcuts),
    }


def part(kit, name, quantity):
    return {
        "name": f"{kit}/{name}",
        "kit": kit,
        "part": name,
        "form": "sheet",
        "stock": "ply-12",
        "quantity": quantity,
        "size": [400, 300, 12],
        "grain": None,
        "mass": 1.0,
        "steps": [],
        "edges": "",
        "note": "",
        "remaining": [],
    }


@pytest.fixture
def plan():
    """Two stools of two sides each, and a shelf, on two sheets."""
    kits = [("shelf", 1), ("stool", 2)]
    return {
        "name": "shelf+stool-x2",
        "for": "router",
        "currency": "EUR",
        "workshop": "Hans & Söhne",
        "kits": [
            {"kit": k, "title": k, "version": "", "preset": "", "quantity": n, "params": {}} for k, n in kits
        ],
        "parts": [part("shelf", "board", 1), part("stool", "side", 4)],
        "goods": [good(1.4, 1.2, 2)],
        "sheets": [
            sheet(1, [("stool", "side", [1, 2, 3])]),
            sheet(2, [("shelf", "board", [1]), ("stool", "side", [4])]),
        ],
        "bar_goods": [],
        "bars": [],
        "shopping": [],
        "price": {"lines": [], "total": "90.00", "to_buy": "120.00", "currency": "EUR"},
        "mass": 5.0,
        "warnings": [],
    }


@pytest.fixture
def page(plan):
    return cut_page(plan, {s["picture"]: SVG for s in plan["sheets"]}).decode()


def test_what_people_write_is_shown_as_text(page):
    assert "plywood &lt;12&gt; mm" in page
    assert "Hans &amp; Söhne" in page
    assert page.count("<svg") == 2


def test_each_single_kit_is_told_with_the_sheets_that_hold_it(page):
    rows = [line for line in page.splitlines() if line.startswith("<tr><td>") and "sheet" in line]
    assert rows == [
        "<tr><td>shelf</td><td>ply-12: sheet 2</td></tr>",
        "<tr><td>stool 1 of 2</td><td>ply-12: sheet 1</td></tr>",
        "<tr><td>stool 2 of 2</td><td>ply-12: sheets 1, 2</td></tr>",
    ]


def test_what_to_mind_is_told_before_the_sheets(plan, page):
    assert "Mind this" not in page
    plan["warnings"] = ["stool/ply-12-full-1: no program: <far> beyond the reach"]
    told = cut_page(plan, {s["picture"]: SVG for s in plan["sheets"]}).decode()
    assert "<li>stool/ply-12-full-1: no program: &lt;far&gt; beyond the reach</li>" in told
    assert told.index("Mind this") < told.index("<svg")


def test_what_to_saw_first_is_told_with_the_measures_of_each_cut(plan, page):
    assert "Larger than the router" not in page
    panel = {
        "number": 1,
        "at": [0, 0],
        "size": [900, 600],
        "is_turned": True,
        "dxf": "sheets/ply-1-panel-1.dxf",
    }
    cuts = [{"number": 1, "edge": "left", "fence": 900.0}, {"number": 2, "edge": "lower", "fence": 600.0}]
    plan["sheets"][0] |= {"panels": [panel], "first_cuts": cuts}
    told = cut_page(plan, {s["picture"]: SVG for s in plan["sheets"]}).decode()
    assert "saw out 1 panel first" in told
    assert "Cut 1: left edge on the fence, 900 mm. Cut 2: lower edge on the fence, 600 mm." in told
    assert '<a href="sheets/ply-1-panel-1.dxf">DXF of panel 1, 900 × 600 mm</a>' in told


def test_yield_is_that_of_all_opened_sheets(page):
    assert "<dd>50 %</dd>" in page


def test_a_plan_of_bars_alone_has_no_yield(plan):
    plan |= {"goods": [], "sheets": []}
    assert "Yield" not in cut_page(plan, {}).decode()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (good(1.4, 1.4, 2, proven=True), "proven: no plan needs less"),
        (good(1.4, 1.2, 2), "no plan opens fewer, and none saves more than 0.20 of a sheet"),
        (good(1.9, 1.2, 2), "no plan opens fewer"),  # 0.7 tells of the bound, not of the plan
        (
            good(2.205, 2.1, 4),
            "no plan can need less than 2.10 sheets; this is at most 5 % above the best",
        ),
        (good(2.5, 1.0, 3), "no plan can need less than 1.00 sheets"),
        (good(2.0, 2.0 - 1e-12, 2), "no plan opens fewer, and none saves more than 0.00 of a sheet"),
    ],
)
def test_the_verdict_never_claims_more_than_the_bound_allows(row, said):
    assert verdict(row) == said


@pytest.mark.parametrize(
    ("proven", "gap", "said"),
    [
        (True, 0.0, "proven: no plan costs less"),
        (False, 0.0123, "at most 1.2 % above the best possible"),
        (False, None, ""),
    ],
)
def test_bars_are_said_to_be_the_best_only_where_that_is_proven(proven, gap, said):
    assert bar_verdict({"proven_optimal": proven, "gap": gap}) == said


def test_what_is_opened_is_counted_by_kind(plan):
    plan["sheets"][1]["kind"] = "offcut"
    plan["bars"] = [{"kind": "bar"}, {"kind": "bar"}]
    assert opened(plan) == "1 sheet, 1 offcut and 2 bars"
    assert summary(plan).startswith("5 parts on 1 sheet, 1 offcut and 2 bars; ply-12 1.40 sheets, ")
