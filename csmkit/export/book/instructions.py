# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""instructions.md: the assembly steps with what each adds, its tools and its time, to read or print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from csmkit.export.book.cover import bound
from csmkit.export.book.words import Words


def instructions(kit: Mapping[str, Any], words: Words) -> bytes:
    """The steps as Markdown, then the limits that the kit keeps.

    Args:
        kit: of kit.json title, version, untested, assembly, bulk and limits, in the language.
        words: of the language.
    """
    _ = words.gettext
    steps = kit["assembly"]["steps"]
    heading = _("%(kit)s %(version)s: assembly") % {"kit": kit["title"], "version": kit["version"]}
    lines = ["# " + heading, ""]
    if kit["untested"]:
        lines += ["## " + _("Not tested in the real world"), ""]
        lines += [*(f"- {line}" for line in kit["untested"]), ""]
    said = {
        "count": len(steps),
        "time": _time(sum(step["minutes"] for step in steps)),
        "tools": ", ".join(sorted({tool for step in steps for tool in step["tools"]})) or _("none"),
    }
    lines += [_("Steps: %(count)s. Time: %(time)s. Tools: %(tools)s.") % said, ""]
    if kit["assembly"]["intro"]:
        lines += [kit["assembly"]["intro"], ""]
    amounts = words.amounts(kit["bulk"])
    for number, step in enumerate(steps, 1):
        lines += [*_step(number, step, amounts, words), ""]
    return "\n".join([*lines, *_limits(kit["limits"], words)]).encode()


def _step(number: int, step: Mapping[str, Any], amounts: Mapping[str, str], words: Words) -> list[str]:
    added = [f"- {amounts.get(item, f'{count} ×')} {_name(item, words)}" for item, count in step["adds"]]
    facts = [_time(step["minutes"]) if step["minutes"] else "", ", ".join(step["tools"])]
    head = [f"## {number}. {step['title']}", ""]
    shown = " · ".join(filter(None, facts))
    return [*head, *([shown, ""] if shown else []), *added, *([""] if added else []), step["text"]]


def _name(item: str, words: Words) -> str:
    """What a thing is called; parts with the name that is on their labels."""
    return words.both(item) if words.original(item) else words.name(item)


def _limits(limits: Sequence[Mapping[str, Any]], words: Words) -> list[str]:
    """A table of limits."""
    if not limits:
        return []
    _ = words.gettext
    columns = [_("what"), _("value"), _("limit"), _("formula"), _("source")]
    rows = [
        (
            limit["name"],
            words.figure(limit["value"], limit["unit"]),
            bound(limit, words),
            limit["formula"],
            limit["source"],
        )
        for limit in limits
    ]
    return [
        "## " + _("Limits"),
        "",
        f"| {' | '.join(columns)} |",
        "|---|---|---|---|---|",
        *(f"| {' | '.join(map(_cell, row))} |" for row in rows),
        "",
    ]


def _cell(text: str) -> str:
    """Text that cannot break a table."""
    return " ".join(text.replace("|", "\\|").split())


def _time(minutes: float) -> str:
    hours, rest = divmod(round(minutes), 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"
