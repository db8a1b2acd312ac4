/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A libgit2 with mbedTLS, as Debian's, reads the authorities whenever it begins, and has no option
 * against that. But the function with which it does so is looked up by name, and here is another
 * one of that name, which while libgit2 begins finds an empty list. What libgit2 then trusts is
 * nobody: a connection that comes without sat_authorities_know fails. With another TLS library
 * nobody calls it. */
#include "sync/sat-authorities.h"

#include <dlfcn.h>
#include <git2.h>

#define AUTHORITIES "/etc/ssl/certs/ca-certificates.crt"

typedef int (*ParseFunc) (void *chain, const char *path);

static gboolean begins;
static gint n_read;

__attribute__ ((visibility ("default"))) int mbedtls_x509_crt_parse_file (void *chain,
                                                                          const char *path);

int
mbedtls_x509_crt_parse_file (void *chain, const char *path)
{
  ParseFunc parse;

  if (begins)
    return 0;
  *(void **) &parse = dlsym (RTLD_NEXT, "mbedtls_x509_crt_parse_file");
  if (parse == NULL)
    return -1;
  g_atomic_int_inc (&n_read);
  return parse (chain, path);
}

void
sat_authorities_begin (void)
{
  begins = TRUE;
  git_libgit2_init ();
  begins = FALSE;
}

void
sat_authorities_know (void)
{
  static gsize once = 0;

  if (!g_once_init_enter (&once))
    return;
  if (g_file_test (AUTHORITIES, G_FILE_TEST_EXISTS))
    git_libgit2_opts (GIT_OPT_SET_SSL_CERT_LOCATIONS, AUTHORITIES, NULL);
  g_once_init_leave (&once, 1);
}

guint
sat_authorities_read (void)
{
  return (guint) g_atomic_int_get (&n_read);
}
