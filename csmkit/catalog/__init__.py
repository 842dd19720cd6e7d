# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Tables of materials, stock, fasteners, tools and machines: rows with a source and a date."""
