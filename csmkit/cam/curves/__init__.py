# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Curves in the plane: parallels, crossings, reach, ways along them."""
