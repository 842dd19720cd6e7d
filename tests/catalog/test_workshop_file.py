# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A workshop's file: what it says holds, what it leaves out is the default, each mistake is one line."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csmkit.catalog.workshop import default_workshop, template
from csmkit.catalog.workshop_file import read_text, read_workshop
from csmkit.catalog.workshop_text import read_joined
from csmkit.errors import CsmError
from csmkit.model.data import dump, load
from csmkit.model.workshop import Workshop

OFFCUT = '[[offcut]]\nsheet = "birch-ply-18"\n'
COST = "maintenance_year = 300\nhours_year = 400\nkw = 1.8\ntariff = 0.30\n"


def shop(text):
    return read_text(text, "shop.toml")


def test_the_template_as_it_is_says_the_default(tmp_path):
    path = tmp_path / "workshop.toml"
    path.write_text(template(), encoding="utf-8")
    assert read_workshop(path) == default_workshop()


def test_an_empty_file_is_the_default():
    assert shop("") == default_workshop()


def test_every_example_of_the_template_works():
    examples = re.sub(r"^# (?=\[|[a-z][a-z0-9_.-]* = )", "", template(), flags=re.M)
    examples = re.sub(r"^(machine_h|per_euro) = .*$", "", examples, flags=re.M)
    assert "\n[[offcut]]" in examples
    made = shop(examples)
    assert made.machine.key == "router-2500x1250"
    assert made.sheet("birch-ply-18").thickness == 17.6
    assert made.sheet("bamboo-ply-16").material.density == 700
    assert {s.key for s in made.stock_sheets} >= {"birch-ply-18-offcut-1", "birch-ply-18-2500x1250"}
    assert made.bought_row("ISO 4017", "M8x40").price == Decimal("0.11")


def test_the_files_own_name_stays_out_of_the_workshop(tmp_path):
    path = tmp_path / "telltale.toml"
    path.write_text(OFFCUT + "size = [500, 400]\n[thickness]\nmdf-19 = 19.1\n")
    data = dump(read_workshop(path))
    assert b"telltale" not in data
    assert load(Workshop, data) == read_workshop(path)


def test_a_measured_thickness_replaces_the_typical_one():
    sheet = shop("[thickness]\nbirch-ply-18 = 17.6").sheet("birch-ply-18")
    assert (sheet.thickness, sheet.measured) == (17.6, True)
    assert not shop("").sheet("birch-ply-18").measured


def test_an_offcut_costs_nothing_and_is_there_once():
    offcut = shop(OFFCUT + "size = [820, 610]").stock_sheets[0]
    assert (offcut.kind, offcut.quantity, offcut.price, offcut.grain) == ("offcut", 1, 0, "x")
    assert offcut.size == (820, 610)


def test_an_offcuts_polygon_starts_at_zero_counter_clockwise_and_takes_its_defects_along():
    text = OFFCUT + (
        "polygon = [[10, 20], [10, 320], [410, 320], [410, 20]]\n"
        "defects = [{ rectangle = [390, 20, 410, 40] }, { polygon = [[10, 20], [30, 20], [10, 40]] }]"
    )
    offcut = shop(text).stock_sheets[0]
    assert offcut.outline.area == pytest.approx(400 * 300)
    assert offcut.outline.bounds == (0, 0, 400, 300)
    assert [d.bounds for d in offcut.defects] == [(380, 0, 400, 20), (0, 0, 20, 20)]


def test_listed_sheets_replace_the_usual_size_of_their_good_only():
    made = shop('[[stock_sheet]]\nsheet = "birch-ply-18"\nsize = [1500, 1500]\nquantity = 2')
    keys = [s.key for s in made.stock_sheets if s.sheet == "birch-ply-18"]
    assert keys == ["birch-ply-18-1500x1500"]
    assert made.stock_sheets[0].price > 50  # the table's price of that size
    assert any(s.key == "birch-ply-12-2440x1220" for s in made.stock_sheets)


def test_grain_across_the_sheet_is_another_stock():
    entry = '[[stock_sheet]]\nsheet = "birch-ply-18"\nsize = [2440, 1220]\n'
    made = shop(entry + entry + 'grain = "y"')
    assert [s.grain for s in made.stock_sheets[:2]] == ["x", "y"]
    assert made.stock_sheets[0].key != made.stock_sheets[1].key


def test_a_rate_by_the_formula_matches_the_worked_example():
    made = shop("[rates.machine]\npurchase = 6500\nresidual = 500\nlife_h = 5000\n" + COST)
    assert made.rates.machine_h == Decimal("2.49")
    assert made.rates.labour_h == default_workshop().rates.labour_h


def test_the_rate_of_a_machine_of_the_table_comes_with_it():
    assert shop('machines = ["router-1300x900"]').rates.machine_h == Decimal("2.49")
    assert shop('machines = ["router-1300x900"]\n[rates]\nmachine_h = 18').rates.machine_h == 18


def test_another_currency_turns_every_price_of_the_tables():
    made, base = shop('currency = "SEK"\nper_euro = 11.2'), default_workshop()
    assert made.rates.currency == "SEK"
    assert made.rates.labour_h == Decimal("246.40")
    for mine, table in ((made.stock_sheets, base.stock_sheets), (made.bought, base.bought)):
        ratio = float(sum(r.price for r in mine) / sum(r.price for r in table))
        assert ratio == pytest.approx(11.2, rel=0.01)


def test_a_material_of_the_workshops_changes_the_sheets_made_of_it():
    made = shop('[[material]]\nkey = "poplar-ply"\nbending = 22')
    poplar = made.sheet("poplar-ply-12").material
    assert (poplar.bending, poplar.density) == (22, 460)


def test_an_own_machine_is_the_one_that_cuts():
    text = (
        '[[machine]]\nkey = "ours"\ntitle = "ours"\nprocess = "router"\nenvelope = [600, 400, 60]\n'
        'post = "grbl"\nfeed_mm_min = 3000'
    )
    made = shop(text)
    assert made.machine.key == "ours"
    assert "table-saw" in [m.key for m in made.machines]
    assert made.rates.machine_h == default_workshop().rates.machine_h


def test_an_own_bought_thing_can_be_used():
    text = (
        '[[bought]]\nstandard = "motor"\nsize = "M1"\ntitle = "hub motor"\nkind = "motor"\nmass = 3.1\n'
        "price = 140\nsizes = { d = 12, length = 135 }"
    )
    row = shop(text).bought_row("motor", "M1")
    assert (row.dimension("length"), row.assumed, row.pack) == (135, False, 1)


MISTAKES = [
    ('name = "a', "shop.toml/line 1", "not valid TOML"),
    ("[rates]\n\nlabour_h = = 3", "shop.toml/line 3, column 12", "not valid TOML"),
    ("[rates]\nlabour_h = 22\nlabour_h = 3", "line 3", "overwrite"),
    ("\0", "line 1", "not valid TOML"),
    ("edge_margin = " + "9" * 5000, "shop.toml", "beyond all measure"),
    ("name = " + "[" * 5000, "shop.toml", ""),
    ('nmae = "x"', "shop.toml/nmae", "nearest: name"),
    ('name = "two\\nlines"', "name", "one line"),
    ("[rates]\nlabor_h = 22", "rates, labor_h", "labour_h"),
    ("[rates]\nlabour_h = nan", "rates, labour_h", "no finite number"),
    ("[rates]\nlabour_h = inf", "rates, labour_h", "no finite number"),
    ("[rates]\nlabour_h = -1", "labour_h = -1", "at least 0"),
    ('[rates]\nlabour_h = "22"', 'labour_h = "22"', "has to be a number"),
    ("[rates]\nlabour_h = true", "labour_h = true", "has to be a number"),
    ("[rates]\nmaintenance = 5", "maintenance = 5", "at most 1"),
    ("[rates.machine]\npurchase = 1", "residual is missing", "5 more"),
    ("[rates.machine]\npurchase = 1\nresidual = 3\nlife_h = 1\n" + COST, "residual = 3", "purchase = 1"),
    ("[rates.machine]\npurchase = 1\nresidual = 0\nlife_h = 0\n" + COST, "life_h = 0", "above 0"),
    ("[rates]\nmachine_h = 2\n[rates.machine]\npurchase = 1\nresidual = 0\nlife_h = 9\n" + COST, "both", ""),
    ("rates = 3", "rates = 3 is no section", "[rates]"),
    ('[cutting]\ntool = "em66"', "em66", "nearest: em6"),
    ('[cutting]\ntool = "ball6"', "ball6", "end mill"),
    ("[cutting]\nedge_margin = -inf", "edge_margin", "no finite number"),
    ("[cutting]\nedge_margin = 1e999", "edge_margin", "no finite number"),
    ("[cutting]\nsaw_kerf = 1" + "0" * 400, "saw_kerf", ""),
    ("[thickness]\nbirch-ply-19 = 17.6", "birch-ply-19", "birch-ply-18"),
    ("[thickness]\nbirch-ply-18 = 12", "birch-ply-18 = 12 mm", "13.5 to 22.5 mm"),
    ("[thickness]\nbirch-ply-18 = nan", "birch-ply-18", "no finite number"),
    ("[thickness]\nbirch-ply-6.5 = 6.4", "birch-ply-6", "in quotes"),
    (OFFCUT, "offcut 1", "size or polygon"),
    (OFFCUT + "size = [100]", "offcut 1, size 2", "missing"),
    (OFFCUT + "size = [100, -5]", "size 2 = -5", "above 0"),
    (OFFCUT + "size = [100, nan]", "size 2 = NaN", "no finite number"),
    (OFFCUT + "size = [100, 200, 300]", "3 entries", "at most 2"),
    (OFFCUT + "size = [100, 90000]", "size 2 = 90000", "at most 20000"),
    (OFFCUT + "size = [100, 200]\nquantity = 0", "quantity = 0", "at least 1"),
    (OFFCUT + "size = [100, 200]\nquantity = 1.5", "quantity = 1.5", "no whole number"),
    (OFFCUT + 'size = [100, 200]\ngrain = "z"', 'grain = "z"', "'x' or 'y'"),
    ('[[offcut]]\nsheet = "mdf-19"\nsize = [100, 200]\ngrain = "x"', "mdf-19", "no grain"),
    ('[[offcut]]\nsheet = "birch-ply-l8"\nsize = [100, 200]', "birch-ply-l8", "birch-ply-18"),
    ((OFFCUT + "size = [100, 200]\n") * 2, "offcut 2", "same as offcut 1"),
    (OFFCUT + "polygon = [[0, 0], [100, 100], [100, 0], [0, 100]]", "offcut 1, polygon", "cross"),
    (OFFCUT + "polygon = [[0, 0], [100, 0], [200, 0]]", "offcut 1, polygon", "area"),
    (OFFCUT + "polygon = [[0, 0], [100, 0], [100, 0], [0, 9]]", "offcut 1, polygon", "twice"),
    (OFFCUT + "polygon = [[0, 0], [100, 0]]", "2 entries", "at least 3"),
    (OFFCUT + "size = [9, 9]\ndefects = [{ rectangle = [50, 50, 60, 60] }]", "defects 1", "outside"),
    (
        OFFCUT
        + "polygon = [[0, 0], [90, 0], [90, 30], [40, 30], [40, 70], [0, 70]]\n"
        + "defects = [{ rectangle = [50, 40, 80, 60] }]",  # within the box, but in the corner that is missing
        "defects 1",
        "outside",
    ),
    (OFFCUT + "size = [9, 9]\ndefects = [{ rectangel = [0, 0, 6, 6] }]", "rectangel", "rectangle"),
    (OFFCUT + "size = [9, 9]\ndefects = [{}]", "defects 1", "rectangle or polygon"),
    ("offcut = 3", "offcut = 3", "[[offcut]]"),
    ('[[stock_sheet]]\nsheet = "birch-ply-18"\nsize = [1000, 500]', "birch-ply-18-1000x500", "price"),
    ('[[stock_sheet]]\nsheet = "mdf-19"\nsize = [2440, 1220]\n' * 2, "stock_sheet 2", "twice"),
    ('[[stock_sheet]]\nsheet = "mdf-19"\npolygon = [[0, 0], [9, 0], [0, 9]]', "rectangle", "[[offcut]]"),
    ('[[stock_bar]]\nbar = "spruce-45x46"\nlength = 3000', "spruce-45x46", "spruce-45x45"),
    ('[[stock_bar]]\nbar = "spruce-45x45"\nlength = 1234', "spruce-45x45-1234", "price"),
    ('[[bar_offcut]]\nbar = "spruce-45x45"\nlength = 500\n' * 2, "bar_offcut 2", "twice"),
    ('machines = ["table-saw"]', "table-saw", "router"),
    ('machines = ["rooter"]', "rooter", "router-600x900"),
    ("machines = []", "machines = []", "at least 1"),
    ('tools = ["em6", "em6"]', "em6", "twice"),
    ('tools = ["em4"]', "no tool 'em6'", "em4"),
    ('[[tool]]\nkey = "em6"\n' * 2, "tool 2", "twice"),
    ('[[machine]]\nkey = "x"', "x is not in the tables", "title, process"),
    ('[[machine]]\nkey = "x y"', 'key = "x y"', "form"),
    ('[[sheet]]\nkey = "s"\ntitle = "s"\nmaterial = "birch"\nnominal = 3\nprocesses = ["saw"]', "birch", ""),
    ('[[bar]]\nkey = "b"\ntitle = "b"\nmaterial = "oak"\nshape = "tube"\nwidth = 20', "wall = 0", "wall"),
    ('[[bought]]\nstandard = "ISO 4017"\nsize = "M8x41"\nprice = 1', "ISO 4017 M8x41", "ISO 4017 M8x40"),
    ('[[bought]]\nstandard = "ISO 4017"\nsize = "M8x40"\nprice = nan', "price", "no finite number"),
    ('[[bought]]\nstandard = "ISO 4017"\nsize = "M8x40"\nprice = 1\n' * 2, "bought 2", "twice"),
    ('currency = "CHF"', "CHF", "per_euro"),
    ('currency = "Franken"', "Franken", "form"),
    ("per_euro = 0.9", "per_euro", "currency"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "hint"), MISTAKES, ids=range(len(MISTAKES)))
def test_a_mistake_is_one_line_that_names_its_place_and_the_way_out(text, place, hint):
    with pytest.raises(CsmError) as caught:
        shop(text)
    line = str(caught.value)
    assert line.startswith("shop.toml")
    assert "\n" not in line
    assert len(line) < 400
    assert place in line
    assert hint in line
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("content", "hint"), [(b'name = "ok"\nname2 = "\xff"', "line 2: not UTF-8"), (None, "can't read")]
)
def test_a_file_that_cannot_be_read_is_one_line(tmp_path, content, hint):
    path = tmp_path / "shop.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CsmError, match=hint) as caught:
        read_workshop(path)
    assert str(tmp_path) not in str(caught.value)


def test_a_folder_is_no_workshop_file(tmp_path):
    with pytest.raises(CsmError, match="can't read"):
        read_workshop(tmp_path)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_no_text_ends_in_a_traceback(text):
    try:
        made = shop(text)
    except CsmError as error:
        made = None
        line = str(error)
    assert isinstance(made, Workshop) or "\n" not in line


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=3, max_size=7))
def test_every_polygon_is_refused_or_simple_with_its_corner_at_zero(corners):
    shapely = pytest.importorskip("shapely")
    text = OFFCUT + f"polygon = {[list(c) for c in corners]}"
    open_ring = corners[:-1] if corners[0] == corners[-1] else corners
    valid = len(set(open_ring)) == len(open_ring) >= 3 and shapely.Polygon(open_ring).is_valid
    try:
        outline = shop(text).stock_sheets[0].outline
    except CsmError:
        assert not valid or shapely.Polygon(open_ring).area < 1
        return
    assert valid
    assert outline.area == pytest.approx(shapely.Polygon(open_ring).area)
    assert outline.bounds[:2] == (0, 0)


def test_a_file_of_a_windows_editor_is_read(tmp_path):
    path = tmp_path / "shop.toml"
    path.write_bytes(b'\xef\xbb\xbfname = "shed"\r\n[thickness]\r\nbirch-ply-18 = 17.6\r\n')
    assert read_workshop(path).name == "shed"
    assert read_joined(path).startswith(b"name")


def test_a_sheet_is_laid_along_the_machines_longer_way_with_its_grain_and_defects():
    text = 'machines = ["router-600x900"]\n[[stock_sheet]]\nsheet = "birch-ply-18"\nprice = 1\n'
    across = text + "size = [900, 500]\ndefects = [{ rectangle = [0, 0, 100, 50] }]\n"
    [laid] = [s for s in shop(across).stock_sheets if s.sheet == "birch-ply-18"]
    assert (laid.key, laid.size, laid.grain) == ("birch-ply-18-900x500", (500, 900), "y")
    assert laid.outline.bounds == (0, 0, 500, 900)
    assert laid.defects[0].bounds == (450, 0, 500, 100)  # it was lower left: turned, it is lower right
    [along] = [s for s in shop(text + "size = [500, 900]\n").stock_sheets if s.sheet == "birch-ply-18"]
    assert (along.size, along.grain) == ((500, 900), "x")


def test_rules_for_toolpaths_are_the_workshops_to_set():
    made = shop('[cam]\nhold = "onion"\nonion = 0.4\nramp_deg = 3\n')
    assert (made.cam.hold, made.cam.onion, made.cam.ramp_deg) == ("onion", 0.4, 3)
    assert made.cam.tab_height == shop("").cam.tab_height
    assert made.for_design().cam == shop("").for_design().cam


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[cam]\nstepover = 0.6\n", "stepover = 0.6 has to be at most 0.45"),
        ("[cam]\nramp_deg = 0\n", "ramp_deg = 0 has to be at least 0.5"),
        ('[cam]\nhold = "glue"\n', "hold"),
        ("[cam]\ntabs = 4\n", "unknown key 'tabs'"),
        ('[[chip_load]]\ntool = "em7"\nmm_tooth = 0.1\n', "the workshop has no tool 'em7'"),
        ('[[chip_load]]\ntool = "em6"\nmaterial = "cheese"\nmm_tooth = 0.1\n', "unknown material 'cheese'"),
        (
            'machines = ["router-600x900"]\n[[machine]]\nkey = "router-600x900"\nrpm_min = 31000\n',
            "rpm_min = 31000 is above rpm_max = 30000",
        ),
    ],
)
def test_a_mistake_about_toolpaths_is_one_line(text, words):
    with pytest.raises(CsmError) as error:
        shop(text)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_a_machine_that_an_older_file_describes_is_complete():
    entry = (
        '[[machine]]\nkey = "ours"\ntitle = "ours"\nprocess = "router"\nenvelope = [900, 900, 80]\n'
        'post = "grbl"\nfeed_mm_min = 3000\n'
    )
    machine = shop(entry).machine
    assert 0 < machine.rpm_min < machine.rpm_max
    assert machine.plunge_mm_min > 0
    assert machine.acceleration > 0
    assert machine.tool_change == "manual"


def test_own_chip_loads_come_before_the_tables():
    loads = shop('[[chip_load]]\ntool = "em6"\nmm_tooth = 0.07\n').chip_loads
    assert (loads[0].tool, loads[0].material, loads[0].mm_tooth) == ("em6", "", 0.07)
    assert loads[1:] == shop("").chip_loads
