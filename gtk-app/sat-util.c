/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/sat-util.h"

#include "gtk-app/sat-error-text.h"

const char *
sat_language (void)
{
  return g_get_language_names ()[0];
}

gboolean
sat_language_is_chinese (void)
{
  return g_str_has_prefix (sat_language (), "zh");
}

const char *
sat_here (const SatLabels *labels)
{
  return labels != NULL ? sat_label (labels, sat_language ()) : "";
}

char *
sat_here_inside (const SatLabels *labels)
{
  const char *text = sat_here (labels);

  return g_str_has_prefix (sat_language (), "de") ? g_strdup (text) : g_utf8_strdown (text, -1);
}

void
sat_name_widget (GtkWidget *widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
sat_describe_widget (GtkWidget *widget, const char *text)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text, -1);
}

const char *
sat_object_icon (const SatObject *object)
{
  static const struct
  {
    const char *object;
    const char *icon;
  } own[] = {
    { "customer", "satchel-customer-symbolic" }, { "contact", "satchel-contact-symbolic" },
    { "deal", "satchel-deal-symbolic" },         { "activity", "satchel-activity-symbolic" },
    { "product", "satchel-product-symbolic" },   { "task", "satchel-task-symbolic" },
    { "lead", "satchel-lead-symbolic" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (own); i++)
    if (g_str_equal (own[i].object, object->name))
      return own[i].icon;
  return object->icon != NULL ? object->icon : "satchel-record-symbolic";
}

void
sat_show_avatar (AdwAvatar *avatar, const SatObject *object, const char *title)
{
  gboolean person = object->title->personal && *title != '\0';

  adw_avatar_set_text (avatar, title);
  adw_avatar_set_show_initials (avatar, person);
  adw_avatar_set_icon_name (avatar, sat_object_icon (object));
}

gboolean
sat_uninstalled (void)
{
  static int answer = -1;

  if (answer < 0)
    {
      g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

      answer = program != NULL && g_str_has_prefix (program, SAT_BUILD_DIR "/");
    }
  return answer;
}

GSettings *
sat_settings (void)
{
  static GSettings *settings = NULL;
  static gboolean asked = FALSE;
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchemaSource) built = NULL;
  g_autoptr (GSettingsSchema) schema = NULL;

  if (asked)
    return settings;
  asked = TRUE;

  if (sat_uninstalled ())
    built = g_settings_schema_source_new_from_directory (SAT_BUILD_DIR "/data", source, TRUE, NULL);
  if (built != NULL)
    source = built;
  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SAT_APP_ID, TRUE);
  if (schema != NULL)
    settings = g_settings_new_full (schema, NULL, NULL);
  return settings;
}

/* Characters that fit in one line of any toast; lines of one that has more. */
#define TOAST_SHORT 20
#define TOAST_LINES 6

typedef struct
{
  SatToastFunc func;
  gpointer data;
  GDestroyNotify free_data;
} ToastCall;

static void
toast_clicked_cb (AdwToast *toast, ToastCall *call)
{
  call->func (call->data);
}

static void
toast_call_free (gpointer data, GClosure *closure)
{
  ToastCall *call = data;

  if (call->free_data != NULL)
    call->free_data (call->data);
  g_free (call);
}

/* A toast has one line, which on a phone is a few words. */
static void
let_wrap (AdwToast *toast, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), TOAST_LINES);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  adw_toast_set_custom_title (toast, label);
}

AdwToast *
sat_toast_new (const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (escaped);

  if (g_utf8_strlen (text, -1) > TOAST_SHORT)
    let_wrap (toast, text);
  return toast;
}

void
sat_toast (GtkWidget *widget,
           const char *text,
           const char *button,
           SatToastFunc func,
           gpointer data,
           GDestroyNotify free_data)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  AdwToast *toast;

  if (overlay == NULL)
    {
      if (free_data != NULL)
        free_data (data);
      return;
    }
  toast = sat_toast_new (text);
  if (button != NULL)
    {
      ToastCall *call = g_new0 (ToastCall, 1);

      call->func = func;
      call->data = data;
      call->free_data = free_data;
      adw_toast_set_button_label (toast, button);
      adw_toast_set_timeout (toast, 8);
      g_signal_connect_data (toast, "button-clicked", G_CALLBACK (toast_clicked_cb), call,
                             toast_call_free, 0);
    }
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

void
sat_toast_error (GtkWidget *widget, const GError *error, const SatObject *object)
{
  g_autofree char *text = NULL;

  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  text = object != NULL ? sat_error_text_about (error, object) : sat_error_text (error);
  sat_toast (widget, text, NULL, NULL, NULL, NULL);
}

void
sat_remove_children (GtkWidget *container)
{
  GtkWidget *child;

  if (GTK_IS_LIST_BOX (container))
    {
      GtkListBox *list = GTK_LIST_BOX (container);
      GtkListBoxRow *row;

      /* The placeholder is a child too, and stays. */
      while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
        gtk_list_box_remove (list, GTK_WIDGET (row));
      return;
    }
  while ((child = gtk_widget_get_first_child (container)) != NULL)
    gtk_box_remove (GTK_BOX (container), child);
}
