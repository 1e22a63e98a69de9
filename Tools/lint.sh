#!/bin/sh
# Format and the house rules that a formatter cannot see.
set -eu
cd "$(dirname "$0")/.."
status=0
complain() { echo "lint: $*" >&2; status=1; }

echo "lint: swift format"
swift format lint --strict --parallel --recursive Sources Tests Benchmarks Package.swift || status=1

echo "lint: house rules"
git ls-files 'Sources/*.swift' | xargs awk -f Tools/budgets.awk || status=1
git ls-files 'Sources/*.swift' | xargs awk -f Tools/names.awk || status=1
python3 Tools/documented.py --least 90 || status=1
if git grep -nE '(^|[^A-Za-z0-9_.])/(home|root|work|Users)/[A-Za-z0-9]' -- . ':!Tools/lint.sh'; then
  complain "no absolute paths of one machine"
fi
# Who is a module of numerics stands in Package.swift alone.
numerics=$(tr -d '\n' <Package.swift | grep -oE 'numerics\( *"[A-Za-z]+"' | grep -oE '[A-Z][A-Za-z]+')
[ -n "$numerics" ] || complain "Package.swift names no module of numerics"
for module in $numerics; do
  if grep -rnE '^(public |internal )?import Foundation|[^.]print\(' "Sources/$module"; then
    complain "$module: numerics neither print nor import Foundation"
  fi
done
# The engine and the tool know no theory: only its own folders and Theories may name it.
theories=$(ls Sources/Theories | grep -v '\.swift$')
words=$(grep -rh -A1 'GroupSchema.Variant($' Sources/Theories | grep -oE '"[a-z]+(-[a-z]+)+"' | sort -u)
[ -n "$theories" ] && [ -n "$words" ] || complain "Sources/Theories names no theory"
own=$(echo "$theories" | sed 's/^/--exclude-dir=/')
for theory in $theories; do
  if grep -rnE $own --exclude-dir=Theories "import $theory\$" Sources; then
    complain "only Theories imports $theory"
  fi
done
for word in $words; do
  if grep -rnF $own --exclude-dir=Theories "$word" Sources; then
    complain "$word belongs to a theory and is named outside of it"
  fi
done
if grep -rnE 'try!|-Ounchecked' Sources Package.swift; then complain "no try!, no -Ounchecked"; fi
if git ls-files Sources | grep -E '(Manager|Helper|Utils|Common)'; then complain "say what it is"; fi
exit $status
