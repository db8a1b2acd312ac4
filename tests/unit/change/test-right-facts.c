/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a hub can judge of rights: for every role, object and field the same as the table of what is
 * built in says, as long as whose the record is does not matter; later grants, and when. */
#include "core/change/sat-right-facts.h"

#include <string.h>

#include "core/base/sat-platform.h"

#define T(minute) sat_hlc_from_ms (G_GINT64_CONSTANT (1767225600000) + (minute) *60000)

typedef struct
{
  SatCatalogue *catalogue;
  SatPlatform *platform;
  SatAdmissions *admissions; /* the boss founded the workspace */
  SatRightFacts *facts;
  GString *lines; /* of it */
  SatId boss, device, user;
  guint64 number;
} Fixture;

/* A change-set of DEVICE with one record. */
static SatChangeSet *
make (Fixture *f, const SatId *device, const SatOpGroup *group)
{
  SatChangeSetWriter *writer = sat_change_set_writer_new ("company", device, ++f->number, TRUE,
                                                          NULL, 0, NULL, 0);
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GError) error = NULL;
  SatChangeSet *set;

  sat_change_set_writer_add (writer, group);
  text = sat_change_set_writer_finish (writer);
  set = sat_change_set_decode (text, &error);
  g_assert_no_error (error);
  return set;
}

static void
say (Fixture *f,
     gboolean by_admin,
     const char *object,
     const SatId *id,
     const char *key,
     const char *value,
     SatHlc hlc)
{
  const SatOp op = { .key = key, .value = value, .kind = SAT_OP_SET, .hlc = hlc };
  const SatOpGroup group = {
    .object = object, .id = *id, .life = SAT_LIFE_LIVE, .life_hlc = hlc, .ops = &op, .n_ops = 1
  };
  g_autoptr (SatChangeSet) set = make (f, by_admin ? &f->boss : &f->device, &group);

  sat_right_facts_add (f->facts, set, f->admissions, f->lines);
}

/* By the facts, and by others that were read from their lines. */
static gboolean
allows (Fixture *f, const SatOpGroup *group)
{
  g_autoptr (SatChangeSet) set = make (f, &f->device, group);
  g_autoptr (GPtrArray) asks = sat_right_asks (set);
  g_autoptr (SatRightFacts) again = sat_right_facts_new ();
  g_auto (GStrv) lines = g_strsplit (f->lines->str, "\n", -1);
  gboolean all = TRUE;

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    g_assert_true (sat_right_facts_read (again, lines[i]));
  for (guint i = 0; i < asks->len; i++)
    {
      g_autofree char *role = NULL;
      g_autofree char *other = NULL;
      gboolean allowed = sat_right_facts_allow (f->facts, f->admissions, &f->device, asks->pdata[i],
                                                &role);

      g_assert_cmpint (
          allowed, ==,
          sat_right_facts_allow (again, f->admissions, &f->device, asks->pdata[i], &other));
      g_assert_cmpstr (role, ==, other);
      all &= allowed;
    }
  return all;
}

static gboolean
allows_new (Fixture *f, const char *object, SatHlc hlc)
{
  const SatOp ops[] = { { .key = ":home", .value = "company", .kind = SAT_OP_SET, .hlc = hlc },
                        { .key = "name", .value = "x", .kind = SAT_OP_SET, .hlc = hlc } };
  const SatOpGroup group = { .object = object,
                             .id = f->user,
                             .life = SAT_LIFE_LIVE,
                             .life_hlc = hlc,
                             .ops = ops,
                             .n_ops = G_N_ELEMENTS (ops) };

  return allows (f, &group);
}

static gboolean
allows_edit (Fixture *f, const char *object, const char *field, SatHlc hlc)
{
  const SatOp op = { .key = field, .value = "x", .kind = SAT_OP_SET, .hlc = hlc };
  const SatOpGroup group = {
    .object = object, .id = f->user, .life = SAT_LIFE_LIVE, .life_hlc = hlc, .ops = &op, .n_ops = 1
  };

  return allows (f, &group);
}

static gboolean
allows_dead (Fixture *f, const char *object, SatHlc hlc)
{
  const SatOpGroup group = {
    .object = object, .id = f->user, .life = SAT_LIFE_DEAD, .life_hlc = hlc
  };

  return allows (f, &group);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->catalogue = sat_catalogue_default (&error);
  g_assert_no_error (error);
  f->platform = sat_platform_new_seeded (7, 0);
  f->facts = sat_right_facts_new ();
  f->lines = g_string_new (NULL);
  sat_id_new (f->platform, &f->boss);
  sat_id_new (f->platform, &f->device);
  sat_id_new (f->platform, &f->user);
  f->admissions = sat_admissions_new (&f->boss);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  sat_right_facts_free (f->facts);
  sat_admissions_free (f->admissions);
  g_string_free (f->lines, TRUE);
  sat_platform_unref (f->platform);
  sat_catalogue_unref (f->catalogue);
}

static void
let_in (Fixture *f, const char *role)
{
  const SatAdmit admit = { f->device, role };

  sat_admissions_add_admit (f->admissions, &f->boss, &admit);
}

static void
be (Fixture *f, const char *role, SatHlc hlc)
{
  char id[SAT_ID_TEXT_SIZE];

  say (f, FALSE, "device", &f->device, "user", sat_id_format (&f->user, id), hlc);
  say (f, TRUE, "user", &f->user, "role", role, hlc);
}

static gboolean
is_own (const char *object)
{
  static const char *const own[] = { "book",      "customer_mark", "device",
                                     "operation", "rule_run",      "stage_move" };

  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    if (g_str_equal (own[i], object))
      return TRUE;
  return FALSE;
}

static void
check_object (Fixture *f, const char *role, const SatObject *object)
{
  SatReach reach[SAT_N_RIGHTS];

  for (guint i = 0; i < SAT_N_RIGHTS; i++)
    reach[i] = sat_access_default (role, object, i);
  if (g_str_equal (object->name, "permission"))
    g_assert_cmpint (reach[SAT_RIGHT_EDIT], ==, SAT_REACH_NONE);
  /* Who joins writes himself down. */
  if (!g_str_equal (object->name, "user"))
    g_assert_cmpint (allows_new (f, object->name, T (2)), ==,
                     reach[SAT_RIGHT_CREATE] != SAT_REACH_NONE);
  g_assert_cmpint (allows_dead (f, object->name, T (2)), ==,
                   reach[SAT_RIGHT_DELETE] != SAT_REACH_NONE ||
                       reach[SAT_RIGHT_CREATE] != SAT_REACH_NONE);
  for (guint i = 0; i < object->n_fields; i++)
    g_assert_cmpint (allows_edit (f, object->name, object->fields[i]->name, T (2)), ==,
                     reach[SAT_RIGHT_EDIT] != SAT_REACH_NONE &&
                         sat_access_default_field (role, object->fields[i]) == SAT_FIELD_EDIT);
}

static void
test_matrix (Fixture *f, gconstpointer data)
{
  const SatObject *user = sat_catalogue_find (f->catalogue, "user");
  const SatField *role = sat_object_find (user, "role");
  guint checked = 0;

  for (guint i = 0; i < role->n_choices; i++)
    {
      if (g_str_equal (role->choices[i].name, "admin"))
        continue;
      be (f, role->choices[i].name, T (i));
      for (guint k = 0; k < sat_catalogue_n_objects (f->catalogue); k++)
        if (!is_own (sat_catalogue_object (f->catalogue, k)->name))
          {
            /* Only now counts here: the times are those of the change-set alone. */
            check_object (f, role->choices[i].name, sat_catalogue_object (f->catalogue, k));
            checked++;
          }
      sat_right_facts_free (f->facts);
      f->facts = sat_right_facts_new ();
      g_string_truncate (f->lines, 0);
    }
  g_assert_cmpuint (checked, >, 60);
}

/* A member's own word makes him nothing, nor does another's. */
static void
test_own_word (Fixture *f, gconstpointer data)
{
  SatId grant;

  sat_id_new (f->platform, &grant);
  be (f, "sales", T (0));
  say (f, FALSE, "user", &f->user, "role", "manager", T (1));
  say (f, FALSE, "permission", &grant, "object", "pipeline", T (1));
  say (f, FALSE, "permission", &grant, "role", "sales", T (1));
  say (f, FALSE, "permission", &grant, "may_create", "all", T (1));
  g_assert_false (allows_new (f, "pipeline", T (2)));
  /* An administrator is who was let in as one, whatever a record says. */
  say (f, TRUE, "user", &f->user, "role", "admin", T (2));
  g_assert_false (allows_new (f, "pipeline", T (3)));
  say (f, TRUE, "user", &f->user, "active", "no", T (4));
  g_assert_false (allows_new (f, "customer", T (5)));
  g_assert_true (allows_new (f, "customer", T (3)));
}

/* A hook that is installed later reads branches in any order. */
static void
test_order (Fixture *f, gconstpointer data)
{
  char id[SAT_ID_TEXT_SIZE];

  say (f, FALSE, "device", &f->device, "user", sat_id_format (&f->user, id), T (0));
  g_assert_null (strstr (f->lines->str, ":life"));
  say (f, TRUE, "user", &f->user, "name", "x", T (5));
  g_assert_true (allows_new (f, "customer", T (6)));
  let_in (f, "observer");
  say (f, FALSE, "user", &f->user, "role", "observer", T (0));
  g_assert_false (allows_new (f, "customer", T (6)));
  say (f, FALSE, "user", &f->user, "role", "manager", T (7));
  g_assert_false (allows_new (f, "customer", T (8)));
}

/* A laptop of the user of LOGIN that joins, and says ROLE and, if FIELD is not NULL, something else
 * of him. */
static gboolean
allows_join (Fixture *f, const char *login, const char *role, const char *field)
{
  const SatOp ops[] = { { .key = ":home", .value = "company", .kind = SAT_OP_SET, .hlc = T (9) },
                        { .key = "login", .value = login, .kind = SAT_OP_SET, .hlc = T (9) },
                        { .key = "name", .value = "x", .kind = SAT_OP_SET, .hlc = T (9) },
                        { .key = "role", .value = role, .kind = SAT_OP_SET, .hlc = T (9) },
                        { .key = field, .value = "yes", .kind = SAT_OP_SET, .hlc = T (9) } };
  const SatOpGroup group = { .object = "user",
                             .id = f->user,
                             .life = SAT_LIFE_LIVE,
                             .life_hlc = T (9),
                             .ops = ops,
                             .n_ops = field ? G_N_ELEMENTS (ops) : G_N_ELEMENTS (ops) - 1 };

  return allows (f, &group);
}

/* Who joins writes himself down, as he was let in, and nobody as something else. */
static void
test_join (Fixture *f, gconstpointer data)
{
  SatId space, other, manager;
  char text[SAT_ID_TEXT_SIZE];

  g_assert_true (allows_join (f, "wang", "sales", NULL));
  g_assert_false (allows_join (f, "wang", "manager", NULL));
  g_assert_false (allows_join (f, "wang", "sales", "team"));
  let_in (f, "observer");
  g_assert_true (allows_join (f, "wang", "observer", NULL));
  g_assert_false (allows_join (f, "wang", "manager", NULL));
  /* Again as he is known; a member lets nobody be anything. */
  sat_id_new (f->platform, &other);
  sat_admissions_add_admit (f->admissions, &other, &(SatAdmit){ f->device, "manager" });
  g_assert_false (allows_join (f, "wang", "manager", NULL));
  say (f, TRUE, "user", &f->user, "role", "manager", T (1));
  g_assert_true (allows_join (f, "wang", "manager", NULL));
  /* Not under another's login. */
  sat_id_new (f->platform, &space);
  say (f, TRUE, "workspace", &space, "name", "x", T (0));
  g_assert_false (allows_join (f, "wang", "sales", NULL));
  sat_id_derive (&space, "user:wang", strlen ("user:wang"), &f->user);
  g_assert_true (allows_join (f, "wang", "sales", NULL));
  g_assert_false (allows_join (f, "li", "sales", NULL));
  /* Whose the device is it says once. */
  sat_id_new (f->platform, &manager);
  say (f, FALSE, "device", &f->device, "user", sat_id_format (&f->user, text), T (3));
  say (f, TRUE, "user", &f->user, "role", "observer", T (3));
  say (f, TRUE, "user", &manager, "role", "manager", T (3));
  say (f, FALSE, "device", &f->device, "user", sat_id_format (&manager, text), T (4));
  g_assert_false (allows_new (f, "customer", T (5)));
}

/* What was allowed when it was written is let in later; what is allowed now, too. */
static void
test_time (Fixture *f, gconstpointer data)
{
  SatId grant;

  sat_id_new (f->platform, &grant);
  be (f, "sales", T (0));
  say (f, TRUE, "permission", &grant, "object", "customer", T (1));
  say (f, TRUE, "permission", &grant, "role", "sales", T (1));
  g_assert_true (allows_edit (f, "customer", "city", T (2)));
  say (f, TRUE, "permission", &grant, "may_edit", "none", T (10));
  g_assert_true (allows_edit (f, "customer", "city", T (9)));
  g_assert_false (allows_edit (f, "customer", "city", T (11)));
  g_assert_true (allows_edit (f, "contact", "email", T (11)));
  say (f, TRUE, "permission", &grant, "may_edit", "own", T (20));
  g_assert_true (allows_edit (f, "customer", "city", T (11)));
  say (f, TRUE, "permission", &grant, "field", "city", T (30));
  say (f, TRUE, "permission", &grant, "access", "read", T (30));
  g_assert_false (allows_edit (f, "customer", "city", T (31)));
  g_assert_true (allows_edit (f, "customer", "region", T (31)));
  /* As if it was never said. */
  say (f, TRUE, "permission", &grant, "access", NULL, T (40));
  g_assert_true (allows_edit (f, "customer", "city", T (31)));
}

/* Rules write for the company, and Satchel keeps its own books. */
static void
test_not_typed (Fixture *f, gconstpointer data)
{
  const SatOp op = {
    .key = "name", .value = "x", .kind = SAT_OP_SET, .hlc = T (1), .automatic = TRUE
  };
  const SatOpGroup group = { .object = "pipeline",
                             .id = f->user,
                             .life = SAT_LIFE_LIVE,
                             .life_hlc = T (1),
                             .life_automatic = TRUE,
                             .ops = &op,
                             .n_ops = 1 };

  be (f, "sales", T (0));
  g_assert_true (allows (f, &group));
  g_assert_true (allows_new (f, "operation", T (1)));
  g_assert_false (allows_new (f, "pipeline", T (1)));
}

/* What Satchel writes along with what may be done, as the program does it. */
static void
test_along (Fixture *f, gconstpointer data)
{
  const SatOp home[] = {
    { .key = ":home", .value = "company", .kind = SAT_OP_SET, .hlc = T (20) },
    { .key = "city", .value = "x", .kind = SAT_OP_SET, .hlc = T (21) },
    { .key = "owner", .value = "x", .kind = SAT_OP_SET, .hlc = T (20) },
  };
  const SatOp tag = { .key = "tags", .element = "x", .kind = SAT_OP_DROP };
  const SatOp stage[] = { { .key = "probability", .value = "1", .kind = SAT_OP_SET, .hlc = T (20) },
                          { .key = "stage", .value = "x", .kind = SAT_OP_SET, .hlc = T (20) } };
  SatOpGroup group = { .object = "customer",
                       .id = f->user,
                       .life = SAT_LIFE_LIVE,
                       .life_hlc = T (20),
                       .ops = home,
                       .n_ops = G_N_ELEMENTS (home) };
  SatId grants[3];

  be (f, "sales", T (0));
  for (guint i = 0; i < G_N_ELEMENTS (grants); i++)
    {
      sat_id_new (f->platform, &grants[i]);
      say (f, TRUE, "permission", &grants[i], "role", "sales", T (10));
      say (f, TRUE, "permission", &grants[i], "object", i == 2 ? "deal" : "customer", T (10));
    }
  say (f, TRUE, "permission", &grants[0], "may_create", "none", T (10));
  say (f, TRUE, "permission", &grants[1], "field", "tags", T (10));
  say (f, TRUE, "permission", &grants[1], "access", "read", T (10));
  say (f, TRUE, "permission", &grants[2], "field", "probability", T (10));
  say (f, TRUE, "permission", &grants[2], "access", "read", T (10));
  g_assert_true (allows (f, &group));
  g_assert_false (allows_new (f, "customer", T (20)));
  group.ops = &tag;
  group.n_ops = 1;
  g_assert_false (allows (f, &group));
  group.life_hlc = T (5);
  g_assert_true (allows (f, &group));
  group.object = "deal";
  group.life_hlc = T (20);
  group.ops = stage;
  g_assert_false (allows (f, &group));
  group.n_ops = 2;
  g_assert_true (allows (f, &group));
}

static void
test_lines (Fixture *f, gconstpointer data)
{
  static const char *const bad[] = {
    "",
    "right",
    "right user x role 2026-01-01T00:00:00Z sales",
    "right user 0195514f-6c10-7c31-9f00-000000000001 role yesterday sales",
    "right user 0195514f-6c10-7c31-9f00-000000000001 role 2026-01-01T00:00:00Z %",
    "left user 0195514f-6c10-7c31-9f00-000000000001 role 2026-01-01T00:00:00Z sales",
    "right user 0195514f-6c10-7c31-9f00-000000000001 role 2026-01-01T00:00:00Z a b",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (sat_right_facts_read (f->facts, bad[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/right-facts/matrix", Fixture, NULL, set_up, test_matrix, tear_down);
  g_test_add ("/right-facts/own-word", Fixture, NULL, set_up, test_own_word, tear_down);
  g_test_add ("/right-facts/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/right-facts/join", Fixture, NULL, set_up, test_join, tear_down);
  g_test_add ("/right-facts/time", Fixture, NULL, set_up, test_time, tear_down);
  g_test_add ("/right-facts/not-typed", Fixture, NULL, set_up, test_not_typed, tear_down);
  g_test_add ("/right-facts/along", Fixture, NULL, set_up, test_along, tear_down);
  g_test_add ("/right-facts/lines", Fixture, NULL, set_up, test_lines, tear_down);
  return g_test_run ();
}
