/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel handover */
#include <string.h>

#include "cli/sat-commands.h"
#include "cli/sat-grid.h"
#include "cli/sat-handing.h"
#include "cli/sat-values.h"
#include "core/exchange/sat-csv-writer.h"
#include "core/exchange/sat-export.h"

#define TOLD_MOST 20  /* customers on the terminal; the file has all */
#define LINE_MOST 200 /* cells of what was spoken last */

static const SatOption options[] = {
  { "to", "LOGIN", N_ ("the user who gets it all") },
  { "book", "BOOK", N_ ("move it to this book too (its key or name), with what belongs to it") },
  { "summary", "FILE", N_ ("write what the successor has to know of each customer, as CSV") },
  { "dry-run", NULL, N_ ("only say what would be handed over") },
  { NULL },
};

/* ---- one customer -------------------------------------------------------------------------------
 */

typedef struct
{
  SatCli *cli;
  JsonBuilder *builder; /* NULL: no --json */
  GString *csv;         /* NULL: no --summary */
  guint told;           /* customers */
} Summary;

static const SatField *
field_of (const SatRecord *record, const char *name)
{
  return record ? sat_object_find (sat_record_object (record), name) : NULL;
}

/* NULL for a record or a field that is not there, and for empty. */
static const char *
value_of (const SatRecord *record, const char *name)
{
  const SatField *field = field_of (record, name);

  return field ? sat_record_get (record, field) : NULL;
}

/* As people read it; "" for empty. */
static char *
text_of (SatCli *cli, const SatRecord *record, const char *name)
{
  const SatField *field = field_of (record, name);

  return field ? sat_value_text (cli, field, sat_record_get (record, field)) : g_strdup ("");
}

/* What was said last: subject, outcome and the notes, those that there are. */
static char *
last_words (const SatRecord *last)
{
  static const char *const names[] = { "subject", "outcome", "notes" };
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = value_of (last, names[i]);

      if (value != NULL)
        g_string_append_printf (out, "%s%s", out->len > 0 ? " · " : "", value);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
add_fields (JsonBuilder *builder, const SatRecord *record, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      json_builder_set_member_name (builder, names[i]);
      sat_value_add_json (builder, field_of (record, names[i]), value_of (record, names[i]));
    }
}

static void
emit_customer (JsonBuilder *builder, const SatHandoverCustomer *one)
{
  static const char *const of_customer[] = { "next_contact", NULL };
  static const char *const of_deal[] = { "amount", "stage", "close_date", "next_step", NULL };
  static const char *const of_last[] = { "time", "kind", "subject", "outcome", "notes", NULL };

  json_builder_begin_object (builder);
  if (one->customer != NULL)
    sat_json_id (builder, "id", sat_record_id (one->customer));
  else
    sat_json_text (builder, "id", NULL);
  sat_json_text (builder, "title", one->customer ? sat_record_title (one->customer) : NULL);
  add_fields (builder, one->customer, of_customer);
  json_builder_set_member_name (builder, "deals");
  json_builder_begin_array (builder);
  for (guint i = 0; i < one->deals->len; i++)
    {
      const SatRecord *deal = g_ptr_array_index (one->deals, i);

      json_builder_begin_object (builder);
      sat_json_id (builder, "id", sat_record_id (deal));
      sat_json_text (builder, "title", sat_record_title (deal));
      add_fields (builder, deal, of_deal);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "last");
  if (one->last != NULL)
    {
      json_builder_begin_object (builder);
      sat_json_id (builder, "id", sat_record_id (one->last));
      add_fields (builder, one->last, of_last);
      json_builder_end_object (builder);
    }
  else
    json_builder_add_null_value (builder);
  json_builder_end_object (builder);
}

static void
print_deal (SatCli *cli, const SatRecord *deal)
{
  g_autofree char *amount = text_of (cli, deal, "amount");
  g_autofree char *stage = text_of (cli, deal, "stage");
  g_autofree char *closes = text_of (cli, deal, "close_date");
  const char *next = value_of (deal, "next_step");
  const char *const parts[] = { amount, stage, closes };
  g_autoptr (GString) line = g_string_new (NULL);

  g_string_append_printf (line, "    %s", sat_record_title (deal));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (*parts[i] != '\0')
      g_string_append_printf (line, " · %s", parts[i]);
  sat_cli_line (line->str);
  if (next != NULL)
    sat_cli_say (cli, _ ("      next step: %s"), next);
}

static void
print_customer (SatCli *cli, const SatHandoverCustomer *one)
{
  g_autofree char *next = text_of (cli, one->customer, "next_contact");
  g_autofree char *when = text_of (cli, one->last, "time");
  g_autofree char *all = last_words (one->last);
  g_autofree char *line = sat_one_line (all);
  g_autofree char *words = sat_shorten (line, LINE_MOST);

  if (one->customer != NULL)
    sat_cli_say (cli, "  %s", sat_record_title (one->customer));
  else
    sat_cli_say (cli, _ ("  Deals of no customer"));
  if (*next != '\0')
    sat_cli_say (cli, _ ("    next contact: %s"), next);
  for (guint i = 0; i < one->deals->len; i++)
    print_deal (cli, g_ptr_array_index (one->deals, i));
  if (one->last != NULL && *when != '\0')
    /* Translators: when and what was last spoken with a customer. */
    sat_cli_say (cli, _ ("    last, %s: %s"), when, words);
  else if (one->last != NULL)
    sat_cli_say (cli, _ ("    last: %s"), words);
}

/* ---- the file -----------------------------------------------------------------------------------
 */

static const struct
{
  const char *object;
  const char *field;
} columns[] = {
  { "customer", "name" },    { "customer", "phone" },
  { "customer", "level" },   { "customer", "next_contact" },
  { "deal", "name" },        { "deal", "amount" },
  { "deal", "stage" },       { "deal", "close_date" },
  { "deal", "next_step" },   { "activity", "time" },
  { "activity", "subject" }, { "activity", "outcome" },
  { "activity", "notes" },
};

/* “Customer: Full name”, for what is called alike. */
static void
add_headings (Summary *summary)
{
  const SatCatalogue *catalogue = sat_workspace_catalogue (summary->cli->workspace);
  const char *cells[G_N_ELEMENTS (columns)];
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      const SatObject *object = sat_catalogue_find (catalogue, columns[i].object);
      const SatField *field = object ? sat_object_find (object, columns[i].field) : NULL;
      char *text = field ? g_strdup_printf ("%s: %s", sat_object_label (summary->cli, object),
                                            sat_field_label (summary->cli, field))
                         : g_strdup (columns[i].field);

      g_ptr_array_add (texts, text);
      cells[i] = text;
    }
  g_string_append (summary->csv, "\xEF\xBB\xBF"); /* Excel takes it for UTF-8 then */
  sat_csv_append_row (summary->csv, cells, G_N_ELEMENTS (columns));
}

static void
add_row (Summary *summary, const SatHandoverCustomer *one, const SatRecord *deal)
{
  const char *cells[G_N_ELEMENTS (columns)];
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      const char *object = columns[i].object;
      const SatRecord *record = strcmp (object, "customer") == 0 ? one->customer
                                : strcmp (object, "deal") == 0   ? deal
                                                                 : one->last;
      char *text = text_of (summary->cli, record, columns[i].field);
      char *safe = sat_export_guard (text);

      g_ptr_array_add (texts, text);
      if (safe != NULL)
        g_ptr_array_add (texts, safe);
      cells[i] = safe ? safe : text;
    }
  sat_csv_append_row (summary->csv, cells, G_N_ELEMENTS (columns));
}

/* A row for each open deal; one without, where there is none. */
static void
write_customer (Summary *summary, const SatHandoverCustomer *one)
{
  if (one->deals->len == 0)
    add_row (summary, one, NULL);
  for (guint i = 0; i < one->deals->len; i++)
    add_row (summary, one, g_ptr_array_index (one->deals, i));
}

static gboolean
tell_customer (const SatHandoverCustomer *one, gpointer data, GError **error)
{
  Summary *summary = data;
  SatCli *cli = summary->cli;

  (void) error;
  if (cli->json)
    emit_customer (summary->builder, one);
  else if (!cli->quiet && summary->told < TOLD_MOST)
    print_customer (cli, one);
  if (summary->csv != NULL)
    write_customer (summary, one);
  summary->told++;
  return TRUE;
}

/* ---- the command --------------------------------------------------------------------------------
 */

static gboolean
save_summary (const Summary *summary, const char *path, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (g_file_set_contents_full (path, summary->csv->str, (gssize) summary->csv->len,
                                G_FILE_SET_CONTENTS_CONSISTENT, 0600, &cause))
    return TRUE;
  return sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot write the file “%s”: %s"), path,
                   cause->message, NULL);
}

static gboolean
summarise (
    SatCli *cli, SatHandover *handover, const char *path, JsonBuilder *builder, GError **error)
{
  g_autoptr (GString) csv = path ? g_string_new (NULL) : NULL;
  Summary summary = { .cli = cli, .builder = builder, .csv = csv };

  if (csv != NULL)
    add_headings (&summary);
  json_builder_set_member_name (builder, "customers");
  json_builder_begin_array (builder);
  if (!sat_handover_customers (handover, tell_customer, &summary, error))
    return FALSE;
  json_builder_end_array (builder);
  if (summary.told > TOLD_MOST && path == NULL)
    sat_cli_say (cli,
                 ngettext ("  … and %u more customer; --summary FILE writes all of it",
                           "  … and %u more customers; --summary FILE writes all of it",
                           summary.told - TOLD_MOST),
                 summary.told - TOLD_MOST);
  else if (summary.told > TOLD_MOST)
    sat_cli_say (cli,
                 ngettext ("  … and %u more customer", "  … and %u more customers",
                           summary.told - TOLD_MOST),
                 summary.told - TOLD_MOST);
  return csv == NULL || save_summary (&summary, path, error);
}

static void
say_done (SatCli *cli, const SatHandover *handover, const char *from)
{
  guint64 n = sat_handover_handed (handover);

  sat_cli_say (cli,
               ngettext ("%llu record handed over from %s to %s.",
                         "%llu records handed over from %s to %s.", (gulong) n),
               (unsigned long long) n, from, sat_handover_receiver (handover));
  if (sat_handover_moved (handover) > 0)
    sat_cli_say (cli,
                 ngettext ("%llu record moved to book “%s”.", "%llu records moved to book “%s”.",
                           (gulong) sat_handover_moved (handover)),
                 (unsigned long long) sat_handover_moved (handover), sat_handover_book (handover));
  if (n > 0)
    sat_cli_say (cli, _ ("“satchel undo” takes all of it back."));
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  const char *from = sat_args_word (args, 0);
  const char *to = sat_args_get (args, "to");
  gboolean dry = sat_args_has (args, "dry-run");
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (SatHandover) handover = NULL;

  if (to == NULL)
    {
      sat_usage (error, _ ("say with --to who gets it"));
      return SAT_EXIT_USAGE;
    }
  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  handover = sat_handover_new (cli->workspace, from, to, sat_args_get (args, "book"), error);
  if (handover == NULL)
    return SAT_EXIT_FAILED;
  json_builder_begin_object (builder);
  sat_json_text (builder, "from", from);
  sat_json_text (builder, "to", to);
  if (sat_handover_total (handover) == 0)
    sat_cli_say (cli, _ ("%s owns nothing that is on this laptop."), from);
  else
    sat_cli_say (cli, _ ("%s hands over to %s:"), from, sat_handover_receiver (handover));
  sat_handing_say_counts (cli, handover);
  if (!summarise (cli, handover, sat_args_get (args, "summary"), builder, error) ||
      (!dry && !sat_handing_run (cli, handover, error)))
    return SAT_EXIT_FAILED;
  if (!dry && sat_handover_total (handover) > 0)
    say_done (cli, handover, from);
  sat_handing_say_where (cli, handover);
  sat_handing_emit (builder, handover, dry);
  json_builder_end_object (builder);
  if (cli->json)
    sat_cli_emit (builder);
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_handover = {
  "handover",
  "LOGIN --to LOGIN",
  1,
  1,
  options,
  FALSE,
  N_ ("hand all that one user owns to another"),
  N_ ("Every customer, deal and other record on this laptop whose owner is the first user gets the "
      "other as its owner. An activity keeps whoever it was that visited or called. With --book "
      "the records move to that book too, with what belongs to them; a deal whose customer is "
      "somebody else's stays where that is.\n\n"
      "For each customer it says which deals are open, the next steps and what was last spoken; "
      "the file of --summary has all of it, a row for each open deal. --dry-run changes nothing."
      "\n\n"
      "It goes in small steps, so that nobody has to wait, and “satchel undo” takes all of it "
      "back. Records in books that this laptop does not hold stay with the first user; run it on "
      "one that holds them. To keep a laptop of a user who has left from sending anything, see "
      "“satchel hub revoke”."),
  "satchel handover wang --to li --dry-run\n"
  "satchel handover wang --to li --book west --summary wang.csv",
  run,
};
