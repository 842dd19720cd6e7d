#!/bin/sh
# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
# Builds the kits that differ from a commit, in all presets, with their pages, in a folder of their own:
#   preview.sh BASE FOLDER
# If the program or the pages differ, or the commit is unknown, all kits count as changed.
set -eu

base=$1 folder=$2
mkdir -p "$folder/designs"
if git cat-file -e "$base^{commit}" 2>/dev/null && git diff --quiet "$base...HEAD" -- csmkit docs examples mkdocs.yml requirements.lock; then
    changed=$(git diff --name-only "$base...HEAD" -- designs | cut -d/ -f2 | sort -u)
else
    changed=$(ls designs)
fi
for kit in $changed; do
    if [ -f "designs/$kit/kit.toml" ]; then cp -R "designs/$kit" "$folder/designs/"; fi
done
if [ -z "$(ls "$folder/designs")" ]; then
    echo "no kit has changed"
    exit 0
fi
cp -R docs examples mkdocs.yml "$folder/"
csm="$(pwd)/.venv/bin/csm"
python="$(pwd)/.venv/bin/python"
cd "$folder"
"$csm" site --out build
"$python" -m csmkit.site.check build/site
