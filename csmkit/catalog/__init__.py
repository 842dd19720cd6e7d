# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Tables of materials, stock, fasteners, tools and machines: rows with a source and a date.

The tables are CSV files in `data/`. A row whose money or size was judged has `assumed` = yes.
A workshop's file overrides what it knows better (`workshop_file.read_workshop`).

Bars: `rectangle` and `round` are solid, `tube` is a rectangular and `pipe` a round hollow section.
Sheets: `thickness` is the typical one of what is sold as `nominal`; a sheet that nobody has measured lies
between `nominal - minus` and `nominal + plus` (plus is below 0 where even the thickest is thinner).

Named sizes of bought rows (`BoughtRow.dimension`), mm:

- bolt: d, pitch, length (below the head; ISO 10642: with it), thread (usable, from the tip),
  head_diameter (circle around the head), head_flats (spanner; 0 if none), head_height,
  drive (hexagon key; 0 if none), drive_depth, and for DIN 603 neck_width and neck_height
  (the square below the head).
- screw (for wood): d, length (with the head), thread, head_diameter, head_height, head_flats and drive (0).
- nut: d, pitch, flats, corners, height.            washer: d_inner, d_outer, thickness.
- barrel-nut: d, pitch, diameter, length, center (of the cross hole from an end).
- tee-nut: d, pitch, flange_diameter, flange_thickness, barrel_diameter, height (flange included).
- insert: d, pitch, diameter (outside), length.     bearing: d, d_outer, width.
- wheel: tyre_diameter, tyre_width, bead_diameter, over_locknuts, axle_diameter, axle_length, axle_pitch,
  nut_flats, nut_diameter, hub_flange.
- bulk-kg, bulk-l, bulk-m, bulk-m2 (glue, oil, webbing …): none; mass and price are for one unit.
- the rest: names that say it (see bought.csv).
"""
