# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a kit costs: bill of materials, shopping list, at-cost price."""
