# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A contributor's Markdown as a tree of plain data, which a template can set without running any of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it.token import Token

from csmkit.export.markdown import is_web, parser
from csmkit.export.typst import printable

Node = str | dict[str, Any]  # a text, or {"kind": …, "body": [nodes], …}
KINDS = {
    "paragraph": "paragraph",
    "heading": "heading",
    "bullet_list": "bullets",
    "ordered_list": "numbers",
    "list_item": "item",
    "blockquote": "quote",
    "table": "table",
    "tr": "row",
    "th": "cell",
    "td": "cell",
    "strong": "strong",
    "em": "emph",
    "link": "link",
}
PASSED = ("thead", "tbody")  # their rows belong to the table itself


def tree(text: str) -> list[Node]:
    """Markdown as nodes.

    Raw HTML stays text, a picture becomes its description, a link that does not lead to the web its words.

    Returns: dicts with `kind` and `body`; a heading has a `level`, numbers a `start`, a link a `to`, code a
        `text`. Breaks are {"kind": "break"}, rules {"kind": "rule"}.
    """
    tokens = parser().parse(text)
    nodes, end = _nodes(tokens, 0, "")
    assert end == len(tokens)
    return nodes


def words(nodes: Sequence[Node]) -> Iterator[str]:
    """The texts of a tree, in their order."""
    for node in nodes:
        if isinstance(node, str):
            yield node
        else:
            yield from [node["text"]] if "text" in node else words(node.get("body", []))


def _nodes(tokens: Sequence[Token], at: int, closing: str) -> tuple[list[Node], int]:
    """Nodes from a token on, up to the one that closes; its number."""
    nodes: list[Node] = []
    while at < len(tokens) and tokens[at].type != closing:
        token = tokens[at]
        name, _, end = token.type.rpartition("_")
        if end == "open":
            body, at = _nodes(tokens, at + 1, f"{name}_close")
            nodes += body if name in PASSED else [_container(name, token, body)]
        elif token.type == "inline":
            nodes += _nodes(token.children or [], 0, "")[0]
        else:
            nodes += _leaf(token)
        at += 1
    return nodes, at


def _container(name: str, token: Token, body: list[Node]) -> Node:
    node: dict[str, Any] = {"kind": KINDS[name], "body": body}
    if name == "heading":
        node["level"] = int(token.tag[1])
    elif name == "ordered_list":
        node["start"] = int(token.attrGet("start") or 1)
    elif name == "link":
        to = str(token.attrGet("href") or "")
        node |= {"to": to} if is_web(to) else {"kind": "words"}
    return node


def _leaf(token: Token) -> list[Node]:
    if token.type in ("code_inline", "code_block", "fence"):
        kind = "code" if token.type == "code_inline" else "block"
        return [{"kind": kind, "text": _clean(token.content.rstrip("\n"))}]
    if token.type == "softbreak":
        return [" "]
    if token.type in ("hardbreak", "hr"):
        return [{"kind": "break" if token.type == "hardbreak" else "rule"}]
    return [_clean(token.content)] if token.content else []


def _clean(text: str) -> str:
    """What our faces can draw of it; lines stay."""
    return "\n".join(printable(line) for line in text.split("\n"))


def plain_text(data: Any) -> Any:
    """Plain data with only what our faces can draw in its texts; keys stay."""
    if isinstance(data, str):
        return _clean(data)
    if isinstance(data, dict):
        return {key: plain_text(value) for key, value in data.items()}
    return [plain_text(value) for value in data] if isinstance(data, list | tuple) else data
