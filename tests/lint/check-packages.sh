#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# debian/control asks for every library that ./dev installs, and the versions are one.
set -eu
. "$(dirname "$0")/lib.sh"

wanted=$(sed -n '/^packages ()/,/^  case/p' dev | grep -oE '(lib[a-z0-9.+-]+-dev|gettext|meson|pkgconf)' | grep -vx libc6-dev)
depends=$(sed -n '/^Build-Depends:/,/^$/p' debian/control)
missing=$(for package in $wanted; do
  printf '%s\n' "$depends" | grep -qE "(^|[ ,])$package([ ,]|$)" || echo "$package"
done)
[ -z "$missing" ] || complain "$missing" 'in dev, but not in the Build-Depends of debian/control'

version=$(sed -n "s/^  version: '\(.*\)',/\1/p" meson.build)
head -n 1 debian/changelog | grep -qF "satchel ($version)" || complain debian/changelog "not version $version, as meson.build says"
grep -qF "<release version=\"$version\"" data/*.metainfo.xml.in || complain 'metainfo' "no release $version"
exit "$rc"
