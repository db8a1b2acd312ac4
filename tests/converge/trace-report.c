/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints every replica as the model prints its own: what is shown, siblings, conflicts, and the
 * canonical lines of docs/change-set-format.md turned into the model's, without stamps. */
#include <string.h>

#include "core/query/sat-read.h"
#include "core/store/sat-log.h"
#include "core/store/sat-names.h"
#include "tests/converge/trace-world.h"

/* One sibling, from a canonical line. */
typedef struct
{
  char *record; /* r1 */
  char *key;    /* name, life, tags/x */
  char *dot;    /* A:a:1 */
  char *book, *device, *number;
  SatHlc hlc;
  gboolean automatic;
  char *value; /* as the model writes it; NULL: cleared */
} Line;

static void
free_line (gpointer data)
{
  Line *line = data;

  g_free (line->record);
  g_free (line->key);
  g_free (line->dot);
  g_free (line->book);
  g_free (line->device);
  g_free (line->number);
  g_free (line->value);
  g_free (line);
}

static char *
value_of (const char *key, const char *text)
{
  if (text[0] == '~')
    return NULL;
  if (text[0] == '+')
    return g_strdup ("1");
  g_assert_cmpint (text[0], ==, '=');
  if (strcmp (key, "home") == 0)
    return g_ascii_strup (text + 1, -1);
  if (strcmp (key, "parent") == 0 || strcmp (key, "ref") == 0)
    return trace_name (text + 1);
  return g_strdup (text + 1);
}

typedef struct
{
  TraceWorld *world;
  GPtrArray *lines;    /* Line */
  GPtrArray *contexts; /* "r1 ctx A a:2,c:1" */
  GPtrArray *cuts;     /* "cut c 1" */
} Collector;

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* OBJECT UUID :context BOOK DEVICE:NUMBER,... */
static void
collect_context (Collector *collector, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 5);
  g_auto (GStrv) entries = g_strsplit (words[4], ",", -1);
  g_autofree char *record = trace_name (words[1]);
  g_autofree char *book = g_ascii_strup (words[3], -1);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; entries[i] != NULL; i++)
    {
      char *colon = strchr (entries[i], ':');
      SatId device;

      *colon = '\0';
      g_assert_true (sat_id_parse (entries[i], &device));
      g_ptr_array_add (list, g_strconcat (trace_world_device_name (collector->world, &device), ":",
                                          colon + 1, NULL));
    }
  g_ptr_array_sort (list, compare_strings);
  g_ptr_array_add (list, NULL);
  g_autofree char *joined = g_strjoinv (",", (char **) list->pdata);
  g_ptr_array_add (collector->contexts, g_strdup_printf ("%s ctx %s %s", record, book, joined));
}

static void
collect (const char *text, gpointer data)
{
  Collector *collector = data;

  if (g_str_has_prefix (text, "book "))
    return;
  if (g_str_has_prefix (text, "cut "))
    {
      g_auto (GStrv) cut = g_strsplit (text, " ", 3);
      SatId revoked;
      g_assert_true (sat_id_parse (cut[1], &revoked));
      g_ptr_array_add (collector->cuts,
                       g_strdup_printf ("cut %s %s",
                                        trace_world_device_name (collector->world, &revoked),
                                        cut[2]));
      return;
    }
  if (strstr (text, " :context ") != NULL)
    {
      collect_context (collector, text);
      return;
    }
  /* OBJECT UUID REGISTER BOOK:DEVICE:NUMBER TIME[a] VALUE */
  g_auto (GStrv) words = g_strsplit (text, " ", 6);
  g_assert_cmpuint (g_strv_length (words), ==, 6);
  g_auto (GStrv) dot = g_strsplit (words[3], ":", 3);
  g_autofree char *book = g_ascii_strup (dot[0], -1);
  gsize length = strlen (words[4]);
  Line *line = g_new0 (Line, 1);
  SatId device;

  g_assert_true (sat_id_parse (dot[1], &device));
  line->automatic = words[4][length - 1] == 'a';
  g_assert_true (sat_hlc_parse (words[4], length - line->automatic, &line->hlc));
  line->record = trace_name (words[1]);
  line->key = g_strdup (words[2] + (words[2][0] == ':'));
  line->book = g_strdup (book);
  line->device = g_strdup (trace_world_device_name (collector->world, &device));
  line->number = g_strdup (dot[2]);
  line->dot = g_strconcat (book, ":", line->device, ":", line->number, NULL);
  line->value = value_of (line->key, words[5]);
  g_ptr_array_add (collector->lines, line);
}

/* As the model orders them. */
static int
compare_canonical (gconstpointer a, gconstpointer b)
{
  const Line *x = *(Line *const *) a, *y = *(Line *const *) b;
  int order = strcmp (x->record, y->record);

  if (order == 0)
    order = strcmp (x->key, y->key);
  if (order == 0)
    order = strcmp (x->book, y->book);
  if (order == 0)
    order = strcmp (x->device, y->device);
  if (order == 0)
    order = (int) (strtol (x->number, NULL, 10) - strtol (y->number, NULL, 10));
  return order;
}

static int
compare_newest (gconstpointer a, gconstpointer b)
{
  const Line *x = *(Line *const *) a, *y = *(Line *const *) b;

  if (x->hlc != y->hlc)
    return x->hlc > y->hlc ? -1 : 1;
  if (strcmp (x->device, y->device) != 0)
    return -strcmp (x->device, y->device);
  return -compare_canonical (a, b);
}

static const char *
or_tilde (const char *value)
{
  return value != NULL ? value : "~";
}

/* What the record shows, spelled as the model does. */
static char *
shown_value (const SatRecord *record, const SatField *field)
{
  const char *value = sat_record_get (record, field);

  if (value == NULL)
    return g_strdup ("~");
  if (field->type->id == SAT_TYPE_REFERENCE)
    return trace_name (value);
  g_auto (GStrv) parts = g_strsplit (value, "\n", -1);
  return g_strjoinv (field->type->id == SAT_TYPE_TAGS ? "," : "\\n", parts);
}

static void
report_field (const SatRecord *record, const SatField *field, GPtrArray *lines, GString *out)
{
  g_autoptr (GPtrArray) siblings = g_ptr_array_new ();
  g_autofree char *shown = shown_value (record, field);
  g_autofree char *name = NULL;
  char id[SAT_ID_TEXT_SIZE];

  sat_id_format (sat_record_id (record), id);
  name = trace_name (id);
  for (guint i = 0; i < lines->len; i++)
    {
      Line *line = g_ptr_array_index (lines, i);
      if (strcmp (line->record, name) == 0 && strcmp (line->key, field->name) == 0)
        g_ptr_array_add (siblings, line);
    }
  if (siblings->len == 0)
    return;
  g_ptr_array_sort (siblings, compare_newest);
  g_string_append_printf (out, "  %s = %s", field->name, shown);
  for (guint i = 0; i < siblings->len && siblings->len > 1; i++)
    {
      const Line *line = g_ptr_array_index (siblings, i);
      g_string_append_printf (out, "%s%s@%s", i == 0 ? " siblings " : " ", or_tilde (line->value),
                              line->dot);
    }
  g_string_append (out, sat_record_in_conflict (record, field) ? " CONFLICT\n" : "\n");
}

/* The record as BOOK has it. */
static SatRecord *
load_from (TraceReplica *replica, const char *name, const char *book)
{
  SatReplica *inner = replica->workspace->replica;
  SatTable *table = sat_replica_table (inner, replica->world->object);
  g_autoptr (GError) error = NULL;
  SatRecord *record;
  gboolean found;
  SatRow row;
  SatId id;

  trace_id (name, &id);
  sat_row_load (inner, table, table->name, &id, sat_names_find_book (inner->names, book), NULL,
                inner->scratch, &row, &found, &error);
  g_assert_no_error (error);
  g_assert_true (found);
  record = sat_read_record (inner, &row, &error);
  g_assert_no_error (error);
  sat_row_done (&row);
  return record;
}

static void
report_record (
    TraceReplica *replica, const char *name, const char *book, GPtrArray *lines, GString *out)
{
  static const char *const fields[] = { "name", "phone", "high", "low", "note", "parent", "ref" };
  const SatObject *object = replica->world->object;
  const SatField *tags = sat_object_find (object, "tags");
  g_autoptr (SatRecord) record = load_from (replica, name, book);
  g_autofree char *home = sat_record_moved_to (record) != NULL
                              ? g_ascii_strup (sat_record_moved_to (record), -1)
                              : NULL;

  if (home != NULL)
    g_string_append_printf (out, "%s moved-to %s\n", name, home);
  else
    g_string_append_printf (out, "%s%s\n", name, sat_record_deleted (record) ? " deleted" : "");
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    report_field (record, sat_object_find (object, fields[i]), lines, out);
  if (sat_record_get (record, tags) != NULL)
    {
      g_autofree char *elements = shown_value (record, tags);
      g_string_append_printf (out, "  tags = %s\n", elements);
    }
}

static void
report_vector (TraceReplica *replica, const char *book, GString *out)
{
  g_autofree char *upper = g_ascii_strup (book, -1);
  const char *comma = "";
  SatPartial partial;

  g_string_append_printf (out, "== %s %s vector ", replica->name, upper);
  for (guint i = 0; i < replica->world->replicas->len; i++)
    {
      const TraceReplica *other = g_ptr_array_index (replica->world->replicas, i);
      guint64 n = sat_workspace_applied (replica->workspace, book, &other->device);
      if (n > 0)
        g_string_append_printf (out, "%s%s:%" G_GUINT64_FORMAT, comma, other->name, n);
      comma = n > 0 ? "," : comma;
    }
  g_assert_true (sat_log_partial (replica->workspace->replica, &partial, NULL));
  g_string_append (out, partial.number != 0 ? " partial\n" : "\n");
}

static void
report_contexts (GPtrArray *contexts, const char *record, GString *out)
{
  g_autofree char *prefix = g_strconcat (record, " ", NULL);

  for (guint i = 0; i < contexts->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (contexts, i), prefix))
      g_string_append_printf (out, "  | %s\n", (char *) g_ptr_array_index (contexts, i));
}

static void
report_book (TraceReplica *replica, const char *book, GString *out)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (free_line);
  g_autoptr (GPtrArray) contexts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) cuts = g_ptr_array_new_with_free_func (g_free);
  Collector collector = { replica->world, lines, contexts, cuts };
  g_autofree char *upper = g_ascii_strup (book, -1);
  g_autoptr (GError) error = NULL;

  report_vector (replica, book, out);
  sat_workspace_canonical (replica->workspace, book, collect, &collector, &error);
  g_assert_no_error (error);
  g_ptr_array_sort (lines, compare_canonical);
  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = g_ptr_array_index (lines, i);
      const Line *before = i > 0 ? g_ptr_array_index (lines, i - 1) : NULL;
      if (before == NULL || strcmp (before->record, line->record) != 0)
        report_record (replica, line->record, book, lines, out);
    }
  g_string_append_printf (out, "  | book %s\n", upper);
  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = g_ptr_array_index (lines, i);
      g_string_append_printf (out, "  | %s %s %s %s%s%s\n", line->record, line->key, line->dot,
                              line->automatic ? "a " : "", line->value != NULL ? "=" : "~",
                              line->value != NULL ? line->value : "");
      const Line *next = i + 1 < lines->len ? g_ptr_array_index (lines, i + 1) : NULL;
      if (next == NULL || strcmp (next->record, line->record) != 0)
        report_contexts (contexts, line->record, out);
    }
  g_ptr_array_sort (cuts, compare_strings);
  for (guint i = 0; i < cuts->len; i++)
    g_string_append_printf (out, "  | %s\n", (char *) g_ptr_array_index (cuts, i));
}

/* DIGEST's vector in words. */
static char *
vector_text (const SatDigest *digest)
{
  GString *out = g_string_new (digest->book);

  for (guint i = 0; i < digest->vector->len; i++)
    {
      const SatVectorEntry *entry = &g_array_index (digest->vector, SatVectorEntry, i);
      char id[SAT_ID_TEXT_SIZE];
      if (entry->number > 0)
        g_string_append_printf (out, " %s:%" G_GUINT64_FORMAT, sat_id_format (&entry->device, id),
                                entry->number);
    }
  return g_string_free (out, FALSE);
}

static void
check_digests (TraceReplica *replica, GHashTable *seen)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) digests = NULL;
  SatPartial partial;

  g_assert_true (sat_log_partial (replica->workspace->replica, &partial, NULL));
  if (partial.number != 0)
    return;
  digests = sat_workspace_digest (replica->workspace, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < digests->len; i++)
    {
      const SatDigest *digest = g_ptr_array_index (digests, i);
      char *vector = vector_text (digest);
      const char *other = g_hash_table_lookup (seen, vector);
      if (other != NULL)
        g_assert_cmpstr (other, ==, digest->digest);
      g_hash_table_insert (seen, vector, g_strdup (digest->digest));
    }
}

char *
trace_report (TraceWorld *world)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < world->replicas->len; i++)
    {
      TraceReplica *replica = g_ptr_array_index (world->replicas, i);
      for (guint b = 0; replica->books[b] != NULL; b++)
        report_book (replica, replica->books[b], out);
    }
  for (guint i = 0; i < world->replicas->len; i++)
    check_digests (g_ptr_array_index (world->replicas, i), seen);
  return g_string_free (out, FALSE);
}
