# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The whole flow as tasks, readable from top to bottom: start at `flow`."""

from csmkit.design.find import LOCK
from csmkit.pipeline.flow import Planning, Request
from csmkit.pipeline.requests import Built, Refused, build_kit, check_kit, show_kit

__all__ = ["LOCK", "Built", "Planning", "Refused", "Request", "build_kit", "check_kit", "show_kit"]
