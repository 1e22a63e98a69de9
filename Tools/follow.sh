#!/bin/sh
# Follows a page of the documentation as a reader would: writes the blocks behind `<!-- write: NAME -->`
# into files of the present folder and runs the `sh` blocks in order, until one fails. Blocks behind
# `<!-- only to read -->` are left out.
#   sh follow.sh PAGE.md
set -eu
script=$(mktemp)
trap 'rm -f "$script"' EXIT
awk '
  /^<!-- write: .* -->$/ { name = $3; next }
  /^<!-- only to read -->$/ { skip = 1; next }
  /^```/ && !inside {
    inside = 1
    if (name != "") {
      print "mkdir -p \"$(dirname " name ")\"; cat >" name " <<\"END OF FILE\""; mode = "file"
    } else if ($0 == "```sh" && !skip) mode = "run"
    else mode = ""
    next
  }
  /^```$/ && inside {
    if (mode == "file") print "END OF FILE"
    inside = 0; name = ""; skip = 0; mode = ""; next
  }
  inside && mode == "run" && !/^ / && $0 != "" {
    quoted = $0; gsub(/\047/, "\047\\\047\047", quoted)
    print "printf \047%s\\n\047 \047$ " quoted "\047"
  }
  inside && mode != "" { print }
' "$1" >"$script"
sh -eu "$script"
