# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a language lacks: texts without a translation, translations whose English has changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from csmkit.design.translations import StepTexts, mark
from csmkit.export.language.kit import known
from csmkit.export.language.language import Language, is_translated, load_catalog
from csmkit.export.language.phrases import BETWEEN, Phrase, Translation, table, translated, translation
from csmkit.model import KitTexts
from csmkit.pipeline.english import English
from csmkit.site.catalogs import messages

NO_TEXTS = KitTexts({}, {})


@dataclass(frozen=True)
class Gap:
    """Something to translate, or to translate anew.

    Args:
        kind: stale: the English is no longer said; figures: the translation has other figures than it.
        place: file and table or line where it belongs.
        text: ready to be pasted there, but for the translation.
    """

    kind: Literal["missing", "stale", "figures"]
    place: str
    text: str


def frame_gaps(code: str) -> list[Gap]:
    """What the catalog of a language lacks."""
    today, catalog, place = messages(), load_catalog(code), f"{code}.po"
    said = [(m, catalog.get(m.id)) for m in today if m.id]
    missing = [m for m, found in said if found is None or not is_translated(found)]
    stale = [m for m in catalog if m.id and today.get(m.id) is None]
    return [
        *(Gap("missing", place, json.dumps(m.id, ensure_ascii=False)) for m in missing),
        *(Gap("stale", place, json.dumps(m.id, ensure_ascii=False)) for m in stale),
    ]


def kit_gaps(
    english: English, language: Language, said: KitTexts | None, steps: StepTexts | None
) -> list[Gap]:
    """What a kit lacks in a language.

    Args:
        said: its table in kit.toml.
        steps: its translated assembly.md.
    """
    texts, parts = (said or NO_TEXTS).texts, (said or NO_TEXTS).parts
    return [
        *_texts(english, language, texts),
        *_parts(english, language.code, parts),
        *_steps(english, language.code, steps),
    ]


def _texts(english: English, language: Language, texts: Mapping[str, str]) -> Iterator[Gap]:
    place, own, used = f"kit.toml [{language.code}.texts]", table(texts), set[str]()

    def found(words: str) -> Translation | None:
        used.add(words)
        return own.get(words) or known(language, words)

    wanted = [
        piece for text in english.texts if translated(text, found) is None for piece in text.split(BETWEEN[0])
    ]
    missing = {Phrase.of(piece).words: piece for piece in wanted if translated(piece, found) is None}
    for text in missing.values():
        yield Gap("missing", place, f"{json.dumps(text, ensure_ascii=False)} = …")
    for text, other in texts.items():
        if Phrase.of(text).words not in used:
            yield Gap("stale", place, f"{json.dumps(text, ensure_ascii=False)} = …")
        elif translation(text, other) is None:
            yield Gap("figures", place, json.dumps(other, ensure_ascii=False))


def _parts(english: English, code: str, parts: Mapping[str, str]) -> Iterator[Gap]:
    place = f"kit.toml [{code}.parts]"
    for name in english.parts:
        if name not in parts:
            yield Gap("missing", place, f"{json.dumps(name, ensure_ascii=False)} = …")
    for name in parts:
        if name not in english.parts:
            yield Gap("stale", place, f"{json.dumps(name, ensure_ascii=False)} = …")


def _steps(english: English, code: str, steps: StepTexts | None) -> Iterator[Gap]:
    file, have = f"assembly.{code}.md", {s.attributes["of"]: s for s in steps.steps} if steps else {}
    wanted = {mark(s.title, s.text): s for s in english.steps}
    if english.intro and (steps is None or steps.intro_of != mark("", english.intro)):
        yield Gap("missing", f"{file} introduction", f"# … {{ of={mark('', english.intro)} }}")
    for of, step in wanted.items():
        if of not in have:
            yield Gap("missing", f"{file}, assembly.md line {step.line}", f"## {step.title} {{ of={of} }}")
    for of, written in have.items():
        if of not in wanted:
            yield Gap("stale", f"{file} line {written.line}", f"## {written.title} {{ of={of} }}")
