# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The setup sheet: what the person at the machine needs to know, on paper, in the languages of a kit."""
