# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What goes round mkdocs comes back as it was, and the search does not know it."""

import json
import re
from urllib.parse import unquote

import pytest

from csmkit.site.unread import put_back, without_unread

PAGE = """\
## Parts

<div class="csm-scroll" data-search-exclude>
<div>inner <b>words</b></div>

</div>
<p>read</p>
<ul data-search-exclude><li>one</li></ul> <p>beside</p>
"""


def test_blocks_leave_and_come_back_as_they_were(tmp_path):
    kept, blocks = without_unread(PAGE)
    assert len(blocks) == 2
    assert blocks[0].endswith("</div>\n\n</div>")
    assert "inner" not in kept
    assert "beside" in kept
    built = tmp_path / "index.html"
    built.write_text(kept)
    put_back(built, blocks)
    assert built.read_text() == PAGE


def test_a_block_within_a_line_or_a_block_stays_where_it_is():
    inner = "<div data-search-exclude>c</div>"
    page = f"a <div data-search-exclude>b</div>\n<div data-search-exclude>\n{inner}\n</div>\n"
    kept, blocks = without_unread(page)
    assert len(blocks) == 1
    assert "b</div>" in kept
    assert "c</div>" in blocks[0]


def test_of_a_kit_everything_goes_round_but_the_headings(tmp_path):
    page = "<div>\n<h1>Stool</h1>\n</div>\n\n## Parts { #bom }\n\n<p>one</p>\n<p>two</p>\n"
    kept, blocks = without_unread(page, only_marked=False)
    assert blocks == ["<div>\n<h1>Stool</h1>\n</div>", "<p>one</p>\n<p>two</p>"]
    assert "## Parts { #bom }" in kept
    built = tmp_path / "index.html"
    built.write_text(kept)
    put_back(built, blocks)
    assert built.read_text() == page


def test_every_page_has_one_title(site):
    for path in site.rglob("*.html"):
        assert path.read_text(encoding="utf-8").count("<h1") == 1, path


def test_an_element_that_is_not_closed_is_a_fault():
    with pytest.raises(ValueError, match="not closed"):
        without_unread("<div data-search-exclude>\n<div></div>\n")


def test_no_page_of_a_site_keeps_an_empty_place(site):
    for path in site.rglob("*.html"):
        assert "data-unread" not in path.read_text(encoding="utf-8"), path


def test_the_search_does_not_know_what_went_round(site):
    page = (site / "kits/step-stool/index.html").read_text(encoding="utf-8")
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    assert "countersunk wood screw" in page
    assert not any("countersunk wood screw" in entry["text"] for entry in index["docs"])


def test_of_each_kit_the_search_has_one_short_entry(site):
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    keys = [path.parent.name for path in sorted((site / "kits").glob("*/index.html"))]
    found = [entry for entry in index["docs"] if re.match(r"kits/[^#]", entry["location"])]
    assert sorted(unquote(entry["location"]) for entry in found) == sorted(f"kits/{key}/" for key in keys)
    stool = next(entry for entry in found if entry["location"] == "kits/step-stool/")
    assert stool["title"] == "Step stool"
    assert "furniture" in stool["text"]
    assert "Screw it together" in stool["text"]
