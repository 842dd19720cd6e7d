# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The layout lock: plans that were made and proven, kept beside the kit so that builds repeat.

`layouts.lock.json` maps the key of an instance (a hash of everything that a plan depends on) to placements.
Bar plans aren't in it: their solvers repeat and take a fraction of a second.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from csmkit.errors import CsmError
from csmkit.model import Finding, Nesting, NestInstance, Outline
from csmkit.nest.candidate import Candidate, CutSheet, is_finite
from csmkit.nest.proof.nesting import verify
from csmkit.nest.score import candidate_of, finished, rank

FORMAT = 1
MICROMETRE = 3  # digits after the point in mm


@dataclass(frozen=True)
class Locked:
    """One plan in the lock."""

    sheet: str
    engine: str
    candidate: Candidate


@dataclass(frozen=True)
class Lock:
    """All plans of a lock file by key."""

    entries: Mapping[str, Locked] = field(default_factory=dict)


def key_of(instance: NestInstance) -> str:
    """A hash of what a plan depends on: outlines and through holes to 1 µm, grain, quantities, stock with its
    panels, rules.

    Order, titles, thickness, pockets and prices play no part; names of parts and sheets do, because plans
    name them.
    """
    stock = [
        [s.key, s.kind, s.quantity, s.grain, _rounded(s.outline), sorted(_rounded(d) for d in s.defects)]
        for s in instance.stock
    ]
    items = [
        [
            i.name,
            i.quantity,
            i.pattern.grain,
            _rounded(i.pattern.outline),
            sorted([_rounded(h.region.outline), *map(_rounded, h.region.islands)] for h in i.pattern.holes),
        ]
        for i in instance.items
    ]
    rules = [round(instance.rules.spacing, MICROMETRE), round(instance.rules.edge, MICROMETRE)]
    data = [FORMAT, instance.sheet, rules, sorted(stock, key=json.dumps), sorted(items, key=json.dumps)]
    panels = sorted([s.key, [_rounded(panel) for panel in s.panels]] for s in instance.stock if s.panels)
    if panels:
        data.append([panels, round(instance.rules.kerf, MICROMETRE)])
    return hashlib.sha256(json.dumps(data, separators=(",", ":")).encode()).hexdigest()[:32]


def read_lock(text: str, file: str = "layouts.lock.json") -> Lock:
    """A lock from its text; an empty text is an empty lock.

    Raises: CsmError: it is no lock of this format.
    """
    if not text.strip():
        return Lock()
    try:
        data = json.loads(text)
        if data["format"] != FORMAT:
            raise CsmError(
                f"format {data['format']} of the layout lock is not {FORMAT}",
                kit=file,
                remedy="delete the file and plan again",
            )
        return Lock({key: _entry(value) for key, value in data["plans"].items()})
    except json.JSONDecodeError as error:
        raise CsmError(
            f"line {error.lineno} is no JSON: {error.msg}", kit=file, remedy="delete the file and plan again"
        ) from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CsmError(
            f"not a layout lock: {type(error).__name__} {error}",
            kit=file,
            remedy="delete the file and plan again",
        ) from error


def write_lock(lock: Lock) -> str:
    """The lock's text: plans sorted by sheet and key, one placement a line, the same for equal locks."""
    plans = []
    for key, entry in sorted(lock.entries.items(), key=lambda e: (e[1].sheet, e[0])):
        sheets = []
        for sheet in entry.candidate:
            rows = ",\n".join(f"     {json.dumps([n, *map(_short, v)])}" for n, *v in sheet.placed)
            sheets.append(f'    {{"stock": {json.dumps(sheet.stock)}, "parts": [\n{rows}\n    ]}}')
        head = f'"sheet": {json.dumps(entry.sheet)}, "engine": {json.dumps(entry.engine)}'
        plans.append(f'  {json.dumps(key)}: {{{head}, "sheets": [\n' + ",\n".join(sheets) + "\n  ]}")
    body = ",\n".join(plans)
    return f'{{"format": {FORMAT}, "plans": {{\n{body}\n}}}}\n' if plans else ""


def reuse(lock: Lock, instance: NestInstance) -> tuple[Nesting | None, tuple[Finding, ...]]:
    """The lock's plan for an instance, proven again.

    Returns: (plan, ()); (None, ()) where the lock has none; (None, warnings) where it has one that doesn't
        hold, so that a new plan has to be made.
    """
    entry = lock.entries.get(key_of(instance))
    if entry is None:
        return None, ()
    try:
        nesting = finished(instance, entry.candidate, entry.engine)
    except KeyError as unknown:
        problem = f"it names {unknown}, which is not in the cut list or the stock"
        return None, (_refused(instance, problem),)
    findings = verify(nesting, instance)
    if findings:
        return None, (_refused(instance, str(findings[0])),)
    return nesting, ()


def updated(lock: Lock, instance: NestInstance, nesting: Nesting) -> Lock:
    """The lock with a plan, unless its own plan for the instance holds and is as good."""
    kept, _ = reuse(lock, instance)
    if kept is not None and rank(kept, instance) <= rank(nesting, instance):
        return lock
    entry = Locked(nesting.sheet, nesting.engine, candidate_of(nesting))
    return Lock({**lock.entries, key_of(instance): entry})


def _entry(data: Any) -> Locked:
    sheets = tuple(
        CutSheet(str(s["stock"]), tuple((str(n), float(x), float(y), float(a)) for n, x, y, a in s["parts"]))
        for s in data["sheets"]
    )
    if not all(is_finite(s) for s in sheets):
        raise ValueError("a placement is not a finite number")
    return Locked(str(data["sheet"]), str(data["engine"]), sheets)


def _rounded(outline: Outline) -> list[list[float]]:
    """Vertices to 1 µm, bulges to what moves an arc of a metre by as much; -0.0 becomes 0.0."""
    return [[round(x, 3) + 0.0, round(y, 3) + 0.0, round(b, 6) + 0.0] for x, y, b in outline.vertices]


def _short(value: float) -> float | int:
    return int(value) if value == int(value) else value


def _refused(instance: NestInstance, problem: str) -> Finding:
    remedy = "it is planned again; commit the new lock"
    return Finding(
        instance.sheet, "layout lock", "", f"the locked plan is refused: {problem}", remedy, "warning"
    )
