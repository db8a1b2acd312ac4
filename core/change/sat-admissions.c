/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/change/sat-admissions.h"

#include <string.h>

/* What is known of one invitation. Two administrators may have said different things of one key:
 * all of it holds. */
typedef struct
{
  guint8 key[SAT_INVITATION_KEY_SIZE];
  SatAdmitted level;
  gint64 expires_ms;
  GArray *claims;   /* SatId: devices */
  GPtrArray *roles; /* that it was said to be for */
  gboolean withdrawn;
} Invitation;

/* Who let a device in, and as what. */
typedef struct
{
  SatId by;
  char *role;
} Admission;

typedef struct
{
  SatAdmitted level;     /* by admissions */
  GArray *claims;        /* SatId: invitations */
  GArray *admissions;    /* Admission */
  gboolean has_admitted; /* somebody */
} Device;

struct _SatAdmissions
{
  SatId founder;
  GHashTable *invitations; /* SatId -> Invitation; without a key until invited */
  GHashTable *devices;     /* SatId -> Device */
};

static void
invitation_free (gpointer data)
{
  Invitation *invitation = data;

  g_array_unref (invitation->claims);
  g_ptr_array_unref (invitation->roles);
  g_free (invitation);
}

static void
admission_clear (gpointer data)
{
  g_free (((Admission *) data)->role);
}

static void
device_free (gpointer data)
{
  Device *device = data;

  g_array_unref (device->claims);
  g_array_unref (device->admissions);
  g_free (device);
}

SatAdmissions *
sat_admissions_new (const SatId *founder)
{
  SatAdmissions *admissions = g_new0 (SatAdmissions, 1);

  admissions->founder = *founder;
  admissions->invitations = g_hash_table_new_full (sat_id_hash, sat_id_equal, g_free,
                                                   invitation_free);
  admissions->devices = g_hash_table_new_full (sat_id_hash, sat_id_equal, g_free, device_free);
  return admissions;
}

void
sat_admissions_free (SatAdmissions *admissions)
{
  if (admissions == NULL)
    return;
  g_hash_table_unref (admissions->invitations);
  g_hash_table_unref (admissions->devices);
  g_free (admissions);
}

const SatId *
sat_admissions_founder (const SatAdmissions *admissions)
{
  return &admissions->founder;
}

/* ---- what is known ------------------------------------------------------------------------------
 */

static SatAdmitted
level_of_role (const char *role)
{
  return strcmp (role, SAT_ROLE_ADMIN) == 0 ? SAT_ADMITTED_ADMIN : SAT_ADMITTED_MEMBER;
}

static Invitation *
ensure_invitation (SatAdmissions *admissions, const SatId *id)
{
  Invitation *invitation = g_hash_table_lookup (admissions->invitations, id);

  if (invitation != NULL)
    return invitation;
  invitation = g_new0 (Invitation, 1);
  invitation->claims = g_array_new (FALSE, FALSE, sizeof (SatId));
  invitation->roles = g_ptr_array_new_with_free_func (g_free);
  g_hash_table_insert (admissions->invitations, g_memdup2 (id, sizeof *id), invitation);
  return invitation;
}

static Device *
ensure_device (SatAdmissions *admissions, const SatId *id)
{
  Device *device = g_hash_table_lookup (admissions->devices, id);

  if (device != NULL)
    return device;
  device = g_new0 (Device, 1);
  device->claims = g_array_new (FALSE, FALSE, sizeof (SatId));
  device->admissions = g_array_new (FALSE, FALSE, sizeof (Admission));
  g_array_set_clear_func (device->admissions, admission_clear);
  g_hash_table_insert (admissions->devices, g_memdup2 (id, sizeof *id), device);
  return device;
}

static void
add_id (GArray *ids, const SatId *id)
{
  for (guint i = 0; i < ids->len; i++)
    if (sat_id_equal (&g_array_index (ids, SatId, i), id))
      return;
  g_array_append_val (ids, *id);
}

void
sat_admissions_add_invite (SatAdmissions *admissions, const SatInvite *invite)
{
  Invitation *invitation;
  SatId id;

  sat_invitation_id (invite->key, &id);
  invitation = ensure_invitation (admissions, &id);
  memcpy (invitation->key, invite->key, sizeof invitation->key);
  invitation->level = MAX (invitation->level, level_of_role (invite->role));
  invitation->expires_ms = MAX (invitation->expires_ms, invite->expires_ms);
  if (!g_ptr_array_find_with_equal_func (invitation->roles, invite->role, g_str_equal, NULL))
    g_ptr_array_add (invitation->roles, g_strdup (invite->role));
}

void
sat_admissions_add_claim (SatAdmissions *admissions, const SatId *invitation, const SatId *device)
{
  add_id (ensure_invitation (admissions, invitation)->claims, device);
  add_id (ensure_device (admissions, device)->claims, invitation);
}

void
sat_admissions_add_admit (SatAdmissions *admissions, const SatId *by, const SatAdmit *admit)
{
  Device *device = ensure_device (admissions, &admit->device);
  const Admission said = { *by, g_strdup (admit->role) };
  gboolean known = FALSE;

  for (guint i = 0; !known && i < device->admissions->len; i++)
    {
      const Admission *other = &g_array_index (device->admissions, Admission, i);
      known = sat_id_equal (&other->by, by) && strcmp (other->role, admit->role) == 0;
    }
  if (known)
    g_free (said.role);
  else
    g_array_append_val (device->admissions, said);
  device->level = MAX (device->level, level_of_role (admit->role));
  ensure_device (admissions, by)->has_admitted = TRUE;
}

void
sat_admissions_add_withdrawal (SatAdmissions *admissions, const SatId *invitation)
{
  ensure_invitation (admissions, invitation)->withdrawn = TRUE;
}

void
sat_admissions_add (SatAdmissions *admissions, const SatChangeSet *set)
{
  const SatEnrolment *enrolment = sat_change_set_enrolment (set);

  if (enrolment == NULL)
    return;
  for (guint i = 0; i < enrolment->n_invites; i++)
    sat_admissions_add_invite (admissions, &enrolment->invites[i]);
  for (guint i = 0; i < enrolment->n_admits; i++)
    sat_admissions_add_admit (admissions, sat_change_set_device (set), &enrolment->admits[i]);
  for (guint i = 0; i < enrolment->n_withdrawals; i++)
    sat_admissions_add_withdrawal (admissions, &enrolment->withdrawals[i]);
  if (enrolment->claim != NULL)
    sat_admissions_add_claim (admissions, &enrolment->claim->invitation,
                              sat_change_set_device (set));
}

/* ---- what follows -------------------------------------------------------------------------------
 */

static SatAdmitted
level_of_invitation (const SatAdmissions *admissions, const SatId *id)
{
  const Invitation *invitation = g_hash_table_lookup (admissions->invitations, id);

  return invitation != NULL ? invitation->level : SAT_ADMITTED_NOT;
}

SatAdmitted
sat_admissions_of (const SatAdmissions *admissions, const SatId *id)
{
  const Device *device = g_hash_table_lookup (admissions->devices, id);
  SatAdmitted level;

  if (sat_id_equal (id, &admissions->founder))
    return SAT_ADMITTED_ADMIN;
  if (device == NULL)
    return SAT_ADMITTED_NOT;
  level = device->level;
  for (guint i = 0; i < device->claims->len; i++)
    level = MAX (level,
                 level_of_invitation (admissions, &g_array_index (device->claims, SatId, i)));
  return level;
}

GArray *
sat_admissions_admins (const SatAdmissions *admissions)
{
  GArray *admins = g_array_new (FALSE, FALSE, sizeof (SatId));
  GHashTableIter iter;
  gpointer id;

  g_array_append_val (admins, admissions->founder);
  g_hash_table_iter_init (&iter, admissions->devices);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!sat_id_equal (id, &admissions->founder) &&
        sat_admissions_of (admissions, id) == SAT_ADMITTED_ADMIN)
      g_array_append_val (admins, *(const SatId *) id);
  return admins;
}

gboolean
sat_admissions_lets_be (const SatAdmissions *admissions, const SatId *id, const char *role)
{
  const Device *device = g_hash_table_lookup (admissions->devices, id);

  for (guint i = 0; device != NULL && i < device->claims->len; i++)
    {
      const Invitation *invitation = g_hash_table_lookup (
          admissions->invitations, &g_array_index (device->claims, SatId, i));

      if (invitation != NULL &&
          g_ptr_array_find_with_equal_func (invitation->roles, role, g_str_equal, NULL))
        return TRUE;
    }
  for (guint i = 0; device != NULL && i < device->admissions->len; i++)
    {
      const Admission *admission = &g_array_index (device->admissions, Admission, i);

      if (strcmp (admission->role, role) == 0 &&
          sat_admissions_of (admissions, &admission->by) == SAT_ADMITTED_ADMIN)
        return TRUE;
    }
  return FALSE;
}

gboolean
sat_admissions_claim_is_good (const SatAdmissions *admissions,
                              const SatClaim *claim,
                              const SatId *device)
{
  const Invitation *invitation = g_hash_table_lookup (admissions->invitations, &claim->invitation);

  return invitation != NULL && invitation->level != SAT_ADMITTED_NOT &&
         sat_claim_is_good (claim, invitation->key, &admissions->founder, device);
}

/* A member that leaves a book goes on as another device, which it says as its last. */
static gboolean
names_successor (const SatAdmissions *admissions,
                 const SatEnrolment *enrolment,
                 const SatId *device)
{
  const Device *known = g_hash_table_lookup (admissions->devices, device);

  return enrolment->n_admits == 1 &&
         level_of_role (enrolment->admits[0].role) == SAT_ADMITTED_MEMBER &&
         (known == NULL || !known->has_admitted);
}

static gboolean
accept_in_enrolment (const SatAdmissions *admissions, const SatChangeSet *set, SatAdmitted level)
{
  const SatEnrolment *enrolment = sat_change_set_enrolment (set);
  const SatId *device = sat_change_set_device (set);
  guint n_groups;

  sat_change_set_groups (set, &n_groups);
  if (n_groups > 0)
    return FALSE;
  if (enrolment != NULL && enrolment->claim != NULL)
    {
      if (!sat_admissions_claim_is_good (admissions, enrolment->claim, device))
        return FALSE;
      level = MAX (level, level_of_invitation (admissions, &enrolment->claim->invitation));
    }
  if (level == SAT_ADMITTED_MEMBER && enrolment != NULL)
    return enrolment->n_invites == 0 && enrolment->n_withdrawals == 0 &&
           (enrolment->n_admits == 0 || names_successor (admissions, enrolment, device));
  return level != SAT_ADMITTED_NOT;
}

gboolean
sat_admissions_accept (const SatAdmissions *admissions, const SatChangeSet *set)
{
  SatAdmitted level = sat_admissions_of (admissions, sat_change_set_device (set));
  guint n_cuts;

  sat_change_set_cuts (set, &n_cuts);
  if (n_cuts > 0 && level != SAT_ADMITTED_ADMIN)
    return FALSE;
  if (strcmp (sat_change_set_book (set), SAT_BOOK_KEY_ENROLMENT) == 0)
    return accept_in_enrolment (admissions, set, level);
  return level != SAT_ADMITTED_NOT;
}

const SatId *
sat_admissions_claimed_by (const SatAdmissions *admissions,
                           const SatId *invitation,
                           const SatId *device)
{
  const Invitation *known = g_hash_table_lookup (admissions->invitations, invitation);

  for (guint i = 0; known != NULL && i < known->claims->len; i++)
    {
      const SatId *other = &g_array_index (known->claims, SatId, i);

      if (!sat_id_equal (other, device))
        return other;
    }
  return NULL;
}

gint64
sat_admissions_expires (const SatAdmissions *admissions, const SatId *invitation)
{
  const Invitation *known = g_hash_table_lookup (admissions->invitations, invitation);

  return known != NULL ? known->expires_ms : 0;
}

gboolean
sat_admissions_is_withdrawn (const SatAdmissions *admissions, const SatId *invitation)
{
  const Invitation *known = g_hash_table_lookup (admissions->invitations, invitation);

  return known != NULL && known->withdrawn;
}

gboolean
sat_admissions_is_admitted (const SatAdmissions *admissions, const SatId *id)
{
  const Device *device = g_hash_table_lookup (admissions->devices, id);

  return device != NULL && device->level != SAT_ADMITTED_NOT;
}
