/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the XML of a template (docs/templates.md). As with catalogues what is wrong is noted with
 * its line; the first of it becomes the error. Each item is looked through when it ends: what its
 * parts name must be there by then. */
#include <string.h>

#include "core/base/sat-error.h"
#include "core/base/sat-text.h"
#include "core/catalogue/sat-catalogue-private.h"
#include "core/catalogue/sat-template-private.h"

typedef enum
{
  AT_TOP,
  AT_TEMPLATE,
  AT_ITEM,
  AT_OBJECT,
  AT_FIELD,
  AT_CHOICE,
  AT_CHANGE,
  AT_GRANT,
  AT_RECORD,
  AT_TEXT
} Place;

#define DEPTH_MAX 8
#define NAME_MAX_LENGTH 40

typedef struct
{
  SatTemplate *made;
  SatProblems problems;
  const char *file;
  GMarkupParseContext *context;
  Place places[DEPTH_MAX]; /* where we are, innermost last */
  int depth;
  int unknown;     /* how deep inside of an unknown element */
  GHashTable *ids; /* id -> SatTemplateItem that makes it */

  SatTemplateItem *item;
  SatTemplatePart *part;
  SatTemplatePart *field; /* whose choices are read */
  guint n_choices;

  char **into; /* of AT_TEXT: where the text goes */
  gboolean lines;
  int text_line;
  GString *text;

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
  sat_problems_add (&(reader)->problems, (reader)->file, line_of (reader), __VA_ARGS__, NULL)

/* ---- attributes ---- */

static const char *
attribute (Reader *reader, const char *name)
{
  for (guint i = 0; reader->names[i] != NULL; i++)
    if (strcmp (reader->names[i], name) == 0)
      return reader->values[i];
  return NULL;
}

static const char *
need (Reader *reader, const char *element, const char *name)
{
  const char *value = attribute (reader, name);

  if (value != NULL && *value != '\0')
    return value;
  PROBLEM (reader, N_ ("%s:%s: <%s> needs the attribute “%s”"), element, name);
  return "";
}

/* Of templates, items and parts: they are in the ids of records. */
static gboolean
check_name (Reader *reader, const char *name)
{
  gsize length = strlen (name);

  if (length > 0 && length <= NAME_MAX_LENGTH && g_ascii_islower (name[0]) &&
      strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789_-") == length)
    return TRUE;
  PROBLEM (reader,
           N_ ("%s:%s: “%s” is not a name; up to 40 of a to z, 0 to 9, - and _, a letter first"),
           name);
  return FALSE;
}

/* Attributes that are no values but say what the part is. */
static gboolean
is_structure (SatPartKind kind, const char *name)
{
  if (strcmp (name, "id") == 0)
    return TRUE;
  switch (kind)
    {
    case SAT_PART_FIELD:
    case SAT_PART_RECORD:
      return strcmp (name, "object") == 0;
    case SAT_PART_GRANT:
      return strcmp (name, "object") == 0 || strcmp (name, "field") == 0;
    case SAT_PART_CHOICE:
    case SAT_PART_CHANGE:
      return strcmp (name, "of") == 0;
    case SAT_PART_OBJECT:
    case SAT_N_PARTS:
    default:
      return FALSE;
    }
}

static void
take_values (Reader *reader, SatTemplatePart *part)
{
  for (guint i = 0; reader->names[i] != NULL; i++)
    {
      SatTwoTexts *texts;

      if (is_structure (part->kind, reader->names[i]) || *reader->values[i] == '\0')
        continue;
      texts = sat_template_add_value (part, reader->names[i]);
      g_free (texts->en);
      texts->en = g_strdup (reader->values[i]);
    }
}

/* "OBJECT.FIELD.CHOICE", as far as there is a place for it; a point in braces is none. */
static void
take_of (Reader *reader, SatTemplatePart *part, const char *element, guint least, guint most)
{
  const char *p = need (reader, element, "of");
  char **parts[] = { &part->object, &part->field, &part->choice };
  guint n = 0;

  while (*p != '\0' && n < G_N_ELEMENTS (parts))
    {
      gboolean braced = FALSE;
      gsize length = 0;

      for (; p[length] != '\0' && (braced || p[length] != '.'); length++)
        braced = p[length] == '{' || (braced && p[length] != '}');
      *parts[n++] = g_strndup (p, length);
      p += length + (p[length] == '.');
    }
  if (*p != '\0' || n < least || n > most)
    PROBLEM (reader, N_ ("%s:%s: “%s” is not what <%s> can be of"), attribute (reader, "of"),
             element);
}

/* ---- parts ---- */

static void
take_id (Reader *reader, SatTemplatePart *part, char *id)
{
  part->id = id;
  if (g_hash_table_contains (reader->ids, id))
    PROBLEM (reader, N_ ("%s:%s: “%s” is there twice"), id);
  else
    g_hash_table_insert (reader->ids, id, reader->item);
}

static SatTemplatePart *
start_part (Reader *reader, SatPartKind kind)
{
  const char *id = attribute (reader, "id");
  SatTemplatePart *part;

  if (reader->item->parts->len >= SAT_TEMPLATE_PARTS_MAX)
    {
      PROBLEM (reader, N_ ("%s:%s: there are too many <%s>"), sat_part_kind_name (kind));
      return NULL;
    }
  part = sat_template_add_part (reader->item, kind);
  part->line = line_of (reader);
  reader->part = part;
  take_values (reader, part);
  if (kind == SAT_PART_CHANGE || kind == SAT_PART_GRANT)
    return part;
  if (kind == SAT_PART_CHOICE && reader->field != NULL)
    id = need (reader, "choice", "id");
  else if (id == NULL)
    id = reader->item->key;
  if (check_name (reader, id))
    take_id (reader, part,
             kind == SAT_PART_CHOICE && reader->field != NULL
                 ? g_strconcat (reader->field->id ? reader->field->id : "", ".", id, NULL)
                 : g_strdup (id));
  return part;
}

static gboolean
start_object (Reader *reader)
{
  return start_part (reader, SAT_PART_OBJECT) != NULL;
}

static gboolean
start_field (Reader *reader)
{
  SatTemplatePart *part = start_part (reader, SAT_PART_FIELD);

  if (part == NULL)
    return FALSE;
  part->object = g_strdup (need (reader, "field", "object"));
  need (reader, "field", "type");
  reader->field = part;
  reader->n_choices = 0;
  return TRUE;
}

/* A choice of the field that is made just now. */
static gboolean
start_own_choice (Reader *reader)
{
  SatTemplatePart *part = start_part (reader, SAT_PART_CHOICE);
  SatTwoTexts *place;

  if (part == NULL)
    return FALSE;
  part->object = g_strdup (reader->field->object);
  part->field = g_strdup_printf ("{%s}", reader->field->id ? reader->field->id : "");
  place = sat_template_add_value (part, "place");
  if (place->en == NULL)
    place->en = g_strdup_printf ("%u", 10 * ++reader->n_choices);
  return TRUE;
}

static gboolean
start_choice (Reader *reader)
{
  SatTemplatePart *part;

  reader->field = NULL;
  part = start_part (reader, SAT_PART_CHOICE);
  if (part == NULL)
    return FALSE;
  take_of (reader, part, "choice", 2, 2);
  return TRUE;
}

static gboolean
start_change (Reader *reader)
{
  SatTemplatePart *part = start_part (reader, SAT_PART_CHANGE);

  if (part == NULL)
    return FALSE;
  take_of (reader, part, "change", 1, 3);
  return TRUE;
}

static gboolean
start_grant (Reader *reader)
{
  SatTemplatePart *part = start_part (reader, SAT_PART_GRANT);

  if (part == NULL)
    return FALSE;
  part->object = g_strdup (need (reader, "grant", "object"));
  part->field = g_strdup (attribute (reader, "field"));
  need (reader, "grant", "role");
  return TRUE;
}

static gboolean
start_record (Reader *reader)
{
  SatTemplatePart *part = start_part (reader, SAT_PART_RECORD);

  if (part == NULL)
    return FALSE;
  part->object = g_strdup (need (reader, "record", "object"));
  return TRUE;
}

/* ---- template and items ---- */

static gboolean
start_template (Reader *reader)
{
  const char *name = need (reader, "template", "name");

  if (reader->made->name != NULL)
    {
      PROBLEM (reader, N_ ("%s:%s: there is a second <%s>"), "template");
      return FALSE;
    }
  check_name (reader, name);
  reader->made->name = g_strdup (name);
  return TRUE;
}

static gboolean
start_item (Reader *reader)
{
  const char *key = need (reader, "item", "key");

  if (reader->made->items->len >= SAT_TEMPLATE_ITEMS_MAX)
    {
      PROBLEM (reader, N_ ("%s:%s: there are too many <%s>"), "item");
      return FALSE;
    }
  if (check_name (reader, key) && sat_template_item (reader->made, key) != NULL)
    PROBLEM (reader, N_ ("%s:%s: “%s” is there twice"), key);
  reader->item = sat_template_add_item (reader->made, key);
  reader->item->line = line_of (reader);
  return TRUE;
}

/* ---- texts ---- */

/* In which language? FALSE: in none of ours. */
static gboolean
find_language (Reader *reader, gboolean *zh)
{
  const char *language = attribute (reader, "xml:lang");

  *zh = language != NULL && g_ascii_strncasecmp (language, "zh", 2) == 0;
  if (language == NULL || *zh || strcmp (language, "en") == 0)
    return TRUE;
  PROBLEM (reader, N_ ("%s:%s: “%s” is no language of templates; en or zh_CN"), language);
  return FALSE;
}

/* INTO: where it goes. LINES: lines are kept. */
static gboolean
start_text (Reader *reader, char **into, gboolean lines)
{
  if (*into != NULL)
    {
      PROBLEM (reader, N_ ("%s:%s: there is a second text in the language “%s”"),
               attribute (reader, "xml:lang") ? attribute (reader, "xml:lang") : "en");
      return FALSE;
    }
  reader->into = into;
  reader->lines = lines;
  reader->text_line = line_of (reader);
  g_string_truncate (reader->text, 0);
  return TRUE;
}

static gboolean
start_two (Reader *reader, SatTwoTexts *texts, gboolean lines)
{
  gboolean zh;

  return find_language (reader, &zh) && start_text (reader, zh ? &texts->zh : &texts->en, lines);
}

static gboolean
start_title (Reader *reader)
{
  gboolean whole = reader->places[reader->depth] == AT_TEMPLATE;

  return start_two (reader, whole ? &reader->made->title : &reader->item->title, FALSE);
}

static gboolean
start_about (Reader *reader)
{
  gboolean whole = reader->places[reader->depth] == AT_TEMPLATE;

  return start_two (reader, whole ? &reader->made->about : &reader->item->about, FALSE);
}

/* Definitions have a field for each language. */
static gboolean
start_split (Reader *reader, const char *what)
{
  g_autofree char *name = NULL;
  gboolean zh;

  if (!find_language (reader, &zh))
    return FALSE;
  name = g_strconcat (what, zh ? "_zh_cn" : "_en", NULL);
  return start_text (reader, &sat_template_add_value (reader->part, name)->en, FALSE);
}

static gboolean
start_label (Reader *reader)
{
  return start_split (reader, "label");
}

static gboolean
start_plural (Reader *reader)
{
  return start_split (reader, "plural");
}

static gboolean
start_help (Reader *reader)
{
  return start_split (reader, "help");
}

static gboolean
start_group (Reader *reader)
{
  return start_two (reader, sat_template_add_value (reader->part, "group"), FALSE);
}

static gboolean
start_formula (Reader *reader)
{
  return start_text (reader, &sat_template_add_value (reader->part, "formula")->en, TRUE);
}

static gboolean
start_where (Reader *reader)
{
  return start_text (reader, &sat_template_add_value (reader->part, "where")->en, TRUE);
}

static gboolean
start_set (Reader *reader)
{
  const char *field = need (reader, "set", "field");

  return *field != '\0' && start_two (reader, sat_template_add_value (reader->part, field), TRUE);
}

/* ---- elements ---- */

/* Which may stand where. START returns FALSE to leave the element out. */
static const struct
{
  const char *name;
  Place inside;
  Place place;
  gboolean (*start) (Reader *reader);
  const char *attributes;
} elements[] = {
  { "template", AT_TOP, AT_TEMPLATE, start_template, "name" },
  { "title", AT_TEMPLATE, AT_TEXT, start_title, "xml:lang" },
  { "about", AT_TEMPLATE, AT_TEXT, start_about, "xml:lang" },
  { "item", AT_TEMPLATE, AT_ITEM, start_item, "key" },
  { "title", AT_ITEM, AT_TEXT, start_title, "xml:lang" },
  { "about", AT_ITEM, AT_TEXT, start_about, "xml:lang" },
  { "object", AT_ITEM, AT_OBJECT, start_object, "id icon book" },
  { "label", AT_OBJECT, AT_TEXT, start_label, "xml:lang" },
  { "plural", AT_OBJECT, AT_TEXT, start_plural, "xml:lang" },
  { "field", AT_ITEM, AT_FIELD, start_field,
    "id object type reference owning policy default currency required ordered personal sensitive "
    "search "
    "importance place list rollup over of" },
  { "label", AT_FIELD, AT_TEXT, start_label, "xml:lang" },
  { "help", AT_FIELD, AT_TEXT, start_help, "xml:lang" },
  { "group", AT_FIELD, AT_TEXT, start_group, "xml:lang" },
  { "formula", AT_FIELD, AT_TEXT, start_formula, "" },
  { "where", AT_FIELD, AT_TEXT, start_where, "" },
  { "choice", AT_FIELD, AT_CHOICE, start_own_choice, "id place" },
  { "choice", AT_ITEM, AT_CHOICE, start_choice, "id of place" },
  { "label", AT_CHOICE, AT_TEXT, start_label, "xml:lang" },
  { "change", AT_ITEM, AT_CHANGE, start_change, "of retired required list search place" },
  { "label", AT_CHANGE, AT_TEXT, start_label, "xml:lang" },
  { "plural", AT_CHANGE, AT_TEXT, start_plural, "xml:lang" },
  { "help", AT_CHANGE, AT_TEXT, start_help, "xml:lang" },
  { "grant", AT_ITEM, AT_GRANT, start_grant,
    "object field role create read edit delete export access" },
  { "record", AT_ITEM, AT_RECORD, start_record, "id object" },
  { "set", AT_RECORD, AT_TEXT, start_set, "field xml:lang" },
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

/* Single blanks and none at the ends; with LINES of each line, empty ones left out. */
static char *
tidy (const char *text, gboolean lines)
{
  g_auto (GStrv) parts = g_strsplit_set (text, lines ? "\r\n" : " \t\r\n", -1);
  GString *out = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_string_append_printf (out, "%s%s", out->len == 0 ? "" : lines ? "\n" : " ", parts[i]);
  return g_string_free (out, FALSE);
}

static void
end_text (Reader *reader)
{
  g_autofree char *text = tidy (reader->text->str, reader->lines);

  if (*text == '\0' || !sat_text_is_clean (text, strlen (text)))
    sat_problems_add (&reader->problems, reader->file, reader->text_line,
                      N_ ("%s:%s: the text is empty; write it between the tags"), NULL);
  else
    *reader->into = g_steal_pointer (&text);
}

/* ---- what an item names ---- */

/* "{id}" becomes the item that makes it. */
static const char *
note_needed (const char *id, gpointer data)
{
  Reader *reader = data;
  SatTemplateItem *by = g_hash_table_lookup (reader->ids, id);

  if (by != NULL && by != reader->item && !g_ptr_array_find (reader->item->needs, by, NULL))
    g_ptr_array_add (reader->item->needs, by);
  return by != NULL ? "" : NULL;
}

static void
look_through (Reader *reader, const SatTemplatePart *part, const char *text)
{
  g_autofree char *bad = NULL;
  g_autofree char *expanded = text != NULL ? sat_template_expand (text, note_needed, reader, &bad)
                                           : NULL;

  if (bad != NULL)
    sat_problems_add (&reader->problems, reader->file, part->line,
                      N_ ("%s:%s: nothing before has the id “%s”; a brace itself is “{{”"), bad,
                      NULL);
}

/* Words for people name nothing. */
gboolean
sat_template_names_in (const char *field)
{
  return !g_str_has_prefix (field, "label_") && !g_str_has_prefix (field, "plural_") &&
         !g_str_has_prefix (field, "help_") && strcmp (field, "group") != 0;
}

static gboolean
has_text (const SatTemplatePart *part)
{
  return sat_template_value (part, "label_en") != NULL ||
         sat_template_value (part, "label_zh_cn") != NULL;
}

static void
check_part (Reader *reader, const SatTemplatePart *part)
{
  look_through (reader, part, part->object);
  look_through (reader, part, part->field);
  look_through (reader, part, part->choice);
  for (guint i = 0; i < part->values->len; i++)
    {
      const SatTemplateValue *value = part->values->pdata[i];

      if (!sat_template_names_in (value->field))
        continue;
      look_through (reader, part, value->value.en);
      look_through (reader, part, value->value.zh);
    }
  if (part->kind <= SAT_PART_CHOICE ? !has_text (part) : part->values->len == 0)
    sat_problems_add (&reader->problems, reader->file, part->line,
                      N_ ("%s:%s: this <%s> says nothing"), sat_part_kind_name (part->kind), NULL);
}

static void
end_item (Reader *reader)
{
  const SatTemplateItem *item = reader->item;

  for (guint i = 0; i < item->parts->len; i++)
    check_part (reader, item->parts->pdata[i]);
  if (item->parts->len == 0 || (item->title.en == NULL && item->title.zh == NULL))
    sat_problems_add (&reader->problems, reader->file, item->line,
                      N_ ("%s:%s: the item “%s” needs a <title> and something that it does"),
                      item->key, NULL);
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
  else if (reader->places[reader->depth] == AT_ITEM)
    end_item (reader);
  reader->depth--;
  if (reader->places[reader->depth] == AT_FIELD)
    reader->part = reader->field;
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
      for (gsize i = 0; i < length; i++)
        if (!g_ascii_isspace (text[i]))
          {
            PROBLEM (reader, N_ ("%s:%s: text does not belong here"));
            return;
          }
      return;
    }
  if (reader->text->len + length <= SAT_TEMPLATE_TEXT_MAX)
    g_string_append_len (reader->text, text, (gssize) length);
  else
    PROBLEM (reader, N_ ("%s:%s: the text is too long"));
}

static void
parse (Reader *reader, const char *xml, gsize length)
{
  static const GMarkupParser parser = { .start_element = on_start,
                                        .end_element = on_end,
                                        .text = on_text };
  g_autoptr (GError) error = NULL;

  reader->context = g_markup_parse_context_new (&parser, 0, reader, NULL);
  if (!g_markup_parse_context_parse (reader->context, xml, (gssize) length, &error) ||
      !g_markup_parse_context_end_parse (reader->context, &error))
    {
      /* GMarkup quotes single bytes. */
      g_autofree char *why = g_utf8_make_valid (error->message, -1);
      PROBLEM (reader, N_ ("%s:%s: this is not well-formed XML: %s"), why);
    }
  else if (reader->made->name == NULL || reader->made->items->len == 0 ||
           (reader->made->title.en == NULL && reader->made->title.zh == NULL))
    PROBLEM (reader, N_ ("%s:%s: a template needs a <title> and an <item>"));
  g_markup_parse_context_free (reader->context);
}

SatTemplate *
sat_template_read_memory (const char *file, const char *xml, gsize length, GError **error)
{
  g_autoptr (SatTemplate) made = sat_template_new ();
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  Reader reader = { .made = made, .file = file, .problems = { texts, NULL } };

  if (length > SAT_TEMPLATE_FILE_MAX)
    sat_problems_add (&reader.problems, file, 1, N_ ("%s:%s: the file is too long"), NULL);
  else if (!g_utf8_validate_len (xml, length, NULL))
    sat_problems_add (&reader.problems, file, 1, N_ ("%s:%s: this is not valid UTF-8"), NULL);
  else
    {
      reader.ids = g_hash_table_new (g_str_hash, g_str_equal);
      reader.text = g_string_new (NULL);
      parse (&reader, xml, length);
      g_string_free (reader.text, TRUE);
      g_hash_table_unref (reader.ids);
    }
  if (reader.problems.error == NULL)
    return g_steal_pointer (&made);
  g_propagate_error (error, reader.problems.error);
  return NULL;
}
