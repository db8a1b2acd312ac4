/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A laptop's key as stock git and ssh-keygen read it, so that scenarios can sign what no Satchel
 * would. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The OpenSSH private key file of the Ed25519 seed written in HEX (64 characters); NULL if HEX is
 * none. Newly allocated. */
char *ssh_key_text (const char *hex);

G_END_DECLS
