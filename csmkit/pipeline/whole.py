# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The assembled kit: its box, what interferes in it, also while it moves, and the files that show it."""

from __future__ import annotations

import json
from itertools import product

from csmkit.build import Files
from csmkit.export.explode.exploded import Apart
from csmkit.export.glb import glb as write_glb
from csmkit.export.picture import line_picture
from csmkit.export.pieces import as_instances
from csmkit.export.stage.shown import Stage
from csmkit.export.step import assembly_step
from csmkit.export.viewer import viewer_gz
from csmkit.geometry.interference import Interference, interferences
from csmkit.geometry.measure import measure
from csmkit.geometry.motion import first_clash
from csmkit.model import Finding, MotionModel, Vector, Workshop
from csmkit.model.data import dump, load
from csmkit.pipeline.exploding import APART
from csmkit.pipeline.parts import mass_of, stock_of
from csmkit.pipeline.pieces import Assembled, assembled


def interference(kit: str, model: Files, workshop: Files) -> Files:
    """findings.json: what occupies the same space as something else."""
    whole = assembled(model, workshop)
    items = [(piece.name, piece.shape, pose) for piece in whole.pieces for pose in piece.poses]
    hits = interferences(items, whole.may_overlap)
    alike: dict[tuple[str, str, int], list[Interference]] = {}
    for hit in hits:
        alike.setdefault((hit.a, hit.b, round(hit.volume)), []).append(hit)
    remedy = "move one of them, or cut room for it"
    findings = [_clash(kit, same[0], "", remedy, len(same) - 1) for same in alike.values()]
    return {"findings.json": dump(tuple(findings), tuple[Finding, ...])}


def motions(kit: str, model: Files, workshop: Files) -> Files:
    """findings.json: what is in the way of something that turns."""
    whole = assembled(model, workshop)
    findings = [f for motion in whole.made.motions if (f := _in_the_way(kit, whole, motion)) is not None]
    return {"findings.json": dump(tuple(findings), tuple[Finding, ...])}


def _in_the_way(kit: str, whole: Assembled, motion: MotionModel) -> Finding | None:
    """The first clash of a motion."""
    moves = set(motion.moves)
    places = [
        ((p.name, p.shape, pose), (p.name, n) in moves)
        for p in whole.pieces
        for n, pose in enumerate(p.poses)
    ]
    found = first_clash(
        [item for item, turns in places if turns],
        [item for item, turns in places if not turns],
        (motion.origin, motion.axis),
        (motion.start, motion.end),
        whole.may_overlap,
    )
    if found is None:
        return None
    return _clash(kit, found[1], f"{motion.name}, at {found[0]:.0f}°: ", "make room on its way")


def _clash(kit: str, hit: Interference, when: str, remedy: str, more: int = 0) -> Finding:
    place = ", ".join(f"{c:.1f}" for c in hit.center)
    problem = f"{when}shares {hit.volume:.0f} mm³ with {hit.b} at ({place}) mm"
    problem += f" and the same in {more} more place{'s' if more > 1 else ''}" if more else ""
    return Finding(kit, "interference", hit.a, problem, remedy)


def extent(model: Files, workshop: Files) -> Files:
    """extent.json: size of the assembled kit and its centre of mass, mm; without jigs and bulk goods.

    Wood screws have no part in the size: they lie within the kit, or go into a wall.
    """
    whole = assembled(model, workshop)
    points: list[Vector] = []
    weights: list[float] = []
    moments: list[Vector] = []
    shop = load(Workshop, workshop["design.json"])
    stocks = {p.name: stock_of(model[f"parts/{p.file}.json"]) for p in whole.made.parts}
    bought = {b.key: shop.bought_row(b.standard, b.size) for b in whole.made.bought}
    for piece in whole.finished:
        measured = measure(piece.shape)
        made = piece.name in stocks
        weight = mass_of(measured.volume, stocks[piece.name]) if made else bought[piece.name].mass
        corners = list(product(*zip(*measured.box, strict=True)))
        if made or bought[piece.name].kind != "screw":
            points += [pose.point((x, y, z)) for pose in piece.poses for x, y, z in corners]
        weights += [weight] * len(piece.poses)
        moments += [pose.point(measured.center) for pose in piece.poses]
    size = [max(axis) - min(axis) for axis in zip(*points, strict=True)]
    total = sum(weights)
    axes = zip(*moments, strict=True)
    center = [sum(w * c for w, c in zip(weights, axis, strict=True)) / total for axis in axes]
    said = {"size": [round(s, 3) for s in size], "center": [round(c, 2) + 0.0 for c in center]}
    return {"extent.json": json.dumps(said).encode()}


def step(kit: str, model: Files, workshop: Files) -> Files:
    """assembly.step."""
    return {"assembly.step": assembly_step(kit, assembled(model, workshop).pieces)}


def glb(kit: str, model: Files, workshop: Files) -> Files:
    """assembly.glb."""
    return {"assembly.glb": write_glb(kit, as_instances(assembled(model, workshop).finished))}


def viewer(kit: str, model: Files, workshop: Files, apart: Files, stages: Files) -> Files:
    """viewer.json.gz.

    Args:
        apart: apart.json.
        stages: stage-<n>.json, what the picture of each step shows; empty where none are made.
    """
    whole = assembled(model, workshop)
    bought = {item.key for item in whole.made.bought}
    shown = [load(Stage | None, data) for data in stages.values()]  # type: ignore[arg-type]
    stages_told = [s for s in shown if s is not None]
    away = load(Apart, apart[APART])
    return {"viewer.json.gz": viewer_gz(kit, whole.pieces, away, bought, stages_told, set(whole.made.jigs))}


def picture(kit: str, title: str, model: Files, workshop: Files) -> Files:
    """pictures/assembly.svg."""
    return {"pictures/assembly.svg": line_picture(title, assembled(model, workshop).finished)}
