# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Parameters of a design: thin field makers over a frozen pydantic model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from csmkit.errors import CsmError
from csmkit.model import Param, Workshop

Passed = TypeVar("Passed", bound="Params")


class Params(BaseModel):
    """Base of a design's parameters: frozen, checked, no unknown names."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    def passed_to(self, params: type[Passed], **more: Any) -> Passed:
        """Parameters of a kit within this one: those that both know by name, and what is said beyond them.

        Raises: pydantic.ValidationError: a value is outside of what that kit takes.
        """
        shared = {n: v for n, v in self if n in params.model_fields}
        return params(**{**shared, **more})


@dataclass(frozen=True)
class StockQuery:
    """Which of the workshop's goods a choice offers."""

    form: str  # "sheet" or "bar"
    thickness: tuple[float, float] = (0.0, float("inf"))  # mm, nominal, both ends included
    material: str = ""  # start of the material's key: "birch"

    def options(self, workshop: Workshop) -> tuple[str, ...]:
        """Keys of the goods that fit, sorted."""
        low, high = self.thickness
        if self.form == "sheet":
            found = [s.key for s in workshop.sheets if low <= s.nominal <= high and self._is(s.material.key)]
        else:
            found = [
                b.key
                for b in workshop.bars
                if low <= min(b.width, b.height) <= high and self._is(b.material.key)
            ]
        return tuple(sorted(found))

    def _is(self, material: str) -> bool:
        return material.startswith(self.material)


def sheets(*, thickness: tuple[float, float] = (0.0, float("inf")), material: str = "") -> StockQuery:
    """The workshop's sheet goods as options of a `choice`.

    Args:
        thickness: nominal, from and to, mm, both ends included.
        material: how the key of the material starts: "birch" takes film-faced plywood too.
    Example:
        class BoxParams(Params):
            material: str = choice("birch-ply-12", sheets(thickness=(9, 15), material="birch"), "of all")
    """
    return StockQuery("sheet", thickness, material)


def bars(*, thickness: tuple[float, float] = (0.0, float("inf")), material: str = "") -> StockQuery:
    """The workshop's bars as options of a `choice`.

    Args:
        thickness: of the bar's thinner side, from and to, mm, both ends included.
        material: how the key of the material starts: "spruce".
    Example:
        class FrameParams(Params):
            leg: str = choice("spruce-45x45", bars(thickness=(40, 60), material="spruce"), "bar of the legs")
    """
    return StockQuery("bar", thickness, material)


def length(default: float, minimum: float, maximum: float, text: str, unit: str = "mm") -> Any:
    """A length in mm.

    Args:
        default: unless somebody sets it.
        minimum, maximum: what it may be, both ends included.
        text: one line that says what it is, for command line, page and messages.
        unit: that pages show.
    Raises: CsmError: the default is outside of its limits.
    Example:
        class ShelfParams(Params):
            width: float = length(380, 250, 600, "outside, left to right")
    """
    return _number("length", default, minimum, maximum, text, unit)


def angle(default: float, minimum: float, maximum: float, text: str) -> Any:
    """An angle in degrees.

    Args:
        default: unless somebody sets it.
        minimum, maximum: what it may be, both ends included.
        text: one line that says what it is, for command line, page and messages.
    Raises: CsmError: the default is outside of its limits.
    Example:
        class RackParams(Params):
            lean: float = angle(15, 0, 30, "of the back")
    """
    return _number("angle", default, minimum, maximum, text, "°")


def number(default: float, minimum: float, maximum: float, text: str, unit: str = "") -> Any:
    """Any other quantity, with its unit: a payload in kg, a speed in m/s.

    Args:
        default: unless somebody sets it.
        minimum, maximum: what it may be, both ends included.
        text: one line that says what it is, for command line, page and messages.
        unit: that pages show.
    Raises: CsmError: the default is outside of its limits.
    Example:
        class TrailerParams(Params):
            payload: float = number(40, 5, 60, "what it carries", unit="kg")
    """
    return _number("number", default, minimum, maximum, text, unit)


def count(default: int, minimum: int, maximum: int, text: str) -> Any:
    """A whole number.

    Args:
        default: unless somebody sets it.
        minimum, maximum: what it may be, both ends included.
        text: one line that says what it is, for command line, page and messages.
    Raises: CsmError: the default is outside of its limits.
    Example:
        class ShelfParams(Params):
            shelves: int = count(3, 1, 6, "shelves between the sides")
    """
    return _number("count", default, minimum, maximum, text, "")


def choice(default: str, options: Sequence[str] | StockQuery, text: str) -> Any:
    """One of several words, or one of the workshop's goods.

    Args:
        default: one of them.
        options: words, or `sheets(…)` or `bars(…)` for what the workshop can get.
        text: one line that says what it is.
    Raises: CsmError: the default is none of the words.
    Example:
        class BoxParams(Params):
            lid: str = choice("loose", ("loose", "hinged", "none"), "what closes it")
            material: str = choice("birch-ply-18", sheets(thickness=(15, 21)), "sheet to cut from")
    """
    if not isinstance(options, StockQuery) and default not in options:
        raise CsmError(f"the default {default!r} is not among {', '.join(options)}", remedy="mend the choice")
    extra: Any = {"kind": "choice", "unit": "", "options": options}
    return Field(default, description=text, json_schema_extra=extra)


def flag(default: bool, text: str) -> Any:
    """Yes or no.

    Args:
        default: unless somebody sets it.
        text: one line that says what it is.
    Example:
        class StoolParams(Params):
            hand_hole: bool = flag(True, "a hole to carry it by")
    """
    return Field(default, description=text, json_schema_extra={"kind": "flag", "unit": ""})


def _number(kind: str, default: float, minimum: float, maximum: float, text: str, unit: str) -> Any:
    if not minimum <= default <= maximum:
        raise CsmError(
            f"the default {default:g} is outside {minimum:g} to {maximum:g} ({text})",
            remedy="mend the parameter",
        )
    return Field(
        default,
        ge=minimum,
        le=maximum,
        description=text,
        json_schema_extra={"kind": kind, "unit": unit, "minimum": minimum, "maximum": maximum},
    )


def hidden_maker(names: Mapping[str, object]) -> str | None:
    """The maker that a parameter of the same name hides, among the names of a class that is being read.

    `length: float = length(600, …)` is a good parameter, but below it `length` is no maker any more.
    """
    makers = (length, angle, number, count, choice, flag)
    return next((m.__name__ for m in makers if isinstance(names.get(m.__name__), FieldInfo)), None)


def describe(params: type[Params], workshop: Workshop) -> tuple[Param, ...]:
    """The parameters as plain data, in the order in which the design names them.

    Raises: CsmError: a field was not made by length, angle, number, count, choice or flag.
    """
    result = []
    for name, field in params.model_fields.items():
        extra = field.json_schema_extra
        if not isinstance(extra, dict):
            raise CsmError(
                "is not described",
                part=name,
                remedy="make it with length, angle, number, count, choice or flag",
            )
        options = extra.get("options", ())
        if isinstance(options, StockQuery):
            options = options.options(workshop)
        low, high = extra.get("minimum"), extra.get("maximum")
        result.append(
            Param(
                name,
                extra["kind"],  # type: ignore[arg-type]
                field.default,
                None if low is None else float(low),  # type: ignore[arg-type]
                None if high is None else float(high),  # type: ignore[arg-type]
                tuple(options),  # type: ignore[arg-type]
                str(extra["unit"]),
                field.description or "",
            )
        )
    return tuple(result)
