# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Options that several commands share; they mean the same everywhere."""

from __future__ import annotations

from pathlib import Path

import click

from csmkit.cli.group import Command
from csmkit.errors import CsmError

LONGEST_S = 86_400  # a day of search; more is a slip of the finger

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
seed_option = click.option("--seed", default=0, show_default=True, help="Seed of the cut planner.")
workshop_option = click.option(
    "--workshop",
    type=click.Path(path_type=Path),
    help="Your workshop file (csm workshop init). Default: a modest community workshop.",
)

site_option = click.option(
    "--site-url",
    "site",
    default="",
    envvar="SITE_URL",
    metavar="URL",
    help="Address of the published site: codes in books lead there. Default: $SITE_URL, else the repository.",
)


def kit_options(command: Command) -> Command:
    """Options that choose a kit's variant and the workshop."""
    given = click.option("--set", "given", multiple=True, metavar="NAME=VALUE", help="Set a parameter.")
    preset = click.option("--preset", default="default", show_default=True, help="Named set of parameters.")
    return preset(given(workshop_option(json_option(command))))


def out_option(default: str, text: str) -> Command:
    """Where a command writes: a folder, and never a file in its place."""
    folder = click.Path(path_type=Path, file_okay=False)
    return click.option("--out", type=folder, default=default, show_default=True, help=text)


def _seconds(_context: click.Context, _option: click.Parameter, value: float) -> float:
    if not 0 < value <= LONGEST_S:
        raise CsmError(
            f"--time = {value:g} s: a search takes more than 0 s and at most {LONGEST_S} s",
            remedy="write --time 10",
        )
    return value


time_option = click.option(
    "--time",
    "time_limit_s",
    default=10.0,
    show_default=True,
    callback=_seconds,
    help="Seconds for each sheet good.",
)
