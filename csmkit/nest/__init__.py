# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Cut planning: sheets, bars, and the proof of every plan."""
