# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What our own drawings, and those under published layer names, tell of a part is the part."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

import drawn
import export_samples as samples
import pytest
from drawn_folders import read
from hypothesis import given, settings
from hypothesis import strategies as st

from csmkit.export.dxf.drawing import read_drawing
from csmkit.export.dxf.layers import layer_name
from csmkit.export.dxf.parts import find_parts
from csmkit.export.dxf.write import flat_dxf, part_marks
from csmkit.export.paths import flat_path
from csmkit.geometry.trim import canonical
from csmkit.model import Feature, FlatPattern, Outline, Pose, Region


def tidy(pattern: FlatPattern) -> FlatPattern:
    """The pattern as a solid's would be: canonical outlines, features in order, in no frame."""

    def feature(f: Feature) -> Feature:
        islands = sorted((canonical(i) for i in f.region.islands), key=lambda o: o.vertices)
        return replace(f, region=Region(canonical(f.region.outline), tuple(islands)))

    found = sorted(
        map(feature, pattern.features),
        key=lambda f: (f.side == "bottom", f.kind, f.depth, f.region.outline.vertices),
    )
    return replace(pattern, outline=canonical(pattern.outline), features=tuple(found), frame=Pose())


def assert_same(one: FlatPattern, other: FlatPattern) -> None:
    assert one.volume == pytest.approx(other.volume, rel=1e-8)
    assert one.thickness == other.thickness
    assert one.grain == other.grain
    assert len(one.features) == len(other.features)
    pairs = [(one.outline, other.outline)]
    for a, b in zip(one.features, other.features, strict=True):
        assert (a.kind, a.side, a.through) == (b.kind, b.side, b.through)
        assert a.depth == pytest.approx(b.depth, abs=1e-9)
        pairs.append((a.region.outline, b.region.outline))
        pairs += zip(a.region.islands, b.region.islands, strict=True)
    for a_outline, b_outline in pairs:
        assert a_outline.bounds == pytest.approx(b_outline.bounds, abs=2e-6)
        assert a_outline.area == pytest.approx(b_outline.area, abs=1e-4)


@pytest.mark.parametrize("two_sided", [False, True])
@pytest.mark.parametrize("process", ["router", "laser"])
def test_our_own_flat_files_read_back_as_their_parts(tmp_path: Path, two_sided: bool, process: str) -> None:
    pattern = samples.side_pattern(two_sided)
    if process == "laser":  # a laser cuts no pockets, and its shops take no notes
        pattern = replace(pattern, features=pattern.holes, grain=None)
    part = samples.part("brace & strut <left>", pattern, process)
    path = tmp_path / flat_path(part, samples.SHEET)
    path.parent.mkdir(parents=True)
    path.write_bytes(flat_dxf(part))
    if pattern.is_two_sided:
        (tmp_path / flat_path(part, samples.SHEET, turned=True)).write_bytes(flat_dxf(part, turned=True))
    (found,) = read(tmp_path, sheet=None)
    assert found.flat_pattern is not None
    assert_same(found.flat_pattern, tidy(pattern))
    assert (found.quantity, found.stock, len(found.poses)) == (2, "birch-ply-12", 2)
    assert found.size == pytest.approx(part.size)
    assert found.mass == pytest.approx(part.mass, rel=1e-8)
    if process == "router":
        assert found.name == part.name


def test_a_counterbore_and_a_plateau_in_a_pocket_read_back() -> None:
    hole = samples.drill(50, 50, 6.6)
    step = samples.pocket(Outline.circle(50, 50, 12), 8, Outline.circle(50, 50, 6.6))
    bore = samples.pocket(Outline.circle(50, 50, 20), 5, Outline.circle(50, 50, 12))
    plateau = samples.rounded(140, 40, 180, 60, 3)
    ring = samples.pocket(samples.rounded(120, 20, 200, 80, 5), 6, plateau)
    shallow = samples.pocket(plateau, 3, Outline.circle(160, 50, 6))
    post = samples.drill(160, 50, 6)
    below = samples.pocket(Outline.rectangle(220, 20, 280, 80), 4, Outline.circle(250, 50, 8), side="bottom")
    through = samples.drill(250, 50, 8)
    features = (hole, step, bore, ring, shallow, post, below, through)
    pattern = FlatPattern(Outline.rectangle(0, 0, 300, 100), features, samples.THICKNESS, "y", Pose())
    (found,), remarks = find_parts(
        read_drawing(flat_dxf(samples.part(pattern=pattern)), "a.dxf"), "a.dxf", samples.THICKNESS
    )
    assert_same(replace(found, grain="y"), tidy(pattern))
    assert remarks == ()


@st.composite
def flat_patterns(draw: st.DrawFn) -> FlatPattern:
    """A panel of columns: in each a hole or a pocket, perhaps with an island, deeper pocket or drill."""
    thickness = samples.THICKNESS
    count = draw(st.integers(1, 6))
    features: list[Feature] = []
    for i in range(count):
        x = 10 + 60.0 * i
        w, h = draw(st.floats(12, 50)), draw(st.floats(12, 80))
        depth = draw(st.integers(5, 110)) / 10
        side: Literal["top", "bottom"] = draw(st.sampled_from(["top", "bottom"]))
        what = draw(st.sampled_from(["slot", "drill", "bore", "pocket", "island", "deeper", "drained"]))
        outline = samples.rounded(x, 10, x + w, 10 + h, draw(st.floats(0.5, 5)))
        inner = Outline.circle(x + w / 2, 10 + h / 2, draw(st.floats(2, 9)))
        if what == "slot":
            features.append(samples.hole(outline))
        elif what == "drill":
            features.append(Feature("drill", "top", thickness, Region(inner), True))
        elif what == "bore":
            features.append(Feature("drill", side, depth, Region(inner), False))
        elif what == "pocket":
            features.append(samples.pocket(outline, depth, side=side))
        else:
            features.append(samples.pocket(outline, depth, inner, side=side))
        if what == "deeper" and depth < 10.5:
            features.append(samples.pocket(inner, depth + 0.5, side=side))
        if what == "drained":
            features.append(Feature("drill", "top", thickness, Region(inner), True))
    contour = samples.rounded(0, 0, 20 + 60 * count, 100, draw(st.floats(1, 8)))
    return FlatPattern(contour, tuple(features), thickness, draw(st.sampled_from([None, "x", "y"])), Pose())


@settings(max_examples=60)
@given(flat_patterns())
def test_every_flat_pattern_reads_back(pattern: FlatPattern) -> None:
    data = flat_dxf(samples.part(pattern=pattern))
    (found,), _ = find_parts(read_drawing(data, "a.dxf"), "a.dxf", samples.THICKNESS)
    assert_same(replace(found, grain=pattern.grain), tidy(pattern))


@settings(max_examples=30)
@given(flat_patterns(), st.sampled_from(["opendesk", "wikihouse"]))
def test_published_layer_names_read_back(
    pattern: FlatPattern, scheme: Literal["opendesk", "wikihouse"]
) -> None:
    document = drawn.new()
    for mark in part_marks(pattern):
        drawn.polyline(document.modelspace(), mark.outline, layer_name(mark.layer, scheme))
    (found,), _ = find_parts(read_drawing(drawn.saved(document), "a.dxf"), "a.dxf", samples.THICKNESS)
    assert found.volume == pytest.approx(pattern.volume, rel=1e-8)
    told = sorted((f.side, round(f.depth, 6), f.through) for f in found.features)
    assert told == sorted((f.side, f.depth, f.through) for f in pattern.features)
