/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What rules write to records, as a machine's change, and only where the gates let it through. */
#include <string.h>

#include "core/automation/sat-rule-run-private.h"

void
sat_rule_say (SatRuleWork *work, const char *format, ...)
{
  va_list args;

  if (work->what->len > 0)
    g_string_append (work->what, "; ");
  va_start (args, format);
  g_string_append_vprintf (work->what, format, args);
  va_end (args);
}

SatEditKind
sat_rule_kind_of (const SatRuleWork *work, gboolean create)
{
  /* A machine's change keeps nothing alive that a person deletes meanwhile. */
  return (SatEditKind){
    .life = create ? SAT_LIFE_LIVE : SAT_LIFE_QUIET,
    .create = create,
    .automatic = TRUE,
    .in_step = work->chain->in_step,
    .hlc = work->chain->occasion,
  };
}

/* An automatic value is not written where it changes nothing, where people disagree, or where the
 * policy would not show it. */
static gboolean
is_worth_it (const SatRecord *record, const SatField *field, const char *value)
{
  const char *now = sat_record_get (record, field);
  int order;

  if (g_strcmp0 (now, value) == 0 || sat_record_in_conflict (record, field))
    return FALSE;
  if ((field->policy != SAT_POLICY_MAX && field->policy != SAT_POLICY_MIN) || now == NULL ||
      value == NULL)
    return TRUE;
  order = sat_type_compare (field->type, &field->options, value, now);
  return field->policy == SAT_POLICY_MAX ? order > 0 : order < 0;
}

/* ---- gates ---- */

/* *WHY not; and what is to be done after. */
static gboolean
ask (const SatRuleWork *work, SatDraft *draft, char **why, gpointer *step, GError **error)
{
  const SatRuleGates *gates = &work->chain->runner->gates;

  *step = NULL;
  *why = NULL;
  return gates->before == NULL || gates->before (draft, why, step, gates->data, error);
}

/* A rule that looks at the time does the same on many laptops: what comes after a move, with ids of
 * its own on each, is for those on changes. */
static gboolean
finish (const SatRuleWork *work, const SatId *id, gpointer step, gboolean ok, GError **error)
{
  const SatRuleGates *gates = &work->chain->runner->gates;

  if (step == NULL)
    return ok;
  if (ok && work->chain->in_step)
    ok = gates->after (step, id, work->chain->runner->local, gates->data, error);
  gates->free (step);
  return ok;
}

/* ---- writing ---- */

/* FIELD, and what the gates have added to DRAFT. */
static GArray *
edits_of (const SatRuleWork *work, const SatDraft *draft, const SatField *field)
{
  const SatObject *object = sat_draft_object (draft);
  GArray *edits = g_array_new (FALSE, FALSE, sizeof (SatEdit));

  for (guint i = 0; i < object->n_fields; i++)
    {
      SatEdit edit = { .field = object->fields[i],
                       .value = sat_draft_get (draft, object->fields[i]) };

      if (edit.field == field || (sat_draft_changes (draft, edit.field) &&
                                  is_worth_it (work->record, edit.field, edit.value)))
        g_array_append_val (edits, edit);
    }
  return edits;
}

gboolean
sat_rule_write_value (SatRuleWork *work, const SatField *field, const char *value, GError **error)
{
  SatEditKind kind = sat_rule_kind_of (work, FALSE);
  const char *shown = value != NULL ? value : "\"\"";
  g_autoptr (SatDraft) draft = NULL;
  g_autoptr (GArray) edits = NULL;
  g_autofree char *why = NULL;
  gpointer step;
  gboolean ok;

  if (!is_worth_it (work->record, field, value))
    return TRUE;
  draft = sat_draft_edit (work->record);
  sat_draft_set (draft, field, value);
  if (!ask (work, draft, &why, &step, error))
    return FALSE;
  if (why != NULL)
    {
      sat_rule_say (work, "not done: %s = %s: %s", field->name, shown, why);
      return TRUE;
    }
  work->wrote = TRUE;
  sat_rule_say (work, "%s = %s", field->name, shown);
  edits = edits_of (work, draft, field);
  ok = sat_local_edit (work->chain->runner->local, work->table->object, &work->id, work->book,
                       (const SatEdit *) (const void *) edits->data, edits->len, &kind, error);
  return finish (work, &work->id, step, ok, error);
}

static gboolean
write_draft (
    SatRuleWork *work, const SatDraft *draft, const SatId *id, guint32 book, GError **error)
{
  const SatObject *object = sat_draft_object (draft);
  g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (SatEdit));
  SatEditKind kind = sat_rule_kind_of (work, TRUE);

  for (guint i = 0; i < object->n_fields; i++)
    {
      SatEdit edit = { .field = object->fields[i],
                       .value = sat_draft_get (draft, object->fields[i]) };

      if (edit.value != NULL && edit.field->policy != SAT_POLICY_UNION)
        g_array_append_val (edits, edit);
    }
  return sat_local_edit (work->chain->runner->local, object, id, book,
                         (const SatEdit *) (const void *) edits->data, edits->len, &kind, error);
}

gboolean
sat_rule_write_new (SatRuleWork *work,
                    SatDraft *draft,
                    const SatId *id,
                    guint32 book,
                    gboolean *written,
                    GError **error)
{
  const SatObject *object = sat_draft_object (draft);
  g_autofree char *why = NULL;
  gpointer step;

  *written = FALSE;
  if (!ask (work, draft, &why, &step, error))
    return FALSE;
  if (why != NULL)
    {
      sat_rule_say (work, "not done: create %s: %s", object->name, why);
      return TRUE;
    }
  if (strcmp (object->name, SAT_NOTICE) != 0)
    sat_rule_say (work, "create %s: %s", object->name, sat_draft_get (draft, object->title));
  *written = TRUE;
  return finish (work, id, step, write_draft (work, draft, id, book, error), error);
}
