# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A stock file: what goes in is there, what a person wrote stays, and git merges what two people did."""

import itertools
import json
import random
import subprocess
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csmkit.catalog.stock_change import Stock
from csmkit.catalog.stock_file import added, read_leftovers, used, write_leftovers
from csmkit.catalog.stock_plan import leaves, read_plan, takes
from csmkit.catalog.workshop_file import read_text, read_workshop
from csmkit.catalog.workshop_schema import BarOffcutEntry, OffcutEntry
from csmkit.catalog.workshop_text import SEAM, joined, parted, stock_path
from csmkit.errors import CsmError

NAME = "my.stock.toml"


def sheet(length, width=300.0, **said):
    return OffcutEntry(sheet="birch-ply-18", size=(length, width), **said)


def file_of(*pieces, text=""):
    leftovers = read_leftovers(text, NAME)
    for piece in pieces:
        leftovers, _ = added(leftovers, piece)
    return write_leftovers(leftovers)


def content(text):
    """Goods, sizes and quantities, whatever their order and ids."""
    said = tomllib.loads(text)
    rows = [*said.get("offcut", []), *said.get("bar_offcut", [])]
    return Counter(
        {json.dumps(r.get("size") or r.get("polygon") or r["length"]): r["quantity"] for r in rows}
    )


def without(text, key):
    return write_leftovers(used(read_leftovers(text, NAME), key, 1))


def key_of(piece):
    return tomllib.loads(file_of(piece))["offcut"][0]["id"]


def test_what_is_entered_is_in_the_workshop_before_new_sheets():
    text = file_of(
        sheet(820, 610, grain="y", quantity=2, note="rack 3"), BarOffcutEntry(bar="spruce-45x45", length=1350)
    )
    shop = read_text(joined(b"", text.encode()).decode(), "my.toml")
    first, bar = shop.stock_sheets[0], shop.stock_bars[0]
    assert (first.kind, first.size, first.grain, first.quantity) == ("offcut", (820, 610), "y", 2)
    assert first.key == f"birch-ply-18-offcut-{key_of(sheet(820, 610, grain='y'))}"
    assert (bar.kind, bar.bar, bar.length) == ("offcut", "spruce-45x45", 1350)


def test_the_same_piece_twice_changes_one_line_alone():
    once = file_of(sheet(820, note="rack 3"), sheet(500))
    twice = file_of(sheet(820), text=once)
    changed = [(a, b) for a, b in zip(once.splitlines(), twice.splitlines(), strict=True) if a != b]
    assert changed == [("quantity = 1", "quantity = 2")]


def test_pieces_are_told_apart_by_shape_and_grain_not_by_note():
    pieces = [sheet(820), sheet(821), sheet(820, grain="y"), sheet(820, grain="x", note="rack 3")]
    assert [key_of(p) == key_of(pieces[0]) for p in pieces] == [True, False, False, True]


def test_taking_out_what_was_put_in_leaves_the_file_as_it_was():
    before = file_of(sheet(500))
    assert without(file_of(sheet(820), text=before), key_of(sheet(820))) == before


def test_a_persons_comments_order_and_words_stay():
    by_hand = """# our leftovers

# bent a little
[[offcut]]
sheet = "birch-ply-18"   # good side down
size = [ 820, 610 ]
# still true?
note = 'rack 3'

[[bar_offcut]]
bar = "spruce-45x45"
length = 1350.5 # measured twice
quantity = 2
"""
    text = file_of(sheet(400), BarOffcutEntry(bar="spruce-45x45", length=1350.5), text=by_hand)
    for line in by_hand.splitlines():
        assert line.replace("quantity = 2", "quantity = 3") in text.splitlines()
    assert '# bent a little\n[[offcut]]\nsheet = "birch-ply-18"   # good side down' in text
    assert text.startswith("# our leftovers\n")
    assert file_of(text=text) == text


def test_a_file_is_written_the_same_whatever_the_order_of_additions():
    pieces = [sheet(length) for length in (300, 400, 500, 600)]
    assert len({file_of(*order) for order in itertools.permutations(pieces)}) == 1


@given(st.lists(st.tuples(st.integers(200, 2440), st.integers(200, 1220), st.integers(1, 3)), max_size=12))
def test_writing_and_reading_keeps_everything(rows):
    text = file_of(*(sheet(length, width, quantity=n) for length, width, n in rows))
    assert sum(content(text).values()) == sum(n for *_, n in rows)
    assert file_of(text=text) == text
    ids = [row["id"] for row in tomllib.loads(text).get("offcut", [])]
    assert ids == sorted(set(ids))


def git(folder, *words):
    who = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main"]
    return subprocess.run(["git", *who, *words], cwd=folder, capture_output=True, text=True, check=False)


def test_git_merges_what_two_people_added_and_used(tmp_path):
    old = [sheet(length) for length in (300, 400, 500, 600, 700)]
    file = tmp_path / NAME
    gone = [key_of(old[0]), key_of(old[3])]

    def commit(text):
        file.write_text(text, encoding="utf-8")
        assert git(tmp_path, "commit", "-qam", "stock").returncode == 0

    git(tmp_path, "init", "-q")
    file.write_text(file_of(*old), encoding="utf-8")
    git(tmp_path, "add", NAME)
    commit(file_of(*old))
    git(tmp_path, "checkout", "-qb", "other")
    commit(without(file_of(sheet(900), text=file_of(*old)), gone[0]))
    git(tmp_path, "checkout", "-q", "main")
    commit(without(file_of(sheet(1000), text=file_of(*old)), gone[1]))
    merged = git(tmp_path, "merge", "-q", "other", "-m", "both")
    assert merged.returncode == 0, merged.stdout + merged.stderr
    text = file.read_text("utf-8")
    kept = [piece for piece in old if key_of(piece) not in gone]
    assert content(text) == content(file_of(*kept, sheet(900), sheet(1000)))
    assert file_of(text=text) == text


def test_two_additions_seldom_meet_even_in_an_empty_file(tmp_path):
    """Ids fall on sixteen shelves, so two of them share one in a sixteenth of the cases."""
    draw, cases, conflicts = random.Random(1), 48, 0
    for case in range(cases):
        base = file_of(*(sheet(draw.randint(300, 2000)) for _ in range(case % 4)))
        mine, yours = (sheet(draw.randint(300, 2000)) for _ in range(2))
        for name, text in (
            ("base", base),
            ("mine", file_of(mine, text=base)),
            ("yours", file_of(yours, text=base)),
        ):
            (tmp_path / name).write_text(text, encoding="utf-8")
        done = git(tmp_path, "merge-file", "-p", "mine", "base", "yours")
        if done.returncode:
            conflicts += 1
        else:
            assert content(done.stdout) == content(file_of(mine, yours, text=base))
    assert conflicts <= cases / 8


def test_ids_that_begin_alike_grow_until_they_differ():
    text = file_of(sheet(820))
    taken = tomllib.loads(text)["offcut"][0]["id"]
    other = text.replace("size = [820, 300]", "size = [400, 300]")  # the id of another shape
    pair = tomllib.loads(file_of(sheet(820), text=other))["offcut"]
    assert [row["id"] for row in pair] == [taken, pair[1]["id"]]
    assert pair[1]["id"].startswith(taken)
    assert len(pair[1]["id"]) == len(taken) + 1


@pytest.mark.parametrize(
    ("own", "stock", "said"),
    [
        ("", "[[offcut]]\nsheet = ", "my.stock.toml/line 2"),
        (
            "tools = [",
            '[[offcut]]\nsheet = "birch-ply-18"\nsize = [1, 2]',
            "my.toml/line 1, at the end: not valid",
        ),
        (
            "",
            "[cutting]\nsaw_kerf = 3",
            "my.stock.toml/cutting: cutting belongs in the workshop's own file; move it there",
        ),
        (
            "",
            '[[offcut]]\nsheet = "birch-ply-18"\nsize = [0, 2]',
            "my.stock.toml/offcut 1, size 1: size 1 = 0 has",
        ),
        ("", 'offcut = [{ sheet = "birch-ply-18", size = [1, 2] }]', "write [[offcut]] above each"),
        (
            "",
            '[[offcut]]\nid = "long"\nsheet = "birch-ply-81"\nsize = [9, 9]',
            "my.stock.toml/offcut long: unknown sheet",
        ),
        ("", '[[bar_offcut]]\nid = "a"\nbar = "no"\nlength = 9', "my.stock.toml/bar_offcut a: unknown bar"),
        (
            "",
            '[[offcut]]\nid = "Rack 3"\nsheet = "birch-ply-18"\nsize = [9, 9]',
            "my.stock.toml/offcut 1, id",
        ),
        (
            "",
            "".join(f'[[offcut]]\nid = "{i}"\nsheet = "birch-ply-18"\nsize = [820, 610]\n' for i in "ab"),
            "my.stock.toml/offcut b: birch-ply-18: the same as offcut a; list it once",
        ),
        (
            '[[offcut]]\nid = "b"\nsheet = "birch-ply-18"\nsize = [820, 610]',
            '[[offcut]]\nid = "b"\nsheet = "birch-ply-18"\nsize = [420, 610]',
            "another offcut is called birch-ply-18-offcut-b too; give it another id",
        ),
        (
            "",
            2 * '[[offcut]]\nid = "b"\nsheet = "birch-ply-18"\nsize = [820, 610]\n',
            "my.stock.toml/offcut b: b is listed twice",
        ),
        ('[[offcut]]\nsheet = "birch-ply-81"\nsize = [9, 9]', "", "my.toml/offcut 1: unknown sheet"),
    ],
)
def test_a_mistake_is_told_with_the_file_in_which_it_stands(tmp_path, own, stock, said):
    (tmp_path / "my.toml").write_text(own, encoding="utf-8")
    (tmp_path / NAME).write_text(stock, encoding="utf-8")
    with pytest.raises(CsmError) as caught:
        read_workshop(tmp_path / "my.toml")
    assert said in str(caught.value)


def test_offcuts_without_an_id_keep_their_numbers_beside_those_with_one():
    own = "".join(f'[[offcut]]\nsheet = "birch-ply-18"\nsize = [{n}, 300]\n' for n in (400, 500))
    named = '[[offcut]]\nid = "long"\nsheet = "birch-ply-18"\nsize = [2000, 300]\n'
    keys = [s.key for s in read_text(named + own, "my.toml").stock_sheets if s.kind == "offcut"]
    assert keys == [f"birch-ply-18-offcut-{name}" for name in ("long", "1", "2")]
    bare = '[[bar_offcut]]\nbar = "spruce-45x45"\nlength = 1350\n'
    assert read_text(bare, "my.toml").stock_bars[0].key == "spruce-45x45-offcut-1350"


@given(st.text(), st.text(min_size=1))
def test_joined_texts_part_again(own, stock):
    own, stock = own.replace(SEAM, ""), stock.replace(SEAM, "")
    text = joined(own.encode("utf-8", "replace"), stock.encode("utf-8", "replace")).decode()
    assert parted(text)[1].encode() == stock.encode("utf-8", "replace")
    assert joined(own.encode("utf-8", "replace"), b"") == own.encode("utf-8", "replace")


def test_the_stock_file_lies_beside_the_workshops():
    assert stock_path(Path("shops/my.toml")) == Path("shops/my.stock.toml")


def plan_of(folder, **said):
    data = {"format": 1, "name": "stool", "sheets": [], "bars": [], **said}
    folder.mkdir(exist_ok=True)
    (folder / "plan.json").write_text(json.dumps(data), encoding="utf-8")
    return folder


def sawn(stock, kind, *outlines):
    offcuts = [{"outline": outline, "grain": "x", "area": 1, "mass": 1} for outline in outlines]
    return {"sheet": "birch-ply-18", "stock": stock, "kind": kind, "offcuts": offcuts}


BOX = [[0, 0], [820.7, 0], [820.7, 610.2], [0, 610.2]]
ELL = [[5, 5], [905, 5], [905, 305], [405, 305], [405, 705], [5, 705]]


def test_a_plan_leaves_whole_millimetres_and_polygons_at_their_own_corner(tmp_path):
    bars = [
        {"bar": "spruce-45x45", "stock": "spruce-45x45-3000", "kind": "bar", "rest": rest, "keep": rest > 300}
        for rest in (1350.8, 20.0)
    ]
    plan = read_plan(plan_of(tmp_path / "cut", sheets=[sawn("new", "sheet", BOX, ELL)], bars=bars))
    box, ell, bar = leaves(plan)
    assert (box.size, box.grain, box.plan) == ((820, 610), "x", "stool")
    assert ell.polygon == ((0, 0), (900, 0), (900, 300), (400, 300), (400, 700), (0, 700))
    assert (bar.bar, bar.length) == ("spruce-45x45", 1350)
    assert not takes(plan)


def test_whole_sheets_whose_number_is_known_are_to_be_taken_off_by_hand(tmp_path):
    shop = tmp_path / "my.toml"
    shop.write_text(
        '[[stock_sheet]]\nsheet = "birch-ply-18"\nsize = [2440, 1220]\nprice = 90\nquantity = 3\n',
        encoding="utf-8",
    )
    sheets = [sawn("birch-ply-18-2440x1220", "sheet"), sawn("birch-ply-18-2440x1220", "sheet")]
    folder = plan_of(tmp_path / "cut", sheets=[*sheets, sawn("birch-ply-12-2440x1220", "sheet")])
    [warning] = Stock.read(shop).use_plan(folder, again=False).warnings
    assert warning.startswith("birch-ply-18-2440x1220: quantity = 3 in ")
    assert warning.endswith("; take 2 off there")


def test_a_plans_use_and_leftovers_are_told_once(tmp_path):
    shop = tmp_path / "my.toml"
    shop.write_text('[[offcut]]\nsheet = "birch-ply-18"\nsize = [999, 610]\n', encoding="utf-8")
    key = key_of(sheet(900))
    stock_path(shop).write_text(file_of(sheet(900, quantity=3)), encoding="utf-8")
    names = (f"birch-ply-18-offcut-{key}", f"birch-ply-18-offcut-{key}", "birch-ply-18-offcut-1")
    folder = plan_of(tmp_path / "cut", sheets=[sawn(name, "offcut", BOX) for name in names])

    def done(change):
        change.file.write_text(change.text, encoding="utf-8")
        return change

    taken = done(Stock.read(shop).use_plan(folder, again=False))
    assert [(m.id, m.by, m.quantity) for m in taken.moved] == [(key, -2, 1)]
    assert "birch-ply-18-offcut-1 stands in" in taken.warnings[0]
    entered = done(Stock.read(shop).add_plan(folder, again=False))
    assert [(m.size, m.by) for m in entered.moved] == [("820 × 610", 3)]
    for twice in (Stock.read(shop).use_plan, Stock.read(shop).add_plan):
        with pytest.raises(CsmError, match="already; --again if you have cut it once more"):
            twice(folder, again=False)
    assert [m.quantity for m in Stock.read(shop).add_plan(folder, again=True).moved] == [6]
    with pytest.raises(CsmError, match="there are 1 of"):
        Stock.read(shop).use_plan(folder, again=True)


def test_a_plan_whose_offcut_another_has_taken_changes_nothing(tmp_path):
    shop = tmp_path / "my.toml"
    shop.write_text("", encoding="utf-8")
    folder = plan_of(tmp_path / "cut", sheets=[sawn("birch-ply-18-offcut-3fa21c", "offcut")])
    with pytest.raises(CsmError, match="not among the leftovers any more; plan again"):
        Stock.read(shop).use_plan(folder, again=False)


@pytest.mark.parametrize("text", ["", "{}", '{"format": 2, "name": "a", "sheets": [], "bars": []}', "[1]"])
def test_what_is_no_plan_is_refused_in_a_line(tmp_path, text):
    (tmp_path / "plan.json").write_text(text, encoding="utf-8")
    with pytest.raises(CsmError, match="no cut plan of this version"):
        read_plan(tmp_path)
    with pytest.raises(CsmError, match="csm cut writes one"):
        read_plan(tmp_path / "nowhere")
