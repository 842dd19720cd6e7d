# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""One site for all tests of pages: a small kit with two presets, and one whose texts attack the page."""

from pathlib import Path

import pytest
from sample_kits import write_kit

from csmkit.site import write_site

ROOT = Path(__file__).parents[2]
ATTACK = '</title><script>alert(1)</script><img src=x onerror=alert(1)> "quoted" {{ 7*7 }} | `tick` & <b>'
PROSE = (
    f"{ATTACK}\n\n# A heading\n\n![spy](https://example.org/spy.png) [run](javascript:alert(1))"
    " [out](https://example.org/) [file](photos/a.jpg)\n\n<script>alert(2)</script>\n"
)


@pytest.fixture(scope="session")
def kits(tmp_path_factory):
    folder = tmp_path_factory.mktemp("build")
    step = {"title": ATTACK, "adds": [], "tools": [ATTACK], "minutes": 5.0, "text": PROSE, "line": 1}
    hostile = write_kit(
        folder,
        "hostile",
        ("default",),
        title=ATTACK,
        summary=ATTACK,
        function=ATTACK,
        untested=[ATTACK],
        tags=[ATTACK],
        maturity=ATTACK,
        license=ATTACK,
        repo='javascript:alert("repo")',
        assembly={"intro": PROSE, "steps": [step]},
    )
    return [write_kit(folder), hostile]


@pytest.fixture(scope="session")
def site(kits, tmp_path_factory):
    out = tmp_path_factory.mktemp("out") / "site"
    write_site(kits, ROOT / "docs", ROOT / "mkdocs.yml", out)
    return out
