# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What search engines read: valid JSON, no markup that a kit's texts could smuggle in, nothing fetched."""

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from sample_kits import ATTACK, STOOL

from csmkit.site.kit import Built
from csmkit.site.schema_org import duration, first_words, linked_data


def told(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The page's things by type."""
    text = str(linked_data(Built("step-stool", "default", Path(), data)))
    found = re.fullmatch(r'<script type="application/ld\+json">([^<>&]*)</script>', text)
    assert found is not None
    graph = json.loads(found[1])
    assert graph["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in graph["@graph"]}


def test_the_product_has_an_offer_a_tier_in_the_currency_of_the_workshop() -> None:
    product = told(STOOL)["Product"]
    assert [(o["name"], o["price"], o["priceCurrency"]) for o in product["offers"]] == [
        (t["title"], str(t["price"]), STOOL["price"]["currency"]) for t in STOOL["tiers"]
    ]
    assert product["weight"]["value"] == pytest.approx(STOOL["mass"], abs=0.01)


def test_the_steps_are_those_of_the_page_in_their_order() -> None:
    data = copy.deepcopy(STOOL)
    data["assembly"]["steps"][0]["picture"] = {"path": "steps/1.svg", "width": 170.0, "height": 90.0}
    how_to = told(data)["HowTo"]
    steps = data["assembly"]["steps"]
    assert [(s["position"], s["name"], s["url"]) for s in how_to["step"]] == [
        (n, step["title"], f"#step-{n}") for n, step in enumerate(steps, 1)
    ]
    assert how_to["step"][0]["image"] == "default/files/steps/1.svg"
    assert how_to["totalTime"] == duration(sum(step["minutes"] for step in steps))
    assert {s["name"] for s in how_to["supply"]} == {line["item"] for line in data["bom"]}


def test_hostile_texts_stay_text() -> None:
    data = copy.deepcopy(STOOL)
    data["title"] = data["summary"] = ATTACK
    data["assembly"]["steps"][0]["title"] = ATTACK + "\u2028"
    things = told(data)
    assert things["Product"]["name"] == ATTACK
    assert things["HowTo"]["step"][0]["name"] == ATTACK + "\u2028"


def test_addresses_stay_on_the_site() -> None:
    text = str(linked_data(Built("step-stool", "default", Path(), STOOL)))
    assert re.findall(r"[a-z]+://[^\"]*", text) == ["https://schema.org"]


@pytest.mark.parametrize(("minutes", "said"), [(425, "PT7H5M"), (60, "PT1H"), (12.4, "PT12M"), (0, "PT0M")])
def test_times_are_iso_8601(minutes: float, said: str) -> None:
    assert duration(minutes) == said


def test_a_long_text_is_cut_at_a_word() -> None:
    assert first_words("## Head\n\nBolt *both* `rails`\non.\n\nThen rest.") == "Head"
    assert first_words("Bolt *both* `rails`\non. [Look](https://example.org/)") == "Bolt both rails on. Look"
    assert first_words("one two three four", 12) == "one two…"
