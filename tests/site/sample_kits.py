# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Small built kits, made by hand: folders as `csm build` leaves them."""

import copy
import hashlib
import json
from pathlib import Path

from csmkit.site import SiteKit

ROOT = Path(__file__).parents[2]
HOSTILE = "böser kit & co"  # a key that has to be quoted in addresses
ATTACK = '</title><script>alert(1)</script><img src=x onerror=alert(1)> "quoted" {{ 7*7 }} | `tick` & <b>'
PROSE = (
    f"{ATTACK}\n\n# A heading\n\n![spy](https://example.org/spy.png) [run](javascript:alert(1))"
    " [out](https://example.org/) [file](photos/a.jpg)\n\n<script>alert(2)</script>\n"
)
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 400"><path fill="none" stroke="#333"'
    ' d="M60 330V180L300 90 540 180V330L300 380zM60 180L300 250 540 180M300 250V380"/></svg>'
)
SHEET = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2440 1220"><path fill="#8a7a5f" fill-opacity=".12"'
    ' stroke="#888" d="M0 0H2440V1220H0z"/><path fill="#e8c78f" stroke="#555" d="M10 10H390V250H10z"/></svg>'
)
FILES = {
    "assembly.step": ("assembly", "ISO-10303-21;\n"),
    "bom.csv": ("bom", "item,quantity\n"),
    "flat/birch-ply-18mm/side_x2.dxf": ("flat", "0\nEOF\n"),
    "flat/birch-ply-18mm/side_x2.svg": ("flat", PICTURE),
    "okh.toml": ("okh", 'okhv = "2.4"\n'),
    "parts/side.step": ("parts", "ISO-10303-21;\n"),
    "parts/side.stl": ("parts", "solid\n"),
    "pictures/assembly.svg": ("pictures", PICTURE),
    "README.md": ("licence", "# Step stool\n"),
    "sheets/birch-ply-18-2440x1220-1.dxf": ("sheets", "0\nEOF\n"),
    "sheets/birch-ply-18-2440x1220-1.svg": ("sheets", SHEET),
    "bars/spruce-45x45.svg": ("bars", SHEET),
}
STOOL = {
    "format": 1,
    "kit": "step-stool",
    "title": "Step stool",
    "summary": "A stool to stand on, from one sheet of plywood.",
    "function": "Lifts a person by 240 mm.",
    "version": "1.0.0",
    "license": "CERN-OHL-S-2.0",
    "licensors": [{"name": "csmkit contributors", "email": ""}],
    "repo": "https://github.com/csmkit/csmkit",
    "tags": ["furniture"],
    "maturity": "prototype",
    "trl": "OTRL-2",
    "drl": "ODRL-2",
    "skill": "beginner",
    "untested": ["Nobody has stood on it yet."],
    "preset": "default",
    "presets": [
        {"key": "default", "title": "As designed", "params": {}},
        {"key": "low", "title": "Low", "params": {"height": 200.0}},
    ],
    "params": [
        {
            "name": "height",
            "kind": "length",
            "default": 240.0,
            "minimum": 150.0,
            "maximum": 450.0,
            "options": [],
            "unit": "mm",
            "text": "floor to the top of the seat",
            "value": 240.0,
        },
        {
            "name": "material",
            "kind": "choice",
            "default": "birch-ply-18",
            "minimum": None,
            "maximum": None,
            "options": ["birch-ply-15", "birch-ply-18"],
            "unit": "",
            "text": "sheet to cut from",
            "value": "birch-ply-18",
        },
        {
            "name": "grip",
            "kind": "flag",
            "default": True,
            "minimum": None,
            "maximum": None,
            "options": [],
            "unit": "",
            "text": "a slot to carry it by",
            "value": True,
        },
    ],
    "workshop": {
        "name": "Community workshop",
        "machine": "router-2500x1250",
        "machine_title": "CNC router 2500 × 1250",
        "tools": {"em6": "end mill 6 mm, two flutes"},
        "cutter": 6.0,
        "currency": "EUR",
        "spacing": 8.0,
        "edge": 10.0,
    },
    "parts": [
        {
            "name": "side",
            "stock": "birch-ply-18",
            "stock_title": "birch plywood 18 mm",
            "form": "sheet",
            "process": "router",
            "quantity": 2,
            "size": [260.0, 240.0, 18.0],
            "material": "plywood",
            "thickness": 18.0,
            "ways": ["router", "laser"],
            "is_metal": False,
            "mass": 0.741,
            "volume": 1123200.0,
            "grain": "y",
            "programs": [],
            "is_two_sided": False,
            "features": 3,
            "steps": [1],
            "files": {
                "step": "parts/side.step",
                "stl": "parts/side.stl",
                "dxf": "flat/birch-ply-18mm/side_x2.dxf",
                "svg": "flat/birch-ply-18mm/side_x2.svg",
            },
        },
        {
            "name": "leg",
            "stock": "spruce-45x45",
            "stock_title": "spruce 45 × 45",
            "form": "bar",
            "process": "saw",
            "quantity": 1,
            "size": [300.0, 45.0, 45.0],
            "material": "solid wood",
            "thickness": None,
            "ways": ["saw"],
            "is_metal": False,
            "mass": 0.27,
            "volume": 607500.0,
            "grain": None,
            "programs": [],
            "is_two_sided": False,
            "features": 0,
            "steps": [1],
            "files": {},
        },
    ],
    "bought": [
        {
            "item": "DIN 7997 5x50",
            "standard": "DIN 7997",
            "size": "5x50",
            "title": "countersunk wood screw",
            "kind": "screw",
            "quantity": 8,
            "mass": 0.004,
            "steps": [1],
        }
    ],
    "bulk": [{"standard": "wood glue", "size": "D3", "amount": 0.02, "unit": "kg"}],
    "bom": [
        {
            "kind": "cut",
            "item": "side",
            "title": "side",
            "quantity": 2,
            "unit": "pc",
            "stock": "birch-ply-18",
            "size": "260 × 240 × 18",
            "mass": 1.482,
            "price": "21.10",
            "assumed": True,
        },
        {
            "kind": "bought",
            "item": "DIN 7997 5x50",
            "title": "countersunk wood screw",
            "quantity": 8,
            "unit": "pc",
            "stock": "",
            "size": "5x50",
            "mass": 0.032,
            "price": "0.56",
            "assumed": True,
        },
        {
            "kind": "bulk",
            "item": "wood glue D3",
            "title": "wood glue",
            "quantity": 0.02,
            "unit": "kg",
            "stock": "",
            "size": "D3",
            "mass": 0.02,
            "price": "0.18",
            "assumed": False,
        },
    ],
    "subtotals": [
        {"kind": "cut", "lines": 1, "pieces": 2, "mass": 1.482, "price": "21.10"},
        {"kind": "bought", "lines": 1, "pieces": 8, "mass": 0.032, "price": "0.56"},
        {"kind": "bulk", "lines": 1, "pieces": 0, "mass": 0.02, "price": "0.18"},
    ],
    "shopping": [
        {
            "item": "birch-ply-18-2440x1220",
            "title": "birch plywood 18 mm",
            "units": 1,
            "unit": "sheet 2440 × 1220",
            "price": "92.00",
            "source": "assumed, 2026",
        }
    ],
    "price": {
        "lines": [
            {"name": "birch plywood 18 mm", "amount": "21.10", "how": "0.23 of a sheet at 92.00"},
            {"name": "labour", "amount": "33.00", "how": "1.50 h × 22.00"},
        ],
        "total": "54.10",
        "currency": "EUR",
    },
    "tiers": [
        {
            "key": "free",
            "title": "Free",
            "text": "All files.",
            "holds": ["source", "parts"],
            "price_factor": "0",
            "price": "0.00",
            "surplus": "0",
            "bundle": "bundles/step-stool-1.0.0-default-free.zip",
        },
        {
            "key": "basic",
            "title": "Basic",
            "text": "Ready to cut.",
            "holds": ["sheets"],
            "price_factor": "0.90",
            "price": "48.69",
            "surplus": "-5.41",
            "bundle": "bundles/step-stool-1.0.0-default-basic.zip",
        },
        {
            "key": "premium",
            "title": "Premium",
            "text": "Made for your machine.",
            "holds": ["sheets", "book"],
            "price_factor": "1.35",
            "price": "73.04",
            "surplus": "18.94",
            "bundle": "bundles/step-stool-1.0.0-default-premium.zip",
        },
    ],
    "times": [
        {"name": "cutting sheets", "kind": "machine", "minutes": 12.4, "how": "2 parts"},
        {"name": "assembly", "kind": "labour", "minutes": 90.0, "how": "sum of the assembly steps"},
    ],
    "mass": 1.8,
    "size": [380.0, 260.0, 240.0],
    "limits": [
        {
            "name": "load at mid-seat",
            "value": 2481.3,
            "at_least": 1000.0,
            "at_most": None,
            "unit": "N",
            "formula": "4 f_m W / L",
            "source": "simply supported beam",
            "remedy": "thicker sheet",
            "holds": True,
        }
    ],
    "nestings": [
        {
            "sheet": "birch-ply-18",
            "layouts": [
                {
                    "stock": "birch-ply-18-2440x1220",
                    "placements": [],
                    "offcuts": [],
                    "dxf": "sheets/birch-ply-18-2440x1220-1.dxf",
                    "svg": "sheets/birch-ply-18-2440x1220-1.svg",
                    "size": [2440.0, 1220.0],
                    "yield": 0.23,
                }
            ],
            "unplaced": [],
            "yield_": 0.23,
            "equivalent_sheets": 0.25,
            "lower_bound": 0.2,
            "engine": "by hand",
            "proven_optimal": False,
            "sheet_title": "birch plywood 18 mm",
        }
    ],
    "bars": [
        {
            "bar": "spruce-45x45",
            "layouts": [],
            "unplaced": [],
            "lower_bound": 1,
            "proven_optimal": True,
            "bar_title": "spruce 45 × 45",
            "svg": "bars/spruce-45x45.svg",
        }
    ],
    "changes": [{"version": "1.0.0", "date": "2026-11-22", "changes": ["First **version**."]}],
    "assembly": {
        "intro": "Wear eye protection.",
        "steps": [
            {
                "title": "Screw it together",
                "adds": [["side", 2], ["leg", 1], ["DIN 7997 5x50", 8], ["wood glue D3", 1]],
                "tools": ["screwdriver", "clamp"],
                "minutes": 90.0,
                "text": "Drill **pilot holes** first, then drive the screws.",
                "line": 3,
            }
        ],
    },
    "tools": [{"key": "clamps", "title": "clamps"}],
    "pictures": {"lines": "pictures/assembly.svg"},
    "figures": [],
    "files": [],
    "bundles": [],
}


def write_kit(folder, key="step-stool", presets=("default", "low"), **changes):
    """Built folders of a kit below `folder`, kit.json with `changes` in it; what `csm site` hands over."""
    built = {}
    for preset in presets:
        data = copy.deepcopy(STOOL) | {"kit": key, "preset": preset} | copy.deepcopy(changes)
        if preset == "low":
            data["params"][0]["value"] = 200.0
        built[preset] = _write_preset(folder / key / preset, data)
    return SiteKit(key, built)


def _write_preset(folder: Path, data) -> Path:
    bundles = {
        t["key"]: f"bundles/{data['kit']}-1.0.0-{data['preset']}-{t['key']}.zip" for t in data["tiers"]
    }
    contents = {path: text.encode() for path, (_, text) in FILES.items()}
    contents |= dict.fromkeys(bundles.values(), b"PK\x05\x06" + bytes(18))
    data["files"] = [{"path": p, **_stamp(contents[p]), "group": group} for p, (group, _) in FILES.items()]
    data["bundles"] = [{"tier": t, "path": p, **_stamp(contents[p])} for t, p in bundles.items()]
    contents["kit.json"] = json.dumps(data).encode()
    contents["SHA256SUMS"] = b"".join(
        f"{hashlib.sha256(text).hexdigest()}  {path}\n".encode() for path, text in sorted(contents.items())
    )
    for path, text in contents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text)
    return folder


def _stamp(content):
    return {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
