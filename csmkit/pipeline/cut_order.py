# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""From what a user wants to cut to one order: designs are run and checked, parts counted, goods sorted."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from csmkit.build import Builder, Files
from csmkit.errors import CsmError
from csmkit.export.paths import file_stem
from csmkit.model import Assembly, Finding, KitFacts, NestInstance, PartFacts, Workshop
from csmkit.model.cut_order import CutOrder, CutProcess, OrderedKit, multiplied
from csmkit.model.data import load
from csmkit.nest.cut_list import bar_instances, nest_instances, saw_instances
from csmkit.pipeline import flow
from csmkit.pipeline.cut_labels import unprinted_names
from csmkit.pipeline.cut_parts import PartsFiles, read_parts
from csmkit.pipeline.flow import Request
from csmkit.pipeline.requests import Refused, checked

MOST = 1000  # of one kit; beyond it is more likely a slip of the finger than an order
LONGEST_NAME = 120  # characters of the output folder


@dataclass(frozen=True)
class Wanted:
    """One kit of what a user wants, and how many of it."""

    request: Request
    quantity: int = 1

    @property
    def title(self) -> str:
        """As the user writes it: "bike-trailer:cargo"."""
        preset = self.request.preset
        return self.request.kit if preset == "default" else f"{self.request.kit}:{preset}"


@dataclass(frozen=True)
class Gathered:
    """An order that can be cut, the workshop that cuts it, and what its user should know.

    Args:
        locks: of the kits' folders, where they can serve: one kit, once.
    """

    order: CutOrder
    workshop: Workshop
    warnings: tuple[Finding, ...]
    locks: Files


def gather(
    builder: Builder,
    wanted: Sequence[Wanted],
    parts: PartsFiles,
    workshop: bytes,
    process: CutProcess,
) -> Gathered:
    """Run and check every kit, and sort all parts by what they are cut from.

    Args:
        builder: runs the designs.
        wanted: kits.
        parts: files with parts that belong to no kit.
        workshop: its file; empty for the default workshop.
        process: what cuts the sheets.
    Raises: CsmError: nothing to cut, the same kit twice, no stock, a part larger than all stock; Refused: a
        kit that cannot be made.
    """
    _check_wanted(wanted, parts)
    shop = read_workshop(builder, workshop)
    counts = Counter(one.request.kit for one in wanted)
    kits, warnings = read_parts(parts, shop, process)
    own, locks = [kit.name for kit in kits], Files()
    for one in wanted:
        name = one.request.kit if counts[one.request.kit] == 1 else one.title
        kit, found, lock = _measured(builder, one, name, process)
        kits.append(kit)
        warnings += found
        locks = lock if len(wanted) == 1 and one.quantity == 1 and not own else {}
    kits.sort(key=lambda kit: kit.name)
    _check_names(kits)
    facts = [kit.facts for kit in kits]
    try:
        nested, sawn = _sheets(facts, shop, process)
    except CsmError as error:
        raise _with_unit(error, warnings) from None
    _refuse(warnings)
    order = CutOrder(_folder(wanted, own), process, tuple(kits), nested, sawn, bar_instances(facts, shop))
    if not order.sheets and not order.bars:
        raise CsmError("none of its parts is cut from a sheet or a bar", kit=order.name)
    warnings += unprinted_names(order)
    warnings += [w for task in order.sheets if (w := _other_process(task, shop, process))]
    return Gathered(order, shop, tuple(warnings), locks)


def read_workshop(builder: Builder, text: bytes) -> Workshop:
    """A workshop from its file's bytes. Raises: CsmError: the file says something that cannot be."""
    [result] = builder.run([flow.workshop_task(text)])
    return load(Workshop, result.read("workshop.json"))


def _check_wanted(wanted: Sequence[Wanted], parts: PartsFiles) -> None:
    if not wanted and not parts.paths:
        raise CsmError("nothing to cut", remedy="name a kit (csm list) or a parts list: --parts parts.csv")
    for one in wanted:
        if not 1 <= one.quantity <= MOST:
            raise CsmError(f"quantity = {one.quantity} is outside 1 to {MOST}", kit=one.title)
    titles = Counter(one.title for one in wanted)
    for title, count in titles.items():
        if count > 1:
            total = sum(one.quantity for one in wanted if one.title == title)
            raise CsmError("is named twice", kit=title, remedy=f"write {title}={total}")


def _refuse(findings: Sequence[Finding]) -> None:
    """Raise the first error; warnings pass."""
    for finding in findings:
        if finding.level == "error":
            raise CsmError(finding.problem, kit=finding.kit, part=finding.part, remedy=finding.remedy)


def _with_unit(error: CsmError, warnings: Sequence[Finding]) -> CsmError:
    """The error about a part, and what made it so large if its file is in another unit than mm."""
    told = [w for w in warnings if w.check == "unit" and w.kit == error.kit]
    if not told:
        return error
    remedy = f"{error.remedy}; {told[0].part}: {told[0].problem}; {told[0].remedy}"
    return CsmError(error.problem, kit=error.kit, part=error.part, remedy=remedy, where=error.where)


def _check_names(kits: Sequence[OrderedKit]) -> None:
    for name, count in Counter(kit.name for kit in kits).items():
        if count > 1:
            raise CsmError("is the name of two groups of parts", kit=name, remedy="rename one of the files")


def _measured(
    builder: Builder, one: Wanted, name: str, process: CutProcess
) -> tuple[OrderedKit, list[Finding], Files]:
    """A kit that has passed its checks, their warnings, and the lock beside its design."""
    request = one.request
    made = flow.design(builder, request)
    measured, findings = checked(builder, made)
    if process == "saw":  # a saw does not mind the router's reach
        findings = [f for f in findings if f.check != "machine"]
    errors = [f for f in findings if f.level == "error"]
    if errors or measured is None:
        raise Refused(errors)
    facts, steps = builder.run([measured, flow.steps(made, measured)])
    kit = OrderedKit(
        title=request.manifest.title,
        version=request.manifest.version,
        preset=request.preset,
        quantity=one.quantity,
        params=made.values,
        facts=multiplied(load(KitFacts, facts.read("facts.json")), one.quantity, name),
        steps=load(Assembly, steps.read("assembly.json")).steps,
    )
    return kit, [f for f in findings if f.level == "warning"], made.files.lock


def _sheets(
    facts: Sequence[KitFacts], shop: Workshop, process: CutProcess
) -> tuple[tuple[NestInstance, ...], tuple[NestInstance, ...]]:
    """Sheet goods to nest, and sheet goods to saw."""
    able = {sheet.key for sheet in shop.sheets if "saw" in sheet.processes} if process == "saw" else set()
    nested = [_only(kit, lambda part: part.stock not in able) for kit in facts]
    sawn = [_only(kit, lambda part: part.stock in able) for kit in facts]
    return nest_instances(nested, shop), saw_instances(sawn, shop)


def _only(facts: KitFacts, wanted: Callable[[PartFacts], bool]) -> KitFacts:
    """A kit with some of its parts."""
    return replace(facts, parts=tuple(part for part in facts.parts if wanted(part)))


def _other_process(task: NestInstance, shop: Workshop, process: CutProcess) -> Finding | None:
    """A warning where a sheet good is not cut by the asked process."""
    able = shop.sheet(task.sheet).processes
    if process in able:
        return None
    problem = f"is not for the {process} but for {' or '.join(able)}; it is nested true to shape all the same"
    remedy = "have its sheets cut elsewhere, or name another sheet"
    return Finding(task.items[0].kit, "process", task.sheet, problem, remedy, "warning")


def _folder(wanted: Sequence[Wanted], parts: Sequence[str]) -> str:
    """Name of the output folder: "bike-trailer-x2+step-stool"."""
    names = [
        one.title.replace(":", "-") + (f"-x{one.quantity}" if one.quantity > 1 else "") for one in wanted
    ]
    name = "+".join(sorted([*names, *(file_stem(name) for name in parts)]))
    if len(name) <= LONGEST_NAME:
        return name
    return f"{name[:LONGEST_NAME]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
