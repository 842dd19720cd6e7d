# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What search engines read of a kit's page: schema.org's Product, with its offers, and HowTo, with its steps.

Source: https://schema.org/Product, /Offer, /HowTo (release 29.3).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from csmkit.export.markdown import parser
from csmkit.site.kit import Built
from csmkit.site.share import share_link

CONTEXT = "https://schema.org"
LONGEST = 160  # characters of a step's text: what search engines show; the whole stands on the page
UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def linked_data(built: Built) -> Markup:
    """The script element with the page's JSON-LD, on one line; safe against whatever a kit's texts say."""
    graph = {"@context": CONTEXT, "@graph": [_product(built), _how_to(built)]}
    text = json.dumps(graph, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character, escaped in UNSAFE.items():
        text = text.replace(character, escaped)
    return Markup(f'<script type="application/ld+json">{text}</script>')


def duration(minutes: float) -> str:
    """A time as ISO 8601 has it: 425 minutes are "PT7H5M"."""
    hours, rest = divmod(round(minutes), 60)
    return f"PT{f'{hours}H' if hours else ''}{f'{rest}M' if rest or not hours else ''}"


def _product(built: Built) -> dict[str, Any]:
    kit = built.data
    return {
        "@type": "Product",
        "@id": "#kit",
        "name": kit["title"],
        "description": kit["summary"],
        "sku": f"{built.key}-{kit['version']}-{built.preset}",
        **_image(built),
        "weight": {"@type": "QuantitativeValue", "value": round(kit["mass"], 2), "unitCode": "KGM"},
        "offers": [
            {
                "@type": "Offer",
                "name": tier["title"],
                "description": tier["text"],
                "price": str(tier["price"]),
                "priceCurrency": kit["price"]["currency"],
                "url": "#get",
            }
            for tier in kit["tiers"]
        ],
    }


def _how_to(built: Built) -> dict[str, Any]:
    kit = built.data
    steps = kit["assembly"]["steps"]
    tools = dict.fromkeys(tool for step in steps for tool in step["tools"])
    return {
        "@type": "HowTo",
        "name": kit["title"],
        "description": kit["summary"],
        "inLanguage": built.language.code,
        "about": {"@id": "#kit"},
        **_image(built),
        "totalTime": duration(sum(step["minutes"] for step in steps)),
        "supply": [_supply(line) for line in kit["bom"]],
        "tool": [{"@type": "HowToTool", "name": tool} for tool in tools],
        "step": [_step(built, step, n) for n, step in enumerate(steps, 1)],
    }


def _image(built: Built) -> dict[str, str]:
    shared = share_link(built)
    return {"image": shared["path"]} if shared else {}


def _supply(line: Mapping[str, Any]) -> dict[str, Any]:
    unit = {} if line["unit"] == "pc" else {"unitText": line["unit"]}
    quantity = {"@type": "QuantitativeValue", "value": line["quantity"], **unit}
    return {"@type": "HowToSupply", "name": line["item"], "requiredQuantity": quantity}


def _step(built: Built, step: Mapping[str, Any], number: int) -> dict[str, Any]:
    picture = step.get("picture")
    return {
        "@type": "HowToStep",
        "position": number,
        "name": step["title"],
        "text": first_words(step["text"]) or step["title"],
        "url": f"#step-{number}",
        **({"image": built.files_here + quote(picture["path"])} if picture else {}),
    }


@lru_cache(maxsize=1024)  # presets of a kit share their steps
def first_words(markdown: str, longest: int = LONGEST) -> str:
    """The first paragraph of a text without its marks, cut at a word where it is longer."""
    for token in parser().parse(markdown):
        if token.type == "inline" and token.children:
            words = " ".join("".join(c.content or " " for c in token.children if not c.nesting).split())
            return words if len(words) <= longest else words[: longest - 1].rsplit(" ", 1)[0] + "…"
    return ""
