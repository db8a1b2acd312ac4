/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the XML of the catalogue:
 *
 *   <object name= title= [icon= book= kind= module= system= managed= order=]>
 *     <label>, <plural>
 *     <field name= type= [policy= required= reference= owning= ordered= open= currency= personal=
 *            sensitive= shared= fixed= hidden= default= search= importance= alike= formula= rollup=
 *            over= of= where= holds= when=]>
 *       <label>, [<help>], <choice name=><label></choice> ...
 *     </field> ...
 *     [<list columns="FIELD FIELD ..."/>]
 *     [<form><group fields="FIELD FIELD ..."><label></group> ...</form>]
 *   </object>
 *
 * or several of these in <catalogue>. Texts (label, plural, help) are English and may be followed
 * by the same element with xml:lang. What is wrong is noted with its line and reading goes on, so
 * that all of it is found at once; an element that is not known is left out with all that it holds.
 */
#include <string.h>

#include "core/base/sat-error.h"
#include "core/catalogue/sat-catalogue-private.h"

typedef enum
{
  AT_TOP,
  AT_CATALOGUE,
  AT_OBJECT,
  AT_FIELD,
  AT_CHOICE,
  AT_LIST,
  AT_FORM,
  AT_GROUP,
  AT_TEXT
} Place;

#define DEPTH_MAX 8

typedef struct
{
  SatCatalogue *catalogue;
  SatProblems *problems;
  const char *file;
  GMarkupParseContext *context;
  Place places[DEPTH_MAX]; /* where we are, innermost last */
  int depth;
  int unknown; /* how deep inside of an unknown element */

  SatObjectSource *object;
  SatFieldSource *field;
  SatChoiceSource *choice;
  SatGroupSource *group;

  SatLabels *labels; /* of AT_TEXT: where the text goes */
  const char *language;
  GString *text;
  int text_line;

  const char *const *names; /* attributes of the element being started */
  const char *const *values;
} Reader;

static int
line_of (Reader *reader)
{
  int line = 0;

  g_markup_parse_context_get_position (reader->context, &line, NULL);
  return line;
}

#define PROBLEM(reader, ...) \
  sat_problems_add ((reader)->problems, (reader)->file, line_of (reader), __VA_ARGS__, NULL)

static const char *
attribute (Reader *reader, const char *name)
{
  for (guint i = 0; reader->names[i] != NULL; i++)
    if (strcmp (reader->names[i], name) == 0)
      return reader->values[i];
  return NULL;
}

/* As attribute, kept with the catalogue. */
static const char *
keep (Reader *reader, const char *name)
{
  const char *value = attribute (reader, name);

  return value ? sat_catalogue_string (reader->catalogue, value) : NULL;
}

/* As keep; noted if it is missing, and "" then. */
static const char *
need (Reader *reader, const char *element, const char *name)
{
  const char *value = keep (reader, name);

  if (value != NULL && *value != '\0')
    return value;
  PROBLEM (reader, N_ ("%s:%s: <%s> needs the attribute “%s”"), element, name);
  return "";
}

static gboolean
flag (Reader *reader, const char *name)
{
  const char *value = attribute (reader, name);

  if (value == NULL || strcmp (value, "no") == 0)
    return FALSE;
  if (strcmp (value, "yes") != 0)
    PROBLEM (reader, N_ ("%s:%s: “%s” is “%s”; write yes or no"), name, value);
  return TRUE;
}

static guint
number (Reader *reader, const char *name, guint max)
{
  const char *value = attribute (reader, name);
  g_autofree char *limit = g_strdup_printf ("%u", max);
  guint64 out = 0;

  if (value != NULL && !g_ascii_string_to_unsigned (value, 10, 0, max, &out, NULL))
    PROBLEM (reader, N_ ("%s:%s: “%s” is “%s”; write a number from 0 to %s"), name, value, limit);
  return (guint) out;
}

/* The place of VALUE in NAMES; noted if it is none of them, and 0 then. */
static guint
one_of (Reader *reader, const char *name, const char *const *names)
{
  const char *value = attribute (reader, name);

  for (guint i = 0; value != NULL && names[i] != NULL; i++)
    if (strcmp (names[i], value) == 0)
      return i;
  if (value != NULL)
    {
      g_autofree char *all = g_strjoinv (", ", (char **) names);
      PROBLEM (reader, N_ ("%s:%s: “%s” is “%s”; one of: %s"), name, value, all);
    }
  return 0;
}

/* Names are on the wire: [a-z][a-z0-9_]{0,62}. */
static void
check_name (Reader *reader, const char *name)
{
  gsize length = strlen (name);
  gboolean good = length <= 63 && (length == 0 || g_ascii_islower (name[0]));

  for (gsize i = 0; i < length; i++)
    good = good && (g_ascii_islower (name[i]) || g_ascii_isdigit (name[i]) || name[i] == '_');
  if (!good)
    PROBLEM (reader,
             N_ ("%s:%s: “%s” is not a name; up to 63 of a to z, 0 to 9 and _, a letter first"),
             name);
}

static gboolean
room (Reader *reader, const GPtrArray *array, guint max, const char *element)
{
  if (array->len < max)
    return TRUE;
  PROBLEM (reader, N_ ("%s:%s: there are too many <%s>"), element);
  return FALSE;
}

static gboolean
start_object (Reader *reader)
{
  static const char *const books[] = { "own", "company", "parent", NULL };
  static const char *const kinds[] = { "work", "setup", NULL };
  SatCatalogue *catalogue = reader->catalogue;

  if (!room (reader, catalogue->objects, SAT_CATALOGUE_OBJECTS_MAX, "object"))
    return FALSE;
  SatObjectSource *source = sat_catalogue_alloc (catalogue, sizeof *source);
  SatLabels *label = sat_catalogue_labels (catalogue);
  SatLabels *plural = sat_catalogue_labels (catalogue);

  reader->object = source;
  source->file = sat_catalogue_string (catalogue, reader->file);
  source->line = line_of (reader);
  source->object.name = need (reader, "object", "name");
  source->object.icon = keep (reader, "icon");
  source->object.book_rule = (SatBookRule) one_of (reader, "book", books);
  source->object.setup = one_of (reader, "kind", kinds) == 1;
  source->object.module = keep (reader, "module");
  source->object.system = flag (reader, "system");
  source->object.managed = flag (reader, "managed");
  source->object.label = label;
  source->object.plural = plural;
  source->order = number (reader, "order", 9999);
  source->title = need (reader, "object", "title");
  source->fields = sat_catalogue_array (catalogue);
  source->groups = sat_catalogue_array (catalogue);
  source->found = sat_catalogue_array (catalogue);
  check_name (reader, source->object.name);
  g_ptr_array_add (catalogue->objects, source);
  return TRUE;
}

static const SatType *
field_type (Reader *reader, const char *name)
{
  const SatType *type = sat_type_by_name (name);
  g_autoptr (GString) all = g_string_new (NULL);

  if (type != NULL || *name == '\0' || strcmp (name, SAT_TYPE_NAME_FORMULA) == 0 ||
      strcmp (name, SAT_TYPE_NAME_ROLLUP) == 0)
    return type ? type : sat_type_get (SAT_TYPE_TEXT); /* for now, of a derived one */
  for (guint i = 0; i < SAT_N_TYPES; i++)
    g_string_append_printf (all, "%s%s", i ? ", " : "", sat_type_get ((SatTypeId) i)->name);
  PROBLEM (reader, N_ ("%s:%s: unknown field type “%s”; one of: %s"), name, all->str);
  return sat_type_get (SAT_TYPE_TEXT);
}

/* What a formula or a roll-up is made of; other fields have none of it. */
static void
take_derived (Reader *reader, SatFieldSource *source)
{
  static const char *const parts[] = { "formula", "rollup", "over", "of", "where" };
  const char *type = attribute (reader, "type");
  gboolean formula = g_strcmp0 (type, SAT_TYPE_NAME_FORMULA) == 0;
  gboolean rollup = g_strcmp0 (type, SAT_TYPE_NAME_ROLLUP) == 0;
  const char *rollups[SAT_N_ROLLUPS] = { NULL };
  SatDerived *derived = &source->derived;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (attribute (reader, parts[i]) != NULL && !(i == 0 ? formula : rollup))
      PROBLEM (reader, N_ ("%s:%s: “%s” is for a field of type %s"), parts[i],
               i == 0 ? SAT_TYPE_NAME_FORMULA : SAT_TYPE_NAME_ROLLUP);
  if (!formula && !rollup)
    return;
  for (guint i = 1; i < SAT_N_ROLLUPS; i++)
    rollups[i - 1] = sat_rollup_name ((SatRollup) i);
  source->field.derived = derived;
  derived->line = source->line;
  if (formula)
    {
      derived->formula = need (reader, "field", "formula");
      return;
    }
  need (reader, "field", "rollup");
  derived->rollup = (SatRollup) (one_of (reader, "rollup", rollups) + 1);
  derived->over = need (reader, "field", "over");
  derived->of = keep (reader, "of");
  derived->where = keep (reader, "where");
}

static gboolean
start_field (Reader *reader)
{
  static const char *const holds[] = { "text",      "object",           "date-field",
                                       "condition", "change-condition", "actions",
                                       NULL };
  SatCatalogue *catalogue = reader->catalogue;

  if (!room (reader, reader->object->fields, SAT_CATALOGUE_FIELDS_MAX, "field"))
    return FALSE;
  SatFieldSource *source = sat_catalogue_alloc (catalogue, sizeof *source);
  SatField *field = &source->field;

  reader->field = source;
  source->line = line_of (reader);
  source->policy = keep (reader, "policy");
  source->alike = keep (reader, "alike");
  source->default_input = keep (reader, "default");
  source->choices = sat_catalogue_array (catalogue);
  field->object = &reader->object->object;
  field->name = need (reader, "field", "name");
  field->type = field_type (reader, need (reader, "field", "type"));
  field->options.open = flag (reader, "open");
  field->options.currency = keep (reader, "currency");
  field->reference = keep (reader, "reference");
  field->owning = flag (reader, "owning");
  field->required = flag (reader, "required");
  field->ordered = flag (reader, "ordered");
  field->personal = flag (reader, "personal");
  field->sensitive = flag (reader, "sensitive");
  field->shared = flag (reader, "shared");
  field->fixed = flag (reader, "fixed");
  field->hidden = flag (reader, "hidden");
  field->search_weight = number (reader, "search", 100);
  field->importance = number (reader, "importance", 100);
  field->holds = (SatContent) one_of (reader, "holds", holds);
  field->when = keep (reader, "when");
  field->label = sat_catalogue_labels (catalogue);
  check_name (reader, field->name);
  take_derived (reader, source);
  g_ptr_array_add (reader->object->fields, source);
  return TRUE;
}

static gboolean
start_choice (Reader *reader)
{
  if (!room (reader, reader->field->choices, SAT_CATALOGUE_CHOICES_MAX, "choice"))
    return FALSE;
  SatChoiceSource *source = sat_catalogue_alloc (reader->catalogue, sizeof *source);

  reader->choice = source;
  source->line = line_of (reader);
  source->name = need (reader, "choice", "name");
  source->label = sat_catalogue_labels (reader->catalogue);
  check_name (reader, source->name);
  g_ptr_array_add (reader->field->choices, source);
  return TRUE;
}

static gboolean
start_list (Reader *reader)
{
  if (reader->object->columns != NULL)
    PROBLEM (reader, N_ ("%s:%s: there is a second <%s>"), "list");
  reader->object->list_line = line_of (reader);
  reader->object->columns = need (reader, "list", "columns");
  return TRUE;
}

static gboolean
start_group (Reader *reader)
{
  if (!room (reader, reader->object->groups, SAT_CATALOGUE_GROUPS_MAX, "group"))
    return FALSE;
  SatGroupSource *source = sat_catalogue_alloc (reader->catalogue, sizeof *source);

  reader->group = source;
  source->line = line_of (reader);
  source->fields = need (reader, "group", "fields");
  source->label = sat_catalogue_labels (reader->catalogue);
  source->found = sat_catalogue_array (reader->catalogue);
  g_ptr_array_add (reader->object->groups, source);
  return TRUE;
}

/* "zh-CN" and "zh-Hans-CN", as newer versions of msgfmt write it, are "zh_CN". */
static char *
spell_language (const char *language)
{
  char *spelled = g_strdelimit (g_strdup (language), "-", '_');
  char *script = strchr (spelled, '_');

  if (script != NULL && strcspn (script + 1, "_") == 4 && script[5] == '_')
    memmove (script, script + 5, strlen (script + 5) + 1);
  return spelled;
}

/* Its language is that of xml:lang; English if there is none. */
static gboolean
start_text (Reader *reader, const SatLabels *labels)
{
  const char *language = attribute (reader, "xml:lang");
  g_autofree char *spelled = spell_language (language ? language : "en");

  if (labels->texts->len >= SAT_CATALOGUE_LANGUAGES_MAX)
    {
      PROBLEM (reader, N_ ("%s:%s: there are too many languages"));
      return FALSE;
    }
  if (*spelled == '\0' || strlen (spelled) > 20)
    {
      PROBLEM (reader, N_ ("%s:%s: “%s” is not a language"), spelled);
      return FALSE;
    }
  reader->labels = (SatLabels *) labels;
  reader->language = sat_catalogue_string (reader->catalogue, spelled);
  reader->text_line = line_of (reader);
  g_string_truncate (reader->text, 0);
  return TRUE;
}

static gboolean
start_label (Reader *reader)
{
  switch ((int) reader->places[reader->depth])
    {
    case AT_OBJECT:
      return start_text (reader, reader->object->object.label);
    case AT_FIELD:
      return start_text (reader, reader->field->field.label);
    case AT_CHOICE:
      return start_text (reader, reader->choice->label);
    default:
      return start_text (reader, reader->group->label);
    }
}

static gboolean
start_plural (Reader *reader)
{
  return start_text (reader, reader->object->object.plural);
}

static gboolean
start_help (Reader *reader)
{
  SatField *field = &reader->field->field;

  if (field->help == NULL)
    field->help = sat_catalogue_labels (reader->catalogue);
  return start_text (reader, field->help);
}

static gboolean
start_nothing (Reader *reader)
{
  return TRUE;
}

#define FIELD_ATTRIBUTES \
  "name type policy required reference owning ordered open currency personal shared fixed " \
  "sensitive hidden " \
  "default " \
  "search " \
  "importance alike formula rollup over of where holds when"

/* Which elements may stand where. START returns FALSE to leave the element out. */
static const struct
{
  const char *name;
  Place inside;
  Place place;
  gboolean (*start) (Reader *reader);
  const char *attributes;
} elements[] = {
  { "catalogue", AT_TOP, AT_CATALOGUE, start_nothing, "" },
  { "object", AT_TOP, AT_OBJECT, start_object,
    "name title icon book kind module system managed order" },
  { "object", AT_CATALOGUE, AT_OBJECT, start_object,
    "name title icon book kind module system managed order" },
  { "label", AT_OBJECT, AT_TEXT, start_label, "xml:lang" },
  { "plural", AT_OBJECT, AT_TEXT, start_plural, "xml:lang" },
  { "field", AT_OBJECT, AT_FIELD, start_field, FIELD_ATTRIBUTES },
  { "label", AT_FIELD, AT_TEXT, start_label, "xml:lang" },
  { "help", AT_FIELD, AT_TEXT, start_help, "xml:lang" },
  { "choice", AT_FIELD, AT_CHOICE, start_choice, "name" },
  { "label", AT_CHOICE, AT_TEXT, start_label, "xml:lang" },
  { "list", AT_OBJECT, AT_LIST, start_list, "columns" },
  { "form", AT_OBJECT, AT_FORM, start_nothing, "" },
  { "group", AT_FORM, AT_GROUP, start_group, "fields" },
  { "label", AT_GROUP, AT_TEXT, start_label, "xml:lang" },
};

/* Is NAME one of WORDS, separated by blanks? */
static gboolean
is_word_of (const char *name, const char *words)
{
  gsize length = strlen (name);

  for (const char *p = words; (p = strstr (p, name)) != NULL; p += length)
    if ((p == words || p[-1] == ' ') && (p[length] == ' ' || p[length] == '\0'))
      return TRUE;
  return FALSE;
}

static void
check_attributes (Reader *reader, const char *element, const char *allowed)
{
  for (guint i = 0; reader->names[i] != NULL; i++)
    if (*reader->names[i] == '\0' || !is_word_of (reader->names[i], allowed))
      PROBLEM (reader, N_ ("%s:%s: unknown attribute “%s” of <%s>; it may have: %s"),
               reader->names[i], element, *allowed ? allowed : "-");
}

static void
on_start (GMarkupParseContext *context,
          const char *element,
          const char **names,
          const char **values,
          gpointer user_data,
          GError **error)
{
  Reader *reader = user_data;

  reader->names = (const char *const *) names;
  reader->values = (const char *const *) values;
  if (reader->unknown > 0)
    {
      reader->unknown++;
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
    if (elements[i].inside == reader->places[reader->depth] &&
        strcmp (elements[i].name, element) == 0)
      {
        check_attributes (reader, element, elements[i].attributes);
        if (elements[i].start (reader))
          reader->places[++reader->depth] = elements[i].place;
        else
          reader->unknown = 1;
        return;
      }
  g_autofree char *shown = g_utf8_substring (element, 0, MIN (g_utf8_strlen (element, -1), 60));
  PROBLEM (reader, N_ ("%s:%s: <%s> is unknown or does not belong here"), shown);
  reader->unknown = 1;
}

/* White space as in running text: single blanks, none at the ends. */
static char *
collapse (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t\r\n", -1);
  GString *out = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (out, "%s%s", out->len ? " " : "", words[i]);
  return g_string_free (out, FALSE);
}

static void
end_text (Reader *reader)
{
  g_autofree char *text = collapse (reader->text->str);

  if (*text == '\0')
    sat_problems_add (reader->problems, reader->file, reader->text_line,
                      N_ ("%s:%s: the text is empty; write it between the tags"), NULL);
  else if (!sat_labels_add (reader->labels, reader->language,
                            sat_catalogue_string (reader->catalogue, text)))
    sat_problems_add (reader->problems, reader->file, reader->text_line,
                      N_ ("%s:%s: there is a second text in the language “%s”"), reader->language,
                      NULL);
}

static void
on_end (GMarkupParseContext *context, const char *element, gpointer user_data, GError **error)
{
  Reader *reader = user_data;

  if (reader->unknown > 0)
    {
      reader->unknown--;
      return;
    }
  if (reader->places[reader->depth] == AT_TEXT)
    end_text (reader);
  reader->depth--;
}

static gboolean
is_blank (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (text[i]))
      return FALSE;
  return TRUE;
}

static void
on_text (GMarkupParseContext *context,
         const char *text,
         gsize length,
         gpointer user_data,
         GError **error)
{
  Reader *reader = user_data;

  if (reader->unknown > 0)
    return;
  if (reader->places[reader->depth] != AT_TEXT)
    {
      if (!is_blank (text, length))
        PROBLEM (reader, N_ ("%s:%s: text does not belong here"));
      return;
    }
  if (reader->text->len + length <= SAT_CATALOGUE_TEXT_MAX)
    g_string_append_len (reader->text, text, (gssize) length);
  else
    PROBLEM (reader, N_ ("%s:%s: the text is too long"));
}

void
sat_catalogue_read_document (
    SatCatalogue *catalogue, SatProblems *problems, const char *name, const char *xml, gsize length)
{
  static const GMarkupParser parser = { .start_element = on_start,
                                        .end_element = on_end,
                                        .text = on_text };
  Reader reader = { .catalogue = catalogue, .problems = problems, .file = name };
  guint before = catalogue->objects->len;
  g_autoptr (GError) error = NULL;
  const char *stop;

  if (length > SAT_CATALOGUE_FILE_MAX)
    {
      sat_problems_add (problems, name, 1, N_ ("%s:%s: the file is too long"), NULL);
      return;
    }
  if (!g_utf8_validate_len (xml, length, &stop))
    {
      int line = 1;
      for (const char *p = xml; p < stop; p++)
        line += *p == '\n';
      sat_problems_add (problems, name, line, N_ ("%s:%s: this is not valid UTF-8"), NULL);
      return;
    }
  reader.text = g_string_new (NULL);
  reader.context = g_markup_parse_context_new (&parser, 0, &reader, NULL);
  if (!g_markup_parse_context_parse (reader.context, xml, (gssize) length, &error) ||
      !g_markup_parse_context_end_parse (reader.context, &error))
    {
      /* GMarkup quotes single bytes. */
      g_autofree char *why = g_utf8_make_valid (error->message, -1);
      PROBLEM (&reader, N_ ("%s:%s: this is not well-formed XML: %s"), why);
    }
  else if (catalogue->objects->len == before)
    PROBLEM (&reader, N_ ("%s:%s: there is no <object>"));
  g_markup_parse_context_free (reader.context);
  g_string_free (reader.text, TRUE);
}
