/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "power-vfs.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#define SECTOR 512

/* One write, or (DATA NULL) a truncation to OFFSET. */
typedef struct
{
  sqlite3_int64 offset;
  GBytes *data;
} Change;

typedef struct
{
  char *path;
  GByteArray *durable; /* as of the last sync */
  GArray *changes;     /* Change since then, in order */
} Disk;

typedef struct
{
  sqlite3_file base;
  Disk *disk; /* NULL: a temporary file */
  sqlite3_file *real;
} File;

typedef struct
{
  sqlite3_vfs vfs;
  sqlite3_vfs *real;
  sqlite3_io_methods methods;
  GHashTable *disks; /* path -> Disk */
  guint operations;
  guint cut_at;
  gboolean is_cut;
  GRand *rand;
} Power;

static Power power;

static void
change_clear (gpointer data)
{
  g_clear_pointer (&((Change *) data)->data, g_bytes_unref);
}

static void
disk_free (gpointer data)
{
  Disk *disk = data;

  g_free (disk->path);
  g_byte_array_unref (disk->durable);
  g_array_unref (disk->changes);
  g_free (disk);
}

static Disk *
disk_of (const char *path)
{
  Disk *disk = g_hash_table_lookup (power.disks, path);
  char *text = NULL;
  gsize length = 0;

  if (disk != NULL)
    return disk;
  disk = g_new0 (Disk, 1);
  disk->path = g_strdup (path);
  g_file_get_contents (path, &text, &length, NULL);
  disk->durable = g_byte_array_new ();
  if (length > 0)
    g_byte_array_append (disk->durable, (guint8 *) text, (guint) length);
  g_free (text);
  disk->changes = g_array_new (FALSE, TRUE, sizeof (Change));
  g_array_set_clear_func (disk->changes, change_clear);
  g_hash_table_insert (power.disks, disk->path, disk);
  return disk;
}

static void
grow (GByteArray *image, gsize size)
{
  guint before = image->len;

  if (size <= before)
    return;
  g_byte_array_set_size (image, (guint) size);
  memset (image->data + before, 0, size - before);
}

/* Writes CHANGE to the image; each sector of it only with a chance of PERCENT. */
static void
apply (Disk *disk, const Change *change, gint32 percent)
{
  gsize size;
  const guint8 *data;

  if (change->data == NULL)
    {
      if ((gsize) change->offset < disk->durable->len &&
          (percent == 100 || g_rand_int_range (power.rand, 0, 100) < percent))
        g_byte_array_set_size (disk->durable, (guint) change->offset);
      return;
    }
  data = g_bytes_get_data (change->data, &size);
  for (gsize at = 0; at < size;)
    {
      gsize place = (gsize) change->offset + at;
      gsize n = MIN (size - at, SECTOR - place % SECTOR);

      if (percent == 100 || g_rand_int_range (power.rand, 0, 100) < percent)
        {
          grow (disk->durable, place + n);
          memcpy (disk->durable->data + place, data + at, n);
        }
      at += n;
    }
}

/* What is left of the unsynced changes: some of each, or all up to one of them. */
static void
lose (Disk *disk)
{
  gboolean in_order = g_rand_boolean (power.rand);
  guint whole = (guint) g_rand_int_range (power.rand, 0, (gint32) disk->changes->len + 1);

  for (guint i = 0; i < disk->changes->len; i++)
    {
      const Change *change = &g_array_index (disk->changes, Change, i);

      if (!in_order)
        apply (disk, change, 50);
      else if (i <= whole)
        apply (disk, change, i < whole ? 100 : 50);
    }
  g_array_set_size (disk->changes, 0);
}

static void
cut (void)
{
  GHashTableIter iter;
  gpointer disk;

  power.is_cut = TRUE;
  g_hash_table_iter_init (&iter, power.disks);
  while (g_hash_table_iter_next (&iter, NULL, &disk))
    lose (disk);
}

/* TRUE: there is no power. */
static gboolean
count_operation (void)
{
  if (!power.is_cut && ++power.operations == power.cut_at)
    cut ();
  return power.is_cut;
}

/* ---- files ---- */

static sqlite3_file *
real_of (sqlite3_file *file)
{
  return ((File *) file)->real;
}

static int
file_close (sqlite3_file *file)
{
  sqlite3_file *real = real_of (file);

  return real->pMethods ? real->pMethods->xClose (real) : SQLITE_OK;
}

static int
file_read (sqlite3_file *file, void *data, int size, sqlite3_int64 offset)
{
  if (power.is_cut)
    return SQLITE_IOERR_READ;
  return real_of (file)->pMethods->xRead (real_of (file), data, size, offset);
}

static int
file_write (sqlite3_file *file, const void *data, int size, sqlite3_int64 offset)
{
  Disk *disk = ((File *) file)->disk;

  if (disk != NULL && !power.is_cut)
    {
      Change change = { offset, g_bytes_new (data, (gsize) size) };
      g_array_append_val (disk->changes, change);
    }
  if (count_operation ())
    return SQLITE_IOERR_WRITE;
  return real_of (file)->pMethods->xWrite (real_of (file), data, size, offset);
}

static int
file_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  Disk *disk = ((File *) file)->disk;

  if (disk != NULL && !power.is_cut)
    {
      Change change = { size, NULL };
      g_array_append_val (disk->changes, change);
    }
  if (count_operation ())
    return SQLITE_IOERR_TRUNCATE;
  return real_of (file)->pMethods->xTruncate (real_of (file), size);
}

/* The file itself need not be synced: it is only the image of what is durable that counts. */
static int
file_sync (sqlite3_file *file, int flags)
{
  Disk *disk = ((File *) file)->disk;

  (void) flags;
  if (count_operation ())
    return SQLITE_IOERR_FSYNC;
  for (guint i = 0; disk != NULL && i < disk->changes->len; i++)
    apply (disk, &g_array_index (disk->changes, Change, i), 100);
  if (disk != NULL)
    g_array_set_size (disk->changes, 0);
  return SQLITE_OK;
}

static int
file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  if (power.is_cut)
    return SQLITE_IOERR_FSTAT;
  return real_of (file)->pMethods->xFileSize (real_of (file), size);
}

static int
file_lock (sqlite3_file *file, int level)
{
  return real_of (file)->pMethods->xLock (real_of (file), level);
}

static int
file_unlock (sqlite3_file *file, int level)
{
  return real_of (file)->pMethods->xUnlock (real_of (file), level);
}

static int
file_check_lock (sqlite3_file *file, int *out)
{
  return real_of (file)->pMethods->xCheckReservedLock (real_of (file), out);
}

static int
file_control (sqlite3_file *file, int what, void *data)
{
  return real_of (file)->pMethods->xFileControl (real_of (file), what, data);
}

static int
file_sector (sqlite3_file *file)
{
  return real_of (file)->pMethods->xSectorSize (real_of (file));
}

static int
file_device (sqlite3_file *file)
{
  return real_of (file)->pMethods->xDeviceCharacteristics (real_of (file));
}

static int
file_shm_map (sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
  return real_of (file)->pMethods->xShmMap (real_of (file), page, size, extend, out);
}

static int
file_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  return real_of (file)->pMethods->xShmLock (real_of (file), offset, n, flags);
}

static void
file_shm_barrier (sqlite3_file *file)
{
  real_of (file)->pMethods->xShmBarrier (real_of (file));
}

static int
file_shm_unmap (sqlite3_file *file, int delete)
{
  return real_of (file)->pMethods->xShmUnmap (real_of (file), delete);
}

/* ---- the VFS ---- */

static int
vfs_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *out, int flags, int *out_flags)
{
  File *file = (File *) out;
  int code;

  (void) vfs;
  memset (file, 0, sizeof *file);
  file->real = (sqlite3_file *) (void *) (file + 1);
  if (power.is_cut)
    return SQLITE_CANTOPEN;
  code = power.real->xOpen (power.real, name, file->real, flags, out_flags);
  if (code != SQLITE_OK)
    return code;
  file->disk = name ? disk_of (name) : NULL;
  file->base.pMethods = &power.methods;
  return SQLITE_OK;
}

/* Directories are always up to date. */
static int
vfs_delete (sqlite3_vfs *vfs, const char *name, int sync)
{
  (void) vfs;
  if (count_operation ())
    return SQLITE_IOERR_DELETE;
  g_hash_table_remove (power.disks, name);
  return power.real->xDelete (power.real, name, sync);
}

static int
vfs_access (sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
  (void) vfs;
  return power.is_cut ? SQLITE_IOERR_ACCESS : power.real->xAccess (power.real, name, flags, out);
}

static int
vfs_path (sqlite3_vfs *vfs, const char *name, int size, char *out)
{
  (void) vfs;
  return power.real->xFullPathname (power.real, name, size, out);
}

void
power_install (void)
{
  const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_check_lock,
    .xFileControl = file_control,
    .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_device,
    .xShmMap = file_shm_map,
    .xShmLock = file_shm_lock,
    .xShmBarrier = file_shm_barrier,
    .xShmUnmap = file_shm_unmap,
  };

  power.real = sqlite3_vfs_find (NULL);
  g_assert_nonnull (power.real);
  power.methods = methods;
  power.vfs = *power.real;
  power.vfs.zName = "power";
  power.vfs.pNext = NULL;
  power.vfs.szOsFile = (int) sizeof (File) + power.real->szOsFile;
  power.vfs.xOpen = vfs_open;
  power.vfs.xDelete = vfs_delete;
  power.vfs.xAccess = vfs_access;
  power.vfs.xFullPathname = vfs_path;
  power.disks = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, disk_free);
  g_assert_cmpint (sqlite3_vfs_register (&power.vfs, 1), ==, SQLITE_OK);
}

void
power_begin (guint at, GRand *rand)
{
  g_hash_table_remove_all (power.disks);
  power.operations = 0;
  power.cut_at = at;
  power.is_cut = FALSE;
  power.rand = rand;
}

guint
power_operations (void)
{
  return power.operations;
}

gboolean
power_is_cut (void)
{
  return power.is_cut;
}

void
power_restore (void)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, power.disks);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Disk *disk = value;
      g_autofree char *shared = g_strconcat (disk->path, "-shm", NULL);

      g_assert_true (g_file_set_contents_full (disk->path, (char *) disk->durable->data,
                                               disk->durable->len, G_FILE_SET_CONTENTS_NONE, 0600,
                                               NULL));
      g_unlink (shared);
    }
  power_begin (0, power.rand);
}
