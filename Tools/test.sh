#!/bin/sh
# Builds and runs all tests in release mode; fails when none ran, because `swift test` does not.
# What needs a real Slurm runs first and alone: it waits for the cluster's clocks, and the other tests
# take all cores. With `slurm` as its argument only that runs.
set -eu
cd "$(dirname "$0")/.."

echo "test: building"
swift build -c release --build-tests
log=$(mktemp)
trap 'rm -f "$log"' EXIT

run() { # SECONDS, WORDS FOR swift test
  timeout --kill-after=30 "$1" swift test -c release --skip-build "$2" RealSlurm 2>&1 \
    | tee "$log" | grep -v "started\.$" || true
  closing=$(grep -E "Test run with [0-9]+ tests" "$log" | tail -1)
  echo "$closing"
  case "$closing" in
    *"with 0 tests"*) echo "test: no test ran" >&2; exit 1 ;;
    *" passed after"*) ;;
    *) echo "test: not passed" >&2; exit 1 ;;
  esac
}

echo "test: running on a private Slurm"
export SLMC_TEST_SLURM=1
run 900 --filter
if [ "${1:-}" = slurm ]; then exit; fi
echo "test: running"
run 7200 --skip
