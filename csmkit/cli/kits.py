# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""csm list, show, check, build, new, fit-test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from csmkit.cli.asked import PATIENCE_S, asked, asked_builder
from csmkit.cli.group import WRONG_INPUT, Settings, csm, say_json, work_options
from csmkit.cli.options import (
    json_option,
    kit_options,
    out_option,
    seed_option,
    site_option,
    time_option,
    workshop_option,
)
from csmkit.cli.table import table
from csmkit.cli.translations import tell_translations
from csmkit.design.find import find_kits
from csmkit.errors import CsmError

ONLY = (
    "Only some of: step, stl, dxf, svg, drawing, gcode, glb, viewer, picture, bom, instructions, steps,"
    " figures, book."
)
TOOL = "A cutter of your workshop: its diameter in mm, or its key."

if TYPE_CHECKING:
    from csmkit.model import Finding
    from csmkit.pipeline import Built


@csm.command("list")
@json_option
@click.pass_obj
def list_kits(settings: Settings, as_json: bool) -> None:
    """The catalog: every kit with its presets and tiers. Runs no design."""
    if not any(root.is_dir() for root in settings.roots):
        folders = ", ".join(map(str, settings.roots))
        raise CsmError(
            f"there is no folder {folders}", remedy="name one with --designs, or start one: csm new my-kit"
        )
    kits = find_kits(settings.roots)
    rows = [
        {
            "kit": k.key,
            "title": k.title,
            "version": k.version,
            "presets": [p.key for p in k.presets],
            "tiers": [t.key for t in k.tiers],
            "maturity": k.maturity,
            "skill": k.skill,
            "summary": k.summary,
        }
        for k in kits
    ]
    if as_json:
        say_json(rows)
    elif not rows:
        click.echo(f"No kits in {', '.join(map(str, settings.roots))}; make one with: csm new my-kit")
    else:
        shown = ("kit", "title", "version", "presets", "tiers", "maturity", "skill")
        click.echo(table(shown, [[_joined(row[name]) for name in shown] for row in rows]))


@csm.command()
@click.argument("kit")
@kit_options
@click.pass_obj
@work_options
def show(settings: Settings, /, kit: str, as_json: bool, **chosen: Any) -> None:
    """A kit's parameters with defaults, limits, units and text."""
    from csmkit.design.values import resolve
    from csmkit.pipeline import show_kit

    request = asked(settings, kit, **chosen)
    manifest = request.manifest
    with asked_builder(settings, quiet=as_json, shop=chosen["workshop"]) as builder:
        params = show_kit(builder, request)
    values = resolve(manifest.key, params, request.wanted)
    if as_json:
        rows = [{**vars(p), "options": list(p.options), "value": values[p.name]} for p in params]
        presets = {p.key: {"title": p.title, "params": dict(p.params)} for p in manifest.presets}
        say_json({"kit": manifest.key, "title": manifest.title, "params": rows, "presets": presets})
        return
    click.echo(f"{manifest.title} {manifest.version}: {manifest.summary}\n")
    rows_shown = [[p.name, _shown(values[p.name]), _range(p), p.unit, p.text] for p in params]
    click.echo(table(("parameter", "value", "limits", "unit", "what it is"), rows_shown))
    click.echo()
    for p in manifest.presets:
        changed = ", ".join(f"{n}={_shown(v)}" for n, v in p.params.items()) or "the values above"
        click.echo(f"--preset {p.key}: {p.title} ({changed})")


@csm.command()
@click.argument("kit", required=False)
@kit_options
@click.option(
    "--translations", is_flag=True, help="List what other languages lack; of all kits if none is named."
)
@click.option(
    "--strict", is_flag=True, help="With --translations: exit with 2 if anything is missing or stale."
)
@click.pass_obj
@work_options
def check(
    settings: Settings, /, kit: str | None, as_json: bool, translations: bool, strict: bool, **chosen: Any
) -> None:
    """Whether a kit can be made: in range, valid, flat, not interfering, within its limits."""
    from csmkit.pipeline import check_kit

    if translations:
        has_gaps = tell_translations(settings, kit, as_json)
        click.get_current_context().exit(WRONG_INPUT if has_gaps and strict else 0)
    if kit is None:
        raise CsmError("no kit is named", remedy="write csm check KIT; csm list names them")
    request = asked(settings, kit, **chosen)
    with asked_builder(settings, quiet=as_json, shop=chosen["workshop"]) as builder:
        findings = check_kit(builder, request)
    errors = [f for f in findings if f.level == "error"]
    if as_json:
        say_json({"kit": request.kit, "can_be_made": not errors, "findings": [vars(f) for f in findings]})
    else:
        _tell(findings)
        verdict = f"{len(errors)} in the way" if errors else "can be made"
        click.echo(f"{request.kit} ({request.preset}): {verdict}", err=bool(errors))
    click.get_current_context().exit(WRONG_INPUT if errors else 0)


@csm.command()
@click.argument("kit")
@kit_options
@out_option("build", "Output folder.")
@click.option(
    "--only",
    default="",
    metavar="dxf,bom,…",
    help=ONLY,
)
@site_option
@time_option
@seed_option
@click.option("--replan", is_flag=True, help="Plan the cuts anew; a better plan goes into layouts.lock.json.")
@click.pass_obj
@work_options
def build(
    settings: Settings,
    /,
    kit: str,
    as_json: bool,
    out: Path,
    only: str,
    site: str,
    time_limit_s: float,
    seed: int,
    replan: bool,
    **chosen: Any,
) -> None:
    """Write a kit's files: STEP, STL, DXF, nested sheets, lists, price, bundles."""
    from csmkit.export.whole_file import write_whole
    from csmkit.pipeline import LOCK, Planning, build_kit

    request = asked(settings, kit, planning=Planning(time_limit_s, seed, replan), site=site, **chosen)
    formats = tuple(word.strip() for word in only.split(",") if word.strip())
    if formats and (out / request.kit / request.preset / "kit.json").is_file():
        click.echo(f"warning: only {', '.join(formats)}: other files of an earlier build go", err=True)
    patience = PATIENCE_S + 20 * time_limit_s
    with asked_builder(settings, quiet=as_json, shop=chosen["workshop"], timeout_s=patience) as builder:
        built = build_kit(builder, request, out, formats)
    if replan:
        write_whole(request.manifest.folder / LOCK, built.lock)
    _tell_built(built, as_json)


@csm.command()
@click.argument("name")
@click.option("--cad", type=click.Choice(["build123d", "cadquery"]), default="build123d", show_default=True)
@click.pass_obj
def new(settings: Settings, name: str, cad: str) -> None:
    """Make a design folder that builds, checks and tests as it is."""
    from csmkit.commons.tiers import SUGGESTED
    from csmkit.export.starter import write_starter

    folder = write_starter(settings.roots[0], name, cad, SUGGESTED)
    click.echo(f"{folder}: edit design.py, then: csm check {name}, csm build {name}")


@csm.command("fit-test")
@click.option("--stock", default="birch-ply-12", show_default=True, help="Sheet to test.")
@click.option(
    "--tool",
    default=None,
    metavar="MM|KEY",
    help=TOOL,
)
@workshop_option
@out_option("build", "Output folder.")
@json_option
@click.pass_obj
@work_options
def fit_test(
    settings: Settings, /, stock: str, tool: str | None, workshop: Path | None, out: Path, as_json: bool
) -> None:
    """Coupons that tell how your sheet and your cutter fit."""
    from csmkit.pipeline import build_kit
    from csmkit.pipeline.shop import with_tool

    request = asked(settings, "fit-test", given=(f"stock={stock}",), workshop=workshop)
    if tool:
        request = replace(request, workshop=with_tool(request.workshop, tool))
    request = replace(request, folder=f"{stock}-{tool.replace(' ', '')}" if tool else stock)
    with asked_builder(settings, quiet=as_json, shop=workshop) as builder:
        built = build_kit(builder, request, out)
    _tell_built(built, as_json)


def _tell(findings: Sequence[Finding]) -> None:
    for finding in findings:
        click.echo(f"{finding.level}: {finding}", err=True)


def _tell_built(built: Built, as_json: bool) -> None:
    if as_json:
        say_json({"folder": str(built.folder), "is_new": built.is_new, **built.kit})
        return
    _tell(built.warnings)
    click.echo(f"{built.folder}: {_summary(built.kit)}{'' if built.is_new else ' (up to date)'}")


def _summary(kit: Any) -> str:
    price = kit["price"]
    sheets = sum(len(n["layouts"]) for n in kit["nestings"])
    parts = sum(p["quantity"] for p in kit["parts"])
    written = len(kit["files"]) + len(kit["bundles"]) + len(("kit.json", "SHA256SUMS"))
    return (
        f"{_count(written, 'file')}, {_count(parts, 'part')} on {_count(sheets, 'sheet')},"
        f" {kit['mass']:.1f} kg, {price['total']} {price['currency']} at cost"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _joined(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _range(param: Any) -> str:
    if param.kind == "choice":
        return ", ".join(param.options)
    if param.kind == "flag":
        return "yes, no"
    return f"{param.minimum:g} to {param.maximum:g}"
