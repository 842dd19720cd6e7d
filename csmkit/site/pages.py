# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Templates to Markdown pages. Everything that a kit says is escaped; only `prose` makes HTML of it."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from csmkit.export.language.language import ENGLISH, SOURCE, Foreign, Language
from csmkit.export.markdown import is_web
from csmkit.model.manifest import argument
from csmkit.site import figures, units
from csmkit.site.prose import STEP_LEVEL, prose, prose_line

TEMPLATES = Path(__file__).parent / "templates"
FIGURES: Mapping[str, Callable[..., str]] = {
    "kg": figures.mass,
    "duration": figures.duration,
    "money": figures.money,
    "percent": figures.percent,
    "size": figures.file_size,
    "number": figures.number,
    "significant": figures.significant,
    "decimals": str,  # a size that is a text already: "880 × 383.5 × 12"
}


def page(template: str, meta: Mapping[str, Any], language: Language = ENGLISH, **values: Any) -> str:
    """One Markdown page with its front matter.

    Args:
        meta: title, description and the like; escaped here, since the theme prints texts as they are.
        language: of the page; the same page is there in the site's other languages.
        values: what the template shows.
    """
    return _page(template, {**meta, "translated": True}, language, values)


def english_page(template: str, meta: Mapping[str, Any], **values: Any) -> str:
    """As `page`, of the contributors' guides: no other language has it."""
    return _page(template, meta, ENGLISH, values)


def _page(template: str, meta: Mapping[str, Any], language: Language, values: Mapping[str, Any]) -> str:
    lines = [f"{key}: {json.dumps(_meta(value), ensure_ascii=False)}" for key, value in meta.items()]
    body = _environment(language).get_template(template).render(**values)
    return "\n".join(["---", *lines, "---", "", body])


def fragment(template: str, **values: Any) -> Markup:
    """A piece of an English page: of the guides, which no other language has."""
    return Markup(_environment(ENGLISH).get_template(template).render(**values))


def _meta(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return html.escape("".join(c if c.isprintable() else " " for c in value), quote=True)


@cache
def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        autoescape=True,  # the pages are HTML blocks; Markdown reads only the headings between them
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # comes with the extension
        language.gettext, language.ngettext, newstyle=True
    )
    environment.globals |= {"_": _gettext(language), "language": language}
    environment.filters |= {name: _local(figure, language) for name, figure in FIGURES.items()}
    environment.filters |= {
        "mm": lambda values, digits=1: units.marked(values, digits, language.decimals),
        "mm_size": lambda text: units.marked_size(text, language.decimals),
        "setting_mm": lambda value, unit: units.marked_setting(value, unit, _setting(value, language)),
        "argument": argument,
        "setting": lambda value: _setting(value, language),
        "prose": _prose,
        "own": own,
        "word": language.gettext,  # of a variable: unlike _() its result is no markup
        "item": _item,
        "within": _within,
        "original": _original,
        "prose_line": lambda text: _marked(text, prose_line(text)),
        "href": lambda path: quote(path, safe="/"),
    }
    environment.tests["web"] = is_web
    return environment


def _gettext(language: Language) -> Callable[..., Markup]:
    """The extension's `_` without its detours: templates call it hundreds of times a page."""

    @cache
    def plain(text: str) -> Markup:
        return Markup(language.gettext(text)) % {}

    return lambda text, **values: Markup(language.gettext(text)) % values if values else plain(text)


def own(text: str) -> str:
    """A kit's own text, marked where it is not in the language of the page."""
    return _marked(text, escape(text)) if isinstance(text, Foreign) else text


def _marked(text: str, made: Markup) -> Markup:
    """What was made of a text, with the text's language."""
    return Markup('<span lang="{}">{}</span>').format(SOURCE, made) if isinstance(text, Foreign) else made


def _prose(text: str, below: int = STEP_LEVEL) -> Markup:
    made = prose(text, below)
    return Markup('<div lang="{}">\n{}</div>').format(SOURCE, made) if isinstance(text, Foreign) else made


@pass_context
def _item(context: Context, name: str) -> str:
    """What a part or a bought thing is called in the language of the page; its name itself in English."""
    names: Mapping[str, str] = context["kit"].get("names", {})
    if name in names:
        return names[name]
    short = name.removeprefix(f"{_inner(context, name)} ")
    return names.get(short, short)


@pass_context
def _within(context: Context, name: str) -> str:
    """Title of the kit within the kit that a part belongs to, without the kit's own; "" if to none."""
    kit, inner = context["kit"], _inner(context, name)
    title = {other["key"]: other["title"] for other in context["holds"]}.get(inner, inner)
    return str(title.removeprefix(f"{kit['title']}: "))


def _inner(context: Context, name: str) -> str:
    """Key of the kit within the kit whose part this is; "" if it is the kit's own."""
    return next((key for key in context["kit"].get("uses", ()) if name.startswith(f"{key} ")), "")


@pass_context
def _original(context: Context, name: str) -> str:
    """A part's name as files and drawings bear it, for where the page calls it otherwise."""
    is_renamed = name in context["kit"].get("renamed", ())
    return Markup(' <small lang="{}">{}</small>').format(SOURCE, name) if is_renamed else ""


def _local(figure: Callable[..., str], language: Language) -> Callable[..., str]:
    return lambda *args, **options: language.decimals(figure(*args, **options))


def _setting(value: object, language: Language) -> str:
    """A parameter's value: yes and no are words, numbers have their decimal sign, keys stay as they are."""
    text = figures.setting(value)
    if isinstance(value, bool):
        return language.gettext(text)
    return language.decimals(text) if isinstance(value, float) else text
