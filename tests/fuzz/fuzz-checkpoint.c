/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes to the readers of checkpoints: an index is refused with a reason, or writes as the same
 * bytes; a shard, read as what it says it is, is refused or its records can be written. */
#include <stdio.h>
#include <string.h>

#include "core/change/sat-checkpoint.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
read_index (GBytes *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatCheckpoint) index = sat_checkpoint_decode (text, &error);

  g_assert_true ((index == NULL) == (error != NULL));
  if (index == NULL)
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return;
    }
  g_autoptr (GBytes) again = sat_checkpoint_encode (index);
  g_assert_true (g_bytes_equal (text, again));
}

static gboolean
count_shard (const SatShard *shard, GBytes *text, gpointer data, GError **error)
{
  guint64 *records = data;

  *records += shard->records;
  return TRUE;
}

static void
write_again (const SatChangeSet *set, SatCheckpointKind kind)
{
  guint64 records = 0;
  g_autoptr (SatShardWriter) writer = sat_shard_writer_new (sat_change_set_book (set), kind,
                                                            count_shard, &records);
  guint n;
  const SatOpGroup *groups = sat_change_set_groups (set, &n);

  for (guint i = 0; i < n; i++)
    g_assert_true (sat_shard_writer_add (writer, &groups[i], NULL));
  g_assert_true (sat_shard_writer_finish (writer, NULL));
  g_assert_cmpuint (records, ==, n);
}

/* The first lines and the last one tell what to ask for. */
static void
read_shard (GBytes *text, const char *copy)
{
  char book[64], kind[8], object[64], prefix[33], none[] = "";
  const char *end = g_strrstr (copy, "\nend ");
  SatShard shard = { object, prefix, end ? g_ascii_strtoull (end + 5, NULL, 10) : 0 };

  if (sscanf (copy, "satchel checkpoint 1\nbook %63s %7s %63s %32s", book, kind, object, prefix) !=
      4)
    return;
  if (strcmp (prefix, "all") == 0)
    shard.prefix = none;
  for (SatCheckpointKind i = SAT_CHECKPOINT_STATE; i <= SAT_CHECKPOINT_UNSEEN; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SatChangeSet) set = sat_shard_decode (text, book, i, &shard, &error);

      g_assert_true ((set == NULL) == (error != NULL));
      if (set != NULL)
        write_again (set, i);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) text = g_bytes_new_static (size > 0 ? data : NULL, size);
  g_autofree char *copy = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");

  read_index (text);
  read_shard (text, copy);
  return 0;
}
