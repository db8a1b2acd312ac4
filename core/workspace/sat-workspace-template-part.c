/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is there and alive is left as it is; what was deleted lives again with what the template
 * says. */
#include <string.h>

#include "core/catalogue/sat-definition.h"
#include "core/catalogue/sat-template-private.h"
#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-shape.h"
#include "core/workspace/sat-workspace-shown.h"
#include "core/workspace/sat-workspace-template-private.h"

gboolean
sat_applying_init (SatApplying *applying,
                   SatWorkspace *workspace,
                   const SatTemplate *made,
                   const char *language,
                   GError **error)
{
  g_autofree char *text = sat_meta_get (workspace->replica, SAT_META_WORKSPACE);

  *applying = (SatApplying){ .workspace = workspace, .made = made, .language = language };
  if (text == NULL || !sat_id_parse (text, &applying->space))
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("this laptop does not know its workspace yet; sync first"), NULL);
  applying->parts = g_hash_table_new (g_str_hash, g_str_equal);
  applying->kept = g_string_chunk_new (256);
  for (guint i = 0; i < made->items->len; i++)
    {
      const SatTemplateItem *item = made->items->pdata[i];

      for (guint k = 0; k < item->parts->len; k++)
        {
          SatTemplatePart *part = item->parts->pdata[k];

          if (part->id != NULL)
            g_hash_table_insert (applying->parts, part->id, part);
        }
    }
  return TRUE;
}

void
sat_applying_clear (SatApplying *applying)
{
  g_clear_pointer (&applying->parts, g_hash_table_unref);
  g_clear_pointer (&applying->kept, g_string_chunk_free);
}

/* ---- names ---- */

static void
part_id (const SatApplying *applying, const char *part, SatId *id)
{
  g_autofree char *seed = g_strdup_printf ("template:%s:%s", applying->made->name, part);

  sat_id_derive (&applying->space, seed, strlen (seed), id);
}

/* Of a definition its name on the wire, of a record its id. */
static const char *
name_of (const char *id, gpointer data)
{
  SatApplying *applying = data;
  const SatTemplatePart *part = g_hash_table_lookup (applying->parts, id);
  char own[SAT_CUSTOM_NAME_SIZE];
  char text[SAT_ID_TEXT_SIZE];
  SatId record;

  if (part == NULL)
    return NULL;
  part_id (applying, id, &record);
  return g_string_chunk_insert_const (applying->kept, part->kind == SAT_PART_RECORD
                                                          ? sat_id_format (&record, text)
                                                          : sat_custom_name (&record, own));
}

/* Kept as long as APPLYING; NULL for NULL. The reader has seen to it that all names are there. */
static const char *
expand (SatApplying *applying, const char *text)
{
  g_autofree char *expanded = text != NULL ? sat_template_expand (text, name_of, applying, NULL)
                                           : NULL;

  return expanded != NULL ? g_string_chunk_insert_const (applying->kept, expanded) : NULL;
}

static const char *
value_in (SatApplying *applying, const SatTemplateValue *value)
{
  const char *text = sat_two_texts_in (&value->value, applying->language);

  return sat_template_names_in (value->field) ? expand (applying, text) : text;
}

static SatShaped
place_of (SatApplying *applying, const SatTemplatePart *part)
{
  return (SatShaped){ expand (applying, part->object), expand (applying, part->field),
                      expand (applying, part->choice) };
}

/* ---- which record ---- */

static gboolean
is_definition (const SatTemplatePart *part)
{
  return part->kind <= SAT_PART_CHOICE;
}

static SatDefines
defines (const SatTemplatePart *part)
{
  return part->kind == SAT_PART_OBJECT  ? SAT_DEFINES_OBJECT
         : part->kind == SAT_PART_FIELD ? SAT_DEFINES_FIELD
                                        : SAT_DEFINES_CHOICE;
}

static const char *
text_of (SatApplying *applying, const SatTemplatePart *part, const char *field)
{
  const SatTwoTexts *texts = sat_template_value (part, field);

  return texts != NULL ? expand (applying, sat_two_texts_in (texts, applying->language)) : NULL;
}

gboolean
sat_part_record (SatApplying *applying,
                 const SatTemplatePart *part,
                 const SatObject **object,
                 SatId *id,
                 GError **error)
{
  const SatShaped place = place_of (applying, part);
  const char *name;

  if (part->kind == SAT_PART_CHANGE)
    return sat_workspace_definition_id (applying->workspace, &place, id, object, error);
  if (part->kind == SAT_PART_GRANT)
    {
      sat_workspace_permission_id (text_of (applying, part, "role"), place.object, place.field, id);
      name = "permission";
    }
  else
    {
      part_id (applying, part->id, id);
      name = is_definition (part) ? sat_defines_object (defines (part)) : place.object;
    }
  *object = sat_workspace_object (applying->workspace, name, error);
  return *object != NULL;
}

static const char *
said (const SatRecord *record, const char *name)
{
  const SatField *field = sat_object_find (sat_record_object (record), name);

  return field != NULL ? sat_record_get (record, field) : NULL;
}

gboolean
sat_part_is_gone (const SatRecord *record)
{
  return sat_record_deleted (record) || g_strcmp0 (said (record, "retired"), "yes") == 0;
}

/* What a value of a grant is called in its record. */
static char *
granted_name (const char *field)
{
  return sat_right_from_name (field) >= 0 ? g_strconcat ("may_", field, NULL) : g_strdup (field);
}

void
sat_part_describe (SatApplying *applying,
                   const SatTemplatePart *part,
                   const SatRecord *record,
                   GString *out)
{
  const SatObject *object = record != NULL ? sat_record_object (record) : NULL;

  (void) applying;
  g_string_append_printf (out, "%s %s\n", part->id != NULL ? part->id : part->object,
                          record == NULL                ? "none"
                          : sat_record_deleted (record) ? "dead"
                                                        : "live");
  if (object == NULL)
    return;
  if (part->id != NULL)
    for (guint i = 0; i < object->n_fields; i++)
      {
        const char *value = sat_record_get (record, object->fields[i]);

        if (value != NULL)
          g_string_append_printf (out, "%s=%s\n", object->fields[i]->name, value);
      }
  /* A record that others may say something in as well. */
  for (guint i = 0; part->id == NULL && i < part->values->len; i++)
    {
      const SatTemplateValue *value = part->values->pdata[i];
      g_autofree char *name = granted_name (value->field);
      const char *now = said (record, name);

      g_string_append_printf (out, "%s=%s\n", name, now ? now : "");
    }
}

/* ---- definitions ---- */

static gboolean
define (SatApplying *applying, const SatTemplatePart *part, GError **error)
{
  const SatShaped of = place_of (applying, part);
  g_autoptr (GArray) sayings = g_array_new (TRUE, TRUE, sizeof (SatSaying));
  g_autoptr (SatRecord) record = NULL;
  const SatObject *object;
  SatId id;

  if (!sat_part_record (applying, part, &object, &id, error))
    return FALSE;
  record = sat_list_load (applying->workspace->replica, object, &id, NULL);
  for (guint i = 0; i < part->values->len; i++)
    {
      const SatTemplateValue *value = part->values->pdata[i];
      SatSaying saying = { value->field, value_in (applying, value) };

      if (record == NULL || sat_record_deleted (record))
        g_array_append_val (sayings, saying);
    }
  if (record != NULL)
    {
      SatSaying used = { "retired", NULL };

      g_array_append_val (sayings, used);
    }
  return sat_workspace_define_as (applying->workspace, &of, &id,
                                  (const SatSaying *) (const void *) sayings->data, error);
}

static gboolean
change (SatApplying *applying, const SatTemplatePart *part, GError **error)
{
  const SatShaped what = place_of (applying, part);
  g_autoptr (GArray) sayings = g_array_new (TRUE, TRUE, sizeof (SatSaying));

  for (guint i = 0; i < part->values->len; i++)
    {
      const SatTemplateValue *value = part->values->pdata[i];
      SatSaying saying = { value->field, value_in (applying, value) };

      g_array_append_val (sayings, saying);
    }
  return sat_workspace_redefine (applying->workspace, &what,
                                 (const SatSaying *) (const void *) sayings->data, error);
}

gboolean
sat_part_define (SatApplying *applying, const SatTemplatePart *part, GError **error)
{
  if (is_definition (part))
    return define (applying, part, error);
  return part->kind != SAT_PART_CHANGE || change (applying, part, error);
}

/* ---- grants ---- */

static gboolean
not_a_right (const char *field, const char *value, GError **error)
{
  return sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s” cannot be “%s” in a <grant>"), field, value,
                   NULL);
}

static gboolean
grant (SatApplying *applying, const SatTemplatePart *part, GError **error)
{
  const SatShaped of = place_of (applying, part);
  SatGrant said_of = { .object = of.object, .field = of.field, .access = -1 };
  const char *role = NULL;

  for (guint i = 0; i < SAT_N_RIGHTS; i++)
    said_of.rights[i] = -1;
  for (guint i = 0; i < part->values->len; i++)
    {
      const SatTemplateValue *value = part->values->pdata[i];
      const char *text = value_in (applying, value);
      int right = sat_right_from_name (value->field);

      if (strcmp (value->field, "role") == 0)
        role = text;
      else if (right >= 0)
        said_of.rights[right] = sat_reach_from_name (text);
      else
        said_of.access = sat_field_access_from_name (text);
      if (role != text && (right >= 0 ? said_of.rights[right] : said_of.access) < 0)
        return not_a_right (value->field, text, error);
    }
  return sat_workspace_grant (applying->workspace, role, &said_of, error);
}

/* ---- records ---- */

/* Conditions and fields of views and segments must be there; other objects see to that when they
 * are saved. */
static gboolean
check_view (SatApplying *applying, const SatDraft *draft, GError **error)
{
  static const char *const lists[] = { "sort", "columns", "grouping" };
  const SatObject *view = sat_draft_object (draft);
  const char *of = sat_draft_get (draft, sat_object_find (view, "object"));
  const char *condition = sat_draft_get (draft, sat_object_find (view, "condition"));
  const SatObject *object = sat_workspace_object (applying->workspace, of ? of : "", error);
  g_autoptr (SatExpression) where = NULL;

  if (object == NULL)
    return FALSE;
  if (condition != NULL)
    where = sat_expression_parse (object, condition, SAT_EXPRESSION_FILTER, NULL, error);
  if (condition != NULL && where == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      const SatField *field = sat_object_find (view, lists[i]);
      const char *text = field != NULL ? sat_draft_get (draft, field) : NULL;
      g_auto (GStrv) names = g_strsplit (text != NULL ? text : "", ",", -1);

      for (guint k = 0; names[k] != NULL; k++)
        if (sat_workspace_field_shown (applying->workspace, object, names[k] + (*names[k] == '-'),
                                       error) == NULL)
          return FALSE;
    }
  return TRUE;
}

/* Texts are as a person types them; what is named by “{id}” is an id. */
static gboolean
set_value (SatApplying *applying, SatDraft *draft, const SatTemplateValue *value, GError **error)
{
  const SatObject *object = sat_draft_object (draft);
  const char *name = expand (applying, value->field);
  const SatField *field = name != NULL ? sat_object_find (object, name) : NULL;
  const char *text = value_in (applying, value);
  SatId id;

  if (field == NULL)
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("%s has no field “%s”"), object->name,
                     value->field, NULL);
  if (field->type->id == SAT_TYPE_REFERENCE)
    {
      if (!sat_id_parse (text, &id))
        return sat_fail (error, SAT_ERROR_INVALID,
                         N_ ("%s: a template can only name what it makes itself, as {id}"),
                         sat_field_word (field), NULL);
      sat_draft_set (draft, field, text);
      return TRUE;
    }
  return sat_draft_set_input (draft, field, text, error);
}

static SatDraft *
draft_of (
    SatApplying *applying, const SatObject *object, const SatId *id, gboolean there, GError **error)
{
  g_autoptr (SatRecord) record = NULL;
  SatDraft *draft;

  if (!there)
    {
      draft = sat_draft_new (object);
      sat_draft_set_id (draft, id);
      return draft;
    }
  if (!sat_workspace_undelete (applying->workspace, object, id, error))
    return NULL;
  record = sat_workspace_load (applying->workspace, object, id, error);
  return record != NULL ? sat_draft_edit (record) : NULL;
}

static gboolean
write_record (SatApplying *applying, const SatTemplatePart *part, GError **error)
{
  g_autoptr (SatRecord) record = NULL;
  g_autoptr (SatDraft) draft = NULL;
  const SatObject *object;
  SatId id;

  if (!sat_part_record (applying, part, &object, &id, error))
    return FALSE;
  record = sat_list_load (applying->workspace->replica, object, &id, NULL);
  if (record != NULL && !sat_record_deleted (record))
    return TRUE;
  draft = draft_of (applying, object, &id, record != NULL, error);
  for (guint i = 0; draft != NULL && i < part->values->len; i++)
    if (!set_value (applying, draft, part->values->pdata[i], error))
      return FALSE;
  if (draft == NULL ||
      ((strcmp (object->name, "view") == 0 || strcmp (object->name, "segment") == 0) &&
       !check_view (applying, draft, error)))
    return FALSE;
  return sat_workspace_save (applying->workspace, draft, NULL, error);
}

gboolean
sat_part_write (SatApplying *applying, const SatTemplatePart *part, GError **error)
{
  if (part->kind == SAT_PART_GRANT)
    return grant (applying, part, error);
  return part->kind != SAT_PART_RECORD || write_record (applying, part, error);
}
