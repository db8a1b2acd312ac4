/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workspace without a database: what was sealed, committed, pushed and applied, in arrays. It
 * applies number after number and knows no causes; everything else is as sat-exchange.h says. */
#include <string.h>

#include "core/workspace/sat-exchange-files.h"
#include "core/workspace/sat-workspace-books.h"
#include "core/workspace/sat-workspace-devices.h"
#include "core/workspace/sat-workspace-marks.h"
#include "sync-fixture.h"

typedef struct
{
  SatSealed sealed;
  gboolean pushed;
} Sealed;

struct _SatWorkspace
{
  char *home;
  char *hub;
  Device device;
  SatPlatform *platform;
  char *author;
  GPtrArray *sealed;     /* Sealed, by number within a book */
  GHashTable *texts;     /* "book/device/number" -> GBytes applied */
  GHashTable *applied;   /* "book/device" -> number */
  guint forks;           /* how often it was told of another copy */
  GPtrArray *quarantine; /* SatQuarantined; the message is its msgid */
  char *moved_book;      /* whose epoch has another name */
  guint64 moved_to;
};

struct _SatInbox
{
  SatWorkspace *workspace;
  SatChangeTextFunc text;
  gpointer data;
  GPtrArray *offers; /* SatQuarantined, for book and device */
  guint64 change_sets;
};

static void
sealed_free (gpointer data)
{
  Sealed *one = data;

  g_free (one->sealed.book);
  g_free (one->sealed.commit);
  g_bytes_unref (one->sealed.text);
  g_free (one);
}

static SatQuarantined *
quarantined_new (const char *book, const SatId *device, const char *message)
{
  SatQuarantined *one = g_new0 (SatQuarantined, 1);

  one->book = g_strdup (book);
  one->device = *device;
  one->msgid = g_strdup (message);
  return one;
}

void
sat_quarantined_free (SatQuarantined *one)
{
  g_free (one->book);
  g_free (one->msgid);
  g_strfreev (one->args);
  g_free (one);
}

void
sat_sealed_free (SatSealed *sealed)
{
  g_free (sealed->book);
  g_free (sealed->commit);
  g_bytes_unref (sealed->text);
  g_free (sealed);
}

/* ---- making it ---- */

SatWorkspace *
fake_new (const char *dir, const char *name, guint8 byte, const char *hub)
{
  SatWorkspace *workspace = g_new0 (SatWorkspace, 1);

  workspace->home = g_build_filename (dir, name, NULL);
  workspace->hub = g_strdup (hub);
  workspace->device = make_device (byte);
  workspace->platform = sat_platform_new_seeded (byte, 1760000000000);
  workspace->author = g_strdup ("王 芳");
  workspace->sealed = g_ptr_array_new_with_free_func (sealed_free);
  workspace->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) g_bytes_unref);
  workspace->applied = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  workspace->quarantine = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_quarantined_free);
  g_assert_cmpint (g_mkdir_with_parents (workspace->home, 0700), ==, 0);
  return workspace;
}

void
sat_workspace_close (SatWorkspace *workspace)
{
  if (workspace == NULL)
    return;
  g_free (workspace->home);
  g_free (workspace->hub);
  g_free (workspace->author);
  g_free (workspace->moved_book);
  sat_platform_unref (workspace->platform);
  g_ptr_array_unref (workspace->sealed);
  g_hash_table_unref (workspace->texts);
  g_hash_table_unref (workspace->applied);
  g_ptr_array_unref (workspace->quarantine);
  g_free (workspace);
}

static guint64
last_number (SatWorkspace *workspace, const char *book)
{
  guint64 last = 0;

  for (guint i = 0; i < workspace->sealed->len; i++)
    {
      const Sealed *one = g_ptr_array_index (workspace->sealed, i);

      if (strcmp (one->sealed.book, book) == 0)
        last = MAX (last, one->sealed.number);
    }
  return last;
}

guint64
fake_write_text (SatWorkspace *workspace, const char *book, GBytes *text)
{
  Sealed *one = g_new0 (Sealed, 1);

  one->sealed.book = g_strdup (book);
  one->sealed.number = last_number (workspace, book) + 1;
  one->sealed.time_ms = 1760000000000 + (gint64) one->sealed.number * 1000;
  one->sealed.text = g_bytes_ref (text);
  g_ptr_array_add (workspace->sealed, one);
  return one->sealed.number;
}

guint64
fake_write (SatWorkspace *workspace, const char *book, guint n)
{
  g_autoptr (GBytes) text = make_text (book, &workspace->device.id,
                                       last_number (workspace, book) + 1, n, 10);

  return fake_write_text (workspace, book, text);
}

void
fake_set_author (SatWorkspace *workspace, const char *name)
{
  g_free (workspace->author);
  workspace->author = g_strdup (name);
}

void
fake_forget (SatWorkspace *workspace, const char *book, guint64 from)
{
  for (guint i = 0; i < workspace->sealed->len; i++)
    {
      Sealed *one = g_ptr_array_index (workspace->sealed, i);

      if (strcmp (one->sealed.book, book) != 0 || one->sealed.number < from)
        continue;
      one->pushed = FALSE;
      g_clear_pointer (&one->sealed.commit, g_free);
    }
}

void
fake_restore (SatWorkspace *workspace, const char *book, guint64 number)
{
  for (guint i = workspace->sealed->len; i > 0; i--)
    {
      const Sealed *one = g_ptr_array_index (workspace->sealed, i - 1);

      if (strcmp (one->sealed.book, book) == 0 && one->sealed.number >= number)
        g_ptr_array_remove_index (workspace->sealed, i - 1);
    }
}

/* ---- looking at it ---- */

guint
fake_n_unpushed (SatWorkspace *workspace)
{
  guint n = 0;

  for (guint i = 0; i < workspace->sealed->len; i++)
    n += ((const Sealed *) g_ptr_array_index (workspace->sealed, i))->pushed ? 0 : 1;
  return n;
}

static Sealed *
find (SatWorkspace *workspace, const char *book, guint64 number)
{
  for (guint i = 0; i < workspace->sealed->len; i++)
    {
      Sealed *one = g_ptr_array_index (workspace->sealed, i);

      if (one->sealed.number == number && strcmp (one->sealed.book, book) == 0)
        return one;
    }
  return NULL;
}

const char *
fake_commit (SatWorkspace *workspace, const char *book, guint64 number)
{
  return find (workspace, book, number)->sealed.commit;
}

static char *
line_key (const char *book, const SatId *device)
{
  char text[SAT_ID_TEXT_SIZE];

  return g_strconcat (book, "/", sat_id_format (device, text), NULL);
}

static char *
text_key (const char *book, const SatId *device, guint64 number)
{
  g_autofree char *line = line_key (book, device);

  return g_strdup_printf ("%s/%" G_GUINT64_FORMAT, line, number);
}

GBytes *
fake_applied (SatWorkspace *workspace, const char *book, const SatId *device, guint64 number)
{
  g_autofree char *key = text_key (book, device, number);

  return g_hash_table_lookup (workspace->texts, key);
}

const char *
fake_quarantine (SatWorkspace *workspace, const SatId *device)
{
  for (guint i = 0; i < workspace->quarantine->len; i++)
    {
      const SatQuarantined *one = g_ptr_array_index (workspace->quarantine, i);

      if (sat_id_equal (&one->device, device))
        return one->msgid;
    }
  return NULL;
}

/* ---- what sync/ uses ---- */

void
sat_device_id_from_key (const guint8 public_key[SAT_KEY_PUBLIC_SIZE], SatId *out)
{
  static const char prefix[] = "satchel device";
  char input[sizeof prefix - 1 + SAT_KEY_PUBLIC_SIZE];

  memcpy (input, prefix, sizeof prefix - 1);
  memcpy (input + sizeof prefix - 1, public_key, SAT_KEY_PUBLIC_SIZE);
  sat_id_derive (NULL, input, sizeof input, out);
}

const char *
sat_workspace_home (const SatWorkspace *workspace)
{
  return workspace->home;
}

const char *
sat_workspace_hub (const SatWorkspace *workspace)
{
  return workspace->hub;
}

gboolean
sat_workspace_set_hub (SatWorkspace *workspace, const char *hub, GError **error)
{
  (void) error;
  g_free (workspace->hub);
  workspace->hub = g_strdup (hub);
  return TRUE;
}

SatPlatform *
sat_workspace_platform (const SatWorkspace *workspace)
{
  return workspace->platform;
}

const SatId *
sat_workspace_device (const SatWorkspace *workspace)
{
  return &workspace->device.id;
}

gboolean
sat_workspace_check_key (const SatWorkspace *workspace, GError **error)
{
  return TRUE;
}

const guint8 *
sat_workspace_key_seed (const SatWorkspace *workspace)
{
  return workspace->device.seed;
}

const guint8 *
sat_workspace_public_key (const SatWorkspace *workspace)
{
  return workspace->device.public_key;
}

void
sat_workspace_author (SatWorkspace *workspace, char **name, char **email)
{
  *name = g_strdup (workspace->author);
  *email = g_strdup ("wang@example.org");
}

char **
sat_workspace_books (SatWorkspace *workspace, GError **error)
{
  static const char *const books[] = { SAT_BOOK_KEY_COMPANY, "customers", NULL };

  return g_strdupv ((char **) books);
}

gboolean
sat_workspace_publish_marks (SatWorkspace *workspace, GError **error)
{
  return TRUE;
}

gboolean
sat_workspace_report (SatWorkspace *workspace, GError **error)
{
  return TRUE;
}

gboolean
sat_workspace_begin (SatWorkspace *workspace, GError **error)
{
  return TRUE;
}

void
sat_workspace_rollback (SatWorkspace *workspace)
{
}

gboolean
sat_workspace_seal (SatWorkspace *workspace, GError **error)
{
  return TRUE;
}

static int
compare_sealed (gconstpointer a, gconstpointer b)
{
  const SatSealed *left = *(const SatSealed *const *) a;
  const SatSealed *right = *(const SatSealed *const *) b;
  int books = strcmp (left->book, right->book);

  return books ? books : (left->number > right->number) - (left->number < right->number);
}

/* One epoch, with another name than 1 in the book in which it was moved. */
guint64
sat_workspace_epoch (
    SatWorkspace *workspace, const char *book, guint64 number, guint64 *first, GError **error)
{
  if (first != NULL)
    *first = 1;
  return g_strcmp0 (book, workspace->moved_book) == 0 ? workspace->moved_to : 1;
}

gboolean
sat_workspace_move_epoch (
    SatWorkspace *workspace, const char *book, guint64 number, guint64 to, GError **error)
{
  g_free (workspace->moved_book);
  workspace->moved_book = g_strdup (book);
  workspace->moved_to = to;
  return TRUE;
}

gboolean
sat_workspace_begin_epoch (SatWorkspace *workspace, const char *book, GError **error)
{
  return TRUE;
}

char *
sat_workspace_book_name (SatWorkspace *workspace, const char *key)
{
  return g_strdup (key);
}

GHashTable *
sat_workspace_repositories (SatWorkspace *workspace, GError **error)
{
  return g_hash_table_new (g_str_hash, g_str_equal);
}

GPtrArray *
sat_workspace_unpushed_in (
    SatWorkspace *workspace, gsize limit_bytes, SatBookTest test, gpointer data, GError **error)
{
  GPtrArray *out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_sealed_free);
  gsize bytes = 0;

  for (guint i = 0; i < workspace->sealed->len; i++)
    {
      const Sealed *one = g_ptr_array_index (workspace->sealed, i);
      SatSealed *copy;

      if (one->pushed || (test != NULL && !test (one->sealed.book, data)))
        continue;
      copy = g_new (SatSealed, 1);
      *copy = one->sealed;
      copy->book = g_strdup (one->sealed.book);
      copy->commit = g_strdup (one->sealed.commit);
      copy->text = g_bytes_ref (one->sealed.text);
      g_ptr_array_add (out, copy);
    }
  g_ptr_array_sort (out, compare_sealed);
  for (guint i = 0; i < out->len; i++)
    {
      bytes += g_bytes_get_size (((const SatSealed *) g_ptr_array_index (out, i))->text);
      if (i > 0 && bytes > limit_bytes)
        g_ptr_array_set_size (out, (int) i);
    }
  return out;
}

GPtrArray *
sat_workspace_unpushed (SatWorkspace *workspace, gsize limit_bytes, GError **error)
{
  return sat_workspace_unpushed_in (workspace, limit_bytes, NULL, NULL, error);
}

/* It is no copy. */
GArray *
sat_workspace_formers (SatWorkspace *workspace, GError **error)
{
  return g_array_new (FALSE, FALSE, sizeof (SatId));
}

gboolean
sat_workspace_act_as (SatWorkspace *workspace, const SatId *former, GError **error)
{
  g_assert_null (former);
  return TRUE;
}

gboolean
sat_workspace_settle_renewed (SatWorkspace *workspace, GError **error)
{
  return TRUE;
}

/* It keeps its identity; a real one does not. */
gboolean
sat_workspace_renew (SatWorkspace *workspace, const SatFork *forks, guint n_forks, GError **error)
{
  workspace->forks += n_forks;
  return TRUE;
}

guint
fake_n_forks (SatWorkspace *workspace)
{
  return workspace->forks;
}

gboolean
sat_workspace_mark_committed (
    SatWorkspace *workspace, const char *book, guint64 number, const char *commit, GError **error)
{
  Sealed *one = find (workspace, book, number);

  g_free (one->sealed.commit);
  one->sealed.commit = g_strdup (commit);
  return TRUE;
}

gboolean
sat_workspace_mark_pushed (SatWorkspace *workspace,
                           const char *book,
                           guint64 number,
                           GError **error)
{
  for (guint64 i = 1; i <= number; i++)
    {
      g_assert_nonnull (find (workspace, book, i));
      g_assert_nonnull (find (workspace, book, i)->sealed.commit);
      find (workspace, book, i)->pushed = TRUE;
    }
  return TRUE;
}

guint64
sat_workspace_applied (SatWorkspace *workspace, const char *book, const SatId *device)
{
  g_autofree char *key = line_key (book, device);

  if (sat_id_equal (device, &workspace->device.id))
    return last_number (workspace, book);
  return GPOINTER_TO_SIZE (g_hash_table_lookup (workspace->applied, key));
}

SatInbox *
sat_inbox_new (SatWorkspace *workspace, SatChangeTextFunc text, gpointer data)
{
  SatInbox *inbox = g_new0 (SatInbox, 1);

  inbox->workspace = workspace;
  inbox->text = text;
  inbox->data = data;
  inbox->offers = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_quarantined_free);
  return inbox;
}

void
sat_inbox_free (SatInbox *inbox)
{
  g_ptr_array_unref (inbox->offers);
  g_free (inbox);
}

void
sat_inbox_offer (SatInbox *inbox, const char *book, const SatId *device)
{
  g_ptr_array_add (inbox->offers, quarantined_new (book, device, ""));
}

static void
release (SatWorkspace *workspace, const SatQuarantined *line)
{
  for (guint i = workspace->quarantine->len; i > 0; i--)
    {
      const SatQuarantined *one = g_ptr_array_index (workspace->quarantine, i - 1);

      if (strcmp (one->book, line->book) == 0 && sat_id_equal (&one->device, &line->device))
        g_ptr_array_remove_index (workspace->quarantine, i - 1);
    }
}

/* One change-set of the first line offered; *LEFT: the line has no more. */
static gboolean
apply_next (SatInbox *inbox, const SatQuarantined *line, gboolean *left, GError **error)
{
  SatWorkspace *workspace = inbox->workspace;
  guint64 number = sat_workspace_applied (workspace, line->book, &line->device) + 1;
  SatQuarantined *aside;
  g_autoptr (GError) local = NULL;
  GBytes *text = inbox->text (line->book, &line->device, number, inbox->data, &local);

  *left = text == NULL;
  release (workspace, line);
  if (text)
    {
      g_hash_table_insert (workspace->texts, text_key (line->book, &line->device, number), text);
      g_hash_table_insert (workspace->applied, line_key (line->book, &line->device),
                           GSIZE_TO_POINTER (number));
      inbox->change_sets++;
      return TRUE;
    }
  if (local == NULL)
    return TRUE;
  if (g_error_matches (local, SAT_ERROR, SAT_ERROR_MALFORMED) ||
      g_error_matches (local, SAT_ERROR, SAT_ERROR_REFUSED))
    {
      aside = quarantined_new (line->book, &line->device, local->message);
      aside->number = number;
      g_ptr_array_add (workspace->quarantine, aside);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
sat_inbox_step (SatInbox *inbox, guint budget_ms, SatInboxProgress *progress, GError **error)
{
  gboolean left = TRUE;

  if (inbox->offers->len > 0 &&
      !apply_next (inbox, g_ptr_array_index (inbox->offers, 0), &left, error))
    return FALSE;
  if (left && inbox->offers->len > 0)
    g_ptr_array_remove_index (inbox->offers, 0);
  *progress = (SatInboxProgress){ .change_sets = inbox->change_sets,
                                  .done = inbox->offers->len == 0,
                                  .quarantined = inbox->workspace->quarantine->len };
  return TRUE;
}

gboolean
sat_workspace_index_step (SatWorkspace *workspace, guint budget_ms, gboolean *more, GError **error)
{
  *more = FALSE;
  return TRUE;
}

gboolean
sat_workspace_merge_texts (
    SatWorkspace *workspace, SatTextMergeFunc merge, gpointer data, guint *merged, GError **error)
{
  *merged = 0;
  return TRUE;
}

gboolean
sat_workspace_drop_released (SatWorkspace *workspace, guint *dropped, GError **error)
{
  *dropped = 0;
  return TRUE;
}

gboolean
sat_workspace_cache_is_stale (SatWorkspace *workspace)
{
  return FALSE;
}

gboolean
sat_workspace_note_cache_fresh (SatWorkspace *workspace, GError **error)
{
  return TRUE;
}

SatForwarder *
sat_forwarder_new (SatWorkspace *workspace)
{
  return (SatForwarder *) workspace; /* it has nothing of its own */
}

void
sat_forwarder_free (SatForwarder *forwarder)
{
}

gboolean
sat_forwarder_step (SatForwarder *forwarder, guint budget_ms, gboolean *more, GError **error)
{
  *more = FALSE;
  return TRUE;
}

GPtrArray *
sat_workspace_quarantine (SatWorkspace *workspace, GError **error)
{
  return g_ptr_array_ref (workspace->quarantine);
}

gint64
sat_workspace_n_conflicts (SatWorkspace *workspace)
{
  return 0;
}

gboolean
sat_workspace_note_synced (SatWorkspace *workspace, gint64 time_ms, GError **error)
{
  return TRUE;
}

void
sat_device_free (SatDevice *device)
{
  g_free (device->name);
  g_free (device->code);
  g_free (device->user);
  g_free (device->state);
  g_free (device->public_key);
  g_free (device);
}

/* The devices of bytes 1 to 9, whoever of them there is. */
GPtrArray *
sat_workspace_devices (SatWorkspace *workspace, GError **error)
{
  GPtrArray *devices = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_device_free);

  for (guint8 byte = 1; byte < 10; byte++)
    {
      SatDevice *device = g_new0 (SatDevice, 1);
      Device made = make_device (byte);

      device->id = made.id;
      device->user = g_strdup (byte == 1 ? "王 芳, \"*\"" : "li");
      device->code = g_strdup_printf ("W%u", byte);
      device->public_key = sat_sync_public_key_text (made.public_key);
      g_ptr_array_add (devices, device);
    }
  return devices;
}

gboolean
sat_workspace_note_at_site (SatWorkspace *workspace, const char *site, GError **error)
{
  return TRUE;
}

char *
sat_workspace_at_site (SatWorkspace *workspace)
{
  return NULL;
}

GBytes *
sat_workspace_sealed_file (SatWorkspace *workspace, const SatFile *file, GError **error)
{
  g_assert_not_reached ();
}

void
sat_inbox_set_files (SatInbox *inbox, SatChangeFileFunc file)
{
}
