/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line as data: what options there are, and what a person wrote. GLib's parser does the
 * reading; values are taken as bytes and must be UTF-8, whatever the locale says. Wrong usage is an
 * error of the domain G_OPTION_ERROR, worded in the person's language. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;  /* without the dashes; NULL ends a list */
  const char *value; /* what it takes, as shown in the help ("DIR"); NULL: a switch */
  const char *help;  /* one line, marked with N_ */
} SatOption;

typedef struct _SatArgs SatArgs;

/* Reads WORDS (NULL-terminated, without the program's name). Options may stand anywhere before a
 * lone
 * "--". With LEADING only those before the first other word are read. OPTIONS and MORE are lists as
 * above, each may be NULL. */
SatArgs *sat_args_parse (const char *const *words,
                         const SatOption *options,
                         const SatOption *more,
                         gboolean leading,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sat_args_free (SatArgs *args);

guint sat_args_n_words (const SatArgs *args);
const char *sat_args_word (const SatArgs *args, guint i); /* NULL beyond the last */
const char *const *sat_args_words (const SatArgs *args);  /* NULL-terminated */

gboolean sat_args_has (const SatArgs *args, const char *option);
const char *sat_args_get (const SatArgs *args, const char *option); /* the last one; NULL: none */
/* Every value given, in order, NULL-terminated; NULL if there is none. */
const char *const *sat_args_all (const SatArgs *args, const char *option);
/* A whole number from LEAST to MOST; OUT keeps its value where the option was not given. */
gboolean sat_args_number (const SatArgs *args,
                          const char *option,
                          gint64 least,
                          gint64 most,
                          gint64 *out,
                          GError **error);

/* Sets ERROR to wrong usage with a worded message; returns FALSE. */
gboolean sat_usage (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatArgs, sat_args_free)

G_END_DECLS
