/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/automation/sat-rule-action.h"

#include <string.h>

#include "core/automation/sat-rule-words.h"
#include "core/base/sat-text.h"

static void
set_free (gpointer data)
{
  SatActionSet *set = data;

  sat_expression_free (set->value);
  g_free (set);
}

static void
person_free (gpointer data)
{
  SatActionPerson *person = data;

  sat_expression_free (person->user);
  g_free (person->login);
  g_free (person->key);
  g_free (person);
}

void
sat_action_free (SatAction *action)
{
  if (action == NULL)
    return;
  g_ptr_array_unref (action->sets);
  g_ptr_array_unref (action->people);
  sat_expression_free (action->text);
  g_free (action->tag);
  g_free (action);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatAction, sat_action_free)

static SatAction *
action_new (SatActionType type)
{
  SatAction *action = g_new0 (SatAction, 1);

  action->type = type;
  action->sets = g_ptr_array_new_with_free_func (set_free);
  action->people = g_ptr_array_new_with_free_func (person_free);
  return action;
}

/* ---- pieces ---- */

static const SatField *
find_field (const SatObject *object, const char *name, GError **error)
{
  gboolean several;
  const SatField *field = sat_object_find_called (object, name, &several);

  if (field == NULL && sat_object_find_any (object, name) != NULL)
    sat_fail (error, SAT_ERROR_INVALID,
              N_ ("“%s” is computed; a field that people write is expected here"), name, NULL);
  else if (field == NULL)
    sat_fail (error, SAT_ERROR_INVALID, N_ ("%s has no field “%s”"), object->name, name, NULL);
  return field;
}

static SatExpression *
parse_value (const SatObject *object, const char *text, GError **error)
{
  return sat_expression_parse (object, text, SAT_EXPRESSION_VALUE, NULL, error);
}

/* Can VALUE, which gives KIND, stand in FIELD? A text may be what a person would type there. */
static gboolean
check_kind (const SatField *field, SatKind kind, GError **error)
{
  static const SatKind kinds[SAT_N_TYPES] = {
    [SAT_TYPE_INTEGER] = SAT_KIND_NUMBER, [SAT_TYPE_DECIMAL] = SAT_KIND_NUMBER,
    [SAT_TYPE_PERCENT] = SAT_KIND_NUMBER, [SAT_TYPE_MONEY] = SAT_KIND_MONEY,
    [SAT_TYPE_DATE] = SAT_KIND_DATE,      [SAT_TYPE_TIME] = SAT_KIND_TIME,
    [SAT_TYPE_YES_NO] = SAT_KIND_YES_NO,  [SAT_TYPE_CHOICE] = SAT_KIND_CHOICE,
    [SAT_TYPE_TAGS] = SAT_KIND_TAGS,      [SAT_TYPE_REFERENCE] = SAT_KIND_REFERENCE,
    [SAT_TYPE_PLACE] = SAT_KIND_PLACE,
  };
  SatKind wanted = kinds[field->type->id];
  gboolean number = kind == SAT_KIND_INTEGER || kind == SAT_KIND_NUMBER || kind == SAT_KIND_PERCENT;

  if (field->type->id == SAT_TYPE_TAGS || field->type->id == SAT_TYPE_PICTURE)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("“%s” cannot be set as a whole; use add and remove"), field->name, NULL);
  if (kind == SAT_KIND_TEXT || kind == wanted || wanted == SAT_KIND_TEXT ||
      (number && (wanted == SAT_KIND_NUMBER || wanted == SAT_KIND_MONEY)))
    return kind != SAT_KIND_TAGS ||
           sat_fail (error, SAT_ERROR_INVALID, N_ ("tags cannot stand in “%s”"), field->name, NULL);
  return sat_fail (error, SAT_ERROR_INVALID, N_ ("such a value cannot stand in “%s”"), field->name,
                   NULL);
}

/* A text as typed must be a value of FIELD: found out now, not when the rule runs. */
static gboolean
check_literal (const SatField *field, const char *text, GError **error)
{
  g_autofree char *condition = NULL;
  g_autoptr (SatExpression) compared = NULL;

  if ((*text != '"' && *text != '\'') || strchr (text + 1, *text) != text + strlen (text) - 1)
    return TRUE;
  condition = g_strdup_printf ("[%s] = %s", field->name, text);
  compared = sat_expression_parse (field->object, condition, SAT_EXPRESSION_FILTER, NULL, error);
  return compared != NULL;
}

/* "FIELD = VALUE" of TARGET into ACTION; values are over OBJECT. */
static gboolean
add_set (SatAction *action,
         const SatObject *object,
         const SatObject *target,
         char *text,
         gboolean may_be_this,
         GError **error)
{
  char *value = sat_words_cut (text, '=');
  SatActionSet *set;
  const SatField *field;

  if (value == NULL)
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s”: FIELD = VALUE is expected here"), text,
                     NULL);
  field = find_field (target, text, error);
  if (field == NULL)
    return FALSE;
  set = g_new0 (SatActionSet, 1);
  set->field = field;
  g_ptr_array_add (action->sets, set);
  if (field->type->id == SAT_TYPE_ATTACHMENT && strcmp (value, "\"\"") != 0)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("“%s” holds files, which a rule cannot attach; a rule can clear it"),
                     field->name, NULL);
  if (may_be_this && g_ascii_strcasecmp (value, "this") == 0)
    {
      set->is_this = TRUE;
      return (field->type->id == SAT_TYPE_REFERENCE &&
              (strcmp (field->reference, "*") == 0 ||
               strcmp (field->reference, object->name) == 0)) ||
             sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s” cannot name a %s"), field->name,
                       object->name, NULL);
    }
  set->value = parse_value (object, value, error);
  return set->value != NULL && check_kind (field, sat_expression_kind (set->value), error) &&
         check_literal (field, value, error);
}

/* ---- set, clear, tags ---- */

/* What REFERENCE.FIELD leads to: *TEXT is the field's name then. */
static const SatObject *
follow (SatAction *action, const SatObject *object, char **text, GError **error)
{
  char *dot = strchr (*text, '.');
  const SatField *field;
  const SatObject *target;
  gboolean several;

  if (dot == NULL || sat_words_find (*text, '=') == NULL || dot > sat_words_find (*text, '='))
    return object;
  *dot = '\0';
  field = sat_object_find_called (object, g_strstrip (*text), &several);
  target = field != NULL && field->type->id == SAT_TYPE_REFERENCE
               ? sat_catalogue_find (object->catalogue, field->reference)
               : NULL;
  if (target == NULL)
    {
      sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s” is no field of %s that names a record"), *text,
                object->name, NULL);
      return NULL;
    }
  action->through = field;
  *text = g_strchug (dot + 1);
  return target;
}

static SatAction *
parse_set (const SatObject *object, char *text, GError **error)
{
  g_autoptr (SatAction) action = action_new (SAT_ACTION_SET);
  const SatObject *target = follow (action, object, &text, error);

  if (target == NULL || !add_set (action, object, target, text, FALSE, error))
    return NULL;
  return g_steal_pointer (&action);
}

static SatAction *
parse_clear (const SatObject *object, char *text, GError **error)
{
  g_autofree char *line = g_strconcat (text, " = \"\"", NULL);

  return parse_set (object, line, error);
}

static SatAction *
parse_tag (const SatObject *object, SatActionType type, char *text, GError **error)
{
  g_autoptr (SatAction) action = action_new (type);
  const char *name = sat_words_last_after (text, type == SAT_ACTION_ADD ? "to" : "from");
  gsize length;

  if (name == NULL)
    name = "tags";
  action->field = find_field (object, name, error);
  if (action->field == NULL)
    return NULL;
  length = strlen (text);
  if (length >= 2 && (*text == '"' || *text == '\'') && text[length - 1] == *text)
    {
      text[length - 1] = '\0';
      text++;
    }
  if (action->field->type->id != SAT_TYPE_TAGS)
    {
      sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s” is no field with tags"), action->field->name,
                NULL);
      return NULL;
    }
  if (!action->field->type->parse (&action->field->options, text, &action->tag, error))
    return NULL;
  if (action->tag == NULL || strchr (action->tag, '\n') != NULL)
    {
      sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s”: one tag is expected here"), text, NULL);
      return NULL;
    }
  return g_steal_pointer (&action);
}

/* ---- create ---- */

static SatAction *
parse_create (const SatObject *object, char *text, GError **error)
{
  g_autoptr (SatAction) action = action_new (SAT_ACTION_CREATE);
  char *sets = sat_words_cut (text, ':');

  action->object = sat_catalogue_find (object->catalogue, text);
  if (action->object == NULL || action->object->managed || action->object->system ||
      strcmp (action->object->name, "rule") == 0)
    {
      sat_fail (error, SAT_ERROR_INVALID, N_ ("a rule cannot create a “%s”"), text, NULL);
      return NULL;
    }
  while (sets != NULL && *sets != '\0')
    {
      char *rest = sat_words_cut (sets, ';');

      if (action->sets->len >= SAT_ACTION_MAX_PARTS ||
          !add_set (action, object, action->object, sets, TRUE, error))
        return NULL;
      sets = rest;
    }
  for (guint i = 0; i < action->sets->len; i++)
    if (((SatActionSet *) action->sets->pdata[i])->field == action->object->title)
      return g_steal_pointer (&action);
  sat_fail (error, SAT_ERROR_INVALID, N_ ("a new %s needs its field “%s”"), action->object->name,
            action->object->title->name, NULL);
  return NULL;
}

/* “message: SUBJECT; TEXT”: a mail to the customer that is planned, whoever sends it. */
static SatAction *
parse_queue (const SatObject *object, char *text, GError **error)
{
  char *subject = sat_words_cut (text, ':');
  char *body = subject != NULL ? sat_words_cut (subject, ';') : NULL;
  g_autofree char *line = NULL;

  if (g_ascii_strcasecmp (text, "message") != 0 || subject == NULL || *subject == '\0' ||
      (body != NULL && (*body == '\0' || sat_words_find (body, ';') != NULL)))
    {
      sat_fail (error, SAT_ERROR_INVALID,
                N_ ("“%s”: queue message: SUBJECT; TEXT is expected here"), text, NULL);
      return NULL;
    }
  line = g_strdup_printf ("activity: kind = \"mail\"; direction = \"out\"; status = \"planned\";"
                          " subject = %s%s%s",
                          subject, body != NULL ? "; notes = " : "", body != NULL ? body : "");
  return parse_create (object, line, error);
}

/* ---- people ---- */

static gboolean
names_user (const SatField *field)
{
  return field != NULL && field->type->id == SAT_TYPE_REFERENCE &&
         strcmp (field->reference, "user") == 0;
}

/* A field that names a user, or else a login. */
static SatActionPerson *
person_of (const SatObject *object, const char *text)
{
  SatActionPerson *person = g_new0 (SatActionPerson, 1);

  person->user = parse_value (object, text, NULL);
  if (person->user != NULL && sat_expression_kind (person->user) == SAT_KIND_REFERENCE)
    return person;
  g_clear_pointer (&person->user, sat_expression_free);
  person->login = g_strdup (text);
  return person;
}

static SatAction *
parse_notify (const SatObject *object, char *text, GError **error)
{
  g_autoptr (SatAction) action = action_new (SAT_ACTION_NOTIFY);
  char *what = sat_words_cut (text, ':');

  if (what == NULL || *text == '\0')
    {
      sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s”: notify WHO: TEXT is expected here"), text,
                NULL);
      return NULL;
    }
  while (text != NULL && action->people->len < SAT_ACTION_MAX_PARTS)
    {
      char *rest = sat_words_cut (text, ',');

      if (*text != '\0')
        g_ptr_array_add (action->people, person_of (object, text));
      text = rest;
    }
  action->text = parse_value (object, what, error);
  if (action->text == NULL)
    return NULL;
  if (sat_expression_kind (action->text) != SAT_KIND_TEXT)
    {
      sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s”: a text is expected here"), what, NULL);
      return NULL;
    }
  return g_steal_pointer (&action);
}

/* “approval”, perhaps with a note. */
static SatAction *
parse_request (const SatObject *object, char *text, GError **error)
{
  g_autoptr (SatAction) action = action_new (SAT_ACTION_REQUEST);
  char *note = sat_words_cut (text, ':');

  if (g_ascii_strcasecmp (text, "approval") != 0 || (note != NULL && *note == '\0'))
    {
      sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s”: request approval: NOTE is expected here"),
                text, NULL);
      return NULL;
    }
  if (note == NULL)
    return g_steal_pointer (&action);
  action->text = parse_value (object, note, error);
  if (action->text == NULL)
    return NULL;
  if (sat_expression_kind (action->text) != SAT_KIND_TEXT)
    {
      sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s”: a text is expected here"), note, NULL);
      return NULL;
    }
  return g_steal_pointer (&action);
}

/* "LOGIN", or "VALUE = LOGIN" by FIELD. */
static gboolean
add_person (SatAction *action, char *text, GError **error)
{
  SatActionPerson *person = g_new0 (SatActionPerson, 1);
  char *login = action->by != NULL ? sat_words_cut (text, '=') : NULL;

  g_ptr_array_add (action->people, person);
  person->login = g_strdup (login != NULL ? login : text);
  if (action->by == NULL)
    return TRUE;
  if (login == NULL)
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s”: VALUE = LOGIN is expected here"), text,
                     NULL);
  if (g_ascii_strcasecmp (text, "else") == 0)
    return TRUE;
  return action->by->type->parse (&action->by->options, text, &person->key, error) &&
         (person->key != NULL ||
          sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s”: VALUE = LOGIN is expected here"), text,
                    NULL));
}

/* "in turn", "least busy", "by FIELD", perhaps with a field before it. */
static SatAction *
parse_assign_how (const SatObject *object, char *how, GError **error)
{
  g_autoptr (SatAction) action = action_new (SAT_ACTION_ASSIGN_BY);
  g_autofree char *padded = g_strconcat (" ", how, NULL);
  char *by = sat_words_last_after (padded, "by");

  if (by != NULL)
    {
      action->by = find_field (object, by, error);
      if (action->by == NULL)
        return NULL;
    }
  else if (g_str_has_suffix (padded, " in turn"))
    {
      action->type = SAT_ACTION_ASSIGN_IN_TURN;
      padded[strlen (padded) - strlen (" in turn")] = '\0';
    }
  else if (g_str_has_suffix (padded, " least busy"))
    {
      action->type = SAT_ACTION_ASSIGN_LEAST_BUSY;
      padded[strlen (padded) - strlen (" least busy")] = '\0';
    }
  else
    {
      sat_fail (error, SAT_ERROR_INVALID,
                N_ ("“%s”: “in turn”, “least busy” or “by FIELD” is expected here"), how, NULL);
      return NULL;
    }
  g_strstrip (padded);
  action->field = find_field (object, *padded != '\0' ? padded : "owner", error);
  if (action->field == NULL)
    return NULL;
  if (names_user (action->field))
    return g_steal_pointer (&action);
  sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s” does not name a user"), action->field->name, NULL);
  return NULL;
}

static SatAction *
parse_assign (const SatObject *object, char *text, GError **error)
{
  char *people = sat_words_cut (text, ':');
  g_autoptr (SatAction) action = parse_assign_how (object, text, error);
  char *most;

  if (action == NULL)
    return NULL;
  most = people != NULL ? sat_words_last_after (people, "max") : NULL;
  if (most != NULL)
    action->most = g_ascii_strtoll (most, NULL, 10);
  if (most != NULL && action->most <= 0)
    {
      sat_fail (error, SAT_ERROR_INVALID, N_ ("“max %s”: a number above 0 is expected here"), most,
                NULL);
      return NULL;
    }
  while (people != NULL && *people != '\0')
    {
      char *rest = sat_words_cut (people, ',');

      if (action->people->len >= SAT_ACTION_MAX_PARTS || !add_person (action, people, error))
        return NULL;
      people = rest;
    }
  if (action->people->len > 0)
    return g_steal_pointer (&action);
  sat_fail (error, SAT_ERROR_INVALID, N_ ("assign to whom? Logins are expected after the colon"),
            NULL);
  return NULL;
}

/* ---- all of them ---- */

static SatAction *
parse_line (const SatObject *object, char *line, GError **error)
{
  char *rest;

  if ((rest = sat_words_after (line, "set")) != NULL)
    return parse_set (object, rest, error);
  if ((rest = sat_words_after (line, "clear")) != NULL)
    return parse_clear (object, rest, error);
  if ((rest = sat_words_after (line, "add")) != NULL)
    return parse_tag (object, SAT_ACTION_ADD, rest, error);
  if ((rest = sat_words_after (line, "remove")) != NULL)
    return parse_tag (object, SAT_ACTION_REMOVE, rest, error);
  if ((rest = sat_words_after (line, "create")) != NULL)
    return parse_create (object, rest, error);
  if ((rest = sat_words_after (line, "queue")) != NULL)
    return parse_queue (object, rest, error);
  if ((rest = sat_words_after (line, "notify")) != NULL)
    return parse_notify (object, rest, error);
  if ((rest = sat_words_after (line, "request")) != NULL)
    return parse_request (object, rest, error);
  if ((rest = sat_words_after (line, "assign")) != NULL)
    return parse_assign (object, rest, error);
  sat_fail (error, SAT_ERROR_INVALID,
            N_ ("“%s” is no action; one of: set, clear, add, remove, create, queue, notify, "
                "request, assign"),
            line, NULL);
  return NULL;
}

GPtrArray *
sat_actions_parse (const SatObject *object, const char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  g_autoptr (GPtrArray) actions = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_action_free);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = g_strdup (g_strstrip (lines[i]));
      GError *problem = NULL;
      SatAction *action;

      if (*line == '\0')
        continue;
      if (actions->len >= SAT_ACTIONS_MAX)
        {
          sat_fail (error, SAT_ERROR_TOO_LONG,
                    N_ ("a rule has at most 20 actions; make another one"), NULL);
          return NULL;
        }
      action = parse_line (object, line, &problem);
      if (action == NULL)
        {
          sat_error_place (problem, "actions", lines[1] != NULL ? i + 1 : 0, 0);
          g_propagate_error (error, problem);
          return NULL;
        }
      g_ptr_array_add (actions, action);
    }
  if (actions->len > 0)
    return g_steal_pointer (&actions);
  sat_fail (error, SAT_ERROR_INVALID, N_ ("a rule without actions does nothing; say what it does"),
            NULL);
  return NULL;
}
