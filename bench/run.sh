#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The promises that are measured, each beside its floor in one run on this machine. Release build; run
# nothing else meanwhile. The files are in $TMPDIR.
#   ./dev bench [--json] [CUSTOMERS]       one laptop, and two
#   ./dev bench --fleet [--json] [small]   a sales force: half an hour; small: a minute or two, to try it
set -eu
cd "$(dirname "$0")/.."
customers=20000 json='' fleet=''
for word; do
  case $word in
    --json) json=yes ;;
    --fleet) fleet=${fleet:-full} ;;
    small) fleet=small ;;
    *) customers=$word ;;
  esac
done
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
satchel=$PWD/build/cli/satchel
out=$dir/results

ms () {
  date +%s%N | cut -b 1-13
}

# timed TIMES COMMAND...: milliseconds of one, the best of TIMES.
timed () {
  times=$1 best=''
  shift
  while [ "$times" -gt 0 ]; do
    begin=$(ms)
    "$@" >/dev/null 2>&1
    took=$(($(ms) - begin))
    if [ -z "$best" ] || [ "$took" -lt "$best" ]; then best=$took; fi
    times=$((times - 1))
  done
  echo "$best"
}

line () { # NAME VALUE UNIT GOAL BETTER
  printf '%s|%s|%s|%s|%s\n' "$@" >>"$out"
}

ratio () {
  awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f", a / (b > 0 ? b : 1) }'
}

if [ -n "$fleet" ]; then
  . bench/fleet.sh
else
  . bench/laptop.sh
fi

if [ -n "$json" ]; then
  awk -F '|' 'BEGIN { printf "{\"results\":[" }
    { printf "%s\n{\"name\":\"%s\",\"value\":%s,\"unit\":\"%s\",\"goal\":%s,\"better\":\"%s\"}", (NR > 1 ? "," : ""), $1, $2, $3, ($4 == "" ? "null" : $4), $5 }
    END { print "\n]}" }' "$out"
else
  awk -F '|' '{ printf "%-58s %10s %-6s %s\n", $1, ($2 < 100 ? sprintf ("%.2f", $2) : sprintf ("%.0f", $2)), $3, ($4 == "" ? "" : "goal " $4) }' "$out"
fi
