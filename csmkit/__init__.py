# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""csmkit: open-hardware kits from parameters and a workshop's profile to verified files and a page."""

__version__ = "0.1.0"
