/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Derived fields: understood once, when a catalogue is made, and written into SQL wherever they are
 * named, as if their text stood there. What one names is understood first; one that is reached
 * again while it is underway leads back to itself, and every field on that way is wrong, wherever
 * one began. A catalogue that others have is never changed: all its fields are done or wrong. */
#include <string.h>

#include "core/catalogue/sat-derived.h"
#include "core/expression/sat-expression-private.h"

/* How far one formula leads to the next in one go. What lies behind is left for later, when it is
 * near; more than half of that is too deep whatever follows. */
#define LEVELS_MAX (2 * SAT_EXPRESSION_MAX_DEPTH)

struct _SatDerivedProgram
{
  SatNode *root;      /* the formula, or the condition of a roll-up; NULL: none */
  const SatField *of; /* of a roll-up; NULL: records are counted */
  guint nodes;        /* with those of what it names */
  guint height;
};

void
sat_derived_program_free (SatDerivedProgram *program)
{
  if (program == NULL)
    return;
  sat_node_free (program->root);
  g_free (program);
}

/* ---- how large it becomes ---- */

static void
add_field_size (const SatField *field, guint *nodes, guint *height)
{
  if (field->derived == NULL)
    return;
  *nodes = MIN (*nodes + field->derived->program->nodes, 2 * SAT_EXPRESSION_MAX_NODES);
  *height = MAX (*height, field->derived->program->height);
}

static void
measure (const SatNode *node, guint *nodes, guint *height)
{
  guint below = 0;

  *nodes = MIN (*nodes + 1, 2 * SAT_EXPRESSION_MAX_NODES);
  for (guint i = 0; i < node->path->len; i++)
    add_field_size (g_ptr_array_index (node->path, i), nodes, &below);
  for (guint i = 0; i < node->args->len; i++)
    {
      guint of_arg = 0;

      measure (sat_node_arg (node, i), nodes, &of_arg);
      below = MAX (below, of_arg);
    }
  *height = below + 1;
}

static gboolean
check_size (SatDerivedProgram *program, GError **error)
{
  guint of_field = 0;

  if (program->root != NULL)
    measure (program->root, &program->nodes, &program->height);
  if (program->of != NULL)
    add_field_size (program->of, &program->nodes, &of_field);
  program->height = MAX (program->height, of_field) + 1;
  program->nodes++;
  if (program->nodes <= SAT_EXPRESSION_MAX_NODES && program->height <= SAT_EXPRESSION_MAX_DEPTH)
    return TRUE;
  return sat_fail (error, SAT_ERROR_TOO_LONG,
                   N_ ("the formula, with all formulas that it names, is too long"), NULL);
}

/* ---- understanding ---- */

typedef struct
{
  SatField *field;
  SatDerived *derived;
  SatDerivedProgram *program;
  guint level;
  gboolean postponed;
} Maker;

static SatNode *
parse (
    Maker *maker, const SatObject *object, const char *text, SatExpressionUse use, GError **error)
{
  guint column;
  g_autoptr (SatNode) root = sat_parser_run (text, &column, error);

  if (root == NULL ||
      !sat_checker_run_at (object, root, use, maker->level, &maker->postponed, &column, error))
    return NULL;
  return g_steal_pointer (&root);
}

static const SatTypeId types[SAT_N_KINDS] = {
  [SAT_KIND_TEXT] = SAT_TYPE_TEXT,           [SAT_KIND_INTEGER] = SAT_TYPE_INTEGER,
  [SAT_KIND_NUMBER] = SAT_TYPE_DECIMAL,      [SAT_KIND_PERCENT] = SAT_TYPE_PERCENT,
  [SAT_KIND_MONEY] = SAT_TYPE_MONEY,         [SAT_KIND_DATE] = SAT_TYPE_DATE,
  [SAT_KIND_TIME] = SAT_TYPE_TIME,           [SAT_KIND_YES_NO] = SAT_TYPE_YES_NO,
  [SAT_KIND_CHOICE] = SAT_TYPE_CHOICE,       [SAT_KIND_TAGS] = SAT_TYPE_TAGS,
  [SAT_KIND_REFERENCE] = SAT_TYPE_REFERENCE, [SAT_KIND_PLACE] = SAT_TYPE_PLACE,
};

/* FIELD's values are as those of FROM: choices, currency, what is referred to. */
static void
take_values_of (SatField *field, const SatField *from)
{
  field->options = from->options;
  field->choices = from->choices;
  field->n_choices = from->n_choices;
  field->reference = from->reference;
  field->ordered = from->ordered;
}

static gboolean
make_formula (Maker *maker, GError **error)
{
  const char *text = maker->derived->formula;
  const SatNode *root;

  if (text == NULL || *text == '\0')
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("there is no formula"), NULL);
  maker->program->root = parse (maker, maker->field->object, text, SAT_EXPRESSION_VALUE, error);
  root = maker->program->root;
  if (root == NULL || !check_size (maker->program, error))
    return FALSE;
  maker->field->type = sat_type_get (types[root->kind]);
  if (root->type == SAT_NODE_FIELD)
    maker->field->type = root->field->type;
  if (root->field != NULL && root->type != SAT_NODE_LITERAL)
    take_values_of (maker->field, root->field);
  else if (root->kind == SAT_KIND_REFERENCE && root->type == SAT_NODE_CALL)
    maker->field->reference = "user"; /* me() */
  else if (root->kind == SAT_KIND_CHOICE || root->kind == SAT_KIND_REFERENCE)
    maker->field->type = sat_type_get (SAT_TYPE_TEXT);
  return TRUE;
}

/* "OBJECT.FIELD" that refers to what FIELD is of. */
static gboolean
find_reference (Maker *maker, GError **error)
{
  const SatObject *own = maker->field->object;
  const char *over = maker->derived->over;
  g_auto (GStrv) words = g_strsplit (over != NULL ? over : "", ".", 2);
  const SatObject *object = words[0] ? sat_catalogue_find (own->catalogue, words[0]) : NULL;
  const SatField *reference = object && words[1] ? sat_object_find (object, words[1]) : NULL;

  if (reference != NULL && reference->type->id == SAT_TYPE_REFERENCE &&
      (strcmp (reference->reference, "*") == 0 || strcmp (reference->reference, own->name) == 0))
    {
      maker->derived->reference = reference;
      return TRUE;
    }
  return sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("a roll-up needs “rollup” (count, sum, min, max or avg) and “over”, a field "
                       "that refers to %s, as OBJECT.FIELD; “%s” is none"),
                   own->name, over != NULL ? over : "", NULL);
}

static gboolean
can_roll_up (SatRollup rollup, SatTypeId type)
{
  if (type == SAT_TYPE_INTEGER || type == SAT_TYPE_DECIMAL || type == SAT_TYPE_PERCENT ||
      type == SAT_TYPE_MONEY || rollup == SAT_ROLLUP_COUNT)
    return TRUE;
  return (rollup == SAT_ROLLUP_MIN || rollup == SAT_ROLLUP_MAX) &&
         (type == SAT_TYPE_DATE || type == SAT_TYPE_TIME);
}

static gboolean
find_of (Maker *maker, GError **error)
{
  const SatDerived *derived = maker->derived;
  const SatObject *object = derived->reference->object;
  gboolean several = FALSE;
  const SatField *of = derived->of != NULL
                           ? sat_object_find_any_called (object, derived->of, &several)
                           : NULL;

  if (derived->of == NULL && derived->rollup == SAT_ROLLUP_COUNT)
    return TRUE;
  if (of == NULL)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("a roll-up that is not a count needs “of”, a field of %s; “%s” is none"),
                     object->name, derived->of != NULL ? derived->of : "", NULL);
  if (of->derived != NULL && !sat_program_ready (of, maker->level, &maker->postponed, error))
    return FALSE;
  if (!can_roll_up (derived->rollup, of->type->id))
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("the %s of “%s” cannot be computed: sum and avg are for numbers and "
                         "money, min and max for dates and times too"),
                     sat_rollup_name (derived->rollup), sat_field_word (of), NULL);
  maker->program->of = of;
  return TRUE;
}

static gboolean
make_rollup (Maker *maker, GError **error)
{
  const SatDerived *derived = maker->derived;
  const SatField *of;

  if (!find_reference (maker, error) || !find_of (maker, error))
    return FALSE;
  if (derived->where != NULL)
    {
      maker->program->root = parse (maker, derived->reference->object, derived->where,
                                    SAT_EXPRESSION_FILTER, error);
      if (maker->program->root == NULL)
        return FALSE;
    }
  if (!check_size (maker->program, error))
    return FALSE;
  of = maker->program->of;
  if (of == NULL || derived->rollup == SAT_ROLLUP_COUNT)
    maker->field->type = sat_type_get (SAT_TYPE_INTEGER);
  else if (derived->rollup == SAT_ROLLUP_AVG && of->type->id == SAT_TYPE_INTEGER)
    maker->field->type = sat_type_get (SAT_TYPE_DECIMAL);
  else
    {
      maker->field->type = of->type;
      maker->field->options.currency = of->options.currency;
    }
  return TRUE;
}

/* *POSTPONED: what FIELD names lies too far to look at from here. */
static void
make (const SatField *field, guint level, gboolean *postponed)
{
  Maker maker = {
    .field = sat_derived_field (field),
    .derived = sat_derived_part (field),
    .program = g_new0 (SatDerivedProgram, 1),
    .level = level,
  };
  gboolean good;

  maker.derived->state = SAT_DERIVED_UNDERWAY;
  good = maker.derived->rollup == SAT_ROLLUP_NONE ? make_formula (&maker, &maker.derived->problem)
                                                  : make_rollup (&maker, &maker.derived->problem);
  if (good)
    {
      maker.derived->program = maker.program;
      maker.derived->state = SAT_DERIVED_DONE;
      return;
    }
  sat_derived_program_free (maker.program);
  *postponed = maker.postponed;
  maker.derived->state = SAT_DERIVED_WRONG;
  if (maker.postponed && level > LEVELS_MAX - SAT_EXPRESSION_MAX_DEPTH)
    {
      g_clear_error (&maker.derived->problem);
      maker.derived->state = SAT_DERIVED_NEW;
    }
}

gboolean
sat_program_ready (const SatField *field, guint level, gboolean *postponed, GError **error)
{
  if (field->derived->state == SAT_DERIVED_NEW && level < LEVELS_MAX)
    make (field, level + 1, postponed);
  else if (field->derived->state == SAT_DERIVED_NEW)
    *postponed = TRUE;
  if (field->derived->state == SAT_DERIVED_DONE)
    return TRUE;
  return sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("“%s” of %s cannot be computed: its formula is wrong, or leads back to "
                       "itself"),
                   sat_field_word (field), field->object->name, NULL);
}

void
sat_derived_understand (SatCatalogue *catalogue)
{
  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    {
      const SatObject *object = sat_catalogue_object (catalogue, i);
      gboolean postponed = FALSE;

      for (guint k = 0; k < object->n_derived; k++)
        if (object->derived[k]->derived->state == SAT_DERIVED_NEW)
          make (object->derived[k], 0, &postponed);
    }
}

/* ---- SQL ---- */

/* What is to be gathered of the rows ALIAS: all amounts in one currency, or nothing. */
static char *
render_aggregate (SatRenderer *renderer, const SatField *field, guint cell, const char *alias)
{
  static const char *const functions[SAT_N_ROLLUPS] = {
    [SAT_ROLLUP_COUNT] = "count", [SAT_ROLLUP_SUM] = "sat_sum", [SAT_ROLLUP_MIN] = "min",
    [SAT_ROLLUP_MAX] = "max",     [SAT_ROLLUP_AVG] = "sat_avg",
  };
  const SatDerived *derived = field->derived;
  const SatField *of = derived->program->of;
  const char *function = functions[derived->rollup];
  g_autofree char *value = of ? sat_render_field (renderer, alias, of, 0) : g_strdup ("*");
  g_autofree char *currency = NULL;

  if (of != NULL && derived->rollup == SAT_ROLLUP_AVG && of->type->id == SAT_TYPE_INTEGER)
    return g_strdup_printf ("%s(sat_decimal(%s))", function, value);
  if (of == NULL || derived->rollup == SAT_ROLLUP_COUNT || of->type->id != SAT_TYPE_MONEY)
    return g_strdup_printf ("%s(%s)", function, value);
  currency = sat_render_field (renderer, alias, of, 1);
  if (cell == 1)
    return g_strdup_printf ("CASE WHEN min(%s) = max(%s) THEN min(%s) END", currency, currency,
                            currency);
  return g_strdup_printf ("CASE WHEN min(%s) = max(%s) THEN %s(%s) END", currency, currency,
                          function, value);
}

char *
sat_render_within (const SatRenderer *renderer, const SatObject *object, const char *alias)
{
  const SatExpressionContext *context = renderer->context;

  return context->within != NULL ? context->within (object, alias, context->within_data) : NULL;
}

static char *
render_rollup (SatRenderer *renderer, const char *from, const SatField *field, guint cell)
{
  g_autofree char *alias = g_strdup_printf ("r%u", ++renderer->n_aliases);
  g_autofree char *aggregate = render_aggregate (renderer, field, cell, alias);
  const SatNode *root = field->derived->program->root;
  const char *saved = renderer->from;
  const SatField *reference = field->derived->reference;
  g_autofree char *within = sat_render_within (renderer, reference->object, alias);
  g_autofree char *condition = NULL;
  g_autofree char *both = NULL;

  renderer->from = alias;
  if (root != NULL)
    condition = sat_render_condition (renderer, root, FALSE);
  renderer->from = saved;
  if (condition != NULL && within != NULL)
    both = g_strdup_printf ("(%s) AND (%s)", within, condition);
  return renderer->context->names->gather (reference, aggregate,
                                           both     ? both
                                           : within ? within
                                                    : condition,
                                           from, alias);
}

char *
sat_render_field (SatRenderer *renderer, const char *from, const SatField *field, guint cell)
{
  const SatDerived *derived = field->derived;
  const char *saved = renderer->from;
  g_autofree char *sql = NULL;

  if (derived == NULL)
    return renderer->context->names->column (from, field, cell);
  if (derived->program == NULL || renderer->too_long)
    return g_strdup ("NULL");
  if (derived->rollup != SAT_ROLLUP_NONE)
    return sat_render_take (renderer, render_rollup (renderer, from, field, cell));
  renderer->from = from;
  sql = cell == 0 ? sat_render_value (renderer, derived->program->root)
                  : sat_render_currency (renderer, derived->program->root);
  renderer->from = saved;
  return sat_render_take (renderer, g_strdup_printf ("(%s)", sql));
}

gboolean
sat_field_compile (const SatField *field,
                   const SatExpressionContext *context,
                   SatCompiled *into,
                   char *sql[SAT_TYPE_MAX_CELLS],
                   GError **error)
{
  SatRenderer renderer = { .context = context, .out = into, .from = context->from };

  for (guint cell = 0; cell < SAT_TYPE_MAX_CELLS; cell++)
    sql[cell] = field->type->sql[cell] != NULL
                    ? sat_render_field (&renderer, context->from, field, cell)
                    : NULL;
  if (!renderer.too_long)
    return TRUE;
  for (guint cell = 0; cell < SAT_TYPE_MAX_CELLS; cell++)
    g_clear_pointer (&sql[cell], g_free);
  return sat_fail (error, SAT_ERROR_TOO_LONG,
                   N_ ("the expression takes more work than a database does at once; split it"),
                   NULL);
}

void
sat_program_each_field (const SatField *field,
                        void (*each) (const SatField *field, gpointer data),
                        gpointer data)
{
  const SatDerived *derived = field->derived;

  if (derived == NULL || derived->program == NULL)
    return;
  if (derived->reference != NULL)
    each (derived->reference, data);
  if (derived->program->of != NULL)
    {
      each (derived->program->of, data);
      sat_program_each_field (derived->program->of, each, data);
    }
  if (derived->program->root != NULL)
    sat_node_each_field (derived->program->root, each, data);
}
