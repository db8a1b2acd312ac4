/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text that means something to roff comes out as text. */
#include "man/sat-roff.h"

static void
check (void (*write) (GString *page, const char *text), const char *text, const char *wanted)
{
  g_autoptr (GString) page = g_string_new (NULL);

  write (page, text);
  g_assert_cmpstr (page->str, ==, wanted);
}

static void
test_text (void)
{
  check (sat_roff_text, "one\n\ntwo", ".PP\none\n.PP\ntwo\n");
  check (sat_roff_text, ".so /etc/passwd", ".PP\n\\&.so /etc/passwd\n");
  check (sat_roff_text, "'tis a back\\slash", ".PP\n\\&'tis a back\\eslash\n");
  check (sat_roff_text, "a well-known --option", ".PP\na well-known \\-\\-option\n");
  check (sat_roff_text, "中文，U 盘", ".PP\n中\\:文，\\:U 盘\n");
  check (sat_roff_text, "（中）", ".PP\n（中）\n");
}

static void
test_typed (void)
{
  check (sat_roff_section, "say \"no\"", ".SH \"say \\(dqno\\(dq\"\n");
  check (sat_roff_subsection, "a-b", ".SS \"a\\-b\"\n");
  check (sat_roff_example, "ls -l ~\n.it's",
         ".PP\n.RS 4\n.nf\nls \\-l \\(ti\n\\&.it\\(aqs\n.fi\n.RE\n");
}

static void
test_parts (void)
{
  g_autoptr (GString) page = g_string_new (NULL);

  sat_roff_begin (page, "satchel-x", "NAME", "what it is", "Satchel 1", "Commands");
  g_assert_true (
      g_str_has_prefix (page->str, ".TH \"SATCHEL\\-X\" 1 \"\" \"Satchel 1\" \"Commands\"\n"));
  g_assert_true (g_str_has_suffix (page->str, ".SH \"NAME\"\nsatchel\\-x \\- what it is\n"));
  g_string_truncate (page, 0);
  sat_roff_item (page, "--home DIR", ".hidden");
  g_assert_cmpstr (page->str, ==, ".TP\n.B \"\\-\\-home DIR\"\n\\&.hidden\n");
  g_string_truncate (page, 0);
  sat_roff_usage (page, "satchel", "[WORD]...");
  g_assert_cmpstr (page->str, ==, ".PP\n.B \"satchel\"\n[WORD]...\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/man/roff/text", test_text);
  g_test_add_func ("/man/roff/typed", test_typed);
  g_test_add_func ("/man/roff/parts", test_parts);
  return g_test_run ();
}
