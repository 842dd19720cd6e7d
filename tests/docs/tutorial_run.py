# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Follows a guide in a folder of its own: writes its files, gives its commands, keeps what they answer."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass

from csmkit.site.tutorial import Block, merged

ELSEWHERE = ("git", "cd", "make", "source")  # of the reader's machine, not of csmkit


@dataclass(frozen=True)
class Answer:
    """A command of the guide, what the guide says that it answers, and what it answers."""

    command: str
    said: str
    heard: str


def follow(blocks: list[Block], folder, cache) -> list[Answer]:
    answers = []
    for block in blocks:
        if block.path is not None:
            _write(block, folder)
        elif block.language == "console":
            for command, said in _commands(block.text):
                answers.append(Answer(command, said, _run(command, folder, cache)))
    return answers


def holds(answer: Answer) -> bool:
    """What was heard is what was said, line by line; an ellipsis stands for anything."""
    pattern = ".*".join(re.escape(piece) for piece in answer.said.split("…"))
    return re.fullmatch(pattern, answer.heard) is not None


def _write(block: Block, folder):
    path = folder / block.path
    path.write_text(merged(block, path.read_text("utf-8")), encoding="utf-8")


def _commands(text):
    for part in re.split(r"(?m)^\$ ", text)[1:]:
        command, _, said = part.partition("\n")
        if command.split()[0] not in ELSEWHERE:
            yield command, said.strip()


def _run(command, folder, cache):
    program, *words = command.split()
    called = {
        "csm": [sys.executable, "-c", "from csmkit.cli import main; main()"],
        "pytest": [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", "."],
    }[program]
    done = subprocess.run(
        [*called, *words],
        cwd=folder,
        env={**os.environ, "CSM_CACHE": str(cache)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()).strip()
