/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors of core and sync: a code, a message id and its arguments. Core and sync neither print nor
 * translate; the message id is an English sentence that the programs look up in their catalogue of
 * translations (sat_error_word). `error->message` is always the English wording, for logs and
 * tests.
 *
 * Message grammar: lower case, no full stop, what failed first, user data in “ ”, then what the
 * person can do, after a semicolon. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SAT_ERROR (sat_error_quark ())

typedef enum
{
  SAT_ERROR_FAILED,    /* the generic one: disk, database, git, network */
  SAT_ERROR_INVALID,   /* what the person gave is not possible: value, field, object, file */
  SAT_ERROR_NOT_FOUND, /* no such record, file, hub, workspace */
  SAT_ERROR_AMBIGUOUS, /* an abbreviation or a title names several records */
  SAT_ERROR_TOO_LONG,  /* over a limit of the change-set format */
  SAT_ERROR_BUSY,      /* another process holds the lock; try again */
  SAT_ERROR_MALFORMED, /* bytes from elsewhere that are wrong in themselves: quarantine */
  SAT_ERROR_NEWER,     /* made by a newer Satchel: wait for an update */
  SAT_ERROR_CANCELLED, /* the person or a deadline stopped it; nothing is lost */
  SAT_ERROR_REFUSED,   /* the other side said no (push rejected, foreign commit) */
  SAT_ERROR_GATE,      /* a deal cannot go on: the stage it leaves asks for more */
  SAT_ERROR_APPROVAL,  /* somebody has to agree first */
  SAT_ERROR_DAMAGED,   /* the replica's database is broken: only a new replica helps */
} SatErrorCode;

GQuark sat_error_quark (void);

/* Sets ERROR. MSGID is a literal English sentence whose only placeholders are %s or %1$s .. %6$s;
 * each argument is a `const char *`, their list ends with NULL. Returns FALSE, so that a function
 * can `return sat_fail (...)`. The arguments are copied. */
gboolean
sat_fail (GError **error, SatErrorCode code, const char *msgid, ...) G_GNUC_NULL_TERMINATED;

/* As sat_fail, with the arguments in a NULL-terminated array. */
gboolean
sat_fail_strv (GError **error, SatErrorCode code, const char *msgid, const char *const *args);

/* The message id and arguments of a SAT_ERROR, or NULL for errors of other domains. Owned by ERROR.
 */
const char *sat_error_msgid (const GError *error);
const char *const *sat_error_args (const GError *error);

/* ERROR is about what stands in the field NAME, in that LINE or at that COLUMN of it (from 1 on; 0:
 * none in particular). What was said of the place before stays. Does nothing to NULL and to errors
 * of other domains. */
void sat_error_place (GError *error, const char *name, guint line, guint column);
/* The field's name; NULL: no place is said. Owned by ERROR. */
const char *sat_error_place_name (const GError *error);
guint sat_error_place_line (const GError *error);
guint sat_error_place_column (const GError *error);
/* TEXT, the wording of ERROR, with its place before it: PLACE is the field's name as the person
 * reads it. WORD translates. Newly allocated. */
char *sat_error_with_place (const GError *error,
                            const char *place,
                            const char *text,
                            const char *(*word) (const char *msgid));

/* FORMAT (usually a translated msgid) with its placeholders filled from ARGS; a placeholder with no
 * argument is left as it stands, so that a faulty translation cannot crash. Newly allocated. */
char *sat_error_fill (const char *format, const char *const *args);

/* Marks a msgid for translation without translating it. */
#ifndef N_
#define N_(text) (text)
#endif

G_END_DECLS
