/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a deal's row of stages has done on the threads of the service. */
#pragma once

#include <gio/gio.h>

#include "core/workspace/sat-service.h"
#include "core/workspace/sat-workspace-pipeline.h"

G_BEGIN_DECLS

typedef struct
{
  char *choice; /* what it is in the field of the deal */
  char *name;   /* as people read it */
  SatOutcome outcome;
} SatStep;

/* Where a deal stands. */
typedef struct
{
  GPtrArray *steps;   /* SatStep: open ones, then won, then lost */
  gint now;           /* which of them; -1: none */
  gint next;          /* the one that comes next; -1: the deal is over */
  char *guidance;     /* of the stage that it is in; NULL: none */
  gint64 days;        /* that it is there; -1: not known */
  gint64 idle_days;   /* that it may be there; 0: as long as it likes */
  GPtrArray *missing; /* SatMissing, for the next one */
} SatStepsPicture;

void sat_steps_picture_free (SatStepsPicture *picture);

/* The result (sat_service_finish) is a SatStepsPicture. */
void sat_steps_work_load (SatService *service,
                          const SatId *deal,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
/* Moves DEAL to the stage CHOICE; FORCE: why although something is missing, or NULL. The result is
 * a gint64 to be freed with g_free: the step that an undo takes back. */
void sat_steps_work_move (SatService *service,
                          const SatId *deal,
                          const char *choice,
                          const char *force,
                          GAsyncReadyCallback callback,
                          gpointer user_data);

/* The result is an array of one SatDraft: DEAL in the stage CHOICE, not saved. */
void sat_steps_work_draft (SatService *service,
                           const SatId *deal,
                           const char *choice,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
/* Asks for the approval that DEAL lacks for the stage CHOICE, with NOTE ("": none) and TO, a login
 * or NULL. The result is not NULL when done. */
void sat_steps_work_ask (SatService *service,
                         const SatId *deal,
                         const char *choice,
                         const char *note,
                         const char *to,
                         GAsyncReadyCallback callback,
                         gpointer user_data);

G_END_DECLS
