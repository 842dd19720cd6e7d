# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Where kits are found, and what their kit.toml says; no design is run."""

from __future__ import annotations

import re
import tomllib
from codecs import BOM_UTF8
from collections.abc import Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args, get_type_hints

from csmkit.design.translations import is_language, kit_texts
from csmkit.errors import CsmError
from csmkit.model import Manifest, Person, Preset, Tier, TierKey

LOCK = "layouts.lock.json"  # plans of the cuts, kept from build to build
SOURCES = ("*.py", "kit.toml", "assembly*.md", "CHANGELOG.md", LOCK, "photos/*")
USED = ("*.py", "kit.toml", "assembly*.md")  # of the folders that a kit uses
USES = "uses"  # where they lie among its sources
REQUIRED = ("title", "summary", "function", "version", "license", "licensors", "tiers")
OPTIONAL: dict[str, Any] = {
    "tags": [],
    "maturity": "prototype",
    "technology-readiness": "OTRL-2",
    "documentation-readiness": "ODRL-2",
    "skill": "intermediate",
    "repo": "https://github.com/csmkit/csmkit",
    "untested": [],
    "presets": {},
    "shown": [],
    "uses": [],
}
KEYS = {  # what stands in each
    "title": "name of the kit",
    "summary": "one sentence that tells a community what it is",
    "function": "what it is for",
    "version": "1.2.3; raise it with every change that somebody may notice",
    "license": "SPDX identifier; kits of this repository: `CERN-OHL-S-2.0`",
    "licensors": '`[{ name = "…", email = "…" }]`, the address is optional',
    "tiers": "`[tiers.free]`, `[tiers.basic]`, `[tiers.premium]`: `title`, `text`, `holds`, `price-factor`",
    "tags": "for the catalog's filter",
    "maturity": "`idea`, `prototype`, `tested` or `proven`",
    "technology-readiness": "of Open Know-How, `OTRL-1` to `OTRL-6`",
    "documentation-readiness": "of Open Know-How, `ODRL-1` to `ODRL-4`",
    "skill": "`beginner`, `intermediate` or `advanced`",
    "repo": "where its source lies",
    "untested": "what nobody has tested yet, one sentence each",
    "presets": "`[presets.low]`: `title`, and the parameters that differ; `default` is always there",
    "shown": "presets that have a page on the site; none named: all",
    "uses": "folders beside it whose Python it imports",
}
PATTERNS = {  # with an example
    "version": (re.compile(r"\d+\.\d+\.\d+([-+][0-9A-Za-z.-]+)?"), "1.0.0"),
    "license": (re.compile(r"[A-Za-z0-9.+-]+( (AND|OR|WITH) [A-Za-z0-9.+-]+)*"), "CERN-OHL-S-2.0"),
    "technology-readiness": (re.compile(r"OTRL-[1-6]"), "OTRL-1"),
    "documentation-readiness": (re.compile(r"ODRL-[1-4]"), "ODRL-1"),
}
KEY = re.compile(r"[^/\\\0.][^/\\\0]*")


def find_kits(roots: Sequence[Path]) -> list[Manifest]:
    """All kits below the roots' first level, by key.

    Raises: CsmError: a kit.toml is wrong, or two folders have one name.
    """
    found: dict[str, Manifest] = {}
    for root in roots:
        for file in sorted(root.glob("*/kit.toml")):
            manifest = load_manifest(file.parent)
            if manifest.key in found:
                raise CsmError(
                    f"two kits have this name: {found[manifest.key].folder} and {manifest.folder}",
                    kit=manifest.key,
                    remedy="rename one folder",
                )
            found[manifest.key] = manifest
    return [found[key] for key in sorted(found)]


def find_kit(roots: Sequence[Path], key: str) -> Manifest:
    """One kit by key, or by the path of its folder.

    Raises: CsmError: there is none, with the nearest names.
    """
    if (Path(key) / "kit.toml").is_file():
        return load_manifest(Path(key).resolve())
    for root in roots:
        if (root / key / "kit.toml").is_file() and KEY.fullmatch(key):
            hits = [r for r in roots if (r / key / "kit.toml").is_file()]
            return load_manifest(root / key) if len(hits) == 1 else _refuse_twins(key, hits)
    for folder in (root / key for root in roots if KEY.fullmatch(key)):
        if (folder / "design.py").is_file():
            raise CsmError(f"{folder} has no kit.toml", kit=key, remedy="see csm new for a whole example")
    keys = sorted(f.parent.name for root in roots for f in root.glob("*/kit.toml"))
    if not keys:
        places = ", ".join(map(str, roots))
        remedy = "name the folder that holds the kits: csm --designs FOLDER …"
        raise CsmError(f"no kit {key!r}: there are none in {places}", remedy=remedy)
    near = get_close_matches(key, keys, n=3)
    remedy = f"did you mean {', '.join(near)}?" if near else f"known: {', '.join(keys)}"
    raise CsmError(f"unknown kit {key!r}", remedy=remedy)


def _refuse_twins(key: str, roots: Sequence[Path]) -> Manifest:
    raise CsmError(
        f"two kits have this name, in {roots[0]} and {roots[1]}", kit=key, remedy="rename one folder"
    )


def sources(folder: Path) -> dict[str, bytes]:
    """The files of a kit that are its source, by path relative to its folder.

    Those of the folders that it uses, and of those that these use, lie below `uses/`.

    Raises: CsmError: there is no such folder.
    """
    found = _files(folder, SOURCES)
    for name in _used(folder):
        found |= {f"{USES}/{name}/{path}": data for path, data in _files(folder.parent / name, USED).items()}
    return found


def _files(folder: Path, patterns: Sequence[str]) -> dict[str, bytes]:
    """Files by path, without the mark that editors of Windows begin a text with."""
    paths = {p for pattern in patterns for p in folder.glob(pattern) if p.is_file()}
    return {p.relative_to(folder).as_posix(): p.read_bytes().removeprefix(BOM_UTF8) for p in sorted(paths)}


def _used(folder: Path) -> list[str]:
    """Folders that a kit uses, and those that these use, sorted; a library is a folder without a kit.toml."""
    found, new = set[str](), [folder]
    while new:
        user = new.pop()
        for name in load_manifest(user).uses if (user / "kit.toml").is_file() else ():
            used = folder.parent / name
            if not KEY.fullmatch(name) or not any(used.glob("*.py")):
                problem = f"uses {name!r}, but there is no such folder beside it"
                raise _error(user.name, problem, "mend uses = […]")
            if name not in found and used != folder:
                found.add(name)
                new.append(used)
    return sorted(found)


def load_manifest(folder: Path) -> Manifest:
    """What a folder's kit.toml says. Raises: CsmError, see `parse_manifest`."""
    try:
        return parse_manifest(folder.name, (folder / "kit.toml").read_bytes(), folder)
    except OSError as error:
        raise _error(folder.name, f"cannot be read: {error.strerror}", "mend the file's rights") from None


def parse_manifest(kit: str, text: bytes, folder: Path = Path()) -> Manifest:
    """What the text of a kit.toml says.

    Raises: CsmError: not TOML (with its line), a key missing, unknown or of the wrong type.
    """
    data = _parse(kit, text)
    for name in data:
        if name not in REQUIRED and name not in OPTIONAL and not is_language(name, data[name]):
            near = get_close_matches(name, [*REQUIRED, *OPTIONAL], n=1)
            raise _error(kit, f"unknown key {name!r}", f"did you mean {near[0]}?" if near else "remove it")
    missing = [name for name in REQUIRED if name not in data]
    if missing:
        raise _error(kit, f"lacks {', '.join(missing)}", "see csm new for a whole example")
    data = {**OPTIONAL, **data}
    for name, (pattern, example) in PATTERNS.items():
        if not isinstance(data[name], str) or not pattern.fullmatch(data[name]):
            raise _error(kit, f"{name} = {data[name]!r} is not valid", f'write {name} = "{example}"')
    return Manifest(
        key=kit,
        folder=folder,
        title=_text(kit, data, "title"),
        summary=_text(kit, data, "summary"),
        function=_text(kit, data, "function"),
        version=data["version"],
        license=data["license"],
        licensors=_people(kit, data["licensors"]),
        tags=_texts(kit, data, "tags"),
        maturity=_word(kit, data, "maturity"),
        trl=data["technology-readiness"],
        drl=data["documentation-readiness"],
        skill=_word(kit, data, "skill"),
        repo=_text(kit, data, "repo"),
        untested=_texts(kit, data, "untested"),
        presets=_presets(kit, data["presets"]),
        tiers=_tiers(kit, data["tiers"]),
        shown=_shown(kit, data),
        uses=_texts(kit, data, "uses"),
        translations={
            code: kit_texts(kit, code, table) for code, table in data.items() if is_language(code, table)
        },
    )


def _parse(kit: str, text: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(text.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _error(kit, f"is not UTF-8 at byte {error.start}", "save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise _error(kit, f"is not valid TOML: {error}", "mend that line") from None


def _error(kit: str, problem: str, remedy: str) -> CsmError:
    return CsmError(problem, kit=kit, part="kit.toml", remedy=remedy)


def _text(kit: str, data: Mapping[str, Any], name: str) -> str:
    value = data[name]
    if not isinstance(value, str) or not value.strip():
        raise _error(kit, f"{name} = {value!r} is not a text", "write it in quotes")
    return value.strip()


def _texts(kit: str, data: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = data[name]
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise _error(kit, f"{name} = {value!r} is not a list of texts", 'write ["…", "…"]')
    return tuple(value)


def _word(kit: str, data: Mapping[str, Any], name: str) -> Any:
    words = get_args(get_type_hints(Manifest)[name])
    if data[name] not in words:
        raise _error(kit, f"{name} = {data[name]!r} is unknown", f"choose one of {', '.join(words)}")
    return data[name]


def _people(kit: str, value: object) -> tuple[Person, ...]:
    if not isinstance(value, list) or not value:
        raise _error(kit, "licensors is not a list of people", 'write [{ name = "…" }]')
    people = []
    for entry in value:
        if (
            not isinstance(entry, dict)
            or not isinstance(entry.get("name"), str)
            or set(entry) - {"name", "email"}
        ):
            raise _error(kit, f"licensor {entry!r} is not a person", 'write { name = "…", email = "…" }')
        people.append(Person(**entry))
    return tuple(people)


def _presets(kit: str, value: object) -> tuple[Preset, ...]:
    if not isinstance(value, dict):
        raise _error(kit, "presets is not a table", "write [presets.small]")
    found = {"default": Preset("default", "Default", {})}
    for key, table in value.items():
        if not isinstance(table, dict) or not KEY.fullmatch(key):
            raise _error(kit, f"preset {key!r} is not a table", f"write [presets.{key}]")
        params = {name: v for name, v in table.items() if name != "title"}
        if key == "default" and params:
            raise _error(kit, "the preset default changes parameters", "change the design's defaults instead")
        found[key] = Preset(key, str(table.get("title", key.replace("-", " ").capitalize())), params)
    return tuple(found.values())


def _shown(kit: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    """Presets that have a page of their own."""
    named, known = _texts(kit, data, "shown"), ("default", *data["presets"])
    for key in named:
        if key not in known:
            raise _error(kit, f"shown names {key!r}, which is no preset", f"its presets: {', '.join(known)}")
    return named


def _tiers(kit: str, value: object) -> tuple[Tier, ...]:
    if not isinstance(value, dict):
        raise _error(kit, "tiers is not a table", "write [tiers.free]")
    result = []
    for key, table in value.items():
        if key not in get_args(TierKey):
            raise _error(kit, f"unknown tier {key!r}", f"the tiers are {', '.join(get_args(TierKey))}")
        known = {"title", "text", "holds", "price-factor"}
        if not isinstance(table, dict) or set(table) - known or "holds" not in table:
            raise _error(
                kit, f"tier {key} does not say what it holds", f"its keys are {', '.join(sorted(known))}"
            )
        factor = table.get("price-factor", 0 if key == "free" else 1)
        if isinstance(factor, bool) or not isinstance(factor, int | float) or not 0 <= factor <= 10:
            raise _error(kit, f"price-factor = {factor!r} of tier {key} is outside 0 to 10", "1 is at cost")
        holds = _texts(kit, table, "holds")
        text = str(table.get("text", ""))
        result.append(Tier(key, str(table.get("title", key.capitalize())), text, holds, Decimal(str(factor))))
    return tuple(result)
