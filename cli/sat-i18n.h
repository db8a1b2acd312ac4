/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of the command line in the person's language. Only cli and gtk-app translate. */
#pragma once

#include <libintl.h>

#include "core/base/sat-error.h"

#define _(text) gettext (text)
