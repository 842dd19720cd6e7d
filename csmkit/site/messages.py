# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Brings the catalogs in line with the texts: `python -m csmkit.site.messages [new language]`."""

from __future__ import annotations

import sys

from csmkit.export.language.language import LOCALE, codes, load_catalog, translated_share
from csmkit.site.catalogs import updated


def main(arguments: list[str]) -> int:
    """Rewrite every catalog; a new language gets one."""
    for code in sorted({*codes(), *arguments}):
        text = updated(code)
        (LOCALE / f"{code}.po").write_text(text, encoding="utf-8", newline="\n")
        print(f"{code}.po: {translated_share(load_catalog(code)):.0%} translated")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
