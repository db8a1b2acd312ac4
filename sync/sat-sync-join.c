/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joining a workspace: a new device in HOME, made known on the hub, or from a bundle, which makes
 * it known to nobody yet. A file HOME/joining stands as long as this is not done, so that a join
 * that was killed is continued by the next one, with the same key and device, and does not leave a
 * device on the hub that nobody has. */
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "core/base/sat-crash.h"
#include "core/workspace/sat-exchange-checkpoint.h"
#include "sync/sat-bundle-file.h"
#include "sync/sat-closed.h"
#include "sync/sat-enrol-join.h"
#include "sync/sat-hub.h"
#include "sync/sat-steps.h"

/* Two devices that join at the same instant see each other's short code after one more exchange. */
#define CODE_ROUNDS 8

typedef struct
{
  const char *home;
  SatPlatform *platform;
  const SatCatalogue *catalogue;
  const char *hub;  /* an absolute path, or a URL */
  gboolean is_file; /* the path of a bundle */
  const char *login;
  const char *full_name;
  const char *device_name;
  const char *const *books;
  const char *code;          /* NULL: the workspace is open */
  SatInvitation *invitation; /* that CODE took up */
  gboolean is_known;         /* the hub has it: what was made here must not go */
  const SatSyncOptions *options;
} Join;

static char *
marker_path (const char *home)
{
  return g_build_filename (home, "joining", NULL);
}

/* MADE: the replica is complete, so that from here on it is the one that the hub may know. */
static char *
marker_text (const Join *join, gboolean made)
{
  return g_strconcat (join->hub, "\n", join->login ? join->login : "", "\n", made ? "made\n" : "",
                      NULL);
}

/* ---- HOME before and after
 * -------------------------------------------------------------------------- */

/* Names in HOME; NULL if there is no such folder. */
static GHashTable *
list_home (const char *home)
{
  g_autoptr (GDir) dir = g_dir_open (home, 0, NULL);
  GHashTable *names;
  const char *name;

  if (dir == NULL)
    return NULL;
  names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_hash_table_add (names, g_strdup (name));
  return names;
}

/* Takes away what was not there BEFORE. */
static void
restore_home (const char *home, GHashTable *before)
{
  g_autoptr (GHashTable) now = list_home (home);
  GHashTableIter iter;
  gpointer name;

  if (before == NULL)
    {
      sat_remove_tree (home);
      return;
    }
  if (now == NULL)
    return;
  g_hash_table_iter_init (&iter, now);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (before, name))
      {
        g_autofree char *path = g_build_filename (home, name, NULL);

        sat_remove_tree (path);
      }
}

/* ---- the replica ---- */

static gboolean
write_marker (const Join *join, gboolean made, GError **error)
{
  g_autofree char *path = marker_path (join->home);
  g_autofree char *text = marker_text (join, made);
  g_autoptr (GError) local = NULL;

  if (g_mkdir_with_parents (join->home, 0700) != 0)
    return sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot make the folder “%s”: %s"), join->home,
                     g_strerror (errno), NULL);
  if (!g_file_set_contents (path, text, -1, &local))
    return sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot write “%s”: %s"), path, local->message,
                     NULL);
  sat_durable_step (made ? "replica made" : "join begun");
  return TRUE;
}

/* What a process that was killed has made of a replica; nothing of it was ever sent. */
static void
remove_part (const char *home)
{
  static const char *const prefixes[] = { "replica.db", "device.key", "counter" };
  g_autoptr (GHashTable) names = list_home (home);
  GHashTableIter iter;
  gpointer name;

  if (names == NULL)
    return;
  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
      if (g_str_has_prefix (name, prefixes[i]))
        {
          g_autofree char *path = g_build_filename (home, name, NULL);

          sat_remove_tree (path);
        }
}

static SatWorkspace *
begin (const Join *join, GError **error)
{
  g_autoptr (SatWorkspace) workspace = NULL;

  if (!write_marker (join, FALSE, error))
    return NULL;
  workspace = sat_workspace_create (join->home, join->platform, join->catalogue,
                                    join->is_file ? "" : join->hub, error);
  if (workspace == NULL || !write_marker (join, TRUE, error))
    return NULL;
  return g_steal_pointer (&workspace);
}

/* Has the join that did not end received nothing? Then nobody knows of it. */
static gboolean
is_untouched (const Join *join)
{
  SatWorkspace *workspace = sat_workspace_open (join->home, join->platform, join->catalogue, NULL);
  gboolean untouched = workspace != NULL &&
                       sat_workspace_is_blank (workspace, SAT_BOOK_KEY_COMPANY) &&
                       sat_workspace_is_blank (workspace, SAT_BOOK_KEY_ENROLMENT);

  g_clear_pointer (&workspace, sat_workspace_close);
  return untouched;
}

static SatWorkspace *
begin_afresh (const Join *join, GError **error)
{
  g_autofree char *git = g_build_filename (join->home, "git", NULL);

  sat_remove_tree (git);
  remove_part (join->home);
  return begin (join, error);
}

/* HOME has the marker of a join that did not end: MARKED. */
static SatWorkspace *
resume (const Join *join, const char *marked, GError **error)
{
  g_autofree char *begun = marker_text (join, FALSE);
  g_autofree char *made = marker_text (join, TRUE);
  g_auto (GStrv) lines = g_strsplit (marked, "\n", 3);

  if (strcmp (made, marked) == 0)
    return sat_workspace_open (join->home, join->platform, join->catalogue, error);
  if (strcmp (begun, marked) == 0)
    {
      remove_part (join->home);
      return begin (join, error);
    }
  if (is_untouched (join))
    return begin_afresh (join, error);
  sat_fail (error, SAT_ERROR_INVALID,
            N_ ("“%s” holds an unfinished join of the hub “%s”; finish it with the same hub and "
                "login, or remove the folder"),
            join->home, lines[0] ? lines[0] : "", NULL);
  return NULL;
}

/* ---- the exchange
 * ------------------------------------------------------------------------------------- */

static gboolean
is_introduced (SatWorkspace *workspace, gboolean *introduced, GError **error)
{
  SatStatus *status = sat_workspace_status (workspace, error);

  if (status == NULL)
    return FALSE;
  *introduced = status->user_login && *status->user_login;
  sat_status_free (status);
  return TRUE;
}

/* Who is invited is named by the invitation. */
static gboolean
check_login (const Join *join, GError **error)
{
  const SatInvitation *invitation = join->invitation;

  if (invitation == NULL || join->login == NULL || strcmp (invitation->login, join->login) == 0)
    return TRUE;
  return sat_fail (error, SAT_ERROR_REFUSED,
                   N_ ("the invitation is for “%s”, not for “%s”; leave out --user"),
                   invitation->login, join->login, NULL);
}

/* In a closed workspace: what the code brings. */
static gboolean
enrol (Join *join, SatSyncJob *job, GError **error)
{
  return sat_enrol_join (job, join->hub, join->code, &join->invitation, error) &&
         check_login (join, error);
}

/* User and device, once the company book is here; nothing if that was done. */
static gboolean
introduce (const Join *join, SatSyncJob *job, GError **error)
{
  const SatInvitation *invitation = join->invitation;
  const char *login = invitation ? invitation->login : join->login;
  const char *const *books = join->books;
  gboolean introduced;

  if (books == NULL && invitation != NULL)
    books = (const char *const *) invitation->books;

  if (!is_introduced (job->workspace, &introduced, error))
    return FALSE;
  if (!introduced &&
      !sat_workspace_join (job->workspace, login, join->full_name ? join->full_name : login,
                           join->device_name, books, error))
    return FALSE;
  sat_durable_step ("introduced");
  return sat_sync_job_reload_books (job, error);
}

static gboolean
receive (SatSyncJob *job, GError **error)
{
  return sat_step_fetch (job, error) && sat_step_apply (job, error);
}

static gboolean
settle_code (SatSyncJob *job, GError **error)
{
  gboolean changed = TRUE;

  for (int round = 0; changed && round < CODE_ROUNDS; round++)
    {
      if (!sat_step_push (job, error) || !receive (job, error) ||
          !sat_workspace_settle_code (job->workspace, &changed, error))
        return FALSE;
      sat_durable_step ("code settled");
    }
  return TRUE;
}

/* Has the hub taken the claim? A code serves once, so this device must not be lost. */
static gboolean
was_claimed (SatWorkspace *workspace)
{
  g_autoptr (GPtrArray) unsent = sat_workspace_unpushed (workspace, G_MAXSIZE, NULL);
  gboolean waits = FALSE;

  for (guint i = 0; unsent != NULL && i < unsent->len; i++)
    waits |= strcmp (((const SatSealed *) unsent->pdata[i])->book, SAT_BOOK_KEY_ENROLMENT) == 0;
  return unsent != NULL && !waits &&
         sat_workspace_applied (workspace, SAT_BOOK_KEY_ENROLMENT,
                                sat_workspace_device (workspace)) > 0;
}

static gboolean
exchange_all (Join *join, SatSyncJob *job, GError **error)
{
  return sat_step_fetch (job, error) && enrol (join, job, error) && sat_step_apply (job, error) &&
         introduce (join, job, error) && settle_code (job, error) && sat_steps_home (job, error);
}

/* The book company says which books there are. */
static gboolean
take_in_file (Join *join, SatSyncJob *job, GError **error)
{
  g_autoptr (SatBundleFile) file = NULL;

  file = sat_bundle_file_open (job, join->hub, error);
  return file != NULL && sat_bundle_file_unpack (file, error) &&
         sat_bundle_file_fetch (file, error) && enrol (join, job, error) &&
         sat_step_apply (job, error) && introduce (join, job, error) &&
         sat_bundle_file_is_ours (file, error) && sat_bundle_file_fetch (file, error) &&
         sat_steps_take_in (job, error);
}

static gboolean
exchange (Join *join, SatWorkspace *workspace, GError **error)
{
  g_autofree char *place = join->is_file ? sat_bundle_file_place (join->home) : NULL;
  g_autoptr (SatSyncJob) job = sat_sync_job_new (
      workspace, join->is_file ? SAT_PEER_FILE : SAT_PEER_HUB, place, join->options, error);
  g_autofree char *marker = marker_path (join->home);

  if (job != NULL)
    job->is_alone = TRUE;
  if (job == NULL ||
      !(join->is_file ? take_in_file (join, job, error) : exchange_all (join, job, error)))
    {
      join->is_known = join->invitation != NULL && was_claimed (workspace);
      return FALSE;
    }
  g_unlink (marker);
  sat_durable_step ("join ended");
  /* A repository that is not open to this user is told of by the next exchange. */
  sat_steps_apart (job, NULL);
  return TRUE;
}

static SatWorkspace *
run (Join *join, const char *marked, GError **error)
{
  g_autoptr (SatWorkspace) workspace = marked ? resume (join, marked, error) : begin (join, error);

  if (workspace == NULL || !exchange (join, workspace, error))
    return NULL;
  return g_steal_pointer (&workspace);
}

/* Is there something to join? Hubs that are no folders are asked when they are connected to, and a
 * file when it is read. */
static SatHubAddress *
check_hub (const char *hub, gboolean *is_file, GError **error)
{
  g_autoptr (SatHubAddress) address = sat_hub_address_parse (hub, error);

  if (address == NULL)
    return NULL;
  *is_file = address->kind == SAT_HUB_PATH && g_file_test (address->text, G_FILE_TEST_IS_REGULAR);
  if (address->kind == SAT_HUB_PATH && !*is_file && !sat_hub_check (address->text, error))
    return NULL;
  return g_steal_pointer (&address);
}

SatWorkspace *
sat_sync_join_code (const char *home,
                    SatPlatform *platform,
                    const SatCatalogue *catalogue,
                    const char *hub,
                    const char *code,
                    const char *login,
                    const char *full_name,
                    const char *device_name,
                    const char *const *books,
                    const SatSyncOptions *options,
                    GError **error)
{
  g_autoptr (SatHubAddress) address = NULL;
  g_autofree char *marker = marker_path (home);
  g_autofree char *marked = NULL;
  g_autoptr (GHashTable) before = NULL;
  Join join = {
    .home = home,
    .platform = platform,
    .catalogue = catalogue,
    .login = login,
    .full_name = full_name,
    .device_name = device_name,
    .books = books,
    .code = code,
    .options = options,
  };
  SatWorkspace *workspace;

  sat_sync_init ();
  address = check_hub (hub, &join.is_file, error);
  if (address == NULL)
    return NULL;
  join.hub = address->text;
  before = list_home (home);
  g_file_get_contents (marker, &marked, NULL, NULL);
  if (marked == NULL && sat_workspace_exists (home))
    {
      sat_fail (error, SAT_ERROR_INVALID,
                N_ ("“%s” holds a workspace already; choose another folder"), home, NULL);
      return NULL;
    }
  workspace = run (&join, marked, error);
  sat_invitation_free (join.invitation);
  if (workspace == NULL && !join.is_known)
    restore_home (home, before);
  return workspace;
}

SatWorkspace *
sat_sync_join_with (const char *home,
                    SatPlatform *platform,
                    const SatCatalogue *catalogue,
                    const char *hub,
                    const char *login,
                    const char *full_name,
                    const char *device_name,
                    const char *const *books,
                    const SatSyncOptions *options,
                    GError **error)
{
  return sat_sync_join_code (home, platform, catalogue, hub, NULL, login, full_name, device_name,
                             books, options, error);
}

SatWorkspace *
sat_sync_join (const char *home,
               SatPlatform *platform,
               const SatCatalogue *catalogue,
               const char *hub,
               const char *login,
               const char *full_name,
               const char *device_name,
               const char *const *books,
               GCancellable *cancellable,
               SatSyncProgress progress,
               gpointer data,
               GError **error)
{
  const SatSyncOptions options = {
    .cancellable = cancellable,
    .progress = progress,
    .progress_data = data,
  };

  return sat_sync_join_with (home, platform, catalogue, hub, login, full_name, device_name, books,
                             &options, error);
}
