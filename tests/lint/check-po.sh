#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every translation in po/LINGUAS is complete: each text of the sources is there, none fuzzy, formats agree.
set -eu
. "$(dirname "$0")/lib.sh"

pot=$(mktemp)
trap 'rm -f "$pot"' EXIT
GETTEXTDATADIRS=$PWD/data${GETTEXTDATADIRS:+:$GETTEXTDATADIRS}
export GETTEXTDATADIRS LC_ALL=C.UTF-8
grep -vE '^(#|$)' po/POTFILES.in | xgettext --files-from=- --from-code=UTF-8 --add-comments --package-name=satchel \
  --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=ngettext:1,2 --keyword=dngettext:2,3 \
  --flag=_:1:pass-c-format --flag=N_:1:pass-c-format --flag=ngettext:1:pass-c-format --flag=ngettext:2:pass-c-format \
  --output="$pot" || complain xgettext 'the texts could not be collected'
for po in po/*.po; do
  grep -qx "$(basename "$po" .po)" po/LINGUAS || complain "$po" 'not in po/LINGUAS'
  found=$(msgfmt --check --statistics -o /dev/null "$po" 2>&1) || complain "$found" "$po"
  case $found in *fuzzy* | *untranslated*) complain "$found" "$po is not complete" ;; esac
  found=$(msgcmp "$po" "$pot" 2>&1) || complain "$found" "$po lacks texts of the sources"
done
exit "$rc"
