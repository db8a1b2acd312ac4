/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists in people's order, windows of them, and finding one record by what a person writes. */
#include "core/query/sat-find.h"
#include "core/query/sat-list.h"

#include <string.h>

#include "core/store/sat-search.h"
#include "tests/support/evaluate.h"

typedef struct
{
  World world;
  SatWorkspace *all[2];
  SatReplica *replica;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  world_laptops (&f->world, f->all, 2);
  f->replica = world_replica (f->all[0]);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  sat_workspace_close (f->all[0]);
  sat_workspace_close (f->all[1]);
  world_clear (&f->world);
}

static SatListQuery
things (Fixture *f)
{
  SatListQuery query = { .object = world_object (f->all[0], "thing"), .limit = -1 };

  return query;
}

/* The titles that QUERY lists, "-" for none, joined by spaces. */
static char *
list_titles (Fixture *f, const SatListQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rows = sat_list_rows (f->replica, query, &error);
  GString *titles = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (SatRecord) record = sat_list_load_row (f->replica, query->object,
                                                        g_array_index (rows, gint64, i), &error);
      const char *title = sat_record_get (record, query->object->title);

      g_assert_no_error (error);
      g_string_append_printf (titles, "%s%s", i ? " " : "", title ? title : "-");
    }
  if (query->limit < 0 && query->offset == 0)
    g_assert_cmpint (sat_list_count (f->replica, query, NULL), ==, rows->len);
  return g_string_free (titles, FALSE);
}

static void
assert_titles (Fixture *f, const SatListQuery *query, const char *expected)
{
  g_autofree char *titles = list_titles (f, query);

  g_assert_cmpstr (titles, ==, expected);
}

static void
assert_sorted (Fixture *f, const char *first, const char *second, const char *expected)
{
  const char *const sort[] = { first, second, NULL };
  SatListQuery query = things (f);

  query.sort = sort;
  assert_titles (f, &query, expected);
}

/* Chinese by its sound, then Latin, capitals with small letters, those without a title last. */
static void
test_titles (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "上海", "zebra", "成都", "Émile", "阿里",
                                       "acme", "北京",  NULL,   "Bcme" };
  SatListQuery query = things (f);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    record_new (f->all[0], "thing", "count", "1", "name", names[i], NULL);
  assert_titles (f, &query, "阿里 北京 成都 上海 acme Bcme Émile zebra -");
  assert_sorted (f, "name", NULL, "阿里 北京 成都 上海 acme Bcme Émile zebra -");
  assert_sorted (f, "-name", NULL, "zebra Émile Bcme acme 上海 成都 北京 阿里 -");
  query.limit = 3;
  assert_titles (f, &query, "阿里 北京 成都");
  query.offset = 7;
  assert_titles (f, &query, "zebra -");
  query.offset = 8;
  assert_titles (f, &query, "-");
  query.offset = 9;
  assert_titles (f, &query, "");
  query.offset = G_MAXINT64;
  assert_titles (f, &query, "");
  query.offset = -5;
  query.limit = 0;
  assert_titles (f, &query, "");
  g_assert_cmpint (sat_list_count (f->replica, &query, NULL), ==, 9);
}

static void
test_sorts (Fixture *f, gconstpointer data)
{
  char text[SAT_ID_TEXT_SIZE];
  SatId zoe, ann;

  zoe = record_new (f->all[0], "thing", "name", "zoe", "kind", "a", "count", "9", "place", "成都",
                    "price", "5.00 USD", "day", "2026-02-01", "ready", "yes", NULL);
  ann = record_new (f->all[0], "thing", "name", "ann", "kind", "b", "count", "10", "place", "北京",
                    "price", "10.00 CNY", "friend", sat_id_format (&zoe, text), NULL);
  record_set (f->all[0], "thing", &zoe, "friend", sat_id_format (&ann, text));
  record_new (f->all[0], "thing", "name", "mia", "count", "-1", "friend", text, "place", "Aachen",
              "ready", "no", "day", "2025-12-31", NULL);
  record_new (f->all[0], "thing", "name", "bob", "kind", "a", NULL);
  assert_sorted (f, "kind", NULL,
                 "ann bob zoe mia"); /* as the catalogue lists them, ties by title */
  assert_sorted (f, "-kind", NULL, "bob zoe ann mia");
  assert_sorted (f, "count", NULL, "mia zoe ann bob");
  assert_sorted (f, "-count", NULL, "ann zoe mia bob");
  assert_sorted (f, "place", NULL, "ann zoe mia bob");
  assert_sorted (f, "-place", NULL, "mia zoe ann bob");
  assert_sorted (f, "price", NULL, "zoe ann bob mia");
  assert_sorted (f, "day", NULL, "mia zoe ann bob");
  assert_sorted (f, "ready", NULL, "mia zoe ann bob");
  assert_sorted (f, "friend", NULL, "mia zoe ann bob"); /* by the friend's title */
  assert_sorted (f, "-friend", "-name", "ann zoe mia bob");
  assert_sorted (f, "kind", "-count", "ann zoe bob mia");
}

/* A reference sorts by the title of what it names, also where that has a field of the same name. */
static void
test_sort_by_reference (Fixture *f, gconstpointer data)
{
  char text[SAT_ID_TEXT_SIZE];
  SatId zed = record_new (f->all[0], "thing", "name", "zed", NULL);
  SatId amy = record_new (f->all[0], "thing", "name", "amy", NULL);

  record_set (f->all[0], "thing", &amy, "friend", sat_id_format (&zed, text));
  record_set (f->all[0], "thing", &zed, "friend", sat_id_format (&amy, text));
  assert_sorted (f, "friend", NULL, "zed amy");
  assert_sorted (f, "-friend", NULL, "amy zed");
}

static void
test_unknown_sort (Fixture *f, gconstpointer data)
{
  const char *const sort[] = { "-colour", NULL };
  SatListQuery query = things (f);
  g_autoptr (GError) error = NULL;

  query.sort = sort;
  g_assert_null (sat_list_rows (f->replica, &query, &error));
  assert_error (&error, SAT_ERROR_INVALID, "thing has no field “colour” to sort by");
}

static void
test_conditions (Fixture *f, gconstpointer data)
{
  SatListQuery query = things (f);
  char text[SAT_ID_TEXT_SIZE];
  SatId parent = record_new (f->all[0], "thing", "name", "parent red", NULL);
  SatId gone = record_new (f->all[0], "thing", "name", "gone red", "parent",
                           sat_id_format (&parent, text), NULL);

  record_new (f->all[0], "thing", "name", "one red", "parent", text, NULL);
  record_new (f->all[0], "thing", "name", "two blue", "parent", text, NULL);
  record_new (f->all[0], "customer", "name", "other red", NULL);
  record_delete (f->all[0], "thing", &gone);

  query.reference = world_field (f->all[0], "thing", "parent");
  query.target = parent;
  assert_titles (f, &query, "one red two blue");
  query.with_deleted = TRUE;
  assert_titles (f, &query, "gone red one red two blue");
  query.words = "red";
  assert_titles (f, &query, "gone red one red");
  query.with_deleted = FALSE;
  assert_titles (f, &query, "one red");
  query.reference = NULL;
  assert_titles (f, &query, "one red parent red");
  query.words = "red one";
  assert_titles (f, &query, "one red");
  query.words = " \t ";
  assert_titles (f, &query, "one red parent red two blue");
  query.words = "!?";
  assert_titles (f, &query, "");
}

/* A filter goes together with all the rest. */
static void
test_where (Fixture *f, gconstpointer data)
{
  const char *const by_count[] = { "-count", NULL };
  SatListQuery query = things (f);
  char text[SAT_ID_TEXT_SIZE];
  SatId parent = record_new (f->all[0], "thing", "name", "parent red", "count", "1", NULL);
  SatId gone = record_new (f->all[0], "thing", "name", "gone red", "count", "2", "parent",
                           sat_id_format (&parent, text), NULL);
  g_autoptr (SatExpression) some = evaluate_parse (f->all[0], "thing", "count >= 2",
                                                   SAT_EXPRESSION_FILTER);
  g_autoptr (SatExpression) mine = evaluate_parse (f->all[0], "thing", "anything = me()",
                                                   SAT_EXPRESSION_FILTER);

  record_new (f->all[0], "thing", "name", "one red", "count", "3", "parent", text, NULL);
  record_new (f->all[0], "thing", "name", "two blue", "count", "4", "parent", text, NULL);
  record_new (f->all[0], "thing", "name", "three red", "count", "5", "anything", text, NULL);
  record_new (f->all[0], "thing", "name", "four red", NULL);
  record_delete (f->all[0], "thing", &gone);
  query.where = some;
  assert_titles (f, &query, "one red three red two blue");
  query.sort = by_count;
  assert_titles (f, &query, "three red two blue one red");
  query.limit = 1;
  query.offset = 1;
  assert_titles (f, &query, "two blue");
  g_assert_cmpint (sat_list_count (f->replica, &query, NULL), ==, 3);
  query.limit = -1;
  query.offset = 0;
  query.words = "red";
  assert_titles (f, &query, "three red one red");
  query.reference = world_field (f->all[0], "thing", "parent");
  query.target = parent;
  assert_titles (f, &query, "one red");
  query.with_deleted = TRUE;
  assert_titles (f, &query, "one red gone red");
  query = things (f);
  query.where = mine;
  query.me = parent;
  assert_titles (f, &query, "three red");
  query.me = gone;
  assert_titles (f, &query, "");
}

/* A filtered list is read another way than a whole one, and must have the same order, of equal
 * titles and of those without one too, in any window. */
static void
test_where_keeps_order (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "same", NULL, "b", "same", "a", NULL, "same", "c", NULL };
  static const char *const up[] = { "name", NULL }, *const down[] = { "-name", NULL };
  static const char *const *const sorts[] = { NULL, up, down };
  g_autoptr (SatExpression) all = evaluate_parse (f->all[0], "thing", "count >= 1",
                                                  SAT_EXPRESSION_FILTER);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    record_new (f->all[0], "thing", "count", "1", "name", names[i], NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    for (gint64 offset = 0; offset <= (gint64) G_N_ELEMENTS (names); offset++)
      for (gint64 limit = -1; limit < 4; limit++)
        {
          SatListQuery query = things (f);

          query.sort = sorts[i];
          query.offset = offset;
          query.limit = limit;
          g_autoptr (GArray) whole = sat_list_rows (f->replica, &query, NULL);
          query.where = all;
          g_autoptr (GArray) filtered = sat_list_rows (f->replica, &query, NULL);

          g_assert_cmpmem (whole->data, whole->len * sizeof (gint64), filtered->data,
                           filtered->len * sizeof (gint64));
        }
}

/* What a reference leads to is the copy that is shown: not one in a book the record has left; and
 * of two that are shown the one that lives. */
static void
test_where_over_books (Fixture *f, gconstpointer data)
{
  SatListQuery query = things (f);
  char text[SAT_ID_TEXT_SIZE];
  SatId target = record_new (f->all[0], "thing", "name", "target", "count", "1", NULL);
  g_autoptr (SatExpression) one = evaluate_parse (f->all[0], "thing", "friend.count = 1",
                                                  SAT_EXPRESSION_FILTER);

  record_new (f->all[0], "thing", "name", "source", "friend", sat_id_format (&target, text), NULL);
  query.where = one;
  assert_titles (f, &query, "source");
  world_exec (f->all[0], "INSERT INTO o_thing (uuid, book, dead, hidden, stamps, f_count) SELECT"
                         " uuid, 0, 2, 1, stamps, 2 FROM o_thing WHERE f_name = 'target'");
  assert_titles (f, &query, "source");
  world_exec (f->all[0], "UPDATE o_thing SET dead = 1, hidden = 0 WHERE f_count = 2");
  assert_titles (f, &query, "source");
  world_exec (f->all[0], "UPDATE o_thing SET dead = 2, hidden = 1 WHERE f_name = 'target'");
  assert_titles (f, &query, "");
}

/* SQL of twenty levels runs everywhere; of thirty it runs, or is refused in words. */
static void
test_where_is_deep (Fixture *f, gconstpointer data)
{
  record_new (f->all[0], "thing", "name", "one", "count", "1", NULL);
  for (guint levels = 20; levels <= 30; levels += 10)
    {
      SatListQuery query = things (f);
      g_autoptr (GString) text = g_string_new ("count");
      g_autoptr (SatExpression) where = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) rows = NULL;

      for (guint i = 0; i < levels; i++)
        g_string_append (text, " + 1");
      g_string_append_printf (text, " = %u", levels + 1);
      where = evaluate_parse (f->all[0], "thing", text->str, SAT_EXPRESSION_FILTER);
      query.where = where;
      rows = sat_list_rows (f->replica, &query, &error);
      if (levels == 20 || rows != NULL)
        g_assert_cmpuint (rows->len, ==, 1);
      else
        assert_error (&error, SAT_ERROR_TOO_LONG, "the expression is nested too deeply for the");
    }
}

/* A statement that was forgotten is not used again, though a new text may stand where its text was.
 */
static void
test_where_is_forgotten (Fixture *f, gconstpointer data)
{
  SatListQuery query = things (f);

  record_new (f->all[0], "thing", "name", "one", "count", "1", NULL);
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *text = g_strdup_printf ("count = 1%.*s", (int) (i % 12) * 16,
                                               " and count = 1   and count = 1   and count = 1   "
                                               "and count = 1   and count = 1   and count = 1   "
                                               "and count = 1   and count = 1   and count = 1   "
                                               "and count = 1   and count = 1   ");
      g_autoptr (SatExpression) where = evaluate_parse (f->all[0], "thing", text,
                                                        SAT_EXPRESSION_FILTER);

      query.where = where;
      assert_titles (f, &query, "one");
    }
}

/* ---- one record ---------------------------------------------------------------------------------
 */

static void
assert_found (Fixture *f, const char *object, const char *text, const SatId *expected)
{
  g_autoptr (GError) error = NULL;
  SatId id;

  sat_list_find (f->replica, NULL, world_object (f->all[0], object), text, &id, &error);
  g_assert_no_error (error);
  g_assert_true (sat_id_equal (&id, expected));
}

static void
assert_not_found (Fixture *f, const char *object, const char *text, int code, const char *message)
{
  g_autoptr (GError) error = NULL;
  SatId id;

  g_assert_false (
      sat_list_find (f->replica, NULL, world_object (f->all[0], object), text, &id, &error));
  assert_error (&error, code, message);
}

static SatId
named (Fixture *f, const char *id_text, const char *name)
{
  g_autoptr (SatDraft) draft = sat_draft_new (world_object (f->all[0], "thing"));
  g_autoptr (GError) error = NULL;
  SatId id;

  g_assert_true (sat_id_parse (id_text, &id));
  sat_draft_set_id (draft, &id);
  sat_draft_set (draft, world_field (f->all[0], "thing", "name"), name);
  sat_workspace_save (f->all[0], draft, NULL, &error);
  g_assert_no_error (error);
  return id;
}

static void
test_find (Fixture *f, gconstpointer data)
{
  SatId one = named (f, "0190163d-8694-739b-aea5-966c26f8ad91", "One/Two");
  SatId two = named (f, "0190163d-9999-739b-aea5-966c26f8ad92", "abcdef");
  SatId three = named (f, "abcdef00-0000-7000-8000-00000163d869", "same");
  SatId four = named (f, "11111111-0000-7000-8000-000000000001", "same");

  assert_found (f, "thing", "0190163d-8694-739b-aea5-966c26f8ad91", &one);
  assert_found (f, "thing", "0190163D-8694-739B-AEA5-966C26F8AD91", &one);
  assert_found (f, "thing", "0190163d86", &one);
  assert_found (f, "thing", "0190163d-86", &one);
  assert_found (f, "thing", "6f8ad91", &one);
  assert_found (f, "thing", "26F8AD92", &two);
  assert_found (f, "thing", "abcdef", &three); /* an id's beginning; titles need a slash */
  assert_found (f, "thing", "/abcdef", &two);
  assert_found (f, "thing", "thing/abcdef", &two);
  assert_found (f, "thing", "/One/Two", &one);
  assert_found (f, "thing", "thing/ One/Two ", &one);
  assert_found (f, "thing", "11111111000070008000000000000001", &four);
  assert_not_found (f, "thing", "0190163d", SAT_ERROR_AMBIGUOUS,
                    "“0190163d” matches more than one thing");
  assert_not_found (f, "thing", "/same", SAT_ERROR_AMBIGUOUS, "“/same” matches more than one");
  assert_not_found (f, "thing", "0190163d8694739baea5966c26f8ad911", SAT_ERROR_NOT_FOUND,
                    "there is no thing");
  assert_not_found (f, "thing", "f8ad9", SAT_ERROR_NOT_FOUND, "there is no thing “f8ad9”");
  assert_not_found (f, "thing", "fffffff", SAT_ERROR_NOT_FOUND, "there is no thing");
  assert_not_found (f, "thing", "th/abcdef", SAT_ERROR_NOT_FOUND, "there is no thing");
  assert_not_found (f, "thing", "customer/abcdef", SAT_ERROR_NOT_FOUND, "there is no thing");
  assert_not_found (f, "thing", "/", SAT_ERROR_NOT_FOUND, "there is no thing");
  assert_not_found (f, "thing", "", SAT_ERROR_NOT_FOUND, "there is no thing");
  assert_not_found (f, "customer", "0190163d86", SAT_ERROR_NOT_FOUND, "there is no customer");
  record_delete (f->all[0], "thing", &four);
  assert_found (f, "thing", "/same", &three);
  assert_found (f, "thing", "11111111", &four); /* by its id, also a deleted one */
}

/* The beginning of one and the end of another. */
static void
test_find_both_ends (Fixture *f, gconstpointer data)
{
  named (f, "abcdef00-0000-7000-8000-000000000001", "one");
  named (f, "22222222-0000-7000-8000-000000abcdef", "two");
  assert_not_found (f, "thing", "abcdef", SAT_ERROR_AMBIGUOUS, "“abcdef” matches more than one");
  SatId both = named (f, "33333333-0000-7000-8000-000033333333", "three");
  assert_found (f, "thing", "33333333", &both);
}

static void
test_titles_of (Fixture *f, gconstpointer data)
{
  SatId one = record_new (f->all[0], "thing", "name", "one", NULL);
  SatId none = record_new (f->all[0], "thing", "count", "1", NULL);
  SatId nobody = { { 1 } };
  g_autofree char *title = sat_list_title (f->replica, NULL, &one);
  g_autoptr (SatRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (title, ==, "one");
  g_assert_null (sat_list_title (f->replica, world_object (f->all[0], "thing"), &none));
  g_assert_null (sat_list_title (f->replica, world_object (f->all[0], "customer"), &one));
  g_assert_null (sat_list_title (f->replica, NULL, &nobody));
  record = sat_list_load (f->replica, world_object (f->all[0], "thing"), &nobody, &error);
  g_assert_null (record);
  assert_error (&error, SAT_ERROR_NOT_FOUND, "there is no thing 01000000-");
  record = sat_list_load_row (f->replica, world_object (f->all[0], "thing"), 999, &error);
  g_assert_null (record);
  assert_error (&error, SAT_ERROR_NOT_FOUND, "this record is no longer here");
}

/* ---- search over everything ---------------------------------------------------------------------
 */

static char *
search_titles (Fixture *f, const char *words, guint limit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) hits = sat_workspace_search (f->all[0], words, limit, &error);
  GString *titles = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < hits->len; i++)
    {
      const SatHit *hit = &g_array_index (hits, SatHit, i);
      g_autoptr (SatRecord) record = sat_list_load_row (f->replica, hit->object, hit->row, NULL);
      g_string_append_printf (titles, "%s%s", i ? " " : "", sat_record_title (record));
    }
  return g_string_free (titles, FALSE);
}

static void
assert_search (Fixture *f, const char *words, const char *expected)
{
  g_autofree char *titles = search_titles (f, words, 50);

  g_assert_cmpstr (titles, ==, expected);
}

/* Titles that are the words, begin with them, hold them; then what is found elsewhere. */
static void
test_search (Fixture *f, gconstpointer data)
{
  SatId gone;

  record_new (f->all[0], "thing", "name", "elsewhere", "note", "about the pump", NULL);
  record_new (f->all[0], "customer", "name", "Great Pump Works", NULL);
  record_new (f->all[0], "thing", "name", "Pumpkin", NULL);
  record_new (f->all[0], "product", "name", "PUMP", NULL);
  gone = record_new (f->all[0], "thing", "name", "pump", NULL);
  record_delete (f->all[0], "thing", &gone);
  assert_search (f, "pump", "PUMP Pumpkin Great Pump Works elsewhere");
  assert_search (f, " Pump ", "PUMP Pumpkin Great Pump Works elsewhere");
  assert_search (f, "pump works", "Great Pump Works");
  assert_search (f, "nothing", "");
  assert_search (f, "", "");
  g_autofree char *two = search_titles (f, "pump", 2);
  g_assert_cmpstr (two, ==, "PUMP Pumpkin");
}

static void
assert_search_in (Fixture *f, const char *words, const char *where, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatExpression) condition = evaluate_parse (f->all[0], "thing", where,
                                                        SAT_EXPRESSION_FILTER);
  SatListQuery query = things (f);
  g_autoptr (GArray) keys = NULL;
  g_autoptr (GString) titles = g_string_new (NULL);

  query.words = words;
  query.where = condition;
  keys = sat_find_in (f->replica, &query, 3, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < keys->len; i++)
    {
      gint64 row = sat_search_key_row (g_array_index (keys, gint64, i));
      g_autoptr (SatRecord) record = sat_list_load_row (f->replica, query.object, row, NULL);

      g_string_append_printf (titles, "%s%s", i ? " " : "", sat_record_title (record));
    }
  g_assert_cmpstr (titles->str, ==, expected);
}

static void
test_search_in (Fixture *f, gconstpointer data)
{
  record_new (f->all[0], "thing", "name", "other", "note", "a pump", "count", "1", NULL);
  record_new (f->all[0], "thing", "name", "pump", "count", "1", NULL);
  record_new (f->all[0], "thing", "name", "pumpkin", "count", "1", NULL);
  record_new (f->all[0], "thing", "name", "pumps", "count", "2", NULL);
  record_new (f->all[0], "thing", "name", "a pump", "count", "1", NULL);
  record_new (f->all[0], "customer", "name", "pump", NULL);
  assert_search_in (f, "pump", "count = 1", "pump pumpkin a pump");
  assert_search_in (f, "pump", "count = 2", "pumps");
  assert_search_in (f, "pump", "count = 3", "");
  assert_search_in (f, " ", "count = 1", "");
  assert_search_in (f, "other", "yes", "other");
}

#define FACE "R0lGODlhAQABAA=="
#define OTHER_FACE "/9j/4AAQ"
#define LAST_FACE "iVBORw0KGgo="

static void
assert_listed (Fixture *f, const char *expected)
{
  SatListQuery query = things (f);
  const SatField *face = world_field (f->all[0], "thing", "face");
  g_autoptr (GArray) rows = sat_list_rows (f->replica, &query, NULL);
  gint64 row = g_array_index (rows, gint64, 0);
  g_autoptr (SatRecord) listed = sat_list_load_listed (f->replica, query.object, row, NULL);
  g_autoptr (SatRecord) whole = sat_list_load_row (f->replica, query.object, row, NULL);

  g_assert_null (sat_record_get (listed, face));
  g_assert_false (sat_record_is_invalid (listed, face));
  g_assert_cmpstr (sat_record_title (listed), ==, "pump");
  g_assert_cmpstr (sat_record_get (listed, world_field (f->all[0], "thing", "place")), ==, "here");
  g_assert_cmpstr (sat_record_get (whole, face), ==, expected);
}

/* Lists do not read pictures, whether they stand in the column or beside it. */
static void
test_pictures (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->all[0], "thing", "name", "pump", "place", "here", "face", FACE, NULL);
  static const char *const by_face[] = { "face", NULL };
  SatListQuery query = things (f);
  g_autoptr (GError) error = NULL;

  assert_listed (f, FACE);
  world_sync_all (&f->world, f->all, 2);
  record_set (f->all[0], "thing", &id, "face", OTHER_FACE);
  world_tick (&f->world, 1000);
  record_set (f->all[1], "thing", &id, "face", LAST_FACE);
  world_sync_all (&f->world, f->all, 2);
  assert_listed (f, LAST_FACE);
  query.sort = by_face;
  g_assert_null (sat_list_rows (f->replica, &query, &error));
  g_assert_cmpstr (error->message, ==, "a list cannot be sorted by “face”: it holds pictures");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/query/list/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("titles", test_titles);
  ADD ("sorts", test_sorts);
  ADD ("sort-by-reference", test_sort_by_reference);
  ADD ("unknown-sort", test_unknown_sort);
  ADD ("conditions", test_conditions);
  ADD ("where", test_where);
  ADD ("where-keeps-order", test_where_keeps_order);
  ADD ("where-over-books", test_where_over_books);
  ADD ("where-is-deep", test_where_is_deep);
  ADD ("where-is-forgotten", test_where_is_forgotten);
  ADD ("search-in", test_search_in);
  ADD ("find", test_find);
  ADD ("find-both-ends", test_find_both_ends);
  ADD ("titles-of", test_titles_of);
  ADD ("search", test_search);
  ADD ("pictures", test_pictures);
#undef ADD
  return g_test_run ();
}
