/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes to the reader of templates: an error with a reason, or a template whose every name
 * leads to something before it. */
#include "core/catalogue/sat-template.h"

#include <string.h>

#include "core/base/sat-error.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

typedef struct
{
  const SatTemplate *made;
  const SatTemplateItem *item;
} Named;

/* The item that makes ID, if it is not after NAMED's. */
static const char *
find (const char *id, gpointer data)
{
  const Named *named = data;

  for (guint i = 0; i < named->made->items->len; i++)
    {
      const SatTemplateItem *item = named->made->items->pdata[i];

      for (guint k = 0; k < item->parts->len; k++)
        if (g_strcmp0 (((const SatTemplatePart *) item->parts->pdata[k])->id, id) == 0)
          {
            g_assert_true (item == named->item ||
                           g_ptr_array_find (named->item->needs, item, NULL));
            return "x";
          }
      if (item == named->item)
        break;
    }
  return NULL;
}

static void
check_text (Named *named, const char *text)
{
  g_autofree char *out = text != NULL ? sat_template_expand (text, find, named, NULL) : NULL;

  g_assert_true (text == NULL || out != NULL);
}

static void
check_part (Named *named, const SatTemplatePart *part)
{
  g_assert_cmpint (part->kind, <, SAT_N_PARTS);
  check_text (named, part->object);
  check_text (named, part->field);
  check_text (named, part->choice);
  g_assert_true ((part->object == NULL) == (part->kind == SAT_PART_OBJECT));
  for (guint i = 0; i < part->values->len; i++)
    {
      const SatTemplateValue *value = part->values->pdata[i];

      g_assert_nonnull (sat_two_texts_in (&value->value, "zh_CN"));
      g_assert_nonnull (sat_two_texts_in (&value->value, NULL));
      if (part->kind == SAT_PART_RECORD)
        check_text (named, value->value.en);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatTemplate) made = sat_template_read_memory (
      "fuzz.xml", size > 0 ? (const char *) data : "", size, &error);

  g_assert_true ((made == NULL) == (error != NULL));
  if (made == NULL)
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }
  for (guint i = 0; i < made->items->len; i++)
    {
      Named named = { made, made->items->pdata[i] };

      g_assert_cmpuint (named.item->parts->len, >, 0);
      for (guint k = 0; k < named.item->parts->len; k++)
        check_part (&named, named.item->parts->pdata[k]);
    }
  return 0;
}
