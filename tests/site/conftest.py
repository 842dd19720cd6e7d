# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""One site for all tests of pages: a small kit with two presets, and one whose texts attack the page."""

import pytest
from sample_kits import ATTACK, HOSTILE, PROSE, ROOT, write_kit

from csmkit.site import write_site


@pytest.fixture(scope="session")
def kits(tmp_path_factory):
    folder = tmp_path_factory.mktemp("build")
    step = {"title": ATTACK, "adds": [], "tools": [ATTACK], "minutes": 5.0, "text": PROSE, "line": 1}
    hostile = write_kit(
        folder,
        HOSTILE,
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
