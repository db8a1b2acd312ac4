/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/store/sat-step.h"

#include <string.h>

#include "core/base/sat-bytes.h"

enum
{
  BEFORE_ELEMENT = 1 << 0,
  BEFORE_VALUE = 1 << 1,
  BEFORE_CONTESTED = 1 << 2,
};

void
sat_step_write_clear (gpointer data)
{
  g_clear_pointer (&((SatStepWrite *) data)->before, g_bytes_unref);
}

static gboolean
run_with (SatReplica *replica, const char *sql, gint64 first, gint64 second, GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db, sql, error);

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, first);
  sat_stmt_bind_int (stmt, 2, second);
  return sat_stmt_run (stmt, error);
}

/* The step begun last stays, however large the ones before it were. */
static gboolean
forget_old (SatReplica *replica, gint64 id, GError **error)
{
  return run_with (replica, "DELETE FROM step WHERE id <= ?1 - ?2", id, SAT_STEPS_KEPT, error) &&
         run_with (replica,
                   "DELETE FROM step WHERE id < ?1 AND id <= (SELECT step FROM step_write WHERE"
                   " number <= (SELECT max (number) FROM step_write) - ?2 ORDER BY number DESC"
                   " LIMIT 1)",
                   id, SAT_STEP_WRITES_KEPT, error) &&
         sat_db_exec (replica->db,
                      "DELETE FROM step_write WHERE step < (SELECT min (id) FROM step)", error);
}

gboolean
sat_step_begin (SatReplica *replica, SatHlc hlc, gint64 undoes, gint64 *id, GError **error)
{
  if (!run_with (replica, "INSERT INTO step (hlc, undoes) VALUES (?1, ?2)", (gint64) hlc, undoes,
                 error))
    return FALSE;
  *id = sat_db_last_row (replica->db);
  return forget_old (replica, *id, error);
}

static void
write_text (GByteArray *out, const char *text)
{
  gsize length = strlen (text);

  sat_write_uint (out, length);
  g_byte_array_append (out, (const guint8 *) text, (guint) length + 1);
}

void
sat_step_pack (GByteArray *out, const SatStepBefore *before)
{
  sat_write_uint (out, before->field);
  sat_write_byte (out, (before->element ? BEFORE_ELEMENT : 0) | (before->value ? BEFORE_VALUE : 0) |
                           (before->contested ? BEFORE_CONTESTED : 0));
  if (before->element != NULL)
    write_text (out, before->element);
  if (before->value != NULL)
    write_text (out, before->value);
}

GArray *
sat_step_unpack (GBytes *packed)
{
  gsize size;
  const void *data = g_bytes_get_data (packed, &size);
  SatReader reader = sat_reader (data, size);
  GArray *out = g_array_new (FALSE, TRUE, sizeof (SatStepBefore));

  while (!reader.failed && reader.at < reader.end)
    {
      SatStepBefore before = { .field = (guint32) sat_read_uint (&reader) };
      guint flags = sat_read_byte (&reader);

      before.contested = (flags & BEFORE_CONTESTED) != 0;
      if (flags & BEFORE_ELEMENT)
        before.element = sat_read_text (&reader);
      if (flags & BEFORE_VALUE)
        before.value = sat_read_text (&reader);
      if (!reader.failed)
        g_array_append_val (out, before);
    }
  return out;
}

gboolean
sat_step_add (SatReplica *replica,
              gint64 step,
              guint32 book,
              guint32 object,
              gint64 row,
              SatStepKind kind,
              const GByteArray *before,
              GError **error)
{
  SatStmt *stmt = sat_db_prepare (
      replica->db,
      "INSERT INTO step_write (step, book, object, row, kind, before) VALUES (?1, ?2, ?3, ?4, ?5,"
      " ?6)",
      error);

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, step);
  sat_stmt_bind_int (stmt, 2, book);
  sat_stmt_bind_int (stmt, 3, object);
  sat_stmt_bind_int (stmt, 4, row);
  sat_stmt_bind_int (stmt, 5, kind);
  if (before->len > 0)
    sat_stmt_bind_blob (stmt, 6, before->data, before->len);
  return sat_stmt_run (stmt, error);
}

gboolean
sat_step_set_undone (SatReplica *replica, gint64 step, gboolean undone, GError **error)
{
  return run_with (replica, "UPDATE step SET undone = ?2 WHERE id = ?1", step, undone, error);
}

GArray *
sat_steps (SatReplica *replica, GError **error)
{
  g_autoptr (GArray) out = g_array_new (FALSE, TRUE, sizeof (SatStep));
  SatStmt *stmt = sat_db_prepare (
      replica->db, "SELECT id, hlc, undoes, undone FROM step ORDER BY id DESC", error);
  GError *problem = NULL;

  if (stmt == NULL)
    return NULL;
  while (sat_stmt_step (stmt, &problem))
    {
      SatStep step = {
        .id = sat_stmt_int (stmt, 0),
        .hlc = (SatHlc) sat_stmt_int (stmt, 1),
        .undoes = sat_stmt_int (stmt, 2),
        .undone = sat_stmt_int (stmt, 3) != 0,
      };
      g_array_append_val (out, step);
    }
  return sat_stmt_finish (stmt, problem, error) ? g_steal_pointer (&out) : NULL;
}

GArray *
sat_step_writes (SatReplica *replica, gint64 step, GError **error)
{
  g_autoptr (GArray) out = g_array_new (FALSE, TRUE, sizeof (SatStepWrite));
  SatStmt *stmt = sat_db_prepare (replica->db,
                                  "SELECT book, object, row, kind, before FROM step_write WHERE"
                                  " step = ?1 ORDER BY number DESC",
                                  error);
  GError *problem = NULL;

  g_array_set_clear_func (out, sat_step_write_clear);
  if (stmt == NULL)
    return NULL;
  sat_stmt_bind_int (stmt, 1, step);
  while (sat_stmt_step (stmt, &problem))
    {
      gsize size;
      const void *data = sat_stmt_blob (stmt, 4, &size);
      SatStepWrite write = {
        .book = (guint32) sat_stmt_int (stmt, 0),
        .object = (guint32) sat_stmt_int (stmt, 1),
        .row = sat_stmt_int (stmt, 2),
        .kind = (SatStepKind) sat_stmt_int (stmt, 3),
        .before = g_bytes_new (data, size),
      };
      g_array_append_val (out, write);
    }
  return sat_stmt_finish (stmt, problem, error) ? g_steal_pointer (&out) : NULL;
}
