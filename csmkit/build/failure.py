# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Failures that are no mistake of the user's."""

from __future__ import annotations


class TaskFailed(Exception):
    """A task's function raised something that isn't a `CsmError`, or its worker died or took too long.

    Args:
        problem: one line.
        detail: traceback and what was printed, for --debug.
        task: its name.
    """

    def __init__(self, problem: str, detail: str = "", task: str = "") -> None:
        super().__init__(f"{task}: {problem}" if task else problem)
        self.problem = problem
        self.detail = detail
        self.task = task

    def in_task(self, task: str) -> TaskFailed:
        """The same failure, told of a task."""
        return TaskFailed(self.problem, self.detail, self.task or task)
