# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Running a design: its parameters as a schema, and its kit as plain data and BREP bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping

from csmkit.build import Files
from csmkit.design.decorate import load_design, run_design
from csmkit.design.params import describe
from csmkit.errors import CsmError
from csmkit.export.paths import file_stem
from csmkit.geometry.shape import to_brep
from csmkit.model import (
    Bought,
    BoughtModel,
    Bulk,
    Kit,
    KitModel,
    Limit,
    Param,
    Part,
    PartModel,
    Pose,
    Process,
    Sheet,
    Workshop,
)
from csmkit.model.data import dump, load
from csmkit.model.manifest import ParamValue

USUAL: dict[str, Process] = {"bar": "saw", "print": "print"}


def schema(kit: str, source: Files, workshop: Files) -> Files:
    """params.json: what a maker may set, with the workshop's goods as choices."""
    shop = load(Workshop, workshop["design.json"])
    try:
        params = describe(load_design(kit, source).params, shop)
    except CsmError as error:
        raise error.in_kit(kit) from None
    return {"params.json": dump(params, tuple[Param, ...])}


def model(kit: str, values: Mapping[str, ParamValue], source: Files, workshop: Files) -> Files:
    """model.json with the kit flattened; parts/<file>.brep and .json, bought/<n>.brep beside it."""
    shop = load(Workshop, workshop["design.json"])
    collected = _Collected(kit)
    collected.add(run_design(kit, load_design(kit, source), values, shop), Pose(), "")
    return collected.files()


class _Collected:
    """A kit and the kits within it, as one."""

    def __init__(self, kit: str) -> None:
        self.kit = kit
        self.parts: dict[str, tuple[Part, list[Pose]]] = {}
        self.bought: dict[str, tuple[Bought, list[Pose]]] = {}
        self.bulk: dict[str, Bulk] = {}
        self.limits: list[Limit] = []

    def add(self, kit: Kit, frame: Pose, prefix: str) -> None:
        """Take in a kit that stands at `frame`; the names of its parts begin with `prefix`."""
        for placed in kit.placed:
            poses = [frame * pose for pose in placed.poses]
            if isinstance(placed.item, Kit):
                if not placed.item.name:
                    raise CsmError(
                        "a kit within a kit needs a name", kit=self.kit, remedy='Kit(…, name="hub")'
                    )
                for pose in poses:
                    self.add(placed.item, pose, f"{prefix}{placed.item.name} ")
            elif isinstance(placed.item, Part):
                self._part(placed.item, f"{prefix}{placed.item.name}", poses)
            else:
                self._bought(placed.item, poses)
        for good in kit.bulk:
            have = self.bulk.get(good.key)
            if have is not None and have.unit != good.unit:
                raise CsmError(f"is counted in {have.unit} and in {good.unit}", kit=self.kit, part=good.key)
            amount = good.amount + (have.amount if have else 0)
            self.bulk[good.key] = Bulk(good.standard, good.size, amount, good.unit)
        self.limits += [limit for limit in kit.limits if limit not in self.limits]

    def _part(self, part: Part, name: str, poses: list[Pose]) -> None:
        if not poses:
            raise CsmError("stands nowhere", kit=self.kit, part=name, remedy="give it a pose: .at(pose)")
        if not name.strip() or len(name) > 80:
            raise CsmError(
                f"a part's name has 1 to 80 characters, not {len(name)}", kit=self.kit, part=name[:80]
            )
        known, places = self.parts.setdefault(name, (part, []))
        if known is not part and to_brep(known.shape) != to_brep(part.shape):
            raise CsmError("two different parts have this name", kit=self.kit, part=name, remedy="rename one")
        places += poses

    def _bought(self, item: Bought, poses: list[Pose]) -> None:
        _, places = self.bought.setdefault(item.key, (item, []))
        places += poses

    def files(self) -> Files:
        """Everything as files."""
        files: Files = {}
        parts, names = [], set[str]()
        for name, (part, poses) in self.parts.items():
            file = file_stem(name)
            if file.casefold() in names:
                raise CsmError(
                    "its file would overwrite another part's", kit=self.kit, part=name, remedy="rename it"
                )
            names.add(file.casefold())
            parts.append(self._part_model(part, name, file, poses))
            files[f"parts/{file}.brep"] = self._brep(name, part.shape)
            files[f"parts/{file}.json"] = json.dumps(
                {"form": part.stock.form, "stock": dump(part.stock).decode(), "grain": part.grain}
            ).encode()
        bought = []
        for n, (item, poses) in enumerate(self.bought.values()):
            file = f"bought/{n}.brep" if item.shape is not None else ""
            if file:
                files[file] = self._brep(item.key, item.shape)
            bought.append(BoughtModel(item.standard, item.size, file, tuple(poses)))
        kit = KitModel(self.kit, tuple(parts), tuple(bought), tuple(self.bulk.values()), tuple(self.limits))
        return {**files, "model.json": dump(kit)}

    def _part_model(self, part: Part, name: str, file: str, poses: list[Pose]) -> PartModel:
        stock = part.stock
        usual = stock.processes[0] if isinstance(stock, Sheet) else USUAL[stock.form]
        process = part.process or usual
        return PartModel(name, file, stock.form, stock.key, part.grain, process, tuple(poses))

    def _brep(self, name: str, shape: object) -> bytes:
        try:
            return to_brep(shape)
        except CsmError as error:
            raise CsmError(error.problem, kit=self.kit, part=name, remedy=error.remedy) from None
