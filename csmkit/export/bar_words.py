# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What is done to a bar, in words for lists: "start mitre 20° at 90°, hole Ø 10 at 45 mm (0°)"."""

from __future__ import annotations

from csmkit.model.facts import BarEnd, BarHole, BarWork


def work_words(work: BarWork | None) -> str:
    """The ends that aren't square, then the holes; empty where there is nothing to do."""
    if work is None:
        return ""
    ends = [_end(name, end) for name, end in zip(("start", "end"), work.ends, strict=True)]
    return ", ".join([*filter(None, ends), *map(_hole, work.holes)])


def _end(name: str, end: BarEnd) -> str:
    if end.kind == "mitre":
        return f"{name} mitre {end.angle:.1f}°, longest at {end.around:.0f}°"
    return f"{name} notched, by template" if end.kind == "shaped" else ""


def _hole(hole: BarHole) -> str:
    return f"hole Ø {hole.diameter:g} at {hole.at:.1f} mm ({hole.around:.0f}°)"
