# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""csm cut: kits and parts together on the workshop's sheets and bars."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from csmkit.cli.asked import PATIENCE_S, asked, asked_builder, read_workshop_file
from csmkit.cli.cut_progress import watching
from csmkit.cli.group import Settings, csm, say_json, work_options
from csmkit.cli.options import json_option, out_option, seed_option, time_option, workshop_option
from csmkit.errors import CsmError
from csmkit.export.cut.words import summary
from csmkit.model.lengths import UNITS

if TYPE_CHECKING:
    from csmkit.pipeline.cut import Cut
    from csmkit.pipeline.cut_order import Wanted

WANTED = re.compile(r"(?P<kit>[^:=]+)(?::(?P<preset>[^:=]+))?(?:=(?P<quantity>.*))?")


@csm.command()
@click.argument("kits", nargs=-1, metavar="[KIT[:PRESET][=QUANTITY]]…")
@click.option(
    "--parts",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE.csv|FOLDER",
    help="Parts without a kit: a table of sizes, or a folder of DXF files. May be repeated.",
)
@click.option("--sheet", metavar="KEY", help="Sheet good of the DXF files that don't name one.")
@click.option("--unit", type=click.Choice(UNITS), help="Unit of the DXF files, whatever they say of it.")
@click.option("--set", "given", multiple=True, metavar="[KIT.]NAME=VALUE", help="Set a parameter of a kit.")
@workshop_option
@click.option(
    "--for",
    "process",
    type=click.Choice(["router", "saw"]),
    default="router",
    show_default=True,
    help="What cuts the sheets: nested true to shape, or panel and table saw with edge-to-edge cuts.",
)
@time_option
@seed_option
@click.option("--replan", is_flag=True, help="Search on although there is a plan; keep the better.")
@click.option("--engrave", is_flag=True, help="The router writes the parts' names on them.")
@out_option("build/cut", "Folder of the plans; each has a folder of its own there.")
@json_option
@click.pass_obj
@work_options
def cut(
    settings: Settings,
    /,
    kits: tuple[str, ...],
    parts: tuple[Path, ...],
    sheet: str | None,
    unit: Any,
    given: tuple[str, ...],
    workshop: Path | None,
    process: Any,
    time_limit_s: float,
    seed: int,
    replan: bool,
    engrave: bool,
    out: Path,
    as_json: bool,
) -> None:
    """Plan the cutting of one or several kits together, on the sheets and bars that you have.

    csm cut step-stool=4 bike-trailer:cargo --workshop my.toml

    Ctrl-C ends the search and keeps the best plan so far; Ctrl-C again ends without writing anything.
    """
    from csmkit.pipeline import Planning
    from csmkit.pipeline.cut import cut as cut_order
    from csmkit.pipeline.cut_order import gather
    from csmkit.pipeline.cut_parts import PartsFiles

    wanted, files = _wanted(settings, kits, given, workshop), PartsFiles(parts, sheet, unit)
    with asked_builder(settings, quiet=as_json, shop=workshop, timeout_s=PATIENCE_S) as builder:
        gathered = gather(builder, wanted, files, read_workshop_file(workshop), process)
    planning = Planning(time_limit_s, seed, replan)
    with watching(gathered.order, time_limit_s, quiet=as_json) as watcher:
        done = cut_order(gathered, out, builder.store, planning, watcher, engrave)
    warnings = [*map(str, gathered.warnings), *done.said]
    _tell(done, warnings, replan, as_json)


def _wanted(
    settings: Settings, kits: Sequence[str], given: Sequence[str], workshop: Path | None
) -> list[Wanted]:
    """The kits of the command line with their presets, quantities and parameters."""
    from csmkit.pipeline.cut_order import Wanted

    read = [_read(text) for text in kits]
    settings_of = _given(given, [name for name, *_ in read])
    return [
        Wanted(asked(settings, kit, preset, settings_of[name], workshop), quantity)
        for name, kit, preset, quantity in read
    ]


def _read(text: str) -> tuple[str, str, str, int]:
    """KIT[:PRESET][=QUANTITY] as name, kit, preset, quantity."""
    found = WANTED.fullmatch(text.strip())
    if found is None:
        raise CsmError(f"{text!r} is not KIT[:PRESET][=QUANTITY]", remedy="write bike-trailer:cargo=2")
    kit, preset, quantity = found["kit"], found["preset"] or "default", found["quantity"]
    name = kit if preset == "default" else f"{kit}:{preset}"
    if quantity is None:
        return name, kit, preset, 1
    if not re.fullmatch(r"[0-9]{1,9}", quantity) or int(quantity) == 0:
        remedy = f"leave {name} out" if re.fullmatch("0+", quantity) else f"write {name}=2"
        raise CsmError(
            f"quantity = {quantity or 'nothing'} is not a whole number from 1", kit=name, remedy=remedy
        )
    return name, kit, preset, int(quantity)


def _given(given: Sequence[str], names: Sequence[str]) -> dict[str, list[str]]:
    """The settings of each kit: KIT.NAME=VALUE, or NAME=VALUE where there is one kit."""
    result: dict[str, list[str]] = {name: [] for name in names}
    for text in given:
        place, _, _ = text.partition("=")
        kit, dot, _ = place.rpartition(".")
        if not dot:
            if len(result) != 1:
                remedy = f"write --set {next(iter(result), 'KIT')}.{text}"
                raise CsmError(f"--set {text} does not say which kit", remedy=remedy)
            kit = next(iter(result))
        if kit not in result:
            remedy = f"it has {', '.join(result)}" if result else "name the kit"
            raise CsmError(f"--set {text}: no kit {kit!r} in this order", remedy=remedy)
        result[kit].append(text[len(kit) + 1 :] if dot else text)
    return result


def _tell(done: Cut, warnings: Sequence[str], replan: bool, as_json: bool) -> None:
    if as_json:
        said = {"folder": str(done.folder), "is_new": done.is_new, "is_stopped": done.is_stopped}
        say_json({**said, "reused": list(done.reused), **done.plan, "warnings": list(warnings)})
        return
    for line in warnings:
        click.echo(f"warning: {line}", err=True)
    if done.reused:
        hint = "nothing better was found" if replan else "search on with --replan"
        click.echo(f"{', '.join(done.reused)}: a known plan serves; {hint}", err=True)
    click.echo(f"{done.folder}: {summary(done.plan)}{'' if done.is_new else ' (up to date)'}")
