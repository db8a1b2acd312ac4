/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel template list, show, diff, apply, decline; list and show need no replica. */
#include <string.h>

#include "cli/sat-commands.h"
#include "cli/sat-grid.h"
#include "cli/sat-values.h"
#include "core/workspace/sat-workspace-shape.h"
#include "core/workspace/sat-workspace-template.h"

#define WIDTH_OF_TEXT 78
#define INDENT 4

/* ---- words ---- */

static const char *
text_in (const SatCli *cli, const SatTwoTexts *texts)
{
  return sat_two_texts_in (texts, cli->language);
}

static const char *
state_text (SatItemState state)
{
  switch (state)
    {
    case SAT_ITEM_APPLIED:
      return _ ("applied");
    case SAT_ITEM_CHANGED:
      return _ ("applied, changed since");
    case SAT_ITEM_GONE:
      return _ ("applied, retired or deleted since");
    case SAT_ITEM_DECLINED:
      return _ ("declined");
    case SAT_ITEM_NEW:
    case SAT_N_ITEM_STATES:
    default:
      return _ ("not applied");
    }
}

static const char *
label_of (const SatCli *cli, const SatTemplatePart *part)
{
  const char *const records[] = { "name", "subject" };
  gboolean zh = cli->language != NULL && g_str_has_prefix (cli->language, "zh");
  const SatTwoTexts *texts = sat_template_value (part, zh ? "label_zh_cn" : "label_en");

  if (texts == NULL)
    texts = sat_template_value (part, zh ? "label_en" : "label_zh_cn");
  for (guint i = 0; texts == NULL && i < G_N_ELEMENTS (records); i++)
    texts = sat_template_value (part, records[i]);
  return texts != NULL ? text_in (cli, texts) : NULL;
}

/* What it is of: "customer.level"; NULL: nothing. */
static char *
place_of (const SatTemplatePart *part)
{
  if (part->object == NULL)
    return NULL;
  return g_strjoin (".", part->object, part->field ? part->field : part->choice, part->choice,
                    NULL);
}

/* ---- JSON ---- */

static void
emit_needs (JsonBuilder *builder, const SatTemplateItem *item)
{
  json_builder_set_member_name (builder, "needs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < item->needs->len; i++)
    json_builder_add_string_value (builder, ((const SatTemplateItem *) item->needs->pdata[i])->key);
  json_builder_end_array (builder);
}

/* Opens the object of ITEM. */
static void
emit_item (const SatCli *cli, JsonBuilder *builder, const SatTemplateItem *item)
{
  json_builder_begin_object (builder);
  sat_json_text (builder, "key", item->key);
  sat_json_text (builder, "title", text_in (cli, &item->title));
  sat_json_text (builder, "about", text_in (cli, &item->about));
  emit_needs (builder, item);
}

static void
emit_parts (const SatCli *cli, JsonBuilder *builder, const SatTemplateItem *item)
{
  json_builder_set_member_name (builder, "parts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < item->parts->len; i++)
    {
      const SatTemplatePart *part = item->parts->pdata[i];
      g_autofree char *of = place_of (part);

      json_builder_begin_object (builder);
      sat_json_text (builder, "kind", sat_part_kind_name (part->kind));
      sat_json_text (builder, "id", part->id);
      sat_json_text (builder, "of", of);
      sat_json_text (builder, "label", label_of (cli, part));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static const char *
plan_name (SatItemPlan plan)
{
  static const char *const names[] = { "none", "apply", "needed", "lacks" };

  return names[plan];
}

/* PLANNED: with what is done. */
static void
emit_steps (const SatCli *cli, const SatTemplate *made, const GArray *steps, gboolean planned)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sat_json_text (builder, "template", made->name);
  json_builder_set_member_name (builder, "items");
  json_builder_begin_array (builder);
  for (guint i = 0; i < steps->len; i++)
    {
      const SatItemStep *step = &g_array_index (steps, SatItemStep, i);

      emit_item (cli, builder, step->item);
      sat_json_text (builder, "state", sat_item_state_name (step->state));
      if (planned)
        {
          sat_json_text (builder, "done", plan_name (step->plan));
          sat_json_text (builder, "lacks", step->lacks != NULL ? step->lacks->key : NULL);
        }
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

/* ---- list ---- */

static guint
count_state (const GArray *steps, SatItemState state)
{
  guint n = 0;

  for (guint i = 0; steps != NULL && i < steps->len; i++)
    n += g_array_index (steps, SatItemStep, i).state == state;
  return n;
}

/* The states of MADE here; NULL without error where there is no replica, or it has not joined. */
static GArray *
states_here (SatCli *cli, const SatTemplate *made)
{
  return cli->workspace != NULL ? sat_workspace_template_state (cli->workspace, made, NULL) : NULL;
}

static void
list_one (const SatCli *cli,
          const SatTemplate *made,
          const GArray *steps,
          JsonBuilder *builder,
          SatGrid *table)
{
  guint here = count_state (steps, SAT_ITEM_APPLIED) + count_state (steps, SAT_ITEM_CHANGED);
  g_autofree char *items = g_strdup_printf ("%u", made->items->len);
  g_autofree char *applied = g_strdup_printf ("%u", here);
  const char *const row[] = { made->name, text_in (cli, &made->title), items, applied };

  if (table != NULL)
    {
      sat_grid_add (table, row);
      return;
    }
  json_builder_begin_object (builder);
  sat_json_text (builder, "name", made->name);
  sat_json_text (builder, "title", text_in (cli, &made->title));
  sat_json_text (builder, "about", text_in (cli, &made->about));
  sat_json_int (builder, "items", made->items->len);
  sat_json_int (builder, "applied", here);
  sat_json_int (builder, "declined", count_state (steps, SAT_ITEM_DECLINED));
  json_builder_end_object (builder);
}

static gboolean
list_all (SatCli *cli, JsonBuilder *builder, SatGrid *table, GError **error)
{
  g_autoptr (GPtrArray) names = sat_template_names ();

  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (SatTemplate) made = sat_template_read (names->pdata[i], error);
      g_autoptr (GArray) steps = made != NULL ? states_here (cli, made) : NULL;

      if (made == NULL)
        return FALSE;
      list_one (cli, made, steps, builder, table);
    }
  return TRUE;
}

static int
run_list (SatCli *cli, const SatArgs *args, GError **error)
{
  const char *const headings[] = { _ ("Name"), _ ("Template"), _ ("Items"), _ ("Applied"), NULL };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (SatGrid) table = NULL;
  gboolean ok;

  (void) args;
  if (sat_workspace_exists (cli->home) && sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  if (!cli->json)
    {
      table = sat_grid_new (4, headings, sat_cli_width (), sat_cli_table_line, NULL);
      sat_grid_align_right (table, 2);
      sat_grid_align_right (table, 3);
      ok = list_all (cli, NULL, table, error);
      sat_grid_finish (table);
      return ok ? SAT_EXIT_DONE : SAT_EXIT_FAILED;
    }
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "templates");
  json_builder_begin_array (builder);
  ok = list_all (cli, builder, NULL, error);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (ok)
    sat_cli_emit (builder);
  return ok ? SAT_EXIT_DONE : SAT_EXIT_FAILED;
}

/* ---- show ---- */

static void
say_wrapped (const SatCli *cli, const char *text, guint indent)
{
  g_autofree char *wrapped = text != NULL ? sat_wrap (text, WIDTH_OF_TEXT, indent) : NULL;

  if (wrapped != NULL)
    sat_cli_say (cli, "%s", g_strchomp (wrapped));
}

static const char *
kind_text (SatPartKind kind)
{
  static const char *const texts[SAT_N_PARTS] = {
    [SAT_PART_OBJECT] = N_ ("new object"),      [SAT_PART_FIELD] = N_ ("new field"),
    [SAT_PART_CHOICE] = N_ ("new choice"),      [SAT_PART_CHANGE] = N_ ("changed"),
    [SAT_PART_GRANT] = N_ ("what may be done"), [SAT_PART_RECORD] = N_ ("new record"),
  };

  return _ (texts[kind]);
}

static void
print_item (const SatCli *cli, const SatTemplateItem *item)
{
  g_autoptr (GString) needs = g_string_new (NULL);

  sat_cli_say (cli, "\n%s: %s", item->key, text_in (cli, &item->title));
  say_wrapped (cli, text_in (cli, &item->about), INDENT);
  for (guint i = 0; i < item->parts->len; i++)
    {
      const SatTemplatePart *part = item->parts->pdata[i];
      g_autofree char *of = place_of (part);
      const char *label = label_of (cli, part);

      sat_cli_say (cli, "  - %s: %s%s%s", kind_text (part->kind), of ? of : "",
                   of != NULL && label != NULL ? ": " : "", label ? label : "");
    }
  for (guint i = 0; i < item->needs->len; i++)
    g_string_append_printf (needs, "%s%s", i > 0 ? ", " : "",
                            ((const SatTemplateItem *) item->needs->pdata[i])->key);
  if (needs->len > 0)
    sat_cli_say (cli, _ ("  needs: %s"), needs->str);
}

static void
emit_show (const SatCli *cli, const SatTemplate *made)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sat_json_text (builder, "template", made->name);
  sat_json_text (builder, "title", text_in (cli, &made->title));
  sat_json_text (builder, "about", text_in (cli, &made->about));
  json_builder_set_member_name (builder, "items");
  json_builder_begin_array (builder);
  for (guint i = 0; i < made->items->len; i++)
    {
      emit_item (cli, builder, made->items->pdata[i]);
      emit_parts (cli, builder, made->items->pdata[i]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static int
run_show (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autoptr (SatTemplate) made = sat_template_read (sat_args_word (args, 0), error);

  if (made == NULL)
    return SAT_EXIT_FAILED;
  if (cli->json)
    {
      emit_show (cli, made);
      return SAT_EXIT_DONE;
    }
  sat_cli_say (cli, "%s", text_in (cli, &made->title));
  say_wrapped (cli, text_in (cli, &made->about), 0);
  for (guint i = 0; i < made->items->len; i++)
    print_item (cli, made->items->pdata[i]);
  return SAT_EXIT_DONE;
}

/* ---- diff ---- */

static void
print_states (const SatCli *cli, const GArray *steps)
{
  const char *const headings[] = { _ ("Key"), _ ("Item"), _ ("State"), NULL };
  g_autoptr (SatGrid) table = sat_grid_new (3, headings, sat_cli_width (), sat_cli_table_line,
                                            NULL);

  for (guint i = 0; i < steps->len; i++)
    {
      const SatItemStep *step = &g_array_index (steps, SatItemStep, i);
      const char *const row[] = { step->item->key, text_in (cli, &step->item->title),
                                  state_text (step->state) };

      sat_grid_add (table, row);
    }
  sat_grid_finish (table);
}

static int
run_diff (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autoptr (SatTemplate) made = sat_template_read (sat_args_word (args, 0), error);
  g_autoptr (GArray) steps = NULL;

  if (made == NULL || sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  steps = sat_workspace_template_state (cli->workspace, made, error);
  if (steps == NULL)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit_steps (cli, made, steps, FALSE);
  else
    print_states (cli, steps);
  return SAT_EXIT_DONE;
}

/* ---- apply ---- */

static const SatOption apply_options[] = {
  { "only", "ITEM,...", N_ ("these items, and what they need; also such as were declined") },
  { "without", "ITEM,...", N_ ("all items but these") },
  { "dry-run", NULL, N_ ("only say what would be done") },
  { NULL },
};

static void
print_step (const SatCli *cli, const SatItemStep *step)
{
  const char *title = text_in (cli, &step->item->title);

  if (step->plan == SAT_ITEM_WRITE)
    sat_cli_say (cli, "%s: %s", step->item->key, title);
  else if (step->plan == SAT_ITEM_NEEDED)
    sat_cli_say (cli, _ ("%s: %s (others need it)"), step->item->key, title);
  else if (step->plan == SAT_ITEM_LACKS)
    sat_cli_say (cli, _ ("%s: left out, since it needs “%s”"), step->item->key, step->lacks->key);
  else if (step->state == SAT_ITEM_CHANGED || step->state == SAT_ITEM_GONE ||
           step->state == SAT_ITEM_DECLINED)
    sat_cli_say (cli, _ ("%s: left as it is (%s)"), step->item->key, state_text (step->state));
}

static void
print_done (const SatCli *cli, const GArray *steps, gboolean dry)
{
  guint n = 0;

  for (guint i = 0; i < steps->len; i++)
    {
      const SatItemStep *step = &g_array_index (steps, SatItemStep, i);

      print_step (cli, step);
      n += step->plan == SAT_ITEM_WRITE || step->plan == SAT_ITEM_NEEDED;
    }
  sat_cli_say (cli,
               dry ? ngettext ("%u item would be applied.", "%u items would be applied.", n)
                   : ngettext ("%u item is applied.", "%u items are applied.", n),
               n);
}

static char **
keys_of (const SatArgs *args, const char *option)
{
  g_auto (GStrv) keys = sat_args_has (args, option)
                            ? g_strsplit (sat_args_get (args, option), ",", -1)
                            : NULL;

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    g_strstrip (keys[i]);
  return g_steal_pointer (&keys);
}

static int
run_apply (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autoptr (SatTemplate) made = sat_template_read (sat_args_word (args, 0), error);
  g_auto (GStrv) only = keys_of (args, "only");
  g_auto (GStrv) without = keys_of (args, "without");
  const SatApplyOptions options = {
    .only = (const char *const *) only,
    .without = (const char *const *) without,
    .language = cli->language,
    .dry_run = sat_args_has (args, "dry-run"),
  };
  g_autoptr (GArray) steps = NULL;

  if (made == NULL || sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  steps = sat_workspace_apply_template (cli->workspace, made, &options, error);
  if (steps == NULL || (!options.dry_run && !sat_workspace_index_now (cli->workspace, error)))
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit_steps (cli, made, steps, TRUE);
  else
    print_done (cli, steps, options.dry_run);
  return SAT_EXIT_DONE;
}

/* ---- decline ---- */

static int
run_decline (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autoptr (SatTemplate) made = sat_template_read (sat_args_word (args, 0), error);
  guint n = sat_args_n_words (args) - 1;
  g_autofree const char **keys = g_new0 (const char *, n + 1);
  g_autoptr (GArray) steps = NULL;

  for (guint i = 0; i < n; i++)
    keys[i] = sat_args_word (args, i + 1);
  if (made == NULL || sat_cli_open (cli, error) == NULL ||
      !sat_workspace_decline_items (cli->workspace, made, keys, error))
    return SAT_EXIT_FAILED;
  steps = sat_workspace_template_state (cli->workspace, made, error);
  if (steps == NULL)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit_steps (cli, made, steps, FALSE);
  else
    sat_cli_say (cli, ngettext ("%u item is declined.", "%u items are declined.", n), n);
  return SAT_EXIT_DONE;
}

/* ---- the commands ---- */

const SatCommand sat_cmd_template_list = {
  "template list",
  "",
  0,
  0,
  NULL,
  FALSE,
  N_ ("list the templates for trades that come with Satchel"),
  NULL,
  "satchel template list",
  run_list,
};

const SatCommand sat_cmd_template_show = {
  "template show",
  "TEMPLATE",
  1,
  1,
  NULL,
  FALSE,
  N_ ("show the items of a template and what each adds"),
  N_ ("TEMPLATE is the name of one that comes with Satchel, or a file that ends in .xml."),
  "satchel template show education",
  run_show,
};

const SatCommand sat_cmd_template_diff = {
  "template diff",
  "TEMPLATE",
  1,
  1,
  NULL,
  FALSE,
  N_ ("say which items of a template are here, were changed since, or were declined"),
  NULL,
  "satchel template diff education",
  run_diff,
};

const SatCommand sat_cmd_template_apply = {
  "template apply",
  "TEMPLATE",
  1,
  1,
  apply_options,
  FALSE,
  N_ ("take over items of a template (administrators)"),
  N_ ("All items that are new, or those that --only names. What is here already is never written "
      "over, and what was declined stays away until --only names it. Each item becomes ordinary "
      "objects, fields, rules, views and so on, which can be changed and retired; all of it is one "
      "step for “satchel undo”. Texts that have one language only, such as the names of rules, are "
      "in that of whoever applies the template.\n\n"
      "An item that says what a role may do brings rights into force."),
  "satchel template apply b2b --dry-run\n"
  "satchel template apply education --without pipeline\n"
  "satchel template apply education --only grade,grade-rule",
  run_apply,
};

const SatCommand sat_cmd_template_decline = {
  "template decline",
  "TEMPLATE ITEM...",
  2,
  G_MAXUINT,
  NULL,
  FALSE,
  N_ ("remember for the whole company that it does not want items of a template (administrators)"),
  NULL,
  "satchel template decline retail coupons",
  run_decline,
};
