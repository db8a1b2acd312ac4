/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/access/sat-access.h"

#include <string.h>

#define HIDDEN_PART "••••"

/* What was said of an object or a field. */
typedef struct
{
  int rights[SAT_N_RIGHTS];
  int access;
} Said;

struct _SatAccess
{
  char *role;
  GArray *me;           /* SatId: one */
  GArray *people;       /* SatId, in order */
  GHashTable *said;     /* "OBJECT" and "OBJECT.FIELD" -> Said */
  GHashTable *limits;   /* names of objects of whose fields something was said */
  GHashTable *conceals; /* names of objects with a field that cannot be read as it is */
};

static const char *const reach_names[] = { "none", "own", "team", "all" };
static const char *const right_names[] = { "create", "read", "edit", "delete", "export" };
static const char *const access_names[] = { "hidden", "masked", "read", "edit" };
G_STATIC_ASSERT (G_N_ELEMENTS (reach_names) == SAT_N_REACHES);
G_STATIC_ASSERT (G_N_ELEMENTS (right_names) == SAT_N_RIGHTS);
G_STATIC_ASSERT (G_N_ELEMENTS (access_names) == SAT_N_FIELD_ACCESSES);

static int
position (const char *const *names, guint n, const char *name)
{
  for (guint i = 0; name != NULL && i < n; i++)
    if (strcmp (names[i], name) == 0)
      return (int) i;
  return -1;
}

const char *
sat_reach_name (SatReach reach)
{
  g_return_val_if_fail (reach < SAT_N_REACHES, "none");
  return reach_names[reach];
}

const char *
sat_right_name (SatRight right)
{
  g_return_val_if_fail (right < SAT_N_RIGHTS, "read");
  return right_names[right];
}

const char *
sat_field_access_name (SatFieldAccess access)
{
  g_return_val_if_fail (access < SAT_N_FIELD_ACCESSES, "hidden");
  return access_names[access];
}

int
sat_reach_from_name (const char *name)
{
  return position (reach_names, G_N_ELEMENTS (reach_names), name);
}

int
sat_right_from_name (const char *name)
{
  return position (right_names, G_N_ELEMENTS (right_names), name);
}

int
sat_field_access_from_name (const char *name)
{
  return position (access_names, G_N_ELEMENTS (access_names), name);
}

/* ---- making -------------------------------------------------------------------------------------
 */

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return memcmp (((const SatId *) a)->bytes, ((const SatId *) b)->bytes, SAT_ID_SIZE);
}

SatAccess *
sat_access_new (const char *role, const SatId *me, const GHashTable *people)
{
  SatAccess *access = g_new0 (SatAccess, 1);
  GHashTableIter iter;
  gpointer id;

  access->role = g_strdup (role);
  access->me = g_array_new (FALSE, FALSE, sizeof (SatId));
  g_array_append_val (access->me, *me);
  access->people = g_array_new (FALSE, FALSE, sizeof (SatId));
  g_hash_table_iter_init (&iter, (GHashTable *) people);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_array_append_val (access->people, *(const SatId *) id);
  g_array_sort (access->people, compare_ids);
  access->said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  access->limits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  access->conceals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return access;
}

void
sat_access_free (SatAccess *access)
{
  if (access == NULL)
    return;
  g_free (access->role);
  g_array_unref (access->me);
  g_array_unref (access->people);
  g_hash_table_unref (access->said);
  g_hash_table_unref (access->limits);
  g_hash_table_unref (access->conceals);
  g_free (access);
}

void
sat_access_grant (SatAccess *access, const SatGrant *grant)
{
  char *key = grant->field ? g_strconcat (grant->object, ".", grant->field, NULL)
                           : g_strdup (grant->object);
  Said *said = g_new (Said, 1);

  memcpy (said->rights, grant->rights, sizeof said->rights);
  said->access = grant->access;
  if (said->access == SAT_FIELD_HIDDEN || said->access == SAT_FIELD_MASKED)
    g_hash_table_add (access->conceals, g_strdup (grant->object));
  if (grant->field != NULL || said->access >= 0)
    g_hash_table_add (access->limits, g_strdup (grant->object));
  g_hash_table_replace (access->said, key, said);
}

/* ---- asking -------------------------------------------------------------------------------------
 */

const char *
sat_access_role (const SatAccess *access)
{
  return access ? access->role : SAT_ACCESS_ADMIN;
}

static gboolean
is_unbounded (const SatAccess *access)
{
  return access == NULL || strcmp (access->role, SAT_ACCESS_ADMIN) == 0;
}

static const Said *
said_of_field (const SatAccess *access, const SatField *field)
{
  g_autofree char *key = NULL;

  if (is_unbounded (access) || g_hash_table_size (access->said) == 0)
    return NULL;
  key = g_strconcat (field->object->name, ".", field->name, NULL);
  return g_hash_table_lookup (access->said, key);
}

gboolean
sat_access_is_granted (const SatAccess *access, const SatObject *object, SatRight right)
{
  const Said *said = is_unbounded (access) ? NULL
                                           : g_hash_table_lookup (access->said, object->name);

  return said != NULL && said->rights[right] >= 0;
}

SatReach
sat_access_reach (const SatAccess *access, const SatObject *object, SatRight right)
{
  const Said *said;

  if (is_unbounded (access))
    return SAT_REACH_ALL;
  said = g_hash_table_lookup (access->said, object->name);
  if (said != NULL && said->rights[right] >= 0)
    return (SatReach) said->rights[right];
  return sat_access_default (access->role, object, right);
}

gboolean
sat_access_field_is_granted (const SatAccess *access, const SatField *field)
{
  const Said *said = said_of_field (access, field);

  return said != NULL && (said->access >= 0 || said->rights[SAT_RIGHT_EXPORT] >= 0);
}

int
sat_access_others (const SatAccess *access, const SatObject *object)
{
  const Said *said = is_unbounded (access) ? NULL
                                           : g_hash_table_lookup (access->said, object->name);

  return said != NULL ? said->access : -1;
}

gboolean
sat_access_is_shared (const SatField *field)
{
  return field->shared || field->owning || field == field->object->title ||
         field == sat_access_owner_field (field->object);
}

SatFieldAccess
sat_access_field (const SatAccess *access, const SatField *field)
{
  const Said *said = said_of_field (access, field);
  SatFieldAccess built_in;
  int others;

  if (is_unbounded (access))
    return SAT_FIELD_EDIT;
  if (said != NULL && said->access >= 0)
    return (SatFieldAccess) said->access;
  built_in = sat_access_default_field (access->role, field);
  others = sat_access_others (access, field->object);
  if (others < 0 || sat_access_is_shared (field))
    return built_in;
  return MIN (built_in, (SatFieldAccess) others);
}

gboolean
sat_access_exports (const SatAccess *access, const SatField *field)
{
  const Said *said = said_of_field (access, field);

  if (sat_access_field (access, field) < SAT_FIELD_READ)
    return FALSE;
  return said == NULL || said->rights[SAT_RIGHT_EXPORT] != SAT_REACH_NONE;
}

gboolean
sat_access_limits (const SatAccess *access, const SatObject *object)
{
  return !is_unbounded (access) && (g_hash_table_contains (access->limits, object->name) ||
                                    strcmp (object->name, "user") == 0);
}

gboolean
sat_access_conceals (const SatAccess *access, const SatObject *object)
{
  return !is_unbounded (access) && (g_hash_table_contains (access->conceals, object->name) ||
                                    sat_access_default_conceals (access->role, object));
}

const SatField *
sat_access_owner_field (const SatObject *object)
{
  const SatField *field = sat_object_find (object, "owner");

  return field != NULL && field->type->id == SAT_TYPE_REFERENCE &&
                 g_strcmp0 (field->reference, "user") == 0
             ? field
             : NULL;
}

const GArray *
sat_access_people (const SatAccess *access, SatReach reach)
{
  return reach == SAT_REACH_TEAM ? access->people : access->me;
}

gboolean
sat_access_reaches (const SatAccess *access, SatReach reach, const SatId *owner)
{
  const GArray *people;

  if (is_unbounded (access) || reach == SAT_REACH_ALL)
    return TRUE;
  if (reach == SAT_REACH_NONE)
    return FALSE;
  people = sat_access_people (access, reach);
  return bsearch (owner, people->data, people->len, sizeof (SatId), compare_ids) != NULL;
}

/* ---- masks --------------------------------------------------------------------------------------
 */

/* The first FIRST characters of TEXT and its last LAST ones, if that leaves most of it out. */
static char *
ends_of (const char *text, glong first, glong last)
{
  glong length = g_utf8_strlen (text, -1);
  g_autofree char *begin = NULL;
  g_autofree char *end = NULL;

  if (length <= 2 * (first + last) - 1)
    return length > 1 && first > 0 ? ends_of (text, first > 1 ? 1 : 0, 0) : g_strdup (HIDDEN_PART);
  begin = g_utf8_substring (text, 0, first);
  end = g_utf8_substring (text, length - last, length);
  return g_strconcat (begin, HIDDEN_PART, end, NULL);
}

static char *
mask_email (const char *value)
{
  const char *at = strchr (value, '@');
  g_autofree char *first = g_utf8_substring (value, 0, 1);

  return at != NULL && at > value ? g_strconcat (first, HIDDEN_PART, at, NULL)
                                  : g_strdup (HIDDEN_PART);
}

char *
sat_access_mask (const SatField *field, const char *value)
{
  SatTypeId type = field->type->id;

  if (value == NULL)
    return g_strdup ("");
  if (type == SAT_TYPE_PHONE)
    return ends_of (value, 3, 2);
  if (type == SAT_TYPE_EMAIL)
    return mask_email (value);
  if (type == SAT_TYPE_TEXT || type == SAT_TYPE_LONG_TEXT || type == SAT_TYPE_ADDRESS)
    return ends_of (value, 1, 0);
  return g_strdup (HIDDEN_PART);
}
