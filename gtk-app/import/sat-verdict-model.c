/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/import/sat-verdict-model.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gtk-app/detail/sat-record-work.h"
#include "gtk-app/sat-error-text.h"

#define N_VERDICTS (SAT_VERDICT_TAKEN + 1)

/* ---- one row ------------------------------------------------------------------------------- */

struct _SatVerdict
{
  GObject parent_instance;

  SatImportReport *report;
  guint index;
};

G_DEFINE_FINAL_TYPE (SatVerdict, sat_verdict, G_TYPE_OBJECT)

static void
sat_verdict_finalize (GObject *object)
{
  g_clear_pointer (&SAT_VERDICT (object)->report, sat_import_report_unref);
  G_OBJECT_CLASS (sat_verdict_parent_class)->finalize (object);
}

static void
sat_verdict_class_init (SatVerdictClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sat_verdict_finalize;
}

static void
sat_verdict_init (SatVerdict *self)
{
}

const SatImportLine *
sat_verdict_get_line (SatVerdict *self)
{
  return &g_array_index (self->report->lines, SatImportLine, self->index);
}

static char *
problem_text (const SatImportReport *report, const SatImportProblem *problem)
{
  g_autofree char *text = sat_error_text_about (problem->error, report->object);

  if (problem->column == NULL)
    return g_steal_pointer (&text);
  /* Most sentences say themselves what stands there. */
  if (problem->value == NULL || strstr (text, problem->value) != NULL)
    /* Translators: a column of a spreadsheet, and what is wrong there. */
    return g_strdup_printf (_ ("Column “%s”: %s"), problem->column, text);
  /* Translators: a column of a spreadsheet, what stands there, and what is wrong with it. */
  return g_strdup_printf (_ ("Column “%s”, “%s”: %s"), problem->column, problem->value, text);
}

static char *
taken_text (const SatImportTaken *one)
{
  const SatTaken taken = { NULL, one->book, one->users, one->by_phone };

  return sat_record_work_taken_text (&taken);
}

char *
sat_verdict_text (SatVerdict *self)
{
  const SatImportLine *line = sat_verdict_get_line (self);
  g_autoptr (GString) all = g_string_new (NULL);

  if (line->taken > 0 && line->verdict != SAT_IMPORT_ERROR)
    return taken_text (g_ptr_array_index (self->report->result.taken, line->taken - 1));
  if (line->verdict != SAT_IMPORT_ERROR)
    return NULL;
  if (line->n_problems == 0)
    return g_strdup (_ ("This row has errors too; mend the first ones and check the file again"));
  for (guint i = 0; i < line->n_problems; i++)
    {
      g_autofree char *text = problem_text (
          self->report, g_ptr_array_index (self->report->result.problems, line->first_problem + i));

      g_string_append_printf (all, "%s%s", i > 0 ? "\n" : "", text);
    }
  return g_strdup (all->str);
}

/* ---- all of them --------------------------------------------------------------------------- */

struct _SatVerdictModel
{
  GObject parent_instance;

  SatImportReport *report;
  GArray *of[N_VERDICTS]; /* guint: the lines with that verdict; SAT_VERDICT_TAKEN */
  int filter;
};

static void sat_verdict_model_list_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SatVerdictModel,
                               sat_verdict_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      sat_verdict_model_list_init))

guint
sat_verdict_model_count (SatVerdictModel *self, int verdict)
{
  return verdict == SAT_VERDICT_ALL ? self->report->lines->len : self->of[verdict]->len;
}

static GType
model_get_item_type (GListModel *model)
{
  return SAT_TYPE_VERDICT;
}

static guint
model_get_n_items (GListModel *model)
{
  SatVerdictModel *self = SAT_VERDICT_MODEL (model);

  return sat_verdict_model_count (self, self->filter);
}

static gpointer
model_get_item (GListModel *model, guint position)
{
  SatVerdictModel *self = SAT_VERDICT_MODEL (model);
  SatVerdict *verdict;

  if (position >= model_get_n_items (model))
    return NULL;
  verdict = g_object_new (SAT_TYPE_VERDICT, NULL);
  verdict->report = sat_import_report_ref (self->report);
  verdict->index = self->filter == SAT_VERDICT_ALL
                       ? position
                       : g_array_index (self->of[self->filter], guint, position);
  return verdict;
}

static void
sat_verdict_model_list_init (GListModelInterface *iface)
{
  iface->get_item_type = model_get_item_type;
  iface->get_n_items = model_get_n_items;
  iface->get_item = model_get_item;
}

static void
sat_verdict_model_finalize (GObject *object)
{
  SatVerdictModel *self = SAT_VERDICT_MODEL (object);

  for (guint i = 0; i < N_VERDICTS; i++)
    g_array_unref (self->of[i]);
  g_clear_pointer (&self->report, sat_import_report_unref);
  G_OBJECT_CLASS (sat_verdict_model_parent_class)->finalize (object);
}

static void
sat_verdict_model_class_init (SatVerdictModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sat_verdict_model_finalize;
}

static void
sat_verdict_model_init (SatVerdictModel *self)
{
  self->filter = SAT_VERDICT_ALL;
  for (guint i = 0; i < N_VERDICTS; i++)
    self->of[i] = g_array_new (FALSE, FALSE, sizeof (guint));
}

SatVerdictModel *
sat_verdict_model_new (SatImportReport *report)
{
  SatVerdictModel *self = g_object_new (SAT_TYPE_VERDICT_MODEL, NULL);

  self->report = sat_import_report_ref (report);
  for (guint i = 0; i < report->lines->len; i++)
    {
      const SatImportLine *line = &g_array_index (report->lines, SatImportLine, i);

      g_array_append_val (self->of[line->verdict], i);
      if (line->taken > 0 && line->verdict != SAT_IMPORT_ERROR)
        g_array_append_val (self->of[SAT_VERDICT_TAKEN], i);
    }
  return self;
}

void
sat_verdict_model_set_filter (SatVerdictModel *self, int verdict)
{
  guint old = sat_verdict_model_count (self, self->filter);

  if (verdict == self->filter)
    return;
  self->filter = verdict;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, old,
                              sat_verdict_model_count (self, self->filter));
}
