# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""All programs of all kits and presets in three workshops, read by other people's interpreters.

Each program goes through LinuxCNC's rs274 and gcode-toolpath on Node, GRBL's also past the list of words that
its parser takes. What a workshop cannot cut is listed with the reason. The workshops are in
benchmarks/workshops.

    .venv/bin/python benchmarks/programs.py [--seconds 2] [--cache FOLDER] [kit …]
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "cam"))

import kit_programs

from csmkit.build import Builder, Store
from csmkit.design.find import find_kits


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=2.0, help="for each cut plan")
    parser.add_argument("--cache", type=Path, help="of results, to go on with an interrupted run")
    parser.add_argument("kits", nargs="*")
    asked = parser.parse_args()
    kits = [k for k in find_kits([kit_programs.ROOT / "designs"]) if not asked.kits or k.key in asked.kits]
    count, impossible = Counter[str](), list[str]()
    with folder(asked.cache) as cache, Builder(Store(cache), jobs=1) as builder:
        for shop in kit_programs.SHOPS:
            for kit, preset in [(one, preset.key) for one in kits for preset in one.presets]:
                name = f"{shop} {kit.key} {preset}"
                made = kit_programs.made(builder, kit_programs.request(kit, preset, shop, asked.seconds))
                impossible += [f"{name}: {reason}" for reason in made.impossible]
                count += show(name, made)
    print(f"\n{count['programs']} programs, {count['lines']} lines, {count['cut_m']} m of cuts")
    print(f"{count['faults']} do not hold; {count['refused']} refused or read otherwise by others")
    print(f"{len(impossible)} clampings or kits that a workshop cannot cut:")
    print("\n".join(f"  {line}" for line in impossible))
    sys.exit(1 if count["faults"] or count["refused"] else 0)


def show(name: str, made: kit_programs.Made) -> Counter[str]:
    """Print what becomes of a kit in a workshop, and count it."""
    count = Counter(faults=len(made.faults))
    for fault in made.faults:
        print(f"{name}: {fault}")
    for one in made.clamped:
        with tempfile.TemporaryDirectory() as work:
            refusals = kit_programs.refusals(one, Path(work))
        lines = sum(text.count("\n") for text in one.texts.values())
        count += Counter(programs=len(one.texts), lines=lines, cut_m=round(one.proof["cut_mm"] / 1000))
        count["refused"] += bool(refusals)
        print(
            f"{name}: {one.proof['setup']}, {lines} lines, {one.proof['seconds'] / 60:.1f} min,"
            f" {one.proof['tabs']} tabs; {'; '.join(refusals) or 'all agree'}",
            flush=True,
        )
    return count


@contextmanager
def folder(asked: Path | None) -> Iterator[Path]:
    """The folder that was asked for, or one that goes when it is done."""
    if asked is not None:
        yield asked
        return
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


if __name__ == "__main__":
    main()
