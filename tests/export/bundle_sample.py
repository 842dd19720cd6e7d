# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A kit with spaces and letters of several scripts in its names, as manifest, facts, files."""

from decimal import Decimal
from pathlib import Path

from csmkit.export.bundle import Edition
from csmkit.export.licenses import license_texts
from csmkit.model import (
    BoughtFacts,
    Feature,
    FlatPattern,
    KitFacts,
    Manifest,
    Outline,
    PartFacts,
    Person,
    Pose,
    Preset,
    Region,
    Tier,
)

FREE = Tier("free", "Files", "For everybody.", ("source", "bom"), Decimal(0))
BASIC = Tier("basic", "Flat parts", "", ("flat", "sheets", "bom"), Decimal("0.90"))
PREMIUM = Tier("premium", "Kit", "", ("parts", "flat", "sheets", "assembly"), Decimal("1.35"))
HERE = Pose.at()


def manifest(**changes: object) -> Manifest:
    values: dict[str, object] = {
        "key": "kiste-größe-2",
        "folder": Path("somewhere/kiste-größe-2"),
        "title": "Kiste “Größe 2”",
        "summary": "A box for things.",
        "function": "Holds things.",
        "version": "1.2.0",
        "license": "CERN-OHL-S-2.0",
        "licensors": (Person("Ana Ñandú", "ana@example.org"), Person("Li")),
        "tags": ("box",),
        "maturity": "prototype",
        "trl": "OTRL-3",
        "drl": "ODRL-2",
        "skill": "beginner",
        "repo": "https://example.org/boxes",
        "untested": ("Nobody has stood on it.",),
        "presets": (Preset("default", "Default", {}),),
        "tiers": (FREE, BASIC, PREMIUM),
    }
    return Manifest(**{**values, **changes})  # type: ignore[arg-type]


def facts() -> KitFacts:
    holes = (
        _drill(200.0, 30.0, 8.0, 12.0, "top", True),
        _drill(50.0, 30.0, 8.0, 12.0, "top", True),
        _drill(50.0, 60.0, 15.0, 6.0, "bottom", False),
        Feature("hole", "top", 12.0, Region(Outline.rectangle(100, 50, 150, 80)), True),
    )
    pattern = FlatPattern(Outline.rectangle(0, 0, 400, 300), holes, 12.0, "y", HERE)
    side = PartFacts(
        "side left", "birch-ply-12", "sheet", "router", 2, (HERE, HERE), (400.0, 300.0, 12.0), 1.4e6, 0.95,
        (0, 0, 0), pattern, None,
    )  # fmt: skip
    rail = PartFacts(
        "=rail",
        "spruce-44x44",
        "bar",
        "saw",
        1,
        (HERE,),
        (700.0, 44.0, 44.0),
        1.3e6,
        0.6,
        (0, 0, 0),
        None,
        700.0,
    )
    knob = PartFacts(
        "knob", "petg", "print", "print", 1, (HERE,), (30.0, 30.0, 20.0), 1e4, 0.01, (0, 0, 0), None, None
    )
    return KitFacts("kiste-größe-2", (side, rail, knob), (BoughtFacts("ISO 4017", "M8x40", (HERE,)),), (), ())


def files() -> dict[str, bytes]:
    return {
        "kit.json": b"{}\n",
        "bom.csv": b"item\n",
        "cut-list.csv": b"part\n",
        "assembly.step": b"ISO-10303-21;\n",
        "parts/side left.step": b"ISO-10303-21;\n",
        "parts/side left.stl": b"\0" * 84,
        "parts/knob.3mf": b"PK",
        "flat/birch-ply-12mm/side left_x2.dxf": b"0\nEOF\n",
        "flat/birch-ply-12mm/side left_x2_bottom.dxf": b"0\nEOF\n",
        "sheets/birch-ply-12-2440x1220-1.dxf": b"0\nEOF\n",
        "bars/spruce-44x44.svg": b"<svg/>",
        "okh.toml": b"stale",
        "README.md": b"stale",
        "SHA256SUMS": b"stale",
        "bundles/x.zip": b"stale",
    }


def edition(**changes: object) -> Edition:
    values: dict[str, object] = {
        "manifest": manifest(),
        "facts": facts(),
        "preset": "default",
        "params": {"width": 420.0, "material": "birch-ply-12", "lid": True},
        "changed": {"width": 420.0, "lid": True},
        "files": files(),
        "source": {"kit.toml": b"title = 1\n", "design.py": b"# design\n", "assembly.md": b"## Glue\n"},
        "workshop": b'name = "test"\n',
        "licenses": license_texts(["CERN-OHL-S-2.0", "CC-BY-SA-4.0"]),
        "csmkit_version": "0.1.0",
        "mass": 2.51,
        "size": (424.0, 300.0, 200.0),
    }
    return Edition(**{**values, **changes})  # type: ignore[arg-type]


def _drill(x: float, y: float, d: float, depth: float, side: str, through: bool) -> Feature:
    return Feature("drill", side, depth, Region(Outline.circle(x, y, d)), through)  # type: ignore[arg-type]
