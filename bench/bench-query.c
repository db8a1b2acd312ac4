/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a company's own conditions cost: an expression parsed and compiled; filtering, sorting and
 * counting many customers by expressions, beside SQL that a person wrote over the same tables; the
 * same list for somebody whose role reaches less; rules over all of them.
 *
 *   bench-query DIR CUSTOMERS   prints lines: NAME | VALUE | UNIT | GOAL | lower or higher
 *
 * There is a deal for every fourth customer. */
#include <sqlite3.h>

#include "bench/bench-satchel.h"
#include "core/store/sat-condition.h"
#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-rules.h"

#define ROUNDS 5        /* of which the quickest counts */
#define COMPILED 20000  /* expressions for one figure */
#define EVERY 4         /* customers for a deal */
#define AMOUNTS 1000000 /* what deals are about is spread over so much */

typedef struct
{
  SatWorkspace *replica;
  const SatObject *customer, *deal, *user;
  sqlite3 *plain; /* the same database */
  SatId me, colleague;
} Bench;

/* ---- the data ---- */

static void
save (Bench *bench, const SatObject *object, const SatId *id, const char *const *pairs)
{
  g_autoptr (SatDraft) draft = sat_draft_new (object);
  GError *error = NULL;
  SatId saved;

  if (id != NULL)
    sat_draft_set_id (draft, id);
  for (guint i = 0; pairs[i] != NULL; i += 2)
    sat_draft_set (draft, sat_object_find (object, pairs[i]), pairs[i + 1]);
  bench_must (sat_workspace_save (bench->replica, draft, &saved, &error), &error);
}

/* Every second customer is this user's, the others a colleague's. */
static void
save_customer (Bench *bench, const BenchRow *row, guint i, const char *me, const char *other)
{
  g_autofree char *limit = g_strdup_printf ("%u.00 CNY", i * 7919u % AMOUNTS);
  const char *pairs[BENCH_FIELDS * 2 + 5] = { NULL };
  guint n = 0;

  for (guint field = 0; field < BENCH_FIELDS; field++)
    if (row->values[field] != NULL)
      {
        pairs[n++] = bench_fields[field];
        pairs[n++] = row->values[field];
      }
  pairs[n++] = "credit_limit";
  pairs[n++] = limit;
  pairs[n++] = "owner";
  pairs[n++] = i % 2 ? me : other;
  save (bench, bench->customer, &row->id, pairs);
}

static void
save_deal (Bench *bench, const BenchRow *row, guint i)
{
  static const char *const stages[] = { "lead", "talk", "proposal", "won", "lost" };
  g_autofree char *amount = g_strdup_printf ("%u.00 CNY", i * 104729u % AMOUNTS);
  g_autofree char *name = g_strdup_printf ("Deal %u", i);
  char customer[SAT_ID_TEXT_SIZE];
  const char *pairs[] = { "name",   name,   "stage",    stages[i % G_N_ELEMENTS (stages)],
                          "amount", amount, "customer", customer,
                          NULL };

  sat_id_format (&row->id, customer);
  save (bench, bench->deal, NULL, pairs);
}

static void
add_colleague (Bench *bench, const char *dir)
{
  SatWorkspace *laptop = bench_replica_open (dir, "b", bench->replica,
                                             sat_workspace_catalogue (bench->replica));
  gsize bytes;

  bench_carry (laptop, bench->replica, &bytes);
  sat_workspace_close (laptop);
}

static void
fill (Bench *bench, const BenchRow *rows, guint n)
{
  GError *error = NULL;
  char me[SAT_ID_TEXT_SIZE], other[SAT_ID_TEXT_SIZE];

  sat_id_format (&bench->me, me);
  sat_id_format (&bench->colleague, other);
  bench_must (sat_workspace_begin (bench->replica, &error), &error);
  for (guint i = 1; i < n; i++)
    {
      save_customer (bench, &rows[i], i, me, other);
      if (i % EVERY == 0)
        save_deal (bench, &rows[i], i);
    }
  bench_must (sat_workspace_commit (bench->replica, &error), &error);
  bench_index_all (bench->replica);
}

/* ---- one question, ours and by hand ---- */

typedef struct
{
  const char *name;
  const char *where; /* NULL: all */
  const char *sort;  /* NULL: none, they are counted */
  const char *hand;  /* what a person who knows the tables would have written */
} Question;

static double
ask (Bench *bench, const Question *question, gint64 *found)
{
  const char *const sort[] = { question->sort, NULL };
  gint64 begin = bench_now ();
  GError *error = NULL;
  g_autoptr (SatExpression) where = NULL;
  SatQuery query = { .object = bench->customer, .sort = sort, .limit = -1 };

  if (question->where != NULL)
    {
      where = sat_expression_parse (bench->customer, question->where, SAT_EXPRESSION_FILTER, NULL,
                                    &error);
      bench_must (where != NULL, &error);
    }
  query.where = where;
  if (question->sort == NULL)
    *found = sat_workspace_count (bench->replica, &query, &error);
  else
    {
      g_autoptr (GArray) rows = sat_workspace_list_rows (bench->replica, &query, &error);

      *found = rows ? (gint64) rows->len : -1;
    }
  bench_must (*found >= 0, &error);
  return bench_seconds_since (begin);
}

static double
ask_by_hand (Bench *bench, const Question *question, gint64 *found)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 begin = bench_now ();
  sqlite3_stmt *stmt = NULL;

  bench_must (sqlite3_prepare_v2 (bench->plain, question->hand, -1, &stmt, NULL) == SQLITE_OK,
              NULL);
  sqlite3_bind_blob (stmt, 1, bench->me.bytes, SAT_ID_SIZE, SQLITE_STATIC);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      gint64 row = sqlite3_column_int64 (stmt, 0);
      g_array_append_val (rows, row);
    }
  sqlite3_finalize (stmt);
  *found = question->sort != NULL ? (gint64) rows->len : g_array_index (rows, gint64, 0);
  return bench_seconds_since (begin);
}

/* Both in turn, and the quickest of each: the first of them fills the cache. */
static void
compare (Bench *bench, const Question *question, const char *goal)
{
  double ours = G_MAXDOUBLE, hand = G_MAXDOUBLE;
  gint64 found = 0, by_hand = 0;

  for (guint i = 0; i < ROUNDS; i++)
    {
      hand = MIN (hand, ask_by_hand (bench, question, &by_hand));
      ours = MIN (ours, ask (bench, question, &found));
    }
  if (found != by_hand)
    g_printerr ("%s: %" G_GINT64_FORMAT " found, %" G_GINT64_FORMAT " by hand\n", question->name,
                found, by_hand);
  bench_must (found == by_hand, NULL);

  g_autofree char *label = g_strdup_printf ("%s, times SQL by hand", question->name);
  bench_print (question->name, ours * 1000, "ms", "", "lower");
  bench_print (label, ours / hand, "x", goal, "lower");
}

#define FROM "SELECT row FROM o_customer WHERE +hidden = 0 "
#define COUNT "SELECT count(*) FROM o_customer WHERE +hidden = 0 "
#define OPEN "stage NOT IN ('won', 'lost')"
#define SUM_OPEN \
  "(SELECT sum (f_amount) FROM o_deal d WHERE d.f_customer = o_customer.uuid AND d.hidden" \
  " = 0 AND (d.f_stage IS NULL OR d.f_stage NOT IN ('won', 'lost')))"

static void
questions (Bench *bench)
{
  static const Question all[] = {
    { "counting a city", "city = \"上海\"", NULL, COUNT "AND f_city = '上海'" },
    { "counting by two conditions and words like these",
      "credit_limit >= 500000 and (industry in (\"machinery\", \"electronics\") or name like "
      "\"%机%\")",
      NULL,
      COUNT "AND f_credit_limit >= 5000000000 AND (f_industry IN ('machinery', 'electronics') OR "
            "f_name LIKE '%机%')" },
    { "filtering by an amount, sorted by name", "credit_limit >= 500000", "name",
      FROM "AND f_credit_limit >= 5000000000 ORDER BY sort NULLS LAST, row" },
    { "all, sorted by an amount", NULL, "-credit_limit",
      FROM "ORDER BY f_credit_limit DESC NULLS LAST, sort NULLS LAST, row" },
    { "all, sorted by a roll-up over deals", NULL, "-open_amount",
      FROM "ORDER BY " SUM_OPEN " DESC NULLS LAST, sort NULLS LAST, row" },
    { "counting by a roll-up over deals", "open_amount > 100000", NULL,
      COUNT "AND " SUM_OPEN " > 1000000000" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    compare (bench, &all[i], "1.1");
}

/* ---- parsing and compiling ---- */

static void
bench_compile (Bench *bench)
{
  static const char
      *const text = "stage in (\"proposal\", \"negotiation\") and amount >= 100000 and days_since "
                    "(customer.last_activity) > 7 and customer.region = \"east\"";
  SatExpressionContext context = {
    .names = &sat_condition_names, .from = "o_deal", .first_parameter = 1, .me = bench->me
  };
  gint64 begin = bench_now ();
  GError *error = NULL;

  for (guint i = 0; i < COMPILED; i++)
    {
      g_autoptr (SatExpression) where = sat_expression_parse (bench->deal, text,
                                                              SAT_EXPRESSION_FILTER, NULL, &error);
      bench_must (where != NULL, &error);
      g_autoptr (SatCompiled) sql = sat_expression_compile (where, &context, &error);
      bench_must (sql != NULL, &error);
    }
  bench_print ("an expression of four conditions, parsed and compiled",
               bench_seconds_since (begin) / COMPILED * 1e6, "us", "", "lower");
}

/* ---- rules ---- */

/* A rule that finds nothing to do, one that acts on one customer in ten, and the first again. */
static void
bench_rules (Bench *bench)
{
  GError *error = NULL;
  SatRulesOptions options = { .name = "Distant" };
  gint64 begin;

  save (bench, sat_catalogue_find (sat_workspace_catalogue (bench->replica), "rule"), NULL,
        (const char *[]){ "name", "Distant", "object", "customer", "trigger", "manual", "condition",
                          "code like \"%7\" and next_step is empty", "actions",
                          "set next_step = \"ring\"", "enabled", "yes", NULL });
  for (guint i = 0; i < 2; i++)
    {
      begin = bench_now ();
      g_autoptr (GPtrArray) done = sat_workspace_run_rules (bench->replica, &options, &error);
      bench_must (done != NULL, &error);
      bench_print (i == 0 ? "a rule over all customers, which writes to some"
                          : "the same again, with nothing left to write",
                   bench_seconds_since (begin) * 1000, "ms", "", "lower");
      if (i == 0)
        bench_print ("customers that it wrote to", done->len, "", "", "higher");
    }
}

/* ---- rights ---- */

static void
grant (Bench *bench, const char *role, const SatGrant *what)
{
  GError *error = NULL;

  bench_must (sat_workspace_grant (bench->replica, role, what, &error), &error);
}

static void
take_role (Bench *bench, const char *role)
{
  GError *error = NULL;
  g_autoptr (SatRecord) user = sat_workspace_load (bench->replica, bench->user, &bench->me, &error);
  SatId saved;

  bench_must (user != NULL, &error);
  g_autoptr (SatDraft) draft = sat_draft_edit (user);
  sat_draft_set (draft, sat_object_find (bench->user, "role"), role);
  bench_must (sat_workspace_save (bench->replica, draft, &saved, &error), &error);
}

static double
all_deals (Bench *bench)
{
  static const char *const sort[] = { "-amount", NULL };
  SatQuery query = { .object = bench->deal, .sort = sort, .limit = -1 };
  double least = G_MAXDOUBLE;
  GError *error = NULL;

  for (guint i = 0; i < ROUNDS; i++)
    {
      gint64 begin = bench_now ();
      g_autoptr (GArray) rows = sat_workspace_list_rows (bench->replica, &query, &error);

      bench_must (rows != NULL && rows->len > 0, &error);
      least = MIN (least, bench_seconds_since (begin));
    }
  return least;
}

/* The deals for an administrator, and for a seller who reads all of them but not every field as he
 * likes; then the customers for that seller, who reads only what is his, beside the condition that
 * a person would have written for that. */
static void
bench_rights (Bench *bench)
{
  static const Question own = {
    "a list of what is one's own, by rights", NULL, "-credit_limit",
    FROM "AND (f_owner = ?1 OR f_owner IS NULL) ORDER BY f_credit_limit DESC NULLS LAST, sort "
         "NULLS LAST, row"
  };
  SatGrant field = { "deal", "notes", { -1, -1, -1, -1, -1 }, SAT_FIELD_MASKED };
  SatGrant reach = { "customer", NULL, { -1, SAT_REACH_OWN, -1, -1, -1 }, -1 };
  double boss, seller;

  take_role (bench, "admin");
  grant (bench, "sales", &field);
  grant (bench, "sales", &reach);
  boss = all_deals (bench);
  take_role (bench, "sales");
  bench_must (sat_workspace_access (bench->replica) != NULL, NULL);
  seller = all_deals (bench);
  bench_print ("a list under rights that reach all of it, times without rights", seller / boss, "x",
               "1.2", "lower");
  compare (bench, &own, "1.2");
}

/* Both connections are opened anew once the data is there: what one of them has in its cache from
 * writing is not to count. */
static void
open_both (Bench *bench, const char *home)
{
  g_autofree char *path = g_build_filename (home, "replica.db", NULL);
  GError *error = NULL;

  if (bench->replica != NULL)
    sat_workspace_close (bench->replica);
  sqlite3_close (bench->plain);
  bench->replica = sat_workspace_open (home, NULL, NULL, &error);
  bench_must (bench->replica != NULL, &error);
  bench_must (sqlite3_open (path, &bench->plain) == SQLITE_OK &&
                  sqlite3_exec (bench->plain, "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY",
                                NULL, NULL, NULL) == SQLITE_OK,
              NULL);
  const SatCatalogue *catalogue = sat_workspace_catalogue (bench->replica);
  bench->customer = sat_catalogue_find (catalogue, "customer");
  bench->deal = sat_catalogue_find (catalogue, "deal");
  bench->user = sat_catalogue_find (catalogue, "user");
  bench_must (sat_workspace_find (bench->replica, bench->user, "/a", &bench->me, &error), &error);
  bench_must (sat_workspace_find (bench->replica, bench->user, "/b", &bench->colleague, &error),
              &error);
}

int
main (int argc, char **argv)
{
  GError *error = NULL;
  Bench bench = { NULL };

  if (argc != 3)
    return 2;
  guint n = (guint) g_ascii_strtoull (argv[2], NULL, 10);
  g_autofree char *home = g_build_filename (argv[1], "a", NULL);
  g_autoptr (SatCatalogue) catalogue = sat_catalogue_default (&error);
  bench_must (catalogue != NULL, &error);
  BenchRow *rows = bench_rows_new (n);

  bench.replica = bench_replica_open (argv[1], "a", NULL, catalogue);
  add_colleague (&bench, argv[1]);
  open_both (&bench, home);
  bench_compile (&bench);
  fill (&bench, rows, n);
  open_both (&bench, home);
  questions (&bench);
  bench_rules (&bench);
  open_both (&bench, home);
  bench_rights (&bench);
  sqlite3_close (bench.plain);
  sat_workspace_close (bench.replica);
  bench_rows_free (rows, n);
  return 0;
}
