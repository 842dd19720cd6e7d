# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Setup sheet: one A4 page a clamping with what the person at the machine needs to know, in their order.

Parts bear the names that are engraved on them; in another language the page says what each is called there.
"""

from __future__ import annotations

from collections.abc import Sequence

from csmkit.errors import CsmError
from csmkit.export.book.words import Words
from csmkit.export.language.language import N_
from csmkit.export.language.say import SAY, template_words
from csmkit.export.setup.care import after, checks, holding, stock, zero
from csmkit.export.setup.page import SetupPage
from csmkit.export.setup.work import clock, cutter, jobs, names, notes, proof
from csmkit.export.typst import typeset

IN_ENGLISH = Words()
TITLE = N_("%(name)s: setup sheet")
DEFAULT = N_("as by default")  # what a program's header says of its parameters; else "with width = 900"


def setup_sheet_pdf(pages: Sequence[SetupPage], name: str = "csmkit", words: Words = IN_ENGLISH) -> bytes:
    """A PDF with the pages in the order of work; the same pages give the same bytes.

    Args:
        name: of the kit or order, for the title.
        words: of its language.
    Raises: CsmError: there are no pages.
    """
    if not pages:
        raise CsmError("no programs to set up")
    data = {
        "title": words.word(TITLE) % {"name": name},
        "language": words.language.code,
        "words": template_words(words.language),
        "pages": [_page(page, words) for page in pages],
    }
    return typeset("setup/sheet.typ", data, {SAY.name: SAY.read_bytes()})


def _page(page: SetupPage, words: Words) -> dict[str, object]:
    report = page.report
    kit, *rest, where, _ = report.header
    return {
        "kit": _kit(kit.partition(": ")[2] or kit, words),
        "edition": ", ".join(_edition(said, words) for said in rest),
        "where": _where(where.partition(": ")[0], words),
        "side": _side(page, words),
        "good": words.told(report.good),
        "setup": report.setup,
        "time": clock(report.seconds),
        "machine": words.told(report.machine_title),
        "folder": page.folder,
        "plan": page.plan.svg,
        "wide": page.plan.width,
        "pins": bool(page.pins),
        "key": [f"{n} {name}" for n, name in enumerate(page.plan.numbered, 1)],
        "names": names(report, words),
        "stock": stock(page, words),
        "zero": zero(page, words),
        "hold": holding(page, words),
        "cutters": [cutter(use, report, words) for use in report.cutters],
        "jobs": jobs(report, words),
        "checks": checks(page, words),
        "after": after(page, words),
        "notes": notes(report, words),
        "proof": proof(report, words),
    }


def _kit(said: str, words: Words) -> str:
    """Title, key and version: "Step stool, step-stool 1.0.0"."""
    title, sign, edition = said.rpartition(", ")
    return f"{words.told(title)}{sign}{edition}"


def _where(said: str, words: Words) -> str:
    """ "sheet 1 of 2", or the part that is milled."""
    found = words.find(said)
    return words.piece(said) if found is None else found


def _edition(said: str, words: Words) -> str:
    if said == DEFAULT:
        return words.word(DEFAULT)
    sign, _, values = said.partition(" ")
    return words.gettext("with %(values)s") % {"values": values} if sign == "with" else words.told(said)


def _side(page: SetupPage, words: Words) -> str:
    if page.pins is None:
        return ""
    return words.gettext("1 of 2: underside up") if page.is_first else words.gettext("2 of 2: top up")
