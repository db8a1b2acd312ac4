/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel catalogue add-object, add-field, add-choice, change, retire */
#include <string.h>

#include "cli/sat-commands.h"
#include "cli/sat-values.h"
#include "core/catalogue/sat-derived.h"
#include "core/workspace/sat-workspace-shape.h"
#include "core/workspace/sat-workspace-shown.h"

/* Options and the fields of definitions that they fill as they are. */
static const struct
{
  const char *option;
  const char *field;
} texts[] = {
  { "label", "label_en" },
  { "zh", "label_zh_cn" },
  { "plural", "plural_en" },
  { "zh-plural", "plural_zh_cn" },
  { "hint", "help_en" },
  { "zh-hint", "help_zh_cn" },
  { "icon", "icon" },
  { "policy", "policy" },
  { "group", "group" },
  { "place", "place" },
  { "list", "list" },
  { "search", "search" },
  { "importance", "importance" },
  { "currency", "currency" },
  { "rollup", "rollup" },
};

/* Switches, and what they say. */
static const struct
{
  const char *option;
  const char *field;
  const char *value;
} switches[] = {
  { "required", "required", "yes" },   { "optional", "required", NULL },
  { "ordered", "ordered", "yes" },     { "personal", "personal", "yes" },
  { "sensitive", "sensitive", "yes" }, { "belongs", "owning", "yes" },
  { "everybody", "book", "company" },  { "unretire", "retired", NULL },
};

#define LABEL_OPTIONS \
  { \
    "zh", "LABEL", N_ ("what it is called in Chinese") \
  }
#define FIELD_OPTIONS \
  { "hint", "TEXT", N_ ("what people are told about it") }, \
      { "zh-hint", "TEXT", N_ ("the same in Chinese") }, \
      { "policy", "POLICY", \
        N_ ("what becomes of two values written at once: newest, review, max, min, text") }, \
      { "default", "VALUE", N_ ("what new records have") }, \
      { "required", NULL, N_ ("no record is without it") }, \
      { "search", "WEIGHT", N_ ("search looks at it: 1 to 100; 0: not") }, \
      { "importance", "N", N_ ("how much it counts when records are looked over: 0 to 100") }, \
      { "group", "GROUP", \
        N_ ("the group of the form, by its label; a new one if there is none") }, \
      { "place", "N", N_ ("where it stands among the others: 0 to 9999") }, \
      { "list", "N", \
        N_ ("lists show it; built-in columns stand at 10, 20, 30 and so on; 0: not") }, \
      { "currency", "CODE", N_ ("for amounts typed without one, such as EUR") }, \
      { "formula", "EXPRESSION", \
        N_ ("it is not written but computed, by this expression over the record") }, \
      { "rollup", "KIND", \
        N_ ("it is computed over records that refer to this one: count, sum, min, max or avg") }, \
      { "over", "OBJECT.FIELD", N_ ("for a roll-up: the field that refers to this record") }, \
      { "of", "FIELD", N_ ("for a roll-up: the field of those records; none for a count") }, \
  { \
    "where", "CONDITION", N_ ("for a roll-up: only over records for which this is true") \
  }

/* ---- what was written on the command line ---- */

static void
say (GArray *sayings, const char *field, const char *value)
{
  SatSaying saying = { field, value != NULL && *value != '\0' ? value : NULL };

  g_array_append_val (sayings, saying);
}

static gboolean
check_numbers (const SatArgs *args, GError **error)
{
  gint64 number;

  return sat_args_number (args, "place", 0, 9999, &number, error) &&
         sat_args_number (args, "list", 0, 9999, &number, error) &&
         sat_args_number (args, "search", 0, 100, &number, error) &&
         sat_args_number (args, "importance", 0, 100, &number, error);
}

static GArray *
sayings_of (const SatArgs *args)
{
  GArray *sayings = g_array_new (TRUE, TRUE, sizeof (SatSaying));

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (sat_args_has (args, texts[i].option))
      say (sayings, texts[i].field, sat_args_get (args, texts[i].option));
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    if (sat_args_has (args, switches[i].option))
      say (sayings, switches[i].field, switches[i].value);
  return sayings;
}

/* ---- formulas and roll-ups ---- */

/* The expression of option NAME over a record of OBJECT, with fields called as change-sets do, so
 * that it means the same where labels are others. FALSE: it is wrong. */
static gboolean
say_expression (const SatArgs *args,
                const char *name,
                const SatObject *object,
                SatExpressionUse use,
                GArray *sayings,
                GPtrArray *texts_kept,
                GError **error)
{
  const char *text = sat_args_get (args, name);
  g_autoptr (SatExpression) expression = NULL;

  if (text == NULL)
    return TRUE;
  if (*text == '\0' || object == NULL)
    {
      say (sayings, name, text);
      return TRUE;
    }
  expression = sat_expression_parse (object, text, use, NULL, error);
  if (expression == NULL)
    return FALSE;
  g_ptr_array_add (texts_kept, sat_expression_format (expression));
  say (sayings, name, g_ptr_array_index (texts_kept, texts_kept->len - 1));
  return TRUE;
}

/* "OBJECT.FIELD", by names or labels; *OUT: the object. */
static gboolean
say_over (SatCli *cli,
          const SatArgs *args,
          GArray *sayings,
          GPtrArray *texts_kept,
          const SatObject **out,
          GError **error)
{
  g_auto (GStrv) words = g_strsplit (sat_args_get (args, "over"), ".", 2);
  const SatField *field = NULL;

  *out = words[0] ? sat_workspace_object (cli->workspace, words[0], error) : NULL;
  if (*out != NULL)
    field = sat_workspace_field (cli->workspace, *out, words[1] ? words[1] : "", error);
  if (field == NULL)
    return FALSE;
  g_ptr_array_add (texts_kept, g_strconcat ((*out)->name, ".", field->name, NULL));
  say (sayings, "over", g_ptr_array_index (texts_kept, texts_kept->len - 1));
  return TRUE;
}

/* What is said of a derived field of OBJECT; WAS: as it is now, or NULL. */
static gboolean
say_derived (SatCli *cli,
             const SatArgs *args,
             const SatObject *object,
             const SatField *was,
             GArray *sayings,
             GPtrArray *texts_kept,
             GError **error)
{
  const SatField *reference = was && was->derived ? was->derived->reference : NULL;
  const SatObject *over = reference ? reference->object : NULL;
  const char *of = sat_args_get (args, "of");

  if (!say_expression (args, "formula", object, SAT_EXPRESSION_VALUE, sayings, texts_kept, error))
    return FALSE;
  if (sat_args_has (args, "over") && !say_over (cli, args, sayings, texts_kept, &over, error))
    return FALSE;
  if (!say_expression (args, "where", over, SAT_EXPRESSION_FILTER, sayings, texts_kept, error))
    return FALSE;
  if (of != NULL && *of != '\0' && over != NULL)
    {
      const SatField *field = sat_workspace_field_shown (cli->workspace, over, of, error);

      if (field == NULL)
        return FALSE;
      of = field->name;
    }
  if (of != NULL)
    say (sayings, "of", of);
  return TRUE;
}

/* Ends the transaction; NAMES: what was made, on the wire, the thing itself first. */
static int
finish (SatCli *cli, gboolean ok, const GPtrArray *names, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!ok)
    sat_workspace_rollback (cli->workspace);
  if (!ok || !sat_workspace_commit (cli->workspace, error) ||
      !sat_workspace_index_now (cli->workspace, error))
    return SAT_EXIT_FAILED;
  if (!cli->json)
    {
      sat_cli_line (g_ptr_array_index (names, 0));
      return SAT_EXIT_DONE;
    }
  json_builder_begin_object (builder);
  sat_json_text (builder, "name", g_ptr_array_index (names, 0));
  json_builder_set_member_name (builder, "choices");
  json_builder_begin_array (builder);
  for (guint i = 1; i < names->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (names, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
  return SAT_EXIT_DONE;
}

/* ---- add-object ---- */

static const SatOption object_options[] = {
  LABEL_OPTIONS,
  { "plural", "LABEL", N_ ("what several of them are called") },
  { "zh-plural", "LABEL", N_ ("the same in Chinese, if it differs") },
  { "icon", "NAME", N_ ("the name of a symbolic icon") },
  { "everybody", NULL, N_ ("every laptop has all of them: they are in book company") },
  { NULL },
};

static int
run_add_object (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autoptr (GArray) sayings = sayings_of (args);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  SatShaped of = { NULL, NULL, NULL };
  char *name = NULL;
  gboolean ok;

  if (sat_cli_open (cli, error) == NULL || !sat_workspace_begin (cli->workspace, error))
    return SAT_EXIT_FAILED;
  say (sayings, "label_en", sat_args_word (args, 0));
  ok = sat_workspace_define (cli->workspace, &of, (SatSaying *) (void *) sayings->data, &name,
                             error);
  g_ptr_array_add (names, name);
  return finish (cli, ok, names, error);
}

/* ---- add-field ---- */

static const SatOption field_options[] = {
  LABEL_OPTIONS,
  { "type", "TYPE",
    N_ ("text, long-text, integer, decimal, percent, money, date, time, yes-no, choice, tags, "
        "reference, phone, email, web, address, place, picture, attachment, formula "
        "or rollup; default: text") },
  { "choice", "LABEL[=LABEL]", N_ ("one of the choices, and its Chinese label; repeat it") },
  { "reference", "OBJECT", N_ ("what it refers to; * for anything") },
  { "belongs", NULL, N_ ("the record goes where the one goes that it refers to") },
  { "ordered", NULL, N_ ("later choices are more than earlier ones") },
  { "personal", NULL, N_ ("it says something about a person") },
  { "sensitive", NULL, N_ ("who opens a record that shows it is written down") },
  FIELD_OPTIONS,
  { NULL },
};

/* "LABEL=LABEL": English, Chinese. */
static gboolean
add_choice (SatCli *cli,
            const SatShaped *of,
            const char *text,
            guint place,
            GPtrArray *names,
            GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "=", 2);
  g_autofree char *number = g_strdup_printf ("%u", place);
  SatSaying sayings[] = {
    { "label_en", parts[0] && *parts[0] ? parts[0] : NULL },
    { "label_zh_cn", parts[0] ? parts[1] : NULL },
    { "place", number },
    { NULL, NULL },
  };
  char *name;

  if (!sat_workspace_define (cli->workspace, of, sayings, &name, error))
    return FALSE;
  g_ptr_array_add (names, name);
  return TRUE;
}

/* The default as it is written in change-sets; of a choice the name of the one with that label. */
static gboolean
set_default (SatCli *cli,
             const SatArgs *args,
             const SatShaped *what,
             const SatType *type,
             const GPtrArray *names,
             GError **error)
{
  const char *input = sat_args_get (args, "default");
  const char *const *choices = sat_args_all (args, "choice");
  SatTypeOptions options = { .open = TRUE, .currency = sat_args_get (args, "currency") };
  g_autofree char *value = NULL;
  SatSaying sayings[] = { { "default", NULL }, { NULL, NULL } };

  for (guint i = 0; choices != NULL && choices[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (choices[i], "=", 2);
      if (value == NULL && g_strv_contains ((const char *const *) parts, input))
        value = g_strdup (g_ptr_array_index (names, i + 1));
    }
  if (value == NULL && !type->parse (&options, input, &value, error))
    return FALSE;
  sayings[0].value = value;
  return sat_workspace_redefine (cli->workspace, what, sayings, error);
}

static gboolean
check_type (const char *type, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  if (sat_type_by_name (type) != NULL || strcmp (type, SAT_TYPE_NAME_FORMULA) == 0 ||
      strcmp (type, SAT_TYPE_NAME_ROLLUP) == 0)
    return TRUE;
  for (guint i = 0; i < SAT_N_TYPES; i++)
    g_string_append_printf (names, "%s, ", sat_type_get ((SatTypeId) i)->name);
  g_string_append (names, SAT_TYPE_NAME_FORMULA ", " SAT_TYPE_NAME_ROLLUP);
  return sat_fail (error, SAT_ERROR_INVALID, N_ ("there is no type “%s”; there are: %s"), type,
                   names->str, NULL);
}

static gboolean
add_field (
    SatCli *cli, const SatArgs *args, const SatObject *object, GPtrArray *names, GError **error)
{
  g_autoptr (GArray) sayings = sayings_of (args);
  const char *const *choices = sat_args_all (args, "choice");
  const char *type = sat_args_has (args, "type")      ? sat_args_get (args, "type")
                     : sat_args_has (args, "formula") ? SAT_TYPE_NAME_FORMULA
                     : sat_args_has (args, "rollup")  ? SAT_TYPE_NAME_ROLLUP
                                                      : "text";
  g_autoptr (GPtrArray) texts_kept = g_ptr_array_new_with_free_func (g_free);
  const char *target = sat_args_get (args, "reference");
  const SatObject *referred = NULL;
  SatShaped of = { object->name, NULL, NULL };
  char *name;

  if (!check_type (type, error))
    return FALSE;
  if (target != NULL && strcmp (target, "*") != 0)
    {
      referred = sat_workspace_object (cli->workspace, target, error);
      if (referred == NULL)
        return FALSE;
      target = referred->name;
    }
  say (sayings, "label_en", sat_args_word (args, 1));
  say (sayings, "type", type);
  say (sayings, "reference", target);
  if (!say_derived (cli, args, object, NULL, sayings, texts_kept, error))
    return FALSE;
  if (!sat_workspace_define (cli->workspace, &of, (SatSaying *) (void *) sayings->data, &name,
                             error))
    return FALSE;
  g_ptr_array_add (names, name);
  of.field = name;
  for (guint i = 0; choices != NULL && choices[i] != NULL; i++)
    if (!add_choice (cli, &of, choices[i], 10 * (i + 1), names, error))
      return FALSE;
  return !sat_args_has (args, "default") || sat_type_by_name (type) == NULL ||
         set_default (cli, args, &of, sat_type_by_name (type), names, error);
}

static int
run_add_field (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const SatObject *object;

  if (!check_numbers (args, error))
    return SAT_EXIT_USAGE;
  object = sat_cli_object (cli, args, 0, error);
  if (object == NULL || !sat_workspace_begin (cli->workspace, error))
    return SAT_EXIT_FAILED;
  return finish (cli, add_field (cli, args, object, names, error), names, error);
}

/* ---- add-choice ---- */

static const SatOption choice_options[] = {
  LABEL_OPTIONS,
  { "place", "N",
    N_ ("where it stands among the others, which stand at 10, 20, 30 and so on; default: last") },
  { NULL },
};

static int
run_add_choice (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autoptr (GArray) sayings = sayings_of (args);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const SatObject *object;
  const SatField *field;
  char *name = NULL;
  gboolean ok;

  if (!check_numbers (args, error))
    return SAT_EXIT_USAGE;
  object = sat_cli_object (cli, args, 0, error);
  field = object ? sat_workspace_field (cli->workspace, object, sat_args_word (args, 1), error)
                 : NULL;
  if (field == NULL || !sat_workspace_begin (cli->workspace, error))
    return SAT_EXIT_FAILED;
  SatShaped of = { object->name, field->name, NULL };
  say (sayings, "label_en", sat_args_word (args, 2));
  ok = sat_workspace_define (cli->workspace, &of, (SatSaying *) (void *) sayings->data, &name,
                             error);
  g_ptr_array_add (names, name);
  return finish (cli, ok, names, error);
}

/* ---- change, retire ---- */

static const SatOption change_options[] = {
  { "label", "LABEL", N_ ("what it is called in English") },
  LABEL_OPTIONS,
  { "plural", "LABEL", N_ ("what several of them are called") },
  { "zh-plural", "LABEL", N_ ("the same in Chinese, if it differs") },
  { "icon", "NAME", N_ ("the name of a symbolic icon") },
  FIELD_OPTIONS,
  { "optional", NULL, N_ ("records may be without it") },
  { "unretire", NULL, N_ ("it is used again") },
  { NULL },
};

/* By name, or by its label in any language. */
static const char *
choice_name (const SatField *field, const char *word, GError **error)
{
  g_autofree char *value = NULL;

  if (!field->type->parse (&field->options, word, &value, error))
    return NULL;
  for (guint i = 0; value != NULL && i < field->n_choices; i++)
    if (strcmp (field->choices[i].name, value) == 0)
      return field->choices[i].name;
  sat_fail (error, SAT_ERROR_INVALID, N_ ("%s has no choice “%s”"), sat_field_word (field), word,
            NULL);
  return NULL;
}

/* What the words OBJECT [FIELD [CHOICE]] name; *FIELD: the field or NULL. */
static gboolean
find_what (
    SatCli *cli, const SatArgs *args, SatShaped *what, const SatField **field, GError **error)
{
  const SatObject *object = sat_cli_object (cli, args, 0, error);

  *what = (SatShaped){ NULL, NULL, NULL };
  *field = NULL;
  if (object == NULL)
    return FALSE;
  what->object = object->name;
  if (sat_args_n_words (args) < 2)
    return TRUE;
  if (sat_args_has (args, "unretire"))
    *field = sat_object_find_retired (object, sat_args_word (args, 1));
  if (*field == NULL)
    *field = sat_workspace_field_shown (cli->workspace, object, sat_args_word (args, 1), error);
  if (*field == NULL)
    return FALSE;
  what->field = (*field)->name;
  if (sat_args_n_words (args) < 3)
    return TRUE;
  what->choice = choice_name (*field, sat_args_word (args, 2), error);
  return what->choice != NULL;
}

static int
redefine (SatCli *cli, const SatShaped *what, const GArray *sayings, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  if (!sat_workspace_begin (cli->workspace, error))
    return SAT_EXIT_FAILED;
  g_ptr_array_add (
      names, (gpointer) (what->choice ? what->choice : (what->field ? what->field : what->object)));
  return finish (cli,
                 sat_workspace_redefine (cli->workspace, what,
                                         (const SatSaying *) (const void *) sayings->data, error),
                 names, error);
}

static int
run_change (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autoptr (GArray) sayings = sayings_of (args);
  const char *input = sat_args_get (args, "default");
  g_autoptr (GPtrArray) texts_kept = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *value = NULL;
  const SatField *field;
  SatShaped what;

  if (!check_numbers (args, error))
    return SAT_EXIT_USAGE;
  if (!find_what (cli, args, &what, &field, error))
    return SAT_EXIT_FAILED;
  if (input != NULL && field != NULL)
    {
      if (!field->type->parse (&field->options, input, &value, error))
        return SAT_EXIT_FAILED;
      say (sayings, "default", value);
    }
  if (field != NULL && !say_derived (cli, args, field->object, field, sayings, texts_kept, error))
    return SAT_EXIT_FAILED;
  return redefine (cli, &what, sayings, error);
}

static int
run_retire (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autoptr (GArray) sayings = g_array_new (TRUE, TRUE, sizeof (SatSaying));
  const SatField *field;
  SatShaped what;

  if (!find_what (cli, args, &what, &field, error))
    return SAT_EXIT_FAILED;
  say (sayings, "retired", "yes");
  return redefine (cli, &what, sayings, error);
}

const SatCommand sat_cmd_catalogue_add_object = {
  "catalogue add-object",
  "LABEL",
  1,
  1,
  object_options,
  FALSE,
  N_ ("add an object of the company's own (administrators)"),
  N_ ("Prints its name, which change-sets use and which never changes; commands take the name or "
      "the label. It has one field, name; add others with “satchel catalogue add-field”. All "
      "laptops get it with their next exchange."),
  "satchel catalogue add-object Machine --plural Machines --zh 机器",
  run_add_object,
};

const SatCommand sat_cmd_catalogue_add_field = {
  "catalogue add-field",
  "OBJECT LABEL",
  2,
  2,
  field_options,
  FALSE,
  N_ ("add a field of the company's own (administrators)"),
  N_ ("Prints its name, which change-sets use and which never changes; commands take the name or "
      "the label. The type never changes either. All laptops get the field with their next "
      "exchange; values that arrive before it wait for it."),
  "satchel catalogue add-field customer \"Tax number\" --zh 税号 --search 5 --list 25\n"
  "satchel catalogue add-field customer Grade --zh 等级 --type choice --choice Gold=金 --choice "
  "Silver=银\n"
  "satchel catalogue add-field deal Margin --formula 'amount * 25%'\n"
  "satchel catalogue add-field customer Won --rollup sum --over deal.customer --of amount --where "
  "'stage = \"won\"'",
  run_add_field,
};

const SatCommand sat_cmd_catalogue_add_choice = {
  "catalogue add-choice",
  "OBJECT FIELD LABEL",
  3,
  3,
  choice_options,
  FALSE,
  N_ ("add a choice to a field, also to a built-in one (administrators)"),
  NULL,
  "satchel catalogue add-choice deal stage \"Trial run\" --zh 试用 --place 45",
  run_add_choice,
};

const SatCommand sat_cmd_catalogue_change = {
  "catalogue change",
  "OBJECT [FIELD [CHOICE]]",
  1,
  3,
  change_options,
  FALSE,
  N_ ("change an object, a field or a choice, also built-in ones (administrators)"),
  N_ ("Only what is given changes; an empty text takes back what was said. Of built-in ones "
      "labels, "
      "hints, columns and search can change, and a field can become required. Labels are only "
      "labels: nothing that was written is touched."),
  "satchel catalogue change customer phone --zh 总机\n"
  "satchel catalogue change customer \"Tax number\" --unretire",
  run_change,
};

const SatCommand sat_cmd_catalogue_retire = {
  "catalogue retire",
  "OBJECT [FIELD [CHOICE]]",
  1,
  3,
  NULL,
  FALSE,
  N_ ("use an object, a field or a choice no longer (administrators)"),
  N_ ("Forms, lists and offers no longer show it. What was written stays, and can be seen again "
      "after “satchel catalogue change --unretire”."),
  "satchel catalogue retire customer \"Tax number\"",
  run_retire,
};
