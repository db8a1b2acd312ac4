/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/automation/sat-rule-words.h"

#include <string.h>

/* ---- words ---- */

char *
sat_words_find (char *text, gunichar sign)
{
  gunichar wide = sign == ':' ? 0xff1a : sign == ';' ? 0xff1b : sign == ',' ? 0xff0c : 0xff1d;
  gunichar quote = 0;
  int depth = 0;

  for (char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (quote != 0)
        {
          if (c == quote)
            quote = 0;
        }
      else if (c == '"' || c == '\'')
        quote = c;
      else if (c == 0x201c || c == 0x2018)
        quote = c + 1;
      else if (c == '(' || c == '[' || c == 0xff08)
        depth++;
      else if (c == ')' || c == ']' || c == 0xff09)
        depth--;
      else if (depth <= 0 && (c == sign || c == wide))
        return p;
    }
  return NULL;
}

char *
sat_words_cut (char *text, gunichar sign)
{
  char *at = sat_words_find (text, sign);
  char *rest = at != NULL ? g_utf8_next_char (at) : NULL;

  if (at != NULL)
    *at = '\0';
  g_strchomp (text);
  return rest != NULL ? g_strchug (rest) : NULL;
}

char *
sat_words_after (char *text, const char *word)
{
  gsize length = strlen (word);

  if (g_ascii_strncasecmp (text, word, length) != 0 ||
      (text[length] != '\0' && text[length] != ' '))
    return NULL;
  return g_strchug (text + length);
}

char *
sat_words_last_after (char *text, const char *word)
{
  g_autofree char *between = g_strconcat (" ", word, " ", NULL);
  char *at = g_strrstr (text, between);
  char *rest = at != NULL ? at + strlen (between) : NULL;

  if (at == NULL)
    return NULL;
  *at = '\0';
  g_strchomp (text);
  return g_strstrip (rest);
}

/* ---- an action and its words ---- */

void
sat_action_words_free (SatActionWords *words)
{
  if (words == NULL)
    return;
  g_free (words->target);
  g_free (words->value);
  g_free (words->more);
  g_free (words);
}

static SatActionWords *
make (SatActionForm form, const char *target, const char *value, const char *more)
{
  SatActionWords *words = g_new0 (SatActionWords, 1);

  words->form = form;
  words->target = g_strdup (target != NULL ? target : "");
  words->value = g_strdup (value != NULL ? value : "");
  words->more = g_strdup (more != NULL ? more : "");
  return words;
}

/* "TAG" to FIELD; the quotation marks are left out. */
static SatActionWords *
read_tag (SatActionForm form, char *text)
{
  const char *field = sat_words_last_after (text, form == SAT_ACTION_FORM_ADD ? "to" : "from");
  gsize length = strlen (text);

  if (length >= 2 && (*text == '"' || *text == '\'') && text[length - 1] == *text)
    {
      text[length - 1] = '\0';
      text++;
    }
  return make (form, field != NULL ? field : "tags", text, NULL);
}

/* [FIELD] in turn: …, [FIELD] least busy: …, [FIELD] by FIELD: … */
static SatActionWords *
read_assign (char *text)
{
  const char *people = sat_words_cut (text, ':');
  g_autofree char *how = g_strconcat (" ", text, NULL);
  const char *by = people != NULL ? sat_words_last_after (how, "by") : NULL;
  SatActionForm form = SAT_ACTION_FORM_ASSIGN_BY;

  if (people == NULL)
    return NULL;
  if (by == NULL && g_str_has_suffix (how, " in turn"))
    {
      form = SAT_ACTION_FORM_ASSIGN_IN_TURN;
      how[strlen (how) - strlen (" in turn")] = '\0';
    }
  else if (by == NULL && g_str_has_suffix (how, " least busy"))
    {
      form = SAT_ACTION_FORM_ASSIGN_LEAST_BUSY;
      how[strlen (how) - strlen (" least busy")] = '\0';
    }
  else if (by == NULL)
    return NULL;
  g_strstrip (how);
  return make (form, *how != '\0' ? how : "owner", people, by);
}

static SatActionWords *
read_line (char *line)
{
  char *rest, *value;

  if ((rest = sat_words_after (line, "set")) != NULL)
    return (value = sat_words_cut (rest, '=')) != NULL
               ? make (SAT_ACTION_FORM_SET, rest, value, NULL)
               : NULL;
  if ((rest = sat_words_after (line, "clear")) != NULL)
    return make (SAT_ACTION_FORM_CLEAR, rest, NULL, NULL);
  if ((rest = sat_words_after (line, "add")) != NULL)
    return read_tag (SAT_ACTION_FORM_ADD, rest);
  if ((rest = sat_words_after (line, "remove")) != NULL)
    return read_tag (SAT_ACTION_FORM_REMOVE, rest);
  if ((rest = sat_words_after (line, "create")) != NULL)
    return (value = sat_words_cut (rest, ':')) != NULL
               ? make (SAT_ACTION_FORM_CREATE, rest, value, NULL)
               : NULL;
  if ((rest = sat_words_after (line, "notify")) != NULL)
    return (value = sat_words_cut (rest, ':')) != NULL
               ? make (SAT_ACTION_FORM_NOTIFY, rest, value, NULL)
               : NULL;
  if ((rest = sat_words_after (line, "queue")) != NULL &&
      (value = sat_words_cut (rest, ':')) != NULL && g_ascii_strcasecmp (rest, "message") == 0)
    {
      const char *more = sat_words_cut (value, ';');

      return make (SAT_ACTION_FORM_QUEUE, NULL, value, more);
    }
  if ((rest = sat_words_after (line, "request")) != NULL)
    {
      value = sat_words_cut (rest, ':');
      return g_ascii_strcasecmp (rest, "approval") == 0
                 ? make (SAT_ACTION_FORM_REQUEST, NULL, value, NULL)
                 : NULL;
    }
  return (rest = sat_words_after (line, "assign")) != NULL ? read_assign (rest) : NULL;
}

SatActionWords *
sat_action_words_read (const char *line)
{
  g_autofree char *copy = g_strstrip (g_strdup (line));
  SatActionWords *words = read_line (copy);

  return words != NULL ? words : make (SAT_ACTION_FORM_TEXT, NULL, line, NULL);
}

char *
sat_action_words_write (const SatActionWords *words)
{
  const char *target = words->target, *value = words->value, *more = words->more;
  g_autofree char *line = NULL;

  switch (words->form)
    {
    case SAT_ACTION_FORM_SET:
      line = g_strdup_printf ("set %s = %s", target, value);
      break;
    case SAT_ACTION_FORM_CLEAR:
      line = g_strdup_printf ("clear %s", target);
      break;
    case SAT_ACTION_FORM_ADD:
      line = g_strdup_printf ("add \"%s\" to %s", value, target);
      break;
    case SAT_ACTION_FORM_REMOVE:
      line = g_strdup_printf ("remove \"%s\" from %s", value, target);
      break;
    case SAT_ACTION_FORM_CREATE:
      line = g_strdup_printf ("create %s: %s", target, value);
      break;
    case SAT_ACTION_FORM_NOTIFY:
      line = g_strdup_printf ("notify %s: %s", target, value);
      break;
    case SAT_ACTION_FORM_QUEUE:
      line = g_strdup_printf ("queue message: %s%s%s", value, *more != '\0' ? "; " : "", more);
      break;
    case SAT_ACTION_FORM_REQUEST:
      line = g_strdup_printf ("request approval%s%s", *value != '\0' ? ": " : "", value);
      break;
    case SAT_ACTION_FORM_ASSIGN_IN_TURN:
      line = g_strdup_printf ("assign %s in turn: %s", target, value);
      break;
    case SAT_ACTION_FORM_ASSIGN_LEAST_BUSY:
      line = g_strdup_printf ("assign %s least busy: %s", target, value);
      break;
    case SAT_ACTION_FORM_ASSIGN_BY:
      line = g_strdup_printf ("assign %s by %s: %s", target, more, value);
      break;
    case SAT_ACTION_FORM_TEXT:
    case SAT_N_ACTION_FORMS:
    default:
      line = g_strdup (value);
      break;
    }
  return g_strdelimit (g_steal_pointer (&line), "\n\r", ' ');
}
