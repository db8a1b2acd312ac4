/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/workspace/sat-workspace-enrol.h"

#include <string.h>

#include "core/apply/sat-enrolled.h"
#include "core/base/sat-text.h"
#include "core/store/sat-enrolment-log.h"
#include "core/store/sat-names.h"
#include "core/workspace/sat-workspace-private.h"
#include "core/workspace/sat-workspace-revoke.h"

#define LEAST_OF_ID 6
#define DAY_MS G_GINT64_CONSTANT (86400000)
#define DEFAULT_ROLE "sales"

gboolean
sat_workspace_is_closed (SatWorkspace *workspace, SatId *founder)
{
  SatId id;

  return sat_log_founder (workspace->replica, founder ? founder : &id);
}

gboolean
sat_workspace_set_founder (SatWorkspace *workspace, const SatId *founder, GError **error)
{
  SatId known;

  if (sat_log_founder (workspace->replica, &known) && !sat_id_equal (&known, founder))
    return sat_fail (error, SAT_ERROR_REFUSED,
                     N_ ("this replica belongs to another workspace than the hub"), NULL);
  if (!sat_workspace_begin (workspace, error))
    return FALSE;
  if (sat_log_set_founder (workspace->replica, founder, error) &&
      sat_workspace_hold (workspace, SAT_BOOK_KEY_ENROLMENT, error))
    return sat_workspace_commit (workspace, error);
  sat_workspace_rollback (workspace);
  return FALSE;
}

/* ---- who is in ----------------------------------------------------------------------------------
 */

static const char *
role_in (GPtrArray *invites, GArray *claims, GArray *admits, const SatId *device, const char *found)
{
  for (guint i = 0; i < admits->len; i++)
    {
      const SatLogAdmit *admit = &g_array_index (admits, SatLogAdmit, i);

      if (sat_id_equal (&admit->device, device) && g_strcmp0 (found, SAT_ROLE_ADMIN) != 0)
        found = admit->role;
    }
  for (guint i = 0; i < claims->len; i++)
    {
      const SatLogClaim *claim = &g_array_index (claims, SatLogClaim, i);

      for (guint k = 0; k < invites->len && sat_id_equal (&claim->device, device); k++)
        {
          const SatLogInvite *invite = g_ptr_array_index (invites, k);

          if (sat_id_equal (&invite->id, &claim->invitation) &&
              g_strcmp0 (found, SAT_ROLE_ADMIN) != 0)
            found = invite->role;
        }
    }
  return found;
}

char *
sat_workspace_admitted_as (SatWorkspace *workspace, const SatId *device)
{
  SatReplica *replica = workspace->replica;
  g_autoptr (GPtrArray) invites = sat_log_invites (replica, NULL);
  g_autoptr (GArray) claims = sat_log_claims (replica, NULL);
  g_autoptr (GArray) admits = sat_log_admits (replica, NULL);
  SatId founder;

  if (!sat_log_founder (replica, &founder) || invites == NULL || claims == NULL || admits == NULL)
    return NULL;
  if (sat_id_equal (&founder, device))
    return g_strdup (SAT_ROLE_ADMIN);
  return g_strdup (role_in (invites, claims, admits, device, NULL));
}

gboolean
sat_workspace_was_admitted (SatWorkspace *workspace, const SatId *device)
{
  g_autoptr (GArray) admits = sat_log_admits (workspace->replica, NULL);

  for (guint i = 0; admits != NULL && i < admits->len; i++)
    if (sat_id_equal (&g_array_index (admits, SatLogAdmit, i).device, device))
      return TRUE;
  return FALSE;
}

static gboolean
check_closed (SatWorkspace *workspace, SatId *founder, GError **error)
{
  return sat_workspace_is_closed (workspace, founder) ||
         sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("this workspace is open: whoever can reach its hub can join; only one that "
                       "was made with “satchel hub init --closed” has invitations"),
                   NULL);
}

static gboolean
check_may (SatWorkspace *workspace, SatId *founder, GError **error)
{
  g_autofree char *role = NULL;

  if (!check_closed (workspace, founder, error))
    return FALSE;
  if (sat_workspace_is_admin (workspace, &role))
    return TRUE;
  return sat_fail (error, SAT_ERROR_REFUSED,
                   N_ ("only an administrator may say who is let in, and this laptop was let in as "
                       "“%s”; ask an administrator"),
                   role, NULL);
}

static gboolean
check_role (SatWorkspace *workspace, const char *role, GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, "user", error);
  const SatField *field = object ? sat_object_find (object, "role") : NULL;
  g_autoptr (GString) names = g_string_new (NULL);

  if (object == NULL)
    return FALSE;
  for (guint i = 0; field != NULL && i < field->n_choices; i++)
    {
      if (strcmp (field->choices[i].name, role) == 0)
        return TRUE;
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", field->choices[i].name);
    }
  return sat_fail (error, SAT_ERROR_INVALID, N_ ("there is no role “%s”; the roles are: %s"), role,
                   names->str, NULL);
}

static gboolean
is_part_of (const SatId *id, const char *text)
{
  char full[SAT_ID_TEXT_SIZE];

  sat_id_format (id, full);
  return strlen (text) >= LEAST_OF_ID &&
         (g_str_has_prefix (full, text) || g_str_has_suffix (full, text));
}

/* Says ENROLMENT, in a transaction. */
static gboolean
say (SatWorkspace *workspace, const SatEnrolment *enrolment, GError **error)
{
  gboolean mine;
  SatLocal *local = sat_workspace_write (workspace, &mine, error);

  if (local == NULL || !sat_workspace_written (workspace, local, mine,
                                               sat_local_enrol (local, enrolment, error), error))
    return FALSE;
  if (mine)
    sat_workspace_note_count (workspace);
  return TRUE;
}

/* ---- invitations --------------------------------------------------------------------------------
 */

void
sat_invitation_free (SatInvitation *invitation)
{
  if (invitation == NULL)
    return;
  g_free (invitation->login);
  g_free (invitation->role);
  g_strfreev (invitation->books);
  g_clear_pointer (&invitation->devices, g_array_unref);
  g_free (invitation);
}

static gboolean
is_withdrawn (const GArray *withdrawals, const SatId *invitation)
{
  for (guint i = 0; i < withdrawals->len; i++)
    if (sat_id_equal (&g_array_index (withdrawals, SatLogWithdrawal, i).invitation, invitation))
      return TRUE;
  return FALSE;
}

static SatInvitation *
invitation_new (const SatLogInvite *row, const GArray *claims, const GArray *withdrawals)
{
  SatInvitation *out = g_new0 (SatInvitation, 1);

  out->id = row->id;
  out->login = g_strdup (row->login);
  out->role = g_strdup (row->role);
  out->books = strcmp (row->books, SAT_INVITATION_ALL_BOOKS) == 0
                   ? NULL
                   : g_strsplit (row->books, ",", -1);
  out->expires_ms = row->invite.expires_ms;
  out->withdrawn = is_withdrawn (withdrawals, &row->id);
  out->devices = g_array_new (FALSE, FALSE, sizeof (SatId));
  for (guint i = 0; i < claims->len; i++)
    {
      const SatLogClaim *claim = &g_array_index (claims, SatLogClaim, i);

      if (sat_id_equal (&claim->invitation, &row->id))
        g_array_append_val (out->devices, claim->device);
    }
  return out;
}

GPtrArray *
sat_workspace_invitations (SatWorkspace *workspace, GError **error)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_invitation_free);
  g_autoptr (GPtrArray) rows = sat_log_invites (workspace->replica, error);
  g_autoptr (GArray) claims = rows ? sat_log_claims (workspace->replica, error) : NULL;
  g_autoptr (GArray) withdrawals = claims ? sat_log_withdrawals (workspace->replica, error) : NULL;

  if (withdrawals == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (out, invitation_new (g_ptr_array_index (rows, i), claims, withdrawals));
  return g_steal_pointer (&out);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* As it stands in an invitation. */
static char *
join_books (SatWorkspace *workspace, const char *const *books, GError **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; books != NULL && books[i] != NULL; i++)
    {
      char *key = sat_workspace_book_key (workspace->replica, books[i], error);

      if (key == NULL)
        return NULL;
      g_ptr_array_add (keys, key);
    }
  g_ptr_array_sort (keys, compare_texts);
  for (guint i = 0; i < keys->len; i++)
    if (i == 0 || strcmp (keys->pdata[i - 1], keys->pdata[i]) != 0)
      g_string_append_printf (out, "%s%s", i > 0 ? "," : "", (char *) keys->pdata[i]);
  if (out->len > SAT_INVITATION_BOOKS_MAX)
    {
      sat_fail (error, SAT_ERROR_TOO_LONG,
                N_ ("these are too many books for an invitation; name fewer, or none for all"),
                NULL);
      return NULL;
    }
  return g_strdup (out->len > 0 ? out->str : SAT_INVITATION_ALL_BOOKS);
}

gboolean
sat_workspace_invite (SatWorkspace *workspace,
                      const char *login,
                      const char *role,
                      const char *const *books,
                      guint days,
                      char code[SAT_CODE_TEXT_SIZE],
                      GError **error)
{
  SatPlatform *platform = workspace->replica->platform;
  SatInvite invite = { .role = role ? role : DEFAULT_ROLE };
  const SatEnrolment enrolment = { .invites = &invite, .n_invites = 1 };
  g_autofree char *tidy = g_utf8_validate (login, -1, NULL) ? sat_text_tidy (login) : NULL;
  g_autofree char *keys = NULL;
  SatId founder;

  if (!check_may (workspace, &founder, error) || !check_role (workspace, invite.role, error))
    return FALSE;
  if (tidy == NULL || !sat_invitation_login_is_sound (tidy, strlen (tidy)))
    return sat_fail (
        error, SAT_ERROR_INVALID,
        N_ ("“%s” cannot be a login name; use up to 200 characters, no line break, < or >"), login,
        NULL);
  keys = join_books (workspace, books, error);
  if (keys == NULL)
    return FALSE;
  sat_code_new (platform, code);
  sat_code_public_key (code, &founder, invite.key);
  invite.login = tidy;
  invite.books = keys;
  invite.expires_ms = (sat_platform_now_ms (platform) / 1000 + 1) * 1000 + days * DAY_MS;
  return say (workspace, &enrolment, error);
}

static gboolean
is_mine (SatWorkspace *workspace, const SatInvitation *invitation)
{
  for (guint i = 0; i < invitation->devices->len; i++)
    if (sat_id_equal (&g_array_index (invitation->devices, SatId, i), &workspace->replica->device))
      return TRUE;
  return FALSE;
}

static gboolean
check_open (SatWorkspace *workspace, const SatInvitation *invitation, GError **error)
{
  g_autofree char *time = NULL;

  if (is_mine (workspace, invitation))
    return TRUE;
  if (invitation->withdrawn)
    return sat_fail (error, SAT_ERROR_REFUSED,
                     N_ ("the invitation of “%s” was withdrawn by an administrator; ask for a new "
                         "code"),
                     invitation->login, NULL);
  if (invitation->devices->len > 0)
    return sat_fail (error, SAT_ERROR_REFUSED,
                     N_ ("the invitation of “%s” was taken up by another laptop already; ask an "
                         "administrator for a new code, and tell them if it was not you"),
                     invitation->login, NULL);
  if (sat_platform_now_ms (workspace->replica->platform) <= invitation->expires_ms)
    return TRUE;
  time = sat_time_format (invitation->expires_ms);
  return sat_fail (error, SAT_ERROR_REFUSED,
                   N_ ("the invitation of “%s” ended %s; ask an administrator for a new code"),
                   invitation->login, time, NULL);
}

SatInvitation *
sat_workspace_find_invitation (SatWorkspace *workspace, const char *code, GError **error)
{
  g_autoptr (GPtrArray) all = NULL;
  guint8 key[SAT_INVITATION_KEY_SIZE];
  SatId founder, id;

  if (!check_closed (workspace, &founder, error))
    return NULL;
  sat_code_public_key (code, &founder, key);
  sat_invitation_id (key, &id);
  all = sat_workspace_invitations (workspace, error);
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const SatInvitation *invitation = g_ptr_array_index (all, i);

      if (!sat_id_equal (&invitation->id, &id))
        continue;
      return check_open (workspace, invitation, error) ? g_ptr_array_steal_index (all, i) : NULL;
    }
  if (all != NULL)
    sat_fail (error, SAT_ERROR_NOT_FOUND,
              N_ ("this workspace has no invitation for that code; it may not have reached the hub "
                  "yet: whoever made it has to sync first"),
              NULL);
  return NULL;
}

gboolean
sat_workspace_claim (SatWorkspace *workspace, const char *code, GError **error)
{
  g_autoptr (SatInvitation) invitation = sat_workspace_find_invitation (workspace, code, error);
  SatClaim claim;
  const SatEnrolment enrolment = { .claim = &claim };
  SatId founder;

  if (invitation == NULL)
    return FALSE;
  if (is_mine (workspace, invitation) || !sat_workspace_is_closed (workspace, &founder))
    return TRUE;
  sat_claim_make (code, &founder, &workspace->replica->device, &claim);
  return say (workspace, &enrolment, error);
}

/* Those of ALL that TEXT names, moved out of it: by login those that can still be taken up, else
 * all with that id. */
static GPtrArray *
take_named (SatWorkspace *workspace, GPtrArray *all, const char *text)
{
  gint64 now_ms = sat_platform_now_ms (workspace->replica->platform);
  GPtrArray *out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_invitation_free);

  for (guint i = 0; i < all->len;)
    {
      const SatInvitation *invitation = g_ptr_array_index (all, i);
      gboolean named = strcmp (invitation->login, text) == 0 ? now_ms <= invitation->expires_ms
                                                             : is_part_of (&invitation->id, text);

      if (named && !invitation->withdrawn)
        g_ptr_array_add (out, g_ptr_array_steal_index (all, i));
      else
        i++;
    }
  return out;
}

/* The ids of those in NAMED that nobody has taken up, by id; the others are taken out. */
static GArray *
ids_to_withdraw (GPtrArray *named)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (SatId));

  for (guint i = 0; i < named->len;)
    {
      const SatInvitation *invitation = g_ptr_array_index (named, i);
      gboolean again = ids->len > 0 &&
                       sat_id_equal (&g_array_index (ids, SatId, ids->len - 1), &invitation->id);

      if (invitation->devices->len > 0 || again || ids->len == SAT_ENROLMENT_MAX)
        {
          g_ptr_array_remove_index (named, i);
          continue;
        }
      g_array_append_val (ids, invitation->id);
      i++;
    }
  return ids;
}

GPtrArray *
sat_workspace_withdraw (SatWorkspace *workspace, const char *text, GError **error)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) named = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autofree char *login = NULL;
  SatEnrolment enrolment = { 0 };
  SatId founder;

  if (!check_may (workspace, &founder, error))
    return NULL;
  all = sat_workspace_invitations (workspace, error);
  if (all == NULL)
    return NULL;
  named = take_named (workspace, all, text);
  login = named->len > 0 ? g_strdup (((SatInvitation *) named->pdata[0])->login) : NULL;
  ids = ids_to_withdraw (named);
  if (ids->len == 0)
    {
      if (login != NULL)
        sat_fail (
            error, SAT_ERROR_REFUSED,
            N_ ("the invitation of “%s” was taken up already; “satchel hub revoke” takes away "
                "what its laptop may"),
            login, NULL);
      else
        sat_fail (error, SAT_ERROR_NOT_FOUND,
                  N_ ("no invitation of “%s” waits to be taken up; “satchel devices” lists those "
                      "that do"),
                  text, NULL);
      return NULL;
    }
  enrolment.withdrawals = (const SatId *) (void *) ids->data;
  enrolment.n_withdrawals = ids->len;
  return say (workspace, &enrolment, error) ? g_steal_pointer (&named) : NULL;
}

/* ---- devices that wait --------------------------------------------------------------------------
 */

void
sat_stranger_free (SatStranger *stranger)
{
  if (stranger == NULL)
    return;
  g_strfreev (stranger->books);
  g_free (stranger);
}

static SatStranger *
ensure_stranger (GPtrArray *all, const SatId *device)
{
  SatStranger *stranger;

  for (guint i = 0; i < all->len; i++)
    if (sat_id_equal (&((SatStranger *) g_ptr_array_index (all, i))->device, device))
      return g_ptr_array_index (all, i);
  stranger = g_new0 (SatStranger, 1);
  stranger->device = *device;
  stranger->books = g_new0 (char *, 1);
  g_ptr_array_add (all, stranger);
  return stranger;
}

static int
compare_strangers (gconstpointer a, gconstpointer b)
{
  return sat_id_compare (&(*(SatStranger *const *) a)->device,
                         &(*(SatStranger *const *) b)->device);
}

static void
add_book (SatStranger *stranger, const char *book)
{
  guint n = g_strv_length (stranger->books);

  stranger->books = g_renew (char *, stranger->books, n + 2);
  stranger->books[n] = g_strdup (book);
  stranger->books[n + 1] = NULL;
}

/* A device that was let in meanwhile goes on with the next exchange. */
GPtrArray *
sat_workspace_strangers (SatWorkspace *workspace, GError **error)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_stranger_free);
  g_autofree char *text = sat_enrolled_waiting (workspace->replica);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (SatAdmissions) admissions = NULL;

  if (!sat_enrolled_load (workspace->replica, &admissions, error))
    return NULL;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", -1);
      SatId device;

      if (g_strv_length (words) == 3 && sat_id_parse (words[1], &device) && admissions != NULL)
        add_book (ensure_stranger (out, &device), words[0]);
    }
  g_ptr_array_sort (out, compare_strangers);
  return g_steal_pointer (&out);
}

gboolean
sat_workspace_note_no_strangers (SatWorkspace *workspace, GError **error)
{
  g_autofree char *text = sat_enrolled_waiting (workspace->replica);
  gboolean mine;
  SatLocal *local;

  if (*text == '\0')
    return TRUE;
  local = sat_workspace_write (workspace, &mine, error);
  return local != NULL &&
         sat_workspace_written (workspace, local, mine,
                                sat_enrolled_set_waiting (workspace->replica, "", error), error);
}

static gboolean
find_stranger (SatWorkspace *workspace, const char *text, SatId *out, GError **error)
{
  g_autoptr (GPtrArray) all = sat_workspace_strangers (workspace, error);
  guint found = 0;

  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      const SatStranger *stranger = g_ptr_array_index (all, i);

      if (!is_part_of (&stranger->device, text))
        continue;
      *out = stranger->device;
      found++;
    }
  return found == 1 || sat_workspace_find_device (workspace, text, out, error);
}

gboolean
sat_workspace_admit (
    SatWorkspace *workspace, const char *text, const char *role, SatId *device, GError **error)
{
  SatAdmit admit = { .role = role ? role : DEFAULT_ROLE };
  const SatEnrolment enrolment = { .admits = &admit, .n_admits = 1 };
  g_auto (GStrv) revoked = NULL;
  SatId founder;

  if (!check_may (workspace, &founder, error) || !check_role (workspace, admit.role, error) ||
      !(sat_id_parse (text, device) || find_stranger (workspace, text, device, error)))
    return FALSE;
  revoked = sat_workspace_revoked_in (workspace, device);
  if (revoked != NULL)
    return sat_fail (
        error, SAT_ERROR_INVALID,
        N_ ("that device was revoked, which cannot be taken back; its user joins again "
            "in a new folder, with a new code"),
        NULL);
  admit.device = *device;
  return say (workspace, &enrolment, error);
}
