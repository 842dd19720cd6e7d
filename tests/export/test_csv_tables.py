# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
import csv
import io
from dataclasses import replace
from decimal import Decimal

import bundle_sample as sample
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csmkit.catalog.workshop import default_workshop
from csmkit.export.csv_tables import bom_csv, cut_list_csv, drill_table_csv, shopping_csv
from csmkit.model import BomLine, ShoppingLine, Step

BOLT = BomLine(
    "bought", "ISO 4017 M8x40", "hexagon screw", 52, "pc", "", "M8x40", 1.196, Decimal("10.92"), True
)


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"))))


def test_bom_rows_keep_quantity_mass_and_price() -> None:
    assert rows(bom_csv([BOLT], "EUR")) == [
        {
            "class": "bought",
            "item": "ISO 4017 M8x40",
            "title": "hexagon screw",
            "quantity": "52",
            "unit": "pc",
            "stock": "",
            "size_mm": "M8x40",
            "mass_kg": "1.196",
            "price_EUR": "10.92",
            "price_assumed": "yes",
        }
    ]


def test_shopping_rows_name_the_unit() -> None:
    line = ShoppingLine("ISO 4017 M8x40", "hexagon screw", 2, "pack of 50", Decimal("21.00"), "test")
    (row,) = rows(shopping_csv([line], "EUR"))
    assert (row["units"], row["unit"], row["price_EUR"]) == ("2", "pack of 50", "21.00")


def test_cut_list_has_blanks_with_size_grain_area_and_steps() -> None:
    steps = (
        Step("Glue", (("side left", 1),), (), 5.0, "", 1),
        Step("Screw", (("side left", 1), ("ISO 4017 M8x40", 1)), (), 5.0, "", 9),
    )
    side, rail = rows(cut_list_csv(sample.facts(), default_workshop(), steps))
    assert (side["part"], side["quantity"], side["stock"], side["steps"]) == (
        "side left",
        "2",
        "birch-ply-12",
        "1 2",
    )
    assert (side["thickness_mm"], side["length_mm"], side["width_mm"]) == ("12", "400", "300")
    assert (side["grain"], side["area_m2"], side["mass_kg"]) == ("width", "0.12", "0.95")
    assert (rail["length_mm"], rail["width_mm"], rail["grain"], rail["steps"]) == ("700", "44", "length", "")


def test_drill_table_lists_round_holes_of_both_sides_and_no_window() -> None:
    holes = rows(drill_table_csv(sample.facts()))
    assert [(h["feature"], h["x_mm"], h["y_mm"], h["diameter_mm"], h["depth_mm"]) for h in holes] == [
        ("D1", "50", "30", "8", "12"),
        ("D2", "200", "30", "8", "12"),
        ("D3", "50", "60", "15", "6"),
    ]
    assert [(h["side"], h["through"]) for h in holes] == [("top", "yes"), ("top", "yes"), ("bottom", "no")]


def test_a_part_without_places_is_in_no_list() -> None:
    facts = sample.facts()
    nothing = replace(facts, parts=tuple(replace(p, quantity=0) for p in facts.parts))
    assert rows(cut_list_csv(nothing, default_workshop())) == rows(drill_table_csv(nothing)) == []


@pytest.mark.parametrize("name", ["=1+1", "+x", "-x", "@x"])
def test_no_name_is_computed_as_a_formula(name: str) -> None:
    (row,) = rows(bom_csv([replace(BOLT, item=name)], "EUR"))
    assert row["item"] == f"'{name}"


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_any_text_stays_in_its_cell_and_on_its_line(item: str, title: str) -> None:
    data = bom_csv([replace(BOLT, item=item, title=title), BOLT], "EUR")
    assert data.count(b"\n") == 3
    assert b"\r" not in data
    first, second = rows(data)
    assert first["item"].lstrip("'") == " ".join(item.split()).lstrip("'")
    assert first["price_EUR"] == second["price_EUR"] == "10.92"


def test_numbers_are_plain_with_a_point_and_never_minus_zero() -> None:
    line = replace(BOLT, quantity=0.3, mass=-0.00001, price=Decimal("1E+3"))
    (row,) = rows(bom_csv([line], "EUR"))
    assert (row["quantity"], row["mass_kg"], row["price_EUR"]) == ("0.3", "0", "1000")
