#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every translation in po/LINGUAS is complete: each text of the sources is there, none fuzzy, formats agree.
set -eu
. "$(dirname "$0")/lib.sh"

pot=$(mktemp)
trap 'rm -f "$pot"' EXIT
export LC_ALL=C.UTF-8
sh po/update.sh --pot "$pot" || complain 'po/update.sh --pot' 'the texts could not be collected'
for po in po/*.po; do
  grep -qx "$(basename "$po" .po)" po/LINGUAS || complain "$po" 'not in po/LINGUAS'
  found=$(msgfmt --check --statistics -o /dev/null "$po" 2>&1) || complain "$found" "$po"
  case $found in *fuzzy* | *untranslated*) complain "$found" "$po is not complete" ;; esac
  found=$(msgcmp "$po" "$pot" 2>&1) || complain "$found" "$po lacks texts of the sources; po/update.sh adds them"
done
exit "$rc"
