# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What contributors' guides show beside their text: small kits that stand in no catalog, built with the site.

The tutorial's kit is put together from its own code blocks.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from csmkit.build import Builder
from csmkit.design.find import load_manifest
from csmkit.export.archive import zip_bytes
from csmkit.model import Manifest
from csmkit.pipeline import Request
from csmkit.pipeline.samples import HEIGHT, WIDTH, Sample, sample
from csmkit.site.gallery import GALLERY, gallery_page, joints
from csmkit.site.goods import PAGE as GOODS
from csmkit.site.goods import goods_page
from csmkit.site.pages import fragment
from csmkit.site.reference import reference_pages
from csmkit.site.tutorial import Stage, blocks, kit_files, stages, with_pictures

TUTORIAL = "contributors/tutorial.md"  # within docs/
JOINTS = "examples/joints"
FILES = "<!-- files -->"  # in the tutorial: the files that a reader has in the end


@dataclass(frozen=True)
class Guides:
    """Samples of the guides.

    Args:
        stages: of the tutorial, in order.
        joints: of the gallery by key, together and apart.
    """

    stages: tuple[Sample, ...] = ()
    joints: Mapping[str, tuple[Sample, Sample]] = field(default_factory=dict)


NO_PICTURES = Guides()


def build_guides(builder: Builder, root: Path) -> Guides:
    """Build what the guides of a repository show.

    Args:
        root: of the repository.
    Raises: CsmError: a guide's code can't be made, or is in the wrong order.
    """
    tutorial = root / "docs" / TUTORIAL
    told = stages(tutorial.read_text(encoding="utf-8")) if tutorial.is_file() else []
    shown = joints(root / JOINTS) if (root / JOINTS).is_dir() else ()
    manifest = load_manifest(root / JOINTS) if shown else None
    return Guides(
        tuple(_stage(builder, stage) for stage in told),
        {joint.key: _joint(builder, manifest, joint.key) for joint in shown} if manifest else {},
    )


def write_guides(guides: Guides, root: Path, docs: Path) -> None:
    """Write what is generated of the guides; without samples their text stands alone.

    Args:
        root: of the repository.
        docs: what mkdocs is given: the guides lie there already.
    """
    if (docs / TUTORIAL).is_file():
        _write_tutorial(guides.stages, docs / TUTORIAL)
    if (root / JOINTS).is_dir():
        text, files = gallery_page(joints(root / JOINTS), guides.joints)
        for name, data in {GALLERY: text.encode(), **files}.items():
            _write(docs / name, data)
    for name, text in {**reference_pages(), GOODS: goods_page()}.items():
        _write(docs / name, text.encode())


def _joint(builder: Builder, manifest: Manifest, key: str) -> tuple[Sample, Sample]:
    whole = ("together",)
    apart = Request(manifest, key, {"apart": True})
    return sample(builder, Request(manifest, key), whole), sample(builder, apart, whole)


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
