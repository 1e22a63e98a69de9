#!/bin/sh
# Runs the physics gate of every experiment that has a committed baseline of the profile `ci`, from
# nothing, with one BLAS kernel for all x86-64 machines: there the bits have to agree.
set -eu
cd "$(dirname "$0")/.."
slmc=$PWD/.build/release/slmc
store=$(mktemp -d)
trap 'chmod -R u+w "$store"; rm -rf "$store"' EXIT
export OPENBLAS_CORETYPE=Haswell SLMC_STORE="$store"
status=0
for baseline in results/*/baseline.ci.json; do
  name=$(basename "$(dirname "$baseline")")
  echo "gate: $name"
  "$slmc" run "experiments/$name.yaml" --profile ci --quiet || exit $?
  "$slmc" check "experiments/$name.yaml" --profile ci "$@" || status=$?
done
exit $status
