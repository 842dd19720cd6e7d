# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a kit says in its own words: all that wants a translation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from csmkit.build import Builder, Files
from csmkit.design.assembly import Section, sections
from csmkit.design.changelog import FILE as CHANGELOG
from csmkit.design.changelog import parse_changelog
from csmkit.model import Manifest
from csmkit.pipeline import flow
from csmkit.pipeline.translations import ENGLISH


@dataclass(frozen=True)
class English:
    """What a kit says in its own words, in all of its presets.

    Args:
        texts: of kit.toml and of the design: titles, parameters, limits, figures, tools.
        parts: their names.
        intro, steps: of assembly.md.
        files: the kit's sources, with the translated steps.
    """

    texts: tuple[str, ...]
    parts: tuple[str, ...]
    intro: str
    steps: tuple[Section, ...]
    files: Files


def english(builder: Builder, manifest: Manifest) -> English:
    """Every text of a kit in all of its presets. Runs its design, without measuring anything."""
    said: dict[str, None] = dict.fromkeys(_of_manifest(manifest))
    parts: dict[str, None] = {}
    for preset in manifest.presets:
        made = flow.design(builder, flow.Request(manifest, preset.key))
        [model] = builder.run([made.model])
        said |= dict.fromkeys((*(p.text for p in made.params), *_of_model(model.json("model.json"))))
        parts |= dict.fromkeys(str(p["name"]) for p in made.parts)
    files = made.files.every
    intro, steps = sections(manifest.key, files.get(ENGLISH, b"").decode("utf-8"))
    tools = (tool for step in steps for tool in step.attributes.get("tools", "").split(","))
    said |= dict.fromkeys(" ".join(tool.split()) for tool in tools)
    releases = parse_changelog(manifest.key, files.get(CHANGELOG, b""))
    said |= dict.fromkeys(change for release in releases for change in release.changes)
    return English(tuple(filter(None, said)), tuple(parts), intro, tuple(steps), files)


def _of_manifest(manifest: Manifest) -> Iterator[str]:
    yield from (manifest.title, manifest.summary, manifest.function, *manifest.untested, *manifest.tags)
    yield from (preset.title for preset in manifest.presets)
    yield from (text for tier in manifest.tiers for text in (tier.title, tier.text))


def _of_model(model: Mapping[str, Any]) -> Iterator[str]:
    for limit in model["limits"]:
        yield from (limit[name] for name in ("name", "formula", "source", "remedy"))
    for figure in model["figures"]:
        yield from (figure[name] for name in ("title", "note", "source") if name in figure)
        yield from figure.get("columns", ())
