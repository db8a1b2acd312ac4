/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of sync/ share: a folder to work in, stock git and ssh-keygen beside our own code,
 * and a made-up workspace, so that every state of the exchange can be set up to the letter. */
#pragma once

#include "core/change/sat-change-set.h"
#include "sync/sat-git.h"
#include "sync/sat-sync.h"

G_BEGIN_DECLS

typedef struct
{
  char *dir;
} Sandbox;

/* A new folder, gone with everything in it when the test ends. */
void sandbox_set_up (Sandbox *sandbox, gconstpointer data);
void sandbox_tear_down (Sandbox *sandbox, gconstpointer data);
char *sandbox_path (const Sandbox *sandbox, const char *name);

/* Runs a program in folder CWD (NULL: here) with INPUT (may be NULL) as its standard input, in an
 * environment without anybody's git configuration. Its standard output; the test fails if it does.
 */
char *run (const char *cwd, const char *input, ...) G_GNUC_NULL_TERMINATED;
/* The same, for a program that must fail; its standard error. */
char *run_failing (const char *cwd, ...) G_GNUC_NULL_TERMINATED;

/* A device: a key made of one byte, and all that follows from it. */
typedef struct
{
  guint8 seed[SAT_KEY_SEED_SIZE];
  guint8 public_key[SAT_KEY_PUBLIC_SIZE];
  SatId id;
  char id_text[SAT_ID_TEXT_SIZE];
} Device;
Device make_device (guint8 byte);
/* Its private key in OpenSSH's form, for ssh-keygen. */
char *write_private_key (const Sandbox *sandbox, const Device *device);

/* A change-set of N records, each with a name of NAME_BYTES characters. */
GBytes *
make_text (const char *book, const SatId *device, guint64 number, guint n, gsize name_bytes);

/* ---- hubs ---- */

/* A bare repository NAME in the sandbox, with a first change-set of `company` by the device of byte
 * BYTE, as a founder leaves it. Its path. */
char *make_hub (const Sandbox *sandbox, const char *name, guint8 byte);
/* Adds a change-set of DEVICE to its branch in the hub, signed by SIGNER; the commit's name. */
char *hub_add (const char *hub,
               const char *book,
               const Device *device,
               guint64 epoch,
               guint64 number,
               GBytes *text,
               const Device *signer);
/* The commit that a branch of the hub is at; NULL if there is none. */
char *hub_tip (const char *hub, const char *book, const SatId *device);
void hub_set (const char *hub, const char *book, const SatId *device, const char *commit);

/* ---- the made-up workspace: defines what sync/ needs of sat-exchange.h and sat-workspace.h ----
 */

/* In folder DIR/NAME, holding the books company and customers. Closed by sat_workspace_close. */
SatWorkspace *fake_new (const char *dir, const char *name, guint8 byte, const char *hub);
/* Closed and opened again: what SQLite would remember stays, and nothing else. */
void fake_set_author (SatWorkspace *workspace, const char *name);
/* One more change-set of N records in BOOK, sealed at once. Its number. */
guint64 fake_write (SatWorkspace *workspace, const char *book, guint n);
guint64 fake_write_text (SatWorkspace *workspace, const char *book, GBytes *text);
/* Forgets that anything was committed or pushed from number FROM on. */
void fake_forget (SatWorkspace *workspace, const char *book, guint64 from);
/* Forgets that NUMBER and all later ones were ever sealed: a restored copy. */
void fake_restore (SatWorkspace *workspace, const char *book, guint64 number);
/* Of change-sets sealed and not pushed. */
guint fake_n_forks (SatWorkspace *workspace); /* how often sat_workspace_renew was called */
guint fake_n_unpushed (SatWorkspace *workspace);
/* The commit noted for a number, or NULL. */
const char *fake_commit (SatWorkspace *workspace, const char *book, guint64 number);
/* The text applied, or NULL. */
GBytes *
fake_applied (SatWorkspace *workspace, const char *book, const SatId *device, guint64 number);
/* The message of the quarantined change-set of DEVICE, or NULL. */
const char *fake_quarantine (SatWorkspace *workspace, const SatId *device);

G_END_DECLS
