/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/rights/canaries.h"

#include <string.h>

#include "core/workspace/sat-workspace-private.h"

typedef struct
{
  SatWorkspace *workspace;
  const SatId *users;
  GPtrArray *all; /* Canary */
  guint next;     /* the number of the next value */
} Maker;

static void
canary_free (gpointer data)
{
  Canary *canary = data;

  for (guint i = 0; i < canary->object->n_fields; i++)
    {
      g_free (canary->values[i]);
      g_free (canary->tokens[i]);
    }
  g_free (canary->values);
  g_free (canary->tokens);
  g_free (canary);
}

static gboolean
is_covered (const SatObject *object)
{
  return !sat_access_is_kept (object->name) && !sat_access_is_setting (object->name) &&
         !object->managed && !object->setup && !object->system;
}

static const SatObject *
parent_of (const SatObject *object)
{
  return object->owning != NULL && strcmp (object->owning->reference, "*") != 0
             ? sat_catalogue_find (object->catalogue, object->owning->reference)
             : NULL;
}

static const Canary *
canary_of (const Maker *maker, const SatObject *object, CanaryOwner owner)
{
  for (guint i = 0; i < maker->all->len; i++)
    {
      const Canary *canary = g_ptr_array_index (maker->all, i);

      if (canary->object == object && canary->owner == owner)
        return canary;
    }
  return NULL;
}

/* A day of the years from 1801 on, when nothing else is. */
static char *
day_of (guint n)
{
  g_autoptr (GDateTime) first = g_date_time_new_utc (1801, 1, 1, 0, 0, 0);
  g_autoptr (GDateTime) day = g_date_time_add_days (first, (int) n);

  return g_date_time_format (day, "%Y-%m-%d");
}

/* Something that a search does not take for something else that was mistyped. */
static char *
word_of (guint n)
{
  guint32 letters = (n + 1) * 2654435761u;
  GString *word = g_string_new (NULL);

  g_string_append_printf (word, "zq7%05u", n);
  for (guint i = 0; i < 8; i++, letters = letters * 1664525u + 1013904223u)
    g_string_append_c (word, (char) ('a' + (letters >> 24) % 26));
  return g_string_free (word, FALSE);
}

char *
canary_value (const SatField *field, guint n, char **token)
{
  g_autofree char *number = g_strdup_printf ("7%05u", n);

  *token = NULL;
  switch ((int) field->type->id)
    {
    case SAT_TYPE_TEXT:
    case SAT_TYPE_LONG_TEXT:
    case SAT_TYPE_ADDRESS:
    case SAT_TYPE_TAGS:
      *token = word_of (n);
      return g_strdup (*token);
    case SAT_TYPE_EMAIL:
      *token = word_of (n);
      return g_strdup_printf ("%s@x.example", *token);
    case SAT_TYPE_WEB:
      *token = word_of (n);
      return g_strdup_printf ("https://%s.example", *token);
    case SAT_TYPE_PHONE:
      *token = g_strdup_printf ("138%s55", number);
      return g_strdup (*token);
    case SAT_TYPE_INTEGER:
    case SAT_TYPE_DECIMAL:
      *token = g_strdup (number);
      return g_strdup (number);
    case SAT_TYPE_PERCENT: /* some are of 0 to 100 only, and none has more than four places */
      g_assert_cmpuint (n, <, 90000);
      *token = g_strdup_printf ("%u.%03u7", 10 + n / 1000, n % 1000);
      return g_strdup (*token);
    case SAT_TYPE_MONEY:
      *token = g_strdup (number);
      return g_strdup_printf ("%s.00 CNY", number);
    case SAT_TYPE_DATE:
      *token = day_of (n);
      return g_strdup (*token);
    case SAT_TYPE_TIME:
      *token = day_of (n);
      return g_strdup_printf ("%sT05:06:07Z", *token);
    case SAT_TYPE_PLACE:
      *token = g_strdup_printf ("48.%s", number);
      return g_strdup_printf ("48.%s,11.575000", number);
    case SAT_TYPE_CHOICE:
      return field->n_choices > 0 ? g_strdup (field->choices[n % field->n_choices].name) : NULL;
    default:
      return NULL;
    }
}

static char *
reference_of (const Maker *maker, const SatField *field, CanaryOwner owner)
{
  const SatObject *parent = field->owning ? parent_of (field->object) : NULL;
  const Canary *to = parent ? canary_of (maker, parent, owner) : NULL;

  if (field == sat_access_owner_field (field->object))
    return owner != CANARY_NOBODYS ? sat_id_dup_text (&maker->users[owner]) : NULL;
  return to != NULL && parent != field->object ? sat_id_dup_text (&to->id) : NULL;
}

static void
fill (Maker *maker, Canary *canary, GArray *edits)
{
  const SatObject *object = canary->object;

  for (guint i = 0; i < object->n_fields; i++)
    {
      const SatField *field = object->fields[i];
      SatEdit edit = { .field = field };

      canary->values[i] = field->type->id == SAT_TYPE_REFERENCE
                              ? reference_of (maker, field, canary->owner)
                          : field->hidden ? NULL
                                          : canary_value (field, maker->next++, &canary->tokens[i]);
      if (canary->values[i] != NULL &&
          !field->type->canonical (canary->values[i], strlen (canary->values[i])))
        g_error ("%s.%s: %s is no value", object->name, field->name, canary->values[i]);
      if (canary->values[i] == NULL)
        continue;
      if (field->policy == SAT_POLICY_UNION)
        edit.element = canary->values[i];
      else
        edit.value = canary->values[i];
      g_array_append_val (edits, edit);
    }
}

static void
make_one (Maker *maker, const SatObject *object, CanaryOwner owner)
{
  Canary *canary = g_new0 (Canary, 1);
  SatEditKind kind = { .life = SAT_LIFE_LIVE, .create = TRUE };
  g_autoptr (GArray) edits = g_array_new (FALSE, TRUE, sizeof (SatEdit));
  g_autoptr (GError) error = NULL;
  const SatField *owner_field = sat_access_owner_field (object);
  const SatObject *parent = parent_of (object);
  const Canary *above = parent && parent != object ? canary_of (maker, parent, owner) : NULL;

  canary->object = object;
  canary->owner = owner;
  canary->whose = owner_field ? owner : above ? above->whose : CANARY_NOBODYS;
  canary->values = g_new0 (char *, object->n_fields + 1);
  canary->tokens = g_new0 (char *, object->n_fields + 1);
  sat_id_new (sat_workspace_platform (maker->workspace), &canary->id);
  fill (maker, canary, edits);
  sat_workspace_edit_raw (maker->workspace, object, &canary->id,
                          object->book_rule == SAT_BOOK_COMPANY ? "company" : "customers",
                          (const SatEdit *) (const void *) edits->data, edits->len, &kind, &error);
  g_assert_no_error (error);
  g_ptr_array_add (maker->all, canary);
}

static void
make_all (Maker *maker, const SatObject *object)
{
  const SatObject *parent = parent_of (object);

  if (!is_covered (object) || canary_of (maker, object, CANARY_MINE) != NULL)
    return;
  if (parent != NULL && parent != object)
    make_all (maker, parent);
  for (guint owner = 0; owner < N_CANARY_OWNERS; owner++)
    make_one (maker, object, (CanaryOwner) owner);
}

GPtrArray *
canaries_make (SatWorkspace *workspace, const SatId users[N_CANARY_OWNERS])
{
  const SatCatalogue *catalogue = sat_workspace_catalogue (workspace);
  Maker maker = { workspace, users, g_ptr_array_new_with_free_func (canary_free), 1 };

  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    make_all (&maker, sat_catalogue_object (catalogue, i));
  return maker.all;
}

/* VALUE written otherwise, with the same token in it; NULL: of this type there is no such. */
static char *
otherwise (const SatField *field, const char *value, guint half)
{
  if (field->type->id == SAT_TYPE_MONEY)
    return g_strdup_printf ("%.6s.%u5 CNY", value, half + 1);
  if (field->type->id == SAT_TYPE_PHONE || field->type->id == SAT_TYPE_TEXT)
    return g_strdup_printf ("%s%u", value, half);
  return NULL;
}

guint
canaries_dispute (SatWorkspace *workspace, const GPtrArray *canaries, guint half)
{
  guint n = 0;

  for (guint i = 0; i < canaries->len; i++)
    {
      const Canary *canary = canaries->pdata[i];
      const SatObject *object = canary->object;

      for (guint k = 0; k < object->n_fields; k++)
        {
          const SatField *field = object->fields[k];
          SatEditKind kind = { .life = SAT_LIFE_LIVE };
          g_autofree char *value = canary->tokens[k] != NULL && field->policy == SAT_POLICY_REVIEW
                                       ? otherwise (field, canary->values[k], half)
                                       : NULL;
          const SatEdit edit = { .field = sat_object_find (world_object (workspace, object->name),
                                                           field->name),
                                 .value = value };
          g_autoptr (GError) error = NULL;

          if (value == NULL)
            continue;
          sat_workspace_edit_raw (workspace, edit.field->object, &canary->id, NULL, &edit, 1, &kind,
                                  &error);
          g_assert_no_error (error);
          n++;
        }
    }
  return n;
}
