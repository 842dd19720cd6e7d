# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""TOML, written: the few types that manifests need, always the same bytes for the same data."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def toml_bytes(data: Mapping[str, Any]) -> bytes:
    """A TOML document in UTF-8; keys keep the order of the mapping.

    Args:
        data: text, whole numbers, finite numbers, flags, lists and mappings of those. At the top level a
            mapping becomes a table and a list of mappings an array of tables; further down they stay inline.
    Raises: TypeError: another type. ValueError: infinite or not a number.
    """
    plain = {k: v for k, v in data.items() if not _is_table(v) and not _is_tables(v)}
    lines = [f"{_key(k)} = {_value(v)}" for k, v in plain.items()]
    for name, value in data.items():
        if _is_table(value):
            lines += ["", f"[{_key(name)}]", *_pairs(value)]
        elif _is_tables(value):
            for table in value:
                lines += ["", f"[[{_key(name)}]]", *_pairs(table)]
    text = "\n".join(lines).lstrip("\n")
    return f"{text}\n".encode() if text else b""


def _pairs(table: Mapping[str, Any]) -> list[str]:
    return [f"{_key(k)} = {_value(v)}" for k, v in table.items()]


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping)


def _is_tables(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(v, Mapping) for v in value)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(_pairs(value)) + "}"
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return "[" + ", ".join(_value(v) for v in value) + "]"
    raise TypeError(f"TOML has no way to say {type(value).__name__}")


def _number(value: float) -> str:
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a number to write")
    text = repr(value)
    return text if any(c in text for c in ".e") else f"{text}.0"


def _text(value: str) -> str:
    return '"' + "".join(_ESCAPES.get(c) or _plain(c) for c in value) + '"'


def _plain(c: str) -> str:
    return f"\\u{ord(c):04x}" if ord(c) < 0x20 or ord(c) == 0x7F else c
