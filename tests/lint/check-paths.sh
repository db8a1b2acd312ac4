#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Nothing of one machine gets into the tree: no paths of it, no addresses, no white space at line ends.
set -eu
. "$(dirname "$0")/lib.sh"

deny '(^|[^A-Za-z0-9_.$}])/(work|root|Users)/' 'a path of one machine' '*' ':!LICENSE' ':!tests/lint/check-paths.sh'
deny '(^|[^A-Za-z0-9_.$}])/tmp/[A-Za-z0-9]' 'a fixed name in a shared folder' '*' ':!LICENSE' ':!tests/lint/check-paths.sh'
deny '(^|[^A-Za-z0-9_.$}])/home/[a-z]' 'a path of one person' '*' ':!LICENSE' ':!*.md' ':!tests/lint/check-paths.sh'
deny '(127|10|192|172)\.[0-9]+\.[0-9]+\.[0-9]+|https?://[a-z0-9.-]+:[0-9]{4,}' 'an address of one network' '*' ':!LICENSE' \
  ':!tests/*' ':!po/*' ':!docs/*.svg'
deny '[[:space:]]$' 'white space at the end of a line' '*.[ch]' '*.sh' '*.build' '*.xml' '*.ui' dev
deny "$(printf '\t')" 'tabs' '*.[ch]' '*.build' '*.ui'
deny '^(<{7} |>{7} |={7}$)' 'left over from a merge' '*'
exit "$rc"
