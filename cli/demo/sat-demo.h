/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `satchel demo`: a company with a year behind it, made through the same calls that people's work
 * takes.
 *
 * DIR/hub.git is the hub; DIR/east, DIR/west and DIR/head-office are replicas of Wang (territory
 * east), Li (west) and Zhao (head office, holds everything). Books: East, West and Key accounts;
 * everybody holds the last. When it is done, a few conflicts wait on east, east has changes that
 * were not sent, and the hub has some that east has not fetched.
 *
 * Clock, chance and keys are made up from SEED: the same number and seed give the same commit ids
 * and the same digests on every machine. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SAT_DEMO_CUSTOMERS 240
#define SAT_DEMO_MAX_CUSTOMERS 1000000

/* DONE of TOTAL steps of the year are made; called now and then from the thread of the caller. */
typedef void (*SatDemoProgress) (guint done, guint total, gpointer data);

/* DIR must not exist or be empty, else SAT_ERROR_INVALID. What was made before a failure is left
 * there. */
gboolean sat_demo_make (const char *dir,
                        guint customers,
                        guint64 seed,
                        SatDemoProgress progress,
                        gpointer data,
                        GError **error);

G_END_DECLS
