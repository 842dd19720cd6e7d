# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The build book: all that a maker needs at the bench, on paper, from kit.json and the files beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Literal

import segno

from csmkit.export.book.cover import cover, end, safety
from csmkit.export.book.drawn import OWN_FACE, in_words
from csmkit.export.book.lists import bill, cut_list, drill_tables, limit_rows, shopping, tools
from csmkit.export.book.pictures import for_paper, on_white
from csmkit.export.book.text import plain_text, tree
from csmkit.export.book.words import Words, sheet_title
from csmkit.export.language.kit import in_language
from csmkit.export.language.language import ENGLISH, Language
from csmkit.export.language.say import SAY, template_words
from csmkit.export.typst import ALL_FACES, FOLDER, typeset

Paper = Literal["a4", "us-letter"]
IMPORTED = (SAY, *(FOLDER / "book" / name for name in ("page.typ", "lists.typ", "plates.typ", "steps.typ")))
STEPS = "steps/"  # where their pictures lie
BORDER = 9.5  # mm around a drawing's frame, less its line
FEW = 40  # drawings that get a page each; of more, two of A4 share one
DRILLS = 240  # holes that the book lists; of more, the file tells
ROWS = 40  # of a table; longer ones stay in their file


@dataclass
class Album:
    """The pictures of a book: each file of the build as the template finds it.

    Args:
        files: of the build.
        words: of the book, also for what drawings say.
        taken: what goes to the template, by its name there.
    """

    files: Mapping[str, bytes]
    words: Words
    taken: dict[str, bytes] = field(default_factory=dict)

    def find(self, path: str, trim: float = 0.0) -> dict[str, Any] | None:
        """A picture by its path in the build, with its size in its own units; None if there is none."""
        data = self.files.get(path)
        if data is None:
            return None
        suffix = path.rpartition(".")[2]
        if suffix == "svg":
            told = in_words(data, self.words, path.startswith(STEPS), OWN_FACE)
            drawn = for_paper(told, trim)
        else:
            drawn, suffix = on_white(data), "jpg"
        name = f"pictures/{len(self.taken)}.{suffix}"
        self.taken[name] = drawn.data
        return {"file": name, "wide": drawn.width, "high": drawn.height}


def book_pdf(
    kit: Mapping[str, Any],
    files: Mapping[str, bytes],
    paper: Paper,
    address: str,
    language: Language = ENGLISH,
) -> bytes:
    """The book of one build; the same build gives the same bytes.

    Args:
        kit: kit.json.
        files: of the build, by path; what is not there is left out of the book.
        paper: its size.
        address: where the code on the cover leads; empty: no code.
        language: in which it says what is translated; the rest is English.
    """
    told = in_language(kit, language)
    words = Words.of(told, language)
    album = Album(files, words)
    said = {"paper": paper, "language": language.code, "words": template_words(language)}
    data = plain_text(_data(told, album, address)) | said
    if address:
        album.taken["pictures/code.svg"] = _code(address)
    templates = {path.name: path.read_bytes() for path in IMPORTED}
    return typeset("book/book.typ", data, {**templates, **album.taken}, ALL_FACES)


def _data(kit: Mapping[str, Any], album: Album, address: str) -> dict[str, Any]:
    """What the template shows, section by section."""
    words = album.words
    drawn = _drawings(kit, album, words)
    pages = {drawing["name"]: drawing["label"] for drawing in drawn}
    return {
        "cover": cover(kit, words) | {"hero": _still(kit, album, "hero"), "address": address},
        "safety": safety(kit, words),
        "tools": tools(kit, words),
        "laid": _still(kit, album, "flat-pack"),
        "shopping": shopping(kit, _thumbs(kit, album), words),
        "bill": bill(kit, words),
        "cut": cut_list(kit, pages, words),
        "sheets": _sheets(kit, album, words),
        "bars": _bars(kit, album, words),
        "drawings": drawn,
        "shared": len(drawn) > FEW,
        "drill": drill_tables(album.files.get("drill-table.csv", b""), DRILLS, words),
        "templates": [f["title"] for f in kit["figures"] if f["kind"] == "template"],
        "exploded": _still(kit, album, "exploded"),
        "steps": _steps(kit, album, words),
        "curves": _curves(kit, album),
        "tables": _tables(kit, words),
        "limits": limit_rows(kit, words),
        "end": end(kit, words),
    }


def _code(address: str) -> bytes:
    """The address as a code to scan, modules 1 unit wide, on white."""
    out = BytesIO()
    code = segno.make(address, error="m", micro=False, boost_error=False)
    code.save(out, kind="svg", border=4, light="#fff")
    return out.getvalue()


def _still(kit: Mapping[str, Any], album: Album, name: str) -> dict[str, Any] | None:
    """The largest of a shaded picture's files; the line picture, where there is none of the whole."""
    shots = sorted(kit["pictures"].get(name, []), key=lambda shot: shot["width"])
    if shots:
        return album.find(shots[-1]["path"])
    return album.find(kit["pictures"].get("lines", "")) if name == "hero" else None


def _thumbs(kit: Mapping[str, Any], album: Album) -> dict[str, Any]:
    pictures: Mapping[str, Any] = kit["pictures"].get("bought", {})
    return {item: album.find(shot["path"]) for item, shot in pictures.items()}


def _sheets(kit: Mapping[str, Any], album: Album, words: Words) -> list[dict[str, Any]]:
    """A page for each sheet whose plan there is."""
    _ = words.gettext
    shop = {name: words.figure(kit["workshop"][name], "") for name in ("spacing", "edge")}
    rows = []
    for nesting in kit["nestings"]:
        for n, layout in enumerate(nesting["layouts"], 1):
            if picture := album.find(layout["svg"]):
                said = [
                    f"{words.mm(layout['size'])} mm",
                    _("%(share)s of it becomes parts") % {"share": f"{layout['yield'] * 100:.0f} %"},
                    _("%(spacing)s mm between parts, %(edge)s mm from the edge") % shop,
                    *_sawn_first(layout, words),
                    *_programs(layout["programs"], words),
                ]
                rows.append(
                    {
                        "title": sheet_title(nesting, n, _),
                        "said": said,
                        "parts": _on_it(layout, words),
                        "file": layout["dxf"],
                        "picture": picture,
                    }
                )
    return rows


def _on_it(layout: Mapping[str, Any], words: Words) -> list[str]:
    """The parts on a sheet: "2 × cheek"."""
    counts = Counter(str(placed["item"]).partition("/")[2] for placed in layout["placements"])
    return [f"{count} × {words.both(part)}" for part, count in counts.items()]


def _sawn_first(layout: Mapping[str, Any], words: Words) -> list[str]:
    """That a sheet is larger than the router, and what to do."""
    panels = layout.get("panels", ())
    if not panels:
        return []
    sizes = " · ".join(f"{words.mm(panel['size'])} mm" for panel in panels)
    told = words.gettext("larger than the router: first saw out the panels as the numbers say (%(sizes)s)")
    return [told % {"sizes": sizes}]


def _programs(programs: list[dict[str, Any]], words: Words) -> list[str]:
    if not programs:
        return []
    _ = words.gettext
    said = {
        "time": words.clock(sum(p["seconds"] for p in programs) / 60),
        "tabs": sum(p["tabs"] for p in programs),
    }
    if said["tabs"]:
        return [_("about %(time)s on the machine, %(tabs)s tabs to cut through") % said]
    return [_("about %(time)s on the machine") % said]


def _bars(kit: Mapping[str, Any], album: Album, words: Words) -> list[dict[str, Any]]:
    _ = words.gettext
    found = [(plan, album.find(plan["svg"])) for plan in kit["bars"]]
    return [
        {
            "title": plan["bar_title"],
            "file": plan["svg"],
            "picture": drawn,
            "said": [
                _("bar %(n)s: %(pieces)s; rest %(rest)s mm")
                % {"n": n, "pieces": ", ".join(_sawn(bar, words)), "rest": f"{bar['rest']:.0f}"}
                for n, bar in enumerate(plan["layouts"], 1)
            ],
        }
        for plan, drawn in found
        if drawn
    ]


def _sawn(bar: Mapping[str, Any], words: Words) -> list[str]:
    """The pieces of a bar: "2 × stretcher 420 mm"."""
    counts = Counter((str(item).partition("/")[2], length) for item, length in bar["pieces"])
    return [
        f"{count} × {words.both(part)} {words.mm([length])} mm" for (part, length), count in counts.items()
    ]


def _drawings(kit: Mapping[str, Any], album: Album, words: Words) -> list[dict[str, Any]]:
    rows = []
    for n, part in enumerate(kit["parts"], 1):
        name = part["name"]
        picture = album.find(part["files"].get("drawing", ""), BORDER)
        if picture:
            said = {"name": name, "part": words.name(name), "original": words.original(name)}
            large = picture["wide"] > 297.0
            rows.append(
                {
                    **said,
                    "quantity": part["quantity"],
                    "label": f"drawing-{n}",
                    "large": large,
                    "picture": picture,
                }
            )
    return rows


def _steps(kit: Mapping[str, Any], album: Album, words: Words) -> list[dict[str, Any]]:
    """The steps with what each takes; a picture where the build has one."""
    bulk = words.amounts(kit["bulk"])
    titles = {item["item"]: item["title"] for item in kit["bought"]}
    return [
        {
            "number": n,
            "title": step["title"],
            "minutes": words.clock(step["minutes"]) if step["minutes"] else "",
            "adds": [
                {
                    "count": bulk.get(item, f"{count} ×"),
                    "item": words.name(item),
                    "title": titles.get(item, words.original(item)),
                }
                for item, count in step["adds"]
            ],
            "tools": list(step["tools"]),
            "text": tree(step["text"]),
            "picture": album.find(_step_picture(step)),
        }
        for n, step in enumerate(kit["assembly"]["steps"], 1)
    ]


def _step_picture(step: Mapping[str, Any]) -> str:
    said = step.get("picture") or ""
    return said if isinstance(said, str) else str(said["path"])


def _curves(kit: Mapping[str, Any], album: Album) -> list[dict[str, Any]]:
    found = [(f, album.find(f["file"])) for f in kit["figures"] if f["kind"] == "curve"]
    return [{"title": f["title"], "source": f["source"], "picture": drawn} for f, drawn in found if drawn]


def _tables(kit: Mapping[str, Any], words: Words) -> list[dict[str, Any]]:
    """Tables of the design; a long one is left to its file."""
    return [
        {
            "title": f["title"],
            "source": f["source"],
            "columns": list(f["columns"]),
            "aligned": [_side(column) for column in zip(*f["rows"], strict=True)],
            "rows": [[_cell(value, words) for value in row] for row in f["rows"]]
            if len(f["rows"]) <= ROWS
            else [],
            "file": f["file"],
        }
        for f in kit["figures"]
        if f["kind"] == "table"
    ]


def _side(column: Sequence[Any]) -> str:
    """Where a column's cells stand: figures to the right."""
    return "right" if all(isinstance(value, float | int) for value in column) else "left"


def _cell(value: Any, words: Words) -> str:
    return words.decimals(f"{value:g}") if isinstance(value, float) else str(value)
