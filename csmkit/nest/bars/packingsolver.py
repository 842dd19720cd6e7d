# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Bar plans by packingsolver's onedimensional."""

from __future__ import annotations

import math

from csmkit.nest.bars.lengths import Answer, Cuts, Lengths


def solve(numbers: Lengths, time_limit_s: float) -> Answer | None:
    """Least cost of bars; None where the stock doesn't hold all pieces or the time is up."""
    import packingsolver.onedimensional as ps  # not on Python 3.11

    one_length = len(numbers.stock) == 1
    builder = ps.InstanceBuilder()
    builder.set_objective(ps.Objective.BinPacking if one_length else ps.Objective.VariableSizedBinPacking)
    for length, copies, cost in zip(numbers.stock, numbers.copies, numbers.cost, strict=True):
        builder.add_bin_type(length, cost=cost, copies=copies)
    for length, demand in zip(numbers.pieces, numbers.demand, strict=True):
        builder.add_item_type(length, copies=demand)
    parameters = ps.OptimizeParameters()
    parameters.verbosity_level = 0
    parameters.time_limit = time_limit_s
    parameters.optimization_mode = ps.OptimizationMode.NotAnytimeSequential
    output = ps.optimize(builder.build(), parameters)
    solution = output.solution
    if not solution.full():
        return None
    cuts: Cuts = []
    for k in range(solution.number_of_different_bins()):
        bar = solution.bin(k)
        cuts += [(bar.bin_type_id, [i.item_type_id for i in bar.items]) for _ in range(bar.copies)]
    bound = int(output.bin_packing_bound) if one_length else None
    least = numbers.cost[0] * bound if bound is not None else float(output.variable_sized_bin_packing_bound)
    return Answer(cuts, bound, bool(output.is_proven_optimal()), least if math.isfinite(least) else None)
