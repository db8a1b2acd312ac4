#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Each source file of core and sync has its unit test, tests/unit/FOLDER/test-NAME.c for FOLDER/sat-NAME.c,
# or stands in tests/lint/tested-elsewhere: "FILE TEST reason", where TEST is a file that is there.
set -eu
. "$(dirname "$0")/lib.sh"
elsewhere=$(dirname "$0")/tested-elsewhere

found=$(files 'core/*.c' 'sync/*.c' | while read -r file; do
  folder=$(dirname "$file")
  name=$(basename "$file" .c)
  [ ! -f "tests/unit/${folder#core/}/test-${name#sat-}.c" ] || continue
  other=$(sed -n "s|^$file \([^ ]*\) .*|\1|p" "$elsewhere")
  [ -n "$other" ] && [ -e "$other" ] || echo "$file"
done)
[ -z "$found" ] || complain "$found" 'no unit test, and not in tests/lint/tested-elsewhere with a test that is there'
found=$(sed -n 's|^\([a-z][^ ]*\) .*|\1|p' "$elsewhere" | while read -r file; do [ -f "$file" ] || echo "$file"; done)
[ -z "$found" ] || complain "$found" 'in tests/lint/tested-elsewhere, but not there'
exit "$rc"
