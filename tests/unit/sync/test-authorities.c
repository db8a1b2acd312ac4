/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The certificate authorities are read when they are needed, once, and not before. */
#include "sync/sat-authorities.h"

#include <dlfcn.h>

#include "sync/sat-sync.h"

static void
test_late (void)
{
  gboolean is_ours = dlsym (RTLD_NEXT, "mbedtls_x509_crt_parse_file") != NULL &&
                     g_file_test ("/etc/ssl/certs/ca-certificates.crt", G_FILE_TEST_EXISTS);

  sat_sync_init ();
  g_assert_cmpuint (sat_authorities_read (), ==, 0);
  sat_authorities_know ();
  sat_authorities_know ();
  g_assert_cmpuint (sat_authorities_read (), ==, is_ours ? 1 : 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/authorities/late", test_late);
  return g_test_run ();
}
