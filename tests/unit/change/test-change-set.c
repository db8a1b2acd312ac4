/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The change-set codec: the vectors of docs/change-set-format.md, round trips of made-up content,
 * limits, and what damage does. */
#include "core/change/sat-change-set.h"

#include <string.h>

#include "core/base/sat-platform.h"
#include "core/value/sat-type.h"
#include "encode.h"

static SatChangeSet *
decode_text (const char *text, gssize size, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, size < 0 ? strlen (text) : (gsize) size);

  return sat_change_set_decode (bytes, error);
}

static void
assert_code (GError *error, SatErrorCode code, const char *what)
{
  if (error == NULL || error->code != (int) code)
    g_test_message ("%s: got %s", what, error ? error->message : "success");
  g_assert_error (error, SAT_ERROR, (int) code);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

/* TEXT is refused with CODE. */
static void
assert_refused (const char *text, gssize size, SatErrorCode code, const char *what)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatChangeSet) set = decode_text (text, size, &error);

  assert_code (error, code, what);
  g_assert_null (set);
}

/* TEXT decodes, and its content writes as TEXT. */
static SatChangeSet *
assert_canonical (const char *text, gsize size)
{
  g_autoptr (GError) error = NULL;
  SatChangeSet *set = decode_text (text, (gssize) size, &error);

  g_assert_no_error (error);
  g_assert_nonnull (set);
  g_autoptr (GBytes) again = encode (set);
  g_assert_cmpmem (text, size, g_bytes_get_data (again, NULL), g_bytes_get_size (again));
  return set;
}

/* ---- the vectors of the documentation ---- */

typedef struct
{
  char *page;
  GPtrArray *vectors;
} Doc;

static void
doc_setup (Doc *doc, gconstpointer data)
{
  static const char fence[] = "\n```change-set\n";
  g_autofree char *path = g_build_filename (g_getenv ("SATCHEL_SOURCE_ROOT"), "docs",
                                            "change-set-format.md", NULL);

  g_assert_true (g_file_get_contents (path, &doc->page, NULL, NULL));
  doc->vectors = g_ptr_array_new_with_free_func (g_free);
  for (const char *p = doc->page; (p = strstr (p, fence)) != NULL;)
    {
      p += strlen (fence);
      const char *end = strstr (p, "\n```");
      g_assert_nonnull (end);
      g_ptr_array_add (doc->vectors, g_strndup (p, (gsize) (end + 1 - p)));
    }
  g_assert_cmpuint (doc->vectors->len, ==, 6);
}

static void
doc_teardown (Doc *doc, gconstpointer data)
{
  g_free (doc->page);
  g_ptr_array_unref (doc->vectors);
}

static void
test_vectors (Doc *doc, gconstpointer data)
{
  for (guint i = 0; i < doc->vectors->len; i++)
    {
      const char *text = g_ptr_array_index (doc->vectors, i);
      sat_change_set_free (assert_canonical (text, strlen (text)));
      g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
      if (strstr (doc->page, sum) == NULL)
        g_test_message ("vector %u has the sum %s", i, sum);
      g_assert_nonnull (strstr (doc->page, sum));
    }
}

/* What the example says, field by field. */
static void
test_example (Doc *doc, gconstpointer data)
{
  const char *text = g_ptr_array_index (doc->vectors, 0);
  g_autoptr (SatChangeSet) set = assert_canonical (text, strlen (text));
  g_autofree char *device = sat_id_dup_text (sat_change_set_device (set));
  guint n;

  g_assert_cmpstr (sat_change_set_book (set), ==, "east");
  g_assert_cmpstr (device, ==, "6f1c2ab0-9d3e-8f41-a2b4-0c5d7e8f9a01");
  g_assert_cmpuint (sat_change_set_number (set), ==, 7);
  g_assert_false (sat_change_set_saw_is_full (set));
  const SatSaw *saw = sat_change_set_saw (set, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (saw[0].number, ==, 12);
  sat_change_set_cuts (set, &n);
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpuint (sat_change_set_n_ops (set), ==, 9);

  const SatOpGroup *groups = sat_change_set_groups (set, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (groups[0].object, ==, "contact");
  g_assert_cmpint (groups[0].life, ==, SAT_LIFE_LIVE);
  g_assert_cmpuint (groups[0].n_ops, ==, 3);
  g_assert_cmpstr (groups[0].ops[0].key, ==, ":home");
  g_assert_cmpstr (groups[0].ops[0].value, ==, "east");
  g_assert_cmpuint (groups[0].ops[0].hlc, ==, groups[0].life_hlc);
  g_assert_cmpstr (groups[0].ops[2].value, ==, "李明");
  const SatOp *ops = groups[1].ops;
  g_assert_cmpuint (groups[1].n_ops, ==, 6);
  g_assert_cmpstr (ops[1].value, ==, "first line\nsecond line, with a tab:\tand a \\");
  g_assert_cmpuint (ops[2].hlc & 0xffff, ==, 5);
  g_assert_cmpint (sat_hlc_ms (ops[2].hlc) - sat_hlc_ms (ops[1].hlc), ==, 877);
  g_assert_cmpstr (ops[3].element, ==, "prospect");
  g_assert_cmpint (ops[3].kind, ==, SAT_OP_DROP);
  g_assert_cmpuint (ops[3].hlc, ==, 0);
  g_assert_cmpstr (ops[4].element, ==, "vip");
  g_assert_cmpstr (ops[5].key, ==, "website");
  g_assert_null (ops[5].value);
  g_assert_cmpint (ops[5].kind, ==, SAT_OP_SET);
}

/* A table cell: what stands between back-ticks, with LF for ⏎. */
static char *
cell (const char *text)
{
  const char *start = strchr (text, '`');
  const char *end = start ? strchr (start + 1, '`') : NULL;

  g_assert_nonnull (end);
  g_autofree char *inner = g_strndup (start + 1, (gsize) (end - start - 1));
  g_auto (GStrv) parts = g_strsplit (inner, "⏎", -1);
  return g_strjoinv ("\n", parts);
}

static void
test_refusals (Doc *doc, gconstpointer data)
{
  g_auto (GStrv) lines = g_strsplit (doc->page, "\n", -1);
  guint n_malformed = 0, n_newer = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "|", -1);
      guint n = g_strv_length (cells);
      if (n < 5 || strlen (cells[1]) != 3 || !g_ascii_isdigit (cells[1][1]))
        continue;
      gboolean newer = n == 5;
      const char *vector = g_ptr_array_index (doc->vectors, (guint) (cells[1][1] - '0'));
      g_autofree char *old = cell (cells[2]);
      g_autofree char *new = cell (cells[3]);
      const char *at = strstr (vector, old);
      if (at == NULL)
        g_test_message ("not in the vector: %s", lines[i]);
      g_assert_nonnull (at);
      g_autoptr (GString) text = g_string_new_len (vector, at - vector);
      g_string_append (text, new);
      g_string_append (text, at + strlen (old));
      assert_refused (text->str, (gssize) text->len, newer ? SAT_ERROR_NEWER : SAT_ERROR_MALFORMED,
                      lines[i]);
      if (newer)
        n_newer++;
      else
        n_malformed++;
    }
  g_assert_cmpuint (n_malformed, >=, 60);
  g_assert_cmpuint (n_newer, ==, 2);
}

/* ---- damage ---- */

static void
test_truncated (Doc *doc, gconstpointer data)
{
  for (guint v = 2; v <= 3; v++)
    {
      const char *text = g_ptr_array_index (doc->vectors, v);

      for (gsize size = 0; size < strlen (text); size++)
        assert_refused (text, (gssize) size, SAT_ERROR_MALFORMED, "truncated");
    }
}

/* Whatever one byte becomes: refused, or another content in its own canonical text. */
static void
test_one_byte (Doc *doc, gconstpointer data)
{
  static const char bytes[] = { '\0', '\n', ' ', '0', '1', '9', 'a', 'f', 'z',  ':',    '\\',
                                '=',  '~',  '{', '}', ',', '-', '+', '!', '\t', '\x80', '\xff' };

  for (guint v = 0; v < doc->vectors->len; v++)
    {
      const char *vector = g_ptr_array_index (doc->vectors, v);
      gsize size = strlen (vector);
      for (gsize i = 0; i < size; i++)
        for (guint b = 0; b < G_N_ELEMENTS (bytes); b++)
          {
            g_autofree char *text = g_strndup (vector, size);
            text[i] = bytes[b];
            g_autoptr (GError) error = NULL;
            g_autoptr (SatChangeSet) set = decode_text (text, (gssize) size, &error);
            if (set != NULL)
              {
                g_autoptr (GBytes) again = encode (set);
                g_assert_cmpmem (text, size, g_bytes_get_data (again, NULL),
                                 g_bytes_get_size (again));
              }
            else
              g_assert_true (g_error_matches (error, SAT_ERROR, SAT_ERROR_MALFORMED) ||
                             g_error_matches (error, SAT_ERROR, SAT_ERROR_NEWER));
          }
    }
}

/* Any two lines exchanged, any line left out or doubled. */
static void
shuffle_lines (const char *vector)
{
  g_auto (GStrv) lines = g_strsplit (vector, "\n", -1);
  guint n = g_strv_length (lines) - 1;

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j <= n; j++)
      {
        g_autoptr (GString) text = g_string_new (NULL);
        for (guint k = 0; k < n; k++)
          {
            const char *line = lines[k == i && j < n ? j : k == j ? i : k];
            if (k != i || j != i)
              g_string_append_printf (text, "%s\n", line);
            if (k == i && j == n)
              g_string_append_printf (text, "%s\n", line);
          }
        g_autoptr (GError) error = NULL;
        g_autoptr (SatChangeSet) set = decode_text (text->str, (gssize) text->len, &error);
        if (set == NULL)
          continue;
        g_autoptr (GBytes) again = encode (set);
        g_assert_cmpmem (text->str, text->len, g_bytes_get_data (again, NULL),
                         g_bytes_get_size (again));
      }
}

static void
test_lines (Doc *doc, gconstpointer data)
{
  shuffle_lines (g_ptr_array_index (doc->vectors, 2));
  shuffle_lines (g_ptr_array_index (doc->vectors, 3));
}

/* What vector 3 says of the first grafted record. */
static void
test_graft (Doc *doc, gconstpointer data)
{
  const char *text = g_ptr_array_index (doc->vectors, 3);
  g_autoptr (SatChangeSet) set = assert_canonical (text, strlen (text));
  guint n;
  const SatContext *contexts = sat_change_set_contexts (set, &n);
  const SatOpGroup *groups;

  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpstr (contexts[0].book, ==, "east");
  g_assert_cmpstr (contexts[2].book, ==, "west");
  groups = sat_change_set_groups (set, &n);
  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpuint (groups[1].n_over, ==, 2);
  g_assert_cmpstr (groups[1].over[1].book, ==, "north");
  g_assert_cmpuint (groups[2].n_contexts, ==, 2);
  g_assert_true (groups[2].contexts[1] == &contexts[2]);
  g_assert_cmpuint (groups[2].n_ops, ==, 6);
  g_assert_cmpstr (groups[2].ops[1].key, ==, SAT_KEY_LIFE);
  g_assert_cmpstr (groups[2].ops[1].dot->book, ==, "east");
  g_assert_true (groups[2].ops[2].automatic);
  g_assert_cmpstr (groups[2].ops[5].element, ==, "vip");
  g_assert_cmpuint (groups[2].ops[5].hlc, ==, groups[2].ops[4].hlc + 1);
}

static void
test_error_names_line (Doc *doc, gconstpointer data)
{
  g_autofree char *text = g_strdup (g_ptr_array_index (doc->vectors, 0));
  g_autoptr (GError) error = NULL;

  *strstr (text, "city") = 'C'; /* line 12 */
  g_assert_null (decode_text (text, -1, &error));
  g_assert_cmpstr (error->message, ==, "line 12 of the change-set: expected the key of a field");
  g_assert_nonnull (sat_error_msgid (error));
  g_assert_cmpstr (sat_error_args (error)[0], ==, "12");
}

static void
test_header_only (Doc *doc, gconstpointer data)
{
  const char *text = g_ptr_array_index (doc->vectors, 2);
  const char *end = strstr (text, "at 1970");

  for (gsize size = 0; size < strlen (text); size++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = g_bytes_new (text, size);
      g_autoptr (SatChangeSet) set = sat_change_set_decode_header (bytes, &error);
      if (set == NULL)
        {
          assert_code (error, SAT_ERROR_MALFORMED, "header cut off");
          g_assert_cmpuint (size, <, (gsize) (end - text));
        }
      else if (size >= (gsize) (end - text))
        {
          guint n;
          g_assert_cmpstr (sat_change_set_book (set), ==, "b-2");
          g_assert_cmpuint (sat_change_set_number (set), ==, SAT_CHANGE_SET_MAX_NUMBER);
          g_assert_true (sat_change_set_saw_is_full (set));
          g_assert_cmpuint (sat_change_set_saw (set, &n)[1].number, ==, 999999999999);
          g_assert_cmpuint (n, ==, 2);
          g_assert_cmpuint (sat_change_set_cuts (set, &n)[1].number, ==, 41);
          g_assert_cmpuint (n, ==, 2);
          sat_change_set_groups (set, &n);
          g_assert_cmpuint (n, ==, 0);
        }
    }
}

/* ---- limits ---- */

#define HEADER \
  "satchel change-set 1\nbook b\ndevice 00000000-0000-8000-8000-000000000001\n" \
  "number 2\nsaw more\n"
#define RECORD "at 2026-11-21T08:00:00.000Z\na 00000000-0000-7000-8000-000000000001\n"

static void
fill (GString *text, char byte, gsize n)
{
  gsize at = text->len;

  g_string_set_size (text, at + n);
  memset (text->str + at, byte, n);
}

static void
check_limit (GString *text, gboolean fits)
{
  if (fits)
    sat_change_set_free (assert_canonical (text->str, text->len));
  else
    assert_refused (text->str, (gssize) text->len, SAT_ERROR_MALFORMED, "over a limit");
  g_string_free (text, TRUE);
}

static void
limit_value (gsize size, gboolean fits)
{
  GString *text = g_string_new (HEADER RECORD " f=");

  fill (text, 'x', size - 1);
  g_string_append (text, "\\\\\nend 1 1\n"); /* counts once unescaped */
  check_limit (text, fits);
}

static void
limit_element (gsize size, gboolean fits)
{
  GString *text = g_string_new (HEADER RECORD " f+");

  fill (text, 'x', size - 1);
  g_string_append (text, "\\t\nend 1 1\n");
  check_limit (text, fits);
}

static void
limit_name (gsize size, gboolean fits)
{
  GString *text = g_string_new (HEADER RECORD " ");

  fill (text, 'x', size);
  g_string_append (text, "~\nend 1 1\n");
  check_limit (text, fits);
}

static void
limit_ops (guint n, gboolean fits)
{
  GString *text = g_string_new (HEADER RECORD);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, " f%06u~\n", i);
  g_string_append_printf (text, "end 1 %u\n", n);
  check_limit (text, fits);
}

static void
limit_dots (guint n, gboolean fits)
{
  GString *text = g_string_new (HEADER RECORD " f{keep=");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s00000000-0000-8000-8000-%012u:1", i > 0 ? "," : "", i);
  g_string_append (text, "}~\nend 1 1\n");
  check_limit (text, fits);
}

static void
limit_saw (guint n, const char *prefix, gboolean fits)
{
  GString *text = g_string_new (HEADER);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s10000000-0000-8000-8000-%012u 1\n", prefix, i);
  g_string_append (text, "end 0 0\n");
  check_limit (text, fits);
}

static void
limit_graft (guint n, gboolean fits)
{
  GString *text = g_string_new (HEADER);
  char *saw = strstr (text->str, "saw more");

  g_string_insert (text, saw - text->str, "needs graft\n");
  g_string_append (text, "context b\n 00000000-0000-8000-8000-000000000001 1\n"
                         "a 00000000-0000-7000-8000-000000000001 graft 1\n"
                         "by b 00000000-0000-8000-8000-000000000001 1\n"
                         "at 2026-11-21T08:00:00.000Z\n");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, " f%06u~\n", i);
  g_string_append_printf (text, "end 1 %u\n", n);
  check_limit (text, fits);
}

/* N contexts, each with M lines. */
static void
limit_contexts (guint n, guint m, gboolean fits)
{
  GString *text = g_string_new (HEADER);
  char *saw = strstr (text->str, "saw more");

  g_string_insert (text, saw - text->str, "needs graft\n");
  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (text, "context b%05u\n", i);
      for (guint k = 0; k < m; k++)
        g_string_append_printf (text, " 00000000-0000-8000-8000-%012u 1\n", k);
    }
  g_string_append (text, "a 00000000-0000-7000-8000-000000000001 graft 1");
  for (guint i = 1; i < n; i++)
    g_string_append_printf (text, ",%u", i + 1);
  g_string_append (text, "\nby b00000 00000000-0000-8000-8000-000000000000 1\n"
                         "at 2026-11-21T08:00:00.000Z\n f~\nend 1 1\n");
  check_limit (text, fits);
}

static void
limit_size (gsize size, gboolean fits)
{
  GString *text = g_string_new (HEADER RECORD);
  guint n = 0;

  while (size - text->len > SAT_VALUE_MAX + 100)
    {
      g_string_append_printf (text, " f%02u=", n++);
      fill (text, 'x', SAT_VALUE_MAX);
      g_string_append_c (text, '\n');
    }
  g_string_append_printf (text, " f%02u=", n++);
  fill (text, 'x', size - text->len - strlen ("\nend 1 16\n"));
  g_string_append_printf (text, "\nend 1 %u\n", n);
  g_assert_cmpuint (text->len, ==, size);
  check_limit (text, fits);
}

static void
test_limits (void)
{
  limit_value (SAT_VALUE_MAX, TRUE);
  limit_value (SAT_VALUE_MAX + 1, FALSE);
  limit_element (SAT_ELEMENT_MAX, TRUE);
  limit_element (SAT_ELEMENT_MAX + 1, FALSE);
  limit_name (SAT_NAME_MAX, TRUE);
  limit_name (SAT_NAME_MAX + 1, FALSE);
  limit_ops (SAT_CHANGE_SET_MAX_RECORD_OPS, TRUE);
  limit_ops (SAT_CHANGE_SET_MAX_RECORD_OPS + 1, FALSE);
  limit_dots (SAT_CHANGE_SET_MAX_DOTS, TRUE);
  limit_dots (SAT_CHANGE_SET_MAX_DOTS + 1, FALSE);
  limit_saw (SAT_CHANGE_SET_MAX_SAW, " ", TRUE);
  limit_saw (SAT_CHANGE_SET_MAX_SAW + 1, " ", FALSE);
  limit_saw (SAT_CHANGE_SET_MAX_SAW, "cut ", TRUE);
  limit_saw (SAT_CHANGE_SET_MAX_SAW + 1, "cut ", FALSE);
  limit_graft (SAT_CHANGE_SET_MAX_GRAFT_OPS, TRUE);
  limit_graft (SAT_CHANGE_SET_MAX_GRAFT_OPS + 1, FALSE);
  limit_contexts (SAT_CHANGE_SET_MAX_CONTEXTS, 1, TRUE);
  limit_contexts (SAT_CHANGE_SET_MAX_CONTEXTS + 1, 1, FALSE);
  limit_contexts (2, SAT_CHANGE_SET_MAX_SAW, TRUE);
  limit_contexts (2, SAT_CHANGE_SET_MAX_SAW + 1, FALSE);
  limit_size (SAT_CHANGE_SET_MAX_BYTES, TRUE);
  limit_size (SAT_CHANGE_SET_MAX_BYTES + 1, FALSE);
}

/* ---- made-up content ---- */

/* Everything a made-up change-set points into lives in ARENA. */
typedef struct
{
  SatPlatform *platform;
  GPtrArray *arena;
} Maker;

static guint
below (Maker *m, guint n)
{
  return sat_platform_random_below (m->platform, n);
}

static gpointer
keep_in (Maker *m, gpointer data)
{
  g_ptr_array_add (m->arena, data);
  return data;
}

static SatId
make_id (Maker *m)
{
  SatId id = { { 0 } };

  id.bytes[0] = (guint8) below (m, 3);
  id.bytes[15] = (guint8) below (m, 8);
  return id;
}

static const char *
make_text (Maker *m, gboolean one_line)
{
  static const char *const pieces[] = {
    "a", "\\", "\t", "\r", " ", "中", "\\n", "é", "😀", "=", "\n"
  };
  GString *text = g_string_new (NULL);

  for (guint n = 1 + below (m, 6); n > 0; n--)
    g_string_append (text, pieces[below (m, G_N_ELEMENTS (pieces) - one_line)]);
  return keep_in (m, g_string_free (text, FALSE));
}

static int
order_dots (gconstpointer a, gconstpointer b)
{
  const SatWireDot *x = a, *y = b;
  int order = g_strcmp0 (x->book, y->book);

  if (order == 0)
    order = sat_id_compare (&x->device, &y->device);
  return order != 0 ? order : (x->number > y->number) - (x->number < y->number);
}

static const SatWireDot *
make_dots (Maker *m, gboolean foreign, guint *n)
{
  static const char *const books[] = { "a", "c-1", "9" };
  GArray *dots = g_array_new (FALSE, FALSE, sizeof (SatWireDot));

  for (guint i = below (m, 8) == 0 ? 3 : 0; i > 0; i--)
    {
      SatWireDot dot = { foreign ? books[below (m, 3)] : NULL, make_id (m), 1 + below (m, 3) };
      g_array_append_val (dots, dot);
    }
  g_array_sort (dots, order_dots);
  for (guint i = 1; i < dots->len;)
    if (order_dots (&g_array_index (dots, SatWireDot, i - 1),
                    &g_array_index (dots, SatWireDot, i)) == 0)
      g_array_remove_index (dots, i);
    else
      i++;
  *n = dots->len;
  return (const SatWireDot *) (void *) keep_in (m, g_array_free (dots, FALSE));
}

static SatHlc
make_hlc (Maker *m)
{
  return sat_hlc_from_ms (1773000000000 + below (m, 2)) + below (m, 2);
}

static int
order_ops (gconstpointer a, gconstpointer b)
{
  const SatOp *x = a, *y = b;
  int order = strcmp (x->key, y->key);

  return order != 0 ? order : g_strcmp0 (x->element, y->element);
}

static SatOp
make_op (Maker *m)
{
  static const char *const keys[] = { ":erased", ":home", ":into", "a", "ab", "a_b", "b" };
  SatOp op = { .key = keys[below (m, G_N_ELEMENTS (keys))] };
  guint form = below (m, 5);

  op.hlc = make_hlc (m);
  op.automatic = below (m, 4) == 0;
  op.keep = make_dots (m, FALSE, &op.n_keep);
  op.over = make_dots (m, TRUE, &op.n_over);
  if (strcmp (op.key, ":erased") == 0)
    op.value = "yes";
  else if (strcmp (op.key, ":home") == 0)
    op.value = below (m, 2) ? "b" : "c";
  else if (strcmp (op.key, ":into") == 0)
    op.value = below (m, 2) ? NULL : "00000000-0000-7000-8000-000000000001";
  else
    {
      op.kind = form < 3 ? SAT_OP_SET : SAT_OP_DROP;
      op.element = form % 2 ? make_text (m, TRUE) : NULL;
      op.value = form == 2 ? make_text (m, FALSE) : NULL;
    }
  if (op.kind == SAT_OP_DROP)
    {
      op.hlc = 0;
      op.automatic = FALSE;
    }
  return op;
}

static SatOpGroup
make_group (Maker *m)
{
  static const char *const objects[] = { "a", "contact", "x_1" };
  GArray *ops = g_array_new (FALSE, FALSE, sizeof (SatOp));
  SatOpGroup group = { objects[below (m, 3)], make_id (m), (SatLife) below (m, 3), 0 };

  if (group.life != SAT_LIFE_QUIET)
    {
      group.over = make_dots (m, TRUE, &group.n_over);
      group.life_hlc = make_hlc (m);
      group.life_automatic = below (m, 4) == 0;
    }
  for (guint n = below (m, 8) + (group.life == SAT_LIFE_QUIET); n > 0; n--)
    {
      SatOp op = make_op (m);
      g_array_append_val (ops, op);
    }
  g_array_sort (ops, order_ops);
  for (guint i = 1; i < ops->len;)
    if (order_ops (&g_array_index (ops, SatOp, i - 1), &g_array_index (ops, SatOp, i)) == 0)
      g_array_remove_index (ops, i);
    else
      i++;
  group.n_ops = ops->len;
  group.ops = (const SatOp *) (void *) keep_in (m, g_array_free (ops, FALSE));
  return group;
}

static int
order_groups (gconstpointer a, gconstpointer b)
{
  const SatOpGroup *x = a, *y = b;
  int order = strcmp (x->object, y->object);

  return order != 0 ? order : sat_id_compare (&x->id, &y->id);
}

static void
assert_same_dots (const SatWireDot *a, guint n_a, const SatWireDot *b, guint n_b)
{
  g_assert_cmpuint (n_a, ==, n_b);
  for (guint i = 0; i < n_a; i++)
    g_assert_cmpint (order_dots (&a[i], &b[i]), ==, 0);
}

static void
assert_same_group (const SatOpGroup *a, const SatOpGroup *b)
{
  g_assert_cmpint (order_groups (a, b), ==, 0);
  g_assert_cmpint (a->life, ==, b->life);
  g_assert_cmpuint (a->life_hlc, ==, b->life_hlc);
  g_assert_cmpint (a->life_automatic, ==, b->life_automatic);
  assert_same_dots (a->over, a->n_over, b->over, b->n_over);
  g_assert_cmpuint (a->n_ops, ==, b->n_ops);
  for (guint i = 0; i < a->n_ops; i++)
    {
      const SatOp *x = &a->ops[i], *y = &b->ops[i];
      g_assert_cmpint (order_ops (x, y), ==, 0);
      g_assert_cmpstr (x->value, ==, y->value);
      g_assert_cmpuint (x->hlc, ==, y->hlc);
      g_assert_cmpint (x->kind, ==, y->kind);
      g_assert_cmpint (x->automatic, ==, y->automatic);
      assert_same_dots (x->keep, x->n_keep, y->keep, y->n_keep);
      assert_same_dots (x->over, x->n_over, y->over, y->n_over);
    }
}

static void
round_trip (guint64 seed)
{
  g_autoptr (SatPlatform) platform = sat_platform_new_seeded (seed, 0);
  g_autoptr (GPtrArray) arena = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (SatOpGroup));
  Maker m = { platform, arena };
  SatId device = make_id (&m);
  SatChangeSetWriter *writer = sat_change_set_writer_new ("b", &device, 2 + seed, seed % 2 == 0,
                                                          NULL, 0, NULL, 0);
  guint64 n_ops = 0;
  guint n;

  for (guint i = below (&m, 12); i > 0; i--)
    {
      SatOpGroup group = make_group (&m);
      g_array_append_val (groups, group);
    }
  g_array_sort (groups, order_groups);
  for (guint i = 1; i < groups->len;)
    if (order_groups (&g_array_index (groups, SatOpGroup, i - 1),
                      &g_array_index (groups, SatOpGroup, i)) == 0)
      g_array_remove_index (groups, i);
    else
      i++;
  for (guint i = 0; i < groups->len; i++)
    {
      sat_change_set_writer_add (writer, &g_array_index (groups, SatOpGroup, i));
      n_ops += g_array_index (groups, SatOpGroup, i).n_ops;
    }
  gsize size = sat_change_set_writer_size (writer);
  g_autoptr (GBytes) text = sat_change_set_writer_finish (writer);
  g_assert_cmpuint (size, <, g_bytes_get_size (text));

  g_autoptr (SatChangeSet) set = assert_canonical (g_bytes_get_data (text, NULL),
                                                   g_bytes_get_size (text));
  const SatOpGroup *read = sat_change_set_groups (set, &n);
  g_assert_cmpuint (n, ==, groups->len);
  g_assert_cmpuint (sat_change_set_n_ops (set), ==, n_ops);
  g_assert_cmpuint (sat_change_set_number (set), ==, 2 + seed);
  for (guint i = 0; i < n; i++)
    assert_same_group (&g_array_index (groups, SatOpGroup, i), &read[i]);
}

static void
test_round_trips (void)
{
  for (guint64 seed = 0; seed < 400; seed++)
    round_trip (seed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define DOC(path, func) g_test_add (path, Doc, NULL, doc_setup, func, doc_teardown)
  DOC ("/change-set/vectors", test_vectors);
  DOC ("/change-set/example", test_example);
  DOC ("/change-set/refusals", test_refusals);
  DOC ("/change-set/truncated", test_truncated);
  DOC ("/change-set/one-byte", test_one_byte);
  DOC ("/change-set/lines", test_lines);
  DOC ("/change-set/graft", test_graft);
  DOC ("/change-set/error-names-line", test_error_names_line);
  DOC ("/change-set/header-only", test_header_only);
  g_test_add_func ("/change-set/limits", test_limits);
  g_test_add_func ("/change-set/round-trips", test_round_trips);
  return g_test_run ();
}
