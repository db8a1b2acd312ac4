/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-hub-trust.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define KEY_PREFIX "SHA256:"
#define KEY_BASE64 43 /* characters of 32 bytes, without the padding */

char *
sat_trust_key_text (const guint8 sha256[SAT_SHA256_SIZE])
{
  g_autofree char *base64 = g_base64_encode (sha256, SAT_SHA256_SIZE);

  base64[KEY_BASE64] = '\0';
  return g_strconcat (KEY_PREFIX, base64, NULL);
}

char *
sat_trust_certificate_text (const void *der, gsize size)
{
  g_autofree char *hex = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der, size);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; hex[i] != '\0'; i++)
    {
      if (i > 0 && i % 2 == 0)
        g_string_append_c (text, ':');
      g_string_append_c (text, g_ascii_toupper (hex[i]));
    }
  return g_string_free (text, FALSE);
}

static gboolean
is_certificate_text (const char *text)
{
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i++)
    if (i % 3 == 2 ? text[i] != ':' : !g_ascii_isxdigit (text[i]) || g_ascii_islower (text[i]))
      return FALSE;
  return length == SAT_SHA256_SIZE * 3 - 1;
}

static gboolean
is_key_text (const char *text)
{
  if (!g_str_has_prefix (text, KEY_PREFIX))
    return FALSE;
  text += strlen (KEY_PREFIX);
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '+' && *c != '/')
      return FALSE;
  return strlen (text) == KEY_BASE64;
}

gboolean
sat_trust_is_fingerprint (const SatHubAddress *address, const char *text)
{
  if (address->kind == SAT_HUB_SSH)
    return is_key_text (text);
  return address->tls && is_certificate_text (text);
}

static char *
store_path (const char *home)
{
  return g_build_filename (home, "known_hubs", NULL);
}

static char **
read_lines (const char *home)
{
  g_autofree char *path = store_path (home);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return g_new0 (char *, 1);
  return g_strsplit (g_strchomp (text), "\n", -1);
}

static const char *
fingerprint_of (const char *line, const char *peer)
{
  gsize length = strlen (peer);

  return strncmp (line, peer, length) == 0 && line[length] == ' ' ? line + length + 1 : NULL;
}

char *
sat_trust_lookup (const char *home, const SatHubAddress *address)
{
  g_autofree char *peer = sat_hub_address_peer (address);
  g_auto (GStrv) lines = read_lines (home);

  for (char **line = lines; peer && *line; line++)
    {
      const char *fingerprint = fingerprint_of (*line, peer);

      if (fingerprint)
        return g_strdup (fingerprint);
    }
  return NULL;
}

gboolean
sat_trust_store (const char *home,
                 const SatHubAddress *address,
                 const char *fingerprint,
                 GError **error)
{
  g_autofree char *path = store_path (home);
  g_autofree char *peer = sat_hub_address_peer (address);
  g_auto (GStrv) lines = read_lines (home);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (peer != NULL, FALSE);
  for (char **line = lines; *line; line++)
    if (**line != '\0' && fingerprint_of (*line, peer) == NULL)
      g_string_append_printf (text, "%s\n", *line);
  g_string_append_printf (text, "%s %s\n", peer, fingerprint);
  if (g_mkdir_with_parents (home, 0700) != 0)
    return sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot make the folder “%s”: %s"), home,
                     g_strerror (errno), NULL);
  if (!g_file_set_contents_full (path, text->str, (gssize) text->len,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                 &local))
    return sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot write “%s”: %s"), path, local->message,
                     NULL);
  return TRUE;
}
