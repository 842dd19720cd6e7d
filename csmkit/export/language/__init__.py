# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The languages that pages and books speak: their catalogs, and a kit in each of them."""
