# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Lighthouse on a built site: `python benchmarks/lighthouse.py build/site [page …]`.

Serves the folder on 127.0.0.1, gzip as a real server does, and runs `npx lighthouse` (npm, with the system's
Chromium) as a phone. Prints a row a page; the exit code is 1 if a score is below its least. Without npx it
says so. Performance depends on what else the machine does: measure it alone.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

LEAST = {"performance": 90, "accessibility": 98, "best-practices": 95, "seo": 95}
METRICS = {
    "first-contentful-paint": "FCP",
    "largest-contentful-paint": "LCP",
    "total-blocking-time": "TBT",
    "cumulative-layout-shift": "CLS",
}
PAGES = ("", "kits/", "kits/bike-trailer/", "kits/turbine/")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = "--headless=new --no-sandbox --disable-gpu"
PACKED = (".html", ".css", ".js", ".json", ".svg", ".xml")
MISSED = 1  # exit code: a score is too low
MISUSED = 2


class Packing(http.server.SimpleHTTPRequestHandler):
    """Serves texts as gzip."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """A file, packed if it is a text."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file() or path.suffix not in PACKED:
            super().do_GET()
            return
        body = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Be quiet."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder's address while it is served."""
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Packing, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def report(npx: str, chromium: str, address: str) -> Mapping[str, Any]:
    """Lighthouse's report of one page, as a phone with its slow network sees it."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        command = [npx, "--yes", "lighthouse", address, "--quiet", "--output=json", f"--output-path={out}"]
        command += [f"--chrome-path={chromium}", f"--chrome-flags={FLAGS}", "--form-factor=mobile"]
        subprocess.run(command, check=True)
        found: Mapping[str, Any] = json.loads(out.read_bytes())
        return found


def row(page: str, found: Mapping[str, Any]) -> tuple[str, bool]:
    """A line of the table, and whether every score is high enough."""
    scores = {key: round(100 * (found["categories"][key]["score"] or 0)) for key in LEAST}
    told = [f"{found['audits'][key]['displayValue']:>8}" for key in METRICS]
    line = (
        f"{page or 'home':24} " + " ".join(f"{score:>6}" for score in scores.values()) + " " + " ".join(told)
    )
    return line, all(scores[key] >= least for key, least in LEAST.items())


def faults(found: Mapping[str, Any]) -> Iterator[str]:
    """What Lighthouse would have mended, in the categories below their least."""
    for key, least in LEAST.items():
        category = found["categories"][key]
        if round(100 * (category["score"] or 0)) < least:
            for audit in (found["audits"][ref["id"]] for ref in category["auditRefs"] if ref["weight"]):
                if audit["score"] is not None and audit["score"] < 1:
                    yield f"  {key}: {audit['title']} {audit.get('displayValue', '')}"


def main(arguments: Sequence[str]) -> int:
    """Print the table."""
    if not arguments or not Path(arguments[0]).is_dir():
        print("usage: python benchmarks/lighthouse.py SITE [page …]", file=sys.stderr)
        return MISUSED
    npx = shutil.which("npx")
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if npx is None or chromium is None:
        print("npx or Chromium is not installed: nothing was measured")
        return 0
    folder = Path(arguments[0])
    pages = arguments[1:] or [page for page in PAGES if (folder / page / "index.html").is_file()]
    print(
        f"{'page':24} {'perf':>6} {'access':>6} {'best':>6} {'seo':>6} "
        + " ".join(f"{m:>8}" for m in METRICS.values())
    )
    is_good = True
    with served(folder) as address:
        for page in pages:
            found = report(npx, chromium, address + page)
            line, holds = row(page, found)
            print("\n".join([line, *faults(found)]), flush=True)
            is_good = is_good and holds
    return 0 if is_good else MISSED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
