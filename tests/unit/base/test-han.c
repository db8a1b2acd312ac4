/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/base/sat-han.h"

#include <string.h>

/* USUAL are exactly the usual ones; RARE are among the others, to which Unicode adds from time to
 * time. */
static void
assert_readings (const char *character, const char *usual, const char *rare)
{
  const char *found[SAT_HAN_MAX_READINGS + 1] = { NULL };
  g_auto (GStrv) wanted = g_strsplit (rare, " ", -1);
  g_autofree char *first = NULL;
  guint n_usual;
  guint n = sat_han_readings (g_utf8_get_char (character), found, &n_usual);

  g_assert_cmpuint (n, <=, SAT_HAN_MAX_READINGS);
  g_assert_cmpuint (n_usual, <=, n);
  for (char **one = wanted; *one != NULL; one++)
    g_assert_true (g_strv_contains (found + n_usual, *one));
  found[n_usual] = NULL;
  first = g_strjoinv (" ", (char **) found);
  g_assert_cmpstr (first, ==, usual);
}

static void
test_readings (void)
{
  assert_readings ("国", "guo", "");
  assert_readings ("國", "guo", "");
  assert_readings ("吕", "lv", "");
  assert_readings ("重", "zhong chong", "");
  assert_readings ("行", "xing hang", "");
  assert_readings ("单", "dan", "chan shan");
  assert_readings ("曾", "ceng", "zeng");
  assert_readings ("仇", "chou", "qiu");
  assert_readings ("查", "cha", "zha");
  assert_readings ("a", "", "");
  assert_readings ("か", "", "");
  assert_readings ("\xf0\xa0\x80\x80", "", ""); /* U+20000 */
}

static void
test_simplified (void)
{
  const char *const pairs[][2] = { { "國", "国" }, { "體", "体" }, { "萬", "万" }, { "後", "后" },
                                   { "乾", "乾" }, { "中", "中" }, { "A", "A" },   { "龍", "龙" } };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    g_assert_cmpuint (sat_han_simplified (g_utf8_get_char (pairs[i][0])), ==,
                      g_utf8_get_char (pairs[i][1]));
  /* Simplifying again changes nothing, whatever the character. */
  for (gunichar c = 0; c < 0x30000; c++)
    g_assert_cmpuint (sat_han_simplified (sat_han_simplified (c)), ==, sat_han_simplified (c));
}

static void
append (SatSoundKind kind, const char *word, gboolean is_first, gpointer data)
{
  g_string_append_printf (data, " %s%s%s", is_first ? "^" : "",
                          kind == SAT_SOUND_INITIALS ? "'" : "", word);
}

static char *
sounds (const char *text)
{
  GString *out = g_string_new (NULL);

  sat_han_sounds (text, append, out);
  return g_string_free (out, FALSE);
}

static void
assert_sounds (const char *text, const char *expected)
{
  g_autofree char *found = sounds (text);

  g_assert_cmpstr (found, ==, expected);
}

static gboolean
has (const char *text, const char *word)
{
  g_autofree char *found = sounds (text);
  g_auto (GStrv) words = g_strsplit (found, " ", -1);

  return g_strv_contains ((const char *const *) words, word);
}

static void
test_sounds (void)
{
  assert_sounds ("", "");
  assert_sounds ("Siemens AG 2026", "");
  assert_sounds ("国", " ^guo ^'g");
  assert_sounds ("中国移动", " ^zhongguo ^'zgy guoyi 'gyd yidong 'yd dong 'd");
  assert_sounds ("王A李", " ^wang ^'w li 'l");
  assert_sounds ("移动（北京）", " ^yidong ^'ydb dongbei 'dbj beijing 'bj jing 'j");
  g_assert_true (has ("重庆", "^chongqing"));
  g_assert_true (has ("重庆", "^zhongqing"));
  g_assert_true (has ("重庆", "^'cq"));
  g_assert_true (has ("工商银行", "yinhang"));
  g_assert_true (has ("工商银行", "'syh"));
  g_assert_true (has ("单雄信", "^shanxiong"));
  g_assert_true (has ("曾国藩", "^zengguo"));
  g_assert_true (has ("吕布", "^lvbu"));
  g_assert_true (has ("中國移動", "^'zgy"));
  /* A rare reading only where a surname stands. */
  g_assert_false (has ("小曾", "^xiaozeng"));
  g_assert_true (has ("A曾", "zeng"));
}

/* However long the text and whatever is in it, a place has its few words. */
static void
test_bounds (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *found = NULL;

  for (guint i = 0; i < 100; i++)
    g_string_append (text, "行长乐重单");
  found = sounds (text->str);
  g_auto (GStrv) words = g_strsplit (found, " ", -1);
  g_assert_cmpuint (g_strv_length (words), <=, 500 * SAT_SOUND_MAX + 1);
  for (char **word = words; *word; word++)
    g_assert_cmpuint (strlen (*word), <=, 14);
}

static void
test_syllables (void)
{
  const char *const *all = sat_han_all_syllables ();

  g_assert_cmpuint (g_strv_length ((char **) all), >, 400);
  g_assert_true (g_strv_contains (all, "zhuang"));
  g_assert_true (g_strv_contains (all, "nve"));
  g_assert_false (g_strv_contains (all, "ng"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/han/readings", test_readings);
  g_test_add_func ("/base/han/simplified", test_simplified);
  g_test_add_func ("/base/han/sounds", test_sounds);
  g_test_add_func ("/base/han/bounds", test_bounds);
  g_test_add_func ("/base/han/syllables", test_syllables);
  return g_test_run ();
}
