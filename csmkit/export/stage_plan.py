# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What the picture of each step shows."""

from __future__ import annotations

from collections.abc import Sequence

from csmkit.export.stage import Copy, Stage, grouped
from csmkit.export.stage_places import added_copies
from csmkit.model.facts import Step


def drafts(steps: Sequence[Step], copies: Sequence[Copy]) -> list[Stage | None]:
    """What each step's picture shows, nothing pulled out yet; None where that is nothing new.

    A step that adds something with a place in the kit shows it. One that adds nothing shows what stands so
    far, if the step before it has added something; the picture of a step after that one, say painting, would
    be the same again, and is left out.

    Args:
        steps: of the assembly; they add each thing once.
        copies: all that has a place in the kit.
    """
    result: list[Stage | None] = []
    there: list[Copy] = []
    has_changed = False
    for number, (step, new) in enumerate(zip(steps, added_copies(steps, copies), strict=True), 1):
        coming = [copies[n] for n in new]
        if coming or has_changed:
            shows = Stage(number, step.title, "adds" if coming else "state", grouped(there), grouped(coming))
        result.append(shows if coming or has_changed else None)
        has_changed = bool(coming)
        there += coming
    return result
