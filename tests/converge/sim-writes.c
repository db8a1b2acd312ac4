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

static void
add_write (GPtrArray *writes, const Applied *by, const SatOpGroup *group, const SatOp *op)
{
  Write *write = g_new0 (Write, 1);

  write->by = by;
  write->group = group;
  write->op = op;
  write->register_name = register_name (op);
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
    order = sat_id_compare (&x->by->device, &y->by->device);
  return order != 0 ? order : (x->by->number > y->by->number) - (x->by->number < y->by->number);
}

GPtrArray *
writes_of (const GPtrArray *applied)
{
  GPtrArray *writes = g_ptr_array_new_with_free_func (free_write);

  for (guint i = 0; i < applied->len; i++)
    {
      const Applied *by = g_ptr_array_index (applied, i);
      guint n;
      const SatOpGroup *groups = sat_change_set_groups (by->set, &n);
      for (guint g = 0; g < n; g++)
        {
          if (groups[g].life != SAT_LIFE_QUIET)
            add_write (writes, by, &groups[g], NULL);
          for (guint k = 0; k < groups[g].n_ops; k++)
            add_write (writes, by, &groups[g], &groups[g].ops[k]);
        }
    }
  g_ptr_array_sort (writes, compare_write);
  return writes;
}

/* Does BY drop what OTHER wrote to the same register? (No record has moved: all dots are native.)
 */
static gboolean
drops (const Write *by, const Write *other)
{
  if (by->by == other->by || seen (by->by->saw, &other->by->device) < other->by->number)
    return FALSE;
  for (guint i = 0; by->op != NULL && i < by->op->n_keep; i++)
    if (sat_id_equal (&by->op->keep[i].device, &other->by->device) &&
        by->op->keep[i].number == other->by->number)
      return FALSE;
  return TRUE;
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
  return TRUE;
}
