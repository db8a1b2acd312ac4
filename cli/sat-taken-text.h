/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The warning that a colleague has a customer already, in words and as JSON. */
#pragma once

#include "cli/sat-cli.h"
#include "core/workspace/sat-workspace-marks.h"

G_BEGIN_DECLS

/* TITLE: of the customer that was typed. Newly allocated. */
char *sat_taken_text (const SatTaken *taken, const char *title);
/* {"book","users","by"} */
void sat_taken_emit (JsonBuilder *builder, const SatTaken *taken, const char *title);

G_END_DECLS
