/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A draft has a slot a field: for most types the new value, for tags the elements to add and to
 * remove. An element to add is never shown by the base and one to remove always is, so that the two
 * lists are the difference and nothing else. */
#include "core/record/sat-draft.h"

#include <string.h>
#include <unicode/uchar.h>

#include "core/base/sat-error.h"

typedef struct
{
  gboolean changed;
  char *value;    /* tags: as shown, made on demand */
  GPtrArray *add; /* tags: sorted, NULL-terminated; NULL when never used */
  GPtrArray *remove;
} Slot;

struct _SatDraft
{
  const SatObject *object;
  SatCatalogue *catalogue;
  SatRecord *base;
  gboolean has_id;
  SatId id;
  char *book;
  char *force;
  Slot slots[];
};

static gboolean
is_tags (const SatField *field)
{
  return field->type->id == SAT_TYPE_TAGS;
}

/* FIELD may be of an older catalogue of the same replica, in which positions mean the same. */
static Slot *
slot_of (const SatDraft *draft, const SatField *field)
{
  g_assert (field->derived == NULL && field->index < draft->object->n_fields &&
            strcmp (field->name, draft->object->fields[field->index]->name) == 0);
  return &((SatDraft *) draft)->slots[field->index];
}

static const char *
base_value (const SatDraft *draft, const SatField *field)
{
  return draft->base ? sat_record_get (draft->base, field) : NULL;
}

static SatDraft *
draft_alloc (const SatObject *object)
{
  SatDraft *draft = g_malloc0 (sizeof *draft + object->n_fields * sizeof (Slot));

  draft->object = object;
  draft->catalogue = sat_catalogue_ref (object->catalogue);
  return draft;
}

SatDraft *
sat_draft_new (const SatObject *object)
{
  SatDraft *draft = draft_alloc (object);

  for (guint i = 0; i < object->n_fields; i++)
    if (object->fields[i]->default_value != NULL)
      sat_draft_set (draft, object->fields[i], object->fields[i]->default_value);
  return draft;
}

SatDraft *
sat_draft_edit (const SatRecord *record)
{
  SatDraft *draft = draft_alloc (sat_record_object (record));

  draft->base = sat_record_ref (record);
  sat_draft_set_id (draft, sat_record_id (record));
  sat_draft_set_book (draft, sat_record_book (record));
  return draft;
}

void
sat_draft_free (SatDraft *draft)
{
  if (draft == NULL)
    return;
  for (guint i = 0; i < draft->object->n_fields; i++)
    {
      g_free (draft->slots[i].value);
      g_clear_pointer (&draft->slots[i].add, g_ptr_array_unref);
      g_clear_pointer (&draft->slots[i].remove, g_ptr_array_unref);
    }
  sat_record_unref (draft->base);
  sat_catalogue_unref (draft->catalogue);
  g_free (draft->book);
  g_free (draft->force);
  g_free (draft);
}

const SatObject *
sat_draft_object (const SatDraft *draft)
{
  return draft->object;
}

const SatRecord *
sat_draft_base (const SatDraft *draft)
{
  return draft->base;
}

void
sat_draft_set_id (SatDraft *draft, const SatId *id)
{
  draft->id = *id;
  draft->has_id = TRUE;
}

const SatId *
sat_draft_id (const SatDraft *draft)
{
  return draft->has_id ? &draft->id : NULL;
}

void
sat_draft_set_book (SatDraft *draft, const char *book)
{
  char *copy = g_strdup (book);

  g_free (draft->book);
  draft->book = copy;
}

const char *
sat_draft_book (const SatDraft *draft)
{
  return draft->book;
}

void
sat_draft_set_force (SatDraft *draft, const char *reason)
{
  char *copy = g_strdup (reason);

  g_free (draft->force);
  draft->force = copy;
}

const char *
sat_draft_force (const SatDraft *draft)
{
  return draft->force;
}

/* ---- sorted, NULL-terminated lists of elements ---- */

static GPtrArray *
list_new (void)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (list, NULL);
  return list;
}

static guint
list_length (const GPtrArray *list)
{
  return list ? list->len - 1 : 0;
}

/* The place of ELEMENT, or where it would go. */
static guint
list_place (const GPtrArray *list, const char *element, gboolean *found)
{
  guint low = 0;
  guint high = list_length (list);

  *found = FALSE;
  if (list == NULL)
    return 0;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      if (strcmp (g_ptr_array_index (list, middle), element) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  *found = low < list_length (list) && strcmp (g_ptr_array_index (list, low), element) == 0;
  return low;
}

static void
list_put (GPtrArray **list, const char *element)
{
  gboolean found;

  if (*list == NULL)
    *list = list_new ();
  guint place = list_place (*list, element, &found);
  if (!found)
    g_ptr_array_insert (*list, (gint) place, g_strdup (element));
}

static void
list_drop (GPtrArray *list, const char *element)
{
  gboolean found;
  guint place = list_place (list, element, &found);

  if (found)
    g_ptr_array_remove_index (list, place);
}

static gboolean
list_has (const GPtrArray *list, const char *element)
{
  gboolean found;

  list_place (list, element, &found);
  return found;
}

/* ---- tags ---- */

static gboolean
base_shows (const SatDraft *draft, const SatField *field, const char *element)
{
  g_auto (GStrv) shown = sat_tags_split (base_value (draft, field));

  return g_strv_contains ((const char *const *) shown, element);
}

/* What is shown after saving: the base's elements less those to remove, and those to add. */
static void
settle_tags (SatDraft *draft, const SatField *field)
{
  Slot *slot = slot_of (draft, field);
  g_auto (GStrv) shown = sat_tags_split (base_value (draft, field));
  g_autoptr (GPtrArray) elements = g_ptr_array_new ();

  for (guint i = 0; shown[i] != NULL; i++)
    if (!list_has (slot->remove, shown[i]))
      g_ptr_array_add (elements, shown[i]);
  for (guint i = 0; i < list_length (slot->add); i++)
    g_ptr_array_add (elements, g_ptr_array_index (slot->add, i));
  slot->changed = list_length (slot->add) > 0 || list_length (slot->remove) > 0;
  g_free (slot->value);
  slot->value = sat_tags_join ((const char *const *) elements->pdata, elements->len);
}

static void
set_tags (SatDraft *draft, const SatField *field, const char *value)
{
  Slot *slot = slot_of (draft, field);
  g_auto (GStrv) shown = sat_tags_split (base_value (draft, field));
  g_auto (GStrv) wanted = sat_tags_split (value);

  g_clear_pointer (&slot->add, g_ptr_array_unref);
  g_clear_pointer (&slot->remove, g_ptr_array_unref);
  for (guint i = 0; wanted[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) shown, wanted[i]))
      list_put (&slot->add, wanted[i]);
  for (guint i = 0; shown[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) wanted, shown[i]))
      list_put (&slot->remove, shown[i]);
  settle_tags (draft, field);
}

void
sat_draft_add_element (SatDraft *draft, const SatField *field, const char *element)
{
  Slot *slot = slot_of (draft, field);

  g_return_if_fail (is_tags (field));
  if (base_shows (draft, field, element))
    list_drop (slot->remove, element);
  else
    list_put (&slot->add, element);
  settle_tags (draft, field);
}

void
sat_draft_remove_element (SatDraft *draft, const SatField *field, const char *element)
{
  Slot *slot = slot_of (draft, field);

  g_return_if_fail (is_tags (field));
  if (base_shows (draft, field, element))
    list_put (&slot->remove, element);
  else
    list_drop (slot->add, element);
  settle_tags (draft, field);
}

static const char *const *
list_texts (const GPtrArray *list)
{
  static const char *const none[] = { NULL };

  return list ? (const char *const *) list->pdata : none;
}

const char *const *
sat_draft_added (const SatDraft *draft, const SatField *field)
{
  return list_texts (slot_of (draft, field)->add);
}

const char *const *
sat_draft_removed (const SatDraft *draft, const SatField *field)
{
  return list_texts (slot_of (draft, field)->remove);
}

/* ---- values ---- */

void
sat_draft_set (SatDraft *draft, const SatField *field, const char *value)
{
  Slot *slot = slot_of (draft, field);
  const char *given = value && *value ? value : NULL;

  if (is_tags (field))
    {
      set_tags (draft, field, given);
      return;
    }
  gboolean settles = draft->base != NULL && sat_record_in_conflict (draft->base, field);
  char *copy = g_strdup (given);

  g_free (slot->value);
  slot->value = copy;
  slot->changed = settles || g_strcmp0 (given, base_value (draft, field)) != 0;
}

gboolean
sat_draft_set_input (SatDraft *draft, const SatField *field, const char *input, GError **error)
{
  g_autofree char *value = NULL;

  if (!field->type->parse (&field->options, input, &value, error))
    return FALSE;
  sat_draft_set (draft, field, value);
  return TRUE;
}

const char *
sat_draft_get (const SatDraft *draft, const SatField *field)
{
  const Slot *slot = slot_of (draft, field);

  return slot->changed ? slot->value : base_value (draft, field);
}

gboolean
sat_draft_changes (const SatDraft *draft, const SatField *field)
{
  return slot_of (draft, field)->changed;
}

gboolean
sat_draft_is_empty (const SatDraft *draft)
{
  for (guint i = 0; i < draft->object->n_fields; i++)
    if (draft->slots[i].changed)
      return FALSE;
  return TRUE;
}

/* ---- checking ---- */

static void
problem_free (gpointer data)
{
  SatProblem *problem = data;

  g_clear_error (&problem->error);
  g_free (problem);
}

static void
add_problem (GPtrArray **problems,
             const SatField *field,
             SatErrorCode code,
             const char *msgid,
             const char *arg)
{
  SatProblem *problem = g_new0 (SatProblem, 1);

  problem->field = field;
  sat_fail (&problem->error, code, msgid, arg, NULL);
  if (*problems == NULL)
    *problems = g_ptr_array_new_with_free_func (problem_free);
  g_ptr_array_add (*problems, problem);
}

/* More of something than LIMIT; the message has room for the number. */
static void
add_limit (GPtrArray **problems, const SatField *field, const char *msgid, guint limit)
{
  g_autofree char *number = g_strdup_printf ("%u", limit);

  add_problem (problems, field, SAT_ERROR_TOO_LONG, msgid, number);
}

/* One value (for tags: one element) that would be written. */
static gboolean
check_value (const SatField *field, const char *value, GPtrArray **problems)
{
  gsize length = strlen (value);
  gboolean good = length <= SAT_VALUE_MAX && field->type->canonical (value, length) &&
                  (!is_tags (field) || strchr (value, '\n') == NULL);

  if (length > SAT_VALUE_MAX)
    add_limit (problems, field, N_ ("the text is longer than %s bytes; shorten it"), SAT_VALUE_MAX);
  else if (!good || !sat_type_allows (field->type, &field->options, value))
    {
      g_autofree char *start = g_utf8_make_valid (value, (gssize) MIN (length, 60));
      add_problem (problems, field, SAT_ERROR_INVALID,
                   N_ ("“%s” is not a value that this field can have; enter another"), start);
      return FALSE;
    }
  return good;
}

static void
check_elements (const SatDraft *draft, const SatField *field, GPtrArray **problems)
{
  const char *const *added = sat_draft_added (draft, field);
  g_auto (GStrv) shown = sat_tags_split (sat_draft_get (draft, field));

  if (*added != NULL && g_strv_length (shown) > SAT_TAGS_MAX)
    add_limit (problems, field, N_ ("there are more than %s tags; leave some out"), SAT_TAGS_MAX);
  for (; *added != NULL; added++)
    if (!check_value (field, *added, problems))
      return;
}

static gsize
count_bytes (const SatDraft *draft, const SatField *field)
{
  const char *value = sat_draft_get (draft, field);

  return sat_draft_changes (draft, field) && value ? strlen (value) : 0;
}

/* All that is written must fit into one change-set; the longest value is the one to shorten. */
static void
check_sum (const SatDraft *draft, GPtrArray **problems)
{
  const SatField *longest = draft->object->title;
  gsize most = count_bytes (draft, longest);
  gsize sum = 0;

  for (guint i = 0; i < draft->object->n_fields; i++)
    {
      gsize bytes = count_bytes (draft, draft->object->fields[i]);

      sum += bytes;
      if (bytes > most)
        {
          longest = draft->object->fields[i];
          most = bytes;
        }
    }
  if (sum > SAT_RECORD_MAX)
    add_limit (problems, longest,
               N_ ("all fields together are longer than %s bytes; shorten this one"),
               SAT_RECORD_MAX);
}

/* Is there a character that leaves ink? A name of direction marks alone could never be found. */
static gboolean
has_ink (const char *value)
{
  for (const char *at = value; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isgraph (c) && !g_unichar_iszerowidth (c) &&
          !u_hasBinaryProperty ((UChar32) c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
        return TRUE;
    }
  return FALSE;
}

GPtrArray *
sat_draft_check (const SatDraft *draft)
{
  GPtrArray *problems = NULL;

  for (guint i = 0; i < draft->object->n_fields; i++)
    {
      const SatField *field = draft->object->fields[i];
      const char *value = sat_draft_get (draft, field);
      gboolean changed = sat_draft_changes (draft, field);

      if (field->required && changed && value != NULL && !has_ink (value))
        add_problem (&problems, field, SAT_ERROR_INVALID,
                     N_ ("nothing of this can be seen; enter a value"), NULL);
      else if (field->required && value == NULL && (changed || draft->base == NULL))
        add_problem (&problems, field, SAT_ERROR_INVALID,
                     N_ ("this must not be empty; enter a value"), NULL);
      else if (changed && is_tags (field))
        check_elements (draft, field, &problems);
      else if (changed && value != NULL)
        check_value (field, value, &problems);
    }
  check_sum (draft, &problems);
  return problems;
}
