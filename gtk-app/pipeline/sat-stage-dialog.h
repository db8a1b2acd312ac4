/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for the name of a new pipeline, or for a stage to add to one. */
#pragma once

#include <gtk/gtk.h>

#include "core/workspace/sat-workspace-pipeline.h"

G_BEGIN_DECLS

/* What was chosen: the choice CHOICE, called NAME; or, if it is NULL, something new called NAME.
 * PIPELINE: what it is for; NULL: it is a pipeline. */
typedef void (*SatStageNamed) (const char *name,
                               const char *choice,
                               const SatId *pipeline,
                               gpointer data);

/* Over the window of WIDGET. PIPELINE NULL: a pipeline is asked for; else a stage that it has not
 * got, and INVENT: or one that no pipeline has. Calls FUNC once at most, FREE_DATA in any case. */
void sat_stage_dialog_show (GtkWidget *widget,
                            const SatPipeline *pipeline,
                            gboolean invent,
                            SatStageNamed func,
                            gpointer data,
                            GDestroyNotify free_data);

G_END_DECLS
