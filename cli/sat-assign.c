/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file is read only as far as a value may be long, so a wrong name cannot fill the memory. */
#include "cli/sat-assign.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "core/base/sat-text.h"
#include "core/value/sat-picture.h"
#include "core/workspace/sat-workspace-files.h"
#include "core/workspace/sat-workspace-import.h"

typedef struct
{
  char *name;
  char kind; /* '=', '+' or '-' */
  const char *value;
} Assignment;

static gboolean
split (const char *word, Assignment *out)
{
  const char *equals = strchr (word, '=');
  gsize length;

  if (equals == NULL || equals == word)
    return FALSE;
  length = (gsize) (equals - word);
  out->kind = '=';
  if (length > 1 && (word[length - 1] == '+' || word[length - 1] == '-'))
    out->kind = word[--length];
  out->name = g_strndup (word, length);
  out->value = equals + 1;
  return TRUE;
}

gboolean
sat_assign_check (const SatArgs *args, guint first, GError **error)
{
  g_autoptr (GHashTable) given = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = first; i < sat_args_n_words (args); i++)
    {
      const char *word = sat_args_word (args, i);
      Assignment assignment;

      if (!split (word, &assignment))
        return sat_usage (error, _ ("“%s” is not of the form FIELD=VALUE"), word);
      if (assignment.kind != '=')
        g_free (assignment.name);
      else if (!g_hash_table_add (given, assignment.name))
        return sat_usage (error, _ ("“%s”: the field has a value already; give it one"), word);
    }
  return TRUE;
}

/* The first LIMIT bytes of the file at most, and a NUL. */
static gboolean
read_file (const char *path, gsize limit, char **out, gsize *length, GError **error)
{
  g_autofree char *text = g_malloc (limit + 1);
  gssize n = 1;
  int fd = open (path, O_RDONLY | O_CLOEXEC);

  *length = 0;
  while (fd >= 0 && n > 0 && *length < limit)
    {
      n = read (fd, text + *length, limit - *length);
      if (n < 0 && errno == EINTR)
        n = 1;
      else if (n > 0)
        *length += (gsize) n;
    }
  if (fd < 0 || n < 0)
    {
      const char *why = g_strerror (errno);

      if (fd >= 0)
        close (fd);
      return sat_fail (error, SAT_ERROR_NOT_FOUND, N_ ("cannot read the file “%s”: %s"), path, why,
                       NULL);
    }
  close (fd);
  text[*length] = '\0';
  *out = g_steal_pointer (&text);
  return TRUE;
}

static gboolean
read_text (const char *path, char **out, GError **error)
{
  const gsize limit = SAT_VALUE_MAX + 1;
  g_autofree char *text = NULL;
  gsize length;

  if (!read_file (path, limit, &text, &length, error))
    return FALSE;
  if (length == limit)
    return sat_fail (error, SAT_ERROR_TOO_LONG,
                     N_ ("the file “%s” is too long for a field; at most 1 MiB"), path, NULL);
  if (!g_utf8_validate_len (text, length, NULL))
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("the file “%s” is not UTF-8 text; save it as UTF-8"), path, NULL);
  *out = g_steal_pointer (&text);
  return TRUE;
}

/* A picture, or the text of one. */
static gboolean
read_picture (const char *path, char **out, GError **error)
{
  const gsize limit = 16 * 1024 * 1024; /* so that the message can say how large it is */
  g_autofree char *bytes = NULL;
  gsize length;

  if (!read_file (path, limit, &bytes, &length, error))
    return FALSE;
  if (!sat_picture_recognise ((const guint8 *) bytes, length, NULL) && length < SAT_VALUE_MAX &&
      g_utf8_validate_len (bytes, length, NULL) &&
      sat_type_get (SAT_TYPE_PICTURE)->parse (NULL, bytes, out, NULL))
    return TRUE;
  *out = sat_picture_from_bytes ((const guint8 *) bytes, length, error);
  return *out != NULL;
}

/* Keeps the file; it is nobody's until the record is saved. */
static gboolean
attach (SatWorkspace *workspace, const char *path, char **out, GError **error)
{
  g_autofree char *data = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize length;

  if (!read_file (path, SAT_FILE_MAX + 1, &data, &length, error))
    return FALSE;
  bytes = g_bytes_new_take (g_steal_pointer (&data), length);
  *out = sat_workspace_attach (workspace, path, bytes, error);
  return *out != NULL;
}

/* What the person wrote, with @FILE read. */
static gboolean
take_input (
    SatWorkspace *workspace, const SatField *field, const char *value, char **out, GError **error)
{
  if (value[0] != '@')
    *out = g_strdup (value);
  else if (value[1] == '@')
    *out = g_strdup (value + 1);
  else if (field->type->id == SAT_TYPE_PICTURE)
    return read_picture (value + 1, out, error);
  else if (field->type->id == SAT_TYPE_ATTACHMENT)
    return attach (workspace, value + 1, out, error);
  else
    return read_text (value + 1, out, error);
  return TRUE;
}

static gboolean
find_reference (
    SatWorkspace *workspace, const SatField *field, const char *input, char **out, GError **error)
{
  const SatObject *object = sat_catalogue_find (field->object->catalogue, field->reference);
  g_autofree char *text = sat_text_tidy (input);
  SatId id;

  *out = NULL;
  if (text == NULL || *text == '\0')
    return TRUE;
  if (!sat_workspace_find_reference (workspace, object, text, &id, error))
    return FALSE;
  *out = sat_id_dup_text (&id);
  return TRUE;
}

/* "FIELD: what is wrong with the value", worded here since one sentence is made of two. */
static gboolean
fail_field (const SatField *field, const GError *cause, GError **error)
{
  g_autofree char *text = sat_cli_word_error (cause);

  g_set_error (error, cause->domain, cause->code, "%s: %s", sat_field_word (field), text);
  return FALSE;
}

gboolean
sat_assign_value (
    SatWorkspace *workspace, const SatField *field, const char *input, char **out, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (field->type->id == SAT_TYPE_REFERENCE)
    {
      if (find_reference (workspace, field, input, out, &cause))
        return TRUE;
    }
  else if (field->type->parse (&field->options, input, out, &cause))
    return TRUE;
  return fail_field (field, cause, error);
}

static gboolean
change_tags (
    SatDraft *draft, const SatField *field, gboolean add, const char *input, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *value = NULL;
  g_auto (GStrv) elements = NULL;

  if (field->type->id != SAT_TYPE_TAGS)
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s” is not a list of tags; write %s=VALUE"),
                     sat_field_word (field), sat_field_word (field), NULL);
  if (!field->type->parse (&field->options, input, &value, &cause))
    {
      /* A tag that may not be added any more can still be taken away. */
      if (add)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      value = sat_text_tidy (input);
    }
  elements = sat_tags_split (value);
  for (guint i = 0; elements[i] != NULL; i++)
    {
      if (add)
        sat_draft_add_element (draft, field, elements[i]);
      else
        sat_draft_remove_element (draft, field, elements[i]);
    }
  return TRUE;
}

static gboolean
apply_to_field (SatWorkspace *workspace,
                SatDraft *draft,
                const SatField *field,
                const Assignment *assignment,
                GError **error)
{
  g_autofree char *input = NULL;
  g_autofree char *value = NULL;

  if (!take_input (workspace, field, assignment->value, &input, error))
    return FALSE;
  if (assignment->kind != '=')
    return change_tags (draft, field, assignment->kind == '+', input, error);
  if (field->type->id != SAT_TYPE_REFERENCE)
    return sat_draft_set_input (draft, field, input, error);
  if (!find_reference (workspace, field, input, &value, error))
    return FALSE;
  sat_draft_set (draft, field, value);
  return TRUE;
}

gboolean
sat_assign_apply (SatWorkspace *workspace, SatDraft *draft, const char *word, GError **error)
{
  Assignment assignment = { 0 };
  g_autofree char *name = NULL;
  g_autoptr (GError) cause = NULL;
  const SatField *field;

  if (!split (word, &assignment))
    return sat_usage (error, _ ("“%s” is not of the form FIELD=VALUE"), word);
  name = assignment.name;
  field = sat_workspace_field (workspace, sat_draft_object (draft), name, error);
  if (field == NULL)
    return FALSE;
  if (apply_to_field (workspace, draft, field, &assignment, &cause))
    return TRUE;
  return fail_field (field, cause, error);
}

gboolean
sat_assign_check_draft (const SatDraft *draft, GError **error)
{
  g_autoptr (GPtrArray) problems = sat_draft_check (draft);
  const SatProblem *first;

  if (problems == NULL || problems->len == 0)
    return TRUE;
  first = g_ptr_array_index (problems, 0);
  if (first->field != NULL)
    return fail_field (first->field, first->error, error);
  g_propagate_error (error, g_error_copy (first->error));
  return FALSE;
}
