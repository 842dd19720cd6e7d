# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What the person at the machine does before the program runs, and after: sheet, zero, clamps, checks."""

from __future__ import annotations

from collections.abc import Sequence

from csmkit.cam.setups import PIN_HOLD
from csmkit.export.book.words import Words
from csmkit.export.setup.page import SetupPage
from csmkit.export.svg.setup import HEAD
from csmkit.model.outline import Point

RESERVE = 2.0  # mm between what stands on the sheet and the rapids


def stock(page: SetupPage, words: Words) -> list[str]:
    """The sheet, and whether somebody measured its thickness."""
    _, report = words.gettext, page.report
    size = f"{words.told(report.good)}: {words.mm(report.size)} mm"
    thickness = words.figure(report.thickness, "mm")
    if report.is_measured:
        return [size, _("Thickness %(thickness)s, as your workshop measured it.") % {"thickness": thickness}]
    usual = _(
        "Thickness %(thickness)s is the usual value; nobody measured this sheet. Above %(most)s mm it would"
        " not be cut through: measure, enter it in the workshop file, build again."
    )
    most = words.decimals(f"{report.thickness + page.through - 0.1:.1f}")
    return [size, usual % {"thickness": thickness, "most": most}]


def zero(page: SetupPage, words: Words) -> list[str]:
    """How the sheet lies, and where the program counts from."""
    _, (x, y) = words.gettext, page.report.size
    along_x = _("Lay the sheet with its long side, %(long)s mm, along X.")
    along_y = _("Lay the sheet with its long side, %(long)s mm, along Y.")
    return [
        (along_x if x >= y else along_y) % {"long": words.decimals(f"{max(x, y):g}")},
        _("X and Y: 0 at the corner that the plan marks, lower left."),
        _("Z: 0 on top of the sheet, not on the table."),
    ]


def holding(page: SetupPage, words: Words) -> list[str]:
    """Where screws and clamps may be."""
    _ = words.gettext
    x0, y0, _low, x1, y1, _high = page.plan.frame
    rise = max(page.report.safe_z - RESERVE, 0.0)
    low = _(
        "Inside the dashed line (X %(x0)s to %(x1)s, Y %(y0)s to %(y1)s) nothing may stand more than %(rise)s"
        " mm above the sheet: cutter and nut pass close above it."
    )
    box = {"x0": f"{x0:.0f}", "x1": f"{x1:.0f}", "y0": f"{y0:.0f}", "y1": f"{y1:.0f}"}
    return [
        _("Screws and clamps: in the white only (heads up to %(wide)s mm wide).")
        % {"wide": words.decimals(f"{2 * HEAD:g}")},
        low % (box | {"rise": words.decimals(f"{rise:g}")}),
    ]


def checks(page: SetupPage, words: Words) -> list[str]:
    """What is ticked off before the start."""
    _, report = words.gettext, page.report
    is_second = bool(page.pins) and report.side == "top"
    rows = [
        _("Thickness, measured in four places: ________ mm (program: %(thickness)s)")
        % {"thickness": words.figure(report.thickness, "mm")},
        _("Sheet turned over left to right, pushed onto both pins") if is_second else "",
        _spoil_board(page, words),
        _("Sheet lies flat and fast, no screw in the grey"),
        _("Cutter clean and sharp, tight, as far out of the collet as the table says"),
        _("X, Y and Z set to 0; spindle above all clamps"),
        _("First in the air: Z set to 0 some 30 mm higher, the way watched; then Z set back to the sheet"),
        _("Dust extraction on, nobody in reach of the machine"),
    ]
    return [row for row in rows if row]


def _spoil_board(page: SetupPage, words: Words) -> str:
    _, report = words.gettext, page.report
    deep = max(use.depth for use in report.cutters) - report.thickness
    if page.pin_depth > 0:
        said = _("Spoil board below: the pins' holes go %(deep)s mm into it")
    else:
        said = _("Spoil board below: the cutter goes %(deep)s mm into it")
    return said % {"deep": words.decimals(f"{deep:.1f}")} if deep > 0 or page.pin_depth > 0 else ""


def after(page: SetupPage, words: Words) -> list[str]:
    """What is done when the program has ended."""
    report = page.report
    if page.pins is not None and page.is_first:
        return _turning(page.pins, page.pin_depth, words)
    rows = []
    if report.tabs:
        tabs = words.ngettext(
            "%(count)s tab holds the parts (thick mark): cut it with a chisel or saw, then sand.",
            "%(count)s tabs hold the parts (thick marks): cut them with a chisel or saw, then sand.",
            report.tabs,
        )
        rows.append(tabs % {"count": report.tabs})
    if report.skins:
        skin = words.gettext("A thin skin holds %(parts)s: cut it with a knife.")
        rows.append(skin % {"parts": ", ".join(map(words.piece, report.skins))})
    return rows


def _turning(pins: Sequence[Point], deep: float, words: Words) -> list[str]:
    """How the sheet is turned over after the first clamping."""
    _ = words.gettext
    if not pins:
        return [
            _(
                "Turn the sheet over left to right, like a page of a book. There is no room for pins: set X,"
                " Y and Z to 0 anew at the corner that is then lower left. Then the next page."
            )
        ]
    x0, y0, x1, y1 = (words.decimals(f"{value:g}") for pin in pins for value in pin)
    rows = [
        _(
            "Turn the sheet over left to right, like a page of a book; push a pin of the holes' diameter"
            " through each of the two holes (X %(x0)s Y %(y0)s and X %(x1)s Y %(y1)s) into the spoil board,"
            " not higher than the sheet. X and Y stay, set Z to 0 anew. Then the next page."
        )
        % {"x0": x0, "y0": y0, "x1": x1, "y1": y1}
    ]
    if deep < PIN_HOLD:
        by_hand = _(
            "Before you loosen the sheet: both holes go only %(deep)s mm into the spoil board; drill them on"
            " by hand to 8 mm."
        )
        rows.insert(0, by_hand % {"deep": words.decimals(f"{deep:.1f}")})
    return rows
