/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the users of devices may do, as far as a hub can know it. An administrator's device may
 * everything. What a push brings of roles and grants counts for all of it, in whatever order its
 * refs are; so it is judged when all of it was read. */
#include "sync/sat-receive-private.h"

/* One thing that a device does, wherever in the push. */
typedef struct
{
  char *ref;
  SatId device;
  SatRightAsk *ask;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_free (asked->ref);
  sat_right_ask_free (asked->ask);
  g_free (asked);
}

GHashTable *
sat_receive_rights_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, asked_free);
}

/* The same thing once, from the first time to the last. Takes ASK. */
static void
add (SatReceive *receive, const SatId *device, const char *ref, SatRightAsk *ask)
{
  char id[SAT_ID_TEXT_SIZE];
  g_autofree char *objects = g_strjoinv (",", ask->objects);
  g_autofree char *key = g_strdup_printf ("%s %s %s %u %d %s %s %s", sat_id_format (device, id),
                                          objects, ask->field ? ask->field : "", ask->rights,
                                          ask->deletes, ask->user ? ask->user : "",
                                          ask->role ? ask->role : "", ask->login ? ask->login : "");
  Asked *asked = g_hash_table_lookup (receive->asked, key);

  if (asked != NULL)
    {
      if (asked->ask->first == 0 || (ask->first != 0 && ask->first < asked->ask->first))
        asked->ask->first = ask->first;
      asked->ask->last = MAX (asked->ask->last, ask->last);
      sat_right_ask_free (ask);
      return;
    }
  asked = g_new0 (Asked, 1);
  asked->ref = g_strdup (ref);
  asked->device = *device;
  asked->ask = ask;
  g_hash_table_insert (receive->asked, g_steal_pointer (&key), asked);
}

void
sat_receive_rights_ask (SatReceive *receive, const SatChangeSet *set, const char *ref)
{
  const SatId *device = sat_change_set_device (set);
  g_autoptr (GPtrArray) asks = NULL;

  if (sat_receive_facts_rights (receive->facts) == NULL ||
      sat_admissions_of (sat_receive_facts_admissions (receive->facts), device) ==
          SAT_ADMITTED_ADMIN)
    return;
  asks = sat_right_asks (set);
  g_ptr_array_set_free_func (asks, NULL);
  for (guint i = 0; i < asks->len; i++)
    add (receive, device, ref, asks->pdata[i]);
}

/* "edit customer.credit_limit", in the words of `satchel perm`. */
static char *
describe (const SatRightAsk *ask)
{
  g_autofree char *objects = g_strjoinv (", ", ask->objects);
  const char *what = ask->deletes ? "delete" : "create";

  if (ask->rights == 1u << SAT_RIGHT_EDIT)
    what = "edit";
  return g_strdup_printf ("%s %s%s%s", what, objects, ask->field ? "." : "",
                          ask->field ? ask->field : "");
}

gboolean
sat_receive_rights_check (SatReceive *receive)
{
  const SatRightFacts *rights = sat_receive_facts_rights (receive->facts);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, receive->asked);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Asked *asked = value;
      g_autofree char *role = NULL;
      g_autofree char *what = NULL;
      g_autofree char *detail = NULL;

      if (sat_right_facts_allow (rights, sat_receive_facts_admissions (receive->facts),
                                 &asked->device, asked->ask, &role))
        continue;
      what = describe (asked->ask);
      detail = g_strdup_printf ("%s: %s", role, what);
      return sat_receive_refuse (receive, "forbidden", asked->ref, detail);
    }
  return TRUE;
}
