# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2154
# A part of bench/run.sh, which has the functions and the names: a sales force of many laptops.

records=1000000 devices=200 change_sets=100000 laptops=100
if [ "$fleet" = small ]; then records=20000 devices=20 change_sets=2000 laptops=10; fi

# A new laptop, from a checkpoint; one that comes back after a year; a month of all.
for part in "first $records" "month $laptops 2000"; do
  mkdir "$dir/part"
  # shellcheck disable=SC2086
  build/bench/bench-fleet "$dir/part" $part >>"$out"
  rm -rf "$dir/part"
done

# Many devices and their past, beside stock git with the same: a bare mirror that fetches, and one that has
# a branch of its own.
build/bench/bench-fleet "$dir" many "$devices" "$change_sets"
past="$devices devices, $change_sets change-sets"
cp -a "$dir/fleet.git" "$dir/other.git"
git clone -q --mirror "$dir/other.git" "$dir/mirror.git"
git clone -q --mirror "$dir/other.git" "$dir/own.git"
git -C "$dir/mirror.git" fetch -q

sync_as () { "$satchel" --home "$dir/$1" sync || [ $? -eq 3 ]; }
sync_as watcher >/dev/null
sync_as writer >/dev/null
sync_as watcher >/dev/null
ours=$(timed 7 sync_as watcher)
theirs=$(timed 7 git -C "$dir/mirror.git" fetch -q)
line "$past: git fetch with nothing to do" "$theirs" ms '' lower
line "$past: sync with nothing to do" "$ours" ms '' lower
line "$past: sync with nothing to do, times git fetch" "$(ratio "$ours" "$theirs")" x 1.3 lower

# keep_best NAME MILLISECONDS: in the variable NAME the smallest of all.
keep_best () {
  eval "before=\${$1:-}"
  # shellcheck disable=SC2154
  if [ -z "$before" ] || [ "$2" -lt "$before" ]; then eval "$1=$2"; fi
}
id=$("$satchel" --home "$dir/writer" list customer --limit 1 --json | tr -d ' \n' | sed 's/.*"id":"\([^"]*\)".*/\1/')
parent=''
for n in 1 2 3 4 5; do
  "$satchel" --home "$dir/writer" set customer "$id" "city=Port $n" >/dev/null
  keep_best sent "$(timed 1 sync_as writer)"
  keep_best received "$(timed 1 sync_as watcher)"
  blob=$(echo "city=Port $n" | git -C "$dir/own.git" hash-object -w --stdin)
  tree=$(printf '100644 blob %s\t%s.changes\n' "$blob" "$n" | git -C "$dir/own.git" mktree)
  # shellcheck disable=SC2086
  parent=$(echo "$n" | git -C "$dir/own.git" -c user.name=bench -c user.email=bench commit-tree "$tree" ${parent:+-p "$parent"})
  git -C "$dir/own.git" update-ref refs/heads/own "$parent"
  keep_best pushed "$(timed 1 git -C "$dir/own.git" push -q "$dir/other.git" refs/heads/own)"
  keep_best fetched "$(timed 1 git -C "$dir/mirror.git" fetch -q)"
done
line "$past: git push of one small change" "$pushed" ms '' lower
line "$past: git fetch of it" "$fetched" ms '' lower
line "$past: sync that sends one small change" "$sent" ms '' lower
line "$past: sync that receives it" "$received" ms '' lower
line "$past: one small change, times git push and fetch" "$(ratio $((sent + received)) $((pushed + fetched)))" x '' lower
