# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""csm site: every kit with all presets, and the pages that show them."""

from __future__ import annotations

from pathlib import Path

import click

from csmkit.cli.group import Settings, csm, work_options
from csmkit.cli.options import site_option
from csmkit.cli.progress import building
from csmkit.design.find import find_kits
from csmkit.errors import CsmError


@csm.command()
@click.option(
    "--out", type=click.Path(path_type=Path), default="build", show_default=True, help="Output folder."
)
@site_option
@click.pass_obj
@work_options
def site(settings: Settings, out: Path, site: str) -> None:
    """Build every kit in the presets that it shows, and the site with their pages."""
    from csmkit.pipeline import Request, build_kit
    from csmkit.site import SiteKit, build_guides, write_site

    kits = find_kits(settings.roots)
    if not kits:
        raise CsmError(f"no kits in {', '.join(map(str, settings.roots))}", remedy="make one: csm new my-kit")
    root = settings.roots[0].resolve().parent
    if not (root / "mkdocs.yml").is_file():
        raise CsmError(f"{root} has no mkdocs.yml", remedy="run it in a csmkit repository")
    shown = []
    with building(settings.cache, settings.jobs, quiet=False, timeout_s=900) as builder:
        for kit in kits:
            folders = {}
            for preset in kit.shown_presets:
                built = build_kit(builder, Request(kit, preset.key, site=site), out)
                folders[preset.key] = built.folder
                for warning in built.warnings:
                    click.echo(f"{warning.level}: {warning}", err=True)
                click.echo(f"{built.folder}{'' if built.is_new else ' (up to date)'}")
            shown.append(SiteKit(kit.key, folders))
        guides = build_guides(builder, root)
    write_site(shown, root / "docs", root / "mkdocs.yml", out / "site", guides)
    click.echo(f"{out / 'site'}")
