# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A build's pictures made fit for paper: our face, colours without a page's styles, a white ground."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

_VARIABLE = re.compile(r"var\(--[\w-]+,\s*([^()]*)\)")
_GENERIC = re.compile(r'font-family(="|:)\s*sans-serif')
_ROOT = re.compile(r"<svg\b[^>]*>")
_VIEW = re.compile(r'viewBox="([^"]*)"')
QUALITY = 88  # of JPEG: no blocks around the edge lines, a tenth of what PDF makes of a WebP
FAINT = 6  # of 255: a shadow's rim, which on paper would end in an edge
_SIZE = re.compile(r'\s(?:width|height)="[^"]*"')


@dataclass(frozen=True)
class Drawn:
    """A picture for paper and the size of what it shows, in its own units."""

    data: bytes
    width: float
    height: float


def for_paper(svg: bytes, trim: float = 0.0) -> Drawn:
    """An SVG file of a build, to be placed on a page.

    What sets pages knows no CSS variables, would take any face for "sans-serif", and needs no size in mm.

    Args:
        trim: what goes at each side, in the file's own units: a drawing's border.
    Raises: ValueError: it has no viewBox.
    """
    text = _GENERIC.sub(r"font-family\1Source Sans Pro", _VARIABLE.sub(r"\1", svg.decode()))
    root = _ROOT.search(text)
    view = _VIEW.search(root.group()) if root else None
    if root is None or view is None:
        raise ValueError("SVG without a viewBox")
    x, y, width, height = map(float, view.group(1).split())
    width, height = width - 2 * trim, height - 2 * trim
    head = _SIZE.sub("", root.group()).replace(
        view.group(), f'viewBox="{x + trim:g} {y + trim:g} {width:g} {height:g}"'
    )
    return Drawn((text[: root.start()] + head + text[root.end() :]).encode(), width, height)


def on_white(picture: bytes) -> Drawn:
    """A shaded picture on white as JPEG, which goes into a PDF as it is, without its empty border."""
    with Image.open(BytesIO(picture)) as opened:
        clear = opened.convert("RGBA")
    alpha = clear.getchannel("A").point([max(a - FAINT, 0) * 255 // (255 - FAINT) for a in range(256)])
    clear.putalpha(alpha)
    clear = clear.crop(alpha.getbbox())
    paper = Image.new("RGBA", clear.size, "white")
    paper.alpha_composite(clear)
    out = BytesIO()
    paper.convert("RGB").save(out, "JPEG", quality=QUALITY, subsampling=0, optimize=True)
    return Drawn(out.getvalue(), *clear.size)
