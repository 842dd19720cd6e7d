# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Running a design: its parameters as a schema, and its kit as plain data and BREP bytes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

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
    Figure,
    InnerKit,
    Kit,
    KitModel,
    Limit,
    Motion,
    MotionModel,
    Param,
    Part,
    PartModel,
    Placed,
    Pose,
    Process,
    Sheet,
    Workshop,
)
from csmkit.model.data import dump, load
from csmkit.model.manifest import ParamValue

Instance = tuple[str, int]  # name of a part or key of a bought thing, number of its pose in the whole
Held = dict[str, list[Instance]]

USUAL: dict[str, Process] = {"bar": "saw", "print": "print", "cast": "cast"}


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
        self.bulk: list[Bulk] = []
        self.limits: list[Limit] = []
        self.figures: dict[str, Figure] = {}
        self.kits: dict[str, list[Instance]] = {}
        self.motions: list[MotionModel] = []
        self.jigs: dict[Instance, None] = {}  # in their order

    def add(self, kit: Kit, frame: Pose, prefix: str) -> Held:
        """Take in a kit that stands at `frame`; the names of its parts begin with `prefix`.

        Motions are those of the outermost kit: it knows what hangs on what turns.

        Returns: what it holds by the names that its own motions use, all of it under "".
        """
        held: Held = {"": [(good.key, 0) for good in kit.bulk]}
        for entry in kit.placed:
            found = self._placed(entry, frame, prefix)
            for name, instances in found.items():
                held.setdefault(name, []).extend(instances)
            if entry.is_jig:
                self.jigs.update(dict.fromkeys(i for instances in found.values() for i in instances))
        held[""] += [i for name, instances in held.items() if name and " / " not in name for i in instances]
        for good in kit.bulk:
            self._bulk(good)
        for figure in kit.figures:
            self._figure(figure, prefix)
        if not prefix:
            self.motions += [self._motion(motion, frame, held) for motion in kit.motions]
        self.limits += [limit for limit in kit.limits if limit not in self.limits]
        return held

    def _placed(self, placed: Placed, frame: Pose, prefix: str) -> Held:
        """One entry of a kit: its instances in the whole by the name that its kit knows it by."""
        item, poses = placed.item, [frame * pose for pose in placed.poses]
        if isinstance(item, Part):
            return {item.name: self._part(item, f"{prefix}{item.name}", poses)}
        if isinstance(item, Bought):
            return {item.key: self._bought(item, poses)}
        if not item.name:
            raise CsmError("a kit within a kit needs a name", kit=self.kit, remedy='Kit(…, name="hub")')
        inner, held = f"{prefix}{item.name} ", Held()
        for pose in poses:
            for name, instances in self.add(item, pose, inner).items():
                held.setdefault(f"{item.name} / {name}" if name else item.name, []).extend(instances)
        self.kits.setdefault(inner.rstrip(), []).extend(held[item.name])
        return held

    def _part(self, part: Part, name: str, poses: list[Pose]) -> list[Instance]:
        if not poses:
            raise CsmError("stands nowhere", kit=self.kit, part=name, remedy="give it a pose: .at(pose)")
        if not name.strip() or len(name) > 80:
            raise CsmError(
                f"a part's name has 1 to 80 characters, not {len(name)}", kit=self.kit, part=name[:80]
            )
        known, places = self.parts.setdefault(name, (part, []))
        if known is not part and to_brep(known.shape) != to_brep(part.shape):
            raise CsmError("two different parts have this name", kit=self.kit, part=name, remedy="rename one")
        return _appended(name, places, poses)

    def _bought(self, item: Bought, poses: list[Pose]) -> list[Instance]:
        _, places = self.bought.setdefault(item.key, (item, []))
        return _appended(item.key, places, poses)

    def _bulk(self, good: Bulk) -> None:
        other = next((b.unit for b in self.bulk if b.key == good.key and b.unit != good.unit), good.unit)
        if other != good.unit:
            raise CsmError(f"is counted in {other} and in {good.unit}", kit=self.kit, part=good.key)
        self.bulk.append(good)

    def _figure(self, figure: Figure, prefix: str) -> None:
        name = f"{prefix}{figure.name}"
        if self.figures.setdefault(name, figure) != figure:
            raise CsmError("two figures have this name", kit=self.kit, part=name, remedy="rename one")

    def _motion(self, motion: Motion, frame: Pose, held: Held) -> MotionModel:
        missing = [name for name in motion.moves if name not in held]
        if missing:
            raise CsmError(
                f"moves {missing[0]!r}, which its kit does not hold",
                kit=self.kit,
                part=motion.name,
                remedy=f"it holds {', '.join(filter(None, held))}",
            )
        goods = {good.key for good in self.bulk}
        moves = [i for name in motion.moves for i in held[name] if i[0] not in goods]
        origin, axis = frame.point(motion.origin), frame.direction(motion.axis)
        return MotionModel(motion.name, tuple(moves), origin, axis, motion.start, motion.end)

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
        kit = KitModel(
            kit=self.kit,
            parts=tuple(parts),
            bought=tuple(bought),
            bulk=tuple(self.bulk),
            limits=tuple(self.limits),
            figures=tuple(replace(figure, name=name) for name, figure in self.figures.items()),
            kits=tuple(
                InnerKit(name, tuple(Counter(item for item, _ in held).items()), tuple(held))
                for name, held in self.kits.items()
            ),
            motions=tuple(self.motions),
            jigs=self._jigs(),
        )
        return {**files, "model.json": dump(kit)}

    def _jigs(self) -> tuple[Instance, ...]:
        """What is no part of the finished thing; bulk goods have no place."""
        placed = [i for i in self.jigs if i[0] in self.parts or i[0] in self.bought]
        known = [*self.parts.values(), *self.bought.values()]
        if known and len(placed) == sum(len(poses) for _, poses in known):
            raise CsmError("holds nothing but jigs", kit=self.kit, remedy="as_jig() is for what is left over")
        return tuple(placed)

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


def _appended(name: str, places: list[Pose], poses: list[Pose]) -> list[Instance]:
    first = len(places)
    places += poses
    return [(name, first + n) for n in range(len(poses))]
