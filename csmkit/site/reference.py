# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The reference of the contributor's words: pages by topic, from signatures and docstrings alone."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

from csmkit.site.docstrings import Doc
from csmkit.site.pages import english_page
from csmkit.site.vocabulary import Word, constant, module_doc, word

FOLDER = "contributors/reference"  # within docs/
CODE = re.compile(r"(`[^`]+`)")
CSMKIT, JOINTS = "csmkit", "csmkit.design.joints"


@dataclass(frozen=True)
class Topic:
    """A page of the reference.

    Args:
        key: of the page.
        title, text: its heading, and what it is about.
        names: of the vocabulary, in the order of the page.
        module: that they are imported from.
    """

    key: str
    title: str
    text: str
    names: tuple[str, ...]
    module: str = CSMKIT


TOPICS = (
    Topic(
        "parameters",
        "Parameters",
        "What a maker may change. A class of `Params` with one field a parameter.",
        ("Params", "length", "angle", "number", "count", "choice", "flag", "sheets", "bars"),
    ),
    Topic(
        "kit",
        "Kit, parts and places",
        "What a design returns: parts that are made, things that are bought, and where they stand.",
        ("design", "Kit", "Part", "Bought", "Bulk", "Pose"),
    ),
    Topic(
        "stock",
        "Workshop and stock",
        "What a design may ask of the workshop: sheets and bars as they really are, sizes of bought things.",
        ("Workshop", "Sheet", "Bar"),
    ),
    Topic(
        "outlines",
        "Outlines and solids",
        "Closed outlines of lines and true arcs, and the solids that they make.",
        ("Outline", "Region", "prism"),
    ),
    Topic(
        "joints",
        "Joints",
        "One description makes both sides of a mating pair. The [gallery](../gallery.md) shows each.",
        (
            "TabSlot",
            "CrossBolt",
            "WedgedTab",
            "FingerJoint",
            "Housing",
            "HalfLap",
            "BoltThrough",
            "TeeNut",
            "with_edge",
            "on_edge",
        ),
        JOINTS,
    ),
    Topic(
        "fits",
        "Fits, slots and corners",
        "How much air there is, and what becomes of corners that a round cutter leaves round.",
        (
            "Fit",
            "TIGHT",
            "GLUE",
            "LOOSE",
            "thickest",
            "side_clearance",
            "slot_width",
            "Relief",
            "relief_radius",
            "slot",
            "notch",
            "clearance_hole",
        ),
        JOINTS,
    ),
    Topic(
        "limits",
        "Limits, motions and errors",
        "What must hold, what turns, and how a design says no.",
        ("Limit", "Motion", "CsmError"),
    ),
    Topic(
        "figures",
        "Figures",
        "What a design computes beside its solids: tables, curves and paper templates.",
        ("Table", "Curve", "Series", "Template", "Stroke", "Label"),
    ),
)
UNREAD: dict[str, Any] = {"search": {"exclude": True}}  # the search finds words in the list of all of them
PAGES = {name: f"{topic.key}.md" for topic in TOPICS for name in topic.names}


def reference_pages() -> dict[str, str]:
    """Markdown of all pages by their path within docs/."""
    pages = {
        f"{FOLDER}/{topic.key}.md": english_page(
            "guide/reference.md.j2",
            {"title": topic.title, "description": f"Reference: {topic.title.lower()}", **UNREAD},
            topic=topic,
            text=linked(topic.text),
            words=[shown(word(topic.module, name)) for name in topic.names],
        )
        for topic in TOPICS
    }
    meta = {"title": "Reference", "description": "Every word that a design may use"}
    listed = [
        (topic, [(name, linked(word(topic.module, name).doc.summary)) for name in topic.names])
        for topic in TOPICS
    ]
    pages[f"{FOLDER}/index.md"] = english_page("guide/reference_index.md.j2", meta, topics=listed)
    pages[f"{FOLDER}/files.md"] = english_page(
        "guide/reference_files.md.j2",
        {
            "title": "kit.toml and assembly.md",
            "description": "Reference: keys of kit.toml, attributes of steps",
        },
        keys=constant("csmkit.design.find", "KEYS"),
        required=constant("csmkit.design.find", "REQUIRED"),
        defaults=constant("csmkit.design.find", "OPTIONAL"),
        attributes=constant("csmkit.design.assembly", "KNOWN"),
        adds=linked(module_doc("csmkit.design.adds").text),
    )
    return pages


def link_to(name: str) -> str:
    """Where a word stands, seen from a page of the contributors' section."""
    return f"reference/{PAGES[name]}#{anchor(name)}"


def text_of(module: str, name: str) -> str:
    """What a word means in a paragraph or two: all but its frame."""
    paragraphs = word(module, name).doc.text.split("\n\n")[:2]
    kept = [p for p in paragraphs if not p.startswith("Frame")]
    return linked("\n\n".join(kept), "reference/")


def anchor(name: str) -> str:
    """Id of a word's heading."""
    return f"word-{name}"


def linked(text: str, above: str = "") -> str:
    """A docstring's text as Markdown: HTML shown as it is, words of the reference as links.

    Args:
        above: how the reference's folder is named from the page.
    """
    pieces = []
    for piece in CODE.split(text):
        name = piece.strip("`").removeprefix("joints.")
        if not piece.startswith("`"):
            pieces.append(html.escape(piece, quote=False).replace("*", r"\*"))
        elif name in PAGES and (name[0].isupper() or "_" in name):  # `length` is mostly an argument
            pieces.append(f"[{piece}]({above}{PAGES[name]}#{anchor(name)})")
        else:
            pieces.append(piece)
    return "".join(pieces)


def shown(found: Word) -> dict[str, object]:
    """A word as its template shows it."""
    return {
        "word": found,
        "anchor": anchor(found.name),
        "signature": _wrapped(found.signature),
        "bases": [linked(f"`{base}`") for base in found.bases],
        "fields": [
            (field, linked(field.text)) for field in found.fields if field.text or found.kind == "class"
        ],
        "members": [(member, _told(member.doc)) for member in found.members],
        **_told(found.doc),
    }


def _told(doc: Doc) -> dict[str, object]:
    return {
        "text": linked(doc.text),
        "sections": {name: linked(text) for name, text in doc.sections.items()},
        "args": {name: linked(text) for name, text in doc.args.items()},
        "example": doc.example,
    }


def _wrapped(signature: str) -> str:
    """A long signature with one argument a line."""
    if len(signature) < 88 or "(" not in signature:
        return signature
    start, _, rest = signature.partition("(")
    inner, close, after = rest.rpartition(")")
    lines, depth, line = [], 0, ""
    for char in inner:
        depth += (char in "([{") - (char in ")]}")
        if char == "," and depth == 0:
            lines.append(line.strip())
            line = ""
        else:
            line += char
    lines.append(line.strip())
    body = "".join(f"    {entry},\n" for entry in lines)
    return f"{start}(\n{body}{close}{after}"
