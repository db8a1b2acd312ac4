/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel perm breaches */
#include "cli/sat-commands.h"
#include "cli/sat-grid.h"
#include "cli/sat-values.h"
#include "core/workspace/sat-workspace-breach.h"
#include "core/workspace/sat-workspace-devices.h"

static const SatOption options[] = {
  { "dismiss", "N",
    N_ ("take the first N off the list of this laptop: somebody has looked at them") },
  { NULL },
};

static const SatDevice *
find_device (const GPtrArray *devices, const SatId *id)
{
  for (guint i = 0; i < devices->len; i++)
    if (sat_id_equal (&((const SatDevice *) devices->pdata[i])->id, id))
      return devices->pdata[i];
  return NULL;
}

static void
emit (const GPtrArray *breaches, const GPtrArray *devices)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "breaches");
  json_builder_begin_array (builder);
  for (guint i = 0; i < breaches->len; i++)
    {
      const SatBreach *breach = breaches->pdata[i];
      const SatDevice *device = find_device (devices, &breach->device);

      json_builder_begin_object (builder);
      sat_json_text (builder, "book", breach->book);
      sat_json_id (builder, "device", &breach->device);
      sat_json_text (builder, "code", device ? device->code : NULL);
      sat_json_text (builder, "user", device ? device->user : NULL);
      sat_json_int (builder, "number", (gint64) breach->number);
      sat_json_time (builder, "time", breach->time_ms);
      sat_json_text (builder, "object", breach->object);
      sat_json_id (builder, "id", &breach->id);
      sat_json_text (builder, "field", breach->field);
      sat_json_text (builder, "value", breach->value);
      sat_json_text (builder, "role", breach->role);
      sat_json_text (builder, "right", sat_right_name (breach->right));
      sat_json_bool (builder, "somebody_else", breach->other);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

/* The right that is missing. */
static const char *
missing_text (const SatBreach *breach)
{
  static const char *const all[] = { N_ ("may not make these"), N_ ("may not read these"),
                                     N_ ("may not change this"), N_ ("may not delete these"),
                                     N_ ("may not export these") };
  static const char *const others[] = { N_ ("may not make them for somebody else"),
                                        N_ ("may not read somebody else's"),
                                        N_ ("may not change somebody else's"),
                                        N_ ("may not delete somebody else's"),
                                        N_ ("may not export somebody else's") };

  return _ ((breach->other ? others : all)[breach->right]);
}

static void
add_row (
    SatCli *cli, SatGrid *table, guint number, const SatBreach *breach, const SatDevice *device)
{
  const SatObject *object = sat_workspace_object (cli->workspace, breach->object, NULL);
  const SatField *field = object && breach->field
                              ? sat_workspace_field (cli->workspace, object, breach->field, NULL)
                              : NULL;
  g_autofree char *n = g_strdup_printf ("%u", number);
  g_autofree char *when = sat_time_text (breach->time_ms);
  g_autofree char *who = g_strdup_printf ("%s (%s)", device ? device->user : "?",
                                          device ? device->code : "?");
  g_autofree char *what = g_strdup_printf ("%s %s",
                                           object ? sat_object_label (cli, object) : breach->object,
                                           object ? sat_cli_title (cli, object, &breach->id) : "");
  g_autofree char *value = field ? sat_value_text (cli, field, breach->value) : g_strdup ("");
  g_autofree char *missing = g_strdup_printf ("%s: %s", breach->role, missing_text (breach));
  const char *row[] = { n,     when,   who, what, field ? sat_field_label (cli, field) : "",
                        value, missing };

  sat_grid_add (table, row);
}

static void
print (SatCli *cli, const GPtrArray *breaches, const GPtrArray *devices)
{
  const char *const headings[] = { _ ("No."),   _ ("Written"), _ ("By"),   _ ("Record"),
                                   _ ("Field"), _ ("Value"),   _ ("Role"), NULL };
  g_autoptr (SatGrid) table = NULL;

  if (breaches->len == 0)
    {
      sat_cli_say (cli, "%s", _ ("Nobody has written what a role does not allow."));
      return;
    }
  table = sat_grid_new (7, headings, sat_cli_width (), sat_cli_table_line, NULL);
  for (guint i = 0; i < breaches->len; i++)
    {
      const SatBreach *breach = breaches->pdata[i];

      add_row (cli, table, i + 1, breach, find_device (devices, &breach->device));
    }
  sat_grid_finish (table);
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autoptr (GPtrArray) breaches = NULL;
  g_autoptr (GPtrArray) devices = NULL;
  gint64 dismissed = 0;

  if (!sat_args_number (args, "dismiss", 1, SAT_BREACHES_MAX, &dismissed, error))
    return SAT_EXIT_USAGE;
  if (sat_cli_open (cli, error) == NULL ||
      (dismissed > 0 && !sat_workspace_dismiss_breaches (cli->workspace, (guint) dismissed, error)))
    return SAT_EXIT_FAILED;
  breaches = sat_workspace_breaches (cli->workspace, error);
  devices = breaches ? sat_workspace_devices (cli->workspace, error) : NULL;
  if (devices == NULL)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit (breaches, devices);
  else
    print (cli, breaches, devices);
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_perm_breaches = {
  .name = "perm breaches",
  .words = "",
  .options = options,
  .summary = N_ ("what others have written although their role does not allow it"),
  .help = N_ (
      "What arrives is taken in whatever roles say, so that all laptops hold the same; what "
      "of it a role does not allow is noted here, on this laptop, for administrators. Take "
      "back what is wrong with “satchel revert”, or say with “satchel perm set” that it is "
      "allowed, and take it off the list with --dismiss."),
  .examples = "satchel perm breaches\nsatchel perm breaches --dismiss 2\n",
  .run = run,
};
