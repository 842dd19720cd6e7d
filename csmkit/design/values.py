# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Values for parameters: from the command line, a preset or a form, checked against the design's schema."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from csmkit.errors import CsmError
from csmkit.model import Param
from csmkit.model.lengths import MM, find_unit, split_length
from csmkit.model.manifest import ParamValue

ALL_OPTIONS = 12  # so many are told whole; of more only those that are spelled alike
FLAGS = {
    "true": True,
    "yes": True,
    "on": True,
    "1": True,
    "false": False,
    "no": False,
    "off": False,
    "0": False,
}


def resolve(kit: str, params: Sequence[Param], given: Mapping[str, object]) -> dict[str, ParamValue]:
    """Every parameter's value: the given ones, else the defaults.

    Args:
        kit: for the messages.
        params: the design's schema.
        given: values by name; strings are read as the parameter's kind asks, lengths in mm or the unit that
            they name: 480, "48 cm", '18 7/8"'.
    Raises: CsmError: unknown name, wrong type, unit that can't be meant, out of range, no such option.
    """
    known = {p.name: p for p in params}
    for name in given:
        if name not in known:
            near = get_close_matches(name, known, n=3)
            remedy = f"did you mean {', '.join(near)}?" if near else f"it has {', '.join(known)}"
            raise CsmError(f"has no parameter {name!r}", kit=kit, remedy=remedy)
    return {p.name: check(kit, p, given.get(p.name, p.default)) for p in params}


def check(kit: str, param: Param, value: object) -> ParamValue:
    """One value, in the parameter's type and within its limits. Raises: CsmError, see `resolve`."""
    if param.kind == "flag":
        return _flag(kit, param, value)
    if param.kind == "choice":
        return _choice(kit, param, value)
    return _number(kit, param, value)


def _flag(kit: str, param: Param, value: object) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word not in FLAGS:
        raise _error(kit, param, f"= {value} is neither yes nor no")
    return FLAGS[word]


def _choice(kit: str, param: Param, value: object) -> str:
    if isinstance(value, str) and value in param.options:
        return value
    near = get_close_matches(str(value), param.options, n=3) if len(param.options) > ALL_OPTIONS else ()
    remedy = f"nearest: {', '.join(near)}" if near else f"choose one of {', '.join(param.options)}"
    raise _error(kit, param, f"= {value} is not offered", remedy)


def _number(kit: str, param: Param, value: object) -> float | int:
    number = _float(kit, param, value)
    if param.kind == "count":
        if number != int(number):
            raise _error(kit, param, f"= {value} is not a whole number")
        number = int(number)
    low, high = param.minimum, param.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        unit = f" {param.unit}" if param.unit else ""
        raise _error(kit, param, f"= {number:g}{unit} is outside {low:g} to {high:g}{unit}")
    return number


def _float(kit: str, param: Param, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise _error(kit, param, f"= {value} is not a number")
    if param.unit == "mm" and isinstance(value, str) and (length := _length(value)):
        return length
    text = str(value).strip().removesuffix(param.unit).strip()
    try:
        number = float(text)
    except ValueError:
        unit = f" in {param.unit}" if param.unit else ""
        raise _error(kit, param, f"= {value} is not a number{unit}", _meant(param, text)) from None
    if not math.isfinite(number):
        raise _error(kit, param, f"= {value} is not a finite number")
    return number


def _length(text: str) -> float | None:
    """A length with its unit, in mm; None: it names none, or has a comma, which may part thousands."""
    number, word = split_length(text) or (0.0, "")
    unit = find_unit(word)
    return float(f"{number * MM[unit]:.10g}") if unit and "," not in text else None


def _meant(param: Param, text: str) -> str:
    """What to write for a decimal comma."""
    found = split_length(text)
    unit = find_unit(found[1]) if found and param.unit == "mm" else None
    if found is None or (found[1] and unit is None):
        return ""
    return f"write {param.name}={found[0] * MM[unit or 'mm']:.10g}"


def _error(kit: str, param: Param, problem: str, remedy: str = "") -> CsmError:
    text = f" ({param.text})" if param.text else ""
    return CsmError(f"{param.name} {problem}{text}", kit=kit, remedy=remedy)
