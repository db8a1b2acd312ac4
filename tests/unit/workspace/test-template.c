/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Items of templates as records: each template that comes with Satchel fits a new workspace wholly;
 * two administrators who apply it while apart meet; what people have changed stays. */
#include "core/workspace/sat-workspace-template.h"

#include <string.h>

#include "core/workspace/sat-workspace-pipeline.h"
#include "core/workspace/sat-workspace-private.h"
#include "core/workspace/sat-workspace-rules.h"
#include "core/workspace/sat-workspace-shape.h"
#include "core/workspace/sat-workspace-undo.h"
#include "core/workspace/sat-workspace-views.h"
#include "tests/support/world.h"

typedef struct
{
  World world;
  SatWorkspace *all[2];
} Fixture;

static void
make_admin (SatWorkspace *workspace)
{
  g_autofree char *user = sat_meta_get (world_replica (workspace), SAT_META_USER);
  SatId id;

  g_assert_true (sat_id_parse (user, &id));
  record_set (workspace, "user", &id, "role", "admin");
}

static void
set_up (Fixture *f, gconstpointer data)
{
  (void) data;
  world_laptops (&f->world, f->all, 2);
  make_admin (f->all[0]);
  make_admin (f->all[1]);
  world_sync_all (&f->world, f->all, 2);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  (void) data;
  sat_workspace_close (f->all[0]);
  sat_workspace_close (f->all[1]);
  world_clear (&f->world);
}

static SatTemplate *
read_one (const char *name)
{
  g_autoptr (GError) error = NULL;
  SatTemplate *made = sat_template_read (name, &error);

  g_assert_no_error (error);
  return made;
}

static SatTemplate *
read_text (const char *xml)
{
  g_autoptr (GError) error = NULL;
  SatTemplate *made = sat_template_read_memory ("test.xml", xml, strlen (xml), &error);

  g_assert_no_error (error);
  return made;
}

static GArray *
apply_some (SatWorkspace *workspace,
            const SatTemplate *made,
            const char *only,
            const char *without,
            const char *language)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) named = only != NULL ? g_strsplit (only, ",", -1) : NULL;
  g_auto (GStrv) left = without != NULL ? g_strsplit (without, ",", -1) : NULL;
  const SatApplyOptions options = { .only = (const char *const *) named,
                                    .without = (const char *const *) left,
                                    .language = language };
  GArray *steps = sat_workspace_apply_template (workspace, made, &options, &error);

  g_assert_no_error (error);
  return steps;
}

static void
apply (SatWorkspace *workspace, const SatTemplate *made, const char *language)
{
  g_autoptr (GArray) steps = apply_some (workspace, made, NULL, NULL, language);
}

static void
assert_states (SatWorkspace *workspace, const SatTemplate *made, SatItemState state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) steps = sat_workspace_template_state (workspace, made, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (steps->len, ==, made->items->len);
  for (guint i = 0; i < steps->len; i++)
    {
      g_test_message ("%s", g_array_index (steps, SatItemStep, i).item->key);
      g_assert_cmpstr (sat_item_state_name (g_array_index (steps, SatItemStep, i).state), ==,
                       sat_item_state_name (state));
    }
}

static void
assert_state (SatWorkspace *workspace, const SatTemplate *made, const char *key, SatItemState state)
{
  g_autoptr (GArray) steps = sat_workspace_template_state (workspace, made, NULL);

  for (guint i = 0; i < steps->len; i++)
    if (strcmp (g_array_index (steps, SatItemStep, i).item->key, key) == 0)
      {
        g_assert_cmpstr (sat_item_state_name (g_array_index (steps, SatItemStep, i).state), ==,
                         sat_item_state_name (state));
        return;
      }
  g_assert_not_reached ();
}

/* ---- what comes with Satchel ---- */

static void
assert_views (SatWorkspace *workspace, const SatObject *object)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) views = sat_workspace_views (workspace, object, &error);
  g_autoptr (GPtrArray) segments = sat_workspace_segments (workspace, object, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < views->len; i++)
    g_assert_no_error (((SatView *) views->pdata[i])->problem);
  for (guint i = 0; i < segments->len; i++)
    {
      g_autofree char *text = sat_workspace_segment (workspace, object, segments->pdata[i], &error);

      g_assert_no_error (error);
      g_assert_nonnull (text);
    }
}

/* Nothing that was made has a problem, and of each new object there can be a record. */
static guint
assert_works (SatWorkspace *workspace)
{
  const SatCatalogue *catalogue = sat_workspace_catalogue (workspace);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = sat_workspace_shape_problems (workspace, &error);
  g_autoptr (GPtrArray) rules = sat_workspace_rules (workspace, &error);
  g_autoptr (GPtrArray) pipelines = sat_workspace_pipelines (workspace, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_assert_no_error (problems->pdata[i]);
  for (guint i = 0; i < rules->len; i++)
    g_assert_no_error (((SatRuleInfo *) rules->pdata[i])->problem);
  for (guint i = 0; i < pipelines->len; i++)
    g_assert_cmpuint (((SatPipeline *) pipelines->pdata[i])->problems->len, ==, 0);
  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    {
      const SatObject *object = sat_catalogue_object (catalogue, i);

      assert_views (workspace, object);
      if (!object->custom || object->retired)
        continue;
      record_new (workspace, object->name, "name", "First", NULL);
      n++;
    }
  return n;
}

static void
run_rules (SatWorkspace *workspace)
{
  const SatRulesOptions options = { .now_ms = 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) done = sat_workspace_run_rules (workspace, &options, &error);

  g_assert_no_error (error);
}

static void
undo (SatWorkspace *workspace)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatUndone) undone = sat_workspace_undo (workspace, 1, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (undone->left->len, ==, 0);
}

/* Wholly; taken back; again; rules; records. */
static void
test_shipped (Fixture *f, gconstpointer data)
{
  g_autoptr (SatTemplate) made = read_one (data);
  g_autofree char *once = NULL;
  g_autofree char *again = NULL;

  assert_states (f->all[0], made, SAT_ITEM_NEW);
  apply (f->all[0], made, "zh_CN");
  assert_states (f->all[0], made, SAT_ITEM_APPLIED);
  once = world_lines (f->all[0]);
  apply (f->all[0], made, "zh_CN");
  again = world_lines (f->all[0]);
  g_assert_cmpstr (once, ==, again);
  undo (f->all[0]);
  assert_states (f->all[0], made, SAT_ITEM_NEW);
  apply (f->all[0], made, NULL);
  assert_states (f->all[0], made, SAT_ITEM_APPLIED);
  g_assert_cmpuint (assert_works (f->all[0]), >=, 2);
  run_rules (f->all[0]);
  assert_healthy (f->all[0]);
}

/* Two at once, the other one hears of nothing. */
static void
test_apart (Fixture *f, gconstpointer data)
{
  g_autoptr (SatTemplate) made = read_one (data);
  guint objects;

  apply (f->all[0], made, "zh_CN");
  apply (f->all[1], made, "zh_CN");
  world_sync_all (&f->world, f->all, 2);
  assert_equal_replicas (f->all[0], f->all[1]);
  g_assert_cmpint (sat_workspace_n_conflicts (f->all[0]), ==, 0);
  assert_states (f->all[0], made, SAT_ITEM_APPLIED);
  assert_states (f->all[1], made, SAT_ITEM_APPLIED);
  objects = assert_works (f->all[0]);
  g_assert_cmpuint (assert_works (f->all[1]), ==, objects);
  world_sync_all (&f->world, f->all, 2);
  assert_equal_replicas (f->all[0], f->all[1]);
}

/* All of them in one company, one after the other; but for what takes the deals away that others
 * are about. */
static void
test_all (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) names = sat_template_names ();

  (void) data;
  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (SatTemplate) made = read_one (names->pdata[i]);

      const char *without = sat_template_item (made, "no-deals") != NULL ? "no-deals" : NULL;

      g_array_unref (apply_some (f->all[0], made, NULL, without, NULL));
      if (without == NULL)
        assert_states (f->all[0], made, SAT_ITEM_APPLIED);
    }
  g_assert_cmpuint (assert_works (f->all[0]), >=, 30);
  world_sync_all (&f->world, f->all, 2);
  assert_equal_replicas (f->all[0], f->all[1]);
  assert_healthy (f->all[1]);
}

/* ---- items ---- */

static const char small[] =
    "<template name='small'><title>S</title>"
    "<item key='words'><title>W</title><change of='customer'><label>Guest</label>"
    "<label xml:lang='zh_CN'>客人</label></change></item>"
    "<item key='room'><title>R</title><object><label>Room</label></object>"
    "<field id='beds' object='{room}' type='integer'><label>Beds</label></field></item>"
    "<item key='beds-twice'><title>T</title><field object='{room}' type='formula'>"
    "<label>Twice</label><formula>{beds} * 2</formula></field></item>"
    "<item key='big'><title>B</title><record object='segment'><set field='name'>Big</set>"
    "<set field='name' xml:lang='zh_CN'>大</set><set field='object'>{room}</set>"
    "<set field='condition'>{beds-twice} &gt; 4</set></record></item>"
    "<item key='rights'><title>P</title><grant object='{room}' role='finance' read='none'/>"
    "</item></template>";

static SatItemPlan
plan_of (const GArray *steps, const char *key)
{
  for (guint i = 0; i < steps->len; i++)
    if (strcmp (g_array_index (steps, SatItemStep, i).item->key, key) == 0)
      return g_array_index (steps, SatItemStep, i).plan;
  g_assert_not_reached ();
}

static void
test_singly (Fixture *f, gconstpointer data)
{
  g_autoptr (SatTemplate) made = read_text (small);
  g_autoptr (GArray) first = NULL;
  g_autoptr (GArray) second = NULL;
  g_autoptr (GError) error = NULL;
  const char *const declined[] = { "words", NULL };
  const char *const here[] = { "room", NULL };

  (void) data;
  /* What is needed comes along; what needs something that is left out does not. */
  first = apply_some (f->all[0], made, "beds-twice", NULL, NULL);
  g_assert_cmpint (plan_of (first, "room"), ==, SAT_ITEM_NEEDED);
  g_assert_cmpint (plan_of (first, "beds-twice"), ==, SAT_ITEM_WRITE);
  g_assert_cmpint (plan_of (first, "words"), ==, SAT_ITEM_LEFT);
  assert_state (f->all[0], made, "room", SAT_ITEM_APPLIED);
  assert_state (f->all[0], made, "words", SAT_ITEM_NEW);
  undo (f->all[0]);
  second = apply_some (f->all[0], made, NULL, "beds-twice", NULL);
  g_assert_cmpint (plan_of (second, "big"), ==, SAT_ITEM_LACKS);
  g_assert_cmpint (plan_of (second, "rights"), ==, SAT_ITEM_WRITE);
  assert_state (f->all[0], made, "big", SAT_ITEM_NEW);
  undo (f->all[0]);

  /* What is declined stays away, on the other laptop too, until it is named. */
  g_assert_true (sat_workspace_decline_items (f->all[0], made, declined, &error));
  world_sync_all (&f->world, f->all, 2);
  assert_state (f->all[1], made, "words", SAT_ITEM_DECLINED);
  apply (f->all[1], made, NULL);
  assert_state (f->all[1], made, "words", SAT_ITEM_DECLINED);
  g_assert_cmpstr (sat_label (world_object (f->all[1], "customer")->label, NULL), ==, "Customer");
  g_assert_false (sat_workspace_decline_items (f->all[1], made, here, &error));
  assert_error (&error, SAT_ERROR_INVALID, "“room” is applied already");
  g_array_unref (apply_some (f->all[1], made, "words", NULL, NULL));
  g_assert_cmpstr (sat_label (world_object (f->all[1], "customer")->label, NULL), ==, "Guest");
  assert_states (f->all[1], made, SAT_ITEM_APPLIED);
}

static const SatObject *
room_of (SatWorkspace *workspace)
{
  g_autoptr (GError) error = NULL;
  const SatObject *object = sat_workspace_object (workspace, "Room", &error);

  g_assert_no_error (error);
  return object;
}

/* Whatever a person does to what was applied stays, also when the template is applied again. */
static void
test_changed (Fixture *f, gconstpointer data)
{
  const SatSaying label[] = { { "label_en", "Visitor" }, { NULL, NULL } };
  const SatSaying retired[] = { { "retired", "yes" }, { NULL, NULL } };
  const SatShaped customer = { "customer", NULL, NULL };
  g_autoptr (SatTemplate) made = read_text (small);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rows = NULL;
  SatQuery all = { .limit = -1 };
  SatShaped twice = { NULL, NULL, NULL };

  (void) data;
  apply (f->all[0], made, NULL);
  world_sync_all (&f->world, f->all, 2);
  g_assert_true (sat_workspace_redefine (f->all[1], &customer, label, &error));
  twice.object = room_of (f->all[1])->name;
  twice.field = sat_workspace_field (f->all[1], room_of (f->all[1]), "Beds", &error)->name;
  g_assert_true (sat_workspace_redefine (f->all[1], &twice, label, &error));
  world_sync_all (&f->world, f->all, 2);
  assert_state (f->all[0], made, "words", SAT_ITEM_CHANGED);
  assert_state (f->all[0], made, "room", SAT_ITEM_CHANGED);
  g_array_unref (apply_some (f->all[0], made, "words,room", NULL, NULL));
  apply (f->all[0], made, NULL);
  g_assert_cmpstr (sat_label (world_object (f->all[0], "customer")->label, NULL), ==, "Visitor");
  g_assert_nonnull (sat_workspace_field (f->all[0], room_of (f->all[0]), "Visitor", &error));

  /* Retired and deleted is gone, and comes back only by name, as it was. */
  twice.field = NULL;
  g_assert_true (sat_workspace_redefine (f->all[0], &twice, retired, &error));
  all.object = world_object (f->all[0], "segment");
  rows = sat_workspace_list_rows (f->all[0], &all, &error);
  g_assert_cmpuint (rows->len, ==, 1);
  {
    g_autoptr (GPtrArray) segments = sat_workspace_load_rows (
        f->all[0], all.object, (const gint64 *) (gconstpointer) rows->data, 1, &error);
    record_delete (f->all[0], "segment", sat_record_id (segments->pdata[0]));
  }
  assert_state (f->all[0], made, "room", SAT_ITEM_GONE);
  assert_state (f->all[0], made, "big", SAT_ITEM_GONE);
  apply (f->all[0], made, NULL);
  assert_state (f->all[0], made, "big", SAT_ITEM_GONE);
  g_array_unref (apply_some (f->all[0], made, "room,big", NULL, NULL));
  assert_state (f->all[0], made, "room", SAT_ITEM_APPLIED);
  assert_state (f->all[0], made, "big", SAT_ITEM_APPLIED);
  g_assert_nonnull (sat_workspace_field (f->all[0], room_of (f->all[0]), "Visitor", &error));
  world_sync_all (&f->world, f->all, 2);
  assert_equal_replicas (f->all[0], f->all[1]);
}

/* Names of records are in the language of whoever applies; labels are in both. Two languages at
 * once end as one. */
static void
test_languages (Fixture *f, gconstpointer data)
{
  g_autoptr (SatTemplate) made = read_text (small);
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (GPtrArray) other = NULL;

  (void) data;
  apply (f->all[0], made, "zh_CN");
  one = sat_workspace_segments (f->all[0], room_of (f->all[0]), NULL);
  g_assert_cmpstr (one->pdata[0], ==, "大");
  g_assert_cmpstr (sat_label (world_object (f->all[0], "customer")->label, NULL), ==, "Guest");
  world_tick (&f->world, 60000);
  apply (f->all[1], made, NULL);
  world_sync_all (&f->world, f->all, 2);
  assert_equal_replicas (f->all[0], f->all[1]);
  other = sat_workspace_segments (f->all[0], room_of (f->all[0]), NULL);
  g_assert_cmpuint (other->len, ==, 1);
  g_assert_cmpstr (other->pdata[0], ==, "Big");
  assert_states (f->all[0], made, SAT_ITEM_APPLIED);
}

/* One wrong thing, and nothing is written. */
static void
test_refused (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *part;
    int code;
    const char *says;
  } cases[] = {
    { "<field object='nothing' type='text'><label>L</label></field>", SAT_ERROR_INVALID,
      "the definition of “nothing.x_" },
    { "<field object='customer' type='colour'><label>L</label></field>", SAT_ERROR_INVALID,
      "the definition of “customer.x_" },
    { "<change of='customer.nothing'><label>L</label></change>", SAT_ERROR_INVALID,
      "the definition of “customer.nothing” is left out" },
    { "<grant object='customer' role='sales' read='some'/>", SAT_ERROR_INVALID,
      "“read” cannot be “some” in a <grant>" },
    { "<grant object='customer' role='cook' read='none'/>", SAT_ERROR_INVALID, "" },
    { "<record object='rule'><set field='name'>R</set><set field='object'>customer</set>"
      "<set field='actions'>sing</set></record>",
      SAT_ERROR_INVALID, "" },
    { "<record object='view'><set field='name'>V</set><set field='object'>customer</set>"
      "<set field='columns'>name,nothing</set></record>",
      SAT_ERROR_INVALID, "" },
    { "<record object='segment'><set field='name'>V</set><set field='object'>customer</set>"
      "<set field='condition'>nothing = 1</set></record>",
      SAT_ERROR_INVALID, "" },
    { "<record object='team'><set field='colour'>V</set></record>", SAT_ERROR_INVALID,
      "team has no field “colour”" },
    { "<record object='user'><set field='name'>V</set><set field='login'>v</set></record>",
      SAT_ERROR_INVALID, "a user is made by Satchel itself" },
    { "<record object='deal'><set field='name'>V</set><set field='customer'>Acme</set></record>",
      SAT_ERROR_INVALID, "customer: a template can only name what it makes itself" },
  };
  const SatApplyOptions options = { .language = NULL };
  g_autofree char *before = world_lines (f->all[0]);

  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *xml = g_strdup_printf (
          "<template name='t'><title>T</title><item key='good'><title>G</title><object>"
          "<label>O</label></object></item><item key='bad'><title>B</title>%s</item></template>",
          cases[i].part);
      g_autoptr (SatTemplate) made = read_text (xml);
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;

      g_test_message ("%s", cases[i].part);
      g_assert_null (sat_workspace_apply_template (f->all[0], made, &options, &error));
      assert_error (&error, cases[i].code, cases[i].says);
      after = world_lines (f->all[0]);
      g_assert_cmpstr (after, ==, before);
    }
  assert_healthy (f->all[0]);
}

static void
test_not_for_all (Fixture *f, gconstpointer data)
{
  g_autoptr (SatTemplate) made = read_text (small);
  g_autofree char *user = sat_meta_get (world_replica (f->all[1]), SAT_META_USER);
  const char *const none[] = { "nothing", NULL };
  const char *const words[] = { "words", NULL };
  const SatApplyOptions wrong = { .only = none };
  const SatApplyOptions dry = { .dry_run = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) steps = NULL;
  g_autofree char *before = world_lines (f->all[0]);
  g_autofree char *after = NULL;
  SatId id;

  (void) data;
  g_assert_null (sat_workspace_apply_template (f->all[0], made, &wrong, &error));
  assert_error (&error, SAT_ERROR_NOT_FOUND,
                "the template “small” has no item “nothing”; it has: words, room");
  steps = sat_workspace_apply_template (f->all[0], made, &dry, &error);
  g_assert_cmpint (plan_of (steps, "big"), ==, SAT_ITEM_WRITE);
  after = world_lines (f->all[0]);
  g_assert_cmpstr (after, ==, before);
  g_assert_true (sat_id_parse (user, &id));
  record_set (f->all[1], "user", &id, "role", "sales");
  g_assert_null (sat_workspace_apply_template (f->all[1], made, &dry, &error));
  assert_error (&error, SAT_ERROR_REFUSED, "only an administrator may change the catalogue");
  g_assert_false (sat_workspace_decline_items (f->all[1], made, words, &error));
  assert_error (&error, SAT_ERROR_REFUSED, "only an administrator may change the catalogue");
}

int
main (int argc, char *argv[])
{
  g_autoptr (GPtrArray) names = sat_template_names ();

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpuint (names->len, >, 0);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *shipped = g_strconcat ("/workspace/template/shipped/", names->pdata[i],
                                              NULL);
      g_autofree char *apart = g_strconcat ("/workspace/template/apart/", names->pdata[i], NULL);

      g_test_add (shipped, Fixture, names->pdata[i], set_up, test_shipped, tear_down);
      g_test_add (apart, Fixture, names->pdata[i], set_up, test_apart, tear_down);
    }
  g_test_add ("/workspace/template/all", Fixture, NULL, set_up, test_all, tear_down);
  g_test_add ("/workspace/template/singly", Fixture, NULL, set_up, test_singly, tear_down);
  g_test_add ("/workspace/template/changed", Fixture, NULL, set_up, test_changed, tear_down);
  g_test_add ("/workspace/template/languages", Fixture, NULL, set_up, test_languages, tear_down);
  g_test_add ("/workspace/template/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/workspace/template/not-for-all", Fixture, NULL, set_up, test_not_for_all,
              tear_down);
  return g_test_run ();
}
