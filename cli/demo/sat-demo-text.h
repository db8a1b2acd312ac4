/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of the plan: what stands in the fields of the demo's records, as a person would type
 * it. Pure. Fields that refer to other records (customer, contact, deal, owner) are the writer's.
 */
#pragma once

#include "cli/demo/sat-demo-plan.h"

G_BEGIN_DECLS

/* FIELD gets VALUE; both borrowed for the call. */
typedef void (*SatDemoPut) (const char *field, const char *value, gpointer data);

void sat_demo_customer_fields (const SatDemoWords *words,
                               const SatDemoPlan *plan,
                               guint customer,
                               SatDemoPut put,
                               gpointer data);
/* What head office finds out: credit limit and level. */
void
sat_demo_review_fields (const SatDemoPlan *plan, guint customer, SatDemoPut put, gpointer data);
void sat_demo_contact_fields (const SatDemoWords *words,
                              const SatDemoPlan *plan,
                              guint customer,
                              guint nth,
                              SatDemoPut put,
                              gpointer data);
void sat_demo_deal_fields (
    const SatDemoWords *words, const SatDemoPlan *plan, guint deal, SatDemoPut put, gpointer data);
void sat_demo_stage_fields (
    const SatDemoPlan *plan, guint deal, SatDemoStage stage, SatDemoPut put, gpointer data);
void sat_demo_activity_fields (const SatDemoWords *words,
                               const SatDemoPlan *plan,
                               const SatDemoEvent *event,
                               SatDemoPut put,
                               gpointer data);
void
sat_demo_product_fields (const SatDemoWords *words, guint product, SatDemoPut put, gpointer data);

/* Which of the customer's contacts EVENT is about. */
guint sat_demo_event_contact (const SatDemoPlan *plan, const SatDemoEvent *event);

G_END_DECLS
