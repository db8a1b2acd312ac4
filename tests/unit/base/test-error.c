/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors carry a message id and arguments through code that knows plain GErrors only. */
#include "core/base/sat-error.h"

#include <gio/gio.h>

static void
test_fail (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (sat_fail (&error, SAT_ERROR_INVALID, N_ ("cannot set “%s” to “%s”"), "phone",
                            "100 %s", NULL));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "cannot set “phone” to “100 %s”");
  g_assert_cmpstr (sat_error_msgid (error), ==, "cannot set “%s” to “%s”");
  g_assert_cmpstr (sat_error_args (error)[0], ==, "phone");
  g_assert_cmpstr (sat_error_args (error)[1], ==, "100 %s");
  g_assert_null (sat_error_args (error)[2]);
  g_assert_false (sat_fail (NULL, SAT_ERROR_FAILED, "nobody listens", NULL));
}

static void
test_copy (void)
{
  g_autoptr (GError) error = NULL, copy = NULL;

  sat_fail (&error, SAT_ERROR_BUSY, "“%s” is locked", "hub", NULL);
  copy = g_error_copy (error);
  g_clear_error (&error);
  g_assert_cmpstr (sat_error_msgid (copy), ==, "“%s” is locked");
  g_assert_cmpstr (sat_error_args (copy)[0], ==, "hub");
}

static void
test_foreign (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "disk");

  g_assert_null (sat_error_msgid (error));
  g_assert_null (sat_error_args (error));
  g_assert_null (sat_error_msgid (NULL));
  g_assert_null (sat_error_args (NULL));
}

static void
test_fill (void)
{
  static const char *const args[] = { "one", "two", NULL };
  static const struct
  {
    const char *format, *text;
  } cases[] = {
    { "", "" },
    { "plain", "plain" },
    { "%s and %s", "one and two" },
    { "%2$s before %1$s", "two before one" },
    { "%s %s %s", "one two %s" },
    { "%3$s %0$s %9$s", "%3$s %0$s %9$s" },
    { "100 %% of %s", "100 % of one" },
    { "%d %n %", "%d %n %" },
    { "%1$", "%1$" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = sat_error_fill (cases[i].format, args);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
  g_autofree char *bare = sat_error_fill ("%s", NULL);
  g_assert_cmpstr (bare, ==, "%s");
}

static const char *
shout (const char *msgid)
{
  return *msgid == '%' ? "<%s|%s|%s>" : msgid;
}

/* Where it is stands before what it is, once, and comes along with a copy. */
static void
test_place (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) copy = NULL;
  g_autoptr (GError) line = NULL;
  g_autoptr (GError) foreign = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "no disk");
  g_autofree char *text = NULL;

  sat_fail (&error, SAT_ERROR_INVALID, "“%s” is wrong", "x", NULL);
  g_assert_null (sat_error_place_name (error));
  sat_error_place (error, "guard", 0, 17);
  sat_error_place (error, "condition", 3, 4);
  copy = g_error_copy (error);
  g_assert_cmpstr (copy->message, ==, "guard, column 17: “x” is wrong");
  g_assert_cmpstr (sat_error_msgid (copy), ==, "“%s” is wrong");
  g_assert_cmpstr (sat_error_place_name (copy), ==, "guard");
  g_assert_cmpuint (sat_error_place_line (copy), ==, 0);
  g_assert_cmpuint (sat_error_place_column (copy), ==, 17);
  text = sat_error_with_place (copy, "Guard", "wrong", shout);
  g_assert_cmpstr (text, ==, "<Guard|17|wrong>");
  sat_fail (&line, SAT_ERROR_INVALID, "a", NULL);
  sat_error_place (line, "actions", 2, 5);
  g_assert_cmpstr (line->message, ==, "actions, line 2: a");
  sat_error_place (foreign, "guard", 0, 1);
  g_assert_cmpstr (foreign->message, ==, "no disk");
  sat_error_place (NULL, "guard", 0, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/error/fail", test_fail);
  g_test_add_func ("/base/error/copy", test_copy);
  g_test_add_func ("/base/error/foreign", test_foreign);
  g_test_add_func ("/base/error/fill", test_fill);
  g_test_add_func ("/base/error/place", test_place);
  return g_test_run ();
}
