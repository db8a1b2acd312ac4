#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Rooms stay small: lines of a file, lines and complexity of a function (pmccabe; a switch counts once).
# Raised for single files or functions in tests/lint/larger: "NAME LIMIT reason".
set -eu
. "$(dirname "$0")/lib.sh"
larger=$(dirname "$0")/larger

limit () { # NAME DEFAULT
  raised=$(sed -n "s|^$1 \([0-9]*\) .*|\1|p" "$larger")
  echo "${raised:-$2}"
}

lines () { # PATTERN LIMIT
  files "$1" | while read -r file; do
    n=$(wc -l <"$file")
    most=$(limit "$file" "$2")
    [ "$n" -le "$most" ] || echo "$file: $n lines, limit $most"
  done
}

found=$(lines '*.c' 800; lines '*.h' 250; lines '*.ui' 400)
[ -z "$found" ] || complain "$found" 'too long'

found=$(files '*.c' | xargs -r pmccabe 2>/dev/null | awk -v list="$larger" '
  BEGIN { while ((getline line < list) > 0) { split (line, part, " "); if (part[1] !~ /^#/) ok[part[1]] = 1 } }
  ($1 > 20 || $5 > 100) && !($NF in ok) { print $(NF - 1), $NF ": complexity " $1 ", " $5 " lines" }')
[ -z "$found" ] || complain "$found" 'limit: complexity 20, 100 lines'
exit "$rc"
