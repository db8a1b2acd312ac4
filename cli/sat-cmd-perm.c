/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel perm list, show, set, reset */
#include <string.h>

#include "cli/sat-commands.h"
#include "cli/sat-grid.h"
#include "cli/sat-values.h"
#include "core/workspace/sat-workspace-access.h"

static const SatOption list_options[] = {
  { "role", "ROLE", N_ ("only what this role may") },
  { NULL },
};

/* ---- what somebody may
 * ---------------------------------------------------------------------------
 */

static gboolean
is_listed (const SatObject *object)
{
  return !object->retired && strcmp (object->name, "customer_mark") != 0;
}

static void
emit_rights (JsonBuilder *builder, const SatAccess *access, const SatObject *object)
{
  json_builder_begin_object (builder);
  sat_json_text (builder, "object", object->name);
  for (guint i = 0; i < SAT_N_RIGHTS; i++)
    sat_json_text (builder, sat_right_name (i),
                   sat_reach_name (sat_access_reach (access, object, i)));
  json_builder_set_member_name (builder, "granted");
  json_builder_begin_array (builder);
  for (guint i = 0; i < SAT_N_RIGHTS; i++)
    if (sat_access_is_granted (access, object, i))
      json_builder_add_string_value (builder, sat_right_name (i));
  json_builder_end_array (builder);
  if (sat_access_others (access, object) >= 0)
    sat_json_text (builder, "access",
                   sat_field_access_name ((SatFieldAccess) sat_access_others (access, object)));
  json_builder_end_object (builder);
}

/* Is there something to say of FIELD? */
static gboolean
is_special (const SatAccess *access, const SatField *field)
{
  return !field->retired && (sat_access_field (access, field) != SAT_FIELD_EDIT ||
                             !sat_access_exports (access, field));
}

static void
emit_fields (JsonBuilder *builder, const SatAccess *access, const SatObject *object)
{
  for (guint i = 0; i < object->n_fields; i++)
    {
      const SatField *field = object->fields[i];

      if (!is_special (access, field))
        continue;
      json_builder_begin_object (builder);
      sat_json_text (builder, "object", object->name);
      sat_json_text (builder, "field", field->name);
      sat_json_text (builder, "access", sat_field_access_name (sat_access_field (access, field)));
      sat_json_bool (builder, "export", sat_access_exports (access, field));
      sat_json_bool (builder, "granted", sat_access_field_is_granted (access, field));
      json_builder_end_object (builder);
    }
}

/* Members "role", "objects" and "fields" of an open object. */
static void
emit_access (JsonBuilder *builder, const SatCatalogue *catalogue, const SatAccess *access)
{
  sat_json_text (builder, "role", sat_access_role (access));
  json_builder_set_member_name (builder, "objects");
  json_builder_begin_array (builder);
  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    if (is_listed (sat_catalogue_object (catalogue, i)))
      emit_rights (builder, access, sat_catalogue_object (catalogue, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    emit_fields (builder, access, sat_catalogue_object (catalogue, i));
  json_builder_end_array (builder);
}

static const char *
reach_text (SatReach reach)
{
  static const char *const texts[] = { N_ ("nothing"), N_ ("own"), N_ ("team"), N_ ("all") };

  return _ (texts[reach]);
}

static const char *
access_text (SatFieldAccess access)
{
  static const char *const texts[] = { N_ ("hidden"), N_ ("masked"), N_ ("read only"),
                                       N_ ("can be changed") };

  return _ (texts[access]);
}

static void
add_object (SatCli *cli, SatGrid *table, const SatAccess *access, const SatObject *object)
{
  const char *row[SAT_N_RIGHTS + 1] = { sat_object_label (cli, object) };
  char *cells[SAT_N_RIGHTS];

  for (guint i = 0; i < SAT_N_RIGHTS; i++)
    row[i + 1] = cells[i] = g_strconcat (reach_text (sat_access_reach (access, object, i)),
                                         sat_access_is_granted (access, object, i) ? " *" : "",
                                         NULL);
  sat_grid_add (table, row);
  for (guint i = 0; i < SAT_N_RIGHTS; i++)
    g_free (cells[i]);
}

/* Is FIELD as it is because of what was said of all that is not shared? */
static gboolean
is_other (const SatAccess *access, const SatField *field)
{
  return sat_access_others (access, field->object) >= 0 && !sat_access_is_shared (field);
}

static void
print_fields (SatCli *cli, const SatAccess *access, const SatCatalogue *catalogue)
{
  const char *const headings[] = { _ ("Object"), _ ("Field"), _ ("Access"), _ ("Export"), NULL };
  g_autoptr (SatGrid) table = NULL;

  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    for (guint k = 0; k < sat_catalogue_object (catalogue, i)->n_fields; k++)
      {
        const SatField *field = sat_catalogue_object (catalogue, i)->fields[k];
        gboolean exports = sat_access_exports (access, field);

        if (!is_special (access, field))
          continue;
        if (table == NULL)
          {
            sat_cli_line ("");
            table = sat_grid_new (4, headings, sat_cli_width (), sat_cli_table_line, NULL);
          }
        g_autofree char *level = g_strconcat (
            access_text (sat_access_field (access, field)),
            sat_access_field_is_granted (access, field) || is_other (access, field) ? " *" : "",
            NULL);
        const char *const row[] = { sat_object_label (cli, field->object),
                                    sat_field_label (cli, field), level,
                                    exports ? _ ("yes") : _ ("no") };
        sat_grid_add (table, row);
      }
  if (table != NULL)
    sat_grid_finish (table);
}

static void
print_access (SatCli *cli, const SatCatalogue *catalogue, const SatAccess *access)
{
  const char *const headings[] = { _ ("Object"), _ ("Create"), _ ("Read"), _ ("Change"),
                                   _ ("Delete"), _ ("Export"), NULL };
  g_autoptr (SatGrid) table = sat_grid_new (6, headings, sat_cli_width (), sat_cli_table_line,
                                            NULL);

  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    if (is_listed (sat_catalogue_object (catalogue, i)))
      add_object (cli, table, access, sat_catalogue_object (catalogue, i));
  sat_grid_finish (table);
  print_fields (cli, access, catalogue);
}

static int
run_list (SatCli *cli, const SatArgs *args, GError **error)
{
  const char *only = sat_args_get (args, "role");
  const SatCatalogue *catalogue;
  const SatChoice *roles;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (SatAccess) asked = NULL;
  guint n;

  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  if (only != NULL)
    {
      asked = sat_workspace_access_of (cli->workspace, NULL, only, error);
      if (asked == NULL)
        return SAT_EXIT_FAILED;
    }
  catalogue = sat_workspace_catalogue (cli->workspace);
  roles = sat_workspace_roles (cli->workspace, &n);
  json_builder_begin_object (builder);
  sat_json_bool (builder, "in_force", sat_workspace_rights_hold (cli->workspace));
  json_builder_set_member_name (builder, "roles");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SatAccess) access = NULL;

      if (only != NULL && strcmp (only, roles[i].name) != 0)
        continue;
      access = sat_workspace_access_of (cli->workspace, NULL, roles[i].name, error);
      if (access == NULL)
        return SAT_EXIT_FAILED;
      if (cli->json)
        {
          json_builder_begin_object (builder);
          emit_access (builder, catalogue, access);
          json_builder_end_object (builder);
          continue;
        }
      g_autofree char *title = g_strdup_printf (
          "%s (%s)", sat_label (roles[i].label, cli->language), roles[i].name);
      sat_cli_line (title);
      print_access (cli, catalogue, access);
      sat_cli_line ("");
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (cli->json)
    sat_cli_emit (builder);
  sat_cli_say (cli, "%s", _ ("* is what the company has said; all else is built in."));
  if (!sat_workspace_rights_hold (cli->workspace))
    sat_cli_say (cli, "%s",
                 _ ("Rights are not in force yet: this workspace is open, and no "
                    "administrator uses a device."));
  return SAT_EXIT_DONE;
}

/* ---- one person
 * ----------------------------------------------------------------------------------
 */

static void
print_people (SatCli *cli, const SatAccess *access)
{
  const GArray *people = sat_access_people (access, SAT_REACH_TEAM);
  const SatObject *user = sat_workspace_object (cli->workspace, "user", NULL);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; user != NULL && i < people->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            sat_cli_title (cli, user, &g_array_index (people, SatId, i)));
  sat_cli_say (cli, _ ("“team” means: %s"), names->str);
}

static int
run_show (SatCli *cli, const SatArgs *args, GError **error)
{
  const char *login = sat_args_word (args, 0);
  const SatCatalogue *catalogue;
  g_autoptr (SatAccess) access = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  access = sat_workspace_access_of (cli->workspace, login, NULL, error);
  if (access == NULL)
    return SAT_EXIT_FAILED;
  catalogue = sat_workspace_catalogue (cli->workspace);
  if (cli->json)
    {
      json_builder_begin_object (builder);
      sat_json_text (builder, "user", login);
      sat_json_bool (builder, "in_force", sat_workspace_rights_hold (cli->workspace));
      emit_access (builder, catalogue, access);
      json_builder_end_object (builder);
      sat_cli_emit (builder);
      return SAT_EXIT_DONE;
    }
  sat_cli_say (cli, _ ("%s has the role %s."), login, sat_access_role (access));
  print_access (cli, catalogue, access);
  sat_cli_line ("");
  print_people (cli, access);
  sat_cli_say (cli, "%s", _ ("* is what the company has said; all else is built in."));
  if (!sat_workspace_rights_hold (cli->workspace))
    sat_cli_say (cli, "%s",
                 _ ("Rights are not in force yet: this workspace is open, and no "
                    "administrator uses a device."));
  return SAT_EXIT_DONE;
}

/* ---- saying it
 * -----------------------------------------------------------------------------------
 */

/* OBJECT or OBJECT.FIELD, each by name or label. */
static gboolean
find_meant (
    SatCli *cli, const char *word, const SatObject **object, const SatField **field, GError **error)
{
  const char *point = strchr (word, '.');
  g_autofree char *name = point ? g_strndup (word, (gsize) (point - word)) : g_strdup (word);

  *field = NULL;
  *object = sat_workspace_object (cli->workspace, name, error);
  if (*object != NULL && point != NULL)
    *field = sat_workspace_field (cli->workspace, *object, point + 1, error);
  return *object != NULL && (point == NULL || *field != NULL);
}

static gboolean
read_right (const char *word, SatGrant *grant, GError **error)
{
  const char *equals = strchr (word, '=');
  g_autofree char *name = equals ? g_strndup (word, (gsize) (equals - word)) : g_strdup (word);
  const char *value = equals ? equals + 1 : "";
  int right = sat_right_from_name (name);
  int reach = sat_reach_from_name (value);

  if (strcmp (name, "access") == 0)
    {
      grant->access = sat_field_access_from_name (value);
      return grant->access >= 0 ||
             sat_fail (error, SAT_ERROR_INVALID,
                       N_ ("access: “%s” is not one of hidden, masked, read, edit"), value, NULL);
    }
  if (grant->field != NULL && right == SAT_RIGHT_EXPORT &&
      (strcmp (value, "yes") == 0 || strcmp (value, "no") == 0))
    {
      grant->rights[right] = strcmp (value, "yes") == 0 ? SAT_REACH_ALL : SAT_REACH_NONE;
      return TRUE;
    }
  if (grant->field != NULL)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("“%s”: of a field access=hidden, masked, read or edit can be said, and "
                         "export=yes or no"),
                     word, NULL);
  if (right < 0)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("“%s” is no right; there are create, read, edit, delete and export"), name,
                     NULL);
  if (reach < 0)
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("%s: “%s” is not one of none, own, team, all"),
                     name, value, NULL);
  grant->rights[right] = reach;
  return TRUE;
}

static int
run_set (SatCli *cli, const SatArgs *args, GError **error)
{
  const char *role = sat_args_word (args, 0);
  SatGrant grant = { .access = -1 };
  const SatObject *object;
  const SatField *field;

  if (sat_cli_open (cli, error) == NULL ||
      !find_meant (cli, sat_args_word (args, 1), &object, &field, error))
    return SAT_EXIT_FAILED;
  grant.object = object->name;
  grant.field = field ? field->name : NULL;
  for (guint i = 0; i < SAT_N_RIGHTS; i++)
    grant.rights[i] = -1;
  for (guint i = 2; i < sat_args_n_words (args); i++)
    if (!read_right (sat_args_word (args, i), &grant, error))
      return SAT_EXIT_FAILED;
  if (!sat_workspace_grant (cli->workspace, role, &grant, error))
    return SAT_EXIT_FAILED;
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      sat_json_text (builder, "role", role);
      sat_json_text (builder, "object", grant.object);
      sat_json_text (builder, "field", grant.field);
      json_builder_end_object (builder);
      sat_cli_emit (builder);
    }
  sat_cli_say (cli, "%s", _ ("It holds here now, and on each laptop with its next exchange."));
  return SAT_EXIT_DONE;
}

static int
run_reset (SatCli *cli, const SatArgs *args, GError **error)
{
  const SatObject *object;
  const SatField *field;

  if (sat_cli_open (cli, error) == NULL ||
      !find_meant (cli, sat_args_word (args, 1), &object, &field, error) ||
      !sat_workspace_ungrant (cli->workspace, sat_args_word (args, 0), object, field, error))
    return SAT_EXIT_FAILED;
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      sat_json_text (builder, "role", sat_args_word (args, 0));
      sat_json_text (builder, "object", object->name);
      sat_json_text (builder, "field", field ? field->name : NULL);
      json_builder_end_object (builder);
      sat_cli_emit (builder);
    }
  sat_cli_say (cli, "%s", _ ("It holds here now, and on each laptop with its next exchange."));
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_perm_list = {
  .name = "perm list",
  .words = "",
  .options = list_options,
  .summary = N_ ("what each role may"),
  .help = N_ ("For each role and object: whose records may be made, read, changed, deleted and "
              "exported (nobody's, one's own, the team's, all), and which fields are hidden, "
              "masked, only to be read, or left out of exports."),
  .examples = "satchel perm list --role sales\n",
  .run = run_list,
};

const SatCommand sat_cmd_perm_show = {
  .name = "perm show",
  .words = "LOGIN",
  .least_words = 1,
  .most_words = 1,
  .summary = N_ ("what a user may, and why"),
  .help = N_ ("The rights of the user's role, what of them the company has said and what is built "
              "in, and whom “team” means for this user. What a laptop holds at all its books say: "
              "“satchel devices”."),
  .examples = "satchel perm show wang\n",
  .run = run_show,
};

const SatCommand sat_cmd_perm_set = {
  .name = "perm set",
  .words = "ROLE OBJECT[.FIELD] RIGHT=VALUE ...",
  .least_words = 3,
  .most_words = G_MAXUINT,
  .summary = N_ ("say what a role may, as an administrator"),
  .help = N_ ("RIGHT is create, read, edit, delete or export, and VALUE none, own, team or all. Of "
              "a field: access=hidden, masked, read or edit, and export=yes or no. access= of an "
              "object is for all of its fields but those that all departments share (17 of a "
              "customer) and those of which something else is said. It travels like any change."),
  .examples = "satchel perm set sales customer read=team edit=own export=none\n"
              "satchel perm set service customer.credit_limit access=hidden\n"
              "satchel perm set marketing customer access=hidden\n",
  .run = run_set,
};

const SatCommand sat_cmd_perm_reset = {
  .name = "perm reset",
  .words = "ROLE OBJECT[.FIELD]",
  .least_words = 2,
  .most_words = 2,
  .summary = N_ ("let what is built in hold again for a role"),
  .examples = "satchel perm reset sales customer\n",
  .run = run_reset,
};
