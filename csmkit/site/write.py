# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The site: generated Markdown beside the hand-written, built by mkdocs, put in its place as a whole."""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from glob import escape
from pathlib import Path

from csmkit.build import WorkerPool, call
from csmkit.build.disk import one_clear_line, random_name, remove_tree
from csmkit.build.swap import swap_in
from csmkit.errors import CsmError
from csmkit.export.language.language import published
from csmkit.site.assets import write_assets
from csmkit.site.catalog import catalog
from csmkit.site.frame import THEME
from csmkit.site.guides import NO_PICTURES, Guides, write_guides
from csmkit.site.kit import Built, load_built
from csmkit.site.share import write_share
from csmkit.site.spoken import BUILT, CATALOG, SAID

SOURCE = ".site-src"  # beside the site: what mkdocs was given, to look at
FILES = "files"  # in that folder, where downloads wait until the pages stand
SPOKEN = "csmkit.site.spoken:write_language"
LICENCE = re.compile(r"\A<!--\s*SPDX.*?-->\s*", re.DOTALL)
LEFTOVER_S = 86400  # a temporary folder as old as a day belongs to no running build


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
    with one_clear_line(out, "free some space or choose another folder with --out"):
        out = out.resolve()
        _refuse_foreign(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        with _temporary(out) as site, _temporary(out.with_name(SOURCE)) as source:
            _make(kits, docs, config, guides, source, site)
            swap_in(site, out)
            swap_in(source, out.with_name(SOURCE))


def _make(
    kits: Sequence[SiteKit], docs: Path, config: Path, guides: Guides, source: Path, site: Path
) -> None:
    """Fill both folders; each language has a process of its own."""
    loaded = [load_built(kit.key, kit.presets) for kit in kits]
    languages = published()
    _write_common(loaded, docs, source)
    write_guides(guides, config.resolve().parent, source / "docs")
    told: dict[str, object] = {
        "kits": [[kit.key, {name: str(p.resolve()) for name, p in kit.presets.items()}] for kit in kits],
        "config": str(config.resolve()),
        "source": str(source),
        "site": str(site),
        "address": os.environ.get("SITE_URL", ""),
    }
    with WorkerPool(len(languages)) as pool:
        runs = [pool.submit(call, SPOKEN, {**told, "code": language.code}, {}) for language in languages]
        for preset in (b for presets in loaded for b in presets):  # mkdocs clears the site
            _place_files(preset, source / FILES / preset.files_url)
        _refuse_faults([run.result()[SAID].decode() for run in runs])
    for language in languages[1:]:
        (source / language.folder / BUILT).rename(site / language.folder)
        (site / language.folder / "404.html").unlink()  # a server shows the one at the root
    for preset in (b for presets in loaded for b in presets):
        page = (site / "kits" / preset.files_url).parent
        page.mkdir(parents=True, exist_ok=True)
        (source / FILES / preset.files_url).rename(page / "files")
        if os.environ.get("SITE_URL"):  # others link to a published site alone
            write_share(preset, page)


def _write_common(kits: Sequence[Sequence[Built]], docs: Path, source: Path) -> None:
    """What all languages share: hand-written pages, theme, assets, and catalog.json."""
    shutil.copytree(docs, source / "docs", dirs_exist_ok=True, copy_function=_copy_page)
    shutil.copytree(THEME, source / "theme")
    write_assets(source / "docs/assets")
    listed = json.dumps(catalog(kits), separators=(",", ":"), ensure_ascii=False) + "\n"
    (source / "docs" / CATALOG).write_text(listed, encoding="utf-8", newline="\n")


def _copy_page(source: str, target: str) -> None:
    """Copy a file; Markdown without the licence above its title, which mkdocs would not find below it."""
    if not source.endswith(".md"):
        shutil.copy2(source, target)
        return
    text = Path(source).read_text(encoding="utf-8")
    Path(target).write_text(LICENCE.sub("", text), encoding="utf-8", newline="\n")


def _refuse_faults(said: Sequence[str]) -> None:
    """Raises: CsmError: with the first fault that mkdocs found, warnings included."""
    lines = [line.strip() for text in said for line in text.splitlines() if line.strip()]
    if not lines:
        return
    faults = [line for line in lines if line.startswith(("WARNING", "ERROR"))] or lines[-1:]
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    problem = " ".join((faults[0] if faults else "mkdocs failed").split())
    raise CsmError(f"{problem}{more}", kit="site", remedy="mend the page in docs/ or mkdocs.yml")


def _place_files(built: Built, folder: Path) -> None:
    """The build's files to where the pages link: further names of the same files, so nothing is copied."""
    for name in built.paths:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(built.folder / name, path)
        except OSError:  # another disk, or a file system without such names
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
