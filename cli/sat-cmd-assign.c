/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel assign */
#include "cli/sat-commands.h"
#include "cli/sat-handing.h"
#include "cli/sat-values.h"
#include "cli/sat-where.h"
#include "core/workspace/sat-workspace-books.h"

static const SatOption options[] = {
  { "book", "BOOK", N_ ("move it to this book (its key or name)") },
  { "to", "LOGIN", N_ ("move it to the book of this user, who becomes its owner") },
  { "where", "EXPR",
    N_ ("not one record but all that meet this condition, such as 'region = \"east\"'") },
  { "dry-run", NULL, N_ ("with --where: only say how many there are") },
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

/* ---- all that meet a condition ------------------------------------------------------------------
 */

static void
say_all (SatCli *cli, const SatHandover *handover, gboolean dry)
{
  if (sat_handover_total (handover) == 0)
    sat_cli_say (cli, _ ("No record meets the condition."));
  else if (dry && sat_handover_receiver (handover) != NULL)
    sat_cli_say (cli, _ ("These would go to book “%s” and to %s, with what belongs to them:"),
                 sat_handover_book (handover), sat_handover_receiver (handover));
  else if (dry)
    sat_cli_say (cli, _ ("These would go to book “%s”, with what belongs to them:"),
                 sat_handover_book (handover));
  if (dry)
    sat_handing_say_counts (cli, handover);
  else if (sat_handover_total (handover) > 0)
    sat_cli_say (cli,
                 ngettext ("%llu record moved to book “%s”.", "%llu records moved to book “%s”.",
                           (gulong) sat_handover_moved (handover)),
                 (unsigned long long) sat_handover_moved (handover), sat_handover_book (handover));
  if (sat_handover_undo (handover) != 0)
    sat_cli_say (cli, _ ("“satchel undo” takes all of it back."));
  sat_handing_say_where (cli, handover);
}

static int
assign_all (SatCli *cli, const SatArgs *args, GError **error)
{
  gboolean dry = sat_args_has (args, "dry-run");
  const SatObject *object = sat_cli_object (cli, args, 0, error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (SatExpression) where = NULL;
  g_autoptr (SatHandover) handover = NULL;

  if (object == NULL || !sat_cli_where (cli, args, object, NULL, &where, error))
    return SAT_EXIT_FAILED;
  handover = sat_handover_new_where (cli->workspace, object, where, sat_args_get (args, "to"),
                                     sat_args_get (args, "book"), error);
  if (handover == NULL || (!dry && !sat_handing_run (cli, handover, error)))
    return SAT_EXIT_FAILED;
  say_all (cli, handover, dry);
  json_builder_begin_object (builder);
  sat_handing_emit (builder, handover, dry);
  json_builder_end_object (builder);
  if (cli->json)
    sat_cli_emit (builder);
  return SAT_EXIT_DONE;
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
  if (sat_args_has (args, "where") ? sat_args_n_words (args) > 1
                                   : sat_args_n_words (args) < 2 || sat_args_has (args, "dry-run"))
    {
      sat_usage (error, _ ("say which record, by its id, or which records, with --where"));
      return SAT_EXIT_USAGE;
    }
  if (sat_args_has (args, "where"))
    return assign_all (cli, args, error);
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
  "OBJECT [ID] (--book BOOK | --to LOGIN)",
  1,
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
      "the same owner.\n\n"
      "With --where all records go that meet the condition, in small steps, so that nobody has to "
      "wait; they are one step for undo. A record whose book is that of its parent stays where "
      "that is. See “satchel handover” for all that one user owns."),
  "satchel assign customer customer/Acme --book west\n"
  "satchel assign customer 5f0c2a9e --to li\n"
  "satchel assign customer --where 'region = \"east\"' --book east --dry-run",
  run,
};
