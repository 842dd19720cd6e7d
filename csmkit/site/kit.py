# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A built kit as its pages see it: kit.json of every preset, and where things lie on the site."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from csmkit.errors import CsmError
from csmkit.export.language.kit import in_language as kit_in_language
from csmkit.export.language.language import ENGLISH, Language
from csmkit.export.paths import told_path
from csmkit.model.manifest import DEFAULT, argument

FORMAT = 1  # of kit.json
BY_ITSELF = ("kit.json", "SHA256SUMS")  # lie in the folder without standing in kit.json's list


@dataclass(frozen=True)
class Built:
    """One preset of a kit, built.

    Args:
        data: kit.json, its texts in the language of the page.
        folder: what the build has left.
    """

    key: str
    preset: str
    folder: Path
    data: Mapping[str, Any]
    language: Language = ENGLISH

    @property
    def url(self) -> str:
        """Where its page lies below kits/, unquoted: "step-stool/", "step-stool/low/"."""
        return f"{self.key}/" if self.preset == DEFAULT else f"{self.key}/{self.preset}/"

    @property
    def files_url(self) -> str:
        """Where its files lie below kits/, unquoted."""
        return f"{self.key}/{self.preset}/files/"

    @property
    def files_here(self) -> str:
        """The same, seen from its page, ready for a link."""
        return self.files_of(self)

    def files_of(self, other: Built) -> str:
        """Where the files of a preset of any kit lie, seen from this page, ready for a link.

        There is one copy of them, beside the English pages.
        """
        if other.key == self.key and not self.language.folder:
            return self._beside(other)
        return self.at_root(quote(f"kits/{other.files_url}"))

    def at_root(self, path: str) -> str:
        """What lies at the site's root, hand-written pages too, seen from this page."""
        return "../" * (self.url.count("/") + 1) + self.language.to_root + path

    def link(self, path: str) -> str:
        """A file seen from its page, ready for a link: see `told`."""
        return self.files_here + quote(self.told(path))

    def told(self, path: str) -> str:
        """A file of the build in the page's language, if there is such a version."""
        own = told_path(path, self.language.code)
        return own if own in self._made else path

    @property
    def offered(self) -> list[Mapping[str, Any]]:
        """Files as the page lists them: of pictures that speak several languages, those that it shows."""
        own = self.language.code
        others = [code for code in self.data.get("translations", {}) if code != own]
        drawn = [path for path in self._made if path.endswith(".svg")]
        hidden = {path for path in drawn if told_path(path, own) in self._made}
        hidden |= {told_path(path, code) for path in drawn for code in others}
        return [file for file in self.data["files"] if file["path"] not in hidden]

    @property
    def paths(self) -> list[str]:
        """Every file that the site offers."""
        listed = [f["path"] for f in (*self.data["files"], *self.data["bundles"])]
        return sorted({*listed, *(name for name in BY_ITSELF if (self.folder / name).is_file())})

    @property
    def title(self) -> str:
        """Title of the preset."""
        return next((str(p["title"]) for p in self.data["presets"] if p["key"] == self.preset), self.preset)

    @property
    def labour_minutes(self) -> float:
        """A person's time, at the machine too."""
        return self._minutes("labour")

    @property
    def machine_minutes(self) -> float:
        """The machine's time."""
        return self._minutes("machine")

    @property
    def sheets(self) -> list[tuple[str, int]]:
        """How many of which sheet goods are opened."""
        return [(n["sheet_title"], len(n["layouts"])) for n in self.data["nestings"]]

    @property
    def sheet_count(self) -> int:
        """How many sheets are opened."""
        return sum(count for _, count in self.sheets)

    @property
    def piece_count(self) -> int:
        """How many parts are made."""
        return sum(p["quantity"] for p in self.data["parts"])

    @property
    def all_hold(self) -> bool:
        """Every engineering limit holds."""
        return all(limit["holds"] for limit in self.data["limits"])

    @property
    def command(self) -> str:
        """What builds exactly this: the preset, and what differs from it."""
        presets = {p["key"]: p["params"] for p in self.data["presets"]}
        named = presets.get(self.preset, {})
        words = ["csm", "build", self.key]
        if self.preset != DEFAULT:
            words += ["--preset", self.preset]
        for param in self.data["params"]:
            if param["value"] != named.get(param["name"], param["default"]):
                words += ["--set", f"{param['name']}={argument(param['value'])}"]
        return shlex.join(words)

    @cached_property
    def _made(self) -> frozenset[str]:
        return frozenset(file["path"] for file in self.data["files"])

    def _beside(self, other: Built) -> str:
        """Files of a preset of the same kit, in the same language."""
        return "../" * (self.url.count("/") - 1) + quote(f"{other.preset}/files/")

    def _minutes(self, kind: str) -> float:
        return float(sum(line["minutes"] for line in self.data["times"] if line["kind"] == kind))


def in_language(built: Built, language: Language) -> Built:
    """A built kit as the pages of a language show it."""
    return replace(built, data=kit_in_language(built.data, language), language=language)


def load_built(key: str, presets: Mapping[str, Path]) -> list[Built]:
    """Every preset of a kit, the default one first.

    Raises: CsmError: a folder has no kit.json, or one that this csmkit can't read.
    """
    order = sorted(presets, key=lambda name: (name != DEFAULT, list(presets).index(name)))
    return [Built(key, name, presets[name], _kit_json(key, presets[name])) for name in order]


def _kit_json(key: str, folder: Path) -> Mapping[str, Any]:
    path = folder / "kit.json"
    try:
        data = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise CsmError("has no kit.json", kit=key, part=folder.name, remedy=f"csm build {key}") from None
    except ValueError as error:
        raise CsmError(f"kit.json is damaged: {error}", kit=key, part=folder.name) from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise CsmError(
            "kit.json is of another version of csmkit", kit=key, part=folder.name, remedy=f"csm build {key}"
        )
    return data


def differing(presets: Sequence[Built]) -> list[Mapping[str, Any]]:
    """Parameters in which presets differ, with the value of each preset."""
    rows: list[Mapping[str, Any]] = []
    for n, param in enumerate(presets[0].data["params"]):
        values = [b.data["params"][n]["value"] for b in presets]
        if any(v != values[0] for v in values):
            rows.append({**param, "values": values})
    return rows
