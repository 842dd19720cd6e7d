# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Where the code on a book's cover leads: to the page of the kit, with these very parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from csmkit.export.language.language import ENGLISH, Language
from csmkit.model.manifest import DEFAULT, argument


def page_address(kit: Mapping[str, Any], site: str, language: Language = ENGLISH) -> str:
    """The address of a build's page: "https://…/kits/step-stool/low/?width=420".

    The query holds what differs from the page's own preset; a preset without a page stands on the default's.
    Without a site the address is the kit's repository, and the query names kit and preset as well.

    Args:
        kit: kit.json.
        site: where the site is published; empty: it is not.
        language: of the page.
    Returns: empty, if there is no repository either.
    """
    base, preset = site or kit["repo"], kit["preset"]
    if not base:
        return ""
    has_page = not kit["shown"] or preset in kit["shown"]
    page = preset if has_page or not site else DEFAULT
    named: Mapping[str, object] = next((p["params"] for p in kit["presets"] if p["key"] == page), {})
    changed = {
        param["name"]: argument(param["value"])
        for param in kit["params"]
        if param["value"] != named.get(param["name"], param["default"])
    }
    if not site:
        return _with_query(base, {"kit": kit["kit"], "preset": preset, **changed})
    folder = kit["kit"] if page == DEFAULT else f"{kit['kit']}/{page}"
    return _with_query(f"{base.rstrip('/')}/{language.folder}kits/{quote(folder)}/", changed)


def _with_query(address: str, said: Mapping[str, str]) -> str:
    return f"{address}?{urlencode(said, quote_via=quote)}" if said else address
