# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A program's moves with their times as compact JSON, for pages that play it.

Columns of whole numbers: coordinates in hundredths of a millimetre, times in milliseconds, each as the
difference from the one before, so that no error adds up and the file packs small.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any

from csmkit.cam.timeline import TimedMove
from csmkit.model.cam import Move, Setup
from csmkit.model.data import plain
from csmkit.model.pose import Vector

FORMAT = 1  # raised when a reader of the older one would be misled
PER_MM = 100
PER_S = 1000
NOWHERE = (0.0, 0.0, 0.0)


def moves_json(setup: Setup, moves: Sequence[TimedMove], seconds: float) -> bytes:
    """The file.

    Its keys: `size` and `thickness` of the stock, the `side` that is up, `seconds` of the whole program, its
    `cutters`; `works`: from which row on which cutter cuts what; and `rows`, a column each:

    - `kind`: a letter a row: R rapid, L line, A arc counter-clockwise, C arc clockwise;
    - `x`, `y`, `z`: its end, from the end of the row before, that of the first from (0, 0, 0);
    - `i`, `j`: centre of each arc, from its start; other rows have none;
    - `wait`, `run`: how long the machine stands before it, and moves.

    Args:
        setup: the clamping.
        moves: in their order; where one does not begin at the end of the one before, a row without time leads
            there.
        seconds: as in the program's proof.
    """
    x0, y0, x1, y1 = setup.stock.bounds
    rows = list(_linked(moves))
    cutters = list(dict.fromkeys(move.work.tool for move in moves))
    works = [next(group) for _, group in groupby(enumerate(rows), key=lambda row: row[1].work)]
    data = {
        "format": FORMAT,
        "setup": setup.name,
        "side": setup.side,
        "size": [x1 - x0, y1 - y0],
        "thickness": setup.thickness,
        "seconds": round(seconds, 3),
        "cutters": [plain(tool) for tool in cutters],
        "works": [
            {"row": n, "cutter": cutters.index(row.work.tool), "kind": row.work.kind, "part": row.work.part}
            for n, row in works
        ],
        "rows": _columns(rows),
    }
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode() + b"\n"


def _linked(moves: Iterable[TimedMove]) -> Iterator[TimedMove]:
    at: Vector = NOWHERE
    for move in moves:
        if move.start != at:
            yield TimedMove(at, Move("rapid", move.start), move.begin_s, 0.0, move.work)
        yield move
        at = move.move.end


def _columns(rows: Sequence[TimedMove]) -> dict[str, Any]:
    ends = [NOWHERE, *(row.move.end for row in rows)]
    arcs = [(row.start, row.move.center) for row in rows if row.move.center is not None]
    times = _steps((t for row in rows for t in (row.begin_s, row.begin_s + row.seconds)), PER_S)
    return {
        "kind": "".join(_letter(row.move) for row in rows),
        **{axis: _steps((end[k] for end in ends), PER_MM)[1:] for k, axis in enumerate("xyz")},
        **{axis: [round((c[k] - start[k]) * PER_MM) for start, c in arcs] for k, axis in enumerate("ij")},
        "wait": times[0::2],
        "run": times[1::2],
    }


def _letter(move: Move) -> str:
    if move.center is not None:
        return "C" if move.clockwise else "A"
    return "R" if move.kind == "rapid" else "L"


def _steps(values: Iterable[float], per_unit: int) -> list[int]:
    """Differences of rounded values, the first from 0."""
    return [b - a for a, b in pairwise([0, *(round(value * per_unit) for value in values)])]
