# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Runs a kit of the repository, for the claims about it."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from OCP.BRepAlgoAPI import BRepAlgoAPI_Common

from csmkit.catalog.workshop import default_workshop
from csmkit.design.decorate import Design, load_design
from csmkit.design.find import load_manifest, sources
from csmkit.geometry.flat_pattern import flat_pattern
from csmkit.geometry.measure import volume
from csmkit.geometry.shape import moved, topods
from csmkit.model import FlatPattern, Kit, Part, Workshop

DESIGNS = Path(__file__).parents[2] / "designs"


@cache
def design(key: str) -> Design:
    return load_design(key, sources(DESIGNS / key))


def manifest(key: str):
    return load_manifest(DESIGNS / key)


def workshop(tool: str = "em6", **thicknesses: float) -> Workshop:
    """The default workshop with another cutter and measured sheets: workshop(birch_ply_18=17.6)."""
    shop = default_workshop()
    measured = {key.replace("_", "-"): t for key, t in thicknesses.items()}
    sheets = tuple(
        replace(s, thickness=measured[s.key], measured=True) if s.key in measured else s for s in shop.sheets
    )
    return replace(shop, sheets=sheets, cutting=replace(shop.cutting, tool=tool)).for_design()


def parts(kit: Kit) -> dict[str, Part]:
    return {p.item.name: p.item for p in kit.placed if isinstance(p.item, Part)}


def counts(kit: Kit) -> dict[str, int]:
    names = [getattr(p.item, "name", "") or p.item.key for p in kit.placed]
    return dict(zip(names, (len(p.poses) for p in kit.placed), strict=True))


def pattern(part: Part) -> FlatPattern:
    return flat_pattern(part.shape, part.stock.thickness, part.grain)


def overlaps(kit: Kit) -> list[tuple[str, str, float]]:
    """Pairs of parts that share wood, mm³."""
    placed = [
        (p.item.name, moved(topods(p.item.shape), pose))
        for p in kit.placed
        if isinstance(p.item, Part)
        for pose in p.poses
    ]
    found = [
        (a, b, volume(BRepAlgoAPI_Common(x, y).Shape()))
        for i, (a, x) in enumerate(placed)
        for b, y in placed[:i]
    ]
    return [f for f in found if f[2] > 1e-3]
