# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Things that hang together: directly, or through others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def bunch_numbers(meets: NDArray[np.bool_]) -> NDArray[np.int64]:
    """(n,) the least number that can be reached from each thing.

    Args:
        meets: (n, n) what touches what, symmetric.
    """
    group = np.arange(len(meets))
    joined = meets | np.eye(len(meets), dtype=bool)
    while True:
        least = np.where(joined, group[None], len(group)).min(axis=1, initial=len(group))
        if (least == group).all():
            return group
        group = least
