# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""[[layers]] of a workshop's file: what they mean, and one line for what they can't."""

import pytest

from csmkit.catalog.workshop_file import read_text
from csmkit.errors import CsmError
from csmkit.export.dxf.layers import LayerSpec, find_layer


def entry(**keys):
    lines = [f"{k} = {v if isinstance(v, int | float) else repr(v)}" for k, v in keys.items()]
    return "\n".join(["[[layers]]", *lines, ""])


def test_the_first_rule_that_fits_counts_before_all_schemes():
    text = entry(name="POCKET-6*", operation="ignore") + entry(name="*6mm", operation="pocket", depth=5.5)
    rules = read_text(text, "my.toml").layers
    assert find_layer("pocket-6.0MM", 12, rules) == LayerSpec("notes")
    assert find_layer("Tasche 6mm", 12, rules) == LayerSpec("pocket", depth=5.5)
    assert find_layer("DRILL-D8.0-12.0MM", 12, rules) == LayerSpec("drill", depth=12, diameter=8)
    assert find_layer("frame", 12, rules) is None


@pytest.mark.parametrize("operation", ["cut-outside", "cut-inside", "drill"])
def test_without_a_depth_a_layer_is_cut_through(operation):
    rules = read_text(entry(name="a", operation=operation), "my.toml").layers
    assert find_layer("A", 17.6, rules) == LayerSpec(operation, depth=17.6)


def test_a_pocket_from_below_says_so():
    rules = read_text(entry(name="a", operation="pocket", depth=3, side="bottom"), "my.toml").layers
    assert find_layer("a", 12, rules) == LayerSpec("pocket", "bottom", 3)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"operation": "pocket"}, "layers 1 (a): pocket without a depth; give depth = … in mm"),
        ({"operation": "cut-outside", "depth": 3}, "depth = 3, but cut-outside always goes through"),
        ({"operation": "ignore", "depth": 3}, "depth = 3, but ignore is not cut"),
        ({"operation": "cut-inside", "side": "bottom"}, 'side = "bottom" for cut-inside'),
        ({"operation": "drill", "side": "bottom"}, "only what has a depth has a side"),
        ({"operation": "mill"}, "is not one of 'cut-outside'"),
    ],
)
def test_mistakes_are_one_line(keys, said):
    with pytest.raises(CsmError) as caught:
        read_text(entry(name="a", **keys), "my.toml")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
