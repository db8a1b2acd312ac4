#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Calls and words that stay out, and the licence line that every file begins with.
set -eu
. "$(dirname "$0")/lib.sh"

start='(^|[^A-Za-z0-9_>.])'
deny "$start(sprintf|vsprintf|strcpy|strcat|strncpy|strtok|strtok_r|atoi|atol|atof|gets|tmpnam|system|popen) \(" \
  'unsafe, or there is a better call in GLib' '*.[ch]'
deny "$start(localtime|gmtime|ctime|asctime|mktime|setlocale \(LC_ALL, \"C\")[ _]?\(?" 'GDateTime, or core/base/sat-clock.h' \
  'core/*.[ch]' 'sync/*.[ch]' 'cli/*.[ch]' 'gtk-app/*.[ch]'
deny "${start}g_error \(" 'errors are returned; g_error kills the program' 'core/*.[ch]' 'sync/*.[ch]' 'cli/*.[ch]' 'gtk-app/*.[ch]'
deny "${start}goto [a-z_]+;" 'g_auto instead' '*.[ch]'
deny "$start(printf|puts|fputs|g_print|g_printerr|g_message|g_info|g_debug) \(" 'core and sync do not print' 'core/*.[ch]' 'sync/*.[ch]'
deny 'G_TEST_OPTION_ISOLATE_DIRS|g_test_skip|g_test_incomplete' 'tests do not skip, and GLib 2.74 leaks there' 'tests/*.[ch]'
deny "$start(g_get_real_time|g_date_time_new_now[a-z_]*|time \(NULL\)|g_random_[a-z]+|rand \(\)|randombytes_[a-z]+)" \
  'clock and chance come from SatPlatform' 'core/[c-z]*.[ch]' 'sync/*.[ch]' 'cli/demo/*.[ch]'
deny 'TO''DO|FIX''ME|HA''CK' 'a thing is done or is not there' '*.[ch]' '*.sh' '*.ui' '*.build' '*.xml' '*.md' 'dev'

found=$(files '*.[ch]' '*.sh' '*.build' '*.ui' '*.css' 'data/*.xml' 'data/*.xml.in' dev .ci/run | while read -r file; do
  head -n 3 "$file" | grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' || echo "$file"
done)
[ -z "$found" ] || complain "$found" 'no SPDX-License-Identifier line at the beginning'
exit "$rc"
