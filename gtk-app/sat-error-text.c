/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/sat-error-text.h"

#include <glib/gi18n.h>

#include "core/base/sat-error.h"

static char *
capitalise (const char *text)
{
  g_autofree char *first = NULL;
  const char *rest;

  if (*text == '\0')
    return g_strdup (text);
  rest = g_utf8_next_char (text);
  first = g_utf8_strup (text, rest - text);
  return g_strconcat (first, rest, NULL);
}

char *
sat_error_text (const GError *error)
{
  const char *msgid = sat_error_msgid (error);
  g_autofree char *text = NULL;

  if (error == NULL)
    return g_strdup (_ ("Something went wrong"));
  if (msgid != NULL)
    text = sat_error_fill (g_dgettext (SAT_GETTEXT_PACKAGE, msgid), sat_error_args (error));
  return capitalise (text != NULL ? text : error->message);
}
