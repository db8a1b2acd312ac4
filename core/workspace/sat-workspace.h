/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The façade: one replica, opened. The command line, the desktop app and sync use this header and
 * the others of core/workspace, nothing deeper (values, catalogue, records and drafts apart).
 *
 * Threads: a SatWorkspace belongs to one thread at a time; open several for several threads (SQLite
 * in WAL mode lets readers and one writer go on side by side; writers wait for one another up to 30
 * s). Everything returned is the caller's and immutable. Nothing here waits for a network.
 *
 * The replica's folder: replica.db (SQLite), device.key (Ed25519 seed, mode 0600) and, if it is a
 * copy, device-ID.key for each identity it took, git/ (sync's), sync.lock. Outside it, in
 * $XDG_STATE_HOME/satchel, ID-FOLDER.counter: how much that device has sealed, by which a replica
 * that was rolled back is noticed. */
#pragma once

#include <glib.h>

#include "core/base/sat-clock.h"
#include "core/base/sat-error.h"
#include "core/base/sat-id.h"
#include "core/base/sat-platform.h"
#include "core/catalogue/sat-catalogue.h"
#include "core/expression/sat-expression.h"
#include "core/record/sat-draft.h"
#include "core/record/sat-record.h"

G_BEGIN_DECLS

typedef struct _SatWorkspace SatWorkspace;

/* ---- opening ---- */

/* HOME must hold a replica, else SAT_ERROR_NOT_FOUND ("no workspace here; join one"). PLATFORM
 * NULL: the system. CATALOGUE NULL: the built-in one. Brings the schema up to date with the
 * catalogue, an older one after copying the database to before-upgrade-N.db. A replica that was
 * copied from elsewhere takes a new identity, before anything else is done with it. */
SatWorkspace *sat_workspace_open (const char *home,
                                  SatPlatform *platform,
                                  const SatCatalogue *catalogue,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sat_workspace_close (SatWorkspace *workspace); /* accepts NULL */
/* $XDG_DATA_HOME/satchel; newly allocated. */
char *sat_workspace_default_home (void);
/* Is there a replica in HOME? */
gboolean sat_workspace_exists (const char *home);

const char *sat_workspace_home (const SatWorkspace *workspace);
const SatCatalogue *sat_workspace_catalogue (const SatWorkspace *workspace);
SatPlatform *sat_workspace_platform (const SatWorkspace *workspace);
/* The object of that name, else the only one with that label in any language; the field of that
 * name or label (sat_object_find_called); or SAT_ERROR_INVALID that lists the names there are. */
const SatObject *
sat_workspace_object (const SatWorkspace *workspace, const char *name, GError **error);
const SatField *sat_workspace_field (const SatWorkspace *workspace,
                                     const SatObject *object,
                                     const char *name,
                                     GError **error);

/* ---- reading ---- */

SatRecord *
sat_workspace_load (SatWorkspace *workspace,
                    const SatObject *object,
                    const SatId *id,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT; /* NOT_FOUND if there is none */
/* Several by database row (see sat_workspace_list_rows), in that order; a row that is gone gives
 * NULL. For lists: their pictures are not read, and seem empty. */
GPtrArray *sat_workspace_load_rows (SatWorkspace *workspace,
                                    const SatObject *object,
                                    const gint64 *rows,
                                    guint n,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same with their pictures, each of which may take 90 kB. */
GPtrArray *sat_workspace_load_whole_rows (SatWorkspace *workspace,
                                          const SatObject *object,
                                          const gint64 *rows,
                                          guint n,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a person wrote for an id: 36 characters; a unique beginning or end of 6 or more; or "/title"
 * or "OBJECT/title" if exactly one shown record has that title. Else NOT_FOUND or AMBIGUOUS. */
gboolean sat_workspace_find (
    SatWorkspace *workspace, const SatObject *object, const char *text, SatId *out, GError **error);
/* The title of the record ID, of OBJECT or (OBJECT NULL) of any object; NULL if it is not here. */
char *sat_workspace_title (SatWorkspace *workspace, const SatObject *object, const SatId *id);

typedef struct
{
  const SatObject *object;
  const char *words;          /* search words; NULL or "" for all */
  const SatExpression *where; /* a filter over OBJECT; NULL for all */
  const char *const *sort;    /* field names, "-name" descending, NULL-terminated; NULL: by title */
  const SatField *reference;  /* only records whose REFERENCE field names TARGET; NULL: all */
  SatId target;
  gint64 limit; /* -1: no limit */
  gint64 offset;
  gboolean with_deleted;
} SatQuery;

/* The rows that QUERY finds, in its order: an array of gint64. Titles by pinyin; empty last. */
GArray *sat_workspace_list_rows (SatWorkspace *workspace,
                                 const SatQuery *query,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
gint64 sat_workspace_count (SatWorkspace *workspace,
                            const SatQuery *query,
                            GError **error); /* -1: failed */

typedef struct
{
  const SatObject *object;
  gint64 row;
} SatHit;
/* Over all objects, best first: an array of SatHit, LIMIT at most. */
GArray *sat_workspace_search (SatWorkspace *workspace,
                              const char *words,
                              guint limit,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same among the records of one object that QUERY finds, whose words they are. */
GArray *sat_workspace_search_in (SatWorkspace *workspace,
                                 const SatQuery *query,
                                 guint limit,
                                 GError **error);

/* One value a field has or had. */
typedef enum
{
  SAT_CURRENT,
  SAT_SIBLING,
  SAT_REPLACED,
  SAT_REPLACED_UNSEEN
} SatChangeState;
typedef struct
{
  const SatObject *object;
  const SatField *field; /* NULL for a field the catalogue does not know, and for life */
  char *field_name;      /* "life" for deleted / restored: value "live" or "dead" */
  char *value;           /* canonical, NULL: cleared; an element for tags */
  gboolean removed;      /* tags: the element was taken away */
  char *book; /* the change-set it came with: book, device, number; number 0: not sealed yet */
  SatId device;
  char *device_code; /* "W7", or "?" if the device is not known here */
  guint64 number;
  char *user; /* full name or login of the device's user; "?" if not known */
  SatHlc time;
  gboolean automatic; /* written by a rule */
  SatChangeState state;
} SatChange;
void sat_change_free (SatChange *change);

/* Every value FIELD (NULL: any field) of the record has or had, newest first: SatChange. */
GPtrArray *sat_workspace_history (SatWorkspace *workspace,
                                  const SatObject *object,
                                  const SatId *id,
                                  const SatField *field,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct
{
  const SatObject *object;
  const SatField *field;
  SatId id;
  char *title;
  GPtrArray
      *values;  /* SatChange, state CURRENT (the shown one, first) or SIBLING; numbered from 1 */
  char *before; /* the newest value that all of them replaced, canonical; NULL if none is known */
} SatConflict;
void sat_conflict_free (SatConflict *conflict);

/* Fields that wait for a person, oldest record first; LIMIT -1 for all. SatConflict. */
GPtrArray *sat_workspace_conflicts (SatWorkspace *workspace,
                                    gint64 limit,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
gint64 sat_workspace_n_conflicts (SatWorkspace *workspace);
/* Of one field; NULL without error if it is in no conflict. */
SatConflict *sat_workspace_conflict (SatWorkspace *workspace,
                                     const SatObject *object,
                                     const SatId *id,
                                     const SatField *field,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* ---- writing ---- */

/* Every write is one SQLite transaction, or part of the one that sat_workspace_begin opened;
 * nothing is half done whatever happens. */
gboolean sat_workspace_begin (SatWorkspace *workspace, GError **error);
gboolean sat_workspace_commit (SatWorkspace *workspace, GError **error);
void sat_workspace_rollback (SatWorkspace *workspace);

/* Checks DRAFT (the first problem is the error), writes it, and gives its id. An empty edit writes
 * nothing and succeeds. References must name a record that is here (SAT_ERROR_INVALID). */
gboolean
sat_workspace_save (SatWorkspace *workspace, SatDraft *draft, SatId *out_id, GError **error);

/* Deletes the record and its shown children; REMOVED (may be NULL) gets what an undo has to bring
 * back: an array of SatDeleted, children last. */
typedef struct
{
  const SatObject *object;
  SatId id;
} SatDeleted;
gboolean sat_workspace_delete (SatWorkspace *workspace,
                               const SatObject *object,
                               const SatId *id,
                               GArray **removed,
                               GError **error);
gboolean sat_workspace_undelete (SatWorkspace *workspace,
                                 const SatObject *object,
                                 const SatId *id,
                                 GError **error);

/* Settles a conflict with value number TAKE (from 1, as sat_workspace_conflict numbers them), or
 * with the canonical VALUE when TAKE is 0. An ordinary write that has seen all siblings. */
gboolean sat_workspace_resolve (SatWorkspace *workspace,
                                const SatObject *object,
                                const SatId *id,
                                const SatField *field,
                                guint take,
                                const char *value,
                                GError **error);

/* ---- the replica's state ---- */

typedef struct
{
  SatId device;
  guint64 number;
} SatVectorEntry;

typedef struct
{
  char *key;       /* in refs and change-sets */
  char *name;      /* its field */
  guint64 pending; /* changed records not sealed yet, plus sealed change-sets not pushed yet, as
                      records */
  GArray *vector;  /* SatVectorEntry, by device id */
} SatBookStatus;

typedef struct
{
  char *workspace; /* "" before the first sync */
  char *hub;
  char *user_login, *user_name;
  SatId device_id;
  char *device_name, *device_code;
  GPtrArray *books; /* SatBookStatus, company first */
  gint64 n_conflicts;
  gint64 n_quarantined;
  gint64 pending;      /* of all books */
  gint64 last_sync_ms; /* 0: never */
} SatStatus;
SatStatus *sat_workspace_status (SatWorkspace *workspace, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sat_status_free (SatStatus *status);

typedef struct
{
  char *book;
  char *digest; /* 64 hex characters */
  GArray *vector;
} SatDigest;
void sat_digest_free (SatDigest *digest);
/* Seals what is open first. SatDigest, company first. SAT_ERROR_BUSY while a change-set is half
 * applied: its vector would not say what is there. */
GPtrArray *sat_workspace_digest (SatWorkspace *workspace, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The canonical lines that BOOK's digest is taken over (docs/change-set-format.md), one by one. */
gboolean sat_workspace_canonical (SatWorkspace *workspace,
                                  const char *book,
                                  void (*line) (const char *text, gpointer data),
                                  gpointer data,
                                  GError **error);

typedef struct
{
  const char *name; /* "database", "schema", "registers", "search", "references", "quarantine",
                       "clock" ... */
  gboolean ok;
  char *detail_msgid; /* wording as in sat-error.h; NULL when there is nothing to say */
  char **detail_args;
} SatCheck;
void sat_check_free (SatCheck *check);
/* Looks at everything the database can be wrong in; with REPAIR derived data (search index, shown
 * values, conflicts, visibility) is made anew. SatCheck. */
GPtrArray *sat_workspace_doctor (SatWorkspace *workspace,
                                 gboolean repair,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Changes whenever any process has committed something since the last call with the same *TOKEN
 * (start with 0). Cheap: call it from a timer. */
gboolean sat_workspace_moved (SatWorkspace *workspace, guint64 *token);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatWorkspace, sat_workspace_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatChange, sat_change_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatConflict, sat_conflict_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatStatus, sat_status_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatDigest, sat_digest_free)

G_END_DECLS
