# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What the book says of a kit as a whole: its cover, its dangers, its licence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import csmkit
from csmkit.export.book.text import tree
from csmkit.export.book.words import Words
from csmkit.export.language.language import N_

NEAREST = 6  # limits on the page of dangers: those that have the least room left
MATURITY = {
    "idea": N_("an idea: nobody has built it"),
    "prototype": N_("a prototype"),
    "tested": N_("built and tested"),
    "proven": N_("proven in use"),
}


def cover(kit: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """Title, what it is, what is special about this build, and key facts."""
    preset = next((p for p in kit["presets"] if p["key"] == kit["preset"]), None)
    return {
        "title": kit["title"],
        "summary": kit["summary"],
        "key": kit["kit"],
        "preset": preset["title"] if preset and kit["preset"] != "default" else "",
        "edition": kit["preset"],
        "version": kit["version"],
        "license": kit["license"],
        "licensors": ", ".join(person["name"] for person in kit["licensors"]),
        "changed": changed(kit, words),
        "facts": _facts(kit, words),
        "workshop": _workshop(kit, words),
        "made_with": f"csmkit {csmkit.__version__}",
    }


def changed(kit: Mapping[str, Any], words: Words) -> list[dict[str, str]]:
    """The parameters that differ from the default."""
    return [
        {
            "name": param["name"],
            "text": param["text"],
            "value": words.value(param["value"], param["unit"]),
            "default": words.value(param["default"], param["unit"]),
        }
        for param in kit["params"]
        if param["value"] != param["default"]
    ]


def _facts(kit: Mapping[str, Any], words: Words) -> list[tuple[str, str]]:
    _ = words.gettext
    steps, price = kit["assembly"]["steps"], kit["price"]
    about = words.ngettext(
        "%(count)s step, about %(time)s", "%(count)s steps, about %(time)s", len(steps)
    ) % {"count": len(steps), "time": words.clock(sum(step["minutes"] for step in steps))}
    return [
        (_("Size, assembled"), f"{' × '.join(f'{side:.0f}' for side in kit['size'])} mm"),
        (_("Mass"), words.kg(kit["mass"])),
        (_("Parts to make"), str(sum(part["quantity"] for part in kit["parts"]))),
        (_("Stock"), _stock(kit, words) or "–"),
        (_("Assembly"), about),
        (_("Cost in this workshop"), f"{words.decimals(price['total'])} {price['currency']}"),
        (_("Skill"), words.word(kit["skill"])),
        (_("Maturity"), words.word(MATURITY[kit["maturity"]])),
    ]


def _stock(kit: Mapping[str, Any], words: Words) -> str:
    """What is opened: "2 sheets and 1 bar"."""
    sheets = sum(len(nesting["layouts"]) for nesting in kit["nestings"])
    bars = sum(len(plan["layouts"]) for plan in kit["bars"])
    of_sheets = words.ngettext("%(count)s sheet", "%(count)s sheets", sheets) % {"count": sheets}
    of_bars = words.ngettext("%(count)s bar", "%(count)s bars", bars) % {"count": bars}
    if sheets and bars:
        return words.gettext("%(sheets)s and %(bars)s") % {"sheets": of_sheets, "bars": of_bars}
    return of_sheets if sheets else of_bars if bars else ""


def _workshop(kit: Mapping[str, Any], words: Words) -> str:
    shop = kit["workshop"]
    return words.gettext(
        "The sheets were planned for %(shop)s: %(machine)s, cutter %(cutter)s mm,"
        " %(spacing)s mm between parts, %(edge)s mm from the edge."
    ) % {
        "shop": shop["name"],
        "machine": shop["machine_title"],
        **{name: words.figure(shop[name], "") for name in ("cutter", "spacing", "edge")},
    }


def safety(kit: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """The dangers: what nobody has tested, what the maker says, the limits with the least room."""
    return {
        "untested": list(kit["untested"]),
        "intro": tree(kit["assembly"]["intro"]),
        "nearest": [
            {
                "name": limit["name"],
                "value": words.figure(limit["value"], limit["unit"]),
                "bound": bound(limit, words),
            }
            for limit in sorted(kit["limits"], key=_room)[:NEAREST]
        ],
        "limits": len(kit["limits"]),
    }


def bound(limit: Mapping[str, Any], words: Words) -> str:
    """What a limit asks for: "at most 36.4 N/mm²"."""
    _ = words.gettext
    if limit["at_least"] is not None:
        return _("at least %(bound)s") % {"bound": words.figure(limit["at_least"], limit["unit"])}
    return _("at most %(bound)s") % {"bound": words.figure(limit["at_most"], limit["unit"])}


def _room(limit: Mapping[str, Any]) -> float:
    """How far a value is from its limit, as a share of the limit."""
    least = limit["at_least"] is not None
    edge = float(limit["at_least"] if least else limit["at_most"])
    return abs(float(limit["value"]) - edge) / max(abs(edge), 1e-9)


def end(kit: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """Licence, and where to tell what was found."""
    return {
        "repo": kit["repo"],
        "params": [
            {"name": p["name"], "value": words.value(p["value"], p["unit"]), "text": p["text"]}
            for p in kit["params"]
        ],
    }
