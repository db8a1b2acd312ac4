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
share/metainfo/org.satchelcrm.Satchel.metainfo.xml
share/satchel/catalogue/customer.xml
share/zsh/site-functions/_satchel
END

grep -q 'xml:lang="zh_CN"' "$root$prefix/share/satchel/catalogue/customer.xml" || { echo 'labels in English only'; rc=1; }
grep -q '^Name\[zh_CN\]=' "$root$prefix/share/applications/org.satchelcrm.Satchel.desktop" || { echo 'name in English only'; rc=1; }

# Each file of the catalogue.
for file in "$build"/data/catalogue/*.xml; do
  [ -s "$root$prefix/share/satchel/catalogue/$(basename "$file")" ] || { echo "not installed: $file"; rc=1; }
done

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
