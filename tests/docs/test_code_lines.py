# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Code of the guides can be read without pushing it sideways."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
COLUMN = 92  # characters that fit beside the navigation on a window 1280 wide
FLOWS = ("console", "markdown", "toml")  # their long lines go on in the next line: style/reference.css
FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_no_line_of_code_in_a_guide_runs_beyond_its_column():
    long = [
        (path.name, line)
        for path in (ROOT / "docs").rglob("*.md")
        for language, text in FENCE.findall(path.read_text("utf-8"))
        for line in text.splitlines()
        if language not in FLOWS and len(line) > COLUMN
    ]
    assert not long


def test_no_line_of_the_gallery_s_samples_does_either():
    samples = [path for path in (ROOT / "examples/joints").glob("*.py") if path.name != "design.py"]
    assert samples
    assert not [
        (p.name, line) for p in samples for line in p.read_text("utf-8").splitlines() if len(line) > COLUMN
    ]
