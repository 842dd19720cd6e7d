# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What contributors' guides show beside their text: small kits that stand in no catalog, built with the site.

The tutorial's kit is put together from its own code blocks.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from csmkit.build import Builder
from csmkit.design.find import load_manifest
from csmkit.export.archive import zip_bytes
from csmkit.pipeline import Request
from csmkit.pipeline.samples import HEIGHT, WIDTH, Sample, sample
from csmkit.site.pages import fragment
from csmkit.site.tutorial import Stage, blocks, kit_files, stages, with_pictures

TUTORIAL = "contributors/tutorial.md"  # within docs/
FILES = "<!-- files -->"  # in the tutorial: the files that a reader has in the end


@dataclass(frozen=True)
class Guides:
    """Samples of the guides.

    Args:
        stages: of the tutorial, in order.
    """

    stages: tuple[Sample, ...] = ()


NO_PICTURES = Guides()


def build_guides(builder: Builder, root: Path) -> Guides:
    """Build what the guides of a repository show.

    Args:
        root: of the repository.
    Raises: CsmError: a guide's code can't be made, or is in the wrong order.
    """
    tutorial = root / "docs" / TUTORIAL
    told = stages(tutorial.read_text(encoding="utf-8")) if tutorial.is_file() else []
    return Guides(tuple(_stage(builder, stage) for stage in told))


def write_guides(guides: Guides, docs: Path) -> None:
    """Put pictures into the guides, which lie in `docs` already; without samples their text stands alone."""
    if (docs / TUTORIAL).is_file():
        _write_tutorial(guides.stages, docs / TUTORIAL)


def _stage(builder: Builder, stage: Stage) -> Sample:
    with tempfile.TemporaryDirectory() as above:
        folder = Path(above) / stage.kit
        folder.mkdir()
        for name, text in stage.files.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
        return sample(builder, Request(load_manifest(folder)), () if stage.part else (stage.picture,))


def _write_tutorial(samples: Sequence[Sample], page: Path) -> None:
    """The tutorial with its pictures, and the files that its reader has in the end."""
    guide = page.read_text(encoding="utf-8")
    beside = page.with_suffix("")
    shown = [
        _figure(stage, f"{number}-{stage.picture}", made, beside)
        for number, (stage, made) in enumerate(zip(stages(guide), samples, strict=False), 1)
    ]
    if samples:
        guide = with_pictures(guide, shown)
    kit, files = kit_files(blocks(guide))
    _write(beside / f"{kit}.zip", zip_bytes({f"{kit}/{name}": text.encode() for name, text in files.items()}))
    links = fragment("guide/files.html.j2", kit=kit)
    page.write_text(guide.replace(FILES, links), encoding="utf-8", newline="\n")


def _figure(stage: Stage, name: str, made: Sample, folder: Path) -> str:
    """HTML of a stage's picture, whose file is written beside the page; "" if none was made."""
    if stage.part:
        file, data = f"{name}.svg", made.flat[stage.part]
    elif stage.picture in made.pictures:
        file, data = f"{name}.webp", made.pictures[stage.picture]
    else:
        return ""
    _write(folder / file, data)
    size = {} if stage.part else {"width": WIDTH, "height": HEIGHT}
    return fragment("guide/picture.html.j2", file=file, text=stage.text, size=size)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
