/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines `invite`, `admit`, `withdraw` and `claim` in the header of a change-set of book
 * `enrolment`. */
#include "core/change/sat-change-set-private.h"

#include <string.h>

/* ---- reading ------------------------------------------------------------------------------------
 */

typedef struct
{
  const char *text, *at, *end;
  GError **error;
  GStringChunk *strings;
  GArray *invites;     /* SatInvite */
  GArray *admits;      /* SatAdmit */
  GArray *withdrawals; /* SatId */
  SatClaim *claim;
} Reader;

static gboolean
fail (Reader *r, const char *line, const char *msgid)
{
  return sat_change_set_fail_at (r->text, line, msgid, NULL, r->error);
}

static gboolean
take (Reader *r, const char *word)
{
  return sat_change_set_take_word (&r->at, r->end, word);
}

/* N bytes in lower-case hexadecimal. */
static gboolean
take_hex (Reader *r, guint8 *out, gsize n)
{
  if ((gsize) (r->end - r->at) < 2 * n)
    return FALSE;
  for (gsize i = 0; i < 2 * n; i++)
    if (!g_ascii_isdigit (r->at[i]) && (r->at[i] < 'a' || r->at[i] > 'f'))
      return FALSE;
  for (gsize i = 0; i < n; i++)
    out[i] = (guint8) (g_ascii_xdigit_value (r->at[2 * i]) << 4 |
                       g_ascii_xdigit_value (r->at[2 * i + 1]));
  r->at += 2 * n;
  return TRUE;
}

/* How many bytes there are before STOP, or the end of the line. */
static gsize
length_until (const Reader *r, char stop)
{
  const char *p = r->at;

  while (p < r->end && *p != stop && *p != '\n')
    p++;
  return (gsize) (p - r->at);
}

static const char *
keep (Reader *r, gsize length)
{
  const char *kept = g_string_chunk_insert_len (r->strings, r->at, (gssize) length);

  r->at += length;
  return kept;
}

static gboolean
take_role (Reader *r, const char **out)
{
  gsize length = sat_change_set_name_length (r->at, r->end);

  if (length == 0)
    return FALSE;
  *out = keep (r, length);
  return TRUE;
}

static gboolean
take_time (Reader *r, gint64 *out)
{
  gsize length = length_until (r, ' ');
  SatHlc hlc;

  if (!sat_hlc_parse (r->at, length, &hlc) || sat_hlc_from_ms (sat_hlc_ms (hlc)) != hlc)
    return FALSE;
  *out = sat_hlc_ms (hlc);
  r->at += length;
  return TRUE;
}

static gboolean
take_invite (Reader *r, SatInvite *out)
{
  gsize length;

  if (!take_hex (r, out->key, sizeof out->key) || !take (r, " ") ||
      !take_time (r, &out->expires_ms) || !take (r, " ") || !take_role (r, &out->role) ||
      !take (r, " "))
    return FALSE;
  length = length_until (r, ' ');
  if (!sat_invitation_books_are_sound (r->at, length))
    return FALSE;
  out->books = keep (r, length);
  if (!take (r, " "))
    return FALSE;
  length = length_until (r, '\n');
  if (!sat_invitation_login_is_sound (r->at, length))
    return FALSE;
  out->login = keep (r, length);
  return take (r, "\n");
}

static gboolean
read_invites (Reader *r)
{
  const char *line = r->at;

  for (; take (r, "invite "); line = r->at)
    {
      SatInvite invite;

      if (!take_invite (r, &invite))
        return fail (r, line,
                     N_ ("line %s of the change-set: expected “invite”, a key, a time, a "
                         "role, books and a login"));
      if (r->invites->len == SAT_ENROLMENT_MAX ||
          (r->invites->len > 0 &&
           memcmp (g_array_index (r->invites, SatInvite, r->invites->len - 1).key, invite.key,
                   sizeof invite.key) >= 0))
        return fail (r, line,
                     N_ ("line %s of the change-set: invitations are not in order, or too many"));
      g_array_append_val (r->invites, invite);
    }
  return TRUE;
}

static gboolean
read_admits (Reader *r)
{
  const char *line = r->at;

  for (; take (r, "admit "); line = r->at)
    {
      SatAdmit admit;

      if (!sat_change_set_take_id (&r->at, r->end, &admit.device) || !take (r, " ") ||
          !take_role (r, &admit.role) || !take (r, "\n"))
        return fail (r, line,
                     N_ ("line %s of the change-set: expected “admit”, a device and a role"));
      if (r->admits->len == SAT_ENROLMENT_MAX ||
          (r->admits->len > 0 &&
           sat_id_compare (&g_array_index (r->admits, SatAdmit, r->admits->len - 1).device,
                           &admit.device) >= 0))
        return fail (r, line,
                     N_ ("line %s of the change-set: admissions are not in order, or too many"));
      g_array_append_val (r->admits, admit);
    }
  return TRUE;
}

static gboolean
read_withdrawals (Reader *r)
{
  const char *line = r->at;

  for (; take (r, "withdraw "); line = r->at)
    {
      SatId id;

      if (!sat_change_set_take_id (&r->at, r->end, &id) || !take (r, "\n"))
        return fail (r, line, N_ ("line %s of the change-set: expected “withdraw”, an invitation"));
      if (r->withdrawals->len == SAT_ENROLMENT_MAX ||
          (r->withdrawals->len > 0 &&
           sat_id_compare (&g_array_index (r->withdrawals, SatId, r->withdrawals->len - 1), &id) >=
               0))
        return fail (r, line,
                     N_ ("line %s of the change-set: withdrawals are not in order, or too many"));
      g_array_append_val (r->withdrawals, id);
    }
  return TRUE;
}

static gboolean
read_claim (Reader *r)
{
  const char *line = r->at;

  if (!take (r, "claim "))
    return TRUE;
  r->claim = g_new0 (SatClaim, 1);
  return (sat_change_set_take_id (&r->at, r->end, &r->claim->invitation) && take (r, " ") &&
          take_hex (r, r->claim->signature, sizeof r->claim->signature) && take (r, "\n")) ||
         fail (r, line,
               N_ ("line %s of the change-set: expected “claim”, an invitation and a signature"));
}

gboolean
sat_change_set_read_enrolment (
    const char *text, const char **at, const char *end, SatChangeSet *set, GError **error)
{
  Reader r = {
    .text = text,
    .at = *at,
    .end = end,
    .error = error,
    .strings = g_string_chunk_new (256),
    .invites = g_array_new (FALSE, FALSE, sizeof (SatInvite)),
    .admits = g_array_new (FALSE, FALSE, sizeof (SatAdmit)),
    .withdrawals = g_array_new (FALSE, FALSE, sizeof (SatId)),
  };
  gboolean ok = read_invites (&r) && read_admits (&r) && read_withdrawals (&r) && read_claim (&r);

  if (ok &&
      (strcmp (set->book, SAT_BOOK_KEY_ENROLMENT) != 0 ||
       (r.invites->len == 0 && r.admits->len == 0 && r.withdrawals->len == 0 && r.claim == NULL)))
    ok = fail (&r, *at,
               N_ ("line %s of the change-set: “needs enrolment” is for invitations, admissions, "
                   "withdrawals and claims in book “enrolment”"));
  set->enrolment_strings = r.strings;
  set->enrolment.n_invites = r.invites->len;
  set->enrolment.invites = (const SatInvite *) (void *) g_array_free (r.invites, FALSE);
  set->enrolment.n_admits = r.admits->len;
  set->enrolment.admits = (const SatAdmit *) (void *) g_array_free (r.admits, FALSE);
  set->enrolment.n_withdrawals = r.withdrawals->len;
  set->enrolment.withdrawals = (const SatId *) (void *) g_array_free (r.withdrawals, FALSE);
  set->enrolment.claim = r.claim;
  *at = r.at;
  return ok;
}

void
sat_change_set_clear_enrolment (SatChangeSet *set)
{
  g_clear_pointer (&set->enrolment_strings, g_string_chunk_free);
  g_free ((gpointer) set->enrolment.invites);
  g_free ((gpointer) set->enrolment.admits);
  g_free ((gpointer) set->enrolment.withdrawals);
  g_free ((gpointer) set->enrolment.claim);
}

const SatEnrolment *
sat_change_set_enrolment (const SatChangeSet *set)
{
  return set->needs_enrolment ? &set->enrolment : NULL;
}

/* ---- writing ------------------------------------------------------------------------------------
 */

static void
put_hex (GString *out, const guint8 *bytes, gsize n)
{
  for (gsize i = 0; i < n; i++)
    g_string_append_printf (out, "%02x", bytes[i]);
}

static void
put_invite (GString *out, const SatInvite *invite)
{
  char time[SAT_HLC_TEXT_SIZE];

  g_string_append (out, "invite ");
  put_hex (out, invite->key, sizeof invite->key);
  g_string_append_printf (out, " %s %s %s %s\n",
                          sat_hlc_format (sat_hlc_from_ms (invite->expires_ms), time), invite->role,
                          invite->books, invite->login);
}

void
sat_change_set_put_enrolment (GString *out, const SatEnrolment *enrolment)
{
  for (guint i = 0; i < enrolment->n_invites; i++)
    put_invite (out, &enrolment->invites[i]);
  for (guint i = 0; i < enrolment->n_admits; i++)
    {
      g_string_append (out, "admit ");
      sat_change_set_put_id (out, &enrolment->admits[i].device);
      g_string_append_printf (out, " %s\n", enrolment->admits[i].role);
    }
  for (guint i = 0; i < enrolment->n_withdrawals; i++)
    {
      g_string_append (out, "withdraw ");
      sat_change_set_put_id (out, &enrolment->withdrawals[i]);
      g_string_append_c (out, '\n');
    }
  if (enrolment->claim == NULL)
    return;
  g_string_append (out, "claim ");
  sat_change_set_put_id (out, &enrolment->claim->invitation);
  g_string_append_c (out, ' ');
  put_hex (out, enrolment->claim->signature, sizeof enrolment->claim->signature);
  g_string_append_c (out, '\n');
}
