# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What kit.toml says of a kit: read without running any code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from csmkit.model.money import Tier

ParamValue = float | int | bool | str
DEFAULT = "default"  # the preset that every kit has


@dataclass(frozen=True)
class Person:
    """A licensor or contributor."""

    name: str
    email: str = ""


@dataclass(frozen=True)
class Preset:
    """A named set of parameters."""

    key: str
    title: str
    params: Mapping[str, ParamValue]


@dataclass(frozen=True)
class KitTexts:
    """What a kit says in another language.

    Args:
        texts: translations by the English text, that of kit.toml or of the design.
        parts: what parts are called, by their names.
    """

    texts: Mapping[str, str]
    parts: Mapping[str, str]


@dataclass(frozen=True)
class Manifest:
    """kit.toml; the key is the folder's name."""

    key: str
    folder: Path
    title: str
    summary: str
    function: str  # what it is for, in the words of Open Know-How
    version: str
    license: str  # SPDX
    licensors: tuple[Person, ...]
    tags: tuple[str, ...]
    maturity: Literal["idea", "prototype", "tested", "proven"]
    trl: str  # "OTRL-1" … "OTRL-6"
    drl: str  # "ODRL-1" … "ODRL-4"
    skill: Literal["beginner", "intermediate", "advanced"]
    repo: str
    untested: tuple[str, ...]  # what was not tested in the real world, one sentence each
    presets: tuple[Preset, ...]  # "default" first, always there
    tiers: tuple[Tier, ...]
    shown: tuple[str, ...] = ()  # presets that have a page on the site; none named: all
    uses: tuple[str, ...] = ()  # folders beside it whose Python its design imports: other kits, libraries
    translations: Mapping[str, KitTexts] = field(default_factory=dict)  # by language: "es"

    @property
    def shown_presets(self) -> tuple[Preset, ...]:
        """The presets that have a page, the default first."""
        return tuple(p for p in self.presets if not self.shown or p.key in (DEFAULT, *self.shown))

    def preset(self, key: str) -> Preset | None:
        """A preset by key, or None."""
        return next((p for p in self.presets if p.key == key), None)


@dataclass(frozen=True)
class Param:
    """One parameter of a design, as command line, pages and forms see it."""

    name: str
    kind: Literal["length", "angle", "count", "choice", "flag", "number"]
    default: ParamValue
    minimum: float | None
    maximum: float | None
    options: tuple[str, ...]
    unit: str
    text: str


def argument(value: object) -> str:
    """A parameter's value as `--set` takes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.12g}" if isinstance(value, float) else str(value)
