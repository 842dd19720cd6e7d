# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Bundles: the zip of each tier, with licence texts, a README, a manifest and checksums."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from csmkit.commons.tiers import GROUPS, files_of, group_of
from csmkit.design.find import USES
from csmkit.export.archive import EPOCH, safe_names, sha256sums, zip_bytes
from csmkit.export.okh import okh_manifest, okh_toml
from csmkit.export.paths import file_stem
from csmkit.export.toml import toml_bytes
from csmkit.model import KitFacts, Manifest, ParamValue, Tier, TierKey, Vector

TEMPLATES = Path(__file__).parent / "templates"
PAPERS = ("okh.toml", "README.md")  # made anew for each bundle, since they tell what lies beside them


@dataclass(frozen=True)
class Edition:
    """One build of a kit, from which its three bundles are made.

    Args:
        params: the value of every parameter.
        changed: those that were set beyond the preset.
        files: the build's files by their paths in the output contract.
        source: the design's folder by paths within it: kit.toml, design.py, assembly.md, the layout lock.
        workshop: the workshop file that was used, TOML.
        licenses: full texts by file name: "CERN-OHL-S-2.0.txt".
        csmkit_version: what built it.
        mass: of the kit, kg; size: of the assembled kit, mm.
    """

    manifest: Manifest
    facts: KitFacts
    preset: str
    params: Mapping[str, ParamValue]
    files: Mapping[str, bytes]
    source: Mapping[str, bytes]
    workshop: bytes
    licenses: Mapping[str, bytes]
    csmkit_version: str
    changed: Mapping[str, ParamValue] = field(default_factory=dict)
    mass: float = 0.0
    size: Vector | None = None


def bundle_name(manifest: Manifest, preset: str, tier: TierKey) -> str:
    """Name of a bundle's top folder, and of its zip without ".zip": "bike-trailer-1.0.0-cargo-free"."""
    return f"{file_stem(manifest.key)}-{manifest.version}-{file_stem(preset)}-{tier}"


def bundle(edition: Edition, tier: Tier, epoch: int = EPOCH) -> bytes:
    """The zip of one tier: the same bytes for the same edition.

    Everything lies in one top folder. Its okh.toml names only files of this bundle, and `sha256sum -c
    SHA256SUMS` in that folder proves them all.

    Args:
        epoch: the date that every entry bears, seconds since 1970 UTC.
    Raises: CsmError: two files have one name, or the manifest is not valid.
    """
    files = bundle_files(edition, tier)
    top = bundle_name(edition.manifest, edition.preset, tier.key)
    return zip_bytes({f"{top}/{path}": content for path, content in files.items()}, epoch)


def bundle_files(edition: Edition, tier: Tier) -> dict[str, bytes]:
    """The files of one tier's bundle by path within its top folder, SHA256SUMS included."""
    everything = safe_names(_offered(edition))
    files = _with_papers(edition, {path: everything[path] for path in files_of(tier, everything)}, tier)
    files["SHA256SUMS"] = sha256sums(files)
    return files


def folder_papers(edition: Edition) -> dict[str, bytes]:
    """okh.toml, README.md and LICENSES/ for the build's own folder; they name only files that lie there."""
    files = {path: data for path, data in edition.files.items() if path not in PAPERS}
    licenses = {f"LICENSES/{name}": text for name, text in edition.licenses.items()}
    papers = _with_papers(edition, {**files, **licenses}, None)
    return {path: papers[path] for path in (*licenses, *PAPERS)}


def rebuild_command(edition: Edition) -> str:
    """The command that builds this edition again, in the free bundle's top folder."""
    words = ["csm", "build", edition.manifest.key, "--preset", edition.preset]
    for name, value in sorted(edition.changed.items()):
        words += ["--set", f"{name}={_word(value)}"]
    return shlex.join([*words, "--workshop", "workshop.toml", "--out", "build"])


def _offered(edition: Edition) -> dict[str, bytes]:
    """All that a tier may hold: the build's files, the design's folder, what a rebuild needs, licences."""
    folder = f"designs/{edition.manifest.key}"
    return {
        **{path: data for path, data in edition.files.items() if path not in PAPERS},
        **{_place(folder, path): data for path, data in edition.source.items()},
        "workshop.toml": edition.workshop,
        "params.toml": toml_bytes(dict(sorted(edition.params.items()))),
        **{f"LICENSES/{name}": text for name, text in edition.licenses.items()},
    }


def _place(folder: str, path: str) -> str:
    """Where a file of the source lies in the free bundle: what a kit uses lies beside the kit."""
    used = path.removeprefix(f"{USES}/")
    return f"designs/{used}" if used != path else f"{folder}/{path}"


def _with_papers(edition: Edition, given: Mapping[str, bytes], tier: Tier | None) -> dict[str, bytes]:
    """The files with okh.toml and README.md beside them."""
    files = {**given, **dict.fromkeys(PAPERS, b"")}
    manifest = okh_manifest(edition.manifest, edition.facts, files, mass=edition.mass, size=edition.size)
    files["okh.toml"] = okh_toml(manifest)
    files["README.md"] = _readme(edition, tier, files)
    return files


def _readme(edition: Edition, tier: Tier | None, files: Mapping[str, bytes]) -> bytes:
    page = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # Markdown, not HTML
    ).get_template("bundle-readme.md.j2")
    text = page.render(
        manifest=edition.manifest,
        tier=tier,
        preset=edition.preset,
        params=[(name, _word(value)) for name, value in sorted(edition.params.items())],
        contents=_contents(files),
        licenses=sorted(edition.licenses),
        rebuild=rebuild_command(edition) if tier and "source" in tier.holds else "",
        csmkit_version=edition.csmkit_version,
    )
    return text.encode()


def _contents(files: Mapping[str, bytes]) -> list[tuple[str, list[str]]]:
    """What each group is, with the files and folders at the top of the bundle in which it lies."""
    result = []
    for group in GROUPS:
        paths = [path for path in files if group_of(path) == group.key]
        if paths:
            result.append((group.text, sorted({p.split("/")[0] + "/" if "/" in p else p for p in paths})))
    return result


def _word(value: ParamValue) -> str:
    """A parameter's value as `--set` takes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
