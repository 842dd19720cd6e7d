# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The end of the flow as tasks: from a measured and planned kit to its files, its price and its bundles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from csmkit.build import Source, Task
from csmkit.export.language.language import SOURCE
from csmkit.geometry.opengl import can_draw
from csmkit.model import Param
from csmkit.model.manifest import ParamValue
from csmkit.pipeline.flow import TASKS, Designed, bought_shapes, steps
from csmkit.pipeline.stage_tasks import numbered, shape_tasks
from csmkit.pipeline.translations import spoken

BOOK_FORMATS = ("svg", "drawing", "picture", "bom", "figures", "steps")  # from which the book takes files
TOLD = ("kit.toml", "assembly.")  # what steps are told from, in all languages
BOOKED = (
    "sheets/*.svg",
    "bars/*.svg",
    "drawings/*.svg",
    "pictures/*",
    "figures/*.svg",
    "steps/*",
    "*-table.csv",
)


def files(
    made: Designed, facts: Task, cut: Task, planned: Task, programmed: Sequence[Task], stages: Source
) -> dict[str, list[Task]]:
    """The tasks that write files, by format; each gives files under their paths in the output folder.

    Args:
        stages: what the pictures of the steps show, for the viewer; {} where nobody asked for it.
    """
    kit = made.request.kit
    shop, design_shop = made.workshop.pick("workshop.json"), made.workshop.pick("design.json")
    laid = planned.pick("plan.json")
    by_format: dict[str, list[Task]] = {}

    def add(name: str, title: str, function: str, params: dict[str, object], **inputs: Source) -> None:
        by_format.setdefault(name, []).append(Task(f"{kit}: {title}", f"{TASKS}.{function}", params, inputs))

    for part, examined in zip(made.parts, made.examined, strict=True):
        name, file, count = part["name"], part["file"], len(part["poses"])
        shape, measured = made.model.pick(f"parts/{file}.brep"), examined.pick("facts.json")
        add("step", f"{name} STEP", "parts:step", {"name": name, "file": file}, shape=shape)
        is_print = part["form"] == "print"
        add(
            "stl",
            f"{name} mesh",
            "parts:mesh",
            {"name": name, "file": file, "is_print": is_print},
            shape=shape,
        )
        flat: dict[str, object] = {"quantity": count}
        drawn = {**flat, **_heading(made)}
        if part["form"] == "sheet":
            add("dxf", f"{name} flat DXF", "plans:flat_dxfs", flat, facts=measured, workshop=design_shop)
            add("svg", f"{name} flat SVG", "plans:flat_svgs", flat, facts=measured, workshop=design_shop)
            add("drawing", f"{name} drawing", "drawings:sheet", drawn, facts=measured, workshop=design_shop)
        else:
            solid = made.model.pick(f"parts/{file}.brep", f"parts/{file}.json")
            seen = {**drawn, "file": file}
            add("drawing", f"{name} drawing", "drawings:views", seen, facts=measured, source=solid)
    rules = made.workshop.pick("machining.json")
    add("dxf", "sheets DXF", "plans:sheet_dxfs", {}, cut=cut, plan=laid, workshop=rules)
    named = {"parts": [part["name"] for part in made.parts], "within": list(made.request.manifest.uses)}
    add("svg", "sheets SVG", "plans:sheet_svgs", {**named}, cut=cut, plan=laid)
    if programmed:
        by_good: dict[str, Source] = {f"sheet{n}": task for n, task in enumerate(programmed)}
        add("gcode", "programs", "programs:written", {}, **by_good)
        add("gcode", "setup sheet", "programs:setup_sheet", {"kit": kit}, **_pages(programmed))
    whole: dict[str, Source] = {"model": made.model, "workshop": design_shop}
    add("step", "assembly STEP", "whole:step", {"kit": kit}, **whole)
    add("glb", "assembly GLB", "whole:glb", {"kit": kit}, **whole)
    away = apart(made)
    add("viewer", "viewer data", "whole:viewer", {"kit": kit}, **whole, apart=away, stages=stages)
    add(
        "picture",
        "line picture",
        "whole:picture",
        {"kit": kit, "title": made.request.manifest.title},
        **whole,
    )
    lying: dict[str, Source] = {f"part{n}": task.pick("facts.json") for n, task in enumerate(made.examined)}
    if can_draw():  # else the line picture serves, and a warning says why
        add("picture", "pictures", "pictures:pictures", {}, **whole, apart=away, **lying)
        for name, which, source in bought_shapes(made):
            add("picture", f"picture of {name}", "pictures:bought", which, **source)
    add("bom", "lists", "money:lists", {}, facts=facts, plan=laid, steps=steps(made, facts), workshop=shop)
    add("bom", "price list", "money:price_list", {}, money=money(made, facts, planned, programmed))
    manifest = made.request.manifest
    heading: dict[str, object] = {"title": f"{manifest.title}: paper templates"}
    add("figures", "figures", "figures:figures", heading, facts=facts, workshop=design_shop)
    told = {n: b for n, b in made.files.every.items() if n.rpartition("/")[2].startswith(TOLD)}
    for code in (SOURCE, *spoken(manifest, made.files.every)):
        said: dict[str, object] = {"kit": kit, "code": code}
        read: dict[str, Source] = {"source": told, "steps": steps(made, facts), "facts": facts}
        add("instructions", f"instructions {code}", "instructions:instructions", said, **read)
    return by_format


def apart(made: Designed) -> Task:
    """apart.json: how far things move when the kit is pulled apart."""
    shapes = shape_tasks(made)
    inputs: dict[str, Source] = {
        "model": made.model.pick("model.json"),
        "workshop": made.workshop.pick("design.json"),
        **numbered(list(shapes), shapes),
    }
    return Task(
        f"{made.request.kit}: pulled apart", f"{TASKS}.exploding:apart", {"items": list(shapes)}, inputs
    )


def extent(made: Designed) -> Task:
    """extent.json: the box of the assembled kit."""
    inputs: dict[str, Source] = {"model": made.model, "workshop": made.workshop.pick("design.json")}
    return Task(f"{made.request.kit}: size", f"{TASKS}.whole:extent", {}, inputs)


def money(made: Designed, facts: Task, planned: Task, programmed: Sequence[Task]) -> Task:
    """money.json: bill of materials, shopping list, price, tiers; times from the programs there are."""
    proofs: dict[str, Source] = {f"sheet{n}": task.pick("gcode/*.json") for n, task in enumerate(programmed)}
    return Task(
        f"{made.request.kit}: price",
        f"{TASKS}.money:money",
        {"tiers": _tiers(made)},
        {
            "facts": facts,
            "plan": planned.pick("plan.json"),
            "steps": steps(made, facts),
            "workshop": made.workshop.pick("workshop.json"),
            **proofs,
        },
    )


def shown(
    made: Designed,
    data: Mapping[str, Source],
    by_format: Mapping[str, Sequence[Task]],
    programmed: Sequence[Task],
) -> dict[str, Source]:
    """What `book` and `told` read: kit.json over the files that they show, and these."""
    pictured: list[Source] = [t.pick(*BOOKED) for name in BOOK_FORMATS for t in by_format.get(name, [])]
    proofs: list[Source] = [task.pick("gcode/*.json") for task in programmed]
    known: dict[str, Source] = {"data": pack(made, data, [*pictured, *proofs], is_whole=False)}
    return known | {f"file{n}": source for n, source in enumerate(pictured)}


def told(
    made: Designed, known: Mapping[str, Source], written: Sequence[Task], programmed: Sequence[Task]
) -> list[Task]:
    """What is read beside the book, in each other language that the kit speaks.

    Drawn pictures, "steps/3.es.svg", and of programs that are written the setup sheet, "setup-sheet.es.pdf".

    Args:
        known: see `shown`.
        written: the files of the programs; without any there is no setup sheet.
    """
    kit = made.request.kit
    drawn: dict[str, Source] = {f"program{n}": task.pick("gcode/*.svg") for n, task in enumerate(written)}
    tasks = []
    for code in spoken(made.request.manifest, made.files.every):
        said: dict[str, object] = {"code": code}
        tasks.append(Task(f"{kit}: pictures {code}", f"{TASKS}.book:told", said, {**known, **drawn}))
        if written:
            pages = {"data": known["data"], **_pages(programmed)}
            sheet = f"{TASKS}.programs:told_setup_sheet"
            tasks.append(Task(f"{kit}: setup sheet {code}", sheet, {**said, "kit": kit}, pages))
    return tasks


def book(made: Designed, known: Mapping[str, Source]) -> list[Task]:
    """book.pdf and book-letter.pdf, and book.es.pdf for each language that the kit speaks: all to print.

    In another language there is A4 alone: each further book costs a second and some megabytes, and one of A4
    comes out whole on US Letter at 94 %; what must be at 100 %, the paper templates, is another file.

    Args:
        known: see `shown`.
    """
    site = made.request.site
    editions = [("a4", SOURCE), ("us-letter", SOURCE)]
    editions += [("a4", code) for code in spoken(made.request.manifest, made.files.every)]
    return [
        Task(
            f"{made.request.kit}: book {paper} {code}",
            f"{TASKS}.book:book",
            {"paper": paper, "code": code, "site": site},
            known,
        )
        for paper, code in editions
    ]


def pack(made: Designed, data: Mapping[str, Source], written: Sequence[Source], is_whole: bool) -> Task:
    """kit.json over all other files; if they are all there, okh.toml, README.md, licences and bundles too."""
    manifest = made.request.manifest
    files: dict[str, Source] = {f"file{n}": source for n, source in enumerate(written)}
    return Task(
        f"{manifest.key}: {'bundles' if is_whole else 'data'}",
        f"{TASKS}.pack:pack",
        {
            "kit": manifest.key,
            "preset": made.request.preset,
            "params": [_plain_param(p, made.values[p.name]) for p in made.params],
            "is_whole": is_whole,
        },
        {
            "source": made.files.every,
            "shop_text": {"workshop.toml": made.request.workshop},
            **data,
            **files,
        },
    )


def _pages(programmed: Sequence[Task]) -> dict[str, Source]:
    """What the setup sheet shows of each good."""
    return {f"sheet{n}": task.pick("pages.json") for n, task in enumerate(programmed)}


def _tiers(made: Designed) -> list[dict[str, object]]:
    return [
        {**vars(t), "holds": list(t.holds), "price_factor": str(t.price_factor)}
        for t in made.request.manifest.tiers
    ]


def _heading(made: Designed) -> dict[str, object]:
    """What title blocks say of the kit."""
    manifest = made.request.manifest
    return {"kit": manifest.title, "version": manifest.version, "license": manifest.license}


def _plain_param(param: Param, value: ParamValue) -> dict[str, object]:
    return {**vars(param), "options": list(param.options), "value": value}
