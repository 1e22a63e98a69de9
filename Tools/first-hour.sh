#!/bin/sh
# The first hour with slmc, following the README: clones this repository, does what a newcomer does and
# writes what was printed, shortened, with the time each step took, to docs/first-hour.md.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
page=$work/first-hour.md
trap 'rm -rf "$work"' EXIT
began=$(date +%s)

say() { printf '%s\n' "$*" >>"$page"; }

# LINES COMMAND: runs it in the present folder; of a longer output only the beginning and the end stay.
try() {
  lines=$1
  shift
  echo "first-hour: $*"
  start=$(date +%s.%N)
  code=0
  sh -c "$*" >"$work/output" 2>&1 </dev/null || code=$?
  took=$(echo "$(date +%s.%N) $start" | awk '{t = $1 - $2; printf t < 10 ? "%.1f s" : "%.0f s", t}')
  {
    printf '```text\n$ %s\n' "$*"
    sed "s|$work|~|g; s|$HOME/|~/|g" "$work/output" | cut -c1-110 | awk -v most="$lines" '
      { line[NR] = $0 }
      END {
        if (NR <= most) { for (i = 1; i <= NR; i++) print line[i]; exit }
        head = int(most / 2); tail = most - head - 1
        for (i = 1; i <= head; i++) print line[i]
        print "…"
        for (i = NR - tail + 1; i <= NR; i++) print line[i]
      }'
    printf '```\n'
    if [ "$code" = 0 ]; then printf '*%s*\n\n' "$took"; else
      printf '*%s, exit code %s*\n\n' "$took" "$code"
    fi
  } >>"$page"
}

minutes() { echo "$(date +%s) $began" | awk '{printf "%.1f", ($1 - $2) / 60}'; }

say '# The first hour'
say ''
say 'What a newcomer types who follows the README, and what the machine printed, shortened. Written by'
say '`make first-hour`, which does all of it again; nothing here is edited by hand.'
say ''
say "Machine: $(nproc) cores, $(awk -F': ' '/model name/ {print $2; exit}' /proc/cpuinfo)," \
  "$(. /etc/os-release && echo "$PRETTY_NAME"); $(swift --version 2>/dev/null | head -1 | cut -d'(' -f1)."
say "${FIRST_HOUR_NOTE:-}"
say ''
say '## From the sources to a first figure'
say '`make demo` installs what is missing, builds, runs a small real experiment and draws its figures.'
say ''
git clone -q "$root" "$work/slmc"
cd "$work/slmc"
try 24 'make demo'
export PATH="$work/slmc/.build/release:$PATH"
say "The first figure is there after $(minutes) minutes. The tool from here on, and whether this machine"
say 'is fit for it (`export PATH=$PWD/.build/release:$PATH`, or `make install`):'
say ''
try 8 'slmc --version'
try 24 'slmc doctor'

say '## A project of your own'
mkdir "$work/project"
cd "$work/project"
try 4 'slmc init mine'
try 22 'cat experiments/mine.yaml'
try 14 'slmc plan experiments/mine.yaml'
try 16 'slmc run experiments/mine.yaml'
try 6 'slmc show experiments/mine.yaml --columns acceptance,energy'
say 'Parameters of your own: an edit of the manifest (here by `sed`), and the same two commands.'
say ''
sed -i 's/temperature: 0.1 /temperature: 0.25/; s/coupling: 1 /coupling: 2 /' experiments/mine.yaml
try 4 'grep -n -E "^    (coupling|temperature):" experiments/mine.yaml'
try 6 'slmc run experiments/mine.yaml'
try 8 'slmc figures experiments/mine.yaml'
say "**The first figure of one's own parameters: $(minutes) minutes after the beginning**, with the build."
say ''
try 6 'slmc report experiments/mine.yaml'

say '## A mistake'
sed 's/shells: all/shels: all/; s/temperature: 0.25/temperature: warm/' experiments/mine.yaml \
  >experiments/typo.yaml
try 12 'slmc plan experiments/typo.yaml'

say '## A longer chain, a kill, and going on'
say 'More steps extend the cached chains. A kill at any moment costs nothing:'
say ''
try 12 'slmc plan experiments/mine.yaml -S chain.proposals=20000'
try 6 'timeout -s KILL 3 slmc run experiments/mine.yaml -S chain.proposals=20000'
try 8 'slmc status experiments/mine.yaml -S chain.proposals=20000'
try 12 'slmc run experiments/mine.yaml -S chain.proposals=20000'
try 4 'slmc run experiments/mine.yaml -S chain.proposals=20000'

say '## Where a number comes from'
try 14 'slmc trace experiments/mine.yaml#acceptance'
try 12 'slmc ls'
try 6 'slmc verify'

say '## Data of your own'
try 2 "awk 'BEGIN {srand(1); for (i = 0; i < 20000; i++) {x = 0.9 * x + rand(); print x}}' > mine.csv"
try 6 'slmc autocorrelation mine.csv'

say '## To publish'
try 4 'slmc export experiments/mine.yaml#acceptance --output figure.tar'
try 4 'slmc import figure.tar --store elsewhere/.slmc --output elsewhere'
try 6 'slmc figures elsewhere/experiments/mine.yaml --store elsewhere/.slmc'
say "All of this took $(minutes) minutes. What comes next: [the tutorial](tutorial.md), and a system"
say '([adding-a-system.md](adding-a-system.md)), a model or a stage kind of your own.'
cp "$page" "$root/docs/first-hour.md"
echo "first-hour: wrote docs/first-hour.md after $(minutes) minutes"
