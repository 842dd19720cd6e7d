# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The folder that `csm new` makes: a small kit that builds, checks and tests as it is."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from csmkit.errors import CsmError

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
FILES = {
    "kit.toml": "kit.toml.jinja",
    "assembly.md": "assembly.md.jinja",
    "design.py": "design_{cad}.py.jinja",
    "test_{module}.py": "test_design.py.jinja",
}


def starter(name: str, cad: str, tiers: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The files of a new kit.

    Args:
        name: the kit's key, "garden-bench".
        cad: "build123d" or "cadquery".
        tiers: groups of files that each tier holds.
    Raises: CsmError: the name is none that folders, pages and Python can all use.
    """
    if not NAME.fullmatch(name):
        raise CsmError(
            f"{name!r} is no name for a kit", remedy="use small letters, digits and hyphens: garden-bench"
        )
    title = name.replace("-", " ").capitalize()
    words = {
        "title": json.dumps(title),
        "title_text": title,
        "class_name": "".join(word.capitalize() for word in name.split("-")),
        "function_name": name.replace("-", "_"),
        **{tier: json.dumps(list(groups)) for tier, groups in tiers.items()},
    }
    environment = Environment(
        loader=PackageLoader("csmkit.export", "templates/starter"),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    module = words["function_name"]
    return {
        file.format(module=module): environment.get_template(template.format(cad=cad)).render(words)
        for file, template in FILES.items()
    }


def write_starter(root: Path, name: str, cad: str, tiers: Mapping[str, Sequence[str]]) -> Path:
    """Write the folder of a new kit, whole or not at all.

    Returns: the folder.
    Raises: CsmError: the name is refused or taken, or the folder cannot be written.
    """
    files, folder = starter(name, cad, tiers), root / name
    if folder.exists():
        raise CsmError(f"{folder} exists already", remedy="choose another name")
    try:
        root.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=f".{name}.", dir=root))
        try:
            for file, text in files.items():
                (new / file).write_text(text, encoding="utf-8")
            new.chmod(0o755)
            new.rename(folder)
        except OSError:
            shutil.rmtree(new, ignore_errors=True)
            raise
    except OSError as error:
        raise CsmError(f"cannot write {folder}: {error.strerror}") from None
    return folder
