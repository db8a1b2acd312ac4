#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# on-screen.sh PROGRAM...: on a display and a session bus of its own. Ubuntu's xvfb-run puts standard
# error among the lines of the test protocol; here it goes where it went before, by a way that is not
# 3, which Debian 13's xvfb-run keeps for itself.
exec 7>&2
# shellcheck disable=SC2016 # the inner shell expands
exec xvfb-run -a sh -c 'exec "$@" 2>&7 7>&-' on-screen dbus-run-session -- "$@"
