# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The real site in the system's Chromium: one for all tests, served on 127.0.0.1.

The kits are built with the cache that CSM_CACHE names, so that after `make site` the site stands in seconds.
All tests of this folder are one group for xdist; where it sees none (3.8 with pytest 9.2), each worker has
a Chromium and a site of its own.
"""

import functools
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or "chromium"
WEBGL = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]  # without a graphics card
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))
            item.add_marker(pytest.mark.needs("chromium", package="chromium"))


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format, *args):
        pass


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory):
    """The site of all kits; CSM_SITE names one that stands already."""
    if os.environ.get("CSM_SITE"):
        return Path(os.environ["CSM_SITE"]).resolve()
    out = tmp_path_factory.mktemp("browser")
    command = [sys.executable, "-c", "from csmkit.cli import main; main()", "site", "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return out / "site"


@pytest.fixture(scope="session")
def unlike_kits(site_folder):
    """Kits' addresses without those of which the turbine is made: its page has what theirs have."""
    kits = [kit["url"] for kit in json.loads((site_folder / "catalog.json").read_text())["kits"]]
    return [url for url in kits if not url.startswith("kits/turbine-")]


@pytest.fixture(scope="session")
def site_url(site_folder):
    handler = functools.partial(Quiet, directory=str(site_folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *WEBGL])
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser, site_url):
    """Opens pages; at the end none may have written an error to the console or asked a third party.

    Call it with the options of a browser context: viewport, color_scheme, java_script_enabled, …
    """
    contexts, faults = [], []
    home = urlsplit(site_url).netloc

    def opened(**options):
        context = browser.new_context(
            base_url=site_url, **{"viewport": {"width": 1280, "height": 900}, **options}
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: faults.append(f"console: {m.text}") if m.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(f"error: {error}"))

        def asked(request):
            address = urlsplit(request.url)
            if address.scheme in ("http", "https") and address.netloc != home:
                faults.append(f"third party: {request.url}")

        page.on("request", asked)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(new_page):
    return new_page()
