# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The pictures of the steps: what each shows, how it is pulled apart and seen, the drawing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from csmkit.build import Files
from csmkit.errors import CsmError
from csmkit.export.finish import BOUGHT, bought_finish, finish_of
from csmkit.export.paths import step_path
from csmkit.export.stage.apart import Apart, pulled_apart
from csmkit.export.stage.eye import chosen_looks, scores
from csmkit.export.stage.picture import step_picture
from csmkit.export.stage.plan import drafts as drafted
from csmkit.export.stage.shown import SCREWS, Copy, Shape, Shown, Stage, copies
from csmkit.geometry.facets import Facets
from csmkit.model import Assembly, BoughtModel, KitModel, Pose, Vector, Workshop
from csmkit.model.data import as_json, dump, load

FACETS = "facets.bin"  # of one item
PICTURE = "picture.json"  # what kit.json says of one step's picture


def facets(standard: str, size: str, file: str, model: Files, workshop: Files) -> Files:
    """facets.bin of a part or bought thing.

    Args:
        standard, size: of a bought thing; empty for a part.
        file: its BREP file in the model; empty if the standard's model serves.
        model: that file, if any.
        workshop: design.json.
    """
    from csmkit.geometry.facets import facets as made
    from csmkit.geometry.fasteners import fastener_shape
    from csmkit.geometry.shape import from_brep

    if file:
        return {FACETS: made(from_brep(model[file])).to_bytes()}
    row = load(Workshop, workshop["design.json"]).bought_row(standard, size)
    return {FACETS: made(fastener_shape(row)).to_bytes()}


def drafts(items: Sequence[str], model: Files, workshop: Files, steps: Files, **shapes: Files) -> Files:
    """draft-<n>.json: what each step's picture shows; null where there is none.

    Args:
        items: names of the shapes, in the order of their numbers.
        model, workshop, steps: model.json, design.json, assembly.json.
        shapes: facets.bin by number: "shape0", "shape1", …
    """
    made, shop = load(KitModel, model["model.json"]), load(Workshop, workshop["design.json"])
    known = read_facets(items, shapes)
    every: list[Copy] = []
    kits: list[str] = []
    whose = _kits(made)
    for shape, poses in shapes_of(made, shop):
        every += copies([Shown(shape, poses)], known) if poses else []
        kits += [whose.get((shape.name, n), "") for n in range(len(poses))]
    found = drafted(load(Assembly, steps["assembly.json"]).steps, every, kits)
    return {f"draft-{n}.json": dump(stage, Stage | None) for n, stage in enumerate(found, 1)}


def apart(number: int, items: Sequence[str], draft: Files, **shapes: Files) -> Files:
    """apart-<n>.json: how what a step adds is pulled out, and how well it is seen from each side."""
    stage = load(Stage | None, draft[f"draft-{number}.json"])  # type: ignore[arg-type]
    found = Apart((), (), ())
    values: list[float] = []
    if stage is not None and stage.added:
        known = read_facets(items, shapes)
        there, added = copies(stage.there, known), copies(stage.added, known)
        found = pulled_apart(there, added, stage.bunches)
        old, new = (
            _moved(t, m) for t, m in ((there, found.moves[: len(there)]), (added, found.moves[len(there) :]))
        )
        values = scores(old, new, found.shifts)
    said = {**vars(found), "scores": values}
    return {f"apart-{number}.json": json.dumps(said).encode()}


def _moved(things: Sequence[Copy], moves: Sequence[Vector]) -> list[Copy]:
    return [
        replace(thing, facets=thing.facets.moved(Pose.at(*move))) if any(move) else thing
        for thing, move in zip(things, moves, strict=True)
    ]


def looks(draft: Files, **found: Files) -> Files:
    """stage-<n>.json: the finished plan of each picture.

    Args:
        draft: all draft-<n>.json.
        found: all apart-<n>.json.
    """
    by_name = {name: json.loads(data) for files in found.values() for name, data in files.items()}
    stages = [load(Stage | None, draft[f"draft-{n}.json"]) for n in range(1, len(draft) + 1)]  # type: ignore[arg-type]
    shown = [stage for stage in stages if stage is not None]
    aparts = [by_name[f"apart-{stage.number}.json"] for stage in shown]
    made: Files = {f"stage-{n}.json": b"null" for n in range(1, len(draft) + 1)}
    chosen = chosen_looks([told["scores"] for told in aparts])
    for stage, told, ((towards, is_over), turn) in zip(shown, aparts, chosen, strict=True):
        moves = told["moves"] if any(map(any, told["moves"])) else []
        count = sum(len(i.poses) for i in stage.there)
        there = tuple(
            replace(i, moves=m) for i, m in zip(stage.there, _split(stage.there, moves[:count]), strict=True)
        )
        pulled = zip(
            stage.added, _split(stage.added, told["shifts"]), _split(stage.added, moves[count:]), strict=True
        )
        added = tuple(replace(i, shifts=s, moves=m) for i, s, m in pulled)
        ways = tuple((_vector(a), _vector(b)) for a, b in told["ways"])
        seen = replace(
            stage, there=there, added=added, ways=ways, towards_eye=towards, is_turned_over=is_over, turn=turn
        )
        made[f"stage-{stage.number}.json"] = dump(seen)
    return made


def picture(number: int, items: Sequence[str], stage: Files, **shapes: Files) -> Files:
    """steps/<n>.svg and picture.json; nothing for a step that shows nothing new."""
    shown = load(Stage | None, stage[f"stage-{number}.json"])  # type: ignore[arg-type]
    if shown is None:
        return {}
    drawn = step_picture(shown, read_facets(items, shapes))
    said = {
        "path": step_path(number),
        "width": drawn.width,
        "height": drawn.height,
        "shows": shown.shows,
        "is_turned": bool(shown.turn),
        "screws": [{"item": item, "count": count, "length": length} for item, count, length in drawn.screws],
    }
    return {step_path(number): drawn.svg, PICTURE: as_json(said)}


def written(**pictures: Files) -> Files:
    """steps/*.svg of all steps."""
    return {
        path: data for files in pictures.values() for path, data in files.items() if path.endswith(".svg")
    }


def pictures_of(steps: int, pictures: Mapping[str, Files]) -> list[dict[str, Any] | None]:
    """What kit.json says of each step's picture.

    Args:
        steps: how many there are.
        pictures: what `picture` gave, by "step1", "step2", …
    """
    found = [pictures.get(f"step{n}", {}) for n in range(1, steps + 1)]
    return [json.loads(files[PICTURE]) if PICTURE in files else None for files in found]


def said(steps: int, **pictures: Files) -> Files:
    """steps.json: what kit.json says of each step's picture; null for none."""
    return {"steps.json": as_json(pictures_of(steps, pictures))}


def read_facets(items: Sequence[str], shapes: Mapping[str, Files]) -> dict[str, Facets]:
    """Facets by name, of facets.bin by number."""
    return {item: Facets.from_bytes(shapes[f"shape{n}"][FACETS]) for n, item in enumerate(items)}


def _split(items: Sequence[Shown], vectors: Sequence[Sequence[float]]) -> list[tuple[Vector, ...]]:
    """What is told of all copies, in the order of `copies`, an item at a time."""
    rest = iter(vectors)
    return (
        [tuple(_vector(next(rest)) for _ in item.poses) for item in items] if vectors else [()] * len(items)
    )


def _vector(numbers: Sequence[float]) -> Vector:
    x, y, z = numbers
    return (x, y, z)


def _kits(made: KitModel) -> dict[tuple[str, int], str]:
    """The outermost kit within the kit that holds each copy."""
    found: dict[tuple[str, int], str] = {}
    for kit in sorted(made.kits, key=lambda k: len(k.name)):
        for copy in kit.copies:
            found.setdefault(copy, kit.name)
    return found


def shapes_of(made: KitModel, shop: Workshop) -> list[tuple[Shape, tuple[Pose, ...]]]:
    """All parts and bought things with their places."""
    parts = [
        (Shape(p.name, "part", finish_of(shop.stock(p.form, p.stock).material.key).colour), p.poses)
        for p in made.parts
    ]
    return parts + [(_bought(item, shop), item.poses) for item in made.bought]


def _bought(item: BoughtModel, shop: Workshop) -> Shape:
    try:
        row = shop.bought_row(item.standard, item.size)
    except CsmError:
        return Shape(item.key, "", BOUGHT.colour)  # the check of bought things tells of it
    length = dict(row.sizes).get("length", 0.0) if row.kind in SCREWS else 0.0
    return Shape(item.key, row.kind, bought_finish(row.kind, f"{item.key} {row.title}").colour, length)
