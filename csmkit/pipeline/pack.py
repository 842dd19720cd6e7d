# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What goes over everything: kit.json, the manifest, the licences, the bundles."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import csmkit
from csmkit.build import Files
from csmkit.catalog.families import notable_tools
from csmkit.catalog.workshop import template
from csmkit.commons.tiers import group_of
from csmkit.design.changelog import FILE as CHANGELOG
from csmkit.design.changelog import Release, parse_changelog
from csmkit.design.find import parse_manifest
from csmkit.export.bar_words import work_words
from csmkit.export.bundle import Edition, bundle, bundle_name, folder_papers
from csmkit.export.licenses import license_ids, license_texts
from csmkit.export.paths import bars_path, drawing_path, flat_path, part_path, sheet_path
from csmkit.export.svg.document import view_size
from csmkit.model import Assembly, CutPlan, KitFacts, Limit, Manifest, PartFacts, Sheet, Tier, Workshop
from csmkit.model.data import as_json, load, plain
from csmkit.pipeline.figures import figure_rows
from csmkit.pipeline.needs import part_needs
from csmkit.pipeline.panel_rows import panel_rows
from csmkit.pipeline.pictures_data import pictures_data
from csmkit.pipeline.program_rows import milled_rows, program_rows
from csmkit.pipeline.translations import translations

DOCUMENTS = "CC-BY-SA-4.0"  # licence of generated documents: lists, pictures, instructions
FORMAT = 1  # of kit.json; raised when a reader of the older one would be misled


@dataclass(frozen=True)
class Whole:
    """All that is known of a build."""

    manifest: Manifest
    facts: KitFacts
    plan: CutPlan
    assembly: Assembly
    shop: Workshop
    money: Mapping[str, Any]
    preset: str
    params: Sequence[Mapping[str, Any]]
    size: tuple[float, float, float]
    center: tuple[float, float, float]  # of mass, in the kit's frame, mm; without bulk goods
    files: Mapping[str, bytes]
    releases: Sequence[Release]  # of the kit, the newest first
    pictured: Sequence[Mapping[str, Any] | None]  # what there is to say of each step's picture


def pack(
    kit: str,
    preset: str,
    params: Sequence[Mapping[str, Any]],
    is_whole: bool,
    source: Files,
    shop_text: Files,
    facts: Files,
    plan: Files,
    steps: Files,
    money: Files,
    extent: Files,
    workshop: Files,
    pictured: Files,
    **outputs: Files,
) -> Files:
    """kit.json; with all outputs there, also okh.toml, README.md, LICENSES and the three bundles."""
    files = {path: data for output in outputs.values() for path, data in output.items()}
    manifest = parse_manifest(kit, source["kit.toml"])
    extents = json.loads(extent["extent.json"])
    whole = Whole(
        manifest=manifest,
        facts=load(KitFacts, facts["facts.json"]),
        plan=load(CutPlan, plan["plan.json"]),
        assembly=load(Assembly, steps["assembly.json"]),
        shop=load(Workshop, workshop["workshop.json"]),
        money=json.loads(money["money.json"]),
        preset=preset,
        params=params,
        size=tuple(extents["size"]),
        center=tuple(extents["center"]),
        files=files,
        releases=parse_changelog(kit, source.get(CHANGELOG, b"")),
        pictured=json.loads(pictured.get("steps.json", b"[]")),
    )
    made: Files = {"kit.json": b""}
    if is_whole:
        edition = _edition(whole, source, shop_text["workshop.toml"] or template().encode())
        made |= folder_papers(replace(edition, files={**files, "kit.json": b""}))
    data = _kit_data(whole, made) | {"translations": translations(manifest, source, whole.assembly)}
    made["kit.json"] = as_json(data)
    if is_whole:
        with_data = replace(edition, files={**files, "kit.json": made["kit.json"]})
        zips = {f"bundles/{_bundle_file(whole, t)}": bundle(with_data, t) for t in manifest.tiers}
        data["bundles"] = [
            {"tier": tier.key, "path": path, **stamp(zipped)}
            for tier, (path, zipped) in zip(manifest.tiers, zips.items(), strict=True)
        ]
        made |= {**zips, "kit.json": as_json(data)}
    return made


def _edition(whole: Whole, source: Files, workshop: bytes) -> Edition:
    given = whole.manifest.preset(whole.preset)
    usual = {p["name"]: p["default"] for p in whole.params} | dict(given.params if given else {})
    values = {p["name"]: p["value"] for p in whole.params}
    return Edition(
        manifest=whole.manifest,
        facts=whole.facts,
        preset=whole.preset,
        params=values,
        files=whole.files,
        source=source,
        workshop=workshop,
        licenses=license_texts({*license_ids(whole.manifest.license), DOCUMENTS}),
        csmkit_version=csmkit.__version__,
        changed={name: value for name, value in values.items() if value != usual[name]},
        mass=whole.money["mass"],
        size=whole.size,
    )


def _bundle_file(whole: Whole, tier: Tier) -> str:
    return f"{bundle_name(whole.manifest, whole.preset, tier.key)}.zip"


def _kit_data(whole: Whole, made: Files) -> dict[str, Any]:
    manifest, money = whole.manifest, whole.money
    said = plain(manifest)
    said.pop("folder")
    said["kit"] = said.pop("key")
    prices = {t["key"]: t for t in money["tiers"]}
    files = {**whole.files, **{n: b for n, b in made.items() if n != "kit.json"}}
    return {
        "format": FORMAT,
        **said,
        "preset": whole.preset,
        "params": list(whole.params),
        "workshop": _workshop(whole.shop),
        "parts": [_part(whole, part) for part in whole.facts.parts],
        "bought": _bought(whole),
        "bulk": plain(whole.facts)["bulk"],
        **{name: money[name] for name in ("bom", "subtotals", "shopping", "times", "price", "mass")},
        "tiers": [_tier(whole, tier, prices[tier.key]) for tier in manifest.tiers],
        "size": list(whole.size),
        "center": list(whole.center),
        "limits": [{**plain(limit, Limit), "holds": limit.holds} for limit in whole.facts.limits],
        "figures": figure_rows(whole.facts, whole.shop, files),
        "nestings": _nestings(whole),
        "bars": _bars(whole),
        "assembly": _assembly(whole),
        "changes": [plain(release) for release in whole.releases],
        "tools": _tools(whole.assembly),
        "pictures": pictures_data(files, [item.key for item in whole.facts.bought]),
        "files": [
            {"path": path, **stamp(data), "group": group_of(path)} for path, data in sorted(files.items())
        ],
        "bundles": [],
    }


def _assembly(whole: Whole) -> dict[str, Any]:
    """The steps, each with its picture if there is one."""
    said: dict[str, Any] = plain(whole.assembly)
    pictured = [p if p and p["path"] in whole.files else None for p in whole.pictured]
    for n, step in enumerate(said["steps"]):
        step["picture"] = pictured[n] if n < len(pictured) else None
    return said


def _workshop(shop: Workshop) -> dict[str, Any]:
    cutting = shop.cutting
    return {
        "name": shop.name,
        "machine": shop.machine.key,
        "machine_title": shop.machine.title,
        "tools": {tool.key: tool.title for tool in shop.tools},
        "cutter": shop.cutter,
        "spacing": shop.cutter + cutting.spacing_margin,
        "edge": cutting.edge_margin,
        "currency": shop.rates.currency,
    }


def _part(whole: Whole, part: PartFacts) -> dict[str, Any]:
    stock = whole.shop.stock(part.form, part.stock)
    paths = {"step": part_path(part.name, "step"), "stl": part_path(part.name, "stl")}
    if isinstance(stock, Sheet):
        paths |= {"dxf": flat_path(part, stock), "svg": flat_path(part, stock, "svg")}
    paths["drawing"] = drawing_path(part.name)
    pattern = part.flat_pattern
    return {
        "name": part.name,
        "stock": part.stock,
        "stock_title": stock.title,
        "form": part.form,
        "process": part.process,
        "quantity": part.quantity,
        "jigs": sum(name == part.name for name, _ in whole.facts.jigs),
        "size": list(part.size),
        **part_needs(part, stock),
        "mass": part.mass,
        "volume": part.volume,
        "grain": pattern.grain if pattern else None,
        "work": work_words(part.work),
        "programs": milled_rows(whole.files, whole.shop.machine.key, part.name)
        if part.process == "mill"
        else [],
        "is_two_sided": bool(pattern and pattern.is_two_sided),
        "features": len(pattern.features) if pattern else 0,
        "steps": _steps_of(whole, part.name),
        "files": {kind: path for kind, path in paths.items() if path in whole.files},
    }


def _bought(whole: Whole) -> list[dict[str, Any]]:
    rows = []
    for item in whole.facts.bought:
        row = whole.shop.bought_row(item.standard, item.size)
        rows.append(
            {
                "item": item.key,
                "standard": item.standard,
                "size": item.size,
                "title": row.title,
                "kind": row.kind,
                "quantity": len(item.poses),
                "mass": row.mass,
                "steps": _steps_of(whole, item.key),
            }
        )
    return rows


def _steps_of(whole: Whole, item: str) -> list[int]:
    return [n for n, step in enumerate(whole.assembly.steps, 1) if any(name == item for name, _ in step.adds)]


def _tier(whole: Whole, tier: Tier, price: Mapping[str, Any]) -> dict[str, Any]:
    bundle_path = f"bundles/{_bundle_file(whole, tier)}"
    return {**plain(tier), "price": price["price"], "surplus": price["surplus"], "bundle": bundle_path}


def _tools(assembly: Assembly) -> list[dict[str, str]]:
    """Tools of the steps that not everybody has."""
    found = notable_tools(tool for step in assembly.steps for tool in step.tools)
    return [{"key": key, "title": title} for key, title in found]


def _nestings(whole: Whole) -> list[dict[str, Any]]:
    areas = {p.name: p.flat_pattern.area for p in whole.facts.parts if p.flat_pattern}
    stocks = {s.key: s for s in whole.shop.stock_sheets}
    rows = []
    for nesting in whole.plan.nestings:
        row = plain(nesting)
        for n, layout in enumerate(nesting.layouts, 1):
            parts = sum(areas[p.item.rpartition("/")[2]] for p in layout.placements)
            for name in ("panels", "first_cuts"):
                del row["layouts"][n - 1][name]
            row["layouts"][n - 1] |= {
                **panel_rows(layout, n, stocks[layout.stock], whole.shop),
                "dxf": sheet_path(layout.stock, n),
                "svg": sheet_path(layout.stock, n, "svg"),
                "svg_size": _view_size(whole, sheet_path(layout.stock, n, "svg")),
                "size": list(stocks[layout.stock].size),
                "yield": parts / abs(stocks[layout.stock].outline.area),
                "programs": program_rows(whole.files, whole.shop.machine.key, layout, n),
            }
        rows.append({**row, "sheet_title": whole.shop.sheet(nesting.sheet).title})
    return rows


def _bars(whole: Whole) -> list[dict[str, Any]]:
    return [
        {
            **plain(plan),
            "bar_title": whole.shop.bar(plan.bar).title,
            "svg": bars_path(plan.bar),
            "svg_size": _view_size(whole, bars_path(plan.bar)),
        }
        for plan in whole.plan.bars
    ]


def _view_size(whole: Whole, path: str) -> tuple[float, float] | None:
    """Width and height of a drawing, so that a page keeps its place; None if it was not made."""
    return view_size(whole.files[path]) if path in whole.files else None


def stamp(data: bytes) -> dict[str, Any]:
    """Size and hash of a file."""
    return {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
