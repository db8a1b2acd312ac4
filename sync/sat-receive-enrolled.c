/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-receive-enrolled.h"

typedef struct
{
  SatChangeSet *set;
  char *ref;
  gboolean counts;
} Entry;

struct _SatReceiveEnrolled
{
  SatReceiveFacts *facts;
  gint64 now_ms;
  GPtrArray *entries; /* Entry */
  GHashTable *fresh;  /* SatId: invitations that this push withdraws, and nobody did before */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  sat_change_set_free (entry->set);
  g_free (entry->ref);
  g_free (entry);
}

SatReceiveEnrolled *
sat_receive_enrolled_new (SatReceiveFacts *facts, gint64 now_ms)
{
  SatReceiveEnrolled *enrolled = g_new0 (SatReceiveEnrolled, 1);

  enrolled->facts = facts;
  enrolled->now_ms = now_ms;
  enrolled->entries = g_ptr_array_new_with_free_func (entry_free);
  enrolled->fresh = g_hash_table_new_full (sat_id_hash, sat_id_equal, g_free, NULL);
  return enrolled;
}

void
sat_receive_enrolled_free (SatReceiveEnrolled *enrolled)
{
  if (enrolled == NULL)
    return;
  g_ptr_array_unref (enrolled->entries);
  g_hash_table_unref (enrolled->fresh);
  g_free (enrolled);
}

void
sat_receive_enrolled_add (SatReceiveEnrolled *enrolled, SatChangeSet *set, const char *ref)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->set = set;
  entry->ref = g_strdup (ref);
  g_ptr_array_add (enrolled->entries, entry);
}

/* Before SET is noted. */
static void
note_withdrawals (SatReceiveEnrolled *enrolled,
                  const SatAdmissions *admissions,
                  const SatChangeSet *set)
{
  const SatEnrolment *enrolment = sat_change_set_enrolment (set);

  for (guint i = 0; enrolment != NULL && i < enrolment->n_withdrawals; i++)
    if (!sat_admissions_is_withdrawn (admissions, &enrolment->withdrawals[i]))
      g_hash_table_add (enrolled->fresh, g_memdup2 (&enrolment->withdrawals[i], sizeof (SatId)));
}

/* Why the claim of SET, which is good, comes too late; NULL: it does not. A device that is let in
 * already may be brought again, by a laptop that fills the hub. */
static const char *
why_late (SatReceiveEnrolled *enrolled, const SatAdmissions *admissions, const SatChangeSet *set)
{
  const SatEnrolment *enrolment = sat_change_set_enrolment (set);
  const SatId *device = sat_change_set_device (set);
  const SatClaim *claim = enrolment ? enrolment->claim : NULL;

  if (claim == NULL || enrolled->now_ms == 0 ||
      sat_admissions_of (admissions, device) != SAT_ADMITTED_NOT)
    return NULL;
  if (sat_admissions_claimed_by (admissions, &claim->invitation, device) != NULL)
    return "used";
  if (sat_admissions_is_withdrawn (admissions, &claim->invitation) &&
      !g_hash_table_contains (enrolled->fresh, &claim->invitation))
    return "withdrawn";
  return enrolled->now_ms > sat_admissions_expires (admissions, &claim->invitation) ? "expired"
                                                                                    : NULL;
}

static gboolean
has_waiting_before (const SatReceiveEnrolled *enrolled, guint n)
{
  const Entry *entry = g_ptr_array_index (enrolled->entries, n);

  for (guint i = 0; i < n; i++)
    {
      const Entry *other = g_ptr_array_index (enrolled->entries, i);

      if (!other->counts &&
          sat_id_equal (sat_change_set_device (other->set), sat_change_set_device (entry->set)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
settle_one (SatReceiveEnrolled *enrolled, guint n)
{
  const SatAdmissions *admissions = sat_receive_facts_admissions (enrolled->facts);
  Entry *entry = g_ptr_array_index (enrolled->entries, n);

  if (entry->counts || has_waiting_before (enrolled, n) ||
      (admissions != NULL && (!sat_admissions_accept (admissions, entry->set) ||
                              why_late (enrolled, admissions, entry->set) != NULL)))
    return FALSE;
  entry->counts = TRUE;
  if (admissions != NULL)
    note_withdrawals (enrolled, admissions, entry->set);
  sat_receive_facts_note (enrolled->facts, entry->set);
  return TRUE;
}

void
sat_receive_enrolled_settle (SatReceiveEnrolled *enrolled)
{
  gboolean again = TRUE;

  while (again)
    {
      again = FALSE;
      for (guint i = 0; i < enrolled->entries->len; i++)
        again = settle_one (enrolled, i) || again;
    }
}

static const char *
why (SatReceiveEnrolled *enrolled, const SatChangeSet *set)
{
  const SatAdmissions *admissions = sat_receive_facts_admissions (enrolled->facts);
  const SatEnrolment *enrolment = sat_change_set_enrolment (set);
  const SatId *device = sat_change_set_device (set);
  const char *late;

  if (enrolment != NULL && enrolment->claim != NULL)
    {
      if (!sat_admissions_claim_is_good (admissions, enrolment->claim, device))
        return "invitation";
      late = why_late (enrolled, admissions, set);
      if (late != NULL)
        return late;
    }
  return sat_admissions_of (admissions, device) == SAT_ADMITTED_NOT ? "stranger" : "rights";
}

const char *
sat_receive_enrolled_refused (SatReceiveEnrolled *enrolled, guint n, const char **ref)
{
  for (guint i = 0; i < enrolled->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (enrolled->entries, i);

      if (entry->counts || n-- > 0)
        continue;
      *ref = entry->ref;
      return why (enrolled, entry->set);
    }
  return NULL;
}
