/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The allowed-signers file, with which anybody can check the hub with stock git:
 * git -c gpg.ssh.allowedSignersFile=HOME/allowed_signers log --all --show-signature */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/workspace/sat-workspace-devices.h"
#include "sync/sat-signature.h"
#include "sync/sat-steps.h"

/* Who signed, as git shows it: "name@CODE" with nothing in it that means something in the file. */
static void
append_principal (GString *out, const SatDevice *device)
{
  char id[SAT_ID_TEXT_SIZE];
  const char *user = device->user && *device->user ? device->user : "device";
  const char *code = device->code && *device->code ? device->code : sat_id_format (&device->id, id);
  g_autofree char *text = g_strdup_printf ("%s@%s", user, code);

  for (char *p = text; *p; p++)
    if ((guchar) *p <= 0x20 || *p == 0x7f || strchr ("\"',*?!#\\", *p))
      *p = '_';
  /* A line must not begin with the sign of a marker. */
  g_string_append (out, *text == '@' ? "_" : "");
  g_string_append (out, text);
}

static gboolean
is_key (const char *text)
{
  return text && g_str_has_prefix (text, "ssh-ed25519 ") && strpbrk (text, "\n\r") == NULL;
}

char *
sat_sync_allowed_signers (SatWorkspace *workspace, GError **error)
{
  g_autoptr (GPtrArray) devices = sat_workspace_devices (workspace, error);
  GString *out;

  if (devices == NULL)
    return NULL;
  out = g_string_new (NULL);
  for (guint i = 0; i < devices->len; i++)
    {
      const SatDevice *device = g_ptr_array_index (devices, i);

      if (!is_key (device->public_key))
        continue;
      append_principal (out, device);
      g_string_append_printf (out, " namespaces=\"git\" %s\n", device->public_key);
    }
  return g_string_free (out, FALSE);
}

/* A branch that moved is noted in places before what it brought is applied, and the file is written
 * after that: one that is newer than places knows every device. */
static gboolean
is_current (const char *path, const char *places)
{
  GStatBuf file;
  GStatBuf noted;

  return g_stat (path, &file) == 0 && g_stat (places, &noted) == 0 &&
         (file.st_mtim.tv_sec != noted.st_mtim.tv_sec
              ? file.st_mtim.tv_sec > noted.st_mtim.tv_sec
              : file.st_mtim.tv_nsec > noted.st_mtim.tv_nsec);
}

/* Clocks of file systems tick slowly: written in the same tick the file would not seem newer, and
 * be written once more for nothing. */
static void
put_after (const char *path, const char *places)
{
  GStatBuf noted;

  if (is_current (path, places) || g_stat (places, &noted) != 0)
    return;
  const struct timespec times[] = { { .tv_nsec = UTIME_OMIT },
                                    { .tv_sec = noted.st_mtim.tv_sec +
                                                (noted.st_mtim.tv_nsec == 999999999),
                                      .tv_nsec = (noted.st_mtim.tv_nsec + 1) % 1000000000 } };
  (void) !utimensat (AT_FDCWD, path, times, 0);
}

gboolean
sat_step_signers (SatSyncJob *job, GError **error)
{
  const char *home = sat_workspace_home (job->workspace);
  g_autofree char *path = g_build_filename (home, "allowed_signers", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) failure = NULL;

  sat_places_save (job->places);
  if (is_current (path, sat_places_path (job->places)))
    return TRUE;
  text = sat_sync_allowed_signers (job->workspace, error);
  if (text == NULL)
    return FALSE;
  if (!g_file_set_contents (path, text, -1, &failure))
    return sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot write “%s”: %s"), path, failure->message,
                     NULL);
  put_after (path, sat_places_path (job->places));
  return TRUE;
}
