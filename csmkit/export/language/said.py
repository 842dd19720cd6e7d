# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What kit.json and drawings say in the core's own words, as phrases: what catalogs find in no table."""

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
BLOCK = (  # title blocks of drawings: captions, then what stands beside them
    *(N_("stock"), N_("size"), N_("grain"), N_("quantity"), N_("mass each"), N_("cut"), N_("made")),
    *(N_("cut to length"), N_("volume"), N_("scale"), N_("sizes in"), N_("licence")),
    *(N_("along the length"), N_("across the length"), N_("any")),
    *(N_("router"), N_("carved"), N_("milled"), N_("sawn"), N_("printed"), N_("by hand")),
    *(N_("# on #"), N_("version #")),
)
MARKS = (  # holes and pockets
    *(N_("through"), N_("# through"), N_("# deep"), N_("# # deep"), N_("# bore"), N_("# at #")),
    *(N_("# deep from below"), N_("# # deep from below"), N_("# around # through"), N_("# around # # deep")),
    *(N_("pocket # deep"), N_("pocket # deep from below"), N_("# island left"), N_("# islands left")),
    *(N_("shape in #"), N_("shape in # #"), N_("shape in # # #"), N_("shape in # # # #")),
    *(N_("shape in # # # # #"), N_("outline through"), N_("corner"), N_("# about")),
    *(N_("x # to #"), N_("y # to #"), N_("# through on #"), N_("through on #")),
)
NOTES = (  # lines above the title block
    N_(
        "Reliefs in inside corners for the router: #."
        " Sizes are told to the corner; cutting by hand, leave it square."
    ),
    N_(
        "Reliefs in inside corners for the router: #, #."
        " Sizes are told to the corner; cutting by hand, leave it square."
    ),
    N_("x and y count from the middle."),
    N_("Free curve: draw it through the points told, or print the flat SVG at #."),
    N_("Not all sizes have room here: the flat DXF has them all."),
    N_("Dashed: from below; all positions are seen from above."),
    N_("Start (at the left): mitre, # off square."),
    N_("End (at the right): mitre, # off square."),
    N_("Start (at the left): mitre, # off square. End (at the right): mitre, # off square."),
    N_("Start (at the left): notched; mark it with the paper template."),
    N_("End (at the right): notched; mark it with the paper template."),
)
SHEETS = (N_("# · sheet # of # · yield # %"), N_("rest"))  # nested sheets and bars
