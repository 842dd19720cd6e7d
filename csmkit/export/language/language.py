# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The languages of the site: their catalogs, their decimal signs, where their pages lie."""

from __future__ import annotations

import gettext
import re
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # babel is loaded where it is needed: a build without another language starts faster
    from babel.messages.catalog import Catalog, Message

LOCALE = Path(__file__).parent / "locale"
SOURCE = "en"  # the language of the templates and of most kits; its pages lie at the site's root
PUBLISHED = 0.9  # of all texts: a catalog with fewer gives no pages yet
DECIMAL_POINT = re.compile(r"(?<=\d)\.(?=\d)")


@dataclass(frozen=True)
class Language:
    """A language of the frame: what the templates and the tables say.

    Args:
        code: as in the lang attribute: "es".
        catalog: English to this language; what it lacks stays English.
    """

    code: str
    catalog: gettext.NullTranslations

    @property
    def name(self) -> str:
        """Its own name for itself: "Español"."""
        from babel import Locale

        return (Locale.parse(self.code).display_name or self.code).capitalize()

    @property
    def folder(self) -> str:
        """Where its pages lie below the site's root: "es/"; "" for English."""
        return "" if self.code == SOURCE else f"{self.code}/"

    @property
    def to_root(self) -> str:
        """From its home page to the site's root: "../"; "" for English."""
        return "../" if self.folder else ""

    def gettext(self, text: str) -> str:
        """A text of the frame in this language; as it is if nobody has translated it."""
        return self.find(text) or text

    def find(self, text: str) -> str | None:
        """A text of the frame in this language, or None."""
        return (self.catalog.gettext(text) or None) if text else None

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The same where it depends on a number."""
        return self.catalog.ngettext(one, many, count)

    def decimals(self, text: str) -> str:
        """A text of figures with this language's decimal sign: "12,5 mm".

        For figures that are read by people only; commands, file names and sizes of standards keep the point.
        """
        return DECIMAL_POINT.sub(_decimal_sign(self.code), text)


@cache
def _decimal_sign(code: str) -> str:
    from babel.numbers import get_decimal_symbol

    return get_decimal_symbol(code)


class _Silent(gettext.NullTranslations):
    """Says nothing where a catalog has no translation."""

    def gettext(self, message: str) -> str:
        return ""


ENGLISH = Language(SOURCE, gettext.NullTranslations())


class Foreign(str):
    """A text that stays in English on a page of another language; the page marks it so."""


def N_(text: str) -> str:
    """Mark a text for the catalogs; it is translated where it is shown."""
    return text


def load_catalog(code: str) -> Catalog:
    """The catalog of a language, as translators write it."""
    from babel.messages.pofile import read_po

    with (LOCALE / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code)


def load_language(code: str) -> Language:
    """A language by its code; English has no catalog."""
    if code == SOURCE:
        return ENGLISH
    from babel.messages.mofile import write_mo

    compiled = BytesIO()
    write_mo(compiled, load_catalog(code))
    compiled.seek(0)
    catalog = gettext.GNUTranslations(compiled)
    catalog.add_fallback(_Silent())
    return Language(code, catalog)


def codes() -> list[str]:
    """Every language that has a catalog, complete or not."""
    return sorted(path.stem for path in LOCALE.glob("*.po"))


def translated_share(catalog: Catalog) -> float:
    """How much of a catalog is translated, 0 to 1."""
    messages = [message for message in catalog if message.id]
    return sum(map(is_translated, messages)) / len(messages) if messages else 0.0


def is_translated(message: Message) -> bool:
    """Whether a message has its translation, in the plural too."""
    said = message.string or ""
    return not message.fuzzy and (bool(said) if isinstance(said, str) else all(said))


def published_codes() -> list[str]:
    """The languages beside English whose catalogs say nearly everything."""
    return [code for code in codes() if translated_share(load_catalog(code)) >= PUBLISHED]


def published() -> list[Language]:
    """The languages that get pages: English, then those that say nearly everything."""
    return [ENGLISH, *map(load_language, published_codes())]
