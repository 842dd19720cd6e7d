# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Open Know-How manifest, okh.toml: what a crawler of open hardware reads of a kit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Any

from csmkit.errors import CsmError
from csmkit.export.licenses import license_ids
from csmkit.export.paths import file_stem
from csmkit.export.toml import toml_bytes
from csmkit.model import KitFacts, Manifest, PartFacts, Person, Process, Vector

OKHV = "2.4"  # version of the template; crawlers also know "OKH-LOSHv1.0" and "OKHv1.0"
REQUIRED = ("okhv", "name", "repo", "version", "license", "licensor", "function")
# Keys of the schema okh.json of SchemaStore (draft-07), which refuses all others at the top level.
OPTIONAL = [
    "$schema",
    "attestation",
    "auxiliary",
    "bom",
    "contribution-guide",
    "cpc-patent-class",
    "documentation-language",
    "documentation-readiness-level",
    "export",
    "forkOf",
    "image",
    "manufacturing-instructions",
    "mass",
    "organization",
    "outer-dimensions",
    "part",
    "rdf",
    "readme",
    "release",
    "software",
    "source",
    "standard-compliance",
    "technology-readiness-level",
    "tsdc",
    "user-manual",
]
PART_KEYS = ("name", "source", "export", "image", "mass", "outer-dimensions", "tsdc", "auxiliary")
PATHS = [
    "attestation",
    "auxiliary",
    "bom",
    "contribution-guide",
    "export",
    "image",
    "manufacturing-instructions",
    "readme",
    "release",
    "source",
    "user-manual",
]
# Technology-specific documentation criteria of DIN SPEC 3105-1, by how a part is made.
TSDC: Mapping[Process, str] = {
    "router": "CNC",
    "laser": "LAS",
    "plasma": "MEC",
    "saw": "MEC",
    "hand": "MEC",
    "print": "3DP",
    "cast": "MAN",
    "carve": "MEC",
    "mill": "CNC",
}
_URL = re.compile(r"https?://[^/\s]+")


def okh_manifest(
    manifest: Manifest,
    facts: KitFacts,
    paths: Iterable[str],
    *,
    mass: float = 0.0,
    size: Vector | None = None,
    okhv: str = OKHV,
) -> dict[str, Any]:
    """The manifest's data; it names only files that are there.

    Args:
        paths: relative paths of the files that lie beside okh.toml.
        mass: of the whole kit, kg; left out if 0.
        size: length in x, y and z of the assembled kit, mm; left out if None.
        okhv: version of the specification to declare.
    Raises: CsmError: the result breaks a rule of `check_okh`.
    """
    have = sorted(set(paths))
    data: dict[str, Any] = {
        "okhv": okhv,
        "name": manifest.title,
        "repo": manifest.repo,
        "version": manifest.version,
        "license": manifest.license,
        "licensor": [_person(p) for p in manifest.licensors],
        "function": manifest.function,
        "documentation-language": "en",
        "technology-readiness-level": manifest.trl,
        "documentation-readiness-level": manifest.drl,
        "readme": "README.md" if "README.md" in have else "",
        "bom": "bom.csv" if "bom.csv" in have else "",
        "manufacturing-instructions": _match(have, "book.pdf", "setup-sheet.pdf", "designs/*/assembly.md"),
        "source": _match(have, "designs/*/*.py", "designs/*/kit.toml"),
        "export": _match(have, "assembly.step", "assembly.glb", "sheets/*.dxf", "bars/*.svg"),
        "image": _match(
            have, "pictures/*.webp", "pictures/*.svg", "designs/*/photos/*.jpg", "designs/*/photos/*.webp"
        ),
        "tsdc": ["ASM", *sorted({TSDC[p.process] for p in facts.parts})],
        "mass": round(mass * 1000, 1),
        "outer-dimensions": _size(size) if size else {},
        "part": [entry for part in facts.parts if (entry := _part(part, have))],
    }
    data = {key: value for key, value in data.items() if value}
    problems = check_okh(data, have)
    if problems:
        raise CsmError("; ".join(problems), kit=manifest.key, part="okh.toml", remedy="correct kit.toml")
    return data


def okh_toml(data: Mapping[str, Any]) -> bytes:
    """okh.toml of `okh_manifest`'s data."""
    return toml_bytes(data)


def check_okh(data: Mapping[str, Any], paths: Iterable[str] | None = None) -> list[str]:
    """What is wrong with a manifest, a line each.

    Beyond the published schema: the licence must be an open one that SPDX knows, paths must be relative, and
    (if `paths` is given) files must be there.
    """
    problems = [f"{key} is missing" for key in REQUIRED if not data.get(key)]
    problems += [f"{key} is no key of Open Know-How" for key in data if key not in {*REQUIRED, *OPTIONAL}]
    problems += _check_license(data.get("license"))
    if data.get("repo") and not _URL.match(str(data["repo"])):
        problems.append(f"repo = {data['repo']!r} is not a web address")
    problems += _check_level(data, "technology-readiness-level", r"OTRL-[1-6]")
    problems += _check_level(data, "documentation-readiness-level", r"ODRL-([1-4]|3\*)")
    have = None if paths is None else set(paths)
    for key in PATHS:
        problems += _check_paths(key, data.get(key), have)
    for part in data.get("part", ()):
        problems += _check_part(part, have)
    return problems


def _person(person: Person) -> dict[str, str]:
    return {"name": person.name, "email": person.email} if person.email else {"name": person.name}


def _match(have: Sequence[str], *patterns: str) -> list[str]:
    return [path for pattern in patterns for path in have if fnmatchcase(path, pattern)]


def _size(size: Sequence[float]) -> dict[str, float]:
    width, depth, height = (round(float(s), 2) for s in size)
    return {"width": width, "depth": depth, "height": height}


def _part(part: PartFacts, have: Sequence[str]) -> dict[str, Any]:
    """A part with its exported files; without any, with the design that makes it; with neither, nothing."""
    stem = file_stem(part.name)
    flat = {f"{stem}_x{part.quantity}", f"{stem}_x{part.quantity}_bottom"}
    exports = [
        path
        for path in have
        if (path.startswith("parts/") and PurePosixPath(path).stem == stem)
        or (path.startswith("flat/") and PurePosixPath(path).stem in flat)
    ]
    sources = _match(have, "designs/*/design.py")
    if not exports and not sources:
        return {}
    return {
        "name": part.name,
        **({"export": exports} if exports else {"source": sources}),
        "tsdc": [TSDC[part.process]],
        "mass": max(round(part.mass * 1000, 1), 0.1),
        "outer-dimensions": _size(part.size),
    }


def _check_license(value: object) -> list[str]:
    if not value:
        return []
    try:
        license_ids(str(value))
    except CsmError as error:
        return [f"license: {error}"]
    return []


def _check_level(data: Mapping[str, Any], key: str, pattern: str) -> list[str]:
    value = data.get(key)
    if value is None or re.fullmatch(pattern, str(value)):
        return []
    return [f"{key} = {value!r} is none of its levels"]


def _check_paths(key: str, value: object, have: set[str] | None) -> list[str]:
    if value is None:
        return []
    problems = []
    for item in value if isinstance(value, list | tuple) else [value]:
        path = str(item["location"] if isinstance(item, Mapping) and "location" in item else item)
        if _URL.match(path):
            continue
        if not is_relative(path):
            problems.append(f"{key} = {path!r} is not a path below the manifest's folder")
        elif have is not None and path not in have:
            problems.append(f"{key} = {path!r} is not there")
    return problems


def _check_part(part: Mapping[str, Any], have: set[str] | None) -> list[str]:
    name = part.get("name") or "without a name"
    problems = [] if part.get("name") else ["a part has no name"]
    if ("source" in part) == ("export" in part):
        problems.append(f"part {name} needs either source or export, not both")
    problems += [f"part {name}: {key} is no key of a part" for key in part if key not in PART_KEYS]
    for key in ("source", "export", "image", "auxiliary"):
        problems += [f"part {name}: {line}" for line in _check_paths(key, part.get(key), have)]
    return problems


def is_relative(path: str) -> bool:
    """A path that stays below its folder, on every system."""
    parts = path.split("/")
    return (
        bool(path)
        and not re.match(r"[A-Za-z]*:", path)
        and "\\" not in path
        and not {"", ".", ".."} & {*parts}
    )
