/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-sync-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

int
sat_sync_lock (const char *home, GError **error)
{
  g_autofree char *path = g_build_filename (home, "sync.lock", NULL);
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;

  int problem = errno;

  if (fd >= 0)
    close (fd);
  if (problem == EWOULDBLOCK)
    sat_fail (error, SAT_ERROR_BUSY,
              N_ ("another exchange with the hub is under way; try again when it has ended"), NULL);
  else
    sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot lock “%s”: %s"), path, g_strerror (problem),
              NULL);
  return -1;
}
