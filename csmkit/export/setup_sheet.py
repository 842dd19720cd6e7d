# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Setup sheet: one A4 page a clamping with what the person at the machine needs to know, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from csmkit.cam.setups import DOWEL, PIN_HOLD
from csmkit.errors import CsmError
from csmkit.export.svg.setup import HEAD, SetupPlan, setup_plan
from csmkit.export.typst import typeset
from csmkit.model.cam import CutterUse, Operation, Program, Report
from csmkit.model.outline import Point

ROOM = (186.0, 98.0)  # mm on paper for the plan
AIR = 5.0  # mm between the collet's nut and the stock at the deepest cut
RESERVE = 2.0  # mm between what stands on the sheet and the rapids
SHOWN = 4  # notes on the page; the rest stands in the proof's file
WORDS = {
    "engrave": "engraved marks",
    "drill": "holes",
    "pocket": "pockets",
    "inside": "inner contours",
    "outside": "outer contours",
    "surface": "surfaces",
}


@dataclass(frozen=True)
class SetupPage:
    """What a page shows.

    Args:
        report: the program as data.
        plan: the drawing.
        through: how deep below the stock the cutter goes, mm.
        folder: where the program lies: "gcode/router-2500x1250".
        pins: where they are, mm; None: the sheet is not turned over.
        pin_depth: how deep their holes go into the spoil board, mm.
    """

    report: Report
    plan: SetupPlan
    through: float
    folder: str
    pins: tuple[Point, ...] | None
    pin_depth: float = 0.0


def setup_page(report: Report, program: Program, through: float, folder: str) -> SetupPage:
    """The page of a program.

    Args:
        through: how deep below the stock the cutter goes, mm.
        folder: where the program lies.
    """
    setup = program.setup
    deep = max((c.depth - setup.thickness for c in setup.cuts if c.part == DOWEL), default=0.0)
    return SetupPage(report, setup_plan(program, ROOM), through, folder, setup.pins, deep)


def setup_sheet_pdf(pages: Sequence[SetupPage], title: str = "Setup sheet") -> bytes:
    """A PDF with the pages in the order of work; the same pages give the same bytes.

    Raises: CsmError: there are no pages.
    """
    if not pages:
        raise CsmError("no programs to set up")
    return typeset("setup_sheet.typ", {"title": title, "pages": [_page(page) for page in pages]})


def _page(page: SetupPage) -> dict[str, object]:
    report = page.report
    kit, *rest, where, _ = report.header
    hidden = len(report.notes) - SHOWN
    return {
        "kit": kit.partition(": ")[2] or kit,
        "edition": ", ".join(rest),
        "where": where.partition(": ")[0],
        "side": _side(page),
        "good": report.good,
        "setup": report.setup,
        "time": clock(report.seconds),
        "machine": report.machine_title,
        "folder": page.folder,
        "plan": page.plan.svg,
        "wide": page.plan.width,
        "pins": bool(page.pins),
        "key": [f"{n} {name}" for n, name in enumerate(page.plan.numbered, 1)],
        "stock": _stock(page),
        "zero": _zero(page),
        "hold": _hold(page),
        "cutters": [_cutter(use, report) for use in report.cutters],
        "jobs": _jobs(report),
        "checks": _checks(page),
        "after": _after(page),
        "notes": [*report.notes[:SHOWN], *([f"{hidden} more in {report.setup}.json"] if hidden > 0 else [])],
        "proof": _proof(report),
    }


def _side(page: SetupPage) -> str:
    if page.pins is None:
        return ""
    return "1 of 2: underside up" if page.report.side == "bottom" else "2 of 2: top up"


def clock(seconds: float) -> str:
    """A time as a clock shows it: "6:42 min", "1:05 h"."""
    whole = round(seconds)
    if whole < 3600:
        return f"{whole // 60}:{whole % 60:02d} min"
    return f"{whole // 3600}:{whole % 3600 // 60:02d} h"


def _stock(page: SetupPage) -> list[str]:
    report = page.report
    x, y = report.size
    cut = report.thickness + page.through
    size = f"{report.good}: {x:g} × {y:g} mm"
    if report.is_measured:
        return [size, f"Thickness {report.thickness:g} mm, as your workshop measured it."]
    return [
        size,
        f"Thickness {report.thickness:g} mm is the usual value; nobody measured this sheet."
        f" Above {cut - 0.1:.1f} mm it would not be cut through: measure, enter it in the workshop file,"
        " build again.",
    ]


def _zero(page: SetupPage) -> list[str]:
    x, y = page.report.size
    lies = "along X" if x >= y else "along Y"
    return [
        f"Lay the sheet with its long side, {max(x, y):g} mm, {lies}.",
        "X and Y: 0 at the corner that the plan marks, lower left.",
        "Z: 0 on top of the sheet, not on the table.",
    ]


def _hold(page: SetupPage) -> list[str]:
    report = page.report
    x0, y0, _, x1, y1, _ = page.plan.frame
    rise = max(report.safe_z - RESERVE, 0.0)
    return [
        f"Screws and clamps: in the white only (heads up to {2 * HEAD:g} mm wide).",
        f"Inside the dashed line (X {x0:.0f} to {x1:.0f}, Y {y0:.0f} to {y1:.0f}) nothing may stand more than"
        f" {rise:g} mm above the sheet: cutter and nut pass close above it.",
    ]


def _cutter(use: CutterUse, report: Report) -> dict[str, str]:
    tool = use.tool
    return {
        "number": "" if report.tool_change == "none" else f"T{use.number}",
        "name": f"{tool.title} ({tool.key})",
        "diameter": f"{tool.diameter:g}",
        "flutes": f"{tool.flutes} × {tool.flute_length:g}",
        "out": f"{use.depth + AIR:.0f}",
        "rpm": f"{use.rpm:.0f}",
        "feed": f"{use.feed_mm_min:.0f}",
        "plunge": f"{use.plunge_mm_min:.0f}",
        "time": clock(use.seconds),
    }


def _jobs(report: Report) -> list[dict[str, object]]:
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
            rows.append({"change": _change(uses[tool], report, is_first=not rows)})
        rows.append({"what": _what(operation), "tool": tool, "time": clock(operation.seconds)})
    return rows


def _change(use: CutterUse, report: Report, is_first: bool) -> str:
    """What to do before a cutter's first cut."""
    number, key = f"T{use.number} ", use.tool.key
    if report.tool_change == "none":
        file = next(f for f in report.files if use.suffix in f)
        return f"Put in {key}{'' if is_first else ', set Z to 0 again (X and Y stay)'}; load {file}"
    if report.tool_change == "auto":
        return f"{f'Load {report.files[0]}; the' if is_first else 'The'} machine takes {number}{key}"
    if is_first:
        return f"Put in {number}{key}; load {report.files[0]}"
    return f"The machine stops: put in {number}{key}, set its length, go on"


def _what(operation: Operation) -> str:
    parts = [part.rpartition("/")[2] for part in operation.parts if part != DOWEL]
    of = f" of {len(parts)} parts" if len(parts) > 1 else f" of {parts[0]}" if parts else " for the pins"
    return f"{operation.cuts} × {WORDS[operation.kind]}{of}"


def _checks(page: SetupPage) -> list[str]:
    report = page.report
    deepest = max(use.depth for use in report.cutters)
    rows = [
        f"Thickness, measured in four places: ________ mm (program: {report.thickness:g} mm)",
        "Sheet turned over left to right, pushed onto both pins" if _is_second(page) else "",
        _spoil_board(page, deepest - report.thickness),
        "Sheet lies flat and fast, no screw in the grey",
        "Cutter clean and sharp, tight, as far out of the collet as the table says",
        "X, Y and Z set to 0; spindle above all clamps",
        "First in the air: Z set to 0 some 30 mm higher, the way watched; then Z set back to the sheet",
        "Dust extraction on, nobody in reach of the machine",
    ]
    return [row for row in rows if row]


def _spoil_board(page: SetupPage, deep: float) -> str:
    if page.pin_depth > 0:
        return f"Spoil board below: the pins' holes go {deep:.1f} mm into it"
    return f"Spoil board below: the cutter goes {deep:.1f} mm into it" if deep > 0 else ""


def _is_second(page: SetupPage) -> bool:
    return bool(page.pins) and page.report.side == "top"


def _after(page: SetupPage) -> list[str]:
    report = page.report
    if page.pins is not None and report.side == "bottom":
        return _turning(page.pins, page.pin_depth)
    rows = []
    if report.tabs:
        rows.append(
            f"{report.tabs} tabs hold the parts (thick marks): cut them with a chisel or saw, then sand."
        )
    if report.skins:
        names = ", ".join(name.rpartition("/")[2] for name in report.skins)
        rows.append(f"A thin skin holds {names}: cut it with a knife.")
    return rows


def _turning(pins: Sequence[Point], deep: float) -> list[str]:
    """How the sheet is turned over after the first clamping."""
    if not pins:
        return [
            "Turn the sheet over left to right, like a page of a book. There is no room for pins: set X, Y"
            " and Z to 0 anew at the corner that is then lower left. Then the next page."
        ]
    places = " and ".join(f"X {x:g} Y {y:g}" for x, y in pins)
    rows = [
        "Turn the sheet over left to right, like a page of a book; push a pin of the holes' diameter through"
        f" each of the two holes ({places}) into the spoil board, not higher than the sheet. X and Y stay,"
        " set Z to 0 anew. Then the next page."
    ]
    if deep < PIN_HOLD:
        rows.insert(
            0,
            f"Before you loosen the sheet: both holes go only {deep:.1f} mm into the spoil board; drill them"
            " on by hand to 8 mm.",
        )
    return rows


def _proof(report: Report) -> str:
    return (
        "Proven from the written file: no cut into a part, nothing left but the tabs, no fast move in the"
        f" wood, all within the reach of {report.machine_title}. {report.cut_mm / 1000:.1f} m of cutting,"
        f" {report.rapid_mm / 1000:.1f} m of ways between."
    )
