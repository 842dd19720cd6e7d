#!/bin/sh
# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
# Prints the newest supported Python: on PATH, else among pyenv's installations. With an argument such as 11,
# that one. A name on PATH may be a pyenv shim that starts nothing, so each candidate has to say its version.

works() {
    "$1" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info[:2] != (3, '"$2"'))' >/dev/null 2>&1
}

for minor in ${1:-13 12 11}; do
    for candidate in "python3.$minor" python3 python; do
        path=$(command -v "$candidate" 2>/dev/null) || continue
        if works "$path" "$minor"; then
            "$path" -c 'import sys; print(sys.executable)'
            exit 0
        fi
    done
    for candidate in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3."$minor".*/bin/python; do
        if [ -x "$candidate" ] && works "$candidate" "$minor"; then
            echo "$candidate"
            exit 0
        fi
    done
done
exit 1
