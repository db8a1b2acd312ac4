/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A question about an approval: words to write, somebody to choose, and what then becomes of it. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SAT_APPROVAL_YES "yes"
#define SAT_APPROVAL_OTHER "other"

typedef struct
{
  const char *heading;
  const char *text;        /* NULL: nothing more is said */
  const char *note;        /* what the line to write into is for; NULL: there is none */
  gboolean note_needed;    /* nothing can be answered without it */
  const char *person;      /* what somebody is chosen for; NULL: nobody is */
  const GPtrArray *people; /* SatApprovalPerson; then */
  const char *yes;         /* the button; NULL: it is only told */
  gboolean destructive;    /* of YES */
  const char *other;       /* another button; NULL: none */
} SatApprovalQuestion;

/* RESPONSE is SAT_APPROVAL_YES or SAT_APPROVAL_OTHER, NOTE what was written ("": nothing), LOGIN
 * who was chosen, or NULL. Not called when the person thinks better of it. */
typedef void (*SatApprovalAnswer) (const char *response,
                                   const char *note,
                                   const char *login,
                                   gpointer data);

/* Asks over the window of WIDGET; FREE_DATA is called when the question is over. The window, which
 * is not the caller's. */
GtkWindow *sat_approval_question_show (GtkWidget *widget,
                                       const SatApprovalQuestion *question,
                                       SatApprovalAnswer answer,
                                       gpointer data,
                                       GDestroyNotify free_data);

G_END_DECLS
