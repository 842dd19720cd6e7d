# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Nouns to JSON and back: how results travel between tasks and lie in the store."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Noun = TypeVar("Noun")


def _make_adapter(noun: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter  # a tenth of a second that an up-to-date build does not pay

    return TypeAdapter(noun)


_adapter: Any = lru_cache(maxsize=None)(_make_adapter)


def dump(value: Any, noun: Any = None) -> bytes:
    """JSON bytes of a noun (or of a type such as `tuple[Step, ...]`), the same for equal values."""
    data: bytes = _adapter(noun or type(value)).dump_json(value, indent=1)
    return data


def load(noun: type[Noun], data: bytes) -> Noun:
    """A noun from the bytes that `dump` wrote.

    Raises: pydantic.ValidationError: they are not of that noun.
    """
    value: Noun = _adapter(noun).validate_json(data)
    return value


def plain(value: Any, noun: Any = None) -> Any:
    """A noun as plain JSON data: dicts, lists, numbers, strings; Decimal becomes a string."""
    return _adapter(noun or type(value)).dump_python(value, mode="json")


def as_json(data: Any) -> bytes:
    """Plain data as people and programs read it, the same bytes for equal data."""
    return json.dumps(_rounded(data), indent=1, ensure_ascii=False, allow_nan=False).encode() + b"\n"


def _rounded(data: Any) -> Any:
    """Floats to a millionth: finer than any maker can measure, coarser than the kernel's noise."""
    if isinstance(data, float):
        return round(data, 6) + 0.0
    if isinstance(data, Mapping):
        return {key: _rounded(value) for key, value in data.items()}
    return [_rounded(value) for value in data] if isinstance(data, list | tuple) else data
