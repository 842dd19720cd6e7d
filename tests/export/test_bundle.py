# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
import hashlib
import io
import os
import random
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import bundle_sample as sample
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csmkit.errors import CsmError
from csmkit.export.archive import EPOCH, sha256sums, zip_bytes
from csmkit.export.bundle import bundle, bundle_files, bundle_name, folder_papers, rebuild_command
from csmkit.export.licenses import OPEN_LICENSES, license_ids, license_texts
from csmkit.model import Tier

NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="/\\:."), min_size=1
)
FILES = st.dictionaries(NAMES, st.binary(max_size=50), max_size=8).filter(
    lambda files: len({n.casefold() for n in files}) == len(files)
)


def unzip(data: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(folder)
    (top,) = folder.iterdir()
    return top


def test_the_worked_example_is_these_very_bytes() -> None:
    files = {"b/c.dxf": b"0\nEOF\n", "a.txt": b"hello\n"}
    data = zip_bytes(files, epoch=1_700_000_000)
    assert len(data) == 210
    assert (
        hashlib.sha256(data).hexdigest() == "e9d839c1c5109bc1bdfc47b1cc8c392630e57dc8452407877b7069566cc8235b"
    )


@given(FILES, st.randoms(use_true_random=False))
def test_the_order_of_the_files_changes_no_byte(files: dict[str, bytes], shuffler: random.Random) -> None:
    try:
        data = zip_bytes(files)
    except CsmError:  # two names that only Unicode's forms tell apart
        return
    shuffled = list(files.items())
    shuffler.shuffle(shuffled)
    assert zip_bytes(dict(shuffled)) == data


@given(FILES)
def test_what_goes_in_comes_out(files: dict[str, bytes]) -> None:
    try:
        data = zip_bytes(files)
    except CsmError:
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert sorted(archive.read(i) for i in archive.infolist()) == sorted(files.values())
        assert all(i.compress_type == zipfile.ZIP_STORED and i.create_system == 3 for i in archive.infolist())
        assert all(i.date_time == (1980, 1, 1, 0, 0, 0) for i in archive.infolist())


def test_a_composed_and_a_decomposed_name_give_the_same_bytes() -> None:
    assert zip_bytes({"Gro\u0308ße.txt": b"x"}) == zip_bytes({"Größe.txt": b"x"})


@pytest.mark.parametrize("name", ["/etc/x", "../x", "a/../b", "a//b", "C:/x", "a\\b", "a\nb", "", "./a"])
def test_names_that_leave_the_folder_are_refused(name: str) -> None:
    with pytest.raises(CsmError, match="is no file name"):
        zip_bytes({name: b""})


def test_names_that_differ_by_case_alone_are_refused() -> None:
    with pytest.raises(CsmError, match="case does not count"):
        zip_bytes({"Side.dxf": b"", "side.dxf": b""})


@pytest.mark.parametrize("epoch", [EPOCH - 1, 0, 4_354_819_199])
def test_dates_that_a_zip_cannot_say_are_refused(epoch: int) -> None:
    with pytest.raises(CsmError, match="1980 to 2107"):
        zip_bytes({"a": b""}, epoch)


@pytest.mark.parametrize("tier", [sample.FREE, sample.BASIC, sample.PREMIUM])
def test_sha256sum_accepts_each_unzipped_bundle(tier: Tier, tmp_path: Path) -> None:
    top = unzip(bundle(sample.edition(), tier), tmp_path)
    assert (
        top.name
        == bundle_name(sample.manifest(), "default", tier.key)
        == f"kiste-größe-2-1.2.0-default-{tier.key}"
    )
    sums = (top / "SHA256SUMS").read_text("utf-8")
    assert {line[66:] for line in sums.splitlines()} == {
        p.relative_to(top).as_posix() for p in top.rglob("*") if p.is_file() and p.name != "SHA256SUMS"
    }
    if program := shutil.which("sha256sum"):
        subprocess.run([program, "-c", "--strict", "--quiet", "SHA256SUMS"], cwd=top, check=True)


def test_sha256sum_refuses_a_changed_file(tmp_path: Path) -> None:
    program = shutil.which("sha256sum")
    if program is None:
        pytest.skip("sha256sum is in the package coreutils")
    top = unzip(bundle(sample.edition(), sample.FREE), tmp_path)
    (top / "bom.csv").write_bytes(b"tampered\n")
    result = subprocess.run([program, "-c", "SHA256SUMS"], cwd=top, capture_output=True, check=False)
    assert result.returncode == 1


def test_the_free_bundle_holds_the_source_and_what_a_rebuild_needs() -> None:
    files = bundle_files(sample.edition(), sample.FREE)
    folder = "designs/kiste-größe-2"
    assert {f"{folder}/kit.toml", f"{folder}/design.py", f"{folder}/assembly.md", "workshop.toml"} <= set(
        files
    )
    assert tomllib.loads(files["params.toml"].decode()) == dict(sample.edition().params)
    readme = files["README.md"].decode()
    assert rebuild_command(sample.edition()) in readme
    assert "csmkit 0.1.0" in readme


def test_the_rebuild_command_survives_a_shell() -> None:
    assert rebuild_command(sample.edition()) == (
        "csm build 'kiste-größe-2' --preset default --set lid=true --set width=420.0"
        " --workshop workshop.toml --out build"
    )


def test_the_readme_names_what_is_there_and_nothing_else() -> None:
    readme = bundle_files(sample.edition(), sample.BASIC)["README.md"].decode()
    named = re.findall(r"^- .*?: ((?:`[^`]+`(?:, )?)+)$", readme, re.MULTILINE)
    assert [re.findall("`([^`]+)`", places) for places in named] == [
        ["flat/"],
        ["sheets/"],
        ["bom.csv", "cut-list.csv"],
        ["okh.toml"],
        ["LICENSES/", "README.md"],
    ]


def test_each_tier_holds_its_groups_and_no_stale_file() -> None:
    basic = bundle_files(sample.edition(), sample.BASIC)
    assert not [p for p in basic if p.startswith(("designs/", "parts/", "bundles/", "assembly"))]
    assert {"bom.csv", "cut-list.csv", "flat/birch-ply-12mm/side left_x2.dxf"} <= set(basic)
    assert "LICENSES/CERN-OHL-S-2.0.txt" in basic
    assert b"stale" not in basic.values()


@pytest.mark.parametrize("tier", [sample.FREE, sample.BASIC, sample.PREMIUM])
def test_a_bundles_manifest_names_only_files_that_it_holds(tier: Tier) -> None:
    files = bundle_files(sample.edition(), tier)
    okh = tomllib.loads(files["okh.toml"].decode())
    named = [okh["readme"], *okh.get("source", []), *okh.get("export", [])]
    named += [
        path for part in okh.get("part", []) for path in (*part.get("export", []), *part.get("source", []))
    ]
    assert set(named) <= set(files)


def test_the_builds_own_folder_gets_papers_that_name_only_its_files() -> None:
    papers = folder_papers(sample.edition())
    assert sorted(papers) == [
        "LICENSES/CC-BY-SA-4.0.txt",
        "LICENSES/CERN-OHL-S-2.0.txt",
        "README.md",
        "okh.toml",
    ]
    okh = tomllib.loads(papers["okh.toml"].decode())
    assert {"source"}.isdisjoint(okh)
    assert set(okh["export"]) <= set(sample.files())
    assert "tier `" not in papers["README.md"].decode()


def test_no_path_of_the_machine_gets_into_a_bundle() -> None:
    for tier in (sample.FREE, sample.BASIC, sample.PREMIUM):
        data = bundle(sample.edition(), tier)
        assert b"somewhere" not in data
        assert str(Path.cwd()).encode() not in data


def test_a_bundle_is_the_same_under_another_hash_seed_and_locale() -> None:
    script = (
        "import hashlib, bundle_sample as s; from csmkit.export.bundle import bundle;"
        "print(*[hashlib.sha256(bundle(s.edition(), t)).hexdigest() for t in (s.FREE, s.BASIC, s.PREMIUM)])"
    )
    root = Path(__file__).parents[2]
    results = set()
    for seed, locale, zone in (("1", "C", "UTC"), ("2", "C.UTF-8", "Asia/Tokyo")):
        path = f"{root}{os.pathsep}{Path(__file__).parent}"
        env = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone, "PYTHONPATH": path}
        run = subprocess.run(
            [sys.executable, "-c", script], env=env, capture_output=True, check=True, text=True
        )
        results.add(run.stdout)
    here = [
        hashlib.sha256(bundle(sample.edition(), t)).hexdigest()
        for t in (sample.FREE, sample.BASIC, sample.PREMIUM)
    ]
    assert results == {" ".join(here) + "\n"}


def test_checksums_are_sorted_and_of_the_content() -> None:
    empty = hashlib.sha256(b"").hexdigest()
    assert sha256sums({"b": b"", "a b": b""}) == f"{empty}  a b\n{empty}  b\n".encode()


def test_the_repositorys_licence_texts_are_whole() -> None:
    texts = license_texts(["Apache-2.0", "CC-BY-SA-4.0", "CERN-OHL-S-2.0"])
    assert list(texts) == ["Apache-2.0.txt", "CC-BY-SA-4.0.txt", "CERN-OHL-S-2.0.txt"]
    assert b"END OF TERMS AND CONDITIONS" in texts["Apache-2.0.txt"]
    assert b"Section 8 -- Interpretation." in texts["CC-BY-SA-4.0.txt"]
    assert b"8.6 This Licence shall not be enforceable" in texts["CERN-OHL-S-2.0.txt"]


def test_a_licence_without_its_text_is_named() -> None:
    with pytest.raises(CsmError, match=r"text of the licence MIT is not at hand; add LICENSES/MIT\.txt"):
        license_texts(["MIT"])


def test_expressions_of_licences_are_taken_apart() -> None:
    assert license_ids("CERN-OHL-S-2.0 AND (CC-BY-SA-4.0 OR MIT)") == (
        "CERN-OHL-S-2.0",
        "CC-BY-SA-4.0",
        "MIT",
    )


@pytest.mark.parametrize("text", ["", "AND", "MIT OR", "MIT MIT", "(MIT", "MIT)", "()"])
def test_broken_expressions_are_refused(text: str) -> None:
    with pytest.raises(CsmError, match="is not an SPDX licence expression"):
        license_ids(text)


@pytest.mark.parametrize("text", ["CERN-OHL-S", "CC-BY-NC-4.0", "Proprietary", "CC-BY-ND-4.0"])
def test_unknown_and_closed_licences_are_refused_with_the_nearest(text: str) -> None:
    with pytest.raises(CsmError, match="is no open licence that SPDX knows; nearest:"):
        license_ids(text)


def test_every_open_licence_is_a_current_spdx_identifier() -> None:
    licenses = pytest.importorskip("reuse._licenses")
    assert set(licenses.ALL_NON_DEPRECATED_MAP) >= OPEN_LICENSES
