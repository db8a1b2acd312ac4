/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joining a record with what another book has of it: what comes, what goes, what stays, in whatever
 * order, and through the text of a change-set as directly. */
#include "core/apply/sat-graft.h"

#include <string.h>

#include "core/query/sat-digest.h"
#include "core/store/sat-names.h"
#include "core/workspace/sat-workspace-private.h"
#include "tests/support/world.h"

typedef struct
{
  World world;
  SatWorkspace *laptop;
  SatReplica *replica;
  SatTable *table;
  guint32 east, west, device, phone;
  SatId id;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  static const char *const books[] = { "East", "West", NULL };
  SatId device = { { 7 } };

  world_init (&f->world);
  world_found (&f->world, books);
  f->laptop = world_join (&f->world, "wang");
  f->replica = world_replica (f->laptop);
  f->table = sat_replica_table (f->replica, world_object (f->laptop, "thing"));
  f->id = (SatId){ { 1, 2, 3 } };
  g_assert_true (sat_replica_begin (f->replica, NULL));
  f->east = sat_names_get_book (f->replica->names, "east", NULL);
  f->west = sat_names_get_book (f->replica->names, "west", NULL);
  f->device = sat_names_get_device (f->replica->names, &device, NULL);
  f->phone = sat_names_get_name (f->replica->names, "phone", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  sat_replica_rollback (f->replica);
  sat_workspace_close (f->laptop);
  world_clear (&f->world);
}

/* A graft from EAST that has come to number UPTO. */
static SatGraft *
graft_of (Fixture *f, guint64 upto)
{
  g_autoptr (SatState) state = sat_state_new ();
  SatVector vector;
  SatGraft *graft;

  state->object = f->table->name;
  state->id = f->id;
  state->book = f->east;
  sat_vector_init (&vector);
  sat_vector_set (&vector, f->device, upto);
  graft = sat_graft_of_state (state, &vector);
  sat_vector_clear (&vector);
  return graft;
}

static void
add (Fixture *f, SatGraft *graft, guint32 field, const char *value, guint32 book, guint64 number)
{
  SatSibling sibling = {
    .dot = { book, f->device, number },
    .hlc = 1000 + number,
    .field = field,
    .value = value,
  };

  g_array_append_val (graft->siblings, sibling);
}

static SatEngine *
engine_for (Fixture *f)
{
  static SatVector nothing;
  SatOrigin origin = { .dot = { f->west, f->device, 1000 }, .saw = &nothing };

  if (nothing.numbers == NULL)
    sat_vector_init (&nothing);
  return sat_engine_new (f->replica, &origin, FALSE);
}

/* Joins GRAFT, and asserts that it would CHANGE something. */
static void
join (Fixture *f, const SatGraft *graft, gboolean change)
{
  g_autoptr (SatEngine) engine = engine_for (f);
  g_autoptr (GError) error = NULL;
  gboolean changed;

  g_assert_true (sat_graft_changes (engine, graft, &changed, &error));
  g_assert_no_error (error);
  g_assert_cmpint (changed, ==, change);
  sat_graft_join (engine, graft, &error);
  g_assert_no_error (error);
}

static void
append_line (const char *line, gpointer data)
{
  g_string_append (data, line);
  g_string_append_c (data, '\n');
}

/* The record's lines in West, the ids left out: "REGISTER BOOK:NUMBER VALUE", one behind another.
 */
static char *
content (Fixture *f)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  GString *out = g_string_new (NULL);
  char id[SAT_ID_TEXT_SIZE];

  g_assert_true (sat_digest_lines (f->replica, f->west, append_line, lines, NULL));
  sat_id_format (&f->id, id);
  g_auto (GStrv) all = g_strsplit (lines->str, "\n", -1);
  for (guint i = 0; all[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (all[i], " ", -1);

      if (g_strv_length (words) < 5 || strcmp (words[1], id) != 0)
        continue;
      g_autofree char *number = g_strdup (strrchr (all[i], ':') + 1);
      if (strcmp (words[2], ":context") == 0)
        g_string_append_printf (out, "%s<=%s ", words[3], number);
      else
        g_string_append_printf (out, "%s@%.*s:%s%s ", words[2], (int) strcspn (words[3], ":"),
                                words[3], strrchr (words[3], ':') + 1, words[5]);
    }
  return g_string_free (out, FALSE);
}

static void
assert_content (Fixture *f, const char *expected)
{
  g_autofree char *found = content (f);

  g_assert_cmpstr (found, ==, expected);
}

/* A record that comes, comes again, and a late edit after it. */
static void
test_comes (Fixture *f, gconstpointer data)
{
  g_autoptr (SatGraft) first = graft_of (f, 2);
  g_autoptr (SatGraft) later = graft_of (f, 3);
  gint64 row;
  SatPresence presence;
  gboolean hidden;

  add (f, first, SAT_FIELD_HOME, "west", f->east, 2);
  add (f, first, SAT_FIELD_LIFE, "live", f->east, 2);
  add (f, first, f->phone, "1", f->east, 1);
  join (f, first, TRUE);
  assert_content (f, ":home@east:2=west :life@east:2=live phone@east:1=1 east<=2 ");
  g_assert_true (
      sat_row_find (f->replica, f->table, &f->id, f->west, &row, &presence, &hidden, NULL));
  g_assert_cmpint (presence, ==, SAT_PRESENT);
  join (f, first, FALSE);

  add (f, later, SAT_FIELD_HOME, "west", f->east, 2);
  add (f, later, SAT_FIELD_LIFE, "live", f->east, 3);
  add (f, later, f->phone, "3", f->east, 3);
  join (f, later, TRUE);
  assert_content (f, ":home@east:2=west :life@east:3=live phone@east:3=3 east<=3 ");
  join (f, first, FALSE); /* what is old brings nothing back */
  assert_content (f, ":home@east:2=west :life@east:3=live phone@east:3=3 east<=3 ");
}

/* Siblings of this book stay, unless the other knew and dropped them; it never brings one back. */
static void
test_native (Fixture *f, gconstpointer data)
{
  g_autoptr (SatGraft) ours = graft_of (f, 1);
  g_autoptr (SatGraft) knows = graft_of (f, 1);
  const SatDot native = { f->west, f->device, 5 };

  add (f, ours, SAT_FIELD_HOME, "west", f->east, 1);
  join (f, ours, TRUE);
  g_autoptr (SatEngine) engine = engine_for (f);
  g_assert_true (sat_engine_open (engine, f->table->name, &f->id, NULL));
  SatSibling sibling = { .dot = native, .hlc = 9, .field = f->phone, .value = "5" };
  sat_engine_touch (engine, f->phone);
  sat_state_insert (sat_engine_state (engine), sat_engine_state (engine)->siblings->len, &sibling);
  g_assert_true (sat_engine_close (engine, NULL));
  assert_content (f, ":home@east:1=west phone@west:5=5 east<=1 ");

  join (f, ours, FALSE);
  assert_content (f, ":home@east:1=west phone@west:5=5 east<=1 ");
  sat_context_raise (knows->context, &native);
  add (f, knows, SAT_FIELD_HOME, "west", f->east, 1);
  join (f, knows, TRUE);
  assert_content (f, ":home@east:1=west east<=1 ");
  g_assert_cmpint (world_history (f->laptop, "5", NULL), ==, 1);

  add (f, knows, f->phone, "5", f->west, 5);
  join (f, knows, FALSE);
  assert_content (f, ":home@east:1=west east<=1 ");
}

/* To the wire and back it is the same graft. */
static void
test_wire (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) grafts = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_graft_free);
  g_autoptr (GArray) saw = g_array_new (FALSE, FALSE, sizeof (SatSaw));
  g_autoptr (GError) error = NULL;
  const SatDot north = { sat_names_get_book (f->replica->names, "north", NULL), f->device, 4 };
  guint n;

  for (guint i = 0; i < 3; i++)
    {
      SatGraft *graft = graft_of (f, 7);
      graft->id.bytes[0] = (guint8) (9 - i);
      add (f, graft, SAT_FIELD_HOME, "west", f->east, 2);
      add (f, graft, SAT_FIELD_LIFE, "dead", f->east, 7);
      add (f, graft, f->phone, NULL, f->east, 1);
      if (i == 1)
        {
          sat_context_raise (graft->context, &north);
          add (f, graft, f->phone, "a\nb", north.book, 3);
        }
      g_assert_true (sat_graft_fits (graft));
      g_ptr_array_add (grafts, graft);
    }
  g_autoptr (GBytes) text = sat_grafts_write (f->replica, f->west, &f->replica->device, 3, FALSE,
                                              saw, grafts);
  g_autoptr (SatChangeSet) set = sat_change_set_decode (text, &error);
  g_assert_no_error (error);
  sat_change_set_contexts (set, &n);
  g_assert_cmpuint (n, ==, 2); /* three grafts share one */
  const SatOpGroup *groups = sat_change_set_groups (set, &n);
  g_assert_cmpuint (n, ==, 3);
  for (guint i = 0; i < n; i++)
    {
      const SatGraft *before = g_ptr_array_index (grafts, 2 - i);
      g_autoptr (SatGraft) after = sat_graft_of_group (f->replica, &groups[i], &error);

      g_assert_no_error (error);
      g_assert_true (sat_id_equal (&after->id, &before->id));
      g_assert_cmpuint (after->siblings->len, ==, before->siblings->len);
      g_assert_cmpmem (after->context->data, after->context->len * sizeof (SatDot),
                       before->context->data, before->context->len * sizeof (SatDot));
      join (f, after, TRUE);
      g_autoptr (SatEngine) engine = engine_for (f);
      gboolean changed;
      g_assert_true (sat_graft_changes (engine, before, &changed, &error));
      g_assert_false (changed);
    }
}

/* What no change-set could hold is known for it before. */
static void
test_too_large (Fixture *f, gconstpointer data)
{
  g_autoptr (SatGraft) many = graft_of (f, 1);
  g_autoptr (SatGraft) large = graft_of (f, 1);
  g_autofree char *value = g_strnfill (1000000, 'x');

  for (guint i = 0; i <= SAT_CHANGE_SET_MAX_GRAFT_OPS; i++)
    add (f, many, f->phone, NULL, f->east, 1);
  g_assert_false (sat_graft_fits (many));
  for (guint i = 0; i < 9; i++)
    add (f, large, f->phone, value, f->east, 1);
  g_assert_false (sat_graft_fits (large));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  TEST ("/graft/comes", test_comes);
  TEST ("/graft/native", test_native);
  TEST ("/graft/wire", test_wire);
  TEST ("/graft/too-large", test_too_large);
  return g_test_run ();
}
