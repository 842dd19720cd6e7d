# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A part's name stands on the part, clear of its holes, and reads upright however the part lies."""

from __future__ import annotations

import export_samples as samples
import pytest
import shapely
import shapely.affinity
from hypothesis import given
from hypothesis import strategies as st

from csmkit.export.labels import Label, place_labels
from csmkit.model.facts import FlatPattern
from csmkit.model.outline import Outline
from csmkit.model.pose import Pose


def box(label: Label) -> shapely.Polygon:
    """Box of a text in the stroke fonts of CAD programs."""
    half = 0.9 * label.height * len(label.text) / 2
    flat = shapely.box(label.x - half, label.y - label.height / 2, label.x + half, label.y + label.height / 2)
    return shapely.affinity.rotate(flat, label.angle, origin=(label.x, label.y))


def material(pattern: FlatPattern) -> shapely.Polygon:
    return shapely.Polygon(
        pattern.outline.points(0.05), [f.region.outline.points(0.05) for f in pattern.features]
    )


@given(st.text("abcdefgh -", min_size=1, max_size=24))
def test_a_label_lies_on_the_part_and_on_none_of_its_features(name: str) -> None:
    pattern = samples.side_pattern(two_sided=True)
    (label,) = place_labels(pattern, [(name, 1.0)])
    assert material(pattern).contains(box(label))


def test_lines_of_a_label_do_not_touch() -> None:
    first, second = place_labels(samples.side_pattern(), [("side", 1.0), ("2 × birch-ply-12", 0.5)])
    assert first.y > second.y
    assert box(first).distance(box(second)) > 0.3 * second.height


def test_a_tall_part_bears_its_name_along_its_length() -> None:
    tall = FlatPattern(Outline.rectangle(0, 0, 18, 400), (), 12, None, Pose())
    (label,) = place_labels(tall, [("upright post", 1.0)])
    assert label.angle == 90
    assert material(tall).contains(box(label))


def test_a_part_too_small_for_its_name_bears_none() -> None:
    tiny = FlatPattern(Outline.rectangle(0, 0, 8, 8), (), 12, None, Pose())
    assert place_labels(tiny, [("a long name", 1.0)]) == ()


def test_a_part_covered_by_pockets_is_labelled_in_a_pocket() -> None:
    plate = FlatPattern(
        Outline.rectangle(0, 0, 200, 100),
        (samples.pocket(Outline.rectangle(0, 0, 200, 100), 3),),
        12,
        None,
        Pose(),
    )
    (label,) = place_labels(plate, [("tray", 1.0)])
    assert plate.outline.bounds[2] > label.x > 0


@pytest.mark.parametrize("angle", [0, 37, 90, 91, 180, 200, 270, 300, 359.5])
@pytest.mark.parametrize("own", [0.0, 90.0])
def test_a_label_stays_upright_and_on_its_part_however_it_is_turned(angle: float, own: float) -> None:
    label = Label("abc", 50, 20, 5, own).moved(10, -5, angle)
    assert -90 <= label.angle <= 90.001
    turned = shapely.affinity.rotate(box(Label("abc", 50, 20, 5, own)), angle, origin=(0, 0))
    placed = shapely.affinity.translate(turned, 10, -5)
    assert placed.symmetric_difference(box(label)).area < 1e-6
