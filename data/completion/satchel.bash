# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of `satchel` in bash; the program itself knows what may follow (cli/sat-complete.h).
# Needs nothing of the package bash-completion.

# Sets words to those of the line up to the cursor, as the program would get them, and last to the end of
# the last one in whose place bash will put another text. Bash cuts words at = : and @; pieces with no
# blank between them are put together again.
_satchel_words () {
  local rest=${COMP_LINE:0:COMP_POINT} before i
  words=()
  for ((i = 0; i <= COMP_CWORD; i++)); do
    last=${COMP_WORDS[i]}
    before=${rest%%[![:space:]]*}
    rest=${rest#"$before"}
    # The word at the cursor ends there.
    ((i < COMP_CWORD)) || last=$rest
    rest=${rest#"$last"}
    if [[ -z $before && ${#words[@]} -gt 0 ]]; then
      words[-1]+=$last
    else
      words+=("$last")
    fi
  done
  [[ $last != [\'\"]* ]] || quoted=1
  # What follows a cut is empty as yet.
  [[ ! $last =~ ^[=:@]+$ ]] || last=''
  words=("${words[@]//[\\\'\"]/}")
  last=${last//[\\\'\"]/}
  # An @ that cuts counts with what follows.
  [[ ${words[-1]} != *@"$last" ]] || last=@$last
}

# WORD, as it has to be typed.
_satchel_reply () {
  local word=${1#"${words[-1]%"$last"}"} special=$'] \t"\'\\$`&;|()<>*?[{}!#~'
  [[ -n $quoted || $word != *[$special]* ]] || printf -v word %q "$word"
  COMPREPLY+=("$word")
}

# files PREFIX OPTION: compgen's OPTION lists them; the PREFIX of the word stays.
_satchel_files () {
  local found
  if [[ $1 != *@ ]]; then
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen "$2" -- "${words[-1]#"$1"}")
    return
  fi
  while IFS= read -r found; do
    if [[ -d $found ]]; then
      found+=/
      compopt -o nospace 2>/dev/null
    fi
    _satchel_reply "$1$found"
  done < <(compgen "$2" -- "${words[-1]#"$1"}")
}

_satchel () {
  local words last quoted='' found word kind='' prefix=''
  _satchel_words
  COMPREPLY=()
  while IFS= read -r found; do
    word=${found%%$'\t'*}
    if [[ -z $kind ]]; then
      kind=$word prefix=${found#*$'\t'}
      continue
    fi
    # A value follows: no blank.
    [[ $word != *= ]] || compopt -o nospace 2>/dev/null
    _satchel_reply "$word"
  done < <("${words[0]/#\~/$HOME}" complete -- "${words[@]:1}" 2>/dev/null)
  case $kind in
    files) _satchel_files "$prefix" -f ;;
    folders) _satchel_files "$prefix" -d ;;
  esac
}

complete -F _satchel satchel
