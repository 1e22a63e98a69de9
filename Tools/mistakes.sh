#!/bin/sh
# Makes every mistake of a table again and prints the table with what the tool says to it now:
#   sh Tools/mistakes.sh Tests/Fixtures/mistakes.txt >new
# `===` begins a mistake, `>` prepares its folder, `$` makes it; then come exit code and message.
set -eu
table=$(realpath "$1")
base=$(dirname "$table")/mistakes
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
said=""
while IFS= read -r line; do
  case $line in
    "=== "*)
      said=""
      chmod -R u+w "$folder"
      rm -rf "$folder"
      cp -R "$base" "$folder"
      printf '%s\n' "$line"
      ;;
    "> "*)
      (cd "$folder" && sh -eu -c "${line#> }" >/dev/null 2>&1) || echo "(this did not work)"
      printf '%s\n' "$line"
      ;;
    "\$ "*)
      code=0
      answer=$(cd "$folder" && sh -c "${line#\$ }" </dev/null 2>&1) || code=$?
      printf '%s\n[%s]\n%s\n\n' "$line" "$code" "$answer" | sed "s|$folder|FOLDER|g
        s/[0-9a-f]\{12\}/KEY/g; s/ in [0-9.]* m\{0,1\}s: / in TIME: /; s/ *$//"
      said=1
      ;;
    *) [ -n "$said" ] || printf '%s\n' "$line" ;;
  esac
done <"$table"
