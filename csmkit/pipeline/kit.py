# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The kit as one: measured parts brought together, and what is checked of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from csmkit.build import Files
from csmkit.commons.tiers import check_tiers
from csmkit.cost.bom import bulk_row
from csmkit.design.assembly import check_assembly, load_assembly, quantities
from csmkit.errors import CsmError
from csmkit.export.instructions import instructions as write_instructions
from csmkit.model import (
    Assembly,
    BoughtFacts,
    Bulk,
    Finding,
    KitFacts,
    KitModel,
    Limit,
    PartFacts,
    Tier,
    Workshop,
)
from csmkit.model.data import dump, load


def gather(model: Files, **parts: Files) -> Files:
    """facts.json: the kit with its measured parts.

    Args:
        model: model.json of the design's run.
        parts: by number in the model's order, "part0", "part1", …: facts.json of each part.
    """
    kit = load(KitModel, model["model.json"])
    facts = []
    for n, part in enumerate(kit.parts):
        measured = load(PartFacts, parts[f"part{n}"]["facts.json"])
        facts.append(replace(measured, quantity=len(part.poses), poses=part.poses))
    bought = tuple(BoughtFacts(b.standard, b.size, b.poses) for b in kit.bought)
    return {"facts.json": dump(KitFacts(kit.kit, tuple(facts), bought, kit.bulk, kit.limits))}


def assembly(kit: str, text: Files, facts: Files) -> Files:
    """assembly.json and findings.json of assembly.md."""
    items = quantities(load(KitFacts, facts["facts.json"]))
    if "assembly.md" not in text:
        found = Finding(
            kit, "assembly", "assembly.md", "is missing", "write a step for each part; see csm new"
        )
        return _found([found]) | {"assembly.json": dump(Assembly("", ()))}
    try:
        steps = load_assembly(kit, text["assembly.md"].decode("utf-8"), items)
    except UnicodeDecodeError as error:
        raise CsmError(f"is not UTF-8 at byte {error.start}", kit=kit, part="assembly.md") from None
    except CsmError as error:
        found = Finding(kit, "assembly", error.part, error.problem, error.remedy)
        return _found([found]) | {"assembly.json": dump(Assembly("", ()))}
    return _found(check_assembly(kit, steps, items)) | {"assembly.json": dump(steps)}


def instructions(title: str, version: str, untested: Sequence[str], steps: Files) -> Files:
    """instructions.md."""
    known = load(Assembly, steps["assembly.json"])
    return {"instructions.md": write_instructions(title, version, untested, known)}


def limits(kit: str, facts: Files, workshop: Files) -> Files:
    """findings.json: limits that don't hold, bought things that no table knows, sheets beyond the machine."""
    shop = load(Workshop, workshop["workshop.json"])
    known = load(KitFacts, facts["facts.json"])
    findings = [_beyond(kit, limit) for limit in known.limits if not limit.holds]
    needed: tuple[BoughtFacts | Bulk, ...] = (*known.bought, *known.bulk)
    for item in needed:
        findings += _unknown(kit, item, shop)
    return _found(findings + _beyond_the_machine(kit, known, shop))


def tiers(kit: str, offered: tuple[dict[str, object], ...]) -> Files:
    """findings.json: what is wrong with the tiers of kit.toml."""
    rules = load(tuple[Tier, ...], dump(offered, tuple[dict[str, object], ...]))
    remedy = "offer free, basic and premium in kit.toml"
    return _found([Finding(kit, "tiers", "kit.toml", problem, remedy) for problem in check_tiers(rules)])


def _unknown(kit: str, item: BoughtFacts | Bulk, shop: Workshop) -> list[Finding]:
    """A bought thing that no table has, or that is counted in another unit than it is sold by."""
    try:
        if isinstance(item, Bulk):
            bulk_row(shop, item.standard, item.size, item.unit)
        else:
            shop.bought_row(item.standard, item.size)
    except CsmError as error:
        return [Finding(kit, "bought", item.key, error.problem, error.remedy)]
    return []


def _beyond_the_machine(kit: str, known: KitFacts, shop: Workshop) -> list[Finding]:
    """Stock that the router cannot take whole: a warning, for it can be sawn down first."""
    reach = sorted(shop.machine.envelope[:2])
    used = {part.stock for part in known.parts if part.form == "sheet" and part.process == "router"}
    return [
        Finding(
            kit,
            "machine",
            stock.key,
            f"the sheet of {stock.size[0]:.0f} × {stock.size[1]:.0f} mm is larger than the reach of"
            f" {shop.machine.key}, {reach[1]:.0f} × {reach[0]:.0f} mm",
            "saw it down and list the pieces as stock_sheet or offcut in the workshop file",
            "warning",
        )
        for stock in shop.stock_sheets
        if stock.sheet in used and any(a > b for a, b in zip(sorted(stock.size), reach, strict=True))
    ]


def _beyond(kit: str, limit: Limit) -> Finding:
    least = limit.at_least is not None
    bound = limit.at_least if least else limit.at_most
    unit = f" {limit.unit}" if limit.unit else ""
    side = "below its least" if least else "above its most"
    problem = f"{limit.name} = {limit.value:.4g}{unit} is {side}, {bound:.4g}{unit} ({limit.source})"
    return Finding(kit, "limit", "", problem, limit.remedy)


def _found(findings: list[Finding]) -> Files:
    return {"findings.json": dump(tuple(findings), tuple[Finding, ...])}
