/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decodes the records of a change-set. One pass over a private copy of the body; strings are ended
 * and unescaped in place, so that an operation costs no allocation of its own. The last line tells
 * how much room is needed and is checked against the size before anything is allocated. What is not
 * canonical is refused where it stands, so that equal content means equal bytes. */
#include "core/change/sat-change-set-private.h"

#include <string.h>

#include "core/value/sat-type.h"

/* The shortest lines there are: " a~" with its newline; a record's is longer. */
#define LEAST_LINE 4

typedef struct
{
  const char *text; /* as it came */
  const char *body; /* in it: where the records begin */
  SatChangeSet *set;
  SatBodyKind kind;
  guint64 max_groups; /* as the last line says */
  guint64 max_ops;
  SatHlc at;            /* of the last `at` line; 0: none yet */
  gboolean at_is_new;   /* nothing has used it yet */
  gboolean has_new;     /* the current record is marked `new` */
  gboolean in_graft;    /* the current record is a graft */
  const SatWireDot *by; /* of a graft: where the values that follow were written; NULL: none yet */
  gboolean by_is_new;   /* nothing has used it yet */
  guint8 *used;         /* for each context: does a graft name it? */
  GError **error;
} Decoder;

/* AT is a place in the copy of the body. */
static gboolean
fail (Decoder *d, const char *at, const char *msgid, const char *detail)
{
  return sat_change_set_fail_at (d->text, d->body + (at - d->set->body), msgid, detail, d->error);
}

static gboolean
fail_limit (Decoder *d, const char *at, const char *msgid, guint64 limit)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT, limit);
  return fail (d, at, msgid, text);
}

/* ---- text ---- */

static gboolean
is_control (char byte)
{
  return ((guint8) byte < 0x20 && byte != '\n') || byte == 0x7f;
}

/* All of it must be UTF-8 without control characters; newlines are left to end lines, tabs and
 * carriage returns are only there escaped. */
static gboolean
check_clean (Decoder *d, gsize size)
{
  const char *body = d->set->body;
  const char *stop;
  gboolean valid = g_utf8_validate_len (body, size, &stop);
  gboolean found = FALSE;

  for (const char *p = body; p < stop; p++) /* no way out of it, so that it is made parallel */
    found |= is_control (*p);
  for (const char *p = body; found && p < stop; p++)
    if (is_control (*p))
      return fail (d, p, N_ ("line %s of the change-set: a control character"), NULL);
  if (!valid)
    return fail (d, stop, N_ ("line %s of the change-set: not valid UTF-8"), NULL);
  return TRUE;
}

/* START .. END of the copy, unescaped in place and ended with a NUL. */
static gboolean
unescape (Decoder *d, char *start, char *end, gsize *length)
{
  char *p = memchr (start, '\\', (gsize) (end - start));
  char *q = p;

  *end = '\0';
  *length = (gsize) (end - start);
  if (p == NULL)
    return TRUE;
  while (p < end)
    {
      if (*p != '\\')
        {
          *q++ = *p++;
          continue;
        }
      char code = p[1]; /* the NUL at the end is no code */
      if (code == 'n')
        *q++ = '\n';
      else if (code == 't')
        *q++ = '\t';
      else if (code == 'r')
        *q++ = '\r';
      else if (code == '\\')
        *q++ = '\\';
      else
        return fail (
            d, p,
            N_ ("line %s of the change-set: expected \\\\, \\n, \\t or \\r after a backslash"),
            NULL);
      p += 2;
    }
  *q = '\0';
  *length = (gsize) (q - start);
  return TRUE;
}

/* ---- attributes of an operation ---- */

/* ARRAY is freed with the change-set. */
static void
keep_array (Decoder *d, gconstpointer array)
{
  if (d->set->dots == NULL)
    d->set->dots = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (d->set->dots, (gpointer) array);
}

/* The list at *AT; with books: dots of other books. */
static gboolean
read_dots (
    Decoder *d, char **at, const char *end, gboolean books, const SatWireDot **dots, guint *n)
{
  const char *msgid = N_ ("line %s of the change-set: expected dots, in order and each once");
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (SatWireDot));
  char *start = *at;
  const char *p = *at;

  do
    {
      SatWireDot dot = { NULL, { { 0 } }, 0 };
      if (books)
        {
          gsize length = sat_change_set_book_length (p, end);
          if (length == 0 || p[length] != ':')
            return fail (d, start, msgid, NULL);
          start[p - start + (gssize) length] = '\0';
          dot.book = p;
          p += length + 1;
          if (strcmp (dot.book, d->set->book) == 0)
            return fail (d, start, N_ ("line %s of the change-set: “over” names its own book"),
                         NULL);
        }
      if (!sat_change_set_take_id (&p, end, &dot.device) ||
          !sat_change_set_take_word (&p, end, ":") ||
          !sat_change_set_take_number (&p, end, SAT_CHANGE_SET_MAX_NUMBER, &dot.number) ||
          dot.number == 0)
        return fail (d, start, msgid, NULL);
      if (list->len > 0 &&
          sat_change_set_compare_dots (&g_array_index (list, SatWireDot, list->len - 1), &dot) >= 0)
        return fail (d, start, msgid, NULL);
      if (list->len == SAT_CHANGE_SET_MAX_DOTS)
        return fail_limit (d, start,
                           N_ ("line %1$s of the change-set: more than %2$s dots in one list"),
                           SAT_CHANGE_SET_MAX_DOTS);
      g_array_append_val (list, dot);
    }
  while (sat_change_set_take_word (&p, end, ","));

  *n = list->len;
  *dots = (const SatWireDot *) (void *) g_array_free (g_steal_pointer (&list), FALSE);
  keep_array (d, *dots);
  *at = start + (p - start);
  return TRUE;
}

static gboolean
skip (char **at, const char *end, const char *word)
{
  const char *p = *at;

  if (!sat_change_set_take_word (&p, end, word))
    return FALSE;
  *at += p - *at;
  return TRUE;
}

/* From behind the brace to behind the other one. */
static gboolean
read_attributes (Decoder *d, char **at, const char *end, SatOp *op)
{
  guint stage = 0;

  do
    {
      if (stage < 1 && skip (at, end, "auto"))
        {
          stage = 1;
          op->automatic = TRUE;
        }
      else if (stage < 2 && !d->in_graft && skip (at, end, "keep="))
        {
          stage = 2;
          if (!read_dots (d, at, end, FALSE, &op->keep, &op->n_keep))
            return FALSE;
        }
      else if (stage < 3 && !d->in_graft && skip (at, end, "over="))
        {
          stage = 3;
          if (!read_dots (d, at, end, TRUE, &op->over, &op->n_over))
            return FALSE;
        }
      else
        return fail (d, *at,
                     N_ ("line %s of the change-set: expected “auto”, “keep=” or “over=”, in this "
                         "order"),
                     NULL);
    }
  while (skip (at, end, " "));
  if (!skip (at, end, "}"))
    return fail (d, *at, N_ ("line %s of the change-set: expected “}”"), NULL);
  return TRUE;
}

/* ---- operations ---- */

/* What a system register may be given. */
static gboolean
fits_system_key (const SatOp *op)
{
  SatId id;

  if (op->element != NULL || op->kind == SAT_OP_DROP)
    return FALSE;
  if (strcmp (op->key, SAT_KEY_INTO) == 0)
    {
      const char *p = op->value;
      return p == NULL || (sat_change_set_take_id (&p, p + strlen (p), &id) && *p == '\0');
    }
  if (op->value == NULL)
    return FALSE;
  if (strcmp (op->key, SAT_KEY_ERASED) == 0)
    return strcmp (op->value, "yes") == 0;
  if (strcmp (op->key, SAT_KEY_LIFE) == 0)
    return strcmp (op->value, "live") == 0 || strcmp (op->value, "dead") == 0;

  gsize length = strlen (op->value);
  return length > 0 && sat_change_set_book_length (op->value, op->value + length) == length;
}

/* Life has a key of its own only in a graft. */
static gsize
key_length (const Decoder *d, const char *at, const char *end)
{
  static const char *const system_keys[] = { SAT_KEY_ERASED, SAT_KEY_HOME, SAT_KEY_INTO,
                                             SAT_KEY_LIFE };
  const char *p = at;

  if (*at != ':')
    return sat_change_set_name_length (at, end);
  for (guint i = 0; i < G_N_ELEMENTS (system_keys) - !d->in_graft; i++)
    if (sat_change_set_take_word (&p, end, system_keys[i]))
      return (gsize) (p - at);
  return 0;
}

/* The operation's sign and what follows it, up to END. */
static gboolean
read_operand (Decoder *d, char *at, char *end, SatOp *op)
{
  char sign = *at++;
  gsize length = 0;

  switch (sign)
    {
    case '~':
    case '!':
      op->kind = sign == '!' ? SAT_OP_DROP : SAT_OP_SET;
      if (at != end)
        return fail (d, at, N_ ("line %s of the change-set: expected nothing after ~ or !"), NULL);
      return TRUE;
    case '=':
      op->value = at;
      if (!unescape (d, at, end, &length))
        return FALSE;
      if (length == 0 || length > SAT_VALUE_MAX)
        return fail_limit (d, at,
                           N_ ("line %1$s of the change-set: expected a value of 1 to %2$s bytes"),
                           SAT_VALUE_MAX);
      return TRUE;
    case '+':
    case '-':
      op->kind = sign == '-' ? SAT_OP_DROP : SAT_OP_SET;
      op->element = at;
      if (!unescape (d, at, end, &length))
        return FALSE;
      if (length == 0 || length > SAT_ELEMENT_MAX || memchr (at, '\n', length) != NULL)
        return fail_limit (
            d, at,
            N_ ("line %1$s of the change-set: expected an element of 1 to %2$s bytes in one line"),
            SAT_ELEMENT_MAX);
      return TRUE;
    default:
      return fail (d, at - 1, N_ ("line %s of the change-set: expected = ~ + - ! or { after a key"),
                   NULL);
    }
}

/* Does OP come behind LAST in the record? In a graft it does when another dot has begun. */
static gboolean
follows (const Decoder *d, const SatOp *last, const SatOp *op)
{
  return (d->in_graft && last->dot != op->dot) || sat_change_set_compare_ops (last, op) < 0;
}

/* Puts OP behind the others of the current record. */
static gboolean
accept_op (Decoder *d, const char *line, const SatOp *op)
{
  SatChangeSet *set = d->set;
  SatOpGroup *group = &set->groups[set->n_groups - 1];
  SatOp *ops = set->ops + (set->n_ops - group->n_ops);
  guint most = d->in_graft ? SAT_CHANGE_SET_MAX_GRAFT_OPS : SAT_CHANGE_SET_MAX_RECORD_OPS;

  if (set->n_ops == d->max_ops)
    return fail (d, line, N_ ("line %s of the change-set: more operations than its end says"),
                 NULL);
  if (group->n_ops == most)
    return fail_limit (
        d, line, N_ ("line %1$s of the change-set: more than %2$s operations on one record"), most);
  if (d->has_new && group->n_ops == 1 && strcmp (op->key, SAT_KEY_ERASED) == 0)
    {
      ops[1] = ops[0]; /* what `new` stands for sorts behind the one key that comes before it */
      ops[0] = *op;
    }
  else if (group->n_ops > 0 && !follows (d, &ops[group->n_ops - 1], op))
    return fail (
        d, line,
        N_ ("line %s of the change-set: operations are not in order or one is there twice"), NULL);
  else
    ops[group->n_ops] = *op;
  group->n_ops++;
  set->n_ops++;
  return TRUE;
}

/* The dot of an operation in a graft. */
static gboolean
take_dot (Decoder *d, SatOp *op)
{
  if (op->kind == SAT_OP_DROP)
    return fail (d, op->key, N_ ("line %s of the change-set: a graft drops nothing"), NULL);
  if (d->by == NULL)
    return fail (d, op->key, N_ ("line %s of the change-set: expected “by” and a dot before it"),
                 NULL);
  op->dot = d->by;
  d->by_is_new = FALSE;
  return TRUE;
}

/* A line " KEY..." from AT (behind the space) to its newline END. */
static gboolean
read_op (Decoder *d, char *at, char *end)
{
  SatChangeSet *set = d->set;
  SatOp op = { 0 };
  gsize length = key_length (d, at, end);
  char *after_key = at + length;

  if (set->n_groups == 0)
    return fail (d, at, N_ ("line %s of the change-set: an operation before the first record"),
                 NULL);
  if (length == 0)
    return fail (d, at, N_ ("line %s of the change-set: expected the key of a field"), NULL);
  op.key = at;
  at = after_key;
  if (*at == '{')
    {
      at++;
      if (!read_attributes (d, &at, end, &op))
        return FALSE;
    }
  if (!read_operand (d, at, end, &op))
    return FALSE;
  *after_key = '\0';

  if (op.kind == SAT_OP_SET && d->at == 0)
    return fail (d, op.key, N_ ("line %s of the change-set: expected “at” and a time before it"),
                 NULL);
  if (op.kind == SAT_OP_DROP && (op.automatic || d->at_is_new))
    return fail (d, op.key,
                 op.automatic ? N_ ("line %s of the change-set: “auto” on what is dropped")
                              : N_ ("line %s of the change-set: “at” before what needs no time"),
                 NULL);
  if (op.kind == SAT_OP_SET)
    {
      op.hlc = d->at;
      d->at_is_new = FALSE;
    }
  if (d->in_graft && !take_dot (d, &op))
    return FALSE;
  if (op.key[0] == ':' && !fits_system_key (&op))
    return fail (d, op.key, N_ ("line %1$s of the change-set: not possible for “%2$s”"), op.key);
  if (sat_change_set_is_new (&set->groups[set->n_groups - 1], &op, set->book))
    return fail (d, op.key, N_ ("line %s of the change-set: expected the mark “new” instead"),
                 NULL);
  return accept_op (d, op.key, &op);
}

/* ---- records ---- */

/* The contexts that a graft names, by number from 1: of one book each, in order. */
static gboolean
read_context_numbers (Decoder *d, char **at, const char *end, SatOpGroup *group)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  const char *p = *at;
  guint64 last = 0;
  guint n;
  const SatContext *contexts = sat_change_set_contexts (d->set, &n);

  do
    {
      guint64 number = 0;
      if (!sat_change_set_take_number (&p, end, n, &number) || number <= last ||
          (last > 0 && strcmp (contexts[last - 1].book, contexts[number - 1].book) == 0))
        return FALSE;
      d->used[number - 1] = 1;
      last = number;
      g_ptr_array_add (list, (gpointer) &contexts[number - 1]);
    }
  while (sat_change_set_take_word (&p, end, ","));
  group->n_contexts = list->len;
  group->contexts = (const SatContext *const *) g_ptr_array_free (g_steal_pointer (&list), FALSE);
  keep_array (d, (gconstpointer) group->contexts);
  *at += p - *at;
  return TRUE;
}

/* In a checkpoint a record has no mark but the contexts, and begins with a dot and a time of its
 * own.
 */
static gboolean
begin_state (Decoder *d, char **at, const char *end, SatOpGroup *group)
{
  group->life = SAT_LIFE_QUIET;
  d->in_graft = TRUE;
  d->has_new = FALSE;
  d->by = NULL;
  d->at = 0;
  return d->used == NULL || !skip (at, end, " graft ") || read_context_numbers (d, at, end, group);
}

static gboolean
fail_marks (Decoder *d, const char *line)
{
  return fail (d, line,
               N_ ("line %s of the change-set: expected “new”, “dead”, “auto” and “over=”, or "
                   "“quiet”, or “graft” and the numbers of contexts, or the end of the line"),
               NULL);
}

/* The marks of LINE from *AT on; AUTOMATIC and life in GROUP. */
static gboolean
read_marks (Decoder *d, const char *line, char **at, const char *end, SatOpGroup *group)
{
  if (d->kind != SAT_BODY_CHANGE_SET)
    return (begin_state (d, at, end, group) && *at == end) || fail_marks (d, line);
  d->in_graft = FALSE;
  d->has_new = skip (at, end, " new");
  group->life = skip (at, end, " dead") ? SAT_LIFE_DEAD : SAT_LIFE_LIVE;
  group->life_automatic = skip (at, end, " auto");
  if (skip (at, end, " over="))
    {
      if (!read_dots (d, at, end, TRUE, &group->over, &group->n_over))
        return FALSE;
    }
  else if (d->has_new || group->life == SAT_LIFE_DEAD || group->life_automatic)
    return *at == end || fail_marks (d, line);
  else if (skip (at, end, " quiet"))
    group->life = SAT_LIFE_QUIET;
  else if (d->used != NULL && skip (at, end, " graft "))
    {
      group->life = SAT_LIFE_QUIET;
      d->in_graft = TRUE;
      d->by = NULL;
      if (!read_context_numbers (d, at, end, group))
        return fail_marks (d, line);
    }
  return *at == end || fail_marks (d, line);
}

static gboolean
begin_life (Decoder *d, const char *line, SatOpGroup *group)
{
  if (group->life == SAT_LIFE_QUIET)
    return !d->at_is_new ||
           fail (d, line, N_ ("line %s of the change-set: “at” before what needs no time"), NULL);
  if (d->at == 0)
    return fail (d, line, N_ ("line %s of the change-set: expected “at” and a time before it"),
                 NULL);
  group->life_hlc = d->at;
  d->at_is_new = FALSE;
  if (!d->has_new)
    return TRUE;

  SatOp home = { 0 };
  home.key = SAT_KEY_HOME;
  home.value = d->set->book;
  home.hlc = group->life_hlc;
  home.kind = SAT_OP_SET;
  home.automatic = group->life_automatic;
  return accept_op (d, line, &home);
}

static gboolean
end_record (Decoder *d, const char *at)
{
  const SatChangeSet *set = d->set;

  if (set->n_groups == 0)
    return TRUE;
  if (d->by_is_new)
    return fail (d, at, N_ ("line %s of the change-set: an unnecessary “by”"), NULL);
  const SatOpGroup *group = &set->groups[set->n_groups - 1];
  /* NOLINTNEXTLINE(clang-analyzer-core.*): n_groups counts the groups that were written */
  if (group->life == SAT_LIFE_QUIET && group->n_ops == 0)
    return fail (d, at, N_ ("line %s of the change-set: expected an operation on a quiet record"),
                 NULL);
  return TRUE;
}

static gboolean
read_record (Decoder *d, char *at, char *end)
{
  SatChangeSet *set = d->set;
  SatOpGroup group = { 0 };
  char *line = at;
  gsize length = sat_change_set_name_length (at, end);

  if (!end_record (d, at))
    return FALSE;
  at += length;
  if (length == 0 || *at != ' ')
    return fail (d, line,
                 N_ ("line %s of the change-set: expected a record, an operation or a time"), NULL);
  *at++ = '\0';
  group.object = line;
  const char *p = at;
  if (sat_change_set_is_reserved (line) || !sat_change_set_take_id (&p, end, &group.id))
    return fail (d, line,
                 N_ ("line %s of the change-set: expected an object and the id of a record"), NULL);
  at += SAT_ID_CHARS;
  if (!read_marks (d, line, &at, end, &group))
    return FALSE;
  if (set->n_groups > 0 &&
      sat_change_set_compare_groups (&set->groups[set->n_groups - 1], &group) >= 0)
    return fail (d, line,
                 N_ ("line %s of the change-set: records are not in order or one is there twice"),
                 NULL);
  if (set->n_groups == d->max_groups)
    return fail (d, line, N_ ("line %s of the change-set: more records than its end says"), NULL);
  set->groups[set->n_groups++] = group;
  return begin_life (d, line, &set->groups[set->n_groups - 1]);
}

static gboolean
read_at (Decoder *d, const char *line, const char *time, const char *end)
{
  SatHlc hlc = 0;

  if (!sat_hlc_parse (time, (gsize) (end - time), &hlc) || hlc == 0)
    return fail (d, line,
                 N_ ("line %s of the change-set: expected a time like 2026-11-21T08:00:00.123Z+5"),
                 NULL);
  if (hlc == d->at || d->at_is_new)
    return fail (d, line, N_ ("line %s of the change-set: an unnecessary “at”"), NULL);
  d->at = hlc;
  d->at_is_new = TRUE;
  return TRUE;
}

/* Does one of the contexts of the graft say that it had come as far as DOT? In a checkpoint the
 * vector is the context of the own book; and what nobody had seen may be from anywhere. */
static gboolean
is_covered (const Decoder *d, const SatOpGroup *group, const SatWireDot *dot)
{
  if (d->kind == SAT_BODY_UNSEEN ||
      (d->kind == SAT_BODY_STATE && strcmp (dot->book, d->set->book) == 0))
    return TRUE;
  for (guint i = 0; i < group->n_contexts; i++)
    {
      const SatContext *context = group->contexts[i];
      const SatSaw *entry;

      if (strcmp (context->book, dot->book) != 0)
        continue;
      entry = bsearch (&dot->device, context->seen, context->n_seen, sizeof (SatSaw),
                       (int (*) (const void *, const void *)) sat_id_compare);
      return entry != NULL && entry->number >= dot->number;
    }
  return FALSE;
}

/* A line "by BOOK DEVICE NUMBER" from BOOK (writable) to its newline END. */
static gboolean
read_by (Decoder *d, const char *line, char *book, const char *end)
{
  const SatChangeSet *set = d->set;
  g_autofree SatWireDot *dot = g_new0 (SatWireDot, 1);
  gsize length = sat_change_set_book_length (book, end);
  const char *p = book + length;

  if (length == 0 || !sat_change_set_take_word (&p, end, " ") ||
      !sat_change_set_take_id (&p, end, &dot->device) || !sat_change_set_take_word (&p, end, " ") ||
      !sat_change_set_take_number (&p, end, SAT_CHANGE_SET_MAX_NUMBER, &dot->number) ||
      dot->number == 0 || p != end)
    return fail (d, line,
                 N_ ("line %s of the change-set: expected “by”, a book, a device and a number"),
                 NULL);
  if (set->n_groups == 0 || !d->in_graft)
    return fail (d, line, N_ ("line %s of the change-set: “by” outside a graft"), NULL);
  if (d->at_is_new)
    return fail (d, line, N_ ("line %s of the change-set: “at” before what needs no time"), NULL);
  if (d->by_is_new)
    return fail (d, line, N_ ("line %s of the change-set: an unnecessary “by”"), NULL);
  book[length] = '\0';
  dot->book = book;
  if (d->by != NULL && sat_change_set_compare_dots (d->by, dot) >= 0)
    return fail (d, line, N_ ("line %s of the change-set: dots are not in order"), NULL);
  if (!is_covered (d, &set->groups[set->n_groups - 1], dot))
    return fail (d, line, N_ ("line %s of the change-set: a dot that no context covers"), NULL);
  d->by = g_steal_pointer (&dot);
  d->by_is_new = TRUE;
  keep_array (d, d->by);
  return TRUE;
}

/* ---- the whole ---- */

/* The last line, which gives the sizes; *END is where it begins. */
static gboolean
read_end (Decoder *d, gsize size, char **end)
{
  const char *msgid = N_ (
      "line %s of the change-set: expected “end” with the numbers of records and "
      "operations; the text was cut off");
  char *body = d->set->body;
  const char *stop = body + size;

  if (size == 0 || stop[-1] != '\n')
    return fail (d, stop, msgid, NULL);
  char *line = body + size - 1;
  while (line > body && line[-1] != '\n')
    line--;

  const char *p = line;
  if (!sat_change_set_take_word (&p, stop, "end ") ||
      !sat_change_set_take_number (&p, stop, SAT_CHANGE_SET_MAX_RECORDS, &d->max_groups) ||
      !sat_change_set_take_word (&p, stop, " ") ||
      !sat_change_set_take_number (&p, stop, SAT_CHANGE_SET_MAX_OPS, &d->max_ops) || *p != '\n')
    return fail (d, line, msgid, NULL);
  if (d->max_groups + d->max_ops > (guint64) (line - body) / LEAST_LINE)
    return fail (d, line, N_ ("line %s of the change-set: it cannot hold as much as its end says"),
                 NULL);
  *end = line;
  return TRUE;
}

static gboolean
read_line (Decoder *d, char *at, char *end)
{
  if (*at == ' ')
    return read_op (d, at + 1, end);
  if (at[0] == 'a' && at[1] == 't' && at[2] == ' ')
    return read_at (d, at, at + 3, end);
  if (at[0] == 'b' && at[1] == 'y' && at[2] == ' ')
    return read_by (d, at, at + 3, end);
  return read_record (d, at, end);
}

static gboolean
read_body (Decoder *d, gsize size)
{
  SatChangeSet *set = d->set;
  char *end = NULL;

  if (!read_end (d, size, &end) || !check_clean (d, size))
    return FALSE;
  set->groups = g_new (SatOpGroup, d->max_groups + 1);
  set->ops = g_new (SatOp, d->max_ops + 1);
  for (char *at = set->body; at < end;)
    {
      char *newline = memchr (at, '\n', (gsize) (end - at));
      if (!read_line (d, at, newline))
        return FALSE;
      at = newline + 1;
    }
  if (!end_record (d, end))
    return FALSE;
  if (d->at_is_new)
    return fail (d, end, N_ ("line %s of the change-set: an unnecessary “at”"), NULL);
  if (set->files != NULL && d->kind == SAT_BODY_CHANGE_SET && !sat_change_set_says_files (set))
    return fail (d, end, N_ ("line %s of the change-set: a file that no value says"), NULL);
  for (guint i = 0; set->contexts != NULL && i < set->contexts->len; i++)
    if (!d->used[i])
      return fail (d, end, N_ ("line %s of the change-set: a context that no graft names"), NULL);
  if (set->n_groups != d->max_groups || set->n_ops != d->max_ops)
    return fail (d, end,
                 N_ ("line %s of the change-set: fewer records or operations than its end says"),
                 NULL);
  /* NOLINTNEXTLINE(clang-analyzer-core.*): as above */
  for (guint64 i = 0, n = 0; i < set->n_groups; n += set->groups[i++].n_ops)
    set->groups[i].ops = set->ops + n;
  return TRUE;
}

gboolean
sat_change_set_read_body (SatChangeSet *set,
                          SatBodyKind kind,
                          const char *text,
                          gsize size,
                          const char *body,
                          GError **error)
{
  gsize body_size = size - (gsize) (body - text);
  guint n_contexts = set->contexts ? set->contexts->len : 0;
  g_autofree guint8 *used = n_contexts ? g_new0 (guint8, n_contexts) : NULL;
  Decoder d = {
    .text = text, .body = body, .set = set, .kind = kind, .used = used, .error = error
  };

  set->body = g_malloc (body_size + 1);
  memcpy (set->body, body, body_size);
  set->body[body_size] = '\0';
  return read_body (&d, body_size);
}

SatChangeSet *
sat_change_set_decode (GBytes *text, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (text, &size);
  const char *body = NULL;

  if (size == 0)
    data = "";
  g_autoptr (SatChangeSet) set = sat_change_set_read_header (data, size, &body, error);
  if (set == NULL || !sat_change_set_read_body (set, SAT_BODY_CHANGE_SET, data, size, body, error))
    return NULL;
  return g_steal_pointer (&set);
}
