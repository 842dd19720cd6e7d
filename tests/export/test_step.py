# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""STEP and GLB of an assembly hold each piece once, in all its places, with its name and volume."""

from __future__ import annotations

import io
import re

import export_samples as samples
import pytest
import trimesh
from OCP.Bnd import Bnd_Box
from OCP.BRepBndLib import BRepBndLib
from OCP.STEPControl import STEPControl_Reader

from csmkit.export.finish import BOUGHT, finish_of
from csmkit.export.glb import glb
from csmkit.export.mesh import stl, threemf
from csmkit.export.pieces import Piece, as_instances
from csmkit.export.step import assembly_step, part_step
from csmkit.geometry.measure import volume
from csmkit.geometry.mesh import mesh
from csmkit.geometry.prism import prism
from csmkit.geometry.shape import solids, topods
from csmkit.model.outline import Outline, Region
from csmkit.model.pose import Pose

PLATE = Region(samples.rounded(0, 0, 300, 200, 30), (Outline.circle(150, 100, 60),))
VOLUME = PLATE.area * 12


def pieces() -> list[Piece]:
    plate = topods(prism(PLATE, 12))
    pin = topods(prism(Outline.circle(0, 0, 10), 80))
    return [
        Piece("Platte ü", plate, (Pose(), Pose.at(0, 0, 200)), finish_of("birch-ply")),
        Piece("pin", pin, tuple(Pose.at(x, 50, 12, ry=15) for x in (60, 240, 150)), BOUGHT),
    ]


def read(data: bytes) -> tuple[float, tuple[float, ...], int]:
    """Volume, box and number of solids as the kernel's plain reader finds them."""
    reader = STEPControl_Reader()
    assert reader.ReadStream("kit.step", io.BytesIO(data)).name == "IFSelect_RetDone"
    reader.TransferRoots()
    shape = reader.OneShape()

    box = Bnd_Box()
    BRepBndLib.AddOptimal_s(shape, box)
    return volume(shape), box.Get(), len(solids(shape))


def test_a_part_keeps_its_volume_and_box_through_step() -> None:
    data = part_step("plate", pieces()[0].shape, finish_of("birch-ply"))
    held, box, count = read(data)
    assert held == pytest.approx(VOLUME, rel=1e-9)
    assert box == pytest.approx((0, 0, 0, 300, 200, 12), abs=1e-3)
    assert count == 1


def test_an_assembly_holds_every_piece_in_its_place() -> None:
    held, box, count = read(assembly_step("kit", pieces()))
    pin = Outline.circle(0, 0, 10).area * 80
    assert held == pytest.approx(2 * VOLUME + 3 * pin, rel=1e-9)
    assert count == 5
    assert box[5] == pytest.approx(212, abs=1e-3)


def test_a_shape_with_many_places_is_written_once() -> None:
    data = assembly_step("kit", pieces()).decode()
    assert data.count("MANIFOLD_SOLID_BREP(") == 2
    assert len(re.findall(r"NEXT_ASSEMBLY_USAGE_OCCURRENCE\(", data)) == 5


def test_step_bears_names_and_no_clock() -> None:
    data = assembly_step("kit", pieces()).decode()
    assert "'pin 3'" in data
    assert "1980-01-01" in data
    assert not re.search(r"20[2-9]\d-\d\d-\d\d", data)
    assert data == assembly_step("kit", pieces()).decode()


def test_a_glb_of_solids_keeps_volume_and_box() -> None:
    scene = trimesh.load(io.BytesIO(glb("kit", as_instances(pieces(), 0.01))), file_type="glb")
    low, high = scene.bounds * 1000
    assert low == pytest.approx([0, 0, -200], abs=0.02)
    assert high == pytest.approx([300, 212, 0], abs=0.02)
    merged = scene.to_mesh()
    merged.merge_vertices(merge_norm=True, merge_tex=True)
    pin = Outline.circle(0, 0, 10).area * 80
    assert merged.volume * 1e9 == pytest.approx(2 * VOLUME + 3 * pin, rel=5e-3)


def test_an_stl_and_a_3mf_of_a_solid_are_closed() -> None:
    body = mesh(pieces()[0].shape)
    for data, kind in ((stl(body), "stl"), (threemf([("plate", body)]), "3mf")):
        loaded = trimesh.load(io.BytesIO(data), file_type=kind)
        found = loaded if isinstance(loaded, trimesh.Trimesh) else loaded.to_mesh()
        found.merge_vertices()
        assert found.is_watertight
        assert found.volume == pytest.approx(VOLUME, rel=5e-3)
