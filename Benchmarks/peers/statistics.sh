#!/bin/sh
# Runs statistics.py in a virtual environment of its own, which is thrown away afterwards.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 -m venv "$scratch/venv"
"$scratch/venv/bin/pip" install --quiet numpy scipy emcee pyerrors arviz
"$scratch/venv/bin/python" "$here/statistics.py"
