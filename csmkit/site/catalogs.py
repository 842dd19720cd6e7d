# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What wants a translation, and the catalogs with it: `python -m csmkit.site.messages` writes them.

Texts come from the templates, the scripts and the modules of the site, from those of the book and the setup
sheet, from the sentences that the cost craft writes, and from the titles in the tables. Translations stay;
new texts are empty, texts that are gone go.
"""

from __future__ import annotations

import ast
import csv
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from csmkit.export.language.language import codes, is_translated, load_catalog
from csmkit.export.language.phrases import Phrase
from csmkit.export.language.say import template_texts

PACKAGE = Path(__file__).parents[1]
METHODS = [("**.j2", "jinja2"), ("**.py", "python"), ("**.js", "javascript")]
SCRIPTS, SCRIPT = PACKAGE / "site/static/script", [("**.js", "javascript")]
OPTIONS = {"**.j2": {"trimmed": "true", "silent": "false", "newstyle_gettext": "true"}}
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
COST = ("price", "material", "time", "shopping")  # modules whose sentences stand in kit.json
WRITERS = {"PriceLine", "TimeLine", "MaterialUse", "ShoppingLine", "_hours_line", "_share_line"}
SAID = {"how", "hardware_how", "setup_how", "unit", "name"}  # variables that hold a sentence
TITLES = {  # columns of the tables that people read
    "bought.csv": ("standard", "size", "title"),
    "fasteners.csv": ("standard", "title"),
    "castings.csv": ("title",),
    "filaments.csv": ("title",),
    "hand_tools.csv": ("title",),
    "machines.csv": ("title",),
    "materials.csv": ("family",),
    "sheets.csv": ("title",),
    "tools.csv": ("title",),
    "bars.csv": ("title",),
}
HEADER = """\
# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CC-BY-SA-4.0
#
# A # in a text stands for a figure; keep their number and their order.
msgid ""
msgstr ""
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""


def messages() -> Catalog:
    """Every text of the frame, without translations."""
    catalog = Catalog()
    for folder in ("site", "export/book", "export/setup", "export/language"):
        found = extract_from_dir(PACKAGE / folder, METHODS, OPTIONS, KEYWORDS)
        for name, _line, message, _comments, _context in found:
            catalog.add(message, locations=[(f"{folder}/{name}", 0)])
    for name, text in template_texts():
        catalog.add(text, locations=[(f"export/{name}", 0)])
    for place, text in (*_cost_sentences(), *_titles()):
        catalog.add(text, locations=[(place, 0)]).flags.discard("python-format")  # "# % of #" is none
    return catalog


def script_texts(code: str) -> dict[str, str | list[str]]:
    """What scripts say, English to a language; of what depends on a number all forms, by the singular."""
    catalog, said = load_catalog(code), dict[str, str | list[str]]()
    for _file, _line, message, _comments, _context in extract_from_dir(SCRIPTS, SCRIPT, {}, KEYWORDS):
        english = message if isinstance(message, str) else message[0]
        known = catalog.get(english)
        if known is not None and is_translated(known):
            said[english] = known.string if isinstance(known.string, str) else list(known.string or ())
    return dict(sorted(said.items()))


def updated(code: str) -> str:
    """The text of a language's catalog with all of today's texts, sorted, without dates."""
    old = load_catalog(code) if code in codes() else Catalog(locale=code)
    new = Catalog(locale=code)
    for message in messages():
        if message.id:
            known = old.get(message.id)
            same = known is not None and known.pluralizable == message.pluralizable and not known.fuzzy
            string = known.string if known and same else None
            new.add(message.id, string, locations=message.locations).flags.clear()
            new[message.id].flags.update(message.flags)
    written = BytesIO()
    write_po(written, new, width=100, sort_output=True, omit_header=True, include_lineno=False)
    return HEADER.format(code=code, plural_forms=new.plural_forms) + written.getvalue().decode("utf-8")


def _cost_sentences() -> Iterator[tuple[str, str]]:
    """Sentences of the lists of prices and times; what is put into them is a figure."""
    for name in COST:
        place = f"cost/{name}.py"
        for node in ast.walk(ast.parse((PACKAGE / place).read_text(encoding="utf-8"))):
            for expression in _told(node):
                for text in _texts(expression):
                    words = Phrase.of(text.strip(" ,+")).words
                    if any(c.isalpha() for c in words):
                        yield place, words


def _told(node: ast.AST) -> Iterator[ast.expr]:
    """Expressions that become a sentence for people."""
    if isinstance(node, ast.Call):
        function = node.func
        is_writer = isinstance(function, ast.Name) and function.id in WRITERS
        if is_writer or (isinstance(function, ast.Attribute) and function.attr == "append"):
            yield from node.args
        yield from (k.value for k in node.keywords if k.arg in SAID)
    elif isinstance(node, ast.Assign | ast.AugAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if any(isinstance(t, ast.Name) and t.id in {*SAID, "ways"} for t in targets):
            yield node.value


def _texts(node: ast.AST) -> Iterator[str]:
    """The literal texts of an expression."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(v.value) if isinstance(v, ast.Constant) else "0" for v in node.values)
    else:
        for child in ast.iter_child_nodes(node):
            if not isinstance(child, ast.Compare):
                yield from _texts(child)


def _titles() -> Iterator[tuple[str, str]]:
    for name, columns in TITLES.items():
        with (PACKAGE / "catalog/data" / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for column in columns:
                    words = Phrase.of(row[column]).words
                    if any(c.islower() for c in words):  # a number of a standard stays as it is
                        yield f"catalog/data/{name}", words
