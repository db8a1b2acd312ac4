/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/change/sat-right-facts.h"

#include <string.h>

#define LINE "right "
#define DEFAULT_ROLE "sales"
#define LIFE ":life"
#define DEAD "dead"
#define LIVE "live"
#define NOW G_MAXUINT64
/* Which rights let somebody write that a record lives, and nothing else of it. */
#define BRINGS_BACK (1u << SAT_RIGHT_DELETE | 1u << SAT_RIGHT_CREATE | 1u << SAT_RIGHT_EDIT)

/* A value, and when it was written. */
typedef struct
{
  SatHlc hlc;
  char *value; /* NULL: cleared */
} Said;

struct _SatRightFacts
{
  GHashTable *said;   /* "OBJECT ID KEY" -> GArray of Said, the oldest first */
  GHashTable *grants; /* a set of the ids of permissions, as text */
  GHashTable *spaces; /* the same of the workspace, of which there is one */
  GHashTable *now;    /* role -> SatAccess, by all that is known; made when asked for */
};

/* Which registers count. */
static const char *const of_users[] = { "role", "active", NULL };
static const char *const of_devices[] = { "user", NULL };
static const char *const of_workspaces[] = { NULL };
static const char *const of_grants[] = {
  "object", "field", "role", "may_create", "may_edit", "may_delete", "access", NULL,
};

static void
said_clear (gpointer data)
{
  g_free (((Said *) data)->value);
}

SatRightFacts *
sat_right_facts_new (void)
{
  SatRightFacts *facts = g_new0 (SatRightFacts, 1);

  facts->said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) g_array_unref);
  facts->grants = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  facts->spaces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  facts->now = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                      (GDestroyNotify) sat_access_free);
  return facts;
}

void
sat_right_facts_free (SatRightFacts *facts)
{
  if (facts == NULL)
    return;
  g_hash_table_unref (facts->said);
  g_hash_table_unref (facts->grants);
  g_hash_table_unref (facts->spaces);
  g_hash_table_unref (facts->now);
  g_free (facts);
}

/* ---- what is known ------------------------------------------------------------------------------
 */

/* FALSE if it is known already. */
static gboolean
put (SatRightFacts *facts,
     const char *object,
     const char *id,
     const char *key,
     SatHlc hlc,
     const char *value)
{
  g_autofree char *name = g_strdup_printf ("%s %s %s", object, id, key);
  GArray *all = g_hash_table_lookup (facts->said, name);
  Said said = { hlc, NULL };
  guint at = 0;

  if (all == NULL)
    {
      all = g_array_new (FALSE, FALSE, sizeof (Said));
      g_array_set_clear_func (all, said_clear);
      g_hash_table_insert (facts->said, g_steal_pointer (&name), all);
    }
  for (at = all->len; at > 0 && g_array_index (all, Said, at - 1).hlc >= hlc; at--)
    {
      const Said *other = &g_array_index (all, Said, at - 1);

      if (other->hlc == hlc && g_strcmp0 (other->value, value) == 0)
        return FALSE;
    }
  g_hash_table_remove_all (facts->now);
  said.value = g_strdup (value);
  g_array_insert_val (all, at, said);
  if (strcmp (object, "permission") == 0)
    g_hash_table_add (facts->grants, g_strdup (id));
  if (strcmp (object, "workspace") == 0)
    g_hash_table_add (facts->spaces, g_strdup (id));
  return TRUE;
}

/* What was said of it last by the time AT; NULL: nothing, or that it is empty. */
static const char *
get (const SatRightFacts *facts, const char *object, const char *id, const char *key, SatHlc at)
{
  g_autofree char *name = g_strdup_printf ("%s %s %s", object, id, key);
  const GArray *all = g_hash_table_lookup (facts->said, name);

  for (guint i = all ? all->len : 0; i > 0; i--)
    if (g_array_index (all, Said, i - 1).hlc <= at)
      return g_array_index (all, Said, i - 1).value;
  return NULL;
}

/* The same; before anything was said, what was said first. */
static const char *
get_or_first (
    const SatRightFacts *facts, const char *object, const char *id, const char *key, SatHlc at)
{
  g_autofree char *name = g_strdup_printf ("%s %s %s", object, id, key);
  const GArray *all = g_hash_table_lookup (facts->said, name);
  const Said *first = all != NULL && all->len > 0 ? &g_array_index (all, Said, 0) : NULL;

  return first != NULL && first->hlc > at ? first->value : get (facts, object, id, key, at);
}

static void
learn (SatRightFacts *facts,
       GString *fresh,
       const char *object,
       const char *id,
       const char *key,
       SatHlc hlc,
       const char *value)
{
  char time[SAT_HLC_TEXT_SIZE];
  g_autofree char *word = value ? g_uri_escape_string (value, NULL, TRUE) : NULL;

  if (put (facts, object, id, key, hlc, value))
    g_string_append_printf (fresh, LINE "%s %s %s %s%s%s\n", object, id, key,
                            sat_hlc_format (hlc, time), word ? " " : "", word ? word : "");
}

gboolean
sat_right_facts_read (SatRightFacts *facts, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  guint n = g_strv_length (words);
  g_autofree char *value = NULL;
  SatHlc hlc;
  SatId id;

  if ((n != 5 && n != 6) || !g_str_has_prefix (line, LINE) || !sat_id_parse (words[2], &id) ||
      !sat_hlc_parse (words[4], strlen (words[4]), &hlc))
    return FALSE;
  value = n == 6 ? g_uri_unescape_string (words[5], NULL) : NULL;
  if (n == 6 && value == NULL)
    return FALSE;
  put (facts, words[1], words[2], words[3], hlc, value);
  return TRUE;
}

/* ---- learning -----------------------------------------------------------------------------------
 */

static const SatOp *
find_op (const SatOpGroup *group, const char *key)
{
  for (guint i = 0; i < group->n_ops; i++)
    if (strcmp (group->ops[i].key, key) == 0)
      return &group->ops[i];
  return NULL;
}

static void
learn_group (SatRightFacts *facts,
             GString *fresh,
             const SatOpGroup *group,
             const char *const *keys,
             const char *id)
{
  for (guint i = 0; i < group->n_ops; i++)
    {
      const SatOp *op = &group->ops[i];

      if (op->kind == SAT_OP_SET && op->element == NULL && g_strv_contains (keys, op->key))
        learn (facts, fresh, group->object, id, op->key, op->hlc, op->value);
    }
  /* A device writes itself down every day, and whether it lives is asked for by nobody. */
  if (group->life != SAT_LIFE_QUIET && keys != of_devices)
    learn (facts, fresh, group->object, id, LIFE, group->life_hlc,
           group->life == SAT_LIFE_DEAD ? DEAD : LIVE);
}

/* The role that a laptop gives its user when it joins. */
static gboolean
may_join_as (const SatAdmissions *admissions, const SatId *device, const char *role)
{
  return strcmp (role, DEFAULT_ROLE) == 0 || sat_admissions_lets_be (admissions, device, role);
}

/* What a laptop that joins says of its user counts if it could say it. */
static void
learn_joiner (SatRightFacts *facts,
              GString *fresh,
              const SatChangeSet *set,
              const SatOpGroup *group,
              const SatAdmissions *admissions,
              const char *id)
{
  const SatOp *role = find_op (group, "role");

  if (role != NULL && role->value != NULL &&
      may_join_as (admissions, sat_change_set_device (set), role->value))
    learn (facts, fresh, "user", id, "role", role->hlc, role->value);
  learn (facts, fresh, "user", id, LIFE, group->life_hlc, LIVE);
}

/* In whatever order change-sets come: an administrator may have changed the user since. */
static gboolean
is_first (const SatRightFacts *facts, const SatOpGroup *group, const char *id)
{
  g_autofree char *name = g_strdup_printf ("user %s " LIFE, id);
  const GArray *all = g_hash_table_lookup (facts->said, name);

  return group->life == SAT_LIFE_LIVE &&
         (all == NULL || all->len == 0 || group->life_hlc < g_array_index (all, Said, 0).hlc);
}

/* Whose a device is it says once: it could name somebody else later. */
static gboolean
is_told (const SatRightFacts *facts, const char *device)
{
  return get (facts, "device", device, "user", NOW) != NULL;
}

void
sat_right_facts_add (SatRightFacts *facts,
                     const SatChangeSet *set,
                     const SatAdmissions *admissions,
                     GString *fresh)
{
  gboolean by_admin = sat_admissions_of (admissions, sat_change_set_device (set)) ==
                      SAT_ADMITTED_ADMIN;
  guint n;
  const SatOpGroup *groups = sat_change_set_groups (set, &n);

  if (strcmp (sat_change_set_book (set), "company") != 0)
    return;
  for (guint i = 0; i < n; i++)
    {
      const SatOpGroup *group = &groups[i];
      char id[SAT_ID_TEXT_SIZE];

      sat_id_format (&group->id, id);
      if (group->n_contexts > 0)
        continue;
      if (strcmp (group->object, "user") == 0 && by_admin)
        learn_group (facts, fresh, group, of_users, id);
      else if (strcmp (group->object, "user") == 0 && is_first (facts, group, id))
        learn_joiner (facts, fresh, set, group, admissions, id);
      else if (strcmp (group->object, "device") == 0 &&
               (by_admin ||
                (sat_id_equal (&group->id, sat_change_set_device (set)) && !is_told (facts, id))))
        learn_group (facts, fresh, group, of_devices, id);
      else if (strcmp (group->object, "permission") == 0 && by_admin)
        learn_group (facts, fresh, group, of_grants, id);
      else if (strcmp (group->object, "workspace") == 0 && by_admin)
        learn_group (facts, fresh, group, of_workspaces, id);
    }
}

/* ---- what a change-set asks ---------------------------------------------------------------------
 */

void
sat_right_ask_free (SatRightAsk *ask)
{
  if (ask == NULL)
    return;
  g_strfreev (ask->objects);
  g_free (ask->field);
  g_free (ask->user);
  g_free (ask->login);
  g_free (ask->role);
  g_free (ask);
}

/* Objects of which something is deleted or brought back. */
typedef struct
{
  GPtrArray *objects;
  SatHlc first, last;
} Joint;

/* Of a change-set. */
typedef struct
{
  const SatChangeSet *set;
  GPtrArray *asks;
  GHashTable *known;    /* "OBJECT FIELD RIGHTS" -> SatRightAsk in `asks` */
  GHashTable *absorbed; /* names of objects of which records are absorbed, or are so no more */
  GHashTable *tasks;    /* SatId: those that a stage makes */
  Joint dead, dead_settings, back;
} Asking;

static void
widen (SatRightAsk *ask, SatHlc hlc)
{
  if (hlc == 0)
    return;
  if (ask->first == 0 || hlc < ask->first)
    ask->first = hlc;
  ask->last = MAX (ask->last, hlc);
}

static void
ask_for (Asking *asking, const char *object, const char *field, guint rights, SatHlc hlc)
{
  g_autofree char *name = g_strdup_printf ("%s %s %u", object, field ? field : "", rights);
  SatRightAsk *ask = g_hash_table_lookup (asking->known, name);

  if (ask == NULL)
    {
      ask = g_new0 (SatRightAsk, 1);
      ask->objects = g_new0 (char *, 2);
      ask->objects[0] = g_strdup (object);
      ask->field = g_strdup (field);
      ask->rights = rights;
      g_ptr_array_add (asking->asks, ask);
      g_hash_table_insert (asking->known, g_steal_pointer (&name), ask);
    }
  widen (ask, hlc);
}

/* Every change says that its record lives; one that is new says where its home is, and its values
 * with that. So does one that comes back home, which has at most its owner back. */
static gboolean
is_new (const SatChangeSet *set, const SatOpGroup *group)
{
  const SatOp *home = group->life == SAT_LIFE_LIVE ? find_op (group, ":home") : NULL;

  if (home == NULL || g_strcmp0 (home->value, sat_change_set_book (set)) != 0)
    return FALSE;
  for (guint i = 0; i < group->n_ops; i++)
    if (group->ops[i].key[0] != ':' && group->ops[i].hlc == home->hlc &&
        strcmp (group->ops[i].key, "owner") != 0)
      return TRUE;
  return FALSE;
}

/* Does the value of OP come with another that is in GROUP? */
static gboolean
follows (const SatOpGroup *group, const SatOp *op)
{
  const char *leader = sat_access_leader (group->object, op->key);

  return leader != NULL && find_op (group, leader) != NULL;
}

/* No rule writes these, whatever a change-set says: who somebody is, and what is done by itself. */
static gboolean
is_guarded (const SatOpGroup *group, const char *key)
{
  return strcmp (group->object, "rule") == 0 ||
         (strcmp (group->object, "user") == 0 && g_strv_contains (of_users, key));
}

/* A value is asked for; not by whom a rule is run, nor what follows from something else. What is
 * taken away has no time of its own. */
static void
ask_for_field (Asking *asking, const SatOpGroup *group, const SatOp *op)
{
  const char *field = g_hash_table_contains (asking->absorbed, group->object) ? NULL : op->key;

  if ((!op->automatic || is_guarded (group, op->key)) && op->key[0] != ':' && !follows (group, op))
    ask_for (asking, group->object, field, 1u << SAT_RIGHT_EDIT,
             op->hlc != 0 ? op->hlc : group->life_hlc);
}

static void
join (Joint *joint, const SatOpGroup *group)
{
  if (!g_ptr_array_find_with_equal_func (joint->objects, group->object, g_str_equal, NULL))
    g_ptr_array_add (joint->objects, g_strdup (group->object));
  joint->first = joint->first == 0 ? group->life_hlc : MIN (joint->first, group->life_hlc);
  joint->last = MAX (joint->last, group->life_hlc);
}

/* A laptop that joins writes down its user: name, login, role. Anything else is no part of that. */
static void
ask_for_joiner (Asking *asking, const SatOpGroup *group)
{
  const SatOp *login = find_op (group, "login"), *role = find_op (group, "role");
  SatRightAsk *ask = g_new0 (SatRightAsk, 1);
  char id[SAT_ID_TEXT_SIZE];

  ask->objects = g_new0 (char *, 2);
  ask->objects[0] = g_strdup ("user");
  ask->field = g_strdup ("role");
  ask->rights = 1u << SAT_RIGHT_EDIT;
  ask->user = g_strdup (sat_id_format (&group->id, id));
  ask->login = login ? g_strdup (login->value) : NULL;
  ask->role = role ? g_strdup (role->value) : NULL;
  g_ptr_array_add (asking->asks, ask);
  for (guint i = 0; i < group->n_ops; i++)
    if (strcmp (group->ops[i].key, "name") != 0 && &group->ops[i] != login &&
        &group->ops[i] != role)
      ask_for_field (asking, group, &group->ops[i]);
}

/* Of a record that is new its values are part of that. */
static void
ask_for_group (Asking *asking, const SatOpGroup *group)
{
  gboolean created = is_new (asking->set, group);
  gboolean typed = !group->life_automatic || is_guarded (group, ":life");

  if (g_hash_table_contains (asking->tasks, &group->id))
    return;
  /* Nothing of how the company works goes along with a customer. */
  if (group->life == SAT_LIFE_DEAD && typed)
    join (sat_access_is_setting (group->object) ? &asking->dead_settings : &asking->dead, group);
  if (created && typed)
    ask_for (asking, group->object, NULL, 1u << SAT_RIGHT_CREATE, group->life_hlc);
  for (guint i = 0; !created && i < group->n_ops; i++)
    ask_for_field (asking, group, &group->ops[i]);
  if (group->life == SAT_LIFE_LIVE && group->n_ops == 0 && typed)
    join (&asking->back, group);
}

/* Children go with what they belong to, and come back with it: one thing for which it is allowed is
 * enough. Who may make a record may take that back. */
static void
ask_for_joint (Asking *asking, Joint *joint, guint rights, gboolean deletes)
{
  SatRightAsk *ask;

  if (joint->objects->len == 0)
    return;
  ask = g_new0 (SatRightAsk, 1);
  ask->rights = rights;
  ask->deletes = deletes;
  ask->first = joint->first;
  ask->last = joint->last;
  g_ptr_array_add (joint->objects, NULL);
  ask->objects = (char **) g_ptr_array_steal (joint->objects, NULL);
  g_ptr_array_add (asking->asks, ask);
}

/* The task that DEAL's entering of STAGE makes, as core/workspace/sat-workspace-stage.c has it. */
static gboolean
is_of_stage (const SatOpGroup *task, const SatOpGroup *deal, const SatOp *stage)
{
  const SatOp *subject = find_op (task, "subject");
  g_autofree char *seed = g_strdup_printf ("task:%s:%s", stage->value ? stage->value : "",
                                           subject && subject->value ? subject->value : "");
  SatId id;

  sat_id_derive (&deal->id, seed, strlen (seed), &id);
  return sat_id_equal (&id, &task->id);
}

/* What the change-set as a whole says of what is in it. */
static void
look_around (Asking *asking, const SatOpGroup *groups, guint n)
{
  g_autoptr (GHashTable) deals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < n; i++)
    {
      const SatOpGroup *group = &groups[i];
      const SatOp *of = strcmp (group->object, "task") == 0 ? find_op (group, "deal") : NULL;
      const SatOpGroup *deal = of && of->value ? g_hash_table_lookup (deals, of->value) : NULL;
      char id[SAT_ID_TEXT_SIZE];

      if (group->n_contexts > 0)
        continue;
      if (find_op (group, ":into") != NULL)
        g_hash_table_add (asking->absorbed, (gpointer) group->object);
      /* In the order of their names deals come before tasks. */
      if (strcmp (group->object, "deal") == 0 && find_op (group, "stage") != NULL)
        g_hash_table_insert (deals, g_strdup (sat_id_format (&group->id, id)), (gpointer) group);
      if (deal != NULL && is_of_stage (group, deal, find_op (deal, "stage")))
        g_hash_table_add (asking->tasks, (gpointer) &group->id);
    }
}

GPtrArray *
sat_right_asks (const SatChangeSet *set)
{
  Asking asking = { .set = set };
  guint n;
  const SatOpGroup *groups = sat_change_set_groups (set, &n);

  asking.asks = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_right_ask_free);
  asking.known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  asking.absorbed = g_hash_table_new (g_str_hash, g_str_equal);
  asking.tasks = g_hash_table_new (sat_id_hash, sat_id_equal);
  asking.dead.objects = g_ptr_array_new_with_free_func (g_free);
  asking.dead_settings.objects = g_ptr_array_new_with_free_func (g_free);
  asking.back.objects = g_ptr_array_new_with_free_func (g_free);
  look_around (&asking, groups, n);
  for (guint i = 0; i < n; i++)
    if (strcmp (groups[i].object, "permission") == 0)
      ask_for (&asking, "permission", NULL, 1u << SAT_RIGHT_CREATE, groups[i].life_hlc);
    else if (groups[i].n_contexts > 0 || sat_access_is_kept (groups[i].object))
      continue;
    else if (strcmp (groups[i].object, "user") == 0 && is_new (set, &groups[i]))
      ask_for_joiner (&asking, &groups[i]);
    else
      ask_for_group (&asking, &groups[i]);
  ask_for_joint (&asking, &asking.dead, 1u << SAT_RIGHT_DELETE | 1u << SAT_RIGHT_CREATE, TRUE);
  ask_for_joint (&asking, &asking.dead_settings, 1u << SAT_RIGHT_DELETE | 1u << SAT_RIGHT_CREATE,
                 TRUE);
  ask_for_joint (&asking, &asking.back, BRINGS_BACK, FALSE);
  g_hash_table_unref (asking.known);
  g_hash_table_unref (asking.absorbed);
  g_hash_table_unref (asking.tasks);
  g_ptr_array_unref (asking.dead.objects);
  g_ptr_array_unref (asking.dead_settings.objects);
  g_ptr_array_unref (asking.back.objects);
  return asking.asks;
}

/* ---- judging ------------------------------------------------------------------------------------
 */

static int
reach_of (const SatRightFacts *facts, const char *id, const char *key, SatHlc at)
{
  const char *value = get (facts, "permission", id, key, at);

  return value ? sat_reach_from_name (value) : -1;
}

static void
grant (const SatRightFacts *facts, SatAccess *access, const char *id, SatHlc at)
{
  const char *access_name = get (facts, "permission", id, "access", at);
  SatGrant one = { .object = get (facts, "permission", id, "object", at),
                   .field = get (facts, "permission", id, "field", at),
                   .access = access_name ? sat_field_access_from_name (access_name) : -1 };

  if (one.object == NULL ||
      g_strcmp0 (get (facts, "permission", id, "role", at), sat_access_role (access)) != 0 ||
      g_strcmp0 (get (facts, "permission", id, LIFE, at), DEAD) == 0)
    return;
  for (guint i = 0; i < SAT_N_RIGHTS; i++)
    one.rights[i] = -1;
  one.rights[SAT_RIGHT_CREATE] = reach_of (facts, id, "may_create", at);
  one.rights[SAT_RIGHT_EDIT] = reach_of (facts, id, "may_edit", at);
  one.rights[SAT_RIGHT_DELETE] = reach_of (facts, id, "may_delete", at);
  if (one.field == NULL) /* which fields are shared the catalogue says, which is not at the hub */
    one.access = -1;
  sat_access_grant (access, &one);
}

/* As sat_workspace_access says it on a laptop of DEVICE's user. */
static const char *
role_at (const SatRightFacts *facts, const SatId *device, SatHlc at)
{
  char id[SAT_ID_TEXT_SIZE];
  const char *user = get (facts, "device", sat_id_format (device, id), "user", NOW);
  const char *role = user ? get_or_first (facts, "user", user, "role", at) : NULL;

  if (user != NULL && (g_strcmp0 (get (facts, "user", user, "active", at), "no") == 0 ||
                       g_strcmp0 (get (facts, "user", user, LIFE, at), DEAD) == 0))
    return SAT_ACCESS_OBSERVER;
  return role == NULL || strcmp (role, SAT_ACCESS_ADMIN) == 0 ? DEFAULT_ROLE : role;
}

static SatAccess *
access_at (const SatRightFacts *facts, const char *role, SatHlc at)
{
  const SatId nobody = { 0 };
  g_autoptr (GHashTable) people = g_hash_table_new (sat_id_hash, sat_id_equal);
  SatAccess *access = sat_access_new (role, &nobody, people);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, facts->grants);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    grant (facts, access, id, at);
  return access;
}

static gboolean
lets (const SatAccess *access, const SatRightAsk *ask)
{
  for (guint i = 0; ask->objects[i] != NULL; i++)
    {
      const SatObject object = { .name = ask->objects[i] };
      const SatField field = { .name = ask->field, .object = &object };

      /* Who may do what is for administrators alone. */
      if (strcmp (object.name, "permission") == 0 ||
          (ask->field != NULL && sat_access_field (access, &field) != SAT_FIELD_EDIT))
        continue;
      for (guint right = 0; right < SAT_N_RIGHTS; right++)
        if ((ask->rights & 1u << right) != 0 &&
            sat_access_reach (access, &object, (SatRight) right) != SAT_REACH_NONE)
          return TRUE;
    }
  return FALSE;
}

/* Nearly everything is allowed now, and a push may ask for very much. */
static const SatAccess *
access_now (const SatRightFacts *facts, const char *role)
{
  SatAccess *access = g_hash_table_lookup (facts->now, role);

  if (access == NULL)
    {
      access = access_at (facts, role, NOW);
      g_hash_table_insert (facts->now, g_strdup (role), access);
    }
  return access;
}

static gboolean
allows_at (const SatRightFacts *facts, const SatId *device, const SatRightAsk *ask, SatHlc at)
{
  const char *role = role_at (facts, device, at);
  g_autoptr (SatAccess) access = NULL;

  if (at == NOW)
    return lets (access_now (facts, role), ask);
  access = access_at (facts, role, at);
  return lets (access, ask);
}

static gboolean
was_ever (
    const SatRightFacts *facts, const char *object, const char *id, const char *key, const char *as)
{
  g_autofree char *name = g_strdup_printf ("%s %s %s", object, id, key);
  const GArray *all = g_hash_table_lookup (facts->said, name);

  for (guint i = 0; all != NULL && i < all->len; i++)
    if (g_strcmp0 (g_array_index (all, Said, i).value, as) == 0)
      return TRUE;
  return FALSE;
}

/* The id of a user comes from the workspace's and the login. */
static gboolean
is_of_login (const SatRightFacts *facts, const SatRightAsk *ask)
{
  g_autofree char *seed = g_strconcat ("user:", ask->login, NULL);
  GHashTableIter iter;
  gpointer space;

  if (ask->login == NULL || g_hash_table_size (facts->spaces) == 0)
    return TRUE;
  g_hash_table_iter_init (&iter, facts->spaces);
  while (g_hash_table_iter_next (&iter, &space, NULL))
    {
      char text[SAT_ID_TEXT_SIZE];
      SatId of, id;

      if (!sat_id_parse (space, &of))
        continue;
      sat_id_derive (&of, seed, strlen (seed), &id);
      if (strcmp (sat_id_format (&id, text), ask->user) == 0)
        return TRUE;
    }
  return FALSE;
}

/* One that is known may be written down again as he is, by a second laptop of his. */
static gboolean
may_join (const SatRightFacts *facts,
          const SatAdmissions *admissions,
          const SatId *device,
          const SatRightAsk *ask)
{
  return is_of_login (facts, ask) &&
         (ask->role == NULL || may_join_as (admissions, device, ask->role) ||
          was_ever (facts, "user", ask->user, "role", ask->role));
}

gboolean
sat_right_facts_allow (const SatRightFacts *facts,
                       const SatAdmissions *admissions,
                       const SatId *device,
                       const SatRightAsk *ask,
                       char **role)
{
  *role = g_strdup (role_at (facts, device, NOW));
  if (ask->user != NULL)
    return may_join (facts, admissions, device, ask);
  if (allows_at (facts, device, ask, NOW))
    return TRUE;
  return ask->first != 0 && allows_at (facts, device, ask, ask->first) &&
         (ask->last == ask->first || allows_at (facts, device, ask, ask->last));
}
