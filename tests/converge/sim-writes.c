/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A second, slow and plain implementation of docs/change-set-format.md and of the one rule of
 * merging: a register is what was written, minus what was dropped, over the set of change-sets
 * applied. */
#include "tests/converge/sim-writes.h"

#include <string.h>

#include "core/base/sat-text.h"

/* ---- the change-sets applied --------------------------------------------------------------------
 */

static void
free_applied (gpointer data)
{
  Applied *applied = data;

  g_array_unref (applied->saw);
  g_free (applied);
}

static void
see (GArray *saw, const SatId *device, guint64 number)
{
  SatSaw entry = { *device, number };

  for (guint i = 0; i < saw->len; i++)
    if (sat_id_equal (&g_array_index (saw, SatSaw, i).device, device))
      {
        g_array_index (saw, SatSaw, i).number = number;
        return;
      }
  g_array_append_val (saw, entry);
}

static guint64
seen (const GArray *saw, const SatId *device)
{
  for (guint i = 0; i < saw->len; i++)
    if (sat_id_equal (&g_array_index (saw, SatSaw, i).device, device))
      return g_array_index (saw, SatSaw, i).number;
  return 0;
}

static const SatChangeSet *
decoded (Sim *sim, GBytes *text)
{
  SatChangeSet *set = g_hash_table_lookup (sim->decoded, text);
  g_autoptr (GError) error = NULL;

  if (set != NULL)
    return set;
  set = sat_change_set_decode (text, &error);
  g_assert_no_error (error);
  g_hash_table_insert (sim->decoded, text, set);
  return set;
}

GPtrArray *
applied_in (Laptop *laptop, const char *book)
{
  GPtrArray *out = g_ptr_array_new_with_free_func (free_applied);
  const GPtrArray *branches = postbox_branches (laptop->sim->all);

  for (guint i = 0; i < branches->len; i++)
    {
      const PostBranch *branch = g_ptr_array_index (branches, i);
      g_autoptr (GArray) saw = g_array_new (FALSE, FALSE, sizeof (SatSaw));
      if (strcmp (branch->book, book) != 0)
        continue;
      guint64 last = sat_workspace_applied (laptop->workspace, book, &branch->device);
      g_assert_cmpuint (last, <=, branch->texts->len);
      for (guint64 n = 1; n <= last; n++)
        {
          Applied *applied = g_new0 (Applied, 1);
          const SatSaw *entries;
          guint n_entries;
          applied->set = decoded (laptop->sim, g_ptr_array_index (branch->texts, n - 1));
          applied->device = branch->device;
          applied->number = n;
          entries = sat_change_set_saw (applied->set, &n_entries);
          if (sat_change_set_saw_is_full (applied->set))
            g_array_set_size (saw, 0);
          for (guint k = 0; k < n_entries; k++)
            see (saw, &entries[k].device, entries[k].number);
          see (saw, &branch->device, n - 1);
          applied->saw = g_array_copy (saw);
          g_ptr_array_add (out, applied);
        }
    }
  return out;
}

/* ---- registers ----------------------------------------------------------------------------------
 */

static void
free_write (gpointer data)
{
  Write *write = data;

  g_free (write->register_name);
  g_ptr_array_unref (write->grafts);
  g_free (write);
}

static char *
register_name (const SatOp *op)
{
  g_autoptr (GString) name = g_string_new (op != NULL ? op->key : ":life");

  if (op != NULL && op->element != NULL)
    {
      g_string_append_c (name, '/');
      sat_text_escape (name, op->element, strlen (op->element));
    }
  return g_strdup (name->str);
}

gboolean
write_is_automatic (const Write *write)
{
  return write->op != NULL ? write->op->automatic : write->group->life_automatic;
}

SatHlc
write_time (const Write *write)
{
  return write->op != NULL ? write->op->hlc : write->group->life_hlc;
}

const char *
write_value (const Write *write)
{
  if (write->op != NULL)
    return write->op->value;
  return write->group->life == SAT_LIFE_LIVE ? "live" : "dead";
}

/* The grafts of the record of GROUP, in TABLE by its name and id. */
static GPtrArray *
grafts_of (GHashTable *table, const SatOpGroup *group)
{
  char id[SAT_ID_TEXT_SIZE];
  char *key = g_strconcat (group->object, " ", sat_id_format (&group->id, id), NULL);
  GPtrArray *grafts = g_hash_table_lookup (table, key);

  if (grafts == NULL)
    {
      grafts = g_ptr_array_new ();
      g_hash_table_insert (table, g_strdup (key), grafts);
    }
  g_free (key);
  return grafts;
}

static void
add_write (GPtrArray *writes,
           GPtrArray *grafts,
           const Applied *by,
           const SatOpGroup *group,
           const SatOp *op)
{
  Write *write = g_new0 (Write, 1);

  write->by = by;
  write->group = group;
  write->op = op;
  write->register_name = register_name (op);
  write->book = sat_change_set_book (by->set);
  write->device = by->device;
  write->number = by->number;
  write->grafts = g_ptr_array_ref (grafts);
  if (group->n_contexts > 0)
    {
      write->book = op->dot->book;
      write->device = op->dot->device;
      write->number = op->dot->number;
    }
  g_ptr_array_add (writes, write);
}

int
compare_register (const Write *x, const Write *y)
{
  int order = strcmp (x->group->object, y->group->object);

  if (order == 0)
    order = sat_id_compare (&x->group->id, &y->group->id);
  return order != 0 ? order : strcmp (x->register_name, y->register_name);
}

static int
compare_write (gconstpointer a, gconstpointer b)
{
  const Write *x = *(Write *const *) a, *y = *(Write *const *) b;
  int order = compare_register (x, y);

  if (order == 0)
    order = strcmp (x->book, y->book);
  if (order == 0)
    order = sat_id_compare (&x->device, &y->device);
  return order != 0 ? order : (x->number > y->number) - (x->number < y->number);
}

static gboolean
is_same_sibling (const Write *x, const Write *y)
{
  return compare_write (&x, &y) == 0;
}

static void
add_group (GPtrArray *writes,
           GPtrArray *grafts,
           const Applied *by,
           const SatOpGroup *group,
           const char *book)
{
  if (group->n_contexts > 0)
    g_ptr_array_add (grafts, (gpointer) group);
  if (group->life != SAT_LIFE_QUIET)
    add_write (writes, grafts, by, group, NULL);
  for (guint k = 0; k < group->n_ops; k++) /* a graft never brings what this book wrote */
    if (group->n_contexts == 0 || strcmp (group->ops[k].dot->book, book) != 0)
      add_write (writes, grafts, by, group, &group->ops[k]);
}

GPtrArray *
writes_of (const GPtrArray *applied, const char *book)
{
  GPtrArray *writes = g_ptr_array_new_with_free_func (free_write);
  g_autoptr (GHashTable) grafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                         (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < applied->len; i++)
    {
      const Applied *by = g_ptr_array_index (applied, i);
      guint n;
      const SatOpGroup *groups = sat_change_set_groups (by->set, &n);
      for (guint g = 0; g < n; g++)
        add_group (writes, grafts_of (grafts, &groups[g]), by, &groups[g], book);
    }
  g_ptr_array_sort (writes, compare_write);
  /* However often it was carried over, it is there once. */
  for (guint i = 1; i < writes->len;)
    if (is_same_sibling (g_ptr_array_index (writes, i - 1), g_ptr_array_index (writes, i)))
      g_ptr_array_remove_index (writes, i);
    else
      i++;
  return writes;
}

static guint64
context_number (const SatOpGroup *graft, const char *book, const SatId *device)
{
  for (guint i = 0; i < graft->n_contexts; i++)
    for (guint k = 0; k < graft->contexts[i]->n_seen; k++)
      if (strcmp (graft->contexts[i]->book, book) == 0 &&
          sat_id_equal (&graft->contexts[i]->seen[k].device, device))
        return graft->contexts[i]->seen[k].number;
  return 0;
}

/* Does GRAFT know of what WRITE wrote, and not have it? */
static gboolean
graft_drops (const SatOpGroup *graft, const Write *write)
{
  if (context_number (graft, write->book, &write->device) < write->number)
    return FALSE;
  for (guint i = 0; i < graft->n_ops; i++)
    {
      const SatWireDot *dot = graft->ops[i].dot;
      g_autofree char *name = register_name (&graft->ops[i]);
      if (dot->number == write->number && sat_id_equal (&dot->device, &write->device) &&
          strcmp (dot->book, write->book) == 0 && strcmp (name, write->register_name) == 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
names_dot (const SatWireDot *dots, guint n, const Write *write)
{
  for (guint i = 0; i < n; i++)
    if (sat_id_equal (&dots[i].device, &write->device) && dots[i].number == write->number &&
        (dots[i].book == NULL || strcmp (dots[i].book, write->book) == 0))
      return TRUE;
  return FALSE;
}

/* Does BY drop what OTHER wrote to the same register? */
static gboolean
drops (const Write *by, const Write *other)
{
  const SatOp *op = by->op;

  if (by->group->n_contexts > 0 || (by->by == other->by && other->group->n_contexts == 0))
    return FALSE;
  if (strcmp (other->book, sat_change_set_book (by->by->set)) != 0)
    return op != NULL ? names_dot (op->over, op->n_over, other)
                      : names_dot (by->group->over, by->group->n_over, other);
  return seen (by->by->saw, &other->device) >= other->number &&
         !(op != NULL && names_dot (op->keep, op->n_keep, other));
}

static void
raise_context (GHashTable *context, const SatContext *from)
{
  for (guint k = 0; k < from->n_seen; k++)
    {
      char id[SAT_ID_TEXT_SIZE];
      char *key = g_strconcat (from->book, " ", sat_id_format (&from->seen[k].device, id), NULL);
      const guint64 *there = g_hash_table_lookup (context, key);

      if (there == NULL || *there < from->seen[k].number)
        g_hash_table_insert (context, key, g_memdup2 (&from->seen[k].number, sizeof (guint64)));
      else
        g_free (key);
    }
}

char *
context_lines (const Write *write, const char *book)
{
  g_autoptr (GHashTable) context = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GList) keys = NULL;
  g_autofree char *last = NULL;
  GString *out = g_string_new (NULL);
  char id[SAT_ID_TEXT_SIZE];

  for (guint i = 0; i < write->grafts->len; i++)
    {
      const SatOpGroup *graft = g_ptr_array_index (write->grafts, i);
      for (guint k = 0; k < graft->n_contexts; k++)
        if (strcmp (graft->contexts[k]->book, book) != 0)
          raise_context (context, graft->contexts[k]);
    }
  keys = g_list_sort (g_hash_table_get_keys (context), (GCompareFunc) strcmp);
  for (const GList *at = keys; at != NULL; at = at->next)
    {
      g_auto (GStrv) words = g_strsplit (at->data, " ", 2);
      const guint64 *number = g_hash_table_lookup (context, at->data);

      if (g_strcmp0 (last, words[0]) == 0)
        g_string_append_c (out, ',');
      else
        g_string_append_printf (out, "%s%s %s :context %s ", last != NULL ? "\n" : "",
                                write->group->object, sat_id_format (&write->group->id, id),
                                words[0]);
      g_string_append_printf (out, "%s:%" G_GUINT64_FORMAT, words[1], *number);
      g_free (last);
      last = g_strdup (words[0]);
    }
  if (last != NULL)
    g_string_append_c (out, '\n');
  return g_string_free (out, FALSE);
}

gboolean
stands (const GPtrArray *writes, guint from, guint to, guint at)
{
  const Write *write = g_ptr_array_index (writes, at);

  if (write->op != NULL && write->op->kind == SAT_OP_DROP)
    return FALSE;
  for (guint i = from; i < to; i++)
    if (drops (g_ptr_array_index (writes, i), write))
      return FALSE;
  for (guint i = 0; i < write->grafts->len; i++)
    if (graft_drops (g_ptr_array_index (write->grafts, i), write))
      return FALSE;
  return TRUE;
}
