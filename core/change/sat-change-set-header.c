/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the header of a change-set: all that decides whether its turn has come. Reads the caller's
 * text in place and stops where the records begin. */
#include "core/change/sat-change-set-private.h"

#include <string.h>

/* ---- steps ---- */

gboolean
sat_change_set_fail_at (
    const char *text, const char *at, const char *msgid, const char *detail, GError **error)
{
  char line[24];
  guint64 n = 1;

  for (const char *p = text; p < at && (p = memchr (p, '\n', (gsize) (at - p))) != NULL; p++)
    n++;
  g_snprintf (line, sizeof line, "%" G_GUINT64_FORMAT, n);
  return sat_fail (error, SAT_ERROR_MALFORMED, msgid, line, detail, NULL);
}

/* The value of a lower-case hexadecimal digit and 0x10, else 0. */
static const guint8 hex_values[256] = {
  ['0'] = 0x10, ['1'] = 0x11, ['2'] = 0x12, ['3'] = 0x13, ['4'] = 0x14, ['5'] = 0x15,
  ['6'] = 0x16, ['7'] = 0x17, ['8'] = 0x18, ['9'] = 0x19, ['a'] = 0x1a, ['b'] = 0x1b,
  ['c'] = 0x1c, ['d'] = 0x1d, ['e'] = 0x1e, ['f'] = 0x1f,
};

gboolean
sat_change_set_take_id (const char **at, const char *end, SatId *out)
{
  const char *p = *at;
  SatId id;
  guint n = 0;

  if (end - p < SAT_ID_CHARS)
    return FALSE;
  for (guint i = 0; i < SAT_ID_CHARS; i += 2)
    {
      if (i == 8 || i == 13 || i == 18 || i == 23)
        {
          if (p[i] != '-')
            return FALSE;
          i++;
        }
      guint8 high = hex_values[(guint8) p[i]];
      guint8 low = hex_values[(guint8) p[i + 1]];
      if (high == 0 || low == 0)
        return FALSE;
      id.bytes[n++] = (guint8) ((high & 0x0f) << 4 | (low & 0x0f));
    }
  *out = id;
  *at = p + SAT_ID_CHARS;
  return TRUE;
}

gboolean
sat_change_set_take_number (const char **at, const char *end, guint64 max, guint64 *out)
{
  const char *p = *at;
  guint64 value = 0;

  while (p < end && g_ascii_isdigit (*p))
    {
      if (p > *at && **at == '0')
        return FALSE;
      value = value * 10 + (guint64) (*p - '0');
      if (value > max)
        return FALSE;
      p++;
    }
  if (p == *at)
    return FALSE;
  *out = value;
  *at = p;
  return TRUE;
}

gboolean
sat_change_set_take_word (const char **at, const char *end, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (end - *at) < length || memcmp (*at, word, length) != 0)
    return FALSE;
  *at += length;
  return TRUE;
}

/* ---- the header ---- */

typedef struct
{
  const char *text;
  const char *at;
  const char *end;
  GError **error;
} Cursor;

static gboolean
fail (Cursor *c, const char *msgid)
{
  return sat_change_set_fail_at (c->text, c->at, msgid, NULL, c->error);
}

static gboolean
take (Cursor *c, const char *word)
{
  return sat_change_set_take_word (&c->at, c->end, word);
}

static gboolean
read_version (Cursor *c)
{
  guint64 version = 0;

  if (!take (c, SAT_CHANGE_SET_MAGIC) ||
      !sat_change_set_take_number (&c->at, c->end, 999999999, &version) || version == 0 ||
      !take (c, "\n"))
    return fail (c, N_ ("line %s of the change-set: expected “satchel change-set” and a version"));
  if (version > SAT_CHANGE_SET_VERSION)
    {
      char text[24];
      g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT, version);
      return sat_fail (c->error, SAT_ERROR_NEWER,
                       N_ ("the change-set is of format version %s, which this version does not "
                           "know; update Satchel"),
                       text, NULL);
    }
  return TRUE;
}

static gboolean
read_identity (Cursor *c, SatChangeSet *set)
{
  const char *book;
  gsize length = 0;

  if (!take (c, "book ") || (length = sat_change_set_book_length (c->at, c->end)) == 0)
    return fail (c, N_ ("line %s of the change-set: expected “book” and the key of a book"));
  book = c->at;
  c->at += length;
  if (!take (c, "\n"))
    return fail (c, N_ ("line %s of the change-set: expected “book” and the key of a book"));
  set->book = g_strndup (book, length);
  if (!take (c, "device ") || !sat_change_set_take_id (&c->at, c->end, &set->device) ||
      !take (c, "\n"))
    return fail (c, N_ ("line %s of the change-set: expected “device” and the id of a device"));
  if (!take (c, "number ") ||
      !sat_change_set_take_number (&c->at, c->end, SAT_CHANGE_SET_MAX_NUMBER, &set->number) ||
      set->number == 0 || !take (c, "\n"))
    return fail (c, N_ ("line %s of the change-set: expected “number” and a number from 1"));
  return TRUE;
}

/* What is needed, in this order; a line that says another word is for a later version. */
static const char *const features[] = { SAT_FEATURE_ENROLMENT, SAT_FEATURE_FILES,
                                        SAT_FEATURE_GRAFT };

static gboolean
read_needs (Cursor *c, SatChangeSet *set)
{
  const char *msgid = N_ (
      "line %s of the change-set: expected “needs” and the name of a feature, in order");
  gboolean *const needs[] = { &set->needs_enrolment, &set->needs_files, &set->needs_graft };
  guint least = 0;

  while (take (c, "needs "))
    {
      gsize length = sat_change_set_word_length (c->at, c->end);
      guint i = 0;

      if (length == 0 || c->at + length >= c->end || c->at[length] != '\n')
        return fail (c, msgid);
      g_autofree char *word = g_strndup (c->at, length);
      while (i < G_N_ELEMENTS (features) && strcmp (word, features[i]) != 0)
        i++;
      if (i == G_N_ELEMENTS (features))
        return sat_fail (
            c->error, SAT_ERROR_NEWER,
            N_ ("the change-set needs “%s”, which this version does not know; update Satchel"),
            word, NULL);
      if (i < least)
        return fail (c, msgid);
      *needs[i] = TRUE;
      least = i + 1;
      c->at += length + 1;
    }
  return TRUE;
}

/* Lines of device and number after PREFIX, by device; LEAST is the smallest number. */
static gboolean
read_vector (Cursor *c, const char *prefix, guint64 least, GArray *out, const char *msgid)
{
  const char *line = c->at;

  while (take (c, prefix))
    {
      SatSaw entry;

      if (!sat_change_set_take_id (&c->at, c->end, &entry.device) || !take (c, " ") ||
          !sat_change_set_take_number (&c->at, c->end, SAT_CHANGE_SET_MAX_NUMBER, &entry.number) ||
          entry.number < least || !take (c, "\n"))
        return fail (c, msgid);
      c->at = line;
      if (out->len > 0 &&
          sat_id_compare (&g_array_index (out, SatSaw, out->len - 1).device, &entry.device) >= 0)
        return fail (c, N_ ("line %s of the change-set: devices are not in order"));
      if (out->len == SAT_CHANGE_SET_MAX_SAW)
        return fail (c, N_ ("line %s of the change-set: too many devices"));
      g_array_append_val (out, entry);
      line = c->at = (const char *) memchr (line, '\n', (gsize) (c->end - line)) + 1;
    }
  return TRUE;
}

static gboolean
read_saw (Cursor *c, SatChangeSet *set)
{
  const char *msgid = N_ (
      "line %s of the change-set: expected “saw all” or “saw more”, then devices and numbers");
  const char *start = c->at;

  set->saw_is_full = take (c, "saw all\n");
  if (!set->saw_is_full && (set->number == 1 || !take (c, "saw more\n")))
    return fail (c,
                 set->number == 1 ? N_ ("line %s of the change-set: expected “saw all”") : msgid);
  if (!read_vector (c, " ", 1, set->saw, msgid))
    return FALSE;
  for (guint i = 0; i < set->saw->len; i++)
    if (sat_id_equal (&g_array_index (set->saw, SatSaw, i).device, &set->device))
      {
        c->at = start;
        return fail (c, N_ ("line %s of the change-set: its own device is among those it saw"));
      }
  return read_vector (c, "cut ", 0, set->cuts,
                      N_ ("line %s of the change-set: expected “cut”, a device and a number"));
}

static void
clear_context (gpointer data)
{
  SatContext *context = data;

  g_free ((gpointer) context->book);
  g_free ((gpointer) context->seen);
}

static gboolean
read_context (Cursor *c, SatChangeSet *set)
{
  const char *msgid = N_ (
      "line %s of the change-set: expected “context” and a book, then devices and numbers");
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (SatSaw));
  const char *line = c->at;
  gsize length = sat_change_set_book_length (c->at, c->end);
  const char *book = c->at;
  SatContext context;

  c->at += length;
  if (length == 0 || !take (c, "\n"))
    return fail (c, msgid);
  if (!read_vector (c, " ", 1, seen, msgid))
    return FALSE;
  if (seen->len == 0)
    return fail (c, msgid);
  context.book = g_strndup (book, length);
  context.n_seen = seen->len;
  context.seen = (const SatSaw *) (void *) g_array_free (g_steal_pointer (&seen), FALSE);
  g_array_append_val (set->contexts, context);
  const char *after = c->at;
  c->at = line;
  if (set->contexts->len > 1 &&
      sat_context_compare (&g_array_index (set->contexts, SatContext, set->contexts->len - 2),
                           &context) >= 0)
    return fail (c, N_ ("line %s of the change-set: contexts are not in order"));
  if (set->contexts->len > SAT_CHANGE_SET_MAX_CONTEXTS)
    return fail (c, N_ ("line %s of the change-set: too many contexts"));
  c->at = after;
  return TRUE;
}

gboolean
sat_change_set_read_contexts (
    const char *text, const char **at, const char *end, SatChangeSet *set, GError **error)
{
  Cursor c = { text, *at, end, error };

  set->contexts = g_array_new (FALSE, FALSE, sizeof (SatContext));
  g_array_set_clear_func (set->contexts, clear_context);
  while (take (&c, "context "))
    if (!read_context (&c, set))
      return FALSE;
  *at = c.at;
  return TRUE;
}

/* What a change-set that lets somebody in has in its header, and no other. */
static gboolean
read_enrolment (Cursor *c, SatChangeSet *set)
{
  return !set->needs_enrolment ||
         sat_change_set_read_enrolment (c->text, &c->at, c->end, set, c->error);
}

/* What a change-set with grafts has in its header, and no other. */
static gboolean
read_contexts (Cursor *c, SatChangeSet *set)
{
  if (!set->needs_graft)
    return TRUE;
  return sat_change_set_read_contexts (c->text, &c->at, c->end, set, c->error) &&
         (set->contexts->len > 0 ||
          fail (c, N_ ("line %s of the change-set: expected “context”, since it needs “graft”")));
}

/* What a change-set that files come with has in its header, and no other. */
static gboolean
read_files (Cursor *c, SatChangeSet *set)
{
  return !set->needs_files || sat_change_set_read_files (c->text, &c->at, c->end, set, c->error);
}

SatChangeSet *
sat_change_set_read_header (const char *text, gsize size, const char **body, GError **error)
{
  Cursor c = { text, text, text + size, error };
  g_autoptr (SatChangeSet) set = g_new0 (SatChangeSet, 1);

  set->saw = g_array_new (FALSE, FALSE, sizeof (SatSaw));
  set->cuts = g_array_new (FALSE, FALSE, sizeof (SatSaw));
  if (size > SAT_CHANGE_SET_MAX_BYTES)
    {
      char limit[24];
      g_snprintf (limit, sizeof limit, "%d", SAT_CHANGE_SET_MAX_BYTES / (1024 * 1024));
      sat_fail (error, SAT_ERROR_MALFORMED, N_ ("the change-set is larger than %s MiB"), limit,
                NULL);
      return NULL;
    }
  if (!read_version (&c) || !read_identity (&c, set) || !read_needs (&c, set) ||
      !read_saw (&c, set) || !read_enrolment (&c, set) || !read_contexts (&c, set) ||
      !read_files (&c, set))
    return NULL;
  *body = c.at;
  return g_steal_pointer (&set);
}

SatChangeSet *
sat_change_set_decode_header (GBytes *text, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (text, &size);
  const char *body;

  return sat_change_set_read_header (size > 0 ? data : "", size, &body, error);
}
