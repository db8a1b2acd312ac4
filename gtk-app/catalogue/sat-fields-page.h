/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields and objects, built-in ones and the company's own: what they are called and which type they
 * have; an administrator adds some, gives them other names, and uses them no longer. Every change
 * is a step of its own that undo takes back. None of it takes a network. */
#pragma once

#include <adwaita.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

#define SAT_TYPE_FIELDS_PAGE (sat_fields_page_get_type ())
G_DECLARE_FINAL_TYPE (SatFieldsPage, sat_fields_page, SAT, FIELDS_PAGE, GtkWidget)

GtkWidget *sat_fields_page_new (SatService *service);

/* Shows the fields of OBJECT (a name); NULL: all objects. */
void sat_fields_page_open (SatFieldsPage *self, const char *object);

G_END_DECLS
