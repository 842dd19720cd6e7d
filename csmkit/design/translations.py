# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A kit in other languages: `[es.texts]` and `[es.parts]` of kit.toml, the steps of assembly.es.md.

A translation holds for the English from which it was made, no longer: texts are found by their English, a
step by a mark of its English. What has changed since falls back to English until somebody has looked at it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from csmkit.design.assembly import Section, heading, sections
from csmkit.errors import CsmError
from csmkit.model import KitTexts

CODE = re.compile(r"[a-z]{2,3}(-[A-Z][A-Za-z]+)?")
ASSEMBLY = re.compile(rf"assembly\.(?P<code>{CODE.pattern})\.md")
KEYS = ("texts", "parts")
OF = ("of",)  # the attribute of a translated heading


@dataclass(frozen=True)
class StepTexts:
    """An assembly.es.md as it is written.

    Args:
        intro_of: mark of the English introduction; "" if there is none.
        steps: with `of` among their attributes.
    """

    title: str
    intro: str
    intro_of: str
    steps: tuple[Section, ...]


def mark(title: str, text: str) -> str:
    """Eight characters that change when a step's English changes."""
    words = f"{' '.join(title.split())}\n{' '.join(text.split())}"
    return hashlib.sha256(words.encode("utf-8")).hexdigest()[:8]


def is_language(key: str, value: object) -> bool:
    """Whether a key of kit.toml begins the table of a language."""
    return bool(CODE.fullmatch(key)) and isinstance(value, dict)


def kit_texts(kit: str, code: str, table: Mapping[str, object]) -> KitTexts:
    """The table of a language in kit.toml.

    Raises: CsmError: a key that isn't known, something that is no text.
    """
    for key, texts in table.items():
        if key not in KEYS or not isinstance(texts, dict):
            remedy = f'write [{code}.texts] with "English" = "translation", [{code}.parts] with name = "name"'
            raise _error(kit, "kit.toml", f"[{code}] has {key!r}", remedy)
        for english, other in texts.items():
            if not isinstance(other, str) or not other.strip():
                problem = f"[{code}.{key}] {english!r} = {other!r} is not a text"
                raise _error(kit, "kit.toml", problem, "write it in quotes, or remove the line")
    return KitTexts(*(dict(table.get(key, {})) for key in KEYS))  # type: ignore[call-overload]


def load_steps(kit: str, file: str, text: str, english: str) -> StepTexts:
    """The steps of an assembly.es.md: the same as in assembly.md, in the same order; some may be missing.

    Args:
        file: its name, for the messages.
        english: assembly.md.
    Raises: CsmError: with the line number; a heading without its mark, a step twice, another order.
    """
    intro, steps = sections(kit, text, OF, file)
    order = [mark(s.title, s.text) for s in sections(kit, english)[1]]
    last, seen = -1, dict[str, int]()
    for step in steps:
        place = f"{file} line {step.line}"
        if "of" not in step.attributes:
            raise _error(
                kit,
                place,
                "does not say of which step it is the translation",
                "write { of=… }, see csm check --translations",
            )
        of = step.attributes["of"]
        if of in seen:
            raise _error(kit, place, f"is of the same step as line {seen[of]}", "remove one of them")
        seen[of] = step.line
        if of in order:
            if order.index(of) < last:
                raise _error(
                    kit, place, "stands in another place than in assembly.md", "put the steps into its order"
                )
            last = order.index(of)
    title, of = _title(kit, file, text)
    return StepTexts(title, intro, of, tuple(steps))


def _title(kit: str, file: str, text: str) -> tuple[str, str]:
    """The level-1 heading, with the mark of the introduction."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("# "):
            title, attributes = heading(kit, line, number, OF, file)
            return title, attributes.get("of", "")
    return "", ""


def _error(kit: str, part: str, problem: str, remedy: str) -> CsmError:
    return CsmError(problem, kit=kit, part=part, remedy=remedy)
