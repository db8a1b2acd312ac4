/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-receive.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "sync/sat-commit.h"
#include "sync/sat-enrol-join.h"
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
  { "stranger", N_ ("the hub “%1$s” refuses “%2$s”: the workspace is closed and the device is not "
                    "let in; an administrator can invite its user or admit it (%3$s)") },
  { "invitation", N_ ("the hub “%1$s” refuses “%2$s”: it knows no invitation for that code, or the "
                      "code was not the right one (%3$s)") },
  { "used", N_ ("the hub “%1$s” refuses “%2$s”: the invitation was taken up by another laptop; ask "
                "an administrator for a new code (%3$s)") },
  { "withdrawn",
    N_ ("the hub “%1$s” refuses “%2$s”: an administrator has withdrawn the invitation; "
        "ask for a new code (%3$s)") },
  { "expired", N_ ("the hub “%1$s” refuses “%2$s”: the invitation has ended; ask an administrator "
                   "for a new code (%3$s)") },
  { "rights", N_ ("the hub “%1$s” refuses “%2$s”: only an administrator may invite, admit, "
                  "withdraw and revoke (%3$s)") },
  { "forbidden",
    N_ ("the hub “%1$s” does not take “%2$s”: the role of this laptop's user may not do that "
        "(%3$s). Nothing is lost: it is sent as soon as an administrator allows it with “satchel "
        "perm set”, if only for a while") },
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

/* In a closed workspace: has an administrator let DEVICE in? */
static gboolean
is_let_in (const SatReceive *receive, const SatId *device)
{
  const SatAdmissions *admissions = sat_receive_facts_admissions (receive->facts);

  return admissions == NULL || sat_admissions_of (admissions, device) != SAT_ADMITTED_NOT;
}

static gboolean
may (const SatReceive *receive, const SatChangeSet *set)
{
  const SatAdmissions *admissions = sat_receive_facts_admissions (receive->facts);

  return admissions == NULL || sat_admissions_accept (admissions, set);
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

  if (set != NULL && strcmp (branch->book, SAT_BOOK_KEY_ENROLMENT) == 0)
    {
      sat_receive_enrolled_add (receive->enrolled, g_steal_pointer (&set), update->ref);
      return TRUE;
    }
  if (set != NULL && !may (receive, set))
    return sat_receive_refuse (receive, "rights", update->ref, "it revokes a device");
  if (set != NULL)
    {
      sat_receive_facts_note (receive->facts, set);
      sat_receive_rights_ask (receive, set, update->ref);
    }
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

  if (strcmp (branch->book, SAT_BOOK_KEY_ENROLMENT) != 0 && !is_let_in (receive, &branch->device))
    return sat_receive_refuse (receive, "stranger", update->ref, "its device");
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

/* Of what every laptop has: that is never apart. */
static gboolean
is_of_hub (const char *ref)
{
  return g_str_has_prefix (ref, "refs/heads/" SAT_BOOK_KEY_COMPANY "/") ||
         g_str_has_prefix (ref, "refs/heads/" SAT_BOOK_KEY_ENROLMENT "/");
}

static gboolean
check_update (SatReceive *receive, const SatReceiveUpdate *update)
{
  SatCheckpointRef checkpoint;
  SatBranch branch;
  gboolean is_checkpoint;

  if (sat_receive_facts_hub (receive->facts) != NULL && is_of_hub (update->ref))
    return sat_receive_refuse (receive, "name", update->ref, "a book that is on the hub");
  if (git_oid_is_zero (&update->to))
    return sat_receive_check_deleted (receive, update);
  if (sat_branch_parse (update->ref, &branch))
    return check_branch (receive, update, &branch);
  is_checkpoint = sat_checkpoint_ref_parse (update->ref, &checkpoint);
  if (is_checkpoint || sat_cover_ref_parse (update->ref, &checkpoint))
    {
      if (!is_let_in (receive, &checkpoint.maker))
        return sat_receive_refuse (receive, "stranger", update->ref, "its maker");
      return is_checkpoint ? sat_receive_check_checkpoint (receive, update, &checkpoint)
                           : sat_receive_check_cover (receive, update, &checkpoint);
    }
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

      if (sat_branch_parse (ref, &branch) && is_let_in (receive, &branch.device) &&
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
is_of_enrolment (const SatReceiveUpdate *update)
{
  SatBranch branch;

  return sat_branch_parse (update->ref, &branch) &&
         strcmp (branch.book, SAT_BOOK_KEY_ENROLMENT) == 0;
}

/* Those of book enrolment (FIRST), or all others. */
static gboolean
check_updates (SatReceive *receive, gboolean first)
{
  for (guint i = 0; i < receive->updates->len; i++)
    {
      const SatReceiveUpdate *update = &g_array_index (receive->updates, SatReceiveUpdate, i);

      if (is_of_enrolment (update) == first && !check_update (receive, update))
        return FALSE;
    }
  return TRUE;
}

/* Who is let in by this push, before anything else of it is looked at. */
static gboolean
check_enrolled (SatReceive *receive)
{
  const char *reason;
  const char *ref;

  if (!check_updates (receive, TRUE))
    return FALSE;
  sat_receive_enrolled_settle (receive->enrolled);
  reason = sat_receive_enrolled_refused (receive->enrolled, 0, &ref);
  return reason == NULL ||
         sat_receive_refuse (receive, reason, ref, "book " SAT_BOOK_KEY_ENROLMENT);
}

static gboolean
check_all (SatReceive *receive)
{
  if (!check_enrolled (receive) || !check_updates (receive, FALSE) ||
      !sat_receive_rights_check (receive))
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

/* LEARNING: of what is there already, which may be late. */
static void
receive_begin (SatReceive *receive, const char *dir, gboolean learning)
{
  g_autoptr (SatPlatform) platform = NULL;

  sat_sync_init ();
  platform = sat_platform_new_system ();
  *receive = (SatReceive){ .facts = sat_receive_facts_load (dir),
                           .updates = g_array_new (FALSE, FALSE, sizeof (SatReceiveUpdate)),
                           .brought = g_array_new (FALSE, FALSE, sizeof (Brought)) };
  g_array_set_clear_func (receive->updates, update_clear);
  receive->asked = sat_receive_rights_new ();
  receive->enrolled = sat_receive_enrolled_new (
      receive->facts, learning ? 0 : MAX (sat_platform_now_ms (platform), 1));
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
  sat_receive_enrolled_free (receive->enrolled);
  sat_receive_facts_free (receive->facts);
  g_array_unref (receive->brought);
  g_hash_table_unref (receive->asked);
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

  receive_begin (&receive, dir, FALSE);
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

/* The device from which trust grows is read out of the hub once: nobody but who has founded a
 * closed workspace began book enrolment with an invitation and nothing seen. */
static gboolean
learn_founder (SatReceive *receive, const char *dir, GError **error)
{
  g_autoptr (GArray) founders = sat_enrol_founders (receive->repo, error);
  char first[SAT_ID_TEXT_SIZE];
  char second[SAT_ID_TEXT_SIZE];

  if (founders == NULL || founders->len == 0 ||
      sat_receive_facts_admissions (receive->facts) != NULL)
    return founders != NULL;
  if (founders->len > 1)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("in the hub “%s” both %s and %s say that they founded the workspace; "
                         "delete the false one's branches “refs/heads/enrolment/DEVICE/1” there"),
                     dir, sat_id_format (&g_array_index (founders, SatId, 0), first),
                     sat_id_format (&g_array_index (founders, SatId, 1), second), NULL);
  sat_receive_facts_close (receive->facts, &g_array_index (founders, SatId, 0));
  return TRUE;
}

/* As if all that is there came now: that of book enrolment (FIRST), or all else. */
static void
learn_refs (SatReceive *receive, const GPtrArray *refs, gboolean first, GPtrArray *unsound)
{
  for (guint i = 0; refs != NULL && i < refs->len; i++)
    {
      SatReceiveUpdate update = { .ref = g_ptr_array_index (refs, i) };

      if (is_of_enrolment (&update) != first ||
          (sat_git_ref (receive->repo, update.ref, &update.to) && check_update (receive, &update)))
        continue;
      g_ptr_array_add (unsound, g_strdup (update.ref));
      g_clear_pointer (&receive->ref, g_free);
      g_clear_pointer (&receive->detail, g_free);
    }
}

static void
learn (SatReceive *receive, GPtrArray *unsound)
{
  g_autoptr (GPtrArray) refs = sat_git_list_refs (receive->repo, "refs/heads/*", NULL);
  const char *ref;

  learn_refs (receive, refs, TRUE, unsound);
  sat_receive_enrolled_settle (receive->enrolled);
  for (guint n = 0; sat_receive_enrolled_refused (receive->enrolled, n, &ref) != NULL; n++)
    if (!g_ptr_array_find_with_equal_func (unsound, ref, g_str_equal, NULL))
      g_ptr_array_add (unsound, g_strdup (ref));
  learn_refs (receive, refs, FALSE, unsound);
  sat_receive_facts_settle (receive->facts);
  sat_receive_facts_judge_rights (receive->facts);
  sat_receive_facts_save (receive->facts);
}

/* The repository of a book that is not on HUB: that one has its hook already. */
static gboolean
learn_hub (SatReceive *receive, const char *dir, const char *hub, GError **error)
{
  g_autofree char *facts = g_build_filename (hub, SAT_RECEIVE_FACTS, NULL);

  if (strcmp (dir, hub) == 0)
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s” is the hub itself; leave out --hub"), dir,
                     NULL);
  if (!g_file_test (facts, G_FILE_TEST_EXISTS))
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("“%s” does not say who is let in: run “satchel hub hook” on it first, or "
                         "leave out --hub if the workspace is open"),
                     hub, NULL);
  sat_receive_facts_set_hub (receive->facts, hub);
  return sat_receive_facts_problem (receive->facts) == NULL ||
         sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot read “%s”: %s"), facts,
                   sat_receive_facts_problem (receive->facts), NULL);
}

gboolean
sat_receive_install (
    const char *dir, const char *hub, const char *program, GPtrArray **unsound, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  SatReceive receive;
  gboolean ok;

  *unsound = NULL;
  receive_begin (&receive, dir, TRUE);
  ok = open_hub (&receive, dir, NULL) ||
       sat_fail (error, SAT_ERROR_NOT_FOUND, N_ ("“%s” is no bare git repository"), dir, NULL);
  if (ok && sat_receive_facts_problem (receive.facts) != NULL)
    ok = sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot read “%s”: %s"), SAT_RECEIVE_FACTS,
                   sat_receive_facts_problem (receive.facts), NULL);
  ok = ok && (hub ? learn_hub (&receive, dir, hub, error) : learn_founder (&receive, dir, error));
  if (ok)
    learn (&receive, found);
  ok = ok && configure (receive.repo, dir, error) && write_hook (dir, program, error);
  receive_end (&receive);
  if (ok && found->len > 0)
    *unsound = g_steal_pointer (&found);
  return ok;
}
