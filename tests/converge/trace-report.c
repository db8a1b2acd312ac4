/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints every replica as the model prints its own: what is shown, siblings, conflicts, and the
 * canonical lines of docs/change-set-format.md turned into the model's, without stamps. */
#include <string.h>

#include "core/apply/sat-absorb.h"
#include "core/apply/sat-engine.h"
#include "core/query/sat-read.h"
#include "core/store/sat-absorbed.h"
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
  if (strcmp (key, "parent") == 0 || strcmp (key, "ref") == 0 || strcmp (key, "into") == 0)
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

/* The records of one group, as BOOK has them. */
typedef struct
{
  TraceReplica *replica;
  guint32 book;
  SatId root;
  char *name;       /* of the root */
  GPtrArray *names; /* of all, in order */
} Group;

static void
group_free (Group *group)
{
  g_ptr_array_unref (group->names);
  g_free (group->name);
  g_free (group);
}

static guint32
object_name (TraceReplica *replica)
{
  return sat_replica_table (replica->workspace->replica, replica->world->object)->name;
}

static char *
name_of (const SatId *id)
{
  char text[SAT_ID_TEXT_SIZE];

  return trace_name (sat_id_format (id, text));
}

static Group *
group_of (TraceReplica *replica, const char *book, const char *name)
{
  SatReplica *inner = replica->workspace->replica;
  Group *group = g_new0 (Group, 1);
  g_autoptr (GArray) ids = NULL;
  SatId id;

  trace_id (name, &id);
  group->replica = replica;
  group->book = sat_names_find_book (inner->names, book);
  sat_absorbed_root (inner, object_name (replica), group->book, &id, &group->root);
  group->name = name_of (&group->root);
  group->names = g_ptr_array_new_with_free_func (g_free);
  ids = sat_absorbed_group (inner, object_name (replica), group->book, &id, NULL);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (SatState) there = sat_absorb_load (
          inner, sat_replica_table (inner, replica->world->object), &g_array_index (ids, SatId, i),
          group->book, FALSE, NULL);
      if (there != NULL)
        g_ptr_array_add (group->names, name_of (&there->id));
    }
  return group;
}

static gboolean
is_in (const Group *group, const char *name)
{
  return g_ptr_array_find_with_equal_func (group->names, name, g_str_equal, NULL);
}

/* What a reference says, of its siblings; the product shows what that is part of. */
static char *
said_reference (const Group *group, GPtrArray *siblings, const char *shown)
{
  SatReplica *inner = group->replica->workspace->replica;
  const Line *said = NULL;
  g_autofree char *root_name = NULL;
  SatId id, root;

  for (guint pass = 0; pass < 2 && said == NULL; pass++)
    for (guint i = 0; i < siblings->len && said == NULL; i++)
      {
        const Line *line = g_ptr_array_index (siblings, i);
        if (pass == 1 || !line->automatic)
          said = line;
      }
  if (said->value == NULL)
    return g_strdup ("~");
  trace_id (said->value, &id);
  sat_absorbed_root (inner, object_name (group->replica), group->book, &id, &root);
  if (sat_id_equal (&root, &id))
    sat_absorbed_root (inner, object_name (group->replica), 0, &id, &root);
  root_name = name_of (&root);
  if (!sat_id_equal (&root, &group->root) || sat_id_equal (&root, &id))
    g_assert_cmpstr (shown, ==, root_name);
  else
    g_assert_cmpstr (shown, ==, "~");
  return g_strdup (said->value);
}

static void
report_field (const Group *group,
              const SatRecord *record,
              const SatField *field,
              GPtrArray *lines,
              GString *out)
{
  g_autoptr (GPtrArray) siblings = g_ptr_array_new ();
  g_autofree char *shown = shown_value (record, field);

  for (guint i = 0; i < lines->len; i++)
    {
      Line *line = g_ptr_array_index (lines, i);
      if (is_in (group, line->record) && strcmp (line->key, field->name) == 0)
        g_ptr_array_add (siblings, line);
    }
  if (siblings->len == 0)
    return;
  g_ptr_array_sort (siblings, compare_newest);
  if (field->type->id == SAT_TYPE_REFERENCE)
    {
      char *said = said_reference (group, siblings, shown);
      g_free (shown);
      shown = said;
    }
  g_string_append_printf (out, "  %s = %s", field->name, shown);
  for (guint i = 0; i < siblings->len && siblings->len > 1; i++)
    {
      const Line *line = g_ptr_array_index (siblings, i);
      g_string_append_printf (out, "%s%s@%s", i == 0 ? " siblings " : " ", or_tilde (line->value),
                              line->dot);
    }
  g_string_append (out, sat_record_in_conflict (record, field) ? " CONFLICT\n" : "\n");
}

/* What a group shows whose root is not in BOOK: that of those that were absorbed into it. */
static SatRecord *
rootless (const Group *group)
{
  SatReplica *inner = group->replica->workspace->replica;
  const SatObject *object = group->replica->world->object;
  SatTable *table = sat_replica_table (inner, object);
  g_autoptr (SatState) state = sat_state_new ();
  SatRecord *record = sat_record_new (object, &group->root, 0, "");

  state->object = table->name;
  state->id = group->root;
  state->book = group->book;
  state->listed = TRUE;
  g_assert_true (sat_absorb_unite (inner, table, state, NULL));
  sat_record_set_moved_to (record, "elsewhere");
  for (guint i = 0; i < object->n_fields; i++)
    {
      guint count;
      guint at = sat_state_find (state, table->fields[i], NULL, &count);

      sat_record_take_value (record, object->fields[i], sat_absorb_column (inner, table, state, i));
      if (count > 1 && sat_is_conflict (object->fields[i], sat_state_at (state, at), count))
        sat_record_mark_conflict (record, object->fields[i]);
    }
  return record;
}

/* The record as BOOK has it; NULL: it has none. */
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
  if (!found)
    return NULL;
  record = sat_read_record (inner, &row, &error);
  g_assert_no_error (error);
  sat_row_done (&row);
  return record;
}

static void
report_record (const Group *group, const char *book, GPtrArray *lines, GString *out)
{
  static const char *const fields[] = { "name", "phone", "high", "low", "note", "parent", "ref" };
  const SatObject *object = group->replica->world->object;
  const SatField *tags = sat_object_find (object, "tags");
  g_autoptr (SatRecord) record = load_from (group->replica, group->name, book);
  if (record == NULL)
    record = rootless (group);
  g_autofree char *home = sat_record_moved_to (record) != NULL
                              ? g_ascii_strup (sat_record_moved_to (record), -1)
                              : NULL;
  if (g_strcmp0 (home, "ELSEWHERE") == 0)
    memcpy (home, "elsewhere", strlen (home));

  if (home != NULL)
    g_string_append_printf (out, "%s moved-to %s", group->name, home);
  else
    g_string_append_printf (out, "%s%s", group->name,
                            sat_record_deleted (record) ? " deleted" : "");
  for (guint i = 0, n = 0; group->names->len > 1 && i < group->names->len; i++)
    if (strcmp (g_ptr_array_index (group->names, i), group->name) != 0)
      g_string_append_printf (out, "%s%s", n++ ? "," : " absorbed ",
                              (char *) g_ptr_array_index (group->names, i));
  g_string_append_c (out, '\n');
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    report_field (group, record, sat_object_find (object, fields[i]), lines, out);
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
  for (guint i = 0; i < replica->world->devices->len; i++)
    {
      const TraceDevice *other = g_ptr_array_index (replica->world->devices, i);
      guint64 n = sat_workspace_applied (replica->workspace, book, &other->id);
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
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                                         (GDestroyNotify) group_free);
  g_autoptr (GList) names = NULL;
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
      Group *group = group_of (replica, book, line->record);

      if (g_hash_table_contains (groups, group->name))
        group_free (group);
      else
        g_hash_table_insert (groups, group->name, group);
    }
  names = g_list_sort (g_hash_table_get_keys (groups), (GCompareFunc) strcmp);
  for (const GList *at = names; at != NULL; at = at->next)
    report_record (g_hash_table_lookup (groups, at->data), book, lines, out);
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
