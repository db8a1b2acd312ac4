/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a hub is: the one place that tells the kinds of addresses apart. Pure but for one question
 * to the disk: "name:path" is a folder of this machine if there is one of that name.
 *
 *   path    /srv/hub  hub  file:///srv/hub
 *   ssh     ssh://user@host:port/path   user@host:path
 *   http    https://host/path   http://host:port/path   (a user may stand before the host)
 *
 * A password in an address is refused: addresses are shown, logged and kept in the replica. */
#pragma once

#include <glib.h>

#include "core/base/sat-error.h"

G_BEGIN_DECLS

typedef enum
{
  SAT_HUB_PATH,
  SAT_HUB_SSH,
  SAT_HUB_HTTP, /* with TLS or without */
} SatHubKind;

typedef struct
{
  SatHubKind kind;
  gboolean tls;
  char *text; /* for people and for the replica: an absolute path, or the URL as it was given */
  char *url;  /* for libgit2; file:// for a path, which it never takes for a host's name */
  char *host; /* lower case; NULL: a path */
  guint port; /* never 0, unless a path */
  char *user; /* NULL: none was given */
} SatHubAddress;

/* SAT_ERROR_INVALID for anything else. */
SatHubAddress *sat_hub_address_parse (const char *hub, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Where REPOSITORY is: a name without slash or colon lies beside HUB, whatever way that is reached;
 * all else is an address of its own. SAT_ERROR_INVALID. */
SatHubAddress *sat_hub_address_beside (const SatHubAddress *hub,
                                       const char *repository,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Is it such a name? */
gboolean sat_hub_address_is_name (const char *repository);
void sat_hub_address_free (SatHubAddress *address);

/* The same for all addresses that one key or password would serve for. Newly allocated. */
char *sat_hub_address_server (const SatHubAddress *address);

/* "ssh example.org 22": what identifies the other side of an encrypted connection, and "https
 * example.org 443". NULL where there is none. Newly allocated. */
char *sat_hub_address_peer (const SatHubAddress *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatHubAddress, sat_hub_address_free)

G_END_DECLS
