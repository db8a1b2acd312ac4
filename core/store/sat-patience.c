/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/store/sat-patience.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#define TELL_MS 1000
#define GIVE_UP_MS 30000
#define LONGEST_MS (60 * 60 * 1000) /* a process that was stopped holds its lock for ever */

void
sat_patience_init (SatPatience *patience, const char *home)
{
  *patience = (SatPatience){
    .file = g_build_filename (home, "long-write.lock", NULL),
    .held = -1,
    .tell_ms = TELL_MS,
    .give_up_ms = GIVE_UP_MS,
  };
}

void
sat_patience_clear (SatPatience *patience)
{
  if (patience->file != NULL)
    sat_patience_release (patience);
  g_clear_pointer (&patience->file, g_free);
}

/* Others look at the lock for a moment only. */
void
sat_patience_hold (SatPatience *patience)
{
  if (patience->held >= 0)
    return;
  patience->held = g_open (patience->file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  while (patience->held >= 0 && flock (patience->held, LOCK_EX) != 0 && errno == EINTR)
    ;
}

void
sat_patience_release (SatPatience *patience)
{
  if (patience->held >= 0)
    close (patience->held);
  patience->held = -1;
}

static gboolean
is_held (const SatPatience *patience)
{
  int fd = g_open (patience->file, O_RDWR | O_CLOEXEC, 0600);
  gboolean held = fd >= 0 && flock (fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;

  if (fd >= 0)
    close (fd);
  return held;
}

gboolean
sat_patience_wait (guint64 waited_ms, gpointer data)
{
  SatPatience *patience = data;

  if (waited_ms < patience->tell_ms)
    {
      patience->told = FALSE;
      patience->seen_ms = 0;
    }
  else if (!patience->told)
    {
      patience->told = TRUE;
      if (patience->func != NULL)
        patience->func (patience->data);
    }
  /* One that has just ended leaves the database to us. */
  if (waited_ms >= patience->tell_ms && waited_ms < LONGEST_MS && is_held (patience))
    patience->seen_ms = waited_ms;
  return waited_ms < patience->seen_ms + patience->give_up_ms;
}
