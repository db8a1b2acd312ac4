/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/store/sat-enrolment-log.h"

#include <string.h>

#include "core/store/sat-names.h"

#define META_FOUNDER "founder"

gboolean
sat_log_founder (SatReplica *replica, SatId *out)
{
  g_autofree char *text = sat_meta_get (replica, META_FOUNDER);

  return text != NULL && sat_id_parse (text, out);
}

gboolean
sat_log_set_founder (SatReplica *replica, const SatId *founder, GError **error)
{
  char text[SAT_ID_TEXT_SIZE];

  return sat_meta_set (replica, META_FOUNDER, sat_id_format (founder, text), error);
}

/* ---- writing ------------------------------------------------------------------------------------
 */

gboolean
sat_log_add_invite (SatReplica *replica, const SatInvite *invite, GError **error)
{
  SatStmt *stmt = sat_db_prepare (
      replica->db, "INSERT OR IGNORE INTO invitation VALUES (?1, ?3, ?4, ?5, ?6, ?2)", error);
  SatId id;

  if (stmt == NULL)
    return FALSE;
  sat_invitation_id (invite->key, &id);
  sat_stmt_bind_id (stmt, 1, &id);
  sat_stmt_bind_blob (stmt, 2, invite->key, sizeof invite->key);
  sat_stmt_bind_int (stmt, 3, invite->expires_ms);
  sat_stmt_bind_text (stmt, 4, invite->role);
  sat_stmt_bind_text (stmt, 5, invite->books);
  sat_stmt_bind_text (stmt, 6, invite->login);
  return sat_stmt_run (stmt, error);
}

gboolean
sat_log_add_claim (SatReplica *replica,
                   const SatId *invitation,
                   const SatId *device,
                   GError **error)
{
  guint32 number = sat_names_get_device (replica->names, device, error);
  SatStmt *stmt = number ? sat_db_prepare (replica->db,
                                           "INSERT OR IGNORE INTO claim VALUES (?1, ?2)", error)
                         : NULL;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_id (stmt, 1, invitation);
  sat_stmt_bind_int (stmt, 2, number);
  return sat_stmt_run (stmt, error);
}

gboolean
sat_log_add_admit (SatReplica *replica, const SatId *by, const SatAdmit *admit, GError **error)
{
  guint32 device = sat_names_get_device (replica->names, &admit->device, error);
  guint32 who = device ? sat_names_get_device (replica->names, by, error) : 0;
  SatStmt *stmt = who ? sat_db_prepare (replica->db,
                                        "INSERT OR IGNORE INTO admission VALUES (?1, ?2, ?3)",
                                        error)
                      : NULL;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, device);
  sat_stmt_bind_int (stmt, 2, who);
  sat_stmt_bind_text (stmt, 3, admit->role);
  return sat_stmt_run (stmt, error);
}

gboolean
sat_log_add_withdrawal (SatReplica *replica,
                        const SatId *by,
                        const SatId *invitation,
                        GError **error)
{
  guint32 who = sat_names_get_device (replica->names, by, error);
  SatStmt *stmt = who ? sat_db_prepare (replica->db,
                                        "INSERT OR IGNORE INTO withdrawal VALUES (?1, ?2)", error)
                      : NULL;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_id (stmt, 1, invitation);
  sat_stmt_bind_int (stmt, 2, who);
  return sat_stmt_run (stmt, error);
}

/* ---- reading ------------------------------------------------------------------------------------
 */

void
sat_log_invite_free (SatLogInvite *invite)
{
  if (invite == NULL)
    return;
  g_free (invite->role);
  g_free (invite->books);
  g_free (invite->login);
  g_free (invite);
}

static SatLogInvite *
read_invite (SatStmt *stmt)
{
  g_autoptr (SatLogInvite) out = g_new0 (SatLogInvite, 1);
  gsize size;
  const void *key = sat_stmt_blob (stmt, 1, &size);

  if (!sat_stmt_id (stmt, 0, &out->id) || size != sizeof out->invite.key)
    return NULL;
  memcpy (out->invite.key, key, size);
  out->invite.expires_ms = sat_stmt_int (stmt, 2);
  out->invite.role = out->role = g_strdup (sat_stmt_text (stmt, 3));
  out->invite.books = out->books = g_strdup (sat_stmt_text (stmt, 4));
  out->invite.login = out->login = g_strdup (sat_stmt_text (stmt, 5));
  return g_steal_pointer (&out);
}

GPtrArray *
sat_log_invites (SatReplica *replica, GError **error)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_log_invite_free);
  SatStmt *stmt = sat_db_prepare (
      replica->db,
      "SELECT id, key, expires_ms, role, books, login FROM invitation ORDER BY 1, 3, 4, 5, 6",
      error);
  GError *problem = NULL;

  if (stmt == NULL)
    return NULL;
  while (sat_stmt_step (stmt, &problem))
    {
      SatLogInvite *invite = read_invite (stmt);

      if (invite != NULL)
        g_ptr_array_add (out, invite);
    }
  return sat_stmt_finish (stmt, problem, error) ? g_steal_pointer (&out) : NULL;
}

GArray *
sat_log_claims (SatReplica *replica, GError **error)
{
  g_autoptr (GArray) out = g_array_new (FALSE, FALSE, sizeof (SatLogClaim));
  SatStmt *stmt = sat_db_prepare (replica->db,
                                  "SELECT c.invitation, d.id FROM claim c JOIN device d ON"
                                  " d.number = c.device ORDER BY 1, 2",
                                  error);
  GError *problem = NULL;

  if (stmt == NULL)
    return NULL;
  while (sat_stmt_step (stmt, &problem))
    {
      SatLogClaim claim;

      if (sat_stmt_id (stmt, 0, &claim.invitation) && sat_stmt_id (stmt, 1, &claim.device))
        g_array_append_val (out, claim);
    }
  return sat_stmt_finish (stmt, problem, error) ? g_steal_pointer (&out) : NULL;
}

GArray *
sat_log_withdrawals (SatReplica *replica, GError **error)
{
  g_autoptr (GArray) out = g_array_new (FALSE, FALSE, sizeof (SatLogWithdrawal));
  SatStmt *stmt = sat_db_prepare (replica->db,
                                  "SELECT w.invitation, d.id FROM withdrawal w JOIN device d ON"
                                  " d.number = w.by_device ORDER BY 1, 2",
                                  error);
  GError *problem = NULL;

  if (stmt == NULL)
    return NULL;
  while (sat_stmt_step (stmt, &problem))
    {
      SatLogWithdrawal withdrawal;

      if (sat_stmt_id (stmt, 0, &withdrawal.invitation) && sat_stmt_id (stmt, 1, &withdrawal.by))
        g_array_append_val (out, withdrawal);
    }
  return sat_stmt_finish (stmt, problem, error) ? g_steal_pointer (&out) : NULL;
}

static void
clear_admit (gpointer data)
{
  g_free (((SatLogAdmit *) data)->role);
}

GArray *
sat_log_admits (SatReplica *replica, GError **error)
{
  g_autoptr (GArray) out = g_array_new (FALSE, FALSE, sizeof (SatLogAdmit));
  SatStmt *stmt = sat_db_prepare (
      replica->db,
      "SELECT d.id, b.id, a.role FROM admission a JOIN device d ON d.number = a.device"
      " JOIN device b ON b.number = a.by_device ORDER BY 1, 2, 3",
      error);
  GError *problem = NULL;

  if (stmt == NULL)
    return NULL;
  g_array_set_clear_func (out, clear_admit);
  while (sat_stmt_step (stmt, &problem))
    {
      SatLogAdmit admit;

      if (!sat_stmt_id (stmt, 0, &admit.device) || !sat_stmt_id (stmt, 1, &admit.by))
        continue;
      admit.role = g_strdup (sat_stmt_text (stmt, 2));
      g_array_append_val (out, admit);
    }
  return sat_stmt_finish (stmt, problem, error) ? g_steal_pointer (&out) : NULL;
}
