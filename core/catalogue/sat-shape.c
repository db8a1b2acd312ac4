/* SPDX-License-Identifier: GPL-3.0-or-later */
/* First everything that is kept gets a stand-in, then each definition completes its own. What is
 * wrong is noted and left out, so that the result always fulfils the rules of a catalogue. */
#include "core/catalogue/sat-shape.h"

#include <string.h>

#include "core/base/sat-error.h"
#include "core/base/sat-text.h"
#include "core/catalogue/sat-catalogue-private.h"

#define FILE_NAME "definitions"
#define FIRST_ORDER 10000 /* behind all built-in objects */
#define PLACE_MAX 9999
#define OWN_MODULE "own"

typedef struct
{
  SatCatalogue *made;
  GHashTable *objects; /* name -> SatObjectSource */
  GPtrArray *kept;
  gboolean extend;
  GPtrArray *problems; /* may be NULL */
} Shape;

/* MSGID has places for the names given, the first that of what is defined. */
static void
problem (const Shape *shape, const char *msgid, const char *name, const char *more)
{
  GError *error = NULL;

  if (shape->problems == NULL)
    return;
  sat_fail (&error, SAT_ERROR_INVALID, msgid, name ? name : "?", more, NULL);
  g_ptr_array_add (shape->problems, error);
}

static SatFieldSource *
find_field (const SatObjectSource *object, const char *name)
{
  for (guint i = 0; i < object->fields->len; i++)
    {
      SatFieldSource *field = g_ptr_array_index (object->fields, i);
      if (strcmp (field->field.name, name) == 0)
        return field;
    }
  return NULL;
}

/* ---- stand-ins ---- */

static SatLabels *
named_label (Shape *shape, const char *text)
{
  SatLabels *labels = sat_catalogue_labels (shape->made);

  sat_labels_add (labels, "en", sat_catalogue_string (shape->made, text));
  return labels;
}

static SatFieldSource *
add_field (Shape *shape, SatObjectSource *object, const char *name, const SatType *type)
{
  SatFieldSource *field = sat_catalogue_alloc (shape->made, sizeof *field);

  field->list = -1;
  field->choices = sat_catalogue_array (shape->made);
  field->field.object = &object->object;
  field->field.name = sat_catalogue_string (shape->made, name);
  field->field.type = type;
  field->field.custom = TRUE;
  field->field.hidden = field->field.retired = TRUE;
  field->field.label = named_label (shape, name);
  g_ptr_array_add (object->fields, field);
  return field;
}

/* Every custom object has this field from the start; no definition makes it. */
static void
add_title (Shape *shape, SatObjectSource *object)
{
  SatFieldSource *title = add_field (shape, object, "name", sat_type_get (SAT_TYPE_TEXT));

  title->defined = TRUE;
  title->field.custom = title->field.hidden = title->field.retired = FALSE;
  title->field.required = TRUE;
  title->field.search_weight = 10;
  title->field.importance = 100;
  sat_shape_label (shape->made, (SatLabels *) title->field.label, "en", "Name");
  sat_shape_label (shape->made, (SatLabels *) title->field.label, "zh_CN", "名称");
  object->title = "name";
}

static void
add_object (Shape *shape, const char *name)
{
  SatObjectSource *object = sat_catalogue_alloc (shape->made, sizeof *object);

  object->file = FILE_NAME;
  object->order = FIRST_ORDER + shape->made->objects->len;
  object->object.name = sat_catalogue_string (shape->made, name);
  object->object.custom = object->object.system = object->object.retired = TRUE;
  object->object.module = OWN_MODULE;
  object->object.label = named_label (shape, name);
  object->object.plural = named_label (shape, name);
  object->fields = sat_catalogue_array (shape->made);
  object->groups = sat_catalogue_array (shape->made);
  object->found = sat_catalogue_array (shape->made);
  add_title (shape, object);
  g_ptr_array_add (shape->made->objects, object);
  g_hash_table_insert (shape->objects, (gpointer) object->object.name, object);
}

static gboolean
add_kept_field (Shape *shape, char **words, guint n)
{
  SatObjectSource *object = g_hash_table_lookup (shape->objects, words[0]);
  const SatType *type = sat_type_by_name (words[2]);
  SatFieldSource *field;

  if (object == NULL || type == NULL || find_field (object, words[1]) != NULL ||
      (type->id == SAT_TYPE_REFERENCE) != (n > 3))
    return FALSE;
  field = add_field (shape, object, words[1], type);
  if (n > 3)
    field->field.reference = sat_catalogue_string (shape->made, words[3]);
  field->field.owning = n > 4;
  if (n > 4)
    object->object.book_rule = SAT_BOOK_PARENT;
  return n <= 3 || strcmp (words[3], "*") == 0 || g_hash_table_contains (shape->objects, words[3]);
}

static gboolean
add_kept (Shape *shape, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  guint n = g_strv_length (words);

  if (n >= 3 && n <= 5)
    return add_kept_field (shape, words, n);
  if (n != 1 || g_hash_table_contains (shape->objects, line) ||
      shape->made->objects->len >= SAT_CATALOGUE_OBJECTS_MAX)
    return FALSE;
  add_object (shape, line);
  return TRUE;
}

/* ---- labels ---- */

static const struct
{
  const char *language;
  const char *suffix;
} languages[] = { { "en", "en" }, { "zh_CN", "zh_cn" } };

static const char *
text_in (const SatDefinition *definition, const char *what, guint language)
{
  g_autofree char *name = g_strconcat (what, "_", languages[language].suffix, NULL);

  return sat_definition_get (definition, name);
}

/* Any language will do; English is what there is then. */
static gboolean
has_text (const SatDefinition *definition, const char *what)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (text_in (definition, what, i) != NULL)
      return TRUE;
  return FALSE;
}

static void
set_texts (Shape *shape,
           const SatDefinition *definition,
           const char *what,
           const SatLabels *labels,
           gboolean custom)
{
  const char *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      const char *text = text_in (definition, what, i);

      first = first ? first : text;
      if (text != NULL)
        sat_shape_label (shape->made, (SatLabels *) labels, languages[i].language, text);
    }
  if (custom && first != NULL && text_in (definition, what, 0) == NULL)
    sat_shape_label (shape->made, (SatLabels *) labels, "en", first);
}

/* ---- which thing a definition is of ---- */

/* Its name on the wire; NULL if it claims one that is not its own. The last word of the record's
 * `name`, "OBJECT.FIELD.CHOICE". */
static const char *
wire_name (Shape *shape, const SatDefinition *definition, char own[SAT_CUSTOM_NAME_SIZE])
{
  const char *full = sat_definition_get (definition, "name");
  const char *name = full ? strrchr (full, '.') : NULL;

  name = name ? name + 1 : full;
  sat_custom_name (&definition->id, own);
  if (name != NULL && (!sat_is_custom_name (name) || strcmp (name, own) == 0))
    return name;
  problem (shape, N_ ("the definition of “%s” is left out: it is not the name of its record"), full,
           NULL);
  return NULL;
}

/* The object that DEFINITION names; not one that defines. */
static SatObjectSource *
object_of (Shape *shape, const SatDefinition *definition)
{
  const char *name = sat_definition_get (definition, "object");
  SatObjectSource *object = name ? g_hash_table_lookup (shape->objects, name) : NULL;
  SatDefines defines;

  if (object != NULL && !sat_defines (name, &defines))
    return object;
  problem (shape, N_ ("the definition of “%s” is left out: there is no object “%s” to shape"),
           sat_definition_get (definition, "name"), name ? name : "");
  return NULL;
}

/* FALSE: another record, with a smaller id, has defined it. */
static gboolean
take (Shape *shape, const SatDefinition *definition, gboolean *defined)
{
  gboolean first = !*defined;

  if (!first)
    problem (shape, N_ ("the definition of “%s” is left out: there is another one"),
             sat_definition_get (definition, "name"), NULL);
  *defined = TRUE;
  return first;
}

static gboolean
check_label (Shape *shape, const SatDefinition *definition)
{
  if (has_text (definition, "label"))
    return TRUE;
  problem (shape, N_ ("the definition of “%s” is left out: it has no label"),
           sat_definition_get (definition, "name"), NULL);
  return FALSE;
}

static void
keep (Shape *shape, char *line)
{
  g_ptr_array_add (shape->kept, line);
}

/* ---- objects ---- */

static void
complete_custom_object (Shape *shape, SatObjectSource *source, const SatDefinition *definition)
{
  SatObject *object = &source->object;
  const char *icon = sat_definition_get (definition, "icon");

  if (!check_label (shape, definition))
    return;
  object->retired = object->system = sat_definition_retired (definition);
  object->icon = sat_catalogue_string (shape->made, icon ? icon : "package-x-generic-symbolic");
  if (object->book_rule == SAT_BOOK_OWN &&
      g_strcmp0 (sat_definition_get (definition, "book"), "company") == 0)
    object->book_rule = SAT_BOOK_COMPANY;
  set_texts (shape, definition, "label", object->label, TRUE);
  set_texts (shape, definition, has_text (definition, "plural") ? "plural" : "label",
             object->plural, TRUE);
}

static void
shape_object (Shape *shape, const SatDefinition *definition)
{
  char own[SAT_CUSTOM_NAME_SIZE];
  const char *name = wire_name (shape, definition, own);
  SatObjectSource *object = name ? g_hash_table_lookup (shape->objects, name) : NULL;
  SatDefines defines;

  if (name == NULL)
    return;
  if (object == NULL && sat_is_custom_name (name) && shape->extend &&
      check_label (shape, definition) && shape->made->objects->len < SAT_CATALOGUE_OBJECTS_MAX)
    {
      add_object (shape, name);
      keep (shape, g_strdup (name));
      object = g_hash_table_lookup (shape->objects, name);
    }
  if (object == NULL || sat_defines (name, &defines))
    {
      if (!sat_is_custom_name (name))
        problem (shape, N_ ("the definition of “%s” is left out: there is no object “%s” to shape"),
                 name, name);
      return;
    }
  if (!take (shape, definition, &object->defined))
    return;
  object->object.off = object->object.module != NULL && !definition->deleted &&
                       sat_definition_says (definition, "off");
  if (object->object.custom)
    {
      complete_custom_object (shape, object, definition);
      return;
    }
  if (definition->deleted) /* taken back: what is built in is as it was */
    return;
  set_texts (shape, definition, "label", object->object.label, FALSE);
  set_texts (shape, definition, "plural", object->object.plural, FALSE);
  if (sat_definition_retired (definition) && !object->object.system)
    object->object.retired = object->object.system = TRUE;
}

/* ---- fields ---- */

/* What a new field's column is made for; NULL: it cannot be made. */
static char *
new_line (Shape *shape, SatObjectSource *object, const SatDefinition *definition, const char *name)
{
  const char *type_name = sat_definition_get (definition, "type");
  const SatType *type = type_name ? sat_type_by_name (type_name) : NULL;
  const char *reference = sat_definition_get (definition, "reference");
  gboolean owning = sat_definition_says (definition, "owning") && object->object.custom;
  const char *full = sat_definition_get (definition, "name");

  if (!check_label (shape, definition))
    return NULL;
  if (type == NULL)
    {
      problem (shape, N_ ("the definition of “%s” is left out: its type “%s” is not known here"),
               full, type_name ? type_name : "");
      return NULL;
    }
  if (object->fields->len >= SAT_CATALOGUE_FIELDS_MAX)
    {
      problem (shape, N_ ("the definition of “%s” is left out: “%s” has too many fields"), full,
               object->object.name);
      return NULL;
    }
  if (type->id != SAT_TYPE_REFERENCE)
    return g_strjoin (" ", object->object.name, name, type->name, NULL);
  if (reference == NULL ||
      (strcmp (reference, "*") != 0 && !g_hash_table_contains (shape->objects, reference)))
    {
      problem (shape,
               N_ ("the definition of “%s” is left out: it refers to “%s”, which is not there"),
               full, reference ? reference : "");
      return NULL;
    }
  owning = owning && strcmp (reference, "*") != 0 && object->object.book_rule != SAT_BOOK_PARENT;
  return g_strjoin (" ", object->object.name, name, type->name, reference, owning ? "owning" : NULL,
                    NULL);
}

static void
complete_policy (Shape *shape, SatFieldSource *source, const SatDefinition *definition)
{
  const char *wanted = sat_definition_get (definition, "policy");
  SatField field = source->field;

  source->policy = NULL;
  for (guint i = 0; wanted != NULL && i < SAT_N_POLICIES; i++)
    {
      field.policy = (SatPolicy) i;
      if (strcmp (sat_policy_name (field.policy), wanted) == 0 && sat_policy_fits (&field))
        source->policy = sat_policy_name (field.policy);
    }
  if (wanted != NULL && source->policy == NULL)
    problem (shape, N_ ("“%s” has the policy “%s”, which does not fit it; it has the usual one"),
             sat_definition_get (definition, "name"), wanted);
}

static gboolean
is_currency (const char *text)
{
  return strlen (text) == 3 && strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
}

/* Numbers, and where it stands: of built-in fields as well. */
static void
complete_use (Shape *shape, SatFieldSource *source, const SatDefinition *definition)
{
  SatField *field = &source->field;

  field->search_weight = (guint) sat_definition_number (definition, "search", 0, 100,
                                                        (int) field->search_weight);
  source->list = sat_definition_number (definition, "list", 0, PLACE_MAX, -1);
  if (field->type->id == SAT_TYPE_PICTURE)
    {
      field->search_weight = 0;
      source->list = -1;
    }
  if (field->derived != NULL)
    field->search_weight = 0;
  if (has_text (definition, "help") && field->help == NULL)
    field->help = sat_catalogue_labels (shape->made);
  if (field->help != NULL)
    set_texts (shape, definition, "help", field->help, field->custom);
}

static void
complete_custom_field (Shape *shape, SatFieldSource *source, const SatDefinition *definition)
{
  SatField *field = &source->field;
  const char *type = sat_definition_get (definition, "type");
  const char *currency = sat_definition_get (definition, "currency");
  const char *group = sat_definition_get (definition, "group");

  if (!check_label (shape, definition))
    return;
  if (type != NULL && field->derived == NULL && strcmp (type, field->type->name) != 0)
    problem (shape, N_ ("“%s” was made with another type than “%s”; it keeps the first"),
             sat_definition_get (definition, "name"), type);
  field->retired = field->hidden = sat_definition_retired (definition);
  set_texts (shape, definition, "label", field->label, TRUE);
  if (field->derived != NULL)
    {
      complete_use (shape, source, definition);
      return;
    }
  field->required = sat_definition_says (definition, "required") && !field->retired;
  field->ordered = sat_definition_says (definition, "ordered") &&
                   field->type->id == SAT_TYPE_CHOICE;
  field->personal = sat_definition_says (definition, "personal");
  field->sensitive = sat_definition_says (definition, "sensitive");
  field->importance = (guint) sat_definition_number (definition, "importance", 0, 100, 0);
  if (currency != NULL && field->type->id == SAT_TYPE_MONEY && is_currency (currency))
    field->options.currency = sat_catalogue_string (shape->made, currency);
  source->group = group ? sat_catalogue_string (shape->made, group) : NULL;
  source->place = sat_definition_number (definition, "place", 0, PLACE_MAX, PLACE_MAX);
  if (sat_definition_get (definition, "default") != NULL && !field->retired)
    source->default_input = sat_catalogue_string (shape->made,
                                                  sat_definition_get (definition, "default"));
  complete_policy (shape, source, definition);
  complete_use (shape, source, definition);
}

static void
change_built_in_field (Shape *shape,
                       SatObjectSource *object,
                       SatFieldSource *source,
                       const SatDefinition *definition)
{
  SatField *field = &source->field;
  gboolean vital = strcmp (field->name, object->title) == 0 || field->required || field->owning;

  set_texts (shape, definition, "label", field->label, FALSE);
  complete_use (shape, source, definition);
  if (sat_definition_says (definition, "required") && field->derived == NULL)
    field->required = TRUE;
  if (!sat_definition_retired (definition))
    return;
  if (vital)
    problem (shape, N_ ("“%s” cannot be retired: its records cannot be without it"),
             sat_definition_get (definition, "name"), NULL);
  else
    {
      field->retired = field->hidden = TRUE;
      field->required = FALSE;
    }
}

/* A field without a column, which need not be kept; NULL: there is no room for it. */
static SatFieldSource *
add_derived (Shape *shape,
             SatObjectSource *object,
             const SatDefinition *definition,
             const char *name)
{
  SatFieldSource *field;

  if (object->fields->len >= SAT_CATALOGUE_FIELDS_MAX)
    {
      problem (shape, N_ ("the definition of “%s” is left out: “%s” has too many fields"),
               sat_definition_get (definition, "name"), object->object.name);
      return NULL;
    }
  field = add_field (shape, object, name, sat_type_get (SAT_TYPE_TEXT));
  sat_shape_derive (shape->made, field, definition);
  return field;
}

static void
shape_field (Shape *shape, const SatDefinition *definition)
{
  char own[SAT_CUSTOM_NAME_SIZE];
  const char *name = wire_name (shape, definition, own);
  SatObjectSource *object = name ? object_of (shape, definition) : NULL;
  SatFieldSource *field = object ? find_field (object, name) : NULL;

  if (object == NULL)
    return;
  if (field == NULL && sat_is_custom_name (name) && sat_shape_is_derived (definition))
    field = add_derived (shape, object, definition, name);
  else if (field == NULL && sat_is_custom_name (name) && shape->extend)
    {
      char *line = new_line (shape, object, definition, name);

      if (line == NULL || !add_kept (shape, line))
        {
          g_free (line);
          return;
        }
      keep (shape, line);
      field = find_field (object, name);
    }
  if (field == NULL)
    {
      if (!sat_is_custom_name (name))
        problem (shape, N_ ("the definition of “%s” is left out: there is no field “%s” to shape"),
                 sat_definition_get (definition, "name"), name);
      return;
    }
  if (field->field.custom && take (shape, definition, &field->defined))
    complete_custom_field (shape, field, definition);
  else if (!field->field.custom && !definition->deleted)
    change_built_in_field (shape, object, field, definition);
}

/* ---- choices ---- */

static gboolean
label_is_taken (const SatFieldSource *field, const SatChoiceSource *choice, const char *text)
{
  g_autofree char *wanted = sat_text_fold (text);

  for (guint i = 0; i < field->choices->len; i++)
    {
      const SatChoiceSource *other = g_ptr_array_index (field->choices, i);

      for (guint k = 0; other != choice && k < other->label->languages->len; k++)
        {
          g_autofree char *folded = sat_text_fold (g_ptr_array_index (other->label->texts, k));
          if (strcmp (folded, wanted) == 0)
            return TRUE;
        }
    }
  return FALSE;
}

/* People type labels, so that no two choices of a field may read alike. */
static void
tell_apart (Shape *shape,
            const SatFieldSource *field,
            SatChoiceSource *choice,
            const SatDefinition *definition)
{
  SatLabels *labels = choice->label;

  for (guint i = 0; i < labels->languages->len; i++)
    {
      const char *text = g_ptr_array_index (labels->texts, i);
      g_autofree char *apart = g_strdup_printf ("%s (%s)", text, choice->name);

      if (!label_is_taken (field, choice, text))
        continue;
      problem (shape, N_ ("“%s” has the same label as another choice, “%s”; change one"),
               sat_definition_get (definition, "name"), text);
      sat_shape_label (shape->made, labels, g_ptr_array_index (labels->languages, i), apart);
    }
}

static SatChoiceSource *
find_choice (const SatFieldSource *field, const char *name)
{
  for (guint i = 0; i < field->choices->len; i++)
    {
      SatChoiceSource *choice = g_ptr_array_index (field->choices, i);
      if (strcmp (choice->name, name) == 0)
        return choice;
    }
  return NULL;
}

static SatChoiceSource *
add_choice (Shape *shape, SatFieldSource *field, const SatDefinition *definition, const char *name)
{
  SatChoiceSource *choice;

  if (!check_label (shape, definition) || field->choices->len >= SAT_CATALOGUE_CHOICES_MAX)
    return NULL;
  choice = sat_catalogue_alloc (shape->made, sizeof *choice);
  choice->name = sat_catalogue_string (shape->made, name);
  choice->label = sat_catalogue_labels (shape->made);
  choice->place = PLACE_MAX;
  g_ptr_array_add (field->choices, choice);
  return choice;
}

static void
shape_choice (Shape *shape, const SatDefinition *definition)
{
  char own[SAT_CUSTOM_NAME_SIZE];
  const char *name = wire_name (shape, definition, own);
  SatObjectSource *object = name ? object_of (shape, definition) : NULL;
  const char *field_name = sat_definition_get (definition, "field");
  SatFieldSource *field = object && field_name ? find_field (object, field_name) : NULL;
  gboolean custom = name != NULL && sat_is_custom_name (name);
  SatChoiceSource *choice;

  if (object == NULL)
    return;
  if (field == NULL ||
      (field->field.type->id != SAT_TYPE_CHOICE && field->field.type->id != SAT_TYPE_TAGS))
    {
      problem (shape, N_ ("the definition of “%s” is left out: there is no field “%s” to shape"),
               sat_definition_get (definition, "name"), field_name ? field_name : "");
      return;
    }
  choice = find_choice (field, name);
  if (choice == NULL && custom)
    choice = add_choice (shape, field, definition, name);
  else if (choice == NULL || custom)
    problem (shape, N_ ("the definition of “%s” is left out: there is another one"),
             sat_definition_get (definition, "name"), NULL);
  if (choice == NULL || (!custom && definition->deleted))
    return;
  choice->retired = sat_definition_retired (definition);
  choice->place = sat_definition_number (definition, "place", 0, PLACE_MAX, choice->place);
  set_texts (shape, definition, "label", choice->label, custom);
  tell_apart (shape, field, choice, definition);
}

/* ---- the whole ---- */

static int
compare_choices (gconstpointer a, gconstpointer b)
{
  const SatChoiceSource *x = *(const SatChoiceSource *const *) a;
  const SatChoiceSource *y = *(const SatChoiceSource *const *) b;
  int custom_x = sat_is_custom_name (x->name);
  int custom_y = sat_is_custom_name (y->name);

  if (x->place != y->place)
    return x->place < y->place ? -1 : 1;
  return custom_x != custom_y ? custom_x - custom_y : strcmp (x->name, y->name);
}

/* A default must be a value as it is written in change-sets, and one of the choices. */
static void
check_default (Shape *shape, SatFieldSource *field)
{
  const char *input = field->default_input;
  gboolean good;

  if (input == NULL || !field->field.custom)
    return;
  good = field->field.type->canonical (input, strlen (input));
  if (good && field->field.type->id == SAT_TYPE_CHOICE)
    good = find_choice (field, input) != NULL;
  if (good && field->field.type->id == SAT_TYPE_TAGS && field->choices->len > 0)
    good = find_choice (field, input) != NULL;
  if (good)
    return;
  problem (shape, N_ ("the default of “%s” is “%s”, which is no value of it; it has none"),
           field->field.name, input);
  field->default_input = NULL;
}

static void
finish_object (Shape *shape, SatObjectSource *object)
{
  sat_shape_hide_off (shape->made, object);
  for (guint i = 0; i < object->fields->len; i++)
    {
      SatFieldSource *field = g_ptr_array_index (object->fields, i);

      g_ptr_array_sort (field->choices, compare_choices);
      check_default (shape, field);
      if (field->field.hidden)
        field->list = 0;
    }
  sat_shape_place (shape->made, object);
}

static gboolean
damaged (GError **error)
{
  return sat_fail (error, SAT_ERROR_DAMAGED,
                   N_ ("the list of the company's own fields in this replica is damaged"), NULL);
}

static gboolean
build (Shape *shape, GPtrArray *definitions, GError **error)
{
  static void (*const shapers[SAT_N_DEFINES]) (Shape *, const SatDefinition *) = {
    [SAT_DEFINES_OBJECT] = shape_object,
    [SAT_DEFINES_FIELD] = shape_field,
    [SAT_DEFINES_CHOICE] = shape_choice,
  };
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  SatProblems found = { texts, NULL };
  gboolean good;

  for (guint i = 0; i < shape->made->objects->len; i++)
    {
      SatObjectSource *object = g_ptr_array_index (shape->made->objects, i);
      g_hash_table_insert (shape->objects, (gpointer) object->object.name, object);
    }
  for (guint i = 0; i < shape->kept->len; i++)
    if (!add_kept (shape, g_ptr_array_index (shape->kept, i)))
      return damaged (error);
  g_ptr_array_sort (definitions, sat_definition_compare);
  for (guint i = 0; i < definitions->len; i++)
    {
      const SatDefinition *definition = g_ptr_array_index (definitions, i);
      shapers[definition->defines](shape, definition);
    }
  for (guint i = 0; i < shape->made->objects->len; i++)
    finish_object (shape, g_ptr_array_index (shape->made->objects, i));
  sat_catalogue_complete (shape->made, &found, FALSE);
  good = found.error == NULL;
  if (good)
    {
      sat_catalogue_derive (shape->made, &found, FALSE);
      sat_shape_derive_problems (shape->made, shape->problems);
    }
  if (good)
    shape->made->fingerprint = sat_catalogue_make_fingerprint (shape->made);
  else
    g_propagate_error (error, found.error);
  return good;
}

SatCatalogue *
sat_shape_make (const SatCatalogue *base,
                GPtrArray *kept,
                GPtrArray *definitions,
                gboolean extend,
                GPtrArray *problems,
                GError **error)
{
  g_autoptr (SatCatalogue) made = sat_shape_copy (base);
  g_autoptr (GHashTable) objects = g_hash_table_new (g_str_hash, g_str_equal);
  Shape shape = { made, objects, kept, extend, problems };

  return build (&shape, definitions, error) ? g_steal_pointer (&made) : NULL;
}

char *
sat_shape_text (const GPtrArray *kept, GPtrArray *definitions)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < kept->len; i++)
    g_string_append_printf (text, "%s\n", (const char *) g_ptr_array_index (kept, i));
  g_ptr_array_sort (definitions, sat_definition_compare);
  for (guint i = 0; i < definitions->len; i++)
    {
      const SatDefinition *definition = g_ptr_array_index (definitions, i);
      g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (definition->values),
                                             (GCompareFunc) strcmp);
      char id[SAT_ID_TEXT_SIZE];

      g_string_append_printf (text, "%d %s %d\n", (int) definition->defines,
                              sat_id_format (&definition->id, id), definition->deleted);
      for (const GList *name = names; name != NULL; name = name->next)
        {
          g_autofree char *value = g_strescape (sat_definition_get (definition, name->data), NULL);
          g_string_append_printf (text, "%s=%s\n", (const char *) name->data, value);
        }
    }
  return g_string_free (text, FALSE);
}

const SatCatalogue *
sat_catalogue_built_in (const SatCatalogue *catalogue)
{
  return catalogue->base ? catalogue->base : catalogue;
}

const SatCatalogue *
sat_shape_shared (SatCatalogue *base, GPtrArray *kept, GPtrArray *definitions, GError **error)
{
  g_autofree char *text = sat_shape_text (kept, definitions);
  SatCatalogue *found;

  g_mutex_lock (&base->lock);
  if (base->shaped == NULL)
    base->shaped = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) sat_catalogue_unref);
  found = g_hash_table_lookup (base->shaped, text);
  if (found == NULL)
    {
      found = sat_shape_make (base, kept, definitions, FALSE, NULL, error);
      if (found != NULL)
        found->base = base;
      if (found != NULL)
        g_hash_table_insert (base->shaped, g_steal_pointer (&text), found);
    }
  g_mutex_unlock (&base->lock);
  return found;
}
