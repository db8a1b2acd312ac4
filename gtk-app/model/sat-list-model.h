/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A query as a list of SatRow, for a list of any length: the rows' numbers are known at once, the
 * records are read in batches on a reader thread when somebody looks at them, and only the last few
 * hundred looked at are kept. Follows the replica: when something was committed the query is asked
 * again, and only what really moved is announced. */
#pragma once

#include <gio/gio.h>

#include "core/workspace/sat-service.h"
#include "gtk-app/model/sat-row.h"

G_BEGIN_DECLS

#define SAT_TYPE_LIST_MODEL (sat_list_model_get_type ())
G_DECLARE_FINAL_TYPE (SatListModel, sat_list_model, SAT, LIST_MODEL, GObject)

/* All records of OBJECT, by title; nothing is there until the first answer came. Property
 * "loading". */
SatListModel *sat_list_model_new (SatService *service,
                                  const SatObject *object) G_GNUC_WARN_UNUSED_RESULT;

/* Each of these asks anew; an answer still under way is dropped. WORDS may be NULL. SORT: names of
 * fields divided by commas, "-name" from the largest; NULL: by title. CONDITION: of the expression
 * language; NULL: none. */
void sat_list_model_set_words (SatListModel *self, const char *words);
void sat_list_model_set_sort (SatListModel *self, const char *sort);
void sat_list_model_set_condition (SatListModel *self, const char *condition);
const char *sat_list_model_get_words (SatListModel *self);
const char *sat_list_model_get_sort (SatListModel *self);
const char *sat_list_model_get_condition (SatListModel *self);

/* Of which fields (const SatField *, the title's first) rows have texts; those of the catalogue's
 * list unless said otherwise. COLUMNS must not change any more. */
void sat_list_model_set_columns (SatListModel *self, GPtrArray *columns);
GPtrArray *sat_list_model_get_columns (SatListModel *self);

/* Is no answer there yet to what was asked last? */
gboolean sat_list_model_is_loading (SatListModel *self);
/* Why the last answer did not come, or NULL. Owned by the model. */
const GError *sat_list_model_get_error (SatListModel *self);

G_END_DECLS
