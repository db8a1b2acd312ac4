/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All records of one object: a search box over a table with sortable columns, or over two-line rows
 * where the window is narrow. */
#pragma once

#include <adwaita.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

#define SAT_TYPE_LIST_PAGE (sat_list_page_get_type ())
G_DECLARE_FINAL_TYPE (SatListPage, sat_list_page, SAT, LIST_PAGE, GtkWidget)

GtkWidget *sat_list_page_new (SatService *service, const SatObject *object);
/* What is searched for; NULL: nothing. */
const char *sat_list_page_get_words (SatListPage *self);
/* Filters by CONDITION, as if a person had written it; NULL: not at all. */
void sat_list_page_filter (SatListPage *self, const char *condition);
/* The condition that it is filtered by; NULL: none. */
const char *sat_list_page_get_condition (SatListPage *self);
/* What it is sorted by: names of fields, "-name" from the largest, by commas; NULL: by title. */
const char *sat_list_page_get_sort (SatListPage *self);

/* What a person has made a list show, for another page of the same kind of record. */
typedef struct _SatListState SatListState;
SatListState *sat_list_page_get_state (SatListPage *self) G_GNUC_WARN_UNUSED_RESULT;
void sat_list_page_set_state (SatListPage *self, const SatListState *state);
void sat_list_state_free (gpointer state);

G_END_DECLS
