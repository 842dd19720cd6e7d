# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Messages between the build and its workers: JSON and raw bytes, never pickles."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO

from csmkit.build.files import Files

MAX_HEADER = 16 << 20  # bytes; names, parameters and error texts; a design's are some kB
MAX_BYTES = 2 << 30  # bytes of files in a message; a large kit's meshes are some 100 MB
CHUNK = 16 << 20  # bytes read at once, so that a false size allocates no more than was sent


class BadFrame(Exception):
    """What was read is no message."""


@dataclass(frozen=True)
class Message:
    """Plain data and groups of files."""

    head: Mapping[str, object]
    files: Mapping[str, Files] = field(default_factory=dict)


def write_message(stream: IO[bytes], message: Message) -> None:
    """Send a message: length of the header (4 bytes, big-endian), header as JSON, then the files' bytes."""
    sizes = {
        group: [[name, len(data)] for name, data in files.items()] for group, files in message.files.items()
    }
    header = json.dumps({"head": message.head, "files": sizes}, default=str).encode()
    if len(header) > MAX_HEADER:
        raise BadFrame(f"a header of {len(header)} bytes is over the limit of {MAX_HEADER}")
    stream.write(struct.pack(">I", len(header)))
    stream.write(header)
    for files in message.files.values():
        for data in files.values():
            stream.write(data)
    stream.flush()


def read_message(stream: IO[bytes], max_bytes: int = MAX_BYTES) -> Message | None:
    """The next message.

    Args:
        stream: blocking; may come from a process that is not trusted.
        max_bytes: what the files may hold together.
    Returns: None at the end of the stream.
    Raises: BadFrame: no message. EOFError: the stream ends within one.
    """
    prefix = stream.read(4)
    if not prefix:
        return None
    (length,) = struct.unpack(">I", prefix + _read(stream, 4 - len(prefix)))
    if length > MAX_HEADER:
        raise BadFrame(f"a header of {length} bytes is over the limit of {MAX_HEADER}")
    head, sizes = _parse_header(_read(stream, length))
    total = sum(size for files in sizes.values() for _, size in files)
    if total > max_bytes:
        raise BadFrame(f"files of {total} bytes are over the limit of {max_bytes}")
    files = {group: {name: _read(stream, size) for name, size in named} for group, named in sizes.items()}
    return Message(head, files)


def _parse_header(header: bytes) -> tuple[dict[str, object], dict[str, list[tuple[str, int]]]]:
    try:
        data = json.loads(header)
        head = dict(data["head"])
        sizes = {
            group: [(name, size) for name, size in named] for group, named in dict(data["files"]).items()
        }
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BadFrame(f"the header is malformed: {error}") from None
    for named in sizes.values():
        for name, size in named:
            if type(name) is not str or type(size) is not int or size < 0:
                raise BadFrame(f"a file's name or size is malformed: {name!r}, {size!r}")
        if len({name for name, _ in named}) < len(named):
            raise BadFrame("two files have one name")
    return head, sizes


def _read(stream: IO[bytes], size: int) -> bytes:
    chunks = []
    while size:
        chunk = stream.read(min(size, CHUNK))
        if not chunk:
            raise EOFError(f"the stream ends {size} bytes too early")
        chunks.append(chunk)
        size -= len(chunk)
    return b"".join(chunks)
