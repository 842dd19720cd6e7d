# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What our SVGs are made of: short numbers, outlines as true arcs, texts, the document around them.

SVG's y points down: everything is drawn at −y, so a view box begins at minus the height of what it shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape as _escape
from xml.sax.saxutils import quoteattr

from csmkit.export.labels import Label
from csmkit.model.outline import Outline

CAPITAL = 0.72  # capital height per font size of the common sans-serif fonts (Arial 0.716, DejaVu Sans 0.729)
ADVANCE = (
    0.85  # width of a character per capital height: Arial's mean of 0.55 em, with a reserve for wider fonts
)
_TITLE = re.compile(r"""aria-label=("[^"]*"|'[^']*')>\n<title>[^<]*""")
_VIEW = re.compile(rb'viewBox="\S+ \S+ (\S+) (\S+)"')
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def number(value: float, digits: int = 2) -> str:
    """A number as short as it can be: "12", ".5", "-3.25"."""
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    if text in ("-0", "0"):
        return "0"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def escape(text: str) -> str:
    """Text for between tags; characters that XML can't hold become U+FFFD."""
    return _escape(_NOT_XML.sub("\ufffd", text))


def attribute(text: str) -> str:
    """Text as an attribute's value, quotes included."""
    return quoteattr(_NOT_XML.sub("\ufffd", text))


def path(outlines: Iterable[Outline], digits: int = 2) -> str:
    """Path data of closed outlines; arcs stay arcs.

    Args:
        outlines: mm, y up.
        digits: decimals of the coordinates; radii have one more.
    Returns: the value of a `d` attribute, y down.
    """
    return "".join(_closed(outline, digits) for outline in outlines)


def text(label: Label, css: str = "", digits: int = 1) -> str:
    """A text about its middle, turned with its part."""
    x, y = number(label.x, digits), number(-label.y + label.height / 2, digits)
    middle = f"{x} {number(-label.y, digits)}"
    turn = f' transform="rotate({number(-label.angle)} {middle})"' if label.angle else ""
    kind = f' class="{css}"' if css else ""
    place = f'x="{x}" y="{y}" font-size="{number(label.height / CAPITAL, digits)}" text-anchor="middle"'
    return f"<text{kind} {place}{turn}>{escape(label.text)}</text>"


def double_arrow(x: float, y: float, half: float, angle: float = 0) -> str:
    """Attributes of a path for a double arrow about (x, y), y down, of length 2 × half."""
    head = half / 4
    left, right, h = number(x - half), number(x + half), number(head)
    turn = f' transform="rotate({number(angle)} {number(x)} {number(y)})"' if angle else ""
    return (
        f'd="M{left} {number(y)}H{right}m-{h}-{h}l{h} {h}l-{h} {h}'
        f'M{number(x - half + head)} {number(y - head)}l-{h} {h}l{h} {h}"{turn}'
    )


def style(rules: Mapping[str, str]) -> str:
    """A style element for classes csm-<name>; lines keep their width on the screen whatever the scale.

    Plain class selectors, because those alone reach into what `use` repeats. Equal on all our pictures, so
    that several of them may stand on one page.
    """
    css = "".join(f".csm-{name}{{{rule}}}" for name, rule in rules.items())
    return f"<style>{css}.csm-line{{vector-effect:non-scaling-stroke}}</style>"


def document(
    view: tuple[float, float, float, float], title: str, body: Sequence[str], desc: str = "", head: str = ""
) -> bytes:
    """An SVG file.

    Args:
        view: smallest x and y (y down), width and height, mm.
        title, desc: what a screen reader says.
        body: elements.
        head: more attributes of the root element, with a leading space.
    """
    box = " ".join(number(v) for v in view)
    spoken = f'role="img" aria-label={attribute(title)}'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"{head} {spoken}>',
        f"<title>{escape(title)}</title>",
        *([f"<desc>{escape(desc)}</desc>"] if desc else []),
        *body,
        "</svg>",
    ]
    return "\n".join([*lines, ""]).encode()


def with_title(data: bytes, title: str) -> bytes:
    """A file of `document` with another title."""
    told = f"aria-label={attribute(title)}>\n<title>{escape(title)}"
    return _TITLE.sub(lambda _: told, data.decode(), count=1).encode()


def view_size(data: bytes) -> tuple[float, float]:
    """Width and height of what a file of `document` shows, mm."""
    found = _VIEW.search(data)
    assert found is not None
    return (float(found[1]), float(found[2]))


def _closed(outline: Outline, digits: int) -> str:
    x, y, _ = outline.vertices[0]
    data = f"M{number(x, digits)} {number(-y, digits)}"
    for edge in outline.edges:
        end = f"{number(edge.end[0], digits)} {number(-edge.end[1], digits)}"
        if edge.bulge == 0:
            data += f"L{end}"
            continue
        radius = number(edge.radius, digits + 1)
        data += f"A{radius} {radius} 0 {int(abs(edge.bulge) > 1)} {int(edge.bulge < 0)} {end}"
    return data + "Z"
