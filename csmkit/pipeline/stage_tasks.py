# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The pictures of the steps as tasks: a plan and a drawing for each step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from csmkit.build import Builder, Source, Task
from csmkit.pipeline import flow
from csmkit.pipeline.flow import TASKS, Designed


@dataclass(frozen=True)
class StepTasks:
    """The tasks whose results go on: steps/*.svg, steps.json for kit.json, stage-<n>.json for the viewer."""

    written: Task
    said: Task
    looks: Task


def step_pictures(builder: Builder, made: Designed, facts: Task) -> StepTasks:
    """Read the steps, and say which tasks draw them; a step depends on the shapes that it shows alone."""
    kit = made.request.kit
    told = flow.steps(made, facts)
    [result] = builder.run([told])
    steps: Sequence[Mapping[str, list[list[object]]]] = result.json("assembly.json")["steps"]
    design = made.workshop.pick("design.json")
    shapes = shape_tasks(made)
    inputs: dict[str, Source] = {"model": made.model.pick("model.json"), "workshop": design}
    drafts = Task(
        f"{kit}: what steps show",
        f"{TASKS}.stages:drafts",
        {"items": list(shapes)},
        {**inputs, "steps": told.pick("assembly.json"), **numbered(list(shapes), shapes)},
    )
    seen: list[str] = []
    by_step: list[list[str]] = []
    for step in steps:
        added = {str(name) for name, _ in step["adds"]}
        seen = [item for item in shapes if item in seen or item in added]
        by_step.append(seen)
    aparts = [
        _of_step(kit, "apart", n, items, shapes, {"draft": drafts.pick(f"draft-{n}.json")})
        for n, items in enumerate(by_step, 1)
    ]
    found: dict[str, Source] = {f"step{n}": task for n, task in enumerate(aparts, 1)}
    looks = Task(f"{kit}: looks of steps", f"{TASKS}.stages:looks", {}, {"draft": drafts, **found})
    drawn: dict[str, Source] = {
        f"step{n}": _of_step(kit, "picture", n, items, shapes, {"stage": looks.pick(f"stage-{n}.json")})
        for n, items in enumerate(by_step, 1)
    }
    return StepTasks(
        Task(f"{kit}: pictures of steps", f"{TASKS}.stages:written", {}, drawn),
        Task(f"{kit}: steps shown", f"{TASKS}.stages:said", {"steps": len(steps)}, drawn),
        looks,
    )


def shape_tasks(made: Designed) -> dict[str, Task]:
    """The facets of all that has a place, by name."""
    named: list[tuple[str, dict[str, object], dict[str, Source]]] = [
        (
            p["name"],
            {"standard": "", "size": "", "file": f"parts/{p['file']}.brep"},
            {"model": made.model.pick(f"parts/{p['file']}.brep"), "workshop": {}},
        )
        for p in made.parts
        if p["poses"]
    ]
    return {
        name: Task(f"{made.request.kit}: facets of {name}", f"{TASKS}.stages:facets", which, source)
        for name, which, source in [*named, *flow.bought_shapes(made)]
    }


def _of_step(
    kit: str,
    function: str,
    number: int,
    items: Sequence[str],
    shapes: Mapping[str, Task],
    given: dict[str, Source],
) -> Task:
    return Task(
        f"{kit}: step {number} {function}",
        f"{TASKS}.stages:{function}",
        {"number": number, "items": list(items)},
        {**given, **numbered(items, shapes)},
    )


def numbered(items: Sequence[str], shapes: Mapping[str, Task]) -> dict[str, Source]:
    """Inputs of a task that reads the facets of some items: "shape0", "shape1", …"""
    return {f"shape{n}": shapes[item] for n, item in enumerate(items)}
