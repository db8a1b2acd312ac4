#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Brings po/ up to date with the sources:
#   po/update.sh             writes POTFILES.in and merges new texts into every translation
#   po/update.sh --list      prints the files that hold translatable text
#   po/update.sh --pot FILE  collects the texts of the files in POTFILES.in
set -eu
cd "$(dirname "$0")/.."
GETTEXTDATADIRS=$PWD/data${GETTEXTDATADIRS:+:$GETTEXTDATADIRS}
export GETTEXTDATADIRS LC_ALL=C.UTF-8

list () {
  {
    git -c safe.directory='*' ls-files -co --exclude-standard 'core/*.[ch]' 'sync/*.[ch]' 'cli/*.[ch]' 'gtk-app/*.[ch]' 'man/*.[ch]' |
      xargs -r grep -lsE '(^|[^A-Za-z0-9_])(_|N_|C_|NC_|Q_|ngettext|dgettext|dngettext|gettext) \((NULL, )?"'
    git -c safe.directory='*' ls-files -co --exclude-standard 'gtk-app/*.ui' | xargs -r grep -ls 'translatable="yes"'
    git -c safe.directory='*' ls-files -co --exclude-standard 'data/catalogue/*.xml' 'data/*.desktop.in' \
      'data/*.metainfo.xml.in' 'data/*.gschema.xml' | xargs -r ls
  } | sort -u
}

pot () {
  grep -vE '^(#|$)' po/POTFILES.in | xgettext --files-from=- --from-code=UTF-8 --add-comments=Translators \
    --package-name=satchel --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=ngettext:1,2 \
    --keyword=dngettext:2,3 --flag=_:1:pass-c-format --flag=N_:1:pass-c-format --flag=ngettext:1:pass-c-format \
    --flag=ngettext:2:pass-c-format --output="$1"
}

case ${1:-} in
  --list) list ;;
  --pot) pot "$2" ;;
  *)
    { sed -n '/^#/p' po/POTFILES.in; list; } >po/POTFILES.new
    mv po/POTFILES.new po/POTFILES.in
    template=$(mktemp)
    trap 'rm -f "$template"' EXIT
    pot "$template"
    for po in po/*.po; do
      msgmerge --quiet --update --backup=none --no-fuzzy-matching --add-location=file "$po" "$template"
      # A date that changes with every run would only make merges clash.
      sed -i '/^"POT-Creation-Date: /d' "$po"
      msgfmt --check --statistics -o /dev/null "$po"
    done
    ;;
esac
