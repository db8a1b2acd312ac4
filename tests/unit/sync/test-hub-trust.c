/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-hub-trust.h"

#include <glib/gstdio.h>
#include <string.h>

#include "sync-fixture.h"

#define KEY "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"
#define CERTIFICATE \
  "E3:B0:C4:42:98:FC:1C:14:9A:FB:F4:C8:99:6F:B9:24:27:AE:41:E4:64:9B:93:4C:A4:95:99:1B:78:52:B8:" \
  "55"

/* Both of the SHA-256 of nothing. */
static void
test_texts (Sandbox *sandbox, gconstpointer data)
{
  guint8 digest[SAT_SHA256_SIZE];
  gsize size = sizeof digest;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *certificate = sat_trust_certificate_text ("", 0);
  g_autofree char *key = NULL;

  g_checksum_get_digest (checksum, digest, &size);
  key = sat_trust_key_text (digest);
  g_assert_cmpstr (key, ==, KEY);
  g_assert_cmpstr (certificate, ==, CERTIFICATE);
}

static void
test_is_fingerprint (Sandbox *sandbox, gconstpointer data)
{
  g_autoptr (SatHubAddress) ssh = sat_hub_address_parse ("ssh://host/hub", NULL);
  g_autoptr (SatHubAddress) https = sat_hub_address_parse ("https://host/hub", NULL);
  g_autoptr (SatHubAddress) http = sat_hub_address_parse ("http://host/hub", NULL);
  g_autofree char *lower = g_ascii_strdown (CERTIFICATE, -1);

  g_assert_true (sat_trust_is_fingerprint (ssh, KEY));
  g_assert_true (sat_trust_is_fingerprint (https, CERTIFICATE));
  g_assert_false (sat_trust_is_fingerprint (ssh, CERTIFICATE));
  g_assert_false (sat_trust_is_fingerprint (https, KEY));
  g_assert_false (sat_trust_is_fingerprint (http, CERTIFICATE));
  g_assert_false (sat_trust_is_fingerprint (ssh, KEY "="));
  g_assert_false (sat_trust_is_fingerprint (ssh, KEY "\n"));
  g_assert_false (sat_trust_is_fingerprint (ssh, "SHA256:"));
  g_assert_false (sat_trust_is_fingerprint (ssh, ""));
  g_assert_false (sat_trust_is_fingerprint (https, lower));
  g_assert_false (sat_trust_is_fingerprint (https, CERTIFICATE ":00"));
  g_assert_false (sat_trust_is_fingerprint (https, "E3:B0"));
}

static void
store (const char *home, const char *hub, const char *fingerprint)
{
  g_autoptr (SatHubAddress) address = sat_hub_address_parse (hub, NULL);
  g_autoptr (GError) error = NULL;

  sat_trust_store (home, address, fingerprint, &error);
  g_assert_no_error (error);
}

static void
assert_known (const char *home, const char *hub, const char *fingerprint)
{
  g_autoptr (SatHubAddress) address = sat_hub_address_parse (hub, NULL);
  g_autofree char *found = sat_trust_lookup (home, address);

  g_assert_cmpstr (found, ==, fingerprint);
}

static void
test_store (Sandbox *sandbox, gconstpointer data)
{
  g_autofree char *home = sandbox_path (sandbox, "home");
  g_autofree char *file = sandbox_path (sandbox, "home/known_hubs");

  assert_known (home, "ssh://host/hub", NULL);
  store (home, "ssh://host/hub", "one");
  store (home, "ssh://host:2/hub", "two");
  store (home, "https://host/hub", "three");
  store (home, "git@HOST:other", "four"); /* the same computer and port */
  assert_known (home, "ssh://host/hub", "four");
  assert_known (home, "ssh://host:2/x", "two");
  assert_known (home, "https://host/x", "three");
  assert_known (home, "ssh://hos/hub", NULL);
  assert_known (home, "ssh://host:22222/hub", NULL);
  assert_known (home, "http://host:443/hub", NULL);
  assert_known (home, "/host", NULL);
  /* Damage is no trust. */
  g_assert_true (g_file_set_contents (file, "ssh host\nssh host 22\n\n\x01", -1, NULL));
  assert_known (home, "ssh://host/hub", NULL);
  store (home, "ssh://host/hub", "five");
  assert_known (home, "ssh://host/hub", "five");
}

#define ADD(path, function) \
  g_test_add (path, Sandbox, NULL, sandbox_set_up, function, sandbox_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sync/hub-trust/texts", test_texts);
  ADD ("/sync/hub-trust/is-fingerprint", test_is_fingerprint);
  ADD ("/sync/hub-trust/store", test_store);
  return g_test_run ();
}
