/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a usage line ("OBJECT ID FIELD=VALUE...") and of an option ("--book BOOK") say what
 * stands there; the table SLOTS says how each is completed. */
#include "cli/sat-complete.h"

#include <string.h>

#include "cli/sat-values.h"
#include "core/catalogue/sat-template.h"
#include "core/workspace/sat-workspace-books.h"
#include "core/workspace/sat-workspace-views.h"

#define MOST_TITLES 200

typedef struct
{
  SatCli *cli;
  const SatCommand *command;
  GPtrArray *words; /* those that are no options, without the command's name; ends with NULL */
  gboolean only_words;
  const SatOption *open;   /* its value is what is being written */
  GHashTable *given;       /* names of options that were given */
  SatCatalogue *catalogue; /* found when first asked for */

  char *head; /* of the word being written: what stays */
  char *text; /* and what is completed */
  SatCompleteFunc found;
  gpointer data;
} Line;

static void
line_clear (Line *line)
{
  g_ptr_array_unref (line->words);
  g_hash_table_unref (line->given);
  g_clear_pointer (&line->catalogue, sat_catalogue_unref);
  g_free (line->head);
  g_free (line->text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Line, line_clear)

/* A word that could not be told from the next line is not offered. */
static void
offer (Line *line, const char *word, const char *help)
{
  g_autofree char *whole = NULL;

  if (!g_str_has_prefix (word, line->text))
    return;
  for (const char *p = word; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      return;
  whole = g_strconcat (line->head, word, NULL);
  line->found (whole, help, line->data);
}

/* The first LENGTH bytes of what is being written stay, too. */
static void
keep (Line *line, gsize length)
{
  char *head = g_strdup_printf ("%s%.*s", line->head, (int) length, line->text);
  char *text = g_strdup (line->text + length);

  g_free (line->head);
  g_free (line->text);
  line->head = head;
  line->text = text;
}

/* ---- the catalogue ---- */

static SatCatalogue *
catalogue (Line *line)
{
  if (line->catalogue == NULL)
    line->catalogue = sat_catalogue_default (NULL);
  return line->catalogue;
}

/* The object that the line names. */
static const SatObject *
named_object (Line *line)
{
  const char *name = g_ptr_array_index (line->words, 0);

  return name != NULL && catalogue (line) != NULL ? sat_catalogue_find (line->catalogue, name)
                                                  : NULL;
}

static void
complete_objects (Line *line)
{
  if (catalogue (line) == NULL)
    return;
  for (guint i = 0; i < sat_catalogue_n_objects (line->catalogue); i++)
    {
      const SatObject *object = sat_catalogue_object (line->catalogue, i);

      offer (line, object->name, sat_object_label (line->cli, object));
    }
}

static void
complete_fields (Line *line)
{
  const SatObject *object = named_object (line);

  for (guint i = 0; object != NULL && i < object->n_fields; i++)
    if (!object->fields[i]->hidden)
      offer (line, object->fields[i]->name, sat_field_label (line->cli, object->fields[i]));
  for (guint i = 0; object != NULL && i < object->n_derived; i++)
    if (!object->derived[i]->hidden)
      offer (line, object->derived[i]->name, sat_field_label (line->cli, object->derived[i]));
}

/* After the last comma, and after the minus of a sorted field. */
static void
complete_field_list (Line *line)
{
  const char *comma = strrchr (line->text, ',');

  if (comma != NULL)
    keep (line, (gsize) (comma + 1 - line->text));
  if (*line->text == '-')
    keep (line, 1);
  complete_fields (line);
}

/* ---- the replica ---- */

static gboolean
open_replica (Line *line)
{
  if (line->cli->home == NULL)
    line->cli->home = sat_workspace_default_home ();
  return sat_workspace_exists (line->cli->home) && sat_cli_open (line->cli, NULL) != NULL;
}

static const char *
title_of (const GPtrArray *records, guint i)
{
  const SatRecord *record = g_ptr_array_index (records, i);

  return record != NULL ? sat_record_get (record, sat_record_object (record)->title) : NULL;
}

/* Titles that only one record has, since a title names a record only then. */
static void
offer_titles (Line *line, const GPtrArray *records)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < records->len; i++)
    if (title_of (records, i) != NULL)
      {
        gpointer times = g_hash_table_lookup (seen, title_of (records, i));

        g_hash_table_insert (seen, (gpointer) title_of (records, i),
                             GUINT_TO_POINTER (GPOINTER_TO_UINT (times) + 1));
      }
  for (guint i = 0; i < records->len; i++)
    if (title_of (records, i) != NULL &&
        GPOINTER_TO_UINT (g_hash_table_lookup (seen, title_of (records, i))) == 1)
      offer (line, title_of (records, i), "");
}

static void
complete_titles (Line *line, const SatObject *named)
{
  const SatObject *object;
  SatQuery query = { .words = line->text, .limit = MOST_TITLES };
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GPtrArray) records = NULL;

  if (named == NULL || !open_replica (line))
    return;
  object = sat_workspace_object (line->cli->workspace, named->name, NULL);
  if (object == NULL)
    return;
  query.object = object;
  rows = sat_workspace_list_rows (line->cli->workspace, &query, NULL);
  if (rows != NULL)
    records = sat_workspace_load_rows (line->cli->workspace, object, (gconstpointer) rows->data,
                                       rows->len, NULL);
  if (records != NULL)
    offer_titles (line, records);
}

/* Of an id enough is there to tell which one: all of it. */
static void
complete_id_text (Line *line, const SatObject *named)
{
  const SatObject *object;
  SatId id;
  char text[SAT_ID_TEXT_SIZE];

  if (!open_replica (line))
    return;
  object = sat_workspace_object (line->cli->workspace, named->name, NULL);
  if (object != NULL && sat_workspace_find (line->cli->workspace, object, line->text, &id, NULL))
    offer (line, sat_id_format (&id, text), sat_cli_title (line->cli, object, &id));
}

/* "/TITLE" or "OBJECT/TITLE"; the slash is offered first. */
static void
complete_ids (Line *line)
{
  const SatObject *object = named_object (line);
  const char *slash = strchr (line->text, '/');

  if (object == NULL)
    return;
  if (slash != NULL)
    {
      keep (line, (gsize) (slash + 1 - line->text));
      complete_titles (line, object);
    }
  else if (*line->text != '\0')
    complete_id_text (line, object);
  else
    {
      g_free (line->head);
      line->head = g_strdup ("/");
      complete_titles (line, object);
    }
}

static void
complete_books (Line *line)
{
  g_autoptr (GPtrArray) books = open_replica (line)
                                    ? sat_workspace_all_books (line->cli->workspace, NULL)
                                    : NULL;

  for (guint i = 0; books != NULL && i < books->len; i++)
    {
      const SatBook *book = g_ptr_array_index (books, i);

      offer (line, book->key, g_str_equal (book->key, book->name) ? "" : book->name);
    }
}

static void
complete_logins (Line *line)
{
  const SatObject *object = open_replica (line)
                                ? sat_workspace_object (line->cli->workspace, "user", NULL)
                                : NULL;
  const SatField *login = object ? sat_object_find (object, "login") : NULL;
  SatQuery query = { .object = object, .limit = MOST_TITLES };
  g_autoptr (GArray) rows = login ? sat_workspace_list_rows (line->cli->workspace, &query, NULL)
                                  : NULL;
  g_autoptr (GPtrArray) users = rows ? sat_workspace_load_rows (line->cli->workspace, object,
                                                                (gconstpointer) rows->data,
                                                                rows->len, NULL)
                                     : NULL;

  for (guint i = 0; users != NULL && i < users->len; i++)
    {
      const SatRecord *user = g_ptr_array_index (users, i);

      if (user != NULL && sat_record_get (user, login) != NULL)
        offer (line, sat_record_get (user, login), sat_record_title (user));
    }
}

/* Views or segments of the object that the line names. */
static void
complete_saved (Line *line, GPtrArray *(*list) (SatWorkspace *workspace, const SatObject *object))
{
  const SatObject *named = named_object (line);
  const SatObject *object;
  g_autoptr (GPtrArray) names = NULL;

  if (named == NULL || !open_replica (line))
    return;
  object = sat_workspace_object (line->cli->workspace, named->name, NULL);
  names = object != NULL ? list (line->cli->workspace, object) : NULL;
  for (guint i = 0; names != NULL && i < names->len; i++)
    offer (line, g_ptr_array_index (names, i), "");
}

static GPtrArray *
list_views (SatWorkspace *workspace, const SatObject *object)
{
  g_autoptr (GPtrArray) views = sat_workspace_views (workspace, object, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; views != NULL && i < views->len; i++)
    {
      const SatView *view = g_ptr_array_index (views, i);

      g_ptr_array_add (names, g_strdup (view->name));
    }
  return names;
}

static GPtrArray *
list_segments (SatWorkspace *workspace, const SatObject *object)
{
  return sat_workspace_segments (workspace, object, NULL);
}

static void
complete_views (Line *line)
{
  complete_saved (line, list_views);
}

static void
complete_segments (Line *line)
{
  complete_saved (line, list_segments);
}

/* Those that come with Satchel. */
static void
complete_templates (Line *line)
{
  g_autoptr (GPtrArray) names = sat_template_names ();

  for (guint i = 0; i < names->len; i++)
    offer (line, g_ptr_array_index (names, i), "");
}

/* Items of the template that the line names; after a comma the next one. */
static void
complete_items (Line *line)
{
  const char *name = g_ptr_array_index (line->words, 0);
  g_autoptr (SatTemplate) made = name != NULL ? sat_template_read (name, NULL) : NULL;
  const char *comma = strrchr (line->text, ',');

  if (comma != NULL)
    keep (line, (gsize) (comma + 1 - line->text));
  for (guint i = 0; made != NULL && i < made->items->len; i++)
    {
      const SatTemplateItem *item = g_ptr_array_index (made->items, i);

      offer (line, item->key, sat_two_texts_in (&item->title, line->cli->language));
    }
}

/* ---- values ---- */

static SatCompleteKind
complete_value (Line *line, const SatField *field)
{
  if (*line->text == '@' && line->text[1] != '@')
    {
      keep (line, 1);
      return SAT_COMPLETE_FILES;
    }
  for (guint i = 0; i < field->n_choices; i++)
    offer (line, field->choices[i].name, sat_label (field->choices[i].label, line->cli->language));
  if (field->type->id == SAT_TYPE_YES_NO)
    {
      offer (line, "yes", _ ("yes"));
      offer (line, "no", _ ("no"));
    }
  if (field->reference != NULL && catalogue (line) != NULL)
    complete_titles (line, sat_catalogue_find (line->catalogue, field->reference));
  return SAT_COMPLETE_WORDS;
}

static void
offer_assignments (Line *line, const SatField *field)
{
  static const char *const signs[] = { "=", "+=", "-=" };
  gsize n = field->type->id == SAT_TYPE_TAGS ? G_N_ELEMENTS (signs) : 1;

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *word = g_strconcat (field->name, signs[i], NULL);

      offer (line, word, sat_field_label (line->cli, field));
    }
}

static SatCompleteKind
complete_assignment (Line *line)
{
  const SatObject *object = named_object (line);
  const char *equals = strchr (line->text, '=');

  if (object == NULL)
    return SAT_COMPLETE_WORDS;
  for (guint i = 0; i < object->n_fields; i++)
    {
      const SatField *field = object->fields[i];
      gsize length = strlen (field->name);

      if (equals == NULL && !field->hidden && !field->fixed)
        offer_assignments (line, field);
      else if (equals != NULL && g_str_has_prefix (line->text, field->name) &&
               strspn (line->text + length, "+-") == (gsize) (equals - line->text) - length)
        {
          keep (line, (gsize) (equals + 1 - line->text));
          return complete_value (line, field);
        }
    }
  return SAT_COMPLETE_WORDS;
}

/* ---- commands ---- */

/* The first or the second word of their names, each once. BEFORE: the first word, or NULL. */
static void
complete_commands (Line *line, const char *before)
{
  const SatCommand *const *commands = sat_commands ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; commands[i] != NULL; i++)
    {
      g_auto (GStrv) name = g_strsplit (commands[i]->name, " ", 2);

      if (before != NULL)
        {
          if (g_str_equal (name[0], before) && name[1] != NULL)
            offer (line, name[1], _ (commands[i]->summary));
        }
      else if (g_hash_table_add (seen, g_strdup (name[0])))
        offer (line, name[0], _ (commands[i]->summary));
    }
}

/* ---- what stands where ---- */

static SatCompleteKind
complete_slot (Line *line, const char *slot)
{
  static const struct
  {
    const char *slot;
    void (*complete) (Line *line);
    SatCompleteKind kind;
  } slots[] = {
    { "OBJECT", complete_objects, SAT_COMPLETE_WORDS },
    { "ID", complete_ids, SAT_COMPLETE_WORDS },
    { "FIELD", complete_fields, SAT_COMPLETE_WORDS },
    { "F,G", complete_field_list, SAT_COMPLETE_WORDS },
    { "F,-G", complete_field_list, SAT_COMPLETE_WORDS },
    { "FIELD,...", complete_field_list, SAT_COMPLETE_WORDS },
    { "BOOK", complete_books, SAT_COMPLETE_WORDS },
    { "VIEW", complete_views, SAT_COMPLETE_WORDS },
    { "SEGMENT", complete_segments, SAT_COMPLETE_WORDS },
    { "LOGIN", complete_logins, SAT_COMPLETE_WORDS },
    { "TEMPLATE", complete_templates, SAT_COMPLETE_WORDS },
    { "ITEM", complete_items, SAT_COMPLETE_WORDS },
    { "ITEM,...", complete_items, SAT_COMPLETE_WORDS },
    { "FILE", NULL, SAT_COMPLETE_FILES },
    { "DIR", NULL, SAT_COMPLETE_FOLDERS },
    { "URL", NULL, SAT_COMPLETE_FOLDERS },
  };

  if (g_str_equal (slot, "FIELD=VALUE"))
    return complete_assignment (line);
  if (g_str_equal (slot, "COMMAND"))
    complete_commands (line, g_ptr_array_index (line->words, 0));
  for (gsize i = 0; i < G_N_ELEMENTS (slots); i++)
    if (g_str_equal (slot, slots[i].slot))
      {
        if (slots[i].complete != NULL)
          slots[i].complete (line);
        return slots[i].kind;
      }
  return SAT_COMPLETE_WORDS;
}

/* The name of word number N of a usage line: "" where none may stand. "[COMMAND]" takes two. */
static char *
slot_at (const char *usage, guint n)
{
  g_auto (GStrv) slots = g_strsplit (usage, " ", -1);
  guint last = g_strv_length (slots);
  const char *slot;
  gsize from;

  while (last > 0 && strpbrk (slots[last - 1], "(|)") != NULL)
    last--;
  while (last > 0 && g_str_has_prefix (slots[last - 1], "--"))
    last--;
  if (last == 0)
    return g_strdup ("");
  slot = slots[MIN (n, last - 1)];
  if (n >= last && !g_str_has_suffix (slot, "...") && strstr (slot, "COMMAND") == NULL)
    return g_strdup ("");
  from = strspn (slot, "[");
  return g_strndup (slot + from, strcspn (slot + from, "]."));
}

static const SatOption *
find_option (const Line *line, const char *name, gsize length)
{
  const SatOption *lists[] = { line->command != NULL ? line->command->options : NULL,
                               sat_global_options () };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    for (const SatOption *option = lists[i]; option != NULL && option->name != NULL; option++)
      if (strlen (option->name) == length && strncmp (option->name, name, length) == 0)
        return option;
  return NULL;
}

static void
complete_options (Line *line)
{
  const SatOption *lists[] = { line->command != NULL ? line->command->options : NULL,
                               sat_global_options () };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    for (const SatOption *option = lists[i]; option != NULL && option->name != NULL; option++)
      {
        g_autofree char *word = g_strconcat ("--", option->name, NULL);

        /* Books may be given several times. */
        if (!g_hash_table_contains (line->given, option->name) ||
            g_str_equal (option->name, "book"))
          offer (line, word, _ (option->help));
      }
}

/* ---- reading the line ---- */

static void
take_value (Line *line, const SatOption *option, const char *value)
{
  if (!g_str_equal (option->name, "home"))
    return;
  g_free (line->cli->home);
  /* The shell has not put the person's folder in yet. */
  line->cli->home = g_str_has_prefix (value, "~/")
                        ? g_build_filename (g_get_home_dir (), value + 2, NULL)
                        : g_strdup (value);
  line->cli->home_given = TRUE;
}

static void
take_option (Line *line, const char *word)
{
  const char *name = word + strspn (word, "-");
  gsize length = strcspn (name, "=");
  const SatOption *option = find_option (line, name, length);

  if (option == NULL)
    return;
  g_hash_table_add (line->given, (gpointer) option->name);
  if (option->value != NULL && name[length] == '=')
    take_value (line, option, name + length + 1);
  else if (option->value != NULL)
    line->open = option;
}

static void
take_word (Line *line, const char *word)
{
  guint used = 0;

  /* In place of the NULL at the end. */
  g_ptr_array_index (line->words, line->words->len - 1) = g_strdup (word);
  g_ptr_array_add (line->words, NULL);
  if (line->command != NULL)
    return;
  line->command = sat_command_find ((const char *const *) line->words->pdata, &used);
  if (line->command != NULL)
    g_ptr_array_remove_range (line->words, 0, used);
}

static void
take (Line *line, const char *word)
{
  if (line->open != NULL)
    {
      take_value (line, line->open, word);
      line->open = NULL;
    }
  else if (line->only_words || word[0] != '-' || word[1] == '\0')
    take_word (line, word);
  else if (g_str_equal (word, "--"))
    line->only_words = TRUE;
  else
    take_option (line, word);
}

static SatCompleteKind
complete_word (Line *line)
{
  const char *first = g_ptr_array_index (line->words, 0);
  g_autofree char *slot = NULL;

  if (line->command == NULL)
    {
      if (line->words->len <= 2)
        complete_commands (line, first);
      return SAT_COMPLETE_WORDS;
    }
  /* "doctor" is a command, and so is "doctor config". */
  if (line->words->len == 1 && strchr (line->command->name, ' ') == NULL)
    complete_commands (line, line->command->name);
  slot = slot_at (line->command->words, line->words->len - 1);
  return complete_slot (line, slot);
}

static SatCompleteKind
complete (Line *line)
{
  const char *equals = strchr (line->text, '=');
  const SatOption *option = line->open;

  if (option == NULL && !line->only_words && line->text[0] == '-')
    {
      if (equals == NULL)
        {
          complete_options (line);
          return SAT_COMPLETE_WORDS;
        }
      option = find_option (line, line->text + strspn (line->text, "-"),
                            (gsize) (equals - line->text) - strspn (line->text, "-"));
      keep (line, (gsize) (equals + 1 - line->text));
      if (option == NULL)
        return SAT_COMPLETE_WORDS;
    }
  if (option != NULL)
    return option->value != NULL ? complete_slot (line, option->value) : SAT_COMPLETE_WORDS;
  return complete_word (line);
}

SatCompleteKind
sat_complete (
    SatCli *cli, const char *const *words, SatCompleteFunc found, gpointer data, char **prefix)
{
  g_auto (Line) line = {
    .cli = cli,
    .words = g_ptr_array_new_with_free_func (g_free),
    .given = g_hash_table_new (g_str_hash, g_str_equal),
    .head = g_strdup (""),
    .found = found,
    .data = data,
  };
  SatCompleteKind kind;

  g_ptr_array_add (line.words, NULL);
  while (words[0] != NULL && words[1] != NULL)
    take (&line, *words++);
  line.text = g_strdup (words[0] != NULL ? words[0] : "");
  kind = complete (&line);
  *prefix = g_strdup (line.head);
  return kind;
}
