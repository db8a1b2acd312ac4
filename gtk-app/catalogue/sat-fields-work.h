/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page of fields and objects has done on the threads of the service: each a step that undo
 * takes back. */
#pragma once

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

typedef enum
{
  SAT_FIELDS_ADD, /* an object (OBJECT NULL), or a field of OBJECT */
  SAT_FIELDS_RENAME,
  SAT_FIELDS_RETIRE,
  SAT_FIELDS_USE_AGAIN,
} SatFieldsDeed;

/* All texts as typed; NULL or "": nothing is said. */
typedef struct
{
  SatFieldsDeed deed;
  char *object;
  char *field;
  char *label_en;
  char *label_zh;
  char *type;
  char *group;
  char *choices; /* one a line, “English=Chinese” */
  char *initial; /* what new records have */
  char *formula;
  gboolean required;
} SatFieldsOrder;
void sat_fields_order_free (SatFieldsOrder *order);

/* Does ORDER (taken over). The result is the step, a gint64 * to be freed. */
void sat_fields_work_do (SatService *service,
                         SatFieldsOrder *order,
                         GAsyncReadyCallback callback,
                         gpointer user_data);

/* The result is not NULL if the user may change the catalogue; a char * to be freed. */
void sat_fields_work_may (SatService *service, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
