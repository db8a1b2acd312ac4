# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# test-bash.sh SATCHEL FILE: what bash offers with the completion in FILE, on a demo company of its own.
set -u
program=$(realpath "$1")
# shellcheck source=/dev/null
. "$2"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$program" demo "$folder/demo" --customers 12 --quiet
mkdir "$folder/here" "$folder/here/deep"
: >"$folder/here/a list.csv"
cd "$folder/here" || exit
home=$folder/demo/east
n=0 failed=0

# offered WANTED WORD...: after typing the words (bash's own pieces) with the cursor at the end of the
# last one. A blank goes before each word but one that begins with < (left out), as bash cuts at = : @.
offered () {
  local wanted=$1 word
  shift
  COMP_LINE=$program COMP_WORDS=("$program")
  for word; do
    case $word in
      '<'*) COMP_LINE+=${word#<} COMP_WORDS+=("${word#<}") ;;
      *) COMP_LINE+=" $word" COMP_WORDS+=("$word") ;;
    esac
  done
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_POINT=${#COMP_LINE} COMPREPLY=()
  _satchel
  n=$((n + 1))
  # shellcheck disable=SC2053 # a pattern
  if [[ "${COMPREPLY[*]}" == $wanted ]]; then
    echo "ok $n - ${*:-nothing}"
  else
    echo "not ok $n - $*: ${COMPREPLY[*]}"
    failed=1
  fi
}

offered 'hub join sync status *help' ''
offered 'set' set
offered 'init set rebuild tidy trust login key invite withdraw admit revoke hook *' hub ''
offered '' nonsense ''
offered '' list customer ''
offered 'customer customer_mark' show cust
offered '--limit' list customer --li
offered '--home' list --ho
offered 'name= *tags= tags+= tags-=*' set customer x ''
offered 'industry=' set customer x indu
offered 'automotive' set customer x industry '<=' '<auto'
offered 'machinery manufacturing *' set customer x industry '<='
offered 'name,city' list customer --columns name,ci
offered 'a list.csv deep' import customer ''
offered 'deep' demo ''
offered 'deep' --home ''
offered '@deep/' set customer x notes '<=@' '<d'
offered '@deep/' set customer x notes '<=' '<@d'

row=$("$program" --home "$home" list customer --limit 1 --columns name --csv | tail -n 1 | tr -d '\r')
id=${row%%,*} title=${row#*,}
offered "/$title *" --home "$home" show customer ''
offered "/$title" --home "$home" show customer "/$title"
offered "$id" --home "$home" history customer "${id%???????}"
offered "$title" --home "$home" new contact customer '<=' "<$title"
offered 'company east*' --home "$home" new customer --book ''

# A title with blanks and quotes comes out as a word that can be typed.
"$program" --home "$home" new customer "name=O'Neil & Sons" --quiet >/dev/null
offered "/O\\\\'Neil\\\\ \\\\&\\\\ Sons" --home "$home" show customer /O
offered "/O'Neil & Sons" --home "$home" show customer '"/O'
echo "1..$n"
exit "$failed"
