# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a written DXF holds: outlines by layer, so that a check measures the file and not the plan."""

from __future__ import annotations

import io
from dataclasses import dataclass

import ezdxf
from ezdxf.document import Drawing
from ezdxf.entities import Circle, DXFGraphic, LWPolyline, Text
from ezdxf.lldxf.const import DXFError

from csmkit.errors import CsmError
from csmkit.export.dxf.layers import find_layer
from csmkit.model.outline import Outline, Point


@dataclass(frozen=True)
class WrittenText:
    """A text of a DXF with the middle of its line, mm."""

    layer: str
    text: str
    middle: Point


def read_outlines(data: bytes) -> dict[str, tuple[Outline, ...]]:
    """Closed outlines and circles of a DXF.

    Args:
        data: a file in millimetres with closed LWPOLYLINEs, CIRCLEs and TEXTs in its model space.
    Returns: layer → outlines in the file's order, mm, counter-clockwise; circles as two half arcs. Layers
        without outlines are left out, as engraved lines are.
    Raises: CsmError: it can't be read, has another unit, or holds what a cutting file must not.
    """
    found: dict[str, list[Outline]] = {}
    for entity in _load(data).modelspace():
        if not isinstance(entity, Text) and not _is_engraved(entity):
            found.setdefault(entity.dxf.layer, []).append(_outline(entity))
    return {layer: tuple(outlines) for layer, outlines in found.items()}


def read_texts(data: bytes) -> tuple[WrittenText, ...]:
    """Texts of a DXF, in the file's order. Raises: CsmError: it can't be read or has another unit."""
    texts = (entity for entity in _load(data).modelspace() if isinstance(entity, Text))
    return tuple(
        WrittenText(
            t.dxf.layer, ezdxf.decode_dxf_unicode(t.dxf.text), (t.dxf.align_point.x, t.dxf.align_point.y)
        )
        for t in texts
    )


def _load(data: bytes) -> Drawing:
    try:
        document = ezdxf.read(io.StringIO(data.decode("cp1252")))
    except (DXFError, UnicodeDecodeError, OSError) as error:
        raise CsmError(f"DXF can't be read: {error}") from error
    if document.header.get("$INSUNITS") != 4:
        raise CsmError(f"DXF has $INSUNITS = {document.header.get('$INSUNITS')}, not 4 (millimetres)")
    return document


def _is_engraved(entity: DXFGraphic) -> bool:
    """Lines that a cutter follows are no outlines."""
    spec = find_layer(entity.dxf.layer)
    return spec is not None and spec.operation == "engrave"


def _outline(entity: DXFGraphic) -> Outline:
    if isinstance(entity, Circle):
        return Outline.circle(entity.dxf.center.x, entity.dxf.center.y, 2 * entity.dxf.radius)
    if isinstance(entity, LWPolyline) and entity.closed:
        vertices = entity.get_points("xyb")
        return Outline(tuple((x, y, bulge) for x, y, bulge in vertices)).counter_clockwise()
    kind = "open LWPOLYLINE" if isinstance(entity, LWPolyline) else entity.dxftype()
    raise CsmError(
        f"DXF holds an entity {kind} on layer {entity.dxf.layer!r}", remedy="cut from closed outlines"
    )
