/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A change-set that was read, written again. */
#pragma once

#include "core/change/sat-change-set.h"

G_BEGIN_DECLS

/* Does it come with DATA, a change-set? */
static inline gboolean
comes_with (const SatFile *file, gpointer data)
{
  guint n;
  const SatFile *files = sat_change_set_files (data, &n);

  for (guint i = 0; i < n; i++)
    if (sat_file_equal (&files[i], file))
      return TRUE;
  return FALSE;
}

static inline GBytes *
encode (const SatChangeSet *set)
{
  guint n_saw, n_cuts, n_groups, n_contexts;
  const SatSaw *saw = sat_change_set_saw (set, &n_saw);
  const SatSaw *cuts = sat_change_set_cuts (set, &n_cuts);
  const SatContext *contexts = sat_change_set_contexts (set, &n_contexts);
  const SatOpGroup *groups = sat_change_set_groups (set, &n_groups);
  SatChangeSetWriter *writer = sat_change_set_writer_new (
      sat_change_set_book (set), sat_change_set_device (set), sat_change_set_number (set),
      sat_change_set_saw_is_full (set), saw, n_saw, cuts, n_cuts);

  if (sat_change_set_enrolment (set) != NULL)
    sat_change_set_writer_set_enrolment (writer, sat_change_set_enrolment (set));
  if (n_contexts > 0)
    sat_change_set_writer_set_contexts (writer, contexts, n_contexts);
  sat_change_set_writer_set_files (writer, comes_with, (gpointer) set);
  for (guint i = 0; i < n_groups; i++)
    sat_change_set_writer_add (writer, &groups[i]);
  return sat_change_set_writer_finish (writer);
}

G_END_DECLS
