# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Whatever the parts and the stock are: every plan holds, and every damage done to one is found."""

import ast
import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from nest_instances import Grain, instance, item, sheet
from shapely import Polygon, box

import csmkit.nest
from csmkit.errors import CsmError
from csmkit.model import CutItem, Layout, Nesting, NestInstance, Outline, Placement, StockSheet
from csmkit.nest.arrange.slide import DOWN, LEFT, RIGHT, UP, Bench, Direction
from csmkit.nest.arrange.tidy import tidied
from csmkit.nest.candidate import Candidate, Effort
from csmkit.nest.engines.attempt import in_process
from csmkit.nest.engines.rectpack import Rectpack
from csmkit.nest.irregular import plan
from csmkit.nest.proof.nesting import verify
from csmkit.nest.score import candidate_of, finished, rank

QUICK = 0.05  # seconds of work
QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
ROOM = (1000.0, 600.0)  # of the full sheet, mm
EDGE = 10.0


STEP = {LEFT: (-1, 0), UP: (0, 1), RIGHT: (1, 0), DOWN: (0, -1)}


def comb(teeth: int, width: float) -> Outline:
    points = [(0.0, 0.0), (2.0 * teeth * width, 0.0)]
    for k in range(teeth, 0, -1):
        x = 2 * k * width
        points += [(x, 120), (x - width, 120), (x - width, 20), (x - 2 * width, 20)]
    return Outline.polygon([*points[:-1], (0.0, 20.0)])


def spiral(turns: int, width: float) -> Outline:
    """A band that winds inwards, corner by corner, with as much air between as it is wide."""
    outer, size = [(0.0, 0.0)], (2 * turns + 1) * 2 * width
    x, y, step = 0.0, 0.0, size
    ways = [(1, 0), (0, 1), (-1, 0), (0, -1)]
    for k in range(4 * turns):
        dx, dy = ways[k % 4]
        x, y = x + dx * step, y + dy * step
        outer.append((x, y))
        step -= 2 * width if k % 2 else 0
    inner = []
    for k in range(1, len(outer)):
        (x0, y0), (x1, y1) = outer[k - 1], outer[k]
        dx, dy = (x1 - x0) / math.dist(outer[k - 1], outer[k]), (y1 - y0) / math.dist(outer[k - 1], outer[k])
        inner.append(((x0 - dy * width, y0 + dx * width), (x1 - dy * width, y1 + dx * width)))
    back = [inner[-1][1]]
    for (a, b), (c, _) in zip(reversed(inner[:-1]), reversed(inner[1:]), strict=True):
        back.append((b[0], c[1]) if a[0] == b[0] else (c[0], b[1]))
    return Outline.polygon([*outer, *back, inner[0][0]])


LENGTH = st.floats(20, 280).map(lambda v: round(v, 3))
OUTLINE = st.one_of(
    st.builds(lambda long: Outline.rectangle(0, 0, long, 2.5), LENGTH),
    st.builds(comb, st.integers(1, 6), st.floats(4, 15).map(lambda v: round(v, 2))),
    st.builds(spiral, st.integers(1, 2), st.floats(9, 14).map(lambda v: round(v, 2))),
    st.builds(lambda d: Outline.circle(d / 2, d / 2, d), LENGTH),
    st.builds(lambda a, b: Outline.rectangle(0, 0, a, b), LENGTH, LENGTH),
    st.just(Outline.rectangle(0, 0, ROOM[0] - 2 * EDGE, ROOM[1] - 2 * EDGE)),
)
GRAIN: st.SearchStrategy[Grain] = st.sampled_from([None, "x", "y"])
RING = st.builds(
    lambda d, t: item("p", Outline.circle(d / 2, d / 2, d), 1, None, (Outline.circle(d / 2, d / 2, d - t),)),
    st.floats(100, 400),
    st.floats(5, 60),
)
PART = st.one_of(st.builds(lambda o, n, g: item("p", o, n, g), OUTLINE, st.integers(1, 3), GRAIN), RING)


@st.composite
def stocks(draw: st.DrawFn) -> tuple[StockSheet, ...]:
    """Full sheets, perhaps with a knot, and perhaps an offcut with a corner cut off."""
    knot = Outline.circle(draw(st.integers(100, 900)), draw(st.integers(100, 500)), 40)
    defects = (knot,) if draw(st.booleans()) else ()
    full = sheet(*ROOM, grain=draw(GRAIN), defects=defects)
    if not draw(st.booleans()):
        return (full,)
    corner = Outline.polygon([(0, 0), (700, 0), (700, 250), (400, 500), (0, 500)])
    return (full, sheet(key="rest", kind="offcut", grain=draw(GRAIN), quantity=1, outline=corner))


@st.composite
def tasks(draw: st.DrawFn, most: int = 5) -> NestInstance:
    parts: list[CutItem] = draw(st.lists(PART, min_size=1, max_size=most))
    named = [replace(part, part=f"p{k}") for k, part in enumerate(parts)]
    return instance(*named, stock=draw(stocks()), spacing=draw(st.sampled_from([0.0, 3.0, 8.0])), edge=EDGE)


@settings(max_examples=7, deadline=None, suppress_health_check=QUIET)
@given(tasks())
def test_every_plan_holds_and_stays_whole_when_it_is_made_tidy(task: NestInstance) -> None:
    try:
        nesting = plan(task, seed=0, time_limit_s=QUICK, run=in_process)
    except CsmError as error:
        assert "no nesting engine gave a plan that holds" in error.problem  # noqa: PT017
        assert not packed(task)  # nothing can be laid: a part as large as the sheet, across its grain or knot
        return
    tidy = tidied(nesting, task)
    assert verify(nesting, task) == verify(tidy, task) == ()
    assert rank(tidy, task) <= rank(nesting, task)
    assert candidate_of(finished(task, candidate_of(tidy), "again")) == candidate_of(tidy)


def packed(task: NestInstance) -> Candidate:
    """A plan of boxes: quick, and the same on every run."""
    found: list[Candidate] = []
    Rectpack().solve(task, Effort(0, QUICK), found.append)
    return found[-1]


def with_first(nesting: Nesting, row: Placement) -> Nesting:
    """The plan with another first placement on its first sheet, where nothing is kept."""
    first, *others = nesting.layouts
    changed = Layout(first.stock, (row, *first.placements[1:]), ())
    return replace(nesting, layouts=(changed, *others))


def damages(task: NestInstance, nesting: Nesting) -> Iterator[tuple[str, Nesting, NestInstance]]:
    """What should be found, the damaged plan, its instance."""
    first = nesting.layouts[0]
    row = first.placements[0]
    stock = next(s for s in task.stock if s.key == first.stock)
    yield "count", replace(nesting, layouts=(replace(first, placements=first.placements[1:]),)), task
    twice = replace(first, placements=(*first.placements, row))
    yield "count", replace(nesting, layouts=(twice, *nesting.layouts[1:])), task
    yield "edge", with_first(nesting, replace(row, x=row.x + 5000)), task
    few = tuple(replace(s, quantity=0) if s.key == stock.key else s for s in task.stock)
    yield "stock", nesting, replace(task, stock=few)
    grain = next(i.pattern.grain for i in task.items if i.name == row.item)
    if grain and stock.grain:
        yield "grain", with_first(nesting, replace(row, angle=(row.angle + 90) % 360)), task
    pattern = next(i.pattern for i in task.items if i.name == row.item)
    x, y, _ = pattern.outline.moved(row.x, row.y, row.angle).vertices[0]
    knot = Outline.circle(x, y, 1.0)
    scarred = tuple(replace(s, defects=(knot,)) if s.key == stock.key else s for s in task.stock)
    yield "defect", nesting, replace(task, stock=scarred)


@settings(max_examples=12, deadline=None, suppress_health_check=QUIET)
@given(tasks(4))
def test_verify_finds_every_damage(task: NestInstance) -> None:
    nesting = finished(task, packed(task), "boxes")
    assume(nesting.layouts)
    assert verify(nesting, task) == ()
    for check, damaged, where in damages(task, nesting):
        assert check in {f.check for f in verify(damaged, where)}, check


def slack(task: NestInstance, nesting: Nesting) -> float:
    """How much more room than it needs the tightest place of the first sheet has, mm, without any finesse."""
    layout = nesting.layouts[0]
    patterns = {i.name: i.pattern for i in task.items}
    parts = [
        Polygon(
            patterns[p.item].outline.moved(p.x, p.y, p.angle).points(1e-4),
            [h.region.outline.moved(p.x, p.y, p.angle).points(1e-4) for h in patterns[p.item].holes],
        )
        for p in layout.placements
    ]
    stock = next(s for s in task.stock if s.key == layout.stock)
    around = box(-3000, -3000, 4000, 4000).difference(Polygon(stock.outline.points()))
    closed = [around, *(Polygon(d.points(1e-4)) for d in stock.defects)]
    return min(
        [a.distance(b) - task.rules.spacing for a, b in combinations(parts, 2)]
        + [p.distance(c) - task.rules.edge for p in parts for c in closed]
    )


@settings(max_examples=20, deadline=None, suppress_health_check=QUIET)
@given(tasks(4), st.sampled_from([LEFT, UP, RIGHT, DOWN]), st.sampled_from([-0.1, 0.002, 0.01, 0.1, 20.0]))
def test_verify_finds_a_part_that_is_pushed_too_far_and_no_other(
    task: NestInstance, direction: Direction, more: float
) -> None:
    """A part is pushed to where it is as near to something as it may be, and a bit less, or more."""
    task = replace(task, rules=replace(task.rules, spacing=3.0))
    nesting = finished(task, packed(task), "boxes")
    assume(nesting.layouts)
    layout = nesting.layouts[0]
    bench = Bench(next(s for s in task.stock if s.key == layout.stock), task, {})
    bench.lay((p.item, p.x, p.y, p.angle) for p in layout.placements)
    way = bench.way([0], direction)
    assume(math.isfinite(way))
    (dx, dy), row = STEP[direction], layout.placements[0]
    by = way + max(more, -way)
    pushed = with_first(nesting, replace(row, x=row.x + by * dx, y=row.y + by * dy))
    room = slack(task, pushed)
    assume(abs(room + 0.001) > 0.0008)  # chords of the crude measure
    assert room > -0.001 or more > 0
    assert (verify(pushed, task) == ()) == (room > -0.001)


def imported(module: str, seen: set[str]) -> set[str]:
    """Modules of csmkit.nest that a module reaches."""
    seen.add(module)
    place = Path(csmkit.nest.__file__).parent.joinpath(*module.split("."))
    source = place.with_suffix(".py").read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        named = node.module or "" if isinstance(node, ast.ImportFrom) else ""
        name = named.removeprefix("csmkit.nest.")
        if name != named and name not in seen:
            imported(name, seen)
    return seen


@pytest.mark.parametrize("module", ["nesting", "written", "bars", "saw"])
def test_what_proves_shares_no_code_with_what_plans(module: str) -> None:
    assert all(name.startswith("proof.") for name in imported(f"proof.{module}", set()))
