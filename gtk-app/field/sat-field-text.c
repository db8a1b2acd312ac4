/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/field/sat-field-text.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gtk-app/sat-util.h"

struct _SatFieldText
{
  SatFieldEditor parent_instance;

  GtkEntry *entry;
  GtkLabel *unit;
  GtkButton *action;
};

G_DEFINE_FINAL_TYPE (SatFieldText, sat_field_text, SAT_TYPE_FIELD_EDITOR)

/* What the button beside the entry does, by type. */
static const struct
{
  SatTypeId type;
  GtkInputPurpose purpose;
  const char *scheme; /* NULL: no button */
  const char *icon;
  const char *name;
} kinds[] = {
  { SAT_TYPE_PHONE, GTK_INPUT_PURPOSE_PHONE, "tel:", "call-start-symbolic", N_ ("Call") },
  { SAT_TYPE_EMAIL, GTK_INPUT_PURPOSE_EMAIL, "mailto:", "mail-send-symbolic",
    N_ ("Write an e-mail") },
  { SAT_TYPE_WEB, GTK_INPUT_PURPOSE_URL, "", "web-browser-symbolic", N_ ("Open the web page") },
  { SAT_TYPE_PLACE, GTK_INPUT_PURPOSE_FREE_FORM, "geo:", "find-location-symbolic",
    N_ ("Show on a map") },
  { SAT_TYPE_INTEGER, GTK_INPUT_PURPOSE_NUMBER, NULL, NULL, NULL },
  { SAT_TYPE_DECIMAL, GTK_INPUT_PURPOSE_NUMBER, NULL, NULL, NULL },
  { SAT_TYPE_PERCENT, GTK_INPUT_PURPOSE_NUMBER, NULL, NULL, NULL },
};

static int
kind_of (SatFieldText *self)
{
  SatTypeId type = sat_field_editor_get_field (SAT_FIELD_EDITOR (self))->type->id;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].type == type)
      return (int) i;
  return -1;
}

static void
show_action (SatFieldText *self)
{
  int kind = kind_of (self);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  gtk_widget_set_visible (GTK_WIDGET (self->action),
                          kind >= 0 && kinds[kind].scheme != NULL && *text != '\0');
}

static void
changed_cb (SatFieldText *self)
{
  show_action (self);
  sat_field_editor_emit_changed (SAT_FIELD_EDITOR (self));
}

/* What shows the place VALUE: a program for maps if there is one, which may have them offline, or
 * else a page. */
static char *
map_of (const char *value)
{
  g_autoptr (GAppInfo) program = g_app_info_get_default_for_uri_scheme ("geo");
  const char *comma = strchr (value, ',');
  g_autofree char *latitude = NULL;

  if (comma == NULL || program != NULL)
    return g_strconcat ("geo:", value, NULL);
  latitude = g_strndup (value, (gsize) (comma - value));
  /* Translators: a page that shows a place on a map in your language's part of the world; %1$s is
   * the latitude, %2$s the longitude (WGS 84, in degrees). */
  return g_strdup_printf (_ ("https://www.openstreetmap.org/?mlat=%1$s&mlon=%2$s#map=16/%1$s/%2$s"),
                          latitude, comma + 1);
}

static void
action_cb (SatFieldText *self)
{
  int kind = kind_of (self);
  g_autofree char *value = NULL;
  g_autofree char *uri = NULL;

  if (kind < 0 || !sat_field_editor_get_value (SAT_FIELD_EDITOR (self), &value, NULL) ||
      value == NULL)
    return;
  if (kinds[kind].type == SAT_TYPE_WEB)
    uri = g_steal_pointer (&value);
  else if (kinds[kind].type == SAT_TYPE_PLACE)
    uri = map_of (value);
  else
    {
      g_autofree char *escaped = g_uri_escape_string (value, "@+", FALSE);

      uri = g_strconcat (kinds[kind].scheme, escaped, NULL);
    }
  gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), uri, GDK_CURRENT_TIME);
}

static void
sat_field_text_setup (SatFieldEditor *editor)
{
  SatFieldText *self = SAT_FIELD_TEXT (editor);
  int kind = kind_of (self);

  gtk_entry_set_max_length (self->entry, SAT_LINE_MAX);
  if (kind < 0)
    return;
  gtk_entry_set_input_purpose (self->entry, kinds[kind].purpose);
  if (kinds[kind].type == SAT_TYPE_PERCENT)
    {
      gtk_label_set_label (self->unit, "%");
      gtk_widget_show (GTK_WIDGET (self->unit));
    }
  if (kinds[kind].scheme != NULL)
    {
      gtk_button_set_icon_name (self->action, kinds[kind].icon);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->action), _ (kinds[kind].name));
      sat_name_widget (GTK_WIDGET (self->action), _ (kinds[kind].name));
    }
}

static void
sat_field_text_set_value (SatFieldEditor *editor, const char *value)
{
  SatFieldText *self = SAT_FIELD_TEXT (editor);
  const char *text = value != NULL ? value : "";

  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->entry)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  show_action (self);
}

static gboolean
sat_field_text_get_value (SatFieldEditor *editor, char **out_value, GError **error)
{
  SatFieldText *self = SAT_FIELD_TEXT (editor);

  return sat_field_editor_parse (editor, gtk_editable_get_text (GTK_EDITABLE (self->entry)),
                                 out_value, error);
}

static GtkWidget *
sat_field_text_get_target (SatFieldEditor *editor)
{
  return GTK_WIDGET (SAT_FIELD_TEXT (editor)->entry);
}

static void
sat_field_text_class_init (SatFieldTextClass *klass)
{
  SatFieldEditorClass *editor_class = SAT_FIELD_EDITOR_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  editor_class->setup = sat_field_text_setup;
  editor_class->set_value = sat_field_text_set_value;
  editor_class->get_value = sat_field_text_get_value;
  editor_class->get_target = sat_field_text_get_target;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/field/sat-field-text.ui");
  gtk_widget_class_bind_template_child (widget_class, SatFieldText, entry);
  gtk_widget_class_bind_template_child (widget_class, SatFieldText, unit);
  gtk_widget_class_bind_template_child (widget_class, SatFieldText, action);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, action_cb);
}

static void
sat_field_text_init (SatFieldText *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
