/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a hub cannot be used, in sentences. libgit2 has a few words for each failure of a network, in
 * English and for programmers; those that people meet are recognised here. */
#include <string.h>

#include "sync/sat-sync-job.h"

typedef struct
{
  const char *words; /* in libgit2's text, or the server's */
  SatErrorCode code;
  const char *msgid; /* %1$s: the hub; %2$s: its computer */
} Known;

#define NO_HUB N_ ("there is no hub at “%1$s”; check the path in the address")
#define NO_RIGHT \
  N_ ("this user may not do that on the hub “%1$s”; ask who looks after the hub; what is waiting " \
      "to be sent stays here")
#define CUT \
  N_ ("the connection to the hub “%1$s” was cut; nothing is lost, the next exchange goes on from " \
      "here")
#define FULL \
  N_ ("a disk is full, here or on the hub “%1$s”; make room and sync again: nothing is lost")

static const Known known[] = {
  { "failed to resolve address", SAT_ERROR_NOT_FOUND,
    N_ ("there is no computer “%2$s”, or no network; check the hub’s address and the connection") },
  { "failed to connect", SAT_ERROR_FAILED,
    N_ ("the computer “%2$s” cannot be reached; check the network, and whether the hub is "
        "running") },
  { "status code: 401", SAT_ERROR_REFUSED,
    N_ ("the hub “%1$s” does not let this user in; give the right password or token: satchel hub "
        "login") },
  { "redirect", SAT_ERROR_REFUSED,
    N_ ("the hub “%1$s” has moved; ask for its new address: satchel hub set URL") },
  { "dubious ownership", SAT_ERROR_REFUSED,
    N_ ("git on “%2$s” does not use the hub’s folder because it belongs to another user there; its "
        "administrator can allow it: git config --global safe.directory") },
  { "status code: 404", SAT_ERROR_NOT_FOUND, NO_HUB },
  { "not appear to be a git repository", SAT_ERROR_NOT_FOUND, NO_HUB },
  { "epository not found", SAT_ERROR_NOT_FOUND, NO_HUB },
  { "status code: 403", SAT_ERROR_REFUSED, NO_RIGHT },
  { "ermission denied", SAT_ERROR_REFUSED, NO_RIGHT },
  { "insufficient permission", SAT_ERROR_REFUSED, NO_RIGHT },
  { "unpacking the sent packfile failed", SAT_ERROR_REFUSED,
    N_ ("the hub “%1$s” could not keep what was sent, its disk may be full; ask who looks after "
        "it; "
        "what is waiting to be sent stays here") },
  { "ended at an unexpected time", SAT_ERROR_FAILED, CUT },
  { "early EOF", SAT_ERROR_FAILED, CUT },
  { "unexpected EOF", SAT_ERROR_FAILED, CUT },
  { "onnection reset", SAT_ERROR_FAILED, CUT },
  { "roken pipe", SAT_ERROR_FAILED, CUT },
};

/* So too where the hub is a folder, whose other failures name its files. */
static const Known full = { "o space left on device", SAT_ERROR_FAILED, FULL };

static const Known *
find_known (const char *text)
{
  if (strstr (text, full.words))
    return &full;
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (strstr (text, known[i].words))
      return &known[i];
  return NULL;
}

/* Anything else that goes wrong on the way, with libgit2's words for whoever has to look into it.
 */
static void
break_off (SatSyncJob *job, GError **error)
{
  const git_error *last = git_error_last ();

  sat_fail (error, SAT_ERROR_FAILED,
            N_ ("the exchange with the hub “%1$s” broke off (%2$s); nothing is lost, the next one "
                "goes on from here"),
            job->hub, last && last->message ? last->message : "git", NULL);
}

gboolean
sat_sync_job_fail (SatSyncJob *job, GError **error, int code, const char *msgid)
{
  g_autoptr (GError) failure = NULL;
  const Known *one;

  sat_git_fail (&failure, code, msgid, job->hub);
  if (!sat_sync_job_check (job, error))
    return FALSE;
  one = find_known (failure->message);
  if (job->login.error)
    g_propagate_error (error, g_steal_pointer (&job->login.error));
  else if (one && (one == &full || job->address->kind != SAT_HUB_PATH))
    sat_fail (error, one->code, one->msgid, job->hub, job->address->host, NULL);
  else if (job->address->kind != SAT_HUB_PATH)
    break_off (job, error);
  else
    g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
