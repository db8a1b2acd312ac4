/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-hub-secret.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <sodium.h>
#include <string.h>

static const SecretSchema schema = {
  "org.satchelcrm.Hub",
  SECRET_SCHEMA_NONE,
  { { "hub", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, SECRET_SCHEMA_ATTRIBUTE_STRING } },
};

static const SecretSchema key_schema = {
  "org.satchelcrm.Key",
  SECRET_SCHEMA_NONE,
  { { "file", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, SECRET_SCHEMA_ATTRIBUTE_STRING } },
};

void
sat_login_clear (SatLogin *login)
{
  if (login->secret)
    sodium_memzero (login->secret, strlen (login->secret));
  g_clear_pointer (&login->secret, g_free);
  g_clear_pointer (&login->user, g_free);
}

/* One login for a server and port. */
static char *
server_text (const SatHubAddress *address)
{
  return g_strdup_printf ("%s:%u", address->host, address->port);
}

/* ---- the file ---- */

static char *
file_path (const char *home)
{
  return g_build_filename (home, "credentials", NULL);
}

static char *
file_line (const SatHubAddress *address, const SatLogin *login)
{
  g_autofree char *server = server_text (address);
  g_autofree char *user = g_uri_escape_string (login->user, NULL, FALSE);
  g_autofree char *secret = g_uri_escape_string (login->secret, NULL, FALSE);

  return g_strdup_printf ("%s://%s:%s@%s", address->tls ? "https" : "http", user, secret, server);
}

static gboolean
parse_line (const SatHubAddress *address, const char *line, SatLogin *out)
{
  g_autoptr (GUri) uri = g_uri_parse (line, G_URI_FLAGS_HAS_PASSWORD, NULL);

  if (uri == NULL || g_uri_get_user (uri) == NULL || g_uri_get_password (uri) == NULL ||
      strcmp (g_uri_get_scheme (uri), address->tls ? "https" : "http") != 0 ||
      g_strcmp0 (g_uri_get_host (uri), address->host) != 0 ||
      (guint) g_uri_get_port (uri) != address->port)
    return FALSE;
  out->user = g_strdup (g_uri_get_user (uri));
  out->secret = g_strdup (g_uri_get_password (uri));
  return TRUE;
}

static char **
read_file (const char *home)
{
  g_autofree char *path = file_path (home);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return g_new0 (char *, 1);
  return g_strsplit (g_strchomp (text), "\n", -1);
}

static gboolean
find_in_file (const char *home, const SatHubAddress *address, SatLogin *out)
{
  g_auto (GStrv) lines = read_file (home);

  for (char **line = lines; *line; line++)
    if (parse_line (address, *line, out))
      return TRUE;
  return FALSE;
}

/* LOGIN NULL: without the line of ADDRESS. */
static gboolean
write_file (const char *home, const SatHubAddress *address, const SatLogin *login, GError **error)
{
  g_autofree char *path = file_path (home);
  g_auto (GStrv) lines = read_file (home);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) local = NULL;

  for (char **line = lines; *line; line++)
    {
      g_auto (SatLogin) other = { 0 };

      if (**line != '\0' && !parse_line (address, *line, &other))
        g_string_append_printf (text, "%s\n", *line);
    }
  if (login)
    {
      g_autofree char *line = file_line (address, login);

      g_string_append_printf (text, "%s\n", line);
    }
  if (text->len == 0)
    {
      g_unlink (path);
      return TRUE;
    }
  if (g_mkdir_with_parents (home, 0700) == 0 &&
      g_file_set_contents_full (path, text->str, (gssize) text->len,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &local))
    return TRUE;
  return sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot write “%s”: %s"), path,
                   local ? local->message : g_strerror (errno), NULL);
}

/* ---- the secret service ---- */

static gboolean
find_in_service (const SatHubAddress *address, SatLogin *out)
{
  g_autofree char *server = server_text (address);
  char *found = secret_password_lookup_sync (&schema, NULL, NULL, "hub", server, NULL);
  const char *newline = found ? strchr (found, '\n') : NULL;

  if (newline)
    {
      out->user = g_strndup (found, (gsize) (newline - found));
      out->secret = g_strdup (newline + 1);
    }
  g_clear_pointer (&found, secret_password_free);
  return newline != NULL;
}

static gboolean
store_in_service (const SatHubAddress *address, const SatLogin *login, GError **error)
{
  g_autofree char *server = server_text (address);
  g_autofree char *label = g_strdup_printf ("Satchel: %s", server);
  g_autofree char *both = g_strconcat (login->user, "\n", login->secret, NULL);
  gboolean stored = secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, label, both,
                                                NULL, NULL, "hub", server, NULL);

  sodium_memzero (both, strlen (both));
  if (stored)
    return TRUE;
  return sat_fail (error, SAT_ERROR_FAILED,
                   N_ ("there is no key ring on this machine that could keep the password; keep it "
                       "in a file of the workspace with --in-file, or type it each time"),
                   NULL);
}

gboolean
sat_secret_find (const char *home, const SatHubAddress *address, SatLogin *out)
{
  return find_in_file (home, address, out) || find_in_service (address, out);
}

gboolean
sat_secret_store (const char *home,
                  const SatHubAddress *address,
                  const SatLogin *login,
                  gboolean in_file,
                  GError **error)
{
  g_autofree char *server = server_text (address);

  if (!in_file)
    return store_in_service (address, login, error) && write_file (home, address, NULL, error);
  if (!write_file (home, address, login, error))
    return FALSE;
  secret_password_clear_sync (&schema, NULL, NULL, "hub", server, NULL);
  return TRUE;
}

void
sat_secret_forget (const char *home, const SatHubAddress *address)
{
  g_autofree char *server = server_text (address);

  write_file (home, address, NULL, NULL);
  secret_password_clear_sync (&schema, NULL, NULL, "hub", server, NULL);
}

/* ---- passphrases ---- */

char *
sat_passphrase_find (const char *key)
{
  char *found = secret_password_lookup_sync (&key_schema, NULL, NULL, "file", key, NULL);
  char *copy = g_strdup (found);

  g_clear_pointer (&found, secret_password_free);
  return copy;
}

gboolean
sat_passphrase_store (const char *key, const char *passphrase)
{
  g_autofree char *label = g_strdup_printf ("Satchel: %s", key);

  return secret_password_store_sync (&key_schema, SECRET_COLLECTION_DEFAULT, label, passphrase,
                                     NULL, NULL, "file", key, NULL);
}

void
sat_passphrase_forget (const char *key)
{
  secret_password_clear_sync (&key_schema, NULL, NULL, "file", key, NULL);
}

void
sat_passphrase_free (char *passphrase)
{
  if (passphrase != NULL)
    sodium_memzero (passphrase, strlen (passphrase));
  g_free (passphrase);
}
