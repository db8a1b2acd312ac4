/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the commands that reach the hub share: their options, progress, and the questions that only
 * a person can answer (sync/sat-sync.h).
 *
 * On a terminal they are asked there. A program that started this one with --progress gets each as
 * a line on standard error,
 *
 *   {"event":"question","kind":"host-key"|"certificate"|"login"|"passphrase","hub":URL,"book":NAME|null,
 *    "host":NAME,"port":N,"fingerprint":TEXT|null,"known":TEXT|null,"user":TEXT|null,"file":PATH|null,
 *    "again":bool}
 *
 * (BOOK: the hub is not meant, but the repository of that book) and with --json the last one stands
 * on standard output as {"question":{...}} when the command has failed (status 1) for want of an
 * answer. It then comes back with the answer: --accept-host, `hub trust`, `hub login`,
 * --login-stdin or --passphrase-stdin. KNOWN is set when the other side has shown another key or
 * certificate than the one accepted before: that is a warning and never to be offered as an easy
 * yes. */
#pragma once

#include "cli/sat-progress.h"
#include "sync/sat-sync.h"

G_BEGIN_DECLS

/* For the list of a command's options. */
#define SAT_HUB_OPTIONS \
  { "accept-host", "FINGERPRINT", \
    N_ ("accept the key or certificate of the hub’s computer that has this fingerprint") }, \
      { "key", "FILE", N_ ("the ssh key to use; default: the agent’s, then those in ~/.ssh") }, \
      { "login-stdin", NULL, \
        N_ ("read the hub’s user and password from standard input, a line each") }, \
      { "login-for", "HOST:PORT", \
        N_ ("what --login-stdin reads is for that server; given several times, a pair for " \
            "each") }, \
      { "passphrase-stdin", NULL, \
        N_ ("read the passphrase of the ssh key from standard input, one line, the first") }, \
      { "remember", NULL, \
        N_ ("keep the passphrase of the ssh key in the key ring, once it was right") }, \
      { "patience", "S", N_ ("give up when the hub was silent for S seconds; default: 120") }, \
  { \
    "progress", NULL, N_ ("write progress and questions as JSON lines to standard error") \
  }

typedef struct
{
  SatSyncOptions options; /* for sync/; borrows from this and from the arguments */
  SatProgress progress;
  const SatCli *cli;
  GPtrArray *logins; /* that were on standard input; NULL: none. A password is for one server */
  char *passphrase;  /* the same */
  gboolean remember; /* passphrases are to be kept */
  char *key_file;
  char *question; /* JSON of the last one that was not answered */
} SatHubAsk;

/* Reads the options of SAT_HUB_OPTIONS and begins the progress. ASK must stay where it is. FALSE:
 * wrong usage. */
gboolean sat_hub_ask_begin (SatHubAsk *ask, const SatCli *cli, const SatArgs *args, GError **error);
/* After the work: takes the progress away and, if it FAILED, prints the question of --json. */
void sat_hub_ask_end (SatHubAsk *ask, gboolean failed);
void sat_hub_ask_clear (SatHubAsk *ask);

/* A line of standard input without its end; NULL: there is none. With HIDDEN it is not shown on a
 * terminal. Newly allocated. */
char *sat_hub_ask_line (gboolean hidden);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SatHubAsk, sat_hub_ask_clear)

G_END_DECLS
