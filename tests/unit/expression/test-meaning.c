/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random conditions over random records with empty fields: what a list finds is what a second,
 * simple evaluator finds; the opposite finds the others; and the canonical text is the same
 * condition. */
#include "core/expression/sat-expression.h"

#include <string.h>

#include "core/query/sat-list.h"
#include "tests/support/evaluate.h"

#define N_ROWS 24
#define N_CONDITIONS 400
#define DEPTH 4

/* ---- records ---- */

typedef struct
{
  gboolean empty;
  gint64 number; /* in 1/10,000; yes-no: 0 or 1 */
  char text[80]; /* texts, days */
  char currency[4];
} Value;

enum
{
  NAME,
  COUNT,
  RATIO,
  PRICE,
  DAY,
  READY,
  STAGE,
  TAGS,
  FRIEND_RATIO, /* of the friend, who is an earlier row or nobody */
  N_FIELDS
};

static const char *const names[N_FIELDS] = { "name",  "count", "ratio", "price",       "day",
                                             "ready", "stage", "tags",  "friend.ratio" };

typedef Value Row[N_FIELDS];

typedef struct
{
  World world;
  SatWorkspace *workspace;
  GRand *rand;
  Row rows[N_ROWS];
  SatId ids[N_ROWS];
} Fixture;

static const char *const words[] = { "Acme", "acme inc", "上海宏达", "上海", "Zed", "x" };
static const char *const days[] = { "2025-12-31", "2026-01-31", "2026-02-28", "2026-11-21" };

static gint
below (Fixture *f, gint n)
{
  return g_rand_int_range (f->rand, 0, n);
}

static gint64
some_number (Fixture *f)
{
  return below (f, 3) == 0 ? (gint64) g_rand_int_range (f->rand, -30000, 30000)
                           : (gint64) g_rand_int_range (f->rand, -3, 12) * 10000;
}

static void
fill (Fixture *f, Value *row, guint field)
{
  Value *value = &row[field];

  value->empty = below (f, 3) == 0;
  switch (field)
    {
    case NAME:
      g_strlcpy (value->text, words[below (f, G_N_ELEMENTS (words))], sizeof value->text);
      break;
    case COUNT:
      value->number = (gint64) g_rand_int_range (f->rand, -3, 12) * 10000;
      break;
    case RATIO:
      value->number = some_number (f);
      break;
    case PRICE:
      value->number = some_number (f);
      g_strlcpy (value->currency, below (f, 2) ? "CNY" : "USD", sizeof value->currency);
      break;
    case DAY:
      g_strlcpy (value->text, days[below (f, G_N_ELEMENTS (days))], sizeof value->text);
      break;
    case READY:
      value->number = below (f, 2);
      break;
    case STAGE:
      g_strlcpy (value->text, below (f, 2) ? "won" : "lead", sizeof value->text);
      break;
    case TAGS:
      g_strlcpy (value->text, below (f, 2) ? "vip" : "old\nvip", sizeof value->text);
      break;
    default:
      break;
    }
}

/* The canonical text of a field, or NULL. */
static char *
canonical (const Value *value, guint field)
{
  char text[32];

  if (value->empty)
    return NULL;
  if (field == COUNT || field == RATIO)
    return g_strdup (sat_decimal_format (value->number, 0, text));
  if (field == PRICE)
    return g_strconcat (sat_decimal_format (value->number, 2, text), " ", value->currency, NULL);
  if (field == READY)
    return g_strdup (value->number ? "yes" : "no");
  return g_strdup (value->text);
}

static void
make_row (Fixture *f, guint i)
{
  Value *row = f->rows[i];
  char id[SAT_ID_TEXT_SIZE];
  guint other;

  f->ids[i] = record_new (f->workspace, "thing", "note", "x", NULL);
  for (guint field = 0; field < FRIEND_RATIO; field++)
    {
      g_autofree char *text = NULL;

      fill (f, row, field);
      text = canonical (&row[field], field);
      if (text == NULL)
        continue;
      if (field == TAGS)
        {
          g_auto (GStrv) tags = g_strsplit (text, "\n", -1);

          for (guint k = 0; tags[k] != NULL; k++)
            {
              g_autofree char *add = g_strconcat ("+", tags[k], NULL);
              record_set (f->workspace, "thing", &f->ids[i], names[field], add);
            }
        }
      else
        record_set (f->workspace, "thing", &f->ids[i], names[field], text);
    }
  other = (guint) below (f, (gint) i + 1);
  row[FRIEND_RATIO].empty = TRUE;
  if (other == i)
    return;
  row[FRIEND_RATIO] = f->rows[other][RATIO];
  record_set (f->workspace, "thing", &f->ids[i], "friend", sat_id_format (&f->ids[other], id));
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  world_laptops (&f->world, &f->workspace, 1);
  sat_platform_set_now (f->world.platform, EVALUATE_NOW_MS);
  for (guint i = 0; i < N_ROWS; i++)
    make_row (f, i);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_rand_free (f->rand);
  sat_workspace_close (f->workspace);
  world_clear (&f->world);
}

/* ---- trees: a text, and what it is for each row ---- */

typedef struct
{
  GString *text;
  Value values[N_ROWS];
} Tree;

static Tree *
tree_new (void)
{
  Tree *tree = g_new0 (Tree, 1);

  tree->text = g_string_new (NULL);
  return tree;
}

static void
tree_free (Tree *tree)
{
  if (tree == NULL)
    return;
  g_string_free (tree->text, TRUE);
  g_free (tree);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Tree, tree_free)

static void
set_all (Tree *tree, const Value *value)
{
  for (guint i = 0; i < N_ROWS; i++)
    tree->values[i] = *value;
}

static Tree *
take_field (Fixture *f, guint field)
{
  Tree *tree = tree_new ();

  g_string_append (tree->text, names[field]);
  for (guint i = 0; i < N_ROWS; i++)
    tree->values[i] = f->rows[i][field];
  return tree;
}

static Tree *make_number (Fixture *f, int depth);
static Tree *make_condition (Fixture *f, int depth);

/* ---- texts and days ---- */

static void
text_literal (Tree *tree, const char *word)
{
  Value value = { .empty = *word == '\0' };

  g_string_append_printf (tree->text, "\"%s\"", word);
  g_strlcpy (value.text, word, sizeof value.text);
  set_all (tree, &value);
}

static Tree *
make_text (Fixture *f, int depth)
{
  g_autoptr (Tree) a = NULL;
  g_autoptr (Tree) b = NULL;
  Tree *tree;

  if (depth == 0 || below (f, 2))
    {
      if (below (f, 2))
        return take_field (f, NAME);
      tree = tree_new ();
      text_literal (tree, words[below (f, G_N_ELEMENTS (words))]);
      return tree;
    }
  a = make_text (f, depth - 1);
  tree = tree_new ();
  if (below (f, 2))
    {
      gint n = below (f, 4);

      g_string_append_printf (tree->text, "left(%s, %d)", a->text->str, n);
      for (guint i = 0; i < N_ROWS; i++)
        {
          g_autofree char *part = g_utf8_substring (a->values[i].text, 0,
                                                    MIN (n, g_utf8_strlen (a->values[i].text, -1)));

          g_strlcpy (tree->values[i].text, part, sizeof tree->values[i].text);
          tree->values[i].empty = a->values[i].empty || *part == '\0';
        }
      return tree;
    }
  b = make_text (f, depth - 1);
  g_string_append_printf (tree->text, "coalesce(%s, %s)", a->text->str, b->text->str);
  for (guint i = 0; i < N_ROWS; i++)
    tree->values[i] = a->values[i].empty ? b->values[i] : a->values[i];
  return tree;
}

static Tree *
make_day (Fixture *f, int depth)
{
  g_autoptr (Tree) inner = NULL;
  Tree *tree;
  gint n;

  if (depth == 0 || below (f, 2))
    {
      if (below (f, 2))
        return take_field (f, DAY);
      tree = tree_new ();
      /* A text alone is a text: it is a day where one is expected, so make it one. */
      text_literal (tree, days[below (f, G_N_ELEMENTS (days))]);
      g_string_prepend (tree->text, "date(");
      g_string_append_c (tree->text, ')');
      return tree;
    }
  inner = make_day (f, depth - 1);
  tree = tree_new ();
  n = g_rand_int_range (f->rand, -400, 400);
  g_string_append_printf (tree->text, "(%s + %d)", inner->text->str, n);
  for (guint i = 0; i < N_ROWS; i++)
    {
      GDate day;

      tree->values[i].empty = inner->values[i].empty;
      if (inner->values[i].empty)
        continue;
      g_date_clear (&day, 1);
      g_date_set_parse (&day, inner->values[i].text);
      if (n < 0)
        g_date_subtract_days (&day, (guint) -n);
      else
        g_date_add_days (&day, (guint) n);
      g_date_strftime (tree->values[i].text, sizeof tree->values[i].text, "%Y-%m-%d", &day);
    }
  return tree;
}

/* ---- numbers ---- */

/* Half away from zero, in the schoolbook way. */
static gint64
divided (__int128 a, __int128 b)
{
  __int128 doubled = 2 * (a < 0 ? -a : a) / (b < 0 ? -b : b);
  gint64 rounded = (gint64) ((doubled + 1) / 2);

  return (a < 0) != (b < 0) ? -rounded : rounded;
}

static void
compute (Value *out, const Value *a, const Value *b, char op)
{
  out->empty = a->empty || b->empty || (op == '/' && b->number == 0);
  if (out->empty)
    return;
  switch (op)
    {
    case '+':
      out->number = a->number + b->number;
      break;
    case '-':
      out->number = a->number - b->number;
      break;
    case '*':
      out->number = divided ((__int128) a->number * b->number, 10000);
      break;
    default:
      out->number = divided ((__int128) a->number * 10000, b->number);
    }
}

static Tree *
make_arithmetic (Fixture *f, int depth)
{
  g_autoptr (Tree) a = make_number (f, depth - 1);
  g_autoptr (Tree) b = make_number (f, depth - 1);
  Tree *tree = tree_new ();
  char op = "+-*/"[below (f, 4)];

  g_string_append_printf (tree->text, "(%s %c %s)", a->text->str, op, b->text->str);
  for (guint i = 0; i < N_ROWS; i++)
    compute (&tree->values[i], &a->values[i], &b->values[i], op);
  return tree;
}

static Tree *
make_choice_of_numbers (Fixture *f, int depth)
{
  g_autoptr (Tree) a = make_number (f, depth - 1);
  g_autoptr (Tree) b = make_number (f, depth - 1);
  g_autoptr (Tree) condition = NULL;
  Tree *tree = tree_new ();

  if (below (f, 2))
    {
      g_string_append_printf (tree->text, "coalesce(%s, %s)", a->text->str, b->text->str);
      for (guint i = 0; i < N_ROWS; i++)
        tree->values[i] = a->values[i].empty ? b->values[i] : a->values[i];
      return tree;
    }
  condition = make_condition (f, depth - 1);
  g_string_append_printf (tree->text, "if(%s, %s, %s)", condition->text->str, a->text->str,
                          b->text->str);
  for (guint i = 0; i < N_ROWS; i++)
    tree->values[i] = condition->values[i].number ? a->values[i] : b->values[i];
  return tree;
}

static Tree *
make_measure (Fixture *f, int depth)
{
  g_autoptr (Tree) a = NULL;
  g_autoptr (Tree) b = NULL;
  Tree *tree = tree_new ();

  if (below (f, 2))
    {
      a = make_text (f, depth - 1);
      g_string_append_printf (tree->text, "length(%s)", a->text->str);
      for (guint i = 0; i < N_ROWS; i++)
        if (!a->values[i].empty)
          tree->values[i].number = g_utf8_strlen (a->values[i].text, -1) * 10000;
      return tree;
    }
  a = make_day (f, depth - 1);
  b = make_day (f, depth - 1);
  g_string_append_printf (tree->text, "(%s - %s)", a->text->str, b->text->str);
  for (guint i = 0; i < N_ROWS; i++)
    {
      GDate first, second;

      tree->values[i].empty = a->values[i].empty || b->values[i].empty;
      if (tree->values[i].empty)
        continue;
      g_date_clear (&first, 1);
      g_date_clear (&second, 1);
      g_date_set_parse (&first, a->values[i].text);
      g_date_set_parse (&second, b->values[i].text);
      tree->values[i].number = 10000 * (gint64) g_date_days_between (&second, &first);
    }
  return tree;
}

static Tree *
make_number (Fixture *f, int depth)
{
  static const guint fields[] = { COUNT, RATIO, FRIEND_RATIO };
  Tree *tree;
  Value value = { 0 };
  char text[32];

  if (depth > 0)
    switch (below (f, 6))
      {
      case 0:
      case 1:
        return make_arithmetic (f, depth);
      case 2:
        return make_choice_of_numbers (f, depth);
      case 3:
        return make_measure (f, depth);
      default:
        break;
      }
  if (below (f, 3))
    return take_field (f, fields[below (f, G_N_ELEMENTS (fields))]);
  tree = tree_new ();
  value.number = some_number (f);
  g_string_append (tree->text, sat_decimal_format (value.number, 0, text));
  set_all (tree, &value);
  return tree;
}

/* ---- conditions ---- */

static const char *const comparisons[] = { "=", "!=", "<", "<=", ">", ">=" };

/* ORDER of two values that are there. EITHER, BOTH: are empty. */
static gboolean
compared (gint op, int order, gboolean either, gboolean both)
{
  gboolean equal = either ? both : order == 0;

  switch (op)
    {
    case 0:
      return equal;
    case 1:
      return !equal;
    case 2:
      return !either && order < 0;
    case 3:
      return !either && order <= 0;
    case 4:
      return !either && order > 0;
    default:
      return !either && order >= 0;
    }
}

static Tree *
compare (Tree *left, Tree *right, gint op, gboolean as_text)
{
  g_autoptr (Tree) a = left;
  g_autoptr (Tree) b = right;
  Tree *tree = tree_new ();

  g_string_append_printf (tree->text, "%s %s %s", a->text->str, comparisons[op], b->text->str);
  for (guint i = 0; i < N_ROWS; i++)
    {
      const Value *x = &a->values[i];
      const Value *y = &b->values[i];
      int order = as_text ? strcmp (x->text, y->text)
                          : (x->number > y->number) - (x->number < y->number);

      tree->values[i].number = compared (op, order, x->empty || y->empty, x->empty && y->empty);
    }
  return tree;
}

/* Amounts: no order between currencies. */
static Tree *
compare_money (Fixture *f)
{
  g_autoptr (Tree) price = take_field (f, PRICE);
  Tree *tree = tree_new ();
  gint op = below (f, 6);
  const char *currency = below (f, 2) ? "CNY" : "USD";
  gint64 amount = some_number (f);
  gboolean plain = below (f, 2);
  char text[32];

  sat_decimal_format (amount, 2, text);
  if (plain)
    g_string_append_printf (tree->text, "price %s %s", comparisons[op], text);
  else
    g_string_append_printf (tree->text, "price %s \"%s %s\"", comparisons[op], text, currency);
  for (guint i = 0; i < N_ROWS; i++)
    {
      const Value *x = &price->values[i];
      int order = (x->number > amount) - (x->number < amount);
      gboolean same = plain || strcmp (x->currency, currency) == 0;

      tree->values[i].number = !x->empty && !same ? op == 1 : compared (op, order, x->empty, FALSE);
    }
  return tree;
}

static Tree *
make_list (Fixture *f)
{
  g_autoptr (Tree) count = take_field (f, below (f, 2) ? COUNT : RATIO);
  Tree *tree = tree_new ();
  gboolean negated = below (f, 2);
  gboolean with_empty = below (f, 2);
  gint64 some[3];
  g_autoptr (GString) list = g_string_new (with_empty ? "\"\"" : NULL);
  char text[32];

  for (guint k = 0; k < 3; k++)
    {
      some[k] = some_number (f);
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "",
                              sat_decimal_format (some[k], 0, text));
    }
  g_string_append_printf (tree->text, "%s %sin (%s)", count->text->str, negated ? "not " : "",
                          list->str);
  for (guint i = 0; i < N_ROWS; i++)
    {
      const Value *x = &count->values[i];
      gboolean in = x->empty ? with_empty
                             : x->number == some[0] || x->number == some[1] || x->number == some[2];

      tree->values[i].number = in != negated;
    }
  return tree;
}

static Tree *
make_test (Fixture *f, int depth)
{
  g_autoptr (Tree) inner = below (f, 2) ? make_number (f, depth) : make_text (f, depth);
  Tree *tree = tree_new ();
  gboolean negated = below (f, 2);
  gint kind = below (f, 3);

  for (guint i = 0; i < N_ROWS; i++)
    {
      const Value *tags = &f->rows[i][TAGS];
      const Value *name = &f->rows[i][NAME];
      gboolean yes = kind == 0   ? inner->values[i].empty
                     : kind == 1 ? !tags->empty && strstr (tags->text, "old") != NULL
                                 : !name->empty && (g_ascii_strncasecmp (name->text, "ac", 2) == 0);

      tree->values[i].number = yes != negated;
    }
  if (kind == 0)
    g_string_append_printf (tree->text, "%s is %sempty", inner->text->str, negated ? "not " : "");
  else if (kind == 1)
    g_string_append_printf (tree->text, "tags %shas \"old\"", negated ? "not " : "");
  else
    g_string_append_printf (tree->text, "name %slike \"AC%%\"", negated ? "not " : "");
  return tree;
}

static Tree *
make_relation (Fixture *f, int depth)
{
  switch (below (f, 8))
    {
    case 0:
      return compare (make_text (f, depth), make_text (f, depth), below (f, 2), TRUE);
    case 1:
      return compare (make_day (f, depth), make_day (f, depth), below (f, 6), TRUE);
    case 2:
      return compare_money (f);
    case 3:
      return make_list (f);
    case 4:
      return make_test (f, depth);
    case 5:
      {
        Tree *stage = tree_new ();

        text_literal (stage, below (f, 2) ? "lead" : "won");
        return compare (take_field (f, STAGE), stage, below (f, 6), TRUE);
      }
    default:
      return compare (make_number (f, depth), make_number (f, depth), below (f, 6), FALSE);
    }
}

static Tree *
make_condition (Fixture *f, int depth)
{
  g_autoptr (Tree) a = NULL;
  g_autoptr (Tree) b = NULL;
  Tree *tree;
  gint kind = below (f, 4);

  if (depth == 0 || kind == 0)
    {
      if (below (f, 5))
        return make_relation (f, MAX (depth - 1, 0));
      tree = take_field (f, READY);
      for (guint i = 0; i < N_ROWS; i++)
        tree->values[i].number = !tree->values[i].empty && tree->values[i].number;
      return tree;
    }
  a = make_condition (f, depth - 1);
  tree = tree_new ();
  if (kind == 1)
    {
      g_string_append_printf (tree->text, "not (%s)", a->text->str);
      for (guint i = 0; i < N_ROWS; i++)
        tree->values[i].number = !a->values[i].number;
      return tree;
    }
  b = make_condition (f, depth - 1);
  g_string_append_printf (tree->text, "(%s) %s (%s)", a->text->str, kind == 2 ? "and" : "or",
                          b->text->str);
  for (guint i = 0; i < N_ROWS; i++)
    tree->values[i].number = kind == 2 ? a->values[i].number && b->values[i].number
                                       : a->values[i].number || b->values[i].number;
  return tree;
}

/* ---- the test ---- */

static void
assert_found (Fixture *f, const SatExpression *where, const Tree *tree, gboolean opposite)
{
  SatListQuery query = { .object = world_object (f->workspace, "thing"),
                         .where = where,
                         .limit = -1 };
  SatReplica *replica = world_replica (f->workspace);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rows = sat_list_rows (replica, &query, &error);
  gboolean found[N_ROWS] = { FALSE };

  if (rows == NULL && g_error_matches (error, SAT_ERROR, SAT_ERROR_TOO_LONG))
    return; /* deeper than this database goes */
  g_assert_no_error (error);
  g_assert_cmpint (sat_list_count (replica, &query, NULL), ==, rows->len);
  for (guint k = 0; k < rows->len; k++)
    {
      g_autoptr (SatRecord) record = sat_list_load_row (replica, query.object,
                                                        g_array_index (rows, gint64, k), NULL);

      for (guint i = 0; i < N_ROWS; i++)
        if (sat_id_equal (sat_record_id (record), &f->ids[i]))
          found[i] = TRUE;
    }
  for (guint i = 0; i < N_ROWS; i++)
    if (found[i] != ((tree->values[i].number != 0) != opposite))
      g_error ("%s%s is %s for row %u", opposite ? "not " : "", tree->text->str,
               found[i] ? "true" : "false", i);
}

static void
test_random (Fixture *f, gconstpointer data)
{
  for (guint n = 0; n < N_CONDITIONS; n++)
    {
      g_autoptr (Tree) tree = make_condition (f, 1 + below (f, DEPTH));
      g_autofree char *opposite = g_strdup_printf ("not (%s)", tree->text->str);
      g_autoptr (SatExpression) where = evaluate_parse (f->workspace, "thing", tree->text->str,
                                                        SAT_EXPRESSION_FILTER);
      g_autoptr (SatExpression) other = evaluate_parse (f->workspace, "thing", opposite,
                                                        SAT_EXPRESSION_FILTER);
      g_autofree char *text = sat_expression_format (where);
      g_autoptr (SatExpression) again = evaluate_parse (f->workspace, "thing", text,
                                                        SAT_EXPRESSION_FILTER);
      g_autofree char *text_again = sat_expression_format (again);

      if (!sat_expression_equal (where, again))
        g_error ("%s is another when it is read again", text);
      g_assert_cmpstr (text, ==, text_again);
      assert_found (f, where, tree, FALSE);
      assert_found (f, other, tree, TRUE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/expression/meaning/random", Fixture, NULL, set_up, test_random, tear_down);
  return g_test_run ();
}
