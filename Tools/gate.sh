#!/bin/sh
# Runs the profile `ci` of every experiment from nothing, in one store, and checks it against its committed
# baseline. Jobs compute with one BLAS kernel on all x86-64-v3 machines, so there the bits have to agree. An
# experiment without a baseline is guarded by nothing: that fails too.
set -eu
cd "$(dirname "$0")/.."
slmc=$PWD/.build/release/slmc
store=$(mktemp -d)
trap 'chmod -R u+w "$store"; rm -rf "$store"' EXIT
export SLMC_STORE="$store"
status=0
for manifest in experiments/*.yaml; do
  name=$(basename "$manifest" .yaml)
  echo "gate: $name"
  if ! [ -f "results/$name/baseline.ci.json" ]; then
    echo "gate: results/$name/baseline.ci.json is missing; slmc check $manifest --profile ci --update" >&2
    status=2
    continue
  fi
  "$slmc" run "$manifest" --profile ci --quiet || exit $?
  "$slmc" check "$manifest" --profile ci "$@" || status=$?
done
exit $status
