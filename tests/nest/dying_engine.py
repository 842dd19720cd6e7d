# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Engines that end badly after one candidate."""

import os
import signal
import time

from csmkit.model import NestInstance
from csmkit.nest.candidate import CutSheet, Effort, Tell


class Dying:
    def solve(self, instance: NestInstance, effort: Effort, tell: Tell) -> None:
        tell((CutSheet(instance.stock[0].key, ((instance.items[0].name, 10.0, 10.0, 0.0),)),))
        os.kill(os.getpid(), signal.SIGSEGV)


class Hanging:
    """Who waits for its end hears a second candidate."""

    def solve(self, instance: NestInstance, effort: Effort, tell: Tell) -> None:
        tell((CutSheet(instance.stock[0].key, ((instance.items[0].name, 10.0, 10.0, 0.0),)),))
        time.sleep(60)
        tell(())
