/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any failure ends the program. */
#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include "bench/bench-session.h"

#include <sqlite3.h>
#include <stdlib.h>

struct _BenchSession
{
  sqlite3_session *session;
};

static void
check (int code)
{
  if (code == SQLITE_OK)
    return;
  g_printerr ("bench: session: %s\n", sqlite3_errstr (code));
  exit (1);
}

static GBytes *
take (void *data, int size)
{
  GBytes *bytes = g_bytes_new (data, (gsize) size);

  sqlite3_free (data);
  return bytes;
}

BenchSession *
bench_session_new (BenchPlain *plain)
{
  BenchSession *session = g_new0 (BenchSession, 1);

  check (sqlite3session_create (bench_plain_handle (plain), "main", &session->session));
  check (sqlite3session_attach (session->session, "customer"));
  return session;
}

void
bench_session_free (BenchSession *session)
{
  sqlite3session_delete (session->session);
  g_free (session);
}

GBytes *
bench_session_take (BenchSession *session)
{
  void *data = NULL;
  int size = 0;

  check (sqlite3session_changeset (session->session, &size, &data));
  return take (data, size);
}

static int
replace (void *context, int conflict, sqlite3_changeset_iter *iter)
{
  (void) context;
  (void) iter;
  return conflict == SQLITE_CHANGESET_DATA || conflict == SQLITE_CHANGESET_CONFLICT
             ? SQLITE_CHANGESET_REPLACE
             : SQLITE_CHANGESET_OMIT;
}

void
bench_session_apply (BenchPlain *plain, GBytes *changes, GBytes **rebase)
{
  gsize size;
  const void *data = g_bytes_get_data (changes, &size);
  void *rebased = NULL;
  int rebased_size = 0;

  check (sqlite3changeset_apply_v2 (bench_plain_handle (plain), (int) size, (void *) data, NULL,
                                    replace, NULL, &rebased, &rebased_size, 0));
  if (rebase != NULL)
    *rebase = take (rebased, rebased_size);
  else
    sqlite3_free (rebased);
}

GBytes *
bench_session_rebase (GBytes *changes, GBytes *rebase)
{
  sqlite3_rebaser *rebaser = NULL;
  gsize size, rebase_size;
  const void *data = g_bytes_get_data (changes, &size);
  const void *rebase_data = g_bytes_get_data (rebase, &rebase_size);
  void *out = NULL;
  int out_size = 0;

  check (sqlite3rebaser_create (&rebaser));
  check (sqlite3rebaser_configure (rebaser, (int) rebase_size, rebase_data));
  check (sqlite3rebaser_rebase (rebaser, (int) size, data, &out_size, &out));
  sqlite3rebaser_delete (rebaser);
  return take (out, out_size);
}
