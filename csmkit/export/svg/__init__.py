# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Pictures of outlines: parts, sheets, bars, toolpaths."""
