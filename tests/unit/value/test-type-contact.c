/* SPDX-License-Identifier: GPL-3.0-or-later */
/* phone, email and web. */
#include "value-cases.h"

static void
test_phone (void)
{
  static const Accepted cases[] = {
    { "", NULL },
    { "021-5555-0100", "021-5555-0100" },
    { " +86 (21) 5555  0100 ", "+86 (21) 5555 0100" },
    { "０２１－５５５５—０１００", "021-5555-0100" },
    { "021-55550100转8012", "021-55550100x8012" },
    { "021-55550100 Ext. 12", "021-55550100 x 12" },
    { "tel:+49 30 1234", "+49 30 1234" },
    { "(5) 555-4729", "(5) 555-4729" },
    { "0452-076545", "0452-076545" },
    { "*123#", "*123#" },
    { "13800001111, 13900002222", "13800001111, 13900002222" },
  };

  check_accepts (SAT_TYPE_PHONE, NULL, cases, G_N_ELEMENTS (cases));
  CHECK_REFUSES (SAT_TYPE_PHONE, NULL, "call me", "-", "x", "021-5555-O100", "12@3", "\xff");
  CHECK_NOT_CANONICAL (SAT_TYPE_PHONE, "", " 1", "1 ", "1  2", "１", "1X2", "()", "1\n2");
}

static void
test_email (void)
{
  static const Accepted cases[] = {
    { "", NULL },
    { "Li.Wei@Example.COM", "Li.Wei@example.com" },
    { " mailto:wang@example.cn ", "wang@example.cn" },
    { "wang＠example.cn", "wang@example.cn" },
    { "李伟@例子.中国", "李伟@例子.中国" },
    { "a+b_c'd@sub.example.co.uk", "a+b_c'd@sub.example.co.uk" },
  };

  check_accepts (SAT_TYPE_EMAIL, NULL, cases, G_N_ELEMENTS (cases));
  CHECK_REFUSES (SAT_TYPE_EMAIL, NULL, "wang", "@example.com", "wang@", "wang@example", "a@b@c.de",
                 "a b@c.de", "a@c..de", "a@.de", "a@de.", "a,b@c.de", "Li <li@c.de>", "a@c.de/x",
                 "\xff");
  CHECK_NOT_CANONICAL (SAT_TYPE_EMAIL, "a@B.de", "mailto:a@b.de", " a@b.de", "a@b");
}

static void
test_web (void)
{
  static const Accepted cases[] = {
    { "", NULL },
    { "www.Example.com", "https://www.example.com" },
    { "HTTP://Example.com/Path?Q=1#F", "http://example.com/Path?Q=1#F" },
    { "example.com:8080/x", "https://example.com:8080/x" },
    { "http://intranet", "http://intranet" },
    { "https://[2001:DB8::1]:443/", "https://[2001:db8::1]:443/" },
    { "https://例子.中国/产品", "https://例子.中国/产品" },
    { "example.com/go?to=ftp:x", "https://example.com/go?to=ftp:x" },
  };

  check_accepts (SAT_TYPE_WEB, NULL, cases, G_N_ELEMENTS (cases));
  CHECK_REFUSES (SAT_TYPE_WEB, NULL, "none", "ftp://example.com", "javascript:alert(1)",
                 "javascript:alert(1).x", "https://", "https:///x", "http://user@example.com",
                 "http://exa mple.com", "http://example.com:", "http://example.com:123456",
                 "http://example.com:8x", "http://[::1", "http://[xyz]", "http://[::1]x",
                 "http://.com", "file:///etc/passwd", "\xff");
  CHECK_NOT_CANONICAL (SAT_TYPE_WEB, "example.com", "HTTPS://example.com", "https://Example.com",
                       "https://example.com/ x", "http://");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value/contact/phone", test_phone);
  g_test_add_func ("/value/contact/email", test_email);
  g_test_add_func ("/value/contact/web", test_web);
  return g_test_run ();
}
