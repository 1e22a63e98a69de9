#!/bin/sh
# Runs the physics gate of every experiment that has a committed baseline of the profile `ci`, from
# nothing. Jobs compute with one BLAS kernel on all x86-64-v3 machines: there the bits have to agree.
set -eu
cd "$(dirname "$0")/.."
slmc=$PWD/.build/release/slmc
store=$(mktemp -d)
trap 'chmod -R u+w "$store"; rm -rf "$store"' EXIT
export SLMC_STORE="$store"
status=0
for baseline in results/*/baseline.ci.json; do
  name=$(basename "$(dirname "$baseline")")
  echo "gate: $name"
  "$slmc" run "experiments/$name.yaml" --profile ci --quiet || exit $?
  "$slmc" check "experiments/$name.yaml" --profile ci "$@" || status=$?
done
exit $status
