# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A kit's CHANGELOG.md."""

from pathlib import Path

import pytest

from csmkit.design.changelog import FILE, Release, parse_changelog
from csmkit.design.find import find_kits
from csmkit.errors import CsmError

DESIGNS = Path(__file__).parents[2] / "designs"
TEXT = b"""# Changelog

Some words.

## Unreleased

- A change
  over two lines.

## [1.0.0] - 2026-11-22

### Added

- One.
* Two.

More words.
"""


def test_releases_in_their_order_with_their_changes():
    assert parse_changelog("kit", TEXT) == (
        Release("Unreleased", "", ("A change over two lines.",)),
        Release("1.0.0", "2026-11-22", ("One.", "Two.")),
    )


def test_no_file_is_no_release():
    assert parse_changelog("kit", b"") == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b"- a change\n", "line 1: a change stands above the first version"),
        (b"\n## 1.0.0, yesterday\n", "line 2: '## 1.0.0, yesterday' names no version"),
    ],
)
def test_a_mistake_is_told_with_its_line(text, problem):
    with pytest.raises(CsmError, match=problem):
        parse_changelog("kit", text)


def test_the_newest_version_of_each_kit_is_that_of_its_manifest():
    for manifest in find_kits([DESIGNS]):
        newest = parse_changelog(manifest.key, (manifest.folder / FILE).read_bytes())[0]
        assert newest.version == manifest.version
        assert newest.date
        assert newest.changes
