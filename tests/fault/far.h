/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A world (replica.h) whose hub is reached over the network of net.h. */
#pragma once

#include "replica.h"
#include "tests/support/net.h"

G_BEGIN_DECLS

typedef struct
{
  World world;
  char *host_key;
  char *key;
  char *authorized;
  Net *net;
  char *url;
} Far;

/* What is asked, and what is answered. */
typedef struct
{
  SatQuestionKind kind;
  guint n;
  char *fingerprint;
  char *book; /* NULL: the hub's */
  gboolean known;
  gboolean yes;
  const char *user;
  const char *secret;
  guint n_wrong; /* answers that are wrong before that */
  gboolean keep;
} Person;

/* A SatSyncAsk; DATA is a Person, to be cleared afterwards. */
gboolean far_answer (const SatQuestion *question, SatAnswer *answer, gpointer data);
void far_person_clear (Person *person);

void far_set_up (Far *far, gconstpointer data);
void far_tear_down (Far *far, gconstpointer data);
/* Starts the server; far->url is the hub's address. */
void far_ssh (Far *far);
void far_web (Far *far, NetWeb kind);
/* Of the server's key, as ssh-keygen says it. Newly allocated. */
char *far_fingerprint (Far *far);

SatWorkspace *far_join (Far *far,
                        const char *name,
                        const char *login,
                        guint64 seed,
                        const SatSyncOptions *options,
                        GError **error);
SatSyncResult far_sync (SatWorkspace *workspace, const SatSyncOptions *options);
/* One line with these words. */
void far_assert_says (const GError *error, SatErrorCode code, const char *words);
void far_assert_sync_fails (SatWorkspace *workspace,
                            const SatSyncOptions *options,
                            SatErrorCode code,
                            const char *words);
/* And leaves nothing. */
void far_assert_join_fails (Far *far,
                            const SatSyncOptions *options,
                            SatErrorCode code,
                            const char *words);

/* Runs the tests with nothing of the person who runs them: neither ssh keys nor a key ring. Call
 * it right after g_test_init and the adding of tests. */
int far_main (void);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Person, far_person_clear)

G_END_DECLS
