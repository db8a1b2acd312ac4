/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as an expression over an object with a field of every type: it is refused with a place
 * inside the text, or its canonical text is the same expression again, and it compiles to SQL with
 * nothing of the text in it, or is refused for being too much. */
#include <string.h>

#include "core/expression/sat-expression.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define FIELD(name, type, more) \
  "<field name='" name "' type='" type "' " more "><label>" name "</label></field>"

static const char xml[] =
    "<object name='thing' title='name' "
    "order='1'><label>Thing</label><plural>Things</plural>" FIELD ("name", "text", "") FIELD (
        "note", "long-text", "") FIELD ("count", "integer", "") FIELD ("ratio", "decimal", "")
        FIELD ("share", "percent", "") FIELD ("price", "money", "") FIELD ("day", "date", "")
            FIELD ("moment", "time", "") FIELD ("ready", "yes-no", "") FIELD (
                "tags", "tags", "policy='union'") FIELD ("friend", "reference", "reference='thing'")
                FIELD ("anything", "reference", "reference='*'")
                    FIELD ("phone",
                           "phone",
                           "") "<field name='stage' type='choice' ordered='yes'><label>阶段</label>"
                               "<choice name='lead'><label>Lead</label></choice>"
                               "<choice name='won'><label>赢单</label></choice></field></object>";

static char *
name_column (const char *from, const SatField *field, guint cell)
{
  return g_strdup_printf ("%s.%s%s", from, field->name, cell ? "_cur" : "");
}

static char *
name_referred (const SatField *field, guint cell, const char *id, const char *alias)
{
  return g_strdup_printf ("(SELECT %s.%s%s FROM t %s WHERE %s.uuid = %s)", alias, field->name,
                          cell ? "_cur" : "", alias, alias, id);
}

static char *
name_looked_up (const SatObject *object, const char *value, const char *id, const char *alias)
{
  return g_strdup_printf ("(SELECT %s FROM %s %s WHERE id = %s)", value, object->name, alias, id);
}

static char *
name_gathered (const SatField *reference,
               const char *aggregate,
               const char *condition,
               const char *from,
               const char *alias)
{
  return g_strdup_printf ("(SELECT %s FROM %s %s WHERE %s = %s.id AND %s)", aggregate,
                          reference->object->name, alias, reference->name, from,
                          condition ? condition : "1");
}

static const SatExpressionNames names = {
  .column = name_column, .refer = name_referred, .look_up = name_looked_up, .gather = name_gathered
};

static const SatObject *
get_object (void)
{
  static SatCatalogue *catalogue = NULL;

  if (catalogue == NULL)
    catalogue = sat_catalogue_read_memory ("thing.xml", xml, strlen (xml), TRUE, NULL);
  return sat_catalogue_find (catalogue, "thing");
}

static void
compile (const SatExpression *expression)
{
  SatExpressionContext context = { .names = &names, .from = "o", .first_parameter = 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (SatCompiled) compiled = sat_expression_compile (expression, &context, &error);

  if (compiled == NULL)
    {
      g_assert_nonnull (error);
      return;
    }
  g_assert_cmpuint (strlen (compiled->sql), <=, SAT_EXPRESSION_MAX_SQL + 100);
  g_assert_null (strpbrk (compiled->sql, "'\";\\"));
  for (const char *p = compiled->sql; *p != '\0'; p++)
    g_assert_cmpuint ((guint8) *p, <, 0x80);
}

static void
try_use (const char *text, gsize length, SatExpressionUse use)
{
  g_autoptr (GError) error = NULL;
  guint column = 0;
  g_autoptr (SatExpression) expression = sat_expression_parse (get_object (), text, use, &column,
                                                               &error);
  g_autoptr (SatExpression) again = NULL;
  g_autofree char *canonical = NULL;

  if (expression == NULL)
    {
      g_assert_true (error->domain == SAT_ERROR);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_cmpuint (column, >=, 1);
      g_assert_cmpuint (column, <=, length + 1);
      return;
    }
  canonical = sat_expression_format (expression);
  /* Writing each value in full can make a text longer than any may be. */
  if (strlen (canonical) <= SAT_EXPRESSION_MAX_LENGTH)
    {
      again = sat_expression_parse (get_object (), canonical, use, &column, &error);
      if (again == NULL || !sat_expression_equal (expression, again))
        g_error ("%s is another expression than %s: %s", canonical, text,
                 error != NULL ? error->message : "");
    }
  compile (expression);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");
  gsize length = strlen (text);

  try_use (text, length, SAT_EXPRESSION_FILTER);
  try_use (text, length, SAT_EXPRESSION_RULE);
  try_use (text, length, SAT_EXPRESSION_VALUE);
  return 0;
}
