# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Kits of a few lines, written where a test wants them."""

from pathlib import Path

TOML = """
title = "{title}"
summary = "s"
function = "f"
version = "1.0.0"
license = "CERN-OHL-S-2.0"
licensors = [{{ name = "A. Maker" }}]
{more}
[tiers.free]
holds = ["source", "parts"]
price-factor = 0
[tiers.basic]
holds = ["sheets"]
[tiers.premium]
holds = ["sheets"]
price-factor = 1.3
"""


def write_kit(folder: Path, design: str, steps: str, more: str = "") -> Path:
    """A kit that is called as its folder; `more` is for its kit.toml."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "kit.toml").write_text(TOML.format(title=folder.name, more=more), encoding="utf-8")
    (folder / "design.py").write_text(design, encoding="utf-8")
    (folder / "assembly.md").write_text(steps, encoding="utf-8")
    return folder
