# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""How long a site with many kits takes, and what its catalog weighs.

    csm build step-stool; csm build bike-trailer
    python benchmarks/site.py --kits 200 build/step-stool build/bike-trailer

The kits are copies of built ones under other names, each with the presets that its folder holds. Asked: at
most 15 s with 200 kits whose files are built, a catalog page of at most 400 kB gzip with catalog.json and the
pictures that stand in the first window, and kit pages that weigh as much as in a site of a few kits.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from csmkit.site import SiteKit, write_site
from csmkit.site.check import Site

ROOT = Path(__file__).parents[1]
IN_WINDOW = 12  # cards of which a desktop's browser fetches the picture at once: four rows of three
CARD_WIDTH = "-320."  # in the names of the pictures that cards show


def main(arguments: Sequence[str]) -> int:
    """Print time and weights of a small and of a large site."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path, help="built kits: build/step-stool …")
    parser.add_argument("--kits", type=int, default=200)
    asked = parser.parse_args(arguments)
    for count in (len(asked.folders), asked.kits):
        with tempfile.TemporaryDirectory() as folder:
            site = Path(folder) / "site"
            began = time.perf_counter()
            write_site(copies(asked.folders, count), ROOT / "docs", ROOT / "mkdocs.yml", site)
            print(f"{count} kits: {time.perf_counter() - began:.1f} s, {weights(site)}")
    return 0


def copies(folders: Sequence[Path], count: int) -> list[SiteKit]:
    """So many kits, which take turns in what they show."""
    presets = [
        {p.name: p for p in sorted(folder.iterdir()) if (p / "kit.json").is_file()} for folder in folders
    ]
    return [
        SiteKit(f"{folders[n % len(folders)].name}-{n:03}", presets[n % len(folders)]) for n in range(count)
    ]


def weights(folder: Path) -> str:
    """Of the catalog's page as a visitor loads it, and of the heaviest kit page; gzip."""
    site = Site(folder)
    catalog = folder / "kits/index.html"
    page = sum(map(site.weight, site.loads(catalog))) + _gzip(folder / "catalog.json")
    pictures = sorted(folder.glob(f"kits/*/*/files/pictures/hero{CARD_WIDTH}webp"))[:IN_WINDOW]
    kits = max(sum(map(site.weight, site.loads(p))) for p in folder.glob("kits/*/index.html"))
    return (
        f"catalog {_kb(page)} and {_kb(sum(map(_gzip, pictures)))} of pictures"
        f" (catalog.json {_kb(_gzip(folder / 'catalog.json'))}), heaviest kit page {_kb(kits)}"
    )


def _gzip(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 6, mtime=0))


def _kb(count: int) -> str:
    return f"{count / 1000:.0f} kB"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
