#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# po/POTFILES.in lists exactly the files that hold translatable text; po/update.sh writes it.
set -eu
. "$(dirname "$0")/lib.sh"

listed=$(grep -vE '^(#|$)' po/POTFILES.in | sort -u)
found=$(sh po/update.sh --list | grep -vxF -e "$listed" || :)
[ -z "$found" ] || complain "$found" 'not in po/POTFILES.in; po/update.sh adds it'
found=$(printf '%s\n' "$listed" | while read -r file; do [ -f "$file" ] || echo "$file"; done)
[ -z "$found" ] || complain "$found" 'in po/POTFILES.in, but not there'
exit "$rc"
