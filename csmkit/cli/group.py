# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The command csm and what all its parts share."""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

import csmkit

Command = Callable[..., Any]
WRONG_INPUT = 2  # exit code


@dataclass(frozen=True)
class Settings:
    """What the options before the command say."""

    roots: tuple[Path, ...]
    cache: Path
    jobs: int | None


def work_options(command: Command) -> Command:
    """Options of commands that run tasks; they may also stand before the command."""

    @_work_options
    @functools.wraps(command)
    def with_settings(settings: Settings, *words: Any, **named: Any) -> None:
        cache, jobs = named.pop("cache") or settings.cache, named.pop("jobs") or settings.jobs
        command(replace(settings, cache=cache, jobs=jobs), *words, **named)

    return with_settings


def _work_options(command: Command) -> Command:
    cache = click.option(
        "--cache",
        type=click.Path(path_type=Path, file_okay=False),
        help="Folder of stored results. Default: $CSM_CACHE, else in the user's cache folder.",
    )
    jobs = click.option(
        "--jobs", "-j", type=click.IntRange(1, 256), help="Tasks at a time. Default: one a processor."
    )
    return cache(jobs(command))


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(csmkit.__version__, prog_name="csm")
@click.option(
    "--designs",
    multiple=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of kits; may be repeated. Default: designs/ here or in a folder above.",
)
@_work_options
@click.option("--debug", is_flag=True, expose_value=False, help="Show tracebacks; may stand anywhere.")
@click.pass_context
def csm(context: click.Context, designs: tuple[Path, ...], cache: Path | None, jobs: int | None) -> None:
    """Open-hardware kits: from parameters and your workshop to files that can be cut today."""
    context.obj = Settings(designs or _nearest_designs(), cache or _default_cache(), jobs)


def say_json(data: Any) -> None:
    """Print plain data for programs."""
    click.echo(json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False))


def _nearest_designs() -> tuple[Path, ...]:
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "designs").is_dir():
            return (folder / "designs",)
    return (here / "designs",)


def _default_cache() -> Path:
    if named := os.environ.get("CSM_CACHE"):
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("csmkit", appauthor=False)
