# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""csm stock add, use, list: the leftovers of a workshop."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from csmkit.cli.group import Command, csm, say_json
from csmkit.cli.options import json_option
from csmkit.cli.table import table
from csmkit.errors import CsmError

if TYPE_CHECKING:
    from csmkit.catalog.stock_change import Change
    from csmkit.catalog.stock_list import Leftover

AGAIN = "Although it was entered before: the plan was cut once more."


@csm.group()
def stock() -> None:
    """Leftovers of your workshop: pieces that are used before a new sheet or bar is opened."""


def _shop_options(command: Command) -> Command:
    """Options that all parts of csm stock share."""
    shop = click.option(
        "--workshop",
        type=click.Path(path_type=Path),
        default="workshop.toml",
        show_default=True,
        help="Your workshop file; leftovers of my.toml stand in my.stock.toml beside it.",
    )
    return shop(json_option(command))


@stock.command()
@click.argument("good", required=False)
@click.argument("size", required=False)
@click.option("--polygon", metavar='"X,Y X,Y …"', help="Its corners in order around it, mm.")
@click.option("--grain", type=click.Choice(["x", "y"]), help="Face grain along the first or second size.")
@click.option("--quantity", type=click.IntRange(1, 100_000), default=1, show_default=True)
@click.option("--note", help='Where it stands: "rack 3".')
@click.option("--from", "plan", type=click.Path(path_type=Path), help="All leftovers of a cut plan's folder.")
@click.option("--again", is_flag=True, help=AGAIN)
@_shop_options
def add(
    good: str | None,
    size: str | None,
    polygon: str | None,
    grain: str | None,
    quantity: int,
    note: str | None,
    plan: Path | None,
    again: bool,
    workshop: Path,
    as_json: bool,
) -> None:
    """Enter a leftover, or all that a cut plan leaves.

    \b
    csm stock add birch-ply-18 820x610 --grain y --note "rack 3"
    csm stock add birch-ply-18 --polygon "0,0 900,0 900,300 400,300 400,700 0,700"
    csm stock add spruce-45x45 1350
    csm stock add --from build/cut/step-stool
    """
    from csmkit.catalog.stock_change import Stock

    shop = Stock.read(workshop)
    if plan is not None:
        _alone(good, size, polygon, grain, note)
        change = shop.add_plan(plan, again)
    elif good is None:
        raise CsmError(
            "nothing to enter", remedy="csm stock add birch-ply-18 820x610, or --from build/cut/NAME"
        )
    else:
        change = shop.add(good, size, polygon, grain=grain, quantity=quantity, note=note)
    _write(change, as_json)


@stock.command()
@click.argument("ids", nargs=-1, metavar="[ID[=QUANTITY]]…")
@click.option("--from", "plan", type=click.Path(path_type=Path), help="All that a cut plan's folder used.")
@click.option("--again", is_flag=True, help=AGAIN)
@_shop_options
def use(ids: tuple[str, ...], plan: Path | None, again: bool, workshop: Path, as_json: bool) -> None:
    """Take leftovers out that are used up; the first letters of an id are enough.

    \b
    csm stock use 3fa21c b7=2
    csm stock use --from build/cut/step-stool
    """
    from csmkit.catalog.stock_change import Stock

    shop = Stock.read(workshop)
    if plan is not None:
        _alone(*ids)
        change = shop.use_plan(plan, again)
    elif not ids:
        raise CsmError("nothing to take out", remedy="csm stock use ID, or --from build/cut/NAME")
    else:
        change = shop.use(ids)
    _write(change, as_json)


@stock.command("list")
@_shop_options
def list_stock(workshop: Path, as_json: bool) -> None:
    """All leftovers with their sizes, area and mass."""
    from csmkit.catalog.stock_change import Stock

    rows = Stock.read(workshop).rows()
    if as_json:
        say_json([vars(row) for row in rows])
    elif not rows:
        click.echo(f"No leftovers of {workshop}; enter one with: csm stock add birch-ply-18 820x610")
    else:
        head = ("id", "good", "size, mm", "grain", "pieces", "m²", "kg", "from", "note")
        click.echo(table(head, [_cells(row, workshop.name) for row in rows]))
        click.echo(f"\n{_sum(rows)}")


def _alone(*others: object) -> None:
    if any(others):
        raise CsmError("--from stands alone", remedy="enter single pieces in a command of their own")


def _write(change: Change, as_json: bool) -> None:
    from csmkit.export.whole_file import write_whole

    write_whole(change.file, change.text.encode())
    for warning in change.warnings:
        click.echo(f"warning: {warning}", err=True)
    if as_json:
        say_json({"file": str(change.file), "moved": [vars(moved) for moved in change.moved]})
        return
    for line in change.moved or ["nothing came or went"]:
        click.echo(f"{change.file}: {line}")


def _cells(row: Leftover, own: str) -> list[str]:
    box = " × ".join(f"{side:g}" for side in row.size)
    return [
        row.id or "–",
        row.good,
        box if row.is_rectangle else f"{box} polygon",
        row.grain or "",
        str(row.quantity),
        f"{row.area * row.quantity / 1e6:.2f}" if row.area else "",
        f"{row.mass * row.quantity:.1f}",
        row.plan or (row.file if row.file == own else ""),
        row.note or "",
    ]


def _sum(rows: Sequence[Any]) -> str:
    pieces = sum(row.quantity for row in rows)
    area = sum((row.area or 0) * row.quantity for row in rows) / 1e6
    mass = sum(row.mass * row.quantity for row in rows)
    return f"{pieces} piece{'' if pieces == 1 else 's'}, {area:.2f} m², {mass:.1f} kg"
