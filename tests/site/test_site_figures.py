# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Numbers as pages show them, and contributors' Markdown made harmless."""

import pytest

from csmkit.model.manifest import argument
from csmkit.site import figures
from csmkit.site.prose import prose


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (figures.number(400.0), "400"),
        (figures.number(12.50), "12.5"),
        (figures.number(-0.001), "0"),
        (figures.significant(0.0123456), "0.01235"),
        (figures.significant(1234567.8), "1234568"),
        (figures.significant(99.996), "100"),
        (figures.lengths((600.0, 400.0, 11.85)), "600 × 400 × 11.8\xa0mm"),
        (figures.mass(12.34), "12.3\xa0kg"),
        (figures.mass(0.45), "450\xa0g"),
        (figures.mass(0.0042), "4.2\xa0g"),
        (figures.duration(0.2), "1\xa0min"),
        (figures.duration(59.4), "59\xa0min"),
        (figures.duration(198.0), "3\xa0h 20\xa0min"),
        (figures.duration(121.0), "2\xa0h"),
        (figures.money("324.86", "EUR"), "324.86\xa0EUR"),
        (figures.percent(0.784), "78\xa0%"),
        (figures.file_size(999), "999\xa0B"),
        (figures.file_size(1234), "1.2\xa0kB"),
        (figures.file_size(999_600), "1.0\xa0MB"),
        (figures.file_size(43_210_000), "43\xa0MB"),
        (figures.setting(True), "yes"),
        (figures.setting(0.125), "0.125"),
        (argument(False), "false"),
        (argument(1200.0), "1200"),
    ],
)
def test_a_number_is_shown_with_the_digits_that_a_maker_can_use(shown, expected):
    assert shown == expected


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**bold** and `code`", "<p><strong>bold</strong> and <code>code</code></p>"),
        ("<b onclick=x>no</b>", "<p>&lt;b onclick=x&gt;no&lt;/b&gt;</p>"),
        ("![a picture](https://example.org/x.png)", "<p>a picture</p>"),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>"),
        ("[a](//example.org)", "<p>a</p>"),
        ("[a ![b](c.png)](d.md) e", "<p>a b e</p>"),
        ("[a](https://example.org)", '<p><a href="https://example.org" rel="noopener nofollow">a</a></p>'),
        ("# Title", "<h4>Title</h4>"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
    ],
)
def test_markdown_of_contributors_becomes_harmless_html(text, html):
    assert prose(text).strip() == html
