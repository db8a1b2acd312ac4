/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel assign */
#include "cli/sat-commands.h"
#include "cli/sat-values.h"
#include "core/workspace/sat-workspace-books.h"

static const SatOption options[] = {
  { "book", "BOOK", N_ ("move it to this book (its key or name)") },
  { "to", "LOGIN", N_ ("move it to the book of this user, who becomes its owner") },
  { NULL },
};

static void
emit (const SatId *id, const SatAssigned *assigned)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sat_json_id (builder, "id", id);
  sat_json_text (builder, "book", assigned->book);
  json_builder_set_member_name (builder, "moved");
  json_builder_add_int_value (builder, (gint64) assigned->moved);
  sat_json_bool (builder, "elsewhere", !assigned->is_held);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static void
say (SatCli *cli, const char *title, const SatAssigned *assigned)
{
  if (assigned->moved == 0)
    sat_cli_say (cli, _ ("It is in book “%s” already: %s"), assigned->book, title);
  else
    sat_cli_say (cli, _ ("Moved to book “%s”: %s"), assigned->book, title);
  if (assigned->moved > 1)
    sat_cli_say (cli,
                 ngettext ("%u record that belongs to it goes with it",
                           "%u records that belong to it go with it", (guint) assigned->moved - 1),
                 (guint) assigned->moved - 1);
  if (assigned->moved > 0 && !assigned->is_held)
    sat_cli_say (cli, _ ("This laptop does not hold that book: the record leaves it with the next "
                         "sync, and arrives when a laptop that holds both books has synced."));
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  const char *book = sat_args_get (args, "book");
  const char *login = sat_args_get (args, "to");
  g_auto (SatAssigned) assigned = { 0 };
  g_autofree char *title = NULL;
  const SatObject *object;
  SatId id;

  if ((book == NULL) == (login == NULL))
    {
      sat_usage (error, _ ("say where to, either with --book or with --to"));
      return SAT_EXIT_USAGE;
    }
  object = sat_cli_find (cli, args, 0, &id, error);
  if (object == NULL)
    return SAT_EXIT_FAILED;
  title = g_strdup (sat_cli_title (cli, object, &id));
  if (book != NULL
          ? !sat_workspace_assign (cli->workspace, object, &id, book, &assigned, error)
          : !sat_workspace_assign_to (cli->workspace, object, &id, login, &assigned, error))
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit (&id, &assigned);
  else
    say (cli, title, &assigned);
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_assign = {
  "assign",
  "OBJECT ID (--book BOOK | --to LOGIN)",
  2,
  2,
  options,
  FALSE,
  N_ ("move a record to another book, or to a colleague"),
  N_ ("A customer goes with its contacts, deals and activities; “satchel undo” takes all of it "
      "back. "
      "What a colleague still changes in the old book, without knowing, follows. Only those who "
      "hold "
      "the new book see the record from then on.\n\n"
      "The book of a user is the field “own_book” of the user's record, else the only book that "
      "the "
      "user's laptops hold. The user becomes the owner of the record, and of what goes along and "
      "had "
      "the same owner."),
  "satchel assign customer customer/Acme --book west\n"
  "satchel assign customer 5f0c2a9e --to li",
  run,
};
