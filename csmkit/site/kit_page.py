# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The page of one preset of a kit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from csmkit.export.book.words import Words
from csmkit.export.language.language import N_
from csmkit.model.manifest import DEFAULT
from csmkit.site.folded import folded
from csmkit.site.kit import Built, differing
from csmkit.site.needs import needs
from csmkit.site.pages import page
from csmkit.site.pictures import sheets
from csmkit.site.presets import distinct, preset_links
from csmkit.site.price import largest, price_shares, shopping_total
from csmkit.site.repository import repository
from csmkit.site.schema_org import linked_data
from csmkit.site.share import share_link
from csmkit.site.workshop_needs import workshop_needs

MODEL = "viewer.json.gz"  # what the 3D viewer loads
ROOM = "assembly.glb"  # what a phone shows in a room
WORDY = 16  # characters of a cell that would be broken into a tower of words in a narrow column
MOST_PICTURES = 9  # of sheets and bars on one page, to keep it light; the rest are links
MOST_TOOLS = 16  # in the open: those of most steps
OPEN_PICTURES = 4  # of them that are not folded away where there are more
WORDS = (  # of kit.json, translated where they are shown
    *(N_("beginner"), N_("intermediate"), N_("advanced")),
    *(N_("idea"), N_("prototype"), N_("tested"), N_("proven")),
    *(N_("labour"), N_("machine")),
)
HELD = {  # what a tier's groups of files are called in a row
    "source": N_("the design itself"),
    "data": N_("kit.json"),
    "parts": N_("solid models"),
    "assembly": N_("assembled model"),
    "flat": N_("flat parts"),
    "sheets": N_("nested sheets"),
    "bars": N_("saw plans"),
    "bom": N_("lists"),
    "instructions": N_("instructions"),
    "drawings": N_("drawings"),
    "pictures": N_("pictures"),
    "gcode": N_("programs for the machine"),
    "book": N_("printed book"),
}
ALWAYS = ("source", "data")  # in bundles whenever a tier says so; kit.json does not list them
GROUPS = {  # in the order in which a maker needs them
    "sheets": N_("Nested sheets, ready to cut"),
    "gcode": N_("Proven programs for the machine, with their setup sheet"),
    "bars": N_("Saw plans of the bars"),
    "flat": N_("Flat parts, to nest yourself"),
    "drawings": N_("Drawings of the parts, paper templates"),
    "parts": N_("Solid models of the parts"),
    "assembly": N_("The assembled model"),
    "bom": N_("Lists"),
    "book": N_("Build book, to print"),
    "pictures": N_("Pictures"),
    "data": N_("Everything, as data"),
    "okh": N_("Open Know-How manifest"),
    "licence": N_("Licences and notes"),
}


def kit_page(built: Built, presets: Sequence[Built], every: Sequence[Built] = ()) -> str:
    """Markdown of the page.

    Args:
        built: the preset that is shown.
        presets: all of the kit, the default first.
        every: all kits of the site, as by default; what it is made of, and what holds it, is linked.
    """
    kit = built.data
    is_default = built.preset == DEFAULT
    own = kit["title"] if is_default else f"{kit['title']}, {built.title}"
    meta: dict[str, Any] = {"title": own, "description": kit["summary"], "hide": ["navigation", "toc"]}
    meta["linked_data"] = {"script": linked_data(built)}  # in the head: scripts of the content are run anew
    if shared := share_link(built):
        meta["image"] = shared
    if not is_default:
        meta["search"] = {"exclude": True}  # a kit is found once; its page leads to all presets
    shares = price_shares(kit["price"])
    return page(
        "kit.md.j2",
        meta,
        built.language,
        kit=kit,
        built=built,
        presets=preset_links(built, presets),
        different=preset_links(built, distinct(built, presets)),
        needs=needs(kit),
        asked=workshop_needs(built),
        shares=shares,
        largest=largest(shares),
        shopping_total=shopping_total(kit),
        repository=repository(kit["repo"], built.key),
        holds=[_kit_link(built, other) for other in every if other.key in kit.get("uses", ())],
        held_by=[_kit_link(built, other) for other in every if built.key in other.data.get("uses", ())],
        unshown=[p for p in kit["presets"] if p["key"] not in {other.preset for other in presets}],
        compared=differing(distinct(built, presets)),
        folded=folded(built, shares),
        sheets=sheets(built),
        books=_books(built),
        has_setup_sheet=any(f["path"] == "setup-sheet.pdf" for f in kit["files"]),
        stocks=_stock_counts(built),
        tiers=_tiers(built),
        titles={b["item"]: b["title"] for b in kit["bought"]},
        amounts=Words(built.language).amounts(kit["bulk"]),
        groups=_groups(built),
        templates=_figures(built, "template"),
        curves=_figures(built, "curve"),
        tables=[{**table, "looks": _looks(table)} for table in _figures(built, "table")],
        jigs=[p["name"] for p in kit["parts"] if p.get("jigs")],
        files=built.files_here,
        stills={name: _stills(built, name, built.files_here) for name in ("hero", "exploded", "flat-pack")},
        lines=_lines(built),
        model=_file_here(built, MODEL),
        room=_file_here(built, ROOM),
        thumbs=_thumbs(built, presets[0]),
        most_tools=MOST_TOOLS,
        most_pictures=MOST_PICTURES,
        open_pictures=OPEN_PICTURES,
    )


def _kit_link(here: Built, other: Built) -> dict[str, Any]:
    """Another kit's page as seen from here, and its smallest picture."""
    up = "../" if here.preset == DEFAULT else "../../"
    still = next(iter(_stills(other, "hero", here.files_of(other))), None)
    return {"key": other.key, "title": other.data["title"], "href": f"{up}{other.url}", "still": still}


def _stills(built: Built, name: str, files: str) -> list[dict[str, Any]]:
    """A shaded picture of a build in its sizes, the smallest first; `files` leads to its folder."""
    shots = built.data["pictures"].get(name, [])
    return [{**shot, "src": files + quote(shot["path"])} for shot in shots]


def _lines(built: Built) -> str:
    """The line picture."""
    path = built.data["pictures"].get("lines", "")
    return built.files_here + quote(path) if path else ""


def _file_here(built: Built, path: str) -> str:
    """A file as seen from the page; "" if this build hasn't made it."""
    return built.files_here + quote(path) if any(f["path"] == path for f in built.data["files"]) else ""


def _thumbs(built: Built, first: Built) -> dict[str, str]:
    """Small pictures of bought things, which the kit's first preset has for all."""
    base = built.files_of(first)
    pictures: Mapping[str, Any] = first.data["pictures"].get("bought", {})
    return {item: base + quote(shot["path"]) for item, shot in pictures.items()}


def _books(built: Built) -> list[tuple[str, str]]:
    """The build book, file and title: in the language of the page, if the kit speaks it, then in English."""
    _, code = built.language.gettext, built.language.code
    own = [(f"book.{code}.pdf", _("Build book (PDF, A4)"))]
    english = [("book.pdf", _("Build book (PDF, A4)")), ("book-letter.pdf", _("Build book (PDF, US Letter)"))]
    if built.language.folder:
        english = [
            ("book.pdf", _("Build book in English (PDF, A4)")),
            ("book-letter.pdf", _("Build book in English (PDF, US Letter)")),
        ]
    made = {f["path"] for f in built.data["files"]}
    return [(path, title) for path, title in [*own, *english] if path in made]


def _figures(built: Built, kind: str) -> list[Mapping[str, Any]]:
    """Figures of a kind, with links to their files."""
    return [figure for figure in built.data["figures"] if figure["kind"] == kind]


def _looks(table: Mapping[str, Any]) -> list[str]:
    """Class of each column: figures stand to the right, texts to the left, long ones with room for words."""
    columns = list(zip(*table["rows"], strict=True)) or [() for _ in table["columns"]]
    return [
        ("" if n == 0 else "csm-n")
        if any(isinstance(cell, int | float) for cell in cells)
        else "csm-words"
        if max((len(str(cell)) for cell in cells), default=0) > WORDY
        else ""
        for n, cells in enumerate(columns)
    ]


def _stock_counts(built: Built) -> str:
    """What is opened: "2 × birch plywood 12 mm"."""
    return ", ".join(f"{count} × {title}" for title, count in built.sheets)


def _tiers(built: Built) -> list[dict[str, Any]]:
    """Tiers with their bundles; a group of files that this build did not make is not called held."""
    bundles = {b["tier"]: b for b in built.data["bundles"]}
    made = {*ALWAYS, *(f["group"] for f in built.data["files"])}

    needless = {  # what there can't be
        *(() if built.data["nestings"] else ("flat", "sheets")),
        *(() if built.data["bars"] else ("bars",)),
    }

    def told(group: str) -> str:
        return built.language.gettext(HELD.get(group, group))

    return [
        {
            **tier,
            "zip": bundles.get(tier["key"]),
            "held": [told(group) for group in tier["holds"] if group in made],
            "missing": [told(group) for group in tier["holds"] if group not in {*made, *needless}],
        }
        for tier in built.data["tiers"]
    ]


def _groups(built: Built) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """All files by group, in the order of `GROUPS`; what belongs to none comes last."""
    files = built.offered
    named = [(title, [f for f in files if f["group"] == key]) for key, title in GROUPS.items()]
    rest = [f for f in files if f["group"] not in GROUPS]
    return [(title, found) for title, found in [*named, (N_("More"), rest)] if found]
