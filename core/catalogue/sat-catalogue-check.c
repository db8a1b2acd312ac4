/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Completes what was read and checks what it must fulfil. Every rule is one function; each adds
 * what it finds to the problems and goes on. */
#include <string.h>

#include "core/base/sat-error.h"
#include "core/base/sat-text.h"
#include "core/catalogue/sat-catalogue-private.h"

typedef struct
{
  SatCatalogue *catalogue;
  SatProblems *problems;
  SatObjectSource *object;
  gboolean closed;
} Check;

#define PROBLEM(check, line, ...) \
  sat_problems_add ((check)->problems, (check)->object->file, line, __VA_ARGS__, NULL)

static void
freeze_labels (Check *check, const SatLabels *labels, int line, const char *element)
{
  if (!sat_labels_has (labels, "en"))
    PROBLEM (check, line, N_ ("%s:%s: the English <%s> is missing"), element);
  g_ptr_array_add (labels->texts, NULL);
}

/* Two choices must not read alike in any language: people type them. */
static void
check_choice_labels (Check *check, SatFieldSource *source)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < source->choices->len; i++)
    {
      const SatChoiceSource *choice = g_ptr_array_index (source->choices, i);

      for (guint j = 0; j < choice->label->languages->len; j++)
        {
          const char *text = g_ptr_array_index (choice->label->texts, j);
          g_autofree char *folded = sat_text_fold (text);
          gpointer other = g_hash_table_lookup (seen, folded);

          if (other != NULL && other != choice->name)
            PROBLEM (check, choice->line,
                     N_ ("%s:%s: the choices “%s” and “%s” have the same label"),
                     (const char *) other, choice->name);
          g_hash_table_insert (seen, g_steal_pointer (&folded), (gpointer) choice->name);
        }
    }
}

static void
complete_choices (Check *check, SatFieldSource *source)
{
  guint n = source->choices->len;
  SatChoice *choices = sat_catalogue_alloc (check->catalogue, n * sizeof *choices);
  SatTypeChoice *typed = sat_catalogue_alloc (check->catalogue, n * sizeof *typed);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  check_choice_labels (check, source);
  for (guint i = 0; i < n; i++)
    {
      SatChoiceSource *choice = g_ptr_array_index (source->choices, i);

      freeze_labels (check, choice->label, choice->line, "label");
      if (!g_hash_table_add (names, (gpointer) choice->name))
        PROBLEM (check, choice->line, N_ ("%s:%s: there is a second choice “%s”"), choice->name);
      choices[i] = (SatChoice){ choice->name, choice->label, choice->retired };
      typed[i] = (SatTypeChoice){ choice->name, sat_labels_all (choice->label) };
    }
  source->field.choices = choices;
  source->field.n_choices = n;
  source->field.options.choices = typed;
  source->field.options.n_choices = n;
}

static void
check_choices (Check *check, SatFieldSource *source)
{
  SatField *field = &source->field;
  gboolean choice = field->type->id == SAT_TYPE_CHOICE;
  gboolean tags = field->type->id == SAT_TYPE_TAGS;

  if (choice && field->n_choices == 0 && !field->custom)
    PROBLEM (check, source->line, N_ ("%s:%s: the field “%s” needs a <choice>"), field->name);
  if (!choice && !tags && field->n_choices > 0)
    PROBLEM (check, source->line,
             N_ ("%s:%s: the field “%s” has choices; only choice and tags may"), field->name);
  if (field->ordered && !choice)
    PROBLEM (check, source->line, N_ ("%s:%s: the field “%s” is ordered; only a choice may be"),
             field->name);
  if (field->options.open && !tags)
    PROBLEM (check, source->line, N_ ("%s:%s: the field “%s” is open; only tags may be"),
             field->name);
  if (tags && field->n_choices == 0)
    field->options.open = TRUE;
}

/* May more and less be said of the values? */
static gboolean
has_order (const SatField *field)
{
  switch ((int) field->type->id)
    {
    case SAT_TYPE_INTEGER:
    case SAT_TYPE_DECIMAL:
    case SAT_TYPE_PERCENT:
    case SAT_TYPE_MONEY:
    case SAT_TYPE_DATE:
    case SAT_TYPE_TIME:
      return TRUE;
    case SAT_TYPE_CHOICE:
      return field->ordered;
    default:
      return FALSE;
    }
}

gboolean
sat_policy_fits (const SatField *field)
{
  if (field->type->id == SAT_TYPE_TAGS)
    return field->policy == SAT_POLICY_UNION;
  switch ((int) field->policy)
    {
    case SAT_POLICY_MAX:
    case SAT_POLICY_MIN:
      return has_order (field);
    case SAT_POLICY_UNION:
      return FALSE;
    case SAT_POLICY_TEXT:
      return field->type->id == SAT_TYPE_LONG_TEXT;
    default:
      return TRUE;
    }
}

static void
complete_policy (Check *check, SatFieldSource *source)
{
  SatField *field = &source->field;
  guint policy = field->type->id == SAT_TYPE_TAGS ? SAT_POLICY_UNION : SAT_POLICY_NEWEST;

  if (source->policy != NULL)
    {
      g_autoptr (GString) all = g_string_new (NULL);

      for (policy = 0; policy < SAT_N_POLICIES; policy++)
        {
          const char *name = sat_policy_name ((SatPolicy) policy);
          if (strcmp (name, source->policy) == 0)
            break;
          g_string_append_printf (all, "%s%s", policy ? ", " : "", name);
        }
      if (policy == SAT_N_POLICIES)
        {
          PROBLEM (check, source->line, N_ ("%s:%s: unknown policy “%s”; one of: %s"),
                   source->policy, all->str);
          return;
        }
    }
  field->policy = (SatPolicy) policy;
  if (!sat_policy_fits (field))
    PROBLEM (check, source->line,
             N_ ("%s:%s: the policy “%s” does not fit the field “%s” of type %s; union is for "
                 "tags (and these have no other), text for long-text, max and min for numbers, "
                 "dates, times and ordered choices"),
             sat_policy_name (field->policy), field->name, field->type->name);
}

static void
complete_likeness (Check *check, SatFieldSource *source)
{
  static const char *const names[SAT_N_LIKENESSES] = {
    [SAT_LIKENESS_NONE] = "none",       [SAT_LIKENESS_NAME] = "name",
    [SAT_LIKENESS_PHONE] = "phone",     [SAT_LIKENESS_EMAIL] = "email",
    [SAT_LIKENESS_ADDRESS] = "address", [SAT_LIKENESS_NUMBER] = "number",
  };
  SatField *field = &source->field;

  if (source->alike == NULL)
    return;
  for (guint i = 0; i < SAT_N_LIKENESSES; i++)
    if (strcmp (names[i], source->alike) == 0)
      {
        field->likeness = (SatLikeness) i;
        return;
      }
  PROBLEM (check, source->line,
           N_ ("%s:%s: unknown likeness “%s”; one of: none, name, phone, email, address, number"),
           source->alike);
}

static void
check_reference (Check *check, SatFieldSource *source)
{
  const SatField *field = &source->field;
  gboolean reference = field->type->id == SAT_TYPE_REFERENCE;

  if (reference && field->reference == NULL)
    PROBLEM (check, source->line,
             N_ ("%s:%s: the field “%s” needs the attribute “reference”: an object or *"),
             field->name);
  if (!reference && field->reference != NULL)
    PROBLEM (check, source->line,
             N_ ("%s:%s: the field “%s” is not a reference but has the attribute “reference”"),
             field->name);
  if (check->closed && reference && field->reference != NULL &&
      strcmp (field->reference, "*") != 0 &&
      sat_catalogue_find (check->catalogue, field->reference) == NULL)
    PROBLEM (check, source->line,
             N_ ("%s:%s: the field “%s” refers to the object “%s”, which is not there"),
             field->name, field->reference);
  if (field->owning && (!reference || g_strcmp0 (field->reference, "*") == 0))
    PROBLEM (check, source->line,
             N_ ("%s:%s: the field “%s” is owning; only a reference to one object may be"),
             field->name);
}

/* Nobody reads a picture as a text: neither lists nor the search index nor a look for duplicates
 * has a use for it. */
static void
check_picture (Check *check, SatFieldSource *source)
{
  SatField *field = &source->field;

  if (field->type->id != SAT_TYPE_PICTURE)
    return;
  if (field->search_weight > 0 && !field->custom)
    PROBLEM (check, source->line, N_ ("%s:%s: the field “%s” is a picture; it cannot be searched"),
             field->name);
  if (field->likeness != SAT_LIKENESS_NONE)
    PROBLEM (check, source->line,
             N_ ("%s:%s: the field “%s” is a picture; it says nothing about duplicates"),
             field->name);
  field->search_weight = 0;
}

static void
complete_default (Check *check, SatFieldSource *source)
{
  SatField *field = &source->field;
  const char *input = source->default_input;

  if (input == NULL)
    return;
  if (field->type->canonical (input, strlen (input)) &&
      sat_type_allows (field->type, &field->options, input))
    field->default_value = input;
  else
    PROBLEM (check, source->line,
             N_ ("%s:%s: the default “%s” is not a value of the field “%s” in its exact spelling"),
             input, field->name);
}

static void
check_currency (Check *check, SatFieldSource *source)
{
  const SatField *field = &source->field;
  const char *currency = field->options.currency;
  gboolean good = currency == NULL || strlen (currency) == 3;

  for (guint i = 0; good && currency != NULL && i < 3; i++)
    good = g_ascii_isupper (currency[i]);
  if (!good || (currency != NULL && field->type->id != SAT_TYPE_MONEY))
    PROBLEM (check, source->line,
             N_ ("%s:%s: “currency” of the field “%s” is “%s”; money may have one, three capital "
                 "letters"),
             field->name, currency);
}

/* The names that lists and tables use themselves. */
static void
check_field_name (Check *check, SatFieldSource *source)
{
  const SatField *field = &source->field;
  g_autofree char *base = NULL;

  if (strcmp (field->name, "id") == 0)
    PROBLEM (check, source->line, N_ ("%s:%s: a field cannot be named “%s”"), field->name);
  if (!g_str_has_suffix (field->name, "_currency"))
    return;
  base = g_strndup (field->name, strlen (field->name) - strlen ("_currency"));
  for (guint i = 0; i < check->object->fields->len; i++)
    {
      const SatField *other = g_ptr_array_index (check->object->fields, i);
      if (other->type->id == SAT_TYPE_MONEY && strcmp (other->name, base) == 0)
        PROBLEM (check, source->line, N_ ("%s:%s: a field cannot be named “%s”"), field->name);
    }
}

/* Stored fields and derived ones have positions of their own. */
static void
part_fields (Check *check)
{
  SatObjectSource *source = check->object;
  SatObject *object = &source->object;

  source->stored = sat_catalogue_array (check->catalogue);
  source->computed = sat_catalogue_array (check->catalogue);
  for (guint i = 0; i < source->fields->len; i++)
    {
      SatField *field = &((SatFieldSource *) g_ptr_array_index (source->fields, i))->field;
      GPtrArray *to = field->derived != NULL ? source->computed : source->stored;

      field->index = to->len;
      g_ptr_array_add (to, field);
    }
  object->fields = (const SatField *const *) source->stored->pdata;
  object->n_fields = source->stored->len;
  object->derived = (const SatField *const *) source->computed->pdata;
  object->n_derived = source->computed->len;
}

/* What is computed has no values of its own that anything could be said of. */
static void
check_derived (Check *check, const SatFieldSource *source)
{
  const SatField *field = &source->field;

  if (field->required || field->owning || field->reference != NULL || source->policy != NULL ||
      field->search_weight > 0 || source->default_input != NULL || source->choices->len > 0 ||
      source->alike != NULL || field->options.currency != NULL || field->importance > 0)
    PROBLEM (check, source->line,
             N_ ("%s:%s: the field “%s” is computed; it has no policy, default, choices or other "
                 "things that go with values people write"),
             field->name);
}

/* Once all fields are complete. */
static void
check_use (Check *check, const SatFieldSource *source)
{
  const SatField *field = &source->field;
  const SatField *when = sat_field_when (field);
  const char *choices = field->when != NULL ? strchr (field->when, ':') : NULL;
  g_auto (GStrv) words = choices != NULL ? g_strsplit (choices + 1, " ", -1) : NULL;
  gboolean good = field->when == NULL || (when != NULL && words != NULL);

  for (guint i = 0; good && words != NULL && words[i] != NULL; i++)
    good = *words[i] == '\0' || (when->type->canonical (words[i], strlen (words[i])) &&
                                 sat_type_allows (when->type, &when->options, words[i]));
  if (!good)
    PROBLEM (check, source->line,
             N_ ("%s:%s: “when” of the field “%s” is “%s”; write a field and some of its choices, "
                 "FIELD: CHOICE CHOICE"),
             field->name, field->when);
  if (field->holds != SAT_CONTENT_TEXT && field->type->id != SAT_TYPE_TEXT &&
      field->type->id != SAT_TYPE_LONG_TEXT)
    PROBLEM (check, source->line,
             N_ ("%s:%s: the field “%s” is no text; it cannot hold anything else"), field->name);
}

static void
complete_fields (Check *check)
{
  SatObject *object = &check->object->object;
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  part_fields (check);
  for (guint i = 0; i < check->object->fields->len; i++)
    {
      SatFieldSource *source = g_ptr_array_index (check->object->fields, i);
      SatField *field = &source->field;

      if (!g_hash_table_add (names, (gpointer) field->name))
        PROBLEM (check, source->line, N_ ("%s:%s: there is a second field “%s”"), field->name);
      freeze_labels (check, field->label, source->line, "label");
      if (field->help != NULL)
        freeze_labels (check, field->help, source->line, "help");
      complete_choices (check, source);
      check_field_name (check, source);
      if (field->derived != NULL)
        {
          check_derived (check, source);
          continue;
        }
      check_choices (check, source);
      complete_policy (check, source);
      complete_likeness (check, source);
      check_picture (check, source);
      check_reference (check, source);
      check_currency (check, source);
      complete_default (check, source);
      if (field->owning && object->owning != NULL)
        PROBLEM (check, source->line,
                 N_ ("%s:%s: the field “%s” is owning, and so is “%s”; only one may be"),
                 field->name, object->owning->name);
      else if (field->owning)
        object->owning = field;
    }
  for (guint i = 0; i < check->object->fields->len; i++)
    check_use (check, g_ptr_array_index (check->object->fields, i));
}

/* Appends the fields that NAMES lists to FOUND; noted are unknown ones and doubles. */
static void
find_fields (Check *check,
             const char *names,
             int line,
             const SatField *(*find) (const SatObject *, const char *),
             GPtrArray *found)
{
  g_auto (GStrv) words = g_strsplit_set (names, " \t\r\n", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      const SatField *field = find (&check->object->object, words[i]);

      if (*words[i] == '\0')
        continue;
      if (field == NULL)
        PROBLEM (check, line, N_ ("%s:%s: there is no field “%s”"), words[i]);
      else if (g_ptr_array_find (found, field, NULL))
        PROBLEM (check, line, N_ ("%s:%s: the field “%s” is listed twice"), words[i]);
      else
        g_ptr_array_add (found, (gpointer) field);
    }
}

static void
complete_title_and_list (Check *check)
{
  SatObjectSource *source = check->object;
  SatObject *object = &source->object;

  object->title = sat_object_find (object, source->title);
  if (object->title == NULL || object->title->type->id != SAT_TYPE_TEXT)
    PROBLEM (check, source->line,
             N_ ("%s:%s: the title of “%s” is “%s”; name one of its fields of type text"),
             object->name, source->title);
  find_fields (check, source->columns ? source->columns : source->title,
               source->columns ? source->list_line : source->line, sat_object_find_any,
               source->found);
  object->list_columns = (const SatField *const *) source->found->pdata;
  object->n_list_columns = source->found->len;
  for (guint i = 0; i < object->n_list_columns; i++)
    if (object->list_columns[i]->type->id == SAT_TYPE_PICTURE)
      PROBLEM (check, source->list_line,
               N_ ("%s:%s: the field “%s” is a picture; lists have no column for it"),
               object->list_columns[i]->name);
  if (object->n_list_columns > 0 && object->list_columns[0] != object->title)
    PROBLEM (check, source->list_line, N_ ("%s:%s: the first column is not the title, “%s”"),
             source->title);
}

/* The form of an object that describes none: all fields under the object's label. */
static void
complete_plain_form (Check *check)
{
  SatObject *object = &check->object->object;
  SatFormGroup *group = sat_catalogue_alloc (check->catalogue, sizeof *group);
  GPtrArray *fields = sat_catalogue_array (check->catalogue);

  for (guint i = 0; i < object->n_fields; i++)
    if (!object->fields[i]->hidden)
      g_ptr_array_add (fields, (gpointer) object->fields[i]);
  *group = (SatFormGroup){ object->label, (const SatField *const *) fields->pdata, fields->len };
  object->groups = group;
  object->n_groups = 1;
}

/* Every field that is not hidden stands in one group, and only there. */
static void
check_form (Check *check)
{
  const SatObject *object = &check->object->object;
  g_autofree guint *times = g_new0 (guint, object->n_fields + 1);

  for (guint i = 0; i < object->n_groups; i++)
    for (guint j = 0; j < object->groups[i].n_fields; j++)
      times[object->groups[i].fields[j]->index]++;
  for (guint i = 0; i < object->n_fields; i++)
    {
      const SatFieldSource *source = g_ptr_array_index (check->object->stored, i);

      if (source->field.hidden && times[i] > 0)
        PROBLEM (check, source->line, N_ ("%s:%s: the field “%s” is hidden, but in a group"),
                 source->field.name);
      else if (!source->field.hidden && times[i] == 0)
        PROBLEM (check, source->line, N_ ("%s:%s: the field “%s” is in no group"),
                 source->field.name);
      else if (times[i] > 1)
        PROBLEM (check, source->line, N_ ("%s:%s: the field “%s” is in two groups"),
                 source->field.name);
    }
}

static void
complete_form (Check *check)
{
  SatObjectSource *source = check->object;
  SatObject *object = &source->object;
  guint n = source->groups->len;

  if (n == 0)
    {
      complete_plain_form (check);
      return;
    }
  SatFormGroup *groups = sat_catalogue_alloc (check->catalogue, n * sizeof *groups);
  for (guint i = 0; i < n; i++)
    {
      SatGroupSource *group = g_ptr_array_index (source->groups, i);

      freeze_labels (check, group->label, group->line, "label");
      find_fields (check, group->fields, group->line, sat_object_find, group->found);
      groups[i] = (SatFormGroup){ group->label, (const SatField *const *) group->found->pdata,
                                  group->found->len };
    }
  object->groups = groups;
  object->n_groups = n;
  check_form (check);
}

static void
complete_object (Check *check)
{
  SatObjectSource *source = check->object;
  SatObject *object = &source->object;

  object->catalogue = check->catalogue;
  freeze_labels (check, object->label, source->line, "label");
  freeze_labels (check, object->plural, source->line, "plural");
  complete_fields (check);
  complete_title_and_list (check);
  complete_form (check);
  if (object->book_rule == SAT_BOOK_PARENT && object->owning == NULL)
    PROBLEM (check, source->line,
             N_ ("%s:%s: “%s” goes to the book of its parent, but has no owning reference"),
             object->name);
  if (object->setup && object->book_rule != SAT_BOOK_COMPANY)
    PROBLEM (check, source->line,
             N_ ("%s:%s: “%s” is of kind “setup”, which holds for all: its book is “company”"),
             object->name);
}

static int
compare_objects (gconstpointer a, gconstpointer b)
{
  const SatObjectSource *source_a = *(const SatObjectSource *const *) a;
  const SatObjectSource *source_b = *(const SatObjectSource *const *) b;

  if (source_a->order != source_b->order)
    return source_a->order < source_b->order ? -1 : 1;
  return strcmp (source_a->object.name, source_b->object.name);
}

void
sat_catalogue_complete (SatCatalogue *catalogue, SatProblems *problems, gboolean closed)
{
  Check check = { .catalogue = catalogue, .problems = problems, .closed = closed };

  g_ptr_array_sort (catalogue->objects, compare_objects);
  for (guint i = 0; i < catalogue->objects->len; i++)
    {
      check.object = g_ptr_array_index (catalogue->objects, i);
      check.object->object.index = i;
      if (!g_hash_table_insert (catalogue->by_name, (gpointer) check.object->object.name,
                                check.object))
        PROBLEM (&check, check.object->line, N_ ("%s:%s: there is a second object “%s”"),
                 check.object->object.name);
    }
  for (guint i = 0; i < catalogue->objects->len; i++)
    {
      check.object = g_ptr_array_index (catalogue->objects, i);
      complete_object (&check);
    }
}

/* ---- derived fields ---- */

SatField *
sat_derived_field (const SatField *field)
{
  return (SatField *) field;
}

SatDerived *
sat_derived_part (const SatField *field)
{
  return field->derived != NULL ? &((SatFieldSource *) field)->derived : NULL;
}

void
sat_catalogue_derive (SatCatalogue *catalogue, SatProblems *problems, gboolean closed)
{
  Check check = { .catalogue = catalogue, .problems = problems, .closed = closed };

  sat_derived_understand (catalogue);
  for (guint i = 0; closed && i < catalogue->objects->len; i++)
    {
      check.object = g_ptr_array_index (catalogue->objects, i);
      for (guint k = 0; k < check.object->computed->len; k++)
        {
          const SatFieldSource *source = g_ptr_array_index (check.object->computed, k);

          if (source->derived.problem != NULL)
            PROBLEM (&check, source->line, N_ ("%s:%s: the field “%s” cannot be computed: %s"),
                     source->field.name, source->derived.problem->message);
        }
    }
}
