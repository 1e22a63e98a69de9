#!/bin/sh
# The engine's budgets: plan from nothing, run and no-op of 1,001, 10,001 and 100,001 `constant` jobs,
# and with --peers the same sweep of four stages in Snakemake, DVC and doit from PyPI.
#
#   Benchmarks/engine-budget.sh [--peers] [--sizes 1001,10001] [--peer-sizes 101,1001]
#
# Works in a temporary folder that it removes; needs python3 and, for --peers, python3-venv.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
echo "engine-budget: working in $scratch" >&2
case " $* " in
*" --peers "*)
  echo "engine-budget: installing snakemake, dvc and doit into a scratch environment" >&2
  python3 -m venv "$scratch/venv"
  "$scratch/venv/bin/pip" install --quiet snakemake dvc doit
  ;;
esac
python3 "$here/engine_budget.py" --slmc "${SLMC:-$here/../.build/release/slmc}" \
  --scratch "$scratch" --venv "$scratch/venv" "$@"
