/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Physical lines are joined into one in `pending`; when the next one does not go on with it, it is
 * a property. The rules of joining: a line that begins with a blank goes on with the one before
 * (3.0 and 4.0 drop the blank, 2.1 keeps it as it broke the line there); after = at the end of a
 * quoted-printable value comes its rest; a photo in base64 goes on up to what looks like a
 * property, for phones that do not indent it. */
#include "core/exchange/sat-vcard-reader.h"

#include <string.h>

#include "core/base/sat-error.h"
#include "core/base/sat-text.h"
#include "core/exchange/sat-line-reader.h"

#define HEAD_MAX (16 * 1024) /* bytes in which the head of a property must end to be looked at */

typedef struct
{
  const SatVcardText *text;
  SatVcardFunc func;
  gpointer data;
  GString *pending;
  SatVcardHead head; /* of what is pending */
  guint64 begins;    /* the line that `pending` begins at; 0: nothing is pending */
  gsize dropped;     /* bytes of a photo that is too large */
  gboolean soft;     /* = at the end: the next line goes on, whatever it is */
  SatVcard card;
  gboolean open; /* within a card */
  guint depth;   /* within cards of that card */
  gsize size;    /* of the card so far */
  guint64 last;  /* line read */
} Reading;

static char *
line_text (guint64 number)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT, number);
}

/* The first problem of a card is the one to tell. */
static void
note_problem (Reading *reading, GError *problem)
{
  if (reading->card.problem == NULL)
    reading->card.problem = problem;
  else
    g_error_free (problem);
}

static void
note_too_long (Reading *reading)
{
  g_autofree char *line = line_text (reading->begins);
  GError *problem = NULL;

  sat_fail (&problem, SAT_ERROR_TOO_LONG, N_ ("line %s: the card is too large; it is cut off here"),
            line, NULL);
  note_problem (reading, problem);
}

/* ---- cards ---- */

static void
begin_card (Reading *reading)
{
  reading->open = TRUE;
  reading->depth = 0;
  reading->size = 0;
  reading->card.number++;
  reading->card.line = reading->begins;
  reading->card.version = SAT_VCARD_3_0;
  g_ptr_array_set_size (reading->card.properties, 0);
}

static gboolean
end_card (Reading *reading, GError **error)
{
  gboolean ok = reading->func (&reading->card, reading->data, error);

  reading->open = FALSE;
  g_clear_error (&reading->card.problem);
  return ok;
}

static gboolean
end_open_card (Reading *reading, GError **error)
{
  g_autofree char *begin = line_text (reading->card.line);
  GError *problem = NULL;

  sat_fail (&problem, SAT_ERROR_INVALID,
            N_ ("the card that begins in line %s has no END:VCARD; the file may be cut off"), begin,
            NULL);
  note_problem (reading, problem);
  return end_card (reading, error);
}

static gboolean
fail_outside (const Reading *reading, GError **error)
{
  g_autofree char *line = line_text (reading->begins);

  return sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("line %s stands outside of any card; a card goes from BEGIN:VCARD to "
                       "END:VCARD"),
                   line, NULL);
}

static void
take_version (Reading *reading, const SatVcardProperty *property)
{
  static const char *const versions[] = { "2.1", "3.0", "4.0" };
  g_autofree char *line = line_text (property->line);
  GError *problem = NULL;

  g_strstrip (property->value);
  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    if (strcmp (property->value, versions[i]) == 0)
      {
        reading->card.version = (SatVcardVersion) i;
        return;
      }
  sat_fail (&problem, SAT_ERROR_INVALID,
            N_ ("line %s: “%s” is no version of vCard; known are 2.1, 3.0 and 4.0"), line,
            property->value, NULL);
  note_problem (reading, problem);
}

static gboolean
says (const SatVcardProperty *property, const char *name)
{
  g_autofree char *value = g_strstrip (g_strdup (property->value));

  return strcmp (property->name, name) == 0 && g_ascii_strcasecmp (value, "VCARD") == 0;
}

/* In 2.1 the card of an AGENT stands inside; of it nothing is kept but that it was there. */
static gboolean
is_agent (const Reading *reading)
{
  const SatVcardProperty *before;

  if (reading->card.properties->len == 0)
    return FALSE;
  before = g_ptr_array_index (reading->card.properties, reading->card.properties->len - 1);
  return strcmp (before->name, "AGENT") == 0 && *before->value == '\0';
}

static gboolean
take_begin (Reading *reading, GError **error)
{
  if (reading->open && (reading->depth > 0 || is_agent (reading)))
    {
      if (reading->depth++ == 0)
        {
          SatVcardProperty *agent = g_ptr_array_index (reading->card.properties,
                                                       reading->card.properties->len - 1);
          agent->binary = TRUE;
        }
      return TRUE;
    }
  if (reading->open && !end_open_card (reading, error))
    return FALSE;
  begin_card (reading);
  return TRUE;
}

static void
take_into_card (Reading *reading, SatVcardProperty *property)
{
  if (reading->card.properties->len >= SAT_VCARD_MAX_PROPERTIES ||
      reading->size > SAT_VCARD_MAX_CARD)
    {
      note_too_long (reading);
      sat_vcard_property_free (property);
      return;
    }
  reading->size += strlen (property->value) +
                   (property->data != NULL ? strlen (property->data) : 0);
  g_ptr_array_add (reading->card.properties, property);
}

static gboolean
take_property (Reading *reading, SatVcardProperty *given, GError **error)
{
  g_autoptr (SatVcardProperty) property = given;

  if (says (property, "BEGIN"))
    return take_begin (reading, error);
  if (!reading->open)
    return fail_outside (reading, error);
  if (says (property, "END"))
    {
      if (reading->depth == 0)
        return end_card (reading, error);
      reading->depth--;
      return TRUE;
    }
  if (reading->depth > 0)
    return TRUE;
  if (strcmp (property->name, "VERSION") == 0)
    take_version (reading, property);
  else
    take_into_card (reading, g_steal_pointer (&property));
  return TRUE;
}

/* ---- lines ---- */

/* What is pending is whole. */
static gboolean
flush (Reading *reading, GError **error)
{
  SatVcardProperty *property;
  GError *problem = NULL;
  gboolean ok = TRUE;

  if (reading->begins == 0)
    return TRUE;
  property = sat_vcard_property_parse (reading->pending->str, reading->pending->len, reading->text,
                                       reading->begins, reading->dropped, &problem);
  if (property != NULL)
    ok = take_property (reading, property, error);
  else if (!reading->open)
    {
      g_error_free (problem);
      ok = fail_outside (reading, error);
    }
  else if (reading->depth == 0)
    note_problem (reading, problem);
  else
    g_error_free (problem);
  g_string_truncate (reading->pending, 0);
  reading->begins = 0;
  reading->dropped = 0;
  reading->soft = FALSE;
  reading->head = (SatVcardHead){ 0 };
  return ok;
}

/* Of a photo that is too large only its size is kept. */
static void
append (Reading *reading, const char *text, gsize length)
{
  GString *pending = reading->pending;

  g_string_append_len (pending, text, (gssize) length);
  if (pending->len < HEAD_MAX)
    reading->head = sat_vcard_head (pending->str, pending->len);
  if (reading->head.binary)
    {
      if (reading->dropped == 0 && pending->len - reading->head.value <= SAT_VCARD_MAX_DATA)
        return;
      reading->dropped += pending->len - reading->head.value;
      g_string_truncate (pending, reading->head.value);
    }
  else if (pending->len > SAT_VCARD_MAX_VALUE)
    {
      note_too_long (reading);
      g_string_truncate (pending, SAT_VCARD_MAX_VALUE);
    }
  reading->soft = reading->head.quoted_printable && pending->len > reading->head.value &&
                  pending->str[pending->len - 1] == '=';
}

static gboolean
is_base64 (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && strchr ("+/= \t", text[i]) == NULL)
      return FALSE;
  return TRUE;
}

static void
go_on (Reading *reading, const SatLine *line)
{
  gboolean keeps_blank = reading->card.version == SAT_VCARD_2_1 && reading->open &&
                         !reading->head.quoted_printable;
  gsize drop = keeps_blank ? 0 : 1;

  append (reading, line->text + drop, line->length - drop);
}

static gboolean
on_line (const SatLine *line, gpointer data, GError **error)
{
  Reading *reading = data;
  gboolean blank = line->length > 0 && (line->text[0] == ' ' || line->text[0] == '\t');

  reading->last = line->number;
  if (reading->begins > 0 && reading->soft)
    {
      g_string_truncate (reading->pending, reading->pending->len - 1);
      append (reading, line->text, line->length);
      return TRUE;
    }
  if (reading->begins > 0 && blank)
    {
      go_on (reading, line);
      return TRUE;
    }
  if (reading->begins > 0 && reading->head.binary && line->length > 0 &&
      is_base64 (line->text, line->length))
    {
      append (reading, line->text, line->length);
      return TRUE;
    }
  if (!flush (reading, error))
    return FALSE;
  if (strspn (line->text, " \t") >= line->length)
    return TRUE;
  reading->begins = line->number;
  append (reading, line->text, line->length);
  return TRUE;
}

gboolean
sat_vcard_read (GInputStream *stream,
                const SatVcardText *text,
                SatVcardFunc func,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GString) pending = g_string_new (NULL);
  g_autoptr (GPtrArray) properties = g_ptr_array_new_with_free_func (
      (GDestroyNotify) sat_vcard_property_free);
  Reading reading = { .text = text, .func = func, .data = data, .pending = pending };
  gboolean ok;

  reading.card.properties = properties;
  ok = sat_lines_read (stream, SAT_VCARD_MAX_LINE, on_line, &reading, cancellable, error) &&
       flush (&reading, error) && (!reading.open || end_open_card (&reading, error));
  g_clear_error (&reading.card.problem);
  return ok;
}

/* ---- what is in a card ---- */

const SatVcardProperty *
sat_vcard_at (const SatVcard *card, guint i)
{
  return g_ptr_array_index (card->properties, i);
}

const SatVcardProperty *
sat_vcard_find (const SatVcard *card, const char *name)
{
  for (guint i = 0; i < card->properties->len; i++)
    if (strcmp (sat_vcard_at (card, i)->name, name) == 0)
      return sat_vcard_at (card, i);
  return NULL;
}

/* Takes TEXT. */
static char *
tidied (char *text)
{
  char *tidy = sat_text_tidy (text);

  g_free (text);
  return tidy != NULL ? tidy : g_strdup ("");
}

char *
sat_vcard_text (const SatVcard *card, const SatVcardProperty *property)
{
  return tidied (sat_vcard_property_text (property, card->version));
}

char **
sat_vcard_parts (const SatVcard *card, const SatVcardProperty *property, guint n)
{
  g_auto (GStrv) parts = property != NULL ? sat_vcard_property_parts (property, card->version, ';')
                                          : g_new0 (char *, 1);
  guint has = g_strv_length (parts);
  char **out = g_new0 (char *, MAX (n, has) + 1);

  for (guint i = 0; i < MAX (n, has); i++)
    out[i] = tidied (g_strdup (i < has ? parts[i] : ""));
  return out;
}

char *
sat_vcard_joined (char **parts, guint first, const char *separator)
{
  GString *out = g_string_new (NULL);

  for (guint i = first; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_string_append_printf (out, "%s%s", out->len > 0 ? separator : "", parts[i]);
  return g_string_free (out, FALSE);
}

gboolean
sat_vcard_is_blank (const SatVcardProperty *property)
{
  return !property->binary && strspn (property->value, " \t\r\n;,") == strlen (property->value);
}
