/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A hub's computer on this one: an sshd or a web server on a free port, reached through a relay
 * that counts what passes and can cut it or let it stall at any byte. Nothing of it outlives
 * net_stop. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _Net Net;

typedef enum
{
  NET_HTTP,
  NET_HTTP_LOGIN, /* asks for NET_USER and NET_SECRET */
  NET_HTTPS,
  NET_HTTPS_LOGIN, /* both */
} NetWeb;

#define NET_USER "wang"
#define NET_SECRET "s3cret:/ü@"

/* sshd for the user that runs the test. DIR: a folder for its files; HOST_KEY and AUTHORIZED: paths
 * of a private and of a public key. */
Net *net_ssh (const char *dir, const char *host_key, const char *authorized);
/* lighttpd and git http-backend over the repositories below ROOT. With https, CERTIFICATE is a
 * file with key and certificate. */
Net *net_web (const char *dir, const char *root, NetWeb kind, const char *certificate);
void net_stop (Net *net);

guint net_port (const Net *net);
/* Bytes that passed, both ways, since the last of these calls or net_limit. */
gint64 net_bytes (Net *net);
guint net_connections (Net *net); /* the same for connections */

/* From now on, after BYTES more in both directions together: every connection is cut, and each new
 * one at once; or, with STALL, nothing passes any more. -1: no limit. */
void net_limit (Net *net, gint64 bytes, gboolean stall);

/* Runs a program that must succeed; its standard output, newly allocated. */
char *net_run (const char *cwd, ...) G_GNUC_NULL_TERMINATED;
/* A new ed25519 key in PATH and PATH.pub. */
void net_make_key (const char *path, const char *passphrase);
/* A certificate for 127.0.0.1 that nobody vouches for, with its key, in PATH. */
void net_make_certificate (const char *path);

G_END_DECLS
