/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/base/sat-pinyin.h"

#include <string.h>

#include "core/base/sat-platform.h"

static char *
ways_of (const char *letters)
{
  g_autoptr (GPtrArray) ways = sat_pinyin_read (letters);
  GString *out = g_string_new (NULL);

  g_assert_cmpuint (ways->len, <=, SAT_PINYIN_WAYS);
  for (guint i = 0; i < ways->len; i++)
    {
      const GArray *way = g_ptr_array_index (ways, i);

      g_string_append (out, i > 0 ? " | " : "");
      for (guint k = 0; k < way->len; k++)
        {
          const SatTypedSound *sound = &g_array_index (way, SatTypedSound, k);
          g_string_append_printf (out, "%s%s%s%s", k > 0 ? " " : "",
                                  sound->kind == SAT_SOUND_INITIALS ? "'" : "", sound->word,
                                  sound->is_prefix ? "*" : "");
        }
    }
  return g_string_free (out, FALSE);
}

static void
assert_way (const char *letters, const char *way)
{
  g_autofree char *found = ways_of (letters);
  g_auto (GStrv) ways = g_strsplit (found, " | ", -1);

  if (!g_strv_contains ((const char *const *) ways, way))
    g_error ("“%s” is not read as “%s”: %s", letters, way, found);
}

static void
assert_no_way (const char *letters)
{
  g_autofree char *found = ways_of (letters);

  g_assert_cmpstr (found, ==, "");
}

static void
test_syllables (void)
{
  assert_way ("zhong", "zhong*");
  assert_way ("zhongguo", "zhongguo*");
  assert_way ("zhongg", "zhongg*");
  assert_way ("zhongguoyid", "zhongguo guoyi yid*");
  assert_way ("xian", "xian*"); /* 先, and 西安 */
  assert_way ("xianshi", "xianshi*");
  assert_way ("xianshi", "xian anshi*");
  assert_way ("shanghaihongdajixieyouxiangongsi",
              "shanghai haihong hongda daji jixie xieyou youxian xiangong gongsi*");
  assert_no_way ("");
  assert_no_way ("zhong guo");
  assert_no_way ("Zhong");
  assert_no_way ("vii");
}

/* An ü however it is typed; what is typed as u may be one, what is typed as v is none other. */
static void
test_umlaut (void)
{
  static const char *const forms[] = { "lvbu", "lubu", "lyubu" };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    assert_way (forms[i], "lvbu*");
  assert_way ("lubu", "lubu*");
  assert_way ("lu", "lv*");
  assert_way ("lyu", "lv*");
  assert_way ("nvxing", "nvxing*");
  assert_way ("zhanlue", "zhanlve*");
  g_autofree char *exact = ways_of ("lv");
  g_assert_null (strstr (exact, "lu"));
}

static void
test_initials (void)
{
  assert_way ("z", "'z*");
  assert_way ("zg", "'zg*");
  assert_way ("zgy", "'zgy");
  assert_way ("zgyd", "'zgy 'gyd");
  assert_way ("zhgyd", "'zgy 'gyd");
  assert_way ("shhdjxyxgs", "'shh 'hhd 'hdj 'djx 'jxy 'xyx 'yxg 'xgs");
  assert_way ("shhdjxyxgs", "'shd 'hdj 'djx 'jxy 'xyx 'yxg 'xgs");
}

static void
test_mixed (void)
{
  assert_way ("zhonggyd", "zhongg* 'zgy 'gyd");
  assert_way ("hongdajx", "hongda daj* 'hdj 'djx");
  assert_way ("zgyidong", "yidong dong* 'zgy 'gyd");
}

static void
test_match (void)
{
  static const struct
  {
    const char *letters, *text;
    SatSoundsLike like;
  } cases[] = {
    { "zgyd", "中国移动", SAT_SOUNDS_WHOLE },
    { "zhgyd", "中国移动", SAT_SOUNDS_WHOLE },
    { "zhonggyidong", "中国移动", SAT_SOUNDS_WHOLE },
    { "zgy", "中国移动", SAT_SOUNDS_START },
    { "zhongguoy", "中国移动", SAT_SOUNDS_START },
    { "gyd", "中国移动", SAT_SOUNDS_INSIDE },
    { "yidong", "中国移动（北京）", SAT_SOUNDS_INSIDE },
    { "yidongbj", "移动（北京）", SAT_SOUNDS_WHOLE },
    { "gdy", "中国移动", SAT_SOUNDS_NOT },
    { "chongqing", "重庆", SAT_SOUNDS_WHOLE },
    { "zhongqing", "重庆", SAT_SOUNDS_WHOLE },
    { "gsyh", "工商银行", SAT_SOUNDS_WHOLE },
    { "lvbu", "吕布", SAT_SOUNDS_WHOLE },
    { "lubu", "吕布", SAT_SOUNDS_WHOLE },
    { "lvbu", "卢布", SAT_SOUNDS_NOT },
    { "akj", "A科技", SAT_SOUNDS_WHOLE },
    { "wang", "王", SAT_SOUNDS_WHOLE },
    { "wan", "王", SAT_SOUNDS_WHOLE },
    { "", "王", SAT_SOUNDS_NOT },
    { "w", "", SAT_SOUNDS_NOT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (sat_pinyin_match (cases[i].letters, cases[i].text) != cases[i].like)
      g_error ("“%s” for “%s”: %u", cases[i].letters, cases[i].text,
               sat_pinyin_match (cases[i].letters, cases[i].text));
}

/* Whatever a text is typed as, in syllables or initials at random, is heard in it, and its sounds
 * are among those that one of the ways to read the letters asks for. */
static void
add_sound (SatSoundKind kind, const char *word, gboolean is_first, gpointer data)
{
  g_hash_table_add (data, g_strdup_printf ("%u%s", kind, word));
}

static gboolean
asks_for (const GArray *way, GHashTable *sounds)
{
  for (guint i = 0; i < way->len; i++)
    {
      const SatTypedSound *sound = &g_array_index (way, SatTypedSound, i);
      g_autofree char *key = g_strdup_printf ("%u%s", sound->kind, sound->word);
      GHashTableIter iter;
      gpointer have;
      gboolean found = g_hash_table_contains (sounds, key);

      g_hash_table_iter_init (&iter, sounds);
      while (sound->is_prefix && !found && g_hash_table_iter_next (&iter, &have, NULL))
        found = g_str_has_prefix (have, key);
      if (!found)
        return FALSE;
    }
  return TRUE;
}

static void
test_property (void)
{
  g_autoptr (SatPlatform) dice = sat_platform_new_seeded (3, 0);

  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GString) typed = g_string_new (NULL);
      g_autoptr (GHashTable) sounds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_autoptr (GPtrArray) ways = NULL;
      guint n = 1 + sat_platform_random_below (dice, 6);
      gboolean initials = sat_platform_random_below (dice, 2);
      gboolean asked = FALSE;

      while (n > 0)
        {
          const char *readings[SAT_HAN_MAX_READINGS];
          gunichar c = 0x4e00 + sat_platform_random_below (dice, 0x5000);
          guint usual;

          if (sat_han_readings (c, readings, &usual) == 0 ||
              strpbrk (readings[0], "aeiouv") == NULL || strchr ("iuv", readings[0][0]) != NULL)
            continue;
          g_string_append_unichar (text, c);
          g_string_append_len (typed, readings[0], initials ? 1 : -1);
          n--;
        }
      sat_han_sounds (text->str, add_sound, sounds);
      ways = sat_pinyin_read (typed->str);
      for (guint i = 0; i < ways->len; i++)
        asked |= asks_for (g_ptr_array_index (ways, i), sounds);
      if (ways->len + 2 < SAT_PINYIN_WAYS)
        g_assert_true (asked);
      g_assert_cmpint (sat_pinyin_match (typed->str, text->str), ==, SAT_SOUNDS_WHOLE);
    }
}

/* Bounded, whatever is typed. */
static void
test_any_letters (void)
{
  g_autofree char *much = g_strnfill (SAT_PINYIN_LETTERS + 1, 'a');
  g_autofree char *text = g_strnfill (4000, 'x');

  assert_no_way (much);
  much[SAT_PINYIN_LETTERS] = '\0';
  g_ptr_array_unref (sat_pinyin_read (much));
  g_assert_cmpint (sat_pinyin_match (much, text), ==, SAT_SOUNDS_NOT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/pinyin/syllables", test_syllables);
  g_test_add_func ("/base/pinyin/umlaut", test_umlaut);
  g_test_add_func ("/base/pinyin/initials", test_initials);
  g_test_add_func ("/base/pinyin/mixed", test_mixed);
  g_test_add_func ("/base/pinyin/match", test_match);
  g_test_add_func ("/base/pinyin/property", test_property);
  g_test_add_func ("/base/pinyin/any-letters", test_any_letters);
  return g_test_run ();
}
