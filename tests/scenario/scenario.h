/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scenario file in memory: steps with their expectations (tests/scenario/README.md). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint line;
  char *verb; /* "exit", "json" ... */
  char *rest; /* the rest of the line, not yet filled in */
} ScnExpect;

typedef struct
{
  guint line;
  char *text;         /* as written */
  char **words;       /* split, not yet filled in; of `sh` the whole line is one word */
  GPtrArray *expects; /* ScnExpect */
  GString *content;   /* of a `file` step */
} ScnStep;

/* The steps of PATH; an error names the line. */
GPtrArray *scn_read (const char *path, GError **error);

/* WORD with every $NAME replaced from VALUES; an unknown name stays as it is. Newly allocated. */
char *scn_fill (const char *word, GHashTable *values);

G_END_DECLS
