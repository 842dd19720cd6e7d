# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""csm check --translations: what the site and the kits don't say yet in other languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import click

from csmkit.cli.group import Settings, say_json
from csmkit.cli.progress import building
from csmkit.design.find import find_kit, find_kits

FEW = 20  # gaps that are listed where all kits are

if TYPE_CHECKING:
    from csmkit.build import Builder
    from csmkit.model import Manifest
    from csmkit.site.gaps import Gap


def tell_translations(settings: Settings, kit: str | None, as_json: bool) -> bool:
    """List what is missing or stale, of one kit or of the frame and all kits; whether anything is."""
    from csmkit.export.language.language import codes

    kits = [find_kit(settings.roots, kit)] if kit else find_kits(settings.roots)
    found: list[tuple[str, str, Sequence[Gap]]] = []
    if not kit:
        found += [("frame", code, _frame(code)) for code in codes()]
    with building(settings.cache, settings.jobs, as_json, 900) as builder:
        found += [row for manifest in kits for row in _kit(builder, manifest)]
    if as_json:
        say_json(
            [
                {"of": name, "language": code, "gaps": [vars(gap) for gap in gaps]}
                for name, code, gaps in found
            ]
        )
    else:
        for name, code, gaps in found:
            _tell(name, code, gaps, is_whole=bool(kit))
    return any(gaps for _, _, gaps in found)


def _frame(code: str) -> Sequence[Gap]:
    from csmkit.site.gaps import frame_gaps

    return frame_gaps(code)


def _kit(builder: Builder, manifest: Manifest) -> Iterator[tuple[str, str, Sequence[Gap]]]:
    from csmkit.export.language.language import codes, load_language
    from csmkit.pipeline.english import english
    from csmkit.pipeline.translations import written_steps
    from csmkit.site.gaps import kit_gaps

    said = english(builder, manifest)
    for code in codes():
        steps = written_steps(manifest.key, code, "", said.files)
        gaps = kit_gaps(said, load_language(code), manifest.translations.get(code), steps)
        yield manifest.key, code, gaps


def _tell(name: str, code: str, gaps: Sequence[Gap], is_whole: bool) -> None:
    """A line of sums; the gaps themselves where there are a few, or where somebody asked for this kit."""
    kinds = [(kind, sum(gap.kind == kind for gap in gaps)) for kind in ("missing", "stale", "figures")]
    sums = ", ".join(f"{count} {kind}" for kind, count in kinds if count)
    click.echo(f"{name} ({code}): {sums or 'complete'}")
    if is_whole or len(gaps) <= FEW:
        for (kind, place), found in groupby(gaps, lambda gap: (gap.kind, gap.place)):
            click.echo(f"  {kind}: {place}:")
            for gap in found:
                click.echo(gap.text)
