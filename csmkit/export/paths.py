# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Names of the files that a build leaves: material, thickness, part and quantity in the name."""

from __future__ import annotations

import re
import unicodedata

from csmkit.model.facts import PartFacts
from csmkit.model.stock import Sheet

_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
TEMPLATES = "templates/templates-a4.pdf"  # all paper templates of a kit
SETUP_SHEET = "setup-sheet.pdf"  # a page for each clamping
PICTURES = {  # of the whole kit: name -> widths of its files, pixels; all are 4 wide and 3 high
    "hero": (320, 640, 1280),
    "exploded": (640, 1280),
    "flat-pack": (1280,),
}
ASPECT = 4 / 3
BOUGHT_WIDTH = 96  # pixels, square
LONGEST_STEM = 80  # characters; leaves room for folders within the 260 of Windows


def file_stem(name: str) -> str:
    """A name as part of a file name on every system: letters of any script and spaces stay.

    What no file system may be asked to keep becomes "_"; leading dots and trailing dots and spaces go.
    """
    clean = _UNSAFE.sub("_", unicodedata.normalize("NFC", name)).lstrip(". ")[:LONGEST_STEM].rstrip(". ")
    return clean or "_"


def flat_folder(sheet: Sheet) -> str:
    """Folder of the flat parts of one sheet good: "flat/birch-ply-12mm", by nominal thickness."""
    return f"flat/{file_stem(sheet.material.key)}-{sheet.nominal:g}mm"


def flat_path(part: PartFacts, sheet: Sheet, suffix: str = "dxf", turned: bool = False) -> str:
    """Path of a flat part within a build: "flat/birch-ply-12mm/side_x2.dxf".

    Args:
        part, sheet: the part and what it is cut from.
        suffix: "dxf" or "svg".
        turned: the second setup of a part that is cut from both sides: "side_x2_bottom.dxf".
    """
    setup = "_bottom" if turned else ""
    return f"{flat_folder(sheet)}/{file_stem(part.name)}_x{part.quantity}{setup}.{suffix}"


def sheet_path(stock: str, number: int, suffix: str = "dxf", turned: bool = False) -> str:
    """Path of a nested sheet within a build: "sheets/birch-ply-12-2440x1220-1.dxf"; numbers start at 1."""
    setup = "-bottom" if turned else ""
    return f"sheets/{file_stem(stock)}-{number}{setup}.{suffix}"


def panel_stem(stock: str, number: int) -> str:
    """What stands for the stock's key in names of files of a sheet's panels: "ply-12-2440x1220-1-panel"."""
    return f"{stock}-{number}-panel"


def saw_path(stock: str, number: int, stage: int = 0) -> str:
    """Path of a sawn sheet within a cut order: "saw/ply-12-2440x1220-1.svg", a stage "…-1-stage-2.svg"."""
    step = f"-stage-{stage}" if stage else ""
    return f"saw/{file_stem(stock)}-{number}{step}.svg"


def saw_list_path(sheet: str) -> str:
    """Path of the list of all cuts of a sheet good within a cut order: "saw/birch-ply-12.csv"."""
    return f"saw/{file_stem(sheet)}.csv"


def gcode_folder(machine: str) -> str:
    """Folder of the programs for one machine within a build: "gcode/router-2500x1250"."""
    return f"gcode/{file_stem(machine)}"


def gcode_path(machine: str, stock: str, number: int, suffix: str, turned: bool = False) -> str:
    """Path of what goes with a sheet's program: "gcode/router-2500x1250/birch-ply-12-2440x1220-1.json"."""
    setup = "-bottom" if turned else ""
    return f"{gcode_folder(machine)}/{file_stem(f'{stock}-{number}{setup}')}.{suffix}"


def moves_path(machine: str, setup: str) -> str:
    """Path of a program's moves with times within a build: "moves/router-2500x1250/ply-12-1.json"."""
    return f"moves/{file_stem(machine)}/{file_stem(setup)}.json"


def bars_path(bar: str) -> str:
    """Path of a bar good's cutting diagram within a build: "bars/spruce-45x45.svg"."""
    return f"bars/{file_stem(bar)}.svg"


def part_path(part: str, suffix: str) -> str:
    """Path of a part's model within a build: "parts/side.step"."""
    return f"parts/{file_stem(part)}.{suffix}"


def drawing_path(part: str) -> str:
    """Path of a made part's dimensioned drawing within a build: "drawings/side.svg"."""
    return f"drawings/{file_stem(part)}.svg"


def curve_path(name: str) -> str:
    """Path of a curve's picture within a build: "figures/power.svg"."""
    return f"figures/{file_stem(name)}.svg"


def table_path(name: str) -> str:
    """Path of a table within a build: "figures/stations.csv"."""
    return f"figures/{file_stem(name)}.csv"


def template_path(name: str) -> str:
    """Path of a paper template within a build: "templates/boom wrap.svg"."""
    return f"templates/{file_stem(name)}.svg"


def picture_path(name: str, width: int) -> str:
    """Path of a picture within a build: "pictures/hero-1280.webp"."""
    return f"pictures/{name}-{width}.webp"


def step_path(number: int) -> str:
    """Path of a step's picture within a build: "steps/3.svg"; numbers start at 1."""
    return f"steps/{number}.svg"


def told_path(path: str, code: str) -> str:
    """Path of a file in another language than English: "steps/3.es.svg" of "steps/3.svg"."""
    stem, dot, suffix = path.rpartition(".")
    return f"{stem}.{code}{dot}{suffix}"


def bought_picture_path(item: str) -> str:
    """Path of a bought thing's small picture within a build: "pictures/bought/ISO 4017 M8x40.webp"."""
    return f"pictures/bought/{file_stem(item)}.webp"
