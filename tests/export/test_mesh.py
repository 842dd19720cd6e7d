# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Meshes keep volume, place and name through STL, 3MF and GLB, as other programs read them."""

from __future__ import annotations

import io
import json
import re
import struct
import subprocess
import zipfile
from pathlib import Path

import lib3mf
import numpy as np
import pytest
import trimesh

from csmkit.catalog.tables import materials
from csmkit.export.finish import BOUGHT, Finish, finish_of
from csmkit.export.glb import Instance, glb
from csmkit.export.mesh import stl, threemf
from csmkit.model.pose import Pose


def ring() -> trimesh.Trimesh:
    """A ring of 10 mm height, off the origin: 9 mm inside, 20 mm outside."""
    body = trimesh.creation.annulus(r_min=9, r_max=20, height=10, sections=48)
    body.apply_translation([100, 50, -20])
    return body


def instance(name: str, *poses: Pose, finish: Finish = BOUGHT, normals: bool = False) -> Instance:
    body = ring()
    return Instance(name, body.vertices, body.faces, body.vertex_normals if normals else None, finish, poses)


def test_an_stl_reads_back_closed_and_with_its_volume() -> None:
    read = trimesh.load_mesh(io.BytesIO(stl(ring())), file_type="stl")
    assert read.is_watertight
    assert read.volume == pytest.approx(ring().volume, rel=1e-6)
    assert read.bounds == pytest.approx(ring().bounds, abs=1e-4)


def test_stl_normals_point_outwards_and_have_length_one() -> None:
    data = stl(ring())
    count = struct.unpack("<I", data[80:84])[0]
    assert len(data) == 84 + 50 * count
    assert count == len(ring().faces)
    first = np.frombuffer(data, "<f4", 3, 84)
    assert first == pytest.approx(ring().face_normals[0], abs=1e-5)


def test_a_binary_stl_does_not_look_like_text() -> None:
    assert not stl(ring()).startswith(b"solid")


@pytest.mark.needs("admesh", package="admesh")
def test_admesh_finds_no_fault_in_an_stl(tmp_path: Path) -> None:
    path = tmp_path / "ring.stl"
    path.write_bytes(stl(ring()))
    run = subprocess.run(["admesh", str(path)], capture_output=True, text=True, check=True, cwd=tmp_path)
    volume = re.search(r"Volume\s*:\s*([\d.]+)", run.stdout)
    assert volume is not None
    assert float(volume[1]) == pytest.approx(ring().volume, rel=1e-4)
    names = "Degenerate facets|Edges fixed|Facets (?:removed|added|reversed)|Backwards edges|Normals fixed"
    faults = dict(re.findall(rf"({names})\s*:\s*(\d+)", run.stdout))
    assert len(faults) == 7
    assert set(faults.values()) == {"0"}


def test_a_3mf_is_valid_to_the_consortiums_reader() -> None:
    model = lib3mf.get_wrapper().CreateModel()
    reader = model.QueryReader("3mf")
    reader.SetStrictModeActive(True)
    reader.ReadFromBuffer(list(threemf([("ring <&> 環", ring()), ("second", ring())])))
    assert reader.GetWarningCount() == 0
    objects = model.GetMeshObjects()
    names = []
    while objects.MoveNext():
        mesh = objects.GetCurrentMeshObject()
        assert mesh.IsManifoldAndOriented()
        assert mesh.GetTriangleCount() == len(ring().faces)
        names.append(mesh.GetName())
    assert names == ["ring <&> 環", "second"]
    assert model.GetUnit() == lib3mf.ModelUnit.MilliMeter


def test_a_3mf_keeps_the_volume() -> None:
    scene = trimesh.load(io.BytesIO(threemf([("ring", ring())])), file_type="3mf")
    assert scene.to_mesh().volume == pytest.approx(ring().volume, rel=1e-6)


def test_a_3mf_carries_no_date() -> None:
    with zipfile.ZipFile(io.BytesIO(threemf([("ring", ring())]))) as package:
        assert {i.date_time for i in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_assembly_stands_in_metres_with_y_up() -> None:
    poses = (Pose(), Pose.at(500, 0, 300, rz=90), Pose.at(-20, 40, 0, rx=35, ry=20))
    scene = trimesh.load(io.BytesIO(glb("kit", [instance("ring", *poses, normals=True)])), file_type="glb")
    placed = [ring().apply_transform(np.vstack([np.array(p.rows), [0, 0, 0, 1]])) for p in poses]
    low = np.min([m.bounds[0] for m in placed], axis=0) / 1000
    high = np.max([m.bounds[1] for m in placed], axis=0) / 1000
    meant = [[low[0], low[2], -high[1]], [high[0], high[2], -low[1]]]
    assert scene.bounds == pytest.approx(np.array(meant), abs=1e-6)
    assert scene.to_mesh().volume == pytest.approx(3 * ring().volume * 1e-9, rel=1e-5)


def content(data: bytes) -> dict:
    magic, version, length, size, kind = struct.unpack("<IIIII", data[:20])
    assert (magic, version, length, kind) == (0x46546C67, 2, len(data), 0x4E4F534A)
    return json.loads(data[20 : 20 + size])


def test_equal_pieces_share_one_mesh() -> None:
    poses = tuple(Pose.at(x=50.0 * i) for i in range(40))
    one = glb("kit", [instance("bolt", Pose())])
    many = glb("kit", [instance("bolt", *poses)])
    assert len(content(many)["meshes"]) == 1
    assert [n["name"] for n in content(many)["nodes"]][1:] == [f"bolt {i}" for i in range(1, 41)]
    assert len(many) - len(one) < 40 * 80


def test_a_name_and_a_colour_reach_the_file() -> None:
    data = glb(
        "Anhänger", [instance("側板", Pose(), finish=finish_of("birch-ply")), instance("bolt", Pose())]
    )
    described = content(data)
    assert described["nodes"][0]["name"] == "Anhänger"
    assert described["nodes"][1]["name"] == "側板"
    assert len(described["materials"]) == 2
    used = {described["materials"][m["primitives"][0]["material"]]["name"] for m in described["meshes"]}
    assert used == {finish_of("birch-ply").colour, BOUGHT.colour}


def test_every_stretch_of_the_buffer_is_aligned_and_inside() -> None:
    data = glb("kit", [instance("a", Pose(), normals=True), instance("b", Pose())])
    described = content(data)
    size = described["buffers"][0]["byteLength"]
    for accessor in described["accessors"]:
        view = described["bufferViews"][accessor["bufferView"]]
        assert view["byteOffset"] % 4 == 0
        assert view["byteOffset"] + view["byteLength"] <= size
    positions = [
        described["accessors"][m["primitives"][0]["attributes"]["POSITION"]] for m in described["meshes"]
    ]
    for accessor in positions:
        assert accessor["min"] == pytest.approx(list(ring().bounds[0] / 1000), abs=1e-7)


@pytest.mark.parametrize(("count", "component"), [(65_534, 5123), (65_536, 5125)])
def test_indices_are_wide_enough_for_the_vertices(count: int, component: int) -> None:
    vertices = np.column_stack([np.arange(count), np.arange(count) % 2, np.zeros(count)])
    strip = Instance("strip", vertices, np.array([[0, 1, count - 1]]), None, BOUGHT, (Pose(),))
    described = content(glb("kit", [strip]))
    index = described["accessors"][described["meshes"][0]["primitives"][0]["indices"]]
    assert index["componentType"] == component
    scene = trimesh.load(io.BytesIO(glb("kit", [strip])), file_type="glb")
    assert scene.bounds[1][0] == pytest.approx((count - 1) / 1000)


def test_an_assembly_of_nothing_is_still_a_file() -> None:
    assert content(glb("empty", [])) == {
        "asset": {"version": "2.0", "generator": "csmkit"},
        "scene": 0,
        "scenes": [{}],
    }


@pytest.mark.parametrize(
    ("material", "same"),
    [
        ("birch-ply-film", False),
        ("birch-ply", True),
        ("poplar-ply", False),
        ("steel-s235", False),
        ("unobtainium", False),
    ],
)
def test_materials_look_apart(material: str, same: bool) -> None:
    assert (finish_of(material) == finish_of("birch-ply")) is same


def test_every_material_of_the_catalog_has_a_look_of_its_own() -> None:
    assert materials()
    assert not [m.key for m in materials() if finish_of(m.key) == BOUGHT]
