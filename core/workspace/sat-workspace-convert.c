/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/workspace/sat-workspace-convert.h"

#include <string.h>

#include "core/base/sat-error.h"
#include "core/base/sat-text.h"
#include "core/workspace/sat-workspace-private.h"

typedef struct
{
  SatWorkspace *workspace;
  const SatObject *lead_object;
  const SatRecord *lead;
  const SatConvertOptions *options;
  SatConverted *converted;
} Convert;

static const char *
value_of (const Convert *convert, const char *name)
{
  const SatField *field = sat_object_find (convert->lead_object, name);

  return field != NULL ? sat_record_get (convert->lead, field) : NULL;
}

static gboolean
has_value (const Convert *convert, const char *name)
{
  const char *value = value_of (convert, name);

  return value != NULL && *value != '\0';
}

static void
set (SatDraft *draft, const char *name, const char *value)
{
  const SatField *field = sat_object_find (sat_draft_object (draft), name);

  if (field != NULL && !field->hidden && value != NULL)
    sat_draft_set (draft, field, value);
}

static void
set_id (SatDraft *draft, const char *name, const SatId *id)
{
  char text[SAT_ID_TEXT_SIZE];

  set (draft, name, sat_id_format (id, text));
}

/* Can a value of FROM stand in TO? Choices of the same name may have other choices. */
static gboolean
fits (const SatField *from, const SatField *to, const char *value)
{
  return value != NULL && from->type == to->type && !to->hidden && !from->retired &&
         g_strcmp0 (from->reference, to->reference) == 0 &&
         sat_type_allows (to->type, &to->options, value);
}

/* What the lead has goes to the fields of the same name, but for those in WITHOUT. */
static void
copy_values (const Convert *convert, SatDraft *draft, const char *const *without)
{
  const SatObject *object = sat_draft_object (draft);

  for (guint i = 0; i < object->n_fields; i++)
    {
      const SatField *to = object->fields[i];
      const SatField *from = sat_object_find (convert->lead_object, to->name);
      const char *value = from != NULL ? sat_record_get (convert->lead, from) : NULL;

      if (from != NULL && !g_strv_contains (without, to->name) && fits (from, to, value))
        sat_draft_set (draft, to, value);
    }
}

static SatDraft *
begin (const Convert *convert, const char *name, GError **error)
{
  const SatObject *object = sat_workspace_object (convert->workspace, name, error);
  SatDraft *draft = object != NULL ? sat_draft_new (object) : NULL;

  if (draft != NULL)
    sat_draft_set_book (draft, sat_record_book (convert->lead));
  return draft;
}

/* ---- the customer ---- */

static gboolean
check_known (const Convert *convert, const SatObject *object, const char *name, GError **error)
{
  g_autofree char *word = g_strconcat ("/", name, NULL);
  g_autoptr (GError) none = NULL;
  char text[SAT_ID_TEXT_SIZE];
  gboolean one;
  SatId id;

  if (convert->options->even_if_known)
    return TRUE;
  one = sat_workspace_find (convert->workspace, object, word, &id, &none);
  if (!one && g_error_matches (none, SAT_ERROR, SAT_ERROR_NOT_FOUND))
    return TRUE;
  if (!one && !g_error_matches (none, SAT_ERROR, SAT_ERROR_AMBIGUOUS))
    {
      g_propagate_error (error, g_steal_pointer (&none));
      return FALSE;
    }
  return one ? sat_fail (error, SAT_ERROR_AMBIGUOUS,
                         N_ ("there is a customer “%s” already, %s; --customer says that it is the "
                             "same one, --new that it is another"),
                         name, sat_id_format (&id, text), NULL)
             : sat_fail (error, SAT_ERROR_AMBIGUOUS,
                         N_ ("there are several customers “%s” already; --customer says which one "
                             "it is, --new that it is another"),
                         name, NULL);
}

static gboolean
make_customer (const Convert *convert, GError **error)
{
  static const char *const of_company[] = { "name", "email", "kind", NULL };
  static const char *const of_person[] = { "name", "kind", NULL };
  gboolean company = has_value (convert, "company");
  g_autoptr (SatDraft) draft = begin (convert, "customer", error);
  const char *name = sat_lead_customer_name (convert->lead);

  if (draft == NULL || !check_known (convert, sat_draft_object (draft), name, error))
    return FALSE;
  copy_values (convert, draft, company ? of_company : of_person);
  set (draft, "name", name);
  set (draft, "kind", company ? "company" : "person");
  if (!has_value (convert, "phone") && !company)
    set (draft, "phone", value_of (convert, "mobile"));
  convert->converted->is_new = TRUE;
  return sat_workspace_save (convert->workspace, draft, &convert->converted->customer, error);
}

/* ---- contact and deal ---- */

static gboolean
make_contact (const Convert *convert, GError **error)
{
  static const char *const without[] = { "name", "customer", "tags", "notes", NULL };
  g_autoptr (SatDraft) draft = begin (convert, "contact", error);

  if (draft == NULL)
    return FALSE;
  copy_values (convert, draft, without);
  set (draft, "name", value_of (convert, "name"));
  set_id (draft, "customer", &convert->converted->customer);
  convert->converted->has_contact = TRUE;
  return sat_workspace_save (convert->workspace, draft, &convert->converted->contact, error);
}

static gboolean
make_deal (const Convert *convert, GError **error)
{
  static const char *const without[] = {
    "name", "customer", "contact", "notes", "lost_reason", NULL
  };
  g_autoptr (SatDraft) draft = begin (convert, "deal", error);
  const SatField *name;

  if (draft == NULL)
    return FALSE;
  copy_values (convert, draft, without);
  name = sat_object_find (sat_draft_object (draft), "name");
  if (!sat_draft_set_input (draft, name, convert->options->deal, error))
    return FALSE;
  set_id (draft, "customer", &convert->converted->customer);
  if (convert->converted->has_contact)
    set_id (draft, "contact", &convert->converted->contact);
  set (draft, "notes", value_of (convert, "need"));
  convert->converted->has_deal = TRUE;
  return sat_workspace_save (convert->workspace, draft, &convert->converted->deal, error);
}

/* ---- the lead ---- */

gboolean
sat_lead_is_converted (const SatRecord *lead)
{
  const SatField *status = sat_object_find (sat_record_object (lead), "status");

  return status != NULL && g_strcmp0 (sat_record_get (lead, status), "converted") == 0;
}

const char *
sat_lead_customer_name (const SatRecord *lead)
{
  const SatField *field = sat_object_find (sat_record_object (lead), "company");
  const char *company = field != NULL ? sat_record_get (lead, field) : NULL;

  return company != NULL && *company != '\0' ? company : sat_record_title (lead);
}

static gboolean
mark_lead (const Convert *convert, GError **error)
{
  g_autoptr (SatDraft) draft = sat_draft_edit (convert->lead);
  const SatConverted *made = convert->converted;
  gint64 now_ms = sat_platform_now_ms (sat_workspace_platform (convert->workspace));
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (now_ms / 1000);
  g_autofree char *now = g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");

  set (draft, "status", "converted");
  set (draft, "converted_at", now);
  set_id (draft, "customer", &made->customer);
  if (made->has_contact)
    set_id (draft, "contact", &made->contact);
  if (made->has_deal)
    set_id (draft, "deal", &made->deal);
  return sat_workspace_save (convert->workspace, draft, NULL, error);
}

/* Several saves in one transaction: one step. */
static gboolean
run (const Convert *convert, GError **error)
{
  if (convert->options->customer != NULL)
    convert->converted->customer = *convert->options->customer;
  else if (!make_customer (convert, error))
    return FALSE;
  return (!has_value (convert, "company") || make_contact (convert, error)) &&
         (convert->options->deal == NULL || make_deal (convert, error)) &&
         mark_lead (convert, error);
}

gboolean
sat_workspace_convert (SatWorkspace *workspace,
                       const SatId *id,
                       const SatConvertOptions *options,
                       SatConverted *converted,
                       GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, SAT_LEAD, error);
  g_autoptr (SatRecord) lead = object != NULL ? sat_workspace_load (workspace, object, id, error)
                                              : NULL;
  const Convert convert = { workspace, object, lead, options, converted };

  memset (converted, 0, sizeof *converted);
  if (lead == NULL)
    return FALSE;
  if (sat_record_deleted (lead))
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s” was deleted; restore it first"),
                     sat_record_title (lead), NULL);
  if (sat_lead_is_converted (lead))
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("“%s” is converted already; what it became stands in it"),
                     sat_record_title (lead), NULL);
  if (!sat_workspace_begin (workspace, error))
    return FALSE;
  if (run (&convert, error))
    return sat_workspace_commit (workspace, error);
  sat_workspace_rollback (workspace);
  return FALSE;
}
