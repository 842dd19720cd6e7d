# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What is done to a proven plan: carried over, tidied, kits kept together."""
