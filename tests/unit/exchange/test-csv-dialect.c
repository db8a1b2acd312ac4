/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which delimiter is found. */
#include <string.h>

#include "core/exchange/sat-csv-dialect.h"

static void
test_found (void)
{
  static const struct
  {
    const char *text;
    char delimiter;
  } cases[] = {
    { "", ',' },
    { "name\nOne\n", ',' },
    { "a,b\n1,2\n", ',' },
    { "a;b\n1;2\n", ';' },
    { "a\tb\r\n1\t2\r\n", '\t' },
    { "a|b|c\r1|2|3\r", '|' },
    /* Decimal commas and words do not make a file one of commas. */
    { "name;price\nOne, Two;1,5\nThree;2,5\n", ';' },
    { "a,b;c\n1,2;3\n4,5;6\n", ',' },
    /* What is quoted does not count, newlines neither. */
    { "a;b\n\"x,y\nz,\"\"q\"\",\";2\n", ';' },
    { "\xef\xbb\xbf\"a,a\";b\n\"1,1\";2\n", ';' },
    /* The last row may be cut off. */
    { "a;b;c\n1;2;3\n4", ';' },
    { "a;b", ';' },
    /* Ragged rows: the header decides. */
    { "a;b;c\n1;2\n1;2;3;4\n", ';' },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (sat_csv_find_delimiter (cases[i].text, strlen (cases[i].text)), ==,
                     cases[i].delimiter);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/csv-dialect/found", test_found);
  return g_test_run ();
}
