#!/bin/sh
# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
# Prints the newest supported Python on PATH, else the newest among pyenv's installations. A name on PATH may
# be a pyenv shim that starts nothing, so each candidate has to say its version.

works() {
    "$1" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info[:2] != ('"$2"', '"$3"'))' >/dev/null 2>&1
}

for minor in 13 12 11; do
    for candidate in "python3.$minor" python3 python; do
        path=$(command -v "$candidate" 2>/dev/null) || continue
        if works "$path" 3 "$minor"; then
            "$path" -c 'import sys; print(sys.executable)'
            exit 0
        fi
    done
    for candidate in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3."$minor".*/bin/python; do
        if [ -x "$candidate" ] && works "$candidate" 3 "$minor"; then
            echo "$candidate"
            exit 0
        fi
    done
done
exit 1
