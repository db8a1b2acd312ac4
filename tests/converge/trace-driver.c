/* SPDX-License-Identifier: GPL-3.0-or-later */
/* trace-driver TRACE [EXPECTED]: plays a trace of the merge model on real replicas and prints the
 * report, or compares it with the model's (whose digests and stamps are left out) and ends with 1
 * if they differ. Steps that are not built yet are dropped, with a word on stderr; impossible ones
 * do nothing, as in the model. */
#include <stdlib.h>
#include <string.h>

#include "core/store/sat-names.h"
#include "core/store/sat-state-store.h"
#include "tests/converge/trace-world.h"

/* The occasion of a rule's write in the model: tick 1. */
#define RULE_HLC sat_hlc_from_ms (1)

/* ---- fields -------------------------------------------------------------------------------------
 */

/* Where the record is at home here; NULL: nowhere. */
static SatRecord *
load (TraceReplica *replica, const char *name)
{
  SatRecord *record;
  SatId id;

  trace_id (name, &id);
  record = sat_workspace_load (replica->workspace, replica->world->object, &id, NULL);
  if (record != NULL && sat_record_moved_to (record) != NULL)
    g_clear_pointer (&record, sat_record_unref);
  return record;
}

/* Has BOOK (NULL: any) ever held the record? */
static gboolean
is_known (TraceReplica *replica, const char *name, const char *book)
{
  SatReplica *inner = replica->workspace->replica;
  gboolean known = FALSE;

  for (guint i = 0; replica->books[i] != NULL && !known; i++)
    {
      SatPresence presence;
      gboolean hidden;
      gint64 row;
      SatId id;

      trace_id (name, &id);
      if (book != NULL && strcmp (book, replica->books[i]) != 0)
        continue;
      g_assert_true (sat_row_find (inner, sat_replica_table (inner, replica->world->object), &id,
                                   sat_names_find_book (inner->names, replica->books[i]), &row,
                                   &presence, &hidden, NULL));
      known = row != 0;
    }
  return known;
}

static const SatField *
field_of (TraceReplica *replica, const char *name)
{
  const SatField *field = sat_object_find (replica->world->object, name);

  g_assert_nonnull (field);
  return field;
}

/* The canonical value for a word of the trace; NULL for ~. *POSSIBLE: references name a record that
 * is here, in BOOK. */
static char *
canonical (TraceReplica *replica,
           const SatField *field,
           const char *word,
           const char *book,
           gboolean *possible)
{
  *possible = TRUE;
  if (strcmp (word, "~") == 0)
    return NULL;
  if (field->type->id == SAT_TYPE_REFERENCE)
    {
      SatId id;
      trace_id (word, &id);
      *possible = is_known (replica, word, book);
      return *possible ? sat_id_dup_text (&id) : NULL;
    }
  g_auto (GStrv) parts = g_strsplit (word, "\\n", -1);
  return g_strjoinv ("\n", parts);
}

/* Writes what a draft would leave out because nothing changes. */
static void
edit_raw (TraceReplica *replica, const SatRecord *record, const SatEdit *edit)
{
  SatEditKind kind = { .life = SAT_LIFE_LIVE };
  g_autoptr (GError) error = NULL;

  sat_workspace_edit_raw (replica->workspace, sat_record_object (record), sat_record_id (record),
                          sat_record_book (record), edit, edit != NULL, &kind, &error);
  g_assert_no_error (error);
}

static void
save_draft (TraceReplica *replica, SatDraft *draft)
{
  g_autoptr (GError) error = NULL;

  sat_workspace_save (replica->workspace, draft, NULL, &error);
  g_assert_no_error (error);
}

/* FORM: the record as it was loaded earlier, or NULL. */
static void
set_field (TraceReplica *replica,
           const char *name,
           const SatField *field,
           const char *value,
           const SatRecord *form)
{
  g_autoptr (SatRecord) now = load (replica, name);
  g_autoptr (SatDraft) draft = sat_draft_edit (form != NULL ? form : now);

  sat_draft_set (draft, field, value);
  if (sat_draft_changes (draft, field))
    {
      save_draft (replica, draft);
      return;
    }
  SatEdit edit = { .field = field, .value = value, .has_seen = form != NULL };
  if (form != NULL)
    edit.seen = sat_record_dots (form, field, &edit.n_seen);
  edit_raw (replica, now, &edit);
}

static void
step_set (TraceReplica *replica,
          const char *name,
          const char *key,
          const char *word,
          const SatRecord *form)
{
  const SatField *field = field_of (replica, key);
  g_autoptr (SatRecord) record = load (replica, name);
  gboolean possible;

  if (record == NULL)
    return;
  g_autofree char *value = canonical (replica, field, word, sat_record_book (record), &possible);
  if (possible)
    set_field (replica, name, field, value, form);
}

/* ---- steps on records ---------------------------------------------------------------------------
 */

static void
step_new (TraceReplica *replica, char **words, gboolean automatic)
{
  g_autofree char *book = g_ascii_strdown (words[2], -1);
  const SatObject *object = replica->world->object;
  SatEditKind kind = { .life = SAT_LIFE_LIVE, .create = TRUE, .automatic = TRUE, .hlc = RULE_HLC };
  g_autoptr (SatDraft) draft = sat_draft_new (object);
  g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (SatEdit));
  g_autoptr (GError) error = NULL;
  SatId id;

  if (is_known (replica, words[3], NULL) ||
      !g_strv_contains ((const char *const *) replica->books, book))
    return;
  trace_id (words[3], &id);
  sat_draft_set_id (draft, &id);
  sat_draft_set_book (draft, book);
  for (guint i = 4; words[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (words[i], "=", 2);
      SatEdit edit = { .field = field_of (replica, pair[0]) };
      gboolean possible;
      g_autofree char *value = canonical (replica, edit.field, pair[1], book, &possible);
      if (!possible)
        continue;
      sat_draft_set (draft, edit.field, value);
      edit.value = sat_draft_get (draft, edit.field);
      g_array_append_val (edits, edit);
    }
  if (automatic)
    sat_workspace_edit_raw (replica->workspace, object, &id, book,
                            (const SatEdit *) (void *) edits->data, edits->len, &kind, &error);
  else
    sat_workspace_save (replica->workspace, draft, NULL, &error);
  g_assert_no_error (error);
}

static void
step_form (TraceReplica *replica, const char *name, const char *key)
{
  SatRecord *record = load (replica, name);

  if (record != NULL)
    g_hash_table_insert (replica->forms, g_strconcat (name, "/", key, NULL), record);
}

static void
step_save (TraceReplica *replica, const char *name, const char *key, const char *word)
{
  g_autofree char *form_key = g_strconcat (name, "/", key, NULL);
  SatRecord *form = g_hash_table_lookup (replica->forms, form_key);

  step_set (replica, name, key, word, form);
  g_hash_table_remove (replica->forms, form_key);
}

static void
step_settlefield (TraceReplica *replica, const char *name, const char *key)
{
  const SatField *field = field_of (replica, key);
  g_autoptr (SatRecord) record = load (replica, name);
  g_autoptr (GError) error = NULL;

  if (record == NULL || sat_record_get (record, field) == NULL)
    return;
  if (!sat_record_in_conflict (record, field))
    {
      set_field (replica, name, field, sat_record_get (record, field), NULL);
      return;
    }
  sat_workspace_resolve (replica->workspace, replica->world->object, sat_record_id (record), field,
                         1, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
shows_element (const SatRecord *record, const SatField *field, const char *element)
{
  g_auto (GStrv) elements = sat_tags_split (sat_record_get (record, field));

  return g_strv_contains ((const char *const *) elements, element);
}

static void
step_element (TraceReplica *replica, const char *name, const char *element, gboolean add)
{
  const SatField *tags = field_of (replica, "tags");
  g_autoptr (SatRecord) record = load (replica, name);
  SatEdit edit = { .field = tags, .element = element };

  if (record == NULL)
    return;
  if (shows_element (record, tags, element) == add)
    {
      edit_raw (replica, record, add ? &edit : NULL);
      return;
    }
  g_autoptr (SatDraft) draft = sat_draft_edit (record);
  if (add)
    sat_draft_add_element (draft, tags, element);
  else
    sat_draft_remove_element (draft, tags, element);
  save_draft (replica, draft);
}

static void
step_tags (TraceReplica *replica, const char *name, const char *list)
{
  const SatField *tags = field_of (replica, "tags");
  g_autoptr (SatRecord) record = load (replica, name);

  if (record == NULL)
    return;
  g_auto (GStrv) words = g_strsplit (list, ",", -1);
  g_autofree char *value = strcmp (list, "~") == 0
                               ? NULL
                               : sat_tags_join ((const char *const *) words, g_strv_length (words));
  g_autoptr (SatDraft) draft = sat_draft_edit (record);
  sat_draft_set (draft, tags, value);
  save_draft (replica, draft);
}

static void
step_line (TraceReplica *replica, const char *name, const char *index, const char *text)
{
  const SatField *note = field_of (replica, "note");
  g_autoptr (SatRecord) record = load (replica, name);

  if (record == NULL)
    return;
  const char *shown = sat_record_get (record, note);
  g_auto (GStrv) lines = g_strsplit (shown != NULL ? shown : "1\n2\n3\n4\n5\n6\n7\n8", "\n", -1);
  guint at = (guint) g_ascii_strtoull (index, NULL, 10) % g_strv_length (lines);
  g_free (lines[at]);
  lines[at] = g_strdup (text);
  g_autofree char *value = g_strjoinv ("\n", lines);
  set_field (replica, name, note, value, NULL);
}

static void
step_life (TraceReplica *replica, const char *name, gboolean live)
{
  g_autoptr (SatRecord) record = load (replica, name);
  const SatObject *object = replica->world->object;
  g_autoptr (GError) error = NULL;

  if (record == NULL)
    return;
  if (live)
    sat_workspace_undelete (replica->workspace, object, sat_record_id (record), &error);
  else
    sat_workspace_delete (replica->workspace, object, sat_record_id (record), NULL, &error);
  g_assert_no_error (error);
}

static void
step_move (TraceReplica *replica, const char *name, const char *word)
{
  g_autofree char *book = g_ascii_strdown (word, -1);
  g_autoptr (SatRecord) record = load (replica, name);
  SatEditKind kind = { .life = SAT_LIFE_LIVE };
  g_autoptr (GError) error = NULL;

  if (record == NULL || strcmp (sat_record_book (record), book) == 0 ||
      !g_strv_contains ((const char *const *) replica->books, book))
    return;
  kind.home = sat_names_find_book (replica->workspace->replica->names, book);
  sat_workspace_edit_raw (replica->workspace, sat_record_object (record), sat_record_id (record),
                          NULL, NULL, 0, &kind, &error);
  g_assert_no_error (error);
  trace_forward (replica);
}

/* In all books; sealed before and after, where the model waits for the next seal. */
static void
step_revoke (TraceReplica *replica, const char *name)
{
  const TraceReplica *other = trace_world_find (replica->world, name);
  g_autoptr (GError) error = NULL;

  if (other == NULL || other == replica)
    return;
  trace_seal (replica);
  for (guint i = 0; replica->books[i] != NULL; i++)
    sat_workspace_cut (replica->workspace, replica->books[i], &other->device, &error);
  g_assert_no_error (error);
  trace_seal (replica);
}

/* Into a record of another book nothing is absorbed, nor into itself. */
static void
step_absorb (TraceReplica *replica, const char *duplicate, const char *into)
{
  g_autoptr (SatRecord) goes = load (replica, duplicate);
  g_autoptr (SatRecord) stays = load (replica, into);
  g_autoptr (GError) error = NULL;

  if (goes == NULL || stays == NULL ||
      strcmp (sat_record_book (goes), sat_record_book (stays)) != 0 ||
      sat_id_equal (sat_record_id (goes), sat_record_id (stays)))
    return;
  sat_workspace_absorb_raw (replica->workspace, replica->world->object, sat_record_id (goes),
                            sat_record_id (stays), &error);
  g_assert_no_error (error);
}

/* ---- the trace ----------------------------------------------------------------------------------
 */

static char **
list_of (const char *word)
{
  return word != NULL ? g_strsplit (word, ",", -1) : NULL;
}

/* TRUE: it was one of these. */
static gboolean
play_edit (TraceReplica *replica, char **w)
{
  const char *step = w[0];

  if (strcmp (step, "new") == 0 || strcmp (step, "autonew") == 0)
    step_new (replica, w, step[0] == 'a');
  else if (strcmp (step, "set") == 0)
    step_set (replica, w[2], w[3], w[4], NULL);
  else if (strcmp (step, "form") == 0)
    step_form (replica, w[2], w[3]);
  else if (strcmp (step, "save") == 0)
    step_save (replica, w[2], w[3], w[4]);
  else if (strcmp (step, "settlefield") == 0)
    step_settlefield (replica, w[2], w[3]);
  else if (strcmp (step, "add") == 0 || strcmp (step, "remove") == 0)
    step_element (replica, w[2], w[3], step[0] == 'a');
  else if (strcmp (step, "tags") == 0)
    step_tags (replica, w[2], w[3]);
  else if (strcmp (step, "line") == 0)
    step_line (replica, w[2], w[3], w[4]);
  else if (strcmp (step, "delete") == 0 || strcmp (step, "undelete") == 0)
    step_life (replica, w[2], step[0] == 'u');
  else if (strcmp (step, "move") == 0)
    step_move (replica, w[2], w[3]);
  else if (strcmp (step, "revoke") == 0)
    step_revoke (replica, w[2]);
  else if (strcmp (step, "absorb") == 0)
    step_absorb (replica, w[2], w[3]);
  else
    return FALSE;
  return TRUE;
}

static gboolean
play_exchange (TraceReplica *replica, char **w)
{
  const char *step = w[0];
  g_auto (GStrv) list = list_of (w[2]);
  g_autofree char *books = w[2] != NULL ? g_ascii_strdown (w[2], -1) : NULL;
  g_auto (GStrv) keys = list_of (books);

  if (strcmp (step, "seal") == 0)
    trace_seal (replica);
  else if (strcmp (step, "push") == 0)
    trace_push (replica, keys);
  else if (strcmp (step, "fetch") == 0)
    trace_fetch (replica, replica->world->hub, list);
  else if (strcmp (step, "from") == 0)
    {
      TraceReplica *source = trace_world_find (replica->world, w[2]);
      if (source != NULL)
        trace_fetch (replica, source->log, NULL);
    }
  else if (strcmp (step, "apply") == 0)
    trace_apply (replica);
  else if (strcmp (step, "crash") == 0)
    trace_crash (replica, strtoull (w[2], NULL, 10));
  else if (strcmp (step, "merge") == 0)
    {
      trace_apply (replica);
      trace_merge_texts (replica);
    }
  else if (strcmp (step, "sync") == 0)
    trace_sync (replica);
  else if (strcmp (step, "forward") == 0)
    trace_forward (replica);
  else if (strcmp (step, "checkpoint") == 0)
    trace_checkpoint (replica, books);
  else if (strcmp (step, "join") == 0)
    {
      trace_fetch (replica, replica->world->hub, NULL);
      trace_join (replica, books, FALSE);
    }
  else if (strcmp (step, "forget") == 0)
    trace_forget (replica, books);
  else if (strcmp (step, "refill") == 0)
    trace_refill (replica);
  else if (strcmp (step, "backup") == 0)
    trace_backup (replica);
  else if (strcmp (step, "restore") == 0)
    trace_restore (replica, w[2]);
  else if (strcmp (step, "skew") == 0)
    replica->skew = strtoll (w[2], NULL, 10);
  else
    return FALSE;
  return TRUE;
}

static gboolean
is_built (const char *step)
{
  static const char *const later[] = { "clone", "erase", NULL };

  return !g_strv_contains (later, step);
}

static void
play (TraceWorld *world, const char *text)
{
  g_autofree char *step = g_strndup (text, strcspn (text, "#"));
  g_auto (GStrv) words = g_strsplit (g_strstrip (step), " ", -1);
  TraceReplica *replica;

  if (words[0] == NULL || words[0][0] == '\0')
    return;
  if (!is_built (words[0]))
    {
      g_printerr ("dropped: %s\n", text);
      return;
    }
  world->now += 1000;
  if (strcmp (words[0], "settle") == 0)
    {
      trace_settle (world);
      return;
    }
  if (strcmp (words[0], "losehub") == 0)
    {
      trace_lose_hub (world);
      return;
    }
  if (strcmp (words[0], "epoch") == 0)
    {
      g_autofree char *book = g_ascii_strdown (words[1], -1);
      trace_epoch (world, book);
      return;
    }
  replica = trace_world_find (world, words[1]);
  if (strcmp (words[0], "replica") == 0)
    {
      if (replica == NULL)
        trace_world_add (world, words[1], words[2]);
      return;
    }
  if (replica == NULL)
    return;
  sat_platform_set_now (replica->platform, MAX (0, world->now + replica->skew));
  if (!play_edit (replica, words) && !play_exchange (replica, words))
    {
      g_printerr ("unknown step: %s\n", text);
      exit (2);
    }
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static char *
play_all (char **lines)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "replica ") || g_str_has_prefix (lines[i], "restore "))
      {
        g_auto (GStrv) words = g_strsplit (lines[i], " ", -1);
        const char *name = words[0][2] == 'p' ? words[1] : words[2];
        if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
          g_ptr_array_add (names, g_strdup (name));
      }
  g_ptr_array_sort (names, compare_strings);
  TraceWorld *world = trace_world_new (names);
  for (guint i = 0; lines[i] != NULL; i++)
    play (world, lines[i]);
  char *report = trace_report (world);
  trace_world_free (world);
  return report;
}

/* ---- comparing ----------------------------------------------------------------------------------
 */

/* A line of the model's report without digest and stamp. */
static char *
without_stamps (const char *line)
{
  const char *digest = strstr (line, " digest ");

  if (g_str_has_prefix (line, "== ") && digest != NULL)
    return g_strndup (line, (gsize) (digest - line));
  if (strstr (line, " ctx ") != NULL || !g_str_has_prefix (line, "  | ") ||
      g_str_has_prefix (line, "  | book ") || g_str_has_prefix (line, "  | cut "))
    return g_strdup (line);
  g_auto (GStrv) words = g_strsplit (line + 4, " ", 5); /* record key dot stamp value */
  g_assert_cmpuint (g_strv_length (words), ==, 5);
  return g_strdup_printf ("  | %s %s %s %s%s", words[0], words[1], words[2],
                          g_str_has_suffix (words[3], "a") ? "a " : "", words[4]);
}

static gboolean
compare (const char *report, const char *expected)
{
  g_auto (GStrv) here = g_strsplit (report, "\n", -1);
  g_auto (GStrv) there = g_strsplit (expected, "\n", -1);
  guint n = 0;

  for (guint i = 0; here[i] != NULL && there[i] != NULL; i++)
    {
      g_autofree char *line = without_stamps (there[i]);
      if (strcmp (line, here[i]) == 0)
        continue;
      g_printerr ("line %u\n  model: %s\n  here:  %s\n", i + 1, line, here[i]);
      if (++n == 10)
        return FALSE;
    }
  if (g_strv_length (here) != g_strv_length (there))
    g_printerr ("%u lines, the model has %u\n", g_strv_length (here), g_strv_length (there));
  return n == 0 && g_strv_length (here) == g_strv_length (there);
}

static char *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      exit (2);
    }
  return text;
}

int
main (int argc, char **argv)
{
  if (argc < 2 || argc > 3)
    {
      g_printerr ("usage: trace-driver TRACE [EXPECTED]\n");
      return 2;
    }
  g_autofree char *trace = read_file (argv[1]);
  g_auto (GStrv) lines = g_strsplit (trace, "\n", -1);
  g_autofree char *report = play_all (lines);

  if (argc == 2)
    {
      g_print ("%s", report);
      return 0;
    }
  g_autofree char *expected = read_file (argv[2]);
  if (compare (report, expected))
    return 0;
  g_printerr ("%s\n", report);
  return 1;
}
