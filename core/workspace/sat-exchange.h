/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What sync/ needs of a replica: making one, the device's key, sealed change-sets out, foreign ones
 * in. Texts are those of docs/change-set-format.md; core knows nothing of git. */
#pragma once

#include "core/base/sat-invitation.h"
#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

#define SAT_BOOK_KEY_COMPANY "company"
#define SAT_KEY_SEED_SIZE 32
#define SAT_KEY_PUBLIC_SIZE 32

/* ---- a new replica ---- */

/* Makes HOME (which must not hold a replica) with a new device: its Ed25519 key, and its id, which
 * is derived from the public key (sat_device_id_from_key), so that a signature proves the device.
 * It holds book `company` and no records yet. */
SatWorkspace *sat_workspace_create (const char *home,
                                    SatPlatform *platform,
                                    const SatCatalogue *catalogue,
                                    const char *hub,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* UUIDv8 of the first 16 bytes of SHA-256 (nil id, "satchel device", public key). */
void sat_device_id_from_key (const guint8 public_key[SAT_KEY_PUBLIC_SIZE], SatId *out);

/* This device, or the former one that is acted for; the pointer stays the same. */
const SatId *sat_workspace_device (const SatWorkspace *workspace);
/* Is the key there, and this device's? Without it everything works but signing; call before using
 * the two below. */
gboolean sat_workspace_check_key (const SatWorkspace *workspace, GError **error);
const guint8 *sat_workspace_key_seed (const SatWorkspace *workspace); /* secret */
const guint8 *sat_workspace_public_key (const SatWorkspace *workspace);
const char *sat_workspace_hub (const SatWorkspace *workspace); /* "": none is known yet */
/* The hub has moved. The caller has made sure that it holds the same workspace. */
gboolean sat_workspace_set_hub (SatWorkspace *workspace, const char *hub, GError **error);

/* The founder's first change-set of `company` (a replica just created): workspace, its currency,
 * BOOKS (names; their keys are made here), administrator. */
gboolean sat_workspace_found (SatWorkspace *workspace,
                              const char *name,
                              const char *currency,
                              const char *const *books,
                              GError **error);

/* After `company` was received: writes the user (id derived from workspace and LOGIN; written only
 * if not there yet) and the device record, and holds the books named BOOKS (keys or names; NULL:
 * all). A short code that no known device has is chosen from the device id; where no hub is known,
 * the last 6 characters of the id serve until one is. NOT_FOUND if the
 * workspace record is not here, or a book is not. */
gboolean sat_workspace_join (SatWorkspace *workspace,
                             const char *login,
                             const char *full_name,
                             const char *device_name,
                             const char *const *books,
                             GError **error);
/* Has another device the same short code? Then another one is taken (returns TRUE in *CHANGED). */
gboolean sat_workspace_settle_code (SatWorkspace *workspace, gboolean *changed, GError **error);

/* ---- copies ----
 * A replica that turns out to be a copy (of a disk, a folder, an image, a backup) goes on as a new
 * device, with a new key. What the old device sealed stays the old device's and is sent as such;
 * the rest is the new one's. sat_workspace_open notices most copies itself. */

/* Of BOOK, the change-sets up to NUMBER are on the hub (or wait to be) just as this replica sealed
 * them; those after it are on the hub as another copy made them. */
typedef struct
{
  const char *book;
  guint64 number;
} SatFork;
/* Takes a new identity. Books that FORKS does not name keep all that was sealed. */
gboolean
sat_workspace_renew (SatWorkspace *workspace, const SatFork *forks, guint n_forks, GError **error);
/* The devices that this replica was before and whose change-sets are not all pushed: SatId. */
GArray *sat_workspace_formers (SatWorkspace *workspace, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* From now on device, key, unpushed and mark_... are those of FORMER (NULL: of this device again).
 * FALSE if the key of FORMER is not here. */
gboolean sat_workspace_act_as (SatWorkspace *workspace, const SatId *former, GError **error);
/* After applying: the short code of a new identity, while it may clash with another's, and that of
 * a device that joined without a hub, once one is known. */
gboolean sat_workspace_settle_renewed (SatWorkspace *workspace, GError **error);

/* Keys of the books held, company first, NULL-terminated. */
char **sat_workspace_books (SatWorkspace *workspace, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* ---- out ---- */

/* Closes the open change-sets of all books (none open: nothing happens). */
gboolean sat_workspace_seal (SatWorkspace *workspace, GError **error);

typedef struct
{
  char *book;
  guint64 number;
  gint64 time_ms; /* of sealing */
  GBytes *text;
  char *commit; /* the id of the commit made from it, or NULL */
} SatSealed;
void sat_sealed_free (SatSealed *sealed);

/* What this device sealed and has not seen pushed, by book and number, but for the books in which
 * it is revoked: nobody would take it. SatSealed. LIMIT_BYTES bounds the texts of one call (at
 * least one is returned). */
GPtrArray *sat_workspace_unpushed (SatWorkspace *workspace,
                                   gsize limit_bytes,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same of the books for which TEST is TRUE (NULL: of all). */
typedef gboolean (*SatBookTest) (const char *book, gpointer data);
GPtrArray *sat_workspace_unpushed_in (SatWorkspace *workspace,
                                      gsize limit_bytes,
                                      SatBookTest test,
                                      gpointer data,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sat_workspace_mark_committed (
    SatWorkspace *workspace, const char *book, guint64 number, const char *commit, GError **error);
/* All numbers of BOOK up to NUMBER are on the hub, whose branch stands at COMMIT. Their texts may
 * go. */
gboolean sat_workspace_mark_pushed (SatWorkspace *workspace,
                                    const char *book,
                                    guint64 number,
                                    GError **error);
/* The epoch of this device's change-set NUMBER of BOOK: on which of its branches it stands
 * (docs/git-format.md); *FIRST (may be NULL): the number that begins it. 0 with ERROR set when that
 * cannot be read. */
guint64 sat_workspace_epoch (
    SatWorkspace *workspace, const char *book, guint64 number, guint64 *first, GError **error);
/* The next change-set that is sealed in BOOK begins an epoch. Nothing happens while the current one
 * is empty. */
gboolean sat_workspace_begin_epoch (SatWorkspace *workspace, const char *book, GError **error);
/* The epoch of this device's change-set NUMBER of BOOK is called TO from now on, which is the name
 * of none: it goes on under another branch, since somebody else has written on its own. */
gboolean sat_workspace_move_epoch (
    SatWorkspace *workspace, const char *book, guint64 number, guint64 to, GError **error);
/* The author line of this device's commits: full name and an address. Newly allocated. */
void sat_workspace_author (SatWorkspace *workspace, char **name, char **email);

/* ---- in ---- */

/* Change-set NUMBER of DEVICE in BOOK as it was fetched. NULL without error: not here.
 * SAT_ERROR_MALFORMED or SAT_ERROR_REFUSED: it is here and wrong in itself (signature, branch):
 * goes to quarantine with that message and holds up its device. Any other error stops the applying.
 */
typedef GBytes *(*SatChangeTextFunc) (
    const char *book, const SatId *device, guint64 number, gpointer data, GError **error);

typedef struct _SatInbox SatInbox;

/* Applies what TEXT has to offer. Texts are asked for again after a crash; nothing is remembered
 * but what was applied. */
SatInbox *sat_inbox_new (SatWorkspace *workspace, SatChangeTextFunc text, gpointer data);
void sat_inbox_free (SatInbox *inbox);
/* There may be change-sets of DEVICE in BOOK beyond what was applied. Books not held are ignored.
 */
void sat_inbox_offer (SatInbox *inbox, const char *book, const SatId *device);

typedef struct
{
  guint64 change_sets; /* applied to the end since the inbox was made */
  guint64 operations;
  gboolean done;   /* nothing more can be applied now */
  guint64 waiting; /* devices whose next change-set waits for others, or for an update */
  guint64 quarantined;
  guint64 cut_off;   /* revoked devices, of which what is left does not count */
  guint64 strangers; /* branches that wait until an administrator admits their device */
} SatInboxProgress;

/* One slice: a transaction of about BUDGET_MS (0: everything in one go per change-set). Seals
 * first. Call until done. A person's save waits for one slice at most. */
gboolean
sat_inbox_step (SatInbox *inbox, guint budget_ms, SatInboxProgress *progress, GError **error);

/* Afterwards: brings the search index up to date with what was applied, in slices; *MORE says
 * whether to call again. */
gboolean
sat_workspace_index_step (SatWorkspace *workspace, guint budget_ms, gboolean *more, GError **error);

/* The automatic merge of long texts (RULES R8): a three-way merge by lines, newly allocated, or
 * NULL when the sides clash. */
typedef char *(*SatTextMergeFunc) (const char *base,
                                   const char *ours,
                                   const char *theirs,
                                   gpointer data);
gboolean sat_workspace_merge_texts (
    SatWorkspace *workspace, SatTextMergeFunc merge, gpointer data, guint *merged, GError **error);

/* Carries records that have moved to where they are now, and late edits after them: what the books
 * held here have to be told of each other (docs/architecture.md, "Books"). One round, in slices of
 * about BUDGET_MS (0: in one go); call until *MORE is FALSE, after all that arrived is applied. */
typedef struct _SatForwarder SatForwarder;
SatForwarder *sat_forwarder_new (SatWorkspace *workspace);
void sat_forwarder_free (SatForwarder *forwarder);
gboolean
sat_forwarder_step (SatForwarder *forwarder, guint budget_ms, gboolean *more, GError **error);
guint64 sat_forwarder_n_grafts (const SatForwarder *forwarder); /* carried so far */

/* After everything was sent: the books that were released, and of which nothing waits any more,
 * leave the replica: records, history, vectors. *DROPPED: how many. Numbers are never used twice,
 * and those of a book that is gone are not known any more; so the replica goes on as a new device.
 */
gboolean sat_workspace_drop_released (SatWorkspace *workspace, guint *dropped, GError **error);
/* Must what sync/ keeps of the books be made anew, since one left? */
gboolean sat_workspace_cache_is_stale (SatWorkspace *workspace);
gboolean sat_workspace_note_cache_fresh (SatWorkspace *workspace, GError **error);

/* How many change-sets of DEVICE in BOOK are applied here: 0 .. n. */
guint64 sat_workspace_applied (SatWorkspace *workspace, const char *book, const SatId *device);
/* Shown by `satchel devices` and doctor: one is quarantined, with its reason. Cleared when it
 * applies. */
typedef struct
{
  char *book;
  SatId device;
  guint64 number;
  gboolean newer; /* waits for an update rather than being wrong */
  char *msgid;
  char **args;
} SatQuarantined;
void sat_quarantined_free (SatQuarantined *quarantined);
GPtrArray *sat_workspace_quarantine (SatWorkspace *workspace,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What was offered of revoked devices beyond what is applied, for sat_workspace_cut_offs: a line
 * "BOOK DEVICE NUMBER" each. */
gboolean sat_workspace_note_cut_off (SatWorkspace *workspace, const char *text, GError **error);

/* SITE is gone to next, a repository that a book is in; NULL: no more. What sat_workspace_at_site
 * says then, newly allocated, is where an exchange was that never came back. */
gboolean sat_workspace_note_at_site (SatWorkspace *workspace, const char *site, GError **error);
char *sat_workspace_at_site (SatWorkspace *workspace); /* NULL: none */

gboolean sat_workspace_note_synced (SatWorkspace *workspace, gint64 time_ms, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatForwarder, sat_forwarder_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatInbox, sat_inbox_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatSealed, sat_sealed_free)

G_END_DECLS
