#!/bin/sh
# Builds and runs all tests in release mode; fails when none ran, because `swift test` does not.
set -eu
cd "$(dirname "$0")/.."

echo "test: building"
swift build -c release --build-tests
echo "test: running"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
swift test -c release --skip-build 2>&1 | tee "$log" | grep -v "started\.$" || status=$?
closing=$(grep -E "Test run with [0-9]+ tests" "$log" | tail -1)
echo "$closing"
case "$closing" in
  *" passed after"*) ;;
  *) echo "test: not passed" >&2; exit 1 ;;
esac
case "$closing" in
  *"with 0 tests"*) echo "test: no test ran" >&2; exit 1 ;;
esac
