/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/apply/sat-enrolled.h"
#include "core/query/sat-list.h"
#include "core/store/sat-log.h"
#include "core/store/sat-names.h"
#include "core/workspace/sat-exchange-known.h"
#include "core/workspace/sat-workspace-enrol.h"
#include "core/workspace/sat-workspace-private.h"

char *
sat_workspace_space (SatWorkspace *workspace)
{
  return sat_meta_get (workspace->replica, SAT_META_WORKSPACE);
}

static int
compare_entry (gconstpointer a, gconstpointer b)
{
  return sat_id_compare (&((const SatVectorEntry *) a)->device,
                         &((const SatVectorEntry *) b)->device);
}

static GArray *
entries_of (SatReplica *replica, const SatVector *vector)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (SatVectorEntry));

  for (guint32 device = 0; device < vector->numbers->len; device++)
    {
      SatVectorEntry entry = { .number = sat_vector_get (vector, device) };

      if (entry.number == 0)
        continue;
      entry.device = *sat_names_device (replica->names, device);
      g_array_append_val (entries, entry);
    }
  g_array_sort (entries, compare_entry);
  return entries;
}

GArray *
sat_workspace_vector (SatWorkspace *workspace, const char *book, GError **error)
{
  SatReplica *replica = workspace->replica;
  GArray *entries = NULL;
  SatVector vector;

  sat_vector_init (&vector);
  if (sat_log_vector (replica, sat_names_find_book (replica->names, book), &vector, error))
    entries = entries_of (replica, &vector);
  sat_vector_clear (&vector);
  return entries;
}

GArray *
sat_workspace_heard (SatWorkspace *workspace, const char *book, const SatId *device, GError **error)
{
  SatReplica *replica = workspace->replica;
  guint32 book_number = sat_names_find_book (replica->names, book);
  guint32 device_number = sat_names_find_device (replica->names, device);
  GArray *entries = NULL;
  guint64 number = 0;
  SatVector saw;

  if (book_number == 0 || device_number == 0)
    return g_array_new (FALSE, FALSE, sizeof (SatVectorEntry));
  sat_vector_init (&saw);
  if (sat_log_last (replica, book_number, device_number, &number, &saw, error))
    {
      sat_vector_set (&saw, device_number, number);
      entries = entries_of (replica, &saw);
    }
  sat_vector_clear (&saw);
  return entries;
}

char **
sat_workspace_books_of (SatWorkspace *workspace, const SatId *device)
{
  const SatObject *object = sat_workspace_object (workspace, "device", NULL);
  const SatField *field = object ? sat_object_find (object, "books") : NULL;
  g_autoptr (SatRecord) record = field ? sat_list_load (workspace->replica, object, device, NULL)
                                       : NULL;
  const char *books = record ? sat_record_get (record, field) : NULL;

  return books && *books ? g_strsplit (books, "\n", -1) : NULL;
}

SatWorkspace *
sat_workspace_create_scratch (SatWorkspace *workspace,
                              const char *home,
                              const char *const *books,
                              GError **error)
{
  SatPlatform *machine = workspace->replica->platform;
  g_autoptr (SatPlatform) platform = NULL;
  g_autoptr (SatWorkspace) scratch = NULL;
  guint64 seed = 0;
  SatId founder;

  sat_platform_random (machine, (guint8 *) &seed, sizeof seed);
  platform = sat_platform_new_seeded (seed, sat_platform_now_ms (machine));
  scratch = sat_workspace_create (home, platform, workspace->replica->catalogue, "scratch", error);
  if (scratch == NULL || !sat_workspace_begin (scratch, error))
    return NULL;
  for (guint i = 0; books[i] != NULL; i++)
    if (!g_str_equal (books[i], SAT_BOOK_KEY_COMPANY) &&
        !sat_workspace_hold (scratch, books[i], error))
      {
        sat_workspace_rollback (scratch);
        return NULL;
      }
  if (sat_workspace_is_closed (workspace, &founder) &&
      !sat_enrolled_set_replay (scratch->replica, &founder, error))
    {
      sat_workspace_rollback (scratch);
      return NULL;
    }
  return sat_workspace_commit (scratch, error) ? g_steal_pointer (&scratch) : NULL;
}
