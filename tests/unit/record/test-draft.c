/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/record/sat-draft.h"

#include <string.h>

#include "core/base/sat-error.h"

static const char xml[] =
    "<object name='thing' title='name'><label>Thing</label><plural>Things</plural>"
    "<field name='name' type='text' required='yes'><label>Name</label></field>"
    "<field name='phone' type='phone' policy='review'><label>Phone</label></field>"
    "<field name='kind' type='choice' default='a'><label>Kind</label>"
    "<choice name='a'><label>First</label></choice>"
    "<choice name='b'><label>Second</label></choice></field>"
    "<field name='tags' type='tags'><label>Tags</label></field>"
    "<field name='closed' type='tags'><label>Closed</label>"
    "<choice name='x'><label>Ex</label></choice></field>"
    "<field name='notes' type='long-text'><label>Notes</label></field>"
    "<field name='n1' type='long-text'><label>N1</label></field>"
    "<field name='n2' type='long-text'><label>N2</label></field>"
    "<field name='n3' type='long-text'><label>N3</label></field>"
    "<field name='n4' type='long-text'><label>N4</label></field>"
    "</object>";

typedef struct
{
  SatCatalogue *catalogue;
  const SatObject *object;
  const SatField *name, *phone, *kind, *tags, *closed, *notes;
  SatRecord *record; /* name=Acme phone=1 tags=east,vip */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SatId id;

  f->catalogue = sat_catalogue_read_memory ("thing.xml", xml, sizeof xml - 1, TRUE, &error);
  g_assert_no_error (error);
  f->object = sat_catalogue_find (f->catalogue, "thing");
  f->name = sat_object_find (f->object, "name");
  f->phone = sat_object_find (f->object, "phone");
  f->kind = sat_object_find (f->object, "kind");
  f->tags = sat_object_find (f->object, "tags");
  f->closed = sat_object_find (f->object, "closed");
  f->notes = sat_object_find (f->object, "notes");
  g_assert_true (sat_id_parse ("0190163d-8694-739b-aea5-966c26f8ad91", &id));
  f->record = sat_record_new (f->object, &id, 1, "customers");
  sat_record_take_value (f->record, f->name, g_strdup ("Acme"));
  sat_record_take_value (f->record, f->phone, g_strdup ("1"));
  sat_record_take_value (f->record, f->tags, g_strdup ("east\nvip"));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  sat_record_unref (f->record);
  sat_catalogue_unref (f->catalogue);
}

static void
assert_difference (const SatDraft *draft,
                   const SatField *field,
                   const char *added,
                   const char *removed,
                   const char *shown)
{
  g_autofree char *add = g_strjoinv (" ", (char **) sat_draft_added (draft, field));
  g_autofree char *remove = g_strjoinv (" ", (char **) sat_draft_removed (draft, field));

  g_assert_cmpstr (add, ==, added);
  g_assert_cmpstr (remove, ==, removed);
  g_assert_cmpstr (sat_draft_get (draft, field), ==, shown);
  g_assert_cmpint (sat_draft_changes (draft, field), ==, *added || *removed);
}

static void
test_new (Fixture *f, gconstpointer data)
{
  g_autoptr (SatDraft) draft = sat_draft_new (f->object);

  g_assert_null (sat_draft_base (draft));
  g_assert_null (sat_draft_id (draft));
  g_assert_null (sat_draft_book (draft));
  g_assert_cmpstr (sat_draft_get (draft, f->kind), ==, "a");
  g_assert_true (sat_draft_changes (draft, f->kind));
  g_assert_null (sat_draft_get (draft, f->name));
  sat_draft_set (draft, f->kind, NULL);
  g_assert_true (sat_draft_is_empty (draft));
}

static void
test_edit (Fixture *f, gconstpointer data)
{
  g_autoptr (SatDraft) draft = sat_draft_edit (f->record);

  g_assert_true (sat_draft_is_empty (draft));
  g_assert_true (sat_draft_base (draft) == f->record);
  g_assert_true (sat_id_equal (sat_draft_id (draft), sat_record_id (f->record)));
  g_assert_cmpstr (sat_draft_book (draft), ==, "customers");
  g_assert_cmpstr (sat_draft_get (draft, f->phone), ==, "1");
  g_assert_null (sat_draft_get (draft, f->kind)); /* defaults are for new records */

  sat_draft_set (draft, f->phone, "2");
  g_assert_true (sat_draft_changes (draft, f->phone));
  g_assert_cmpstr (sat_draft_get (draft, f->phone), ==, "2");
  sat_draft_set (draft, f->phone, "1");
  g_assert_true (sat_draft_is_empty (draft));
  sat_draft_set (draft, f->phone, "");
  g_assert_true (sat_draft_changes (draft, f->phone));
  g_assert_null (sat_draft_get (draft, f->phone));
  sat_draft_set (draft, f->notes, NULL); /* was empty */
  g_assert_false (sat_draft_changes (draft, f->notes));
}

/* In a conflict, setting what is shown says that it is right. */
static void
test_settles_conflict (Fixture *f, gconstpointer data)
{
  sat_record_mark_conflict (f->record, f->phone);
  g_autoptr (SatDraft) draft = sat_draft_edit (f->record);

  g_assert_true (sat_draft_is_empty (draft));
  sat_draft_set (draft, f->phone, "1");
  g_assert_true (sat_draft_changes (draft, f->phone));
  sat_draft_set (draft, f->name, "Acme");
  g_assert_false (sat_draft_changes (draft, f->name));
}

static void
test_input (Fixture *f, gconstpointer data)
{
  g_autoptr (SatDraft) draft = sat_draft_edit (f->record);
  g_autoptr (GError) error = NULL;

  g_assert_true (sat_draft_set_input (draft, f->phone, " ０２１ 5 ", &error));
  g_assert_cmpstr (sat_draft_get (draft, f->phone), ==, "021 5");
  g_assert_true (sat_draft_set_input (draft, f->kind, "second", &error));
  g_assert_cmpstr (sat_draft_get (draft, f->kind), ==, "b");
  g_assert_false (sat_draft_set_input (draft, f->phone, "none", &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
  g_assert_cmpstr (sat_draft_get (draft, f->phone), ==, "021 5");
  g_assert_true (sat_draft_set_input (draft, f->tags, "vip, new", NULL));
  assert_difference (draft, f->tags, "new", "east", "new\nvip");
}

static void
test_elements (Fixture *f, gconstpointer data)
{
  g_autoptr (SatDraft) draft = sat_draft_edit (f->record);

  assert_difference (draft, f->tags, "", "", "east\nvip");
  sat_draft_add_element (draft, f->tags, "vip"); /* is shown */
  assert_difference (draft, f->tags, "", "", "east\nvip");
  sat_draft_remove_element (draft, f->tags, "west"); /* is not */
  assert_difference (draft, f->tags, "", "", "east\nvip");
  sat_draft_add_element (draft, f->tags, "new");
  sat_draft_add_element (draft, f->tags, "big");
  sat_draft_remove_element (draft, f->tags, "east");
  assert_difference (draft, f->tags, "big new", "east", "big\nnew\nvip");
  sat_draft_add_element (draft, f->tags, "east"); /* the last one wins, for each element */
  sat_draft_remove_element (draft, f->tags, "new");
  assert_difference (draft, f->tags, "big", "", "big\neast\nvip");
}

/* A whole list replaces what was said about elements before; elements said after change the list.
 */
static void
test_list_and_elements (Fixture *f, gconstpointer data)
{
  g_autoptr (SatDraft) draft = sat_draft_edit (f->record);

  sat_draft_add_element (draft, f->tags, "new");
  sat_draft_remove_element (draft, f->tags, "east");
  sat_draft_set (draft, f->tags, "east\nwest");
  assert_difference (draft, f->tags, "west", "vip", "east\nwest");
  sat_draft_add_element (draft, f->tags, "vip");
  sat_draft_remove_element (draft, f->tags, "west");
  assert_difference (draft, f->tags, "", "", "east\nvip");
  g_assert_true (sat_draft_is_empty (draft));
  sat_draft_set (draft, f->tags, NULL);
  assert_difference (draft, f->tags, "", "east vip", NULL);
  sat_draft_set (draft, f->tags, "east\nvip");
  assert_difference (draft, f->tags, "", "", "east\nvip");
  sat_draft_add_element (draft, f->closed, "x"); /* from nothing */
  assert_difference (draft, f->closed, "x", "", "x");
}

/* Any sequence of edits: shown = base - removed + added, added and base share nothing, removed is
 * part of the base, and what was said last of each element holds. */
static void
test_elements_random (Fixture *f, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  static const char *const words[] = { "a", "east", "vip", "z" };

  for (int round = 0; round < 2000; round++)
    {
      g_autoptr (SatDraft) draft = sat_draft_edit (f->record);
      gboolean expected[] = { FALSE, TRUE, TRUE, FALSE };

      for (int step = g_rand_int_range (rand, 0, 10); step > 0; step--)
        {
          guint at = (guint) g_rand_int_range (rand, 0, 4);
          expected[at] = g_rand_boolean (rand);
          if (expected[at])
            sat_draft_add_element (draft, f->tags, words[at]);
          else
            sat_draft_remove_element (draft, f->tags, words[at]);
        }
      for (guint i = 0; i < 4; i++)
        {
          gboolean in_base = i == 1 || i == 2;
          g_auto (GStrv) shown = sat_tags_split (sat_draft_get (draft, f->tags));

          g_assert_cmpint (g_strv_contains ((const char *const *) shown, words[i]), ==,
                           expected[i]);
          g_assert_cmpint (g_strv_contains (sat_draft_added (draft, f->tags), words[i]), ==,
                           expected[i] && !in_base);
          g_assert_cmpint (g_strv_contains (sat_draft_removed (draft, f->tags), words[i]), ==,
                           !expected[i] && in_base);
        }
    }
}

static void
assert_problem (const SatDraft *draft, const SatField *field, SatErrorCode code)
{
  g_autoptr (GPtrArray) problems = sat_draft_check (draft);

  g_assert_nonnull (problems);
  g_assert_cmpuint (problems->len, ==, 1);
  const SatProblem *problem = g_ptr_array_index (problems, 0);
  g_assert_cmpstr (problem->field->name, ==, field->name);
  g_assert_error (problem->error, SAT_ERROR, (int) code);
}

static void
test_check_required (Fixture *f, gconstpointer data)
{
  g_autoptr (SatDraft) fresh = sat_draft_new (f->object);
  g_autoptr (SatDraft) edit = sat_draft_edit (f->record);

  assert_problem (fresh, f->name, SAT_ERROR_INVALID);
  sat_draft_set (fresh, f->name, "New");
  g_assert_null (sat_draft_check (fresh));
  g_assert_null (sat_draft_check (edit));
  sat_draft_set (edit, f->name, NULL);
  assert_problem (edit, f->name, SAT_ERROR_INVALID);
  /* A name that leaves no ink is none. */
  sat_draft_set (fresh, f->name, "\342\200\213\342\200\217\302\255\343\205\244");
  assert_problem (fresh, f->name, SAT_ERROR_INVALID);
  sat_draft_set (fresh, f->name, "\342\200\217.");
  g_assert_null (sat_draft_check (fresh));
}

/* An edit of something else is not held up by what was empty already. */
static void
test_check_was_empty (Fixture *f, gconstpointer data)
{
  sat_record_take_value (f->record, f->name, NULL);
  g_autoptr (SatDraft) edit = sat_draft_edit (f->record);

  sat_draft_set (edit, f->phone, "2");
  g_assert_null (sat_draft_check (edit));
}

static void
test_check_values (Fixture *f, gconstpointer data)
{
  g_autoptr (SatDraft) draft = sat_draft_edit (f->record);

  sat_draft_set (draft, f->kind, "c");
  assert_problem (draft, f->kind, SAT_ERROR_INVALID);
  sat_draft_set (draft, f->kind, "b");
  sat_draft_set (draft, f->phone, "no number");
  assert_problem (draft, f->phone, SAT_ERROR_INVALID);
  sat_draft_set (draft, f->phone, "2");
  sat_draft_add_element (draft, f->closed, "y");
  assert_problem (draft, f->closed, SAT_ERROR_INVALID);
  sat_draft_remove_element (draft, f->closed, "y");
  sat_draft_add_element (draft, f->tags, "two\nlines");
  assert_problem (draft, f->tags, SAT_ERROR_INVALID);
  sat_draft_remove_element (draft, f->tags, "two\nlines");
  sat_draft_add_element (draft, f->tags, "a,b");
  assert_problem (draft, f->tags, SAT_ERROR_INVALID);
  sat_draft_remove_element (draft, f->tags, "a,b");
  g_assert_null (sat_draft_check (draft));
}

/* A value that the catalogue does not allow may stay while others change. */
static void
test_check_keeps_invalid (Fixture *f, gconstpointer data)
{
  sat_record_take_value (f->record, f->kind, g_strdup ("unknown"));
  sat_record_mark_invalid (f->record, f->kind);
  sat_record_take_value (f->record, f->closed, g_strdup ("gone"));
  g_autoptr (SatDraft) draft = sat_draft_edit (f->record);

  sat_draft_set (draft, f->phone, "2");
  sat_draft_add_element (draft, f->closed, "x");
  g_assert_null (sat_draft_check (draft));
  g_assert_cmpstr (sat_draft_get (draft, f->kind), ==, "unknown");
}

static void
test_check_limits (Fixture *f, gconstpointer data)
{
  g_autoptr (SatDraft) draft = sat_draft_edit (f->record);
  g_autofree char *full = g_strnfill (SAT_VALUE_MAX, 'x');
  g_autofree char *over = g_strnfill (SAT_VALUE_MAX + 1, 'x');
  char name[] = "n1";

  sat_draft_set (draft, f->notes, over);
  assert_problem (draft, f->notes, SAT_ERROR_TOO_LONG);
  sat_draft_set (draft, f->notes, full);
  for (; name[1] <= '3'; name[1]++)
    sat_draft_set (draft, sat_object_find (f->object, name), full);
  g_assert_null (sat_draft_check (draft));
  sat_draft_set (draft, f->phone, "1234");
  assert_problem (draft, f->notes, SAT_ERROR_TOO_LONG);
}

static void
test_check_many_tags (Fixture *f, gconstpointer data)
{
  g_autoptr (SatDraft) draft = sat_draft_edit (f->record);

  for (int i = 2; i < SAT_TAGS_MAX; i++)
    {
      char word[16];
      g_snprintf (word, sizeof word, "t%d", i);
      sat_draft_add_element (draft, f->tags, word);
    }
  g_assert_null (sat_draft_check (draft));
  sat_draft_add_element (draft, f->tags, "more");
  assert_problem (draft, f->tags, SAT_ERROR_TOO_LONG);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/record/draft/new", test_new);
  ADD ("/record/draft/edit", test_edit);
  ADD ("/record/draft/settles-conflict", test_settles_conflict);
  ADD ("/record/draft/input", test_input);
  ADD ("/record/draft/elements", test_elements);
  ADD ("/record/draft/list-and-elements", test_list_and_elements);
  ADD ("/record/draft/elements-random", test_elements_random);
  ADD ("/record/draft/check-required", test_check_required);
  ADD ("/record/draft/check-was-empty", test_check_was_empty);
  ADD ("/record/draft/check-values", test_check_values);
  ADD ("/record/draft/check-keeps-invalid", test_check_keeps_invalid);
  ADD ("/record/draft/check-limits", test_check_limits);
  ADD ("/record/draft/check-many-tags", test_check_many_tags);
  return g_test_run ();
}
