# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""GLB of an assembly: one mesh a unique part, one node a piece. Metres and y up, as glTF has it."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csmkit.export.finish import Finish
from csmkit.model.pose import Pose

_MM = 1e-3  # metres
_FLOAT, _SHORT, _LONG = 5126, 5123, 5125  # glTF's component types
_VERTICES, _INDICES = 34962, 34963  # glTF's buffer targets


@dataclass(frozen=True)
class Instance:
    """A unique part with its places.

    Args:
        name: names the nodes: "side 1", "side 2".
        vertices: (n, 3), mm, in the part's own frame.
        triangles: (m, 3) indices, counter-clockwise from outside.
        normals: (n, 3) unit normals, or None for flat shading.
        finish: how it looks.
        poses: its places in the assembly.
    """

    name: str
    vertices: NDArray[np.floating[Any]]
    triangles: NDArray[np.integer[Any]]
    normals: NDArray[np.floating[Any]] | None
    finish: Finish
    poses: tuple[Pose, ...]


def glb(name: str, instances: Sequence[Instance]) -> bytes:
    """A binary glTF of an assembly.

    Args:
        name: the kit's name, for the root node.
        instances: unique parts with their places; mm, z up.
    Returns: the file: vertices in metres, the root node turns z up to y up.
    Source: glTF 2.0, Khronos Group 2021.
    """
    buffer = _Buffer()
    finishes = sorted({i.finish for i in instances}, key=lambda f: (f.colour, f.metallic, f.roughness))
    meshes = [
        {"name": i.name, "primitives": [_primitive(buffer, i, finishes.index(i.finish))]} for i in instances
    ]
    nodes = [
        {"name": _node_name(instance, copy), "mesh": index, **_place(pose)}
        for index, instance in enumerate(instances)
        for copy, pose in enumerate(instance.poses, start=1)
    ]
    half = round(0.5**0.5, 9)
    root = {"name": name, "rotation": [-half, 0, 0, half], "children": list(range(1, len(nodes) + 1))}
    content = {
        "asset": {"version": "2.0", "generator": "csmkit"},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [root, *nodes],
        "meshes": meshes,
        "materials": [_material(f) for f in finishes],
        "accessors": buffer.accessors,
        "bufferViews": buffer.views,
        "buffers": [{"byteLength": len(buffer.data)}],
    }
    if not nodes:
        content = {"asset": content["asset"], "scene": 0, "scenes": [{}]}
    return _container(content, bytes(buffer.data))


class _Buffer:
    """The binary chunk as it grows, with what glTF says of its stretches."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.views: list[dict[str, int]] = []
        self.accessors: list[dict[str, object]] = []

    def add(self, array: NDArray[Any], kind: str, component: int, target: int, box: bool = False) -> int:
        """Append an array; returns the index of its accessor."""
        raw = array.tobytes()
        self.views.append(
            {"buffer": 0, "byteOffset": len(self.data), "byteLength": len(raw), "target": target}
        )
        accessor: dict[str, object] = {
            "bufferView": len(self.views) - 1,
            "componentType": component,
            "count": len(array),
            "type": kind,
        }
        if box:
            accessor |= {"min": array.min(axis=0).tolist(), "max": array.max(axis=0).tolist()}
        self.accessors.append(accessor)
        self.data += raw.ljust(-(-len(raw) // 4) * 4, b"\0")
        return len(self.accessors) - 1


def _primitive(buffer: _Buffer, instance: Instance, material: int) -> dict[str, object]:
    vertices = (np.asarray(instance.vertices, dtype=np.float64) * _MM).astype("<f4")
    indices = np.asarray(instance.triangles).astype("<u4").ravel()
    attributes = {"POSITION": buffer.add(vertices, "VEC3", _FLOAT, _VERTICES, box=True)}
    if instance.normals is not None:
        attributes["NORMAL"] = buffer.add(_unit(instance.normals), "VEC3", _FLOAT, _VERTICES)
    if len(vertices) < 65535:
        index = buffer.add(indices.astype("<u2"), "SCALAR", _SHORT, _INDICES)
    else:
        index = buffer.add(indices, "SCALAR", _LONG, _INDICES)
    return {"attributes": attributes, "indices": index, "material": material}


def _unit(normals: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
    """Normals of length 1 as glTF demands; z for those without a direction."""
    wide = np.asarray(normals, dtype=np.float64)
    length = np.linalg.norm(wide, axis=1, keepdims=True)
    unit = np.where(length > 0, wide / np.where(length > 0, length, 1), [0.0, 0.0, 1.0])
    return np.asarray(unit, dtype="<f4")


def _place(pose: Pose) -> dict[str, list[float]]:
    """A node's transformation: column by column, or the shift alone where nothing is turned."""
    shift = [round(row[3] * _MM, 9) + 0.0 for row in pose.rows]
    turn = [[round(pose.rows[i][j], 12) + 0.0 for i in range(3)] for j in range(3)]
    if turn == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]:
        return {"translation": shift} if any(shift) else {}
    columns = [value for column in turn for value in (*column, 0.0)]
    return {"matrix": [*columns, *shift, 1.0]}


def _material(finish: Finish) -> dict[str, object]:
    return {
        "name": finish.colour,
        "pbrMetallicRoughness": {
            "baseColorFactor": [*(round(_linear(c), 4) for c in finish.rgb), 1],
            "metallicFactor": finish.metallic,
            "roughnessFactor": finish.roughness,
        },
    }


def _linear(c: float) -> float:
    """sRGB to linear light, IEC 61966-2-1."""
    return c / 12.92 if c <= 0.04045 else float(((c + 0.055) / 1.055) ** 2.4)


def _node_name(instance: Instance, copy: int) -> str:
    return instance.name if len(instance.poses) == 1 else f"{instance.name} {copy}"


def _container(content: Mapping[str, object], binary: bytes) -> bytes:
    """Header and chunks of a GLB, each padded to four bytes."""
    text = json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()
    text = text.ljust(-(-len(text) // 4) * 4, b" ")
    chunks = struct.pack("<II", len(text), 0x4E4F534A) + text
    if binary:
        chunks += struct.pack("<II", len(binary), 0x004E4942) + binary
    return struct.pack("<III", 0x46546C67, 2, 12 + len(chunks)) + chunks
