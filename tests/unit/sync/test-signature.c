/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Our signatures are those of ssh-keygen, byte for byte; nothing else is read as one. */
#include "sync/sat-signature.h"

#include <string.h>

#include "sync-fixture.h"

static char *
keygen_sign (const Sandbox *sandbox, const Device *device, const char *data, const char *space)
{
  g_autofree char *key = write_private_key (sandbox, device);

  return run (sandbox->dir, data, "ssh-keygen", "-Y", "sign", "-f", key, "-n", space, NULL);
}

static void
test_as_keygen (Sandbox *sandbox, gconstpointer data)
{
  Device device = make_device (7);
  g_autofree char *theirs = keygen_sign (sandbox, &device, "data to sign\n", "git");
  g_autofree char *ours = sat_signature_make (device.seed, "data to sign\n", 13);
  g_autofree char *with_newline = g_strconcat (ours, "\n", NULL);

  g_assert_cmpstr (with_newline, ==, theirs);
}

static void
test_keygen_verifies (Sandbox *sandbox, gconstpointer data)
{
  Device device = make_device (8);
  g_autofree char *key = sat_sync_public_key_text (device.public_key);
  g_autofree char *allowed = g_strdup_printf ("wang@W7 namespaces=\"git\" %s\n", key);
  g_autofree char *allowed_path = sandbox_path (sandbox, "allowed");
  g_autofree char *signature_path = sandbox_path (sandbox, "signature");
  g_autofree char *ours = sat_signature_make (device.seed, "text", 4);
  g_autofree char *out = NULL;

  g_assert_true (g_file_set_contents (allowed_path, allowed, -1, NULL));
  g_assert_true (g_file_set_contents (signature_path, ours, -1, NULL));
  out = run (NULL, "text", "ssh-keygen", "-Y", "verify", "-f", allowed_path, "-I", "wang@W7", "-n",
             "git", "-s", signature_path, NULL);
  g_assert_true (g_str_has_prefix (out, "Good \"git\" signature for wang@W7"));
}

static void
test_fingerprint (Sandbox *sandbox, gconstpointer data)
{
  Device device = make_device (9);
  g_autofree char *text = sat_sync_public_key_text (device.public_key);
  g_autofree char *print = sat_sync_fingerprint (device.public_key);
  g_autofree char *path = sandbox_path (sandbox, "key.pub");
  g_autofree char *out = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  out = run (NULL, NULL, "ssh-keygen", "-l", "-f", path, NULL);
  g_assert_nonnull (strstr (out, print));
}

static void
test_round_trip (void)
{
  for (guint8 byte = 0; byte < 50; byte++)
    {
      Device device = make_device (byte);
      g_autofree char *data = g_strnfill (byte * 7U, 'd');
      g_autofree char *text = sat_signature_make (device.seed, data, strlen (data));
      g_autoptr (GError) error = NULL;
      SatSignature signature;

      g_assert_true (sat_signature_parse (text, strlen (text), &signature, &error));
      g_assert_no_error (error);
      g_assert_cmpmem (signature.public_key, 32, device.public_key, 32);
      g_assert_true (sat_signature_check (&signature, data, strlen (data)));
      g_assert_false (sat_signature_check (&signature, "other", 5));
    }
}

static gboolean
accepts (const char *text, gsize length, const char *data)
{
  SatSignature signature;
  g_autoptr (GError) error = NULL;

  if (!sat_signature_parse (text, length, &signature, &error))
    {
      g_assert_error (error, SAT_ERROR, SAT_ERROR_MALFORMED);
      return FALSE;
    }
  return sat_signature_check (&signature, data, strlen (data));
}

/* No byte of the armour can be changed, left out or added. */
static void
test_tampered (void)
{
  Device device = make_device (3);
  g_autofree char *text = sat_signature_make (device.seed, "data", 4);
  gsize length = strlen (text);

  g_assert_true (accepts (text, length, "data"));
  for (gsize i = 0; i < length; i++)
    {
      g_autofree char *changed = g_strdup (text);
      g_autofree char *shorter = g_strdup_printf ("%.*s%s", (int) i, text, text + i + 1);
      g_autofree char *longer = g_strdup_printf ("%.*s\n%s", (int) i, text, text + i);

      changed[i] = changed[i] == 'A' ? 'B' : 'A';
      g_assert_false (accepts (changed, length, "data"));
      g_assert_false (accepts (shorter, length - 1, "data"));
      g_assert_false (accepts (longer, length + 1, "data"));
      g_assert_false (accepts (text, i, "data"));
    }
}

static void
assert_refused (const char *signature, const char *message)
{
  g_autofree char *text = g_strchomp (g_strdup (signature));
  g_autoptr (GError) error = NULL;
  SatSignature out;

  g_assert_false (sat_signature_parse (text, strlen (text), &out, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_MALFORMED);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_other_kinds (Sandbox *sandbox, gconstpointer data)
{
  Device device = make_device (7);
  g_autofree char *key = write_private_key (sandbox, &device);
  g_autofree char *file = keygen_sign (sandbox, &device, "data", "file");
  g_autofree char *ecdsa_path = sandbox_path (sandbox, "ecdsa");
  g_autofree char *sha256 = run (NULL, "data", "ssh-keygen", "-Y", "sign", "-f", key, "-n", "git",
                                 "-O", "hashalg=sha256", NULL);
  g_autofree char *made = run (NULL, NULL, "ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f",
                               ecdsa_path, NULL);
  g_autofree char *ecdsa = run (NULL, "data", "ssh-keygen", "-Y", "sign", "-f", ecdsa_path, "-n",
                                "git", NULL);

  assert_refused (file, "the signature is made for something other than git");
  assert_refused (sha256, "the signature is made with a hash other than SHA-512");
  assert_refused (ecdsa, "the signature is not made by an Ed25519 key");
  assert_refused ("", "the signature is not an SSH signature");
  assert_refused ("-----BEGIN PGP SIGNATURE-----\n\n-----END PGP SIGNATURE-----",
                  "the signature is not an SSH signature");
}

static void
test_too_long (void)
{
  g_autofree char *filler = g_strnfill (1000000, 'A');
  g_autofree char *text = g_strconcat ("-----BEGIN SSH SIGNATURE-----\n", filler,
                                       "\n-----END SSH SIGNATURE-----", NULL);

  assert_refused (text, "the signature is not an SSH signature");
}

#define ADD(path, function) \
  g_test_add (path, Sandbox, NULL, sandbox_set_up, function, sandbox_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sync/signature/as-keygen", test_as_keygen);
  ADD ("/sync/signature/keygen-verifies", test_keygen_verifies);
  ADD ("/sync/signature/fingerprint", test_fingerprint);
  ADD ("/sync/signature/other-kinds", test_other_kinds);
  g_test_add_func ("/sync/signature/round-trip", test_round_trip);
  g_test_add_func ("/sync/signature/tampered", test_tampered);
  g_test_add_func ("/sync/signature/too-long", test_too_long);
  return g_test_run ();
}
