# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The contributor's words as they stand in the source: signatures and docstrings, read without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from csmkit.errors import CsmError
from csmkit.site.docstrings import Doc, parse_docstring

FOREIGN = ("BaseModel", "Exception")  # bases that are no words of ours
PACKAGE = Path(__file__).parents[1]
LONGEST_DEFAULT = 40  # characters of a default in a signature


@dataclass(frozen=True)
class Field:
    """An argument or a field: name, type, default ("" without one), what it means."""

    name: str
    type: str
    default: str
    text: str


@dataclass(frozen=True)
class Word:
    """A name of the vocabulary.

    Args:
        kind: what it is; a value is shown as it is written in the source.
        signature: how it is called, or the value.
        fields: its arguments, of a class those beyond its bases'.
        bases: names of the classes that it extends.
        members: public methods and properties.
    """

    name: str
    kind: Literal["class", "function", "value", "property", "module"]
    signature: str
    doc: Doc
    fields: tuple[Field, ...] = ()
    bases: tuple[str, ...] = ()
    members: tuple[Word, ...] = ()


def public_names(module: str) -> tuple[str, ...]:
    """`__all__` of a module."""
    return tuple(constant(module, "__all__"))


def constant(module: str, name: str) -> Any:
    """The value of a module's constant that is written as a literal.

    Raises: CsmError: there is none.
    """
    for node in _tree(module).body:
        value = getattr(node, "value", None)
        if name in _targets(node) and value is not None:
            return ast.literal_eval(value)
    raise CsmError(f"{module} has no constant {name}")


def module_doc(module: str) -> Doc:
    """The docstring of a module."""
    return parse_docstring(ast.get_docstring(_tree(module)) or "")


@cache
def word(module: str, name: str) -> Word:
    """A name that a module defines or imports.

    Raises: CsmError: it has no such name.
    """
    found = _imported(module, name)
    if found is None:
        return _word(module, name)
    home, original = found
    if _file(f"{home}.{original}") is not None:
        return Word(name, "module", f"from {home} import {original}", module_doc(f"{home}.{original}"))
    return word(home, original)


def _word(module: str, name: str) -> Word:
    body = _tree(module).body
    for n, node in enumerate(body):
        if isinstance(node, ast.ClassDef) and node.name == name:
            return _class(module, node)
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return _function(node)
        if name in _targets(node):
            return Word(name, "value", ast.unparse(node), parse_docstring(_text(body[n + 1 : n + 2])))
    raise CsmError(f"{module} has no {name}")


def _text(body: list[ast.stmt]) -> str:
    """A text that stands by itself, as the docstring of the constant before it."""
    value = body[0].value if body and isinstance(body[0], ast.Expr) else None
    return str(value.value) if isinstance(value, ast.Constant) else ""


def _class(module: str, node: ast.ClassDef) -> Word:
    doc = parse_docstring(ast.get_docstring(node, clean=False) or "")
    functions = [n for n in node.body if isinstance(n, ast.FunctionDef)]
    init = next((n for n in functions if n.name == "__init__"), None)
    fields = tuple(_arguments(init.args, doc) if init else _fields(module, node, doc))
    bases = tuple(name for base in node.bases if (name := ast.unparse(base)) not in FOREIGN)
    members = tuple(_member(n) for n in functions if not n.name.startswith("_"))
    shown = ", ".join(_shown(f) for f in fields)
    only = "*, " if any("kw_only=True" in ast.unparse(d) for d in node.decorator_list) else ""
    inherited = "…, " if bases and fields else ""
    signature = f"{node.name}({only}{inherited}{shown})" if fields else node.name
    return Word(node.name, "class", signature, doc, fields, bases, members)


def _fields(module: str, node: ast.ClassDef, doc: Doc) -> Iterator[Field]:
    """Fields of a dataclass; what they mean stands under Args, or as a comment behind them."""
    lines = _source(module).splitlines()
    for item in node.body:
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
            name, line = item.target.id, lines[(item.end_lineno or item.lineno) - 1]
            comment = line.partition("  # ")[2]
            default = ast.unparse(item.value) if item.value else ""
            yield Field(name, ast.unparse(item.annotation), default, doc.args.get(name, comment))


def _function(node: ast.FunctionDef) -> Word:
    doc = parse_docstring(ast.get_docstring(node, clean=False) or "")
    fields = tuple(f for f in _arguments(node.args, doc) if f.name not in ("self", "cls"))
    given = node.args
    if given.args and given.args[0].arg in ("self", "cls"):
        given = ast.arguments(**{**vars(node.args), "args": node.args.args[1:]})
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return Word(node.name, "function", f"{node.name}({ast.unparse(given)}){returns}", doc, fields)


def _member(node: ast.FunctionDef) -> Word:
    marks = [ast.unparse(d) for d in node.decorator_list]
    made = _function(node)
    if not {"property", "cached_property"} & {*marks}:
        return made
    returns = f": {ast.unparse(node.returns)}" if node.returns else ""
    return Word(node.name, "property", f"{node.name}{returns}", made.doc)


def _arguments(args: ast.arguments, doc: Doc) -> Iterator[Field]:
    if args.vararg:
        kind = ast.unparse(args.vararg.annotation) if args.vararg.annotation else ""
        yield Field(f"*{args.vararg.arg}", kind, "", doc.args.get(args.vararg.arg, ""))
    plain = [*args.posonlyargs, *args.args]
    defaults = [*[None] * (len(plain) - len(args.defaults)), *args.defaults, *args.kw_defaults]
    for arg, default in zip([*plain, *args.kwonlyargs], defaults, strict=True):
        if arg.arg not in ("self", "cls"):
            kind = ast.unparse(arg.annotation) if arg.annotation else ""
            yield Field(arg.arg, kind, ast.unparse(default) if default else "", doc.args.get(arg.arg, ""))


def _shown(field: Field) -> str:
    default = field.default if len(field.default) <= LONGEST_DEFAULT else "…"
    return f"{field.name}: {field.type}" + (f" = {default}" if default else "")


def _targets(node: ast.stmt) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [t.id for t in targets if isinstance(t, ast.Name)]


def _imported(module: str, name: str) -> tuple[str, str] | None:
    """Where a module imports a name from, and what it is called there."""
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("csmkit"):
            for alias in node.names:
                if (alias.asname or alias.name) == name:
                    return node.module or "", alias.name
    return None


@cache
def _tree(module: str) -> ast.Module:
    return ast.parse(_source(module))


@cache
def _source(module: str) -> str:
    file = _file(module)
    if file is None:
        raise CsmError(f"there is no module {module}")
    return file.read_text(encoding="utf-8")


def _file(module: str) -> Path | None:
    """The file of a module of this package, or None."""
    path = PACKAGE.joinpath(*module.split(".")[1:])
    files = (path.with_suffix(".py"), path / "__init__.py")
    return next((file for file in files if file.is_file()), None)
