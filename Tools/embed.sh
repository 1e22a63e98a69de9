#!/bin/sh
# Puts the present text of source files into the pages that show them: the fenced block behind a line
# `<!-- file: PATH -->` becomes that file. A test compares them.
set -eu
cd "$(dirname "$0")/.."
status=0
for page in docs/*.md; do
  grep -q '^<!-- file: ' "$page" || continue
  awk '
    /^<!-- file: .* -->$/ { path = $3; print; waiting = 1; next }
    waiting && /^```/ {
      print; waiting = 0
      if ((getline line < path) < 0) { print "embed: there is no " path >"/dev/stderr"; missing = 1; next }
      inside = 1
      do print line; while ((getline line < path) > 0)
      close(path); next
    }
    inside && /^```$/ { inside = 0 }
    !inside { print }
    END { exit missing }
  ' "$page" >"$page.new" || { rm "$page.new"; status=1; continue; }
  if cmp -s "$page" "$page.new"; then rm "$page.new"; else
    mv "$page.new" "$page"
    echo "embed: $page"
  fi
done
exit $status
