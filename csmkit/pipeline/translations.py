# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Kits in other languages: what kit.json says of them, and faults in the files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from csmkit.build import Files
from csmkit.design.assembly import Section, sections
from csmkit.design.find import USES, parse_manifest
from csmkit.design.translations import ASSEMBLY, StepTexts, load_steps, mark
from csmkit.errors import CsmError
from csmkit.export.language.language import published_codes
from csmkit.model import Assembly, Finding, Manifest, Step
from csmkit.model.data import dump

ENGLISH = "assembly.md"


def translations(manifest: Manifest, source: Files, assembly: Assembly) -> dict[str, Any]:
    """What kit.json says in each other language: texts, names of parts, introduction, steps (null: English).

    Kits within the kit bring their own translations.
    """
    kits = [(f"{USES}/{name}/", parse_manifest(name, source[path])) for name, path in _used(source)]
    kits.append(("", manifest))
    codes = {code for _, said in kits for code in said.translations} | _codes(source)
    return {code: _language(code, kits, source, assembly) for code in sorted(codes)}


def spoken(manifest: Manifest, source: Iterable[str]) -> list[str]:
    """Languages beside English that a kit's own texts are in, and whose catalog is complete enough."""
    own = {*manifest.translations} | _codes(source)
    return [code for code in published_codes() if code in own] if own else []


def faults(kit: str, source: Files) -> Files:
    """findings.json: translated steps that can't be read, or stand in another order than the English ones."""
    found = []
    for code in sorted(_codes(source)):
        try:
            written_steps(kit, code, "", source)
        except CsmError as error:
            found.append(Finding(kit, "translation", error.part, error.problem, error.remedy))
    return {"findings.json": dump(tuple(found), tuple[Finding, ...])}


def _own_steps(kit: str, files: Files) -> list[Section]:
    """The steps of a kit's assembly.md as they are written."""
    return sections(kit, files[ENGLISH].decode("utf-8"))[1] if ENGLISH in files else []


def _language(
    code: str, kits: Iterable[tuple[str, Manifest]], source: Files, assembly: Assembly
) -> dict[str, Any]:
    texts: dict[str, str] = {}
    parts: dict[str, str] = {}
    known: dict[str, tuple[str, str]] = {}
    intros: dict[str, str] = {}
    for folder, said in kits:
        if code in said.translations:
            texts |= said.translations[code].texts
            parts |= said.translations[code].parts
        if written := written_steps(said.key, code, folder, source):
            known |= {s.attributes["of"]: (s.title, s.text) for s in written.steps}
            intros[written.intro_of] = written.intro
    titles = {s.title: known[of][0] for s in _holders(kits, source) if (of := mark(s.title, s.text)) in known}
    return {
        "texts": texts,
        "parts": parts,
        "intro": intros.get(mark("", assembly.intro)),
        "steps": [_step(step, known, titles) for step in assembly.steps],
    }


def _step(
    step: Step, known: Mapping[str, tuple[str, str]], titles: Mapping[str, str]
) -> dict[str, str] | None:
    """A step in another language; one of a kit within the kit has that kit's title before its own."""
    if found := known.get(mark(step.title, step.text)):
        return {"title": found[0], "text": found[1]}
    holder, sign, own = step.title.partition(": ")
    found = known.get(mark(own, step.text)) if sign and holder in titles else None
    return {"title": f"{titles[holder]}: {found[0]}", "text": found[1]} if found else None


def _holders(kits: Iterable[tuple[str, Manifest]], source: Files) -> Iterator[Section]:
    """The steps in whose place those of another kit stand."""
    for folder, said in kits:
        own = {ENGLISH: source[folder + ENGLISH]} if folder + ENGLISH in source else {}
        yield from (s for s in _own_steps(said.key, own) if "kit" in s.attributes)


def written_steps(kit: str, code: str, folder: str, source: Files) -> StepTexts | None:
    """The translated steps of a kit, if there are any. Raises: CsmError: see `load_steps`."""
    name = f"assembly.{code}.md"
    if folder + name not in source or folder + ENGLISH not in source:
        return None
    try:
        text, own = (source[folder + n].decode("utf-8") for n in (name, ENGLISH))
    except UnicodeDecodeError as error:
        raise CsmError(f"is not UTF-8 at byte {error.start}", kit=kit, part=name) from None
    return load_steps(kit, name, text, own)


def _used(source: Files) -> list[tuple[str, str]]:
    """Folders that the kit uses and that are kits themselves, with the path of their kit.toml."""
    return [
        (path.split("/")[1], path)
        for path in sorted(source)
        if path.startswith(f"{USES}/") and path.endswith("/kit.toml")
    ]


def _codes(source: Iterable[str]) -> set[str]:
    """Languages of the kit's own translated steps."""
    return {match["code"] for path in source if (match := ASSEMBLY.fullmatch(path))}
