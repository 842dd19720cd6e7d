# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""How a kit is pulled apart, once for its pictures and for the viewer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from csmkit.build import Files
from csmkit.export.explode.exploded import Apart, exploded
from csmkit.export.render.view import front_right
from csmkit.export.stage.places import boxes
from csmkit.export.stage.shown import NOWHERE, Shown, copies
from csmkit.geometry.facets import Facets
from csmkit.model import KitModel, Workshop
from csmkit.model.data import dump, load
from csmkit.pipeline.stages import read_facets, shapes_of

APART = "apart.json"


def apart(items: Sequence[str], model: Files, workshop: Files, **shapes: Files) -> Files:
    """apart.json: how far each thing moves when the kit is pulled apart.

    Args:
        items: names of the shapes, in the order of their numbers.
        model, workshop: model.json, design.json.
        shapes: facets.bin by number: "shape0", "shape1", …
    """
    made, shop = load(KitModel, model["model.json"]), load(Workshop, workshop["design.json"])
    return {APART: dump(pulled_apart(made, shop, read_facets(items, shapes)))}


def pulled_apart(made: KitModel, shop: Workshop, facets: Mapping[str, Facets]) -> Apart:
    """A kit without its jigs, which stay where they are.

    Args:
        facets: of each item by its name, in its own frame.
    """
    jigs = set(made.jigs)
    shown, places = [], []
    for shape, poses in shapes_of(made, shop):
        kept = [n for n in range(len(poses)) if (shape.name, n) not in jigs]
        shown.append(Shown(shape, tuple(poses[n] for n in kept)))
        places += [(shape.name, n) for n in kept]
    things = copies([item for item in shown if item.poses], facets)
    shifts = {shape.name: [NOWHERE] * len(poses) for shape, poses in shapes_of(made, shop)}
    if not things:
        return Apart(front_right(np.zeros(3), np.zeros(3)), {})
    low, high = boxes(things)
    eye = front_right(low.min(axis=0), high.max(axis=0))
    for (name, n), shift in zip(places, exploded(things, eye), strict=True):
        shifts[name][n] = shift
    return Apart(eye, {name: tuple(moves) for name, moves in shifts.items()})
