# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""opcut's answer to one task, run by benchmarks/saw.py with the Python of opcut's own environment.

Reads {"kerf", "sheet": [x, y], "parts": [[x, y, copies, may_turn], …]} from stdin, in any one unit; writes
two answers, each a list a sheet of [part, x, y, turned].
"""

from __future__ import annotations

import json
import sys

from opcut import calculate, common


def main() -> None:
    """Plan in both ways that opcut has to open sheets."""
    task = json.load(sys.stdin)
    items = [
        common.Item(f"{k}.{copy}", x, y, may_turn)
        for k, (x, y, copies, may_turn) in enumerate(task["parts"])
        for copy in range(copies)
    ]
    json.dump([fewest(task["kerf"], task["sheet"], items, few) for few in (False, True)], sys.stdout)


def fewest(
    kerf: int, sheet: tuple[int, int], items: list[common.Item], few: bool
) -> list[list[tuple[int, float, float, bool]]]:
    """The plan with as few sheets as opcut can.

    Raises: ValueError: a sheet an item does not do.
    """
    for count in range(1, len(items) + 1):
        panels = [common.Panel(str(n), *sheet) for n in range(count)]
        params = common.Params(kerf, few, panels, items)
        try:
            found = calculate.calculate(common.Method.FORWARD_GREEDY_NATIVE, params)
        except common.UnresolvableError:
            continue
        sheets: dict[str, list[tuple[int, float, float, bool]]] = {}
        for used in found.used:
            place = (int(used.item.id.split(".")[0]), used.x, used.y, used.rotate)
            sheets.setdefault(used.panel.id, []).append(place)
        return list(sheets.values())
    raise ValueError("opcut lays these items on no number of sheets")


if __name__ == "__main__":
    main()
