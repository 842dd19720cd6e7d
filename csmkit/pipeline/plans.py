# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Cut planning: what has to be cut, how it lies on sheets and bars, and the sheets as files."""

from __future__ import annotations

from csmkit.build import Files
from csmkit.model import KitFacts, Workshop
from csmkit.model.data import dump, load
from csmkit.nest import cut_list


def instances(facts: Files, workshop: Files) -> Files:
    """sheets/<sheet>.json and bars/<bar>.json: one instance for each good.

    Raises: CsmError: no stock for a good, or a part that is larger than all of it.
    """
    kit, shop = load(KitFacts, facts["facts.json"]), load(Workshop, workshop["workshop.json"])
    files = {f"sheets/{i.sheet}.json": dump(i) for i in cut_list.nest_instances(kit, shop)}
    return files | {f"bars/{i.bar}.json": dump(i) for i in cut_list.bar_instances(kit, shop)}
