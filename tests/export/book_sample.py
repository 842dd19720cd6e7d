# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A small kit as kit.json tells it, with the files that its book shows."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 297 210" width="297mm" height="210mm">'
    '<rect x="20" y="20" width="200" height="100" style="fill:var(--csm-part-0,#e8c78f)" stroke="#000"/>'
    '<text x="30" y="60" font-size="12" font-family="sans-serif">{}</text></svg>'
)
MARKDOWN = """
**Bold** and *slanted*, `code`, [a page](https://example.org/x), ![a picture](https://example.org/y.png).

1. first
2. second
   - inner

| part | turns |
|---|---|
| nut | three |
"""
SPANISH = {
    "texts": {
        "Garden bench": "Banco de jardín",
        "load on the seat": "carga sobre el asiento",
        "outside width": "ancho exterior",
    },
    "parts": {"side": "costado"},
    "intro": None,
    "steps": [{"title": "Atornilla los costados", "text": "No fuerces nada."}, None],
}


def picture() -> bytes:
    """A brown square on a transparent ground."""
    image = Image.new("RGBA", (320, 240), (0, 0, 0, 0))
    image.paste((140, 90, 40, 255), (80, 60, 240, 180))
    out = io.BytesIO()
    image.save(out, "WEBP", lossless=True)
    return out.getvalue()


def files() -> dict[str, bytes]:
    """By path in the build."""
    columns = "part,quantity,feature,x_mm,y_mm,diameter_mm,depth_mm,side,through"
    drills = f"{columns}\nside,2,D1,24,218.667,6.6,12,top,yes\n"
    return {
        "pictures/hero-1280.webp": picture(),
        "sheets/ply-1.svg": SVG.format("on the sheet").encode(),
        "bars/pine.svg": SVG.format("on the bar").encode(),
        "drawings/side.svg": SVG.format("drawn side").encode(),
        "drawings/leg.svg": SVG.format("drawn leg").encode(),
        "steps/1.svg": SVG.replace("297mm", "120mm").format("pictured step").encode(),
        "drill-table.csv": drills.encode(),
    }


def part(name: str, quantity: int, **changes: Any) -> dict[str, Any]:
    said = {
        "name": name,
        "stock": "ply-12",
        "stock_title": "plywood 12 mm",
        "form": "sheet",
        "process": "router",
        "quantity": quantity,
        "size": [400.0, 300.0, 12.0],
        "mass": 0.9,
        "grain": "x",
        "work": "",
        "is_two_sided": False,
        "steps": [1],
        "files": {"drawing": f"drawings/{name}.svg"},
    }
    return {**said, **changes}


def line(kind: str, item: str, title: str, quantity: float, unit: str = "pc") -> dict[str, Any]:
    said = {"kind": kind, "item": item, "title": title, "quantity": quantity, "unit": unit}
    return {**said, "size": "", "mass": 0.1, "price": "1.50", "assumed": kind == "bought"}


def step(title: str, text: str, adds: list[list[Any]] | None = None, picture: Any = None) -> dict[str, Any]:
    tools = ["mallet", "hexagon key 4 mm"]
    return {
        "title": title,
        "adds": adds or [],
        "tools": tools,
        "minutes": 95.0,
        "text": text,
        "picture": picture,
    }


def limit(name: str, value: float) -> dict[str, Any]:
    return {
        "name": name,
        "value": value,
        "at_least": None,
        "at_most": 10.0,
        "unit": "N",
        "formula": "m × g",
        "source": "assumed",
    }


def kit(**changes: Any) -> dict[str, Any]:
    """kit.json, as far as a book reads it."""
    said: dict[str, Any] = {
        "kit": "bench",
        "title": "Garden bench",
        "summary": "A bench for two.",
        "function": "To sit on.",
        "version": "1.2.0",
        "license": "CERN-OHL-S-2.0",
        "licensors": [{"name": "Ana Ñandú", "email": ""}],
        "skill": "beginner",
        "maturity": "prototype",
        "repo": "https://example.org/bench",
        "untested": ["Nobody has sat on it."],
        "presets": [
            {"key": "default", "title": "Usual", "params": {}},
            {"key": "wide", "title": "For three", "params": {"width": 1500}},
        ],
        "shown": [],
        "preset": "default",
        "params": [
            {"name": "width", "value": 1300.0, "default": 1200, "unit": "mm", "text": "outside width"},
            {"name": "back", "value": True, "default": True, "unit": "", "text": "with a back"},
        ],
        "workshop": {
            "name": "our workshop",
            "machine_title": "router",
            "cutter": 6.0,
            "spacing": 8.0,
            "edge": 10.0,
        },
        "parts": [
            part("side", 2),
            part(
                "leg", 12, stock="pine", stock_title="pine 45 × 45 mm", form="bar", process="saw", grain=None
            ),
        ],
        "bought": [
            {"item": "ISO 4014 M8x60", "standard": "ISO 4014", "size": "M8x60", "title": "hexagon head bolt"}
        ],
        "bulk": [{"standard": "wood glue", "size": "D3", "amount": 0.2, "unit": "kg"}],
        "bom": [
            line("cut", "side", "plywood 12 mm", 2),
            line("bought", "ISO 4014 M8x60", "hexagon head bolt", 4),
            line("bulk", "wood glue D3", "PVAc wood glue", 0.2, "kg"),
        ],
        "subtotals": [
            {"kind": kind, "lines": 1, "pieces": 1, "mass": 1.0, "price": "1.50"}
            for kind in ("cut", "bought", "bulk")
        ],
        "shopping": [
            {
                "item": "ISO 4014 M8x60",
                "title": "hexagon head bolt",
                "units": 1,
                "unit": "pack of 50",
                "price": "14.00",
            },
            {"item": "wood glue D3", "title": "PVAc wood glue", "units": 1, "unit": "1 kg", "price": "11.00"},
        ],
        "price": {"lines": [{"name": "hardware", "amount": "4.50"}], "total": "57.38", "currency": "EUR"},
        "mass": 12.5,
        "size": [1300.0, 500.0, 800.0],
        "tiers": [],
        "nestings": [
            {
                "sheet_title": "plywood 12 mm",
                "layouts": [
                    {
                        "svg": "sheets/ply-1.svg",
                        "dxf": "sheets/ply-1.dxf",
                        "size": [2440.0, 1220.0],
                        "yield": 0.5,
                        "placements": [{"item": "bench/side"}, {"item": "bench/side"}],
                        "programs": [{"tabs": 8, "seconds": 600.0}],
                    }
                ],
            }
        ],
        "bars": [
            {
                "bar_title": "pine 45 × 45 mm",
                "svg": "bars/pine.svg",
                "layouts": [{"pieces": [["bench/leg", 300.0]] * 12, "rest": 400.0}],
            }
        ],
        "figures": [
            {"kind": "template", "title": "Curve of the back"},
            {
                "kind": "table",
                "title": "Heights",
                "columns": ["who", "mm"],
                "rows": [["child", 350.0]],
                "source": "measured",
                "file": "figures/heights.csv",
            },
        ],
        "limits": [limit("load on the seat", 4.0), limit("load on the back", 9.9)],
        "assembly": {
            "intro": "**Wear gloves.**",
            "steps": [
                step(
                    "Bolt the sides", MARKDOWN, [["side", 2], ["ISO 4014 M8x60", 4]], {"path": "steps/1.svg"}
                ),
                step("Glue the legs", "*Check:* nothing rocks.", [["leg", 12], ["wood glue D3", 1]]),
            ],
        },
        "pictures": {"hero": [{"path": "pictures/hero-1280.webp", "width": 1280, "height": 960}]},
    }
    return {**said, **changes}
