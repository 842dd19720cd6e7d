# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Task functions, good and bad; the tests copy this file into a package "demo"."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path

from csmkit.build import Files
from csmkit.errors import CsmError


def number(value: int) -> Files:
    return {"n.json": json.dumps(value).encode(), "note.txt": b"a constant note"}


def add(**inputs: Files) -> Files:
    return {"n.json": json.dumps(sum(json.loads(files["n.json"]) for files in inputs.values())).encode()}


def half(whole: Files) -> Files:
    return {"n.json": json.dumps(json.loads(whole["n.json"]) // 2).encode()}


def note(of: Files) -> Files:
    return {"copy.txt": of["note.txt"]}


def big(seed: int, size: int) -> Files:
    return {f"{n} ü.bin": bytes([(seed + n) % 256]) * size for n in range(8)}


def look(path: str) -> Files:
    """What a file outside holds: a function that breaks the rules."""
    return {"seen": Path(path).read_bytes()}


def nap(seconds: float, value: int = 0) -> Files:
    time.sleep(seconds)
    return number(value)


def mistake(part: str) -> Files:
    raise CsmError("width is too small", kit="stool", part=part, remedy="widen it", where=((1, 2),))


def broken() -> Files:
    raise ZeroDivisionError("a number\nby zero")


def leave() -> Files:
    sys.exit("off I go")


def die() -> Files:
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


def stop(code: int) -> Files:
    os._exit(code)


def chatter() -> Files:
    print("to stdout")
    os.write(1, b"raw bytes")
    print("to stderr", file=sys.stderr)
    return {"a": b""}


def scream() -> Files:
    print("x" * 1_000_000, file=sys.stderr)
    raise ValueError("after a long print")


def read_stdin() -> Files:
    return {"read": sys.stdin.buffer.read()}


def where() -> Files:
    return {"where.json": json.dumps([os.getpid(), os.getcwd(), dict(os.environ), sys.path]).encode()}


def named(name: str) -> Files:
    return {name: b"x"}


def nothing() -> None:
    return None


def text() -> dict[str, str]:
    return {"a": "not bytes"}


def forge(data: Files) -> Files:
    """Write onto every pipe that can be found, the one to the build included."""
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, data["forged"])
        except OSError:
            continue
    time.sleep(60)
    return {}


def deaf() -> Files:
    """Close the pipes and live on."""
    os.closerange(3, 64)
    time.sleep(60)
    return {}
