# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The site: generated Markdown beside the hand-written, built by mkdocs, put in its place as a whole."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from glob import escape
from pathlib import Path
from typing import Any

from csmkit.build.disk import one_clear_line, random_name, remove_tree
from csmkit.build.swap import swap_in
from csmkit.errors import CsmError
from csmkit.site.assets import write_assets
from csmkit.site.catalog import catalog, catalog_page, catalog_rows
from csmkit.site.found import lighten
from csmkit.site.frame import THEME, frame
from csmkit.site.guides import NO_PICTURES, Guides, write_guides
from csmkit.site.home import home_page
from csmkit.site.kit import Built, load_built
from csmkit.site.kit_page import kit_page
from csmkit.site.language import Language, published
from csmkit.site.share import write_share
from csmkit.site.translate import in_language
from csmkit.site.unread import put_back, without_unread

SOURCE = ".site-src"  # beside the site: what mkdocs was given, to look at
EPOCH = 315532800  # 1980-01-01: the date that everything bears, as in the bundles
LEFTOVER_S = 86400  # a temporary folder as old as a day belongs to no running build
COPIED = ".copied"  # where the kits' files wait for it too
BUILT = ".built"  # where a language's pages wait until the root stands
CATALOG = "catalog.json"  # every site has one: that is how an earlier site is known


@dataclass(frozen=True)
class SiteKit:
    """A built kit.

    Args:
        key: of the kit.
        presets: key of the preset to the folder that its build has left.
    """

    key: str
    presets: Mapping[str, Path]


def write_site(
    kits: Sequence[SiteKit], docs: Path, config: Path, out: Path, guides: Guides = NO_PICTURES
) -> None:
    """Write the site to `out`, whole or not at all; the same kits and docs give the same bytes.

    Args:
        kits: in the order of the catalog.
        docs: hand-written pages.
        config: mkdocs.yml.
        out: the site's folder; an earlier site in it is replaced. The Markdown goes to `.site-src` beside it.
        guides: the small kits that hand-written pages show.
    Raises: CsmError: a kit.json is missing or of another version, mkdocs finds a fault, `out` holds something
        else or can't be written to.
    """
    built = [load_built(kit.key, kit.presets) for kit in kits]
    with one_clear_line(out, "free some space or choose another folder with --out"):
        out = out.resolve()
        _refuse_foreign(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        with _temporary(out) as site, _temporary(out.with_name(SOURCE)) as source:
            _make(built, docs, config, guides, source, site)
            swap_in(site, out)
            swap_in(source, out.with_name(SOURCE))


def _make(
    kits: Sequence[Sequence[Built]], docs: Path, config: Path, guides: Guides, source: Path, site: Path
) -> None:
    """Fill both folders; mkdocs works on a language while the next is written and files are copied."""
    languages = published()
    unread: dict[str, list[str]] = {}
    with ThreadPoolExecutor(max_workers=1 + len(languages)) as beside:
        copied = beside.submit(_copy_all, kits, source / COPIED)
        data = _write_common(kits, docs, source)
        write_guides(guides, config.resolve().parent, source / "docs")
        runs = []
        for language in languages:
            unread |= _write_language(kits, data, config, source, language, languages)
            runs.append(beside.submit(_mkdocs_run, source, site, language))
        _refuse_faults([run.result() for run in runs])
        copied.result()
    for language in languages[1:]:
        (source / language.folder / BUILT).rename(site / language.folder)
        (site / language.folder / "404.html").unlink()  # a server shows the one at the root
    for language in languages:
        defaults = [in_language(presets[0], language) for presets in kits]
        lighten(site / language.folder / "search/search_index.json", defaults)
    for name, blocks in unread.items():
        put_back(site / name, blocks)
    for preset in (b for presets in kits for b in presets):
        (site / "kits" / preset.files_url).parent.mkdir(parents=True, exist_ok=True)
        (source / COPIED / preset.files_url).rename(site / "kits" / preset.files_url)
        if os.environ.get("SITE_URL"):  # others link to a published site alone
            write_share(preset, (site / "kits" / preset.files_url).parent)
    remove_tree(source / COPIED)


def _write_common(kits: Sequence[Sequence[Built]], docs: Path, source: Path) -> dict[str, Any]:
    """What all languages share: hand-written pages, theme, assets, and catalog.json, which is returned."""
    shutil.copytree(docs, source / "docs", dirs_exist_ok=True)
    shutil.copytree(THEME, source / "theme")
    write_assets(source / "docs/assets")
    data = catalog(kits)
    listed = json.dumps(data, separators=(",", ":"), ensure_ascii=False) + "\n"
    (source / "docs" / CATALOG).write_text(listed, encoding="utf-8", newline="\n")
    return data


def _write_language(
    kits: Sequence[Sequence[Built]],
    data: Mapping[str, Any],
    config: Path,
    source: Path,
    language: Language,
    languages: Sequence[Language],
) -> dict[str, list[str]]:
    """The generated pages of a language beside a mkdocs.yml that inherits `config`; English lies at the top.

    Returns: blocks that go round mkdocs, by the path of their built page.
    """
    unread = {}
    folder = source / language.folder
    spoken = [[in_language(b, language) for b in presets] for presets in kits]
    for name, text in _pages(spoken, data, language):
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        read, unread[f"{language.folder}{name.removesuffix('.md')}.html"] = without_unread(text)
        path.write_text(read, encoding="utf-8", newline="\n")
    above = Path(os.path.relpath(config.resolve(), folder.resolve())).as_posix()
    settings = frame(language, languages, above, os.environ.get("SITE_URL", ""))
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8", newline="\n")
    return unread


def _pages(
    kits: Sequence[Sequence[Built]], data: Mapping[str, Any], language: Language
) -> Iterator[tuple[str, str]]:
    """The generated pages of a language, by path; `data` is catalog.json."""
    rows = catalog_rows(kits)
    defaults = [presets[0] for presets in kits]
    yield "index.md", home_page(rows, kits, language)
    yield "kits/index.md", catalog_page(data, rows, language)
    for presets in kits:
        for built in presets:
            yield f"kits/{built.url}index.md", kit_page(built, presets, defaults)


def _refuse_faults(said: Sequence[str]) -> None:
    """Raises: CsmError: with the first fault that mkdocs found, warnings included."""
    lines = [line.strip() for text in said for line in text.splitlines() if line.strip()]
    if not lines:
        return
    faults = [line for line in lines if line.startswith(("WARNING", "ERROR"))] or lines[-1:]
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    problem = " ".join((faults[0] if faults else "mkdocs failed").split())
    raise CsmError(f"{problem}{more}", kit="site", remedy="mend the page in docs/ or mkdocs.yml")


def _mkdocs_run(source: Path, site: Path, language: Language) -> str:
    """Build the pages of a language in a process of its own; what mkdocs said if it failed, else "".

    mkdocs keeps state, and the environment gives the date.
    """
    built = source / language.folder / BUILT if language.folder else site
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    command += ["--config-file", str(source / language.folder / "mkdocs.yml"), "--site-dir", str(built)]
    settings = {"SOURCE_DATE_EPOCH": str(EPOCH), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "TZ": "UTC"}
    if address := os.environ.get("SITE_URL"):
        settings["SITE_URL"] = address + language.folder
    done = subprocess.run(command, env={**os.environ, **settings}, capture_output=True, encoding="utf-8")
    return "" if done.returncode == 0 else done.stdout + done.stderr or "mkdocs failed"


def _copy_all(kits: Sequence[Sequence[Built]], folder: Path) -> None:
    for built in (b for presets in kits for b in presets):
        _copy_files(built, folder / built.files_url)


def _copy_files(built: Built, folder: Path) -> None:
    """The build's files to where the pages link."""
    for name in built.paths:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(built.folder / name, path)


def _refuse_foreign(out: Path) -> None:
    if out.is_dir() and (not any(out.iterdir()) or (out / CATALOG).is_file()):
        return
    if out.exists():
        raise CsmError(f"{out} is no earlier site", remedy="move it away or choose another folder with --out")


@contextmanager
def _temporary(folder: Path) -> Iterator[Path]:
    """A new folder beside a folder; gone afterwards, if it hasn't taken another name."""
    start = f".{folder.name.lstrip('.')}."
    for leftover in folder.parent.glob(f"{escape(start)}*.tmp"):
        with suppress(FileNotFoundError):  # another run may just have finished
            if time.time() - leftover.stat().st_mtime > LEFTOVER_S:
                remove_tree(leftover)  # of a run that was killed
    path = folder.with_name(f"{start}{random_name()}.tmp")
    path.mkdir()
    try:
        yield path
    finally:
        remove_tree(path)
