# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Messages arrive as they were sent, and nothing else passes for one."""

from __future__ import annotations

import io
import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csmkit.build.frames import BadFrame, Message, read_message, write_message

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
files = st.dictionaries(st.text(), st.binary(max_size=200), max_size=4)
messages = st.builds(
    Message, st.dictionaries(st.text(), plain), st.dictionaries(st.text(), files, max_size=3)
)


def sent(message: Message) -> bytes:
    stream = io.BytesIO()
    write_message(stream, message)
    return stream.getvalue()


def raw(header: object, rest: bytes = b"") -> bytes:
    text = json.dumps(header).encode()
    return struct.pack(">I", len(text)) + text + rest


@given(st.lists(messages, max_size=3))
def test_messages_arrive_as_sent_and_then_the_stream_ends(sequence: list[Message]) -> None:
    stream = io.BytesIO(b"".join(sent(message) for message in sequence))
    assert [read_message(stream) for _ in sequence] == sequence
    assert read_message(stream) is None


@given(messages, st.data())
def test_a_cut_message_is_noticed(message: Message, data: st.DataObject) -> None:
    whole = sent(message)
    cut = data.draw(st.integers(1, len(whole) - 1))
    with pytest.raises(EOFError):
        read_message(io.BytesIO(whole[:cut]))


@given(st.binary(min_size=1))
def test_noise_is_no_message(noise: bytes) -> None:
    with pytest.raises((BadFrame, EOFError)):
        read_message(io.BytesIO(struct.pack(">I", len(noise)) + noise))


@pytest.mark.parametrize(
    "header",
    [
        [],
        {"head": {}},
        {"head": {}, "files": {"a": [["x", -1]]}},
        {"head": {}, "files": {"a": [["x", True]]}},
        {"head": {}, "files": {"a": [["x", 1.0]]}},
        {"head": {}, "files": {"a": [[5, 1]]}},
        {"head": {}, "files": {"a": [["x"]]}},
        {"head": {}, "files": {"a": [["x", 0], ["x", 0]]}},
        {"head": {}, "files": {"a": [["x", 1 << 40]]}},
        {"head": 3, "files": {}},
    ],
)
def test_malformed_headers_are_refused(header: object) -> None:
    with pytest.raises(BadFrame):
        read_message(io.BytesIO(raw(header)))


def test_a_header_of_gigabytes_is_refused_before_it_is_read() -> None:
    with pytest.raises(BadFrame, match="limit"):
        read_message(io.BytesIO(b"\xff\xff\xff\xff"))


def test_a_deeply_nested_header_is_refused() -> None:
    text = b'{"head": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"
    with pytest.raises(BadFrame):
        read_message(io.BytesIO(struct.pack(">I", len(text)) + text))
