# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Toolpaths of a clamping: operation by operation, held by tabs, in order."""
