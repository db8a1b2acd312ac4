/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel file save */
#include "cli/sat-commands.h"
#include "cli/sat-values.h"
#include "core/workspace/sat-workspace-files.h"
#include "core/workspace/sat-workspace-shown.h"

static const SatOption options[] = {
  { "to", "PATH", N_ ("write it there; without it, here under the name that it has") },
  { "force", NULL, N_ ("write over a file that is there") },
  { NULL },
};

/* Whole or not at all; only the person's own account can read what comes out of here. */
static gboolean
write_file (const char *path, GBytes *bytes, gboolean over, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  if (!over && g_file_test (path, G_FILE_TEST_EXISTS))
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("there is a file “%s” already; --to writes elsewhere, --force over it"),
                     path, NULL);
  return g_file_set_contents_full (path, data != NULL ? data : "", (gssize) size,
                                   G_FILE_SET_CONTENTS_CONSISTENT, 0600, &cause) ||
         sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot write the file “%s”: %s"), path,
                   cause->message, NULL);
}

/* The value, newly allocated. */
static char *
find_value (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autoptr (SatRecord) record = NULL;
  const SatObject *object;
  const SatField *field;
  const char *value;
  SatId id;

  object = sat_cli_find (cli, args, 0, &id, error);
  field = object ? sat_workspace_field (cli->workspace, object, sat_args_word (args, 2), error)
                 : NULL;
  record = field ? sat_workspace_load_shown (cli->workspace, object, &id, error) : NULL;
  if (record == NULL)
    return NULL;
  value = sat_record_concealed (record, field) == NULL ? sat_record_get (record, field) : NULL;
  if (field->type->id != SAT_TYPE_ATTACHMENT)
    sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s” is no field for files"), sat_field_word (field),
              NULL);
  else if (value == NULL)
    sat_fail (error, SAT_ERROR_NOT_FOUND, N_ ("there is no file in “%s” that you could see"),
              sat_field_word (field), NULL);
  else
    return g_strdup (value);
  return NULL;
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autofree char *value = find_value (cli, args, error);
  g_autofree char *name = value ? sat_attachment_name (value) : NULL;
  g_autoptr (GBytes) bytes = value ? sat_workspace_attached (cli->workspace, value, error) : NULL;
  const char *path = sat_args_has (args, "to") ? sat_args_get (args, "to") : name;

  if (bytes == NULL || !write_file (path, bytes, sat_args_has (args, "force"), error))
    return SAT_EXIT_FAILED;
  if (!cli->json)
    sat_cli_say (cli, _ ("Written: %s"), path);
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_file_save = {
  "file save",
  "OBJECT ID FIELD",
  3,
  3,
  options,
  FALSE,
  N_ ("write a file that is attached to a record to the disk"),
  N_ ("A file gets into a record with FIELD=@FILE, in a field of type attachment; it may have 16 "
      "MB "
      "and travels with “satchel sync” like any other value."),
  "satchel file save document document/Offer file --to offer.pdf\n"
  "satchel new document name=Offer customer=customer/Acme file=@offer.pdf",
  run,
};
