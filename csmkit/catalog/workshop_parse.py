# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""From a workshop file's text to its model; every mistake becomes one line that a user can act on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from csmkit.catalog.nearest import nearest
from csmkit.catalog.workshop_schema import WorkshopFile
from csmkit.errors import CsmError

Place = Sequence[int | str]
File = TypeVar("File", bound=BaseModel)
TEMPLATE = "compare with what `csm workshop init` writes"
LIMITS = {  # pydantic's kinds of mistake, in our words
    "greater_than": "has to be above {gt}",
    "greater_than_equal": "has to be at least {ge}",
    "less_than": "has to be below {lt}",
    "less_than_equal": "has to be at most {le}",
    "too_long": "has {actual_length} entries, at most {max_length} are allowed",
    "too_short": "has {actual_length} entries, at least {min_length} are needed",
    "string_too_long": "is longer than {max_length} letters",
    "string_too_short": "is shorter than {min_length} letter",
    "literal_error": "is not one of {expected}",
    "string_pattern_mismatch": "doesn't have the form {pattern}",
    "value_error": "{error}",
}
KINDS = {
    "string_type": ("is no text", "write it in quotes"),
    "int_type": ("is no whole number", "give a number such as 2"),
    "int_from_float": ("is no whole number", "give a number such as 2"),
    "bool_type": ("is neither true nor false", "write true or false, without quotes"),
    "finite_number": ("is no finite number", "give a number such as 17.6"),
}


def read_file(path: Path) -> str:
    """The file's text. Raises: CsmError: it can't be read, or is no UTF-8."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CsmError(
            "not UTF-8 text", kit=path.name, part=f"line {line}", remedy="save it as UTF-8"
        ) from None
    except OSError as error:
        reason = error.strerror or "it can't be read"
        raise CsmError(
            f"can't read the workshop file: {reason}",
            kit=path.name,
            remedy="check --workshop; `csm workshop init` writes a new file",
        ) from None


def parse(text: str, name: str) -> WorkshopFile:
    """The model of a workshop's file; `name` is what errors call it.

    Raises: CsmError: it is no TOML, or says something that no workshop can mean.
    """
    return parse_as(WorkshopFile, text, name)


def parse_as(model: type[File], text: str, name: str) -> File:
    """As `parse`, for a file of another model."""
    remedy = TEMPLATE if model is WorkshopFile else "correct it there"
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(str(error), name, text.count("\n") + 1, remedy) from None
    except (ValueError, ArithmeticError, RecursionError):  # a number of 5000 digits, brackets 1000 deep
        raise CsmError("a number or a nesting is beyond all measure", kit=name, remedy=remedy) from None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise value_error(error, name, model) from None


def _syntax_error(message: str, name: str, lines: int, remedy: str) -> CsmError:
    place = re.search(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)", message)
    problem = message[: place.start()] if place else message
    line = f"line {place[1]}, column {place[2]}" if place and place[1] else f"line {lines}, at the end"
    return CsmError(f"not valid TOML: {problem}", kit=name, part=line, remedy=remedy)


def value_error(error: ValidationError, name: str, model: type[BaseModel]) -> CsmError:
    """The first of pydantic's findings on a model, in our words."""
    found = error.errors(include_url=False)
    first = found[0]
    steps = [step for step in first["loc"] if not _is_branch(step)]
    problem, remedy = _words(first["type"], first, steps, model)
    if len(found) > 1:
        remedy += f" ({len(found) - 1} more to mend after this)"
    return CsmError(problem, kit=name, part=place_name(steps), remedy=remedy)


def _is_branch(step: int | str) -> bool:
    """Pydantic's own marks within a location, such as "[key]"."""
    return isinstance(step, str) and step.startswith("[")


def place_name(steps: Place) -> str:
    """A location as the file's writer counts: "offcut 2, size 1"."""
    words: list[str] = []
    for step in steps:
        if isinstance(step, int):
            words[-1] += f" {step + 1}"
        else:
            words.append(step)
    return ", ".join(words)


def _words(kind: str, found: Any, steps: Place, model: type[BaseModel]) -> tuple[str, str]:
    """Problem and remedy."""
    value, context = found["input"], found.get("ctx", {})
    name = place_name(steps).rpartition(", ")[2]
    if kind == "extra_forbidden":
        return _unknown(steps, model)
    if kind == "missing":
        return f"{name} is missing", f"give {name}" if isinstance(steps[-1], int) else f"give {name} = …"
    shown = f"{name} = {show(value)}"
    if str(value).lower() in ("nan", "inf", "-inf", "infinity", "-infinity"):
        kind = "finite_number"
    if isinstance(value, dict) and kind == "value_error":
        return f"{name} is split at its dot", 'write keys with a dot in quotes: "birch-ply-6.5"'
    if kind in ("tuple_type", "model_type", "dict_type"):
        return f"{shown} is no {'list' if kind == 'tuple_type' else 'section'}", _brackets(steps, kind, model)
    if kind in KINDS:
        problem, remedy = KINDS[kind]
        return f"{shown} {problem}", remedy
    if kind in LIMITS:
        return f"{shown} {LIMITS[kind].format(**context)}", "correct it"
    return f"{shown}: {found['msg']}", TEMPLATE


def _unknown(steps: Place, model: type[BaseModel]) -> tuple[str, str]:
    key = str(steps[-1])
    if len(steps) == 1 and model is not WorkshopFile and key in WorkshopFile.model_fields:
        return f"{key} belongs in the workshop's own file", "move it there"
    return f"unknown key {key!r}", nearest(key, _keys_at(steps[:-1], model))


def _brackets(steps: Place, kind: str, model: type[BaseModel]) -> str:
    """How lists and sections are written."""
    name = str(steps[-1])
    if kind != "tuple_type":
        return f"write [{name}] above its keys"
    entries = len(steps) == 1 and any(_models_in(model.model_fields[name].annotation))
    return f"write [[{name}]], with two brackets, above each entry" if entries else "write [first, second]"


def show(value: object) -> str:
    """A value as a user wrote it, short enough for one line."""
    if isinstance(value, dict):
        text = "a table"
    elif isinstance(value, list | tuple):
        text = "[" + ", ".join(show(item) for item in value) + "]"
    elif isinstance(value, str):
        text = '"' + "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in value) + '"'
    elif isinstance(value, bool):
        text = str(value).lower()
    else:
        text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _keys_at(steps: Place, model: type[BaseModel]) -> list[str]:
    """Keys that the file may have at a place."""
    for step in steps:
        if isinstance(step, str):
            model = next(_models_in(model.model_fields[step].annotation))
    return sorted(model.model_fields)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
