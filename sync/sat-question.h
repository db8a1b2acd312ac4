/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What only a person can answer while a hub, or the repository of a book, is being reached.
 * Programs without a person at hand show the question, end, and come back with the answer:
 * --accept-host FINGERPRINT, `satchel hub trust`, `satchel hub login`. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SAT_QUESTION_HOST_KEY,    /* ssh: a computer not known, or (KNOWN is set) one with another key */
  SAT_QUESTION_CERTIFICATE, /* https: the same with a certificate nobody vouches for */
  SAT_QUESTION_LOGIN,       /* http(s): user and password or token */
  SAT_QUESTION_PASSPHRASE,  /* ssh: of the key in FILE */
} SatQuestionKind;
/* "host-key", "certificate", "login", "passphrase": the word in question lines. */
const char *sat_question_name (SatQuestionKind kind);

typedef struct
{
  SatQuestionKind kind;
  const char *hub;  /* its address */
  const char *book; /* the name of the book whose repository it is; NULL: it is the hub */
  const char *host;
  guint port;
  const char *fingerprint; /* shown by the other side: host key and certificate */
  const char *known;       /* the one accepted before, if that was another: never answer yes */
  const char *user;        /* login: that is known or was tried; may be NULL */
  const char *file;        /* passphrase */
  gboolean again;          /* the last answer was not right, or the hub does not know the key */
} SatQuestion;

typedef struct
{
  char *user;    /* newly allocated, for a login */
  char *secret;  /* newly allocated, for a login or a passphrase */
  gboolean keep; /* passphrase: in the secret service, once the hub has let us in with it */
} SatAnswer;

/* TRUE: yes, or ANSWER is filled. Asked at most three times in a row. */
typedef gboolean (*SatSyncAsk) (const SatQuestion *question, SatAnswer *answer, gpointer data);

G_END_DECLS
