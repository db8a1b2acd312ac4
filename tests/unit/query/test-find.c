/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people type, and whom they mean: the one they mean comes first, and others do not come. */
#include "core/query/sat-find.h"

#include "core/store/sat-search.h"
#include "tests/support/world.h"

typedef struct
{
  World world;
  SatWorkspace *laptop;
} Fixture;

static void
add (Fixture *f, const char *name, const char *phone, const char *city, const char *notes)
{
  record_new (f->laptop, "customer", "name", name, "phone", phone, "city", city, "notes", notes,
              NULL);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  world_plain_laptop (&f->world, &f->laptop);
  add (f, "中国移动", "+86 10 5268 6688", "北京", "老客户");
  add (f, "中国移动通信集团上海有限公司", "021-5555 0147", "上海", "x");
  add (f, "上海宏达机械有限公司", "13812345678", "上海", "曾经在中国移动工作");
  add (f, "重庆钢铁", "023-6887 1111", "重庆", "x");
  add (f, "中国工商银行", "95588", "北京", "x");
  add (f, "西安飞机", "029-8684 5000", "西安", "x");
  add (f, "吕布", "10086", "包头", "x");
  add (f, "卢俊义", "10010", "大名", "x");
  add (f, "单雄信", "12315", "长治", "x");
  add (f, "曾国藩", "12306", "湘乡", "x");
  add (f, "萬達影業", "12345", "大连", "x");
  add (f, "3M中国", "12121", "上海", "x");
  add (f, "Müller Maschinenbau GmbH", "+49 89 1234560", "München", "x");
  add (f, "Mueller & Söhne", "+49 (0)30 998877", "Berlin", "x");
  add (f, "Łódź Straßenbau S.A.", "+48 42 555 12 34", "Łódź", "met Siemens at the fair");
  add (f, "Siemens AG", "+49 89 636 00", "München", "x");
  add (f, "Siemensstadt Immobilien", "+49 30 445566", "Berlin", "x");
  record_new (f->laptop, "contact", "name", "李明", "email", "li.ming@acme-pump.com", "mobile",
              "139 8765 4321", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  sat_workspace_close (f->laptop);
  world_clear (&f->world);
}

/* The titles that WORDS finds. */
static char *
found (Fixture *f, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) hits = sat_workspace_search (f->laptop, words, 50, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < hits->len; i++)
    {
      const SatHit *hit = &g_array_index (hits, SatHit, i);
      g_autoptr (GPtrArray) one = sat_workspace_load_rows (f->laptop, hit->object, &hit->row, 1,
                                                           NULL);

      g_string_append_printf (out, "%s%s", i > 0 ? "|" : "",
                              sat_record_title (g_ptr_array_index (one, 0)));
    }
  return g_string_free (out, FALSE);
}

static void
assert_first (Fixture *f, const char *words, const char *title)
{
  g_autofree char *titles = found (f, words);
  g_auto (GStrv) list = g_strsplit (titles, "|", -1);

  if (g_strcmp0 (list[0], title) != 0)
    g_error ("“%s” does not find %s first, but: %s", words, title, titles);
}

static void
assert_found (Fixture *f, const char *words, const char *expected)
{
  g_autofree char *titles = found (f, words);

  if (g_strcmp0 (titles, expected) != 0)
    g_error ("“%s” does not find “%s”, but: %s", words, expected, titles);
}

static void
test_chinese (Fixture *f, gconstpointer data)
{
  assert_found (f, "重", "重庆钢铁");
  assert_found (f, "庆钢", "重庆钢铁");
  assert_found (f, "宏达机", "上海宏达机械有限公司");
  assert_first (f, "中国移动", "中国移动");
  assert_found (f, "万达", "萬達影業");
  assert_found (f, "萬達", "萬達影業");
  assert_found (f, "萬达影业", "萬達影業");
  assert_found (f, "宏达公司", "上海宏达机械有限公司");
  assert_found (f, "上海 机械", "上海宏达机械有限公司");
  assert_found (f, "机械 上海", "上海宏达机械有限公司");
  assert_found (f, "3m中国", "3M中国");
  assert_found (f, "３Ｍ", "3M中国");
}

/* Characters between those that were typed: only where nothing has them in a row. */
static void
test_abbreviated (Fixture *f, gconstpointer data)
{
  assert_found (f, "工行", "中国工商银行");
  assert_found (f, "宏机", "上海宏达机械有限公司");
  assert_found (f, "行工", "");
}

static void
test_pinyin (Fixture *f, gconstpointer data)
{
  assert_first (f, "zhongguoyidong", "中国移动");
  assert_first (f, "zhong guo yi dong", "中国移动");
  assert_first (f, "zhongguoyid", "中国移动");
  assert_first (f, "ZHONGGUO", "中国移动");
  assert_first (f, "zgyd", "中国移动");
  assert_first (f, "zhgyd", "中国移动");
  assert_first (f, "zhonggyd", "中国移动");
  assert_found (f, "hongdajixie", "上海宏达机械有限公司");
  assert_found (f, "hdjx", "上海宏达机械有限公司");
  assert_found (f, "hongdajx", "上海宏达机械有限公司");
  assert_found (f, "shanghaihongdajixieyouxiangongsi", "上海宏达机械有限公司");
  assert_found (f, "shhdjxyxgs", "上海宏达机械有限公司");
  assert_first (f, "chongqing", "重庆钢铁");
  assert_first (f, "cqgt", "重庆钢铁");
  assert_found (f, "gsyh", "中国工商银行");
  assert_found (f, "gongshangyinhang", "中国工商银行");
  assert_found (f, "xianfeiji", "西安飞机");
  assert_found (f, "xi'an feiji", "西安飞机");
  assert_found (f, "shanxiongxin", "单雄信");
  assert_found (f, "zengguofan", "曾国藩");
  assert_found (f, "wandayingye", "萬達影業");
  assert_found (f, "3mzhongguo", "");
}

static void
test_umlaut (Fixture *f, gconstpointer data)
{
  static const char *const typed[] = { "lv",   "lü",    "LÜ",    "lu:", "lvbu",
                                       "lübu", "lu:bu", "lyubu", "lubu" };

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    assert_found (f, typed[i], "吕布");
  assert_found (f, "lu", "吕布|卢俊义");
}

static void
test_latin (Fixture *f, gconstpointer data)
{
  assert_first (f, "müller", "Müller Maschinenbau GmbH");
  assert_first (f, "MUELLER", "Mueller & Söhne");
  assert_found (f, "müller masch", "Müller Maschinenbau GmbH");
  assert_found (f, "mueller masch", "Müller Maschinenbau GmbH");
  assert_found (f, "muller masch", "Müller Maschinenbau GmbH");
  assert_found (f, "müller söhne", "Mueller & Söhne");
  assert_found (f, "soehne", "Mueller & Söhne");
  assert_found (f, "lodz", "Łódź Straßenbau S.A.");
  assert_found (f, "strassen", "Łódź Straßenbau S.A.");
  assert_found (f, "STRAßEN", "Łódź Straßenbau S.A.");
  assert_found (f, "siemens ag", "Siemens AG");
}

/* Typing mistakes: where few are found as it was typed. */
static void
test_mistakes (Fixture *f, gconstpointer data)
{
  assert_found (f, "simens", "Siemens AG|Siemensstadt Immobilien");
  assert_found (f, "seimens", "Siemens AG|Siemensstadt Immobilien");
  assert_found (f, "siemenss", "Siemensstadt Immobilien|Siemens AG");
  assert_found (f, "maschinembau", "Müller Maschinenbau GmbH");
  assert_found (f, "imobilien", "Siemensstadt Immobilien");
  assert_found (f, "simens immo", "Siemensstadt Immobilien");
  assert_found (f, "samsung", "");
}

static void
test_phone (Fixture *f, gconstpointer data)
{
  static const char *const hongda[] = { "13812345678",   "138 1234 5678",    "+86 138 1234 5678",
                                        "8613812345678", "0086 13812345678", "5678",
                                        "678",           "381234",           "１３８１２３４" };

  for (guint i = 0; i < G_N_ELEMENTS (hongda); i++)
    assert_first (f, hongda[i], "上海宏达机械有限公司");
  assert_found (f, "0147", "中国移动通信集团上海有限公司");
  assert_found (f, "02155550147", "中国移动通信集团上海有限公司");
  assert_found (f, "1052686688", "中国移动");
  assert_found (f, "010 5268 6688", "中国移动");
  assert_found (f, "030 998877", "Mueller & Söhne");
  assert_found (f, "089 1234560", "Müller Maschinenbau GmbH");
  assert_found (f, "+48 42 5551234", "Łódź Straßenbau S.A.");
  assert_found (f, "4321", "李明");
  assert_found (f, "99999", "");
}

static void
test_mail (Fixture *f, gconstpointer data)
{
  assert_found (f, "li.ming@acme-pump.com", "李明");
  assert_found (f, "li.ming", "李明");
  assert_found (f, "@acme-pump", "李明");
  assert_found (f, "acme", "李明");
  assert_found (f, "liming", "李明");
}

/* All of a title, its beginning, inside, another field; the shorter of two. */
static void
test_order (Fixture *f, gconstpointer data)
{
  assert_found (f, "中国移动", "中国移动|中国移动通信集团上海有限公司|上海宏达机械有限公司");
  assert_found (f, "siemens", "Siemens AG|Siemensstadt Immobilien|Łódź Straßenbau S.A.");
  assert_found (f, "上海", "上海宏达机械有限公司|中国移动通信集团上海有限公司|3M中国");
  assert_found (f, "shanghai", "上海宏达机械有限公司|中国移动通信集团上海有限公司|3M中国");
  assert_found (f, "beijing", "中国移动|中国工商银行");
}

/* However many others begin with it, a title that was typed in whole comes first; and the newest of
 * equal ones. */
static void
test_many (Fixture *f, gconstpointer data)
{
  g_assert_true (sat_workspace_begin (f->laptop, NULL));
  for (guint i = 0; i < 600; i++)
    {
      g_autofree char *name = g_strdup_printf ("王%u", i);
      record_new (f->laptop, "customer", "name", name, "notes", "王", NULL);
    }
  record_new (f->laptop, "customer", "name", "王", NULL);
  g_assert_true (sat_workspace_commit (f->laptop, NULL));
  assert_first (f, "王", "王");
}

/* Many records of one object do not hide those of another one. */
static void
test_objects (Fixture *f, gconstpointer data)
{
  g_autofree char *titles = NULL;

  g_assert_true (sat_workspace_begin (f->laptop, NULL));
  for (guint i = 0; i < 200; i++)
    record_new (f->laptop, "customer", "name", "Nordwind Handel", NULL);
  record_new (f->laptop, "contact", "name", "Nordwind Meier", NULL);
  record_new (f->laptop, "deal", "name", "Nord Stream", "notes", "nordwind", NULL);
  g_assert_true (sat_workspace_commit (f->laptop, NULL));
  assert_first (f, "nordwind", "Nordwind Meier");
  titles = found (f, "nord");
  g_assert_true (g_str_has_prefix (titles, "Nord Stream|Nordwind Meier|"));
}

static void
test_lists (Fixture *f, gconstpointer data)
{
  SatQuery query = { .object = world_object (f->laptop, "customer"), .limit = -1 };
  static const struct
  {
    const char *words;
    gint64 count;
  } cases[] = {
    { "siemens", 3 }, { "simens", 2 }, { "工行", 1 }, { "zgyd", 2 }, { "shanghai", 3 }
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) hits = NULL;

      query.words = cases[i].words;
      g_assert_cmpint (sat_workspace_count (f->laptop, &query, NULL), ==, cases[i].count);
      hits = sat_workspace_search_in (f->laptop, &query, 1, NULL);
      g_assert_cmpuint (hits->len, ==, 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/query/find/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("chinese", test_chinese);
  ADD ("abbreviated", test_abbreviated);
  ADD ("pinyin", test_pinyin);
  ADD ("umlaut", test_umlaut);
  ADD ("latin", test_latin);
  ADD ("mistakes", test_mistakes);
  ADD ("phone", test_phone);
  ADD ("mail", test_mail);
  ADD ("order", test_order);
  ADD ("many", test_many);
  ADD ("objects", test_objects);
  ADD ("lists", test_lists);
#undef ADD
  return g_test_run ();
}
