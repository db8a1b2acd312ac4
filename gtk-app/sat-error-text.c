/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/sat-error-text.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/base/sat-error.h"
#include "gtk-app/sat-util.h"

#define OPENING "“"

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

/* ---- names and labels ---------------------------------------------------------------------- */

/* The N labels, or (LABELS not set) names, of the choices of FIELD on one line. */
static char *
list_choices (const SatField *field, gboolean labels)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < field->n_choices; i++)
    {
      const SatChoice *choice = &field->choices[i];

      if (i > 0)
        /* Translators: between two things of a list. */
        g_string_append (out, labels ? C_ ("list", ", ") : ", ");
      g_string_append (out, labels ? sat_here (choice->label) : choice->name);
    }
  return g_string_free (out, FALSE);
}

/* What NAME, which an error of a record of OBJECT speaks of, is called; NULL: it is no name. */
static char *
label_of (const SatObject *object, const char *name)
{
  const SatObject *other = sat_catalogue_find (object->catalogue, name);
  const SatField *field = sat_object_find (object, name);

  if (other != NULL)
    return sat_here_inside (other->label);
  if (field != NULL)
    return g_strdup (sat_here (field->label));
  for (guint i = 0; i < object->n_fields; i++)
    {
      g_autofree char *names = list_choices (object->fields[i], FALSE);

      if (*names != '\0' && g_str_equal (names, name))
        return list_choices (object->fields[i], TRUE);
    }
  return NULL;
}

/* The number of the argument that stands at AT ("%s", "%2$s"); NEXT is that of the next "%s". */
static guint
argument_at (const char *msgid, const char *at, guint *next)
{
  if (at > msgid && at[-1] == '%')
    return G_MAXUINT; /* the second half of "%%" */
  if (at[1] == 's')
    return (*next)++;
  if (g_ascii_isdigit (at[1]) && at[2] == '$' && at[3] == 's')
    return (guint) (at[1] - '1');
  return G_MAXUINT;
}

/* Is what stands in quotation marks at AT something of the catalogue? Its kind is named before it:
 * “field “%s””. */
static gboolean
is_named (const char *msgid, const char *at)
{
  static const char *const kinds[] = { "field ", "field of ", "value of ", "record of ",
                                       "records of " };
  gsize before = (gsize) (at - msgid) - strlen (OPENING);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (before >= strlen (kinds[i]) &&
        strncmp (msgid + before - strlen (kinds[i]), kinds[i], strlen (kinds[i])) == 0)
      return TRUE;
  return FALSE;
}

/* ARGS of MSGID with labels for names. What a person wrote stands in quotation marks there, and
 * stays as it is. */
static GStrv
with_labels (const char *msgid, const char *const *args, const SatObject *object)
{
  GStrv out = g_strdupv ((char **) args);
  guint n = g_strv_length (out);
  guint next = 0;

  for (const char *at = strchr (msgid, '%'); at != NULL; at = strchr (at + 1, '%'))
    {
      guint i = argument_at (msgid, at, &next);
      gboolean quoted = (gsize) (at - msgid) >= strlen (OPENING) &&
                        g_str_has_prefix (at - strlen (OPENING), OPENING);
      gboolean name = !quoted || is_named (msgid, at);
      char *label = i < n && name ? label_of (object, out[i]) : NULL;

      if (label == NULL)
        continue;
      g_free (out[i]);
      out[i] = label;
    }
  return out;
}

/* ---- sentences ----------------------------------------------------------------------------- */

/* A missing approval, without what one would type in a terminal. */
static char *
approval_text (const char *const *args)
{
  guint n = g_strv_length ((GStrv) args);

  if (n == 3)
    /* Translators: a record, a process of approvals, people. */
    return sat_error_fill (_ ("“%s” waits for an approval (%s) by %s"), args);
  if (n == 2)
    /* Translators: a record, a process of approvals. */
    return sat_error_fill (_ ("“%s” has no approval (%s) that holds; ask for it in the menu of its "
                              "page"),
                           args);
  return NULL;
}

static const char *
in_language (const char *msgid)
{
  return g_dgettext (SAT_GETTEXT_PACKAGE, msgid);
}

/* TEXT (taken) of ERROR, with the place in a record of OBJECT (may be NULL) that it is about. */
static char *
with_place (const GError *error, const SatObject *object, char *text)
{
  const char *place = sat_error_place_name (error);
  g_autofree char *label = place != NULL && object != NULL ? label_of (object, place) : NULL;
  char *out;

  if (place == NULL)
    return text;
  out = sat_error_with_place (error, label != NULL ? label : place, text, in_language);
  g_free (text);
  return out;
}

char *
sat_error_text_about (const GError *error, const SatObject *object)
{
  const char *msgid = error != NULL ? sat_error_msgid (error) : NULL;
  g_auto (GStrv) args = NULL;
  g_autofree char *text = NULL;

  if (msgid == NULL || g_error_matches (error, SAT_ERROR, SAT_ERROR_APPROVAL))
    return sat_error_text (error);
  args = with_labels (msgid, sat_error_args (error), object);
  text = sat_error_fill (g_dgettext (SAT_GETTEXT_PACKAGE, msgid), (const char *const *) args);
  text = with_place (error, object, g_steal_pointer (&text));
  return capitalise (text);
}

char *
sat_error_text (const GError *error)
{
  const char *msgid = sat_error_msgid (error);
  g_autofree char *text = NULL;

  if (error == NULL)
    return g_strdup (_ ("Something went wrong"));
  if (msgid != NULL && g_error_matches (error, SAT_ERROR, SAT_ERROR_APPROVAL))
    text = approval_text (sat_error_args (error));
  if (msgid != NULL && text == NULL)
    text = with_place (
        error, NULL,
        sat_error_fill (g_dgettext (SAT_GETTEXT_PACKAGE, msgid), sat_error_args (error)));
  return capitalise (text != NULL ? text : error->message);
}
