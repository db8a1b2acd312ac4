/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel export */
#include <string.h>

#include "cli/sat-commands.h"
#include "cli/sat-progress.h"
#include "cli/sat-selection.h"
#include "cli/sat-signals.h"
#include "cli/sat-values.h"
#include "core/exchange/sat-encoding.h"
#include "core/workspace/sat-workspace-export.h"

static const SatOption options[] = {
  { "format", "FORMAT", N_ ("csv, xlsx, jsonl or vcf; default: by the file's ending") },
  SAT_SELECTION_OPTIONS,
  { "encoding", "NAME", N_ ("of a CSV file, such as GB18030; default: UTF-8") },
  { "bom", NULL, N_ ("begin a CSV file in UTF-8 with a byte-order mark, for Excel") },
  { "vcard-version", "V", N_ ("of a vCard file: 4.0 (the default), or 3.0 for older programs") },
  { NULL },
};

typedef struct
{
  SatExportOptions export;
  SatSelection selection;
  char *encoding;
  SatProgress progress;
} Orders;

static void
orders_clear (Orders *orders)
{
  sat_selection_clear (&orders->selection);
  g_clear_pointer (&orders->encoding, g_free);
}

static gboolean
read_format (Orders *orders, const SatArgs *args, GError **error)
{
  const char *format = sat_args_get (args, "format");
  g_autofree char *ending = format != NULL ? g_strconcat (".", format, NULL) : NULL;

  if (sat_export_format_of (ending != NULL ? ending : sat_args_word (args, 1),
                            &orders->export.format))
    return TRUE;
  if (format != NULL)
    return sat_usage (error, _ ("--format: “%s” is none of csv, xlsx, jsonl, vcf"), format);
  return sat_usage (error, _ ("“%s” ends in none of .csv .xlsx .jsonl .vcf; give --format"),
                    sat_args_word (args, 1));
}

static gboolean
read_version (Orders *orders, const SatArgs *args, GError **error)
{
  const char *version = sat_args_get (args, "vcard-version");

  if (version == NULL)
    return TRUE;
  if (orders->export.format != SAT_EXPORT_VCARD)
    return sat_usage (error, _ ("--vcard-version is for vCard files"));
  orders->export.vcard_3 = strcmp (version, "3.0") == 0;
  if (orders->export.vcard_3 || strcmp (version, "4.0") == 0)
    return TRUE;
  return sat_usage (error, _ ("--vcard-version: “%s” is neither 3.0 nor 4.0"), version);
}

static gboolean
read_encoding (Orders *orders, const SatArgs *args, GError **error)
{
  const char *name = sat_args_get (args, "encoding");

  orders->export.bom = sat_args_has (args, "bom");
  if (orders->export.format != SAT_EXPORT_CSV && (name != NULL || orders->export.bom))
    return sat_usage (error, _ ("--encoding and --bom are for CSV files"));
  if (name == NULL)
    return TRUE;
  orders->encoding = sat_encoding_name (name, error);
  if (orders->encoding != NULL && strcmp (orders->encoding, "UTF-8") != 0)
    orders->export.encoding = orders->encoding;
  return orders->encoding != NULL;
}

static void
on_progress (guint64 done, guint64 total, gpointer data)
{
  Orders *orders = data;

  sat_progress_at (&orders->progress, "export", _ ("Writing"), done, total);
}

static void
report (const SatCli *cli, guint64 count)
{
  if (!cli->json)
    {
      sat_cli_say (cli, ngettext ("%llu record written.", "%llu records written.", count),
                   (unsigned long long) count);
      return;
    }
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  sat_json_int (builder, "records", (gint64) count);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static int export(SatCli *cli, const SatArgs *args, Orders *orders, GError **error)
{
  SatSelection *selection = &orders->selection;
  SatQuery query = { .limit = -1 };
  guint64 count;
  gboolean ok;

  if (!read_format (orders, args, error) || !read_version (orders, args, error))
    return SAT_EXIT_USAGE;
  if (!read_encoding (orders, args, error))
    return orders->export.format != SAT_EXPORT_CSV ? SAT_EXIT_USAGE : SAT_EXIT_FAILED;
  orders->export.object = sat_cli_object (cli, args, 0, error);
  if (orders->export.object == NULL ||
      !sat_selection_read (cli, args, orders->export.object, selection, error))
    return SAT_EXIT_FAILED;
  if (selection->columns != NULL)
    {
      orders->export.fields = (const SatField *const *) selection->columns->pdata;
      orders->export.n_fields = selection->columns->len;
    }
  query.where = selection->where;
  query.object = orders->export.object;
  query.sort = (const char *const *) selection->sort;
  sat_progress_begin (&orders->progress, cli, FALSE);
  ok = sat_workspace_export (cli->workspace, &query, sat_args_word (args, 1), &orders->export,
                             on_progress, orders, sat_signals_cancellable (), &count, error);
  sat_progress_end (&orders->progress);
  if (ok)
    report (cli, count);
  return ok ? SAT_EXIT_DONE : SAT_EXIT_FAILED;
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  Orders orders = { 0 };
  int status = export(cli, args, &orders, error);

  orders_clear (&orders);
  return status;
}

const SatCommand sat_cmd_export = {
  "export",
  "OBJECT FILE",
  2,
  2,
  options,
  TRUE,
  N_ ("write records to a CSV, Excel, JSON or vCard file"),
  N_ ("The file's ending says how it is written. What was exported can be imported again: with "
      "--match id it changes the records it came from, with --map id= it makes new ones. Fields "
      "and "
      "choices that a company added are called by their labels, so that another workspace that has "
      "them can read the file. In a CSV file a text that a spreadsheet program would take for a "
      "formula has an apostrophe before "
      "it; import takes it away again. A vCard file is for contacts and customers; what other "
      "programs have no property for stands in it as X-SATCHEL-FIELD. Pictures are in vCard and "
      "JSON "
      "files, in a CSV file if --columns names them, and never in an Excel file, whose cells hold "
      "32,767 characters."),
  "satchel export customer customers.xlsx\n"
  "satchel export deal deals.csv --columns name,customer,amount --bom\n"
  "satchel export deal won.xlsx --where 'stage = \"won\" and year(close_date) = 2026'\n"
  "satchel export contact contacts.vcf --vcard-version 3.0",
  run,
};
