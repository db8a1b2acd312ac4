/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of typed input and what must come of it, and the properties that every type has. */
#pragma once

#include <string.h>

#include "core/base/sat-error.h"
#include "core/value/sat-type.h"

typedef struct
{
  const char *input;
  const char *canonical; /* NULL: empty */
} Accepted;

/* Which input a failure is about; plain ASCII, since it may be any bytes. */
static inline void
say (const char *input)
{
  g_autofree char *start = g_strndup (input, 60);
  g_autofree char *escaped = g_strescape (start, NULL);

  g_test_message ("%s", escaped);
}

/* The properties of one canonical text: it is spelled exactly, parses to itself, and survives the
 * database. */
static inline void
check_canonical (SatTypeId id, const SatTypeOptions *options, const char *text)
{
  const SatType *type = sat_type_get (id);
  SatCell cells[SAT_TYPE_MAX_CELLS] = { 0 };
  g_autofree char *padded = g_strconcat (text, "\x01", NULL);
  g_autofree char *parsed = NULL;
  g_autofree char *stored = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (text, !=, "");
  g_assert_true (type->canonical (padded, strlen (text)));
  g_assert_false (type->canonical (padded, strlen (padded)));
  type->parse (options, text, &parsed, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (parsed, ==, text);
  type->to_cells (text, cells);
  g_assert_cmpint (cells[0].kind, !=, SAT_CELL_NULL);
  stored = type->from_cells (cells);
  g_assert_cmpstr (stored, ==, text);
  g_assert_cmpint (type->compare (text, text), ==, 0);
}

static inline void
check_accepts (SatTypeId id, const SatTypeOptions *options, const Accepted *cases, gsize n)
{
  const SatType *type = sat_type_get (id);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *out = NULL;
      g_autoptr (GError) error = NULL;

      say (cases[i].input);
      g_assert_true (type->parse (options, cases[i].input, &out, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (out, ==, cases[i].canonical);
      if (out != NULL)
        check_canonical (id, options, out);
      if (out != NULL && strcmp (out, cases[i].input) != 0)
        g_assert_false (type->canonical (cases[i].input, strlen (cases[i].input)));
    }
}

static inline void
check_refuses (SatTypeId id, const SatTypeOptions *options, const char *input, SatErrorCode code)
{
  const SatType *type = sat_type_get (id);
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;

  say (input);
  g_assert_false (type->parse (options, input, &out, &error));
  g_assert_error (error, SAT_ERROR, (int) code);
  g_assert_null (out);
  g_assert_cmpuint (strlen (error->message), <, 1000);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

#define CHECK_REFUSES(id, options, ...) \
  do \
    { \
      static const char *const inputs[] = { __VA_ARGS__ }; \
      for (gsize at = 0; at < G_N_ELEMENTS (inputs); at++) \
        check_refuses (id, options, inputs[at], SAT_ERROR_INVALID); \
    } \
  while (0)

/* No text of these is canonical. */
#define CHECK_NOT_CANONICAL(id, ...) \
  do \
    { \
      static const char *const inputs[] = { __VA_ARGS__ }; \
      for (gsize at = 0; at < G_N_ELEMENTS (inputs); at++) \
        { \
          say (inputs[at]); \
          g_assert_false (sat_type_get (id)->canonical (inputs[at], strlen (inputs[at]))); \
        } \
    } \
  while (0)

/* TEXTS in the order people expect: compare agrees for every pair, in both directions. */
static inline void
check_order (SatTypeId id, const SatTypeOptions *options, const char *const *texts, gsize n)
{
  const SatType *type = sat_type_get (id);

  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < n; j++)
      {
        int order = sat_type_compare (type, options, texts[i], texts[j]);
        g_assert_cmpint ((order > 0) - (order < 0), ==, (i > j) - (i < j));
      }
}
