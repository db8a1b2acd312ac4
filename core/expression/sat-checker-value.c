/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checking what stands for a value: fields by name or label, paths over references, and typed texts
 * that become dates, choices, amounts or ids where such are compared with. */
#include <string.h>

#include "core/base/sat-text.h"
#include "core/catalogue/sat-derived.h"
#include "core/expression/sat-expression-private.h"

SatKind
sat_kind_of_type (SatTypeId type)
{
  switch ((int) type)
    {
    case SAT_TYPE_INTEGER:
      return SAT_KIND_INTEGER;
    case SAT_TYPE_DECIMAL:
      return SAT_KIND_NUMBER;
    case SAT_TYPE_PERCENT:
      return SAT_KIND_PERCENT;
    case SAT_TYPE_MONEY:
      return SAT_KIND_MONEY;
    case SAT_TYPE_DATE:
      return SAT_KIND_DATE;
    case SAT_TYPE_TIME:
      return SAT_KIND_TIME;
    case SAT_TYPE_YES_NO:
      return SAT_KIND_YES_NO;
    case SAT_TYPE_CHOICE:
      return SAT_KIND_CHOICE;
    case SAT_TYPE_TAGS:
      return SAT_KIND_TAGS;
    case SAT_TYPE_REFERENCE:
      return SAT_KIND_REFERENCE;
    case SAT_TYPE_PLACE:
      return SAT_KIND_PLACE;
    default:
      return SAT_KIND_TEXT;
    }
}

gboolean
sat_kind_is_number (SatKind kind)
{
  return kind == SAT_KIND_INTEGER || kind == SAT_KIND_NUMBER || kind == SAT_KIND_PERCENT;
}

gboolean
sat_checker_is_literal (const SatNode *node, SatKind kind)
{
  return node->type == SAT_NODE_LITERAL && node->kind == kind;
}

/* ---- fields ---- */

gboolean
sat_checker_fail_computed (SatChecker *checker, const SatNode *node)
{
  return sat_checker_fail (checker, node->column,
                           N_ ("“%s” is computed; a change touches only what people write"),
                           node->field->name, NULL);
}

static gboolean
fail_unknown (SatChecker *checker, const SatObject *object, const SatWord *word)
{
  g_autofree char *fields = sat_object_list_words (object);
  const char *args[] = { object->name, word->text, fields, NULL };

  checker->column = word->column;
  return sat_fail_strv (checker->error, SAT_ERROR_INVALID,
                        N_ ("%s has no field “%s”; its fields are: %s"), args);
}

static const SatField *
find_field (SatChecker *checker, const SatObject *object, const SatWord *word)
{
  gboolean several;
  const SatField *field = sat_object_find_any_called (object, word->text, &several);

  if (field != NULL && field->derived != NULL &&
      !sat_program_ready (field, checker->level, &checker->postponed, checker->error))
    {
      checker->column = word->column;
      return NULL;
    }
  if (several)
    sat_checker_fail (checker, word->column,
                      N_ ("“%s” is the label of several fields; use the name of one"), word->text,
                      NULL);
  else if (field == NULL)
    fail_unknown (checker, object, word);
  return field;
}

/* The object that a path goes on in behind FIELD; WORD is the next step of it. */
static const SatObject *
target_of (SatChecker *checker, const SatField *field, const SatWord *word)
{
  const SatObject *target = field->reference != NULL
                                ? sat_catalogue_find (field->object->catalogue, field->reference)
                                : NULL;

  if (target == NULL)
    sat_checker_fail (checker, word->column,
                      N_ ("a path goes over references to one kind of record; “%s” is none"),
                      field->name, NULL);
  return target;
}

gboolean
sat_checker_field (SatChecker *checker, SatNode *node)
{
  const SatWord *words = &g_array_index (node->words, SatWord, 0);
  const SatField *field = find_field (checker, checker->object, &words[0]);

  for (guint i = 1; field != NULL && i < node->words->len; i++)
    {
      const SatObject *object = target_of (checker, field, &words[i]);

      g_ptr_array_add (node->path, (gpointer) field);
      field = object != NULL ? find_field (checker, object, &words[i]) : NULL;
    }
  if (field == NULL)
    return FALSE;
  if (field->type->id == SAT_TYPE_PICTURE && !checker->pictures)
    return sat_checker_fail (checker, node->column,
                             N_ ("“%s” holds pictures; all that can be asked is: %s is empty"),
                             field->name, field->name);
  g_ptr_array_add (node->path, (gpointer) field);
  node->field = field;
  node->kind = sat_kind_of_type (field->type->id);
  return TRUE;
}

gboolean
sat_checker_title (SatChecker *checker, SatNode *node)
{
  const SatObject *target = node->field != NULL && node->field->reference != NULL
                                ? sat_catalogue_find (checker->object->catalogue,
                                                      node->field->reference)
                                : NULL;

  if (node->type != SAT_NODE_FIELD || target == NULL)
    return sat_checker_fail (
        checker, node->column,
        N_ ("this reference has no title that it could be compared by; compare "
            "with an id"),
        NULL, NULL);
  if (node->path->len == SAT_EXPRESSION_MAX_PATH)
    return sat_checker_fail (checker, node->column, N_ ("the path over references is too long"),
                             NULL, NULL);
  g_ptr_array_add (node->path, (gpointer) target->title);
  node->field = target->title;
  node->kind = sat_kind_of_type (target->title->type->id);
  return TRUE;
}

/* ---- literals ---- */

/* What people write for a value of TYPE; the error of the type is the error here. */
static gboolean
take_value (SatChecker *checker, SatNode *node, const SatType *type, const SatTypeOptions *options)
{
  g_autofree char *value = NULL;

  if (node->text != NULL && !type->parse (options, node->text, &value, checker->error))
    {
      checker->column = node->column;
      return FALSE;
    }
  g_free (node->text);
  node->text = g_steal_pointer (&value);
  return TRUE;
}

static gboolean
is_date (const char *text)
{
  g_autofree char *date = NULL;

  return text != NULL && sat_type_get (SAT_TYPE_DATE)->parse (NULL, text, &date, NULL) &&
         date != NULL;
}

/* A number that stands for an amount has the currency of the field it is compared or joined with.
 */
static void
number_to_money (SatNode *node, const SatField *field)
{
  char amount[32];
  const char *currency = field != NULL && field->options.currency != NULL ? field->options.currency
                                                                          : "CNY";

  g_free (node->text);
  node->text = g_strconcat (sat_decimal_format (node->number, 2, amount), " ", currency, NULL);
  node->number = 0;
  node->kind = SAT_KIND_MONEY;
}

static gboolean
text_to_number (SatChecker *checker, SatNode *node, SatKind kind)
{
  SatTypeId type = kind == SAT_KIND_PERCENT ? SAT_TYPE_PERCENT : SAT_TYPE_DECIMAL;

  if (!take_value (checker, node, sat_type_get (type), NULL))
    return FALSE;
  if (node->text != NULL)
    {
      sat_decimal_parse (node->text, strlen (node->text), &node->number);
      node->kind = kind == SAT_KIND_PERCENT ? kind : SAT_KIND_NUMBER;
      g_clear_pointer (&node->text, g_free);
    }
  else
    node->kind = SAT_KIND_TEXT; /* empty: of any kind */
  return TRUE;
}

static gboolean
text_to_id (SatChecker *checker, SatNode *node)
{
  SatId id;

  if (node->text == NULL || sat_id_parse (node->text, &id))
    {
      char text[SAT_ID_TEXT_SIZE];

      if (node->text != NULL)
        {
          g_free (node->text);
          node->text = g_strdup (sat_id_format (&id, text));
        }
      node->kind = SAT_KIND_REFERENCE;
      return TRUE;
    }
  return sat_checker_expect (checker, node, SAT_KIND_REFERENCE);
}

static const SatTypeId types[SAT_N_KINDS] = {
  [SAT_KIND_TEXT] = SAT_TYPE_LONG_TEXT,      [SAT_KIND_INTEGER] = SAT_TYPE_DECIMAL,
  [SAT_KIND_NUMBER] = SAT_TYPE_DECIMAL,      [SAT_KIND_PERCENT] = SAT_TYPE_PERCENT,
  [SAT_KIND_MONEY] = SAT_TYPE_MONEY,         [SAT_KIND_DATE] = SAT_TYPE_DATE,
  [SAT_KIND_TIME] = SAT_TYPE_TIME,           [SAT_KIND_YES_NO] = SAT_TYPE_YES_NO,
  [SAT_KIND_CHOICE] = SAT_TYPE_CHOICE,       [SAT_KIND_TAGS] = SAT_TYPE_TAGS,
  [SAT_KIND_REFERENCE] = SAT_TYPE_REFERENCE, [SAT_KIND_PLACE] = SAT_TYPE_PLACE,
};

static gboolean
text_to_kind (SatChecker *checker, SatNode *node, SatKind kind, const SatField *field)
{
  const SatType *type = field != NULL ? field->type : sat_type_get (types[kind]);

  if (kind == SAT_KIND_TIME && is_date (node->text))
    kind = SAT_KIND_DATE;
  if (kind == SAT_KIND_DATE || kind == SAT_KIND_TIME)
    type = sat_type_get (types[kind]);
  if (!take_value (checker, node, type, field != NULL ? &field->options : NULL))
    return FALSE;
  node->kind = kind;
  if (kind == SAT_KIND_CHOICE)
    node->field = field;
  return TRUE;
}

gboolean
sat_checker_literal (SatChecker *checker, SatNode *node, SatKind kind, const SatField *field)
{
  if (node->kind == SAT_KIND_NUMBER)
    {
      if (kind == SAT_KIND_MONEY)
        number_to_money (node, field);
      else if (kind == SAT_KIND_PERCENT)
        node->kind = kind;
      return sat_kind_is_number (kind) || kind == SAT_KIND_MONEY ||
             sat_checker_expect (checker, node, kind);
    }
  if (node->kind != SAT_KIND_TEXT)
    return node->kind == kind || (sat_kind_is_number (kind) && sat_kind_is_number (node->kind)) ||
           sat_checker_expect (checker, node, kind);
  switch ((int) kind)
    {
    case SAT_KIND_INTEGER:
    case SAT_KIND_NUMBER:
    case SAT_KIND_PERCENT:
      return text_to_number (checker, node, kind);
    case SAT_KIND_REFERENCE:
      return text_to_id (checker, node);
    case SAT_KIND_TAGS:
      return sat_checker_expect (checker, node, kind);
    case SAT_KIND_TEXT:
      return field == NULL || text_to_kind (checker, node, kind, field);
    default:
      return text_to_kind (checker, node, kind, field);
    }
}
