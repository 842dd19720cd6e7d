# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The gallery of joints: a picture, what it is, how much air it leaves, what it needs, and code to copy.

What is shown is made by the code that is shown: `examples/joints` is a kit with a preset for each joint.
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from csmkit.design.find import load_manifest
from csmkit.model import Table
from csmkit.pipeline.samples import HEIGHT, WIDTH, Sample
from csmkit.site.pages import english_page
from csmkit.site.reference import UNREAD, link_to, text_of

GALLERY = "contributors/gallery.md"  # within docs/
FOLDER = "contributors/gallery"
LICENCE = "# SPDX"


@dataclass(frozen=True)
class Joint:
    """A joint of the gallery.

    Args:
        key: preset of the sample.
        title: of the preset.
        summary: what the sample is, in a sentence.
        class_name: of `csmkit.design.joints`.
        code: that makes the sample.
    """

    key: str
    title: str
    summary: str
    class_name: str
    code: str


def joints(folder: Path) -> list[Joint]:
    """The joints that a folder of samples has, in the order of its presets."""
    found = []
    for preset in load_manifest(folder).presets:
        file = folder / f"{preset.key.replace('-', '_')}.py"
        if file.is_file():
            found.append(_joint(preset.key, preset.title, file.read_text(encoding="utf-8")))
    return found


def gallery_page(
    shown: Sequence[Joint], samples: Mapping[str, tuple[Sample, Sample]]
) -> tuple[str, dict[str, bytes]]:
    """Markdown of the gallery, and the files of its pictures by their path within docs/.

    Args:
        samples: together and apart, by key; a joint without them is told in words.
    """
    files: dict[str, bytes] = {}
    rows = []
    for joint in shown:
        drawn = dict(_pictures(joint, samples[joint.key])) if joint.key in samples else {}
        files |= {f"{FOLDER}/{name}": data for name, data in drawn.items()}
        rows.append(
            {
                "joint": joint,
                "text": text_of("csmkit.design.joints", joint.class_name),
                "href": link_to(joint.class_name),
                "shots": [name for name in drawn if name.endswith(".webp")],
                "flat": [name for name in drawn if name.endswith(".svg")],
                "tables": _tables(samples[joint.key][0]) if joint.key in samples else {},
            }
        )
    meta = {
        "title": "Gallery of joints",
        "description": "Every joint with picture, clearance and code",
        **UNREAD,
    }
    return english_page("guide/gallery.md.j2", meta, rows=rows, width=WIDTH, height=HEIGHT), files


def _pictures(joint: Joint, pair: tuple[Sample, Sample]) -> Iterator[tuple[str, bytes]]:
    together, apart = pair
    for name, made in (("apart", apart), ("together", together)):
        for data in made.pictures.values():
            yield f"{joint.key}-{name}.webp", data
    for part, data in together.flat.items():
        yield f"{joint.key}-{part.replace(' ', '-')}.svg", data


def _tables(made: Sample) -> dict[str, Any]:
    return {figure.name: figure for figure in made.facts.figures if isinstance(figure, Table)}


def _joint(key: str, title: str, source: str) -> Joint:
    tree = ast.parse(source)
    maker = next(n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "joint")
    lines = [line for line in source.splitlines() if not line.startswith(LICENCE)]
    summary = textwrap.dedent(ast.get_docstring(tree) or "")
    return Joint(key, title, summary, ast.unparse(maker.returns or ast.Name("")), "\n".join(lines).strip())
