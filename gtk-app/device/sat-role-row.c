/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/device/sat-role-row.h"

#include "gtk-app/sat-util.h"

static const SatField *
role_field (SatService *service)
{
  const SatObject *user = sat_catalogue_find (sat_service_catalogue (service), "user");

  return user != NULL ? sat_object_find (user, "role") : NULL;
}

void
sat_role_row_fill (AdwComboRow *row, SatService *service)
{
  const SatField *role = role_field (service);
  g_autoptr (GtkStringList) roles = gtk_string_list_new (NULL);

  for (guint i = 0; role != NULL && i < role->n_choices; i++)
    gtk_string_list_append (roles, sat_here (role->choices[i].label));
  adw_combo_row_set_model (row, G_LIST_MODEL (roles));
  for (guint i = 0; role != NULL && i < role->n_choices; i++)
    if (g_str_equal (role->choices[i].name, "sales"))
      adw_combo_row_set_selected (row, i);
}

const char *
sat_role_row_get (AdwComboRow *row, SatService *service)
{
  const SatField *role = role_field (service);
  guint selected = adw_combo_row_get_selected (row);

  return role != NULL && selected < role->n_choices ? role->choices[selected].name : NULL;
}
