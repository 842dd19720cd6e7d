# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What kit.json says in the core's own words, as phrases: catalogs take from here what stands in no table."""

from __future__ import annotations

from csmkit.export.language.language import N_

WORKSHOP = N_("community workshop")  # the name of the default one
BARS = (  # what is done to them: `bar_words`
    N_("start mitre #, longest at #"),
    N_("end mitre #, longest at #"),
    N_("start notched, by template"),
    N_("end notched, by template"),
    N_("hole Ø # at # mm (#)"),
)
