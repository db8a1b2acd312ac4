/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-hub-address.h"

#include <string.h>

#define SSH_PORT 22
#define HTTP_PORT 80
#define HTTPS_PORT 443

static gboolean
refuse (const char *hub, GError **error)
{
  return sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("cannot use “%s” as a hub; give the path of a folder, or an address that "
                       "begins with ssh://, https:// or http://"),
                   hub, NULL);
}

/* "host:path" as ssh has it, unless there is such a file. */
static gboolean
is_scp_like (const char *hub)
{
  const char *colon = strchr (hub, ':');
  const char *slash = strchr (hub, '/');

  return colon && colon > hub && (slash == NULL || colon < slash) &&
         !g_file_test (hub, G_FILE_TEST_EXISTS);
}

static gboolean
parse_path (SatHubAddress *address, const char *hub, GError **error)
{
  g_autofree char *local = NULL;

  if (g_str_has_prefix (hub, "file://"))
    local = g_filename_from_uri (hub, NULL, NULL);
  else
    local = g_strdup (hub);
  if (local == NULL || *local == '\0')
    return refuse (hub, error);
  address->kind = SAT_HUB_PATH;
  address->text = g_canonicalize_filename (local, NULL);
  address->url = g_filename_to_uri (address->text, NULL, NULL);
  return TRUE;
}

/* What a program at the other end, or ours, could take for an option. */
static gboolean
is_safe (const char *word)
{
  return *word != '\0' && *word != '-' && strpbrk (word, " \t\r\n'\"\\") == NULL;
}

static gboolean
parse_scp (SatHubAddress *address, const char *hub, GError **error)
{
  const char *colon = hub + strcspn (hub, ":");
  const char *at = memchr (hub, '@', (gsize) (colon - hub));
  const char *host = at ? at + 1 : hub;
  g_autofree char *name = g_strndup (host, (gsize) (colon - host));
  g_autofree char *user = at ? g_strndup (hub, (gsize) (at - hub)) : NULL;

  if (!is_safe (name) || *colon == '\0' || colon[1] == '\0' || colon[1] == '-' ||
      (user && !is_safe (user)))
    return refuse (hub, error);
  address->kind = SAT_HUB_SSH;
  address->text = g_strdup (hub);
  address->url = g_strdup (hub);
  address->host = g_ascii_strdown (name, -1);
  address->port = SSH_PORT;
  address->user = g_steal_pointer (&user);
  return TRUE;
}

static gboolean
parse_scheme (SatHubAddress *address, const char *scheme)
{
  if (strcmp (scheme, "ssh") == 0)
    {
      address->kind = SAT_HUB_SSH;
      address->port = SSH_PORT;
      return TRUE;
    }
  address->kind = SAT_HUB_HTTP;
  address->tls = strcmp (scheme, "https") == 0;
  address->port = address->tls ? HTTPS_PORT : HTTP_PORT;
  return address->tls || strcmp (scheme, "http") == 0;
}

static gboolean
parse_url (SatHubAddress *address, const char *hub, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (hub, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_PATH,
                                      NULL);
  const char *user;

  if (uri == NULL || !parse_scheme (address, g_uri_get_scheme (uri)))
    return refuse (hub, error);
  if (g_uri_get_password (uri))
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("there is a password in the hub’s address; leave it out, it is asked for "
                         "when it is needed"),
                     NULL);
  user = g_uri_get_user (uri);
  if (g_uri_get_host (uri) == NULL || !is_safe (g_uri_get_host (uri)) ||
      strlen (g_uri_get_path (uri)) < 2 || g_uri_get_query (uri) || g_uri_get_fragment (uri) ||
      (user && !is_safe (user)))
    return refuse (hub, error);
  address->text = g_strdup (hub);
  address->url = g_strdup (hub);
  address->host = g_ascii_strdown (g_uri_get_host (uri), -1);
  address->user = g_strdup (user);
  if (g_uri_get_port (uri) > 0)
    address->port = (guint) g_uri_get_port (uri);
  return TRUE;
}

SatHubAddress *
sat_hub_address_parse (const char *hub, GError **error)
{
  g_autoptr (SatHubAddress) address = g_new0 (SatHubAddress, 1);
  gboolean parsed;

  if (g_str_has_prefix (hub, "file://") || (strstr (hub, "://") == NULL && !is_scp_like (hub)))
    parsed = parse_path (address, hub, error);
  else if (strstr (hub, "://") == NULL)
    parsed = parse_scp (address, hub, error);
  else
    parsed = parse_url (address, hub, error);
  return parsed ? g_steal_pointer (&address) : NULL;
}

gboolean
sat_hub_address_is_name (const char *repository)
{
  return strpbrk (repository, "/:\\") == NULL;
}

/* What may be put at the end of any address as it is. */
static gboolean
is_plain (const char *name)
{
  for (const char *p = name; *p; p++)
    if (!g_ascii_isalnum (*p) && strchr ("-_.", *p) == NULL)
      return FALSE;
  return *name != '\0' && *name != '.' && *name != '-';
}

SatHubAddress *
sat_hub_address_beside (const SatHubAddress *hub, const char *repository, GError **error)
{
  g_autofree char *above = NULL;
  g_autofree char *text = NULL;
  gsize length = strlen (hub->text);

  if (!sat_hub_address_is_name (repository))
    return sat_hub_address_parse (repository, error);
  if (!is_plain (repository))
    {
      sat_fail (error, SAT_ERROR_INVALID,
                N_ ("“%s” cannot name a repository; use letters, digits, hyphens, underscores and "
                    "dots"),
                repository, NULL);
      return NULL;
    }
  while (length > 0 && hub->text[length - 1] == '/')
    length--;
  while (length > 0 && strchr ("/:", hub->text[length - 1]) == NULL)
    length--;
  above = g_strndup (hub->text, length);
  text = g_strconcat (above, repository, NULL);
  return sat_hub_address_parse (text, error);
}

void
sat_hub_address_free (SatHubAddress *address)
{
  if (address == NULL)
    return;
  g_free (address->text);
  g_free (address->url);
  g_free (address->host);
  g_free (address->user);
  g_free (address);
}

char *
sat_hub_address_server (const SatHubAddress *address)
{
  return g_strdup_printf ("%d %d %s@%s:%u", (int) address->kind, address->tls,
                          address->user ? address->user : "", address->host ? address->host : "",
                          address->port);
}

char *
sat_hub_address_peer (const SatHubAddress *address)
{
  if (address->kind == SAT_HUB_SSH || address->tls)
    return g_strdup_printf ("%s %s %u", address->tls ? "https" : "ssh", address->host,
                            address->port);
  return NULL;
}
