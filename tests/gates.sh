#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The slow gates, started by `./dev check [GATE]...`: each in a build folder of its own, its output in
# build-log/GATE; one line a gate, and a last one that counts.
set -eu
cd "$(dirname "$0")/.."
mkdir -p build-log

# The compiler's warnings are errors on the system they were tuned on.
werror=
if grep -qs '^PRETTY_NAME="Debian GNU/Linux 12' /etc/os-release; then werror=--werror; fi

setup () { # FOLDER OPTION...
  [ -f "$1/build.ninja" ] || meson setup "$@"
}

meson_test () { # FOLDER ARGUMENT...
  folder=$1
  shift
  env -u WAYLAND_DISPLAY GSK_RENDERER=cairo xvfb-run -a dbus-run-session -- \
    meson test -C "$folder" --print-errorlogs --timeout-multiplier 4 "$@"
}

# clang calls a variable unused that is only there to be freed; gcc, which knows better, looks for others.
build_clang () {
  CC=clang setup build-clang ${werror:+"$werror"} -Dc_args=-Wno-unused-variable && ninja -C build-clang
}

gate_clang () {
  build_clang
}

gate_analyser () {
  setup build-analyser -Dc_args=-fanalyzer || return 1
  ninja -C build-analyser -t clean >/dev/null || return 1
  ninja -C build-analyser core/libsatchel-core.a sync/libsatchel-sync.a cli/satchel gtk-app/satchel-gtk \
    >build-log/analyser.ninja || return 1
  ! grep -E '\[-W(error=)?analyzer' build-log/analyser.ninja
}

gate_tidy () {
  build_clang || return 1
  run-clang-tidy -quiet -p build-clang "^$PWD/(core|sync|cli|gtk-app)/.*\.c\$"
}

gate_threads () {
  setup build-threads -Db_sanitize=thread -Db_lundef=false || return 1
  ninja -C build-threads &&
    TSAN_OPTIONS="halt_on_error=1 suppressions=$PWD/tests/lint/tsan.supp" \
      meson_test build-threads --suite unit
}

gate_coverage () {
  setup build-coverage -Db_coverage=true || return 1
  ninja -C build-coverage && meson_test build-coverage --no-suite lint --no-suite ui || return 1
  gcovr --root . build-coverage --filter core/ --filter sync/ --exclude-unreachable-branches \
    --exclude-lines-by-pattern '.*(g_return_(val_)?if_fail|g_assert).*' --print-summary --fail-under-line 85
}

gate_fuzz () {
  CC=clang setup build-fuzz -Db_sanitize=address,undefined -Db_lundef=false -Dc_args=-fsanitize=fuzzer-no-link || return 1
  ninja -C build-fuzz || return 1
  for target in build-fuzz/tests/fuzz/fuzz-*; do
    if [ -d "$target" ] || [ ! -x "$target" ]; then continue; fi
    name=${target##*/fuzz-}
    mkdir -p "build-fuzz/found/$name"
    SATCHEL_CATALOGUE=$PWD/data/catalogue "$target" -max_total_time=60 -rss_limit_mb=2048 -timeout=10 \
      -artifact_prefix="build-fuzz/found/$name-" "build-fuzz/found/$name" "tests/fuzz/corpus/$name" || return 1
  done
}

[ "$#" -gt 0 ] || set -- clang analyser tidy threads coverage fuzz
failed=0
for gate; do
  begun=$(date +%s)
  if "gate_$gate" >"build-log/$gate" 2>&1; then verdict=ok; else verdict=FAILED failed=$((failed + 1)); fi
  printf '%-9s %-6s %4d s   build-log/%s\n' "$gate" "$verdict" "$(($(date +%s) - begun))" "$gate"
  case $gate in coverage) grep -hE '^(lines|branches):' build-log/coverage || : ;; esac
done
echo "$(($# - failed)) passed, $failed failed"
[ "$failed" -eq 0 ]
