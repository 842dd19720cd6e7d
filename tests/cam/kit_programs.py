# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The programs of the kits in three workshops, and what other people's interpreters make of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import clients

from csmkit.build import Builder, Result
from csmkit.cam.proof.dialect import dialect_faults
from csmkit.errors import CsmError
from csmkit.pipeline import Planning, Request, flow

ROOT = Path(__file__).parents[2]
SHOPS = {path.stem: path.read_bytes() for path in sorted((ROOT / "benchmarks" / "workshops").glob("*.toml"))}


@dataclass(frozen=True)
class Clamped:
    """One clamping with a program: what its proof says, and its files by name in the order of work."""

    proof: dict[str, Any]
    texts: dict[str, str]


@dataclass(frozen=True)
class Made:
    """What a workshop makes of a kit.

    Args:
        clamped: clampings with a program.
        impossible: what cannot be cut there, each with the reason.
        faults: programs that do not hold, each with its first fault.
    """

    clamped: tuple[Clamped, ...] = ()
    impossible: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def made(builder: Builder, request: Request) -> Made:
    """The programs of a kit's nested sheets."""
    try:
        designed = flow.design(builder, request)
        cut = flow.instances(designed, flow.gather(designed))
        results = builder.run(flow.programs(designed, cut, flow.plan(designed, cut)))
    except CsmError as error:
        return Made(impossible=(str(error),))
    findings = [row for result in results for row in _rows(result)]
    told = {level: tuple(_told(f) for f in findings if f["level"] == level) for level in ("warning", "error")}
    clamped = [one for result in results for one in _clamped(result)]
    return Made(tuple(clamped), told["warning"], told["error"])


def request(kit: Any, preset: str, shop: str, time_limit_s: float) -> Request:
    """A kit as a workshop of `SHOPS` makes it."""
    return Request(kit, preset, workshop=SHOPS[shop], planning=Planning(time_limit_s=time_limit_s))


def _rows(result: Result) -> Sequence[dict[str, str]]:
    rows: Any = result.json("findings.json")
    return rows  # type: ignore[no-any-return]


def _told(finding: dict[str, str]) -> str:
    return f"{finding['part']}: {finding['problem']}" + (
        f"; {finding['remedy']}" if finding["remedy"] else ""
    )


def _clamped(result: Result) -> Iterator[Clamped]:
    for name in sorted(result.files):
        if name.startswith("gcode/") and name.endswith(".json"):
            proof, folder = json.loads(result.read(name)), name.rpartition("/")[0]
            yield Clamped(
                proof, {file: result.read(f"{folder}/{file}").decode("ascii") for file in proof["files"]}
            )


def refusals(one: Clamped, folder: Path) -> list[str]:
    """What speaks against a clamping's programs: the proof, other interpreters, GRBL's list of words.

    Ends and boxes of cutting moves agree to 0.001 mm, radii at both ends of an arc to 0.002 mm.
    """
    found = [f"proof: {fault}" for fault in one.proof["faults"]]
    for name, text in one.texts.items():
        if one.proof["post"] == "grbl":
            found += [f"{name}: {fault.problem}, line {fault.line}" for fault in dialect_faults(text, "grbl")]
        for client in clients.CLIENTS:
            try:
                seen = clients.seen(client, text, folder)
            except AssertionError as refused:
                found.append(f"{name}: {client} refuses it: {str(refused)[-200:]}")
                continue
            if seen.ends > 0.001 or seen.box > 0.001 or seen.radius > 0.002:
                found.append(f"{name}: {client} sees {seen}")
    return found
