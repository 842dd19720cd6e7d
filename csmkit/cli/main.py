# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""csm with all its parts, run: what goes wrong becomes a line and an exit code."""

from __future__ import annotations

import os
import sys

import click

from csmkit.cli import cut, gcode, kits, shop, site, stock  # they add their commands to the group
from csmkit.cli.group import WRONG_INPUT, csm, say_json
from csmkit.errors import CsmError

__all__ = ["csm", "cut", "gcode", "kits", "main", "shop", "site", "stock"]
BUG, INTERRUPTED = 1, 130


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


def _fail(line: str, code: int) -> None:
    click.echo(f"csm: {line}", err=True)
    sys.exit(code)
