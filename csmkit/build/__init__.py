# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A build graph that knows no hardware: tasks, their keys, a store of results, workers, output folders."""

from csmkit.build.failure import TaskFailed
from csmkit.build.files import Files, call
from csmkit.build.graph import Pick, Source, Task, in_order
from csmkit.build.key import Code
from csmkit.build.pool import WorkerPool
from csmkit.build.publish import publish, refuse_foreign
from csmkit.build.result import Event, Result
from csmkit.build.run import Builder
from csmkit.build.store import Blob, Damaged, Entry, Store

__all__ = [
    "Blob",
    "Builder",
    "Code",
    "Damaged",
    "Entry",
    "Event",
    "Files",
    "Pick",
    "Result",
    "Source",
    "Store",
    "Task",
    "TaskFailed",
    "WorkerPool",
    "call",
    "in_order",
    "publish",
    "refuse_foreign",
]
