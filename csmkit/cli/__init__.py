# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The command line: arguments in, calls, messages out."""

from csmkit.cli.main import main

__all__ = ["main"]
