/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rights, as a matrix: every kind of record and every field of the catalogue, what a role may do
 * with it, and every way on which a value can come out of core. What may come out is said by a few
 * lines here (may_come_out), which know nothing of how core decides it; everything that core gives
 * is searched for values that nothing else has (canaries.h). A new field is covered by itself. */
#include <glib/gstdio.h>
#include <string.h>

#include "core/workspace/sat-workspace-books.h"
#include "core/workspace/sat-workspace-duplicates.h"
#include "core/workspace/sat-workspace-export.h"
#include "core/workspace/sat-workspace-handover.h"
#include "core/workspace/sat-workspace-private.h"
#include "core/workspace/sat-workspace-shown.h"
#include "core/workspace/sat-workspace-views.h"
#include "tests/rights/company.h"

typedef struct
{
  const Canary *canary;
  const SatField *field;
} Origin;

typedef struct
{
  Company company;
  GHashTable *origins; /* token -> Origin */
  GString *out;        /* what has come out on the way under way */
  GHashTable *leaks;   /* "way: object.field …", each once */
  guint n_come_out;    /* values that may and did */
} Matrix;

/* ---- what is right ------------------------------------------------------------------------------
 */

static gboolean
may_come_out (const Said *said, CanaryOwner whose, const SatField *field, gboolean into_file)
{
  if (!is_within (said->reach[SAT_RIGHT_READ], whose) ||
      (into_file && !is_within (said->reach[SAT_RIGHT_EXPORT], whose)))
    return FALSE;
  return field == NULL || (said->fields[field->index] >= SAT_FIELD_READ &&
                           (!into_file || said->exports[field->index]));
}

/* ---- looking for canaries -----------------------------------------------------------------------
 */

static void
note (Matrix *m, const char *way, const Origin *origin)
{
  const SatObject *object = origin->canary->object;
  const Said *said = said_of (&m->company, object);
  static const char *const whose[] = { "own", "a colleague's", "another's", "nobody's" };
  const char *access = origin->field ? sat_field_access_name (said->fields[origin->field->index])
                                     : "-";

  g_hash_table_add (m->leaks,
                    g_strdup_printf ("%s: %s %s of %s record, field %s, read %s, export %s", way,
                                     object->name, origin->field ? origin->field->name : "id",
                                     whose[origin->canary->whose], access,
                                     sat_reach_name (said->reach[SAT_RIGHT_READ]),
                                     sat_reach_name (said->reach[SAT_RIGHT_EXPORT])));
}

static void
check_token (Matrix *m, const char *way, const char *token, gboolean into_file)
{
  const Origin *origin = g_hash_table_lookup (m->origins, token);

  if (origin == NULL)
    return;
  if (may_come_out (said_of (&m->company, origin->canary->object), origin->canary->whose,
                    origin->field, into_file))
    m->n_come_out++;
  else
    note (m, way, origin);
}

/* All tokens hold six digits from 700000 on, or are days of the years after 1800; an id stands
 * alone, after '#'. */
static void
check (Matrix *m, const char *way, gboolean into_file)
{
  for (const char *p = m->out->str; *p != '\0'; p++)
    {
      char token[SAT_ID_TEXT_SIZE];
      gsize length = p[0] == '#' ? SAT_ID_TEXT_SIZE - 1 : p[0] == '7' ? 6 : p[0] == '1' ? 10 : 0;

      if (length == 0 || strlen (p) <= length)
        continue;
      memcpy (token, p + (p[0] == '#'), length);
      token[length] = '\0';
      check_token (m, way, token, into_file);
    }
  g_string_truncate (m->out, 0);
}

static void
add_origin (Matrix *m, const char *token, const Canary *canary, const SatField *field)
{
  Origin *origin = g_new (Origin, 1);
  const char *digits = field ? strchr (token, '7') : token;

  *origin = (Origin){ canary, field };
  if (field != NULL && field->type->id != SAT_TYPE_DATE && field->type->id != SAT_TYPE_TIME)
    g_hash_table_insert (m->origins, g_strndup (digits, 6), origin);
  else
    g_hash_table_insert (m->origins, g_strdup (token), origin);
}

/* ---- the ways
 * ------------------------------------------------------------------------------------
 */

static void
add_text (Matrix *m, const char *text)
{
  if (text != NULL)
    g_string_append_printf (m->out, "%s\n", text);
}

static void
add_id (Matrix *m, const SatId *id)
{
  char text[SAT_ID_TEXT_SIZE];

  g_string_append_printf (m->out, "#%s\n\n", sat_id_format (id, text));
}

static void
add_error (Matrix *m, GError **error)
{
  add_text (m, *error != NULL ? (*error)->message : NULL);
  g_clear_error (error);
}

static void
add_record (Matrix *m, const SatRecord *record)
{
  const SatObject *object = sat_record_object (record);

  add_id (m, sat_record_id (record));
  add_text (m, sat_record_title (record));
  for (guint i = 0; i < object->n_fields; i++)
    {
      add_text (m, sat_record_get (record, object->fields[i]));
      add_text (m, sat_record_concealed (record, object->fields[i]));
    }
  for (guint i = 0; i < object->n_derived; i++)
    add_text (m, sat_record_get (record, object->derived[i]));
}

static void
add_rows (Matrix *m, const SatObject *object, const GArray *rows)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;

  if (rows == NULL || rows->len == 0)
    return;
  for (guint i = 0; i < object->n_derived; i++)
    g_ptr_array_add (fields, (gpointer) object->derived[i]);
  records = sat_workspace_load_columns (
      m->company.li, object, (const gint64 *) (const void *) rows->data, rows->len,
      (const SatField *const *) fields->pdata, fields->len, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < records->len; i++)
    if (records->pdata[i] != NULL)
      add_record (m, records->pdata[i]);
}

static void
way_one (Matrix *m, const Canary *canary)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatRecord) record = sat_workspace_load_shown (m->company.li, canary->object,
                                                           &canary->id, &error);
  g_autofree char *title = sat_workspace_title (m->company.li, canary->object, &canary->id);
  g_autofree char *anything = sat_workspace_title (m->company.li, NULL, &canary->id);
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GArray) belongings = NULL;

  if (record != NULL)
    add_record (m, record);
  add_text (m, error ? error->message : NULL);
  g_clear_error (&error);
  check (m, "one record", FALSE);
  add_text (m, title);
  check (m, "title", FALSE);
  add_text (m, anything);
  check (m, "title of a record of any kind", FALSE);
  history = sat_workspace_history (m->company.li, canary->object, &canary->id, NULL, &error);
  for (guint i = 0; history != NULL && i < history->len; i++)
    add_text (m, ((const SatChange *) history->pdata[i])->value);
  add_text (m, error ? error->message : NULL);
  check (m, "history", FALSE);
}

/* A value that two people wrote at once is with those that wait, and asked for singly. */
static void
way_conflicts (Matrix *m)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = sat_workspace_conflicts (m->company.li, -1, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < all->len; i++)
    {
      const SatConflict *conflict = all->pdata[i];

      add_id (m, &conflict->id);
      add_text (m, conflict->title);
      for (guint k = 0; k < conflict->values->len; k++)
        add_text (m, ((const SatChange *) conflict->values->pdata[k])->value);
    }
  check (m, "conflicts", FALSE);
}

static void
way_conflict (Matrix *m, const Canary *canary, const SatField *field)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatConflict) conflict = sat_workspace_conflict (m->company.li, canary->object,
                                                             &canary->id, field, &error);

  for (guint i = 0; conflict != NULL && i < conflict->values->len; i++)
    add_text (m, ((const SatChange *) conflict->values->pdata[i])->value);
  add_error (m, &error);
  check (m, "one conflict", FALSE);
}

/* What a person types for an id. */
static void
way_lookup (Matrix *m, const Canary *canary)
{
  const SatField *field = canary->object->title;
  g_autofree char *title = g_strdup_printf ("/%s", canary->values[field->index]);
  g_autofree char *id = sat_id_dup_text (&canary->id);
  g_autoptr (GError) error = NULL;
  SatId found;

  if (canary->values[field->index] != NULL && canary->tokens[field->index] != NULL &&
      sat_workspace_find (m->company.li, canary->object, title, &found, &error))
    add_id (m, &found);
  g_clear_error (&error);
  if (sat_workspace_find (m->company.li, canary->object, id + 24, &found, &error))
    add_id (m, &found);
  add_error (m, &error);
  check (m, "lookup", FALSE);
}

/* How many records somebody has, which go when he leaves. */
static void
way_handover (Matrix *m)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatHandover) handover = sat_handover_new (m->company.li, "wang", NULL, NULL, &error);
  const GArray *counts;

  g_assert_no_error (error);
  counts = sat_handover_counts (handover);
  for (guint i = 0; i < counts->len; i++)
    {
      const SatObject *object = g_array_index (counts, SatHandoverCount, i).object;

      for (guint k = 0; k < m->company.canaries->len; k++)
        {
          const Canary *canary = m->company.canaries->pdata[k];
          if (canary->object == object && canary->owner == CANARY_OTHERS)
            add_id (m, &canary->id);
        }
    }
  check (m, "handover", FALSE);
}

/* What would go along with a record to another book. */
static void
way_belongings (Matrix *m, const Canary *canary)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) all = sat_workspace_belongings (m->company.li, canary->object, &canary->id,
                                                     &error);

  for (guint i = 0; all != NULL && i < all->len; i++)
    for (guint k = 0; k < m->company.canaries->len; k++)
      {
        const Canary *child = m->company.canaries->pdata[k];
        if (child->object == g_array_index (all, SatBelongings, i).object &&
            child->owner == canary->owner)
          add_id (m, &child->id);
      }
  add_error (m, &error);
  check (m, "belongings", FALSE);
}

static void
way_list (Matrix *m, const SatObject *object)
{
  SatQuery query = { .object = object, .limit = -1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rows = sat_workspace_list_rows (m->company.li, &query, &error);

  g_assert_no_error (error);
  add_rows (m, object, rows);
  check (m, "list", FALSE);
}

static void
way_files (Matrix *m, const SatObject *object)
{
  static const struct
  {
    SatExportFormat format;
    const char *way;
  } formats[] = {
    { SAT_EXPORT_CSV, "CSV file" },
    { SAT_EXPORT_JSON_LINES, "JSON lines" },
    { SAT_EXPORT_VCARD, "cards" },
  };
  SatQuery query = { .object = object, .limit = -1 };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *path = g_build_filename (m->company.world.dir, "out", NULL);
      SatExportOptions options = { .object = object, .format = formats[i].format };
      g_autoptr (GError) error = NULL;
      g_autofree char *content = NULL;

      if (sat_workspace_export (m->company.li, &query, path, &options, NULL, NULL, NULL, NULL,
                                &error))
        {
          g_file_get_contents (path, &content, NULL, NULL);
          g_unlink (path);
        }
      add_text (m, content);
      add_text (m, error ? error->message : NULL);
      check (m, formats[i].way, TRUE);
    }
}

static void
way_duplicates (Matrix *m, const SatObject *object)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pairs = NULL;
  gint64 total;

  if (!sat_duplicates_known (object))
    return;
  pairs = sat_workspace_duplicates (m->company.li, object, -1, &total, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < pairs->len; i++)
    {
      const SatDuplicate *pair = pairs->pdata[i];

      add_id (m, &pair->a);
      add_id (m, &pair->b);
    }
  check (m, "duplicates", FALSE);
}

static void
way_duplicates_of (Matrix *m, const Canary *canary)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pairs = NULL;

  if (!sat_duplicates_known (canary->object))
    return;
  pairs = sat_workspace_duplicates_of (m->company.li, canary->object, &canary->id, 20, &error);
  for (guint i = 0; pairs != NULL && i < pairs->len; i++)
    {
      const SatDuplicate *pair = pairs->pdata[i];

      add_id (m, &pair->a);
      add_id (m, &pair->b);
    }
  check (m, "duplicates of one", FALSE);
}

static void
way_words (Matrix *m, const Canary *canary, const SatField *field)
{
  const char *token = canary->tokens[field->index];
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) hits = sat_workspace_search (m->company.li, token, 20, &error);
  SatQuery query = { .object = canary->object, .words = token, .limit = -1 };
  Origin origin = { canary, field };
  gint64 n;

  g_assert_no_error (error);
  n = sat_workspace_count (m->company.li, &query, &error);
  g_assert_no_error (error);
  if ((hits->len > 0 || n > 0) &&
      !may_come_out (said_of (&m->company, canary->object), canary->whose, field, FALSE))
    note (m, "search", &origin);
}

/* Asking for a field that cannot be read must fail, and the error must not tell more. */
static void
way_asked (Matrix *m, const SatField *field)
{
  g_autofree char *text = g_strdup_printf ("%s is not empty", field->name);
  const char *const sort[] = { field->name, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (SatExpression) where = sat_expression_parse (field->object, text,
                                                          SAT_EXPRESSION_FILTER, NULL, NULL);
  SatQuery asked = { .object = field->object, .limit = -1, .where = where };
  SatQuery sorted = { .object = field->object, .limit = -1, .sort = sort };
  SatQuery grouped = { .object = field->object, .limit = -1 };
  Said *said = said_of (&m->company, field->object);
  gboolean readable = said->fields[field->index] >= SAT_FIELD_READ;
  Origin origin = { g_ptr_array_index (m->company.canaries, 0), field };
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GPtrArray) groups = NULL;

  for (guint i = 0; i < m->company.canaries->len; i++)
    if (((const Canary *) m->company.canaries->pdata[i])->object == field->object)
      origin.canary = m->company.canaries->pdata[i];
  if (where != NULL && (sat_workspace_count (m->company.li, &asked, &error) >= 0) != readable)
    note (m, "filter", &origin);
  add_error (m, &error);
  rows = sat_workspace_list_rows (m->company.li, &sorted, &error);
  if ((rows != NULL && !readable) ||
      (readable && g_error_matches (error, SAT_ERROR, SAT_ERROR_REFUSED)))
    note (m, "sort", &origin);
  add_error (m, &error);
  groups = sat_workspace_groups (m->company.li, &grouped, field, 100, &error);
  if (groups != NULL && !readable)
    note (m, "groups", &origin);
  for (guint i = 0; groups != NULL && i < groups->len; i++)
    add_text (m, ((const SatGroup *) groups->pdata[i])->value);
  add_error (m, &error);
  check (m, "groups", FALSE);
}

/* ---- running through the matrix -----------------------------------------------------------------
 */

/* Everything that has to do with a kind of record: of that, and of those that compute from it. */
static void
run_ways (Matrix *m, const SatObject *object)
{
  const SatObject *done = NULL;

  for (guint i = 0; i < m->company.canaries->len; i++)
    {
      const Canary *canary = g_ptr_array_index (m->company.canaries, i);

      if (canary->object != done)
        way_list (m, canary->object);
      done = canary->object;
      way_belongings (m, canary);
      if (canary->object != object)
        continue;
      way_one (m, canary);
      way_lookup (m, canary);
      way_duplicates_of (m, canary);
      for (guint k = 0; k < object->n_fields; k++)
        {
          if (canary->tokens[k] != NULL && object->fields[k]->search_weight > 0)
            way_words (m, canary, object->fields[k]);
          if (canary->tokens[k] != NULL)
            way_conflict (m, canary, object->fields[k]);
        }
    }
  way_files (m, object);
  way_duplicates (m, object);
  way_conflicts (m);
  way_handover (m);
}

static void
test_reach (Matrix *m, gconstpointer data)
{
  GHashTableIter iter;
  gpointer object;

  (void) data;
  g_hash_table_iter_init (&iter, m->company.said);
  while (g_hash_table_iter_next (&iter, &object, NULL))
    {
      for (guint reach = 0; reach < SAT_N_REACHES; reach++)
        {
          say_reach (&m->company, object, SAT_RIGHT_READ, (SatReach) reach);
          run_ways (m, object);
        }
      say_reach (&m->company, object, SAT_RIGHT_EXPORT, SAT_REACH_OWN);
      way_files (m, object);
      say_reach (&m->company, object, SAT_RIGHT_EXPORT, SAT_REACH_ALL);
    }
}

/* Five rounds, in each of which every field is something else. */
static void
test_fields (Matrix *m, gconstpointer data)
{
  GHashTableIter iter;
  gpointer key;

  (void) data;
  g_hash_table_iter_init (&iter, m->company.said);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const SatObject *object = key;

      for (guint round = 0; round < SAT_N_FIELD_ACCESSES + 1; round++)
        {
          for (guint i = 0; i < object->n_fields; i++)
            {
              guint what = (i + round) % (SAT_N_FIELD_ACCESSES + 1);

              if (can_be_concealed (object->fields[i]))
                say_field (&m->company, object->fields[i],
                           (SatFieldAccess) MIN (what, SAT_FIELD_EDIT), what <= SAT_FIELD_EDIT);
            }
          run_ways (m, object);
          for (guint i = 0; i < object->n_fields; i++)
            if (!object->fields[i]->hidden && object->fields[i]->policy != SAT_POLICY_UNION)
              way_asked (m, object->fields[i]);
        }
      for (guint i = 0; i < object->n_fields; i++)
        if (can_be_concealed (object->fields[i]))
          say_field (&m->company, object->fields[i], SAT_FIELD_EDIT, TRUE);
    }
}

/* ---- setting up ---------------------------------------------------------------------------------
 */

static void
set_up (Matrix *m, gconstpointer data)
{
  (void) data;
  company_set_up (&m->company);
  m->origins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  m->leaks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  m->out = g_string_new (NULL);
  for (guint i = 0; i < m->company.canaries->len; i++)
    {
      const Canary *canary = m->company.canaries->pdata[i];
      g_autofree char *id = sat_id_dup_text (&canary->id);

      add_origin (m, id, canary, NULL);
      for (guint k = 0; k < canary->object->n_fields; k++)
        if (canary->tokens[k] != NULL)
          add_origin (m, canary->tokens[k], canary, canary->object->fields[k]);
    }
}

static void
tear_down (Matrix *m, gconstpointer data)
{
  g_autoptr (GList) leaks = g_list_sort (g_hash_table_get_keys (m->leaks), (GCompareFunc) strcmp);

  (void) data;
  for (GList *one = leaks; one != NULL; one = one->next)
    g_test_message ("%s", (const char *) one->data);
  g_assert_cmpuint (g_list_length (leaks), ==, 0);
  g_assert_cmpuint (m->n_come_out, >, 1000);
  g_string_free (m->out, TRUE);
  g_hash_table_unref (m->leaks);
  g_hash_table_unref (m->origins);
  company_clear (&m->company);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/matrix/reach", Matrix, NULL, set_up, test_reach, tear_down);
  g_test_add ("/matrix/fields", Matrix, NULL, set_up, test_fields, tear_down);
  return g_test_run ();
}
