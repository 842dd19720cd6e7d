# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Sheets that are larger than the router: sawn into panels first, which are planned like sheets."""
