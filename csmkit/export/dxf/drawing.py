# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A DXF of any program: closed outlines and open paths by layer, texts, in mm.

`dxf_read` measures files of our own and refuses whatever such a file must not hold; this reader takes what
other people's programs write.
"""

from __future__ import annotations

import io
import logging
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType

import ezdxf
from ezdxf import recover
from ezdxf.document import Drawing as Document
from ezdxf.entities import DXFGraphic, Insert, MText, Text
from ezdxf.lldxf.const import DXFError
from ezdxf.lldxf.tagger import binary_tags_loader

from csmkit.errors import CsmError
from csmkit.export.dxf.chain import Chains, OpenPath, chained
from csmkit.export.dxf.curves import OutOfPlane, Path, is_curve, path_of
from csmkit.model.lengths import MM, Unit
from csmkit.model.outline import Outline, Point

INSUNITS: Mapping[int, Unit] = MappingProxyType({1: "in", 2: "ft", 4: "mm", 5: "cm", 6: "m"})
DEEPEST = 16  # blocks within blocks; more is a block that holds itself
MOST = 100_000  # entities, blocks taken apart: far above any part, below what fills the memory

_BINARY = b"AutoCAD Binary DXF\r\n\x1a\x00"
_BROKEN = (  # ezdxf leaves what is broken in a file to Python's own errors in places
    *(ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError, OSError),
)
_QUIET = frozenset(  # never an outline: not worth a word
    [
        *("TEXT", "MTEXT", "ATTRIB", "ATTDEF", "HATCH", "POINT", "SOLID", "TRACE", "SHAPE", "XLINE", "RAY"),
        *("DIMENSION", "ARC_DIMENSION", "LARGE_RADIAL_DIMENSION", "TOLERANCE", "LEADER", "MULTILEADER"),
        *("MLEADER", "ACAD_TABLE", "VIEWPORT", "WIPEOUT", "IMAGE"),
    ]
)


@dataclass(frozen=True)
class DrawingText:
    """A text of a drawing, in one line, with the point that it is anchored to, mm."""

    layer: str
    text: str
    place: Point


@dataclass(frozen=True)
class Drawing:
    """What a DXF shows in its model space, mm."""

    outlines: Mapping[str, tuple[Outline, ...]]  # layer -> closed outlines, counter-clockwise
    open_paths: Mapping[str, tuple[OpenPath, ...]]  # layer -> what doesn't close
    texts: tuple[DrawingText, ...]
    unit: Unit  # of the file
    remarks: tuple[str, ...]  # gaps closed, lines drawn twice, entities that aren't read


def read_drawing(data: bytes, name: str, unit: Unit | None = None) -> Drawing:
    """Read a DXF of R12 or later, text or binary, in any code page.

    Polylines with bulges, lines, arcs, circles, ellipses and splines (as arcs within 0.01 mm), in blocks too.
    Lines and arcs of one layer that meet within 0.05 mm are joined. What lies on layers that are off or
    frozen is not read.

    Args:
        data: the file.
        name: what errors call it.
        unit: of its coordinates; by default what the file says ($INSUNITS, or $MEASUREMENT = metric for mm).
    Raises: CsmError: it is no DXF, is cut off, tells no unit, or holds curves out of its plane.
    """
    with _quiet():
        return _read(data, name, unit)


def _read(data: bytes, name: str, unit: Unit | None) -> Drawing:
    document, faults = _load(data, name)
    unit = unit or _unit(document, name)
    paths: dict[str, list[Path]] = {}
    texts: list[DrawingText] = []
    ignored: Counter[str] = Counter()
    hidden = {layer.dxf.name.lower() for layer in document.layers if layer.is_off() or layer.is_frozen()}
    hidden.add("defpoints")  # of dimensions: on no print
    for count, (entity, layer) in enumerate(_entities(document.modelspace(), name)):
        if count >= MOST:
            raise CsmError(f"holds more than {MOST} entities", kit=name, remedy="save one part a file")
        if layer.lower() in hidden or _is_invisible(entity):
            ignored[f"on hidden layer {layer!r}"] += 1
        elif is_curve(entity):
            path = _path(entity, layer, MM[unit], name)
            if path:
                paths.setdefault(layer, []).append(path)
        elif isinstance(entity, Text | MText):
            texts.append(_text(entity, layer, MM[unit]))
        elif entity.dxftype() not in _QUIET:
            ignored[entity.dxftype()] += 1
    chains = {layer: chained(found) for layer, found in paths.items()}
    return Drawing(
        {layer: c.outlines for layer, c in chains.items() if c.outlines},
        {layer: c.open for layer, c in chains.items() if c.open},
        tuple(texts),
        unit,
        (*faults, *_remarks(chains), *(f"not read: {n} × {what}" for what, n in sorted(ignored.items()))),
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """ezdxf logs what it mends, and a program without a log would print it: remarks tell what matters."""
    logger = logging.getLogger("ezdxf")
    before = logger.disabled
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = before


def _load(data: bytes, name: str) -> tuple[Document, list[str]]:
    """The document and what was wrong with the file."""
    if data[:4] == b"AC10":
        raise CsmError("is a DWG, not a DXF", kit=name, remedy="save it as DXF")
    if not data.startswith(_BINARY) and b"EOF" not in data[-200:]:
        raise CsmError(
            "is no DXF, or is cut off: its end is missing", kit=name, remedy="save or copy it again"
        )
    try:
        if data.startswith(_BINARY):
            document = Document.load(binary_tags_loader(data))
            auditor = document.audit()
        else:
            document, auditor = recover.read(io.BytesIO(data))
        document.modelspace()
    except (DXFError, *_BROKEN) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise CsmError(f"can't be read as a DXF: {reason[:200]}", kit=name, remedy="save it again") from error
    faults = [" ".join(fault.message.split())[:120] for fault in auditor.errors]
    return document, [f"{len(faults)} faults in the file, first: {faults[0]}"] if faults else []


def _unit(document: Document, name: str) -> Unit:
    code = document.header.get("$INSUNITS", 0) or 0
    if code in INSUNITS:
        return INSUNITS[code]
    if code == 0 and document.header.get("$MEASUREMENT", 0) == 1:
        return "mm"
    said = f"$INSUNITS = {code} is no unit that parts are drawn in" if code else "tells no unit"
    raise CsmError(
        said,
        kit=name,
        remedy="set the drawing's units to millimetres and save it as DXF R2000 or later; csm cut also takes "
        "--unit mm, or a parts.csv beside it with the columns file and unit",
    )


def _entities(
    space: Iterator[DXFGraphic], name: str, outer: str = "", depth: int = 0
) -> Iterator[tuple[DXFGraphic, str]]:
    """Entities with their layers; blocks taken apart, where layer 0 means that of the block's reference."""
    if depth > DEEPEST:
        raise CsmError(f"blocks lie {DEEPEST} deep within one another", kit=name, remedy="explode them")
    for entity in space:
        layer = entity.dxf.layer if entity.dxf.is_supported("layer") else "0"
        layer = outer if outer and layer == "0" else layer
        if not isinstance(entity, Insert):
            yield entity, layer
            continue
        for single in entity.multi_insert() if entity.mcount > 1 else [entity]:
            yield from _entities(single.virtual_entities(), name, layer, depth + 1)
            for attrib in single.attribs:
                yield attrib, attrib.dxf.layer


def _is_invisible(entity: DXFGraphic) -> bool:
    return bool(entity.dxf.is_supported("invisible") and entity.dxf.invisible)


def _path(entity: DXFGraphic, layer: str, scale: float, name: str) -> Path:
    try:
        return path_of(entity, scale)
    except OutOfPlane:
        problem, remedy = "lies out of the drawing's plane", "draw it flat, seen from above"
    except (DXFError, *_BROKEN) as error:
        problem, remedy = f"makes no curve ({' '.join(str(error).split())})", "draw it again"
    raise CsmError(f"{entity.dxftype()} on layer {layer!r} {problem}", kit=name, remedy=remedy)


def _text(entity: Text | MText, layer: str, scale: float) -> DrawingText:
    text = " ".join(ezdxf.decode_dxf_unicode(entity.plain_text()).split())
    place = entity.dxf.get("align_point") if isinstance(entity, Text) else None
    place = place if place is not None else entity.dxf.insert
    return DrawingText(layer, text, (place.x * scale, place.y * scale))


def _remarks(chains: Mapping[str, Chains]) -> Iterator[str]:
    for layer, found in chains.items():
        if found.closed:
            (x, y), _ = found.closed[0]
            widest = max(gap for _, gap in found.closed)
            many = f"{len(found.closed)} gaps" if len(found.closed) > 1 else "a gap"
            yield f"layer {layer!r}: {many} of up to {widest:.3f} mm closed, first at ({x:.2f}, {y:.2f})"
        if found.doubles:
            yield f"layer {layer!r}: {found.doubles} drawn twice, taken once"
