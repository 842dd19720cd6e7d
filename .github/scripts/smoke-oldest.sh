#!/bin/sh
# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
# A kit, whole, on the oldest supported Python, with the cut planners that exist there.
set -eu

oldest=$(sh .github/scripts/find-python.sh 11) || { echo "Python 3.11 is not installed" >&2; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"$oldest" -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --no-deps --requirement requirements.lock
"$folder/venv/bin/python" -m pip install --quiet --no-deps --no-build-isolation --editable .
"$folder/venv/bin/csm" --cache "$folder/cache" list
# Other sizes than the presets', so that no layout lock serves and the planners of this Python are used.
"$folder/venv/bin/csm" --cache "$folder/cache" build step-stool --set width=400 --out "$folder/build"
( cd "$folder/build/step-stool/default" && sha256sum --check --quiet SHA256SUMS )
"$folder/venv/bin/python" -m pytest -q -n auto --dist loadgroup tests/build
