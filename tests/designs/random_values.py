# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Random parameters between their limits."""

import random
from collections.abc import Sequence

from csmkit.model import Param
from csmkit.model.manifest import ParamValue


def random_values(params: Sequence[Param], seed: int) -> dict[str, ParamValue]:
    """A value for every parameter, drawn between its limits; the same for the same seed."""
    draw = random.Random(seed)
    values: dict[str, ParamValue] = {}
    for p in params:
        low, high = p.minimum or 0.0, p.maximum or 0.0
        if p.kind == "choice":
            values[p.name] = draw.choice(p.options)
        elif p.kind == "flag":
            values[p.name] = draw.random() < 0.5
        elif p.kind == "count":
            values[p.name] = draw.randint(int(low), int(high))
        else:
            values[p.name] = round(draw.uniform(low, high), 1)
    return values
