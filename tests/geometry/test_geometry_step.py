# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""STEP files: read back, they hold the same solids; written again, they are the same bytes."""

import pytest
from build123d import Box, Cylinder, import_step

from csmkit.geometry.measure import volume
from csmkit.geometry.shape import from_brep, to_brep, topods
from csmkit.geometry.step import Item, step_assembly, step_part
from csmkit.model import Pose

PLATE = topods(Box(40, 20, 3) - Cylinder(2, 10))
PIN = topods(Cylinder(4, 8).moved(Box(1, 1, 1).location))
ITEMS = [
    Item("Seitenwand ü", PLATE, (Pose(), Pose.at(30, 0, 50, rz=45)), (0.8, 0.7, 0.5)),
    Item("pin", PIN, (Pose.at(0, 0, 5),), (0.5, 0.5, 0.5)),
]


def read(data, tmp_path):
    file = tmp_path / "read.step"
    file.write_bytes(data)
    return import_step(file)


def test_an_assembly_read_back_has_every_instance_with_its_volume_and_place(tmp_path):
    found = read(step_assembly("kit", ITEMS), tmp_path)
    assert len(found.solids()) == 3
    assert found.volume == pytest.approx(2 * volume(PLATE) + volume(PIN), rel=1e-9)
    assert sorted(round(s.center().Z, 3) for s in found.solids()) == pytest.approx([0, 5, 50], abs=1e-3)
    assert {c.label for c in found.children} >= {"Seitenwand_ü", "pin"}


def test_files_repeat_whatever_the_process_wrote_before():
    first, part = step_assembly("kit", ITEMS), step_part("pin", PIN)
    step_part("Seitenwand ü", PLATE)
    assert step_assembly("kit", ITEMS) == first
    assert step_part("pin", PIN) == part


def test_a_part_keeps_its_volume_and_its_place_and_bears_no_clock(tmp_path):
    data = step_part("plate; it's 3 mm", PLATE)
    assert read(data, tmp_path).volume == pytest.approx(volume(PLATE), rel=1e-9)
    assert b"1980-01-01T00:00:00" in data
    assert b"translator" not in data


def test_items_of_one_colour_are_written_alike_wherever_they_lie_in_memory():
    def written():
        boxes = [from_brep(to_brep(Box(n + 1, 20, 3))) for n in range(12)]
        items = [
            Item(f"box {n}", box, (Pose.at(0, 0, 5 * n),), (0.5, 0.5, 0.5)) for n, box in enumerate(boxes)
        ]
        return step_assembly("kit", items)

    kept = [written() for _ in range(6)]
    assert len(set(kept)) == 1
    assert kept[0].count(b"COLOUR_RGB") == 1
