# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What all tests share: system programs that some need, a cache folder, Hypothesis' profile."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The machine is shared and noisy: a slow example is no fault, and CI draws the same examples every time.
settings.register_profile(
    "csmkit", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("csmkit")

ROOT = Path(__file__).parents[1]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "needs(program, package): skipped where the program is absent, unless CSM_NEEDS=strict",
    )
    config.addinivalue_line("markers", "slow: takes a minute or more; run where CSM_SLOW is set")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("slow") and not os.environ.get("CSM_SLOW"):
        pytest.skip("slow: CSM_SLOW=1 runs it")
    for mark in item.iter_markers("needs"):
        program, package = mark.args[0], mark.kwargs["package"]
        if shutil.which(program) is None:
            message = f"{program} is not installed (Debian package {package})"
            if os.environ.get("CSM_NEEDS") == "strict":
                pytest.fail(message)
            pytest.skip(message)


@pytest.fixture(scope="session")
def kit_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With the results of `make site` where that ran before: a key names all that a result depends on."""
    return Path(os.environ.get("CSM_CACHE") or tmp_path_factory.mktemp("cache"))
