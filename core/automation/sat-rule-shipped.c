/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/automation/sat-rule-shipped.h"

#include "core/base/sat-error.h"

static const SatShippedRule shipped[] = {
  { "no-reply", "out", "activity", "saved", NULL, NULL,
    "direction = \"out\" and (status is empty or status = \"done\") and customer is not empty and"
    " customer.waiting_since is empty",
    N_ ("We wrote or called: waiting for a reply"), "set customer.waiting_since = time" },
  { "no-reply", "in", "activity", "saved", NULL, NULL,
    "direction = \"in\" and customer.waiting_since is not empty and (time is empty or time >="
    " customer.waiting_since)",
    N_ ("The customer replied"), "clear customer.waiting_since" },
  { "no-reply", "remind", "customer", "date", "waiting_since", "7", NULL,
    N_ ("No reply for more than 7 days"),
    N_ ("create task: subject = concat(\"No reply for more than 7 days: \", name); due = today()\n"
        "notify owner: concat(\"No reply for more than 7 days: \", name)") },
  { "high-intent", "follow", "activity", "saved", NULL, NULL,
    "(status is empty or status = \"done\") and customer is not empty and time is not empty",
    N_ ("An activity is the customer’s last one"), "set customer.last_activity = time" },
  { "high-intent", "remind", "customer", "untouched", "last_activity", "3", "intent = \"high\"",
    N_ ("High intent, not followed up for more than 3 days"),
    N_ ("create task: subject = concat(\"Follow up, high intent: \", name); priority = \"high\"; "
        "due = today()\n"
        "notify owner: concat(\"High intent, not followed up for more than 3 days: \", name)") },
  { "quote-done", "move", "activity", "saved", NULL, NULL,
    "kind = \"quote\" and status = \"done\" and deal.stage = \"needs\"",
    N_ ("A quote is done: the deal moves on"), "set deal.stage = \"proposal\"" },
  { "assign-leads", "turn", "lead", "created", NULL, NULL, "owner is empty",
    N_ ("New leads go to those who sell, in turn"),
    "assign in turn: *\nset status = \"assigned\"" },
  { NULL },
};

const SatShippedRule *
sat_rules_shipped (void)
{
  return shipped;
}
