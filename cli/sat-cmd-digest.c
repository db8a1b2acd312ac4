/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel digest */
#include "cli/sat-commands.h"
#include "cli/sat-grid.h"
#include "cli/sat-values.h"

/* The name of the book whose key is KEY. */
static const char *
book_name (const SatStatus *status, const char *key)
{
  for (guint i = 0; i < status->books->len; i++)
    {
      const SatBookStatus *book = g_ptr_array_index (status->books, i);

      if (g_str_equal (book->key, key))
        return book->name;
    }
  return key;
}

static void
emit (const GPtrArray *digests, const SatStatus *status)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "books");
  json_builder_begin_array (builder);
  for (guint i = 0; i < digests->len; i++)
    {
      const SatDigest *digest = g_ptr_array_index (digests, i);

      json_builder_begin_object (builder);
      sat_json_text (builder, "name", book_name (status, digest->book));
      sat_json_text (builder, "key", digest->book);
      sat_json_text (builder, "digest", digest->digest);
      sat_json_vector (builder, digest->vector);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static void
print (const GPtrArray *digests, const SatStatus *status)
{
  g_autoptr (SatGrid) table = sat_grid_new (2, NULL, 0, sat_cli_table_line, NULL);

  for (guint i = 0; i < digests->len; i++)
    {
      const SatDigest *digest = g_ptr_array_index (digests, i);
      const char *const row[] = { book_name (status, digest->book), digest->digest };

      sat_grid_add (table, row);
    }
  sat_grid_finish (table);
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autoptr (GPtrArray) digests = NULL;
  g_autoptr (SatStatus) status = NULL;

  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  digests = sat_workspace_digest (cli->workspace, error);
  status = digests != NULL ? sat_workspace_status (cli->workspace, error) : NULL;
  if (status == NULL)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit (digests, status);
  else
    print (digests, status);
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_digest = {
  "digest",
  "",
  0,
  0,
  NULL,
  FALSE,
  N_ ("print a fingerprint of everything in each book"),
  N_ ("Two replicas that know the same changes print the same. What is not sealed yet is sealed "
      "first."),
  "satchel digest",
  run,
};
