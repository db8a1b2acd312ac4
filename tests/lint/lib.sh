# shellcheck shell=sh
# SPDX-License-Identifier: GPL-3.0-or-later
# For the checks beside it: they run from the root of the tree and see what git would commit.
# shellcheck disable=SC2034 # rc is the exit status of the check that reads this file
rc=0

# files PATTERN...: the files there are, one a line.
files () {
  git -c safe.directory='*' ls-files -co --exclude-standard -- "$@" | sort -u | while read -r file; do
    [ ! -f "$file" ] || printf '%s\n' "$file"
  done
}

# deny WHAT WHY FILES...: no line of the files may match the pattern WHAT.
deny () {
  what=$1 why=$2
  shift 2
  found=$(files "$@" | xargs -r grep -nHE -e "$what" || :)
  [ -z "$found" ] || complain "$found" "$why"
}

complain () {
  printf '%s\n^^^ %s\n' "$1" "$2"
  rc=1
}
