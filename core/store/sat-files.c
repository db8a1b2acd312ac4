/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/store/sat-files.h"

gboolean
sat_files_has (SatReplica *replica, const SatFile *file)
{
  SatStmt *stmt = sat_db_prepare (replica->db, "SELECT 1 FROM file WHERE hash = ?1 AND size = ?2",
                                  NULL);
  gboolean has;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_blob (stmt, 1, file->hash, sizeof file->hash);
  sat_stmt_bind_int (stmt, 2, file->size);
  has = sat_stmt_step (stmt, NULL);
  sat_stmt_reset (stmt);
  return has;
}

gboolean
sat_files_has_data (const SatFile *file, gpointer data)
{
  return sat_files_has (data, file);
}

gboolean
sat_files_add (SatReplica *replica, const SatFile *file, GBytes *bytes, GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db, "INSERT OR IGNORE INTO file VALUES (?1, ?2, ?3)",
                                  error);
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_blob (stmt, 1, file->hash, sizeof file->hash);
  sat_stmt_bind_int (stmt, 2, file->size);
  sat_stmt_bind_blob (stmt, 3, data != NULL ? data : "", size);
  return sat_stmt_run (stmt, error);
}

static gboolean
fail_missing (const SatFile *file, GError **error)
{
  char hex[SAT_FILE_HEX_SIZE];

  return sat_fail (error, SAT_ERROR_NOT_FOUND,
                   N_ ("the file itself is not on this laptop (SHA-256 %s); only its name has "
                       "come; whoever attached it has it"),
                   sat_file_hex (file, hex), NULL);
}

GBytes *
sat_files_read (SatReplica *replica, const SatFile *file, GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db,
                                  "SELECT bytes FROM file WHERE hash = ?1 AND size = ?2", error);
  GError *problem = NULL;
  GBytes *bytes = NULL;

  if (stmt == NULL)
    return NULL;
  sat_stmt_bind_blob (stmt, 1, file->hash, sizeof file->hash);
  sat_stmt_bind_int (stmt, 2, file->size);
  if (sat_stmt_step (stmt, &problem))
    {
      gsize size;
      const void *data = sat_stmt_blob (stmt, 0, &size);

      bytes = g_bytes_new (data, size);
    }
  if (!sat_stmt_finish (stmt, problem, error))
    return NULL;
  if (bytes == NULL)
    fail_missing (file, error);
  return bytes;
}
