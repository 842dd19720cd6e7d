# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Open tools as a user would call them, in the form of csmkit's engines: what our plans are compared with.

They get the same polygons, spacing, edges and grain as our own planner, and the same proof judges them.
"""

from __future__ import annotations

from typing import Any

from shapely import Polygon

from csmkit.model import CutItem, NestInstance, StockSheet
from csmkit.nest.candidate import Candidate, CutSheet, Effort, Placed, Tell
from csmkit.nest.offcuts import Box
from csmkit.nest.turns import turns

CHORD = 0.1  # mm between an arc and its polygon
FIT = 1e-6  # mm that sums of floats may be off
PROBES = 6  # halvings of the number of parts on a sheet, for engines that only know strips


class Packingsolver:
    """packingsolver's irregular packing with its own settings, by the clock."""

    def solve(self, instance: NestInstance, effort: Effort, tell: Tell) -> None:
        """Tell each better plan."""
        import packingsolver.irregular as ps

        builder = ps.InstanceBuilder()
        one = len(instance.stock) == 1
        goal = ps.Objective.BinPackingWithLeftovers if one else ps.Objective.VariableSizedBinPacking
        builder.set_objective(goal)
        builder.set_item_item_minimum_spacing(instance.rules.spacing)
        builder.set_leftover_mode(ps.LeftoverMode.Left)
        count = sum(i.quantity for i in instance.items)
        for stock in instance.stock:
            copies = count if stock.quantity is None else min(stock.quantity, count)
            shape = ps.build_shape(_corners(stock.outline.points(CHORD, "inside")))
            k = builder.add_bin_type(
                shape,
                cost=stock.outline.area * (1.0 if stock.kind == "sheet" else 0.1),
                copies=copies,
                item_bin_minimum_spacing=instance.rules.edge,
            )
            for defect in stock.defects:
                hole = ps.ShapeWithHoles(ps.build_shape(_corners(defect.points(CHORD, "outside"))), [])
                n = builder.add_defect(k, 0, hole)
                builder.set_item_defect_minimum_spacing(k, n, instance.rules.edge)
        for item in instance.items:
            outer = ps.build_shape(_corners(item.pattern.outline.points(CHORD, "outside")))
            holes = [
                ps.build_shape(_corners(f.region.outline.points(CHORD, "inside")))
                for f in item.pattern.holes
                if not f.region.islands
            ]
            angles = turns(item.pattern.grain, instance.stock[0].grain)
            builder.add_item_type(
                ps.ShapeWithHoles(outer, holes),
                copies=item.quantity,
                allowed_rotations=[(a, a, False) for a in angles],
            )
        parameters = ps.OptimizeParameters()
        parameters.verbosity_level = 0
        parameters.time_limit = effort.time_limit_s
        parameters.use_tree_search = True

        def better(output: Any) -> None:
            if output.solution.full():
                tell(_answer(instance, output.solution))

        parameters.new_solution_callback = better
        better(ps.optimize(builder.build(), parameters))


class Spyrrow:
    """spyrrow, sheet by sheet: as many of the largest parts as a strip of the sheet's length takes."""

    def solve(self, instance: NestInstance, effort: Effort, tell: Tell) -> None:
        """Tell one plan on the largest sheet."""
        stock = max(instance.stock, key=lambda s: s.outline.area)
        left = sorted(
            (i for i in instance.items for _ in range(i.quantity)), key=lambda i: -i.pattern.outline.area
        )
        sheets = sum(i.pattern.outline.area for i in left) / stock.outline.area
        seconds = max(1, round(effort.time_limit_s / PROBES / (sheets + 1)))
        result: list[CutSheet] = []
        while left:
            least, most, best = 0, len(left), ()
            count, tries = most, PROBES
            while least < most and tries:
                tries -= 1
                placed = strip(left[:count], stock, instance, seconds, effort.seed)
                least, most, best = (count, most, placed) if placed else (least, count - 1, best)
                count = (least + most + 1) // 2
            if not best:
                return
            result.append(CutSheet(stock.key, best))
            left = left[least:]
        tell(tuple(result))


class Shelves:
    """First-fit decreasing: boxes by falling width onto shelves, shelves onto sheets."""

    def solve(self, instance: NestInstance, effort: Effort, tell: Tell) -> None:
        """Tell one plan on the largest sheet."""
        stock = max(instance.stock, key=lambda s: s.outline.area)
        edge, gap = instance.rules.edge, instance.rules.spacing
        long, wide = stock.size
        boxes = sorted((_box(i, stock) for i in instance.items for _ in range(i.quantity)), key=_falling)
        sheets: list[list[Placed]] = []
        tops: list[float] = []  # of each sheet: the height that its shelves fill
        shelves: list[list[float]] = []  # sheet, filled length, y, height
        for name, angle, (x0, y0, x1, y1) in boxes:
            length, height = x1 - x0, y1 - y0
            fits = (s for s in shelves if height <= s[3] + FIT and s[1] + length <= long - edge + FIT)
            shelf = next(fits, None)
            if shelf is None:
                sheet = next((n for n, top in enumerate(tops) if top + height <= wide - edge + FIT), None)
                if sheet is None:
                    sheet = len(sheets)
                    sheets.append([])
                    tops.append(edge)
                shelf = [sheet, edge, tops[sheet], height]
                shelves.append(shelf)
                tops[sheet] += height + gap
            sheets[int(shelf[0])].append((name, shelf[1] - x0, shelf[2] - y0, angle))
            shelf[1] += length + gap
        tell(tuple(CutSheet(stock.key, tuple(s)) for s in sheets))


def strip(
    parts: list[CutItem], stock: StockSheet, instance: NestInstance, seconds: int, seed: int
) -> tuple[Placed, ...]:
    """The parts on one sheet by spyrrow, or nothing where they need a longer one."""
    import spyrrow

    edge, gap = instance.rules.edge, instance.rules.spacing
    items = [
        spyrrow.Item(
            item.name,
            _corners(item.pattern.outline.points(CHORD, "outside")),
            demand=sum(p is item for p in parts),
            allowed_orientations=list(turns(item.pattern.grain, stock.grain)),
        )
        for item in dict.fromkeys(parts)
    ]
    height = stock.size[1] - 2 * edge + 2 * gap  # the engine keeps the spacing to the strip's edges too
    config = spyrrow.StripPackingConfig(
        early_termination=True,
        total_computation_time=seconds,
        num_workers=2,
        seed=seed,
        min_items_separation=gap or None,
    )
    try:
        solution = spyrrow.StripPackingInstance("sheet", strip_height=height, items=items).solve(config)
    except BaseException as panic:
        if type(panic).__name__ != "PanicException":
            raise
        return ()
    if solution.width > stock.size[0] - 2 * edge + 2 * gap:
        return ()
    off = edge - gap
    return tuple(
        (p.id, p.translation[0] + off, p.translation[1] + off, p.rotation) for p in solution.placed_items
    )


def _corners(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Counter-clockwise, as all engines want them, holes too."""
    ring = Polygon(points).exterior
    corners = [(float(x), float(y)) for x, y in ring.coords[:-1]]
    return corners if ring.is_ccw else corners[::-1]


def _answer(instance: NestInstance, solution: Any) -> Candidate:
    sheets = []
    for k in range(solution.number_of_different_bins()):
        used = solution.bin(k)
        placed = tuple(
            (instance.items[i.item_type_id].name, i.bl_corner.x, i.bl_corner.y, i.angle) for i in used.items
        )
        sheets += [CutSheet(instance.stock[used.bin_type_id].key, placed)] * used.copies
    return tuple(sheets)


def _box(item: CutItem, stock: StockSheet) -> tuple[str, float, Box]:
    """Name, angle and box of the part as it lies with its longer side along the sheet where it may."""
    boxes = [(a, item.pattern.outline.moved(angle=a).bounds) for a in turns(item.pattern.grain, stock.grain)]
    angle, box = max(boxes, key=lambda b: b[1][2] - b[1][0])
    return (item.name, angle, box)


def _falling(box: tuple[str, float, Box]) -> float:
    return box[2][1] - box[2][3]
