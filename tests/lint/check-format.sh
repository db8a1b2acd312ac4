#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every C file is in the house format (.clang-format, clang-format 14); `./dev format` brings it there.
set -eu
. "$(dirname "$0")/lib.sh"
files '*.c' '*.h' | xargs -r -P 2 -n 12 clang-format --dry-run -Werror || rc=1
exit "$rc"
