#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Who may include whom (docs/architecture.md): cli -> sync -> core <- gtk-app, one way only; sqlite3.h in
# core/store, git2.h in sync; inside core only what stands before it; the programs only the façade.
set -eu
. "$(dirname "$0")/lib.sh"

include='^[[:space:]]*#[[:space:]]*include[[:space:]]*[<"]'
toolkit='gtk/|gdk|gsk|adwaita'
deny "$include(git2|$toolkit|libintl|glib/gi18n|sync/|gtk-app/|cli/|tests/)" 'not in core' 'core/*.[ch]'
deny "$include($toolkit|sqlite3|libintl|glib/gi18n|gtk-app/|cli/|tests/)" 'not in sync' 'sync/*.[ch]'
deny "$include(git2|sqlite3|sync/|cli/|tests/)" 'not in gtk-app' 'gtk-app/*.[ch]'
deny "$include($toolkit|git2|sqlite3|gtk-app/|tests/)" 'not in cli' 'cli/*.[ch]'

# Programs and sync use the façade and the plain data it speaks of, nothing deeper.
deeper="${include}core/(store|merge|apply|query|automation)/"
deny "$deeper" 'deeper than the façade (core/workspace)' 'cli/*.[ch]' 'gtk-app/*.[ch]' 'sync/*.[ch]'
deny "${include}core/change/" 'change-sets are not for programs' 'cli/*.[ch]' 'gtk-app/*.[ch]'
deny "${include}core/workspace/sat-exchange" 'for sync only' 'cli/*.[ch]' 'gtk-app/*.[ch]'
deny "${include}sync/[^\"]*-private|${include}core/[^\"]*-private" 'private to its folder' 'cli/*.[ch]' 'gtk-app/*.[ch]'
deny "${include}sync/(sat-[d-qt-z]|sat-c([^l]|l[^o])|sat-r([^e]|e[^c]|eceive-)|sat-a([^u]|udit-)|sat-b([^u]|undle-)|sat-sync-|[^s])" 'of sync only sync/sat-sync.h, sat-closed.h, sat-bundle.h, sat-audit.h, sat-receive.h' 'cli/*.[ch]'

# Inside core: a folder may include itself and those before it.
later='base value catalogue expression record access store change merge apply query automation exchange workspace'
for folder in $later; do
  later=${later#"$folder"}
  later=${later# }
  [ "$folder" = store ] || deny "${include}sqlite3" 'sqlite3.h only in core/store' "core/$folder/*.[ch]"
  [ -z "$later" ] || deny "${include}core/($(echo "$later" | tr ' ' '|'))/" "comes after core/$folder" "core/$folder/*.[ch]"
done
unknown=$(files 'core/*.[ch]' | grep -vE '^core/(base|value|catalogue|expression|record|access|store|change|merge|apply|query|automation|exchange|workspace)/' || :)
[ -z "$unknown" ] || complain "$unknown" 'a folder with no place in the order'
exit "$rc"
