/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line of an action (sat-rule-action.h) taken apart into what a person chooses and types, and
 * put together again. Pure; nothing is judged: that is sat_actions_parse's. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* ---- words ---- */

/* Where the first SIGN (one of : ; , =) stands in TEXT outside of quotation marks, parentheses and
 * brackets; NULL: nowhere. Signs of Chinese input methods count as the plain ones. */
char *sat_words_find (char *text, gunichar sign);
/* Cuts TEXT at SIGN: returns what follows it (NULL: there is none), and leaves what stands before.
 */
char *sat_words_cut (char *text, gunichar sign);
/* What follows WORD, the first one of TEXT; NULL: it begins with another. */
char *sat_words_after (char *text, const char *word);
/* Is the last thing of TEXT “WORD REST”? Cuts it off, and gives REST. */
char *sat_words_last_after (char *text, const char *word);

/* ---- an action and its words ---- */

typedef enum
{
  SAT_ACTION_FORM_SET,
  SAT_ACTION_FORM_CLEAR,
  SAT_ACTION_FORM_ADD,
  SAT_ACTION_FORM_REMOVE,
  SAT_ACTION_FORM_CREATE,
  SAT_ACTION_FORM_NOTIFY,
  SAT_ACTION_FORM_QUEUE,
  SAT_ACTION_FORM_REQUEST,
  SAT_ACTION_FORM_ASSIGN_IN_TURN,
  SAT_ACTION_FORM_ASSIGN_LEAST_BUSY,
  SAT_ACTION_FORM_ASSIGN_BY,
  SAT_ACTION_FORM_TEXT, /* none of these: VALUE is the line */
  SAT_N_ACTION_FORMS,
} SatActionForm;

/* None is NULL.
 *
 *   form              target     value              more
 *   set, clear        the field  what it gets
 *   add, remove       the field  the tag
 *   create            the object FIELD = VALUE; …
 *   notify            people     the text
 *   queue                        the subject        the text
 *   request                      the note
 *   assign …          the field  people             by: the field whose values decide
 */
typedef struct
{
  SatActionForm form;
  char *target;
  char *value;
  char *more;
} SatActionWords;

void sat_action_words_free (SatActionWords *words);
SatActionWords *sat_action_words_read (const char *line) G_GNUC_WARN_UNUSED_RESULT;
/* A line; what was read from one that can be parsed gives one that means the same. */
char *sat_action_words_write (const SatActionWords *words) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatActionWords, sat_action_words_free)

G_END_DECLS
