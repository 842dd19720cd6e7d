# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The kit as one: measured parts brought together, and what is checked of the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from csmkit.build import Files
from csmkit.cam.holes import refused_holes
from csmkit.commons.tiers import check_tiers
from csmkit.cost.bom import bulk_row
from csmkit.design.assembly import Inner, check_assembly, left_out, load_assembly, quantities
from csmkit.design.find import USES, parse_manifest
from csmkit.design.values import resolve
from csmkit.errors import CsmError
from csmkit.export.licenses import license_ids
from csmkit.model import (
    Assembly,
    BoughtFacts,
    Bulk,
    Finding,
    KitFacts,
    KitModel,
    Limit,
    Param,
    PartFacts,
    Workshop,
)
from csmkit.model.data import dump, load
from csmkit.pipeline.sheet_metal import beyond_the_torch


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
    whole = KitFacts(kit.kit, tuple(facts), bought, kit.bulk, kit.limits, kit.figures, kit.kits, kit.jigs)
    return {"facts.json": dump(whole)}


def assembly(kit: str, text: Files, facts: Files) -> Files:
    """assembly.json and findings.json of assembly.md."""
    known = load(KitFacts, facts["facts.json"])
    items = quantities(known)
    if "assembly.md" not in text:
        found = Finding(
            kit, "assembly", "assembly.md", "is missing", "write a step for each part; see csm new"
        )
        return _found([found]) | {"assembly.json": dump(Assembly("", ()))}
    try:
        written, inner = text["assembly.md"].decode("utf-8"), _inner(known, text)
    except UnicodeDecodeError as error:
        raise CsmError(f"is not UTF-8 at byte {error.start}", kit=kit, part="assembly.md") from None
    try:
        steps = load_assembly(kit, written, items, inner)
    except CsmError as error:
        found = Finding(kit, "assembly", error.part, error.problem, error.remedy)
        return _found([found, *_also(kit, written, items, inner)]) | {"assembly.json": dump(Assembly("", ()))}
    return _found(check_assembly(kit, steps, items)) | {"assembly.json": dump(steps)}


def _also(kit: str, text: str, items: Mapping[str, int], inner: Mapping[str, Inner]) -> list[Finding]:
    """What no step names, beside a mistake in the steps; nothing where they cannot even be told apart."""
    try:
        return left_out(kit, text, items, inner)
    except CsmError:  # the same mistake, which is told
        return []


def _inner(known: KitFacts, text: Files) -> dict[str, Inner]:
    """The kits within the kit that have steps of their own."""
    return {
        kit.name: Inner(text[path].decode("utf-8"), dict(kit.items))
        for kit in known.kits
        if (path := f"{USES}/{kit.name}/assembly.md") in text
    }


def limits(kit: str, facts: Files, workshop: Files) -> Files:
    """findings.json: limits that don't hold, bought things that no table knows, parts beyond the machine."""
    shop = load(Workshop, workshop["workshop.json"])
    known = load(KitFacts, facts["facts.json"])
    findings = [_beyond(kit, limit) for limit in known.limits if not limit.holds]
    findings += [found for limit in known.limits if (found := _unfounded(kit, limit)) is not None]
    needed: tuple[BoughtFacts | Bulk, ...] = (*known.bought, *known.bulk)
    for item in needed:
        findings += _unknown(kit, item, shop)
    findings += beyond_the_machine(kit, known, shop)
    findings += beyond_the_cutters(kit, known, shop)
    return _found(findings + [f for part in known.parts for f in beyond_the_torch(kit, part, shop)])


def manifest(kit: str, source: Files, params: Files) -> Files:
    """findings.json: what is wrong with the tiers, the licence and the presets of kit.toml."""
    said = parse_manifest(kit, source["kit.toml"])
    known = load(tuple[Param, ...], params["params.json"])
    remedy = "offer free, basic and premium in kit.toml"
    findings = [Finding(kit, "tiers", "kit.toml", problem, remedy) for problem in check_tiers(said.tiers)]
    try:
        license_ids(said.license)
    except CsmError as error:
        findings.append(Finding(kit, "licence", "kit.toml", error.problem, error.remedy))
    for preset in said.presets:
        try:
            resolve(kit, known, preset.params)
        except CsmError as error:
            findings.append(
                Finding(kit, "preset", f"kit.toml [presets.{preset.key}]", error.problem, error.remedy)
            )
    return _found(findings)


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


def beyond_the_machine(kit: str, known: KitFacts, shop: Workshop) -> list[Finding]:
    """Sheet parts that the router cannot take, or its cutter not cut through."""
    reach = sorted(shop.machine.envelope[:2])
    tool = shop.tool(shop.cutting.tool)
    findings = []
    for part in known.parts:
        if part.form != "sheet" or part.process != "router":
            continue
        size = sorted(part.size[:2])
        if any(a > b for a, b in zip(size, reach, strict=True)):
            problem = (
                f"{size[1]:.0f} × {size[0]:.0f} mm is larger than the reach of {shop.machine.key},"
                f" {reach[1]:.0f} × {reach[0]:.0f} mm"
            )
            remedy = "make it smaller, or have it cut on a larger machine"
            findings.append(Finding(kit, "machine", part.name, problem, remedy))
        if part.size[2] > tool.flute_length:
            deep = f"the cutter {tool.key} cuts {tool.flute_length:g} mm deep at most"
            problem = f"is {part.size[2]:.1f} mm thick, {deep}"
            remedy = "choose a longer cutter (tool, flute_length in the workshop file) or a thinner sheet"
            findings.append(Finding(kit, "machine", part.name, problem, remedy))
    return findings


def beyond_the_cutters(kit: str, known: KitFacts, shop: Workshop) -> list[Finding]:
    """Holes of sheet parts that no cutter of the workshop makes: their sheets would have no program."""
    deepest = shop.tool(shop.cutting.tool).flute_length
    return [
        Finding(kit, "machine", part.name, error.problem, error.remedy, "warning")
        for part in known.parts
        if part.flat_pattern and part.process == "router" and part.size[2] <= deepest
        for error in refused_holes(part.flat_pattern, part.name, shop)
    ]


def _beyond(kit: str, limit: Limit) -> Finding:
    least = limit.at_least is not None
    bound = limit.at_least if least else limit.at_most
    unit = f" {limit.unit}" if limit.unit else ""
    side = "below its least" if least else "above its most"
    problem = f"{limit.name} = {limit.value:.4g}{unit} is {side}, {bound:.4g}{unit} ({limit.source})"
    return Finding(kit, "limit", "", problem, limit.remedy)


def _unfounded(kit: str, limit: Limit) -> Finding | None:
    """A limit that nobody can check; a pure number has no unit, so a unit alone is not missed."""
    lacks = [name for name in ("formula", "source") if not getattr(limit, name).strip()]
    if not lacks:
        return None
    lacks += [] if limit.unit else ["unit"]
    problem = f"limit {limit.name!r} names no {' and no '.join(lacks)}, so nobody can check it"
    remedy = 'say in Limit(…) how its value is computed and where the bound is from, or "judgement"'
    return Finding(kit, "limit", "design.py", problem, remedy, "warning")


def _found(findings: list[Finding]) -> Files:
    return {"findings.json": dump(tuple(findings), tuple[Finding, ...])}
