# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""csm: the command and what all its parts share."""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

import csmkit
from csmkit.errors import CsmError

Command = Callable[..., Any]
WRONG_INPUT, BUG, INTERRUPTED = 2, 1, 130


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


def main() -> None:
    """Run the command line; mistakes of the user's are one line and exit code 2."""
    words = [word for word in sys.argv[1:] if word != "--debug"]
    debug = len(words) < len(sys.argv) - 1
    try:
        sys.exit(csm(words, prog_name="csm", standalone_mode=False))
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(WRONG_INPUT)
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "csm"
        _fail(f"{error.format_message()} ({where} --help)", WRONG_INPUT)
    except (KeyboardInterrupt, click.Abort):
        _fail("stopped; the next run continues where this one was", INTERRUPTED)
    except BrokenPipeError:  # `csm list | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except CsmError as error:
        if debug:
            raise
        if "--json" in words:
            say_json({"error": error.as_data()})
        _fail(str(error), WRONG_INPUT)
    except Exception as error:
        if debug:
            click.echo(getattr(error, "detail", ""), err=True)
            raise
        problem = f"{type(error).__name__}: {' '.join(str(error).split())}"
        _fail(f"{problem}; this is a defect of csmkit: report it with the output of --debug", BUG)


def say_json(data: Any) -> None:
    """Print plain data for programs."""
    click.echo(json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False))


def _fail(line: str, code: int) -> None:
    click.echo(f"csm: {line}", err=True)
    sys.exit(code)


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


from csmkit.cli import cut, gcode, kits, shop, site, stock  # noqa: E402  they add their commands to the group

__all__ = ["csm", "cut", "gcode", "kits", "main", "shop", "site", "stock"]
