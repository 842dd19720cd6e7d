# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The shaded pictures of a kit: assembled, pulled apart, laid out; and of a bought thing by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from csmkit.build import Files
from csmkit.export.explode.exploded import Apart
from csmkit.export.paths import (
    ASPECT,
    BOUGHT_WIDTH,
    PICTURES,
    bought_picture_path,
    picture_path,
)
from csmkit.export.render.laid import FROM_ABOVE, laid_out
from csmkit.export.render.picture import Model, alone, picture, view
from csmkit.export.render.picture import model as drawn
from csmkit.geometry.facets import facets
from csmkit.model import BoughtModel, PartFacts, Pose, Workshop
from csmkit.model.data import load
from csmkit.pipeline.exploding import APART, pulled_apart
from csmkit.pipeline.pieces import Assembled, assembled, bought_piece


def pictures(model: Files, workshop: Files, apart: Files, **parts: Files) -> Files:
    """pictures/*.webp of the whole.

    Args:
        model, workshop: as of `pieces.assembled`.
        apart: apart.json.
        parts: facts.json of each part, for how it lies on the machine.
    """
    whole = assembled(model, workshop)
    models = [drawn(piece) for piece in whole.pieces]
    if not models:
        return {}
    hardware = {item.key for item in whole.made.bought}
    facts = [load(PartFacts, part["facts.json"]) for part in parts.values()]
    flat: dict[str, Pose] = {p.name: p.flat_pattern.frame.inverse() for p in facts if p.flat_pattern}
    laid = laid_out(models, flat, hardware, ASPECT)
    by_name = {shown.name: shown for shown in models}
    together = [replace(by_name[piece.name], poses=piece.poses) for piece in whole.finished]
    eye, away = view(together), _moved(whole, by_name, load(Apart, apart[APART]))
    made = {
        "hero": picture(together, PICTURES["hero"], ASPECT, eye),
        "exploded": picture(away, PICTURES["exploded"], ASPECT, eye, is_grounded=False),
        "flat-pack": picture(laid, PICTURES["flat-pack"], ASPECT, FROM_ABOVE),
    }
    return {picture_path(name, width): data for name, sizes in made.items() for width, data in sizes.items()}


def bought(standard: str, size: str, file: str, model: Files, workshop: Files) -> Files:
    """One small file of pictures/: a bought thing that many kits may use.

    Args:
        standard, size: of the thing.
        file: its BREP file in the model; empty if the standard's model serves.
        model: that file, if any.
        workshop: design.json.
    """
    item = BoughtModel(standard, size, file, (Pose(),))
    one = drawn(bought_piece(item, load(Workshop, workshop["design.json"]), model))
    lone = alone(one)
    small = picture([lone], (BOUGHT_WIDTH,), 1.0, view([lone]), is_grounded=False)
    return {bought_picture_path(one.name): small[BOUGHT_WIDTH]}


def shot(name: str, width: int, model: Files, workshop: Files) -> Files:
    """<name>.webp: one picture of a kit "together", or pulled "apart".

    Args:
        name: which of them.
        width: of the file, pixels.
        model, workshop: as of `pieces.assembled`.
    """
    whole = assembled(model, workshop)
    models = [drawn(piece) for piece in whole.finished]
    eye, is_apart = view(models), name == "apart"
    if is_apart:
        found = {piece.name: facets(piece.shape) for piece in whole.finished}
        away = pulled_apart(whole.made, load(Workshop, workshop["design.json"]), found)
        models = _moved(whole, {shown.name: shown for shown in models}, away)
    return {f"{name}.webp": picture(models, (width,), ASPECT, eye, is_grounded=not is_apart)[width]}


def _moved(whole: Assembled, models: Mapping[str, Model], apart: Apart) -> list[Model]:
    """Models of the finished kit where they stand when it is pulled apart."""
    jigs = set(whole.made.jigs)
    kept = [(p, [n for n in range(len(p.poses)) if (p.name, n) not in jigs]) for p in whole.pieces]
    return [
        replace(models[p.name], poses=tuple(Pose.at(*apart.shifts[p.name][n]) * p.poses[n] for n in numbers))
        for p, numbers in kept
        if numbers
    ]
