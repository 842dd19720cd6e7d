# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Triangle meshes of single parts: STL for everything, 3MF for what is printed. Millimetres."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from csmkit.export.archive import zip_bytes
from csmkit.export.svg.document import attribute, number

_HEADER = b"binary STL, mm"  # must not begin with "solid", which marks the text format
_RECORD = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("attributes", "<u2")])
_DIGITS = 5  # decimals of a coordinate: 10 nm, finer than the 32 bits of an STL

_CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="model" ContentType="application/vnd.ms-package.3dmanufacturing-3dmodel+xml"/>'
    "</Types>\n"
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="model" Target="/3D/3dmodel.model"'
    ' Type="http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel"/></Relationships>\n'
)


class Mesh(Protocol):
    """A triangle mesh, such as a `trimesh.Trimesh`."""

    @property
    def vertices(self) -> Any:
        """(n, 3) points, mm; a corner that triangles share is one vertex."""

    @property
    def faces(self) -> Any:
        """(m, 3) indices into the vertices, counter-clockwise seen from outside."""


def stl(mesh: Mesh) -> bytes:
    """A binary STL.

    Args:
        mesh: a closed mesh.
    Returns: 84 bytes and 50 for each triangle.
    """
    corners = _corners(mesh)
    records = np.zeros(len(corners), dtype=_RECORD)
    records["corners"] = corners
    records["normal"] = _normals(corners)
    return _HEADER.ljust(80, b" ") + len(records).to_bytes(4, "little") + records.tobytes()


def threemf(parts: Sequence[tuple[str, Mesh]]) -> bytes:
    """A 3MF package with one object a part, side by side as the meshes lie.

    Args:
        parts: names and closed meshes; corners that triangles share must be one vertex.
    Returns: the package; without UUIDs and dates, which the core specification does not ask for.
    Source: 3MF core specification 1.3.
    """
    objects = "".join(_object(i, name, mesh) for i, (name, mesh) in enumerate(parts, start=1))
    items = "".join(f'<item objectid="{i}"/>' for i in range(1, len(parts) + 1))
    model = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<model unit="millimeter" xml:lang="en-US"'
        ' xmlns="http://schemas.microsoft.com/3dmanufacturing/core/2015/02">\n'
        f"<resources>\n{objects}</resources>\n<build>{items}</build>\n</model>\n"
    )
    return zip_bytes(
        {
            "[Content_Types].xml": _CONTENT_TYPES.encode(),
            "_rels/.rels": _RELATIONS.encode(),
            "3D/3dmodel.model": model.encode(),
        }
    )


def _object(key: int, name: str, mesh: Mesh) -> str:
    points = np.asarray(mesh.vertices, dtype=np.float64).tolist()
    triples = np.asarray(mesh.faces, dtype=np.int64).tolist()
    vertices = "".join(
        f'<vertex x="{number(x, _DIGITS)}" y="{number(y, _DIGITS)}" z="{number(z, _DIGITS)}"/>\n'
        for x, y, z in points
    )
    triangles = "".join(f'<triangle v1="{a}" v2="{b}" v3="{c}"/>\n' for a, b, c in triples)
    return (
        f'<object id="{key}" type="model" name={attribute(name)}><mesh>\n'
        f"<vertices>\n{vertices}</vertices>\n<triangles>\n{triangles}</triangles>\n</mesh></object>\n"
    )


def _corners(mesh: Mesh) -> NDArray[np.float64]:
    """(m, 3, 3) corners of the triangles, mm; negative zeros made zero."""
    vertices = np.asarray(mesh.vertices, dtype=np.float64)
    return vertices[np.asarray(mesh.faces, dtype=np.int64)] + 0.0


def _normals(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """(m, 3) unit normals of triangles; zero where a triangle has no area."""
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    length = np.linalg.norm(across, axis=1, keepdims=True)
    return np.divide(across, length, out=np.zeros_like(across), where=length > 0) + 0.0
