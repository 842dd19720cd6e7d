# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A kit pulled apart: in which order its parts come off, on which ways, and how far."""
