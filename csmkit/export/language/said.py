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
    *(
        N_("no holes or pockets"),
        N_("no round holes"),
        N_("x # to #"),
        N_("y # to #"),
        N_("# through on #"),
        N_("through on #"),
    ),
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
SHEETS = (  # nested sheets and bars
    N_("panel #"),
    *(N_("# · sheet # of # · yield # %"), N_("rest"), N_("offcut to keep, # mm")),
    *(N_("trim # mm"), N_("kerf # mm"), N_("rest # mm"), N_("Bar #: # # mm")),
)
PROGRAMS = (  # headers and notes of programs, as setup sheets tell them
    *(N_("sheet # of #"), N_("panel # of #")),
    N_("saw this panel out of the sheet first, # mm, its lower left corner at X # Y # of the sheet"),
    N_(
        "saw this panel out of the sheet first, # mm, its lower left corner at X # Y # of the sheet, and lay"
        " it turned by # counter-clockwise"
    ),
    N_("no room to engrave its name"),
    N_("its name has letters that are not engraved"),
    N_("tabs found no good place on this sheet: a thin skin holds its parts, cut it with a knife"),
    N_("no place for tabs, a skin of # mm holds it"),
    N_("a stop or tool change on the way, reckoned with # s each"),
    N_("# stops or tool changes on the way, reckoned with # s each"),
    N_("# takes up to # mm at once: for soft foam only"),
    N_("# of the surface within # mm, no cut deeper than # mm"),
    N_(
        "chips of # mm a tooth at # rpm are below # mm, the cutter rubs; feed faster, turn slower or take a"
        " cutter with fewer flutes"
    ),
    N_(
        "no room in the waste for two pins: they would find the sheet's place again once it is turned over;"
        " leave a strip of # mm free along its left and right edge, or set x and y zero anew with care"
    ),
    N_(
        "the pins' holes go only # mm into the spoil board, as far as their cutter's flutes reach: drill them"
        " on by hand, or choose a longer cutter"
    ),
    N_(
        "inner contour keeps # corners that a cutter of # mm cannot reach (up to # mm, near x #, y #)"
        "; dogbones or a smaller cutter would"
    ),
    N_(
        "inner contour keeps a corner that a cutter of # mm cannot reach (up to # mm, near x #, y #)"
        "; dogbones or a smaller cutter would"
    ),
    N_(
        "outer contour keeps # corners that a cutter of # mm cannot reach (up to # mm, near x #, y #)"
        "; dogbones or a smaller cutter would"
    ),
    N_(
        "outer contour keeps a corner that a cutter of # mm cannot reach (up to # mm, near x #, y #)"
        "; dogbones or a smaller cutter would"
    ),
    N_(
        "pocket keeps # corners that a cutter of # mm cannot reach (up to # mm, near x #, y #)"
        "; dogbones or a smaller cutter would"
    ),
    N_(
        "pocket keeps a corner that a cutter of # mm cannot reach (up to # mm, near x #, y #)"
        "; dogbones or a smaller cutter would"
    ),
)
TOOLPATHS = (  # pictures of programs: what they show, and what they say of a thing that is pointed at
    *(N_("engrave"), N_("drill"), N_("pocket"), N_("inside contour"), N_("outside contour"), N_("surface")),
    *(N_("rapid"), N_("tab"), N_("top side up"), N_("bottom side up"), N_("clamp or defect")),
    *(N_("engrave of # with #"), N_("drill of # with #"), N_("pocket of # with #")),
    *(N_("inside contour of # with #"), N_("outside contour of # with #"), N_("surface of # with #")),
    N_("drill of dowel with #"),
    *(N_("tab of #, # mm long, # mm high"), N_("# × engrave"), N_("# × drill"), N_("# × pocket")),
    *(N_("# × inside contour"), N_("# × outside contour"), N_("# × surface"), N_("# tabs")),
    *(N_("# moves with #"), N_("# min # s")),
)
