# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What an engine may still spend: work that is counted, or time by the clock."""

from __future__ import annotations

import time

from csmkit.nest.candidate import Effort


class Budget:
    """Seconds that are left: of a reference machine's core where plans must repeat, else by the clock."""

    def __init__(self, effort: Effort) -> None:
        self.repeatable = effort.repeatable
        self._left = effort.time_limit_s
        self._deadline = time.monotonic() + effort.time_limit_s

    @property
    def left(self) -> float:
        """Seconds; not below zero."""
        return max(self._left if self.repeatable else self._deadline - time.monotonic(), 0.0)

    def spend(self, seconds: float) -> None:
        """Count work that was done; by the clock nothing has to be counted."""
        self._left -= seconds

    def span(self, seconds: float) -> Budget:
        """A budget of its own with so many of the seconds left; what it spends is not counted here."""
        return Budget(Effort(0, min(seconds, self.left), self.repeatable))
