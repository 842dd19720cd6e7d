# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a saw leaves to do on a part is named with its tool."""

from __future__ import annotations

from dataclasses import replace

from nest_instances import item, rectangle

from csmkit.model import CutItem, Feature, Outline, Region
from csmkit.nest.remaining import remaining_work


def with_features(part: CutItem, *features: Feature) -> CutItem:
    return replace(part, pattern=replace(part.pattern, features=features))


def pocket(outline: Outline, depth: float = 6.0, side: str = "top", kind: str = "pocket") -> Feature:
    return Feature(kind, side, depth, Region(outline), False)  # type: ignore[arg-type]


def hole(outline: Outline) -> Feature:
    return Feature("hole", "top", 12.0, Region(outline), True)


def test_a_plain_rectangle_is_done() -> None:
    assert remaining_work(rectangle("shelf", 300, 200)) == ()


def test_a_curved_outline_remains_for_jigsaw_or_router() -> None:
    assert remaining_work(item("disc", Outline.circle(100, 100, 200))) == ("outline (jigsaw or router)",)


def test_holes_are_counted_by_diameter() -> None:
    circles = [Outline.circle(20 * k, 20, d) for k, d in enumerate((8, 8, 8, 5.5, 60), start=1)]
    part = with_features(rectangle("side", 300, 200), *(hole(c) for c in circles))
    assert remaining_work(part) == (
        "hole d 5.5 (drill)",
        "hole d 60 (hole saw or router)",
        "3 holes d 8 (drill)",
    )


def test_openings_and_pockets_are_named_with_their_sizes() -> None:
    part = with_features(
        rectangle("side", 300, 200),
        hole(Outline.rectangle(50, 50, 170, 90)),
        pocket(Outline.rectangle(10, 110, 60, 150)),
        pocket(Outline.circle(200, 50, 35), 12.5, "bottom", "drill"),
    )
    assert remaining_work(part) == (
        "hole d 35 12.5 mm deep from below (drill)",
        "opening 120 × 40 mm (jigsaw or router)",
        "pocket 6 mm deep (router)",
    )


def test_a_groove_from_edge_to_edge_may_be_sawn() -> None:
    part = with_features(rectangle("side", 300, 200), pocket(Outline.rectangle(0, 90, 300, 108)))
    assert remaining_work(part) == ("groove 18 mm wide 6 mm deep (saw or router)",)
