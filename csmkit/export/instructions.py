# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""instructions.md: the assembly steps with what each adds, its tools and its time, to read or print."""

from __future__ import annotations

from collections.abc import Sequence

from csmkit.model import Assembly, Step


def instructions(title: str, version: str, untested: Sequence[str], assembly: Assembly) -> bytes:
    """The steps as Markdown.

    Args:
        title, version: of the kit.
        untested: what was not tested in the real world; it stands first.
        assembly: the steps.
    """
    minutes = sum(step.minutes for step in assembly.steps)
    tools = sorted({tool for step in assembly.steps for tool in step.tools})
    lines = [f"# {title} {version}: assembly", ""]
    if untested:
        lines += ["## Not tested in the real world", "", *(f"- {line}" for line in untested), ""]
    lines += [
        f"Steps: {len(assembly.steps)}. Time: {_time(minutes)}. Tools: {', '.join(tools) or 'none'}.",
        "",
    ]
    if assembly.intro:
        lines += [assembly.intro, ""]
    for number, step in enumerate(assembly.steps, 1):
        lines += [*_step(number, step), ""]
    return "\n".join(lines).encode()


def _step(number: int, step: Step) -> list[str]:
    added = [f"- {count} × {item}" for item, count in step.adds]
    facts = [fact for fact in (_time(step.minutes) if step.minutes else "", ", ".join(step.tools)) if fact]
    head = [f"## {number}. {step.title}", ""]
    return [*head, *([" · ".join(facts), ""] if facts else []), *added, *([""] if added else []), step.text]


def _time(minutes: float) -> str:
    hours, rest = divmod(round(minutes), 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"
