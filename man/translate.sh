#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# translate.sh LANGUAGE PROGRAM WORD...: runs a program of the build in a language for which the machine
# has no locale. From glibc 2.39 on nothing is translated in C.UTF-8, whatever LANGUAGE says; so C.UTF-8
# goes by the name of the language.
set -eu
language=$1
shift
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# The C library of Debian 13 leaves some bytes behind when a locale is looked for.
export ASAN_OPTIONS=detect_leaks=0
if [ -d /usr/lib/locale/C.utf8 ]; then
  cp -r /usr/lib/locale/C.utf8 "$folder/$language.UTF-8"
  LOCPATH=$folder LC_ALL=$language.UTF-8 LANGUAGE='' "$@"
else
  LC_ALL=$language.UTF-8 LANGUAGE=$language "$@"
fi
