#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# check-install.sh BUILD PREFIX: everything that a machine needs is installed, and is in order.
set -eu
build=$1 prefix=$2
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
DESTDIR=$root meson install -C "$build" --no-rebuild --quiet >"$root/log" 2>&1 || { cat "$root/log"; exit 1; }
rc=0

while read -r file; do
  [ -s "$root$prefix/$file" ] || { echo "not installed: $file"; rc=1; }
done <<'END'
bin/satchel
bin/satchel-gtk
lib/systemd/user/satchel-sync.service
lib/systemd/user/satchel-sync.timer
share/applications/org.satchelcrm.Satchel.desktop
share/bash-completion/completions/satchel
share/glib-2.0/schemas/org.satchelcrm.Satchel.gschema.xml
share/icons/hicolor/scalable/apps/org.satchelcrm.Satchel.svg
share/icons/hicolor/symbolic/apps/org.satchelcrm.Satchel-symbolic.svg
share/locale/zh_CN/LC_MESSAGES/satchel.mo
share/man/man1/satchel.1
share/man/man1/satchel-gtk.1
share/man/zh_CN/man1/satchel.1
share/man/zh_CN/man1/satchel-gtk.1
share/metainfo/org.satchelcrm.Satchel.metainfo.xml
share/mime/packages/org.satchelcrm.Satchel.xml
share/satchel/catalogue/customer.xml
share/zsh/site-functions/_satchel
END

grep -q '<label xml:lang="zh.*客户</label>' "$root$prefix/share/satchel/catalogue/customer.xml" || { echo 'labels in English only'; rc=1; }
grep -q '^Name\[zh_CN\]=' "$root$prefix/share/applications/org.satchelcrm.Satchel.desktop" || { echo 'name in English only'; rc=1; }

# A backup is known by what is in it, whatever it is called; a replica is none.
if command -v update-mime-database >/dev/null && command -v gio >/dev/null; then
  update-mime-database "$root$prefix/share/mime"
  "$build/cli/satchel" hub init "$root/hub" >/dev/null
  "$build/cli/satchel" --home "$root/replica" --quiet join "$root/hub" --user wang
  "$build/cli/satchel" --home "$root/replica" --quiet backup "$root/some.thing"
  for file in some.thing replica/replica.db; do
    XDG_DATA_HOME=$root$prefix/share gio info -a standard::content-type "$root/$file" | grep -c x-satchel-backup || :
  done | tr '\n' ' ' | grep -qx '1 0 ' || { echo 'a backup is not told from other files'; rc=1; }
fi

# Each file of the catalogue.
for file in "$build"/data/catalogue/*.xml; do
  [ -s "$root$prefix/share/satchel/catalogue/$(basename "$file")" ] || { echo "not installed: $file"; rc=1; }
done

# The manual has every command, in each language, and man says nothing when all is well.
for page in "$root$prefix"/share/man/man1/*.1 "$root$prefix"/share/man/*/man1/*.1; do
  case $page in
    */satchel.1) LC_ALL=C.UTF-8 "$build/cli/satchel" --help | sed -n '/^Commands/,/^$/s/^  \([a-z]* \{0,1\}[a-z]*\)  .*/\1/p' ;;
  esac | while read -r command; do
    grep -q "^\.SS \"satchel $command" "$page" || echo "$page: no $command"
  done >"$root/missing"
  [ ! -s "$root/missing" ] || { cat "$root/missing"; rc=1; }
  if command -v man >/dev/null; then
    said=$(LC_ALL=C.UTF-8 MANROFFSEQ='' man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null) || rc=1
    [ -z "$said" ] || { echo "$page: $said"; rc=1; }
  fi
done
grep -q '^\.SH "命' "$root$prefix/share/man/zh_CN/man1/satchel.1" || { echo 'manual in English only'; rc=1; }

# Systemd reads the units; it says nothing when all is well. The program is where the service looks for it.
service=$root$prefix/lib/systemd/user/satchel-sync.service
grep -q "^ExecStart=$prefix/bin/satchel sync --quiet" "$service" || { echo 'the service starts something else'; rc=1; }
if command -v systemd-analyze >/dev/null; then
  sed -i "s|=$prefix/bin/satchel |=$root$prefix/bin/satchel |" "$service"
  mkdir -m 700 "$root/run"
  said=$(cd "${service%/*}" && XDG_RUNTIME_DIR=$root/run systemd-analyze verify --user --man=no ./satchel-sync.service ./satchel-sync.timer 2>&1) || rc=1
  [ -z "$said" ] || { echo "$said"; rc=1; }
fi
exit "$rc"
