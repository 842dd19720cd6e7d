# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A key changes with everything that can change a result, and with nothing else."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csmkit.build import Code, Task
from csmkit.build.key import key
from csmkit.build.sources import Sources
from csmkit.build.tools import Tools

STYLES = [
    "import web.m{0}",
    "import os, web.m{0} as other",
    "from web import m{0}",
    "from web import (\n    m{0} as other,\n)",
    "from . import m{0}",
    "from .m{0} import *",
    "from .m{0} import a, b as c",
    "def late():\n    from web.m{0} import a",
    "if False:\n    from .m{0} import a",
]


def key_of(task: Task, packages: dict[str, Path]) -> str:
    return key(task, {}, Code(packages))


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_key_changes_exactly_when_a_reachable_source_changes(data: st.DataObject) -> None:
    count = data.draw(st.integers(2, 7))
    modules = st.integers(0, count - 1)
    edges = data.draw(st.lists(st.tuples(modules, modules, st.sampled_from(STYLES)), max_size=12))
    changed = data.draw(modules)
    with tempfile.TemporaryDirectory() as folder:
        web = Path(folder, "web")
        web.mkdir()
        (web / "__init__.py").touch()
        for n in range(count):
            lines = [style.format(other) for start, other, style in edges if start == n]
            (web / f"m{n}.py").write_text("\n".join([f"# {n}", *lines]))
        task = Task("t", "web.m0:f")
        before = key_of(task, {"web": web})
        with (web / f"m{changed}.py").open("a") as stream:
            stream.write("\n# changed")
        after = key_of(task, {"web": web})
    reached = {0}
    while more := {b for a, b, _ in edges if a in reached} - reached:
        reached |= more
    assert (before != after) == (changed in reached)


def write(folder: Path, sources: dict[str, str]) -> Path:
    for name, text in sources.items():
        path = folder / "pack" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder / "pack"


TREE = {
    "__init__.py": "from pack.unused import nothing",
    "unused.py": "",
    "user.py": "from pack.sub import thing",
    "hub.py": "from pack.face import name, other",
    "all.py": "from pack.face import *",
    "face/__init__.py": "from ..sub.inner import x as name\nfrom .. import unused\nfrom ..sub import other",
    "direct.py": "from pack.sub.inner import thing",
    "sub/__init__.py": "from .inner import thing",
    "sub/inner.py": "thing = 1",
    "sub/other.py": "",
    "sub/table.csv": "a,b",
    "sub/templates/page.jinja": "hello",
    "sub/deep/__init__.py": "",
    "sub/deep/unrelated.csv": "c,d",
}


@pytest.mark.parametrize(
    ("function", "changed", "matters"),
    [
        ("pack.user:f", "sub/inner.py", True),  # through the package that re-exports it
        ("pack.user:f", "sub/__init__.py", True),
        ("pack.user:f", "sub/other.py", False),
        ("pack.user:f", "sub/table.csv", True),
        ("pack.user:f", "sub/templates/page.jinja", True),
        ("pack.user:f", "sub/deep/unrelated.csv", False),
        ("pack.user:f", "__init__.py", True),  # it runs when pack.user is imported
        ("pack.user:f", "unused.py", False),
        ("pack.direct:f", "sub/__init__.py", True),
        ("pack.sub.other:f", "sub/inner.py", False),
        ("pack.hub:f", "face/__init__.py", True),  # which says what the names mean
        ("pack.hub:f", "sub/inner.py", True),
        ("pack.hub:f", "sub/other.py", True),
        ("pack.hub:f", "unused.py", False),
        ("pack.all:f", "unused.py", True),
        ("pack:f", "unused.py", True),
    ],
)
def test_packages_and_data_files_count_where_they_are_used(
    tmp_path: Path, function: str, changed: str, matters: bool
) -> None:
    pack = write(tmp_path, TREE)
    before = key_of(Task("t", function), {"pack": pack})
    with (pack / changed).open("a") as stream:
        stream.write("\n")
    assert (key_of(Task("t", function), {"pack": pack}) != before) == matters


def test_a_name_asked_for_reaches_what_its_package_takes_it_from(tmp_path: Path) -> None:
    pack = write(tmp_path, TREE)
    files = Sources({"pack": pack}).closure(["pack.face.name", "numpy.array"]).files
    reached = {path.relative_to(pack).as_posix() for path in files if path.suffix == ".py"}
    assert reached == {"__init__.py", "face/__init__.py", "sub/__init__.py", "sub/inner.py"}
    loop = write(tmp_path / "loop", {"__init__.py": "from .a import x", "a/__init__.py": "from .. import x"})
    assert len(Sources({"pack": loop}).closure(["pack.x"]).files) == 2


def test_a_new_data_file_counts_and_compiled_files_do_not(tmp_path: Path) -> None:
    pack = write(tmp_path, TREE)
    task = Task("t", "pack.sub.inner:f")
    before = key_of(task, {"pack": pack})
    write(tmp_path, {"sub/__pycache__/inner.cpython-313.pyc": "x", "sub/table.csv~": "x", "sub/.swp": "x"})
    assert key_of(task, {"pack": pack}) == before
    write(tmp_path, {"sub/more.toml": ""})
    assert key_of(task, {"pack": pack}) != before


def test_key_is_the_same_wherever_the_package_lies(tmp_path: Path) -> None:
    packs = [write(tmp_path / place, TREE) for place in ("here", "there")]
    keys = {key_of(Task("t", "pack.user:f"), {"pack": pack}) for pack in packs}
    assert len(keys) == 1


def test_key_does_not_depend_on_hash_seed_or_working_folder(
    demo: Path, tmp_path: Path, script: Callable[..., subprocess.Popen[str]]
) -> None:
    text = """
import os, sys
from pathlib import Path
os.chdir(sys.argv[2])
from csmkit.build import Code, Task
from csmkit.build.key import key
task = Task("t", "demo.tasks:number", {"value": {"b": 1, "a": [1.5, "ü"]}}, modules=("numpy", "demo", "lxml"))
print(key(task, {"y": "1", "x": "2"}, Code({"demo": Path(sys.argv[1])})))
"""
    runs = [script(text, demo, folder, PYTHONHASHSEED=s) for s, folder in (("1", "/"), ("2", tmp_path))]
    outputs = [run.communicate() for run in runs]
    assert outputs[0][0] == outputs[1][0]
    assert len(outputs[0][0].strip()) == 64, outputs[0][1]


def test_parameters_inputs_and_function_count_and_the_name_does_not(tmp_path: Path) -> None:
    code = Code({"pack": write(tmp_path, TREE)})
    base = key(Task("a", "pack.user:f", {"x": 1, "y": 2}), {"i": "00"}, code)
    assert key(Task("b", "pack.user:f", {"y": 2, "x": 1}), {"i": "00"}, code) == base
    others = [
        key(Task("a", "pack.user:g", {"x": 1, "y": 2}), {"i": "00"}, code),
        key(Task("a", "pack.user:f", {"x": 1, "y": 3}), {"i": "00"}, code),
        key(Task("a", "pack.user:f", {"x": 1, "y": 2}), {"i": "01"}, code),
        key(Task("a", "pack.user:f", {"x": 1, "y": 2}), {"j": "00"}, code),
        key(Task("a", "pack.user:f", {"x": 1, "y": 2}, modules=("numpy",)), {"i": "00"}, code),
    ]
    assert len({base, *others}) == 6


def test_a_function_without_source_has_no_key(demo: Path) -> None:
    with pytest.raises(LookupError, match="no source"):
        key_of(Task("t", "elsewhere.tasks:f"), {"demo": demo})
    with pytest.raises(LookupError, match="no source"):
        key_of(Task("t", "demo.absent:f"), {"demo": demo})


def test_learned_imports_give_the_same_closure_without_parsing(tmp_path: Path) -> None:
    pack = write(tmp_path, TREE)
    first = Sources({"pack": pack})
    closure = first.closure(["pack.user"])
    second = Sources({"pack": pack}, dict(first.imports))
    assert second.closure(["pack.user"]) == closure
    assert second.imports == first.imports


def test_a_closure_notices_that_a_file_changed(tmp_path: Path) -> None:
    pack = write(tmp_path, TREE)
    closure = Sources({"pack": pack}).closure(["pack.user"])
    assert closure.is_unchanged()
    (pack / "sub/inner.py").write_text("thing = 22")
    assert not closure.is_unchanged()


def install(folder: Path, name: str, version: str, *requires: str) -> None:
    for old in folder.glob(f"{name}-*.dist-info"):
        (old / "METADATA").unlink()
        old.rmdir()
    info = folder / f"{name}-{version}.dist-info"
    info.mkdir(parents=True)
    lines = [f"Requires-Dist: {r}" for r in requires]
    (info / "METADATA").write_text("\n".join([*lines, "", "Requires-Dist: not_a_header"]))


def test_versions_are_those_of_a_tool_and_all_that_it_requires(tmp_path: Path) -> None:
    install(tmp_path, "cad_kernel", "7.9", "Num_Py>=2", 'painter ; extra == "draw"')
    install(tmp_path, "num_py", "2.5", 'wheels; python_version > "3"')
    install(tmp_path, "wheels", "1")
    install(tmp_path, "painter", "3")
    install(tmp_path, "not_a_header", "4")
    tools = Tools({"KERNEL": "cad-kernel"}, [str(tmp_path), str(tmp_path / "absent")])
    assert tools.versions({"KERNEL"}) == ["cad-kernel==7.9", "num-py==2.5", "wheels==1"]
    assert tools.versions({"wheels"}) == ["wheels==1"]
    assert tools.versions(set()) == []


def test_a_module_of_unknown_distribution_brings_in_all_versions(tmp_path: Path) -> None:
    install(tmp_path, "one", "1")
    install(tmp_path, "two", "2")
    assert Tools({}, [str(tmp_path)]).versions({"mystery"}) == ["one==1", "two==2"]


def test_an_upgraded_tool_changes_the_keys_of_its_callers_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = write(tmp_path, {"__init__.py": "", "caller.py": "import tool", "other.py": "import json"})
    monkeypatch.setattr(sys, "path", [str(tmp_path / "site")])
    tasks = [Task("t", "pack.caller:f"), Task("t", "pack.other:f")]
    install(tmp_path / "site", "tool", "1.0")
    before = [key_of(task, {"pack": pack}) for task in tasks]
    install(tmp_path / "site", "tool", "1.1")
    after = [key_of(task, {"pack": pack}) for task in tasks]
    assert before[0] != after[0]
    assert before[1] == after[1]


def test_imports_of_a_design_are_read_without_running_it() -> None:
    source = b"from csmkit import Kit, Part\nimport build123d as b\nfrom .local import x\nraise SystemExit"
    sources = Sources({})
    assert sources.imported_by([source]) == ("build123d", "csmkit.Kit", "csmkit.Part")
    assert sources.imported_by([b"def ("]) == ()
    assert sources.imported_by([b"\0"]) == ()
