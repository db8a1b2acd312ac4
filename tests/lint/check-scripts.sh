#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Shell scripts are clean, and what must be started by hand can be.
set -eu
. "$(dirname "$0")/lib.sh"
files '*.sh' '*.bash' dev .ci/run | xargs -r shellcheck --external-sources --source-path=SCRIPTDIR || rc=1
for file in dev .ci/run; do
  [ -x "$file" ] || complain "$file" 'cannot be run'
done
exit "$rc"
