#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Each header compiles alone. Given a folder with config.h and generated headers as the first argument.
set -eu
. "$(dirname "$0")/lib.sh"
flags=$(pkg-config --cflags gio-unix-2.0 libadwaita-1 gtk4 sqlite3 libgit2 json-glib-1.0 libsodium icu-i18n)
# shellcheck disable=SC2016,SC2086 # the inner shell expands; flags are words
files '*.h' | xargs -r -P 2 -I {} sh -c 'header=$1; shift
  printf "#include \"%s\"\n" "$header" | ${CC:-cc} -std=gnu17 -D_GNU_SOURCE -fsyntax-only -Wall -Werror "$@" -xc - ||
    { echo "$header does not compile alone"; exit 1; }' headers {} -I. "-I${1:-.}" $flags || rc=1
exit "$rc"
