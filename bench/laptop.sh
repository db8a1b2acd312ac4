# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2154
# A part of bench/run.sh, which has the functions and the names: one laptop, and two.

mkdir "$dir/replica"
build/bench/bench-replica "$dir/replica" "$customers" >>"$out"
build/bench/bench-sync "$dir" "$customers" >>"$out"

# Conditions, roll-ups, rules and rights.
mkdir "$dir/query"
build/bench/bench-query "$dir/query" "$customers" >>"$out"

# Typing into the search field; real names where they are.
data=${SATCHEL_TEST_DATA:-../shared/data}
set -- "$data/chinese-companies/company-short-names.txt" "$data/chinese-names/person-names.txt"
if ! [ -e "$1" ] || ! [ -e "$2" ]; then set --; fi
mkdir "$dir/search"
build/bench/bench-search "$dir/search" "$customers" "$@" >>"$out"

# The window on a list of that many, beside the window on nothing.
if command -v xvfb-run >/dev/null && command -v dbus-run-session >/dev/null; then
  window () { # FOLDER LABEL
    env -u WAYLAND_DISPLAY GSK_RENDERER=cairo GDK_DEBUG=gl-disable GTK_A11Y=none GSETTINGS_BACKEND=memory \
      xvfb-run -a -s '-screen 0 1600x1000x24' dbus-run-session -- build/bench/bench-window "$dir/$1" "$2" 2>/dev/null
  }
  "$satchel" hub init "$dir/list.git" --workspace Bench >/dev/null
  "$satchel" --home "$dir/empty" join "$dir/list.git" --user li >/dev/null
  "$satchel" --home "$dir/full" join "$dir/list.git" --user wang >/dev/null
  awk -v n="$customers" 'BEGIN { print "name,phone,city"
    for (i = 0; i < n; i++) printf "Customer %d,021-%08d,%s\n", (i * 7919) % n, i, (i % 3 ? "上海" : "Paris") }' >"$dir/list.csv"
  "$satchel" --home "$dir/full" import customer "$dir/list.csv" >/dev/null
  window empty 'nothing in it' >"$dir/window-empty"
  window full "$customers customers" >"$dir/window-full"
  cat "$dir/window-empty" "$dir/window-full" >>"$out"
  first () { sed -n 's/.*something to see|\([0-9.]*\)|.*/\1/p' "$1"; }
  line 'window, the list beside nothing in it: something to see' \
    "$(ratio "$(first "$dir/window-full")" "$(first "$dir/window-empty")")" x 1.5 lower
fi

# A sync with nothing to do, beside git fetch with nothing to do, on one hub over a path.
"$satchel" demo "$dir/demo" >/dev/null
git clone -q --bare --mirror "$dir/demo/hub.git" "$dir/mirror.git"
"$satchel" --home "$dir/demo/east" sync >/dev/null || [ $? -eq 3 ]
git -C "$dir/mirror.git" fetch -q
idle () { "$satchel" --home "$dir/demo/east" sync || [ $? -eq 3 ]; }
ours=$(timed 7 idle)
theirs=$(timed 7 git -C "$dir/mirror.git" fetch -q)
line 'git fetch with nothing to do' "$theirs" ms '' lower
line 'sync with nothing to do' "$ours" ms '' lower
line 'sync with nothing to do, times git fetch' "$(ratio "$ours" "$theirs")" x 1.3 lower

# A year of a whole company: made, and fetched by a new laptop.
line 'demo of 240 customers, made' "$(timed 1 "$satchel" demo "$dir/again")" ms '' lower
line 'the same, joined and fetched by a new laptop' \
  "$(timed 1 "$satchel" --home "$dir/new" join "$dir/again/hub.git" --user chen)" ms '' lower
