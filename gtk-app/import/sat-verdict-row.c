/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/import/sat-verdict-row.h"

#include <glib/gi18n.h>

#include "gtk-app/sat-util.h"
#include "gtk-app/sat-value-text.h"

struct _SatVerdictRow
{
  GtkWidget parent_instance;

  GtkLabel *number;
  GtkLabel *title;
  GtkLabel *problem;
  GtkLabel *mark;
};

G_DEFINE_FINAL_TYPE (SatVerdictRow, sat_verdict_row, GTK_TYPE_WIDGET)

static const struct
{
  const char *name;
  const char *tint;
} verdicts[] = {
  [SAT_IMPORT_CREATE] = { N_ ("New"), "tint-4" },
  [SAT_IMPORT_UPDATE] = { N_ ("Changed"), "tint-0" },
  [SAT_IMPORT_UNCHANGED] = { N_ ("Unchanged"), NULL },
  [SAT_IMPORT_ERROR] = { N_ ("Error"), "tint-5" },
};

const char *
sat_verdict_name (SatImportVerdict verdict)
{
  return _ (verdicts[verdict].name);
}

static void
set_mark (SatVerdictRow *self, SatImportVerdict verdict)
{
  gtk_label_set_label (self->mark, sat_verdict_name (verdict));
  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    if (verdicts[i].tint != NULL)
      gtk_widget_remove_css_class (GTK_WIDGET (self->mark), verdicts[i].tint);
  if (verdicts[verdict].tint != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->mark), verdicts[verdict].tint);
}

void
sat_verdict_row_set_verdict (SatVerdictRow *self, SatVerdict *verdict)
{
  const SatImportLine *line = sat_verdict_get_line (verdict);
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, line->row);
  g_autofree char *number = line->row > 0 ? sat_number_text (digits) : g_strdup ("");
  g_autofree char *text = sat_verdict_text (verdict);
  g_autofree char *row = g_strdup_printf (_ ("Row %s"), number);
  gboolean is_bad = line->verdict == SAT_IMPORT_ERROR;

  gtk_label_set_label (self->number, number);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->number), row);
  gtk_label_set_label (self->title, line->title);
  gtk_widget_set_visible (GTK_WIDGET (self->title), *line->title != '\0' || text == NULL);
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->problem), text);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
  gtk_widget_remove_css_class (GTK_WIDGET (self->problem), is_bad ? "warning" : "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), is_bad ? "error" : "warning");
  set_mark (self, line->verdict);
}

static void
sat_verdict_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sat_verdict_row_parent_class)->dispose (object);
}

static void
sat_verdict_row_class_init (SatVerdictRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_verdict_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/import/sat-verdict-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SatVerdictRow, number);
  gtk_widget_class_bind_template_child (widget_class, SatVerdictRow, title);
  gtk_widget_class_bind_template_child (widget_class, SatVerdictRow, problem);
  gtk_widget_class_bind_template_child (widget_class, SatVerdictRow, mark);
}

static void
sat_verdict_row_init (SatVerdictRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sat_verdict_row_new (void)
{
  return g_object_new (SAT_TYPE_VERDICT_ROW, NULL);
}
