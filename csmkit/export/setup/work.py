# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The program on its page of the setup sheet: cutters, order of work, what to know of it."""

from __future__ import annotations

from csmkit.cam.setups import DOWEL
from csmkit.export.book.words import Words, part_of, short_name
from csmkit.export.language.language import N_
from csmkit.model.cam import CutterUse, Operation, Report

AIR = 5.0  # mm between the collet's nut and the stock at the deepest cut
SHOWN = 4  # notes on the page; the rest stands in the proof's file
WORK = {
    "engrave": N_("engraved marks"),
    "drill": N_("holes"),
    "pocket": N_("pockets"),
    "inside": N_("inner contours"),
    "outside": N_("outer contours"),
    "surface": N_("surfaces"),
}


def clock(seconds: float) -> str:
    """A time as a clock shows it: "6:42 min", "1:05 h"."""
    whole = round(seconds)
    if whole < 3600:
        return f"{whole // 60}:{whole % 60:02d} min"
    return f"{whole // 3600}:{whole % 3600 // 60:02d} h"


def cutter(use: CutterUse, report: Report, words: Words) -> dict[str, str]:
    """A row of the table of cutters."""
    tool = use.tool
    return {
        "number": "" if report.tool_change == "none" else f"T{use.number}",
        "name": f"{words.told(tool.title)} ({tool.key})",
        "diameter": words.decimals(f"{tool.diameter:g}"),
        "flutes": words.decimals(f"{tool.flutes} × {tool.flute_length:g}"),
        "out": f"{use.depth + AIR:.0f}",
        "rpm": f"{use.rpm:.0f}",
        "feed": f"{use.feed_mm_min:.0f}",
        "plunge": f"{use.plunge_mm_min:.0f}",
        "time": clock(use.seconds),
    }


def jobs(report: Report, words: Words) -> list[dict[str, object]]:
    """Rows of the order of work: files to load, cutters to take, cuts."""
    rows: list[dict[str, object]] = []
    tool = ""
    uses = {use.tool.key: use for use in report.cutters}
    operations = list(report.operations)
    if report.tool_change == "none":  # a file a tool
        operations.sort(key=lambda operation: list(uses).index(operation.tool))
    for operation in operations:
        if operation.tool != tool:
            tool = operation.tool
            rows.append({"change": _change(uses[tool], report, words, is_first=not rows)})
        rows.append({"what": _what(operation, words), "tool": tool, "time": clock(operation.seconds)})
    return rows


def _change(use: CutterUse, report: Report, words: Words, is_first: bool) -> str:
    """What to do before a cutter's first cut."""
    _ = words.gettext
    file = next(f for f in report.files if use.suffix in f)
    if report.tool_change == "none" and is_first:
        said = _("Put in %(cutter)s; load %(file)s")
    elif report.tool_change == "none":
        said = _("Put in %(cutter)s, set Z to 0 again (X and Y stay); load %(file)s")
    elif report.tool_change == "auto" and is_first:
        said = _("Load %(file)s; the machine takes T%(n)s %(cutter)s")
    elif report.tool_change == "auto":
        said = _("The machine takes T%(n)s %(cutter)s")
    elif is_first:
        said = _("Put in T%(n)s %(cutter)s; load %(file)s")
    else:
        said = _("The machine stops: put in T%(n)s %(cutter)s, set its length, go on")
    return said % {"cutter": use.tool.key, "n": use.number, "file": file}


def _what(operation: Operation, words: Words) -> str:
    """ "12 × pockets of 3 parts"."""
    _ = words.gettext
    parts = [part for part in operation.parts if part != DOWEL]
    if len(parts) > 1:
        said = _("%(count)s × %(work)s of %(parts)s parts")
    else:
        said = _("%(count)s × %(work)s of %(part)s") if parts else _("%(count)s × %(work)s for the pins")
    of = {"parts": len(parts), "part": words.piece(parts[0]) if parts else ""}
    return said % {"count": operation.cuts, "work": words.word(WORK[operation.kind]), **of}


def names(report: Report, words: Words) -> list[str]:
    """What the parts are called in the language, as far as it is not how they are engraved: "bed: cama"."""
    parts = {part_of(part)[0] for operation in report.operations for part in operation.parts}
    return [f"{short_name(part)}: {words.name(part)}" for part in sorted(parts & words.renamed)]


def notes(report: Report, words: Words) -> list[str]:
    """What there is to know of the program."""
    rows = [_note(note, words) for note in report.notes[:SHOWN]]
    hidden = len(report.notes) - SHOWN
    if hidden > 0:
        rows.append(
            words.gettext("%(count)s more in %(file)s") % {"count": hidden, "file": f"{report.setup}.json"}
        )
    return rows


def _note(note: str, words: Words) -> str:
    """A note of the program; before its colon may stand of what it is."""
    found = words.find(note)
    if found is not None:
        return found
    subject, sign, said = note.partition(": ")
    return f"{words.piece(subject)}{sign}{words.told(said)}"


def proof(report: Report, words: Words) -> str:
    """What the proof has shown."""
    said = words.gettext(
        "Proven from the written file: no cut into a part, nothing left but the tabs, no fast move in the"
        " wood, all within the reach of %(machine)s. %(cut)s m of cutting, %(rapid)s m of ways between."
    )
    return said % {
        "machine": words.told(report.machine_title),
        "cut": words.decimals(f"{report.cut_mm / 1000:.1f}"),
        "rapid": words.decimals(f"{report.rapid_mm / 1000:.1f}"),
    }
