/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/change-maker.h"

#include <string.h>

#include "core/base/sat-text.h"
#include "core/change/sat-change-set.h"
#include "core/workspace/sat-workspace-private.h"

#define BOOK "customers"
#define MAX_DEVICES 6
#define N_RECORDS 7

typedef struct
{
  guint device;
  guint64 number;
  guint64 saw[MAX_DEVICES]; /* its own device's entry included */
  SatChangeSet *set;        /* what the text says */
} Made;

struct _ChangeMaker
{
  World *world;
  SatPlatform *dice;
  guint n_devices;
  SatId devices[MAX_DEVICES];
  guint64 vectors[MAX_DEVICES][MAX_DEVICES]; /* what each device has taken in */
  SatId records[N_RECORDS];
  GPtrArray *made; /* Made, in an order in which they can be applied */
};

static guint
roll (const ChangeMaker *maker, guint below)
{
  return sat_platform_random_below (maker->dice, below);
}

static void
made_free (gpointer data)
{
  Made *made = data;

  sat_change_set_free (made->set);
  g_free (made);
}

/* ---- operations ---------------------------------------------------------------------------------
 */

typedef struct
{
  const char *key;
  const char *values[6];
} Palette;

/* By key, as the format wants them; values right and wrong. */
static const Palette palettes[] = {
  { "count", { "5", "7", "-3", "seven", NULL } },
  { "day", { "2026-01-01", "2026-13-01", NULL } },
  { "friend", { "0190163d-8694-739b-aea5-966c26f8ad91", "nobody", NULL } },
  { "high", { "1", "2", "30", "much", NULL } },
  { "kind", { "a", "b", "unheard_of", NULL } },
  { "low", { "2026-01-01", "2026-02-01", "never", NULL } },
  { "name", { "Anna", "上海", "two\nlines", " untidy ", NULL } },
  { "note", { "one\ntwo", "one\nthree", NULL } },
  { "parent", { "?", NULL } },
  { "phone", { "1", "2", "no phone", NULL } },
  { "price", { "1.00 CNY", "2.50 USD", "3", NULL } },
  { "ready", { "yes", "no", "perhaps", NULL } },
  { "stage", { "lead", "won", "beyond", NULL } },
  { "tags", { "vip", "east", "a,b", NULL } },
  { "unheard", { "x", "y", NULL } },
};

typedef struct
{
  GArray *ops;       /* SatOp */
  GPtrArray *memory; /* what they borrow */
} OpList;

/* Up to three dots that the change-set had seen, in order. */
static const SatWireDot *
some_dots (ChangeMaker *maker, const Made *made, OpList *list, const char *book, guint *n)
{
  SatWireDot *dots = g_new0 (SatWireDot, MAX_DEVICES);
  guint order[MAX_DEVICES];

  for (guint i = 0; i < maker->n_devices; i++)
    order[i] = i;
  for (guint i = 0; i < maker->n_devices; i++)
    for (guint k = i + 1; k < maker->n_devices; k++)
      if (sat_id_compare (&maker->devices[order[i]], &maker->devices[order[k]]) > 0)
        {
          guint swap = order[i];
          order[i] = order[k];
          order[k] = swap;
        }
  *n = 0;
  for (guint i = 0; i < maker->n_devices; i++)
    if (made->saw[order[i]] > 0 && roll (maker, 2) == 0)
      {
        dots[*n].book = book;
        dots[*n].device = maker->devices[order[i]];
        dots[*n].number = 1 + roll (maker, (guint) made->saw[order[i]]);
        (*n)++;
      }
  g_ptr_array_add (list->memory, dots);
  return dots;
}

static SatHlc
some_stamp (ChangeMaker *maker)
{
  return sat_hlc_from_ms (1767225600000 + 1000 * (gint64) roll (maker, 6)) + roll (maker, 2);
}

static void
add_op (ChangeMaker *maker, const Made *made, OpList *list, SatOp op)
{
  if (op.kind == SAT_OP_SET)
    {
      op.hlc = some_stamp (maker);
      op.automatic = roll (maker, 5) == 0;
    }
  if (roll (maker, 5) == 0)
    op.keep = some_dots (maker, made, list, NULL, &op.n_keep);
  if (roll (maker, 12) == 0)
    op.over = some_dots (maker, made, list, "elsewhere", &op.n_over);
  g_array_append_val (list->ops, op);
}

static const char *
some_value (ChangeMaker *maker, OpList *list, const Palette *palette)
{
  guint n = 0;

  while (palette->values[n] != NULL)
    n++;
  const char *value = palette->values[roll (maker, n)];
  if (strcmp (value, "?") != 0)
    return value;
  char *id = sat_id_dup_text (&maker->records[roll (maker, N_RECORDS)]);
  g_ptr_array_add (list->memory, id);
  return id;
}

static void
add_field (ChangeMaker *maker, const Made *made, OpList *list, const Palette *palette)
{
  gboolean tags = strcmp (palette->key, "tags") == 0;

  /* A plain register on tags and elements on a plain field now and then: another catalogue. */
  if (roll (maker, tags ? 12 : 2) == 0)
    {
      guint what = roll (maker, 8);
      SatOp op = { .key = palette->key, .kind = what == 0 ? SAT_OP_DROP : SAT_OP_SET };

      if (what > 1)
        op.value = some_value (maker, list, palette);
      add_op (maker, made, list, op);
    }
  if (tags || roll (maker, 25) == 0)
    {
      static const char *const elements[] = { "a,b", "east", "vip" };

      for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
        if (roll (maker, 3) == 0)
          {
            SatOp op = { .key = palette->key,
                         .element = elements[i],
                         .kind = roll (maker, 3) == 0 ? SAT_OP_DROP : SAT_OP_SET };
            add_op (maker, made, list, op);
          }
    }
}

static void
add_group (
    ChangeMaker *maker, Made *made, SatChangeSetWriter *writer, const char *object, const SatId *id)
{
  OpList list = { g_array_new (FALSE, FALSE, sizeof (SatOp)),
                  g_ptr_array_new_with_free_func (g_free) };
  SatOpGroup group = { .object = object, .id = *id };

  if (roll (maker, 30) == 0)
    add_op (maker, made, &list, (SatOp){ .key = ":erased", .value = "yes" });
  if (roll (maker, 2) == 0)
    add_op (maker, made, &list,
            (SatOp){ .key = ":home", .value = roll (maker, 8) ? BOOK : "elsewhere" });
  for (guint i = 0; i < G_N_ELEMENTS (palettes); i++)
    if (roll (maker, 3) == 0)
      add_field (maker, made, &list, &palettes[i]);
  group.ops = (const SatOp *) (void *) list.ops->data;
  group.n_ops = list.ops->len;
  group.life = group.n_ops > 0 && roll (maker, 6) == 0 ? SAT_LIFE_QUIET
               : roll (maker, 4) == 0                  ? SAT_LIFE_DEAD
                                                       : SAT_LIFE_LIVE;
  if (group.life != SAT_LIFE_QUIET)
    {
      group.life_hlc = some_stamp (maker);
      group.life_automatic = roll (maker, 6) == 0;
    }
  sat_change_set_writer_add (writer, &group);
  g_array_unref (list.ops);
  g_ptr_array_unref (list.memory);
}

/* ---- change-sets --------------------------------------------------------------------------------
 */

static int
compare_saw (gconstpointer a, gconstpointer b)
{
  return sat_id_compare (&((const SatSaw *) a)->device, &((const SatSaw *) b)->device);
}

/* In full for the first one and now and then, else the difference to BEFORE. */
static SatChangeSetWriter *
begin_text (ChangeMaker *maker, const Made *made, const Made *before)
{
  g_autoptr (GArray) saw = g_array_new (FALSE, FALSE, sizeof (SatSaw));
  gboolean full = made->number == 1 || roll (maker, 6) == 0;

  for (guint i = 0; i < maker->n_devices; i++)
    {
      SatSaw entry = { maker->devices[i], made->saw[i] };
      if (i != made->device && entry.number > 0 && (full || entry.number != before->saw[i]))
        g_array_append_val (saw, entry);
    }
  g_array_sort (saw, compare_saw);
  return sat_change_set_writer_new (BOOK, &maker->devices[made->device], made->number, full,
                                    (const SatSaw *) (void *) saw->data, saw->len, NULL, 0);
}

static const Made *
find_made (const ChangeMaker *maker, guint device, guint64 number)
{
  for (guint i = 0; i < maker->made->len; i++)
    {
      const Made *made = g_ptr_array_index (maker->made, i);
      if (made->device == device && made->number == number)
        return made;
    }
  return NULL;
}

static void
make_one (ChangeMaker *maker)
{
  static const char *const objects[] = { "ghost", "thing" };
  guint device = roll (maker, maker->n_devices);
  Made *made = g_new0 (Made, 1);
  SatChangeSetWriter *writer;
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GError) error = NULL;

  memcpy (made->saw, maker->vectors[device], sizeof made->saw);
  made->device = device;
  made->number = ++maker->vectors[device][device];
  writer = begin_text (maker, made, find_made (maker, device, made->number - 1));
  for (guint o = 0; o < G_N_ELEMENTS (objects); o++)
    for (guint i = 0; i < N_RECORDS; i++)
      if (roll (maker, o == 0 ? 8 : 3) == 0)
        add_group (maker, made, writer, objects[o], &maker->records[i]);
  text = sat_change_set_writer_finish (writer);
  made->set = sat_change_set_decode (text, &error);
  g_assert_no_error (error);
  world_put_text (maker->world, BOOK, &maker->devices[device], made->number, text);
  g_ptr_array_add (maker->made, made);
}

/* DEVICE takes in what another has, with all that this saw. */
static void
take_in (ChangeMaker *maker, guint device)
{
  guint other = roll (maker, maker->n_devices);
  guint64 upto = maker->vectors[other][other];
  guint64 from = maker->vectors[device][other];

  if (upto <= from)
    return;
  upto = from + 1 + roll (maker, (guint) (upto - from));
  const Made *made = find_made (maker, other, upto);
  for (guint i = 0; i < maker->n_devices; i++)
    maker->vectors[device][i] = MAX (maker->vectors[device][i], made->saw[i]);
  maker->vectors[device][other] = MAX (maker->vectors[device][other], upto);
}

ChangeMaker *
change_maker_new (World *world, guint64 seed, guint n_devices, guint n)
{
  ChangeMaker *maker = g_new0 (ChangeMaker, 1);

  maker->world = world;
  maker->dice = sat_platform_new_seeded (seed, 1767225600000);
  maker->n_devices = n_devices;
  maker->made = g_ptr_array_new_with_free_func (made_free);
  for (guint i = 0; i < n_devices; i++)
    {
      sat_platform_random (maker->dice, maker->devices[i].bytes, SAT_ID_SIZE);
      g_ptr_array_add (world->devices, g_memdup2 (&maker->devices[i], sizeof (SatId)));
    }
  for (guint i = 0; i < N_RECORDS; i++)
    sat_id_new (maker->dice, &maker->records[i]);
  for (guint i = 1; i < N_RECORDS; i++)
    g_assert_cmpint (sat_id_compare (&maker->records[i - 1], &maker->records[i]), !=, 0);
  qsort (maker->records, N_RECORDS, sizeof (SatId), compare_saw); /* ids alone order as well */
  for (guint i = 0; i < n; i++)
    {
      make_one (maker);
      for (guint k = 0; k < n_devices / 2 + 1; k++)
        take_in (maker, roll (maker, n_devices));
    }
  return maker;
}

void
change_maker_free (ChangeMaker *maker)
{
  if (maker == NULL)
    return;
  sat_platform_unref (maker->dice);
  g_ptr_array_unref (maker->made);
  g_free (maker);
}

/* ---- what they amount to ------------------------------------------------------------------------
 */

typedef struct
{
  const Made *made;
  const SatOpGroup *group;
  SatOp op; /* also for life, with the key ":life" */
} Written;

static GArray *
all_writes (const ChangeMaker *maker)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Written));

  for (guint i = 0; i < maker->made->len; i++)
    {
      const Made *made = g_ptr_array_index (maker->made, i);
      guint n;
      const SatOpGroup *groups = sat_change_set_groups (made->set, &n);

      for (guint g = 0; g < n; g++)
        {
          Written life = { made, &groups[g], { .key = ":life" } };

          life.op.value = groups[g].life == SAT_LIFE_DEAD ? "dead" : "live";
          life.op.hlc = groups[g].life_hlc;
          life.op.automatic = groups[g].life_automatic;
          if (groups[g].life != SAT_LIFE_QUIET)
            g_array_append_val (all, life);
          for (guint k = 0; k < groups[g].n_ops; k++)
            {
              Written written = { made, &groups[g], groups[g].ops[k] };
              g_array_append_val (all, written);
            }
        }
    }
  return all;
}

static gboolean
same_register (const Written *a, const Written *b)
{
  return strcmp (a->group->object, b->group->object) == 0 &&
         sat_id_equal (&a->group->id, &b->group->id) && strcmp (a->op.key, b->op.key) == 0 &&
         g_strcmp0 (a->op.element, b->op.element) == 0;
}

static gboolean
drops (const ChangeMaker *maker, const Written *by, const Written *what)
{
  if (by == what || what->made->number > by->made->saw[what->made->device])
    return FALSE;
  for (guint i = 0; i < by->op.n_keep; i++)
    if (by->op.keep[i].number == what->made->number &&
        sat_id_equal (&by->op.keep[i].device, &maker->devices[what->made->device]))
      return FALSE;
  return TRUE;
}

static char *
line_of (const ChangeMaker *maker, const Written *written)
{
  char id[SAT_ID_TEXT_SIZE], device[SAT_ID_TEXT_SIZE], hlc[SAT_HLC_TEXT_SIZE];
  GString *line = g_string_new (NULL);

  g_string_printf (line, "%s %s %s", written->group->object,
                   sat_id_format (&written->group->id, id), written->op.key);
  if (written->op.element != NULL)
    g_string_append_printf (line, "/%s", written->op.element);
  g_string_append_printf (line, " " BOOK ":%s:%" G_GUINT64_FORMAT " %s%s ",
                          sat_id_format (&maker->devices[written->made->device], device),
                          written->made->number, sat_hlc_format (written->op.hlc, hlc),
                          written->op.automatic ? "a" : "");
  if (written->op.element != NULL)
    g_string_append_c (line, '+');
  else if (written->op.value == NULL)
    g_string_append_c (line, '~');
  else
    {
      g_string_append_c (line, '=');
      sat_text_escape (line, written->op.value, strlen (written->op.value));
    }
  return g_string_free (line, FALSE);
}

static int
compare_text (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
join_sorted (GPtrArray *lines)
{
  g_ptr_array_sort (lines, compare_text);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

char *
change_maker_lines (const ChangeMaker *maker)
{
  g_autoptr (GArray) all = all_writes (maker);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < all->len; i++)
    {
      const Written *what = &g_array_index (all, Written, i);
      gboolean dropped = what->op.kind == SAT_OP_DROP;

      for (guint k = 0; k < all->len && !dropped; k++)
        {
          const Written *by = &g_array_index (all, Written, k);
          dropped = same_register (what, by) && drops (maker, by, what);
        }
      if (!dropped)
        g_ptr_array_add (lines, line_of (maker, what));
    }
  return join_sorted (lines);
}

static void
collect_line (const char *text, gpointer data)
{
  if (!g_str_has_prefix (text, "book "))
    g_ptr_array_add (data, g_strdup (text));
}

char *
sorted_lines (SatWorkspace *workspace)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  sat_workspace_canonical (workspace, BOOK, collect_line, lines, &error);
  g_assert_no_error (error);
  return join_sorted (lines);
}

char *
shown_things (SatWorkspace *workspace)
{
  const SatObject *object = world_object (workspace, "thing");
  SatQuery query = { .object = object, .limit = -1, .with_deleted = TRUE };
  g_autoptr (GArray) rows = sat_workspace_list_rows (workspace, &query, NULL);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (GPtrArray) loaded = sat_workspace_load_rows (
          workspace, object, &g_array_index (rows, gint64, i), 1, NULL);
      const SatRecord *record = g_ptr_array_index (loaded, 0);
      g_autofree char *id = sat_id_dup_text (sat_record_id (record));
      GString *text = g_string_new (id);

      g_string_append (text, sat_record_deleted (record) ? " hidden" : "");
      for (guint k = 0; k < object->n_fields; k++)
        {
          const SatField *field = object->fields[k];
          const char *value = sat_record_get (record, field);
          guint n;

          sat_record_dots (record, field, &n);
          if (value != NULL || n > 0)
            g_string_append_printf (text, "\n  %s=%s%s%s %u", field->name, value ? value : "~",
                                    sat_record_is_invalid (record, field) ? " invalid" : "",
                                    sat_record_in_conflict (record, field) ? " CONFLICT" : "", n);
        }
      g_ptr_array_add (texts, g_string_free (text, FALSE));
    }
  return join_sorted (texts);
}

/* ---- delivery -----------------------------------------------------------------------------------
 */

typedef struct
{
  const ChangeMaker *maker;
  guint64 upto[MAX_DEVICES];
} Counter;

static GBytes *
counter_text (const char *book, const SatId *device, guint64 number, gpointer data, GError **error)
{
  const Counter *counter = data;

  for (guint i = 0; i < counter->maker->n_devices; i++)
    if (sat_id_equal (device, &counter->maker->devices[i]))
      return number <= counter->upto[i] ? world_text (counter->maker->world, book, device, number)
                                        : NULL;
  return NULL;
}

void
change_maker_deliver (const ChangeMaker *maker, SatWorkspace *workspace, guint64 seed)
{
  g_autoptr (SatPlatform) dice = sat_platform_new_seeded (seed, 0);
  Counter counter = { .maker = maker };
  guint left = maker->made->len;
  g_autoptr (GError) error = NULL;

  while (left > 0)
    {
      g_autoptr (SatInbox) inbox = sat_inbox_new (workspace, counter_text, &counter);
      SatInboxProgress progress = { 0 };
      guint steps = sat_platform_random_below (dice, 6);

      for (guint i = 0; i < maker->n_devices; i++)
        {
          guint device = (i + (guint) seed) % maker->n_devices;
          counter.upto[device] += sat_platform_random_below (dice, 3);
          sat_inbox_offer (inbox, BOOK, &maker->devices[device]);
        }
      for (guint i = 0; i < steps && !progress.done; i++)
        {
          sat_inbox_step_groups (inbox, sat_platform_random_below (dice, 4), &progress, &error);
          g_assert_no_error (error);
          g_assert_cmpuint (progress.quarantined, ==, 0);
        }
      left = maker->made->len;
      for (guint i = 0; i < maker->n_devices; i++)
        left -= (guint) sat_workspace_applied (workspace, BOOK, &maker->devices[i]);
    }
}
