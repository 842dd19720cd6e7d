# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""csm workshop init."""

from __future__ import annotations

from pathlib import Path

import click

from csmkit.cli.group import csm
from csmkit.errors import CsmError


@csm.group()
def workshop() -> None:
    """Your workshop's file: machine, cutters, sheets, offcuts, rates."""


@workshop.command()
@click.argument("file", type=click.Path(path_type=Path), default="workshop.toml")
def init(file: Path) -> None:
    """Write a commented workshop file to edit."""
    from csmkit.catalog.workshop import template

    try:
        with file.open("x", encoding="utf-8") as out:
            out.write(template())
    except FileExistsError:
        raise CsmError(
            f"{file} exists already", remedy="choose another name: csm workshop init FILE"
        ) from None
    except OSError as error:
        raise CsmError(f"cannot write {file}: {error.strerror}") from None
    click.echo(f"{file}: edit it, then: csm build KIT --workshop {file}")
