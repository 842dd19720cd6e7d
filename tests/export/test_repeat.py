# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Every writer gives the same bytes whatever the hash seed, the zone, the locale and the folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import hashlib, locale, sys
locale.setlocale(locale.LC_ALL, "")
sys.path.insert(0, sys.argv[1])
import export_samples as samples
import test_mesh
import test_exploded
import test_step
import test_viewer
from csmkit.export.nested import NestedSheet
from csmkit.export.dxf.write import flat_dxf, sheet_dxf
from csmkit.export.explode.exploded import exploded
from csmkit.export.glb import glb
from csmkit.export.mesh import stl, threemf
from csmkit.export.picture import line_picture
from csmkit.export.pieces import as_instances
from csmkit.export.step import assembly_step, part_step
from csmkit.export.svg.bars import bars_svg
from csmkit.export.svg.flat import flat_svg
from csmkit.export.svg.sheet import sheet_svg
from csmkit.model.pose import Pose
part, plan, items, stock = samples.part("側板 ü"), samples.nesting(), samples.items(True), samples.stock()
written = {
    "flat.dxf": flat_dxf(part),
    "sheet.dxf": sheet_dxf(NestedSheet(plan, 1, items, stock), samples.SHEET),
    "turned.dxf": sheet_dxf(NestedSheet(plan, 1, items, stock), samples.SHEET, turned=True),
    "flat.svg": flat_svg(part),
    "sheet.svg": sheet_svg(NestedSheet(plan, 1, items, stock)),
    "bars.svg": bars_svg(*samples.bars()),
    "ring.stl": stl(test_mesh.ring()),
    "ring.3mf": threemf([("ring", test_mesh.ring())]),
    "rings.glb": glb("kit", [test_mesh.instance("ring", Pose(), Pose.at(1, 2, 3, rx=30))]),
    "part.step": part_step("plate", test_step.pieces()[0].shape),
    "kit.step": assembly_step("kit", test_step.pieces()),
    "kit.glb": glb("kit", as_instances(test_step.pieces())),
    "viewer.json.gz": test_viewer.packed(test_step.pieces()),
    "apart": repr(exploded(test_exploded.alternator(), test_exploded.EYE)).encode(),
    "assembly.svg": line_picture("kit", test_step.pieces()),
}
for name, data in written.items():
    print(name, hashlib.sha256(data).hexdigest())
"""


def test_bytes_depend_on_the_input_alone(tmp_path: Path) -> None:
    here = Path(__file__).parent
    seen = set()
    for seed, zone, language in (("1", "UTC", "C"), ("2", "Asia/Kathmandu", "C.UTF-8")):
        folder = tmp_path / f"{seed} ü"
        folder.mkdir()
        surroundings = {
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "LC_ALL": language,
            "PYTHONPATH": str(here.parents[1]),
        }
        run = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(here)],
            cwd=folder, env=os.environ | surroundings, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert run.stdout.count("\n") == 15
        seen.add(run.stdout)
    assert len(seen) == 1
