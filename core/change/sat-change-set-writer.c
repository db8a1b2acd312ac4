/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the change-set text. What is handed in must already be in canonical order and within the
 * limits: anything else is a programming error that is reported and left out, never written. */
#include "core/change/sat-change-set-private.h"

#include <string.h>

#include "core/base/sat-text.h"

struct _SatChangeSetWriter
{
  GString *out;
  char *book;
  SatHlc at;         /* of the last `at` line; 0: none yet */
  char *last_object; /* of the last record, to check the order */
  SatId last_id;
  guint64 n_records;
  guint64 n_ops;
  gsize needs_at;          /* where in OUT a line “needs” goes */
  gsize body_at;           /* where the records begin; 0: nowhere yet */
  SatFileHasFunc has_file; /* NULL: no files come with it */
  gpointer has_data;
  GArray *files;              /* SatFile, that values say and that are there */
  const SatContext *contexts; /* the caller's; NULL: none */
  guint n_contexts;
};

void
sat_change_set_put_id (GString *out, const SatId *id)
{
  char text[SAT_ID_TEXT_SIZE];

  g_string_append_len (out, sat_id_format (id, text), SAT_ID_CHARS);
}

void
sat_change_set_put_number (GString *out, guint64 number)
{
  char digits[24];
  guint i = sizeof digits;

  do
    {
      digits[--i] = (char) ('0' + number % 10);
      number /= 10;
    }
  while (number != 0);
  g_string_append_len (out, digits + i, (gssize) (sizeof digits - i));
}

void
sat_change_set_put_saw (GString *out, const char *before, const SatSaw *entry)
{
  g_string_append (out, before);
  sat_change_set_put_id (out, &entry->device);
  g_string_append_c (out, ' ');
  sat_change_set_put_number (out, entry->number);
  g_string_append_c (out, '\n');
}

static gboolean
ordered_saw (const SatSaw *saw, guint n)
{
  for (guint i = 1; i < n; i++)
    if (sat_id_compare (&saw[i - 1].device, &saw[i].device) >= 0)
      return FALSE;
  return n <= SAT_CHANGE_SET_MAX_SAW;
}

SatChangeSetWriter *
sat_change_set_writer_new (const char *book,
                           const SatId *device,
                           guint64 number,
                           gboolean saw_is_full,
                           const SatSaw *saw,
                           guint n_saw,
                           const SatSaw *cuts,
                           guint n_cuts)
{
  gsize length = strlen (book);

  g_return_val_if_fail (length > 0 && sat_change_set_book_length (book, book + length) == length,
                        NULL);
  g_return_val_if_fail (number >= 1 && number <= SAT_CHANGE_SET_MAX_NUMBER, NULL);
  g_return_val_if_fail (saw_is_full || number > 1, NULL);
  g_return_val_if_fail (ordered_saw (saw, n_saw) && ordered_saw (cuts, n_cuts), NULL);

  SatChangeSetWriter *writer = g_new0 (SatChangeSetWriter, 1);
  GString *out = g_string_sized_new (4096);

  writer->out = out;
  writer->book = g_strdup (book);
  g_string_append_printf (out, SAT_CHANGE_SET_MAGIC "%d\nbook %s\ndevice ", SAT_CHANGE_SET_VERSION,
                          book);
  sat_change_set_put_id (out, device);
  g_string_append (out, "\nnumber ");
  sat_change_set_put_number (out, number);
  g_string_append_c (out, '\n');
  writer->needs_at = out->len;
  g_string_append (out, saw_is_full ? "saw all\n" : "saw more\n");
  for (guint i = 0; i < n_saw; i++)
    sat_change_set_put_saw (out, " ", &saw[i]);
  for (guint i = 0; i < n_cuts; i++)
    sat_change_set_put_saw (out, "cut ", &cuts[i]);
  return writer;
}

void
sat_change_set_writer_set_enrolment (SatChangeSetWriter *writer, const SatEnrolment *enrolment)
{
  static const char needs[] = "needs " SAT_FEATURE_ENROLMENT "\n";

  g_return_if_fail (writer->n_records == 0 && writer->contexts == NULL);
  g_return_if_fail (strcmp (writer->book, SAT_BOOK_KEY_ENROLMENT) == 0);
  g_return_if_fail (enrolment->n_invites <= SAT_ENROLMENT_MAX &&
                    enrolment->n_admits <= SAT_ENROLMENT_MAX &&
                    enrolment->n_withdrawals <= SAT_ENROLMENT_MAX);
  g_return_if_fail (enrolment->n_invites > 0 || enrolment->n_admits > 0 ||
                    enrolment->n_withdrawals > 0 || enrolment->claim != NULL);

  g_string_insert (writer->out, (gssize) writer->needs_at, needs);
  writer->needs_at += strlen (needs);
  sat_change_set_put_enrolment (writer->out, enrolment);
}

void
sat_change_set_put_context (GString *out, const SatContext *context)
{
  g_string_append (out, "context ");
  g_string_append (out, context->book);
  g_string_append_c (out, '\n');
  for (guint i = 0; i < context->n_seen; i++)
    sat_change_set_put_saw (out, " ", &context->seen[i]);
}

void
sat_change_set_writer_set_contexts (SatChangeSetWriter *writer, const SatContext *contexts, guint n)
{
  g_return_if_fail (writer->n_records == 0 && writer->contexts == NULL);
  g_return_if_fail (n > 0 && n <= SAT_CHANGE_SET_MAX_CONTEXTS);

  g_string_insert (writer->out, (gssize) writer->needs_at, "needs " SAT_FEATURE_GRAFT "\n");
  for (guint i = 0; i < n; i++)
    sat_change_set_put_context (writer->out, &contexts[i]);
  writer->contexts = contexts;
  writer->n_contexts = n;
}

void
sat_change_set_writer_set_files (SatChangeSetWriter *writer, SatFileHasFunc has, gpointer data)
{
  g_return_if_fail (writer->n_records == 0 && writer->files == NULL);

  writer->has_file = has;
  writer->has_data = data;
  writer->files = g_array_new (FALSE, FALSE, sizeof (SatFile));
}

static void
note_file (SatChangeSetWriter *writer, const char *value)
{
  SatFile file;

  if (sat_attachment_look (value, strlen (value), &file, NULL) &&
      writer->has_file (&file, writer->has_data))
    g_array_append_val (writer->files, file);
}

static void
put_at (SatChangeSetWriter *writer, SatHlc hlc)
{
  char text[SAT_HLC_TEXT_SIZE];

  if (hlc == writer->at)
    return;
  writer->at = hlc;
  g_string_append (writer->out, "at ");
  g_string_append (writer->out, sat_hlc_format (hlc, text));
  g_string_append_c (writer->out, '\n');
}

static void
put_dots (GString *out, const char *name, const SatWireDot *dots, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_string_append (out, i == 0 ? name : ",");
      if (dots[i].book != NULL)
        {
          g_string_append (out, dots[i].book);
          g_string_append_c (out, ':');
        }
      sat_change_set_put_id (out, &dots[i].device);
      g_string_append_c (out, ':');
      sat_change_set_put_number (out, dots[i].number);
    }
}

static void
put_attributes (GString *out, const SatOp *op)
{
  gboolean automatic = op->automatic && op->kind == SAT_OP_SET;
  gsize before;

  if (!automatic && op->n_keep == 0 && op->n_over == 0)
    return;
  g_string_append_c (out, '{');
  before = out->len;
  if (automatic)
    g_string_append (out, "auto");
  put_dots (out, out->len > before ? " keep=" : "keep=", op->keep, op->n_keep);
  put_dots (out, out->len > before ? " over=" : "over=", op->over, op->n_over);
  g_string_append_c (out, '}');
}

static void
put_op (SatChangeSetWriter *writer, const SatOp *op)
{
  GString *out = writer->out;
  const char *text = op->element != NULL ? op->element : op->value;
  char sign;

  if (op->kind == SAT_OP_SET)
    put_at (writer, op->hlc);
  if (writer->files != NULL && op->element == NULL && op->value != NULL)
    note_file (writer, op->value);
  if (op->element != NULL)
    sign = op->kind == SAT_OP_SET ? '+' : '-';
  else if (op->kind == SAT_OP_DROP)
    sign = '!';
  else
    sign = op->value != NULL ? '=' : '~';

  g_string_append_c (out, ' ');
  g_string_append (out, op->key);
  put_attributes (out, op);
  g_string_append_c (out, sign);
  if (text != NULL && sign != '!')
    sat_text_escape (out, text, strlen (text));
  g_string_append_c (out, '\n');
}

static gboolean
possible_ops (const SatOpGroup *group)
{
  for (guint i = 0; i < group->n_ops; i++)
    {
      const SatOp *op = &group->ops[i];
      if (op->kind == SAT_OP_SET && op->hlc == 0)
        return FALSE;
      if (i > 0 && (group->n_contexts > 0 ? sat_graft_op_compare (op - 1, op)
                                          : sat_change_set_compare_ops (op - 1, op)) >= 0)
        return FALSE;
    }
  return group->n_ops <=
         (group->n_contexts > 0 ? SAT_CHANGE_SET_MAX_GRAFT_OPS : SAT_CHANGE_SET_MAX_RECORD_OPS);
}

static gboolean
follows_last (const SatChangeSetWriter *writer, const SatOpGroup *group)
{
  if (writer->last_object == NULL)
    return TRUE;
  int order = strcmp (writer->last_object, group->object);

  return order < 0 || (order == 0 && sat_id_compare (&writer->last_id, &group->id) < 0);
}

static void
put_marks (SatChangeSetWriter *writer, const SatOpGroup *group, gboolean is_new)
{
  GString *out = writer->out;

  if (is_new)
    g_string_append (out, " new");
  if (group->life == SAT_LIFE_DEAD)
    g_string_append (out, " dead");
  if (group->n_contexts > 0)
    g_string_append (out, " graft");
  else if (group->life == SAT_LIFE_QUIET)
    g_string_append (out, " quiet");
  else if (group->life_automatic)
    g_string_append (out, " auto");
  for (guint i = 0; i < group->n_contexts; i++)
    {
      g_string_append_c (out, i == 0 ? ' ' : ',');
      sat_change_set_put_number (out, (guint64) (group->contexts[i] - writer->contexts) + 1);
    }
  put_dots (out, " over=", group->over, group->n_over);
  g_string_append_c (out, '\n');
}

static void
put_by (GString *out, const SatWireDot *dot)
{
  g_string_append (out, "by ");
  g_string_append (out, dot->book);
  g_string_append_c (out, ' ');
  sat_change_set_put_id (out, &dot->device);
  g_string_append_c (out, ' ');
  sat_change_set_put_number (out, dot->number);
  g_string_append_c (out, '\n');
}

void
sat_change_set_writer_add (SatChangeSetWriter *writer, const SatOpGroup *group)
{
  GString *out = writer->out;
  const SatOp *home = NULL;

  g_return_if_fail (follows_last (writer, group));
  g_return_if_fail (possible_ops (group));
  g_return_if_fail (group->life == SAT_LIFE_QUIET ? group->n_ops > 0 : group->life_hlc != 0);
  g_return_if_fail (group->n_contexts == 0 || writer->contexts != NULL);

  if (g_strcmp0 (writer->last_object, group->object) != 0)
    {
      g_free (writer->last_object);
      writer->last_object = g_strdup (group->object);
    }
  if (writer->n_records == 0)
    writer->body_at = out->len;
  writer->last_id = group->id;
  writer->n_records++;
  writer->n_ops += group->n_ops;
  for (guint i = 0; i < MIN (group->n_ops, 2) && home == NULL; i++) /* only :erased sorts before */
    if (sat_change_set_is_new (group, &group->ops[i], writer->book))
      home = &group->ops[i];

  if (group->life != SAT_LIFE_QUIET)
    put_at (writer, group->life_hlc);
  g_string_append (out, group->object);
  g_string_append_c (out, ' ');
  sat_change_set_put_id (out, &group->id);
  put_marks (writer, group, home != NULL);
  for (guint i = 0; i < group->n_ops; i++)
    {
      const SatOp *op = &group->ops[i];

      if (group->n_contexts > 0 &&
          (i == 0 || sat_change_set_compare_dots (op[-1].dot, op->dot) != 0))
        put_by (out, op->dot);
      if (op != home)
        put_op (writer, op);
    }
}

void
sat_change_set_put_siblings (GString *out, const SatOp *ops, guint n)
{
  SatChangeSetWriter writer = { .out = out };

  for (guint i = 0; i < n; i++)
    {
      if (i == 0 || sat_change_set_compare_dots (ops[i - 1].dot, ops[i].dot) != 0)
        put_by (out, ops[i].dot);
      put_op (&writer, &ops[i]);
    }
}

gsize
sat_change_set_writer_size (const SatChangeSetWriter *writer)
{
  return writer->out->len;
}

GBytes *
sat_change_set_writer_finish (SatChangeSetWriter *writer)
{
  GString *out = writer->out;

  g_string_append (out, "end ");
  sat_change_set_put_number (out, writer->n_records);
  g_string_append_c (out, ' ');
  sat_change_set_put_number (out, writer->n_ops);
  g_string_append_c (out, '\n');
  if (writer->files != NULL && writer->files->len > 0)
    sat_change_set_put_files (out, writer->needs_at, writer->body_at, writer->files);
  g_clear_pointer (&writer->files, g_array_unref);
  g_free (writer->book);
  g_free (writer->last_object);
  g_free (writer);
  return g_string_free_to_bytes (out);
}
