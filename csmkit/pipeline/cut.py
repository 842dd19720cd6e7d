# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Cutting several kits in one go: gather what is cut, plan it, write it.

Planning is no task of the build graph: it runs by the clock and can be stopped. What makes it repeat is the
layout lock in the output folder.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from csmkit.build import Files, Store, publish, refuse_foreign
from csmkit.build.files import content_digest, sha256
from csmkit.design.find import LOCK
from csmkit.errors import CsmError
from csmkit.model import CutPlan
from csmkit.nest.lock import Lock, read_lock
from csmkit.pipeline.cut_files import cut_files
from csmkit.pipeline.cut_order import Gathered
from csmkit.pipeline.cut_plan import Watcher, plan_order
from csmkit.pipeline.cut_programs import Programs, cut_programs
from csmkit.pipeline.flow import Planning
from csmkit.pipeline.plans import sheets_beyond_machine


@dataclass(frozen=True)
class Cut:
    """A planned order on the disk.

    Args:
        plan: plan.json.
        is_new: False if the folder held exactly these bytes already.
        reused: sheet goods whose plan is that of an earlier run.
        is_stopped: the user ended the search.
        said: warnings of the planners.
    """

    folder: Path
    plan: Mapping[str, Any]
    is_new: bool
    reused: tuple[str, ...]
    is_stopped: bool
    said: tuple[str, ...]


def cut(
    gathered: Gathered, out: Path, store: Store, planning: Planning, watcher: Watcher, engrave: bool = False
) -> Cut:
    """Plan an order and write `out`/<name>, whole or not at all.

    Args:
        gathered: what is cut, by whom.
        out: the parent of the output folder.
        store: through it the folder is filled.
        planning: time for each sheet good, seed, whether to search on where a lock serves.
        watcher: told what comes out as it comes.
        engrave: the router writes the parts' names, whatever the workshop's rules say.
    Raises: CsmError: the stock does not hold all parts, or the folder cannot be written; or, once the plan
        is written, that there can be no programs for it.
    """
    if engrave:
        rules = replace(gathered.workshop.cam, engrave="names")
        gathered = replace(gathered, workshop=replace(gathered.workshop, cam=rules))
    folder = out / gathered.order.name
    refuse_foreign(folder)  # before minutes of planning, not after
    locks = _lock(folder / LOCK), read_lock(gathered.locks.get(LOCK, b"").decode("utf-8", "replace"))
    planned = plan_order(gathered.order, *locks, planning, watcher)
    large = [
        str(finding)
        for nesting in planned.plan.nestings
        for task in gathered.order.nested
        if task.sheet == nesting.sheet
        for finding in sheets_beyond_machine(
            task, gathered.workshop, {layout.stock for layout in nesting.layouts}
        )
    ]
    programs, trouble = _programs(gathered, planned.plan, folder)
    large += map(str, programs.warnings)
    warnings = [*map(str, gathered.warnings), *large]
    files = cut_files(gathered.order, gathered.workshop, planned, programs.files, warnings)
    is_new = _publish(files, folder, store)
    if trouble is not None:
        raise trouble
    plan = json.loads(files["plan.json"])
    return Cut(folder, plan, is_new, planned.reused, planned.is_stopped, (*planned.said, *large))


def _programs(gathered: Gathered, plan: CutPlan, folder: Path) -> tuple[Programs, CsmError | None]:
    """The programs; or none, and what is in the way: a plan that took minutes is kept."""
    try:
        return cut_programs(gathered.order, gathered.workshop, plan, folder), None
    except CsmError as error:
        told = error.as_data()
        kept = f"{folder} holds the plan without programs"
        told["remedy"] = f"{error.remedy}; {kept}" if error.remedy else kept
        return Programs({}, ()), CsmError.from_data(told)


def _publish(files: Files, folder: Path, store: Store) -> bool:
    hashes = {name: sha256(data) for name, data in files.items()}
    store.record(content_digest(hashes), files)
    return publish(hashes, folder, store)


def _lock(file: Path) -> Lock:
    """The lock of an earlier run, an empty one if there was none."""
    try:
        return read_lock(file.read_text("utf-8", "replace"), str(file))
    except FileNotFoundError:
        return Lock()
    except OSError as error:
        raise CsmError(f"cannot read {file}: {error.strerror}") from None
