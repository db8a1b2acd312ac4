/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run of the command line, `satchel`, as a child process: what it says on the way and what came
 * of it. The window never waits for a network; this is who does.
 *
 * Signals, in the main context:
 *   "progress" (const char *phase, double fraction): fraction is -1 where the total is not known;
 *   "finished" (): once, after which the getters tell. */
#pragma once

#include <gio/gio.h>

#include "gtk-app/sync/sat-hub-question.h"

G_BEGIN_DECLS

#define SAT_TYPE_CHILD (sat_child_get_type ())
G_DECLARE_FINAL_TYPE (SatChild, sat_child, SAT, CHILD, GObject)

typedef enum
{
  SAT_CHILD_RUNNING,
  SAT_CHILD_DONE,      /* exit status 0 */
  SAT_CHILD_WAITS,     /* 3: done, but something waits for a person */
  SAT_CHILD_FAILED,    /* see sat_child_get_message */
  SAT_CHILD_CANCELLED, /* sat_child_cancel was called, and it did not finish before that took effect
                        */
} SatChildState;

/* Starts `satchel --home HOME ARGS...`. A program that cannot be started is a run that FAILED. */
SatChild *sat_child_start (const char *home, const char *const *args) G_GNUC_WARN_UNUSED_RESULT;

/* The same with INPUT (a few lines; may be NULL) on its standard input. */
SatChild *sat_child_start_with (const char *home,
                                const char *const *args,
                                const char *input) G_GNUC_WARN_UNUSED_RESULT;

/* Starts the same as a process on its own, which goes on when this one has ended and says nothing
 * to anybody. */
void sat_child_leave (const char *home, const char *const *args);

/* Asks it to stop (SIGTERM); it may be stopped at any instant without harm. */
void sat_child_cancel (SatChild *self);

SatChildState sat_child_get_state (SatChild *self);
/* What went wrong, a sentence in the person's language. */
const char *sat_child_get_message (SatChild *self);
/* FAILED for want of an answer: what a person has to be asked; NULL: that is not why. */
const SatHubQuestion *sat_child_get_question (SatChild *self);
/* The number OBJECT.MEMBER of the document on standard output, or 0. */
gint64 sat_child_get_number (SatChild *self, const char *object, const char *member);

G_END_DECLS
