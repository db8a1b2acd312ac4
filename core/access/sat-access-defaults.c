/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each role may as long as the company says nothing else. Books decide what reaches a laptop,
 * so within them colleagues may do nearly everything; deleting is for what is one's own, and how
 * the company works is for administrators. */
#include <string.h>

#include "core/access/sat-access.h"

/* Objects that say how the company works, and who is in it. */
static const char *const settings[] = {
  "approval_process",
  "approval_step",
  "book",
  "calendar_day",
  "choice_definition",
  "device",
  "field_definition",
  "object_definition",
  "permission",
  "pipeline",
  "rule",
  "rule_action",
  "stage",
  "team",
  "template_item",
  "user",
  "workspace",
};

/* What Satchel keeps of itself. */
static const char *const kept[] = {
  "book", "customer_mark", "device", "operation", "rule_run", "stage_move",
};

/* Objects of which records are made and never changed. */
static const char *const lasting[] = { "approval", "approval_decision" };

/* What of one's own record in `user` is for administrators to say. */
static const char *const of_company[] = {
  "active", "login", "manager", "own_book", "role", "team",
};

static gboolean
is_in (const char *const *names, gsize n, const char *name)
{
  for (gsize i = 0; i < n; i++)
    if (strcmp (names[i], name) == 0)
      return TRUE;
  return FALSE;
}

gboolean
sat_access_is_setting (const char *object)
{
  return is_in (settings, G_N_ELEMENTS (settings), object);
}

/* What a rule did says values of all kinds of records; “satchel rules log” shows of it what
 * somebody may see. A notice is for one person. */
static SatReach
default_read (const SatObject *object)
{
  if (strcmp (object->name, "rule_run") == 0)
    return SAT_REACH_NONE;
  return strcmp (object->name, "notice") == 0 ? SAT_REACH_OWN : SAT_REACH_ALL;
}

SatReach
sat_access_default (const char *role, const SatObject *object, SatRight right)
{
  if (strcmp (role, SAT_ACCESS_ADMIN) == 0)
    return SAT_REACH_ALL;
  if (right == SAT_RIGHT_READ)
    return default_read (object);
  if (strcmp (object->name, "user") == 0 && right == SAT_RIGHT_EDIT)
    return SAT_REACH_OWN;
  if (strcmp (role, SAT_ACCESS_OBSERVER) == 0)
    return SAT_REACH_NONE;
  if (right == SAT_RIGHT_EXPORT)
    return SAT_REACH_ALL;
  if (sat_access_is_setting (object->name) ||
      (right != SAT_RIGHT_CREATE && is_in (lasting, G_N_ELEMENTS (lasting), object->name)))
    return SAT_REACH_NONE;
  if (right != SAT_RIGHT_DELETE)
    return SAT_REACH_ALL;
  return strcmp (role, "manager") == 0 ? SAT_REACH_ALL : SAT_REACH_OWN;
}

/* What an approval says of its record: “satchel approval show” shows of it what somebody may see.
 */
static gboolean
tells_values (const SatField *field)
{
  return (strcmp (field->object->name, "approval") == 0 &&
          (strcmp (field->name, "covered") == 0 || strcmp (field->name, "note") == 0)) ||
         (strcmp (field->object->name, "approval_decision") == 0 &&
          strcmp (field->name, "comment") == 0);
}

SatFieldAccess
sat_access_default_field (const char *role, const SatField *field)
{
  if (strcmp (role, SAT_ACCESS_ADMIN) != 0 && tells_values (field))
    return SAT_FIELD_HIDDEN;
  if (strcmp (role, SAT_ACCESS_ADMIN) != 0 && strcmp (field->object->name, "user") == 0 &&
      is_in (of_company, G_N_ELEMENTS (of_company), field->name))
    return SAT_FIELD_READ;
  return SAT_FIELD_EDIT;
}

gboolean
sat_access_is_kept (const char *object)
{
  return is_in (kept, G_N_ELEMENTS (kept), object);
}

/* A deal that enters a stage says since when, and its chance. */
const char *
sat_access_leader (const char *object, const char *field)
{
  return strcmp (object, "deal") == 0 &&
                 (strcmp (field, "stage_since") == 0 || strcmp (field, "probability") == 0)
             ? "stage"
             : NULL;
}

gboolean
sat_access_default_conceals (const char *role, const SatObject *object)
{
  return strcmp (role, SAT_ACCESS_ADMIN) != 0 &&
         is_in (lasting, G_N_ELEMENTS (lasting), object->name);
}
