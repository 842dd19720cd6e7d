# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""instructions.md: the assembly steps with what each adds, its tools and its time, to read or print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from csmkit.model import Assembly, KitFacts, Limit, Step


def instructions(
    title: str, version: str, untested: Sequence[str], assembly: Assembly, facts: KitFacts
) -> bytes:
    """The steps as Markdown, then the limits that the kit keeps.

    Args:
        title, version: of the kit.
        untested: what was not tested in the real world; it stands first.
        assembly: the steps.
        facts: amounts of bulk goods, limits.
    """
    minutes = sum(step.minutes for step in assembly.steps)
    tools = sorted({tool for step in assembly.steps for tool in step.tools})
    lines = [f"# {title} {version}: assembly", ""]
    if untested:
        lines += ["## Not tested in the real world", "", *(f"- {line}" for line in untested), ""]
    said = ", ".join(tools) or "none"
    lines += [f"Steps: {len(assembly.steps)}. Time: {_time(minutes)}. Tools: {said}.", ""]
    if assembly.intro:
        lines += [assembly.intro, ""]
    amounts = {key: f"{amount:g} {unit}" for key, (amount, unit) in _amounts(facts).items()}
    for number, step in enumerate(assembly.steps, 1):
        lines += [*_step(number, step, amounts), ""]
    return "\n".join([*lines, *_limits(facts.limits)]).encode()


def _amounts(facts: KitFacts) -> dict[str, tuple[float, str]]:
    """How much of each bulk good there is, with its unit."""
    found: dict[str, tuple[float, str]] = {}
    for bulk in facts.bulk:
        found[bulk.key] = (bulk.amount + found.get(bulk.key, (0.0, ""))[0], bulk.unit)
    return found


def _step(number: int, step: Step, amounts: Mapping[str, str]) -> list[str]:
    added = [f"- {amounts.get(item, f'{count} ×')} {item}" for item, count in step.adds]
    facts = [fact for fact in (_time(step.minutes) if step.minutes else "", ", ".join(step.tools)) if fact]
    head = [f"## {number}. {step.title}", ""]
    return [*head, *([" · ".join(facts), ""] if facts else []), *added, *([""] if added else []), step.text]


def _limits(limits: Sequence[Limit]) -> list[str]:
    """A table of limits."""
    if not limits:
        return []
    rows = [
        (limit.name, f"{limit.value:.4g} {limit.unit}", _bound(limit), limit.formula, limit.source)
        for limit in limits
    ]
    return [
        "## Limits",
        "",
        "| what | value | limit | formula | source |",
        "|---|---|---|---|---|",
        *(f"| {' | '.join(map(_cell, row))} |" for row in rows),
        "",
    ]


def _cell(text: str) -> str:
    """Text that cannot break a table."""
    return " ".join(text.replace("|", "\\|").split())


def _bound(limit: Limit) -> str:
    if limit.at_least is not None:
        return f"at least {limit.at_least:.4g} {limit.unit}"
    return f"at most {limit.at_most:.4g} {limit.unit}"


def _time(minutes: float) -> str:
    hours, rest = divmod(round(minutes), 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"
