# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Checks a built site: links, assets, third parties, ids, weight. `python -m csmkit.site.check build/site`.

Only the standard library, so that it runs wherever the site lies.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

MOST_BYTES = 250_000  # of a page with all it loads at once, gzip
MOST_REQUESTS = 20
FAULTY = 2  # exit code
# Loaded by the theme's script, not named by any tag: its search, and two files at the site's root.
SEARCH = re.compile(r'"base":\s*"([^"]*)".*"search":\s*"([^"]+)"', re.DOTALL)
FETCHED = ("search/search_index.json", "sitemap.xml")
STYLE_URL = re.compile(r"url\(\s*['\"]?([^'\")]+)['\"]?\s*\)|@import\s+['\"]([^'\"]+)['\"]")
LOADED_RELS = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "preconnect", "dns-prefetch"}
SCRIPTED = re.compile(r"^\s*(javascript|vbscript):", re.IGNORECASE)


@dataclass
class Page(HTMLParser):
    """What an HTML page links to, what it loads at once, and what it may load later or instead.

    Of a picture in several sizes or formats a browser loads one: the largest of the first source counts, also
    for the pictures that are only fetched when they come near the window (loading=lazy) as something later.
    """

    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._inside = ""
        self._sources: list[str] = []  # of the picture that we are in

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect what one tag names."""
        given = {name: value or "" for name, value in attrs}
        self._inside = tag if tag in ("style", "script") else ""
        if "id" in given:
            self.ids.append(given["id"])
        if tag in ("a", "area", "form"):
            self.links += [given[n] for n in ("href", "action") if given.get(n)]
        elif tag == "link":
            is_loaded = bool(LOADED_RELS & set(given.get("rel", "").lower().split()))
            (self.loads if is_loaded else self.links).append(given.get("href", ""))
        elif tag == "source" and given.get("srcset"):
            self._sources.append(given["srcset"])
        elif tag == "img":
            self._add_picture(given)
        else:
            self.loads += [given[n] for n in ("src", "poster", "data") if given.get(n)]
        if "style" in given:
            self.styles.append(given["style"])

    def _add_picture(self, given: Mapping[str, str]) -> None:
        """All files of a picture; unless it waits for the window, the largest of its first set is loaded."""
        sets = [*self._sources, given.get("srcset", "")]
        self._sources = []
        files = [sorted(_candidates(one), reverse=True) for one in sets if one.strip()]
        choices = [name for one in files for _, name in one]
        choices += [given["src"]] if given.get("src") else []
        at_once = 0 if given.get("loading") == "lazy" else 1
        self.loads += choices[:at_once]
        self.offers += choices[at_once:]

    def handle_data(self, data: str) -> None:
        """Style sheets and the theme's configuration stand in the page itself."""
        if self._inside == "style":
            self.styles.append(data)
        elif self._inside == "script" and (found := SEARCH.search(data)):
            base = found[1].rstrip("/")
            self.loads += [found[2], *(f"{base}/{name}" for name in FETCHED)]

    def handle_endtag(self, tag: str) -> None:
        """Leave a style or script."""
        if tag == self._inside:
            self._inside = ""


class Site:
    """A folder of pages."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.base = _base(self.root / "sitemap.xml")
        self.page = lru_cache(maxsize=None)(self._page)
        self.weight = lru_cache(maxsize=None)(self._weight)

    def faults(self) -> Iterator[str]:
        """Everything that is wrong, a line each, sorted by page."""
        pages = sorted(self.root.rglob("*.html"))
        if not pages:
            yield f"{self.root}: no pages"
        for path in pages:
            name = path.relative_to(self.root).as_posix()
            for fault in self._page_faults(path):
                yield f"{name}: {fault}"
        for path in sorted(self.root.rglob("*.css")):
            for url in _style_urls(path.read_text(encoding="utf-8")):
                if fault := self._load_fault(path, url):
                    yield f"{path.relative_to(self.root).as_posix()}: {fault}"

    def loads(self, path: Path) -> set[Path]:
        """Every file of the site that a page loads, itself included."""
        page: Page = self.page(path)
        found = {path}
        for url in (*page.loads, *_style_urls(*page.styles)):
            target = self._target(path, url)
            if target is not None and target.is_file():
                found.add(target)
        for sheet in [f for f in found if f.suffix == ".css"]:
            near = (self._target(sheet, url) for url in _style_urls(sheet.read_text(encoding="utf-8")))
            found |= {f for f in near if f is not None and f.is_file()}
        return found

    def _page_faults(self, path: Path) -> Iterator[str]:
        page: Page = self.page(path)
        for twice in sorted(i for i, n in Counter(page.ids).items() if n > 1):
            yield f"two elements have the id {twice!r}"
        for url in dict.fromkeys(page.links):
            if fault := self._link_fault(path, url):
                yield fault
        for url in dict.fromkeys((*page.loads, *page.offers, *_style_urls(*page.styles))):
            if fault := self._load_fault(path, url):
                yield fault
        loaded = self.loads(path)
        weight = sum(self.weight(f) for f in loaded)
        if weight > MOST_BYTES:
            yield f"weighs {weight / 1000:.0f} kB gzip, more than {MOST_BYTES / 1000:.0f} kB"
        if len(loaded) > MOST_REQUESTS:
            yield f"needs {len(loaded)} requests, more than {MOST_REQUESTS}"

    def _link_fault(self, path: Path, url: str) -> str:
        if SCRIPTED.match(url):
            return f"the link {url} runs a script"
        target = self._target(path, url)
        if target is None:
            return ""  # elsewhere: followed by the visitor, not by the page
        if not target.is_file():
            return f"the link {url} leads nowhere"
        part = unquote(urlsplit(url).fragment)
        is_known = not part or target.suffix != ".html" or part in self.page(target).ids
        return "" if is_known or part == "__skip" else f"the link {url} names no element of its page"

    def _load_fault(self, path: Path, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme == "data" or (not parts.scheme and not parts.netloc and not parts.path):
            return ""
        if parts.scheme or parts.netloc:
            return f"{url} is loaded from a third party"
        target = self._target(path, url)
        return "" if target is not None and target.is_file() else f"{url} is loaded and does not exist"

    def _target(self, path: Path, url: str) -> Path | None:
        """The file that a link names; None if it leads out of the site."""
        parts = urlsplit(url)
        if parts.scheme or parts.netloc:
            return None
        name = unquote(parts.path)
        start = self.root if name.startswith("/") else path.parent
        target = path if not name else (start / name.removeprefix(self.base).lstrip("/")).resolve()
        if not target.is_relative_to(self.root):
            return self.root / "outside of the site"
        return target / "index.html" if target.is_dir() else target

    def _page(self, path: Path) -> Page:
        page = Page()
        page.feed(path.read_text(encoding="utf-8"))
        page.close()
        return page

    def _weight(self, path: Path) -> int:
        return len(gzip.compress(path.read_bytes(), 6, mtime=0))


def _candidates(srcset: str) -> Iterator[tuple[float, str]]:
    """Files of a srcset with their width or density."""
    for part in srcset.split(","):
        name, *size = part.split() or [""]
        if name:
            yield (float(size[0][:-1]) if size else 1.0, name)


def _base(sitemap: Path) -> str:
    """Where the site will be published, from its sitemap: "/csmkit/"; "/" if that names no address."""
    text = sitemap.read_text(encoding="utf-8") if sitemap.is_file() else ""
    places = re.findall(r"<loc>\s*([^<\s]+)", text)
    return min((urlsplit(place).path for place in places), key=len, default="/")


def _style_urls(*styles: str) -> Iterable[str]:
    return [url or other for text in styles for url, other in STYLE_URL.findall(text)]


def main(arguments: list[str]) -> int:
    """Print a line per fault; exit code 2 if there are any."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("usage: python -m csmkit.site.check SITE", file=sys.stderr)
        return FAULTY
    site = Site(Path(arguments[0]))
    faults = list(site.faults())
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        return FAULTY
    pages = sorted(site.root.rglob("*.html"))
    heaviest = max(pages, key=lambda page: sum(map(site.weight, site.loads(page))))
    loaded = site.loads(heaviest)
    weight = sum(map(site.weight, loaded)) / 1000
    name = heaviest.relative_to(site.root).as_posix()
    print(f"{len(pages)} pages, no faults; heaviest: {name}, {weight:.0f} kB gzip, {len(loaded)} requests")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
