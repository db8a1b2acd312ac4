/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/rights/sat-rights-words.h"

#include <glib/gi18n.h>

const char *
sat_right_text (SatRight right)
{
  static const char *const texts[] = { N_ ("Create"), N_ ("Read"), N_ ("Change"), N_ ("Delete"),
                                       N_ ("Export") };

  G_STATIC_ASSERT (G_N_ELEMENTS (texts) == SAT_N_RIGHTS);
  return _ (texts[right]);
}

const char *
sat_reach_text (SatReach reach)
{
  static const char *const texts[] = { N_ ("None"), N_ ("Own"), N_ ("Team"), N_ ("All") };

  G_STATIC_ASSERT (G_N_ELEMENTS (texts) == SAT_N_REACHES);
  return _ (texts[reach]);
}

const char *
sat_field_access_text (SatFieldAccess access)
{
  static const char *const texts[] = { N_ ("Hidden"), N_ ("Masked"), N_ ("Can be read"),
                                       N_ ("Can be changed") };

  G_STATIC_ASSERT (G_N_ELEMENTS (texts) == SAT_N_FIELD_ACCESSES);
  return _ (texts[access]);
}

GtkStringList *
sat_reach_list_new (void)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  for (guint i = 0; i < SAT_N_REACHES; i++)
    gtk_string_list_append (list, sat_reach_text (i));
  return list;
}

GtkStringList *
sat_field_access_list_new (SatFieldAccess least)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  for (guint i = least; i < SAT_N_FIELD_ACCESSES; i++)
    gtk_string_list_append (list, sat_field_access_text (i));
  return list;
}

gboolean
sat_rights_has_object (const SatObject *object)
{
  return !object->retired && !g_str_equal (object->name, "customer_mark");
}

gboolean
sat_rights_is_plain (const SatField *field)
{
  return field == field->object->title || field->owning ||
         field == sat_access_owner_field (field->object);
}

gboolean
sat_rights_says_of (const SatAccess *access, const SatObject *object)
{
  for (guint i = 0; i < SAT_N_RIGHTS; i++)
    if (sat_access_is_granted (access, object, i))
      return TRUE;
  for (guint i = 0; i < object->n_fields; i++)
    if (sat_access_field_is_granted (access, object->fields[i]))
      return TRUE;
  return sat_access_others (access, object) >= 0;
}
