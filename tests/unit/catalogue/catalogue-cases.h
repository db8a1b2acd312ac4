/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small catalogues in memory, right and wrong ones. */
#pragma once

#include <string.h>

#include "core/base/sat-error.h"
#include "core/catalogue/sat-catalogue.h"

/* An object with a title field, line 1; FIELDS follow from line 2. */
#define OBJECT(fields) \
  "<object name='thing' title='name'><label>Thing</label><plural>Things</plural>" \
  "<field name='name' type='text'><label>Name</label></field>\n" fields "</object>"

static inline SatCatalogue *
read_good (const char *xml)
{
  g_autoptr (GError) error = NULL;
  SatCatalogue *catalogue = sat_catalogue_read_memory ("test.xml", xml, strlen (xml), TRUE, &error);

  g_assert_no_error (error);
  g_assert_nonnull (catalogue);
  return catalogue;
}

/* Read wrong: the message is MESSAGE, or begins with it if that ends with "*". */
static inline void
assert_wrong (const char *xml, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatCatalogue) catalogue = sat_catalogue_read_memory ("test.xml", xml, strlen (xml),
                                                                  TRUE, &error);

  g_assert_null (catalogue);
  g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
  if (g_str_has_suffix (message, "*"))
    {
      g_autofree char *start = g_strndup (error->message, strlen (message) - 1);
      g_autofree char *expected = g_strndup (message, strlen (message) - 1);
      g_assert_cmpstr (start, ==, expected);
    }
  else
    g_assert_cmpstr (error->message, ==, message);
}

typedef struct
{
  const char *xml;
  const char *message;
} Wrong;

static inline void
assert_all_wrong (const Wrong *cases, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_test_message ("%s", cases[i].message);
      assert_wrong (cases[i].xml, cases[i].message);
    }
}
