/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel convert */
#include "cli/sat-commands.h"
#include "cli/sat-values.h"
#include "core/workspace/sat-workspace-convert.h"

static const SatOption options[] = {
  { "customer", "ID", N_ ("it is this customer, who is here already and stays as it is") },
  { "new", NULL, N_ ("it is another customer than the one of that name who is here") },
  { "deal", "NAME", N_ ("make a deal that is called so") },
  { NULL },
};

static void
emit (const SatConverted *converted)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sat_json_id (builder, "customer", &converted->customer);
  if (converted->has_contact)
    sat_json_id (builder, "contact", &converted->contact);
  if (converted->has_deal)
    sat_json_id (builder, "deal", &converted->deal);
  json_builder_set_member_name (builder, "new");
  json_builder_add_boolean_value (builder, converted->is_new);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static void
say_made (SatCli *cli, const char *name, const SatId *id)
{
  const SatObject *object = sat_workspace_object (cli->workspace, name, NULL);
  char text[SAT_ID_TEXT_SIZE];

  if (object != NULL)
    sat_cli_say (cli, "  %s %s  %s", sat_object_label (cli, object),
                 sat_cli_title (cli, object, id), sat_id_format (id, text));
}

static void
print (SatCli *cli, const SatConverted *converted)
{
  sat_cli_say (cli, _ ("Converted:"));
  say_made (cli, "customer", &converted->customer);
  if (converted->has_contact)
    say_made (cli, "contact", &converted->contact);
  if (converted->has_deal)
    say_made (cli, "deal", &converted->deal);
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  const char *word = sat_args_get (args, "customer");
  SatConvertOptions what = { .deal = sat_args_get (args, "deal"),
                             .even_if_known = sat_args_has (args, "new") };
  const SatObject *lead, *customer;
  SatConverted converted;
  SatId id, known;

  if (word != NULL && what.even_if_known)
    {
      sat_usage (error, _ ("--customer and --new contradict each other"));
      return SAT_EXIT_USAGE;
    }
  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  lead = sat_workspace_object (cli->workspace, SAT_LEAD, error);
  customer = lead != NULL ? sat_workspace_object (cli->workspace, "customer", error) : NULL;
  if (customer == NULL ||
      !sat_workspace_find (cli->workspace, lead, sat_args_word (args, 0), &id, error) ||
      (word != NULL && !sat_workspace_find (cli->workspace, customer, word, &known, error)))
    return SAT_EXIT_FAILED;
  what.customer = word != NULL ? &known : NULL;
  if (!sat_workspace_convert (cli->workspace, &id, &what, &converted, error))
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit (&converted);
  else
    print (cli, &converted);
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_convert = {
  "convert",
  "LEAD",
  1,
  1,
  options,
  FALSE,
  N_ ("make a customer of a lead"),
  N_ ("The company of the lead becomes a customer and the person a contact there; a lead without a "
      "company becomes a customer alone. Values go to the fields of the same name, into the book "
      "of "
      "the lead. The lead stays, says what it became, and cannot be converted again. “satchel "
      "undo” "
      "takes back all of it at once."),
  "satchel convert 5f0c2a9e --deal \"Ten pumps\"\n"
  "satchel convert lead/Li --customer customer/Acme",
  run,
};
