/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What changes the fingerprint, and what does not. */
#include "catalogue-cases.h"

#define CHOICES \
  "<choice name='a'><label>A</label></choice><choice name='b'><label>B</label></choice>"

static char *
fingerprint (const char *xml)
{
  g_autoptr (SatCatalogue) catalogue = read_good (xml);

  return g_strdup (sat_catalogue_fingerprint (catalogue));
}

static const char plain[] = OBJECT (
    "<field name='k' type='choice' ordered='yes'><label>K</label>" CHOICES "</field>");

static void
test_same (void)
{
  static const char *const same[] = {
    plain,
    OBJECT ("<field name='k' type='choice' ordered='yes' required='yes' default='a' importance='9'>"
            "<label>Kind</label><label xml:lang='zh_CN'>种类</label><help>H</help>" CHOICES
            "</field>"
            "<list columns='name k'/>"
            "<form><group fields='k name'><label>G</label></group></form>"),
  };
  g_autofree char *first = fingerprint (same[0]);

  g_assert_cmpuint (strlen (first), ==, 64);
  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autofree char *other = fingerprint (same[i]);
      g_assert_cmpstr (first, ==, other);
    }
}

static void
test_differs (void)
{
  static const char *const others[] = {
    OBJECT (""),
    OBJECT ("<field name='l' type='choice' ordered='yes'><label>K</label>" CHOICES "</field>"),
    OBJECT ("<field name='k' type='text'><label>K</label></field>"),
    OBJECT ("<field name='k' type='choice' ordered='yes' policy='max'><label>K</label>" CHOICES
            "</field>"),
    OBJECT ("<field name='k' type='choice' ordered='yes' search='1'><label>K</label>" CHOICES
            "</field>"),
    OBJECT ("<field name='k' type='choice' ordered='yes'><label>K</label>"
            "<choice name='b'><label>B</label></choice><choice name='a'><label>A</label></choice>"
            "</field>"),
    OBJECT ("<field name='k' type='reference' reference='thing'><label>K</label></field>"),
    OBJECT (
        "<field name='k' type='reference' reference='thing' owning='yes'><label>K</label></field>"),
    OBJECT ("<field name='k' type='reference' reference='*'><label>K</label></field>"),
  };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_hash_table_add (seen, fingerprint (plain));
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_true (g_hash_table_add (seen, fingerprint (others[i])));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalogue/fingerprint/same", test_same);
  g_test_add_func ("/catalogue/fingerprint/differs", test_differs);
  return g_test_run ();
}
