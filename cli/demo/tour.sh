#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The demo in the terminal: what two salespeople do with one customer while neither has a network, and
# what becomes of it. Every command is a real one, on a hub and replicas made anew in DIR.
#   tour.sh SATCHEL DIR [PAUSE]      PAUSE: seconds between the steps
set -eu
program=$1 dir=$2 pause=${3:-0}

case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in zh*) language=zh ;; *) language=en ;; esac

say () { # ENGLISH CHINESE
  sleep "$pause"
  if [ $language = zh ]; then text=$2; else text=$1; fi
  if [ -t 1 ]; then printf '\n\033[1m%s\033[0m\n' "$text"; else printf '\n%s\n' "$text"; fi
}

# satchel LAPTOP ARGUMENT...: shows the command and runs it. Status 3 means: done, a person is asked.
satchel () {
  home=$1
  shift
  printf '$ satchel --home %s' "$home"
  for word; do
    case $word in *[!A-Za-z0-9=+.,/_-]*) printf " '%s'" "$word" ;; *) printf ' %s' "$word" ;; esac
  done
  printf '\n'
  status=0
  "$program" --home "$dir/$home" "$@" || status=$?
  [ "$status" -eq 0 ] || [ "$status" -eq 3 ]
}

digest () { # of the key accounts
  "$program" --home "$dir/$1" digest | sed -n 's/^Key accounts *//p'
}

rm -rf "$dir"
say "A company with a hub and three laptops, and a year of sales behind it:" \
  "一家公司：一个总库，三台电脑，一整年的销售数据："
printf '$ satchel demo %s\n' "${dir##*/}"
"$program" demo "$dir"
satchel east status

say "Wang, who travels in the east, writes down a new key account and sends it." \
  "负责华东的王思远记下一家新的重点客户，并同步出去。"
id=$("$program" --home "$dir/east" new customer name=苏州朗野精密机械有限公司 phone='0512-5550 0100' level=a \
  notes='Line one.' --book 'Key accounts')
short=$(printf '%s' "$id" | tail -c 8)
printf '$ satchel --home east new customer name=苏州朗野精密机械有限公司 ...\n%s\n' "$id"
satchel east sync
satchel west sync

say "Both are on the road now, with no network. Both ring the customer, and each hears another number." \
  "两人都在路上，没有网络。两人都给客户打了电话，记下的号码却不一样。"
satchel east set customer "$short" phone='0512-5550 0111' city=苏州 tags+=vip
satchel west set customer "$short" phone='0512-5550 0122' industry=machinery tags+=tender

say "In the evening the network is back. First east, then west, then east again." \
  "晚上网络恢复。先是东部，再是西部，然后又是东部。"
satchel east sync
satchel west sync
satchel east sync

say "City, industry and both tags came together by themselves. On the telephone number somebody is asked:" \
  "城市、行业和两个标签自动合到一起，只有电话号码要问人："
satchel west show customer "$short"
satchel west conflicts

say "West knows which is right, and settles it with one command. No value is lost: all are in the history." \
  "西部知道哪个号码对，一条命令就解决了。没有值丢失：全部都在历史里。"
satchel west resolve customer "$short" phone --value '0512-5550 0122'
satchel west sync
satchel east sync
satchel east history customer "$short" phone

say "East and west now hold the same key accounts, bit for bit:" "东西两边的重点客户现在一模一样："
east=$(digest east)
west=$(digest west)
printf 'east  %s\nwest  %s\n' "$east" "$west"
[ -n "$east" ] && [ "$east" = "$west" ]

command -v git >/dev/null && command -v ssh-keygen >/dev/null || exit 0
say "The hub is an ordinary git repository. Stock git reads it, and verifies who wrote what:" \
  "总库就是普通的 git 仓库：用 git 就能阅读，并核对每次提交是谁写的："
# shellcheck disable=SC2016 # shown, not run
printf '$ git -C hub.git verify-commit $(git -C hub.git rev-list --all)\n'
signers=$(cd "$dir/east" && pwd)/allowed_signers # git looks from its own folder
git -C "$dir/hub.git" rev-list --all |
  xargs git -C "$dir/hub.git" -c gpg.ssh.allowedSignersFile="$signers" verify-commit 2>&1 | cut -d ' ' -f 1-5 |
  sort | uniq -c
