/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel book create, list, hold, release */
#include "cli/sat-commands.h"
#include "cli/sat-grid.h"
#include "cli/sat-values.h"
#include "core/workspace/sat-workspace-books.h"
#include "sync/sat-sync.h"

static const SatOption create_options[] = {
  { "name", "NAME", N_ ("what people call it; else the key") },
  { "repository", "REPOSITORY",
    N_ ("where it is exchanged, if not with the hub: the name of a repository beside it, or an "
        "address") },
  { NULL },
};

/* {"key": KEY} */
static void
emit_key (const char *key)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sat_json_text (builder, "key", key);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static int
run_create (SatCli *cli, const SatArgs *args, GError **error)
{
  const char *key = sat_args_word (args, 0);
  const char *name = sat_args_get (args, "name");
  const char *repository = sat_args_get (args, "repository");
  g_autofree char *kept = NULL;

  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  if (repository != NULL)
    kept = sat_sync_repository_text (cli->workspace, repository, error);
  if ((repository != NULL && kept == NULL) ||
      !sat_workspace_create_book (cli->workspace, key, name ? name : key, kept, error))
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit_key (key);
  sat_cli_say (cli,
               _ ("Book “%s” is made, and held by this laptop. Others take it with: satchel book "
                  "hold %s"),
               name ? name : key, key);
  return SAT_EXIT_DONE;
}

static void
emit_books (const GPtrArray *books)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "books");
  json_builder_begin_array (builder);
  for (guint i = 0; i < books->len; i++)
    {
      const SatBook *book = g_ptr_array_index (books, i);

      json_builder_begin_object (builder);
      sat_json_text (builder, "key", book->key);
      sat_json_text (builder, "name", book->name);
      sat_json_text (builder, "repository", book->repository);
      sat_json_bool (builder, "held", book->is_held);
      sat_json_bool (builder, "leaving", book->is_leaving);
      json_builder_set_member_name (builder, "records");
      if (book->records >= 0)
        json_builder_add_int_value (builder, book->records);
      else
        json_builder_add_null_value (builder);
      sat_json_int (builder, "pending", book->pending);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static const char *
held_text (const SatBook *book)
{
  if (book->is_leaving)
    return _ ("until all is sent");
  return book->is_held ? _ ("yes") : _ ("no");
}

static void
print_books (const GPtrArray *books)
{
  const char *const headings[] = {
    _ ("Key"),        _ ("Name"), _ ("Held here"), _ ("Records"), _ ("Waiting to be sent"),
    _ ("Repository"), NULL
  };
  g_autoptr (SatGrid) table = sat_grid_new (6, headings, sat_cli_width (), sat_cli_table_line,
                                            NULL);

  for (guint i = 0; i < books->len; i++)
    {
      const SatBook *book = g_ptr_array_index (books, i);
      g_autofree char *records = book->is_held
                                     ? g_strdup_printf ("%" G_GINT64_FORMAT, book->records)
                                     : g_strdup ("");
      g_autofree char *pending = book->is_held
                                     ? g_strdup_printf ("%" G_GINT64_FORMAT, book->pending)
                                     : g_strdup ("");
      const char *const row[] = { book->key, book->name, held_text (book),
                                  records,   pending,    book->repository ? book->repository : "" };

      sat_grid_add (table, row);
    }
  sat_grid_finish (table);
}

static int
run_list (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autoptr (GPtrArray) books = NULL;

  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  books = sat_workspace_all_books (cli->workspace, error);
  if (books == NULL)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit_books (books);
  else
    print_books (books);
  return SAT_EXIT_DONE;
}

static int
run_hold (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autofree char *key = NULL;
  gboolean changed;

  if (sat_cli_open (cli, error) == NULL ||
      !sat_workspace_hold_book (cli->workspace, sat_args_word (args, 0), &key, &changed, error))
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit_key (key);
  if (changed)
    sat_cli_say (cli, _ ("This laptop holds book “%s” from now on; the next sync fetches it."),
                 key);
  else
    sat_cli_say (cli, _ ("This laptop holds book “%s” already."), key);
  return SAT_EXIT_DONE;
}

static int
run_release (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autofree char *key = NULL;

  if (sat_cli_open (cli, error) == NULL ||
      !sat_workspace_release_book (cli->workspace, sat_args_word (args, 0), &key, error))
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit_key (key);
  sat_cli_say (cli,
               _ ("Book “%s” leaves this laptop with the next sync, once all that was changed in "
                  "it is sent."),
               key);
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_book_create = {
  "book create",
  "KEY",
  1,
  1,
  create_options,
  FALSE,
  N_ ("make a book: a territory, or the customers of one person"),
  N_ ("The key is small letters, digits and hyphens, and never changes; the name may. Laptops "
      "fetch only the books that they hold.\n\n"
      "A book that not everybody may read needs a repository of its own, since a server protects "
      "repositories: --repository NAME is one beside the hub, reached the same way; a whole "
      "address "
      "serves as well. Where the hub is a folder it is made; on a server make it first (git init "
      "--bare) and let in those who are to have the book. It never changes. Who joins gets such a "
      "book "
      "only when it is named: --book, or “satchel book hold”."),
  "satchel book create west --name \"West China\"",
  run_create,
};

const SatCommand sat_cmd_book_list = {
  "book list",
  "",
  0,
  0,
  NULL,
  FALSE,
  N_ ("list the books, and which of them this laptop holds"),
  NULL,
  "satchel book list",
  run_list,
};

const SatCommand sat_cmd_book_hold = {
  "book hold",
  "BOOK",
  1,
  1,
  NULL,
  FALSE,
  N_ ("hold a book on this laptop from now on"),
  N_ ("Records that were moved into the book from one that is held here are carried there with the "
      "next sync."),
  "satchel book hold west",
  run_hold,
};

const SatCommand sat_cmd_book_release = {
  "book release",
  "BOOK",
  1,
  1,
  NULL,
  FALSE,
  N_ ("a book leaves this laptop"),
  N_ ("First what was changed here in the book is sent; then its records, their history and what "
      "can be "
      "searched of them are deleted from this laptop. Nothing is lost: the hub and the others keep "
      "it. "
      "“satchel book hold” takes the book back, also before it has left.\n\n"
      "From then on the laptop is a new device to the others, with another short code."),
  "satchel book release west",
  run_release,
};
