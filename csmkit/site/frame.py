# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What mkdocs is told for one language of the site: its words, its menu, the way to the other languages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from csmkit.export.language.language import N_, Language
from csmkit.site.catalogs import script_texts

THEME = Path(__file__).parent / "theme"  # our changes to the pages of mkdocs-material
DOCS = {  # hand-written pages, in English alone: what the menu of another language calls them
    "makers/": N_("For makers (in English)"),
    "communities/": N_("For communities (in English)"),
    "contributors/": N_("For contributors (in English)"),
    "glossary/": N_("Reference (in English)"),
}
PALETTE = (
    ("(prefers-color-scheme)", "", "material/brightness-auto", N_("Switch to light")),
    ("(prefers-color-scheme: light)", "default", "material/weather-sunny", N_("Switch to dark")),
    ("(prefers-color-scheme: dark)", "slate", "material/weather-night", N_("Switch to the system's choice")),
)


def frame(language: Language, languages: Sequence[Language], above: str, address: str) -> str:
    """The mkdocs.yml of a language's pages, which inherits the site's (JSON is YAML).

    Args:
        languages: all of the site.
        above: path of the site's mkdocs.yml, as seen from the file.
        address: where the site will be published, with a slash at its end; "" if that isn't known.
    """
    own: dict[str, Any] = {
        "INHERIT": above,
        "docs_dir": "docs",
        "theme": {"custom_dir": f"{language.to_root}theme"},
        "extra": {
            "alternate": True,  # the theme leaves a place for our switch in its header
            "languages": [_link(language, other, address) for other in languages],
        },
    }
    return json.dumps(
        _merged(own, _words(language)) if language.folder else own, ensure_ascii=False, indent=1
    )


def _link(here: Language, other: Language, address: str) -> dict[str, Any]:
    return {
        "lang": other.code,
        "name": other.name,
        "root": here.to_root + other.folder,
        "address": address + other.folder if address else "",
        "here": other.code == here.code,
    }


def _words(language: Language) -> dict[str, Any]:
    """What differs where pages are in another language than the hand-written ones."""
    _ = language.gettext
    root = language.to_root
    return {
        "site_description": _(
            "Open-hardware kits, from parameters and a workshop's profile to verified files"
        ),
        "copyright": _("Texts CC-BY-SA-4.0 · software Apache-2.0 · each kit under its own licence"),
        "theme": {
            "language": language.code,
            "logo": f"{root}assets/logo.svg",
            "favicon": f"{root}assets/logo.svg",
            "palette": [_palette(language, *row) for row in PALETTE],
        },
        "markdown_extensions": {"toc": {"permalink_title": _("Link to this section")}},
        "extra_css": [f"{root}assets/csm.css"],
        "extra_javascript": [{"path": f"{root}assets/script/main.js", "type": "module"}],
        "validation": {"nav": {"not_found": "ignore"}},  # the hand-written pages lie beside
        "extra": {"texts": script_texts(language.code)},
        "nav": [
            {_("Home"): "index.md"},
            {_("Kits"): "kits/index.md"},
            *({_(title): root + path} for path, title in DOCS.items()),
        ],
    }


def _palette(language: Language, media: str, scheme: str, icon: str, name: str) -> dict[str, Any]:
    said = {"media": media, "primary": "custom", "accent": "custom"}
    return {
        **said,
        **({"scheme": scheme} if scheme else {}),
        "toggle": {"icon": icon, "name": language.gettext(name)},
    }


def _merged(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    both = {name: _merged(one[name], other[name]) for name in one if isinstance(other.get(name), dict)}
    return {**one, **other, **both}
