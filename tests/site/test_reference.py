# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The reference of the vocabulary: whole, with examples that run."""

import math
import re
import subprocess
import sys

import pytest

import csmkit
from csmkit.catalog.workshop import default_workshop
from csmkit.design import find, joints
from csmkit.design.assembly import KNOWN
from csmkit.site.docstrings import parse_docstring
from csmkit.site.reference import PAGES, TOPICS, linked, reference_pages
from csmkit.site.vocabulary import public_names, word

WORDS = [(topic.module, name) for topic in TOPICS for name in topic.names]
HAVE_EXAMPLES = [(m, n) for m, n in WORDS if word(m, n).doc.example]


def test_every_public_name_stands_in_the_reference_once():
    listed = [name for _, name in WORDS]
    assert len(listed) == len(set(listed))
    assert set(csmkit.__all__) - {"joints"} | set(joints.__all__) == set(listed)
    assert public_names("csmkit") == tuple(csmkit.__all__)


@pytest.mark.parametrize(("module", "name"), WORDS)
def test_every_word_says_what_it_is_and_what_each_argument_means(module, name):
    found = word(module, name)
    assert len(found.doc.summary) >= 10
    assert [f.name for f in found.fields if not f.text] == []
    assert [m.name for m in found.members if not m.doc.text] == []


@pytest.mark.parametrize(("module", "name"), HAVE_EXAMPLES)
def test_every_example_runs(module, name):
    known = {n: getattr(csmkit, n) for n in csmkit.__all__} | {n: getattr(joints, n) for n in joints.__all__}
    shop = default_workshop().for_design()
    known |= {"shop": shop, "ply": shop.sheet("birch-ply-18"), **vars(math)}
    code = f"from __future__ import annotations\n{word(module, name).doc.example}"
    exec(compile(code, name, "exec"), known)


def test_what_a_newcomer_needs_first_has_an_example():
    first = {"length", "choice", "design", "Kit", "Part", "Bought", "Bulk", "Pose", "Limit", "prism"}
    shown = {name for _, name in HAVE_EXAMPLES}
    assert first | {n for n in joints.__all__ if isinstance(getattr(joints, n), type)} - {"Fit"} <= shown


def test_arguments_are_those_of_the_code():
    slot = word("csmkit.design.joints", "TabSlot")
    assert [f.name for f in slot.fields] == list(joints.TabSlot.__dataclass_fields__)
    assert next(f for f in slot.fields if f.name == "relief").default == "'dogbone'"
    assert word("csmkit", "length").signature.startswith("length(default: float, minimum: float")


def test_a_constant_shows_its_value_and_the_text_below_it():
    glue = word("csmkit.design.joints", "GLUE")
    assert f"{joints.GLUE.clearance:g}" in glue.signature
    assert "glue" in glue.doc.summary


def test_keys_of_kit_toml_and_attributes_of_steps_are_told_whole():
    page = reference_pages()["contributors/reference/files.md"]
    assert set(find.KEYS) == {*find.REQUIRED, *find.OPTIONAL}
    assert all(f"| `{key}` |" in page for key in (*find.KEYS, *KNOWN))
    assert page.count("must be there") == len(find.REQUIRED)


def test_words_in_texts_are_links_to_elements_of_their_pages():
    pages = reference_pages()
    links = [link for text in pages.values() for link in re.findall(r"\]\(([\w-]+\.md)#(word-\w+)\)", text)]
    assert len(links) > 50
    for page, anchor in links:
        assert f"{{ #{anchor} }}" in pages[f"contributors/reference/{page}"]


def test_a_text_cannot_become_html_or_emphasis():
    assert linked("a < b, 2 * 3 * 4, `<x>`") == r"a &lt; b, 2 \* 3 \* 4, `<x>`"
    assert PAGES["Part"] in linked("a `Part`")
    assert linked("`length`") == "`length`"  # an argument, far more often than the maker of parameters


def test_a_docstring_is_read_as_our_format_has_it():
    doc = parse_docstring(
        """First line.

        More.

        Args:
            a, b: both,
                going on.
            c: third: with a colon.
        Returns: a number.
        Raises: CsmError: no,
            never.
        Example:
            x = 1
            if x:
                y = 2
        """
    )
    assert (doc.summary, doc.text) == ("First line.", "First line.\n\nMore.")
    assert doc.args == {"a": "both, going on.", "b": "both, going on.", "c": "third: with a colon."}
    assert doc.sections == {"Returns": "a number.", "Raises": "CsmError: no, never."}
    assert doc.example == "x = 1\nif x:\n    y = 2"


def test_the_site_reads_the_words_without_loading_a_cad_kernel():
    code = (
        "import sys; from csmkit.site.reference import reference_pages; reference_pages();"
        "assert not {'OCP', 'build123d', 'vtkmodules'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
