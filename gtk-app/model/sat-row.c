/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk-app/model/sat-row.h"

struct _SatRow
{
  GObject parent_instance;

  gint64 row;
  SatRecord *record;
  char **texts;
  guint n_texts;
};

G_DEFINE_FINAL_TYPE (SatRow, sat_row, G_TYPE_OBJECT)

enum
{
  LOADED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
sat_row_finalize (GObject *object)
{
  SatRow *self = SAT_ROW (object);

  g_clear_pointer (&self->record, sat_record_unref);
  g_clear_pointer (&self->texts, g_strfreev);
  G_OBJECT_CLASS (sat_row_parent_class)->finalize (object);
}

static void
sat_row_class_init (SatRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sat_row_finalize;

  signals[LOADED] = g_signal_new ("loaded", SAT_TYPE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static void
sat_row_init (SatRow *self)
{
}

SatRow *
sat_row_new (gint64 row)
{
  SatRow *self = g_object_new (SAT_TYPE_ROW, NULL);

  self->row = row;
  return self;
}

gint64
sat_row_get_row (SatRow *self)
{
  return self->row;
}

const SatRecord *
sat_row_get_record (SatRow *self)
{
  return self->record;
}

const char *
sat_row_get_text (SatRow *self, guint column)
{
  return column < self->n_texts ? self->texts[column] : "";
}

guint
sat_row_n_texts (SatRow *self)
{
  return self->n_texts;
}

void
sat_row_take (SatRow *self, SatRecord *record, char **texts)
{
  g_clear_pointer (&self->record, sat_record_unref);
  g_clear_pointer (&self->texts, g_strfreev);
  self->record = record;
  self->texts = texts;
  self->n_texts = texts != NULL ? g_strv_length (texts) : 0;
  g_signal_emit (self, signals[LOADED], 0);
}
