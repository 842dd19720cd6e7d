# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Tiers: which files each of a kit's three editions holds, and what each costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import get_args

from csmkit.errors import CsmError
from csmkit.model import Tier, TierKey, TierPrice

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Group:
    """Files that a tier holds or leaves out together.

    Args:
        key: what kit.toml calls it.
        text: what it is to the maker, one line.
        patterns: paths of the build's files, with * as in a shell; * crosses folders.
        always: every tier holds it, whether it says so or not.
    """

    key: str
    text: str
    patterns: tuple[str, ...]
    always: bool = False


GROUPS = (
    Group(
        "source",
        "the design itself and all it takes to build again",
        ("designs/*", "workshop.toml", "params.toml"),
    ),
    Group("data", "everything derived, as data", ("kit.json",)),
    Group("parts", "solid models of the parts: STEP, STL, 3MF of what is printed", ("parts/*",)),
    Group("assembly", "the assembled model: STEP, GLB, viewer", ("assembly.*", "viewer.json.gz")),
    Group("flat", "flat parts to nest yourself: DXF, SVG", ("flat/*",)),
    Group("sheets", "nested sheets, ready to cut", ("sheets/*",)),
    Group("bars", "saw plans of the bars", ("bars/*",)),
    Group(
        "bom",
        "bill of materials, shopping, price, cut and drill lists",
        ("bom.csv", "shopping.csv", "price.csv", "*-list.csv", "*-table.csv"),
    ),
    Group(
        "instructions",
        "assembly steps, limits, curves and tables",
        ("steps/*", "instructions.*", "figures/*"),
    ),
    Group("drawings", "drawings of the parts, paper templates at 1:1", ("drawings/*", "templates/*")),
    Group("pictures", "pictures of the kit", ("pictures/*", "photos/*")),
    Group(
        "gcode",
        "proven programs for the machine, and their setup sheet",
        ("gcode/*", "moves/*", "setup-sheet.pdf", "setup-sheet.*.pdf"),
    ),
    Group(
        "book",
        "the build book, A4 and US Letter; A4 in the kit's other languages",
        ("book.pdf", "book-letter.pdf", "book.*.pdf"),
    ),
    Group("okh", "Open Know-How manifest", ("okh.toml",), always=True),
    Group(
        "licence", "licence texts and the note that comes with them", ("LICENSES/*", "README.md"), always=True
    ),
)
SUGGESTED: dict[str, tuple[str, ...]] = {  # by tier, for a new kit
    "free": ("source", "data", "parts", "assembly", "flat", "bom", "instructions", "pictures"),
    "basic": (
        "data",
        "parts",
        "assembly",
        "flat",
        "sheets",
        "bars",
        "bom",
        "instructions",
        "drawings",
        "pictures",
    ),
    "premium": tuple(group.key for group in GROUPS if not group.always),
}
REBUILD = ("source",)  # with these the other tiers can be built again


def group_of(path: str) -> str | None:
    """Key of the group to which a file of a build belongs; None for checksums, bundles and the unknown.

    Args:
        path: relative, with "/": "flat/birch-ply-12mm/side_x2.dxf".
    """
    for group in GROUPS:
        if any(fnmatchcase(path, pattern) for pattern in group.patterns):
            return group.key
    return None


def files_of(tier: Tier, paths: Iterable[str]) -> tuple[str, ...]:
    """Those of the paths that a tier holds, sorted."""
    held = {*tier.holds, *(group.key for group in GROUPS if group.always)}
    return tuple(sorted(path for path in paths if group_of(path) in held))


def check_tiers(tiers: Sequence[Tier]) -> list[str]:
    """What is wrong with a kit's tiers, a line each; empty if all is well.

    All three are offered once, none is empty, every group is known, and the free one costs nothing and holds
    the source and all that it takes to build the others.
    """
    problems = []
    keys = [tier.key for tier in tiers]
    for key in get_args(TierKey):
        if keys.count(key) != 1:
            how = "is missing" if key not in keys else f"is offered {keys.count(key)} times"
            problems.append(f"tier {key} {how}; offer free, basic and premium, each once")
    for tier in tiers:
        problems += _check_tier(tier)
    return problems


def tier_prices(at_cost: Decimal, tiers: Iterable[Tier]) -> tuple[TierPrice, ...]:
    """What each tier costs and what it gives to the others.

    price = at-cost price × factor, half up to the cent; surplus = price − at-cost price. The free tier is
    files alone, so it neither costs nor gives anything.

    Raises: CsmError: the at-cost price is negative or not a number.
    """
    if not at_cost.is_finite() or at_cost < 0:
        raise CsmError(
            f"at-cost price {at_cost} is not a number from 0 up", remedy="correct the workshop's rates"
        )
    result = []
    for tier in tiers:
        price = (at_cost * tier.price_factor).quantize(CENT, ROUND_HALF_UP)
        result.append(TierPrice(tier.key, price, price - at_cost if tier.price_factor else Decimal(0)))
    return tuple(result)


def basics_carried(prices: Iterable[TierPrice]) -> int | None:
    """How many basic kits one premium kit's surplus pays for; None if basic needs no subsidy."""
    surplus = {price.key: price.surplus for price in prices}
    subsidy = -surplus.get("basic", Decimal(0))
    if subsidy <= 0:
        return None
    return max(int(surplus.get("premium", Decimal(0)) // subsidy), 0)


def _check_tier(tier: Tier) -> list[str]:
    known = [group.key for group in GROUPS]
    problems = []
    if not tier.holds:
        problems.append(
            f"tier {tier.key} holds nothing; name groups of files, such as {', '.join(known[:5])}"
        )
    for name in dict.fromkeys(tier.holds):
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.0)
            problems.append(
                f"tier {tier.key} holds {name!r}, which is no group of files; nearest: {near[0]};"
                f" the groups are {', '.join(known)}"
            )
        elif tier.holds.count(name) > 1:
            problems.append(f"tier {tier.key} holds {name!r} {tier.holds.count(name)} times; name it once")
    lacking = [name for name in REBUILD if name not in tier.holds]
    if tier.key == "free" and lacking:
        problems.append(f"tier free lacks {', '.join(lacking)}; without it nobody can build the other tiers")
    if tier.key == "free" and tier.price_factor != 0:
        problems.append(f"tier free has the price factor {tier.price_factor}; it is free: set it to 0")
    if not tier.price_factor.is_finite() or tier.price_factor < 0:
        problems.append(f"tier {tier.key} has the price factor {tier.price_factor}; it is a number from 0 up")
    return problems
