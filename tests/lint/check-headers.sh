#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Each header compiles alone. Where its own source file includes it first (after config.h) the build has
# shown that; the others are compiled here. Given the build folder, where generated headers are.
set -eu
. "$(dirname "$0")/lib.sh"

# The first include of a file that is not config.h.
first () {
  sed -n '/config\.h/d; s/^#include *["<]\([^">]*\)[">].*/\1/p' "$1" | head -n 1
}

unproven () {
  files '*.h' | while read -r header; do
    source=${header%.h}.c
    [ -f "$source" ] && [ "$(first "$source")" = "$header" ] || echo "$header"
  done
}

flags=$(pkg-config --cflags gio-unix-2.0 libadwaita-1 gtk4 sqlite3 libgit2 json-glib-1.0 libsodium icu-i18n libxml-2.0 libzip)
# shellcheck disable=SC2016,SC2086 # the inner shell expands; flags are words
unproven | xargs -r -P 2 -I {} sh -c 'header=$1; shift
  printf "#include \"%s\"\n" "$header" | ${CC:-cc} -std=gnu17 -D_GNU_SOURCE -fsyntax-only -Wall -Werror "$@" -xc - ||
    { echo "$header does not compile alone"; exit 1; }' headers {} -I. "-I${1:-.}" $flags || rc=1
exit "$rc"
