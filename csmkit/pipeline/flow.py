# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The whole flow as tasks, from a kit's sources and a workshop's file to proven plans and programs.

Read from top to bottom, then on in `outputs`. The graph grows twice: what parameters there are is known once
the design's schema has been read, what parts there are once the design has been run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from csmkit.build import Builder, Files, Source, Task
from csmkit.design.find import LOCK, sources
from csmkit.design.values import resolve
from csmkit.errors import CsmError
from csmkit.model import Manifest, Param
from csmkit.model.manifest import ParamValue

TASKS = "csmkit.pipeline"


@dataclass(frozen=True)
class Planning:
    """How cut plans are made."""

    time_limit_s: float = 10.0
    seed: int = 0
    replan: bool = False  # plan again even where the layout lock serves


@dataclass(frozen=True)
class Request:
    """What a user asks for: a kit, its preset and parameters, a workshop."""

    manifest: Manifest
    preset: str = "default"
    given: Mapping[str, object] = field(default_factory=dict)
    workshop: bytes = b""  # TOML; empty: the default workshop
    planning: Planning = field(default_factory=Planning)
    folder: str = ""  # of the output, instead of the preset's name
    site: str = ""  # address at which the site is published: codes on paper lead there

    @property
    def kit(self) -> str:
        """Key of the kit."""
        return self.manifest.key

    @property
    def wanted(self) -> dict[str, object]:
        """The preset's parameters, and what is given beyond them. Raises: CsmError: no such preset."""
        preset = self.manifest.preset(self.preset)
        if preset is None:
            known = ", ".join(p.key for p in self.manifest.presets)
            raise CsmError(f"has no preset {self.preset!r}", kit=self.kit, remedy=f"it has {known}")
        return {**preset.params, **self.given}


@dataclass(frozen=True)
class Sources:
    """A kit's files, sorted by what depends on them."""

    code: Files
    assembly: Files
    lock: Files
    every: Files

    @classmethod
    def of(cls, manifest: Manifest) -> Sources:
        """Read a kit's folder."""
        every = sources(manifest.folder)
        return cls(
            code={n: b for n, b in every.items() if n.endswith(".py") and "test_" not in n},
            assembly={n: b for n, b in every.items() if n.endswith("assembly.md")},
            lock={n: b for n, b in every.items() if n == LOCK},
            every=every,
        )


@dataclass(frozen=True)
class Designed:
    """A design that has been run: its tasks for more work, its parts and goods by name."""

    request: Request
    files: Sources
    params: Sequence[Param]
    values: Mapping[str, ParamValue]
    workshop: Task
    schema: Task
    model: Task
    parts: Sequence[Mapping[str, Any]]  # PartModel as plain data
    bought: Sequence[Mapping[str, Any]]
    examined: Sequence[Task]


def workshop_task(text: bytes) -> Task:
    """workshop.json and design.json (what designs may see of it)."""
    return Task("workshop", f"{TASKS}.shop:workshop", inputs={"text": {"workshop.toml": text}})


def schema_task(builder: Builder, request: Request, files: Sources, workshop: Task) -> Task:
    """params.json: the parameters of a design."""
    return Task(
        f"{request.kit}: parameters",
        f"{TASKS}.designs:schema",
        {"kit": request.kit},
        {"source": files.code, "workshop": workshop.pick("design.json")},
        builder.code.sources.imported_by(files.code.values()),
    )


def read_schema(builder: Builder, task: Task) -> list[Param]:
    """The parameters of a design, from its cached schema; the design is run if there is none."""
    [result] = builder.run([task])
    return [Param(**{**row, "options": tuple(row["options"])}) for row in result.json("params.json")]


def design(builder: Builder, request: Request) -> Designed:
    """Check the parameters, run the design, and say which tasks examine its parts.

    Raises: CsmError: a parameter, the workshop or the design is refused.
    """
    kit, files = request.kit, Sources.of(request.manifest)
    wanted = request.wanted
    workshop = workshop_task(request.workshop)
    schema = schema_task(builder, request, files, workshop)
    params = read_schema(builder, schema)
    values = _values(request, params, wanted)
    model = Task(
        f"{kit}: solids",
        f"{TASKS}.designs:model",
        {"kit": kit, "values": values},
        {"source": files.code, "workshop": workshop.pick("design.json")},
        builder.code.sources.imported_by(files.code.values()),
    )
    [result] = builder.run([model])
    plain: Any = result.json("model.json")
    examined = [
        Task(
            f"{kit}: {part['name']}",
            f"{TASKS}.parts:examine",
            {"kit": kit, "part": part["name"], "file": part["file"], "process": part["process"]},
            {"source": model.pick(f"parts/{part['file']}.brep", f"parts/{part['file']}.json")},
        )
        for part in plain["parts"]
    ]
    return Designed(
        request, files, params, values, workshop, schema, model, plain["parts"], plain["bought"], examined
    )


def _values(request: Request, params: Sequence[Param], wanted: Mapping[str, object]) -> dict[str, ParamValue]:
    """Every parameter's value. Raises: CsmError: one is refused, with the preset if it is the preset's."""
    preset = request.manifest.preset(request.preset)
    own = {n: v for n, v in preset.params.items() if n not in request.given} if preset else {}
    try:
        resolve(request.kit, params, own)
    except CsmError as error:
        place = f"kit.toml [presets.{request.preset}]"
        raise CsmError(error.problem, kit=request.kit, part=place, remedy=error.remedy) from None
    return resolve(request.kit, params, wanted)


def gather(made: Designed) -> Task:
    """facts.json: the measured kit."""
    parts: dict[str, Source] = {f"part{n}": t.pick("facts.json") for n, t in enumerate(made.examined)}
    return Task(
        f"{made.request.kit}: measures",
        f"{TASKS}.kit:gather",
        {},
        {"model": made.model.pick("model.json"), **parts},
    )


def checks(made: Designed, facts: Task) -> list[Task]:
    """What is checked of the whole kit; each gives findings.json."""
    kit = made.request.kit
    shop = made.workshop.pick("workshop.json")
    whole: dict[str, Source] = {"model": made.model, "workshop": made.workshop.pick("design.json")}
    return [
        steps(made, facts),
        Task(f"{kit}: limits", f"{TASKS}.kit:limits", {"kit": kit}, {"facts": facts, "workshop": shop}),
        Task(
            f"{kit}: kit.toml",
            f"{TASKS}.kit:manifest",
            {"kit": kit},
            {"source": {"kit.toml": made.files.every["kit.toml"]}, "params": made.schema},
        ),
        translations(made),
        Task(f"{kit}: interference", f"{TASKS}.whole:interference", {"kit": kit}, whole),
        Task(f"{kit}: motions", f"{TASKS}.whole:motions", {"kit": kit}, whole),
    ]


def steps(made: Designed, facts: Task) -> Task:
    """assembly.json, and findings.json of it."""
    kit = made.request.kit
    inputs: dict[str, Source] = {"text": made.files.assembly, "facts": facts}
    return Task(f"{kit}: steps", f"{TASKS}.kit:assembly", {"kit": kit}, inputs)


def translations(made: Designed) -> Task:
    """findings.json of the steps in other languages."""
    kit = made.request.kit
    steps = {n: b for n, b in made.files.every.items() if n.startswith("assembly.")}
    return Task(f"{kit}: translations", f"{TASKS}.translations:faults", {"kit": kit}, {"source": steps})


def instances(made: Designed, facts: Task) -> Task:
    """What has to be cut: an instance for each sheet good and each bar good."""
    return Task(
        f"{made.request.kit}: cut list",
        f"{TASKS}.plans:instances",
        {},
        {"facts": facts, "workshop": made.workshop.pick("workshop.json")},
    )


def bought_shapes(made: Designed) -> list[tuple[str, dict[str, object], dict[str, Source]]]:
    """Of each bought thing that has a place: its name, and what a task says and takes to make its solid."""
    design = made.workshop.pick("design.json")
    return [
        (
            f"{item['standard']} {item['size']}",
            {name: item[name] for name in ("standard", "size", "file")},
            {"model": made.model.pick(item["file"]) if item["file"] else {}, "workshop": design},
        )
        for item in made.bought
        if item["poses"]
    ]


def plan(made: Designed, cut: Task) -> Task:
    """plan.json: sheets and bars laid out, each plan proven."""
    kit, planning = made.request.kit, made.request.planning
    sheets = sorted({p["stock"] for p in made.parts if p["form"] == "sheet"})
    nested: dict[str, Source] = {
        f"sheet{n}": Task(
            f"{kit}: nest {sheet}",
            f"{TASKS}.plans:nest",
            {
                "sheet": sheet,
                "seed": planning.seed,
                "time_limit_s": planning.time_limit_s,
                "replan": planning.replan,
            },
            {"instance": cut.pick(f"sheets/{sheet}.json"), "locked": made.files.lock},
        )
        for n, sheet in enumerate(sheets)
    }
    limits: dict[str, object] = {"seed": planning.seed, "time_limit_s": planning.time_limit_s}
    bars = Task(f"{kit}: bars", f"{TASKS}.plans:bars", limits, {"cut": cut.pick("bars/*")})
    known: dict[str, Source] = {
        "bars": bars,
        "cut": cut.pick("sheets/*"),
        "locked": made.files.lock,
        "workshop": made.workshop.pick("design.json"),
    }
    return Task(f"{kit}: cut plan", f"{TASKS}.plans:gather", {}, {**known, **nested})


def programs(made: Designed, cut: Task, planned: Task) -> list[Task]:
    """The programs of what a router cuts, a task a good or milled part; findings.json and pictures too."""
    request = made.request
    changed = [f"{p.name} = {made.values[p.name]}" for p in made.params if made.values[p.name] != p.default]
    edition = f"{request.manifest.title}, {request.kit} {request.manifest.version}"
    said = [edition, f"with {', '.join(changed)}" if changed else "as by default"]
    goods = sorted({p["stock"] for p in made.parts if p["form"] == "sheet" and p["process"] == "router"})
    machining = made.workshop.pick("machining.json")
    milling = [
        Task(
            f"{request.kit}: programs {part['name']}",
            f"{TASKS}.milling:milled",
            {
                "kit": request.kit,
                "part": part["name"],
                "file": part["file"],
                "quantity": len(part["poses"]),
                "said": said,
            },
            {
                "source": made.model.pick(f"parts/{part['file']}.brep", f"parts/{part['file']}.json"),
                "workshop": machining,
            },
        )
        for part in made.parts
        if part["process"] == "mill"
    ]
    return milling + [
        Task(
            f"{request.kit}: programs {good}",
            f"{TASKS}.programs:programs",
            {"kit": request.kit, "sheet": good, "said": said},
            {
                "cut": cut.pick(f"sheets/{good}.json"),
                "plan": planned.pick("plan.json"),
                "workshop": machining,
            },
        )
        for good in goods
    ]
