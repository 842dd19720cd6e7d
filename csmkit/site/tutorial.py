# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The kit that a guide writes step by step: its code blocks, put together as the reader does.

The title of a block is the path of its file: `title="designs/plant-box/design.py"`. Such a block is all of
the file, below the licence that it begins with. Behind a colon stands what the reader does with a fragment:
`title="designs/plant-box/design.py: instead of wall()"`. Its functions, classes, constants, imports, steps,
keys and tables take the place of those with the same name; new ones join their kind.

A comment `<!-- picture together: A plant box. -->` is a picture of the kit that the blocks above it make.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from csmkit.commons.tiers import SUGGESTED
from csmkit.errors import CsmError
from csmkit.export.starter import starter

BLOCK = re.compile(
    r'^```(?P<language>\w+)(?: title="(?P<title>[^"]+)")?[^\n]*\n(?P<text>.*?)^```$', re.MULTILINE | re.DOTALL
)
PICTURE = re.compile(r"^<!-- picture (?P<name>[\w-]+): (?P<text>.+?) -->$", re.MULTILINE)
LICENCE = re.compile(r"\A(?:# SPDX[^\n]*\n)+|\A<!--.*?-->\n\n?", re.DOTALL)  # comments that begin a file
FLAT = "flat-"  # begins the name of a picture that is a part's flat pattern
NEW = re.compile(r"^(?:\$ )?csm new (?P<kit>[\w-]+)$", re.MULTILINE)
HEADING = re.compile(r"(?m)^(?=## )")
TABLE = re.compile(r"(?m)^(?=\[)")
KEY = re.compile(r"(?m)^(?=[\w-]+ *=)")
INSTEAD = re.compile(r"instead of (\[?[\w.-]+)")
RANKS = ("text", "import", "constant", "definition", "design")  # order of things in a design.py

Key = tuple[str, str]  # kind and name of a thing in a file


@dataclass(frozen=True)
class Block:
    """A code block of a guide.

    Args:
        language: as the fence says: "python", "console".
        title: of the fence; "" without one.
        text: what stands in it.
        at: where it ends in the guide's text.
    """

    language: str
    title: str
    text: str
    at: int

    @property
    def path(self) -> PurePosixPath | None:
        """The file that it writes or changes, as the guide names it."""
        name = self.title.partition(":")[0]
        return PurePosixPath(name) if "/" in name else None

    @property
    def is_fragment(self) -> bool:
        """It changes the file instead of being all of it."""
        return ":" in self.title

    @property
    def instead(self) -> str:
        """Name of what it takes the place of, if its title says so."""
        found = INSTEAD.search(self.title)
        return found[1] if found else ""


@dataclass(frozen=True)
class Stage:
    """A place where the guide shows a picture, and the kit as it is there.

    Args:
        picture: which one: "together", "apart", or "flat" and the part's name: "flat-floor".
        text: what the picture shows.
        files: of the kit's folder, by name.
    """

    kit: str
    picture: str
    text: str
    files: Mapping[str, str]

    @property
    def part(self) -> str:
        """The part whose flat pattern it shows; "" for a picture of the whole kit."""
        return self.picture.removeprefix(FLAT).replace("-", " ") if self.picture.startswith(FLAT) else ""


def blocks(guide: str) -> list[Block]:
    """All code blocks of a guide, in order."""
    return [Block(m["language"], m["title"] or "", m["text"], m.end()) for m in BLOCK.finditer(guide)]


def stages(guide: str) -> list[Stage]:
    """What the guide's pictures show, in order.

    Raises: CsmError: a picture stands before `csm new`, or a fragment before its file.
    """
    told = blocks(guide)
    found = []
    for mark in PICTURE.finditer(guide):
        kit, files = kit_files([block for block in told if block.at < mark.start()])
        found.append(Stage(kit, mark["name"], mark["text"], files))
    return found


def with_pictures(guide: str, pictures: Sequence[str]) -> str:
    """The guide with HTML in the place of its pictures' comments, in their order."""
    shown = iter(pictures)
    return PICTURE.sub(lambda _: next(shown), guide)


def kit_files(told: Sequence[Block]) -> tuple[str, dict[str, str]]:
    """Key and files of the kit that these blocks make, begun by `csm new`.

    Raises: CsmError: no block begins one, or a fragment stands before its file.
    """
    kit, files = "", dict[str, str]()
    for block in told:
        if block.language == "console" and (begun := NEW.search(block.text)):
            kit = begun["kit"]
            files = starter(kit, "build123d", SUGGESTED)
        elif block.path is not None:
            if block.path.name not in files:
                problem = f"the kit has no {block.path} yet"
                raise CsmError(problem, kit="guide", remedy="write csm new above it")
            files[block.path.name] = merged(block, files[block.path.name])
    if not kit:
        raise CsmError("no block begins a kit", kit="guide", remedy="write csm new my-kit in a console block")
    return kit, files


def merged(block: Block, file: str) -> str:
    """A file with a block's text in it.

    All of the file but its licence is replaced; of a fragment, its things take the place of those with their
    names, and new ones are added.
    """
    if not block.is_fragment:
        licence = LICENCE.match(file)
        return f"{licence[0]}{block.text}" if licence else block.text
    suffix = PurePosixPath(block.title.partition(":")[0]).suffix
    split = {".py": _statements, ".toml": _entries, ".md": _sections}[suffix]
    new, things = split(block.text), dict[Key, str]()
    for key, text in split(file).items():
        if block.instead and key[1] == block.instead and key not in new:
            things |= new
        else:
            things[key] = new.get(key, text)
    things |= new
    if suffix == ".py":
        things = dict(sorted(things.items(), key=lambda thing: RANKS.index(thing[0][0])))
    pairs = zip([None, *things], things.items(), strict=False)
    return "".join(_gap(before, key) + text for before, (key, text) in pairs) + "\n"


def _gap(before: Key | None, after: Key) -> str:
    """Blank lines between two things of a file, as the formatter wants them."""
    if before is None:
        return ""
    if before[0] == after[0] and after[0] in ("import", "constant", "key"):
        return "\n"
    return "\n\n\n" if after[0] in ("definition", "design") else "\n\n"


def _statements(source: str) -> dict[Key, str]:
    """Top-level statements of a Python file by kind and name, with the comments above them."""
    lines, found, start = source.splitlines(), dict[Key, str](), 0
    for node in ast.parse(source).body:
        end = node.end_lineno or start
        found[_named(node)] = "\n".join(lines[start:end]).strip("\n")
        start = end
    return found


def _named(node: ast.stmt) -> Key:
    if isinstance(node, ast.ImportFrom):
        return ("import", node.module or "")
    if isinstance(node, ast.Import):
        return ("import", node.names[0].name)
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return ("constant", node.targets[0].id)
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        marks = [d.id for d in node.decorator_list if isinstance(d, ast.Name)]
        return ("design" if "design" in marks else "definition", node.name)
    return ("text", "")


def _entries(source: str) -> dict[Key, str]:
    """Keys of the top of a TOML file, then its tables; "[presets.low" is a table's name here."""
    head, *tables = TABLE.split(source)
    found = {("key", re.split(r"[=\n]", part)[0].strip()): part for part in KEY.split(head) if part.strip()}
    found |= {("table", part.partition("]")[0]): part for part in tables}
    return {key: part.strip("\n") for key, part in found.items()}


def _sections(source: str) -> dict[Key, str]:
    """What stands before the first step, then the steps by their heading."""
    parts = [part for part in HEADING.split(source) if part.strip()]
    return {("step", part.partition("{")[0].strip()): part.strip("\n") for part in parts}
