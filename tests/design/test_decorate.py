# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Running a design's source from memory, and how its mistakes are told."""

import pytest

from csmkit.catalog.workshop import default_workshop
from csmkit.design.decorate import load_design, run_design
from csmkit.errors import CsmError

HEAD = """
from csmkit import Kit, Params, Part, Pose, Workshop, design, length

class P(Params):
    width: float = length(100, 50, 200, "width")

@design
def kit(p: P, shop: Workshop) -> Kit:
"""
PART = 'Part("a", object(), shop.sheet("birch-ply-18"))'


def run(body, **values):
    source = {"design.py": (HEAD + body).encode()}
    return run_design("shelf", load_design("shelf", source), values, default_workshop())


def test_a_design_gives_its_kit_and_quantity_is_the_number_of_poses():
    made = run(f"    return Kit({PART}.at(Pose(), Pose.at(p.width)))", width=80)
    [placed] = made.placed
    assert len(placed.poses) == 2
    assert placed.poses[1].point((0, 0, 0)) == (80, 0, 0)


def test_a_design_may_import_its_siblings():
    source = {
        "design.py": b"from .panels import WIDTH\n"
        + (HEAD + f"    return Kit({PART}.at(Pose.at(WIDTH)))").encode(),
        "panels.py": b"WIDTH = 7.0\n",
    }
    made = run_design("shelf", load_design("shelf", source), {}, default_workshop())
    assert made.placed[0].poses[0].point((0, 0, 0)) == (7, 0, 0)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("    return 1 / 0", "shelf/design.py line 9: ZeroDivisionError"),
        ("    return None", "returned NoneType, not a Kit"),
        ("    return Kit()", "empty kit"),
        (f"    return Kit({PART})", "takes parts in their places, not Part"),
        ("    return Kit(Part('a', 1, shop.sheet('birch-ply-81')).at(Pose()))", "birch-ply-18"),
        ("    return Kit(((", "SyntaxError"),
    ],
)
def test_a_design_that_fails_is_one_line_with_kit_and_place(body, told):
    with pytest.raises(CsmError) as caught:
        run(body)
    assert told in str(caught.value)
    assert str(caught.value).startswith("shelf")
    assert "\n" not in str(caught.value)


def test_a_file_without_a_design_is_refused():
    with pytest.raises(CsmError, match="marks 0 functions with @design"):
        load_design("shelf", {"design.py": b"x = 1"})
    with pytest.raises(CsmError, match=r"has no design\.py"):
        load_design("shelf", {})


@pytest.mark.parametrize("maker", ["length", "count"])
def test_a_parameter_that_hides_its_maker_is_told_by_the_line_that_needs_the_maker(maker):
    head = HEAD.replace("design, length", f"design, {maker}").replace(
        "width: float = length", f"{maker}: int = {maker}"
    )
    head += f"    return Kit({PART}.at(Pose()))"
    last = {"design.py": head.encode()}
    assert maker in load_design("shelf", last).params.model_fields  # nothing below it: nothing is hidden
    twice = head.replace("@design", f"    depth: int = {maker}(100, 50, 200, 'depth')\n\n@design")
    with pytest.raises(CsmError) as caught:
        load_design("shelf", {"design.py": twice.encode()})
    assert str(caught.value).startswith(f"shelf/design.py line 7: a parameter called '{maker}' hides")
    assert f"inner_{maker}" in caught.value.remedy


def test_another_call_of_what_cannot_be_called_is_told_as_it_is():
    with pytest.raises(CsmError, match="TypeError: 'int' object is not callable"):
        run("    one = 1\n    return one()")
