# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Our docstrings as data: text, arguments, returns, raises, source, example."""

from __future__ import annotations

import inspect
import re
import textwrap
from dataclasses import dataclass, field

SECTION = re.compile(
    r"^(?P<name>Args(?: \([^)]*\))?|Args, Raises|Returns|Raises|Source|Example):", re.MULTILINE
)
ARGUMENT = re.compile(r"^(?P<names>\w+(?:, \w+)*): (?P<text>.*)$", re.DOTALL)


@dataclass(frozen=True)
class Doc:
    """A docstring.

    Args:
        text: paragraphs before the first section, Markdown.
        args: what each argument means, by name.
        sections: the text of the others by their heading: "Raises", "Source", "Returns", "Args, Raises".
        example: code.
    """

    text: str = ""
    args: dict[str, str] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)
    example: str = ""

    @property
    def summary(self) -> str:
        """Its first paragraph in one line."""
        return " ".join(self.text.partition("\n\n")[0].split())


def parse_docstring(docstring: str) -> Doc:
    """A docstring, indented as it stands in the source."""
    clean = inspect.cleandoc(docstring)
    marks = list(SECTION.finditer(clean))
    text = clean[: marks[0].start()] if marks else clean
    args, sections, example = dict[str, str](), dict[str, str](), ""
    ends = [*(m.start() for m in marks), len(clean)][1:]
    for mark, after in zip(marks, ends, strict=True):
        body, name = clean[mark.end() : after], mark["name"]
        if name == "Example":
            example = textwrap.dedent(body.strip("\n")).strip()
        elif name.startswith("Args") and name != "Args, Raises":
            args |= _arguments(textwrap.dedent(body.strip("\n")))
        else:
            sections[name] = " ".join(body.split())
    return Doc(text.strip(), args, sections, example)


def _arguments(body: str) -> dict[str, str]:
    """Arguments by name; a line that is indented goes on with the one before it."""
    found = {}
    for entry in re.split(r"\n(?=\S)", body):
        match = ARGUMENT.match(entry)
        for name in match["names"].split(", ") if match else ():
            found[name] = " ".join(match["text"].split()) if match else ""
    return found
