# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""instructions.md says steps, amounts and limits in the kit's language, figures with its decimal sign."""

from __future__ import annotations

import re

import book_sample as sample
import pytest

from csmkit.export.book.instructions import instructions
from csmkit.export.book.words import Words
from csmkit.export.language.kit import in_language
from csmkit.export.language.language import ENGLISH, Language, load_language

SPANISH = load_language("es")


def told(language: Language, **changes: object) -> str:
    kit = in_language(sample.kit(**{"translations": {"es": sample.SPANISH}, **changes}), language)
    return instructions(kit, Words.of(kit, language)).decode()


def test_everything_but_what_nobody_translated_is_spanish() -> None:
    text = told(SPANISH)
    assert text.startswith("# Banco de jardín ")
    assert re.search(r"^Pasos: \d+\. Tiempo: .*Herramientas: ", text, re.MULTILINE)
    assert "## 1. Atornilla los costados" in text
    assert re.search(r"^- \d+ × costado \(side\)$", text, re.MULTILINE)
    assert "| concepto | valor | límite | fórmula | fuente |" in text
    assert "| carga sobre el asiento |" in text


@pytest.mark.parametrize(("language", "amount"), [(ENGLISH, "0.25 l"), (SPANISH, "0,25 l")])
def test_a_good_has_the_amount_of_all_kits_within_the_kit(language: Language, amount: str) -> None:
    bulk = [{"standard": "beeswax", "size": "yellow", "amount": a, "unit": "l"} for a in (0.1, 0.15)]
    step = {
        "title": "Wax it",
        "text": "Twice.",
        "adds": [["beeswax yellow", 1]],
        "tools": [],
        "minutes": 125.0,
    }
    text = told(language, bulk=bulk, assembly={"intro": "", "steps": [step]}, translations={})
    assert f"- {amount} beeswax yellow\n" in text
    assert "2 h 5 min" in text


def test_a_text_with_a_bar_keeps_to_its_cell() -> None:
    limit = {**sample.kit()["limits"][0], "formula": "|a| +\nb"}
    assert "| \\|a\\| + b |" in told(ENGLISH, limits=[limit])
