/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ids of records are kept by their position in the plan; a replica learns of a record by a sync
 * before it writes to it, which the plan takes care of. */
#include "cli/demo/sat-demo-office.h"

#include <gio/gio.h>

#include "cli/demo/sat-demo-text.h"

#define WORKSPACE_NAME "泛帆仪表 Farsail Instruments"
#define MINUTE_MS G_GINT64_CONSTANT (60000)

static const struct
{
  const char *folder, *login, *name, *device, *role;
  const char *books[4];
} people[SAT_DEMO_N_PEOPLE] = {
  [SAT_DEMO_EAST] = { "east",
                      "wang",
                      "王思远",
                      "East laptop",
                      "sales",
                      { "East", "Key accounts" } },
  [SAT_DEMO_WEST] = { "west", "li", "李清扬", "West laptop", "sales", { "West", "Key accounts" } },
  [SAT_DEMO_OFFICE] = { "head-office",
                        "zhao",
                        "赵若曦",
                        "Head office",
                        "manager",
                        { "East", "West", "Key accounts" } },
};
static const char *const book_names[] = { "East", "West", "Key accounts", NULL };

void
sat_demo_office_set_now (SatDemoOffice *office, SatDemoPerson person, gint64 ms)
{
  sat_platform_set_now (office->machines[person], ms);
}

/* ---- writing ---- */

typedef struct
{
  SatWorkspace *replica;
  SatDraft *draft;
  GError **error;
  gboolean failed;
} Writing;

static void
put (const char *name, const char *value, gpointer data)
{
  Writing *writing = data;
  const SatField *field;

  if (writing->failed)
    return;
  field = sat_workspace_field (writing->replica, sat_draft_object (writing->draft), name,
                               writing->error);
  writing->failed = !field || !sat_draft_set_input (writing->draft, field, value, writing->error);
}

static void
put_element (Writing *writing, const char *name, const char *element)
{
  const SatField *field = sat_workspace_field (writing->replica, sat_draft_object (writing->draft),
                                               name, writing->error);

  if (field)
    sat_draft_add_element (writing->draft, field, element);
  else
    writing->failed = TRUE;
}

static void
put_reference (Writing *writing, const char *name, const SatId *id)
{
  char text[SAT_ID_TEXT_SIZE];

  put (name, sat_id_format (id, text), writing);
}

static const SatObject *
object_of (const SatDemoOffice *office, const char *name)
{
  return sat_catalogue_find (office->catalogue, name);
}

/* A draft of a new record, or (ID given) of changes to one; FALSE: it is not there. */
static gboolean
begin_writing (SatDemoOffice *office,
               SatDemoPerson person,
               const char *object,
               const SatId *id,
               Writing *writing,
               GError **error)
{
  writing->replica = office->replicas[person];
  writing->error = error;
  writing->failed = FALSE;
  if (!id)
    {
      writing->draft = sat_draft_new (object_of (office, object));
      return TRUE;
    }
  g_autoptr (SatRecord) record = sat_workspace_load (writing->replica, object_of (office, object),
                                                     id, error);
  writing->draft = record ? sat_draft_edit (record) : NULL;
  return record != NULL;
}

static gboolean
end_writing (Writing *writing, SatId *out_id)
{
  g_autoptr (SatDraft) draft = g_steal_pointer (&writing->draft);
  SatId id;

  if (writing->failed || !sat_workspace_save (writing->replica, draft, &id, writing->error))
    return FALSE;
  if (out_id)
    *out_id = id;
  return TRUE;
}

gboolean
sat_demo_office_edit (SatDemoOffice *office,
                      SatDemoPerson person,
                      const char *object,
                      const SatId *id,
                      const char *const *fields,
                      GError **error)
{
  Writing writing;

  if (!begin_writing (office, person, object, id, &writing, error))
    return FALSE;
  for (guint i = 0; fields[i] && !writing.failed; i += 2)
    if (fields[i][0] == '+')
      put_element (&writing, fields[i] + 1, fields[i + 1]);
    else
      put (fields[i], fields[i + 1], &writing);
  return end_writing (&writing, NULL);
}

static void
put_activity (SatDemoOffice *office, const SatDemoEvent *event, Writing *writing)
{
  const SatDemoCustomer *customer = &g_array_index (office->plan->customers, SatDemoCustomer,
                                                    event->customer);

  sat_demo_activity_fields (office->words, office->plan, event, put, writing);
  put_reference (writing, "customer", &office->customers[event->customer]);
  put_reference (writing, "owner", &office->users[event->author]);
  if (!customer->person)
    put_reference (
        writing, "contact",
        &office->contacts[event->customer][sat_demo_event_contact (office->plan, event)]);
  if (event->deal != SAT_DEMO_NO_DEAL)
    put_reference (writing, "deal", &office->deals[event->deal]);
}

/* The customer shows when somebody was last in touch. */
static gboolean
note_activity (SatDemoOffice *office, const SatDemoEvent *event, GError **error)
{
  g_autofree char *time = sat_time_format (event->time_ms / MINUTE_MS * MINUTE_MS);
  const char *fields[] = { "last_activity", time, NULL };

  return sat_demo_office_edit (office, event->author, "customer",
                               &office->customers[event->customer], fields, error);
}

static void
put_event (SatDemoOffice *office, const SatDemoEvent *event, Writing *writing)
{
  const SatDemoCustomer *customer = &g_array_index (office->plan->customers, SatDemoCustomer,
                                                    event->customer);

  switch ((SatDemoKind) event->kind)
    {
    case SAT_DEMO_NEW_CUSTOMER:
      sat_draft_set_book (writing->draft, office->books[customer->book]);
      sat_demo_customer_fields (office->words, office->plan, event->customer, put, writing);
      put_reference (writing, "owner", &office->users[customer->lead]);
      break;
    case SAT_DEMO_NEW_CONTACT:
      sat_demo_contact_fields (office->words, office->plan, event->customer, event->detail, put,
                               writing);
      put_reference (writing, "customer", &office->customers[event->customer]);
      break;
    case SAT_DEMO_NEW_DEAL:
      sat_demo_deal_fields (office->words, office->plan, event->deal, put, writing);
      put_reference (writing, "customer", &office->customers[event->customer]);
      put_reference (writing, "owner", &office->users[customer->lead]);
      break;
    case SAT_DEMO_DEAL_STAGE:
      sat_demo_stage_fields (office->plan, event->deal, event->detail, put, writing);
      break;
    case SAT_DEMO_ACTIVITY:
      put_activity (office, event, writing);
      break;
    case SAT_DEMO_CREDIT_REVIEW:
    case SAT_DEMO_N_KINDS:
      sat_demo_review_fields (office->plan, event->customer, put, writing);
    }
}

gboolean
sat_demo_office_write (SatDemoOffice *office, const SatDemoEvent *event, GError **error)
{
  static const char *const objects[SAT_DEMO_N_KINDS] = { "customer", "contact",  "deal",
                                                         "deal",     "activity", "customer" };
  SatId *ids[SAT_DEMO_N_KINDS] = {
    &office->customers[event->customer],
    &office->contacts[event->customer][event->detail % SAT_DEMO_MAX_CONTACTS],
    event->deal == SAT_DEMO_NO_DEAL ? NULL : &office->deals[event->deal],
    NULL,
    NULL,
    NULL
  };
  const SatId *old = NULL;
  Writing writing;

  g_return_val_if_fail (event->kind < SAT_DEMO_N_KINDS, FALSE);
  if (event->kind == SAT_DEMO_DEAL_STAGE)
    old = &office->deals[event->deal];
  else if (event->kind == SAT_DEMO_CREDIT_REVIEW)
    old = &office->customers[event->customer];
  sat_demo_office_set_now (office, event->author, event->time_ms);
  if (!begin_writing (office, event->author, objects[event->kind], old, &writing, error))
    return FALSE;
  put_event (office, event, &writing);
  if (!end_writing (&writing, ids[event->kind]))
    return FALSE;
  return event->kind != SAT_DEMO_ACTIVITY || note_activity (office, event, error);
}

/* ---- exchanging ---- */

gboolean
sat_demo_office_sync (SatDemoOffice *office, SatDemoPerson person, gint64 ms, GError **error)
{
  SatSyncResult result = { 0 };

  sat_demo_office_set_now (office, person, ms);
  return sat_sync_run (office->replicas[person], 0, NULL, NULL, NULL, &result, error);
}

gboolean
sat_demo_office_gather (SatDemoOffice *office, gint64 ms, GError **error)
{
  static const SatDemoPerson turns[] = { SAT_DEMO_EAST, SAT_DEMO_WEST, SAT_DEMO_OFFICE };

  for (guint i = 0; i < G_N_ELEMENTS (turns); i++)
    if (!sat_demo_office_sync (office, turns[i], ms + i * MINUTE_MS, error))
      return FALSE;
  return TRUE;
}

gboolean
sat_demo_office_sync_all (SatDemoOffice *office, gint64 ms, GError **error)
{
  return sat_demo_office_gather (office, ms, error) &&
         sat_demo_office_sync (office, SAT_DEMO_EAST, ms + 3 * MINUTE_MS, error) &&
         sat_demo_office_sync (office, SAT_DEMO_WEST, ms + 4 * MINUTE_MS, error);
}

/* ---- opening ---- */

static gboolean
join_person (SatDemoOffice *office, const char *dir, SatDemoPerson person, GError **error)
{
  g_autofree char *home = g_build_filename (dir, people[person].folder, NULL);
  g_autofree char *hub = g_build_filename (dir, "hub.git", NULL);

  office->replicas[person] = sat_sync_join (
      home, office->machines[person], office->catalogue, hub, people[person].login,
      people[person].name, people[person].device, people[person].books, NULL, NULL, NULL, error);
  return office->replicas[person] != NULL;
}

/* The keys of the books and the ids of the users, as head office sees them. */
static gboolean
look_around (SatDemoOffice *office, GError **error)
{
  SatWorkspace *replica = office->replicas[SAT_DEMO_OFFICE];
  g_autoptr (SatStatus) status = sat_workspace_status (replica, error);

  if (!status)
    return FALSE;
  for (guint i = 0; i < status->books->len; i++)
    {
      const SatBookStatus *book = g_ptr_array_index (status->books, i);

      for (guint j = 0; j < SAT_DEMO_N_BOOKS; j++)
        if (g_strcmp0 (book->name, book_names[j]) == 0)
          office->books[j] = g_strdup (book->key);
    }
  for (guint i = 0; i < SAT_DEMO_N_PEOPLE; i++)
    {
      g_autofree char *title = g_strconcat ("/", people[i].name, NULL);

      if (!sat_workspace_find (replica, object_of (office, "user"), title, &office->users[i],
                               error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_team (
    SatDemoOffice *office, const char *name, const SatDemoPerson *members, guint n, GError **error)
{
  Writing writing;
  SatId team;
  char team_text[SAT_ID_TEXT_SIZE], manager[SAT_ID_TEXT_SIZE];

  if (!begin_writing (office, SAT_DEMO_OFFICE, "team", NULL, &writing, error))
    return FALSE;
  put ("name", name, &writing);
  if (!end_writing (&writing, &team))
    return FALSE;
  sat_id_format (&team, team_text);
  sat_id_format (&office->users[SAT_DEMO_OFFICE], manager);
  for (guint i = 0; i < n; i++)
    {
      gboolean self = members[i] == SAT_DEMO_OFFICE;
      const char *fields[] = {
        "team", team_text, "role", people[members[i]].role, self ? NULL : "manager", manager, NULL
      };

      if (!sat_demo_office_edit (office, SAT_DEMO_OFFICE, "user", &office->users[members[i]],
                                 fields, error))
        return FALSE;
    }
  return TRUE;
}

/* The stages of the one pipeline. All deals of the demo meet the criteria. */
static const struct
{
  const char *choice, *name, *probability, *usual, *most, *criteria, *guidance;
} demo_stages[] = {
  { "lead", "线索清洗 Lead cleaning", "10", "6", "20",
    "有客户 There is a customer: customer is not empty",
    "确认公司真实存在、联系方式有效、没有重复。\nMake sure that the company exists, can be reached "
    "and is "
    "not here twice." },
  { "talk", "初步沟通 First talk", "20", "9", "30",
    "有负责人 Somebody is responsible: owner is not empty",
    "了解谁用、谁决定、何时需要。\nFind out who uses it, who decides, and until when." },
  { "needs", "需求确认 Needs confirmed", "35", "11", "35",
    "预算明确 Budget known: amount is not empty",
    "把需求写成一页，请客户确认。\nWrite the needs on one page and have them confirmed." },
  { "proposal", "方案报价 Proposal or quote", "50", "14", "45",
    "有预计成交日期 Expected close known: close_date is not empty",
    "当面讲解方案，不要只发邮件。\nExplain the proposal in person; do not just send it." },
  { "negotiation", "商务谈判 Negotiation", "70", "11", "35",
    "报价大于零 Something is offered: amount > 0",
    "先谈价值，再谈价格。\nTalk about value before you talk about the price." },
  { "contract", "合同签订 Contract signing", "90", "6", "20",
    "有预计成交日期 Expected close known: close_date is not empty",
    "与法务约定时间，跟进到双方盖章。\nAgree a date with the lawyers; stay with it until it is "
    "signed." },
  { "won", "赢单 Won", "100", NULL, NULL, NULL, NULL },
  { "lost", "输单 Lost", "0", NULL, NULL, "写明原因 There is a reason: lost_reason is not empty",
    NULL },
};

static gboolean
write_stage (SatDemoOffice *office, const SatId *pipeline, guint at, GError **error)
{
  const char *const fields[][2] = {
    { "name", demo_stages[at].name },
    { "choice", demo_stages[at].choice },
    { "probability", demo_stages[at].probability },
    { "baseline_days", demo_stages[at].usual },
    { "idle_days", demo_stages[at].most },
    { "criteria", demo_stages[at].criteria },
    { "guidance", demo_stages[at].guidance },
  };
  Writing writing;

  if (!begin_writing (office, SAT_DEMO_OFFICE, "stage", NULL, &writing, error))
    return FALSE;
  put_reference (&writing, "pipeline", pipeline);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i][1] != NULL)
      put (fields[i][0], fields[i][1], &writing);
  return end_writing (&writing, NULL);
}

static gboolean
write_pipeline (SatDemoOffice *office, GError **error)
{
  Writing writing;
  SatId pipeline;

  if (!begin_writing (office, SAT_DEMO_OFFICE, "pipeline", NULL, &writing, error))
    return FALSE;
  put ("name", "销售流程 Sales", &writing);
  put ("is_default", "yes", &writing);
  if (!end_writing (&writing, &pipeline))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (demo_stages); i++)
    if (!write_stage (office, &pipeline, i, error))
      return FALSE;
  return TRUE;
}

/* Deals so large that none of the demo is: who wants to see how it goes raises an amount. */
static gboolean
write_process (SatDemoOffice *office, GError **error)
{
  static const char *const fields[][2] = {
    { "name", "大额商机 Large deals" },
    { "object", "deal" },
    { "condition", "amount > 10000000" },
    { "guard", "stage = \"won\"" },
    { "covers", "amount" },
    { "own_limit", "manager: amount <= 20000000" },
  };
  static const char *const steps[][2] = {
    { "上级 Manager", "superior" },
    { "财务 Finance", "role" },
  };
  Writing writing;
  SatId process;

  if (!begin_writing (office, SAT_DEMO_OFFICE, "approval_process", NULL, &writing, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    put (fields[i][0], fields[i][1], &writing);
  if (!end_writing (&writing, &process))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      if (!begin_writing (office, SAT_DEMO_OFFICE, "approval_step", NULL, &writing, error))
        return FALSE;
      put_reference (&writing, "process", &process);
      put ("name", steps[i][0], &writing);
      put ("kind", steps[i][1], &writing);
      put ("place", i == 0 ? "10" : "20", &writing);
      if (i > 0)
        put ("role", "finance", &writing);
      if (!end_writing (&writing, NULL))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_company (SatDemoOffice *office, GError **error)
{
  static const SatDemoPerson east[] = { SAT_DEMO_EAST }, west[] = { SAT_DEMO_WEST },
                             head[] = { SAT_DEMO_OFFICE };

  if (!write_team (office, "华东销售部 Sales East", east, 1, error) ||
      !write_team (office, "西部销售部 Sales West", west, 1, error) ||
      !write_team (office, "总部 Head office", head, 1, error))
    return FALSE;
  for (guint i = 0; i < sat_demo_words_count (office->words, "product"); i++)
    {
      Writing writing;

      if (!begin_writing (office, SAT_DEMO_OFFICE, "product", NULL, &writing, error))
        return FALSE;
      sat_demo_product_fields (office->words, i, put, &writing);
      if (!end_writing (&writing, NULL))
        return FALSE;
    }
  return write_pipeline (office, error) && write_process (office, error);
}

SatDemoOffice *
sat_demo_office_open (const char *dir,
                      guint64 seed,
                      const SatCatalogue *catalogue,
                      const SatDemoWords *words,
                      const SatDemoPlan *plan,
                      gint64 from_ms,
                      GError **error)
{
  g_autoptr (SatDemoOffice) office = g_new0 (SatDemoOffice, 1);
  g_autoptr (SatPlatform) founder = sat_platform_new_seeded (seed * 8 + 7, from_ms);
  g_autofree char *hub = g_build_filename (dir, "hub.git", NULL);
  g_autofree char *fingerprint = NULL;

  office->words = words;
  office->plan = plan;
  office->catalogue = catalogue;
  office->customers = g_new0 (SatId, plan->customers->len + 1);
  office->contacts = g_malloc0_n (plan->customers->len + 1, sizeof *office->contacts);
  office->deals = g_new0 (SatId, plan->deals->len + 1);
  for (guint i = 0; i < SAT_DEMO_N_PEOPLE; i++)
    office->machines[i] = sat_platform_new_seeded (seed * 8 + i, from_ms + (i + 1) * MINUTE_MS);

  if (!sat_sync_init_hub (hub, founder, catalogue, WORKSPACE_NAME, "CNY", book_names, &fingerprint,
                          error) ||
      !join_person (office, dir, SAT_DEMO_OFFICE, error) ||
      !join_person (office, dir, SAT_DEMO_EAST, error) ||
      !join_person (office, dir, SAT_DEMO_WEST, error) ||
      !sat_demo_office_sync (office, SAT_DEMO_OFFICE, from_ms + 10 * MINUTE_MS, error) ||
      !look_around (office, error) || !write_company (office, error) ||
      !sat_demo_office_sync_all (office, from_ms + 20 * MINUTE_MS, error))
    return NULL;
  return g_steal_pointer (&office);
}

void
sat_demo_office_close (SatDemoOffice *office)
{
  if (!office)
    return;
  for (guint i = 0; i < SAT_DEMO_N_PEOPLE; i++)
    {
      sat_workspace_close (office->replicas[i]);
      g_clear_pointer (&office->machines[i], sat_platform_unref);
    }
  for (guint i = 0; i < SAT_DEMO_N_BOOKS; i++)
    g_free (office->books[i]);
  g_free (office->customers);
  g_free (office->contacts);
  g_free (office->deals);
  g_free (office);
}
