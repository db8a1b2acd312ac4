/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The extended GError: message id and arguments travel in GLib's private error data, so that the
 * error can be passed through any code that handles plain GErrors. */
#include "core/base/sat-error.h"

#include <stdarg.h>

typedef struct
{
  char *msgid;
  char **args;
  char *place; /* the field's name; NULL: none is said */
  guint line, column;
} SatErrorPrivate;

static void
sat_error_private_init (SatErrorPrivate *priv)
{
  priv->msgid = NULL;
  priv->args = NULL;
  priv->place = NULL;
  priv->line = priv->column = 0;
}

static void
sat_error_private_copy (const SatErrorPrivate *src, SatErrorPrivate *dest)
{
  dest->msgid = g_strdup (src->msgid);
  dest->args = g_strdupv (src->args);
  dest->place = g_strdup (src->place);
  dest->line = src->line;
  dest->column = src->column;
}

static void
sat_error_private_clear (SatErrorPrivate *priv)
{
  g_clear_pointer (&priv->msgid, g_free);
  g_clear_pointer (&priv->args, g_strfreev);
  g_clear_pointer (&priv->place, g_free);
}

/* The formatter would tear a hyphenated quark name apart, hence the underscores. */
G_DEFINE_EXTENDED_ERROR (SatError, sat_error)

/* NULL for errors of other domains. */
static SatErrorPrivate *
private_of (const GError *error)
{
  return error && error->domain == SAT_ERROR ? sat_error_get_private (error) : NULL;
}

gboolean
sat_fail_strv (GError **error, SatErrorCode code, const char *msgid, const char *const *args)
{
  if (error == NULL)
    return FALSE;

  g_autofree char *text = sat_error_fill (msgid, args);
  SatErrorPrivate *priv;

  g_set_error_literal (error, SAT_ERROR, (int) code, text);
  priv = private_of (*error);
  if (priv)
    {
      priv->msgid = g_strdup (msgid);
      priv->args = g_strdupv ((char **) args);
    }
  return FALSE;
}

gboolean
sat_fail (GError **error, SatErrorCode code, const char *msgid, ...)
{
  g_autoptr (GPtrArray) args = g_ptr_array_new ();
  va_list list;
  const char *arg;

  va_start (list, msgid);
  while ((arg = va_arg (list, const char *)) != NULL)
    g_ptr_array_add (args, (gpointer) arg);
  va_end (list);
  g_ptr_array_add (args, NULL);

  return sat_fail_strv (error, code, msgid, (const char *const *) args->pdata);
}

const char *
sat_error_msgid (const GError *error)
{
  SatErrorPrivate *priv = private_of (error);

  return priv ? priv->msgid : NULL;
}

const char *const *
sat_error_args (const GError *error)
{
  SatErrorPrivate *priv = private_of (error);

  return priv ? (const char *const *) priv->args : NULL;
}

/* ---- where ---- */

static const char *
as_it_is (const char *msgid)
{
  return msgid;
}

void
sat_error_place (GError *error, const char *name, guint line, guint column)
{
  SatErrorPrivate *priv = private_of (error);
  char *text;

  if (priv == NULL || priv->place != NULL)
    return;
  priv->place = g_strdup (name);
  priv->line = line;
  priv->column = column;
  text = sat_error_with_place (error, name, error->message, as_it_is);
  g_free (error->message);
  error->message = text;
}

const char *
sat_error_place_name (const GError *error)
{
  SatErrorPrivate *priv = private_of (error);

  return priv ? priv->place : NULL;
}

guint
sat_error_place_line (const GError *error)
{
  SatErrorPrivate *priv = private_of (error);

  return priv ? priv->line : 0;
}

guint
sat_error_place_column (const GError *error)
{
  SatErrorPrivate *priv = private_of (error);

  return priv ? priv->column : 0;
}

char *
sat_error_with_place (const GError *error,
                      const char *place,
                      const char *text,
                      const char *(*word) (const char *msgid))
{
  guint line = sat_error_place_line (error);
  guint column = sat_error_place_column (error);
  g_autofree char *number = g_strdup_printf ("%u", line > 0 ? line : column);
  const char *const args[] = { place, line + column > 0 ? number : text, text, NULL };

  return sat_error_fill (word (line > 0     ? N_ ("%s, line %s: %s")
                               : column > 0 ? N_ ("%s, column %s: %s")
                                            : N_ ("%s: %s")),
                         args);
}

char *
sat_error_fill (const char *format, const char *const *args)
{
  GString *out = g_string_new (NULL);
  guint n_args = args ? g_strv_length ((char **) args) : 0;
  guint next = 0;

  for (const char *p = format; *p; p++)
    {
      guint which;
      guint skip;

      if (p[0] == '%' && p[1] == '%')
        {
          g_string_append_c (out, '%');
          p++;
          continue;
        }
      if (p[0] == '%' && p[1] == 's')
        {
          which = next++;
          skip = 1;
        }
      else if (p[0] == '%' && g_ascii_isdigit (p[1]) && p[2] == '$' && p[3] == 's')
        {
          which = (guint) (p[1] - '1');
          skip = 3;
        }
      else
        {
          g_string_append_c (out, *p);
          continue;
        }
      if (which < n_args)
        g_string_append (out, args[which]);
      else
        g_string_append_len (out, p, (gssize) skip + 1);
      p += skip;
    }
  return g_string_free (out, FALSE);
}
