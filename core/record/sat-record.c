/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record is one block of memory with a slot a field. core/store fills it and hands it out; after
 * that nothing changes but the reference count. It keeps its catalogue alive. */
#include "core/record/sat-record.h"

#include <string.h>

#define TITLE_ID_LENGTH 8

typedef struct
{
  char *value;
  char *instead; /* of a value that was taken away; NULL: it was not */
  SatDot *dots;
  guint n_dots;
  gboolean in_conflict;
  gboolean invalid;
} Slot;

struct _SatRecord
{
  gatomicrefcount references;
  const SatObject *object;
  SatCatalogue *catalogue;
  SatId id;
  gint64 row;
  char *book;
  char *moved_to; /* NULL: it is in BOOK */
  gboolean deleted;
  guint n_conflicts;
  char **derived; /* by the position of the derived field; NULL: none was computed */
  char untitled[TITLE_ID_LENGTH + 3];
  Slot slots[];
};

/* FIELD may be of an older catalogue of the same replica, or a newer one, in which positions mean
 * the same. One that the record's catalogue does not have yet is empty: NOTHING is never written.
 */
static Slot *
slot_of (const SatRecord *record, const SatField *field)
{
  static const Slot nothing;

  g_assert (field->object == record->object ||
            strcmp (field->object->name, record->object->name) == 0);
  if (field->derived != NULL || field->index >= record->object->n_fields)
    return (Slot *) &nothing;
  return &((SatRecord *) record)->slots[field->index];
}

SatRecord *
sat_record_new (const SatObject *object, const SatId *id, gint64 row, const char *book)
{
  SatRecord *record = g_malloc0 (sizeof *record + object->n_fields * sizeof (Slot));
  char text[SAT_ID_TEXT_SIZE];

  g_atomic_ref_count_init (&record->references);
  record->object = object;
  record->catalogue = sat_catalogue_ref (object->catalogue);
  record->id = *id;
  record->row = row;
  record->book = g_strdup (book);
  sat_id_format (id, text);
  g_snprintf (record->untitled, sizeof record->untitled, "[%s]",
              text + strlen (text) - TITLE_ID_LENGTH);
  return record;
}

SatRecord *
sat_record_ref (const SatRecord *record)
{
  SatRecord *mutable = (SatRecord *) record;

  g_atomic_ref_count_inc (&mutable->references);
  return mutable;
}

void
sat_record_unref (SatRecord *record)
{
  if (record == NULL || !g_atomic_ref_count_dec (&record->references))
    return;
  for (guint i = 0; i < record->object->n_fields; i++)
    {
      g_free (record->slots[i].value);
      g_free (record->slots[i].instead);
      g_free (record->slots[i].dots);
    }
  for (guint i = 0; record->derived != NULL && i < record->object->n_derived; i++)
    g_free (record->derived[i]);
  g_free (record->derived);
  sat_catalogue_unref (record->catalogue);
  g_free (record->book);
  g_free (record->moved_to);
  g_free (record);
}

const SatObject *
sat_record_object (const SatRecord *record)
{
  return record->object;
}

const SatId *
sat_record_id (const SatRecord *record)
{
  return &record->id;
}

gint64
sat_record_row (const SatRecord *record)
{
  return record->row;
}

const char *
sat_record_book (const SatRecord *record)
{
  return record->book;
}

const char *
sat_record_moved_to (const SatRecord *record)
{
  return record->moved_to;
}

void
sat_record_set_moved_to (SatRecord *record, const char *book)
{
  g_free (record->moved_to);
  record->moved_to = g_strdup (book);
}

gboolean
sat_record_deleted (const SatRecord *record)
{
  return record->deleted;
}

void
sat_record_conceal (SatRecord *record, const SatField *field, const char *instead)
{
  Slot *slot = slot_of (record, field);

  if (field->index >= record->object->n_fields)
    return;
  g_clear_pointer (&slot->value, g_free);
  g_free (slot->instead);
  slot->instead = g_strdup (instead);
  record->n_conflicts -= slot->in_conflict ? 1 : 0;
  slot->in_conflict = slot->invalid = FALSE;
}

const char *
sat_record_concealed (const SatRecord *record, const SatField *field)
{
  return field->derived == NULL ? slot_of (record, field)->instead : NULL;
}

/* The place of FIELD, a derived one, perhaps of another catalogue of the same replica: these go by
 * their names. NULL: the record's catalogue has none of that name. */
static char **
derived_of (const SatRecord *record, const SatField *field)
{
  for (guint i = 0; i < record->object->n_derived; i++)
    if (record->object->derived[i] == field ||
        strcmp (record->object->derived[i]->name, field->name) == 0)
      return &record->derived[i];
  return NULL;
}

const char *
sat_record_get (const SatRecord *record, const SatField *field)
{
  char **derived;

  if (field->derived != NULL)
    {
      derived = record->derived != NULL ? derived_of (record, field) : NULL;
      return derived != NULL ? *derived : NULL;
    }
  return slot_of (record, field)->value;
}

const char *
sat_record_title (const SatRecord *record)
{
  const char *title = slot_of (record, record->object->title)->value;

  return title ? title : record->untitled;
}

gboolean
sat_record_in_conflict (const SatRecord *record, const SatField *field)
{
  return slot_of (record, field)->in_conflict;
}

guint
sat_record_n_conflicts (const SatRecord *record)
{
  return record->n_conflicts;
}

gboolean
sat_record_is_invalid (const SatRecord *record, const SatField *field)
{
  return slot_of (record, field)->invalid;
}

const SatDot *
sat_record_dots (const SatRecord *record, const SatField *field, guint *n)
{
  const Slot *slot = slot_of (record, field);

  *n = slot->n_dots;
  return slot->dots;
}

void
sat_record_take_value (SatRecord *record, const SatField *field, char *value)
{
  char **place = &slot_of (record, field)->value;

  if (field->derived != NULL)
    {
      if (record->derived == NULL)
        record->derived = g_new0 (char *, record->object->n_derived + 1);
      place = derived_of (record, field);
      if (place == NULL)
        {
          g_free (value);
          return;
        }
    }
  g_free (*place);
  *place = value;
}

void
sat_record_set_deleted (SatRecord *record, gboolean deleted)
{
  record->deleted = deleted;
}

void
sat_record_mark_conflict (SatRecord *record, const SatField *field)
{
  Slot *slot = slot_of (record, field);

  record->n_conflicts += slot->in_conflict ? 0 : 1;
  slot->in_conflict = TRUE;
}

void
sat_record_mark_invalid (SatRecord *record, const SatField *field)
{
  slot_of (record, field)->invalid = TRUE;
}

void
sat_record_add_dot (SatRecord *record, const SatField *field, const SatDot *dot)
{
  Slot *slot = slot_of (record, field);

  /* Room grows to the next power of two; one dot is by far the most common. */
  if ((slot->n_dots & (slot->n_dots - 1)) == 0)
    slot->dots = g_renew (SatDot, slot->dots, slot->n_dots ? 2 * slot->n_dots : 1);
  slot->dots[slot->n_dots++] = *dot;
}
