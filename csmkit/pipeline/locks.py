# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Whether a kit's layouts.lock.json still holds the plans of its presets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from csmkit.build import Builder
from csmkit.design.find import LOCK
from csmkit.errors import CsmError
from csmkit.model import Finding, NestInstance
from csmkit.model.data import load
from csmkit.pipeline import flow
from csmkit.pipeline.flow import Request

if TYPE_CHECKING:
    from csmkit.nest.lock import Lock


def stale_presets(builder: Builder, request: Request) -> Iterator[Finding]:
    """A warning for each preset with a sheet good that the lock has no plan for.

    A request of the default preset is asked for all presets, one of another preset for that alone. Kits
    without a lock, given parameters and workshops of one's own have nothing that could be stale.
    """
    locked = flow.Sources.of(request.manifest).lock.get(LOCK)
    if not locked or request.given or request.workshop:
        return
    from csmkit.nest.lock import read_lock  # a build that is up to date does without

    lock = read_lock(locked.decode("utf-8", "replace"))
    presets = [p.key for p in request.manifest.presets] if request.preset == "default" else [request.preset]
    for preset in presets:
        try:
            missing = _unlocked(builder, replace(request, preset=preset), lock)
        except CsmError:
            if preset == request.preset:
                raise
            continue  # csm check --preset tells what is wrong with it
        if missing:
            problem = f"{LOCK} has no plan of preset {preset} for {', '.join(missing)}"
            remedy = f"csm build {request.kit} --preset {preset} --replan"
            yield Finding(request.kit, "layout lock", "", problem, remedy, "warning")


def _unlocked(builder: Builder, request: Request, lock: Lock) -> list[str]:
    """Sheet goods of a preset without a plan in the lock."""
    from csmkit.nest.lock import key_of

    made = flow.design(builder, request)
    [cut] = builder.run([flow.instances(made, flow.gather(made))])
    tasks = [load(NestInstance, cut.read(name)) for name in sorted(cut.files) if name.startswith("sheets/")]
    return [task.sheet for task in tasks if key_of(task) not in lock.entries]
