# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Of equally good bar plans one that leaves a long rest: pieces change places with shorter ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations_with_replacement

from csmkit.nest.bars.lengths import Cuts, Lengths

AT_ONCE = 2  # pieces that change for one; three gained nothing on random orders


def with_long_rest(numbers: Lengths, cuts: Cuts) -> Cuts:
    """The same bars, the one with the longest rest emptied as far as others have room for its pieces.

    Args:
        numbers: lengths of pieces and stock.
        cuts: a plan that holds.
    Returns: a plan that holds, on the same bars or fewer.
    """
    if not cuts:
        return []
    cuts = [(k, list(pieces)) for k, pieces in cuts]
    rests = [numbers.stock[k] - sum(numbers.pieces[i] for i in pieces) for k, pieces in cuts]
    source = max(range(len(cuts)), key=lambda b: (rests[b], b))
    while True:
        swaps = [
            s for b in range(len(cuts)) if b != source for s in _swaps(numbers, cuts, source, b, rests[b])
        ]
        if not swaps:
            return [c for c in cuts if c[1]]
        gain, b, out, back = max(swaps)
        _change(cuts[source][1], (out,), back)
        _change(cuts[b][1], back, (out,))
        rests[source] += gain
        rests[b] -= gain


def _swaps(
    numbers: Lengths, cuts: Cuts, source: int, b: int, room: int
) -> Iterator[tuple[int, int, int, tuple[int, ...]]]:
    """What the source gains, the other bar, the piece that goes there, the pieces that come back."""
    here, there = cuts[source][1], cuts[b][1]
    kinds = sorted(set(there))
    returns = [r for n in range(AT_ONCE + 1) for r in combinations_with_replacement(kinds, n)]
    for out in sorted(set(here)):
        for back in returns:
            gain = numbers.pieces[out] - sum(numbers.pieces[i] for i in back)
            if 0 < gain <= room and all(there.count(i) >= back.count(i) for i in back):
                yield gain, b, out, back


def _change(pieces: list[int], out: Sequence[int], back: Sequence[int]) -> None:
    for i in out:
        pieces.remove(i)
    pieces += back
