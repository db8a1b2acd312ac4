/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the file of a template may look like, and what is said of one that is wrong. */
#include <string.h>

#include "core/base/sat-error.h"
#include "core/catalogue/sat-template.h"

#define HEAD "<template name='t'><title>T</title>"
#define ITEM(body) HEAD "<item key='a'><title>A</title>" body "</item></template>"
#define LABEL "<label>L</label>"

static const char *
value_of (const SatTemplatePart *part, const char *field)
{
  const SatTwoTexts *texts = sat_template_value (part, field);

  return texts != NULL ? texts->en : NULL;
}

static void
test_everything (void)
{
  static const char xml[] = HEAD
      "<about xml:lang='zh-CN'>关于</about>"
      "<item key='a'><title>A</title><object icon='i' book='company'>"
      "<label>Room</label><label xml:lang='zh_CN'>客房</label><plural>Rooms</plural></object>"
      "<field id='kind' object='{a}' type='choice' default='{kind.big}' list='10'>" LABEL
      "<help>What\n   it is</help><group>Basics</group><group xml:lang='zh_CN'>基本</group>"
      "<choice id='small'>" LABEL "</choice><choice id='big' place='5'>" LABEL
      "</choice></field></item>"
      "<item key='b'><title xml:lang='zh_CN'>乙</title>"
      "<choice id='top' of='customer.level' place='1'>" LABEL "</choice>"
      "<change of='customer.level.{top}'><label>M</label></change>"
      "<change of='{a}.{kind}.{kind.big}' retired='yes'/>"
      "<grant object='{a}' field='{kind}' role='sales' access='hidden' export='none'/>"
      "<record id='r' object='rule'><set field='actions'>  set a = 1\n\n   set b = 2 \n</set>"
      "<set field='actions' xml:lang='zh'>set a = 3</set></record></item></template>";
  g_autoptr (GError) error = NULL;
  g_autoptr (SatTemplate) made = sat_template_read_memory ("t.xml", xml, strlen (xml), &error);
  const SatTemplateItem *a, *b;
  const SatTemplatePart *part;

  g_assert_no_error (error);
  g_assert_cmpstr (made->name, ==, "t");
  g_assert_cmpstr (made->about.zh, ==, "关于");
  a = sat_template_item (made, "a");
  b = sat_template_item (made, "b");
  g_assert_null (sat_template_item (made, "c"));
  g_assert_cmpuint (a->needs->len, ==, 0);
  g_assert_cmpuint (b->needs->len, ==, 1);
  g_assert_true (b->needs->pdata[0] == a);
  g_assert_cmpuint (a->parts->len, ==, 4);
  part = a->parts->pdata[0];
  g_assert_cmpstr (part->id, ==, "a");
  g_assert_null (part->object);
  g_assert_cmpstr (value_of (part, "label_zh_cn"), ==, "客房");
  g_assert_cmpstr (value_of (part, "book"), ==, "company");
  part = a->parts->pdata[1];
  g_assert_cmpstr (value_of (part, "help_en"), ==, "What it is");
  g_assert_cmpstr (value_of (part, "default"), ==, "{kind.big}");
  g_assert_cmpstr (sat_template_value (part, "group")->zh, ==, "基本");
  part = a->parts->pdata[2];
  g_assert_cmpstr (part->id, ==, "kind.small");
  g_assert_cmpstr (part->object, ==, "{a}");
  g_assert_cmpstr (part->field, ==, "{kind}");
  g_assert_cmpstr (value_of (part, "place"), ==, "10");
  g_assert_cmpstr (value_of (a->parts->pdata[3], "place"), ==, "5");
  part = b->parts->pdata[1];
  g_assert_cmpstr (part->choice, ==, "{top}");
  part = b->parts->pdata[2];
  g_assert_cmpstr (part->choice, ==, "{kind.big}");
  part = b->parts->pdata[3];
  g_assert_cmpstr (part->field, ==, "{kind}");
  g_assert_cmpstr (value_of (part, "role"), ==, "sales");
  part = b->parts->pdata[4];
  g_assert_cmpstr (value_of (part, "actions"), ==, "set a = 1\nset b = 2");
  g_assert_cmpstr (sat_template_value (part, "actions")->zh, ==, "set a = 3");
}

static void
test_wrong (void)
{
  static const struct
  {
    const char *xml, *says;
  } cases[] = {
    { "", "well-formed" },
    { "<template name='t'/>", "needs a <title> and an <item>" },
    { HEAD "</template>", "needs a <title> and an <item>" },
    { "<template><title>T</title></template>", "needs the attribute “name”" },
    { "<template name='T'><title>T</title></template>", "“T” is not a name" },
    { "<catalogue/>", "<catalogue> is unknown" },
    { HEAD "<item key='a b'/></template>", "“a b” is not a name" },
    { ITEM (""), "the item “a” needs a <title> and something that it does" },
    { HEAD "<item key='a'><object>" LABEL "</object></item></template>", "needs a <title>" },
    { ITEM ("<object>" LABEL "</object><object>" LABEL "</object>"), "“a” is there twice" },
    { ITEM ("<object/>"), "this <object> says nothing" },
    { ITEM ("<change of='customer'/>"), "this <change> says nothing" },
    { ITEM ("<object colour='red'>" LABEL "</object>"), "unknown attribute “colour” of <object>" },
    { ITEM ("<field object='customer'>" LABEL "</field>"), "needs the attribute “type”" },
    { ITEM ("<field type='text'>" LABEL "</field>"), "needs the attribute “object”" },
    { ITEM ("<field object='{room}' type='text'>" LABEL "</field>"),
      "nothing before has the id “room”" },
    { ITEM ("<record object='rule'><set field='condition'>{</set></record>"), "has the id “{”" },
    { ITEM ("<choice of='customer'>" LABEL "</choice>"),
      "“customer” is not what <choice> can be of" },
    { ITEM ("<change of='a.b.c.d'>" LABEL "</change>"),
      "“a.b.c.d” is not what <change> can be of" },
    { ITEM ("<object>" LABEL LABEL "</object>"), "a second text in the language “en”" },
    { ITEM ("<object><label xml:lang='de'>L</label></object>"),
      "“de” is no language of templates" },
    { ITEM ("<object><label> </label></object>"), "the text is empty" },
    { ITEM ("<object>word</object>"), "text does not belong here" },
    { ITEM ("<set field='a'>b</set>"), "<set> is unknown or does not belong here" },
    { HEAD "<item key='a'><title>A</title><object>" LABEL "</object></item><item key='a'>"
           "<title>A</title><object id='b'>" LABEL "</object></item></template>",
      "“a” is there twice" },
    /* A later item cannot be named. */
    { HEAD "<item key='a'><title>A</title><field object='{b}' type='text'>" LABEL
           "</field></item><item key='b'><title>B</title><object>" LABEL
           "</object></item></template>",
      "t.xml:1: nothing before has the id “b”" },
    { "<template name='t'>\n<title>\xff</title></template>", "not valid UTF-8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SatTemplate) made = sat_template_read_memory ("t.xml", cases[i].xml,
                                                               strlen (cases[i].xml), &error);

      g_test_message ("%s", cases[i].xml);
      g_assert_null (made);
      g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].says));
    }
}

/* Too much of anything is refused, and costs no more than reading it. */
static void
test_limits (void)
{
  g_autoptr (GString) items = g_string_new (HEAD);
  g_autoptr (GString) parts = g_string_new (HEAD "<item key='a'><title>A</title>");
  g_autofree char *text = g_strnfill (SAT_TEMPLATE_TEXT_MAX + 1, 'x');
  g_autofree char *whole = g_strnfill (SAT_TEMPLATE_FILE_MAX + 1, ' ');
  g_autofree char *longer = g_strdup_printf (ITEM ("<object><label>%s</label></object>"), text);
  const char *says[] = { "too many <item>", "too many <object>", "the text is too long",
                         "the file is too long" };

  for (guint i = 0; i <= SAT_TEMPLATE_ITEMS_MAX; i++)
    g_string_append_printf (items,
                            "<item key='i%u'><title>I</title><object>" LABEL "</object></item>", i);
  g_string_append (items, "</template>");
  for (guint i = 0; i <= SAT_TEMPLATE_PARTS_MAX; i++)
    g_string_append_printf (parts, "<object id='i%u'>" LABEL "</object>", i);
  g_string_append (parts, "</item></template>");
  const char *texts[] = { items->str, parts->str, longer, whole };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sat_template_read_memory ("t.xml", texts[i], strlen (texts[i]), &error));
      g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, says[i]));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalogue/template-reader/everything", test_everything);
  g_test_add_func ("/catalogue/template-reader/wrong", test_wrong);
  g_test_add_func ("/catalogue/template-reader/limits", test_limits);
  return g_test_run ();
}
