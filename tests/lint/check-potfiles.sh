#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# po/POTFILES.in lists exactly the files that hold translatable text.
set -eu
. "$(dirname "$0")/lib.sh"

listed=$(grep -vE '^(#|$)' po/POTFILES.in | sort)
with_text=$({
  files 'core/*.[ch]' 'sync/*.[ch]' 'cli/*.[ch]' 'gtk-app/*.[ch]' |
    xargs -r grep -lE '(^|[^A-Za-z0-9_])(_|N_|C_|NC_|Q_|ngettext|dgettext|dngettext|dpgettext2|gettext) \((NULL, )?"'
  files 'gtk-app/*.ui' | xargs -r grep -l 'translatable="yes"'
  files 'data/catalogue/*.xml' 'data/*.desktop.in' 'data/*.metainfo.xml.in' 'data/*.gschema.xml'
} | sort -u)
found=$(printf '%s\n' "$with_text" | grep -vxF -e "$listed" || :)
[ -z "$found" ] || complain "$found" 'not in po/POTFILES.in'
found=$(printf '%s\n' "$listed" | while read -r file; do [ -f "$file" ] || echo "$file"; done)
[ -z "$found" ] || complain "$found" 'in po/POTFILES.in, but not there'
exit "$rc"
