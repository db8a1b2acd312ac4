/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The vectors of docs/checkpoint-format.md, what damage does to them, and the limits of an index.
 */
#include "core/change/sat-checkpoint.h"

#include <string.h>

typedef struct
{
  char *page;
  GPtrArray *vectors; /* two of each kind: index, shard */
} Doc;

static void
doc_setup (Doc *doc, gconstpointer data)
{
  static const char fence[] = "\n```checkpoint\n";
  g_autofree char *path = g_build_filename (g_getenv ("SATCHEL_SOURCE_ROOT"), "docs",
                                            "checkpoint-format.md", NULL);

  g_assert_true (g_file_get_contents (path, &doc->page, NULL, NULL));
  doc->vectors = g_ptr_array_new_with_free_func (g_free);
  for (const char *p = doc->page; (p = strstr (p, fence)) != NULL;)
    {
      p += strlen (fence);
      g_ptr_array_add (doc->vectors, g_strndup (p, (gsize) (strstr (p, "\n```") + 1 - p)));
    }
  g_assert_cmpuint (doc->vectors->len, ==, 4);
}

static void
doc_teardown (Doc *doc, gconstpointer data)
{
  g_free (doc->page);
  g_ptr_array_unref (doc->vectors);
}

/* ---- reading as what the vector is ---- */

static SatCheckpoint *
decode_index (const char *text, gsize size, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, size);

  return sat_checkpoint_decode (bytes, error);
}

static gboolean
take_text (const SatShard *shard, GBytes *text, gpointer data, GError **error)
{
  GBytes **out = data;

  g_assert_null (*out);
  *out = g_bytes_ref (text);
  return TRUE;
}

/* The groups of SET as a shard again, of an object whose records are one shard. */
static GBytes *
encode_shard (const SatChangeSet *set, SatCheckpointKind kind)
{
  GBytes *out = NULL;
  g_autoptr (SatShardWriter) writer = sat_shard_writer_new (sat_change_set_book (set), kind,
                                                            take_text, &out);
  const SatOpGroup *groups;
  guint n;

  groups = sat_change_set_groups (set, &n);
  for (guint i = 0; i < n; i++)
    g_assert_true (sat_shard_writer_add (writer, &groups[i], NULL));
  g_assert_true (sat_shard_writer_finish (writer, NULL));
  return out;
}

/* Vector V of the page, read as what it is on the page: refused (NULL), or its canonical text. */
static GBytes *
read_vector (guint v, const char *text, gsize size, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, size);
  char all[] = "", digits[] = "0123456789abcdef0123456789abcdef", customer[] = "customer",
       a[] = "a";
  SatShard state = { customer, all, 2 };
  SatShard unseen = { a, digits, 1 };

  if (v % 2 == 0)
    {
      g_autoptr (SatCheckpoint) index = decode_index (text, size, error);
      return index ? sat_checkpoint_encode (index) : NULL;
    }
  g_autoptr (SatChangeSet) set = v == 1 ? sat_shard_decode (bytes, "east", SAT_CHECKPOINT_STATE,
                                                            &state, error)
                                        : sat_shard_decode (bytes, "b-2", SAT_CHECKPOINT_UNSEEN,
                                                            &unseen, error);
  if (set == NULL || v == 3) /* a prefix longer than it has to be is for the index to say */
    return set ? g_bytes_ref (bytes) : NULL;
  return encode_shard (set, SAT_CHECKPOINT_STATE);
}

static void
test_vectors (Doc *doc, gconstpointer data)
{
  for (guint i = 0; i < doc->vectors->len; i++)
    {
      const char *text = g_ptr_array_index (doc->vectors, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) again = read_vector (i, text, strlen (text), &error);
      g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

      g_assert_no_error (error);
      g_assert_cmpmem (text, strlen (text), g_bytes_get_data (again, NULL),
                       g_bytes_get_size (again));
      g_assert_nonnull (strstr (doc->page, sum));
    }
}

static void
test_example (Doc *doc, gconstpointer data)
{
  const char *text = g_ptr_array_index (doc->vectors, 0);
  g_autoptr (SatCheckpoint) index = decode_index (text, strlen (text), NULL);
  const SatCheckpointSaw *saw;
  const SatShard *shard;

  g_assert_cmpstr (index->book, ==, "east");
  g_assert_cmpint (index->kind, ==, SAT_CHECKPOINT_STATE);
  g_assert_cmpuint (index->devices->len, ==, 2);
  g_assert_cmpuint (g_array_index (index->devices, SatSaw, 0).number, ==, 12);
  g_assert_cmpuint (index->saw->len, ==, 1);
  saw = &g_array_index (index->saw, SatCheckpointSaw, 0);
  g_assert_cmpuint (saw->of, ==, 0);
  g_assert_cmpuint (saw->device, ==, 1);
  g_assert_cmpuint (saw->number, ==, 5);
  g_assert_cmpuint (g_array_index (index->cuts, SatSaw, 0).number, ==, 3);
  g_assert_cmpuint (index->shards->len, ==, 3);
  shard = g_ptr_array_index (index->shards, 2);
  g_assert_cmpstr (shard->object, ==, "customer");
  g_assert_cmpstr (shard->prefix, ==, "");
  g_assert_cmpuint (shard->records, ==, 2);
}

/* ---- damage ---- */

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
  guint n_refused = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "|", -1);
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GBytes) again = NULL;
      g_autoptr (GError) error = NULL;

      if (g_strv_length (cells) != 6 || strlen (cells[1]) != 3 || !g_ascii_isdigit (cells[1][1]))
        continue;
      guint v = (guint) (cells[1][1] - '0');
      const char *vector = g_ptr_array_index (doc->vectors, v);
      g_autofree char *old = cell (cells[2]);
      g_autofree char *new = cell (cells[3]);
      const char *at = strstr (vector, old);
      if (at == NULL)
        g_test_message ("not in the vector: %s", lines[i]);
      g_assert_nonnull (at);
      g_string_append_len (text, vector, at - vector);
      g_string_append (text, new);
      g_string_append (text, at + strlen (old));
      again = read_vector (v, text->str, text->len, &error);
      if (again != NULL)
        g_test_message ("was not refused: %s", lines[i]);
      g_assert_null (again);
      g_assert_error (error, SAT_ERROR, SAT_ERROR_MALFORMED);
      n_refused++;
    }
  g_assert_cmpuint (n_refused, >=, 50);
}

static void
test_newer (Doc *doc, gconstpointer data)
{
  for (guint i = 0; i < doc->vectors->len; i++)
    {
      g_autofree char *text = g_strdup (g_ptr_array_index (doc->vectors, i));
      g_autoptr (GError) error = NULL;

      *strchr (text, '1') = '2';
      g_assert_null (read_vector (i, text, strlen (text), &error));
      g_assert_error (error, SAT_ERROR, SAT_ERROR_NEWER);
    }
}

static void
test_truncated (Doc *doc, gconstpointer data)
{
  for (guint i = 0; i < doc->vectors->len; i++)
    {
      const char *text = g_ptr_array_index (doc->vectors, i);

      for (gsize size = 0; size < strlen (text); size++)
        {
          g_autoptr (GError) error = NULL;

          g_assert_null (read_vector (i, text, size, &error));
          g_assert_error (error, SAT_ERROR, SAT_ERROR_MALFORMED);
        }
    }
}

/* Whatever one byte becomes: refused, or another content in its own canonical text. */
static void
test_one_byte (Doc *doc, gconstpointer data)
{
  static const char bytes[] = "\n 019afz:\\=~{},-+!\t\x80\xff";

  for (guint v = 0; v < doc->vectors->len; v++)
    {
      g_autofree char *text = g_strdup (g_ptr_array_index (doc->vectors, v));
      gsize size = strlen (text);

      for (gsize i = 0; i < size; i++)
        {
          char was = text[i];

          for (guint b = 0; b < sizeof bytes; b++) /* the NUL as well */
            {
              g_autoptr (GError) error = NULL;
              g_autoptr (GBytes) again = NULL;

              text[i] = bytes[b];
              again = read_vector (v, text, size, &error);
              if (again != NULL)
                g_assert_cmpmem (text, size, g_bytes_get_data (again, NULL),
                                 g_bytes_get_size (again));
              else
                g_assert_true (g_error_matches (error, SAT_ERROR, SAT_ERROR_MALFORMED) ||
                               g_error_matches (error, SAT_ERROR, SAT_ERROR_NEWER));
            }
          text[i] = was;
        }
    }
}

/* The line that is wrong is named. */
static void
test_error_names_line (Doc *doc, gconstpointer data)
{
  g_autofree char *text = g_strdup (g_ptr_array_index (doc->vectors, 1));
  g_autoptr (GError) error = NULL;

  *strstr (text, "phone") = 'P'; /* line 9 */
  g_assert_null (read_vector (1, text, strlen (text), &error));
  g_assert_cmpstr (error->message, ==, "line 9 of the checkpoint: no record as it has to be there");
}

/* ---- limits ---- */

static void
test_limits (void)
{
  g_autoptr (SatCheckpoint) index = sat_checkpoint_new ("b", SAT_CHECKPOINT_STATE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GBytes) large = NULL;

  for (guint i = 0; i <= SAT_CHANGE_SET_MAX_SAW; i++)
    {
      SatSaw saw = { { { 0, 0, (guint8) (i >> 8), (guint8) i } }, 1 };

      if (i == SAT_CHANGE_SET_MAX_SAW)
        {
          g_autoptr (GBytes) most = sat_checkpoint_encode (index);
          g_autoptr (SatCheckpoint) read = sat_checkpoint_decode (most, NULL);
          g_assert_cmpuint (read->devices->len, ==, SAT_CHANGE_SET_MAX_SAW);
        }
      g_array_append_val (index->devices, saw);
    }
  text = sat_checkpoint_encode (index);
  g_assert_null (sat_checkpoint_decode (text, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_MALFORMED);
  g_clear_error (&error);
  large = g_bytes_new_take (g_malloc0 (SAT_CHECKPOINT_MAX_BYTES + 1), SAT_CHECKPOINT_MAX_BYTES + 1);
  g_assert_null (sat_checkpoint_decode (large, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_MALFORMED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define DOC(path, func) g_test_add (path, Doc, NULL, doc_setup, func, doc_teardown)
  DOC ("/checkpoint/vectors", test_vectors);
  DOC ("/checkpoint/example", test_example);
  DOC ("/checkpoint/refusals", test_refusals);
  DOC ("/checkpoint/newer", test_newer);
  DOC ("/checkpoint/truncated", test_truncated);
  DOC ("/checkpoint/one-byte", test_one_byte);
  DOC ("/checkpoint/error-names-line", test_error_names_line);
  g_test_add_func ("/checkpoint/limits", test_limits);
  return g_test_run ();
}
