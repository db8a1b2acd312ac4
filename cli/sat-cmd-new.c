/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel new */
#include "cli/sat-assign.h"
#include "cli/sat-commands.h"
#include "cli/sat-taken-text.h"
#include "cli/sat-values.h"

static const SatOption options[] = {
  { "book", "BOOK", N_ ("the book it goes to; default: what the object says, else the first one") },
  { "force", "REASON", N_ ("move deals on although something is missing, and say why (managers)") },
  { NULL },
};

/* The id; and, on standard error, that a colleague has the customer already. */
static void
tell (SatCli *cli, const SatId *id, const SatTaken *taken, const char *title)
{
  g_autofree char *warning = taken ? sat_taken_text (taken, title) : NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  char text[SAT_ID_TEXT_SIZE];

  if (warning != NULL && !cli->quiet)
    g_printerr ("satchel: %s\n", warning);
  if (!cli->json)
    {
      sat_cli_line (sat_id_format (id, text));
      return;
    }
  json_builder_begin_object (builder);
  sat_json_id (builder, "id", id);
  if (taken != NULL)
    {
      json_builder_set_member_name (builder, "taken");
      sat_taken_emit (builder, taken, title);
    }
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  const SatObject *object;
  g_autoptr (SatDraft) draft = NULL;
  g_autoptr (SatMarks) marks = NULL;
  g_autoptr (SatTaken) taken = NULL;
  SatId id;

  if (!sat_assign_check (args, 1, error))
    return SAT_EXIT_USAGE;
  object = sat_cli_object (cli, args, 0, error);
  if (object == NULL)
    return SAT_EXIT_FAILED;
  draft = sat_draft_new (object);
  if (sat_args_has (args, "book"))
    sat_draft_set_book (draft, sat_args_get (args, "book"));
  sat_draft_set_force (draft, sat_args_get (args, "force"));
  for (guint i = 1; i < sat_args_n_words (args); i++)
    if (!sat_assign_apply (cli->workspace, draft, sat_args_word (args, i), error))
      return SAT_EXIT_FAILED;
  if (!sat_assign_check_draft (draft, error) ||
      !sat_workspace_save (cli->workspace, draft, &id, error))
    return SAT_EXIT_FAILED;
  marks = sat_marks_new (cli->workspace);
  taken = sat_marks_find (marks, draft, NULL);
  tell (cli, &id, taken, sat_draft_get (draft, object->title));
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_new = {
  "new",
  "OBJECT FIELD=VALUE...",
  1,
  G_MAXUINT,
  options,
  FALSE,
  N_ ("make a record and print its id"),
  N_ ("Values are written as a person writes them: 2026-11-21 or 2026年11月21日, 1,234.50, 1234.50 "
      "EUR, "
      "yes or no, a choice by its name or label, tags separated by commas, a reference by id or "
      "title. "
      "FIELD=@FILE takes the text of a file; FIELD=@@TEXT a text that begins with @. PICTURE=@FILE "
      "takes a JPEG, PNG, GIF or WebP file of at most 64 kB.\n\n"
      "Where the workspace wants it (its field customer_marks), it is said when a colleague has a "
      "customer of that name or telephone already, in a book that is not here."),
  "satchel new customer name=Acme phone=021-5555-0100 tags=vip,east\n"
  "satchel new contact name=Li customer=Acme notes=@talk.txt",
  run,
};
