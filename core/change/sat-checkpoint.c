/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index of a checkpoint: written in one go, read in one pass over the text. */
#include "core/change/sat-checkpoint.h"

#include <string.h>

#include "core/change/sat-change-set-private.h"
#include "core/change/sat-checkpoint-private.h"

/* ---- in memory ---- */

const char *
sat_checkpoint_kind_name (SatCheckpointKind kind)
{
  return kind == SAT_CHECKPOINT_STATE ? "state" : "unseen";
}

static void
shard_free (gpointer data)
{
  SatShard *shard = data;

  g_free (shard->object);
  g_free (shard->prefix);
  g_free (shard);
}

SatCheckpoint *
sat_checkpoint_new (const char *book, SatCheckpointKind kind)
{
  SatCheckpoint *checkpoint = g_new0 (SatCheckpoint, 1);

  checkpoint->book = g_strdup (book);
  checkpoint->kind = kind;
  checkpoint->devices = g_array_new (FALSE, FALSE, sizeof (SatSaw));
  checkpoint->saw = g_array_new (FALSE, FALSE, sizeof (SatCheckpointSaw));
  checkpoint->cuts = g_array_new (FALSE, FALSE, sizeof (SatSaw));
  checkpoint->shards = g_ptr_array_new_with_free_func (shard_free);
  return checkpoint;
}

void
sat_checkpoint_free (SatCheckpoint *checkpoint)
{
  if (checkpoint == NULL)
    return;
  g_free (checkpoint->book);
  g_array_unref (checkpoint->devices);
  g_array_unref (checkpoint->saw);
  g_array_unref (checkpoint->cuts);
  g_ptr_array_unref (checkpoint->shards);
  g_free (checkpoint);
}

void
sat_checkpoint_add_shard (SatCheckpoint *checkpoint,
                          const char *object,
                          const char *prefix,
                          guint64 records)
{
  SatShard *shard = g_new (SatShard, 1);

  shard->object = g_strdup (object);
  shard->prefix = g_strdup (prefix);
  shard->records = records;
  g_ptr_array_add (checkpoint->shards, shard);
}

char *
sat_checkpoint_index_path (SatCheckpointKind kind)
{
  return g_strconcat (sat_checkpoint_kind_name (kind), "/" SAT_CHECKPOINT_INDEX, NULL);
}

char *
sat_shard_path (SatCheckpointKind kind, const SatShard *shard)
{
  return g_strconcat (sat_checkpoint_kind_name (kind), "/", shard->object, "/",
                      *shard->prefix ? shard->prefix : SAT_SHARD_ALL, NULL);
}

/* ---- writing ---- */

void
sat_checkpoint_put_head (GString *out, const char *book, SatCheckpointKind kind)
{
  g_string_append_printf (out, SAT_CHECKPOINT_MAGIC "%d\nbook %s\n%s", SAT_CHECKPOINT_VERSION, book,
                          sat_checkpoint_kind_name (kind));
}

static void
put_devices (GString *out, const SatCheckpoint *checkpoint)
{
  guint at = 0;

  for (guint i = 0; i < checkpoint->devices->len; i++)
    {
      sat_change_set_put_saw (out, "device ", &g_array_index (checkpoint->devices, SatSaw, i));
      for (; at < checkpoint->saw->len; at++)
        {
          const SatCheckpointSaw *saw = &g_array_index (checkpoint->saw, SatCheckpointSaw, at);

          if (saw->of != i)
            break;
          g_string_append_c (out, ' ');
          sat_change_set_put_number (out, saw->device + 1);
          g_string_append_c (out, ' ');
          sat_change_set_put_number (out, saw->number);
          g_string_append_c (out, '\n');
        }
    }
}

GBytes *
sat_checkpoint_encode (const SatCheckpoint *checkpoint)
{
  GString *out = g_string_sized_new (4096);

  sat_checkpoint_put_head (out, checkpoint->book, checkpoint->kind);
  g_string_append_c (out, '\n');
  put_devices (out, checkpoint);
  for (guint i = 0; i < checkpoint->cuts->len; i++)
    sat_change_set_put_saw (out, "cut ", &g_array_index (checkpoint->cuts, SatSaw, i));
  for (guint i = 0; i < checkpoint->shards->len; i++)
    {
      const SatShard *shard = g_ptr_array_index (checkpoint->shards, i);

      g_string_append_printf (out, "shard %s %s ", shard->object,
                              *shard->prefix ? shard->prefix : SAT_SHARD_ALL);
      sat_change_set_put_number (out, shard->records);
      g_string_append_c (out, '\n');
    }
  g_string_append (out, "end\n");
  return g_string_free_to_bytes (out);
}

/* ---- reading ---- */

gboolean
sat_checkpoint_fail (SatCheckpointCursor *c, const char *msgid)
{
  return sat_change_set_fail_at (c->text, c->at, msgid, NULL, c->error);
}

gboolean
sat_checkpoint_take (SatCheckpointCursor *c, const char *word)
{
  return sat_change_set_take_word (&c->at, c->end, word);
}

static gboolean
take_number (SatCheckpointCursor *c, guint64 max, guint64 *out)
{
  return sat_change_set_take_number (&c->at, c->end, max, out);
}

gboolean
sat_checkpoint_read_head (SatCheckpointCursor *c, char **book, SatCheckpointKind *kind)
{
  guint64 version = 0;
  gsize length;

  if (c->end - c->text > SAT_CHECKPOINT_MAX_BYTES)
    return sat_checkpoint_fail (c, N_ ("line %s of the checkpoint: the text is too large"));
  if (!sat_checkpoint_take (c, SAT_CHECKPOINT_MAGIC) || !take_number (c, 999999999, &version) ||
      version == 0 || !sat_checkpoint_take (c, "\n"))
    return sat_checkpoint_fail (
        c, N_ ("line %s of the checkpoint: expected “satchel checkpoint” and a version"));
  if (version > SAT_CHECKPOINT_VERSION)
    return sat_fail (c->error, SAT_ERROR_NEWER,
                     N_ ("the checkpoint was made by a newer Satchel; update this one"), NULL);
  if (!sat_checkpoint_take (c, "book ") ||
      (length = sat_change_set_book_length (c->at, c->end)) == 0)
    return sat_checkpoint_fail (c, N_ ("line %s of the checkpoint: expected “book” and its key"));
  *book = g_strndup (c->at, length);
  c->at += length;
  if (sat_checkpoint_take (c, "\nstate"))
    *kind = SAT_CHECKPOINT_STATE;
  else if (sat_checkpoint_take (c, "\nunseen"))
    *kind = SAT_CHECKPOINT_UNSEEN;
  else
    return sat_checkpoint_fail (c, N_ ("line %s of the checkpoint: expected “state” or “unseen”"));
  return TRUE;
}

/* "DEVICE NUMBER" and a newline, behind the others of LIST. */
static gboolean
read_saw (SatCheckpointCursor *c, GArray *list, guint64 least)
{
  SatSaw entry;

  if (!sat_change_set_take_id (&c->at, c->end, &entry.device) || !sat_checkpoint_take (c, " ") ||
      !take_number (c, SAT_CHANGE_SET_MAX_NUMBER, &entry.number) || entry.number < least ||
      !sat_checkpoint_take (c, "\n"))
    return sat_checkpoint_fail (
        c, N_ ("line %s of the checkpoint: expected the id of a device and a number"));
  if (list->len == SAT_CHANGE_SET_MAX_SAW ||
      (list->len > 0 &&
       sat_id_compare (&g_array_index (list, SatSaw, list->len - 1).device, &entry.device) >= 0))
    return sat_checkpoint_fail (
        c, N_ ("line %s of the checkpoint: devices are not in order, or too many"));
  g_array_append_val (list, entry);
  return TRUE;
}

/* " PLACE NUMBER": what the device last read had seen. Places are checked when all devices are
 * known. */
static gboolean
read_seen (SatCheckpointCursor *c, SatCheckpoint *out)
{
  SatCheckpointSaw saw = { .of = out->devices->len - 1 };
  const SatCheckpointSaw *last = out->saw->len ? &g_array_index (out->saw, SatCheckpointSaw,
                                                                 out->saw->len - 1)
                                               : NULL;
  guint64 place = 0;

  if (!take_number (c, SAT_CHANGE_SET_MAX_SAW, &place) || place == 0 ||
      !sat_checkpoint_take (c, " ") || !take_number (c, SAT_CHANGE_SET_MAX_NUMBER, &saw.number) ||
      !sat_checkpoint_take (c, "\n"))
    return sat_checkpoint_fail (
        c, N_ ("line %s of the checkpoint: expected the place of a device and a number"));
  saw.device = (guint) place - 1;
  if (saw.device == saw.of || (last && last->of == saw.of && last->device >= saw.device))
    return sat_checkpoint_fail (
        c, N_ ("line %s of the checkpoint: devices are not in order, or too many"));
  g_array_append_val (out->saw, saw);
  return TRUE;
}

static gboolean
read_devices (SatCheckpointCursor *c, SatCheckpoint *out)
{
  while (sat_checkpoint_take (c, "device "))
    {
      if (!read_saw (c, out->devices, 1))
        return FALSE;
      while (sat_checkpoint_take (c, " "))
        if (!read_seen (c, out))
          return FALSE;
    }
  for (guint i = 0; i < out->saw->len; i++)
    {
      const SatCheckpointSaw *saw = &g_array_index (out->saw, SatCheckpointSaw, i);

      if (saw->device >= out->devices->len ||
          saw->number >= g_array_index (out->devices, SatSaw, saw->device).number)
        return sat_checkpoint_fail (
            c, N_ ("line %s of the checkpoint: a device had seen more than there is"));
    }
  while (sat_checkpoint_take (c, "cut "))
    if (!read_saw (c, out->cuts, 0))
      return FALSE;
  return TRUE;
}

/* The digits of a prefix; the caller frees it. */
static char *
take_prefix (SatCheckpointCursor *c)
{
  gsize length = 0;

  if (sat_checkpoint_take (c, SAT_SHARD_ALL))
    return g_strdup ("");
  while (c->at + length < c->end && length <= SAT_SHARD_PREFIX_MAX &&
         g_ascii_isxdigit (c->at[length]) && !g_ascii_isupper (c->at[length]))
    length++;
  if (length == 0 || length > SAT_SHARD_PREFIX_MAX)
    return NULL;
  c->at += length;
  return g_strndup (c->at - length, length);
}

gboolean
sat_checkpoint_read_shard_name (SatCheckpointCursor *c, char **object, char **prefix)
{
  gsize length = sat_change_set_name_length (c->at, c->end);

  *object = length > 0 ? g_strndup (c->at, length) : NULL;
  *prefix = NULL;
  c->at += length;
  if (*object != NULL && !sat_change_set_is_reserved (*object) && sat_checkpoint_take (c, " "))
    *prefix = take_prefix (c);
  if (*prefix != NULL)
    return TRUE;
  sat_checkpoint_fail (c, N_ ("line %s of the checkpoint: expected an object and the digits of a "
                              "shard"));
  return FALSE;
}

static gboolean
read_shard (SatCheckpointCursor *c, SatCheckpoint *out)
{
  const SatShard *last = out->shards->len ? g_ptr_array_index (out->shards, out->shards->len - 1)
                                          : NULL;
  g_autofree char *object = NULL;
  g_autofree char *prefix = NULL;
  guint64 records = 0;
  int order;

  if (!sat_checkpoint_read_shard_name (c, &object, &prefix))
    return FALSE;
  if (!sat_checkpoint_take (c, " ") || !take_number (c, SAT_CHANGE_SET_MAX_RECORDS, &records) ||
      records == 0 || !sat_checkpoint_take (c, "\n"))
    return sat_checkpoint_fail (
        c, N_ ("line %s of the checkpoint: expected the number of records in a shard"));
  order = last ? strcmp (last->object, object) : -1;
  if (order == 0)
    order = g_str_has_prefix (prefix, last->prefix) ? 1 : strcmp (last->prefix, prefix);
  if (order >= 0 || out->shards->len == SAT_CHECKPOINT_MAX_SHARDS)
    return sat_checkpoint_fail (
        c, N_ ("line %s of the checkpoint: shards are not in order, or too many"));
  sat_checkpoint_add_shard (out, object, prefix, records);
  return TRUE;
}

SatCheckpoint *
sat_checkpoint_decode (GBytes *text, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (text, &size);
  SatCheckpointCursor c = { data ? data : "", data ? data : "", NULL, error };
  g_autofree char *book = NULL;
  SatCheckpointKind kind = SAT_CHECKPOINT_STATE;
  g_autoptr (SatCheckpoint) out = NULL;

  c.end = c.text + size;
  if (!sat_checkpoint_read_head (&c, &book, &kind))
    return NULL;
  if (!sat_checkpoint_take (&c, "\n"))
    {
      sat_checkpoint_fail (&c, N_ ("line %s of the checkpoint: this is no index"));
      return NULL;
    }
  out = sat_checkpoint_new (book, kind);
  if (kind == SAT_CHECKPOINT_STATE && !read_devices (&c, out))
    return NULL;
  while (sat_checkpoint_take (&c, "shard "))
    if (!read_shard (&c, out))
      return NULL;
  if (!sat_checkpoint_take (&c, "end\n") || c.at != c.end)
    {
      sat_checkpoint_fail (
          &c, N_ ("line %s of the checkpoint: expected a shard, or “end” and nothing after it"));
      return NULL;
    }
  return g_steal_pointer (&out);
}
