/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sorted array of branches; there are a few dozen. */
#include "tests/converge/postbox.h"

#include <string.h>

struct _Postbox
{
  GPtrArray *branches;
};

static void
free_text (gpointer text)
{
  if (text != NULL)
    g_bytes_unref (text);
}

static void
free_branch (gpointer data)
{
  PostBranch *branch = data;

  g_free (branch->book);
  g_ptr_array_unref (branch->texts);
  g_free (branch);
}

Postbox *
postbox_new (void)
{
  Postbox *box = g_new0 (Postbox, 1);

  box->branches = g_ptr_array_new_with_free_func (free_branch);
  return box;
}

void
postbox_free (Postbox *box)
{
  g_ptr_array_unref (box->branches);
  g_free (box);
}

/* Where the branch is, or would be. */
static gboolean
find (const Postbox *box, const char *book, const SatId *device, guint *at)
{
  for (*at = 0; *at < box->branches->len; (*at)++)
    {
      const PostBranch *branch = g_ptr_array_index (box->branches, *at);
      int order = strcmp (branch->book, book);
      if (order == 0)
        order = sat_id_compare (&branch->device, device);
      if (order >= 0)
        return order == 0;
    }
  return FALSE;
}

void
postbox_put (Postbox *box, const char *book, const SatId *device, guint64 number, GBytes *text)
{
  guint at;

  g_assert_cmpuint (number, >=, 1);
  if (!find (box, book, device, &at))
    {
      PostBranch *branch = g_new0 (PostBranch, 1);
      branch->book = g_strdup (book);
      branch->device = *device;
      branch->texts = g_ptr_array_new_with_free_func (free_text);
      g_ptr_array_insert (box->branches, (int) at, branch);
    }
  PostBranch *branch = g_ptr_array_index (box->branches, at);
  if (branch->texts->len < number)
    g_ptr_array_set_size (branch->texts, (int) number);
  GBytes *old = g_ptr_array_index (branch->texts, number - 1);
  if (old == NULL)
    branch->texts->pdata[number - 1] = g_bytes_ref (text);
  else
    g_assert_true (g_bytes_equal (old, text));
}

void
postbox_drop (Postbox *box, const char *book, const SatId *device, guint64 number)
{
  guint at;
  GBytes **text;

  if (postbox_get (box, book, device, number) == NULL || !find (box, book, device, &at))
    return;
  text = (GBytes **) &((PostBranch *) g_ptr_array_index (box->branches, at))
             ->texts->pdata[number - 1];
  g_clear_pointer (text, g_bytes_unref);
}

GBytes *
postbox_get (const Postbox *box, const char *book, const SatId *device, guint64 number)
{
  guint at;

  if (!find (box, book, device, &at))
    return NULL;
  const PostBranch *branch = g_ptr_array_index (box->branches, at);
  return number >= 1 && number <= branch->texts->len ? g_ptr_array_index (branch->texts, number - 1)
                                                     : NULL;
}

const GPtrArray *
postbox_branches (const Postbox *box)
{
  return box->branches;
}

void
postbox_copy (const Postbox *from, Postbox *to)
{
  const GPtrArray *branches = postbox_branches (from);

  for (guint i = 0; i < branches->len; i++)
    {
      const PostBranch *branch = g_ptr_array_index (branches, i);
      for (guint n = 1; n <= branch->texts->len; n++)
        if (g_ptr_array_index (branch->texts, n - 1) != NULL)
          postbox_put (to, branch->book, &branch->device, n,
                       g_ptr_array_index (branch->texts, n - 1));
    }
}
