/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/apply/sat-enrolled.h"

#include <string.h>

#include "core/store/sat-enrolment-log.h"

#define META_REPLAY "replay"
#define META_WAITING "not_admitted"

gboolean
sat_enrolled_set_replay (SatReplica *replica, const SatId *founder, GError **error)
{
  return sat_log_set_founder (replica, founder, error) &&
         sat_meta_set_int (replica, META_REPLAY, 1, error);
}

char *
sat_enrolled_waiting (SatReplica *replica)
{
  char *lines = sat_meta_get (replica, META_WAITING);

  return lines != NULL ? lines : g_strdup ("");
}

gboolean
sat_enrolled_set_waiting (SatReplica *replica, const char *lines, GError **error)
{
  g_autofree char *known = sat_enrolled_waiting (replica);

  return strcmp (known, lines) == 0 || sat_meta_set (replica, META_WAITING, lines, error);
}

gboolean
sat_enrolled_load (SatReplica *replica, SatAdmissions **out, GError **error)
{
  g_autoptr (SatAdmissions) admissions = NULL;
  g_autoptr (GPtrArray) invites = NULL;
  g_autoptr (GArray) claims = NULL;
  g_autoptr (GArray) admits = NULL;
  g_autoptr (GArray) withdrawals = NULL;
  SatId founder;

  *out = NULL;
  if (!sat_log_founder (replica, &founder) || sat_meta_get_int (replica, META_REPLAY, 0) != 0)
    return TRUE;
  invites = sat_log_invites (replica, error);
  claims = invites ? sat_log_claims (replica, error) : NULL;
  admits = claims ? sat_log_admits (replica, error) : NULL;
  withdrawals = admits ? sat_log_withdrawals (replica, error) : NULL;
  if (withdrawals == NULL)
    return FALSE;
  admissions = sat_admissions_new (&founder);
  for (guint i = 0; i < invites->len; i++)
    sat_admissions_add_invite (admissions, &((SatLogInvite *) invites->pdata[i])->invite);
  for (guint i = 0; i < claims->len; i++)
    {
      const SatLogClaim *claim = &g_array_index (claims, SatLogClaim, i);

      sat_admissions_add_claim (admissions, &claim->invitation, &claim->device);
    }
  for (guint i = 0; i < admits->len; i++)
    {
      const SatLogAdmit *row = &g_array_index (admits, SatLogAdmit, i);
      const SatAdmit admit = { row->device, row->role };

      sat_admissions_add_admit (admissions, &row->by, &admit);
    }
  for (guint i = 0; i < withdrawals->len; i++)
    sat_admissions_add_withdrawal (admissions,
                                   &g_array_index (withdrawals, SatLogWithdrawal, i).invitation);
  *out = g_steal_pointer (&admissions);
  return TRUE;
}

gboolean
sat_enrolled_note (SatReplica *replica,
                   const SatId *device,
                   const SatEnrolment *enrolment,
                   GError **error)
{
  for (guint i = 0; i < enrolment->n_invites; i++)
    if (!sat_log_add_invite (replica, &enrolment->invites[i], error))
      return FALSE;
  for (guint i = 0; i < enrolment->n_admits; i++)
    if (!sat_log_add_admit (replica, device, &enrolment->admits[i], error))
      return FALSE;
  for (guint i = 0; i < enrolment->n_withdrawals; i++)
    if (!sat_log_add_withdrawal (replica, device, &enrolment->withdrawals[i], error))
      return FALSE;
  return enrolment->claim == NULL ||
         sat_log_add_claim (replica, &enrolment->claim->invitation, device, error);
}

/* ---- the digest ---------------------------------------------------------------------------------
 */

static void
put_invite (GString *text, const SatInvite *invite)
{
  char time[SAT_HLC_TEXT_SIZE];

  g_string_assign (text, "invite ");
  for (guint i = 0; i < sizeof invite->key; i++)
    g_string_append_printf (text, "%02x", invite->key[i]);
  g_string_append_printf (text, " %s %s %s %s",
                          sat_hlc_format (sat_hlc_from_ms (invite->expires_ms), time), invite->role,
                          invite->books, invite->login);
}

gboolean
sat_enrolled_lines (SatReplica *replica,
                    void (*line) (const char *text, gpointer data),
                    gpointer data,
                    GError **error)
{
  g_autoptr (GPtrArray) invites = sat_log_invites (replica, error);
  g_autoptr (GArray) admits = invites ? sat_log_admits (replica, error) : NULL;
  g_autoptr (GArray) claims = admits ? sat_log_claims (replica, error) : NULL;
  g_autoptr (GArray) withdrawals = claims ? sat_log_withdrawals (replica, error) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  char a[SAT_ID_TEXT_SIZE];
  char b[SAT_ID_TEXT_SIZE];

  if (withdrawals == NULL)
    return FALSE;
  for (guint i = 0; i < invites->len; i++)
    {
      put_invite (text, &((SatLogInvite *) invites->pdata[i])->invite);
      line (text->str, data);
    }
  for (guint i = 0; i < admits->len; i++)
    {
      const SatLogAdmit *admit = &g_array_index (admits, SatLogAdmit, i);

      g_string_printf (text, "admit %s %s %s", sat_id_format (&admit->device, a), admit->role,
                       sat_id_format (&admit->by, b));
      line (text->str, data);
    }
  for (guint i = 0; i < claims->len; i++)
    {
      const SatLogClaim *claim = &g_array_index (claims, SatLogClaim, i);

      g_string_printf (text, "claim %s %s", sat_id_format (&claim->invitation, a),
                       sat_id_format (&claim->device, b));
      line (text->str, data);
    }
  for (guint i = 0; i < withdrawals->len; i++)
    {
      const SatLogWithdrawal *withdrawal = &g_array_index (withdrawals, SatLogWithdrawal, i);

      g_string_printf (text, "withdraw %s %s", sat_id_format (&withdrawal->invitation, a),
                       sat_id_format (&withdrawal->by, b));
      line (text->str, data);
    }
  return TRUE;
}
