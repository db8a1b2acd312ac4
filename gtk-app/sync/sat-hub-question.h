/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What only a person can answer while the hub, or the server of a book, is being reached: `satchel
 * join` and `satchel sync` report it (docs/architecture.md, “Reaching the hub”), and are run again
 * with the answers. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  SAT_HUB_ASKS_HOST_KEY,
  SAT_HUB_ASKS_CERTIFICATE,
  SAT_HUB_ASKS_LOGIN,
  SAT_HUB_ASKS_PASSPHRASE, /* of an ssh key */
} SatHubAsks;

typedef struct
{
  SatHubAsks kind;
  char *host;
  guint port;
  char *book;        /* whose server it is, its name; NULL: it is the hub */
  char *fingerprint; /* host key, certificate: that the other side shows */
  char *known;       /* the one accepted before, if that was another; NULL: none was */
  char *user;        /* login: that was tried, or NULL */
  char *file;        /* passphrase: of the key in there */
  gboolean again;    /* the last answer was not right */
} SatHubQuestion;

/* EVENT as the command line writes it; NULL if it is none that is known here. */
SatHubQuestion *sat_hub_question_new (JsonObject *event) G_GNUC_WARN_UNUSED_RESULT;
SatHubQuestion *sat_hub_question_copy (const SatHubQuestion *question);
void sat_hub_question_free (SatHubQuestion *question);
/* It as one sentence. Newly allocated. */
char *sat_hub_question_text (const SatHubQuestion *question);

/* ---- answers ---- */

/* A password is for one server alone. */
typedef struct
{
  char *server; /* "HOST:PORT" */
  char *user;
  char *secret;
} SatHubLoginAnswer;

/* What has been answered so far; zeroed: nothing. */
typedef struct
{
  char *accept;      /* a fingerprint */
  GPtrArray *logins; /* SatHubLoginAnswer, one a server; NULL: none */
  char *passphrase;
  gboolean remember; /* the passphrase is to be kept in the key ring */
} SatHubAnswer;

/* Secrets are overwritten first. */
void sat_hub_answer_clear (SatHubAnswer *answer);
/* Each of these replaces what was answered to the same question before. */
void sat_hub_answer_accept (SatHubAnswer *answer, const char *fingerprint);
void sat_hub_answer_login (SatHubAnswer *answer,
                           const SatHubQuestion *question,
                           const char *user,
                           const char *secret);
void sat_hub_answer_passphrase (SatHubAnswer *answer, const char *passphrase, gboolean remember);
/* Adds to ARGS the words for `join` or `sync`; they are ANSWER's. */
void sat_hub_answer_args (const SatHubAnswer *answer, GPtrArray *args);
/* What the command line is to read on standard input, NULL: nothing. Newly allocated, secret. */
char *sat_hub_answer_input (const SatHubAnswer *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatHubQuestion, sat_hub_question_free)

G_END_DECLS
