/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/field/sat-field-money.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gtk-app/sat-util.h"

struct _SatFieldMoney
{
  SatFieldEditor parent_instance;

  GtkEntry *entry;
  GtkDropDown *currency;
  GtkStringList *codes;
};

G_DEFINE_FINAL_TYPE (SatFieldMoney, sat_field_money, SAT_TYPE_FIELD_EDITOR)

static const char *const common[] = { "CNY", "USD", "EUR", "GBP", "JPY", "HKD",
                                      "SGD", "KRW", "AUD", "CAD", "CHF", "INR" };

static void
changed_cb (SatFieldMoney *self)
{
  sat_field_editor_emit_changed (SAT_FIELD_EDITOR (self));
}

/* Any other code that a value has is added to the list. */
static void
select_currency (SatFieldMoney *self, const char *code)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->codes));
  guint i = 0;

  while (i < n && !g_str_equal (gtk_string_list_get_string (self->codes, i), code))
    i++;
  if (i == n)
    gtk_string_list_append (self->codes, code);
  gtk_drop_down_set_selected (self->currency, i);
}

static const char *
default_currency (SatFieldMoney *self)
{
  const SatField *field = sat_field_editor_get_field (SAT_FIELD_EDITOR (self));

  return field->options.currency != NULL ? field->options.currency : "CNY";
}

static void
sat_field_money_setup (SatFieldEditor *editor)
{
  SatFieldMoney *self = SAT_FIELD_MONEY (editor);

  for (guint i = 0; i < G_N_ELEMENTS (common); i++)
    gtk_string_list_append (self->codes, common[i]);
  select_currency (self, default_currency (self));
  sat_name_widget (GTK_WIDGET (self->currency), _ ("Currency"));
}

static void
sat_field_money_set_value (SatFieldEditor *editor, const char *value)
{
  SatFieldMoney *self = SAT_FIELD_MONEY (editor);
  const char *space = value != NULL ? strchr (value, ' ') : NULL;
  g_autofree char *amount = NULL;
  GString *grouped = g_string_new (NULL);

  if (space == NULL)
    select_currency (self, default_currency (self));
  else
    {
      gsize digits;
      const char *p = value;

      if (*p == '-')
        g_string_append_c (grouped, *p++);
      digits = strspn (p, "0123456789");
      for (gsize i = 0; i < digits; i++)
        {
          if (i > 0 && (digits - i) % 3 == 0)
            g_string_append_c (grouped, ',');
          g_string_append_c (grouped, p[i]);
        }
      g_string_append_len (grouped, p + digits, space - p - (gssize) digits);
      select_currency (self, space + 1);
    }
  amount = g_string_free (grouped, FALSE);
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->entry)), amount) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), amount);
}

static gboolean
sat_field_money_get_value (SatFieldEditor *editor, char **out_value, GError **error)
{
  SatFieldMoney *self = SAT_FIELD_MONEY (editor);
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  guint selected = gtk_drop_down_get_selected (self->currency);
  const char *code = gtk_string_list_get_string (self->codes, selected);
  g_autofree char *input = NULL;
  gsize length;

  g_strstrip (text);
  length = strlen (text);
  /* Somebody who types a currency means it. */
  if (length == 0 || g_ascii_isalpha (text[length - 1]) || g_ascii_isalpha (text[0]))
    return sat_field_editor_parse (editor, text, out_value, error);
  input = g_strconcat (text, " ", code, NULL);
  return sat_field_editor_parse (editor, input, out_value, error);
}

static GtkWidget *
sat_field_money_get_target (SatFieldEditor *editor)
{
  return GTK_WIDGET (SAT_FIELD_MONEY (editor)->entry);
}

static void
sat_field_money_class_init (SatFieldMoneyClass *klass)
{
  SatFieldEditorClass *editor_class = SAT_FIELD_EDITOR_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  editor_class->setup = sat_field_money_setup;
  editor_class->set_value = sat_field_money_set_value;
  editor_class->get_value = sat_field_money_get_value;
  editor_class->get_target = sat_field_money_get_target;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/field/sat-field-money.ui");
  gtk_widget_class_bind_template_child (widget_class, SatFieldMoney, entry);
  gtk_widget_class_bind_template_child (widget_class, SatFieldMoney, currency);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
sat_field_money_init (SatFieldMoney *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->codes = gtk_string_list_new (NULL);
  gtk_drop_down_set_model (self->currency, G_LIST_MODEL (self->codes));
  g_object_unref (self->codes); /* the drop-down keeps it */
}
