# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Small kits that guides show: checked like any kit, then pictures and flat patterns; no plan, no price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from csmkit.build import Builder, Source, Task
from csmkit.errors import CsmError
from csmkit.export.paths import ASPECT
from csmkit.geometry.opengl import can_draw
from csmkit.model import KitFacts
from csmkit.model.data import load
from csmkit.pipeline import flow
from csmkit.pipeline.flow import TASKS, Request
from csmkit.pipeline.requests import Refused, checked

WIDTH = 960  # pixels: twice what a page's column shows of half of its width
HEIGHT = round(WIDTH / ASPECT)
PICTURES = ("together", "apart")


@dataclass(frozen=True)
class Sample:
    """A kit of a guide.

    Args:
        facts: its measured parts and what its design computes.
        pictures: WebP by name of `PICTURES`, `WIDTH` × `HEIGHT`; none on a machine that can't draw.
        flat: SVG of each flat part by name, 1:1.
    """

    facts: KitFacts
    pictures: Mapping[str, bytes]
    flat: Mapping[str, bytes]


def sample(builder: Builder, request: Request, names: Sequence[str] = PICTURES) -> Sample:
    """Check a kit and draw it.

    Args:
        names: of the pictures wanted.
    Raises: CsmError: the kit, its parameters or its workshop are refused; Refused: it can't be made.
    """
    unknown = sorted({*names} - {*PICTURES})
    if unknown:
        raise CsmError(f"unknown picture {unknown[0]!r}", remedy=f"choose from {', '.join(PICTURES)}")
    made = flow.design(builder, request)
    facts, findings = checked(builder, made)
    if facts is None or any(f.level == "error" for f in findings):
        raise Refused([f for f in findings if f.level == "error"])
    shop = made.workshop.pick("design.json")
    whole: dict[str, Source] = {"model": made.model, "workshop": shop}
    shots = {
        name: Task(f"{request.kit}: {name}", f"{TASKS}.pictures:shot", {"name": name, "width": WIDTH}, whole)
        for name in (names if can_draw() else ())
    }
    flat = {
        part["name"]: Task(
            f"{request.kit}: {part['name']} flat SVG",
            f"{TASKS}.plans:flat_svgs",
            {"quantity": len(part["poses"])},
            {"facts": examined.pick("facts.json"), "workshop": shop},
        )
        for part, examined in zip(made.parts, made.examined, strict=True)
        if part["form"] == "sheet"
    }
    measured, *drawings = builder.run([facts, *shots.values(), *flat.values()])
    known = load(KitFacts, measured.read("facts.json"))
    only = [result.read(name) for result in drawings for name in result.files]
    return Sample(
        known,
        dict(zip(shots, only[: len(shots)], strict=True)),
        dict(zip(flat, only[len(shots) :], strict=True)),
    )
