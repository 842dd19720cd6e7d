# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Layers of a DXF for cutting: operation, side and depth in the name, no tool, one colour a layer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from types import MappingProxyType
from typing import Literal

from ezdxf.colors import aci2rgb

from csmkit.errors import CsmError
from csmkit.model.facts import Feature, FlatPattern
from csmkit.model.machine import Process
from csmkit.model.tenth import tenth
from csmkit.model.workshop import LayerRule

Operation = Literal[
    "cut", "cut-outside", "cut-inside", "pocket", "drill", "engrave", "sheet", "labels", "notes", "offcut"
]
Side = Literal["top", "bottom"]
Scheme = Literal["csmkit", "opendesk", "wikihouse"]

LONGEST_NAME = 26  # characters that every machine program shows and keeps
SHADE = 0.75  # of a material's colour, for the line around a sheet
WIDEST_DRILL = 100.0  # mm; a wider circle is cut round, and its layer's name would be too long

_NO_CUT = ("sheet", "labels", "notes", "offcut")
_NUMBER = r"\d{1,6}(?:\.\d{1,6})?"
_NAME = re.compile(  # ours, and OpenDesk's with its TOP-
    r"(?:(?P<bottom>BOTTOM-)|TOP-)?(?P<operation>CUT-OUTSIDE|CUT-INSIDE|POCKET|DRILL|ENGRAVE)"
    rf"(?:(?<=DRILL)-D(?P<diameter>{_NUMBER})|(?<!DRILL))-(?P<depth>{_NUMBER})MM"
)
_WIKIHOUSE = re.compile(
    rf"\d_ANYTOOL_(?:CUTTHROUGH_(?P<side>INSIDE|OUTSIDE)"
    rf"|(?P<depth>{_NUMBER})MMDEEP_(?P<operation>INSIDE|LABELS)(?P<bottom>_BOTTOM)?)"
)


@dataclass(frozen=True)
class LayerSpec:
    """What is done on a layer.

    Args:
        operation: what to do; "cut" is the one layer of a laser or plasma part.
        side: from which side of the sheet; everything is drawn as seen from the top.
        depth: mm from that side's face, to 0.1; None on layers without one.
        diameter: mm, to 0.1; of drilled holes only, None where each circle tells its own.
    """

    operation: Operation
    side: Side = "top"
    depth: float | None = None
    diameter: float | None = None

    def __post_init__(self) -> None:
        for field in ("depth", "diameter"):
            value = getattr(self, field)
            object.__setattr__(self, field, None if value is None else tenth(value))
        if (self.depth is None) != (self.operation in ("cut", *_NO_CUT)):
            raise ValueError(f"a layer of {self.operation} with a depth of {self.depth}")
        if self.diameter is not None and self.operation != "drill":
            raise ValueError(f"a layer of {self.operation} with a diameter of {self.diameter}")

    @property
    def cuts(self) -> bool:
        """A machine works on this layer."""
        return self.operation not in _NO_CUT

    @property
    def name(self) -> str:
        """Name in our own scheme: "BOTTOM-POCKET-6.0MM".

        Raises: CsmError: the depth is too large for 26 characters.
        """
        return layer_name(self)


def layer_name(spec: LayerSpec, scheme: Scheme = "csmkit") -> str:
    """Name of a layer in our scheme or in a published one.

    Raises: CsmError: our name would be longer than 26 characters.
    Source: OpenDesk and WikiHouse name their layers as in their published cutting files; what they don't name
        (drills, the far side) is written in their manner.
    """
    if scheme == "opendesk":
        return _opendesk(spec)
    if scheme == "wikihouse":
        return _wikihouse(spec)
    name = _own(spec)
    if len(name) > LONGEST_NAME:
        raise CsmError(
            f"layer name {name!r} has {len(name)} characters, more than {LONGEST_NAME}",
            remedy="cut it from a thinner sheet",
        )
    return name


def parse(name: str, thickness: float | None = None) -> LayerSpec:
    """What a layer's name says, in our own scheme or a published one, in any case.

    Args:
        name: of the layer.
        thickness: of the sheet, mm: the depth of WikiHouse's layers that cut through.
    Raises: CsmError: the name is of no known scheme, or says less than is known.
    """
    spec = find_layer(name, thickness)
    if spec is None:
        raise CsmError(f"layer {name!r} has no known name", remedy="names look like CUT-INSIDE-12.0MM")
    return spec


def find_layer(
    name: str, thickness: float | None = None, rules: Sequence[LayerRule] = ()
) -> LayerSpec | None:
    """As `parse`, None where the name is of no known scheme.

    Args:
        rules: of the workshop; they come before the schemes.
    """
    plain = name.strip().upper()
    rule = next((r for r in rules if fnmatchcase(plain, r.name.strip().upper())), None)
    if rule is not None:
        return _of_rule(rule, thickness)
    if plain == "CUT" or plain.lower() in _NO_CUT:
        return LayerSpec(plain.lower())  # type: ignore[arg-type]
    if plain == "DONOTCUT":
        return LayerSpec("notes")
    if match := _WIKIHOUSE.fullmatch(plain):
        return _of_wikihouse(match, thickness)
    match = _NAME.fullmatch(plain)
    if match is None:
        return None
    diameter = match["diameter"]
    return LayerSpec(
        operation=match["operation"].lower(),  # type: ignore[arg-type]
        side="bottom" if match["bottom"] else "top",
        depth=float(match["depth"]),
        diameter=float(diameter) if diameter else None,
    )


def _of_rule(rule: LayerRule, thickness: float | None) -> LayerSpec | None:
    operation: Operation = rule.operation  # type: ignore[assignment]
    if operation in ("cut", *_NO_CUT):
        return LayerSpec(operation)
    depth = thickness if rule.depth is None else rule.depth
    return None if depth is None else LayerSpec(operation, rule.side, depth)


def outline_layer(pattern: FlatPattern, process: Process) -> LayerSpec:
    """Layer of a part's outer contour."""
    if process in ("laser", "plasma"):
        return LayerSpec("cut")
    return LayerSpec("cut-outside", depth=pattern.thickness)


def feature_layer(feature: Feature, pattern: FlatPattern, process: Process) -> LayerSpec:
    """Layer of a hole, pocket or drilled hole.

    Laser and plasma shops take one layer with all that goes through: their software finds inside and outside.
    """
    if feature.through and process in ("laser", "plasma"):
        return LayerSpec("cut")
    depth = pattern.thickness if feature.through else feature.depth
    side: Side = "top" if feature.through else feature.side
    diameter = drill_diameter(feature)
    if diameter is not None:
        return LayerSpec("drill", side, depth, diameter)
    return LayerSpec("cut-inside" if feature.through else "pocket", side, depth)


def drill_diameter(feature: Feature) -> float | None:
    """Diameter of a round feature that a drill makes, mm; None where a cutter goes round."""
    circle = feature.region.outline.circle_of
    if feature.kind != "drill" or circle is None or feature.region.islands:
        return None
    return circle[2] if circle[2] < WIDEST_DRILL else None


def colour(spec: LayerSpec) -> int:
    """AutoCAD colour index of a layer: a family of hues an operation, a hue a depth or diameter.

    A pure function of the layer, so that the same layer has the same colour in every file. All are legible on
    a white and on a black background; the far side has the pale version of its hue.
    """
    if spec.operation in _COLOURS:
        return _COLOURS[spec.operation]
    hues = _HUES[spec.operation]
    return hues[int(spec.diameter or spec.depth or 0) % len(hues)] + (1 if spec.side == "bottom" else 0)


_COLOURS: Mapping[str, int] = MappingProxyType(
    {
        "cut": 1,
        "cut-outside": 1,
        "cut-inside": 3,
        "engrave": 4,
        "sheet": 8,
        "labels": 7,
        "notes": 9,
        "offcut": 42,
    }
)
_HUES: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {"pocket": (150, 200, 140, 220, 190, 210), "drill": (30, 20, 32, 22, 34)}  # blue to pink; orange
)


def sheet_colour(red: int, green: int, blue: int) -> int:
    """The colour of AutoCAD's table nearest to a material's, 0 to 255 each, darkened to be legible on white.

    None that means an operation.
    """
    taken = {*_COLOURS.values(), *(hue + far for hues in _HUES.values() for hue in hues for far in (0, 1))}
    wanted = (SHADE * red, SHADE * green, SHADE * blue)
    free = (aci for aci in range(10, 256) if aci not in taken)
    return min(free, key=lambda aci: sum((a - b) ** 2 for a, b in zip(aci2rgb(aci), wanted, strict=True)))


def _own(spec: LayerSpec) -> str:
    if spec.depth is None:
        return spec.operation.upper()
    side = "BOTTOM-" if spec.side == "bottom" else ""
    drill = f"D{spec.diameter:.1f}-" if spec.diameter is not None else ""
    return f"{side}{spec.operation.upper()}-{drill}{spec.depth:.1f}MM"


def _opendesk(spec: LayerSpec) -> str:
    """As in TOP-CUT-OUTSIDE-18.0MM: every cut names its side."""
    if spec.depth is None:
        return _own(spec)
    return _own(spec) if spec.side == "bottom" else f"TOP-{_own(spec)}"


def _of_wikihouse(match: re.Match[str], thickness: float | None) -> LayerSpec | None:
    if match["side"]:
        return None if thickness is None else LayerSpec(f"cut-{match['side'].lower()}", depth=thickness)  # type: ignore[arg-type]
    return LayerSpec(
        "engrave" if match["operation"] == "LABELS" else "pocket",
        "bottom" if match["bottom"] else "top",
        float(match["depth"]),
    )


def _wikihouse(spec: LayerSpec) -> str:
    """As in 4_ANYTOOL_CUTTHROUGH_OUTSIDE: numbered in the order of work, all else on DONOTCUT."""
    if not spec.cuts:
        return "DONOTCUT"
    bottom = "_BOTTOM" if spec.side == "bottom" else ""
    if spec.operation in ("cut", "cut-outside"):
        return "4_ANYTOOL_CUTTHROUGH_OUTSIDE"
    if spec.operation == "cut-inside":
        return "3_ANYTOOL_CUTTHROUGH_INSIDE"
    if spec.operation == "engrave":
        return f"1_ANYTOOL_{spec.depth:g}MMDEEP_LABELS{bottom}"
    return f"5_ANYTOOL_{spec.depth:g}MMDEEP_INSIDE{bottom}"
