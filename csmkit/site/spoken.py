# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The pages of one language: generated Markdown beside the hand-written, built by mkdocs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from csmkit.build import Files
from csmkit.build.disk import one_clear_line
from csmkit.export.language.language import Language, published
from csmkit.site.catalog import catalog_page, catalog_rows
from csmkit.site.found import lighten
from csmkit.site.frame import frame
from csmkit.site.home import home_page
from csmkit.site.kit import Built, in_language, load_built
from csmkit.site.kit_page import kit_page
from csmkit.site.unread import put_back, without_unread

EPOCH = 315532800  # 1980-01-01: the date that everything bears, as in the bundles
BUILT = ".built"  # where a language's pages wait until the root stands
SAID = "said.txt"
CATALOG = "catalog.json"  # every site has one: that is how an earlier site is known
OVERVIEWS = ("index.md", "kits/index.md")  # home and catalog


def write_language(
    kits: Sequence[tuple[str, Mapping[str, str]]],
    config: str,
    source: str,
    site: str,
    code: str,
    address: str,
) -> Files:
    """Write the pages of a language, as a worker's task: English to `site`, others to `source`/es/.built.

    Args:
        kits: key, and folders by preset, in the order of the catalog.
        config: mkdocs.yml.
        source: has all that languages share.
        code: of the language.
        address: of the published site; empty if there is none.
    Returns: said.txt: what mkdocs said if it failed.
    """
    languages = published()
    language = next(one for one in languages if one.code == code)
    folder = Path(source, language.folder)
    with one_clear_line(folder, "free some space or choose another folder with --out"):
        built = [load_built(key, {name: Path(at) for name, at in presets.items()}) for key, presets in kits]
        spoken = [[in_language(b, language) for b in presets] for presets in built]
        unread = _write_pages(
            spoken, json.loads(Path(source, "docs", CATALOG).read_bytes()), language, folder
        )
        above = Path(os.path.relpath(Path(config).resolve(), folder.resolve())).as_posix()
        settings = frame(language, languages, above, address)
        (folder / "mkdocs.yml").write_text(settings, encoding="utf-8", newline="\n")
        pages = folder / BUILT if language.folder else Path(site)
        said = _mkdocs_run(folder, pages, address and address + language.folder)
        if not said:
            lighten(pages / "search/search_index.json", [presets[0] for presets in spoken])
            for name, blocks in unread.items():
                put_back(pages / name, blocks)
    return {SAID: said.encode()}


def _write_pages(
    kits: Sequence[Sequence[Built]], data: Mapping[str, Any], language: Language, folder: Path
) -> dict[str, list[str]]:
    """The Markdown of the generated pages.

    Returns: blocks that go round mkdocs, by the path of their built page.
    """
    unread = {}
    for name, text in _pages(kits, data, language):
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        is_kit = name not in OVERVIEWS  # the search gets an entry of a kit from its data
        read, unread[f"{name.removesuffix('.md')}.html"] = without_unread(text, only_marked=not is_kit)
        path.write_text(read, encoding="utf-8", newline="\n")
    return unread


def _pages(
    kits: Sequence[Sequence[Built]], data: Mapping[str, Any], language: Language
) -> Iterator[tuple[str, str]]:
    """The generated pages of a language, by path; `data` is catalog.json."""
    rows = catalog_rows(kits)
    defaults = [presets[0] for presets in kits]
    home, overview = OVERVIEWS
    yield home, home_page(rows, kits, language)
    yield overview, catalog_page(data, rows, language)
    for presets in kits:
        for built in presets:
            yield f"kits/{built.url}index.md", kit_page(built, presets, defaults)


def _mkdocs_run(folder: Path, built: Path, address: str) -> str:
    """Build the pages in a process of its own: mkdocs keeps state, and the environment gives the date."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    command += ["--config-file", str(folder / "mkdocs.yml"), "--site-dir", str(built)]
    settings = {"SOURCE_DATE_EPOCH": str(EPOCH), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "TZ": "UTC"}
    settings |= {"SITE_URL": address} if address else {}
    done = subprocess.run(command, env={**os.environ, **settings}, capture_output=True, encoding="utf-8")
    return "" if done.returncode == 0 else done.stdout + done.stderr or "mkdocs failed"
