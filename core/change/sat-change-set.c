/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The change-set in memory: reading it, freeing it, and the shapes and orders of the format that
 * the writer and the decoder have in common. */
#include "core/change/sat-change-set-private.h"

#include <string.h>

const char *
sat_change_set_book (const SatChangeSet *set)
{
  return set->book;
}

const SatId *
sat_change_set_device (const SatChangeSet *set)
{
  return &set->device;
}

guint64
sat_change_set_number (const SatChangeSet *set)
{
  return set->number;
}

gboolean
sat_change_set_saw_is_full (const SatChangeSet *set)
{
  return set->saw_is_full;
}

static const SatSaw *
saw_array (const GArray *array, guint *n)
{
  *n = array->len;
  return (const SatSaw *) (const void *) array->data;
}

const SatSaw *
sat_change_set_saw (const SatChangeSet *set, guint *n)
{
  return saw_array (set->saw, n);
}

const SatSaw *
sat_change_set_cuts (const SatChangeSet *set, guint *n)
{
  return saw_array (set->cuts, n);
}

const SatContext *
sat_change_set_contexts (const SatChangeSet *set, guint *n)
{
  *n = set->contexts ? set->contexts->len : 0;
  return *n > 0 ? (const SatContext *) (const void *) set->contexts->data : NULL;
}

const SatOpGroup *
sat_change_set_groups (const SatChangeSet *set, guint *n)
{
  *n = set->n_groups;
  return set->groups;
}

guint64
sat_change_set_n_ops (const SatChangeSet *set)
{
  return set->n_ops;
}

void
sat_change_set_free (SatChangeSet *set)
{
  if (set == NULL)
    return;
  g_clear_pointer (&set->saw, g_array_unref);
  g_clear_pointer (&set->cuts, g_array_unref);
  g_clear_pointer (&set->contexts, g_array_unref);
  g_clear_pointer (&set->files, g_array_unref);
  sat_change_set_clear_enrolment (set);
  g_clear_pointer (&set->dots, g_ptr_array_unref);
  g_free (set->groups);
  g_free (set->ops);
  g_free (set->body);
  g_free (set->book);
  g_free (set);
}

/* ---- shapes ---- */

#define L SAT_CHAR_LOWER
#define D SAT_CHAR_DIGIT
const guint8 sat_change_set_classes[256] = {
  ['a'] = L,
  ['b'] = L,
  ['c'] = L,
  ['d'] = L,
  ['e'] = L,
  ['f'] = L,
  ['g'] = L,
  ['h'] = L,
  ['i'] = L,
  ['j'] = L,
  ['k'] = L,
  ['l'] = L,
  ['m'] = L,
  ['n'] = L,
  ['o'] = L,
  ['p'] = L,
  ['q'] = L,
  ['r'] = L,
  ['s'] = L,
  ['t'] = L,
  ['u'] = L,
  ['v'] = L,
  ['w'] = L,
  ['x'] = L,
  ['y'] = L,
  ['z'] = L,
  ['0'] = D,
  ['1'] = D,
  ['2'] = D,
  ['3'] = D,
  ['4'] = D,
  ['5'] = D,
  ['6'] = D,
  ['7'] = D,
  ['8'] = D,
  ['9'] = D,
  ['_'] = SAT_CHAR_LOW_LINE,
  ['-'] = SAT_CHAR_HYPHEN,
};
#undef L
#undef D

static gsize
shape_length (const char *text, const char *end, guint first, guint rest)
{
  const char *p = text;

  if (p >= end || (sat_change_set_classes[(guint8) *p] & first) == 0)
    return 0;
  while (p < end && (sat_change_set_classes[(guint8) *p] & rest) != 0)
    p++;
  return p - text <= SAT_NAME_MAX ? (gsize) (p - text) : 0;
}

gsize
sat_change_set_name_length (const char *text, const char *end)
{
  return shape_length (text, end, SAT_CHAR_LOWER,
                       SAT_CHAR_LOWER | SAT_CHAR_DIGIT | SAT_CHAR_LOW_LINE);
}

gsize
sat_change_set_book_length (const char *text, const char *end)
{
  return shape_length (text, end, SAT_CHAR_LOWER | SAT_CHAR_DIGIT,
                       SAT_CHAR_LOWER | SAT_CHAR_DIGIT | SAT_CHAR_HYPHEN);
}

gsize
sat_change_set_word_length (const char *text, const char *end)
{
  return shape_length (text, end, SAT_CHAR_LOWER,
                       SAT_CHAR_LOWER | SAT_CHAR_DIGIT | SAT_CHAR_HYPHEN);
}

gboolean
sat_change_set_is_reserved (const char *object)
{
  static const char *const words[] = { "at", "by", "context", "cut", "end", NULL };

  return g_strv_contains (words, object);
}

gboolean
sat_change_set_is_new (const SatOpGroup *group, const SatOp *op, const char *book)
{
  return group->life != SAT_LIFE_QUIET && op->key[0] == ':' &&
         strcmp (op->key, SAT_KEY_HOME) == 0 && op->kind == SAT_OP_SET && op->value != NULL &&
         strcmp (op->value, book) == 0 && op->n_keep == 0 && op->n_over == 0 &&
         op->hlc == group->life_hlc && !op->automatic == !group->life_automatic;
}

/* ---- orders ---- */

int
sat_change_set_compare_ops (const SatOp *a, const SatOp *b)
{
  int order = strcmp (a->key, b->key);

  if (order != 0 || a->element == b->element)
    return order;
  if (a->element == NULL || b->element == NULL)
    return a->element == NULL ? -1 : 1;
  return strcmp (a->element, b->element);
}

int
sat_graft_op_compare (const SatOp *a, const SatOp *b)
{
  int order = sat_change_set_compare_dots (a->dot, b->dot);

  return order != 0 ? order : sat_change_set_compare_ops (a, b);
}

int
sat_context_compare (const SatContext *a, const SatContext *b)
{
  int order = strcmp (a->book, b->book);

  for (guint i = 0; order == 0 && i < MIN (a->n_seen, b->n_seen); i++)
    {
      order = sat_id_compare (&a->seen[i].device, &b->seen[i].device);
      if (order == 0)
        order = (a->seen[i].number > b->seen[i].number) - (a->seen[i].number < b->seen[i].number);
    }
  return order != 0 ? order : (a->n_seen > b->n_seen) - (a->n_seen < b->n_seen);
}

int
sat_change_set_compare_groups (const SatOpGroup *a, const SatOpGroup *b)
{
  int order = strcmp (a->object, b->object);

  return order != 0 ? order : sat_id_compare (&a->id, &b->id);
}

int
sat_change_set_compare_dots (const SatWireDot *a, const SatWireDot *b)
{
  int order = g_strcmp0 (a->book, b->book);

  if (order == 0)
    order = sat_id_compare (&a->device, &b->device);
  if (order == 0)
    order = a->number < b->number ? -1 : a->number > b->number;
  return order;
}
