# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The checker finds each kind of fault, and names the page."""

import random

import pytest

from csmkit.site.check import main

THEME = '<script id="__config" type="application/json">{"base": ".", "search": "search.js"}</script>'


def pages(folder, **texts):
    for name, text in texts.items():
        (folder / f"{name}.html").write_text(f"<!doctype html><title>{name}</title>{text}")
    return folder


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('<a href="gone/">x</a>', "the link gone/ leads nowhere"),
        ('<a href="../../secret.html">x</a>', "leads nowhere"),
        ('<a href="other.html#gone">x</a>', "names no element"),
        ('<a href="#gone">x</a>', "names no element"),
        ('<a href="JavaScript:alert(1)">x</a>', "runs a script"),
        ('<img src="gone.png">', "gone.png is loaded and does not exist"),
        ('<img srcset="gone.png 2x">', "gone.png is loaded and does not exist"),
        ('<script src="https://cdn.example/x.js"></script>', "loaded from a third party"),
        ('<link rel="stylesheet" href="//fonts.example/x.css">', "loaded from a third party"),
        ('<link rel="preconnect" href="https://fonts.example">', "loaded from a third party"),
        ("<style>b{background:url(https://example.org/spy.png)}</style>", "loaded from a third party"),
        ('<p style="background:url(gone.png)">x</p>', "gone.png is loaded and does not exist"),
        ('<b id="a"></b><b id="a"></b>', "two elements have the id 'a'"),
        (THEME, "search.js is loaded and does not exist"),
        ("".join(f'<img src="other.html?{n}">' for n in range(30)) + "<a href='gone'>", "leads nowhere"),
    ],
)
def test_a_fault_is_found(tmp_path, capsys, text, fault):
    assert main([str(pages(tmp_path, other="fine", bad=text))]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert any(line.startswith("bad.html: ") and fault in line for line in lines)
    assert not any(line.startswith("other.html") for line in lines)


def test_a_sound_site_passes(tmp_path, capsys):
    (tmp_path / "file name.zip").write_bytes(b"PK")
    text = (
        '<a href="other.html#here">x</a><a href="file%20name.zip">x</a><a href="https://example.org">x</a>'
        '<a href="mailto:a@example.org">x</a><img src="data:image/png;base64,AA">'
    )
    assert main([str(pages(tmp_path, other='<b id="here"></b>', good=text))]) == 0
    assert "2 pages, no faults" in capsys.readouterr().out


def test_a_heavy_page_is_found(tmp_path, capsys):
    (tmp_path / "noise.png").write_bytes(random.Random(1).randbytes(260_000))
    assert main([str(pages(tmp_path, heavy='<img src="noise.png">'))]) == 2
    assert "heavy.html: weighs 260 kB gzip, more than 250 kB" in capsys.readouterr().err


def test_a_page_of_many_requests_is_found(tmp_path, capsys):
    for n in range(21):
        (tmp_path / f"{n}.png").write_bytes(b"")
    assert main([str(pages(tmp_path, busy="".join(f'<img src="{n}.png">' for n in range(21))))]) == 2
    assert "busy.html: needs 22 requests, more than 20" in capsys.readouterr().err


def test_a_style_sheet_that_loads_from_elsewhere_is_found(tmp_path, capsys):
    (tmp_path / "a.css").write_text("@import 'https://fonts.example/x.css';")
    assert main([str(pages(tmp_path, page="<p>x</p>"))]) == 2
    assert "a.css: https://fonts.example/x.css is loaded from a third party" in capsys.readouterr().err


def test_a_site_that_is_published_below_a_path_passes(tmp_path, capsys):
    places = "".join(f"<url><loc>https://example.org/csmkit/{p}</loc></url>" for p in ("", "deep/page/"))
    (tmp_path / "sitemap.xml").write_text(f"<urlset>{places}</urlset>")
    (tmp_path / "a.png").write_bytes(b"")
    assert (
        main([str(pages(tmp_path, found='<img src="/csmkit/a.png"><a href="/csmkit/found.html">x</a>'))]) == 0
    )
    assert main([str(pages(tmp_path, lost='<a href="/csmkit/gone.html">x</a>'))]) == 2
    assert "lost.html: the link /csmkit/gone.html leads nowhere" in capsys.readouterr().err


def test_an_empty_or_missing_folder_does_not_pass(tmp_path, capsys):
    assert main([str(tmp_path)]) == 2
    assert main([str(tmp_path / "gone")]) == 2
