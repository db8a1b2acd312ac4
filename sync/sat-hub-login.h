/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is at the other end, and who we are: the answers to what libgit2 asks while it connects.
 *
 * libgit2 asks for credentials again after every refusal, for ever; here each thing that could be
 * right is offered once a connection, so that wrong ones end with a sentence. A key with a
 * passphrase is asked for again, a few times: whether the passphrase was wrong or the hub does not
 * know the key is not told. Without a callback of
 * ours it would accept what ~/.ssh/known_hosts and the system's authorities vouch for, and nothing
 * else; that is accepted here too, and what a person has accepted for this replica. */
#pragma once

#include "sync/sat-git.h"
#include "sync/sat-hub-secret.h"
#include "sync/sat-sync.h"

G_BEGIN_DECLS

typedef struct
{
  const char *home; /* borrowed, as are the next two */
  const SatHubAddress *address;
  const SatSyncOptions *options;
  char *book; /* whose repository it is, its key; NULL: it is the hub */
  char *book_name;
  char *server;       /* what a login is for (sat_hub_address_server) */
  GHashTable *left;   /* server -> SatLogin, of servers that were gone to before; NULL: none */
  SatLogin login;     /* that the hub is offered, or has accepted; over http */
  gboolean login_new; /* it was answered by a person and is not kept anywhere */
  GPtrArray *keys;    /* paths of the key files not yet tried on this connection; NULL: not begun */
  guint n_offers;     /* on this connection */
  guint n_questions;  /* on this connection */
  GHashTable *passphrases; /* path of a key -> what opened it, or is about to; NULL: none */
  GHashTable *looked_up;   /* paths whose passphrase the secret service was asked for; NULL: none */
  char *locked;        /* of the keys with a passphrase, the one offered last on this connection */
  guint n_passphrases; /* asked of a person, on all connections, and not right yet */
  gboolean keep;       /* a person wants that of LOCKED kept */
  gboolean user_said;  /* ssh has been told the user */
  gboolean agent_tried;
  GError *error; /* why libgit2 was told to stop */
} SatHubLogin;

/* From here on the connections go to ADDRESS, the repository of BOOK (its key and name; NULL: the
 * hub). A login is for one server alone; that of the one left is there again when it is gone back
 * to. Passphrases, which no server sees, stay. */
void sat_hub_login_go (SatHubLogin *login,
                       const SatHubAddress *address,
                       const char *book,
                       const char *book_name);
/* Before each connection. */
void sat_hub_login_begin (SatHubLogin *login);
/* After a connection was made: a login that a person has typed goes to the secret service, if there
 * is one, and so does a passphrase that is to be kept. */
void sat_hub_login_accepted (SatHubLogin *login);
/* After one failed: was it for a passphrase that some versions of libssh2 give up at? Then it is to
 * be made once more, and a person is asked again. */
gboolean sat_hub_login_retry (SatHubLogin *login);
void sat_hub_login_clear (SatHubLogin *login);

/* git_credential_acquire_cb and git_transport_certificate_check_cb but for the payload, which is
 * LOGIN. */
int sat_hub_login_credential (SatHubLogin *login,
                              git_credential **out,
                              const char *user,
                              unsigned int allowed);
int sat_hub_login_certificate (SatHubLogin *login, git_cert *cert, gboolean valid);

G_END_DECLS
