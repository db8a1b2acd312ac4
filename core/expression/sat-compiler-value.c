/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values as SQL: literals as parameters, fields as columns or selects over the records referred to,
 * operators and functions as calls of the store's functions. */
#include <string.h>

#include "core/expression/sat-expression-private.h"

char *
sat_render_take (SatRenderer *renderer, char *sql)
{
  if (strlen (sql) <= SAT_EXPRESSION_MAX_SQL && !renderer->too_long)
    return sql;
  renderer->too_long = TRUE;
  g_free (sql);
  return g_strdup ("NULL");
}

/* ---- parameters ---- */

static char *
add_cell (SatRenderer *renderer, const SatCell *cell)
{
  g_array_append_val (renderer->out->cells, *cell);
  return g_strdup_printf ("?%u",
                          renderer->context->first_parameter + renderer->out->cells->len - 1);
}

static char *
add_bytes (SatRenderer *renderer, SatCellKind kind, const char *data, gsize size)
{
  SatCell cell = { .kind = kind, .size = size };
  char *copy = g_malloc (size + 1);

  memcpy (copy, data, size);
  copy[size] = '\0';
  g_ptr_array_add (renderer->out->owned, copy);
  cell.text = copy;
  return add_cell (renderer, &cell);
}

char *
sat_render_text (SatRenderer *renderer, const char *text, gsize length)
{
  return add_bytes (renderer, SAT_CELL_TEXT, text, length);
}

char *
sat_render_integer (SatRenderer *renderer, gint64 value)
{
  SatCell cell = { .kind = SAT_CELL_INTEGER, .integer = value };

  return add_cell (renderer, &cell);
}

/* ---- literals and fields ---- */

gboolean
sat_node_is_empty (const SatNode *node)
{
  return node->type == SAT_NODE_LITERAL && node->text == NULL && node->kind != SAT_KIND_NUMBER &&
         node->kind != SAT_KIND_PERCENT;
}

static char *
render_money (SatRenderer *renderer, const SatNode *node, guint cell)
{
  SatCell cells[SAT_TYPE_MAX_CELLS] = { 0 };

  sat_type_get (SAT_TYPE_MONEY)->to_cells (node->text, cells);
  if (cell == 0)
    return sat_render_integer (renderer, cells[0].integer);
  return sat_render_text (renderer, cells[1].text, cells[1].size);
}

static char *
render_place (SatRenderer *renderer, const SatNode *node)
{
  SatCell cells[SAT_TYPE_MAX_CELLS] = { 0 };

  sat_type_get (SAT_TYPE_PLACE)->to_cells (node->text, cells);
  return sat_render_integer (renderer, cells[0].integer);
}

static char *
render_literal (SatRenderer *renderer, const SatNode *node)
{
  SatId id;

  if (sat_node_is_empty (node))
    return g_strdup ("NULL");
  switch ((int) node->kind)
    {
    case SAT_KIND_NUMBER:
    case SAT_KIND_PERCENT:
      return sat_render_integer (renderer, node->number);
    case SAT_KIND_MONEY:
      return render_money (renderer, node, 0);
    case SAT_KIND_YES_NO:
      return g_strdup (node->text[0] == 'y' ? "1" : "0");
    case SAT_KIND_REFERENCE:
      if (sat_id_parse (node->text, &id))
        return add_bytes (renderer, SAT_CELL_BLOB, (const char *) id.bytes, SAT_ID_SIZE);
      return g_strdup ("NULL");
    case SAT_KIND_PLACE:
      return render_place (renderer, node);
    default:
      return sat_render_text (renderer, node->text, strlen (node->text));
    }
}

/* SQL of CELL of FIELD in the record that ID names; NULL in SQL where nobody is to look into it. */
static char *
render_step (SatRenderer *renderer, const SatField *field, guint cell, const char *id)
{
  const SatExpressionContext *context = renderer->context;
  g_autofree char *alias = g_strdup_printf ("r%u", ++renderer->n_aliases);
  g_autofree char *within = sat_render_within (renderer, field->object, alias);
  g_autofree char *value = NULL;
  g_autofree char *bounded = NULL;

  if (field->derived == NULL && within == NULL)
    return context->names->refer (field, cell, id, alias);
  value = sat_render_field (renderer, alias, field, cell);
  if (within != NULL)
    bounded = g_strdup_printf ("CASE WHEN (%s) THEN %s END", within, value);
  return context->names->look_up (field->object, bounded ? bounded : value, id, alias);
}

static char *
render_path (SatRenderer *renderer, const SatNode *node, guint cell)
{
  guint last = node->path->len - 1;
  char *sql = sat_render_field (renderer, renderer->from, g_ptr_array_index (node->path, 0),
                                last == 0 ? cell : 0);

  for (guint i = 1; i <= last; i++)
    {
      g_autofree char *id = sql;

      sql = render_step (renderer, g_ptr_array_index (node->path, i), i == last ? cell : 0, id);
    }
  return sql;
}

/* ---- what a change did ---- */

char *
sat_render_changed (SatRenderer *renderer, const SatNode *node)
{
  const SatExpressionChange *change = renderer->context->change;

  if (change == NULL)
    {
      renderer->needs_change = TRUE;
      return g_strdup ("NULL");
    }
  return sat_render_integer (renderer,
                             change->changed != NULL &&
                                 change->changed (g_ptr_array_index (node->path, 0), change->data));
}

char *
sat_render_was (SatRenderer *renderer, const SatNode *node, guint cell)
{
  const SatExpressionChange *change = renderer->context->change;
  const SatField *field = g_ptr_array_index (node->path, 0);
  SatCell cells[SAT_TYPE_MAX_CELLS] = { 0 };
  const char *value;

  if (change == NULL)
    {
      renderer->needs_change = TRUE;
      return g_strdup ("NULL");
    }
  if (change->was == NULL)
    return sat_render_take (renderer, render_path (renderer, node, cell));
  value = change->was (field, change->data);
  if (value != NULL && field->type->canonical (value, strlen (value)))
    field->type->to_cells (value, cells);
  if (cells[cell].kind == SAT_CELL_TEXT || cells[cell].kind == SAT_CELL_BLOB)
    return add_bytes (renderer, cells[cell].kind, cells[cell].text, cells[cell].size);
  return add_cell (renderer, &cells[cell]);
}

/* ---- arithmetic ---- */

static char *
call_two (SatRenderer *renderer, const char *function, char *left, char *right)
{
  g_autofree char *a = left;
  g_autofree char *b = right;

  return sat_render_take (renderer, g_strdup_printf ("%s(%s, %s)", function, a, b));
}

static char *
operand (SatRenderer *renderer, const SatNode *node)
{
  return sat_kind_is_number (node->kind) ? sat_render_decimal (renderer, node)
                                         : sat_render_value (renderer, node);
}

/* SQL where both amounts are in one currency, else NULL. */
static char *
in_one_currency (SatRenderer *renderer, const SatNode *node, char *sql)
{
  g_autofree char *value = sql;
  g_autofree char *a = sat_render_currency (renderer, sat_node_arg (node, 0));
  g_autofree char *b = sat_render_currency (renderer, sat_node_arg (node, 1));

  return sat_render_take (renderer, g_strdup_printf ("CASE WHEN %s = %s THEN %s END", a, b, value));
}

static char *
render_day_sum (SatRenderer *renderer, const SatNode *node)
{
  const SatNode *left = sat_node_arg (node, 0);
  const SatNode *right = sat_node_arg (node, 1);
  gboolean left_is_day = left->kind == SAT_KIND_DATE;
  char *day, *days;

  if (left_is_day && right->kind == SAT_KIND_DATE)
    return call_two (renderer, "sat_date_difference", operand (renderer, left),
                     operand (renderer, right));
  day = operand (renderer, left_is_day ? left : right);
  days = operand (renderer, left_is_day ? right : left);
  if (node->op == SAT_OPERATOR_SUBTRACT)
    days = call_two (renderer, "sat_subtract", g_strdup ("0"), days);
  return call_two (renderer, "sat_add_days", day, days);
}

static const char *
operator_function (const SatNode *node)
{
  SatKind left = sat_node_arg (node, 0)->kind;
  SatKind right = sat_node_arg (node, 1)->kind;

  switch ((int) node->op)
    {
    case SAT_OPERATOR_ADD:
      return "sat_add";
    case SAT_OPERATOR_SUBTRACT:
      return "sat_subtract";
    case SAT_OPERATOR_MULTIPLY:
      return left == SAT_KIND_PERCENT || right == SAT_KIND_PERCENT ? "sat_share" : "sat_multiply";
    default:
      return right == SAT_KIND_PERCENT && left != SAT_KIND_PERCENT ? "sat_unshare" : "sat_divide";
    }
}

static char *
render_arithmetic (SatRenderer *renderer, const SatNode *node)
{
  const SatNode *left = sat_node_arg (node, 0);
  const SatNode *right;
  char *sql;

  if (node->args->len == 1)
    return call_two (renderer, "sat_subtract", g_strdup ("0"), operand (renderer, left));
  right = sat_node_arg (node, 1);
  if (left->kind == SAT_KIND_DATE || right->kind == SAT_KIND_DATE)
    return render_day_sum (renderer, node);
  sql = call_two (renderer, operator_function (node), operand (renderer, left),
                  operand (renderer, right));
  if (left->kind == SAT_KIND_MONEY && right->kind == SAT_KIND_MONEY)
    return in_one_currency (renderer, node, sql);
  return sql;
}

/* ---- calls ---- */

static char *
render_today (SatRenderer *renderer)
{
  gint64 seconds = renderer->context->now_ms / 1000;
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (seconds);
  g_autofree char *text = now != NULL ? g_date_time_format (now, "%Y-%m-%d") : NULL;

  return text != NULL ? sat_render_text (renderer, text, strlen (text)) : g_strdup ("NULL");
}

static char *
render_now (SatRenderer *renderer)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (renderer->context->now_ms / 1000);
  g_autofree char *text = now != NULL ? g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  return text != NULL ? sat_render_text (renderer, text, strlen (text)) : g_strdup ("NULL");
}

/* One parameter, however often it is needed. */
static char *
render_calendar (SatRenderer *renderer)
{
  const SatExpressionContext *context = renderer->context;

  if (renderer->calendar == 0)
    {
      g_autofree char *text = context->calendar ? context->calendar (context->calendar_data) : NULL;
      g_autofree char *sql = sat_render_text (renderer, text ? text : "", text ? strlen (text) : 0);

      renderer->calendar = context->first_parameter + renderer->out->cells->len - 1;
    }
  return g_strdup_printf ("?%u", renderer->calendar);
}

static char *
render_run (SatRenderer *renderer, const SatNode *node)
{
  g_autoptr (GString) sql = g_string_new ("sat_");
  const char *separator = "";

  g_string_append_printf (sql, "%s(", node->function->name);
  if (node->function->render == SAT_RENDER_RUN_DAY)
    {
      g_autofree char *today = render_today (renderer);

      g_string_append (sql, today);
      separator = ", ";
    }
  if (node->function->render == SAT_RENDER_RUN_CALENDAR)
    {
      g_autofree char *calendar = render_calendar (renderer);

      g_string_append (sql, calendar);
      separator = ", ";
    }
  for (guint i = 0; i < node->args->len; i++)
    {
      g_autofree char *arg = operand (renderer, sat_node_arg (node, i));

      g_string_append_printf (sql, "%s%s", separator, arg);
      separator = ", ";
    }
  g_string_append_c (sql, ')');
  return sat_render_take (renderer, g_string_free (g_steal_pointer (&sql), FALSE));
}

/* What a branch gives: the value, or its currency. */
typedef char *(*Render) (SatRenderer *renderer, const SatNode *node);

static char *
render_if (SatRenderer *renderer, const SatNode *node, Render render)
{
  g_autofree char *condition = sat_render_condition (renderer, sat_node_arg (node, 0), FALSE);
  g_autofree char *value = render (renderer, sat_node_arg (node, 1));
  g_autofree char *otherwise = node->args->len > 2 ? render (renderer, sat_node_arg (node, 2))
                                                   : g_strdup ("NULL");

  return sat_render_take (
      renderer, g_strdup_printf ("CASE WHEN %s THEN %s ELSE %s END", condition, value, otherwise));
}

static char *
render_coalesce (SatRenderer *renderer, const SatNode *node)
{
  g_autoptr (GString) sql = g_string_new ("coalesce(");

  for (guint i = 0; i < node->args->len; i++)
    {
      g_autofree char *arg = operand (renderer, sat_node_arg (node, i));

      g_string_append_printf (sql, "%s%s", i > 0 ? ", " : "", arg);
    }
  g_string_append_c (sql, ')');
  return sat_render_take (renderer, g_string_free (g_steal_pointer (&sql), FALSE));
}

static char *
render_call (SatRenderer *renderer, const SatNode *node)
{
  switch ((int) node->function->render)
    {
    case SAT_RENDER_TODAY:
      return render_today (renderer);
    case SAT_RENDER_NOW:
      return render_now (renderer);
    case SAT_RENDER_ME:
      return add_bytes (renderer, SAT_CELL_BLOB, (const char *) renderer->context->me.bytes,
                        SAT_ID_SIZE);
    case SAT_RENDER_IF:
      return render_if (renderer, node, operand);
    case SAT_RENDER_COALESCE:
      return render_coalesce (renderer, node);
    case SAT_RENDER_SAME:
      return operand (renderer, sat_node_arg (node, 0));
    case SAT_RENDER_CURRENCY:
      return sat_render_currency (renderer, sat_node_arg (node, 0));
    case SAT_RENDER_WAS:
      return sat_render_was (renderer, sat_node_arg (node, 0), 0);
    case SAT_RENDER_RUN:
    case SAT_RENDER_RUN_SOME:
    case SAT_RENDER_RUN_DAY:
    case SAT_RENDER_RUN_CALENDAR:
    default:
      return render_run (renderer, node);
    }
}

/* ---- all of them ---- */

char *
sat_render_value (SatRenderer *renderer, const SatNode *node)
{
  if (renderer->too_long)
    return g_strdup ("NULL");
  switch ((int) node->type)
    {
    case SAT_NODE_LITERAL:
      return render_literal (renderer, node);
    case SAT_NODE_FIELD:
      return sat_render_take (renderer, render_path (renderer, node, 0));
    case SAT_NODE_CALL:
      return render_call (renderer, node);
    case SAT_NODE_ARITHMETIC:
      return render_arithmetic (renderer, node);
    default:
      return sat_render_condition (renderer, node, TRUE);
    }
}

char *
sat_render_decimal (SatRenderer *renderer, const SatNode *node)
{
  g_autofree char *value = sat_render_value (renderer, node);

  if (node->kind != SAT_KIND_INTEGER)
    return g_steal_pointer (&value);
  return sat_render_take (renderer, g_strdup_printf ("sat_decimal(%s)", value));
}

/* Of the first amount that is not empty. */
static char *
render_first_currency (SatRenderer *renderer, const SatNode *node)
{
  g_autoptr (GString) sql = g_string_new ("CASE");

  for (guint i = 0; i < node->args->len; i++)
    {
      g_autofree char *amount = sat_render_value (renderer, sat_node_arg (node, i));
      g_autofree char *currency = sat_render_currency (renderer, sat_node_arg (node, i));

      g_string_append_printf (sql, " WHEN %s IS NOT NULL THEN %s", amount, currency);
    }
  g_string_append (sql, " END");
  return sat_render_take (renderer, g_string_free (g_steal_pointer (&sql), FALSE));
}

static char *
currency_of_call (SatRenderer *renderer, const SatNode *node)
{
  if (node->function->render == SAT_RENDER_IF)
    return render_if (renderer, node, sat_render_currency);
  if (node->function->render == SAT_RENDER_COALESCE)
    return render_first_currency (renderer, node);
  if (node->function->render == SAT_RENDER_WAS)
    return sat_render_was (renderer, sat_node_arg (node, 0), 1);
  return sat_render_currency (renderer, sat_node_arg (node, 0));
}

char *
sat_render_currency (SatRenderer *renderer, const SatNode *node)
{
  if (sat_node_is_empty (node) || renderer->too_long)
    return g_strdup ("NULL");
  switch ((int) node->type)
    {
    case SAT_NODE_LITERAL:
      return render_money (renderer, node, 1);
    case SAT_NODE_FIELD:
      return sat_render_take (renderer, render_path (renderer, node, 1));
    case SAT_NODE_CALL:
      return currency_of_call (renderer, node);
    default:
      {
        const SatNode *left = sat_node_arg (node, 0);

        return sat_render_currency (renderer,
                                    left->kind == SAT_KIND_MONEY ? left : sat_node_arg (node, 1));
      }
    }
}
