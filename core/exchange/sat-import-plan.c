/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which column of a file goes to which field. Made once for a file; a few dozen columns, so plain
 * loops serve. */
#include "core/exchange/sat-import.h"

#include "core/base/sat-error.h"
#include "core/base/sat-text.h"
#include "core/exchange/sat-import-keep.h"

typedef struct
{
  char *name; /* as in the file, tidied */
  char *key;  /* for comparison */
  const SatField *field;
  gboolean left_out;
  gboolean spare; /* nobody need say anything about it */
  SatImportFormat format;
  gboolean formatted; /* a person said so */
  SatDateGuess guess;
  gboolean undecided;
} PlanColumn;

struct _SatImportPlan
{
  const SatObject *object;
  GArray *columns;  /* PlanColumn */
  GPtrArray *match; /* SatField, borrowed */
  guint id_column;
  const SatField *keeper; /* may be NULL */
};

static void
plan_column_clear (gpointer data)
{
  PlanColumn *column = data;

  g_free (column->name);
  g_free (column->key);
  sat_date_guess_clear (&column->guess);
}

void
sat_import_plan_free (SatImportPlan *plan)
{
  if (plan == NULL)
    return;
  g_array_unref (plan->columns);
  g_ptr_array_unref (plan->match);
  g_free (plan);
}

guint
sat_import_plan_n_columns (const SatImportPlan *plan)
{
  return plan->columns->len;
}

static PlanColumn *
plan_column (const SatImportPlan *plan, guint i)
{
  return &g_array_index (plan->columns, PlanColumn, i);
}

const char *
sat_import_plan_column (const SatImportPlan *plan, guint column)
{
  return plan_column (plan, column)->name;
}

const SatField *
sat_import_plan_field (const SatImportPlan *plan, guint column)
{
  return plan_column (plan, column)->field;
}

const SatImportFormat *
sat_import_plan_format (const SatImportPlan *plan, guint column)
{
  return &plan_column (plan, column)->format;
}

const char *
sat_import_plan_example (const SatImportPlan *plan, guint column)
{
  return plan_column (plan, column)->guess.example;
}

gboolean
sat_import_plan_is_lost (const SatImportPlan *plan, guint column)
{
  const PlanColumn *found = plan_column (plan, column);

  return found->spare && found->field == NULL && !g_str_equal (found->key, SAT_IMPORT_ID);
}

const SatField *
sat_import_plan_keeper (const SatImportPlan *plan)
{
  return plan->keeper;
}

gboolean
sat_import_plan_is_kept (const SatImportPlan *plan, guint column, const char *value)
{
  return plan->keeper != NULL && sat_import_plan_is_lost (plan, column) &&
         !plan_column (plan, column)->left_out &&
         sat_import_keeps (plan_column (plan, column)->name, value);
}

guint
sat_import_plan_id_column (const SatImportPlan *plan)
{
  return plan->id_column;
}

const SatField *const *
sat_import_plan_match (const SatImportPlan *plan, guint *n)
{
  *n = plan->match->len;
  return (const SatField *const *) plan->match->pdata;
}

char **
sat_import_plan_undecided (const SatImportPlan *plan)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < plan->columns->len; i++)
    if (plan_column (plan, i)->undecided)
      g_ptr_array_add (names, g_strdup (plan_column (plan, i)->name));
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

char **
sat_import_plan_unmatched (const SatImportPlan *plan)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < plan->columns->len; i++)
    {
      const PlanColumn *column = plan_column (plan, i);

      if (column->field == NULL && !column->left_out && !column->spare)
        g_ptr_array_add (names, g_strdup (column->name));
    }
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

/* "Credit limit", "credit_limit" and full-width letters compare equal. */
static char *
comparison_key (const char *name)
{
  g_autofree char *tidy = sat_text_tidy (name);
  char *key = sat_text_fold (tidy != NULL ? tidy : "");

  return g_strdelimit (key, "_", ' ');
}

static PlanColumn *
column_called (const SatImportPlan *plan, const char *key)
{
  for (guint i = 0; i < plan->columns->len; i++)
    if (g_str_equal (plan_column (plan, i)->key, key))
      return plan_column (plan, i);
  return NULL;
}

static gboolean
take_header (SatImportPlan *plan, const char *const *header, guint n, GError **error)
{
  for (guint i = 0; i < n; i++)
    {
      PlanColumn column = { .name = sat_text_tidy (header[i]), .key = comparison_key (header[i]) };
      gboolean doubled = column_called (plan, column.key) != NULL;
      g_autofree char *number = g_strdup_printf ("%u", i + 1);

      if (column.name == NULL)
        column.name = g_strdup ("");
      g_array_append_val (plan->columns, column);
      if (*column.name == '\0')
        return sat_fail (error, SAT_ERROR_INVALID,
                         N_ ("column %s has no name; the first row must name every column"), number,
                         NULL);
      if (doubled)
        return sat_fail (error, SAT_ERROR_INVALID,
                         N_ ("two columns are called “%s”; give every column a name of its own"),
                         column.name, NULL);
    }
  return TRUE;
}

static gboolean
fail_several (const char *name, GError **error)
{
  return sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("“%s” is the label of several fields; use the name of one"), name, NULL);
}

static gboolean
fail_unknown_field (const SatObject *object, const char *name, GError **error)
{
  g_autofree char *fields = sat_object_list_words (object);

  return sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s” has no field “%s”; its fields: %s"),
                   object->name, name, fields, NULL);
}

/* The field that a person calls NAME, by its name or a label. */
static const SatField *
find_field (const SatObject *object, const char *name, GError **error)
{
  gboolean several;
  const SatField *field = sat_object_find_called (object, name, &several);
  gboolean ignored;

  if (several)
    fail_several (name, error);
  else if (field == NULL && sat_object_find_any_called (object, name, &ignored) != NULL)
    sat_fail (error, SAT_ERROR_INVALID,
              N_ ("“%s” of %s is computed from other fields; it cannot be written"), name,
              object->name, NULL);
  else if (field == NULL || (field->hidden && !field->off))
    fail_unknown_field (object, name, error);
  return field != NULL && (!field->hidden || field->off) ? field : NULL;
}

static gboolean
apply_map (SatImportPlan *plan,
           const SatImportMap *map,
           guint n,
           const SatImportFile *file,
           GError **error)
{
  gboolean cards = file != NULL && sat_import_file_kind (file) == SAT_FILE_VCARD;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *key = comparison_key (map[i].column);
      PlanColumn *column = column_called (plan, key);
      const SatField *field = NULL;

      /* Cards have the columns that they have; to leave out what none of them has is no error. */
      if (column == NULL && cards && map[i].field == NULL &&
          sat_object_find (plan->object, map[i].column) != NULL)
        continue;
      if (column == NULL)
        return sat_fail (error, SAT_ERROR_INVALID, N_ ("the file has no column “%s”"),
                         map[i].column, NULL);
      if (map[i].field != NULL)
        {
          field = find_field (plan->object, map[i].field, error);
          if (field == NULL)
            return FALSE;
        }
      column->field = field;
      column->left_out = field == NULL;
      column->formatted = field != NULL && map[i].format != NULL;
      if (column->formatted &&
          !sat_import_format_parse (field, map[i].format, &column->format, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_field (const SatImportPlan *plan, const SatField *field)
{
  for (guint i = 0; i < plan->columns->len; i++)
    if (plan_column (plan, i)->field == field)
      return TRUE;
  return FALSE;
}

static gboolean
take_id_column (SatImportPlan *plan, GError **error)
{
  PlanColumn *column = column_called (plan, SAT_IMPORT_ID);

  if (column == NULL)
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("the file has no column “%s”"), SAT_IMPORT_ID,
                     NULL);
  column->field = NULL;
  column->left_out = TRUE;
  plan->id_column = (guint) (column - plan_column (plan, 0));
  return TRUE;
}

static gboolean
take_match (SatImportPlan *plan, const char *const *names, GError **error)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      const SatField *field = NULL;

      if (sat_object_find (plan->object, names[i]) == NULL && g_str_equal (names[i], SAT_IMPORT_ID))
        {
          if (!take_id_column (plan, error))
            return FALSE;
          continue;
        }
      field = find_field (plan->object, names[i], error);
      if (field == NULL)
        return FALSE;
      if (!has_field (plan, field))
        return sat_fail (error, SAT_ERROR_INVALID,
                         N_ ("no column goes to field “%s”, by which rows are to be matched"),
                         sat_field_word (field), NULL);
      g_ptr_array_add (plan->match, (gpointer) field);
    }
  if (plan->id_column < plan->columns->len && plan->match->len > 0)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("rows are matched by “%s” alone or by fields, not by both"), SAT_IMPORT_ID,
                     NULL);
  return TRUE;
}

static gboolean
check_doubles (const SatImportPlan *plan, GError **error)
{
  for (guint i = 0; i < plan->columns->len; i++)
    for (guint j = i + 1; j < plan->columns->len; j++)
      {
        const PlanColumn *a = plan_column (plan, i);
        const PlanColumn *b = plan_column (plan, j);

        if (a->field != NULL && a->field == b->field)
          return sat_fail (error, SAT_ERROR_INVALID,
                           N_ ("columns “%s” and “%s” both go to field “%s”; leave one out"),
                           a->name, b->name, sat_field_word (a->field), NULL);
      }
  return TRUE;
}

static gboolean
match_columns (SatImportPlan *plan, GError **error)
{
  gboolean several;

  for (guint i = 0; i < plan->columns->len; i++)
    {
      PlanColumn *column = plan_column (plan, i);

      if (column->field == NULL && !column->left_out && !column->spare)
        {
          column->field = sat_object_find_called (plan->object, column->name, &several);
          /* An own field with the label “id” is not what exports begin with. */
          if (column->field != NULL &&
              ((column->field->hidden && !column->field->off) ||
               (column->field->custom && g_str_equal (column->key, SAT_IMPORT_ID))))
            column->field = NULL;
          if (several)
            return sat_fail (error, SAT_ERROR_INVALID,
                             N_ ("“%s” is the label of several fields; say with --map which of "
                                 "them the column goes to, by its name"),
                             column->name, NULL);
        }
    }
  return TRUE;
}

/* Notes that were left out by the person are not written to. */
static const SatField *
find_keeper (const SatImportPlan *plan, const SatImportFile *file)
{
  const SatField *notes = sat_object_find (plan->object, "notes");
  const PlanColumn *column = column_called (plan, "notes");

  if (file == NULL || sat_import_file_kind (file) != SAT_FILE_VCARD || notes == NULL ||
      notes->type->id != SAT_TYPE_LONG_TEXT || (column != NULL && column->left_out))
    return NULL;
  return notes;
}

/* FILE may be NULL: no column is spare. */
static SatImportPlan *
make_plan (const SatImportOptions *options,
           const char *const *header,
           guint n,
           const SatImportFile *file,
           GError **error)
{
  g_autoptr (SatImportPlan) plan = g_new0 (SatImportPlan, 1);

  plan->object = options->object;
  plan->columns = g_array_new (FALSE, FALSE, sizeof (PlanColumn));
  plan->match = g_ptr_array_new ();
  plan->id_column = n;
  g_array_set_clear_func (plan->columns, plan_column_clear);
  if (options->object->system)
    {
      sat_fail (error, SAT_ERROR_INVALID,
                N_ ("records of “%s” cannot be imported; they are made in the workspace"),
                options->object->name, NULL);
      return NULL;
    }
  if (!take_header (plan, header, n, error) ||
      !apply_map (plan, options->map, options->n_map, file, error))
    return NULL;
  for (guint i = 0; file != NULL && i < n; i++)
    plan_column (plan, i)->spare = sat_import_file_is_spare (file, i);
  if (!match_columns (plan, error))
    return NULL;
  plan->keeper = find_keeper (plan, file);
  if (!check_doubles (plan, error) || !take_match (plan, options->match, error))
    return NULL;
  return g_steal_pointer (&plan);
}

SatImportPlan *
sat_import_plan_new (const SatImportOptions *options,
                     const char *const *header,
                     guint n,
                     GError **error)
{
  return make_plan (options, header, n, NULL, error);
}

/* ---- columns of dates ---- */

static gboolean
is_guessed (const PlanColumn *column)
{
  return column->field != NULL && !column->formatted &&
         (column->field->type->id == SAT_TYPE_DATE || column->field->type->id == SAT_TYPE_TIME);
}

static gboolean
on_dates (const SatImportRow *row, gpointer data, GError **error)
{
  SatImportPlan *plan = data;

  for (guint i = 0; row->problem == NULL && i < row->n; i++)
    {
      PlanColumn *column = plan_column (plan, i);

      if (is_guessed (column))
        sat_date_guess_add (&column->guess, row->values[i]);
    }
  return TRUE;
}

/* Where the file cannot be read to its end the run will say so, with the place. */
static gboolean
guess_dates (SatImportPlan *plan,
             const SatImportOptions *options,
             SatImportFile *file,
             GError **error)
{
  g_autoptr (GError) cause = NULL;
  gboolean any = FALSE;

  for (guint i = 0; i < plan->columns->len; i++)
    any |= is_guessed (plan_column (plan, i));
  if (!any)
    return TRUE;
  if (!sat_import_file_read (file, on_dates, plan, NULL, options->cancellable, &cause) &&
      g_error_matches (cause, SAT_ERROR, SAT_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  for (guint i = 0; i < plan->columns->len; i++)
    {
      PlanColumn *column = plan_column (plan, i);

      if (is_guessed (column))
        column->undecided = !sat_date_guess_decide (&column->guess, &column->format.order);
    }
  return TRUE;
}

SatImportPlan *
sat_import_plan_file (const SatImportOptions *options, SatImportFile *file, GError **error)
{
  g_autoptr (SatImportPlan) plan = NULL;

  if (sat_import_file_n_columns (file) == 0)
    {
      SatFileKind kind = sat_import_file_kind (file);

      if (kind == SAT_FILE_VCARD || kind == SAT_FILE_JSON_LINES)
        sat_fail (error, SAT_ERROR_INVALID, N_ ("the file has no values to import"), NULL);
      else
        sat_fail (error, SAT_ERROR_INVALID,
                  N_ ("the file is empty; its first row must name the columns"), NULL);
      return NULL;
    }
  plan = make_plan (options, sat_import_file_columns (file), sat_import_file_n_columns (file), file,
                    error);
  if (plan == NULL || !guess_dates (plan, options, file, error))
    return NULL;
  return g_steal_pointer (&plan);
}

gboolean
sat_import_plan_check (const SatImportPlan *plan, GError **error)
{
  g_auto (GStrv) unmatched = sat_import_plan_unmatched (plan);
  g_autofree char *names = g_strjoinv (", ", unmatched);

  if (unmatched[0] != NULL)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("no field of “%s” is called like these columns: %s; name the field of "
                         "each, or leave it out"),
                     plan->object->name, names, NULL);
  for (guint i = 0; i < plan->columns->len; i++)
    {
      const PlanColumn *column = plan_column (plan, i);

      if (column->undecided)
        return sat_fail (error, SAT_ERROR_INVALID,
                         N_ ("the dates of column “%s”, such as “%s”, do not show which is the day "
                             "and which the month; say D/M/Y or M/D/Y"),
                         column->name, column->guess.example, NULL);
    }
  return TRUE;
}
