/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-receive.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "sync/sat-commit.h"
#include "sync/sat-receive-private.h"
#include "sync/sat-sync.h"

/* Before the reason's name, the ref and the detail, in one line of what the hook says. */
#define MARK "satchel-refused "
#define DETAIL_MAX 400
/* No pack larger than this is received. */
#define INPUT_MAX (G_GINT64_CONSTANT (1) << 30)
#define HOOK_MARK "# made by satchel hub hook"

typedef struct
{
  const char *name;
  const char *sentence;
} Reason;

static const Reason reasons[] = {
  { "name", N_ ("the hub “%1$s” takes no “%2$s”: that is no name of a branch or checkpoint of "
                "Satchel (%3$s)") },
  { "deleted", N_ ("the hub “%1$s” does not delete “%2$s”: only what checkpoints that stay cover "
                   "can go (%3$s)") },
  { "gone", N_ ("the hub “%1$s” does not take “%2$s” again: it was let go of once a checkpoint "
                "covered it (%3$s)") },
  { "rewritten", N_ ("the hub “%1$s” has another history of “%2$s”, which must only grow; is there "
                     "a copy of this replica? (%3$s)") },
  { "moved", N_ ("the hub “%1$s” has “%2$s” already: a checkpoint is made once and never moved "
                 "(%3$s)") },
  { "signature", N_ ("the hub “%1$s” refuses “%2$s”: what was sent is not signed by the device it "
                     "says, or was altered (%3$s)") },
  { "malformed", N_ ("the hub “%1$s” refuses “%2$s”: what was sent is not well-formed (%3$s)") },
  { "revoked",
    N_ ("the hub “%1$s” refuses “%2$s”: the device was revoked by an administrator; "
        "nothing is lost, “satchel export” writes what was typed here to files (%3$s)") },
  { "unreadable", N_ ("the hub “%1$s” cannot judge “%2$s”; ask who looks after the hub (%3$s)") },
};

const char *
sat_receive_reason (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (strcmp (reasons[i].name, name) == 0)
      return reasons[i].sentence;
  return NULL;
}

/* ---- one push -----------------------------------------------------------------------------------
 */

/* The last change-set of a branch that the push brings. */
typedef struct
{
  const char *ref;
  SatBranch branch;
  guint64 number;
} Brought;

static void
update_clear (gpointer data)
{
  g_free (((SatReceiveUpdate *) data)->ref);
}

gboolean
sat_receive_refuse (SatReceive *receive, const char *reason, const char *ref, const char *detail)
{
  receive->reason = reason;
  receive->ref = g_strdup (ref);
  receive->detail = g_strdup (detail);
  return FALSE;
}

gboolean
sat_receive_refuse_error (SatReceive *receive, const char *ref, const GError *error)
{
  const char *reason = "unreadable";

  if (g_error_matches (error, SAT_ERROR, SAT_ERROR_REFUSED))
    reason = "signature";
  else if (g_error_matches (error, SAT_ERROR, SAT_ERROR_MALFORMED) ||
           g_error_matches (error, SAT_ERROR, SAT_ERROR_NOT_FOUND))
    reason = "malformed";
  return sat_receive_refuse (receive, reason, ref, error->message);
}

/* ---- a branch ---- */

/* The number of the first commit that is new. */
static guint64
first_number (SatReceive *receive, const SatReceiveUpdate *update, const SatWalk *walk)
{
  guint64 number;

  if (!git_oid_is_zero (&update->from))
    return sat_commit_claimed_number (receive->repo, &update->from, &number) ? number + 1 : 0;
  return walk->ids->len > 0
             ? sat_branch_first_number (receive->repo, update->ref,
                                        &g_array_index (walk->ids, git_oid, walk->ids->len - 1))
             : 0;
}

static gboolean
check_one (SatReceive *receive,
           const SatReceiveUpdate *update,
           const SatBranch *branch,
           const git_oid *id,
           const git_oid *parent,
           guint64 number)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GBytes) text = sat_commit_read (receive->repo, id, branch, number, parent, &problem);
  g_autoptr (SatChangeSet) set = text ? sat_change_set_decode (text, &problem) : NULL;

  if (set != NULL)
    sat_receive_facts_note (receive->facts, set);
  /* Of a newer format: who applies it waits for an update. */
  return set != NULL || g_error_matches (problem, SAT_ERROR, SAT_ERROR_NEWER) ||
         sat_receive_refuse_error (receive, update->ref, problem);
}

static gboolean
check_branch (SatReceive *receive, const SatReceiveUpdate *update, const SatBranch *branch)
{
  gboolean begins = git_oid_is_zero (&update->from);
  g_auto (SatWalk) walk = { 0 };
  g_autoptr (GError) problem = NULL;
  guint64 number;

  if (!sat_branch_walk (receive->repo, &update->to, begins ? NULL : &update->from, 0, NULL, NULL,
                        &walk, &problem))
    return sat_receive_refuse_error (receive, update->ref, problem);
  if (!begins && !walk.met)
    return sat_receive_refuse (receive, "rewritten", update->ref, "not a continuation");
  number = first_number (receive, update, &walk);
  if (number == 0)
    return sat_receive_refuse (receive, "malformed", update->ref,
                               "its first commit says no number");
  for (guint i = walk.ids->len; i > 0; i--, number++)
    {
      const git_oid *parent = begins ? NULL : &update->from;

      if (i < walk.ids->len)
        parent = &g_array_index (walk.ids, git_oid, i);
      if (!check_one (receive, update, branch, &g_array_index (walk.ids, git_oid, i - 1), parent,
                      number))
        return FALSE;
    }
  if (!sat_receive_check_begun (receive, update, branch, number - 1))
    return FALSE;
  Brought brought = { update->ref, *branch, number - 1 };
  g_array_append_val (receive->brought, brought);
  return TRUE;
}

/* ---- the whole ---- */

static gboolean
check_update (SatReceive *receive, const SatReceiveUpdate *update)
{
  SatCheckpointRef checkpoint;
  SatBranch branch;

  if (git_oid_is_zero (&update->to))
    return sat_receive_check_deleted (receive, update);
  if (sat_branch_parse (update->ref, &branch))
    return check_branch (receive, update, &branch);
  if (sat_checkpoint_ref_parse (update->ref, &checkpoint))
    return sat_receive_check_checkpoint (receive, update, &checkpoint);
  if (sat_cover_ref_parse (update->ref, &checkpoint))
    return sat_receive_check_cover (receive, update, &checkpoint);
  return sat_receive_refuse (receive, "name", update->ref, "refs/heads/BOOK/DEVICE/EPOCH");
}

/* Has the device of a branch of the hub, by change-set NUMBER or an earlier one, seen what is
 * ASKED? Its last word on that device counts most, so from the end. */
static gboolean
ask_branch (SatReceive *receive,
            const Brought *asked,
            const SatBranch *branch,
            const SatWalk *walk,
            guint64 n)
{
  for (guint i = 0; i < walk->ids->len && n > 0; i++, n--)
    {
      const git_oid *id = &g_array_index (walk->ids, git_oid, i);
      const git_oid *parent = i + 1 < walk->ids->len ? id + 1 : NULL;
      g_autoptr (GBytes) text = sat_commit_read (receive->repo, id, branch, n, parent, NULL);
      g_autoptr (SatChangeSet) set = text ? sat_change_set_decode (text, NULL) : NULL;

      if (set == NULL)
        continue;
      sat_receive_facts_hear (receive->facts, set);
      sat_receive_facts_settle (receive->facts);
      if (sat_receive_facts_accept (receive->facts, &asked->branch, asked->number))
        return TRUE;
    }
  return FALSE;
}

/* What others had seen before the cut came was nothing to remember then; it is in the hub. */
static gboolean
ask_others (SatReceive *receive, const Brought *asked)
{
  g_autofree char *glob = g_strdup_printf ("refs/heads/%s/*", asked->branch.book);
  g_autoptr (GPtrArray) refs = sat_git_list_refs (receive->repo, glob, NULL);

  for (guint i = 0; refs != NULL && i < refs->len; i++)
    {
      const char *ref = g_ptr_array_index (refs, i);
      g_auto (SatWalk) walk = { 0 };
      SatBranch branch;
      guint64 number;
      git_oid tip;

      if (sat_branch_parse (ref, &branch) &&
          !sat_id_equal (&branch.device, &asked->branch.device) &&
          sat_git_ref (receive->repo, ref, &tip) &&
          sat_commit_claimed_number (receive->repo, &tip, &number) &&
          sat_branch_walk (receive->repo, &tip, NULL, 0, NULL, NULL, &walk, NULL) &&
          ask_branch (receive, asked, &branch, &walk, number))
        return TRUE;
    }
  return FALSE;
}

/* Once all that the push says is known. */
static gboolean
check_revoked (SatReceive *receive)
{
  sat_receive_facts_settle (receive->facts);
  for (guint i = 0; i < receive->brought->len; i++)
    {
      const Brought *brought = &g_array_index (receive->brought, Brought, i);

      if (!sat_receive_facts_accept (receive->facts, &brought->branch, brought->number) &&
          !ask_others (receive, brought))
        return sat_receive_refuse (receive, "revoked", brought->ref, "after its cut");
    }
  return TRUE;
}

static gboolean
check_all (SatReceive *receive)
{
  for (guint i = 0; i < receive->updates->len; i++)
    if (!check_update (receive, &g_array_index (receive->updates, SatReceiveUpdate, i)))
      return FALSE;
  return check_revoked (receive) ||
         (receive->reason == NULL && sat_receive_refuse (receive, "unreadable", "?", "?"));
}

/* FALSE if TEXT is not what git gives a hook. */
static gboolean
read_updates (SatReceive *receive, const char *text)
{
  for (const char *at = text + strspn (text, "\n"); *at != '\0'; at += strspn (at, "\n"))
    {
      gsize length = strcspn (at, "\n");
      g_autofree char *line = g_strndup (at, length);
      g_auto (GStrv) words = g_strsplit (line, " ", 3);
      SatReceiveUpdate update = { 0 };

      at += length;
      if (g_strv_length (words) != 3 || git_oid_fromstrp (&update.from, words[0]) < 0 ||
          git_oid_fromstrp (&update.to, words[1]) < 0)
        return sat_receive_refuse (receive, "unreadable", line, "not a line of git's");
      update.ref = g_strdup (words[2]);
      g_array_append_val (receive->updates, update);
    }
  return TRUE;
}

static gboolean
open_hub (SatReceive *receive, const char *dir, const char *objects)
{
  g_autoptr (git_odb) odb = NULL;
  int code = git_repository_open_bare (&receive->repo, dir);

  if (code == 0 && objects != NULL)
    code = git_repository_odb (&odb, receive->repo);
  if (code == 0 && objects != NULL)
    code = git_odb_add_disk_alternate (odb, objects);
  return code == 0 || sat_receive_refuse (receive, "unreadable", dir,
                                          git_error_last () ? git_error_last ()->message : "?");
}

static void
receive_begin (SatReceive *receive, const char *dir)
{
  sat_sync_init ();
  *receive = (SatReceive){ .facts = sat_receive_facts_load (dir),
                           .updates = g_array_new (FALSE, FALSE, sizeof (SatReceiveUpdate)),
                           .brought = g_array_new (FALSE, FALSE, sizeof (Brought)) };
  g_array_set_clear_func (receive->updates, update_clear);
}

/* A hub that cannot read who is revoked must not let everybody in. */
static gboolean
check_facts (SatReceive *receive)
{
  const char *problem = sat_receive_facts_problem (receive->facts);

  return problem == NULL || sat_receive_refuse (receive, "unreadable", SAT_RECEIVE_FACTS, problem);
}

static void
receive_end (SatReceive *receive)
{
  git_repository_free (receive->repo);
  sat_receive_facts_free (receive->facts);
  g_array_unref (receive->brought);
  g_array_unref (receive->updates);
  g_free (receive->ref);
  g_free (receive->detail);
}

/* One line of at most DETAIL_MAX bytes. */
static char *
one_line (const char *text)
{
  g_autofree char *start = g_strndup (text, DETAIL_MAX);
  char *line = g_utf8_make_valid (start, -1);

  for (char *p = line; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  return line;
}

gboolean
sat_receive (const char *dir, const char *objects, const char *text, char **tell)
{
  SatReceive receive;
  gboolean ok;

  receive_begin (&receive, dir);
  ok = check_facts (&receive) && open_hub (&receive, dir, objects) &&
       read_updates (&receive, text) && check_all (&receive);
  if (ok && !sat_receive_facts_save (receive.facts))
    ok = sat_receive_refuse (&receive, "unreadable", SAT_RECEIVE_FACTS, g_strerror (errno));
  if (!ok)
    {
      g_autofree char *ref = one_line (receive.ref);
      g_autofree char *detail = one_line (receive.detail);
      const char *const args[] = { dir, ref, detail, NULL };
      g_autofree char *sentence = sat_error_fill (sat_receive_reason (receive.reason), args);

      g_strdelimit (ref, " ", '_');
      *tell = g_strdup_printf ("%s\n" MARK "%s %s %s\n", sentence, receive.reason, ref, detail);
    }
  receive_end (&receive);
  return ok;
}

/* ---- on the laptop ------------------------------------------------------------------------------
 */

gboolean
sat_receive_refusal (const char *text, const char *hub, GError **error)
{
  const char *found = strstr (text, MARK);
  g_autofree char *line = NULL;
  g_auto (GStrv) words = NULL;

  if (found == NULL)
    return FALSE;
  found += strlen (MARK);
  g_autofree char *rest = g_strndup (found, strcspn (found, "\r\n"));
  line = one_line (rest);
  words = g_strsplit (line, " ", 3);
  if (g_strv_length (words) == 3 && sat_receive_reason (words[0]) != NULL)
    {
      const char *const args[] = { hub, words[1], words[2], NULL };

      sat_fail_strv (error, SAT_ERROR_REFUSED, sat_receive_reason (words[0]), args);
    }
  return FALSE;
}

/* ---- installing ---------------------------------------------------------------------------------
 */

static gboolean
write_hook (const char *dir, const char *program, GError **error)
{
  g_autofree char *folder = g_build_filename (dir, "hooks", NULL);
  g_autofree char *path = g_build_filename (folder, "pre-receive", NULL);
  g_autofree char *quoted = g_shell_quote (program);
  g_autofree char *script = g_strdup_printf ("#!/bin/sh\n" HOOK_MARK "\nexec %s hub receive\n",
                                             quoted);
  g_autofree char *there = NULL;
  g_autoptr (GError) local = NULL;

  if (g_file_get_contents (path, &there, NULL, NULL) && strstr (there, HOOK_MARK) == NULL)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("“%s” is a hook that Satchel did not make; let it run “satchel hub "
                         "receive” with the same standard input, or remove it"),
                     path, NULL);
  g_mkdir_with_parents (folder, 0777);
  if (!g_file_set_contents_full (path, script, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0755, &local))
    return sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot write “%s”: %s"), path, local->message,
                     NULL);
  if (g_chmod (path, 0755) != 0)
    return sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot write “%s”: %s"), path,
                     g_strerror (errno), NULL);
  return TRUE;
}

static gboolean
configure (git_repository *repo, const char *dir, GError **error)
{
  g_autoptr (git_config) config = NULL;
  int code = git_repository_config (&config, repo);

  if (code == 0)
    code = git_config_set_int64 (config, "receive.maxInputSize", INPUT_MAX);
  if (code == 0)
    code = git_config_set_bool (config, "receive.fsckObjects", TRUE);
  if (code == 0)
    code = git_config_set_bool (config, "receive.denyNonFastForwards", TRUE);
  return code == 0 || sat_git_fail (error, code, N_ ("cannot set up the hub “%s”: %s"), dir);
}

/* As if all that is there came now. */
static void
learn (SatReceive *receive, GPtrArray *unsound)
{
  g_autoptr (GPtrArray) refs = sat_git_list_refs (receive->repo, "refs/heads/*", NULL);

  for (guint i = 0; refs != NULL && i < refs->len; i++)
    {
      SatReceiveUpdate update = { .ref = g_ptr_array_index (refs, i) };

      if (sat_git_ref (receive->repo, update.ref, &update.to) && check_update (receive, &update))
        continue;
      g_ptr_array_add (unsound, g_strdup (update.ref));
      g_clear_pointer (&receive->ref, g_free);
      g_clear_pointer (&receive->detail, g_free);
    }
  sat_receive_facts_settle (receive->facts);
  sat_receive_facts_save (receive->facts);
}

gboolean
sat_receive_install (const char *dir, const char *program, GPtrArray **unsound, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  SatReceive receive;
  gboolean ok;

  *unsound = NULL;
  receive_begin (&receive, dir);
  ok = open_hub (&receive, dir, NULL) ||
       sat_fail (error, SAT_ERROR_NOT_FOUND, N_ ("“%s” is no bare git repository"), dir, NULL);
  if (ok && sat_receive_facts_problem (receive.facts) != NULL)
    ok = sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot read “%s”: %s"), SAT_RECEIVE_FACTS,
                   sat_receive_facts_problem (receive.facts), NULL);
  if (ok)
    learn (&receive, found);
  ok = ok && configure (receive.repo, dir, error) && write_hook (dir, program, error);
  receive_end (&receive);
  if (ok && found->len > 0)
    *unsound = g_steal_pointer (&found);
  return ok;
}
