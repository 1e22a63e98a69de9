#!/bin/sh
# API documentation of every library module, from the compiler's symbol graphs, into .build/docs.
set -eu
cd "$(dirname "$0")/.."
graphs=.build/symbol-graphs
rm -rf "$graphs" .build/docs
mkdir -p "$graphs" .build/docs
swift build -c release --scratch-path .build/documentation \
  -Xswiftc -emit-symbol-graph -Xswiftc -emit-symbol-graph-dir -Xswiftc "$PWD/$graphs"
for module in $(ls Sources); do
  [ -e "$graphs/$module.symbols.json" ] || continue
  mkdir -p "$graphs/$module"
  mv "$graphs/$module.symbols.json" "$graphs/$module"
  docc convert --additional-symbol-graph-dir "$graphs/$module" --fallback-display-name "$module" \
    --fallback-bundle-identifier "slmc.$module" --output-path ".build/docs/$module" >/dev/null
  echo "docs: .build/docs/$module"
done
