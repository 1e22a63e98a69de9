#!/bin/sh
# Puts the present text of source files into the pages that show them: the fenced block behind a line
# `<!-- file: PATH -->` becomes that file. A test compares them.
set -eu
cd "$(dirname "$0")/.."
for page in docs/*.md; do
  grep -q '^<!-- file: ' "$page" || continue
  awk '
    /^<!-- file: .* -->$/ { path = $3; print; waiting = 1; next }
    waiting && /^```/ {
      print; waiting = 0; inside = 1
      while ((getline line < path) > 0) print line
      close(path); next
    }
    inside && /^```$/ { inside = 0 }
    !inside { print }
  ' "$page" >"$page.new"
  if cmp -s "$page" "$page.new"; then rm "$page.new"; else
    mv "$page.new" "$page"
    echo "embed: $page"
  fi
done
